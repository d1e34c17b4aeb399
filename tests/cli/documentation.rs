//! The documentation says what the program does: pages are generated, help is there in both languages, JSON is described.

use std::collections::BTreeSet;

use serde_json::Value;

use super::support::Place;

fn page(name: &str) -> String {
    let path = format!("{}/docs/{name}.md", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn the_generated_pages_are_what_the_program_generates() {
    let place = Place::new();
    for name in ["keys", "cli"] {
        let generated = place.run(&["docs", name]);
        assert!(generated.out == page(name), "docs/{name}.md is out of date: run `cargo run -q -- docs {name} > docs/{name}.md`");
    }
}

fn keys(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| keys(item, into)),
        Value::Object(map) => {
            for (key, child) in map {
                into.insert(key.clone());
                keys(child, into);
            }
        }
        _ => {}
    }
}

#[test]
fn every_key_of_the_json_is_described() {
    let place = Place::new();
    let mut found = BTreeSet::new();
    let to = "--account=102290129340398 --to=+919876543210 --json";
    for line in [
        "accounts --json",
        "account 301922475508316 --json",
        "explain 190/463 --json",
        "explain FIRST_PAUSE --json",
        r#"explain {"field":"account_update","value":{"event":"PARTNER_ADDED","waba_info":{"waba_id":"5"}}} --json"#,
        "doctor --json",
        "subscribe --check --json",
        "config --json",
        "profiles --json",
        "upgrade --check --json",
        "upgrade --link 418830561927740 --json",
        "upgrade --wait 418830561927740 --timeout 1 --json",
        "upgrade --invite 418830561927740 --yes --json",
        &format!("preview --template shoe_carousel {to}"),
        &format!("preview --template flash_sale_two_hours {to} --cloud-api"),
        &format!("send --dry-run --template hello_world {to}"),
        &format!("send --yes --template hello_world {to}"),
    ] {
        let mut value = place.run(&line.split(' ').collect::<Vec<_>>()).json();
        // What the facts of a line are depends on what was found.
        value.get_mut("lines").and_then(Value::as_array_mut).into_iter().flatten().for_each(|line| line["facts"] = Value::Null);
        if line.contains("dry-run") {
            // What stands inside is Meta's own.
            value["body"] = Value::Null;
            value["headers"] = Value::Null;
        }
        keys(&value, &mut found);
    }
    assert!(found.len() > 100, "only {} keys were found", found.len());
    let page = page("cli");
    let missing: Vec<_> = found.iter().filter(|key| !page.contains(&format!("`{key}`"))).collect();
    assert_eq!(missing, Vec::<&String>::new());
}

#[test]
fn help_names_the_exit_codes_in_both_languages() {
    let place = Place::new();
    let english = place.run(&["--help"]);
    assert_eq!((english.code, english.err.as_str()), (0, ""));
    for line in ["Exit codes", "  3  not signed in", "  4  outcome unknown", "  5  refused by the rules"] {
        assert!(english.out.contains(line), "{line} is missing:\n{}", english.out);
    }
    let french = place.run(&["--help", "--lang", "fr"]);
    for line in ["Utilisation :", "Commandes", "  4  issue inconnue", "Lister tous les comptes"] {
        assert!(french.out.contains(line), "{line} is missing:\n{}", french.out);
    }
    let german = place.run(&["accounts", "--help", "--lang", "de"]);
    assert!(german.out.contains("Usage: wabadeck accounts"), "a language that is not spoken falls back:\n{}", german.out);
}

#[test]
fn there_are_completions_for_every_shell() {
    let place = Place::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = place.run(&["completions", shell]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(ran.out.contains("accounts") && ran.out.contains("explain"), "{shell}");
    }
}

#[test]
fn the_commented_default_can_be_used_as_it_is() {
    let place = Place::new();
    let default = place.run(&["config", "--default"]).out;
    place.configure(&default);
    let ran = place.run(&["config"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(ran.out.contains("config.toml (there)"), "{}", ran.out);
}
