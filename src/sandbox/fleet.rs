//! The demo fleet: reads the embedded JSON, places its times around now and builds the world from it.
//! It must not invent anything; that is the generator's part.

use std::collections::HashMap;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Value, json};

use super::clock::{self, Clock};
use super::seed;
use super::state::{Account, Facts, Node, Principal, Record, Settings, World, small};
use super::traffic::Traffic;
use super::uploads::Uploads;

const PORTFOLIOS: &str = include_str!("../../assets/sandbox/portfolios.json");
const ACCOUNTS: &str = include_str!("../../assets/sandbox/accounts.json");
const TEMPLATES: &str = include_str!("../../assets/sandbox/templates.json");

/// The embedded fleet could not be read; the program was built with broken assets.
#[derive(Debug, thiserror::Error)]
#[error("the embedded demo fleet could not be read: {0}; this build is broken, please report it")]
pub struct BrokenFleet(String);

#[derive(Debug, Deserialize)]
struct PortfolioEntry {
    key: String,
    mine: bool,
    fields: Facts,
}

#[derive(Debug, Deserialize)]
struct AccountEntry {
    portfolio: String,
    #[serde(default)]
    client_of: Vec<String>,
    #[serde(default)]
    assigned: bool,
    #[serde(default)]
    granted: bool,
    #[serde(default)]
    templates: Vec<String>,
    fields: Facts,
    #[serde(default)]
    numbers: Vec<Facts>,
}

/// The template catalogue: sets of templates by name.
pub type Catalogue = HashMap<String, Vec<Arc<Facts>>>;

/// Ids that are the same in every sandbox.
pub const APP: u64 = 1_408_559_772_613_094;
const SYSTEM_USER: u64 = 122_104_863_350_014_527;

fn parse<T: serde::de::DeserializeOwned>(text: &str, now: i64) -> Result<T, BrokenFleet> {
    let mut value: Value = serde_json::from_str(text).map_err(|error| BrokenFleet(error.to_string()))?;
    clock::place(&mut value, now);
    serde_json::from_value(value).map_err(|error| BrokenFleet(error.to_string()))
}

/// Reads the template catalogue.
///
/// # Errors
/// When the embedded file is broken.
pub fn catalogue(now: i64) -> Result<Catalogue, BrokenFleet> {
    let sets: HashMap<String, Vec<Facts>> = parse(TEMPLATES, now)?;
    Ok(sets.into_iter().map(|(name, templates)| (name, templates.into_iter().map(Arc::new).collect())).collect())
}

/// A world with its app, its system user and its token, but without portfolios.
pub fn empty(seed_number: u64, token: &str, clock: Arc<Clock>) -> World {
    let began = clock.now();
    let mut world = World {
        seed: seed_number,
        app: APP,
        app_secret: format!("{:016x}{:016x}", seed::mix(seed_number ^ 0xA11), seed::mix(seed_number ^ 0xA12)),
        app_callback: None,
        app_fields: Vec::new(),
        users: vec![(SYSTEM_USER, "Sandbox System User".to_owned())],
        portfolios: Vec::new(),
        mine: Vec::new(),
        accounts: Vec::new(),
        numbers: Vec::new(),
        templates: Vec::new(),
        tokens: HashMap::new(),
        codes: HashMap::new(),
        clock,
        began,
        index: HashMap::new(),
        media: String::new(),
        settings: Settings::default(),
        traffic: Traffic::default(),
        recent: HashMap::new(),
        uploads: Uploads::default(),
        made: 0,
    };
    world.place(APP, Node::App);
    world.place(SYSTEM_USER, Node::User(0));
    world.tokens.insert(token.to_owned(), Principal { user: Some(0), only: None, issued: began - 40 * clock::DAY });
    world
}

/// Fills a world with the demo fleet.
///
/// # Errors
/// When the embedded files are broken.
pub fn demo(world: &mut World) -> Result<(), BrokenFleet> {
    let now = world.began;
    let portfolios: Vec<PortfolioEntry> = parse(PORTFOLIOS, now)?;
    let accounts: Vec<AccountEntry> = parse(ACCOUNTS, now)?;
    let catalogue = catalogue(now)?;
    let mut keys = HashMap::new();
    for entry in portfolios {
        let at = small(world.portfolios.len());
        let id = world.place(id_of(&entry.fields)?, Node::Business(at));
        world.portfolios.push(Record::stored(id, at, Arc::new(entry.fields)));
        if entry.mine {
            world.mine.push(at);
        }
        keys.insert(entry.key, at);
    }
    let portfolio = |key: &String| keys.get(key).copied().ok_or_else(|| BrokenFleet(format!("no portfolio {key}")));
    for entry in accounts {
        let at = small(world.accounts.len());
        let id = world.place(id_of(&entry.fields)?, Node::Account(at));
        let client_of = entry.client_of.iter().map(portfolio).collect::<Result<Vec<u32>, BrokenFleet>>()?;
        world.accounts.push(Account {
            record: Record::stored(id, portfolio(&entry.portfolio)?, Arc::new(entry.fields)),
            numbers: Vec::new(),
            templates: Vec::new(),
            client_of,
            assigned: entry.assigned,
            granted: entry.granted,
            subscriptions: Vec::new(),
        });
        for facts in entry.numbers {
            let wanted = id_of(&facts)?;
            add_number(world, at, wanted, Some(Arc::new(facts)));
        }
        for set in &entry.templates {
            let templates = catalogue.get(set).ok_or_else(|| BrokenFleet(format!("no template set {set}")))?;
            for facts in templates {
                add_template(world, at, Arc::clone(facts));
            }
        }
    }
    Ok(())
}

fn id_of(facts: &Facts) -> Result<u64, BrokenFleet> {
    facts
        .get("id")
        .and_then(Value::as_str)
        .and_then(|id| id.parse().ok())
        .ok_or_else(|| BrokenFleet("an entry has no id".to_owned()))
}

/// Adds a number to an account; without facts they are invented from the seed.
pub fn add_number(world: &mut World, account: u32, wanted: u64, facts: Option<Arc<Facts>>) {
    let at = small(world.numbers.len());
    let id = world.place(wanted, Node::Number(at));
    world.numbers.push(match facts {
        Some(facts) => Record::stored(id, account, facts),
        None => Record::seeded(id, account),
    });
    if let Some(account) = world.accounts.get_mut(account as usize) {
        account.numbers.push(at);
    }
}

/// Adds a template to an account and gives it an id; answers its index.
pub fn add_template(world: &mut World, account: u32, facts: Arc<Facts>) -> u32 {
    let at = small(world.templates.len());
    let owner = world.id(Node::Account(account));
    let wanted = 520_000_000_000_000 + seed::draw(owner, u64::from(at), 0x7E) % 400_000_000_000_000;
    let id = world.place(wanted, Node::Template(at));
    world.templates.push(Record::stored(id, account, facts));
    if let Some(account) = world.accounts.get_mut(account as usize) {
        account.templates.push(at);
    }
    at
}

/// The ids of the world for people to copy: portfolios with their accounts and numbers.
pub fn listing(world: &World) -> Vec<super::PortfolioIds> {
    (0_u32..)
        .zip(&world.portfolios)
        .map(|(at, portfolio)| super::PortfolioIds {
            id: portfolio.id.to_string(),
            name: world.text(Node::Business(at), "name").unwrap_or_default(),
            accounts: world
                .owned_by(at)
                .map(|account| {
                    let node = Node::Account(account);
                    let numbers = world.account(account).map(|account| account.numbers.clone()).unwrap_or_default();
                    super::AccountIds {
                        id: world.id(node).to_string(),
                        name: world.text(node, "name").unwrap_or_default(),
                        onboarding_status: world.onboarding(account),
                        numbers: numbers
                            .into_iter()
                            .map(|number| {
                                let node = Node::Number(number);
                                (world.id(node).to_string(), world.text(node, "display_phone_number").unwrap_or_default())
                            })
                            .collect(),
                    }
                })
                .collect(),
        })
        .collect()
}

/// The facts of a template that is made while the sandbox runs.
pub fn new_template(world: &World, facts: Facts, review_seconds: i64) -> Arc<Facts> {
    let now = world.clock.now();
    let mut facts = facts;
    facts.insert("status".into(), json!("PENDING"));
    facts.insert("_approved_at".into(), json!(now + review_seconds));
    facts.insert("_synced_from".into(), json!(now + review_seconds));
    facts.insert("last_updated_time".into(), json!(now));
    Arc::new(facts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn world() -> World {
        let mut world = empty(0, "t", Arc::new(Clock::default()));
        demo(&mut world).unwrap();
        world
    }

    #[test]
    fn demo_shows_all_eight_onboarding_statuses() {
        let world = world();
        let seen: std::collections::BTreeSet<String> = (0..small(world.accounts.len())).map(|at| world.onboarding(at)).collect();
        let known = [
            "ELIGIBLE",
            "INELIGIBLE_COUNTRY_NOT_SUPPORTED",
            "INELIGIBLE_INACTIVE_OR_RESTRICTED",
            "INELIGIBLE_ON_BEHALF_OF_WABA",
            "INELIGIBLE_USING_WHATSAPP_BUSINESS_APP",
            "ONBOARDED",
            "PENDING_INTERNAL_SETUP",
            "PENDING_VALID_PAYMENT_METHOD",
        ];
        assert_eq!(seen.iter().map(String::as_str).collect::<Vec<_>>(), known);
    }

    #[test]
    fn demo_accounts_are_no_further_than_the_terms_of_their_portfolio() {
        let world = world();
        for at in 0..small(world.accounts.len()) {
            let signed = world.terms(world.owner(Node::Account(at)).unwrap()) == "TERM_OF_SERVICE_SIGNED";
            match world.onboarding(at).as_str() {
                "ONBOARDED" | "PENDING_INTERNAL_SETUP" | "PENDING_VALID_PAYMENT_METHOD" => assert!(signed, "account {at}"),
                "ELIGIBLE" => assert!(!signed, "account {at}"),
                _ => {}
            }
        }
    }

    #[test]
    fn demo_has_its_variety() {
        let world = world();
        assert_eq!(world.portfolios.len(), 3);
        assert!(world.accounts.len() >= 12);
        let ratings: std::collections::BTreeSet<String> =
            (0..small(world.numbers.len())).filter_map(|at| world.text(Node::Number(at), "quality_rating")).collect();
        assert_eq!(ratings.into_iter().collect::<Vec<_>>(), ["GREEN", "NA", "RED", "YELLOW"]);
        assert!(world.accounts.iter().any(|account| account.numbers.is_empty()));
        assert!(
            (0..small(world.accounts.len())).any(|at| world.holds(Node::Account(at), "disable_marketing_messages_on_cloud_api"))
        );
        let levels: std::collections::BTreeSet<String> = (0..small(world.accounts.len()))
            .filter_map(|at| super::super::health::status(&world, Node::Account(at)))
            .map(|health| health["can_send_message"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(levels.into_iter().collect::<Vec<_>>(), ["AVAILABLE", "BLOCKED", "LIMITED"]);
    }

    #[test]
    fn ways_of_discovery_overlap_and_each_is_needed() {
        let world = world();
        let mine = |account: &Account| world.mine.contains(&account.record.owner);
        let shared = |account: &Account| !account.client_of.is_empty();
        let only = |wanted: &dyn Fn(&Account) -> [bool; 4], flags: [bool; 4]| {
            world.accounts.iter().any(|account| wanted(account) == flags)
        };
        let ways = |account: &Account| [mine(account), shared(account), account.assigned, account.granted];
        assert!(only(&ways, [false, true, false, false]), "one only on a client edge");
        assert!(only(&ways, [false, false, true, false]), "one only assigned");
        assert!(only(&ways, [false, false, false, true]), "one only in the granular scopes");
        assert!(world.accounts.iter().any(|account| ways(account).iter().filter(|way| **way).count() > 1));
    }

    #[test]
    fn catalogue_has_every_kind_and_status() {
        let catalogue = catalogue(1_700_000_000).unwrap();
        let all: Vec<&Arc<Facts>> = catalogue.values().flatten().collect();
        assert!(all.len() >= 20);
        let text = all.iter().map(|facts| serde_json::to_string(&***facts).unwrap()).collect::<String>();
        for wanted in [
            "\"IMAGE\"",
            "\"VIDEO\"",
            "\"DOCUMENT\"",
            "\"LOCATION\"",
            "\"GIF\"",
            "\"CAROUSEL\"",
            "\"LIMITED_TIME_OFFER\"",
            "\"COPY_CODE\"",
            "\"CATALOG\"",
            "\"MPM\"",
            "\"SPM\"",
            "\"ONE_TAP\"",
            "\"ZERO_TAP\"",
            "\"NAMED\"",
            "\"ar\"",
            "\"ja\"",
            "\"UTILITY\"",
            "\"FLOW\"",
            "\"VOICE_CALL\"",
            "\"QUICK_REPLY\"",
            "\"PHONE_NUMBER\"",
        ] {
            assert!(text.contains(wanted), "{wanted}");
        }
        for &status in crate::sandbox::templates::STATUSES {
            assert!(all.iter().any(|facts| facts["status"] == status), "{status}");
        }
    }
}
