//! Changes behind wabadeck's back show up once, as the right events in the right order, with and without webhooks.

use std::collections::BTreeMap;

use tokio::sync::mpsc;
use wabadeck::{
    config::{Flags, Settings},
    ops::{
        Session, connect,
        history::{History, look},
        listen::{Follower, Heard, ListenOptions, Receiver, listen},
    },
    sandbox::{Change, Options, Sandbox},
    store::Filter,
};

/// What the changes below become. Payments have no webhook, and a restriction no field: each way has its own.
const BY_WEBHOOK: [&str; 6] = ["limit", "number_status", "number_name", "terms", "restriction", "disabling"];
const CHANGES: [Change; 5] = [Change::LimitRaise, Change::QualityDown, Change::NameDecline, Change::TermsSign, Change::Restrict];

async fn session(sandbox: &Sandbox, folder: &std::path::Path) -> Session {
    let data = folder.display().to_string();
    let pairs = [
        ("WABADECK_TOKEN", sandbox.token()),
        ("WABADECK_GRAPH_URL", sandbox.url()),
        ("WABADECK_CONFIG_DIR", "/nonexistent/wabadeck"),
        ("WABADECK_DATA_DIR", &data),
    ];
    let environment: BTreeMap<String, String> =
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    connect(&Settings::load(&Flags::default(), &environment).unwrap()).await.unwrap()
}

async fn receiver(sandbox: &Sandbox, history: &History) -> (Receiver, mpsc::Receiver<Heard>) {
    let (sender, heard) = mpsc::channel(256);
    let options = ListenOptions {
        address: ([127, 0, 0, 1], 0).into(),
        verify_token: "token".into(),
        app_secret: Some(sandbox.app_secret().into()),
    };
    let receiver = listen(history, options, sender).await.unwrap();
    sandbox.report_to(&format!("http://{}/", receiver.address()));
    (receiver, heard)
}

/// The kind of the next change that was heard of, or of anything.
async fn next(heard: &mut mpsc::Receiver<Heard>) -> String {
    loop {
        if let Heard::Changed(event) = heard.recv().await.unwrap() {
            return event.kind.as_wire().to_owned();
        }
    }
}

/// Kinds and subjects of the timeline, the oldest first.
async fn timeline(history: &History) -> Vec<(String, String, String)> {
    let events = history.timeline(Filter { most: 500, ..Filter::default() }).await.unwrap();
    let word = |word: &Option<compact_str::CompactString>| word.as_deref().unwrap_or_default().to_owned();
    events.iter().rev().map(|event| (event.kind.as_wire().to_owned(), event.subject.to_string(), word(&event.after))).collect()
}

#[tokio::test]
async fn what_webhooks_told_is_not_told_again_by_looking() {
    let (folder, sandbox) = (tempfile::tempdir().unwrap(), Sandbox::start(Options::default()).await.unwrap());
    let session = session(&sandbox, folder.path()).await;
    let history = History::of(&session).await.unwrap();
    assert!(look(&session, &history).await.unwrap().events.is_empty(), "the first look tells nothing");
    let (receiver, mut heard) = receiver(&sandbox, &history).await;
    for change in CHANGES {
        let before = if change == Change::QualityDown { falls_to_red(&sandbox) } else { 0 };
        let happened = if before == 0 { sandbox.happen(change, None).unwrap().told } else { before };
        assert!(happened > 0, "{} has a webhook", change.word());
        assert!(BY_WEBHOOK.contains(&next(&mut heard).await.as_str()));
    }
    // The rest of what they told: other accounts of the same portfolio.
    receiver.end().await;
    while heard.recv().await.is_some() {}
    let told = timeline(&history).await;
    look(&session, &history).await.unwrap();
    let after = timeline(&history).await;
    let twice: Vec<_> = after[told.len()..]
        .iter()
        .filter(|event| {
            told.iter()
                .any(|(kind, subject, value)| *kind == event.0 && *subject == event.1 && *value == event.2 && kind != "terms")
        })
        .collect();
    assert!(twice.is_empty(), "told by webhooks and again by looking: {twice:?}");
    let kinds: Vec<&str> = told.iter().map(|(kind, _, _)| kind.as_str()).collect();
    for kind in ["limit", "number_status", "number_name", "terms", "restriction"] {
        assert!(kinds.contains(&kind), "{kind} is missing among {kinds:?}");
    }
    assert_eq!(kinds.iter().filter(|kind| **kind == "limit").count(), 1, "the limit is the portfolio's and told once");
}

/// Takes a number down to where Meta flags it; how many were told.
fn falls_to_red(sandbox: &Sandbox) -> usize {
    for _ in 0..200 {
        let told = sandbox.happen(Change::QualityDown, None).unwrap().told;
        if told > 0 {
            return told;
        }
    }
    panic!("no number was flagged")
}

#[tokio::test]
async fn without_webhooks_the_next_look_tells_each_change_once() {
    let (folder, sandbox) = (tempfile::tempdir().unwrap(), Sandbox::start(Options::default()).await.unwrap());
    let session = session(&sandbox, folder.path()).await;
    let history = History::of(&session).await.unwrap();
    look(&session, &history).await.unwrap();
    sandbox.happen(Change::LimitRaise, None).unwrap();
    sandbox.happen(Change::NameDecline, None).unwrap();
    let restricted = sandbox.happen(Change::Restrict, None).unwrap().id;
    let events = look(&session, &history).await.unwrap().events;
    let kinds: Vec<&str> = events.iter().map(|event| event.kind.as_wire()).collect();
    assert_eq!(kinds.iter().filter(|kind| **kind == "limit").count(), 1, "{kinds:?}");
    assert!(kinds.contains(&"number_name"), "{kinds:?}");
    let onboarding = events.iter().find(|event| event.kind.as_wire() == "onboarding").unwrap();
    assert_eq!(onboarding.account.as_ref().unwrap().as_str(), restricted);
    assert!(look(&session, &history).await.unwrap().events.is_empty(), "and only once");
}

#[tokio::test]
async fn a_dashboard_hears_of_it_and_knows_the_restriction_after_a_restart() {
    let (folder, sandbox) = (tempfile::tempdir().unwrap(), Sandbox::start(Options::default()).await.unwrap());
    let first = session(&sandbox, folder.path()).await;
    let history = History::of(&first).await.unwrap();
    look(&first, &history).await.unwrap();
    let mut follower = Follower::begin(&first).await.unwrap();
    let (receiver, mut heard) = receiver(&sandbox, &history).await;
    tokio::spawn(async move { while heard.recv().await.is_some() {} });
    let restricted = sandbox.happen(Change::Restrict, None).unwrap().id;
    let news = follower.next().await.unwrap().unwrap();
    assert_eq!(news.accounts.iter().map(|account| account.as_str()).collect::<Vec<_>>(), [restricted.as_str()]);
    receiver.end().await;
    drop((follower, first, history));
    // Another process, later: looking does not tell what was announced, the history does.
    let again = session(&sandbox, folder.path()).await;
    let mut follower = Follower::begin(&again).await.unwrap();
    let news = follower.next().await.unwrap().unwrap();
    assert_eq!(news.accounts.len(), 1, "the account is worth reading again: {news:?}");
    let accounts = wabadeck::ops::fleet::reload(&again, &news.accounts).await.unwrap();
    assert!(accounts[0].restrictions.iter().all(|restriction| restriction.expires.is_some()));
    assert_eq!(accounts[0].restrictions.len(), 1);
}
