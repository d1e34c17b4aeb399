//! From "Upgrade setting" to its end: the page is opened, answered as a person would, and the accounts follow.

use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::mpsc;
use wabadeck::{
    domain::{
        Account,
        banner::{Banner, Banners, Outcomes, UpgradeOutcome as End, UpgradeStep},
        status::StatusClass,
        upgrade::{UpgradePlan, plans},
    },
    ops::{
        Session, fleet,
        upgrade::{Rhythm, UpgradeUpdate, begin, follow_at},
    },
    sandbox::{Options, UpgradeOutcome},
};

use super::start_keeping as start;

const QUICK: Rhythm = Rhythm {
    first: Duration::from_millis(20),
    longest: Duration::from_secs(10),
    patience: Duration::from_secs(30),
    ..Rhythm::SANDBOX
};

async fn accounts(session: &Session) -> Vec<Account> {
    fleet::load_all(session).await.unwrap().accounts
}

fn startable(accounts: &[Account]) -> UpgradePlan {
    plans(accounts, Timestamp::now()).into_iter().find(UpgradePlan::can_start).expect("the demo fleet has a portfolio to upgrade")
}

/// Upgrades one portfolio and gives what was told and how it ended.
async fn upgraded(
    outcome: UpgradeOutcome,
    action: &str,
) -> (Session, wabadeck::sandbox::Sandbox, UpgradePlan, Vec<UpgradeUpdate>, End) {
    let (sandbox, session, _home) = start(Options { upgrade: outcome, ..Options::default() }).await;
    let plan = startable(&accounts(&session).await);
    let signup = begin(&session, &plan).await.unwrap();
    let (updates, mut told) = mpsc::channel(1_000);
    let page = signup.url.clone();
    let (_, end) = tokio::join!(super::person::answer(&page, action), follow_at(&session, signup, QUICK, updates));
    let mut all = Vec::new();
    while let Some(update) = told.recv().await {
        all.push(update);
    }
    (session, sandbox, plan, all, end)
}

#[tokio::test]
async fn r13_accepting_turns_every_covered_account_on() {
    let (session, _sandbox, plan, told, end) = upgraded(UpgradeOutcome::Succeed, "accept").await;
    assert_eq!(end, End::Onboarded);
    assert!(told.iter().any(|update| matches!(update, UpgradeUpdate::Answered(_))));
    let after = accounts(&session).await;
    let on = |id| after.iter().any(|account| account.id == id && account.onboarding.class() == StatusClass::On);
    assert!(plan.covers.iter().all(|id| on(id.clone())));
}

#[tokio::test]
async fn r20_a_signup_that_fails_raises_the_general_banner_with_what_support_needs() {
    let (session, _sandbox, plan, _, end) = upgraded(UpgradeOutcome::Fail, "accept").await;
    let End::Failed(failure) = &end else { panic!("{end:?}") };
    assert!(failure.code.is_some() && failure.session_id.is_some() && failure.step == UpgradeStep::Signup, "{failure:?}");
    let outcomes = Outcomes::from([(plan.owner.portfolio().cloned(), end.clone())]);
    let banners = Banners::default().derive(&accounts(&session).await, &outcomes, Timestamp::now());
    assert!(banners.iter().any(|banner| matches!(banner, Banner::General(shown) if shown == failure)), "{banners:?}");
}

#[tokio::test]
async fn r21_a_signup_refused_as_restricted_stops_the_portfolio() {
    let (session, _sandbox, plan, _, end) = upgraded(UpgradeOutcome::Restricted, "accept").await;
    assert!(matches!(end, End::Failed(_)), "{end:?}");
    let after = accounts(&session).await;
    let again = plans(&after, Timestamp::now()).into_iter().find(|after| after.owner == plan.owner).unwrap();
    assert!(again.blocked().is_some());
    assert!(begin(&session, &again).await.is_err());
    let banners = Banners::default().derive(&after, &Outcomes::new(), Timestamp::now());
    assert!(matches!(banners.first(), Some(banner @ Banner::Ineligible { .. }) if !banner.dismissible()), "{banners:?}");
}

#[tokio::test]
async fn r20_a_signup_that_was_left_changes_nothing_and_says_so() {
    let (session, _sandbox, plan, _, end) = upgraded(UpgradeOutcome::Succeed, "cancel").await;
    let End::Failed(failure) = &end else { panic!("{end:?}") };
    assert_eq!((failure.step, failure.code), (UpgradeStep::Signup, None));
    let again = plans(&accounts(&session).await, Timestamp::now()).into_iter().find(|after| after.owner == plan.owner).unwrap();
    assert_eq!(again.covers, plan.covers);
}
