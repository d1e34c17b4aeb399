//! Accounts as JSON. The shape is a promise (`docs/cli.md`): keys are added, never renamed or taken away.
//!
//! Values of Meta's enums stand as Meta spells them; `null` is what Meta did not send.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::{
    domain::{
        Account, PhoneNumber, PortfolioId, WabaId,
        account::DiscoveryPath,
        graph_error::ErrorClass,
        health::{CanSend, Health},
        region::{Country, RegionEffect},
        restriction::{Evidence, RestrictionCause},
        status::{Attention, StatusClass, Users},
    },
    ops::Problem,
};

/// A way to find accounts that failed: which, whose list, which account, why.
pub type BlindSpot = (DiscoveryPath, Option<PortfolioId>, Option<WabaId>, Problem);

/// Everything known about an account. Of the blind spots only those that concern it are said.
pub fn account(account: &Account, blind_spots: &[BlindSpot], now: Timestamp) -> Value {
    let portfolio = account.portfolio.as_ref();
    let business_region = account.country.as_deref().and_then(Country::new).map(Country::as_business);
    json!({
        "id": account.id.as_str(),
        "name": account.name.as_str(),
        "status": wire(account.onboarding.as_wire()),
        "status_class": status_class(account.onboarding.class()),
        "attention": attention(account.attention(now)),
        "can_send": wire(account.can_send(now).as_wire()),
        "can_upgrade": account.can_upgrade(),
        "health": account.health.as_ref().map(health),
        "worst_quality": account.worst_quality().as_ref().and_then(|quality| wire(quality.as_wire())),
        "messaging_limit": account.limit().as_ref().and_then(|limit| wire(limit.as_wire())),
        "messaging_limit_users": account.limit().and_then(|limit| limit.users()).and_then(|users| match users {
            Users::AtMost(users) => Some(users),
            Users::Unlimited => None,
        }),
        "numbers": (!account.numbers_unread).then(|| account.numbers.iter().map(number).collect::<Vec<_>>()),
        "portfolio": portfolio.map(|portfolio| json!({
            "id": portfolio.id.as_str(),
            "name": portfolio.name.as_str(),
            "terms": wire(portfolio.terms.as_wire()),
            "terms_since": time(portfolio.terms_since),
        })),
        "restriction": account.restriction(now).as_ref().map(restriction),
        "country": account.country.as_deref(),
        "region_as_business": business_region.map(region),
        "currency": account.currency.as_deref(),
        "review": account.review.as_ref().and_then(|review| wire(review.as_wire())),
        "business_verification": account.business_verification.as_deref(),
        "operational_status": account.operational_status.as_deref(),
        "ownership": account.ownership.as_ref().and_then(|ownership| wire(ownership.as_wire())),
        "cloud_api_marketing_disabled": account.cloud_api_marketing_disabled,
        "insights_enabled": account.insights_enabled,
        "found_by": account.found_by.iter().map(DiscoveryPath::name).collect::<Vec<_>>(),
        "blind_spots": blind_spots.iter().filter(|spot| concerns(spot, account)).map(blind_spot).collect::<Vec<_>>(),
        "created": time(account.created),
        "refreshed": time(account.refreshed),
    })
}

/// A value on the wire; nothing where Meta sent nothing.
fn wire(value: &str) -> Option<&str> {
    (!value.is_empty()).then_some(value)
}

/// A moment in UTC, as RFC 3339 writes it.
fn time(moment: Option<Timestamp>) -> Option<String> {
    moment.map(|moment| moment.to_string())
}

/// The name of a class of statuses, as `--status` takes it.
pub fn status_class(class: StatusClass) -> &'static str {
    match class {
        StatusClass::On => "on",
        StatusClass::Actionable => "actionable",
        StatusClass::NeedsPayment => "needs_payment",
        StatusClass::Waiting => "waiting",
        StatusClass::Restricted => "restricted",
        StatusClass::Blocked => "blocked",
        StatusClass::Unknown => "unknown",
    }
}

fn attention(attention: Attention) -> &'static str {
    match attention {
        Attention::Restricted => "restricted",
        Attention::Fixable => "fixable",
        Attention::Unsupported => "unsupported",
        Attention::BlockedByPayment | Attention::Payment => "payment",
        Attention::Blocked => "health_blocked",
        Attention::NoUsableNumber => "no_usable_number",
        Attention::Limited => "health_limited",
        Attention::PoorStanding => "poor_standing",
        Attention::Actionable => "actionable",
        Attention::Waiting => "waiting",
        Attention::Unknown => "unknown",
        Attention::Well => "well",
    }
}

/// The name of an effect of where somebody is.
pub fn region(effect: RegionEffect) -> &'static str {
    match effect {
        RegionEffect::Full => "full",
        RegionEffect::Limited => "limited",
        RegionEffect::NoOptimization => "no_optimization",
        RegionEffect::NotDeliverable => "not_deliverable",
        RegionEffect::Sanctioned => "sanctioned",
    }
}

fn health(health: &Health) -> Value {
    let can_send = |value: &CanSend| wire(value.as_wire()).map(str::to_owned);
    json!({
        "messaging": can_send(&health.messaging()),
        "overall": can_send(&health.overall),
        "entities": health.entities.iter().map(|entity| json!({
            "kind": wire(entity.kind.as_wire()),
            "id": entity.id.as_str(),
            "can_send": can_send(&entity.can_send),
            "errors": entity.errors.iter().map(|error| json!({
                "code": error.code,
                "description": error.description,
                "solution": error.solution,
            })).collect::<Vec<_>>(),
            "additional_info": *entity.additional_info,
        })).collect::<Vec<_>>(),
    })
}

fn number(number: &PhoneNumber) -> Value {
    json!({
        "id": number.id.as_str(),
        "display": number.display.as_str(),
        "verified_name": number.verified_name.as_str(),
        "status": wire(number.status.as_wire()),
        "quality": wire(number.quality.as_wire()),
        "usable": number.is_usable(),
        "name_status": wire(number.name_status.as_wire()),
        "code_verification": wire(number.code_verification.as_wire()),
        "platform": wire(number.platform.as_wire()),
        "account_mode": wire(&number.account_mode),
        "throughput": wire(&number.throughput),
        "official": number.official,
        "messaging_limit": wire(number.limit.as_wire()),
        "health": number.health.as_deref().map(health),
    })
}

fn restriction(cause: &RestrictionCause) -> Value {
    let evidence = cause.evidence.iter().map(|evidence| match evidence {
        Evidence::Status => json!({ "by": "status" }),
        Evidence::Health { entity, id, code, description, solution } => json!({
            "by": "health",
            "entity": wire(entity.as_wire()),
            "id": id.as_str(),
            "code": code,
            "description": description,
            "solution": solution,
        }),
        Evidence::Announced(restriction) => json!({
            "by": "announcement",
            "type": wire(restriction.kind.as_wire()),
            "until": time(restriction.expires),
        }),
    });
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string());
    json!({
        "until": time(cause.ends),
        "type": cause.told.kind.as_ref().and_then(|kind| wire(kind.as_wire())),
        "since_day": day(cause.told.days.since),
        "until_day": day(cause.told.days.until),
        "evidence": evidence.collect::<Vec<_>>(),
    })
}

/// Whether what could not be seen may be missing from this account: its own, its portfolio's, or everybody's. What clients
/// share with a portfolio belongs to other portfolios, so a list of those may have told of any account.
pub fn concerns((way, portfolio, account, _): &BlindSpot, of: &Account) -> bool {
    match (account, portfolio) {
        (Some(id), _) => *id == of.id,
        (None, Some(id)) if *way == DiscoveryPath::Owned => of.portfolio.as_ref().is_some_and(|own| own.id == *id),
        (None, _) => true,
    }
}

fn blind_spot((way, portfolio, account, failure): &BlindSpot) -> Value {
    json!({
        "path": way.name(),
        "portfolio": portfolio.as_ref().map(PortfolioId::as_str),
        "account": account.as_ref().map(WabaId::as_str),
        "problem": problem(failure),
    })
}

/// A failure, without anything secret: no problem ever holds a token.
pub fn problem(problem: &Problem) -> Value {
    json!({
        "sentence": problem.sentence,
        "hint": problem.hint,
        "class": error_class(problem.class),
        "code": problem.code,
        "subcode": problem.subcode,
        "fbtrace_id": problem.fbtrace_id,
        "at": problem.at.to_string(),
    })
}

/// The name of a class of errors.
pub fn error_class(class: ErrorClass) -> &'static str {
    match class {
        ErrorClass::Auth => "auth",
        ErrorClass::Permission => "permission",
        ErrorClass::NotFound => "not_found",
        ErrorClass::Request => "request",
        ErrorClass::RateLimit => "rate_limit",
        ErrorClass::Restricted => "restricted",
        ErrorClass::Payment => "payment",
        ErrorClass::Verification => "verification",
        ErrorClass::Calling => "calling",
        ErrorClass::Setup => "setup",
        ErrorClass::Registration => "registration",
        ErrorClass::Recipient => "recipient",
        ErrorClass::RecipientLimit => "recipient_limit",
        ErrorClass::OptOut => "opt_out",
        ErrorClass::Experiment => "experiment",
        ErrorClass::Template => "template",
        ErrorClass::TemplateManagement => "template_management",
        ErrorClass::Sync => "sync",
        ErrorClass::Configuration => "configuration",
        ErrorClass::Insights => "insights",
        ErrorClass::Flow => "flow",
        ErrorClass::Transient => "transient",
        ErrorClass::AlreadyDone => "already_done",
        ErrorClass::Unknown => "unknown",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        account::{FoundBy, OnboardingStatus, TermsStatus},
        fixtures::{self, now},
    };

    fn spot(way: DiscoveryPath, portfolio: Option<&str>, id: Option<&str>) -> BlindSpot {
        let problem = Problem::new("It failed.", ErrorClass::Permission);
        (way, portfolio.map(PortfolioId::from), id.map(WabaId::from), problem)
    }

    #[test]
    fn r2_eligible_is_not_on_in_json_either() {
        let eligible = account(&fixtures::account("1", OnboardingStatus::Eligible), &[], now());
        let onboarded = account(&fixtures::account("1", OnboardingStatus::Onboarded), &[], now());
        assert_eq!((&eligible["status"], &eligible["status_class"]), (&json!("ELIGIBLE"), &json!("actionable")));
        assert_eq!((&onboarded["status"], &onboarded["status_class"]), (&json!("ONBOARDED"), &json!("on")));
    }

    #[test]
    fn what_meta_did_not_send_is_null_and_what_is_new_stands_as_sent() {
        let nothing = account(&Account { id: "1".into(), ..Account::default() }, &[], now());
        for key in ["status", "health", "portfolio", "restriction", "country", "review", "messaging_limit", "created"] {
            assert!(nothing[key].is_null(), "{key}: {}", nothing[key]);
        }
        let new = account(&fixtures::account("1", OnboardingStatus::from_wire("PENDING_Moon")), &[], now());
        assert_eq!((&new["status"], &new["status_class"]), (&json!("PENDING_Moon"), &json!("waiting")));
    }

    #[test]
    fn r22_a_restriction_is_told_with_its_evidence() {
        let restricted = fixtures::account("1", OnboardingStatus::IneligibleInactiveOrRestricted);
        let told = account(&restricted, &[], now());
        assert_eq!(told["restriction"]["evidence"], json!([{ "by": "status" }]));
        assert_eq!(told["attention"], "restricted");
    }

    #[test]
    fn a_blind_spot_is_told_where_it_matters() {
        let mut mine = fixtures::owned(fixtures::account("1", OnboardingStatus::Eligible), "7", TermsStatus::NotStarted);
        mine.found_by = FoundBy::one(DiscoveryPath::Client);
        let owned = DiscoveryPath::Owned;
        let spots = [
            spot(DiscoveryPath::Assigned, None, None),
            spot(owned, Some("7"), None),
            spot(owned, Some("8"), None),
            spot(DiscoveryPath::Client, Some("8"), None),
            spot(owned, Some("7"), Some("1")),
            spot(DiscoveryPath::Manual, None, Some("2")),
        ];
        let told = account(&mine, &spots, now());
        let told: Vec<_> = told["blind_spots"]
            .as_array()
            .unwrap()
            .iter()
            .map(|spot| (spot["portfolio"].clone(), spot["account"].clone()))
            .collect();
        assert_eq!(
            told,
            [(json!(null), json!(null)), (json!("7"), json!(null)), (json!("8"), json!(null)), (json!("7"), json!("1"))]
        );
    }
}
