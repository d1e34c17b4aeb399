//! From the key in the dashboard to the accounts on its screen, by way of the page and the window, and every other ending.

use std::io::{Read, Write};

use url::Url;

use super::{
    begin::begin,
    chromium::{Chromium, Tab},
    terminal::Terminal,
};

const BANNER: &str = "Something went wrong during the upgrade. Try again, or contact Support.";

/// The dashboard with a signup begun, and its page open and ready in a browser.
struct Stage {
    terminal: Terminal,
    browser: Chromium,
    address: Url,
    page: Tab,
}

/// Begins; `None` where there is no browser.
fn begun(test: &str) -> Option<Stage> {
    let mut browser = Chromium::start(test)?;
    let mut terminal = Terminal::start(160, 48, &[]);
    terminal.wait_for("as of");
    let address = begin(&mut terminal);
    let page = browser.open(address.as_str());
    let mut stage = Stage { terminal, browser, address, page };
    stage.page_says("ready");
    Some(stage)
}

impl Stage {
    fn page_says(&mut self, state: &str) {
        let page = self.page.clone();
        self.says(&page, state);
    }

    fn says(&mut self, tab: &Tab, state: &str) {
        self.browser.wait_until(tab, &format!("document.documentElement.dataset.state === '{state}'"));
    }

    /// Presses the page's button and gives the window that opens.
    fn window(&mut self) -> Tab {
        let page = self.page.clone();
        self.browser.click(&page, "#start");
        self.page_says("open");
        self.browser.window("/sandbox/window", &[])
    }

    /// Goes on in the window, button by button.
    fn press(&mut self, window: &Tab, buttons: &[&str]) {
        for button in buttons {
            self.browser.click(window, button);
        }
    }

    /// Tells the sandbox how it is to behave.
    fn set(&mut self, settings: &str) {
        let page = self.page.clone();
        let origin = self.browser.evaluate(&page, "JSON.parse(document.getElementById('configuration').textContent).origin");
        let address = Url::parse(origin.as_str().unwrap()).unwrap();
        let host = format!("{}:{}", address.host_str().unwrap(), address.port().unwrap());
        let mut stream = std::net::TcpStream::connect(&host).unwrap();
        let head =
            format!("POST /sandbox/upgrade HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Type: application/json");
        write!(stream, "{head}\r\nContent-Length: {}\r\n\r\n{settings}", settings.len()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }
}

const ACCEPT: [&str; 4] = ["#continue", "#choose", "#next", "#accept"];

#[test]
fn r10_r13_accepting_in_the_window_turns_the_accounts_on_and_a_second_tab_changes_nothing() {
    let Some(mut stage) = begun("accepting in the window") else { return };
    let second = stage.browser.open(stage.address.as_str());
    stage.says(&second, "ready");
    let window = stage.window();
    stage.press(&window, &ACCEPT);
    stage.page_says("finished");
    stage.terminal.wait_for("Onboarded: optimized delivery is on");
    stage.terminal.wait_for("7 on");
    // The second tab still believes that it may ask: its window opens, and its answer comes too late.
    stage.browser.click(&second, "#start");
    let late = stage.browser.window("/sandbox/window", &[&window]);
    stage.press(&late, &["#continue", "#cancel"]);
    stage.says(&second, "answered");
    let again = stage.browser.open(stage.address.as_str());
    stage.says(&again, "answered");
    let screen = stage.terminal.screen();
    assert!(screen.contains("7 on") && !screen.contains(BANNER), "{screen}");
}

#[test]
fn r20_leaving_the_window_at_a_step_is_said_with_that_step() {
    let Some(mut stage) = begun("leaving the window") else { return };
    let window = stage.window();
    stage.press(&window, &["#continue", "#choose", "#cancel"]);
    stage.page_says("cancelled");
    stage.terminal.wait_for(BANNER);
    assert!(stage.terminal.wait_for("WHATSAPP_ACCOUNT_SELECTION").contains("4 on"));
}

#[test]
fn r20_closing_the_window_is_leaving_it() {
    let Some(mut stage) = begun("closing the window") else { return };
    let window = stage.window();
    stage.press(&window, &["#continue"]);
    stage.browser.wait_until(&window, "document.documentElement.dataset.step === 'BUSINESS_PORTFOLIO_SELECTION'");
    stage.browser.close(&window);
    stage.page_says("cancelled");
    stage.terminal.wait_for(BANNER);
}

#[test]
fn r20_an_error_in_the_window_raises_the_banner_with_what_was_said() {
    let Some(mut stage) = begun("an error in the window") else { return };
    stage.set(r#"{"outcome":"fail","window_milliseconds":150}"#);
    let window = stage.window();
    stage.press(&window, &ACCEPT);
    stage.page_says("failed");
    stage.terminal.wait_for(BANNER);
    assert!(stage.terminal.wait_for("while the terms were being accepted").contains("4 on"));
}

#[test]
fn r20_an_expired_code_is_said_and_the_accounts_are_on_all_the_same() {
    let Some(mut stage) = begun("an expired code") else { return };
    stage.set(r#"{"code_seconds":0}"#);
    let window = stage.window();
    stage.press(&window, &ACCEPT);
    stage.page_says("unfinished");
    stage.terminal.wait_for("had expired before it could be exchanged");
    stage.terminal.wait_for("7 on");
}

#[test]
fn a_forged_answer_and_a_strange_message_change_nothing() {
    let Some(mut stage) = begun("a forged answer") else { return };
    let window = stage.window();
    let page = stage.page.clone();
    // A message from the page's own origin is none of the sandbox's.
    let message = "window.postMessage(JSON.stringify({type:'WA_EMBEDDED_SIGNUP',event:'CANCEL',data:{}}), '*')";
    stage.browser.evaluate(&page, message);
    let post = |state: &str| {
        format!(
            "fetch('signup/answer', {{method:'POST', headers:{{'Content-Type':'application/json'}}, body: JSON.stringify(\
             {{state:{state}, code:'AQ', session:{{event:'FINISH', data:{{business_id:'1'}}}}}})}}).then(a => a.status)"
        )
    };
    assert_eq!(stage.browser.evaluate(&page, &post("'0'.repeat(32)")), 404);
    let mut forged = stage.address.clone();
    forged.set_query(Some("state=00000000000000000000000000000000"));
    let other = stage.browser.open(forged.as_str());
    stage.says(&other, "unexpected");
    // From another origin the right state is worth nothing either, whatever the request looks like.
    let elsewhere = stage.browser.blank();
    let state = stage.address.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned();
    let url = stage.address.join("signup/answer").unwrap();
    let cross = format!(
        "fetch('{url}', {{method:'POST', mode:'no-cors', headers:{{'Content-Type':'text/plain'}}, body: JSON.stringify(\
         {{state:'{state}', code:'AQ', session:{{event:'CANCEL', data:{{}}}}}})}}).then(() => 'sent', () => 'refused')"
    );
    assert!(stage.browser.evaluate(&elsewhere, &cross).is_string());
    stage.page_says("open");
    assert!(!stage.terminal.screen().contains(BANNER));
    stage.press(&window, &ACCEPT);
    stage.page_says("finished");
    stage.terminal.wait_for("7 on");
    let replay = post("JSON.parse(document.getElementById('configuration').textContent).state");
    assert_eq!(stage.browser.evaluate(&page, &replay), 409);
}

#[test]
fn what_keeps_the_window_from_opening_is_said_and_can_be_tried_again() {
    let Some(mut browser) = Chromium::start("a blocked window") else { return };
    let mut terminal = Terminal::start(160, 48, &[]);
    terminal.wait_for("as of");
    let address = begin(&mut terminal);
    let page = browser.blank();
    browser.block(&page, "*sdk.js*");
    browser.go(&page, address.as_str());
    browser.wait_until(&page, "document.documentElement.dataset.state === 'unreachable'");
    browser.block(&page, "*nothing-of-the-kind*");
    browser.click(&page, "#retry");
    browser.wait_until(&page, "document.documentElement.dataset.state === 'ready'");
    browser.evaluate(&page, "window.kept = window.open; window.open = () => null; true");
    browser.click(&page, "#start");
    browser.wait_until(&page, "document.documentElement.dataset.state === 'blocked'");
    browser.evaluate(&page, "window.open = window.kept; true");
    browser.click(&page, "#start");
    let window = browser.window("/sandbox/window", &[]);
    for button in ACCEPT {
        browser.click(&window, button);
    }
    terminal.wait_for("7 on");
}
