//! From the sandbox to Meta and from profile to profile, without leaving the dashboard.

use tokio::runtime::Runtime;
use wabadeck::sandbox::{Options, Sandbox};

use super::terminal::Terminal;

#[test]
fn a_token_pasted_on_the_screen_signs_in_and_never_shows() {
    let runtime = Runtime::new().unwrap();
    let elsewhere = runtime.block_on(Sandbox::start(Options::default())).unwrap();
    let url = elsewhere.url().to_string();
    let variables = [("WABADECK_GRAPH_URL", url.as_str()), ("PATH", "")];
    let mut terminal = Terminal::start_with(80, 24, &["--sandbox"], &variables);
    terminal.wait_for("as of");
    terminal.press("L");
    terminal.wait_for("Sign in to Meta");
    terminal.press("\x1b[200~EAAnotATokenOfThisApi\x1b[201~\r");
    let shown = terminal.wait_for("error 190");
    assert!(shown.contains("Sign in to Meta") && !shown.contains("EAAnot"), "{shown}");
    terminal.press("\x15");
    let token = elsewhere.token().to_owned();
    terminal.press(&format!("\x1b[200~{token}\x1b[201~\r"));
    let shown = terminal.wait_for("Signed in as");
    assert!(!shown.contains(&token), "{shown}");
    terminal.wait_for("as of");
    terminal.press("P");
    let shown = terminal.wait_for("in use");
    assert!(shown.contains("Profiles"), "{shown}");
}
