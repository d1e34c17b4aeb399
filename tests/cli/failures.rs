//! What goes wrong: exit codes, one sentence on standard error, and never the token.

use super::support::{Place, Sandbox, ran};

#[test]
fn a_refused_token_ends_with_3_and_one_sentence() {
    let sandbox = Sandbox::start(&[]);
    let secret = "EAAB-not-the-right-one";
    let ran = ran(Place::new().command(&["accounts"]).env("WABADECK_GRAPH_URL", &sandbox.url).env("WABADECK_TOKEN", secret));
    assert_eq!(ran.code, 3, "{}", ran.err);
    assert_eq!(ran.out, "");
    assert!(ran.err.contains("190") && !ran.err.contains(secret) && !ran.err.contains("backtrace"), "{}", ran.err);
}

#[test]
fn an_address_without_a_token_ends_with_3() {
    let ran = Place::new().run(&["accounts", "--graph-url", "https://graph.example"]);
    assert_eq!(ran.code, 3, "{}", ran.err);
    assert!(ran.err.contains("WABADECK_TOKEN"), "{}", ran.err);
}

#[test]
fn nobody_listening_ends_with_1() {
    let ran = ran(Place::new()
        .command(&["accounts"])
        .env("WABADECK_GRAPH_URL", "http://127.0.0.1:9")
        .env("WABADECK_TOKEN", "EAAB-secret"));
    assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{}", ran.err);
    assert!(!ran.err.contains("EAAB-secret"), "{}", ran.err);
}

#[test]
fn an_account_that_is_not_there_ends_with_1() {
    let place = Place::new();
    for wanted in ["1", "No Such Account"] {
        let ran = place.run(&["account", wanted]);
        assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{wanted}: {}", ran.err);
    }
}

#[test]
fn wrong_usage_ends_with_2() {
    let place = Place::new();
    for arguments in [
        vec!["accounts", "--nonsense"],
        vec!["accounts", "--sort", "colour"],
        vec!["accounts", "--status", "purple"],
        vec!["accounts", "--graph-url", "not an address"],
        vec!["account"],
        vec!["nonsense"],
    ] {
        let ran = place.run(&arguments);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{arguments:?}: {}", ran.err);
        assert!(!ran.err.is_empty());
    }
}

#[test]
fn a_broken_configuration_stops_only_those_who_need_it() {
    let place = Place::new();
    place.configure("graph_url = \n");
    for arguments in [vec!["accounts"], vec!["config"]] {
        let ran = place.run(&arguments);
        assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.err);
        assert!(ran.err.contains("config.toml line 1"), "{}", ran.err);
        assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    }
    assert!(place.run(&["config"]).out.contains("config.toml"), "whoever looks for the file is told where it is");
    for arguments in [vec!["explain", "190"], vec!["completions", "bash"], vec!["docs", "keys"], vec!["config", "--default"]] {
        let ran = place.run(&arguments);
        assert_eq!(ran.code, 0, "{arguments:?}: {}", ran.err);
        assert!(!ran.out.is_empty());
    }
}

#[test]
fn no_output_ever_holds_the_token() {
    let sandbox = Sandbox::start(&["--token", "EAAB-do-not-show-me"]);
    let place = Place::new();
    for arguments in [
        vec!["accounts"],
        vec!["accounts", "--json", "--log-level", "trace"],
        vec!["account", "102290129340398", "--json"],
        vec!["config"],
        vec!["config", "--json"],
    ] {
        let ran = place.run_with(&sandbox, &arguments);
        assert_eq!(ran.code, 0, "{arguments:?}: {}", ran.err);
        assert!(!ran.out.contains("EAAB-do") && !ran.err.contains("EAAB-do"), "{arguments:?}");
    }
    let log = std::fs::read_to_string(place.dir.path().join("state/wabadeck/wabadeck.log")).unwrap();
    assert!(!log.is_empty() && !log.contains("EAAB-do"), "{log}");
}

#[test]
fn the_dashboard_without_a_terminal_says_so_in_one_sentence() {
    let ran = Place::new().run(&[]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{}", ran.err);
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
}
