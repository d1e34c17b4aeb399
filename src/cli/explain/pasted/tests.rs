//! Bodies of every kind, written for these tests.

use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::domain::graph_error::ApiError;

fn errors(text: &str) -> Vec<ApiError> {
    let error = |found| match found {
        Found::Topic(Topic::Error(error), _) => Some(*error),
        _ => None,
    };
    everything(text).into_iter().filter_map(error).collect()
}

fn codes(text: &str) -> Vec<(i64, Option<i64>)> {
    errors(text).into_iter().map(|error| (error.code, error.subcode)).collect()
}

/// Kind and value of everything that is not an error; webhooks by their field.
fn words(text: &str) -> Vec<String> {
    let word = |found| match found {
        Found::Topic(Topic::Error(_), _) => None,
        Found::Topic(topic, about) => Some(
            [Some(format!("{} {}", topic.kind(), topic.wire())), about].into_iter().flatten().collect::<Vec<_>>().join(" of "),
        ),
        Found::Webhook(change) => Some(format!("webhook {}", change.field.wire())),
    };
    everything(text).into_iter().filter_map(word).collect()
}

#[rstest]
#[case("131049", &[(131_049, None)])]
#[case(" (#131049) ", &[(131_049, None)])]
#[case("100/33", &[(100, Some(33))])]
#[case("100 2388047", &[(100, Some(2_388_047))])]
#[case("-3", &[(-3, None)])]
#[case("(#131030) Recipient phone number not in allowed list", &[(131_030, None)])]
#[case("failed with error 190: expired", &[(190, None)])]
#[case("error code: 131056, try later", &[(131_056, None)])]
#[case("nothing here", &[])]
#[case("", &[])]
fn codes_are_found_in_what_people_type(#[case] text: &str, #[case] expected: &[(i64, Option<i64>)]) {
    assert_eq!(codes(text), expected);
}

#[test]
fn an_error_body_is_read_with_metas_words() {
    let body = r#"HTTP/1.1 400 Bad Request
        {"error":{"message":"(#100) Invalid parameter","type":"OAuthException","code":100,"error_subcode":2388047,
        "error_user_msg":"Header too long","fbtrace_id":"Abc"}}"#;
    let found = errors(body);
    assert_eq!(codes(body), [(100, Some(2_388_047))]);
    assert_eq!(found[0].meta_words(), "Header too long");
    assert_eq!(found[0].fbtrace_id.as_deref(), Some("Abc"));
}

#[test]
fn the_errors_of_a_webhook_are_found_and_repetitions_told_once() {
    let error =
        r#"{"code":131049,"title":"Not delivered","message":"Not delivered","error_data":{"details":"healthy ecosystem"}}"#;
    let status = |id: &str| format!(r#"{{"id":"{id}","status":"failed","timestamp":"1","errors":[{error}]}}"#);
    let body = format!(
        r#"{{"object":"whatsapp_business_account","entry":[{{"changes":[{{"value":{{"statuses":[{},{}]}}}}]}}]}}"#,
        status("a"),
        status("b")
    );
    assert_eq!(codes(&body), [(131_049, None)]);
    assert_eq!(errors(&body)[0].meta_words(), "healthy ecosystem");
}

#[test]
fn the_errors_of_a_health_tree_are_found() {
    let body = r#"{"health_status":{"entities":[{"errors":[{"error_code":141006,"error_description":"There is an error with the payment method."}]}]}}"#;
    assert_eq!(codes(body), [(141_006, None)]);
}

#[test]
fn a_code_that_belongs_to_no_error_is_left_alone() {
    assert_eq!(codes(r#"{"template":{"language":{"code":"en"}},"country":{"code":"49"}}"#), []);
}

proptest! {
    #[test]
    fn whatever_is_pasted_each_thing_is_found_once_and_named_cleanly(
        text in "[\\PC\\n]{0,200}",
        nested in "[\\[\\{\":,a0]{0,200}",
    ) {
        let texts = crate::i18n::Texts::new(crate::i18n::Language::English);
        for pasted in [&text, &nested] {
            let found = everything(pasted);
            for (index, one) in found.iter().enumerate() {
                prop_assert!(!found[..index].contains(one), "{one:?} twice");
                let label = match one {
                    Found::Topic(topic, _) => topic.label(&texts),
                    Found::Webhook(change) => change.field.label(&texts),
                };
                prop_assert!(!label.is_empty() && !label.contains(char::is_control), "{label:?}");
            }
        }
    }
}

#[rstest]
#[case(r#"{"error":"gone"}"#, 0)]
#[case(r#"{"error":{"code":"190","message":"m"}}"#, 190)]
#[case(r#"{"error":{"code":100,"error_data":"{\"details\":\"why\"}"}}"#, 100)]
#[case(r#"{"error":{"code":131009,"error_data":{"messaging_product":"whatsapp","details":"why"}}}"#, 131_009)]
#[case(r#"{"errors":[{"code":131051,"title":"t"}]}"#, 131_051)]
#[case(r#"{"code":368,"message":"m"}"#, 368)]
#[case(r#"[{"code":200,"body":"{\"id\":\"1\"}"},{"code":400,"body":"{\"error\":{\"code\":80008,\"message\":\"m\"}}"}]"#, 80_008)]
#[case(r#"{"event":"CANCEL","type":"WA_EMBEDDED_SIGNUP","data":{"error_code":"524126","error_message":"m"}}"#, 524_126)]
#[case(r#"{"error":{"code":1,"code":4,"message":"the last of two counts"}}"#, 4)]
fn an_error_is_read_from_every_envelope(#[case] body: &str, #[case] code: i64) {
    assert_eq!(codes(body), [(code, None)], "{body}");
}

#[test]
fn what_oauth_answers_is_told_with_its_sentence() {
    let found = errors(r#"{"error":"invalid_grant","error_description":"This code has expired"}"#);
    assert_eq!(found[0].meta_words(), "invalid_grant: This code has expired");
}

#[rstest]
#[case(r#"[null,{"code":200,"body":"{}"}]"#, &["batch null"])]
#[case("HTTP/1.1 429 Too Many Requests\nRetry-After: 7", &["http 429"])]
#[case("HTTP/2 502\n\n<!DOCTYPE html><title>Sorry</title>", &["http 502", "http html"])]
#[case(r#"{"messaging_product":"whatsapp","contacts":[{"input":"1","wa_id":"1"}],"messages":[{"id":"wamid.1"}]}"#, &["acceptance accepted"])]
#[case("RESTRICTED", &["number-status RESTRICTED", "review RESTRICTED"])]
#[case("FIRST_PAUSE", &["template-pause FIRST_PAUSE"])]
#[case("marketing_lite", &["price marketing_lite"])]
#[case("ban state DISABLE after FIRST_PAUSE", &["ban-state DISABLE", "template-pause FIRST_PAUSE"])]
#[case("A GOOD MORNING TO ALL", &[])]
fn words_are_found_alone_and_in_a_text(#[case] text: &str, #[case] expected: &[&str]) {
    assert_eq!(words(text), expected, "{text}");
}

#[test]
fn an_account_is_explained_by_its_statuses() {
    let body = r#"{"id":"1","account_review_status":"APPROVED","business_verification_status":"not_verified",
        "owner_business_info":{"id":"2","marketing_messages_onboarding_status":{"status":"REQUEST_SENT","time":"2026-01-01"}},
        "marketing_messages_onboarding_status":"PENDING_INTERNAL_SETUP",
        "phone_numbers":{"data":[{"id":"3","status":"FLAGGED","quality_rating":"RED","name_status":"DECLINED",
            "quality_score":{"score":"RED"},"whatsapp_business_manager_messaging_limit":"TIER_2K"}]}}"#;
    let expected = [
        "review APPROVED",
        "verification not_verified",
        "onboarding PENDING_INTERNAL_SETUP",
        "terms REQUEST_SENT",
        "name-status DECLINED",
        "quality RED",
        "number-status FLAGGED",
        "limit TIER_2K",
    ];
    let found = words(body);
    assert_eq!(found.len(), expected.len(), "{found:?}");
    assert!(expected.iter().all(|word| found.iter().any(|known| known == word)), "{found:?}");
}

#[test]
fn each_part_of_a_health_tree_is_told_apart() {
    let body = r#"{"health_status":{"can_send_message":"BLOCKED","entities":[
        {"entity_type":"WABA","id":"1","can_send_message":"BLOCKED","errors":[{"error_code":141006,"error_description":"d"}]},
        {"entity_type":"BUSINESS","id":"2","can_send_message":"LIMITED"}]},"id":"1"}"#;
    assert_eq!(words(body), ["health BLOCKED", "health BLOCKED of WABA 1", "health LIMITED of BUSINESS 2"]);
    assert_eq!(codes(body), [(141_006, None)]);
}

fn webhook(field: &str, value: &str) -> String {
    format!(
        r#"{{"object":"whatsapp_business_account","entry":[{{"id":"77","time":1759795200,"changes":[{{"field":"{field}","value":{value}}}]}}]}}"#
    )
}

#[rstest]
#[case("account_update", r#"{"event":"MM_LITE_TERMS_SIGNED","waba_info":{"waba_id":"5","owner_business_id":"9"}}"#, &["account-event MM_LITE_TERMS_SIGNED"])]
#[case("account_update", r#"{"event":"ACCOUNT_RESTRICTION","restriction_info":[{"restriction_type":"RESTRICTED_BIZ_INITIATED_MESSAGING","expiration":1759999999}]}"#,
    &["account-event ACCOUNT_RESTRICTION", "restriction RESTRICTED_BIZ_INITIATED_MESSAGING"])]
#[case("account_update", r#"{"event":"DISABLED_UPDATE","ban_info":{"waba_ban_state":"SCHEDULE_FOR_DISABLE","waba_ban_date":"May 1, 2026"}}"#,
    &["account-event DISABLED_UPDATE", "ban-state SCHEDULE_FOR_DISABLE"])]
#[case("account_update", r#"{"event":"PARTNER_REMOVED","disconnection_info":{"reason":"PRIMARY_INACTIVITY","initiated_by":"SYSTEM"}}"#,
    &["account-event PARTNER_REMOVED", "disconnection PRIMARY_INACTIVITY"])]
#[case("account_update", r#"{"event":"PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE","partner_client_certification_info":{"status":"REVOKED"}}"#,
    &["account-event PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE", "certification REVOKED"])]
#[case("account_alerts", r#"{"entity_type":"BUSINESS","alert_info":{"alert_severity":"CRITICAL","alert_status":"ACTIVE","alert_type":"OBA_REJECTED"}}"#,
    &["alert-severity CRITICAL", "alert OBA_REJECTED"])]
#[case("account_review_update", r#"{"decision":"DEFERRED"}"#, &["review DEFERRED"])]
#[case("phone_number_quality_update", r#"{"display_phone_number":"15550001111","event":"THROUGHPUT_UPGRADE","current_limit":"TIER_UNLIMITED"}"#,
    &["limit TIER_UNLIMITED", "number-event THROUGHPUT_UPGRADE"])]
#[case("phone_number_name_update", r#"{"display_phone_number":"15550001111","decision":"REJECTED"}"#, &["name-status DECLINED"])]
#[case("business_capability_update", r#"{"max_daily_conversations_per_business":2000,"max_phone_numbers_per_business":25}"#, &["limit TIER_2K"])]
#[case("message_template_status_update", r#"{"event":"PAUSED","message_template_name":"n","message_template_language":"en","reason":null,"other_info":{"title":"SECOND_PAUSE"}}"#,
    &["template-status PAUSED", "template-pause SECOND_PAUSE"])]
#[case("message_template_status_update", r#"{"event":"LOCKED","message_template_name":"n","message_template_language":"en"}"#, &["template-event LOCKED"])]
#[case("message_template_status_update", r#"{"event":"REJECTED","message_template_name":"n","message_template_language":"en","reason":"SCAM"}"#,
    &["template-status REJECTED", "rejection SCAM"])]
#[case("message_template_quality_update", r#"{"new_quality_score":"RED","previous_quality_score":"GREEN","message_template_name":"n"}"#, &["quality RED"])]
#[case("template_category_update", r#"{"new_category":"MARKETING","previous_category":"UTILITY","message_template_name":"n"}"#, &["category MARKETING"])]
#[case("messages", r#"{"statuses":[{"id":"w","status":"delivered","pricing":{"billable":true,"category":"marketing_lite","type":"regular"}}]}"#,
    &["message-status delivered", "price marketing_lite", "price-type regular"])]
#[case("messages", r#"{"messages":[{"from":"1","id":"w","type":"interactive","interactive":{"type":"list_reply"}}]}"#, &["incoming interactive", "interactive list_reply"])]
#[case("user_preferences", r#"{"user_preferences":[{"wa_id":"1","category":"marketing_messages","value":"stop"}]}"#, &["preference stop"])]
#[case("brand_new_field", r#"{"what":"EVER"}"#, &[])]
fn every_field_is_explained_with_the_words_in_it(#[case] field: &str, #[case] value: &str, #[case] expected: &[&str]) {
    let found = words(&webhook(field, value));
    assert_eq!(found[0], format!("webhook {field}"));
    assert_eq!(found[1..], *expected, "{field}");
    let Found::Webhook(change) = &everything(&webhook(field, value))[0] else { panic!("a webhook") };
    assert!(change.at.is_some() && change.account.is_some(), "{change:?}");
    assert_eq!(change.field.is_known(), field != "brand_new_field");
}

#[test]
fn a_change_by_itself_is_enough_as_metas_test_button_shows_it() {
    let found = everything(r#"{"field":"account_update","value":{"event":"PARTNER_ADDED","waba_info":{"waba_id":"5"}}}"#);
    let Found::Webhook(change) = &found[0] else { panic!("a webhook: {found:?}") };
    assert_eq!((change.account.as_deref(), change.at), (Some("5"), None));
}

#[test]
fn a_failed_status_is_told_with_its_error() {
    let body = webhook(
        "messages",
        r#"{"statuses":[{"id":"wamid.1","status":"failed","timestamp":"1759795201","errors":[{"code":131049,"title":"t"}]}]}"#,
    );
    assert_eq!(words(&body), ["webhook messages", "message-status failed"]);
    assert_eq!(codes(&body), [(131_049, None)]);
}
