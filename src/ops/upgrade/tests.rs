//! Upgrades followed to their ends, against a server that plays Meta's part step by step.

use std::{collections::BTreeMap, time::Duration};

use serde_json::json;
use tokio::sync::mpsc;
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::path};

use super::*;
use crate::{
    config::{Flags, Settings},
    domain::account::{OnboardingStatus, Portfolio, TermsStatus},
    ops::connect,
};

mod kept;

const QUICK: Rhythm = Rhythm {
    first: Duration::from_millis(5),
    longest: Duration::from_millis(10),
    patience: Duration::from_millis(1_500),
    ..Rhythm::SANDBOX
};

async fn session(address: &str, more: &[(&str, &str)]) -> Session {
    let pairs = [
        ("WABADECK_TOKEN", "t"),
        ("WABADECK_GRAPH_URL", address),
        ("WABADECK_CONFIG_DIR", "/nonexistent/wabadeck"),
        ("WABADECK_DATA_DIR", "/nonexistent/wabadeck"),
    ];
    let environment: BTreeMap<String, String> =
        pairs.iter().chain(more).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    connect(&Settings::load(&Flags::default(), &environment).unwrap()).await.unwrap()
}

fn account(id: &str, status: OnboardingStatus) -> Account {
    let portfolio = Portfolio { id: "900".into(), name: "Acme".into(), ..Portfolio::default() };
    Account { id: id.into(), onboarding: status, portfolio: Some(portfolio.into()), ..Account::default() }
}

fn plan(accounts: &[Account]) -> UpgradePlan {
    let mut plans = crate::domain::upgrade::plans(accounts, jiff::Timestamp::now());
    assert_eq!(plans.len(), 1);
    plans.remove(0)
}

fn eligible() -> UpgradePlan {
    plan(&[account("1", OnboardingStatus::Eligible)])
}

fn status(word: &str) -> ResponseTemplate {
    ResponseTemplate::new(200)
        .insert_header("x-wabadeck-sandbox", "1")
        .set_body_json(json!({"id": "1", "marketing_messages_onboarding_status": word}))
}

/// Follows a signup whose page answers `answer`, and gives what was told and how it ended.
async fn followed(server: &MockServer, answer: Option<SignupAnswer>) -> (Vec<UpgradeUpdate>, UpgradeOutcome) {
    followed_at(server, answer, QUICK).await
}

async fn followed_at(server: &MockServer, answer: Option<SignupAnswer>, rhythm: Rhythm) -> (Vec<UpgradeUpdate>, UpgradeOutcome) {
    let session = session(&server.uri(), &[]).await;
    let (send, receive) = oneshot::channel();
    let plan = eligible();
    let signup = Signup {
        url: Url::parse("http://127.0.0.1/page").unwrap(),
        portfolio: plan.owner.portfolio().cloned(),
        covers: plan.covers,
        answer: Some(receive),
        kept: None,
    };
    if let Some(answer) = answer {
        send.send(answer.into()).unwrap();
    }
    let (updates, mut told) = mpsc::channel(1_000);
    let outcome = follow_at(&session, signup, rhythm, updates).await;
    let mut all = Vec::new();
    while let Ok(update) = told.try_recv() {
        all.push(update);
    }
    (all, outcome)
}

fn failed() -> SignupAnswer {
    SignupAnswer::Failed {
        code: Some(2_655_001),
        subcode: Some(7),
        message: Some("Sorry.\u{1b}[31m".into()),
        session_id: Some("S1".into()),
        fbtrace_id: Some("T1".into()),
        at: Some("2026-01-31T12:00:00Z".parse().unwrap()),
        step: Some("TERMS".into()),
    }
}

#[tokio::test]
async fn r13_waiting_ends_when_every_covered_account_is_on() {
    let server = MockServer::start().await;
    for word in ["ELIGIBLE", "PENDING_INTERNAL_SETUP"] {
        Mock::given(path("/v26.0/1")).respond_with(status(word)).up_to_n_times(1).mount(&server).await;
    }
    Mock::given(path("/v26.0/1")).respond_with(status("ONBOARDED")).mount(&server).await;
    let answer = SignupAnswer::Finished { business_id: None, waba_ids: Vec::new() };
    let (told, outcome) = followed(&server, Some(answer)).await;
    assert_eq!(outcome, UpgradeOutcome::Onboarded);
    assert!(matches!(told.first(), Some(UpgradeUpdate::Opened { .. })));
    assert!(told.iter().any(|update| matches!(update, UpgradeUpdate::Answered(_))));
    let checks = told.iter().filter(|update| matches!(update, UpgradeUpdate::Checked { .. })).count();
    assert_eq!(checks, 3);
    assert!(matches!(told.last(), Some(UpgradeUpdate::Ended(UpgradeOutcome::Onboarded))));
}

#[tokio::test]
async fn r13_waiting_without_an_end_ends_as_still_waiting() {
    let server = MockServer::start().await;
    Mock::given(path("/v26.0/1")).respond_with(status("PENDING_VALID_PAYMENT_METHOD")).mount(&server).await;
    let rhythm = Rhythm { patience: Duration::from_millis(50), ..QUICK };
    assert_eq!(followed_at(&server, None, rhythm).await.1, UpgradeOutcome::StillWaiting);
}

#[tokio::test]
async fn r20_a_failed_signup_ends_with_all_that_support_needs() {
    let server = MockServer::start().await;
    Mock::given(path("/v26.0/1")).respond_with(status("ELIGIBLE")).mount(&server).await;
    let (_, outcome) = followed(&server, Some(failed())).await;
    let UpgradeOutcome::Failed(failure) = outcome else { panic!("{outcome:?}") };
    assert_eq!((failure.code, failure.subcode), (Some(2_655_001), Some(7)));
    assert_eq!(failure.session_id.as_deref(), Some("S1"));
    assert_eq!(failure.fbtrace_id.as_deref(), Some("T1"));
    assert_eq!(failure.at.to_string(), "2026-01-31T12:00:00Z");
    assert_eq!(failure.step, UpgradeStep::Signup);
    assert_eq!(failure.portfolio, Some("900".into()));
    assert!(failure.message.contains("Sorry") && failure.message.contains("TERMS"), "{}", failure.message);
    assert!(!failure.message.contains('\u{1b}'));
}

#[tokio::test]
async fn r20_a_cancelled_signup_ends_as_failed_at_its_step_and_one_accepted_elsewhere_as_a_success() {
    let server = MockServer::start().await;
    Mock::given(path("/v26.0/1")).respond_with(status("ELIGIBLE")).mount(&server).await;
    let cancelled = SignupAnswer::Cancelled { step: Some("TERMS".to_owned()), session_id: Some("S9".to_owned()) };
    let UpgradeOutcome::Failed(failure) = followed(&server, Some(cancelled.clone())).await.1 else { panic!() };
    assert!(failure.message.contains("left at the step TERMS"), "{}", failure.message);
    server.reset().await;
    Mock::given(path("/v26.0/1")).respond_with(status("ONBOARDED")).mount(&server).await;
    assert_eq!(followed(&server, Some(cancelled)).await.1, UpgradeOutcome::Onboarded);
}

#[tokio::test]
async fn r20_a_token_that_is_refused_midway_ends_it_as_failed() {
    let server = MockServer::start().await;
    let refused = ResponseTemplate::new(401)
        .set_body_json(json!({"error": {"code": 190, "error_subcode": 463, "message": "expired", "fbtrace_id": "T2"}}));
    Mock::given(path("/v26.0/1")).respond_with(refused).mount(&server).await;
    let (_, outcome) = followed(&server, None).await;
    let UpgradeOutcome::Failed(failure) = outcome else { panic!("{outcome:?}") };
    assert_eq!((failure.code, failure.step), (Some(190), UpgradeStep::Check));
    assert_eq!(failure.fbtrace_id.as_deref(), Some("T2"));
}

#[tokio::test]
async fn r21_an_upgrade_with_a_restricted_account_in_the_portfolio_does_not_start() {
    let session = session("http://127.0.0.1:9", &[]).await;
    let plan = plan(&[account("1", OnboardingStatus::Eligible), account("2", OnboardingStatus::IneligibleInactiveOrRestricted)]);
    let problem = begin(&session, &plan).await.unwrap_err();
    assert_eq!(problem.class, ErrorClass::Restricted);
    assert!(invite(&session, &plan).await.is_err());
    let closed = |way: &Way| match way {
        Way::EmbeddedSignup { not_offered } | Way::Invitation { not_offered } => *not_offered == Some(NotOffered::Restricted),
        Way::WhatsAppManager { .. } => true,
    };
    assert!(ways(&session, &plan).iter().all(closed));
}

#[tokio::test]
async fn r10_with_every_account_on_there_is_nothing_to_start() {
    let session = session("http://127.0.0.1:9", &[]).await;
    let plan = plan(&[account("1", OnboardingStatus::Onboarded)]);
    assert_eq!(begin(&session, &plan).await.unwrap_err().class, ErrorClass::AlreadyDone);
}

#[tokio::test]
async fn r12_there_are_three_ways_and_each_says_why_it_is_not_open() {
    let bare = session("http://127.0.0.1:9", &[]).await;
    let plan = eligible();
    let [signup, manager, invitation] = ways(&bare, &plan).try_into().unwrap();
    assert_eq!(signup, Way::EmbeddedSignup { not_offered: Some(NotOffered::NoSignupConfiguration) });
    let Way::WhatsAppManager { url } = manager else { panic!("{manager:?}") };
    assert_eq!(url.host_str(), Some("business.facebook.com"));
    assert!(url.query().unwrap().contains("business_id=900") && url.query().unwrap().contains("asset_id=1"));
    assert_eq!(invitation, Way::Invitation { not_offered: None });
    let own_app = session("http://127.0.0.1:9", &[("WABADECK_APP_ID", "77"), ("WABADECK_SIGNUP_CONFIG_ID", "88")]).await;
    assert_eq!(ways(&own_app, &plan)[0], Way::EmbeddedSignup { not_offered: None });
    let signup = begin(&own_app, &plan).await.unwrap();
    assert!(signup.url.as_str().starts_with("https://localhost:"), "{}", signup.url);
    let invited = UpgradePlan { terms: TermsStatus::RequestSent, ..plan };
    assert_eq!(ways(&bare, &invited)[2], Way::Invitation { not_offered: Some(NotOffered::AlreadyInvited) });
}
