//! The way from the accounts to the signup page, with the keys a person would press.

use url::Url;

use super::terminal::Terminal;

/// Presses "Upgrade setting", takes embedded signup, and reads the page's address off the screen.
pub fn begin(terminal: &mut Terminal) -> Url {
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
    let mut lines = screen.lines().map(inside).skip_while(|line| !line.starts_with("https://localhost:"));
    let mut address = lines.next().unwrap();
    for line in lines.take_while(|line| !line.is_empty() && !line.contains(' ')) {
        address.push_str(&line);
    }
    Url::parse(&address).unwrap()
}
