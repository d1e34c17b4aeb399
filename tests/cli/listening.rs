//! `wabadeck listen` as a process: what it acknowledged is there after the worst of ends, and what it is told to trust.

use std::{
    collections::HashSet,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Stdio},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use serde_json::Value;

use wabadeck::store::Store;

use super::support::{Place, Sandbox, ran};

/// A listener; it ends with the test.
struct Listener {
    child: Child,
    address: String,
}

impl Listener {
    fn start(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let ready = lines.by_ref().map(Result::unwrap).find(|line| line.contains("http://")).unwrap();
        let address = ready.split("http://").nth(1).unwrap().split(' ').next().unwrap().to_owned();
        std::thread::spawn(move || lines.count());
        Self { child, address }
    }

    fn unsigned(place: &Place) -> Self {
        Self::start(&mut place.command(&["listen", "--port", "0", "--insecure-unsigned", "--json"]))
    }

    /// Reads what it prints until a line says so.
    fn next(&mut self) -> Value {
        let mut line = String::new();
        let mut byte = [0];
        let out = self.child.stdout.as_mut().unwrap();
        while out.read(&mut byte).unwrap() == 1 && byte[0] != b'\n' {
            line.push(char::from(byte[0]));
        }
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"))
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn body(number: usize) -> String {
    format!(
        r#"{{"object":"whatsapp_business_account","entry":[{{"id":"77","time":1790000000,"changes":[{{"field":"account_update","value":{{"event":"PARTNER_ADDED","waba_info":{{"waba_id":"{number}"}}}}}}]}}]}}"#
    )
}

/// Sends a body on a connection that stays; whether it was acknowledged.
fn post(stream: &mut BufReader<TcpStream>, body: &str) -> std::io::Result<bool> {
    let request =
        format!("POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    stream.get_mut().write_all(request.as_bytes())?;
    let mut status = String::new();
    stream.read_line(&mut status)?;
    let mut line = String::from("x");
    while line.trim_end() != "" {
        line.clear();
        if stream.read_line(&mut line)? == 0 {
            return Ok(false);
        }
    }
    Ok(status.contains(" 200 "))
}

fn connect(address: &str) -> BufReader<TcpStream> {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_nodelay(true).unwrap();
    BufReader::new(stream)
}

/// The accounts that the timeline has events of.
fn told(place: &Place) -> HashSet<String> {
    let ran = ran(place.command(&["timeline", "--json", "--days", "9999"]).env("WABADECK_TOKEN", "unused"));
    assert_eq!(ran.code, 0, "{}", ran.err);
    let events = ran.out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    events.map(|event| event["account"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn everything_acknowledged_is_there_after_a_kill_in_the_middle_of_a_burst() {
    let place = Place::new();
    let mut listener = Listener::unsigned(&place);
    let acknowledged = Arc::new(Mutex::new(HashSet::new()));
    let enough = Arc::new(AtomicBool::new(false));
    let senders: Vec<_> = (0..8)
        .map(|sender: usize| {
            let (address, acknowledged, enough) = (listener.address.clone(), Arc::clone(&acknowledged), Arc::clone(&enough));
            std::thread::spawn(move || {
                let mut stream = connect(&address);
                for number in (sender..).step_by(8) {
                    if !post(&mut stream, &body(number)).unwrap_or(false) {
                        return;
                    }
                    let mut acknowledged = acknowledged.lock().unwrap();
                    acknowledged.insert(number.to_string());
                    enough.store(acknowledged.len() >= 1_500, Ordering::Relaxed);
                }
            })
        })
        .collect();
    while !enough.load(Ordering::Relaxed) {
        std::thread::yield_now();
    }
    // SIGKILL: nothing in it gets to do anything any more.
    listener.child.kill().unwrap();
    listener.child.wait().unwrap();
    senders.into_iter().for_each(|sender| sender.join().unwrap());
    let acknowledged = std::mem::take(&mut *acknowledged.lock().unwrap());
    assert!(acknowledged.len() >= 1_500);
    // The next run reads what the one before had no time for; a body of our own tells that it is through.
    let mut next = Listener::unsigned(&place);
    assert!(post(&mut connect(&next.address), &body(999_999)).unwrap());
    while next.next()["account"] != "999999" {}
    let missing: Vec<_> = acknowledged.difference(&told(&place)).cloned().collect();
    assert!(missing.is_empty(), "{} of {} are missing: {missing:?}", missing.len(), acknowledged.len());
}

#[test]
fn who_reads_the_history_beside_it_takes_nothing_of_what_is_acknowledged() {
    let place = Place::new();
    let mut listener = Listener::unsigned(&place);
    let mut stream = connect(&listener.address);
    assert!(post(&mut stream, &body(1)).unwrap());
    assert_eq!(listener.next()["account"], "1");
    // This process opens the history and closes it: it must see that another one still uses it.
    drop(Store::open(&place.dir.path().join("data/wabadeck/wabadeck.db")).unwrap());
    for number in 2..6 {
        assert!(post(&mut stream, &body(number)).unwrap());
        listener.next();
    }
    assert_eq!(told(&place).len(), 5);
    listener.child.kill().unwrap();
    listener.child.wait().unwrap();
    assert_eq!(told(&place).len(), 5);
}

#[test]
fn it_ends_cleanly_when_told_to_and_prints_each_event_once() {
    let place = Place::new();
    let mut listener = Listener::unsigned(&place);
    let mut stream = connect(&listener.address);
    for number in [1, 1, 2] {
        assert!(post(&mut stream, &body(number)).unwrap());
    }
    let printed = [listener.next(), listener.next()];
    assert_eq!(printed.map(|event| event["account"].clone()), ["1", "2"]);
    let ended = Command::new("kill").arg(listener.child.id().to_string()).status().unwrap();
    assert!(ended.success());
    assert_eq!(listener.child.wait().unwrap().code(), Some(0));
}

#[test]
fn without_the_apps_secret_it_does_not_start_unless_told_so_in_so_many_words() {
    let place = Place::new();
    let refused = place.run(&["listen", "--port", "0"]);
    assert_eq!((refused.code, refused.out.as_str()), (2, ""));
    assert!(refused.err.contains("--insecure-unsigned") && refused.err.contains("WABADECK_APP_SECRET"), "{}", refused.err);
}

#[test]
fn a_history_that_is_no_database_is_said_in_one_sentence() {
    let place = Place::new();
    let folder = place.dir.path().join("data/wabadeck");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("wabadeck.db"), "nonsense ".repeat(500)).unwrap();
    let refused = place.run(&["listen", "--port", "0", "--insecure-unsigned"]);
    assert_eq!(refused.code, 1);
    assert!(refused.err.contains("is damaged") && refused.err.lines().count() == 1, "{}", refused.err);
}

#[test]
fn accounts_are_subscribed_to_it_and_what_the_sandbox_reports_arrives_signed() {
    let (place, sandbox) = (Place::new(), Sandbox::start(&["--accounts", "3"]));
    let secret = &sandbox.app_secret;
    let mut listen = place.command(&["listen", "--port", "0", "--json"]);
    listen.env("WABADECK_GRAPH_URL", &sandbox.url).env("WABADECK_APP_SECRET", secret).env("WABADECK_VERIFY_TOKEN", "both");
    let mut listener = Listener::start(&mut listen);
    let callback = format!("http://{}/hook", listener.address);
    let subscribe = |more: &[&str]| {
        let mut command = place.command(&[&["subscribe"], more].concat());
        ran(command
            .env("WABADECK_GRAPH_URL", &sandbox.url)
            .env("WABADECK_TOKEN", &sandbox.token)
            .env("WABADECK_APP_SECRET", secret)
            .env("WABADECK_VERIFY_TOKEN", "both"))
    };
    let before = subscribe(&["--check", "--json"]);
    assert_eq!((before.code, before.json()["complete"].as_bool()), (1, Some(false)), "{}", before.err);
    let done = subscribe(&["--all", "--app", "--callback", &callback, "--json"]);
    assert_eq!(done.code, 0, "{}{}", done.out, done.err);
    let account = done.json()["accounts"][0]["account"].as_str().unwrap().to_owned();
    sandbox.post(
        &format!("/sandbox/accounts/{account}"),
        r#"{"marketing_messages_onboarding_status":"INELIGIBLE_INACTIVE_OR_RESTRICTED"}"#,
    );
    let event = listener.next();
    assert_eq!((event["account"].as_str(), event["kind"].as_str()), (Some(account.as_str()), Some("restriction")), "{event}");
    let removed = subscribe(&[&account, "--remove"]);
    assert_eq!(removed.code, 0, "{}{}", removed.out, removed.err);
    assert!(removed.out.contains(&format!("{account} is not subscribed")), "{}", removed.out);
}
