//! `wabadeck watch`, `wabadeck timeline` and `wabadeck results`, as cron and people run them.

use serde_json::{Value, json};

use super::support::{Place, Sandbox};

const INDIA: &str = "102290129340398";

#[test]
fn one_look_ends_well_and_a_condition_that_does_not_hold_has_its_code() {
    let place = Place::new();
    let once = place.run(&["watch", "--once"]);
    assert_eq!((once.code, once.out.as_str()), (0, ""), "{}", once.err);
    let holds = place.run(&["watch", "--once", "--account", INDIA, "--until", "onboarded"]);
    assert_eq!(holds.code, 0, "{}", holds.err);
    assert_eq!(place.run(&["watch", "--once", "--until", "onboarded"]).code, 6);
    let gone = place.run(&["watch", "--once", "--account", "1"]);
    assert!(gone.code == 1 && gone.err.contains("does not see 1"), "{} {}", gone.code, gone.err);
}

#[test]
fn what_cannot_be_watched_for_is_named_with_what_can() {
    let place = Place::new();
    for (arguments, words) in [
        (["--on", "everything"], "quality-down"),
        (["--until", "happy"], "pending-internal-setup"),
        (["--exec", "sh 'x"], "every quote closed"),
    ] {
        let ran = place.run(&[&["watch", "--once"][..], &arguments].concat());
        assert!(ran.code == 2 && ran.err.contains(words), "{arguments:?}: {} {}", ran.code, ran.err);
    }
}

#[test]
fn what_changed_between_two_looks_is_told_once_kept_and_handed_to_a_command() {
    let (place, sandbox) = (Place::new(), Sandbox::start(&[]));
    assert_eq!(place.run_with(&sandbox, &["watch", "--once", "--templates"]).code, 0);
    sandbox.post_form(
        &format!("/sandbox/accounts/{INDIA}"),
        "marketing_messages_onboarding_status=INELIGIBLE_INACTIVE_OR_RESTRICTED",
    );
    sandbox.post_form("/sandbox/objects/106540352242922", "quality_rating=RED");
    let seen = place.dir.path().join("seen");
    let command = format!("sh -c 'cat >> \"$0\"' {}", seen.display());
    let told = place.run_with(&sandbox, &["watch", "--once", "--on", "restricted", "--json", "--exec", &command]);
    assert_eq!(told.code, 0, "{}", told.err);
    assert_eq!(told.out.lines().count(), 1, "{}", told.out);
    let event = told.json();
    assert_eq!((&event["event"], &event["account"], &event["tone"]), (&json!("restricted"), &json!(INDIA), &json!("bad")));
    assert_eq!(event["after"], json!("INELIGIBLE_INACTIVE_OR_RESTRICTED"));
    assert_eq!(std::fs::read_to_string(&seen).unwrap(), told.out, "the command got what was printed");
    assert_eq!(place.run_with(&sandbox, &["watch", "--once", "--json"]).out, "", "told once");
    let timeline = place.run_with(&sandbox, &["timeline", "--json"]).out;
    let kinds: Vec<Value> = timeline.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["event"].clone()).collect();
    assert!(kinds.contains(&json!("restricted")) && kinds.contains(&json!("quality-down")), "{timeline}");
    let words = place.run_with(&sandbox, &["timeline", "--text", "RED"]).out;
    assert!(words.lines().count() == 1 && words.contains("quality fell") && words.contains("→ red"), "{words}");
}

#[test]
fn results_split_marketing_by_method_and_templates_by_what_became_of_them() {
    let place = Place::new();
    let account = place.run(&["results", INDIA, "--json"]).json();
    let marketing = &account["marketing"];
    let sum = marketing["optimized"].as_u64().unwrap() + marketing["cloud_api"].as_u64().unwrap();
    assert!(sum > 0 && marketing["optimized_percent"].as_u64().unwrap() > 50, "{marketing}");
    assert!(account["volumes"].as_array().unwrap().iter().any(|row| row["category"] == json!("marketing_lite")), "{account}");
    let template = place.run(&["results", INDIA, "--template", "shoe_carousel", "--json"]).json();
    for method in ["optimized", "cloud_api"] {
        let total = &template[method]["total"];
        let count = |name: &str| total[name].as_u64().unwrap();
        assert!(count("sent") >= count("delivered") && count("delivered") >= count("read") && count("read") > 0, "{template}");
    }
    let page = place.run(&["results", INDIA, "--template", "shoe_carousel"]);
    assert!(page.code == 0 && page.out.contains("optimized") && page.out.contains("not delivered"), "{}", page.out);
    let csv = place.run(&["results", INDIA, "--csv"]);
    assert!(csv.out.starts_with("day,category,messages,cost\r\n") && csv.out.lines().count() > 5, "{}", csv.out);
}

#[test]
fn insights_that_are_off_are_not_switched_on_without_a_clear_word() {
    let place = Place::new();
    let missing = place.run(&["results", INDIA, "--template", "no_such_template"]);
    assert!(missing.code == 1 && missing.err.contains("no_such_template"), "{}", missing.err);
    let far = place.run(&["results", INDIA, "--template", "shoe_carousel", "--days", "91"]);
    assert_eq!(far.code, 2, "{}", far.err);
}

#[test]
fn r38_both_exports_are_apart_and_a_file_is_never_overwritten() {
    let place = Place::new();
    let head = "recipient,code,advice,failed_at,not_before,failures,account,template\r\n";
    for reason in ["wait", "never"] {
        assert_eq!(place.run(&["results", "export", reason]).out, head);
    }
    let file = place.dir.path().join("wait.csv");
    let path = file.to_str().unwrap();
    assert_eq!(place.run(&["results", "export", "wait", "--output", path]).code, 0);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), head);
    assert_eq!(place.run(&["results", "export", "wait", "--output", path]).code, 1);
}
