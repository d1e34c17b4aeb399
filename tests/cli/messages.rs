//! `wabadeck preview` and `wabadeck send`.

use serde_json::{Value, json};

use super::support::{Place, Ran, Sandbox};

const INDIA: &str = "102290129340398";
const FRANCE: &str = "201573948812067";

/// A message that is whole: an onboarded account, an approved marketing template, its values.
const WHOLE: [&str; 12] = [
    "--to",
    "+91 98765 43210",
    "--account",
    INDIA,
    "--template",
    "seasonal_offer",
    "--var",
    "1=Asha",
    "--var",
    "2=Diwali",
    "--var",
    "3=20 %",
];

fn with<'a>(first: &[&'a str], more: &[&'a str]) -> Vec<&'a str> {
    first.iter().chain(more).copied().collect()
}

fn preview(place: &Place, sandbox: &Sandbox, more: &[&str]) -> Value {
    let ran = place.run_with(sandbox, &with(&["preview", "--json"], more));
    assert_eq!(ran.code, 0, "{}", ran.err);
    ran.json()
}

fn reasons(value: &Value) -> Vec<&str> {
    value["forecast"]["reasons"].as_array().unwrap().iter().map(|reason| reason["reason"].as_str().unwrap()).collect()
}

#[test]
fn r35_the_preview_shows_values_and_marks_missing_ones() {
    let place = Place::new();
    let ran = place.run(&with(&["preview"], &WHOLE));
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("Asha"), "{}", ran.out);
    assert!(ran.out.contains("Diwali") && !ran.out.contains('\u{1b}'), "{}", ran.out);
    let missing = place.run(&["preview", "--account", INDIA, "--template", "seasonal_offer"]);
    assert!(missing.out.contains("{{1}}"), "{}", missing.out);
    assert!(missing.out.contains("--var body.1=…"), "{}", missing.out);
    let widest = |ran: &Ran| ran.out.lines().map(|line| line.chars().count()).max().unwrap();
    let narrow = place.run(&with(&["preview", "--width", "30"], &WHOLE));
    let bubble = |ran: &Ran| ran.out.lines().filter(|line| line.contains('│')).map(|line| line.chars().count()).max().unwrap();
    assert!(bubble(&narrow) <= 30 && widest(&ran) > 30, "{}", narrow.out);
}

#[test]
fn r33_each_route_is_foretold_with_its_reason() {
    let sandbox = Sandbox::start(&[]);
    let place = Place::new();
    let optimized = preview(&place, &sandbox, &WHOLE);
    assert_eq!((&optimized["forecast"]["route"], reasons(&optimized)), (&json!("optimized"), vec!["onboarded"]));
    let by_choice = preview(&place, &sandbox, &with(&WHOLE, &["--cloud-api"]));
    assert_eq!((&by_choice["forecast"]["route"], reasons(&by_choice)), (&json!("cloud_api"), vec!["not_selected"]));
    assert_eq!(by_choice["forecast"]["lost"][0]["lost"], "time_to_live", "{by_choice}");
    let falls_back = ["--account", FRANCE, "--template", "seasonal_offer", "--optimized"];
    let fallback = preview(&place, &sandbox, &falls_back);
    assert_eq!((&fallback["forecast"]["route"], reasons(&fallback)), (&json!("fallback"), vec!["not_onboarded"]));
    let strict = preview(&place, &sandbox, &with(&falls_back, &["--strict"]));
    assert_eq!(strict["forecast"]["route"], "refused", "{strict}");
    assert!(reasons(&strict).contains(&"strict_without_onboarding"), "{strict}");
}

#[test]
fn r31_the_box_is_checked_exactly_where_the_account_is_on() {
    let sandbox = Sandbox::start(&[]);
    let place = Place::new();
    assert_eq!(preview(&place, &sandbox, &WHOLE)["delivery"]["checked"], true);
    let not_on = preview(&place, &sandbox, &["--account", FRANCE, "--template", "seasonal_offer"]);
    assert_eq!(not_on["delivery"]["checked"], false);
}

#[test]
fn r30_a_utility_template_has_no_choice_and_goes_through_cloud_api() {
    let sandbox = Sandbox::start(&[]);
    let place = Place::new();
    let utility = preview(&place, &sandbox, &["--account", INDIA, "--template", "hello_world", "--optimized"]);
    assert_eq!(
        utility["delivery"],
        json!({ "offered": false, "checked": null, "requested": "cloud_api", "product_policy": null })
    );
    assert_eq!(reasons(&utility), ["not_marketing"]);
}

#[test]
fn r6_a_recipient_in_the_united_states_gets_no_marketing() {
    let sandbox = Sandbox::start(&[]);
    let arguments = ["--account", INDIA, "--template", "seasonal_offer", "--to", "+1 415 555 0100"];
    let value = preview(&Place::new(), &sandbox, &arguments);
    assert_eq!((&value["can_send"], reasons(&value)[0]), (&json!(false), "recipient_not_deliverable"));
}

#[test]
fn r34_a_dry_run_shows_the_exact_request_with_its_policy_and_without_the_token() {
    let sandbox = Sandbox::start(&["--token", "EAAB-do-not-show-me"]);
    let place = Place::new();
    let arguments = with(&["send", "--dry-run"], &WHOLE);
    let json = place.run_with(&sandbox, &with(&arguments, &["--json"])).json();
    assert_eq!(json["method"], "POST");
    assert_eq!(json["url"], format!("{}/v26.0/106540352242922/marketing_messages", sandbox.url));
    assert_eq!(json["body"]["product_policy"], "CLOUD_API_FALLBACK");
    assert_eq!(json["body"]["to"], "919876543210");
    assert_eq!(json["body"]["template"]["components"][0]["parameters"][0]["text"], "Asha");
    assert_eq!(json["outcome"], "not_sent");
    let strict = place.run_with(&sandbox, &with(&arguments, &["--json", "--strict"])).json();
    assert_eq!(strict["body"]["product_policy"], "STRICT");
    let cloud = place.run_with(&sandbox, &with(&arguments, &["--json", "--cloud-api"])).json();
    assert!(cloud["url"].as_str().unwrap().ends_with("/messages") && cloud["body"]["product_policy"].is_null(), "{cloud}");
    for more in [&["--json"][..], &["--curl"], &[]] {
        let ran = place.run_with(&sandbox, &with(&arguments, more));
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(!ran.out.contains("EAAB") && !ran.err.contains("EAAB"), "{more:?}: {}", ran.out);
        assert!(ran.out.contains("[redacted]") || ran.out.contains("$WABADECK_TOKEN"), "{more:?}: {}", ran.out);
    }
}

#[test]
fn nothing_is_sent_without_being_told_so() {
    let ran = Place::new().run(&with(&["send"], &WHOLE));
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("--yes") && ran.err.contains("--dry-run"), "{}", ran.err);
}

#[test]
fn r36_requested_and_actual_path_stand_side_by_side_once_a_report_tells() {
    let sandbox = Sandbox::start(&["--webhook-delay", "1"]);
    let place = Place::new();
    let told = place.run_with(&sandbox, &with(&["send", "--yes", "--json", "--wait", "30"], &WHOLE));
    assert_eq!(told.code, 0, "{}", told.err);
    let told = told.json();
    assert_eq!(
        (&told["outcome"], &told["requested"], &told["actual"]),
        (&json!("accepted"), &json!("optimized"), &json!("optimized"))
    );
    let not_waited = place.run_with(&sandbox, &with(&["send", "--yes"], &WHOLE));
    assert_eq!(not_waited.code, 0, "{}", not_waited.err);
    assert!(not_waited.out.contains("wamid.") && not_waited.out.contains("actual path: not yet known"), "{}", not_waited.out);
}

#[test]
fn r37_an_unknown_outcome_ends_with_4_and_is_not_sent_again() {
    // The fault strikes once: were the message sent again, it would be accepted.
    let sandbox = Sandbox::start(&["--fault", "reset,path=marketing_messages,count=1"]);
    let place = Place::new();
    let unknown = place.run_with(&sandbox, &with(&["send", "--yes", "--json"], &WHOLE));
    assert_eq!(unknown.code, 4, "{}", unknown.err);
    assert_eq!(unknown.json()["outcome"], "unknown");
    assert!(unknown.err.contains("not sent again"), "{}", unknown.err);
    let by_hand = place.run_with(&sandbox, &with(&["send", "--yes", "--json"], &WHOLE));
    assert_eq!((by_hand.code, &by_hand.json()["outcome"]), (0, &json!("accepted")));
}

#[test]
fn what_meta_refuses_ends_with_1_and_a_refused_token_with_3() {
    let place = Place::new();
    for (fault, code) in [("code=131049,path=marketing_messages", 1), ("token,path=marketing_messages", 3)] {
        let sandbox = Sandbox::start(&["--fault", fault]);
        let ran = place.run_with(&sandbox, &with(&["send", "--yes", "--json"], &WHOLE));
        assert_eq!((ran.code, &ran.json()["outcome"]), (code, &json!("refused")), "{fault}: {}", ran.err);
    }
}

#[test]
fn what_cannot_be_sent_ends_with_5_and_every_reason() {
    let place = Place::new();
    let missing = place.run(&["send", "--yes", "--account", INDIA, "--template", "seasonal_offer", "--to", "+919876543210"]);
    assert_eq!((missing.code, missing.out.as_str()), (5, ""));
    assert!(missing.err.contains("body.1"), "{}", missing.err);
    let nobody = place.run(&["send", "--dry-run", "--account", INDIA, "--template", "hello_world"]);
    assert_eq!(nobody.code, 5);
    assert!(nobody.err.contains("--to"), "{}", nobody.err);
    let deleted =
        place.run(&["send", "--yes", "--account", INDIA, "--template", "diwali_2023", "--to", "+919876543210", "--json"]);
    assert_eq!(deleted.code, 5);
    assert_eq!(reasons(&deleted.json())[0], "template_not_sendable");
}

#[test]
fn what_was_named_wrongly_is_said_with_what_there_is() {
    let place = Place::new();
    for (arguments, code, said) in [
        (vec!["--template", "hello_world"], 2, "--account"),
        (vec!["--account", INDIA, "--template", "nope"], 1, "hello_world"),
        (vec!["--account", INDIA, "--template", "autumn_collection"], 2, "en_US"),
        (vec!["--account", INDIA, "--template", "hello_world", "--number", "1"], 2, "106540352242922"),
        (vec!["--account", INDIA, "--template", "seasonal_offer", "--var", "7=x"], 2, "body.1"),
        (vec!["--account", INDIA, "--template", "hello_world", "--var", "x"], 2, "NAME=VALUE"),
        (vec!["--account", INDIA, "--template", "hello_world", "--to", "0171 1234567"], 2, "country code"),
    ] {
        let ran = place.run(&with(&["preview"], &arguments));
        assert_eq!((ran.code, ran.out.as_str()), (code, ""), "{arguments:?}: {}", ran.err);
        assert!(ran.err.contains(said), "{arguments:?}: {}", ran.err);
    }
}

#[test]
fn an_account_may_be_named_or_found_by_its_number() {
    let place = Place::new();
    for chosen in [["--account", "cedar & tide india"], ["--number", "+91 20 6906 4417"], ["--number", "106540352242947"]] {
        let ran = place.run(&with(&["preview", "--template", "hello_world", "--json"], &chosen));
        assert_eq!(ran.code, 0, "{chosen:?}: {}", ran.err);
        assert_eq!(ran.json()["account"]["id"], INDIA, "{chosen:?}");
    }
}

#[test]
fn r35_every_card_of_a_carousel_is_shown() {
    let place = Place::new();
    for width in ["30", "60", "120"] {
        let arguments = ["preview", "--account", INDIA, "--template", "shoe_carousel", "--examples", "--width", width];
        let ran = place.run(&arguments);
        assert_eq!(ran.code, 0, "{}", ran.err);
        for words in ["Monsoon boots", "Trail runners", "House slippers"] {
            assert_eq!(ran.out.matches(words).count(), 1, "{words} at {width}:\n{}", ran.out);
        }
    }
}

#[test]
fn a_template_of_a_file_is_shown_without_any_account() {
    let place = Place::new();
    let file = place.dir.path().join("offer.json").to_str().unwrap().to_owned();
    let template = r#"{"name":"offer","language":"en","category":"MARKETING","components":[
        {"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::abc"]}},
        {"type":"BODY","text":"Hi {{1}}, *today* only","example":{"body_text":[["Ana"]]}},
        {"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"No"},{"type":"URL","text":"Shop","url":"https://x.test/{{1}}"}]}]}"#;
    std::fs::write(&file, template).unwrap();
    let shown = place.run(&["preview", "--template-file", &file, "--examples"]);
    assert_eq!(shown.code, 0, "{}", shown.err);
    for part in ["offer/en · Marketing", "Hi Ana, today only", "▣ Image", "↩ No", "--var button2:url=…"] {
        assert!(shown.out.contains(part), "{part} in\n{}", shown.out);
    }
    assert!(shown.err.is_empty(), "no sandbox is spoken of, for none was asked: {}", shown.err);
    let desktop = place.run(&["preview", "--template-file", &file, "--desktop"]);
    assert!(desktop.out.contains("on a desktop does not show") && !desktop.out.contains("Hi "), "{}", desktop.out);
    let json = place.run(&["preview", "--template-file", &file, "--var", "1=Zoë", "--json"]).json();
    assert_eq!(json["templates"][0]["message"]["body"], "Hi Zoë, *today* only");
    for (text, said) in [("{", "not JSON"), ("{}", "No template is in")] {
        std::fs::write(&file, text).unwrap();
        let ran = place.run(&["preview", "--template-file", &file]);
        assert!(ran.code == 2 && ran.err.contains(said), "{} {}", ran.code, ran.err);
    }
    assert!(place.run(&["preview"]).err.contains("--template-file"), "without a template it says how to name one");
}

fn checks(value: &Value) -> std::collections::BTreeMap<String, String> {
    let named = |check: &Value| (check["check"].as_str().unwrap().to_owned(), check["state"].as_str().unwrap().to_owned());
    value["preflight"].as_array().unwrap().iter().map(named).collect()
}

#[test]
fn every_check_before_sending_is_told_in_words_and_in_json() {
    let sandbox = Sandbox::start(&[]);
    let place = Place::new();
    let whole = preview(&place, &sandbox, &WHOLE);
    let checks_of_whole = checks(&whole);
    assert_eq!(checks_of_whole.len(), 12, "{whole}");
    assert!(checks_of_whole.values().all(|state| state != "bad"), "{checks_of_whole:?}");
    assert_eq!(checks_of_whole["permission"], "good", "the token's scopes are known");
    let to_us = preview(&place, &sandbox, &["--account", INDIA, "--template", "seasonal_offer", "--to", "+1 415 555 0100"]);
    let states = checks(&to_us);
    assert_eq!((states["recipients"].as_str(), states["values"].as_str()), ("bad", "bad"), "{to_us}");
    assert_eq!(
        to_us["recipients"][0]["region"],
        json!({ "country": "US", "effect": "not_deliverable", "may_be_united_states": false })
    );
    let text = place.run_with(&sandbox, &["preview", "--account", INDIA, "--template", "diwali_2023"]);
    assert!(text.out.contains("Before sending") && text.out.contains("\u{2715} Template"), "{}", text.out);
    assert!(text.out.contains("\u{2192} Choose an approved template."), "{}", text.out);
}

#[test]
fn r37_a_few_recipients_are_written_to_in_turn_and_the_worst_outcome_decides() {
    let sandbox = Sandbox::start(&["--fault", "reset,path=marketing_messages,count=1"]);
    let place = Place::new();
    let list = place.dir.path().join("people.txt");
    std::fs::write(&list, "# friends\n+49 170 1234567\n\n+55 11 98765-4321 # Ana\n").unwrap();
    let arguments = with(&["send", "--yes", "--json", "--recipients", list.to_str().unwrap()], &WHOLE);
    let ran = place.run_with(&sandbox, &arguments);
    assert_eq!(ran.code, 4, "{}", ran.err);
    let value = ran.json();
    let sends: Vec<(&str, &str)> = value["sends"]
        .as_array()
        .unwrap()
        .iter()
        .map(|send| (send["to"].as_str().unwrap(), send["outcome"].as_str().unwrap()))
        .collect();
    assert_eq!(sends, [("+91 98765 43210", "unknown"), ("+49 170 1234567", "accepted"), ("+55 11 98765-4321", "accepted")]);
    let dry = place.run_with(&sandbox, &with(&["send", "--dry-run", "--json", "--to", "+4915112345678"], &WHOLE)).json();
    assert_eq!(dry["requests"].as_array().unwrap().len(), 2, "{dry}");
    let one_in_us = with(&["send", "--yes", "--to", "+1 415 555 0100"], &WHOLE);
    assert_eq!(place.run_with(&sandbox, &one_in_us).code, 5, "one who cannot get it keeps all from being sent");
}

#[test]
fn a_draft_from_a_file_is_previewed_and_options_go_before_it() {
    let sandbox = Sandbox::start(&[]);
    let place = Place::new();
    let file = place.dir.path().join("spring.json");
    let draft = json!({
        "wabadeck_draft": 1, "account": { "id": INDIA, "name": "x" }, "template": { "name": "seasonal_offer", "language": "en_US" },
        "values": { "body.1": "Asha", "body.2": "Diwali", "body.3": "20 %" },
        "delivery": { "never_fall_back": true, "activity_sharing": false }, "recipients": ["+91 98765 43210"],
    });
    std::fs::write(&file, draft.to_string()).unwrap();
    let arguments = ["--draft", file.to_str().unwrap()];
    let told = preview(&place, &sandbox, &arguments);
    assert_eq!((&told["can_send"], &told["delivery"]["product_policy"]), (&json!(true), &json!("STRICT")), "{told}");
    let dry = place.run_with(&sandbox, &with(&["send", "--dry-run", "--json", "--var", "1=Zoe"], &arguments)).json();
    assert_eq!(dry["body"]["template"]["components"][0]["parameters"][0]["text"], "Zoe");
    assert_eq!((&dry["body"]["message_activity_sharing"], &dry["body"]["to"]), (&json!(false), &json!("919876543210")));
    assert_eq!(place.run_with(&sandbox, &with(&["send"], &arguments)).code, 2, "a draft alone sends nothing");
    for hostile in ["", "[]", "{\"wabadeck_draft\":9}", "{\"wabadeck_draft\":1,\"account\":{\"id\":\"\u{1b}[31m\"}}"] {
        std::fs::write(&file, hostile).unwrap();
        let ran = place.run_with(&sandbox, &with(&["preview"], &arguments));
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{hostile}: {}", ran.err);
        assert!(!ran.err.contains('\u{1b}') && ran.err.contains("draft"), "{}", ran.err);
    }
    assert_eq!(place.run(&["preview", "--draft", "/nonexistent.json"]).code, 2);
}

#[test]
fn r30_a_draft_without_a_template_is_previewed_and_not_sent_by_this_command() {
    let sandbox = Sandbox::start(&[]);
    let place = Place::new();
    let file = place.dir.path().join("answer.json");
    let draft = json!({
        "wabadeck_draft": 2, "account": { "id": INDIA }, "recipients": ["+91 98765 43210"],
        "message": { "kind": "quick_replies", "body": "Is *this* the one?\nTell us.", "replies": ["Yes", "No, another one please"] },
    });
    std::fs::write(&file, draft.to_string()).unwrap();
    let arguments = ["--draft", file.to_str().unwrap()];
    let told = preview(&place, &sandbox, &arguments);
    assert_eq!((&told["delivery"]["offered"], &told["forecast"]["route"]), (&json!(false), &json!("cloud_api")), "{told}");
    assert_eq!(
        (&told["can_send"], told["problems"].as_array().unwrap().len()),
        (&json!(false), 1),
        "the label is too long: {told}"
    );
    let ran = place.run_with(&sandbox, &with(&["preview"], &arguments));
    assert!(ran.code == 0 && ran.out.contains("Is this the one?") && ran.out.contains("↩ Yes"), "{} {}", ran.out, ran.err);
    assert!(ran.out.contains("131047"), "that it needs an open window is said: {}", ran.out);
    let sent = place.run_with(&sandbox, &with(&["send", "--yes"], &arguments));
    assert!(sent.code == 2 && sent.err.contains("sent from the composer"), "{}", sent.err);
}

#[test]
fn pictures_are_drawn_only_where_asked_and_only_in_colours() {
    let sandbox = Sandbox::start(&[]);
    let place = Place::new();
    let carousel = ["preview", "--account", INDIA, "--template", "shoe_carousel", "--examples"];
    let plain = place.run_with(&sandbox, &carousel);
    assert!(!plain.out.contains("600×314") && !plain.out.contains('▀'), "{}", plain.out);
    let measured = place.run_with(&sandbox, &with(&carousel, &["--pictures"]));
    assert!(measured.out.contains("shoe-1.png") && measured.out.contains("600×314"), "{}", measured.out);
    assert_eq!(place.run_with(&sandbox, &with(&carousel, &["--pictures", "--json"])).code, 2);
}
