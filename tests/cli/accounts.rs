//! `wabadeck accounts` and `wabadeck account`.

use std::{collections::BTreeSet, io::Read, process::Stdio};

use serde_json::Value;
use wabadeck::domain::account::OnboardingStatus;

use super::support::{Place, Sandbox};

fn names(array: &Value) -> Vec<&str> {
    array.as_array().unwrap().iter().map(|account| account["name"].as_str().unwrap()).collect()
}

#[test]
fn with_nothing_configured_the_embedded_sandbox_answers_and_says_so() {
    let ran = Place::new().run(&["accounts"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("embedded sandbox: nothing in it is real"), "{}", ran.err);
    assert!(ran.out.starts_with("Status"), "{}", ran.out);
}

#[test]
fn r1_the_table_has_every_account_worst_first() {
    let ran = Place::new().run(&["accounts"]);
    assert_eq!(ran.out.lines().count(), 15, "{}", ran.out);
    let place = |words: &str| ran.out.find(words).unwrap_or_else(|| panic!("{words} is missing:\n{}", ran.out));
    assert!(place("⊘ Restricted") < place("$ Needs payment"));
    assert!(place("$ Needs payment") < place("Cedar & Tide Deutschland"));
}

#[test]
fn r2_every_status_is_told_apart_by_words_and_by_glyph_and_never_by_colour() {
    let place = Place::new();
    let ran = place.run(&["accounts"]);
    assert!(!ran.out.contains('\u{1b}'), "a pipe gets no colours");
    for words in [
        "⊘ Restricted",
        "⇄ On behalf of",
        "▣ Business app",
        "× Country",
        "$ Needs payment",
        "○ Can be upgraded",
        "◔ Being set up",
        "● On",
    ] {
        assert!(ran.out.contains(words), "{words} is missing:\n{}", ran.out);
    }
    let statuses: BTreeSet<String> = place
        .run(&["accounts", "--json"])
        .json()
        .as_array()
        .unwrap()
        .iter()
        .map(|account| account["status"].as_str().unwrap().to_owned())
        .collect();
    let known: BTreeSet<String> = OnboardingStatus::KNOWN.iter().map(|status| status.as_wire().to_owned()).collect();
    assert_eq!(statuses, known);
}

#[test]
fn another_sandbox_is_asked_over_http_and_recognised() {
    let sandbox = Sandbox::start(&["--accounts", "120", "--seed", "7"]);
    let ran = Place::new().run_with(&sandbox, &["accounts", "--json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(ran.json().as_array().unwrap().len(), 120);
    assert!(ran.err.contains(&format!("{}/ is a sandbox", sandbox.url)), "{}", ran.err);
}

#[test]
fn accounts_are_filtered_by_status_and_by_text_and_sorted() {
    let sandbox = Sandbox::start(&[]);
    let place = Place::new();
    let json = |arguments: &[&str]| {
        let arguments: Vec<&str> = ["accounts", "--json"].iter().chain(arguments).copied().collect();
        place.run_with(&sandbox, &arguments).json()
    };
    let on = json(&["--status", "on"]);
    assert!(names(&on).iter().all(|name| name.starts_with("Cedar & Tide")) && names(&on).len() == 4, "{on}");
    assert_eq!(names(&json(&["--status", "ONBOARDED"])), names(&on));
    assert_eq!(
        names(&json(&["--status", "waiting,needs-payment", "--sort", "name"])),
        ["Cedar & Tide Brasil", "Maison Verveine 日本"]
    );
    assert_eq!(names(&json(&["--filter", "hamburg"])), Vec::<&str>::new());
    assert_eq!(names(&json(&["--filter", "deutschland"])), ["Cedar & Tide Deutschland"]);
    let sorted = json(&["--sort", "name"]);
    let reversed = json(&["--sort", "name", "--reverse"]);
    assert_eq!(names(&sorted).first(), names(&reversed).last());
}

#[test]
fn r4_an_account_lists_its_numbers_with_name_status_quality_and_the_portfolios_limit() {
    let place = Place::new();
    let ran = place.run(&["account", "301922475508316"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for words in ["+62 21 5091 8820", "● Restricted", "◆ red", "Blue Kiln Bali", "● Flagged", "2,000 a day"] {
        assert!(ran.out.contains(words), "{words} is missing:\n{}", ran.out);
    }
    let json = place.run(&["account", "301922475508316", "--json"]).json();
    assert_eq!(json["numbers"].as_array().unwrap().len(), 2);
    assert!(!json["numbers"][0]["health"].is_null(), "a single account is read with its numbers' health");
}

#[test]
fn r1_an_account_says_its_status_what_it_means_and_the_next_step() {
    let place = Place::new();
    let ran = place.run(&["account", "maison verveine france"]);
    for words in ["Can be upgraded — not on yet", "have not been accepted", "→ Open the dashboard", "listed by its owner"] {
        assert!(ran.out.contains(words), "{words} is missing:\n{}", ran.out);
    }
    let french = place.run(&["account", "maison verveine france", "--lang", "fr"]);
    assert!(french.out.contains("Paramètre de mise à niveau") && french.out.contains("Trouvé par"), "{}", french.out);
    assert!(french.err.contains("bac à sable"), "{}", french.err);
}

#[test]
fn r22_a_restricted_account_says_why() {
    let ran = Place::new().run(&["account", "301922475508316"]);
    assert!(ran.out.contains("Restricted\n  ⊘ Account: 131031"), "{}", ran.out);
}

#[test]
fn three_accounts_that_cannot_send_say_why_and_whose_move_it_is() {
    let place = Place::new();
    for (account, cause, who, step) in [
        ("301922475508316", "restriction_announced", "nobody", "wait_or_appeal"),
        ("204716093358842", "payment", "admin", "fix_payment"),
        ("206084417235590", "no_number", "admin", "add_number"),
    ] {
        let json = place.run(&["account", account, "--json"]).json();
        let first = &json["findings"][0];
        assert_eq!((&first["cause"], &first["who"], &first["step"]), (&cause.into(), &who.into(), &step.into()), "{first}");
        assert_eq!(first["severity"], "blocking");
        assert!(!first["evidence"].as_array().unwrap().is_empty());
    }
}

#[test]
fn a_report_is_written_for_its_owner_alone_and_holds_no_token() {
    let place = Place::new();
    let ran = place.run(&["report", "301922475508316"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for words in ["# WhatsApp Business Account `301922475508316`", "131031", "Graph API: `v", "INELIGIBLE_INACTIVE_OR_RESTRICTED"]
    {
        assert!(ran.out.contains(words), "{words} is missing:\n{}", ran.out);
    }
    let json = place.run(&["report", "301922475508316", "--format", "json"]).json();
    assert_eq!(json["findings"][0]["cause"], "restriction_announced", "the sentence of Meta's names the kind");
    assert_eq!(json["sandbox"], true);
}

#[test]
fn r6_an_account_says_where_it_works() {
    let ran = Place::new().run(&["account", "Cedar & Tide Deutschland", "--json"]);
    assert_eq!(ran.json()["region_as_business"], "no_optimization", "{}", ran.out);
}

#[test]
fn a_way_that_failed_is_said_and_the_rest_is_shown() {
    let sandbox = Sandbox::start(&["--fault", "code=10,path=assigned_whatsapp_business_accounts"]);
    let ran = Place::new().run_with(&sandbox, &["accounts", "--json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("Some accounts could not be seen (assigned to the user"), "{}", ran.err);
    let accounts = ran.json();
    let spot = &accounts[0]["blind_spots"][0];
    assert_eq!((&spot["path"], &spot["problem"]["code"]), (&"assigned".into(), &10.into()), "{spot}");
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let sandbox = Sandbox::start(&["--accounts", "400"]);
    let mut child = Place::new()
        .command(&["accounts", "--json"])
        .env("WABADECK_GRAPH_URL", &sandbox.url)
        .env("WABADECK_TOKEN", &sandbox.token)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0), "{said}");
    assert!(!said.to_lowercase().contains("pipe"), "{said}");
}
