//! `wabadeck upgrade --signup`: the address of the page, the answer from it, and the exit code by how it ended.

use std::{
    io::{BufRead, BufReader, Read},
    process::{Child, ChildStdout, Stdio},
};

use url::Url;

use super::{
    person,
    support::{Place, Sandbox, ran},
};

/// Starts it and reads the page's address.
fn started(place: &Place) -> (Child, BufReader<ChildStdout>, Url) {
    let mut command = place.command(&["upgrade", "--signup", "Maison Verveine"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).stdin(Stdio::null()).spawn().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut address = String::new();
    out.read_line(&mut address).unwrap();
    (child, out, Url::parse(address.trim()).unwrap())
}

fn answered(action: &str) -> (Option<i32>, String, String) {
    let place = Place::new();
    let (mut child, mut out, page) = started(&place);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let said = runtime.block_on(person::answer(&page, action));
    let mut rest = String::new();
    out.read_to_string(&mut rest).unwrap();
    (child.wait().unwrap().code(), rest, said)
}

#[test]
fn r13_the_page_is_named_and_its_acceptance_awaited() {
    let (code, out, said) = answered("accept");
    assert_eq!((code, said.as_str()), (Some(0), "finished"));
    assert!(out.contains("Onboarded"), "{out}");
}

#[test]
fn r20_a_signup_that_was_left_fails() {
    let (code, out, said) = answered("cancel");
    assert_eq!((code, said.as_str()), (Some(1), "cancelled"));
    assert!(!out.contains("Onboarded"), "{out}");
}

#[test]
fn a_port_that_is_taken_is_named_with_what_to_set() {
    let sandbox = Sandbox::start(&[]);
    let place = Place::new();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    place.configure(&format!("[signup]\nport = {port}\n"));
    let mut command = place.command(&["upgrade", "--signup", "Maison Verveine"]);
    let tried = ran(command.env("WABADECK_GRAPH_URL", &sandbox.url).env("WABADECK_TOKEN", &sandbox.token));
    assert_ne!(tried.code, 0);
    assert!(tried.err.contains(&port.to_string()) && tried.err.contains("signup.port"), "{}", tried.err);
}
