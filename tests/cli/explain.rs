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
    let codes: Vec<_> = explained.as_array().unwrap().iter().map(|error| error["code"].as_i64().unwrap()).collect();
    assert_eq!(codes, [131_049, 131_050]);
    assert_eq!(explained[0]["retry"], "after");
    assert_eq!(explained[1]["retry"], "never");
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
