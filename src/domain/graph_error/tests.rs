//! The catalogue is whole, and every code gets an honest answer.

use proptest::prelude::*;
use rstest::rstest;

use super::*;

fn error(code: i64, message: &str) -> ApiError {
    ApiError { code, message: message.to_owned(), ..ApiError::default() }
}

#[test]
fn the_catalogue_reads_and_names_no_code_twice() {
    assert!(catalogue::parse(catalogue::source()).is_ok());
    let twice = catalogue::source().replacen("[[error]]\ncodes = [3]", "[[error]]\ncodes = [10]", 1);
    assert!(catalogue::parse(&twice).is_err());
}

#[rstest]
#[case(ErrorClass::Auth, &[0, 102, 190])]
#[case(ErrorClass::Permission, &[3, 10, 200, 201, 250, 299, 131005])]
#[case(ErrorClass::NotFound, &[33, 803])]
#[case(ErrorClass::Request, &[100, 131009, 131055, 131062, 134100, 132000, 132001, 132005, 132012, 132018, 135000, 131051])]
#[case(ErrorClass::RateLimit, &[4, 17, 32, 341, 613, 80000, 80007, 80008, 80014, 130429, 131056])]
#[case(ErrorClass::Restricted, &[368, 131031, 130497, 131048, 131064])]
#[case(ErrorClass::Payment, &[131042, 141006])]
#[case(ErrorClass::Verification, &[141010])]
#[case(ErrorClass::Calling, &[138024, 138025, 138000, 138999])]
#[case(ErrorClass::Setup, &[131045, 133006, 133010, 134102, 134103])]
#[case(ErrorClass::Registration, &[133000, 133005, 133008, 133009, 133015, 133016])]
#[case(ErrorClass::Recipient, &[131026, 131021, 131047])]
#[case(ErrorClass::RecipientLimit, &[131049])]
#[case(ErrorClass::OptOut, &[131050, 130403])]
#[case(ErrorClass::Experiment, &[130472])]
#[case(ErrorClass::Template, &[132007, 132015, 132016, 141002])]
#[case(ErrorClass::TemplateManagement, &[2388019, 2388039, 2388040, 2388047, 2388072, 2388073, 2388293, 2388299])]
#[case(ErrorClass::Sync, &[134101])]
#[case(ErrorClass::Configuration, &[131061, 131063])]
#[case(ErrorClass::Insights, &[200005, 200006, 200007])]
#[case(ErrorClass::Flow, &[132068, 132069])]
#[case(ErrorClass::Transient, &[1, 2, 131000, 131016, 131057, 133004, 2494100])]
#[case(ErrorClass::AlreadyDone, &[1752041])]
fn every_code_of_metas_pages_has_its_class(#[case] class: ErrorClass, #[case] codes: &[i64]) {
    for code in codes {
        let explanation = explain(*code, None);
        assert_eq!(explanation.class, class, "{code}");
        if class != ErrorClass::Calling {
            assert_eq!(explanation.certainty, Certainty::Known, "{code}");
        }
        assert!(explanation.english.ends_with('.') && explanation.french.ends_with('.'), "{code}");
        assert!(!explanation.source.is_empty(), "{code}");
    }
}

#[rstest]
#[case(458)]
#[case(459)]
#[case(460)]
#[case(463)]
#[case(464)]
#[case(467)]
#[case(492)]
fn each_way_a_token_ends_has_words_of_its_own(#[case] subcode: i64) {
    let explanation = explain(190, Some(subcode));
    assert_eq!(explanation.class, ErrorClass::Auth);
    assert_ne!(explanation.english, explain(190, None).english);
}

#[test]
fn an_object_that_is_not_visible_is_told_from_a_wrong_parameter() {
    assert_eq!(explain(100, Some(33)).class, ErrorClass::NotFound);
    assert_eq!(explain(100, Some(2388293)).class, ErrorClass::TemplateManagement);
    assert_eq!(explain(100, Some(2494100)).class, ErrorClass::Transient);
    assert_eq!(explain(100, Some(7)).class, ErrorClass::Request);
}

#[test]
fn one_code_with_several_meanings_is_told_apart_by_metas_words() {
    assert_eq!(error(200, "API access blocked.").class(), ErrorClass::Restricted);
    assert_eq!(error(200, "Permissions error").class(), ErrorClass::Permission);
    let syncing =
        ApiError { details: Some("Ad sync has not finished".to_owned()), ..error(131009, "Parameter value is not valid") };
    assert_eq!(syncing.class(), ErrorClass::Sync);
    assert_eq!(error(131009, "Parameter value is not valid").class(), ErrorClass::Request);
}

#[test]
fn recipients_who_had_enough_are_left_alone_for_a_day_and_the_others_for_ever() {
    assert_eq!(explain(131049, None).retry, Retry::After(Duration::from_secs(86_400)));
    assert_eq!(explain(131050, None).retry, Retry::Never);
}

#[test]
fn an_unknown_code_is_called_unknown_and_its_family_named() {
    assert_eq!(explain(987_654, None).certainty, Certainty::Unknown);
    assert_eq!(explain(987_654, None).class, ErrorClass::Unknown);
    assert_eq!(explain(132_999, None).certainty, Certainty::Family);
    assert_eq!(explain(132_999, None).class, ErrorClass::Template);
}

#[test]
fn an_unknown_code_that_meta_calls_transient_may_be_tried_again() {
    let answer = ApiError { transient: true, ..error(987_654, "?") };
    assert_eq!(answer.class(), ErrorClass::Transient);
    let broken = ApiError { http_status: Some(502), ..error(0, "") };
    assert_eq!(broken.class(), ErrorClass::Transient);
    let refused = ApiError { http_status: Some(500), ..error(190, "") };
    assert_eq!(refused.class(), ErrorClass::Auth, "a code weighs more than the status");
}

#[test]
fn the_unknown_field_is_read_from_the_message() {
    let answer = error(100, "(#100) Tried accessing nonexisting field (health_status) on node type (X)");
    assert_eq!(answer.unknown_field(), Some("health_status"));
    assert_eq!(error(100, "(#100) nonexisting field ()").unknown_field(), None);
    assert_eq!(error(100, "other").unknown_field(), None);
}

#[test]
fn an_error_reads_as_a_sentence_without_control_characters() {
    let text = error(190, "Expired\u{1b}[2J").to_string();
    assert_eq!(text, "Meta answered error 190 (Expired): The access token is not valid any more. Use a new token.");
}

#[rstest]
#[case(999_001, "Your account was restricted for spam", EntityKind::Waba, ErrorClass::Unknown)]
#[case(141_555, "Something else", EntityKind::Business, ErrorClass::Unknown)]
#[case(141_555, "No payment method", EntityKind::Waba, ErrorClass::Payment)]
#[case(141_555, "The business is not verified", EntityKind::Business, ErrorClass::Verification)]
#[case(141_555, "Template is paused", EntityKind::MessageTemplate, ErrorClass::Template)]
#[case(368, "No payment method", EntityKind::Waba, ErrorClass::Restricted)]
fn r22_a_health_error_is_called_restricted_by_its_code_only(
    #[case] code: i64,
    #[case] description: &str,
    #[case] entity: EntityKind,
    #[case] class: ErrorClass,
) {
    let error = HealthError { code, description: description.to_owned(), solution: String::new() };
    assert_eq!(error.class(&entity), class);
}

proptest! {
    #[test]
    fn every_code_gets_an_answer(code in any::<i64>(), subcode in any::<Option<i64>>(), words in "\\PC{0,40}") {
        let answer = ApiError { subcode, ..error(code, &words) };
        prop_assert!(!answer.explanation().english.is_empty());
        prop_assert!(!answer.to_string().contains('\n'));
    }
}
