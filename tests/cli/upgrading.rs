//! `wabadeck upgrade`: the check, the link, the invitation and the waiting, each with its exit code.

use serde_json::Value;

use super::support::{Place, Ran, Sandbox, ran};

const VERVEINE: &str = "418830561927740";
const KILN: &str = "572209418836015";

fn of<'a>(check: &'a Value, portfolio: &str) -> &'a Value {
    check["portfolios"].as_array().unwrap().iter().find(|plan| plan["portfolio"]["id"] == portfolio).unwrap()
}

fn with(sandbox: &Sandbox, arguments: &[&str]) -> Ran {
    Place::new().run_with(sandbox, arguments)
}

/// Accepts in the sandbox's signup window, as a person would.
fn accept(sandbox: &Sandbox, portfolio: &str) {
    sandbox.post_form("/sandbox/signup", &format!("business_id={portfolio}&action=accept"));
}

#[test]
fn r11_the_check_lists_what_one_acceptance_covers_and_every_obstacle_with_its_remedy() {
    let sandbox = Sandbox::start(&[]);
    let check = with(&sandbox, &["upgrade", "--check", "--json"]).json();
    let verveine = of(&check, VERVEINE);
    assert_eq!(verveine["covers"].as_array().unwrap().len(), 3);
    assert_eq!((&verveine["terms"], &verveine["can_start"]), (&Value::from("NOT_STARTED"), &Value::from(true)));
    let plans = check["portfolios"].as_array().unwrap();
    let kinds: Vec<&str> = plans
        .iter()
        .flat_map(|plan| plan["obstacles"].as_array().unwrap())
        .map(|obstacle| {
            assert!(!obstacle["sentence"].as_str().unwrap().is_empty() && !obstacle["remedy"].as_str().unwrap().is_empty());
            obstacle["kind"].as_str().unwrap()
        })
        .collect();
    for kind in ["restricted", "on_behalf_of", "business_app", "country_not_supported", "needs_payment", "setup_pending"] {
        assert!(kinds.contains(&kind), "{kind}: {kinds:?}");
    }
    assert!(plans.iter().any(|plan| plan["terms"] == "TERM_OF_SERVICE_SIGNED" && plan["terms_since"].is_string()));
    for (language, words) in [("en", "Terms: not accepted yet"), ("fr", "Conditions :")] {
        let page = with(&sandbox, &["upgrade", "--lang", language]);
        assert!(page.code == 0 && page.out.contains(words) && page.out.contains('→'), "{}", page.out);
    }
}

#[test]
fn r21_a_blocked_portfolio_is_neither_invited_nor_waited_for() {
    let sandbox = Sandbox::start(&[]);
    for arguments in [["upgrade", "--invite", "--yes", KILN], ["upgrade", "--wait", "--timeout=1", KILN]] {
        let ran = with(&sandbox, &arguments);
        assert_eq!(ran.code, 5, "{}{}", ran.out, ran.err);
        assert!(ran.err.contains("At least one WhatsApp Business Account is restricted by Meta."), "{}", ran.err);
    }
}

#[test]
fn r12_the_link_is_printed_alone_and_as_a_code_where_it_is_wanted() {
    let sandbox = Sandbox::start(&[]);
    let link = with(&sandbox, &["upgrade", "--link", VERVEINE]);
    assert!(link.code == 0 && link.out.lines().count() == 1 && link.out.contains(VERVEINE), "{}", link.out);
    let code = with(&sandbox, &["upgrade", "--link", "Maison Verveine", "--qr"]);
    assert!(code.out.starts_with(link.out.trim_end()) && code.out.contains('█'), "{}", code.out);
    let unknown = with(&sandbox, &["upgrade", "--link", "nobody"]);
    assert!(unknown.code == 1 && unknown.err.contains("nobody"), "{}", unknown.err);
}

#[test]
fn r12_the_invitation_is_sent_only_when_told_so_and_only_once() {
    let sandbox = Sandbox::start(&[]);
    let asked = with(&sandbox, &["upgrade", "--invite", VERVEINE]);
    assert!(asked.code == 2 && asked.err.contains("--yes"), "{}", asked.err);
    let sent = with(&sandbox, &["upgrade", "--invite", VERVEINE, "--yes", "--json"]).json();
    assert_eq!((&sent["outcome"], &sent["terms_before"]), (&Value::from("sent"), &Value::from("NOT_STARTED")));
    assert_eq!(sent["terms"], "REQUEST_SENT");
    let again = with(&sandbox, &["upgrade", "--invite", VERVEINE, "--yes", "--json"]);
    assert_eq!((again.code, &again.json()["outcome"]), (0, &Value::from("already_invited")));
    let check = with(&sandbox, &["upgrade", "--json"]).json();
    assert!(of(&check, VERVEINE)["obstacles"].as_array().unwrap().iter().any(|one| one["kind"] == "invitation_sent"));
}

#[test]
fn an_invitation_whose_answer_is_lost_is_looked_up_and_not_repeated() {
    let sandbox = Sandbox::start(&["--fault", "reset,path=onboard_partners"]);
    let ran = with(&sandbox, &["upgrade", "--invite", VERVEINE, "--yes", "--json"]);
    let outcome = ran.json()["outcome"].as_str().unwrap().to_owned();
    assert!(matches!((outcome.as_str(), ran.code), ("sent", 0) | ("unknown", 4)), "{outcome} {} {}", ran.code, ran.err);
}

#[test]
fn r13_waiting_ends_onboarded_or_still_waiting_with_its_own_exit_code() {
    let sandbox = Sandbox::start(&[]);
    let waiting = with(&sandbox, &["upgrade", "--wait", VERVEINE, "--timeout", "1"]);
    assert_eq!(waiting.code, 6, "{}", waiting.err);
    assert!(waiting.out.is_empty() && waiting.err.contains("0 of 3 on"), "{}", waiting.err);
    let place = Place::new();
    let mut command = place.command(&["upgrade", "--wait", VERVEINE, "--timeout", "120", "--json"]);
    command.env("WABADECK_GRAPH_URL", &sandbox.url).env("WABADECK_TOKEN", &sandbox.token);
    let waits = std::thread::spawn(move || ran(&mut command));
    accept(&sandbox, VERVEINE);
    let done = waits.join().unwrap();
    assert_eq!((done.code, &done.json()["outcome"]), (0, &Value::from("onboarded")), "{}", done.err);
}
