//! From the port to the timeline, and to a dashboard that is open.

use std::path::PathBuf;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::*;
use crate::{domain::event::EventKind, store::Filter};

const PROFILE: &str = "default test";

fn history(file: &Path) -> History {
    History::with(Store::open(file).unwrap(), PROFILE)
}

fn options() -> ListenOptions {
    ListenOptions { address: SocketAddr::from(([127, 0, 0, 1], 0)), verify_token: "token".into(), app_secret: None }
}

fn body(account: u32, event: &str) -> String {
    format!(
        r#"{{"entry":[{{"id":"{account}","time":1790000000,"changes":[{{"field":"account_update","value":{{"event":"{event}"}}}}]}}]}}"#
    )
}

async fn post(address: SocketAddr, body: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!("POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer.get(9..12).unwrap_or_default().to_owned()
}

fn place() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("wabadeck.db");
    (folder, file)
}

#[tokio::test]
async fn what_is_acknowledged_joins_the_timeline_once() {
    let (_folder, file) = place();
    let history = history(&file);
    let (sender, mut heard) = mpsc::channel(64);
    let receiver = listen(&history, options(), sender).await.unwrap();
    for _ in 0..2 {
        assert_eq!(post(receiver.address(), &body(1, "PARTNER_ADDED")).await, "200");
    }
    let Some(Heard::Changed(event)) = heard.recv().await else { panic!("the event is told") };
    assert_eq!((event.account.unwrap().as_str(), event.after.as_deref()), ("1", Some("PARTNER_ADDED")));
    receiver.end().await;
    assert!(heard.recv().await.is_none(), "the repetition is not");
    assert_eq!(history.timeline(Filter { most: 10, ..Filter::default() }).await.unwrap().len(), 1);
}

#[tokio::test]
async fn what_a_run_before_kept_and_did_not_read_is_read_by_the_next() {
    let (_folder, file) = place();
    let store = Store::open(&file).unwrap();
    let body = body(1, "ACCOUNT_OFFBOARDED");
    let new = NewWebhook { digest: web::digest(body.as_bytes()), received: Timestamp::now(), body };
    store.keep_webhooks(PROFILE, &[new]).unwrap();
    let (sender, mut heard) = mpsc::channel(64);
    let receiver = listen(&history(&file), options(), sender).await.unwrap();
    assert!(matches!(heard.recv().await, Some(Heard::Changed(event)) if event.kind == EventKind::Partner));
    receiver.end().await;
}

#[tokio::test]
async fn a_store_that_cannot_be_written_acknowledges_nothing_and_says_why() {
    let (_folder, file) = place();
    let history = history(&file);
    let (sender, _heard) = mpsc::channel(64);
    let receiver = listen(&history, options(), sender).await.unwrap();
    // The file is replaced by nonsense behind everybody's back.
    drop_table(&file);
    assert_eq!(post(receiver.address(), &body(1, "PARTNER_ADDED")).await, "503");
    receiver.end().await;
}

/// Takes away what bodies are kept in, with a connection of its own.
fn drop_table(file: &Path) {
    Store::open(file).unwrap().break_webhooks();
}

#[tokio::test]
async fn an_open_dashboard_is_told_at_once_by_a_receiver_elsewhere() {
    let (_folder, file) = place();
    // Two handles on one file, as two processes have.
    let (of_listener, of_dashboard) = (history(&file), history(&file));
    let (sender, mut heard) = mpsc::channel(64);
    tokio::spawn(async move { while heard.recv().await.is_some() {} });
    let receiver = listen(&of_listener, options(), sender).await.unwrap();
    assert_eq!(post(receiver.address(), &body(9, "PARTNER_ADDED")).await, "200");
    let mut follower = Follower::of(&of_dashboard, None).await.unwrap();
    // What came before it began may still be read in between; what comes after surely is.
    assert_eq!(post(receiver.address(), &body(7, "PARTNER_REMOVED")).await, "200");
    let mut accounts = Vec::new();
    while !accounts.contains(&WabaId::from("7")) {
        accounts.extend(follower.next().await.unwrap().unwrap().accounts);
    }
    let known = of_dashboard.timeline(Filter { account: Some("7".into()), most: 10, ..Filter::default() }).await.unwrap();
    assert_eq!(known.len(), 1, "it is in the timeline by the time the dashboard hears of it");
    receiver.end().await;
}

#[tokio::test]
async fn a_bell_whose_owner_is_gone_is_taken_down() {
    let (_folder, file) = place();
    let bells = bell::folder(&file).unwrap();
    let bell = bell::Bell::hang(&bells).unwrap();
    std::fs::create_dir_all(&bells).unwrap();
    drop(std::os::unix::net::UnixDatagram::bind(bells.join("gone")).unwrap());
    bell::ring(Some(&bells));
    bell.rung().await;
    assert_eq!(std::fs::read_dir(&bells).unwrap().count(), 1);
    drop(bell);
    assert_eq!(std::fs::read_dir(&bells).unwrap().count(), 0);
}
