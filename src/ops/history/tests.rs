//! A session's history: what is news, who hears of it, and what happens where it cannot be kept.

use std::collections::BTreeMap;

use super::*;
use crate::{
    config::{Flags, Settings},
    domain::{
        account::OnboardingStatus,
        fixtures::{account, after},
    },
    ops::connect,
};

/// A session with this data directory, and with an address that nobody answers.
async fn session(data: &std::path::Path) -> Session {
    let data = data.display().to_string();
    let pairs = [
        ("WABADECK_TOKEN", "t"),
        ("WABADECK_GRAPH_URL", "http://127.0.0.1:1"),
        ("WABADECK_CONFIG_DIR", "/nonexistent/wabadeck"),
        ("WABADECK_DATA_DIR", data.as_str()),
    ];
    let environment: BTreeMap<String, String> =
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    connect(&Settings::load(&Flags::default(), &environment).unwrap()).await.unwrap()
}

async fn observe(history: &History, status: OnboardingStatus, second: i64) -> usize {
    history.observe(vec![account("1", status)], true, after(second)).await.unwrap().len()
}

#[tokio::test]
async fn a_visit_tells_what_happened_since_the_last_one() {
    let directory = tempfile::tempdir().unwrap();
    let history = History::of(&session(directory.path()).await).await.unwrap();
    assert_eq!(history.visit(after(0)).await.unwrap(), None, "a first visit has no news");
    observe(&history, OnboardingStatus::Eligible, 1).await;
    observe(&history, OnboardingStatus::Onboarded, 2).await;
    let news = history.visit(after(3)).await.unwrap().unwrap();
    assert_eq!(news, News { since: after(0), counts: vec![(Headline::Onboarded, 1)] });
    assert_eq!(history.visit(after(4)).await.unwrap().unwrap().counts, []);
}

#[tokio::test]
async fn two_programs_on_one_file_tell_each_change_once_and_hear_of_each_other() {
    let directory = tempfile::tempdir().unwrap();
    let first = History::of(&session(directory.path()).await).await.unwrap();
    let second = History::of(&session(directory.path()).await).await.unwrap();
    observe(&first, OnboardingStatus::Eligible, 0).await;
    let seen = first.changed(Some(-1)).await.unwrap();
    let number = first.last_kept().await.unwrap();
    let heard = tokio::spawn({
        let first = first.clone();
        async move { first.changed(Some(seen)).await }
    });
    assert_eq!(observe(&second, OnboardingStatus::Onboarded, 1).await, 1);
    heard.await.unwrap().unwrap();
    let (events, _) = first.kept_after(number, 9).await.unwrap();
    assert_eq!(events.iter().map(Event::headline).collect::<Vec<_>>(), [Headline::Onboarded]);
    assert_eq!(observe(&first, OnboardingStatus::Onboarded, 2).await, 0);
}

#[tokio::test]
async fn a_place_that_cannot_be_written_is_one_sentence_and_the_same_every_time() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("file");
    std::fs::write(&file, "").unwrap();
    let session = session(&file).await;
    let problem = History::of(&session).await.unwrap_err();
    assert!(problem.sentence.contains("is a file where a directory is needed"), "{problem}");
    assert_eq!(History::of(&session).await.unwrap_err().sentence, problem.sentence);
}
