//! How quick the history stays with a year of 5,000 accounts in it: half a million events, in a file, asked as the activity
//! screen asks and written as a refresh writes.
//!
//! `cargo bench --bench timeline`. Each line: what, the median of its runs, the worst.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a benchmark stops at the first surprise and prints what it measured"
)]

use std::time::{Duration, Instant};

use jiff::{Timestamp, ToSpan};
use wabadeck::{
    domain::{
        Account, PhoneNumber, WabaId,
        account::{OnboardingStatus, Portfolio},
        event::{Event, EventKind, Source},
        number::{NumberStatus, Quality, Standing},
    },
    store::{Query, Store, Window},
};

const ACCOUNTS: u32 = 5_000;
const EVENTS: u32 = 500_000;
const PAGE: u32 = 200;
const PROFILE: &str = "default https://graph.facebook.com";

fn main() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("wabadeck.db");
    let store = Store::open(&path).unwrap();
    let now = Timestamp::from_second(1_790_000_000).unwrap();
    let began = Instant::now();
    fill(&store, now);
    println!("{EVENTS} events of {ACCOUNTS} accounts written in {:.1} s", began.elapsed().as_secs_f64());

    let mut accounts: Vec<Account> = (0..ACCOUNTS).map(account).collect();
    measure("first refresh of 5,000 accounts", 1, || assert!(store.observe(PROFILE, &accounts, true, now).unwrap().is_empty()));
    let mut minute = 0;
    measure("refresh in which nothing changed", 5, || {
        minute += 1;
        assert!(store.observe(PROFILE, &accounts, true, now + minute.minutes()).unwrap().is_empty());
    });
    measure("refresh in which 100 accounts changed", 5, || {
        minute += 1;
        for account in accounts.iter_mut().step_by(50) {
            let is_on = account.onboarding == OnboardingStatus::Onboarded;
            account.onboarding = if is_on { OnboardingStatus::Eligible } else { OnboardingStatus::Onboarded };
        }
        assert_eq!(store.observe(PROFILE, &accounts, true, now + minute.minutes()).unwrap().len(), 100);
    });

    let page = |query: &Query, window| store.page(PROFILE, query, window, PAGE).unwrap();
    let everything = Query::default();
    measure("newest page", 50, || assert_eq!(page(&everything, Window::Newest).len(), 200));
    measure("oldest page", 50, || assert_eq!(page(&everything, Window::Oldest).len(), 200));
    let mut last = page(&everything, Window::Newest)[199].place;
    measure("next page, 200 in a row", 200, || last = page(&everything, Window::OlderThan(last)).last().unwrap().place);
    let of_account = Query { account: Some(WabaId::from("2500")), portfolio: Some("50".into()), ..Query::default() };
    measure("one account with what is its portfolio's", 50, || assert!(page(&of_account, Window::Newest).len() > 100));
    let announced = WabaId::from("2500");
    measure("what stands announced of one account", 50, || assert!(!store.standing(PROFILE, &announced).unwrap().is_empty()));
    let of_kind = Query { kind: Some(EventKind::Limit), ..Query::default() };
    measure("one kind", 50, || assert_eq!(page(&of_kind, Window::Newest).len(), 200));
    let month = Query { since: Some(now - (30 * 24).hours()), kind: Some(EventKind::Review), ..Query::default() };
    measure("one kind in the last 30 days", 50, || assert_eq!(page(&month, Window::Newest).len(), 200));
    let text = Query { text: "TIER_".into(), ..Query::default() };
    measure("text that is often found", 20, || assert_eq!(page(&text, Window::Newest).len(), 200));
    let nowhere = Query { text: "nowhere at all".into(), ..Query::default() };
    measure("text that is nowhere: every event is read", 5, || assert!(page(&nowhere, Window::Newest).is_empty()));
    measure("news of a day", 20, || assert!(!store.news(PROFILE, now - 24.hours()).unwrap().is_empty()));
    measure("news of a year", 3, || assert!(!store.news(PROFILE, now - (365 * 24).hours()).unwrap().is_empty()));
    let kept = store.last_kept().unwrap();
    measure("what others kept since", 50, || assert!(store.kept_after(PROFILE, kept, 1_000).unwrap().0.is_empty()));
    measure("whether anybody wrote", 100, || assert!(store.data_version().unwrap() > 0));
    measure("forgetting when nothing is too old", 20, || assert_eq!(store.purge(now - (400 * 24).hours()).unwrap(), 0));
    measure("forgetting one day of the oldest", 1, || assert!(store.purge(now - (364 * 24).hours()).unwrap() > 1_000));
    measure("forgetting eleven months at once", 1, || assert!(store.purge(now - (30 * 24).hours()).unwrap() > 400_000));
    println!("file: {} MiB", std::fs::metadata(&path).unwrap().len() >> 20);
}

fn measure(what: &str, runs: usize, mut work: impl FnMut()) {
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let began = Instant::now();
            work();
            began.elapsed()
        })
        .collect();
    times.sort();
    let shown = |time: Duration| format!("{:9.3} ms", time.as_secs_f64() * 1_000.0);
    println!("{what:45} {} {}", shown(times[runs / 2]), shown(times[runs - 1]));
}

/// A year of events, spread evenly over time, accounts and kinds.
fn fill(store: &Store, now: Timestamp) {
    let kinds = [
        (EventKind::Onboarding, "ELIGIBLE", "ONBOARDED"),
        (EventKind::NumberQuality, "GREEN", "YELLOW"),
        (EventKind::Limit, "TIER_1K", "TIER_10K"),
        (EventKind::TemplateStatus, "APPROVED", "PAUSED"),
        (EventKind::Review, "PENDING", "APPROVED"),
        (EventKind::MessageFailed, "", "131049"),
        (EventKind::Alert, "", "OBA_APPROVED"),
    ];
    let seconds = 365 * 24 * 3_600 / i64::from(EVENTS);
    let begin = now - (365 * 24).hours();
    for chunk in (0..EVENTS).collect::<Vec<_>>().chunks(10_000) {
        let events: Vec<Event> = chunk
            .iter()
            .map(|number| {
                let (kind, before, after) = &kinds[(number / ACCOUNTS) as usize % kinds.len()];
                let account = number.wrapping_mul(7_919) % ACCOUNTS;
                Event {
                    at: begin + (i64::from(*number) * seconds).seconds(),
                    account: Some(account.to_string().as_str().into()),
                    portfolio: Some((account / 50).to_string().as_str().into()),
                    subject: "".into(),
                    kind: kind.clone(),
                    before: Some((*before).into()),
                    after: Some((*after).into()),
                    note: None,
                    sources: Source::Refresh.into(),
                }
            })
            .collect();
        store.record(PROFILE, &events).unwrap();
    }
}

fn account(number: u32) -> Account {
    let phone = |index: u32| PhoneNumber {
        id: format!("7{number}{index}").as_str().into(),
        display: format!("+49 30 {number:05}{index}").as_str().into(),
        standing: Standing { status: NumberStatus::Connected, quality: Quality::Green, ..Standing::default() }.into(),
        ..PhoneNumber::default()
    };
    Account {
        id: number.to_string().as_str().into(),
        portfolio: Some(Portfolio { id: (number / 50).to_string().as_str().into(), ..Portfolio::default() }.into()),
        onboarding: OnboardingStatus::Eligible,
        numbers: vec![phone(0), phone(1)],
        ..Account::default()
    }
}
