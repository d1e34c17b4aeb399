//! `wabadeck explain`: offline, of codes and of what was pasted.

use std::{io::Write, process::Stdio};

use super::support::{Place, Ran};

fn piped(place: &Place, arguments: &[&str], input: &str) -> Ran {
    let mut child = place.command(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    Ran {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

#[test]
fn a_code_is_explained_in_both_languages_with_who_acts_and_when_to_try_again() {
    let place = Place::new();
    let english = place.run(&["explain", "131049"]);
    assert_eq!(english.code, 0, "{}", english.err);
    assert!(english.out.contains("24 hours") && english.out.contains("Again: once, after 1 day"), "{}", english.out);
    let french = place.run(&["explain", "131049", "--lang", "fr"]);
    assert!(french.out.contains("24 heures") && french.out.contains("Qui agit"), "{}", french.out);
}

#[test]
fn a_pasted_body_is_explained_from_standard_input_and_as_an_argument() {
    let body = r#"{"error":{"message":"Session has expired","type":"OAuthException","code":190,"error_subcode":463,"fbtrace_id":"Abc"}}"#;
    let place = Place::new();
    let from_input = piped(&place, &["explain", "--json"], body).json();
    assert_eq!((&from_input[0]["code"], &from_input[0]["subcode"]), (&190.into(), &463.into()));
    assert_eq!(from_input[0]["class"], "auth");
    assert_eq!(from_input[0]["fbtrace_id"], "Abc");
    assert_eq!(place.run(&["explain", body, "--json"]).json(), from_input);
    assert_eq!(piped(&place, &["explain", "-", "--json"], body).json(), from_input);
}

#[test]
fn each_error_of_a_webhook_is_explained() {
    let body = r#"{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"statuses":[
        {"id":"wamid.1","status":"failed","errors":[{"code":131049,"title":"x","error_data":{"details":"ecosystem"}}]},
        {"id":"wamid.2","status":"failed","errors":[{"code":131050,"title":"y"}]}]}}]}]}"#;
    let explained = piped(&Place::new(), &["explain", "--json"], body).json();
    let kinds: Vec<_> =
        explained.as_array().unwrap().iter().map(|found| (&found["webhook"], &found["code"], &found["value"])).collect();
    let null = serde_json::Value::Null;
    let expected = [
        (&"messages".into(), &null, &null),
        (&null, &null, &"failed".into()),
        (&null, &131_049.into(), &null),
        (&null, &131_050.into(), &null),
    ];
    assert_eq!(kinds, expected);
    assert_eq!(explained[2]["retry"], "after");
    assert_eq!(explained[3]["retry"], "never");
}

#[test]
fn an_unknown_code_ends_with_1_and_what_holds_no_code_with_2() {
    let place = Place::new();
    let unknown = place.run(&["explain", "987654321", "--json"]);
    assert_eq!((unknown.code, &unknown.json()[0]["certainty"]), (1, &"unknown".into()));
    let nothing = place.run(&["explain", "good", "morning"]);
    assert_eq!((nothing.code, nothing.out.as_str()), (2, ""), "{}", nothing.err);
    let empty = piped(&place, &["explain"], "");
    assert_eq!(empty.code, 2);
}

#[test]
fn hostile_words_of_a_pasted_body_do_not_reach_the_terminal() {
    let body = "{\"error\":{\"code\":100,\"message\":\"\\u001b[2J\\u202eevil\"}}";
    let place = Place::new();
    for arguments in [vec!["explain"], vec!["explain", "--json"]] {
        let ran = piped(&place, &arguments, body);
        assert!(!ran.out.contains(['\u{1b}', '\u{202e}']), "{:?}", ran.out);
    }
}

#[test]
fn a_webhook_without_an_error_is_explained_as_the_event_it_is() {
    let body = r#"{"object":"whatsapp_business_account","entry":[{"id":"77","time":1759795200,"changes":[{"field":"message_template_status_update",
        "value":{"event":"PAUSED","message_template_id":1,"message_template_name":"offer","message_template_language":"en","reason":null,
        "other_info":{"title":"SECOND_PAUSE","description":"paused for 6 hours"}}}]}]}"#;
    let place = Place::new();
    let english = piped(&place, &["explain"], body);
    assert_eq!(english.code, 0, "{}", english.err);
    for words in
        ["message_template_status_update", "account 77", "offer/en · PAUSED · SECOND_PAUSE", "after 6 hours", "Who acts: whoever"]
    {
        assert!(english.out.contains(words), "{words}: {}", english.out);
    }
    let french = piped(&place, &["explain", "--lang", "fr"], body);
    assert!(french.out.contains("compte 77") && french.out.contains("après 6 heures"), "{}", french.out);
    let explained = piped(&place, &["explain", "--json"], body).json();
    assert_eq!((&explained[0]["account"], &explained[0]["events"][0]["after"]), (&"77".into(), &"PAUSED".into()));
    assert_eq!((&explained[2]["kind"], &explained[2]["who"]), (&"template-pause".into(), &"us".into()));
}

#[test]
fn words_of_metas_are_explained_and_a_new_field_ends_with_1() {
    let place = Place::new();
    for word in ["FIRST_PAUSE", "RESTRICTED", "marketing_lite", "TIER_2K", "MM_LITE_TERMS_SIGNED", "429"] {
        let ran = place.run(&["explain", word]);
        assert!(ran.code == 0 && ran.out.contains("Source: "), "{word}: {} {}", ran.out, ran.err);
    }
    let new = piped(&place, &["explain", "--json"], r#"{"field":"brand_new","value":{"a":"b"}}"#);
    assert_eq!((new.code, &new.json()[0]["known"]), (1, &false.into()));
}

#[test]
fn every_example_that_is_at_hand_is_explained() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let beside = root.ancestors().skip(1).take(2).map(|place| place.join("shared/fixtures/graph"));
    let Some(folder) = beside.into_iter().find(|place| place.is_dir()) else {
        eprintln!("skipped: no examples beside {}", root.display());
        return;
    };
    let place = Place::new();
    for kind in ["webhooks", "errors"] {
        for file in std::fs::read_dir(folder.join(kind)).unwrap().flatten() {
            let body = std::fs::read_to_string(file.path()).unwrap();
            let ran = piped(&place, &["explain"], &body);
            assert!(ran.code == 0 && !ran.out.is_empty(), "{}: {}", file.path().display(), ran.err);
        }
    }
}
