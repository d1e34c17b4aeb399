//! What networks, proxies and Meta do on bad days, while the dashboard runs: what was known stays, one sentence says what is wrong,
//! it recovers by itself when the fault ends, and it is idle meanwhile.

use std::time::Instant;

use rstest::rstest;
use tokio::runtime::Runtime;
use wabadeck::sandbox::{Options, Sandbox};

use super::terminal::Terminal;

/// A sandbox in this process, and a dashboard in its terminal that is signed in to it.
struct Signed {
    runtime: Runtime,
    sandbox: Sandbox,
    terminal: Terminal,
}

fn signed_in() -> Signed {
    let runtime = Runtime::new().unwrap();
    let sandbox = runtime.block_on(Sandbox::start(Options::default())).unwrap();
    let url = sandbox.url().to_string();
    let token = sandbox.token().to_owned();
    let variables = [("WABADECK_GRAPH_URL", url.as_str()), ("WABADECK_TOKEN", token.as_str())];
    let terminal = Terminal::start_with(100, 30, &[], &variables);
    terminal.wait_for("as of");
    Signed { runtime, sandbox, terminal }
}

/// An account of the demo fleet that must stay on the screen throughout.
const KNOWN: &str = "accounts ·";

#[rstest]
#[case::too_many_requests("429=1")]
#[case::server_error("status=503")]
#[case::token_refused("token")]
#[case::html("html=502")]
#[case::html_with_success("html=200")]
#[case::empty("empty=500")]
#[case::truncated("truncate")]
#[case::reset("reset")]
fn what_was_known_stays_and_it_recovers_by_itself(#[case] fault: &str) {
    let Signed { runtime: _runtime, sandbox, mut terminal } = signed_in();
    sandbox.arm(fault.parse().unwrap());
    terminal.press("r");
    let shown =
        terminal.wait_until("a failure or a rest", |screen| screen.contains("refresh failed") || screen.contains("rests until"));
    assert!(shown.contains(KNOWN) && shown.contains("WhatsApp Business Account Management"), "{fault}:\n{shown}");
    sandbox.disarm();
    terminal.wait_until("recovery without a key", |screen| screen.contains("as of") && !screen.contains("refresh failed"));
}

/// Without a time from Meta it rests of its own accord, and longer each time; minutes are too long for a test to wait.
#[rstest]
#[case::code_4("code=4")]
#[case::code_17("code=17")]
#[case::code_32("code=32")]
#[case::code_613("code=613")]
#[case::code_80007("code=80007")]
#[case::code_80008("rate=3")]
fn a_limit_that_is_used_up_makes_it_rest(#[case] fault: &str) {
    let Signed { runtime: _runtime, sandbox, mut terminal } = signed_in();
    sandbox.arm(fault.parse().unwrap());
    terminal.press("r");
    let shown = terminal.wait_for("rests until");
    assert!(shown.contains(KNOWN) && shown.contains("WhatsApp Business Account Management"), "{fault}:\n{shown}");
}

#[rstest]
#[case::uneven("jitter=200ms")]
#[case::trickle("trickle=1ms")]
#[case::wrong_type("type=text/html")]
#[case::unknown_enum("enum=SOMETHING_NEW")]
#[case::dropped_field("drop=country")]
#[case::null_in_a_batch("batch-null")]
#[case::duplicate_rows("duplicate")]
#[case::endless_pages("endless")]
#[case::reduce("reduce=25")]
fn what_can_be_coped_with_changes_nothing_on_the_screen(#[case] fault: &str) {
    let Signed { runtime: _runtime, sandbox, mut terminal } = signed_in();
    let count =
        |screen: &str| screen.split(" accounts").next().unwrap_or_default().rsplit(' ').next().unwrap_or_default().to_owned();
    let before = count(&terminal.screen());
    sandbox.arm(fault.parse().unwrap());
    // Slow enough to be seen.
    sandbox.arm("latency=300ms".parse().unwrap());
    terminal.press("r");
    terminal.wait_for("refreshing");
    let shown = terminal.wait_gone("refreshing");
    assert!(shown.contains("as of") && !shown.contains("refresh failed"), "{fault}:\n{shown}");
    assert_eq!(count(&shown), before, "{fault}:\n{shown}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_lasting_fault_leaves_the_processor_idle() {
    let Signed { runtime: _runtime, sandbox, mut terminal } = signed_in();
    sandbox.arm("status=503".parse().unwrap());
    terminal.press("r");
    terminal.wait_for("refresh failed");
    let (begun, used) = (Instant::now(), terminal.processor_ticks());
    // Two tries later it has waited for some fifteen seconds.
    for _ in 0..2 {
        terminal.wait_for("refreshing");
        terminal.wait_gone("refreshing");
    }
    let spent = terminal.processor_ticks() - used;
    // A tick is a hundredth of a second: a tenth of one core would be 10 ticks a second.
    let allowed = begun.elapsed().as_secs() * 10;
    assert!(spent < allowed.max(10), "{spent} ticks in {:?}", begun.elapsed());
    sandbox.disarm();
}
