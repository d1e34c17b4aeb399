//! The frame: opening, leaving, sizes, languages, signals.

use rustix::process::Signal;

use super::terminal::Terminal;

/// Opens the dashboard and waits until the demo fleet is there.
pub fn open(columns: u16, rows: u16) -> Terminal {
    let terminal = Terminal::start(columns, rows, &[]);
    terminal.wait_for("as of");
    terminal
}

#[test]
fn with_nothing_configured_it_opens_on_the_sandbox_and_asks_for_nothing() {
    let terminal = open(80, 24);
    let screen = terminal.screen();
    for words in ["SANDBOX", "WhatsApp Business Account Management", "Restricted", "Upgrade setting"] {
        assert!(screen.contains(words), "{words} is missing:\n{screen}");
    }
}

#[test]
fn every_screen_says_sandbox() {
    let mut terminal = open(80, 24);
    terminal.press("\r");
    assert!(terminal.wait_for("What stands in the way").contains("SANDBOX"));
    terminal.press("\x1b");
    terminal.wait_for("WhatsApp Business Account Management");
    terminal.press("c");
    assert!(terminal.wait_gone("WhatsApp Business Account Management").contains("SANDBOX"));
}

#[test]
fn quitting_gives_the_terminal_back() {
    for keys in ["q", "\x03"] {
        let mut terminal = open(80, 24);
        terminal.press(keys);
        assert!(terminal.wait_for_end().success(), "{keys:?}");
        assert_eq!(terminal.left_on(), Vec::<&str>::new(), "{keys:?}");
    }
}

#[test]
fn signals_give_the_terminal_back_too() {
    for signal in [Signal::TERM, Signal::HUP, Signal::INT] {
        let mut terminal = open(80, 24);
        terminal.signal(signal);
        terminal.wait_for_end();
        assert_eq!(terminal.left_on(), Vec::<&str>::new(), "{signal:?}");
    }
}

#[test]
fn a_terminal_that_is_closed_ends_the_program() {
    let mut terminal = open(80, 24);
    terminal.close();
    terminal.wait_for_exit();
}

#[test]
fn ctrl_z_gives_the_terminal_back_until_it_goes_on() {
    // Only below a shell with job control is there somebody to come back from.
    let script = format!("set -m; {}; echo stopped; read line; fg >/dev/null; echo ended", env!("CARGO_BIN_EXE_wabadeck"));
    let mut terminal = Terminal::start_program("/bin/sh", 80, 24, &["-c", &script]);
    terminal.wait_for("as of");
    terminal.press("\x1a");
    terminal.wait_for("stopped");
    assert_eq!(terminal.left_on(), Vec::<&str>::new());
    terminal.press("\n");
    terminal.wait_for("SANDBOX");
    terminal.press("q");
    terminal.wait_for("ended");
    assert_eq!(terminal.left_on(), Vec::<&str>::new());
}

#[test]
fn it_follows_the_size_of_the_terminal_and_says_when_it_is_too_small() {
    let terminal = open(80, 24);
    terminal.resize(50, 10);
    terminal.wait_for("wabadeck needs 60×15");
    terminal.resize(160, 48);
    terminal.wait_for("What stands in the way");
}

#[test]
fn it_speaks_french() {
    let terminal = Terminal::start(100, 30, &["--lang", "fr"]);
    terminal.wait_for("Gestion des comptes WhatsApp Business");
    terminal.wait_for("Au moins un compte WhatsApp Business est restreint par Meta.");
}

#[test]
fn a_refused_token_is_said_in_a_sentence_and_the_screen_stays() {
    let sandbox = sandbox_url();
    let variables = [("WABADECK_TOKEN", "wrong"), ("WABADECK_GRAPH_URL", sandbox.1.as_str())];
    let mut terminal = Terminal::start_with(100, 30, &[], &variables);
    terminal.wait_for("190");
    terminal.press("q");
    assert_eq!(terminal.wait_for_end().exit_code(), 3);
}

#[test]
fn no_network_is_said_in_a_sentence_and_the_screen_stays() {
    // Port 9 on loopback: nobody listens there.
    let variables = [("WABADECK_TOKEN", "any"), ("WABADECK_GRAPH_URL", "http://127.0.0.1:9")];
    let mut terminal = Terminal::start_with(100, 30, &[], &variables);
    terminal.wait_for("could not be read");
    terminal.press("q");
    assert!(terminal.wait_for_end().success());
}

/// A sandbox of its own for this test, and its address.
fn sandbox_url() -> (wabadeck::sandbox::Sandbox, String) {
    let runtime = Box::leak(Box::new(tokio::runtime::Runtime::new().unwrap()));
    let sandbox = runtime.block_on(wabadeck::sandbox::Sandbox::start(wabadeck::sandbox::Options::default())).unwrap();
    let url = sandbox.url().to_owned();
    (sandbox, url)
}
