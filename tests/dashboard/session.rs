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

#[test]
fn a_refused_token_can_be_replaced_on_the_spot_and_leaving_without_one_ends_with_3() {
    let runtime = Runtime::new().unwrap();
    let elsewhere = runtime.block_on(Sandbox::start(Options::default())).unwrap();
    let url = elsewhere.url().to_string();
    let variables = [("WABADECK_GRAPH_URL", url.as_str()), ("WABADECK_TOKEN", "EAAnotATokenOfThisApi"), ("PATH", "")];
    let mut terminal = Terminal::start_with(80, 24, &[], &variables);
    let shown = terminal.wait_for("190");
    assert!(!shown.contains("EAAnot"), "{shown}");
    terminal.press("L");
    terminal.wait_for("Sign in to Meta");
    terminal.press("\x1b");
    terminal.wait_gone("Sign in to Meta");
    terminal.press("q");
    assert_eq!(terminal.wait_for_end().exit_code(), 3);
}

#[test]
fn a_kept_token_that_is_lost_is_said_and_leaving_ends_with_3() {
    let data = tempfile::tempdir().unwrap();
    let folder = data.path().display().to_string();
    let variables = [("WABADECK_DATA_DIR", folder.as_str()), ("WABADECK_SECRET_STORE", "file"), ("PATH", "")];
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_wabadeck"));
    command.args(["login", "--no-check", "--graph-url", "http://127.0.0.1:9"]).envs(variables).env("HOME", data.path());
    let mut login = command.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::null()).spawn().unwrap();
    std::io::Write::write_all(&mut login.stdin.take().unwrap(), b"EAAkeptAndLost\n").unwrap();
    assert!(login.wait().unwrap().success());
    std::fs::remove_file(data.path().join("secrets/profile-default.token")).unwrap();
    let mut terminal = Terminal::start_with(80, 24, &[], &variables);
    let shown = terminal.wait_for("Sign in again");
    assert!(!shown.contains("SANDBOX"), "{shown}");
    terminal.press("q");
    assert_eq!(terminal.wait_for_end().exit_code(), 3);
}
