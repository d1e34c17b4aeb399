//! Signing in and out with the real binary: what is kept where, what is refused, and that the token shows nowhere.

use std::{
    io::{Read, Write},
    path::Path,
    process::{Command, Stdio},
};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

use super::support::{Place, Ran, Sandbox};

const APP_SECRET_LINE: &str = "5f1e0d0c0b0a09080706050403020100";

/// Runs a command with these lines piped in, and secrets kept in a file.
fn piped(command: &mut Command, lines: &str) -> Ran {
    let command = command.env("WABADECK_SECRET_STORE", "file").env("WABADECK_LOG", "trace");
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A program that needs no input may have ended before it was given any.
    let _ = child.stdin.take().unwrap().write_all(lines.as_bytes());
    let output = child.wait_with_output().unwrap();
    Ran {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn signed_in(place: &Place, sandbox: &Sandbox) -> Ran {
    piped(&mut place.command(&["login", "--profile", "work", "--graph-url", &sandbox.url]), &format!("{}\n", sandbox.token))
}

/// Every file below a folder with what is in it.
fn files(folder: &Path, into: &mut Vec<(String, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, into);
        } else {
            into.push((path.display().to_string(), std::fs::read(&path).unwrap()));
        }
    }
}

fn holds(bytes: &[u8], secret: &str) -> bool {
    bytes.windows(secret.len()).any(|window| window == secret.as_bytes())
}

#[test]
fn a_token_is_checked_kept_used_and_forgotten() {
    let (place, sandbox) = (Place::new(), Sandbox::start(&[]));
    let login = signed_in(&place, &sandbox);
    assert_eq!(login.code, 0, "{}{}", login.out, login.err);
    for words in
        ["The token works: system user token", "It never expires", "business_management", "private file", "not encrypted"]
    {
        assert!(login.out.contains(words), "{words}: {}", login.out);
    }
    let accounts = piped(&mut place.command(&["accounts", "--profile", "work", "--json"]), "");
    assert_eq!(accounts.code, 0, "{}", accounts.err);
    assert!(accounts.json().as_array().unwrap().len() >= 12);

    let profiles = piped(&mut place.command(&["profiles", "--json"]), "");
    let listed = profiles.json();
    let work = listed.as_array().unwrap().iter().find(|profile| profile["name"] == "work").unwrap();
    assert_eq!((work["host"].as_str(), work["token_from"].as_str()), (Some("127.0.0.1"), Some("file")));
    assert!(piped(&mut place.command(&["profiles"]), "").out.contains("private file"));

    let logout = piped(&mut place.command(&["logout", "--profile", "work"]), "");
    assert_eq!(logout.code, 0, "{}", logout.err);
    assert!(logout.out.contains("private file"), "{}", logout.out);
    let after = piped(&mut place.command(&["accounts", "--profile", "work"]), "");
    assert_eq!(after.code, 2, "{}", after.err);
    assert!(after.err.contains("There is no profile"), "{}", after.err);
}

#[test]
fn a_refused_token_ends_with_3_and_is_not_kept() {
    let (place, sandbox) = (Place::new(), Sandbox::start(&[]));
    let ran = piped(&mut place.command(&["login", "--graph-url", &sandbox.url]), "EAAB-wrong-token\n");
    assert_eq!((ran.code, ran.out.as_str()), (3, ""), "{}", ran.err);
    assert!(ran.err.contains("190") && ran.err.contains("Nothing was kept"), "{}", ran.err);
    assert!(!ran.err.contains("EAAB-wrong-token"));
    let mut found = Vec::new();
    files(place.dir.path(), &mut found);
    assert!(found.iter().all(|(_, bytes)| !holds(bytes, "EAAB-wrong-token")));
}

#[test]
fn nothing_given_is_nothing_kept_and_an_argument_is_no_token() {
    let place = Place::new();
    let ran = piped(&mut place.command(&["login", "--graph-url", "http://127.0.0.1:9"]), "\n");
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert_eq!(piped(&mut place.command(&["login", "EAAB-token"]), "").code, 2);
    let ran = piped(&mut place.command(&["login", "--sandbox"]), "EAAB-token\n");
    assert_eq!(ran.code, 2, "{}", ran.err);
}

#[test]
fn without_a_check_it_is_kept_and_said_so() {
    let place = Place::new();
    let ran = piped(&mut place.command(&["login", "--no-check", "--graph-url", "http://127.0.0.1:9"]), "EAAB-unchecked\n");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("was not checked"), "{}", ran.out);
    assert!(!ran.out.contains("EAAB-unchecked"));
}

#[test]
fn a_kept_token_is_not_sent_elsewhere() {
    let (place, sandbox) = (Place::new(), Sandbox::start(&[]));
    signed_in(&place, &sandbox);
    let ran = piped(&mut place.command(&["accounts", "--profile", "work", "--graph-url", "http://127.0.0.1:9"]), "");
    assert_eq!(ran.code, 3, "{}", ran.err);
    assert!(ran.err.contains("is not shown to http://127.0.0.1:9"), "{}", ran.err);
}

#[test]
fn plain_http_to_another_machine_is_refused_unless_said_in_so_many_words() {
    let place = Place::new();
    let arguments = ["login", "--graph-url", "http://graph.invalid"];
    let ran = piped(&mut place.command(&arguments), "EAAB-token\n");
    assert!(ran.code == 1 && ran.err.contains("allow_plain_http"), "{}", ran.err);
    place.configure("allow_plain_http = true\n");
    let ran = piped(&mut place.command(&arguments), "EAAB-token\n");
    assert!(ran.code == 1 && !ran.err.contains("allow_plain_http"), "it went on to the network: {}", ran.err);
}

#[test]
fn the_token_and_the_app_secret_show_nowhere_but_in_their_files() {
    let (place, sandbox) = (Place::new(), Sandbox::start(&["--token", "EAABsecretTokenOfThisTest"]));
    let token = sandbox.token.clone();
    let mut said = String::new();
    let mut note = |ran: Ran| said.push_str(&format!("{}{}", ran.out, ran.err));
    note(signed_in(&place, &sandbox));
    let with_secret = format!("{token}\n{APP_SECRET_LINE}\n");
    let no_check = ["login", "--profile", "signed", "--app-secret", "--no-check", "--graph-url", &sandbox.url];
    note(piped(&mut place.command(&no_check), &with_secret));
    for profile in ["work", "signed"] {
        for arguments in [
            &["accounts", "--profile", profile][..],
            &["accounts", "--json", "--profile", profile],
            &["config", "--json", "--profile", profile],
            &["profiles", "--json", "--profile", profile],
            &["doctor", "--profile", profile],
            &["doctor", "--json", "--profile", profile],
            &["accounts", "--graph-url", "http://127.0.0.1:9", "--profile", profile],
        ] {
            note(piped(&mut place.command(arguments), ""));
        }
    }
    assert!(said.contains("private file") && said.contains("blind_spots"), "the runs must have said something");
    let mut found = Vec::new();
    files(place.dir.path(), &mut found);
    assert!(found.iter().any(|(name, _)| name.ends_with("wabadeck.log")), "the log was written");
    for secret in [token.as_str(), APP_SECRET_LINE] {
        assert!(!said.contains(secret));
        let holders: Vec<_> = found.iter().filter(|(_, bytes)| holds(bytes, secret)).map(|(name, _)| name).collect();
        let own = |name: &str| name.ends_with("profile-work.token") || name.contains("/profile-signed.");
        assert!(!holders.is_empty() && holders.iter().all(|name| own(name)), "{holders:?}");
    }
}

#[test]
fn the_doctor_looks_at_the_sandbox_when_nothing_is_configured() {
    let place = Place::new();
    let ran = piped(&mut place.command(&["doctor"]), "");
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    for words in [
        "Nothing is configured",
        "✓ ok       Token",
        "All that are needed",
        "The token works; it is accounts that Meta restricts.",
    ] {
        assert!(ran.out.contains(words), "{words}: {}", ran.out);
    }
    let json = piped(&mut place.command(&["doctor", "--json"]), "").json();
    assert_eq!((json["embedded_sandbox"].as_bool(), json["verdict"].as_str()), (Some(true), Some("accounts")));
    let french = piped(&mut place.command(&["doctor", "--lang", "fr"]), "");
    assert!(french.out.contains("bac à sable intégré"), "{}", french.out);
}

#[test]
fn the_doctor_ends_with_the_code_of_what_is_broken() {
    let (place, sandbox) = (Place::new(), Sandbox::start(&[]));
    let mut refused = place.command(&["doctor"]);
    refused.env("WABADECK_GRAPH_URL", &sandbox.url).env("WABADECK_TOKEN", "EAAB-wrong");
    let ran = piped(&mut refused, "");
    assert!(ran.code == 3 && ran.out.contains("The token is broken"), "{}", ran.out);
    assert!(!ran.out.contains("EAAB-wrong"));
    let mut nobody = place.command(&["doctor"]);
    nobody.env("WABADECK_GRAPH_URL", "http://127.0.0.1:9").env("WABADECK_TOKEN", "EAAB-wrong");
    assert_eq!(piped(&mut nobody, "").code, 1);
    place.configure("refresh_seconds = \"often\"\n");
    assert_eq!(piped(&mut place.command(&["doctor"]), "").code, 2);
}

/// Signs in inside a terminal, types something at the prompt, and then asks the terminal whether it shows what is typed.
fn typed(place: &Place, url: &str, typed: &[u8]) -> String {
    let pair = native_pty_system().openpty(PtySize { rows: 40, cols: 160, pixel_width: 0, pixel_height: 0 }).unwrap();
    let mut command = CommandBuilder::new("sh");
    let script = "trap : INT; \"$PROGRAM\" login --graph-url \"$URL\"; echo code=$?; stty -a";
    command.args(["-c", script]);
    command.env_clear();
    command.env("PATH", std::env::var("PATH").unwrap());
    command.env("PROGRAM", env!("CARGO_BIN_EXE_wabadeck"));
    command.env("URL", url);
    command.env("HOME", place.dir.path());
    command.env("WABADECK_SECRET_STORE", "file");
    command.env("LANG", "C.UTF-8");
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let (mut reader, mut writer) = (pair.master.try_clone_reader().unwrap(), pair.master.take_writer().unwrap());
    let mut shown = Vec::new();
    let mut buffer = [0; 4096];
    let mut answered = false;
    // The end of a terminal is an error on some systems.
    while let Ok(count @ 1..) = reader.read(&mut buffer) {
        shown.extend_from_slice(&buffer[..count]);
        if !answered && holds(&shown, "(not shown):") {
            answered = true;
            writer.write_all(typed).unwrap();
        }
    }
    child.wait().unwrap();
    assert!(answered, "{}", String::from_utf8_lossy(&shown));
    String::from_utf8_lossy(&shown).into_owned()
}

fn echo_is_on(shown: &str) -> bool {
    shown.split([' ', ';', '\n', '\r']).any(|word| word == "echo")
}

#[test]
fn a_typed_token_is_not_shown_and_the_terminal_shows_again_afterwards() {
    let (place, sandbox) = (Place::new(), Sandbox::start(&[]));
    let shown = typed(&place, &sandbox.url, format!("{}\n", sandbox.token).as_bytes());
    assert!(shown.contains("code=0") && echo_is_on(&shown), "{shown}");
    assert!(!shown.contains(&sandbox.token));
}

#[test]
fn ctrl_c_at_the_prompt_keeps_nothing_and_gives_the_terminal_back() {
    let place = Place::new();
    let shown = typed(&place, "http://127.0.0.1:9", b"EAAB-half\x03");
    assert!(shown.contains("code=1") && shown.contains("nothing was kept"), "{shown}");
    assert!(echo_is_on(&shown) && !shown.contains("EAAB-half"), "{shown}");
}
