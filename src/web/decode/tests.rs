//! Every documented field, with bodies written for these tests, and bodies that nobody documented.

use rstest::rstest;
use serde_json::json;

use super::*;
use crate::domain::fixtures::now;

fn body(field: &str, value: Value) -> Vec<u8> {
    let body = json!({"object": "whatsapp_business_account",
        "entry": [{"id": "77", "time": 1_759_795_200, "changes": [{"field": field, "value": value}]}]});
    body.to_string().into_bytes()
}

fn only(field: &str, value: Value) -> Notice {
    let mut notices = decode(&body(field, value), now()).unwrap();
    assert_eq!(notices.len(), 1, "{notices:?}");
    notices.remove(0)
}

/// Kind, subject, before and after of the only change.
fn told(field: &str, value: Value) -> (String, String, String, String) {
    let notice = only(field, value);
    assert_eq!(notice.changes.len(), 1, "{notice:?}");
    let change = &notice.changes[0];
    assert_eq!(change.at.as_second(), 1_759_795_200);
    assert!(change.sources.iter().eq([Source::Webhook]));
    let word = |word: &Option<CompactString>| word.as_deref().unwrap_or("-").to_owned();
    (change.kind.as_wire().into(), change.subject.to_string(), word(&change.before), word(&change.after))
}

#[rstest]
#[case(json!({"event": "ACCOUNT_VIOLATION", "violation_info": {"violation_type": "SCAM"}}), "violation", "", "SCAM")]
#[case(json!({"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "DISABLE", "waba_ban_date": "May 1, 2026"}}), "disabling", "", "DISABLE")]
#[case(json!({"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "REINSTATE"}}), "disabling", "", "REINSTATE")]
#[case(json!({"event": "MM_LITE_TERMS_SIGNED", "waba_info": {"waba_id": "5", "owner_business_id": "9"}}), "terms", "", "TERM_OF_SERVICE_SIGNED")]
#[case(json!({"event": "AD_ACCOUNT_LINKED", "waba_info": {"waba_id": "5", "owner_business_id": "9", "ad_account_id": "3"}}), "terms", "", "TERM_OF_SERVICE_SIGNED")]
#[case(json!({"event": "ACCOUNT_DELETED"}), "account_disappeared", "", "-")]
#[case(json!({"event": "ACCOUNT_OFFBOARDED"}), "partner", "", "ACCOUNT_OFFBOARDED")]
#[case(json!({"event": "ACCOUNT_RECONNECTED"}), "partner", "", "ACCOUNT_RECONNECTED")]
#[case(json!({"event": "PARTNER_ADDED", "waba_info": {"waba_id": "5", "owner_business_id": "9"}}), "partner", "", "PARTNER_ADDED")]
#[case(json!({"event": "PARTNER_REMOVED", "disconnection_info": {"reason": "CHANGE_NUMBER", "initiated_by": "USER"}}), "partner", "", "PARTNER_REMOVED")]
#[case(json!({"event": "PARTNER_APP_INSTALLED", "waba_info": {"waba_id": "5", "partner_app_id": "4"}}), "partner", "", "PARTNER_APP_INSTALLED")]
#[case(json!({"event": "PARTNER_APP_UNINSTALLED", "waba_info": {"waba_id": "5", "partner_app_id": "4"}}), "partner", "", "PARTNER_APP_UNINSTALLED")]
#[case(json!({"event": "PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE", "partner_client_certification_info":
    {"client_business_id": "3", "status": "FAILED", "rejection_reasons": ["ADDRESS"]}}), "partner", "certification", "FAILED")]
#[case(json!({"event": "BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE", "country": "BR"}), "capability", "country", "BR")]
#[case(json!({"event": "VOLUME_BASED_PRICING_TIER_UPDATE", "volume_tier_info": {"tier": "0:1000", "region": "India"}}), "capability", "volume_tier", "0:1000")]
#[case(json!({"event": "AUTH_INTL_PRICE_ELIGIBILITY_UPDATE", "auth_international_rate_eligibility": {"start_time": 1}}), "capability", "auth_international_price", "-")]
#[case(json!({"event": "SOMETHING_NEW", "x": 1}), "account_update", "SOMETHING_NEW", "-")]
fn each_account_update_becomes_its_event(#[case] value: Value, #[case] kind: &str, #[case] subject: &str, #[case] after: &str) {
    let account = if value.get("waba_info").is_some() { "5" } else { "77" };
    let notice = only("account_update", value.clone());
    assert_eq!(notice.account.unwrap().as_str(), account, "the account inside the event comes before the entry");
    assert_eq!(told("account_update", value), (kind.into(), subject.into(), "-".into(), after.into()));
}

#[test]
fn r22_each_restriction_is_an_event_with_its_end() {
    let value = json!({"event": "ACCOUNT_RESTRICTION", "restriction_info": [
        {"restriction_type": "RESTRICTED_BIZ_INITIATED_MESSAGING", "expiration": 1_759_881_600, "remediation": "Appeal"},
        {"restriction_type": "RESTRICTED_ADD_PHONE_NUMBER_ACTION"}]});
    let notice = only("account_update", value);
    let shown: Vec<_> = notice.changes.iter().map(|change| (change.subject.as_str(), change.after.as_deref().unwrap())).collect();
    assert_eq!(
        shown,
        [("RESTRICTED_BIZ_INITIATED_MESSAGING", "2025-10-08T00:00:00Z"), ("RESTRICTED_ADD_PHONE_NUMBER_ACTION", "open")]
    );
    assert_eq!(notice.changes[0].note.as_deref(), Some("Appeal"));
    let Some(Event::Account(told)) = notice.told else { panic!("an account event") };
    assert_eq!(told.restrictions.len(), 2);
    assert_eq!(only("account_update", json!({"event": "ACCOUNT_RESTRICTION"})).changes.len(), 1, "even without a list");
}

#[rstest]
#[case("account_alerts", json!({"entity_type": "PHONE_NUMBER", "entity_id": "8", "alert_info":
    {"alert_severity": "CRITICAL", "alert_status": "ACTIVE", "alert_type": "OBA_REJECTED", "alert_description": "No"}}),
    "alert", "PHONE_NUMBER/8", "-", "OBA_REJECTED")]
#[case("account_alerts", json!({"entity_type": "BUSINESS", "entity_id": "8", "alert_severity": "INFORMATIONAL", "alert_type": "OBA_APPROVED"}),
    "alert", "BUSINESS/8", "-", "OBA_APPROVED")]
#[case("account_review_update", json!({"decision": "REJECTED"}), "review", "", "-", "REJECTED")]
#[case("business_capability_update", json!({"max_daily_conversations_per_business": 2000}), "limit", "", "-", "TIER_2K")]
#[case("business_capability_update", json!({"max_daily_conversations_per_business": "TIER_100K"}), "limit", "", "-", "TIER_100K")]
#[case("business_capability_update", json!({"max_daily_conversations_per_business": -1}), "limit", "", "-", "TIER_UNLIMITED")]
#[case("business_capability_update", json!({"max_phone_numbers_per_business": 25}), "capability", "max_phone_numbers_per_business", "-", "25")]
#[case("phone_number_quality_update", json!({"display_phone_number": "+1 555-0100", "event": "ONBOARDING", "current_limit": "TIER_250", "old_limit": "TIER_NOT_SET"}),
    "limit", "", "TIER_NOT_SET", "TIER_250")]
#[case("phone_number_quality_update", json!({"display_phone_number": "15550100", "event": "THROUGHPUT_UPGRADE"}), "throughput", "15550100", "-", "THROUGHPUT_UPGRADE")]
#[case("phone_number_quality_update", json!({"display_phone_number": "15550100", "event": "FLAGGED"}), "number_status", "15550100", "-", "FLAGGED")]
#[case("phone_number_name_update", json!({"display_phone_number": "+1 555-0100", "decision": "REJECTED", "requested_verified_name": "Shop", "rejection_reason": "NAME_EMPLOYEE"}),
    "number_name", "15550100", "-", "DECLINED")]
#[case("message_template_status_update", json!({"event": "PAUSED", "message_template_id": 12, "message_template_name": "sale", "message_template_language": "en_US",
    "reason": "NONE", "other_info": {"title": "FIRST_PAUSE", "description": "3 hours"}}), "template_status", "sale/en_US", "-", "PAUSED")]
#[case("message_template_status_update", json!({"event": "REINSTATED", "message_template_name": "sale", "message_template_language": "en_US", "reason": null}),
    "template_status", "sale/en_US", "-", "APPROVED")]
#[case("message_template_quality_update", json!({"previous_quality_score": "GREEN", "new_quality_score": "YELLOW", "message_template_name": "sale", "message_template_language": "fr"}),
    "template_quality", "sale/fr", "GREEN", "YELLOW")]
#[case("template_category_update", json!({"message_template_name": "sale", "message_template_language": "fr", "previous_category": "UTILITY", "new_category": "MARKETING"}),
    "template_category", "sale/fr", "UTILITY", "MARKETING")]
#[case("template_category_update", json!({"message_template_name": "sale", "message_template_language": "fr", "new_category": "UTILITY", "correct_category": "MARKETING", "category_update_timestamp": "1762000000"}),
    "alert", "sale/fr", "UTILITY", "MARKETING")]
#[case("message_template_components_update", json!({"message_template_name": "sale", "message_template_language": "fr", "message_template_element": "New"}),
    "template_content", "sale/fr", "-", "-")]
#[case("account_alerts", json!({"entity_type": "PHONE_NUMBER", "entity_id": "8", "alert_info":
    {"alert_severity": "INFORMATIONAL", "alert_status": "NONE", "alert_type": "PROFILE_PICTURE_LOST"}}),
    "alert", "PHONE_NUMBER/8", "PROFILE_PICTURE_LOST", "ended")]
#[case("message_template_status_update", json!({"event": "SECOND_PAUSE", "message_template_name": "sale", "message_template_language": "fr"}),
    "template_status", "sale/fr", "-", "PAUSED")]
#[case("message_template_status_update", json!({"event": "UNPAUSED", "message_template_name": "sale", "message_template_language": "fr"}),
    "template_status", "sale/fr", "-", "APPROVED")]
#[case("message_template_status_update", json!({"event": "PENDING_DELETION", "message_template_name": "sale", "message_template_language": "fr"}),
    "template_status", "sale/fr", "-", "PENDING_DELETION")]
#[case("security", json!({"display_phone_number": "15550100", "event": "PIN_RESET_REQUEST", "requester": "44"}),
    "security", "15550100", "-", "PIN_RESET_REQUEST")]
#[case("user_preferences", json!({"user_preferences": [{"wa_id": "16505551234", "category": "marketing_messages", "value": "stop", "timestamp": 1_759_795_200}]}),
    "user_preference", "16505551234", "-", "stop")]
#[case("history", json!({"metadata": {"display_phone_number": "15550100"}, "history": [{"metadata": {"phase": 1, "progress": 55},
    "threads": [{"id": "16505551234", "messages": [{"text": {"body": "secret"}}]}]}]}), "business_app", "15550100", "-", "HISTORY")]
#[case("history", json!({"metadata": {"display_phone_number": "15550100"}, "history": [{"errors": [{"code": 2_593_109, "message": "off"}]}]}),
    "business_app", "15550100", "-", "HISTORY_REFUSED")]
#[case("smb_app_state_sync", json!({"metadata": {"display_phone_number": "15550100"}, "state_sync": [{"type": "contact"}]}),
    "business_app", "15550100", "-", "CONTACTS")]
#[case("payment_configuration_update", json!({"configuration_name": "upi", "provider_name": "razorpay", "status": "Needs_Testing"}),
    "payment_configuration", "upi", "-", "Needs_Testing")]
#[case("partner_solutions", json!({"event": "SOLUTION_UPDATED", "solution_id": "774", "solution_status": "PENDING_DEACTIVATION"}),
    "partner", "solution 774", "-", "PENDING_DEACTIVATION")]
#[case("a_field_of_tomorrow", json!({"a": [1, 2]}), "a_field_of_tomorrow", "", "-", "-")]
#[case("account_review_update", json!(7), "account_review_update", "", "-", "-")]
fn each_field_becomes_its_event(
    #[case] field: &str,
    #[case] value: Value,
    #[case] kind: &str,
    #[case] subject: &str,
    #[case] before: &str,
    #[case] after: &str,
) {
    assert_eq!(told(field, value), (kind.into(), subject.into(), before.into(), after.into()));
}

#[test]
fn what_meta_says_with_an_event_is_kept_beside_it() {
    let note = |field: &str, value: Value| only(field, value).changes[0].note.clone().unwrap_or_default();
    assert_eq!(
        note(
            "message_template_status_update",
            json!({"event": "PAUSED", "message_template_name": "a", "reason": "NONE",
            "other_info": {"title": "SECOND_PAUSE", "description": "6 hours"}})
        ),
        "SECOND_PAUSE · 6 hours"
    );
    assert_eq!(note("a_field_of_tomorrow", json!({"a": 1})), r#"{"a":1}"#);
    let long = note("a_field_of_tomorrow", json!({"a": "é".repeat(5_000)}));
    assert!(long.ends_with('…') && long.chars().count() < 700);
}

#[test]
fn r36_statuses_come_with_their_way_and_only_failures_join_the_history() {
    let notices = decode(
        &body(
            "messages",
            json!({"statuses": [
            {"id": "wamid.A", "status": "sent", "timestamp": "1759795201", "pricing": {"category": "marketing_lite"}},
            {"id": "wamid.B", "status": "failed", "timestamp": "1759795202",
             "errors": [{"code": 131_049, "title": "t", "error_data": {"details": "Not delivered"}}]}],
            "messages": [{"from": "16505550199", "id": "wamid.C", "timestamp": "1759795203", "type": "text"}]}),
        ),
        now(),
    )
    .unwrap();
    let [sent, failed, incoming] = notices.as_slice() else { panic!("three notices: {notices:?}") };
    assert!(sent.changes.is_empty() && incoming.changes.is_empty() && incoming.told.is_none());
    let Some(Event::Status(status)) = &sent.told else { panic!("a status") };
    assert_eq!(status.category, Some(PricingCategory::MarketingLite));
    assert_eq!((sent.at.as_second(), incoming.at.as_second()), (1_759_795_201, 1_759_795_203));
    let change = &failed.changes[0];
    assert_eq!(
        (change.kind.clone(), change.subject.as_str(), change.after.as_deref(), change.note.as_deref()),
        (EventKind::MessageFailed, "wamid.B", Some("131049"), Some("Not delivered"))
    );
}

#[test]
fn what_the_business_wrote_in_its_app_is_no_event() {
    let told =
        only("smb_message_echoes", json!({"message_echoes": [{"from": "15550100", "to": "16505551234", "id": "wamid.X"}]}));
    assert!(told.changes.is_empty() && told.told.is_none());
}

#[test]
fn bodies_of_any_shape_are_read_without_harm() {
    for nonsense in ["", "[]", "7", "nonsense", "{\"entry\":", "\u{0}"] {
        assert_eq!(decode(nonsense.as_bytes(), now()), None, "{nonsense}");
    }
    for strange in [json!({}), json!({"entry": {}}), json!({"entry": [null, 7, {"changes": 1}]}), json!({"entry": []})] {
        let notices = decode(strange.to_string().as_bytes(), now()).unwrap();
        assert_eq!(notices.len(), 1, "what cannot be read is shown as it came: {strange}");
    }
    for strange in [json!(null), json!([]), json!({"statuses": [null, {}, 7]}), json!({"statuses": {}})] {
        for field in
            ["messages", "account_update", "account_alerts", "message_template_status_update", "template_category_update"]
        {
            assert!(!decode(&body(field, strange.clone()), now()).unwrap().is_empty(), "{field} {strange}");
        }
    }
    let deep = format!("{}{}", "[".repeat(5_000), "]".repeat(5_000));
    assert_eq!(decode(deep.as_bytes(), now()), None);
}

#[test]
fn a_time_that_is_missing_is_when_it_came() {
    let body =
        json!({"entry": [{"id": "1", "changes": [{"field": "account_review_update", "value": {"decision": "APPROVED"}}]}]});
    assert_eq!(decode(body.to_string().as_bytes(), now()).unwrap()[0].at, now());
}

#[test]
fn every_example_that_is_at_hand_is_read() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/fixtures/graph/webhooks");
    let Ok(files) = std::fs::read_dir(&folder) else {
        eprintln!("skipped: no examples in {}", folder.display());
        return;
    };
    for file in files.flatten() {
        let notices = decode(&std::fs::read(file.path()).unwrap(), now()).unwrap();
        assert!(!notices.is_empty() && notices.iter().all(|notice| notice.account.is_some()), "{}", file.path().display());
    }
}
