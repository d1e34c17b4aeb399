//! What the doctor finds in known trouble, against the sandbox.

use std::collections::BTreeMap;

use super::*;
use crate::{
    config::Flags,
    sandbox::{Options, Sandbox},
};

fn environment(variables: &[(&str, &str)]) -> BTreeMap<String, String> {
    let places = [("WABADECK_CONFIG_DIR", "/nonexistent/wabadeck"), ("WABADECK_DATA_DIR", "/nonexistent/wabadeck")];
    variables.iter().chain(&places).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

async fn examined(variables: &[(&str, &str)]) -> Report {
    let environment = environment(variables);
    examine(&Settings::load(&Flags::default(), &environment), Timestamp::now()).await
}

async fn examined_with(faults: &[&str]) -> Report {
    let faults = faults.iter().map(|fault| fault.parse().unwrap()).collect();
    let sandbox = Sandbox::start(Options { faults, ..Options::default() }).await.unwrap();
    examined(&[("WABADECK_TOKEN", sandbox.token()), ("WABADECK_GRAPH_URL", sandbox.url())]).await
}

fn state(report: &Report, finding: Finding) -> Option<State> {
    report.lines.iter().find(|line| line.finding == finding).map(|line| line.state)
}

#[tokio::test]
async fn with_nothing_configured_the_sandbox_is_looked_at_and_said_so() {
    let report = examined(&[]).await;
    assert!(report.embedded);
    assert_eq!(state(&report, Finding::TokenNone), Some(State::Warning));
    for finding in
        [Finding::Connected, Finding::PlainHere, Finding::ClockRight, Finding::TokenWorks, Finding::PermissionsComplete]
    {
        assert_eq!(state(&report, finding), Some(State::Ok), "{finding:?}: {:#?}", report.lines);
    }
    assert_ne!(report.worst(), State::Failed, "{:#?}", report.lines);
}

#[tokio::test]
async fn r22_restricted_accounts_are_told_from_a_broken_token() {
    let report = examined_with(&[]).await;
    assert_eq!((report.verdict(), report.embedded), (Verdict::Accounts, false));
    assert_eq!(state(&report, Finding::AccountsRestricted), Some(State::Warning));
    let broken = examined_with(&["token=463"]).await;
    assert_eq!((broken.verdict(), broken.worst()), (Verdict::Token, State::Failed), "{:#?}", broken.lines);
    let line = broken.lines.iter().find(|line| line.finding == Finding::TokenRefused).unwrap();
    assert_eq!(line.problem.as_ref().unwrap().subcode, Some(463));
    assert_eq!(state(&broken, Finding::AccountsRestricted), None, "nothing is said about accounts that nobody could see");
}

#[tokio::test]
async fn every_way_is_named_with_what_it_found_or_why_not() {
    let report = examined_with(&["code=10,path=assigned_whatsapp_business_accounts"]).await;
    let ways: Vec<_> = report.lines.iter().filter(|line| line.finding == Finding::WayFound).collect();
    assert!(ways.len() >= 3, "{ways:#?}");
    let failed = report.lines.iter().find(|line| line.finding == Finding::WayFailed);
    assert_eq!(failed.and_then(|line| line.problem.as_ref()).and_then(|problem| problem.code), Some(10), "{:#?}", report.lines);
}

#[tokio::test]
async fn nobody_listening_is_a_matter_of_the_network() {
    let report = examined(&[("WABADECK_TOKEN", "t"), ("WABADECK_GRAPH_URL", "http://127.0.0.1:9")]).await;
    assert_eq!((report.verdict(), report.worst()), (Verdict::Network, State::Failed));
    assert_eq!(state(&report, Finding::NotConnected), Some(State::Failed));
}

#[tokio::test]
async fn settings_that_cannot_be_used_are_the_first_thing_to_repair() {
    let report = examined(&[("WABADECK_API_VERSION", "newest")]).await;
    assert_eq!((report.verdict(), report.lines.len()), (Verdict::Settings, 1));
    let report = examined(&[("WABADECK_GRAPH_URL", "https://graph.example")]).await;
    assert_eq!(state(&report, Finding::NoSession), Some(State::Failed));
}

#[test]
fn a_clock_that_is_off_is_noticed() {
    let now = Timestamp::from_second(1_800_000_000).unwrap();
    for (seconds, expected) in [(30, State::Ok), (-300, State::Warning), (86_400, State::Failed)] {
        let mut lines = Lines::default();
        look_at_clock(&mut lines, Timestamp::from_second(1_800_000_000 - seconds).ok(), now);
        assert_eq!(lines.0.first().unwrap().state, expected, "{seconds}");
        assert_eq!(lines.0.first().unwrap().facts, [("seconds", Fact::Count(seconds))]);
    }
}

#[test]
fn an_end_that_is_near_and_missing_permissions_are_warned_about() {
    let now = Timestamp::from_second(1_800_000_000).unwrap();
    let info = token::TokenInfo {
        expires: Timestamp::from_second(1_800_000_000 + 86_400).ok(),
        scopes: vec!["whatsapp_business_messaging".into(), "business_management".into()],
        ..token::TokenInfo::default()
    };
    let mut lines = Lines::default();
    assert!(look_at_token(&mut lines, &info, now));
    let report = Report { lines: lines.0, embedded: false };
    assert_eq!(state(&report, Finding::TokenExpires), Some(State::Warning));
    assert_eq!(state(&report, Finding::LacksManagement), Some(State::Failed));
    assert_eq!(report.verdict(), Verdict::Permissions);
}

#[tokio::test]
async fn a_secret_of_another_app_is_told_from_a_broken_token() {
    let sandbox = Sandbox::start(Options::default()).await.unwrap();
    let wrong =
        [("WABADECK_TOKEN", sandbox.token()), ("WABADECK_GRAPH_URL", sandbox.url()), ("WABADECK_APP_SECRET", "of-another-app")];
    let report = examined(&wrong).await;
    assert_eq!(state(&report, Finding::AppSecretWrong), Some(State::Failed), "{:#?}", report.lines);
    assert_eq!(report.verdict(), Verdict::Settings);
    assert_eq!(state(&report, Finding::TokenRefused), None);
}

#[tokio::test]
async fn an_address_that_cannot_be_used_is_not_the_tokens_fault() {
    let report = examined(&[("WABADECK_TOKEN", "EAAG-a-token"), ("WABADECK_GRAPH_URL", "http://graph.example")]).await;
    assert_eq!(state(&report, Finding::SettingsUnfit), Some(State::Failed), "{:#?}", report.lines);
    assert_eq!((report.verdict(), state(&report, Finding::NoSession)), (Verdict::Settings, None));
}

#[tokio::test]
async fn a_folder_that_is_none_is_said() {
    let place = tempfile::NamedTempFile::new().unwrap();
    let path = place.path().to_str().unwrap();
    let report = examined(&[("WABADECK_STATE_DIR", path)]).await;
    let closed = report.lines.iter().find(|line| line.finding == Finding::FolderClosed).unwrap();
    assert!(closed.facts.contains(&("folder", path.into())), "{closed:?}");
}
