//! Which settings lead to which session, and that the embedded sandbox is talked to like any server.

use std::collections::BTreeMap;

use super::*;
use crate::{config::Flags, domain::account::DiscoveryPath, ops::fleet};

fn settings(variables: &[(&str, &str)]) -> Settings {
    let mut environment: BTreeMap<String, String> =
        variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    environment.insert("WABADECK_CONFIG_DIR".into(), "/nonexistent/wabadeck".into());
    environment.insert("WABADECK_DATA_DIR".into(), "/nonexistent/wabadeck".into());
    Settings::load(&Flags::default(), &environment).unwrap()
}

#[tokio::test]
async fn without_a_token_the_embedded_sandbox_answers_over_http() {
    let session = connect(&settings(&[])).await.unwrap();
    assert!(matches!(session.mode(), Mode::Sandbox { url } if url.host_str() == Some("127.0.0.1")));
    let fleet = fleet::load_all(&session).await.unwrap();
    assert!(fleet.accounts.len() >= 12, "{}", fleet.accounts.len());
    assert!(session.requests() > 0);
}

#[tokio::test]
async fn a_sandbox_elsewhere_is_recognised_by_its_answers() {
    let sandbox = crate::sandbox::Sandbox::start(crate::sandbox::Options::default()).await.unwrap();
    let settings = settings(&[("WABADECK_TOKEN", sandbox.token()), ("WABADECK_GRAPH_URL", sandbox.url())]);
    let session = connect(&settings).await.unwrap();
    assert!(matches!(session.mode(), Mode::Live { .. }), "nothing was answered yet");
    fleet::load_all(&session).await.unwrap();
    assert!(matches!(session.mode(), Mode::Sandbox { .. }));
}

#[tokio::test]
async fn an_address_without_a_token_is_no_session() {
    let error = connect(&settings(&[("WABADECK_GRAPH_URL", "https://graph.example")])).await.unwrap_err();
    assert!(error.to_string().contains("WABADECK_TOKEN"), "{error}");
}

#[tokio::test]
async fn a_refused_token_is_one_clear_problem() {
    let sandbox = crate::sandbox::Sandbox::start(crate::sandbox::Options::default()).await.unwrap();
    let settings = settings(&[("WABADECK_TOKEN", "wrong"), ("WABADECK_GRAPH_URL", sandbox.url())]);
    let session = connect(&settings).await.unwrap();
    let problem = fleet::load_all(&session).await.unwrap_err();
    assert_eq!(problem.code, Some(190), "{problem}");
}

#[tokio::test]
async fn r1_every_account_comes_once_whatever_ways_lead_to_it() {
    let session = connect(&settings(&[])).await.unwrap();
    let fleet = fleet::load_all(&session).await.unwrap();
    let mut ids: Vec<_> = fleet.accounts.iter().map(|account| account.id.clone()).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), fleet.accounts.len());
    assert_eq!(fleet.summary.accounts, ids.len());
    let several = fleet.accounts.iter().filter(|account| account.found_by.iter().count() > 1).count();
    assert!(several > 0, "some account must have been found by several ways");
    assert!(fleet.accounts.iter().any(|account| account.found_by.contains(DiscoveryPath::Owned)));
}

#[tokio::test]
async fn one_account_by_itself_says_what_the_list_says() {
    let session = connect(&settings(&[])).await.unwrap();
    let fleet = fleet::load_all(&session).await.unwrap();
    for account in &fleet.accounts {
        let alone = fleet::load_account(&session, &account.id).await.unwrap();
        assert_eq!(alone.onboarding, account.onboarding);
        assert_eq!(alone.numbers.len(), account.numbers.len());
    }
}
