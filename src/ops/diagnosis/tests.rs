//! From the body of a webhook to the first finding: what Meta announces and no field tells stays until it is taken back.

use jiff::{Timestamp, ToSpan};
use rstest::rstest;
use serde_json::{Value, json};

use super::*;
use crate::{
    domain::{account::OnboardingStatus, diagnosis::Severity, fixtures::account, graph_error::Actor},
    ops::history::History,
    store::{Store, Told},
    web::decode,
};

const ID: &str = "102290129340398";

/// A history in which each body was told, the first so many hours ago and each of the others an hour after the one before.
async fn told(bodies: &[(&str, Value)], hours_ago: i64) -> History {
    let store = Store::in_memory().unwrap();
    let begin = Timestamp::now() - hours_ago.hours();
    for (place, (field, value)) in bodies.iter().enumerate() {
        let at = begin + i64::try_from(place).unwrap().hours();
        let body = json!({"object": "whatsapp_business_account",
            "entry": [{"id": ID, "time": at.as_second(), "changes": [{"field": field, "value": value}]}]});
        let notices = decode(body.to_string().as_bytes(), at).unwrap();
        let changes: Vec<Told> =
            notices.into_iter().flat_map(|notice| notice.changes).map(|event| Told { event, received: at }).collect();
        store.tell("test", &[], &changes).unwrap();
    }
    History::with(store, "test")
}

/// Cause, whose move and how bad, of the first finding about an account that is well but for what webhooks told.
async fn first(bodies: &[(&str, Value)], hours_ago: i64) -> Option<(&'static str, Option<Actor>, Severity)> {
    let history = told(bodies, hours_ago).await;
    let past = past_in(&history, &WabaId::new(ID)).await.unwrap();
    let dossier = Dossier {
        account: account(ID, OnboardingStatus::Onboarded),
        templates: Err(Problem::new("not read", crate::domain::graph_error::ErrorClass::RateLimit)),
        token: None,
        usage: Vec::new(),
        past,
        at: Timestamp::now(),
    };
    dossier.findings().first().map(|finding| (finding.cause.name(), finding.actor, finding.severity))
}

fn update(value: Value) -> (&'static str, Value) {
    ("account_update", value)
}

fn banned(state: &str) -> (&'static str, Value) {
    update(json!({"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": state, "waba_ban_date": "April 17, 2026"}}))
}

fn event(name: &str) -> (&'static str, Value) {
    update(json!({"event": name}))
}

fn restriction(kind: &str, end: Option<i64>) -> (&'static str, Value) {
    let mut info = json!({"restriction_type": kind});
    if let Some(hours) = end {
        info["expiration"] = json!((Timestamp::now() + hours.hours()).as_second());
    }
    update(json!({"event": "ACCOUNT_RESTRICTION", "restriction_info": [info]}))
}

fn alert(kind: &str, status: &str) -> (&'static str, Value) {
    let info = json!({"alert_severity": "CRITICAL", "alert_status": status, "alert_type": kind, "alert_description": "Look."});
    ("account_alerts", json!({"entity_type": "BUSINESS", "entity_id": "9", "alert_info": info}))
}

fn template(event: &str, title: &str) -> (&'static str, Value) {
    let value = json!({"event": event, "message_template_id": 1, "message_template_name": "sale", "reason": "NONE",
        "message_template_language": "en_US", "other_info": {"title": title, "description": "x"}});
    ("message_template_status_update", value)
}

fn category(value: Value) -> (&'static str, Value) {
    let mut named = json!({"message_template_name": "sale", "message_template_language": "en_US"});
    named.as_object_mut().unwrap().extend(value.as_object().unwrap().clone());
    ("template_category_update", named)
}

const US: Option<Actor> = Some(Actor::Us);
const ADMIN: Option<Actor> = Some(Actor::Admin);
const META: Option<Actor> = Some(Actor::Meta);
const NOBODY: Option<Actor> = Some(Actor::Nobody);

#[rstest]
#[case(vec![banned("DISABLE")], "account_disabled", ADMIN, Severity::Blocking)]
#[case(vec![banned("SCHEDULE_FOR_DISABLE")], "disable_scheduled", ADMIN, Severity::Warning)]
#[case(vec![banned("REINSTATE"), banned("DISABLE")], "account_disabled", ADMIN, Severity::Blocking)]
#[case(vec![event("ACCOUNT_DELETED")], "account_deleted", ADMIN, Severity::Blocking)]
#[case(vec![event("ACCOUNT_OFFBOARDED")], "account_offboarded", ADMIN, Severity::Blocking)]
#[case(vec![update(json!({"event": "PARTNER_REMOVED", "waba_info": {"waba_id": ID, "owner_business_id": "9"},
    "disconnection_info": {"reason": "CHANGE_NUMBER", "initiated_by": "USER"}}))], "access_lost", ADMIN, Severity::Blocking)]
#[case(vec![event("PARTNER_APP_UNINSTALLED")], "access_lost", ADMIN, Severity::Blocking)]
#[case(vec![event("ACCOUNT_OFFBOARDED"), update(json!({"event": "PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE",
    "partner_client_certification_info": {"status": "PENDING"}}))], "account_offboarded", ADMIN, Severity::Blocking)]
#[case(vec![update(json!({"event": "ACCOUNT_VIOLATION", "violation_info": {"violation_type": "SCAM"}}))], "policy_violation", US, Severity::Warning)]
#[case(vec![restriction("RESTRICTED_BIZ_INITIATED_MESSAGING", None)], "restriction_announced", ADMIN, Severity::Blocking)]
#[case(vec![restriction("RESTRICTED_BIZ_INITIATED_MESSAGING", Some(24 * 90))], "restriction_announced", NOBODY, Severity::Blocking)]
#[case(vec![restriction("RESTRICTED_ADD_PHONE_NUMBER_ACTION", None)], "restriction_announced", ADMIN, Severity::Limiting)]
#[case(vec![alert("INCREASED_CAPABILITIES_ELIGIBILITY_NEED_MORE_INFO", "ACTIVE")], "meta_alert", ADMIN, Severity::Warning)]
#[case(vec![alert("INCREASED_CAPABILITIES_ELIGIBILITY_DEFERRED", "ACTIVE")], "meta_alert", META, Severity::Warning)]
#[case(vec![alert("INCREASED_CAPABILITIES_ELIGIBILITY_FAILED", "ACTIVE")], "meta_alert", US, Severity::Warning)]
#[case(vec![alert("OBA_REJECTED", "ACTIVE")], "meta_alert", None, Severity::Warning)]
#[case(vec![template("PAUSED", "FIRST_PAUSE")], "templates_paused", US, Severity::Limiting)]
#[case(vec![template("SECOND_PAUSE", "")], "templates_paused", US, Severity::Limiting)]
#[case(vec![template("PAUSED", "SECOND_PAUSE"), template("DISABLED", "DISABLED")], "templates_disabled", US, Severity::Limiting)]
#[case(vec![template("REJECTED", "")], "templates_rejected", US, Severity::Limiting)]
#[case(vec![template("FLAGGED", "")], "templates_low_quality", US, Severity::Warning)]
#[case(vec![template("PENDING", "")], "templates_in_review", META, Severity::Notice)]
#[case(vec![("message_template_quality_update", json!({"message_template_name": "sale", "message_template_language": "en_US",
    "previous_quality_score": "GREEN", "new_quality_score": "RED"})), template("APPROVED", "UNPAUSE")], "templates_low_quality", US, Severity::Warning)]
#[case(vec![category(json!({"previous_category": "UTILITY", "new_category": "MARKETING"}))], "templates_recategorised", US, Severity::Warning)]
#[case(vec![category(json!({"new_category": "UTILITY", "correct_category": "MARKETING"}))], "templates_miscategorised", US, Severity::Warning)]
#[tokio::test]
async fn what_a_webhook_announces_is_the_first_finding(
    #[case] bodies: Vec<(&'static str, Value)>,
    #[case] cause: &'static str,
    #[case] actor: Option<Actor>,
    #[case] severity: Severity,
) {
    assert_eq!(first(&bodies, 48).await, Some((cause, actor, severity)));
}

#[rstest]
#[case(vec![banned("DISABLE"), banned("REINSTATE")])]
#[case(vec![restriction("RESTRICTED_BIZ_INITIATED_MESSAGING", None), banned("REINSTATE")])]
#[case(vec![restriction("RESTRICTED_BIZ_INITIATED_MESSAGING", Some(-1))])]
#[case(vec![event("ACCOUNT_OFFBOARDED"), event("ACCOUNT_RECONNECTED")])]
#[case(vec![event("PARTNER_REMOVED"), event("PARTNER_ADDED")])]
#[case(vec![event("PARTNER_APP_UNINSTALLED"), event("PARTNER_APP_INSTALLED")])]
#[case(vec![alert("PROFILE_PICTURE_LOST", "ACTIVE"), alert("PROFILE_PICTURE_LOST", "NONE")])]
#[case(vec![alert("OBA_REJECTED", "ACTIVE"), alert("OBA_APPROVED", "ACTIVE")])]
#[case(vec![template("PAUSED", "FIRST_PAUSE"), template("APPROVED", "UNPAUSE")])]
#[case(vec![template("PAUSED", "FIRST_PAUSE"), template("UNPAUSED", "")])]
#[case(vec![template("DISABLED", "DISABLED"), template("REINSTATED", "")])]
#[case(vec![category(json!({"new_category": "UTILITY", "correct_category": "MARKETING"})), template("APPROVED", "x"),
    category(json!({"previous_category": "MARKETING", "new_category": "MARKETING"}))])]
#[tokio::test]
async fn what_was_taken_back_is_no_finding_any_more(#[case] bodies: Vec<(&'static str, Value)>) {
    assert_eq!(first(&bodies, 48).await, None);
}

#[rstest]
#[case(banned("DISABLE"), "account_disabled")]
#[case(event("ACCOUNT_OFFBOARDED"), "account_offboarded")]
#[case(restriction("RESTRICTED_BIZ_INITIATED_MESSAGING", None), "restriction_announced")]
#[case(alert("PROFILE_PICTURE_LOST", "ACTIVE"), "meta_alert")]
#[tokio::test]
async fn an_announcement_stands_however_long_ago_it_was(#[case] body: (&'static str, Value), #[case] cause: &'static str) {
    let found = first(&[body], 200 * 24).await.map(|(cause, ..)| cause);
    assert_eq!(found, Some(cause), "older than what is looked at of the timeline");
}

#[tokio::test]
async fn failed_messages_do_not_push_an_announcement_out() {
    let failed = json!({"statuses": (0..600).map(|place| json!({"id": format!("wamid.{place}"), "status": "failed",
        "timestamp": (Timestamp::now() - 60.seconds()).as_second().to_string(), "errors": [{"code": 131_026}]})).collect::<Vec<_>>()});
    let found = first(&[banned("DISABLE"), ("messages", failed)], 24 * 10).await.map(|(cause, ..)| cause);
    assert_eq!(found, Some("account_disabled"));
}
