//! What is kept, and what happens when nothing can be.

mod sends;

use jiff::Timestamp;

use super::*;
use crate::domain::{
    Account, WabaId,
    account::OnboardingStatus,
    event::EventKind,
    fixtures::{account, after, now},
};

fn store() -> (tempfile::TempDir, Store) {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::open(&directory.path().join("deep/wabadeck.db")).unwrap();
    (directory, store)
}

fn kinds(store: &Store, filter: &Filter) -> Vec<EventKind> {
    let filter = Filter { most: 100, ..filter.clone() };
    store.timeline("default", &filter).unwrap().into_iter().map(|event| event.kind).collect()
}

fn upgrade(profile: &str, portfolio: &str) -> PendingUpgrade {
    PendingUpgrade {
        profile: profile.into(),
        portfolio: portfolio.into(),
        way: "invitation".into(),
        begun_at: now(),
        covers: vec!["1".into(), "2".into()],
        state: "waiting".into(),
        request_id: Some("r".into()),
    }
}

fn observe(store: &Store, accounts: &[Account], at: Timestamp) -> usize {
    store.observe("default", accounts, true, at).unwrap().len()
}

#[test]
fn a_pending_upgrade_survives_a_restart_and_belongs_to_its_profile() {
    let (directory, first) = store();
    first.keep_pending(&upgrade("default", "9")).unwrap();
    first.keep_pending(&PendingUpgrade { state: "accepted".into(), ..upgrade("default", "9") }).unwrap();
    first.keep_pending(&upgrade("other", "9")).unwrap();
    drop(first);
    let again = Store::open(&directory.path().join("deep/wabadeck.db")).unwrap();
    assert_eq!(again.pending("default").unwrap(), [PendingUpgrade { state: "accepted".into(), ..upgrade("default", "9") }]);
    again.forget_pending("default", &"9".into()).unwrap();
    assert_eq!(again.pending("default").unwrap(), []);
    assert_eq!(again.pending("other").unwrap().len(), 1);
}

#[test]
fn a_change_is_told_once_and_the_first_look_tells_nothing() {
    let (_directory, store) = store();
    let mut one = account("1", OnboardingStatus::Eligible);
    assert_eq!(observe(&store, std::slice::from_ref(&one), after(0)), 0);
    one.onboarding = OnboardingStatus::Onboarded;
    assert_eq!(observe(&store, std::slice::from_ref(&one), after(1)), 1);
    assert_eq!(observe(&store, std::slice::from_ref(&one), after(2)), 0);
    let told = store.timeline("default", &Filter { most: 9, ..Filter::default() }).unwrap();
    assert_eq!((told[0].before.as_deref(), told[0].after.as_deref()), (Some("ELIGIBLE"), Some("ONBOARDED")));
    assert_eq!(told[0].at, after(1));
}

#[test]
fn accounts_that_come_and_go_are_told_but_not_when_a_way_failed() {
    let (_directory, store) = store();
    let (one, two) = (account("1", OnboardingStatus::Eligible), account("2", OnboardingStatus::Eligible));
    observe(&store, std::slice::from_ref(&one), after(0));
    observe(&store, &[one.clone(), two], after(1));
    assert_eq!(store.observe("default", std::slice::from_ref(&one), false, after(2)).unwrap(), []);
    observe(&store, &[one], after(3));
    assert_eq!(kinds(&store, &Filter::default()), [EventKind::Disappeared, EventKind::Appeared]);
}

#[test]
fn the_timeline_is_filtered_paged_and_purged() {
    let (_directory, store) = store();
    let mut accounts = vec![account("1", OnboardingStatus::Eligible), account("2", OnboardingStatus::Eligible)];
    observe(&store, &accounts, after(0));
    accounts[0].onboarding = OnboardingStatus::Onboarded;
    observe(&store, &accounts, after(10));
    accounts[1].numbers[0].quality = crate::domain::number::Quality::Red;
    observe(&store, &accounts, after(20));
    let of = |id: &str| Filter { account: Some(WabaId::from(id)), ..Filter::default() };
    assert_eq!(kinds(&store, &of("1")), [EventKind::Onboarding]);
    assert_eq!(kinds(&store, &Filter { kind: Some(EventKind::NumberQuality), ..of("2") }), [EventKind::NumberQuality]);
    assert_eq!(kinds(&store, &Filter { since: Some(after(15)), ..Filter::default() }), [EventKind::NumberQuality]);
    assert_eq!(kinds(&store, &Filter { skip: 1, ..Filter::default() }), [EventKind::Onboarding]);
    assert_eq!(store.purge(after(15)).unwrap(), 1);
    assert_eq!(kinds(&store, &Filter::default()), [EventKind::NumberQuality]);
}

#[test]
fn two_handles_on_one_file_see_each_other() {
    let (directory, first) = store();
    let second = Store::open(&directory.path().join("deep/wabadeck.db")).unwrap();
    let before = first.data_version().unwrap();
    second.mark_visit("default", now()).unwrap();
    assert_ne!(first.data_version().unwrap(), before);
    assert_eq!(first.last_visit("default").unwrap(), Some(now()));
    assert_eq!(first.last_visit("other").unwrap(), None);
}

#[test]
fn a_file_that_is_no_database_is_a_clear_sentence_and_stays_as_it_is() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("wabadeck.db");
    std::fs::write(&path, "not a database at all, but long enough to be read as the header of one".repeat(40)).unwrap();
    let error = Store::open(&path).unwrap_err();
    assert!(matches!(error, StoreError::Corrupt { .. }), "{error}");
    assert!(error.to_string().contains("wabadeck.db is damaged"), "{error}");
    assert!(std::fs::read(&path).unwrap().starts_with(b"not a database"));
}

#[test]
fn a_newer_database_is_left_alone() {
    let (directory, first) = store();
    first.with(|connection| connection.pragma_update(None, "user_version", 99)).unwrap();
    drop(first);
    let error = Store::open(&directory.path().join("deep/wabadeck.db")).unwrap_err();
    assert!(matches!(error, StoreError::Newer { version: 99 }), "{error}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_place_that_cannot_be_written_is_a_clear_sentence() {
    let error = Store::open(Path::new("/proc/no/wabadeck.db")).unwrap_err();
    assert!(matches!(error, StoreError::ReadOnly { .. }), "{error}");
}

#[test]
fn what_stands_in_the_way_of_the_file_is_named() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("taken");
    std::fs::write(&file, "a note").unwrap();
    let said = Store::open(&file.join("deeper/wabadeck.db")).unwrap_err().to_string();
    assert!(said.contains("taken is a file where a directory is needed"), "{said}");
    let said = Store::open(directory.path()).unwrap_err().to_string();
    assert!(said.contains("is a directory where a file is needed"), "{said}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "a note");
}

#[cfg(unix)]
#[test]
fn the_file_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let (_directory, store) = store();
    store.mark_visit("default", now()).unwrap();
    for entry in std::fs::read_dir(store.path().parent().unwrap()).unwrap() {
        let entry = entry.unwrap();
        assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o077, 0, "{:?}", entry.file_name());
    }
}

/// Whether the operating system knows of a lock of this process on a file.
#[cfg(target_os = "linux")]
fn is_locked(path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let (inode, process) = (std::fs::metadata(path).unwrap().ino(), std::process::id().to_string());
    let locks = std::fs::read_to_string("/proc/locks").unwrap();
    locks.lines().any(|line| line.contains(&format!(":{inode} ")) && line.split_whitespace().any(|word| word == process))
}

#[cfg(target_os = "linux")]
#[test]
fn opening_it_again_leaves_the_lock_that_keeps_others_from_deleting_its_log() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("wabadeck.db");
    let _first = Store::open(&path).unwrap();
    assert!(is_locked(&path));
    let again = Store::open(&path).unwrap();
    assert!(is_locked(&path));
    drop(again);
    assert!(is_locked(&path));
}

#[test]
fn what_is_asked_of_one_account_is_looked_for_among_its_own_events() {
    let (directory, first) = store();
    let plan = |store: &Store, sql: &str| {
        let steps = store.with(|connection| {
            let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
            statement.query_map([], |row| row.get::<_, String>(3))?.collect::<rusqlite::Result<Vec<_>>>()
        });
        steps.unwrap().join("; ")
    };
    let again = Store::open(&directory.path().join("deep/wabadeck.db")).unwrap();
    for store in [&first, &again] {
        for (sql, index) in [
            (
                "SELECT at FROM events WHERE profile = 'p' AND account = '1' AND kind = 'alert' AND subject = ''",
                "events_by_account",
            ),
            ("SELECT at FROM events WHERE profile = 'p' AND kind = 'alert' ORDER BY at DESC, id DESC", "events_by_kind"),
            (
                "SELECT DISTINCT account FROM events WHERE profile = 'p' AND portfolio IS NULL
                 AND kind IN ('limit', 'terms', 'verification')",
                "events_of_portfolios",
            ),
        ] {
            let steps = plan(store, sql);
            assert!(steps.contains(&format!("INDEX {index} (profile=? AND ")), "{sql}: {steps}");
        }
    }
}
