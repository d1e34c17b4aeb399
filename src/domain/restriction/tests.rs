//! Only a restriction by Meta counts as one (R22).

use rstest::rstest;

use super::*;
use crate::domain::fixtures::{account, after, entity, now, with_health, with_restriction};

#[test]
fn r22_the_restricted_status_is_a_restriction_without_a_known_end() {
    let cause = account("1", OnboardingStatus::IneligibleInactiveOrRestricted).restriction(now()).unwrap();
    assert_eq!(cause.evidence, [Evidence::Status]);
    assert_eq!(cause.ends, None);
}

#[test]
fn r22_no_other_status_is_a_restriction() {
    let new = [OnboardingStatus::from_wire("INELIGIBLE_RESTRICTED_ANEW"), OnboardingStatus::default()];
    for status in OnboardingStatus::KNOWN.iter().chain(&new) {
        if *status != OnboardingStatus::IneligibleInactiveOrRestricted {
            assert_eq!(account("1", status.clone()).restriction(now()), None, "{status:?}");
        }
    }
}

#[rstest]
#[case::policy(EntityKind::Waba, CanSend::Blocked, &[368], true)]
#[case::locked(EntityKind::Waba, CanSend::Blocked, &[131031], true)]
#[case::country_of_recipients(EntityKind::Waba, CanSend::Blocked, &[130497], true)]
#[case::spam(EntityKind::Business, CanSend::Blocked, &[131048], true)]
#[case::categories(EntityKind::Business, CanSend::Blocked, &[131064], true)]
#[case::among_others(EntityKind::Waba, CanSend::Blocked, &[141006, 368], true)]
#[case::payment(EntityKind::Waba, CanSend::Blocked, &[141006], false)]
#[case::payment_on_sending(EntityKind::Waba, CanSend::Blocked, &[131042], false)]
#[case::verification(EntityKind::Business, CanSend::Blocked, &[141010], false)]
#[case::calling(EntityKind::Waba, CanSend::Blocked, &[138024], false)]
#[case::template(EntityKind::MessageTemplate, CanSend::Blocked, &[141002], false)]
#[case::not_known(EntityKind::Waba, CanSend::Blocked, &[141777], false)]
#[case::without_errors(EntityKind::Waba, CanSend::Blocked, &[], false)]
#[case::limited_only(EntityKind::Waba, CanSend::Limited, &[368], false)]
#[case::available(EntityKind::Waba, CanSend::Available, &[368], false)]
#[case::the_apps_trouble(EntityKind::App, CanSend::Blocked, &[368], false)]
#[case::one_numbers_trouble(EntityKind::PhoneNumber, CanSend::Blocked, &[131048], false)]
fn r22_health_restricts_only_when_blocked_by_an_error_of_that_class(
    #[case] kind: EntityKind,
    #[case] can_send: CanSend,
    #[case] codes: &[i64],
    #[case] restricted: bool,
) {
    let account = with_health(account("1", OnboardingStatus::Eligible), entity(kind, can_send, codes));
    assert_eq!(account.restriction(now()).is_some(), restricted);
}

#[rstest]
#[case::sends(RestrictionKind::BusinessInitiatedMessaging, true)]
#[case::answers(RestrictionKind::CustomerInitiatedMessaging, true)]
#[case::numbers(RestrictionKind::AddPhoneNumber, true)]
#[case::utility(RestrictionKind::UtilityTemplates, true)]
#[case::direct(RestrictionKind::DirectSendUtilityTemplates, true)]
#[case::new_kind(RestrictionKind::from_wire("RESTRICTED_IN_A_NEW_WAY"), true)]
#[case::calls_out(RestrictionKind::BusinessInitiatedCalling, false)]
#[case::calls_in(RestrictionKind::UserInitiatedCalling, false)]
#[case::calls_both(RestrictionKind::BothCalling, false)]
#[case::call_button(RestrictionKind::CallButtonHidden, false)]
#[case::new_calls(RestrictionKind::from_wire("RESTRICTED_GROUP_CALLING"), false)]
fn r22_an_announced_restriction_counts_unless_it_is_about_calls(#[case] kind: RestrictionKind, #[case] counts: bool) {
    let account = with_restriction(account("1", OnboardingStatus::Onboarded), kind, Some(after(1)));
    assert_eq!(account.restriction(now()).is_some(), counts);
}

#[rstest]
#[case::ended(Some(-1), false)]
#[case::ends_now(Some(0), false)]
#[case::still_holds(Some(1), true)]
#[case::without_end(None, true)]
fn r22_an_announced_restriction_holds_until_its_end(#[case] ends: Option<i64>, #[case] holds: bool) {
    let account =
        with_restriction(account("1", OnboardingStatus::Onboarded), RestrictionKind::BusinessInitiatedMessaging, ends.map(after));
    assert_eq!(account.restriction(now()).is_some(), holds);
    assert_eq!(account.is_restricted(now()), holds);
}

#[test]
fn the_end_is_that_of_the_restriction_that_lasts_longest() {
    let kind = || RestrictionKind::BusinessInitiatedMessaging;
    let mut account = account("1", OnboardingStatus::IneligibleInactiveOrRestricted);
    account = with_restriction(account, kind(), Some(after(-100)));
    account = with_restriction(account, kind(), Some(after(300)));
    account = with_restriction(account, kind(), Some(after(200)));
    account = with_restriction(account, RestrictionKind::BothCalling, Some(after(900)));
    let cause = account.restriction(now()).unwrap();
    assert_eq!(cause.ends, Some(after(300)));
    assert_eq!(cause.evidence.len(), 3, "two announcements that hold, and the status");
    let endless = with_restriction(account, kind(), None);
    assert_eq!(endless.restriction(now()).unwrap().ends, None);
}
