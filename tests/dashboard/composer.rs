//! The composer, from picking an account to the path that a test took, as a marketer goes through it.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use super::{frame::open, terminal::Terminal};

const UP: &str = "\x1b[A";
const DOWN: &str = "\x1b[B";
const ENTER: &str = "\r";
const TAB: &str = "\t";
const BACK_TAB: &str = "\x1b[Z";
const CTRL_E: &str = "\x05";
const CTRL_O: &str = "\x0f";
const CTRL_S: &str = "\x13";
const CTRL_T: &str = "\x14";

/// Opens the composer for an account.
fn compose_for(account: &str, shown: &str) -> Terminal {
    compose_in(open(80, 24), account, shown)
}

fn compose_in(mut terminal: Terminal, account: &str, shown: &str) -> Terminal {
    terminal.press("c");
    terminal.wait_for("On sending");
    terminal.press(UP);
    terminal.press(UP);
    terminal.press(ENTER);
    terminal.wait_for("Send from which account?");
    terminal.press(account);
    terminal.wait_for(account);
    terminal.press(ENTER);
    terminal.wait_until(shown, |screen| screen.contains(shown) && !screen.contains("which account?"));
    terminal.wait_gone("loading…");
    terminal
}

/// Picks a template and fills its examples in.
fn pick(terminal: &mut Terminal, template: &str) {
    terminal.press(CTRL_T);
    terminal.wait_for("Which template?");
    terminal.press(template);
    terminal.wait_for(template);
    terminal.press(ENTER);
    terminal.wait_gone("Which template?");
    terminal.press(CTRL_E);
    terminal.wait_for("● 2 of 2 values given");
}

fn type_recipient(terminal: &mut Terminal, number: &str) {
    terminal.wait_for("Send test…");
    terminal.press(number);
    terminal.wait_for(number);
}

fn send(terminal: &mut Terminal) {
    terminal.press(CTRL_S);
    terminal.wait_for("Send this test?");
    terminal.press(ENTER);
}

#[test]
fn r36_a_test_send_shows_the_path_that_the_status_webhook_names() {
    let mut terminal = compose_for("tide india", "● Cedar & Tide India · On");
    pick(&mut terminal, "loyalty");
    terminal.wait_for("▲ Goes optimized");
    terminal.press(BACK_TAB);
    type_recipient(&mut terminal, "+91 98765 43210");
    send(&mut terminal);
    terminal.wait_until("the report", |screen| {
        screen.lines().any(|line| line.contains("optimized optimized") && (line.contains("delivered") || line.contains("read")))
    });
}

#[test]
fn r33_r36_what_was_forecast_to_fall_back_falls_back() {
    let mut terminal = compose_for("verveine france", "○ Maison Verveine France");
    pick(&mut terminal, "loyalty");
    terminal.press(TAB);
    terminal.wait_for("[ ] Optimized Delivery (Recommended)");
    terminal.press(" ");
    terminal.wait_for("Will fall back to Cloud API");
    terminal.press(TAB);
    terminal.press(TAB);
    type_recipient(&mut terminal, "+33 6 12 34 56 78");
    // A test proves optimized delivery unless that is given up.
    terminal.wait_for("Cannot be sent");
    terminal.press(DOWN);
    terminal.press(" ");
    terminal.wait_for("Will fall back to Cloud API");
    send(&mut terminal);
    terminal.wait_for("optimized Cloud API");
    terminal.wait_for("fell back to Cloud API");
}

#[test]
fn r33_a_recipient_in_the_united_states_is_told_without_sending() {
    let mut terminal = compose_for("tide india", "● Cedar & Tide India · On");
    pick(&mut terminal, "loyalty");
    terminal.press(BACK_TAB);
    type_recipient(&mut terminal, "+1 212 555 0100");
    terminal.wait_for("✕ Cannot be sent");
    let screen = terminal.wait_for("the United States: Meta has paused");
    assert!(screen.contains("Nothing yet."), "{screen}");
}

/// The dashboard with everything that it keeps in a directory that outlives it.
fn open_in(home: &Path) -> Terminal {
    let home = home.display().to_string();
    let variables = ["HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"].map(|name| (name, home.as_str()));
    let terminal = Terminal::start_with(80, 24, &[], &variables);
    terminal.wait_for("as of");
    terminal
}

/// All text of the finished JSON files below a directory; what is half written has another name.
fn texts_below(directory: &Path) -> String {
    let entries = std::fs::read_dir(directory).into_iter().flatten().flatten();
    let text = |entry: std::fs::DirEntry| match entry.path() {
        path if path.is_dir() => texts_below(&path),
        path if path.extension().is_some_and(|end| end == "json") => std::fs::read_to_string(path).unwrap_or_default(),
        _ => String::new(),
    };
    entries.map(text).collect()
}

#[test]
fn what_is_typed_without_a_template_survives_a_kill_in_the_middle_of_typing() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = compose_in(open_in(home.path()), "tide india", "● Cedar & Tide India · On");
    for _ in 0..3 {
        terminal.press(UP);
    }
    terminal.press(ENTER);
    terminal.wait_for("What is the message made of?");
    terminal.press("quick");
    terminal.press(ENTER);
    terminal.wait_gone("What is the message made of?");
    terminal.press("Which *one* is it?");
    terminal.wait_for("Which one is it?");
    let deadline = Instant::now() + Duration::from_secs(30);
    while !texts_below(home.path()).contains("Which *one* is it?") {
        assert!(Instant::now() < deadline, "the draft is not kept");
        std::thread::yield_now();
    }
    terminal.press(" And th");
    terminal.signal(rustix::process::Signal::KILL);
    terminal.wait_for_end();

    let mut again = open_in(home.path());
    again.press("c");
    again.wait_for("On sending");
    // The draft is named at once, and taken up from the list.
    again.wait_for("Last draft (^o)");
    again.press(CTRL_O);
    again.wait_for("Drafts");
    again.press(ENTER);
    again.wait_for("Which one is it?");
    again.wait_for("● Cedar & Tide India · On");
}
