//! A large fleet out of a seed: the same seed gives the same fleet. Facts are invented when they are asked for, so a
//! fleet of thousands costs little memory. It must not be used for the demo fleet.

use std::sync::Arc;

use serde_json::{Value, json};

use super::clock::{self, DAY};
use super::fleet::{self, BrokenFleet};
use super::seed::{draw, of_text, pick};
use super::state::{Account, Node, Record, World, small};

/// Numbers of an account unless told otherwise.
pub const NUMBERS: usize = 2;

/// Country, currency, time zone id of Meta, dial code.
const PLACES: &[(&str, &str, &str, &str)] = &[
    ("IN", "INR", "71", "91"),
    ("BR", "BRL", "25", "55"),
    ("MX", "MXN", "94", "52"),
    ("ID", "IDR", "66", "62"),
    ("US", "USD", "1", "1"),
    ("DE", "EUR", "47", "49"),
    ("ES", "EUR", "53", "34"),
    ("FR", "EUR", "57", "33"),
    ("GB", "GBP", "58", "44"),
    ("AE", "AED", "8", "971"),
    ("TR", "TRY", "134", "90"),
    ("SG", "SGD", "120", "65"),
    ("JP", "JPY", "77", "81"),
    ("ZA", "ZAR", "141", "27"),
    ("CO", "COP", "43", "57"),
    ("AU", "AUD", "14", "61"),
];
const FIRST: &[&str] = &[
    "Amber", "Birch", "Cobalt", "Delta", "Ember", "Fjord", "Grove", "Hazel", "Indigo", "Juniper", "Kelp", "Linden", "Mango",
    "Nimbus", "Onyx", "Pebble", "Quartz", "River", "Saffron", "Tundra", "Umber", "Velvet", "Willow", "Zephyr",
];
const SECOND: &[&str] = &[
    "Bakery",
    "Bikes",
    "Books",
    "Clinics",
    "Coffee",
    "Eyewear",
    "Fashion",
    "Fitness",
    "Foods",
    "Furniture",
    "Garden",
    "Hotels",
    "Insurance",
    "Jewellery",
    "Kitchens",
    "Logistics",
    "Market",
    "Motors",
    "Pharmacy",
    "Pets",
    "Shoes",
    "Sports",
    "Tickets",
    "Travel",
];

/// Fills a world with so many accounts.
///
/// # Errors
/// When the embedded template catalogue is broken.
pub fn populate(world: &mut World, accounts: usize, portfolios: Option<usize>, numbers_each: usize) -> Result<(), BrokenFleet> {
    let seed = world.seed;
    let catalogue = fleet::catalogue(world.began)?;
    let templates = catalogue.get("general").cloned().unwrap_or_default();
    let portfolios = portfolios.unwrap_or_else(|| accounts.div_ceil(600).clamp(3, 12)).max(1);
    // However many customers a partner has, its own portfolios are few.
    let mine = portfolios.div_ceil(2).min(6);
    for at in 0..portfolios {
        let number = small(at);
        let wanted = 300_000_000_000_000 + draw(seed, u64::from(number), 0xB0) % 500_000_000_000_000;
        let id = world.place(wanted, Node::Business(number));
        world.portfolios.push(Record::seeded(id, number));
        if at < mine {
            world.mine.push(number);
        }
    }
    world.accounts.reserve(accounts);
    world.numbers.reserve(accounts * numbers_each);
    world.templates.reserve(accounts * templates.len());
    world.index.reserve(accounts * (1 + numbers_each + templates.len()));
    for at in 0..accounts {
        let number = small(at);
        let portfolio = small(at % portfolios);
        let wanted = 100_000_000_000_000 + draw(seed, u64::from(number), 0xA0) % 800_000_000_000_000;
        let id = world.place(wanted, Node::Account(number));
        let customer = portfolio as usize >= mine;
        world.accounts.push(Account {
            record: Record::seeded(id, portfolio),
            numbers: Vec::with_capacity(numbers_each),
            templates: Vec::with_capacity(templates.len()),
            client_of: if customer { vec![portfolio % small(mine)] } else { Vec::new() },
            assigned: at % 50 == 0,
            granted: true,
            subscriptions: Vec::new(),
        });
        for _ in 0..numbers_each {
            let wanted = 100_000_000_000_000 + draw(seed, small(world.numbers.len()).into(), 0xC0) % 800_000_000_000_000;
            fleet::add_number(world, number, wanted, None);
        }
        for facts in &templates {
            fleet::add_template(world, number, Arc::clone(facts));
        }
    }
    Ok(())
}

/// An invented fact.
pub fn fact(world: &World, node: Node, name: &str) -> Option<Value> {
    let drawn = |object: u32, kind: u64| draw(world.seed, u64::from(object) ^ (kind << 40), of_text(name));
    match node {
        Node::Business(at) => portfolio(world, at, name, drawn(at, 1)),
        Node::Account(at) => account(world, at, name, drawn(at, 2)),
        Node::Number(at) => number(world, at, name, drawn(at, 3)),
        Node::User(_) | Node::App | Node::Template(_) => None,
    }
}

/// Terms state of an invented portfolio.
pub fn terms(at: u32) -> &'static str {
    if at.is_multiple_of(2) { "TERM_OF_SERVICE_SIGNED" } else { "NOT_STARTED" }
}

fn portfolio(world: &World, at: u32, name: &str, number: u64) -> Option<Value> {
    match name {
        "name" => Some(json!(format!("{} Group {:02}", pick(number, FIRST)?, at + 1))),
        "verification_status" => Some(json!(if number.is_multiple_of(6) { "pending" } else { "verified" })),
        "timezone_id" => Some(json!(1)),
        "creation_time" => Some(json!(world.began - 900 * DAY)),
        "created_time" => Some(json!(clock::timestamp(world.began - 900 * DAY))),
        "whatsapp_business_manager_messaging_limit" => {
            Some(json!(pick(number, &["TIER_2K", "TIER_10K", "TIER_100K", "TIER_UNLIMITED"])?))
        }
        "marketing_messages_onboarding_status" => Some(if terms(at) == "TERM_OF_SERVICE_SIGNED" {
            json!({"status": "TERM_OF_SERVICE_SIGNED", "time": clock::date(world.began - 100 * DAY)})
        } else {
            json!({"status": "NOT_STARTED"})
        }),
        _ => None,
    }
}

fn place(world: &World, account: u32) -> &'static (&'static str, &'static str, &'static str, &'static str) {
    pick(draw(world.seed, u64::from(account), 0xF1), PLACES).unwrap_or(&("US", "USD", "1", "1"))
}

fn account_name(world: &World, at: u32) -> String {
    let number = draw(world.seed, u64::from(at), 0xF2);
    let first = pick(number, FIRST).copied().unwrap_or("Amber");
    let second = pick(number >> 8, SECOND).copied().unwrap_or("Market");
    format!("{first} {second} {:04}", at + 1)
}

fn account(world: &World, at: u32, name: &str, number: u64) -> Option<Value> {
    let (country, currency, zone, _) = place(world, at);
    let restricted = || status(world, at) == "INELIGIBLE_INACTIVE_OR_RESTRICTED";
    match name {
        "name" => Some(json!(account_name(world, at))),
        "country" => Some(json!(country)),
        "currency" => Some(json!(currency)),
        "timezone_id" => Some(json!(zone)),
        "message_template_namespace" => Some(json!(format!(
            "{:08x}_{:04x}_4{:03x}_b{:03x}_{:012x}",
            number >> 32,
            number & 0xFFFF,
            number >> 50 & 0xFFF,
            number >> 20 & 0xFFF,
            number & 0xFFFF_FFFF_FFFF
        ))),
        "account_review_status" => Some(json!(if restricted() { "REJECTED" } else { "APPROVED" })),
        "business_verification_status" => {
            let owner = Node::Business(world.owner(Node::Account(at))?);
            world.fact(owner, "verification_status")
        }
        "ownership_type" => Some(json!("SELF_OWNED")),
        "primary_funding_id" => Some(json!((700_000_000_000_000 + number % 200_000_000_000_000).to_string())),
        "creation_time" => {
            // Spread evenly over three years and never twice the same second, so that ranges cut cleanly.
            let total = i64::try_from(world.accounts.len().max(1)).unwrap_or(1);
            Some(json!(world.began - 1_095 * DAY + i64::from(at) * (1_090 * DAY / total).max(1)))
        }
        "is_enabled_for_insights" => Some(json!(!number.is_multiple_of(4))),
        "is_shared_with_partners" => Some(json!(world.account(at).is_some_and(|account| !account.client_of.is_empty()))),
        "disable_marketing_messages_on_cloud_api" => Some(json!(number.is_multiple_of(50))),
        "marketing_messages_onboarding_status" => Some(json!(status(world, at))),
        _ => None,
    }
}

fn status(world: &World, at: u32) -> &'static str {
    let portfolio = world.account(at).map_or(0, |account| account.record.owner);
    let signed = world.terms(portfolio) == "TERM_OF_SERVICE_SIGNED";
    match draw(world.seed, u64::from(at), 0xF3) % 100 {
        0..=1 => "INELIGIBLE_INACTIVE_OR_RESTRICTED",
        2 => "INELIGIBLE_COUNTRY_NOT_SUPPORTED",
        3..=4 => "INELIGIBLE_ON_BEHALF_OF_WABA",
        5 => "INELIGIBLE_USING_WHATSAPP_BUSINESS_APP",
        // Meta asks for a payment method once the terms are accepted.
        6..=9 if signed => "PENDING_VALID_PAYMENT_METHOD",
        10..=11 if signed => "PENDING_INTERNAL_SETUP",
        _ if signed => "ONBOARDED",
        _ => "ELIGIBLE",
    }
}

fn number(world: &World, at: u32, name: &str, drawn: u64) -> Option<Value> {
    let owner = world.owner(Node::Number(at))?;
    let (country, _, _, dial) = place(world, owner);
    match name {
        "display_phone_number" => {
            let digits = draw(world.seed, u64::from(at), 0xF4);
            Some(json!(match *dial {
                "1" => format!("+1 {}-555-{:04}", 201 + digits % 700, at % 10_000),
                other => format!("+{other} {:03} {:03} {:04}", 200 + digits % 700, digits >> 20 & 0x1FF, at % 10_000),
            }))
        }
        "verified_name" => Some(json!(account_name(world, owner).rsplit_once(' ')?.0)),
        "quality_rating" => Some(json!(match drawn % 20 {
            0 => "RED",
            1..=3 => "YELLOW",
            4 => "NA",
            _ => "GREEN",
        })),
        "status" => Some(json!(match drawn % 40 {
            0 => "FLAGGED",
            1 => "PENDING",
            2 => "DISCONNECTED",
            _ => "CONNECTED",
        })),
        "code_verification_status" => Some(json!(if drawn.is_multiple_of(30) { "EXPIRED" } else { "VERIFIED" })),
        "name_status" => Some(json!(if drawn.is_multiple_of(25) { "PENDING_REVIEW" } else { "APPROVED" })),
        "account_mode" => Some(json!("LIVE")),
        "platform_type" => Some(json!("CLOUD_API")),
        "throughput" => Some(json!({"level": if drawn.is_multiple_of(5) { "HIGH" } else { "STANDARD" }})),
        "is_official_business_account" => Some(json!(drawn.is_multiple_of(12))),
        "is_pin_enabled" => Some(json!(true)),
        "is_on_biz_app" => Some(json!(false)),
        "last_onboarded_time" => {
            let created = i64::try_from(drawn % 700).unwrap_or(0);
            Some(json!(clock::timestamp(world.began - created * DAY)))
        }
        "country_code" => Some(json!(country)),
        "country_dial_code" => Some(json!(dial)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::clock::Clock;
    use super::*;

    fn world(seed: u64, accounts: usize) -> World {
        let mut world = fleet::empty(seed, "t", Arc::new(Clock::default()));
        populate(&mut world, accounts, None, NUMBERS).unwrap();
        world
    }

    #[test]
    fn fleet_has_as_many_as_asked_and_all_statuses() {
        let world = world(7, 1_000);
        assert_eq!((world.accounts.len(), world.numbers.len()), (1_000, 2_000));
        let statuses: BTreeSet<String> = (0..1_000).map(|at| world.onboarding(at)).collect();
        assert_eq!(statuses.len(), 8);
        assert_eq!(world.index.len(), 2 + world.portfolios.len() + 3_000 + world.templates.len());
    }

    #[test]
    fn no_two_accounts_were_created_in_the_same_second() {
        let world = world(1, 500);
        let times: BTreeSet<i64> = (0..500).filter_map(|at| world.number(Node::Account(at), "creation_time")).collect();
        assert_eq!(times.len(), 500);
    }

    #[test]
    fn terms_and_statuses_agree() {
        let world = world(3, 300);
        for at in 0..300 {
            let portfolio = world.owner(Node::Account(at)).unwrap();
            let told = world.fact(Node::Business(portfolio), "marketing_messages_onboarding_status").unwrap();
            assert_eq!(told["status"], world.terms(portfolio));
            match world.onboarding(at).as_str() {
                "ONBOARDED" | "PENDING_INTERNAL_SETUP" | "PENDING_VALID_PAYMENT_METHOD" => {
                    assert_eq!(world.terms(portfolio), "TERM_OF_SERVICE_SIGNED")
                }
                "ELIGIBLE" => assert_eq!(world.terms(portfolio), "NOT_STARTED"),
                _ => {}
            }
        }
    }

    #[test]
    fn even_an_empty_fleet_can_be_asked() {
        assert_eq!(world(0, 0).accounts.len(), 0);
    }
}
