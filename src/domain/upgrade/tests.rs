//! What an upgrade covers and what stands in its way.

use rstest::rstest;

use super::*;
use crate::domain::{
    account::RestrictionKind,
    fixtures::{account, now, owned, with_restriction},
    number::Platform,
};

fn in_portfolio(id: &str, status: OnboardingStatus) -> Account {
    owned(account(id, status), "p", TermsStatus::NotStarted)
}

fn only_plan(accounts: &[Account]) -> UpgradePlan {
    let mut plans = plans(accounts, now());
    assert_eq!(plans.len(), 1);
    plans.remove(0)
}

fn ids(ids: &[&str]) -> Vec<WabaId> {
    ids.iter().map(|id| WabaId::from(*id)).collect()
}

#[test]
fn r10_an_upgrade_is_offered_while_any_account_can_be_upgraded() {
    for status in OnboardingStatus::KNOWN {
        let plan = only_plan(&[in_portfolio("1", status.clone())]);
        assert_eq!(plan.is_offered(), *status == OnboardingStatus::Eligible, "{status:?}");
        assert_eq!(account("1", status.clone()).can_upgrade(), plan.is_offered());
    }
}

#[test]
fn r10_nothing_is_left_to_press_when_all_accounts_are_onboarded() {
    let plan = only_plan(&[in_portfolio("1", OnboardingStatus::Onboarded), in_portfolio("2", OnboardingStatus::Onboarded)]);
    assert!(!plan.can_start() && !plan.may_invite());
    assert_eq!(plan.already_on, ids(&["1", "2"]));
    assert!(plan.obstacles.is_empty());
}

#[test]
fn r11_one_acceptance_covers_the_eligible_accounts_of_its_portfolio_and_no_others() {
    let accounts = [
        in_portfolio("1", OnboardingStatus::Eligible),
        in_portfolio("2", OnboardingStatus::Onboarded),
        in_portfolio("3", OnboardingStatus::Eligible),
        owned(account("4", OnboardingStatus::Eligible), "other", TermsStatus::NotStarted),
    ];
    let plans = plans(&accounts, now());
    assert_eq!(plans.len(), 2);
    assert_eq!(plans[0].covers, ids(&["1", "3"]));
    assert_eq!(plans[0].already_on, ids(&["2"]));
    assert_eq!(plans[1].covers, ids(&["4"]));
    assert!(plans.iter().all(UpgradePlan::can_start));
}

#[rstest]
#[case("INELIGIBLE_ON_BEHALF_OF_WABA", ObstacleKind::OnBehalfOf, Remedy::Step(NextStep::TransferOwnership))]
#[case("INELIGIBLE_COUNTRY_NOT_SUPPORTED", ObstacleKind::CountryNotSupported, Remedy::Step(NextStep::NoneInThisCountry))]
#[case("INELIGIBLE_USING_WHATSAPP_BUSINESS_APP", ObstacleKind::BusinessApp, Remedy::Step(NextStep::SortOutBusinessApp))]
#[case("PENDING_VALID_PAYMENT_METHOD", ObstacleKind::NeedsPayment, Remedy::Step(NextStep::AddPaymentMethod))]
#[case("PENDING_INTERNAL_SETUP", ObstacleKind::SetupPending, Remedy::Step(NextStep::WaitForMeta))]
#[case("INELIGIBLE_NEW", ObstacleKind::Ineligible("INELIGIBLE_NEW".into()), Remedy::Step(NextStep::ReadAgain))]
#[case("NEW", ObstacleKind::StatusUnknown("NEW".into()), Remedy::Step(NextStep::ReadAgain))]
fn r11_each_obstacle_has_words_and_a_remedy_of_its_own_and_leaves_the_others_alone(
    #[case] wire: &str,
    #[case] kind: ObstacleKind,
    #[case] remedy: Remedy,
) {
    let plan = only_plan(&[in_portfolio("1", OnboardingStatus::Eligible), in_portfolio("2", OnboardingStatus::from_wire(wire))]);
    assert_eq!(plan.obstacles.len(), 1);
    assert_eq!(plan.obstacles[0].kind, kind);
    assert_eq!(plan.obstacles[0].accounts, ids(&["2"]));
    assert_eq!(plan.obstacles[0].kind.remedy(), remedy);
    assert_eq!(plan.obstacles[0].kind.stops(), Stops::TheseAccounts);
    assert_eq!(plan.covers, ids(&["1"]));
    assert!(plan.can_start());
}

#[test]
fn r21_one_restricted_account_is_enough_to_stop_its_portfolio_and_only_that() {
    let accounts = [
        in_portfolio("1", OnboardingStatus::Eligible),
        in_portfolio("2", OnboardingStatus::Eligible),
        with_restriction(in_portfolio("3", OnboardingStatus::Eligible), RestrictionKind::BusinessInitiatedMessaging, None),
        owned(account("4", OnboardingStatus::Eligible), "other", TermsStatus::NotStarted),
    ];
    let plans = plans(&accounts, now());
    let stopped = &plans[0];
    assert!(stopped.is_offered(), "it stays visible");
    assert!(!stopped.can_start());
    assert!(!stopped.may_invite());
    assert_eq!(stopped.blocked().unwrap().accounts, ids(&["3"]));
    assert_eq!(stopped.covers, ids(&["1", "2"]), "a restricted account is not covered");
    assert!(plans[1].can_start());
}

#[test]
fn r21_the_restriction_is_named_before_all_other_obstacles() {
    let plan = only_plan(&[
        in_portfolio("1", OnboardingStatus::PendingInternalSetup),
        in_portfolio("2", OnboardingStatus::IneligibleOnBehalfOfWaba),
        in_portfolio("3", OnboardingStatus::IneligibleInactiveOrRestricted),
    ]);
    assert!(matches!(plan.obstacles[0].kind, ObstacleKind::Restricted(_)));
    assert_eq!(plan.obstacles[1].kind, ObstacleKind::OnBehalfOf);
    assert_eq!(plan.obstacles[2].kind, ObstacleKind::SetupPending);
}

#[test]
fn r11_an_account_without_a_known_portfolio_has_a_plan_of_its_own() {
    let plans = plans(&[account("1", OnboardingStatus::Eligible), account("2", OnboardingStatus::Eligible)], now());
    assert_eq!(plans.len(), 2);
    assert_eq!(plans[0].owner, Owner::Unknown("1".into()));
    assert!(plans[0].can_start());
    assert!(!plans[0].may_invite(), "there is nobody to invite");
}

#[test]
fn r11_an_invitation_already_sent_is_said_and_not_sent_again() {
    let invited = |id, status| owned(account(id, status), "p", TermsStatus::RequestSent);
    let plan = only_plan(&[invited("1", OnboardingStatus::Eligible)]);
    assert!(matches!(plan.obstacles[0].kind, ObstacleKind::InvitationSent { .. }));
    assert_eq!(plan.obstacles[0].kind.remedy(), Remedy::AnswerInvitation);
    assert!(plan.can_start(), "an admin can still accept");
    assert!(!plan.may_invite());
    let done = only_plan(&[invited("1", OnboardingStatus::Onboarded)]);
    assert!(done.obstacles.is_empty());
}

#[test]
fn r11_an_account_without_a_number_on_cloud_api_is_covered_and_told_to_register_one() {
    let mut without = in_portfolio("1", OnboardingStatus::Eligible);
    without.numbers[0].platform = Platform::OnPremise;
    let plan = only_plan(&[without]);
    assert_eq!(plan.covers, ids(&["1"]));
    assert_eq!(plan.obstacles[0].kind.remedy(), Remedy::RegisterNumber);
    assert!(plan.can_start());
}

#[test]
fn equal_obstacles_stand_together() {
    let plan = only_plan(&[
        in_portfolio("1", OnboardingStatus::PendingValidPaymentMethod),
        in_portfolio("2", OnboardingStatus::PendingValidPaymentMethod),
    ]);
    assert_eq!(plan.obstacles.len(), 1);
    assert_eq!(plan.obstacles[0].accounts, ids(&["1", "2"]));
}

#[test]
fn the_terms_of_a_portfolio_are_found_on_whichever_account_knows_them() {
    let plan = only_plan(&[
        owned(account("1", OnboardingStatus::Eligible), "p", TermsStatus::default()),
        owned(account("2", OnboardingStatus::Eligible), "p", TermsStatus::RequestSent),
    ]);
    assert_eq!(plan.terms, TermsStatus::RequestSent);
}

#[test]
fn r10_r21_an_account_can_be_upgraded_now_only_where_its_portfolio_is_ready_and_is_counted_once() {
    let at = |id: &str, portfolio: &str, status, terms| owned(account(id, status), portfolio, terms);
    let plans = plans(
        &[
            at("1", "ready", OnboardingStatus::Eligible, TermsStatus::NotStarted),
            at("2", "ready", OnboardingStatus::Eligible, TermsStatus::NotStarted),
            at("3", "invited", OnboardingStatus::Eligible, TermsStatus::RequestSent),
            at("4", "blocked", OnboardingStatus::Eligible, TermsStatus::NotStarted),
            at("5", "blocked", OnboardingStatus::IneligibleInactiveOrRestricted, TermsStatus::NotStarted),
        ],
        now(),
    );
    let tally = Tally::of(plans.iter().map(|plan| (plan.standing(false), plan.covers.len())));
    assert_eq!((tally.ready, tally.waiting, tally.blocked), (1, 1, 1));
    assert_eq!((tally.accounts, tally.held), (2, 1));
}
