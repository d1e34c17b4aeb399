//! Waiting that outlives the program, and a banner that nothing but Meta takes away: against a sandbox that goes on meanwhile.

use rustix::process::Signal;
use tokio::runtime::Runtime;
use wabadeck::sandbox::{Options, Sandbox};

use super::terminal::Terminal;

const RESTRICTED: &str = "Blue Kiln Hotels Indonesia";
const SENTENCE: &str = "At least one WhatsApp Business Account is restricted by Meta.";

/// A sandbox of its own process life, with a directory that stays.
struct Place {
    runtime: Runtime,
    sandbox: Sandbox,
    data: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        // TLS is not needed on loopback, but a client cannot be built without a provider for it.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let runtime = Runtime::new().unwrap();
        let sandbox = runtime.block_on(Sandbox::start(Options::default())).unwrap();
        Self { runtime, sandbox, data: tempfile::tempdir().unwrap() }
    }

    fn open(&self) -> Terminal {
        let data = self.data.path().to_str().unwrap();
        let variables = [
            ("WABADECK_GRAPH_URL", self.sandbox.url()),
            ("WABADECK_TOKEN", self.sandbox.token()),
            ("WABADECK_DATA_DIR", data),
            ("PATH", ""),
        ];
        let terminal = Terminal::start_with(100, 40, &[], &variables);
        terminal.wait_for("as of");
        terminal
    }

    fn address(&self, path: &str) -> String {
        format!("{}{path}", self.sandbox.url().trim_end_matches('/'))
    }

    /// How often an invitation was sent.
    fn invitations(&self) -> u64 {
        let told = self.runtime.block_on(async {
            reqwest::get(self.address("/sandbox/requests")).await.unwrap().json::<serde_json::Value>().await.unwrap()
        });
        let requests = told.get("requests").unwrap().as_array().unwrap();
        let sent = requests.iter().filter(|request| request.to_string().contains("onboard_partners_to_mm_lite"));
        u64::try_from(sent.count()).unwrap()
    }

    fn post(&self, path: &str, body: &'static str, kind: &str) {
        let sent = reqwest::Client::new().post(self.address(path)).header("content-type", kind).body(body);
        let status = self.runtime.block_on(async { sent.send().await.unwrap().status() });
        assert!(status.is_success(), "{status}");
    }
}

#[test]
fn r13_killed_while_waiting_and_started_again_nothing_is_forgotten_and_nothing_sent_twice() {
    let place = Place::new();
    let mut terminal = place.open();
    terminal.press("u");
    terminal.wait_for("Left to upgrade");
    terminal.press("\r");
    terminal.wait_for("How to start");
    // The last way is the invitation; the question is answered with yes.
    terminal.press("\x1b[F\r");
    terminal.wait_for("Send the partner invitation?");
    terminal.press("\r");
    terminal.wait_for("Invited. Waiting for an admin");
    assert_eq!(place.invitations(), 1);
    terminal.signal(Signal::KILL);
    terminal.wait_for_end();

    let mut again = place.open();
    again.wait_for("1 upgrade is waiting.");
    again.press("u\r");
    let shown = again.wait_for("Invited. Waiting for an admin");
    assert!(shown.contains("Maison Verveine"), "{shown}");
    again.wait_for("Checked");
    assert_eq!(place.invitations(), 1, "it is looked at, not sent again");
    again.signal(Signal::KILL);
    again.wait_for_end();

    // Accepted while nobody looks: the next start finds it on and forgets it.
    place.post("/sandbox/signup", "business_id=418830561927740&action=accept", "application/x-www-form-urlencoded");
    let third = place.open();
    third.wait_for("7 on");
    third.wait_gone("1 upgrade is waiting.");
    drop(third);
    let fourth = place.open();
    fourth.wait_for("7 on");
    assert!(!fourth.screen().contains("upgrade is waiting"), "{}", fourth.screen());
    assert_eq!(place.invitations(), 1);
}

#[test]
fn r21_the_banner_names_the_account_outlives_keys_clicks_and_commands_and_goes_when_meta_lifts_the_restriction() {
    let place = Place::new();
    let mut terminal = place.open();
    let shown = terminal.wait_for(SENTENCE);
    let row = shown.lines().position(|line| line.contains(SENTENCE)).unwrap();
    assert!(shown.contains(&format!("Restricted: {RESTRICTED}")), "{shown}");
    terminal.press("x");
    terminal.wait_for("stays until Meta lifts the restriction");
    for key in ["x", "i", "Y", "\x1b", "\x7f", "\x1b[3~", "d", "X"] {
        terminal.press(key);
    }
    // An escape right before a click would be another key, too.
    terminal.press("\r");
    terminal.wait_for("Diagnosis");
    terminal.press("\x1b");
    terminal.wait_gone("Diagnosis");
    for (line, column) in [(0, 3), (0, 95), (1, 3), (1, 60), (2, 90)] {
        let (x, y) = (column + 1, row + line + 1);
        terminal.press(&format!("\x1b[<0;{x};{y}M\x1b[<0;{x};{y}m"));
    }
    // The command by its name, too.
    terminal.press("1");
    terminal.wait_for("WhatsApp Business Account Management");
    terminal.press(":");
    terminal.wait_for("type a command");
    terminal.press("banner.dismiss\r");
    terminal.wait_for("stays until Meta lifts the restriction");
    assert!(terminal.screen().contains(SENTENCE), "{}", terminal.screen());
    // Only the portfolio concerned is blocked.
    terminal.press("u");
    let list = terminal.wait_for("Left to upgrade");
    assert!(
        list.lines().any(|line| line.contains("Blue Kiln Hospitality") && line.contains("blocked: restricted by Meta")),
        "{list}"
    );
    assert!(list.lines().any(|line| line.contains("Maison Verveine") && line.contains("3 accounts to upgrade")), "{list}");
    terminal.press("\x1b");
    terminal.wait_gone("Left to upgrade");
    place.post(
        &format!("/sandbox/accounts/{}", restricted_id(&place)),
        r#"{"marketing_messages_onboarding_status":"ELIGIBLE"}"#,
        "application/json",
    );
    terminal.press("r");
    terminal.wait_gone(SENTENCE);
}

fn restricted_id(place: &Place) -> String {
    let portfolios = place.sandbox.ids();
    let ids = portfolios.iter().flat_map(|portfolio| portfolio.accounts.iter());
    ids.filter(|account| account.name == RESTRICTED).map(|account| account.id.clone()).next().unwrap()
}
