//! Which banners stand, when, and which go when dismissed.

use super::*;
use crate::domain::{
    account::{OnboardingStatus, RestrictionKind, TermsStatus},
    fixtures::{account, after, entity, now, owned, with_health, with_restriction},
    health::{CanSend, EntityKind},
};

fn in_portfolio(id: &str, status: OnboardingStatus) -> Account {
    owned(account(id, status), "p", TermsStatus::NotStarted)
}

fn failure(portfolio: Option<&str>, at: Timestamp) -> GeneralFailure {
    GeneralFailure {
        code: Some(1),
        subcode: None,
        fbtrace_id: Some("AbC".into()),
        session_id: Some("session".into()),
        at,
        portfolio: portfolio.map(PortfolioId::from),
        step: UpgradeStep::Signup,
        message: "An unknown error occurred".to_owned(),
    }
}

fn failed(failures: &[GeneralFailure]) -> Outcomes {
    failures.iter().map(|failure| (failure.portfolio.clone(), UpgradeOutcome::Failed(failure.clone()))).collect()
}

fn derive(accounts: &[Account], outcomes: &Outcomes) -> Vec<Banner> {
    Banners::default().derive(accounts, outcomes, now())
}

#[test]
fn r20_a_failed_upgrade_raises_the_general_banner_with_what_support_needs() {
    let accounts = [in_portfolio("1", OnboardingStatus::Eligible)];
    let failure = failure(Some("p"), now());
    let banners = derive(&accounts, &failed(std::slice::from_ref(&failure)));
    assert_eq!(banners, [Banner::General(failure)]);
    assert!(banners[0].dismissible());
}

#[test]
fn r20_no_other_outcome_raises_it() {
    let accounts = [in_portfolio("1", OnboardingStatus::Eligible)];
    for outcome in [UpgradeOutcome::Onboarded, UpgradeOutcome::StillWaiting] {
        let outcomes = Outcomes::from([(Some("p".into()), outcome)]);
        assert_eq!(derive(&accounts, &outcomes), []);
    }
}

#[test]
fn r20_a_dismissed_failure_stays_away_and_the_next_one_is_shown() {
    let accounts = [in_portfolio("1", OnboardingStatus::Eligible)];
    let first = failure(Some("p"), now());
    let mut banners = Banners::default();
    banners.dismiss(&first);
    assert_eq!(banners.derive(&accounts, &failed(&[first]), now()), []);
    let second = failure(Some("p"), after(60));
    assert_eq!(banners.derive(&accounts, &failed(std::slice::from_ref(&second)), now()), [Banner::General(second)]);
}

#[test]
fn r20_a_failure_is_settled_once_every_account_of_the_portfolio_is_on() {
    let outcomes = failed(&[failure(Some("p"), now())]);
    let half = [in_portfolio("1", OnboardingStatus::Onboarded), in_portfolio("2", OnboardingStatus::Eligible)];
    assert_eq!(derive(&half, &outcomes).len(), 1);
    let whole = [in_portfolio("1", OnboardingStatus::Onboarded), in_portfolio("2", OnboardingStatus::Onboarded)];
    assert_eq!(derive(&whole, &outcomes), []);
    assert_eq!(derive(&[], &outcomes).len(), 1, "nothing known settles nothing");
}

#[test]
fn r21_one_restricted_account_is_enough() {
    let mut accounts: Vec<Account> = (0..20).map(|id| in_portfolio(&id.to_string(), OnboardingStatus::Onboarded)).collect();
    accounts[7].onboarding = OnboardingStatus::IneligibleInactiveOrRestricted;
    let banners = derive(&accounts, &Outcomes::new());
    let [Banner::Ineligible { accounts, portfolios }] = banners.as_slice() else { panic!("{banners:?}") };
    assert_eq!(accounts.len(), 1);
    assert_eq!(accounts[0].id, "7".into());
    assert_eq!(portfolios, &[PortfolioId::from("p")]);
}

#[test]
fn r21_the_ineligible_banner_cannot_be_dismissed_and_goes_by_itself() {
    let restricted = with_restriction(
        in_portfolio("1", OnboardingStatus::Eligible),
        RestrictionKind::BusinessInitiatedMessaging,
        Some(after(60)),
    );
    let mut banners = Banners::default();
    banners.dismiss(&failure(Some("p"), now()));
    banners.dismiss(&failure(None, now()));
    let standing = banners.derive(std::slice::from_ref(&restricted), &Outcomes::new(), now());
    assert_eq!(standing.len(), 1);
    assert!(!standing[0].dismissible());
    let later = banners.derive(&[restricted], &Outcomes::new(), after(61));
    assert_eq!(later, []);
}

#[test]
fn r22_a_payment_error_raises_no_ineligible_banner() {
    let blocked =
        with_health(in_portfolio("1", OnboardingStatus::Onboarded), entity(EntityKind::Waba, CanSend::Blocked, &[141006]));
    assert_eq!(derive(&[blocked], &Outcomes::new()), []);
}

#[test]
fn r22_no_state_but_a_restriction_raises_the_ineligible_banner() {
    for status in OnboardingStatus::KNOWN {
        let banners = derive(&[in_portfolio("1", status.clone())], &Outcomes::new());
        assert_eq!(!banners.is_empty(), *status == OnboardingStatus::IneligibleInactiveOrRestricted, "{status:?}");
    }
}

#[test]
fn banners_stack_with_the_ineligible_one_first_and_the_latest_failure_next() {
    let accounts = [
        in_portfolio("1", OnboardingStatus::IneligibleInactiveOrRestricted),
        owned(account("2", OnboardingStatus::Eligible), "q", TermsStatus::NotStarted),
    ];
    let early = failure(Some("p"), after(-60));
    let late = failure(Some("q"), after(-30));
    let banners = derive(&accounts, &failed(&[early.clone(), late.clone()]));
    assert!(matches!(banners[0], Banner::Ineligible { .. }));
    assert_eq!(banners[1..], [Banner::General(late), Banner::General(early)]);
}
