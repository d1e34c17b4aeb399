//! The upgrade, from the key to the accounts that turn on, with the browser's part played by the test.

use serde_json::json;
use url::Url;

use super::{begin::begin, frame::open, person, terminal::Terminal};

/// Answers on the page as a person would with a button; gives what the page says.
fn answer(page: &Url, action: &str) -> String {
    on_runtime(person::answer(page, action))
}

/// Tells the sandbox how the next acceptance goes.
fn set(page: &Url, settings: &serde_json::Value) {
    on_runtime(async {
        let control = person::sandbox(&person::order(page).await).join("/sandbox/upgrade").unwrap();
        let status = person::client().post(control).json(settings).send().await.unwrap().status();
        assert!(status.is_success(), "{status}");
    });
}

fn on_runtime<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work)
}

fn begun() -> (Terminal, Url) {
    let mut terminal = open(160, 48);
    let page = begin(&mut terminal);
    (terminal, page)
}

#[test]
fn r10_r13_accepting_in_the_browser_turns_the_accounts_on() {
    let mut terminal = open(160, 48);
    terminal.wait_for("4 on");
    let page = begin(&mut terminal);
    assert_eq!(answer(&page, "accept"), "finished");
    terminal.wait_for("Onboarded: optimized delivery is on");
    terminal.wait_for("7 on");
    terminal.press("\x1b\x1b\x1b");
    terminal.wait_gone("portfolios done");
}

#[test]
fn r20_declining_raises_the_general_banner_and_turns_nothing_on() {
    let (terminal, page) = begun();
    assert_eq!(answer(&page, "cancel"), "cancelled");
    terminal.wait_for("Something went wrong during the upgrade. Try again, or contact Support.");
    assert!(terminal.screen().contains("4 on"));
}

#[test]
fn r20_a_failing_signup_raises_the_general_banner_with_its_code() {
    let (terminal, page) = begun();
    set(&page, &json!({ "outcome": "fail" }));
    assert_eq!(answer(&page, "accept"), "failed");
    let screen = terminal.wait_for("Something went wrong during the upgrade. Try again, or contact Support.");
    assert!(screen.contains("4 on"), "{screen}");
}

#[test]
fn r20_a_code_that_has_expired_is_said_and_the_accounts_are_on_all_the_same() {
    let (terminal, page) = begun();
    set(&page, &json!({ "code_seconds": 0 }));
    assert_eq!(answer(&page, "accept"), "unfinished");
    terminal.wait_for("had expired before it could be exchanged");
    terminal.wait_for("7 on");
}

#[test]
fn r21_a_signup_refused_as_restricted_names_the_account_in_the_ineligible_banner() {
    let (mut terminal, page) = begun();
    set(&page, &json!({ "outcome": "restricted" }));
    answer(&page, "accept");
    terminal.wait_for("Something went wrong");
    terminal.press("\x1b\x1b");
    terminal.wait_until("a second restricted account", |screen| {
        screen.lines().any(|line| line.contains("Restricted:") && line.contains("Maison Verveine"))
    });
}

#[test]
fn r13_an_answer_with_a_forged_state_and_a_repeated_one_change_nothing() {
    let (terminal, page) = begun();
    let order = on_runtime(person::order(&page));
    let session = json!({ "event": "FINISH", "data": { "business_id": "1" } });
    let forged = on_runtime(person::post(&page, &json!({ "state": "0000", "code": "AQ", "session": session })));
    assert_eq!(forged, (404, "unexpected".to_owned()));
    assert!(terminal.screen().contains("accept the terms"));
    assert_eq!(answer(&page, "accept"), "finished");
    terminal.wait_for("Onboarded: optimized delivery is on");
    let again = on_runtime(person::post(&page, &json!({ "state": order["state"], "code": "AQ", "session": session })));
    assert_eq!(again, (409, "answered".to_owned()));
}
