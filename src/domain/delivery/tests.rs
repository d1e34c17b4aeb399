//! The choice (R30–R32, R34), the path taken (R36), and the forecast (R33).

mod details;
mod table;

use rstest::rstest;

use super::*;
use crate::domain::fixtures::account;

const KINDS: [MessageKind; 6] = [
    MessageKind::Marketing,
    MessageKind::Utility,
    MessageKind::Authentication,
    MessageKind::OtherTemplate,
    MessageKind::Service,
    MessageKind::Response,
];

#[test]
fn r30_the_option_is_there_for_marketing_only() {
    let account = account("1", OnboardingStatus::Onboarded);
    for kind in KINDS {
        let offered = kind == MessageKind::Marketing;
        assert_eq!(option_offered(kind), offered, "{kind:?}");
        let choice = DeliveryChoice { checked: Some(true), ..DeliveryChoice::default() };
        assert_eq!(choice.checked(kind, &account).is_some(), offered, "{kind:?}");
        assert_eq!(
            choice.endpoint(kind, &account),
            if offered { Endpoint::MarketingMessages } else { Endpoint::Messages },
            "{kind:?}"
        );
    }
}

#[test]
fn r30_the_choice_comes_back_with_a_marketing_template() {
    let account = account("1", OnboardingStatus::Onboarded);
    let mut choice = DeliveryChoice::default();
    choice.toggle(MessageKind::Marketing, &account);
    assert_eq!(choice.checked(MessageKind::Marketing, &account), Some(false));
    choice.toggle(MessageKind::Utility, &account);
    assert_eq!(choice.checked(MessageKind::Utility, &account), None);
    assert_eq!(choice.checked(MessageKind::Marketing, &account), Some(false));
}

#[test]
fn r31_the_box_is_checked_by_default_exactly_when_the_account_is_onboarded() {
    let unknown = [OnboardingStatus::default(), OnboardingStatus::from_wire("ONBOARDED_SOON")];
    for status in OnboardingStatus::KNOWN.iter().chain(&unknown) {
        let account = account("1", status.clone());
        let expected = *status == OnboardingStatus::Onboarded;
        assert_eq!(checked_by_default(&account), expected, "{status:?}");
        let untouched = DeliveryChoice::default();
        assert_eq!(untouched.checked(MessageKind::Marketing, &account), Some(expected), "{status:?}");
    }
}

#[test]
fn r31_the_box_can_be_checked_where_it_is_not_by_default() {
    let account = account("1", OnboardingStatus::Eligible);
    let mut choice = DeliveryChoice::default();
    choice.toggle(MessageKind::Marketing, &account);
    assert_eq!(choice.checked(MessageKind::Marketing, &account), Some(true));
}

#[test]
fn r32_a_new_message_starts_with_a_choice_of_its_own() {
    let account = account("1", OnboardingStatus::Onboarded);
    let mut first = DeliveryChoice::default();
    first.toggle(MessageKind::Marketing, &account);
    assert_eq!(first.checked(MessageKind::Marketing, &account), Some(false));
    assert_eq!(DeliveryChoice::default().checked(MessageKind::Marketing, &account), Some(true));
}

#[test]
fn r34_the_policy_is_fallback_unless_chosen_and_both_have_a_spelling() {
    assert_eq!(DeliveryChoice::default().policy.as_wire(), "CLOUD_API_FALLBACK");
    assert_eq!(ProductPolicy::Strict.as_wire(), "STRICT");
}

#[rstest]
#[case(Some("marketing_lite"), DeliveryPath::Optimized)]
#[case(Some("marketing"), DeliveryPath::CloudApi)]
#[case(Some("utility"), DeliveryPath::CloudApi)]
#[case(Some("authentication-international"), DeliveryPath::CloudApi)]
#[case(Some("service"), DeliveryPath::CloudApi)]
#[case(Some("marketing_extra"), DeliveryPath::NotYetKnown)]
#[case(Some(""), DeliveryPath::NotYetKnown)]
#[case(None, DeliveryPath::NotYetKnown)]
fn r36_the_path_is_what_the_webhook_says_and_never_guessed(#[case] category: Option<&str>, #[case] path: DeliveryPath) {
    let category = category.map(PricingCategory::from_wire);
    assert_eq!(DeliveryPath::of_pricing(category.as_ref()), path);
}

#[test]
fn r36_a_webhook_without_pricing_takes_nothing_back() {
    let path = DeliveryPath::default();
    assert_eq!(path, DeliveryPath::NotYetKnown);
    let path = path.after(Some(&PricingCategory::MarketingLite));
    assert_eq!(path.after(None), DeliveryPath::Optimized);
}
