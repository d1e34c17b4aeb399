//! The upgrade, from the key to the accounts that turn on, with a person's answers given on the sandbox's own signup page.

use url::Url;

use super::{frame::open, terminal::Terminal};

/// Presses "Upgrade setting", takes embedded signup, and reads the page's address off the screen.
fn begin(terminal: &mut Terminal) -> Url {
    terminal.press("u");
    terminal.wait_for("Left to upgrade");
    terminal.press("\r");
    terminal.wait_for("How to start");
    terminal.press("\r");
    let screen =
        terminal.wait_until("the whole address", |screen| screen.contains("state=") && screen.contains("accept the terms"));
    address(&screen)
}

/// The address, put together again from the lines it was broken into.
fn address(screen: &str) -> Url {
    let inside = |line: &str| line.split('│').nth(1).unwrap_or_default().trim().to_owned();
    let mut lines = screen.lines().map(inside).skip_while(|line| !line.starts_with("http://127.0.0.1"));
    let mut address = lines.next().unwrap();
    for line in lines.take_while(|line| !line.is_empty() && !line.contains(' ')) {
        address.push_str(&line);
    }
    Url::parse(&address).unwrap()
}

/// Answers on the page as a person would with a button; follows the way back to the dashboard.
fn answer(page: &Url, action: &str) -> String {
    let value =
        |name: &str| page.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned()).unwrap_or_default();
    let form = [
        ("business_id", value("business_id")),
        ("state", value("state")),
        ("redirect_uri", value("redirect_uri")),
        ("lang", "en".to_owned()),
        ("action", action.to_owned()),
    ];
    let mut target = page.clone();
    target.set_query(None);
    on_runtime(async {
        let client = client();
        client.post(target).form(&form).send().await.unwrap().text().await.unwrap()
    })
}

/// Tells the sandbox how the next acceptance ends.
fn next_outcome(page: &Url, outcome: &str) {
    let control = page.join("/sandbox/upgrade").unwrap();
    on_runtime(async {
        let status = client().post(control).json(&serde_json::json!({ "outcome": outcome })).send().await.unwrap().status();
        assert!(status.is_success(), "{status}");
    });
}

fn client() -> reqwest::Client {
    // TLS is not needed on loopback, but a client cannot be built without a provider for it.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::new()
}

fn on_runtime<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work)
}

#[test]
fn r10_r13_accepting_in_the_browser_turns_the_accounts_on() {
    let mut terminal = open(160, 48);
    terminal.wait_for("4 on");
    let page = begin(&mut terminal);
    assert!(answer(&page, "accept").contains("wabadeck"), "the person is told to go back to the dashboard");
    terminal.wait_for("Onboarded: optimized delivery is on");
    terminal.wait_for("7 on");
    terminal.press("\x1b\x1b\x1b");
    terminal.wait_gone("portfolios done");
}

#[test]
fn r20_declining_raises_the_general_banner_and_turns_nothing_on() {
    let mut terminal = open(160, 48);
    let page = begin(&mut terminal);
    answer(&page, "cancel");
    terminal.wait_for("Something went wrong during the upgrade. Try again, or contact Support.");
    assert!(terminal.screen().contains("4 on"));
}

#[test]
fn r20_a_failing_signup_raises_the_general_banner_with_its_code() {
    let mut terminal = open(160, 48);
    let page = begin(&mut terminal);
    next_outcome(&page, "fail");
    answer(&page, "accept");
    let screen = terminal.wait_for("Something went wrong during the upgrade. Try again, or contact Support.");
    assert!(screen.contains("4 on"), "{screen}");
}

#[test]
fn r21_a_signup_refused_as_restricted_names_the_account_in_the_ineligible_banner() {
    let mut terminal = open(160, 48);
    let page = begin(&mut terminal);
    next_outcome(&page, "restricted");
    answer(&page, "accept");
    terminal.wait_for("Something went wrong");
    terminal.press("\x1b\x1b");
    terminal.wait_until("a second restricted account", |screen| {
        screen.lines().any(|line| line.contains("Restricted:") && line.contains("Maison Verveine"))
    });
}

#[test]
fn r13_an_answer_with_a_forged_state_changes_nothing() {
    let mut terminal = open(160, 48);
    let page = begin(&mut terminal);
    let back = page.query_pairs().find(|(key, _)| key == "redirect_uri").unwrap().1.into_owned();
    let forged = format!("{back}?state=0000&event=FINISH&business_id=1");
    let status = on_runtime(async { client().get(forged).send().await.unwrap().status() });
    assert!(status.is_client_error(), "{status}");
    assert!(terminal.screen().contains("accept the terms"));
    answer(&page, "accept");
    terminal.wait_for("Onboarded: optimized delivery is on");
}
