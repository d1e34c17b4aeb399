//! The signup page's code: exchanged at once, the token kept as a profile of its own; and each way in which that fails.

use std::time::Duration;

use jiff::Timestamp;
use secrecy::ExposeSecret;
use serde_json::json;
use tokio::sync::mpsc;
use wabadeck::{
    config::{Flags, Settings},
    domain::{
        banner::{GeneralFailure, UpgradeOutcome, UpgradeStep},
        upgrade::{UpgradePlan, plans},
    },
    ops::{
        Session, connect, fleet,
        upgrade::{Rhythm, Signup, UpgradeUpdate, begin, follow_at},
    },
    sandbox::{Options, Sandbox},
};

use super::{person, start_keeping, start_with};

const QUICK: Rhythm = Rhythm {
    first: Duration::from_millis(20),
    longest: Duration::from_secs(10),
    patience: Duration::from_secs(30),
    ..Rhythm::SANDBOX
};

async fn begun(session: &Session) -> (UpgradePlan, Signup) {
    let accounts = fleet::load_all(session).await.unwrap().accounts;
    let plan = plans(&accounts, Timestamp::now()).into_iter().find(UpgradePlan::can_start).unwrap();
    let signup = begin(session, &plan).await.unwrap();
    (plan, signup)
}

/// Follows the signup while the test plays the browser.
async fn followed(session: &Session, signup: Signup, browser: impl Future<Output = ()>) -> (Vec<UpgradeUpdate>, UpgradeOutcome) {
    let (updates, mut told) = mpsc::channel(1_000);
    let ((), outcome) = tokio::join!(browser, follow_at(session, signup, QUICK, updates));
    let mut all = Vec::new();
    while let Ok(update) = told.try_recv() {
        all.push(update);
    }
    (all, outcome)
}

async fn accepted(session: &Session, says: &str) -> (UpgradePlan, Vec<UpgradeUpdate>, UpgradeOutcome) {
    let (plan, signup) = begun(session).await;
    let page = signup.url.clone();
    let browser = async { assert_eq!(person::answer(&page, "accept").await, says) };
    let (told, outcome) = followed(session, signup, browser).await;
    (plan, told, outcome)
}

fn failed(outcome: UpgradeOutcome) -> GeneralFailure {
    match outcome {
        UpgradeOutcome::Failed(failure) => failure,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_token_of_the_business_is_kept_as_a_profile_that_opens_its_portfolio_and_shown_nowhere() {
    let (sandbox, session, home) = start_keeping(Options::default()).await;
    let (plan, told, outcome) = accepted(&session, "finished").await;
    assert_eq!(outcome, UpgradeOutcome::Onboarded);
    let kept = told.iter().find_map(|update| match update {
        UpgradeUpdate::TokenKept(kept) => Some(kept.clone()),
        _ => None,
    });
    let kept = kept.expect("it is told that the token is kept");
    let portfolio = plan.owner.portfolio().unwrap();
    assert_eq!(kept.profile, format!("portfolio-{portfolio}"));
    let data = home.path().join("data").display().to_string();
    let environment = std::collections::BTreeMap::from(
        [
            ("WABADECK_CONFIG_DIR", "/nonexistent/wabadeck"),
            ("WABADECK_DATA_DIR", data.as_str()),
            ("WABADECK_SECRET_STORE", "file"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned())),
    );
    let flags = Flags { profile: Some(kept.profile), ..Flags::default() };
    let settings = Settings::load(&flags, &environment).unwrap();
    let token = settings.token.clone().expect("the profile has the token");
    assert!(!format!("{told:?}").contains(token.expose_secret()));
    assert_ne!(token.expose_secret(), sandbox.token());
    let theirs = fleet::load_all(&connect(&settings).await.unwrap()).await.unwrap().accounts;
    assert!(
        !theirs.is_empty() && theirs.iter().all(|account| account.portfolio.as_ref().unwrap().id == *portfolio),
        "{theirs:?}"
    );
}

#[tokio::test]
async fn r20_a_code_that_expired_is_told_with_its_code_and_the_accounts_are_on() {
    let (sandbox, session, _home) = start_keeping(Options::default()).await;
    sandbox.set_code_life(0);
    let (plan, told, outcome) = accepted(&session, "unfinished").await;
    let failure = failed(outcome);
    assert_eq!((failure.code, failure.subcode, failure.step), (Some(100), Some(36_007), UpgradeStep::Exchange));
    assert!(failure.fbtrace_id.is_some() && failure.message.contains("expired"), "{failure:?}");
    let on =
        told.iter().any(|update| matches!(update, UpgradeUpdate::Checked { accounts } if accounts.len() == plan.covers.len()));
    assert!(on, "the accounts were looked at all the same");
}

#[tokio::test]
async fn r20_without_the_apps_secret_the_sentence_says_what_to_set() {
    let sandbox = Sandbox::start(Options::default()).await.unwrap();
    let (_other, session, _home) = start_with(
        Options::default(),
        &[("WABADECK_APP_SECRET", ""), ("WABADECK_TOKEN", sandbox.token()), ("WABADECK_GRAPH_URL", sandbox.url())],
    )
    .await;
    let (_, _, outcome) = accepted(&session, "unfinished").await;
    let failure = failed(outcome);
    assert_eq!(failure.step, UpgradeStep::Exchange);
    assert!(failure.message.contains("WABADECK_APP_SECRET"), "{failure:?}");
}

#[tokio::test]
async fn r20_terms_accepted_for_another_portfolio_are_not_taken_for_this_one() {
    let (_sandbox, session, _home) = start_keeping(Options::default()).await;
    let (_, signup) = begun(&session).await;
    let page = signup.url.clone();
    let browser = async {
        let order = person::order(&page).await;
        let mut reported = person::press(&order, "accept").await;
        reported["data"]["business_id"] = json!("330174926650183");
        let session = json!({ "event": "FINISH", "data": reported["data"] });
        person::post(&page, &json!({ "state": order["state"], "code": reported["code"], "session": session })).await;
    };
    let failure = failed(followed(&session, signup, browser).await.1);
    assert!(failure.message.contains("330174926650183") && failure.step == UpgradeStep::Exchange, "{failure:?}");
}

#[tokio::test]
async fn r20_a_problem_reported_in_the_window_keeps_session_and_step() {
    let (_sandbox, session, _home) = start_keeping(Options::default()).await;
    let (_, signup) = begun(&session).await;
    let page = signup.url.clone();
    let browser = async { assert_eq!(person::answer(&page, "report").await, "failed") };
    let failure = failed(followed(&session, signup, browser).await.1);
    assert_eq!(failure.session_id.as_deref(), Some("S1"));
    assert!(failure.message.contains("MARKETING_MESSAGES_TERMS_OF_SERVICE") && failure.code.is_some(), "{failure:?}");
}
