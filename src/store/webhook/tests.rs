//! Webhooks and refreshes tell the same changes; the timeline has each once, in the order in which they happened.

use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::{
    domain::{
        Account, WabaId,
        account::{OnboardingStatus, TermsStatus},
        event::{ENDED, EventKind, Headline, STANDS, Source},
        fixtures,
        health::{CanSend, EntityKind, HealthError},
        number::{MessagingLimit, Quality},
    },
    store::Filter,
};

const PROFILE: &str = "default https://graph.facebook.com";

fn at(seconds: i64) -> Timestamp {
    fixtures::now() + SignedDuration::from_secs(seconds)
}

fn store() -> Store {
    Store::in_memory().unwrap()
}

fn told(kind: EventKind, subject: &str, after: &str, seconds: i64) -> Told {
    let event = Event {
        at: at(seconds),
        account: Some(WabaId::from("1")),
        portfolio: None,
        subject: subject.into(),
        kind,
        before: None,
        after: (!after.is_empty()).then(|| after.into()),
        note: Some("said".into()),
        sources: Source::Webhook.into(),
    };
    Told { event, received: at(seconds + 1) }
}

fn onboarding(after: &str, seconds: i64) -> Told {
    told(EventKind::Onboarding, "", after, seconds)
}

fn look(store: &Store, accounts: &[Account], seconds: i64) -> Vec<Event> {
    let accounts: Vec<Account> =
        accounts.iter().map(|account| Account { refreshed: Some(at(seconds)), ..account.clone() }).collect();
    store.observe(PROFILE, &accounts, true, at(seconds)).unwrap()
}

fn account(status: OnboardingStatus) -> Account {
    fixtures::account("1", status)
}

/// The timeline, the oldest first: after, seconds, sources.
fn timeline(store: &Store) -> Vec<(String, i64, Vec<Source>)> {
    let events = store.timeline(PROFILE, &Filter { most: 100, ..Filter::default() }).unwrap();
    let shown = events.iter().rev().map(|event| {
        let after = event.after.as_deref().unwrap_or(event.kind.as_wire()).to_owned();
        (after, event.at.duration_since(at(0)).as_secs(), event.sources.iter().collect())
    });
    shown.collect()
}

#[test]
fn a_change_that_a_webhook_told_is_not_told_again_by_the_next_refresh() {
    let store = store();
    look(&store, &[account(OnboardingStatus::Eligible)], 0);
    let news = store.tell(PROFILE, &[], &[onboarding("ONBOARDED", 10)]).unwrap();
    assert_eq!(news[0].before.as_deref(), Some("ELIGIBLE"), "what it was before is known from the last look");
    assert!(look(&store, &[account(OnboardingStatus::Onboarded)], 20).is_empty());
    assert_eq!(timeline(&store), [("ONBOARDED".into(), 10, vec![Source::Webhook])]);
}

#[test]
fn a_change_that_a_refresh_saw_first_takes_metas_time_when_the_webhook_comes() {
    let store = store();
    look(&store, &[account(OnboardingStatus::Eligible)], 0);
    assert_eq!(look(&store, &[account(OnboardingStatus::Onboarded)], 20).len(), 1);
    store.tell(PROFILE, &[], &[onboarding("ONBOARDED", 10)]).unwrap();
    assert_eq!(timeline(&store), [("ONBOARDED".into(), 10, vec![Source::Refresh, Source::Webhook])]);
    let kept = &store.timeline(PROFILE, &Filter { most: 1, ..Filter::default() }).unwrap()[0];
    assert_eq!((kept.before.as_deref(), kept.note.as_deref()), (Some("ELIGIBLE"), Some("said")));
}

#[test]
fn an_answer_that_was_read_before_the_webhook_came_does_not_take_the_change_back() {
    let store = store();
    look(&store, &[account(OnboardingStatus::Eligible)], 0);
    store.tell(PROFILE, &[], &[onboarding("ONBOARDED", 10)]).unwrap();
    assert!(look(&store, &[account(OnboardingStatus::Eligible)], 9).is_empty());
    assert!(look(&store, &[account(OnboardingStatus::Onboarded)], 30).is_empty());
}

#[test]
fn repetitions_in_other_bodies_are_one_event() {
    let store = store();
    for _ in 0..3 {
        store.tell(PROFILE, &[], &[told(EventKind::Violation, "", "SPAM", 5), onboarding("ONBOARDED", 6)]).unwrap();
    }
    assert_eq!(timeline(&store).len(), 2);
    store.tell(PROFILE, &[], &[onboarding("ONBOARDED", 60)]).unwrap();
    assert_eq!(timeline(&store).len(), 2, "the same state again says nothing new");
    store.tell(PROFILE, &[], &[told(EventKind::Violation, "", "SPAM", 60)]).unwrap();
    assert_eq!(timeline(&store).len(), 3, "another violation does");
}

#[test]
fn what_comes_in_the_wrong_order_is_shown_in_the_right_one() {
    let store = store();
    look(&store, &[account(OnboardingStatus::Eligible)], 0);
    let kind = || EventKind::TemplateStatus;
    store.tell(PROFILE, &[], &[told(kind(), "sale/en", "APPROVED", 30)]).unwrap();
    store.tell(PROFILE, &[], &[told(kind(), "sale/en", "PAUSED", 20)]).unwrap();
    let order: Vec<_> = timeline(&store).into_iter().map(|(after, seconds, _)| (after, seconds)).collect();
    assert_eq!(order, [("PAUSED".into(), 20), ("APPROVED".into(), 30)]);
}

#[test]
fn the_older_of_two_late_webhooks_does_not_win_over_the_newer() {
    let store = store();
    look(&store, &[account(OnboardingStatus::Eligible)], 0);
    let late = |after: &str, seconds: i64| Told { received: at(100), ..onboarding(after, seconds) };
    store.tell(PROFILE, &[], &[late("PENDING_INTERNAL_SETUP", 10), late("ONBOARDED", 12)]).unwrap();
    assert!(look(&store, &[account(OnboardingStatus::Onboarded)], 200).is_empty());
    assert_eq!(timeline(&store).len(), 2);
}

#[test]
fn a_webhook_older_than_what_a_look_learned_is_history_only() {
    let store = store();
    look(&store, &[account(OnboardingStatus::Onboarded)], 50);
    store.tell(PROFILE, &[], &[onboarding("PENDING_INTERNAL_SETUP", 10)]).unwrap();
    assert!(look(&store, &[account(OnboardingStatus::Onboarded)], 60).is_empty());
}

#[test]
fn webhooks_before_the_first_look_do_not_make_accounts_appear() {
    let store = store();
    store.tell(PROFILE, &[], &[onboarding("ONBOARDED", 1)]).unwrap();
    assert!(
        look(&store, &[account(OnboardingStatus::Onboarded), fixtures::account("2", OnboardingStatus::Eligible)], 5).is_empty()
    );
}

#[test]
fn a_limit_is_told_once_for_the_portfolio_whichever_comes_first() {
    let with_limit = |id: &str, limit: MessagingLimit| {
        let mut account = fixtures::owned(fixtures::account(id, OnboardingStatus::Onboarded), "9", TermsStatus::Signed);
        let mut number = fixtures::number(Quality::Green);
        number.limit = limit;
        account.numbers = vec![number];
        account
    };
    let both = |limit: MessagingLimit| [with_limit("1", limit.clone()), with_limit("2", limit)];
    for webhook_first in [true, false] {
        let store = store();
        look(&store, &both(MessagingLimit::Tier250), 0);
        let raised = told(EventKind::Limit, "", "TIER_2K", 10);
        if webhook_first {
            store.tell(PROFILE, &[], std::slice::from_ref(&raised)).unwrap();
            assert!(look(&store, &both(MessagingLimit::Tier2k), 20).is_empty());
        } else {
            assert_eq!(look(&store, &both(MessagingLimit::Tier2k), 20).len(), 1);
            let mut of_the_other = raised;
            of_the_other.event.account = Some(WabaId::from("2"));
            store.tell(PROFILE, &[], &[of_the_other]).unwrap();
        }
        assert_eq!(timeline(&store).len(), 1, "webhook first: {webhook_first}");
    }
}

#[test]
fn r22_a_restriction_can_come_again_after_it_was_lifted() {
    let store = store();
    look(&store, &[account(OnboardingStatus::Onboarded)], 0);
    let restricted = |seconds: i64| told(EventKind::Restriction, "RESTRICTED_BIZ_INITIATED_MESSAGING", "open", seconds);
    let lifted = |seconds: i64| told(EventKind::Disabling, "", "REINSTATE", seconds);
    store.tell(PROFILE, &[], &[restricted(1), lifted(2), restricted(3), lifted(4)]).unwrap();
    assert_eq!(timeline(&store).len(), 4);
}

#[test]
fn bodies_are_kept_once_and_read_once() {
    let store = store();
    let new = |body: &'static str| NewWebhook { digest: [body.len() as u8; 32], received: at(0), body };
    assert_eq!(store.keep_webhooks(PROFILE, &[new("a"), new("bb"), new("a")]).unwrap(), 2);
    assert_eq!(store.keep_webhooks(PROFILE, &[new("bb")]).unwrap(), 0);
    let unread = store.unread_webhooks(PROFILE, 10).unwrap();
    assert_eq!(unread.iter().map(|kept| kept.body.as_slice()).collect::<Vec<_>>(), [b"a".as_slice(), b"bb"]);
    assert_eq!(store.last_webhook(PROFILE).unwrap(), 0);
    store.tell(PROFILE, &unread[..1], &[]).unwrap();
    assert_eq!(store.unread_webhooks(PROFILE, 10).unwrap(), unread[1..]);
    assert_eq!(store.read_webhooks_after(PROFILE, 0, 10).unwrap(), unread[..1]);
    assert_eq!(store.last_webhook(PROFILE).unwrap(), unread[0].id);
    assert!(store.unread_webhooks("another", 10).unwrap().is_empty());
}

#[test]
fn a_change_of_a_portfolio_that_was_told_before_the_first_look_is_one_event_after_it() {
    let store = store();
    let of = |id: &str, seconds: i64| {
        let mut told = told(EventKind::Limit, "", "TIER_10K", seconds);
        told.event.account = Some(WabaId::from(id));
        told
    };
    store.tell(PROFILE, &[], &[of("1", 0), of("2", 1), of("3", 2)]).unwrap();
    assert_eq!(timeline(&store).len(), 3, "nobody knows yet which belong together");
    let within = |id: &str, portfolio: &str| {
        let portfolio = crate::domain::account::Portfolio { id: portfolio.into(), ..Default::default() };
        Account { portfolio: Some(portfolio.into()), ..fixtures::account(id, OnboardingStatus::Onboarded) }
    };
    look(&store, &[within("1", "9"), within("2", "9"), within("3", "8")], 10);
    let events = store.timeline(PROFILE, &Filter { most: 100, ..Filter::default() }).unwrap();
    let owners: Vec<_> = events.iter().map(|event| event.portfolio.as_ref().map(ToString::to_string).unwrap()).collect();
    assert_eq!(owners, ["8", "9"], "{events:?}");
}

/// An account of whose restriction only Meta's sentence tells.
fn told_in_words(day: &str) -> Account {
    let mut account = account(OnboardingStatus::Onboarded);
    let mut entity = fixtures::entity(EntityKind::Waba, CanSend::Blocked, &[131_031]);
    let description = format!("Restricted from starting conversations. The restriction ends on {day}.");
    entity.errors = [HealthError { code: 131_031, description, ..HealthError::default() }].into();
    account = fixtures::with_health(account, entity);
    account
}

/// Events about restrictions, the oldest first: until when, and by which ways it is known.
fn restrictions(store: &Store) -> Vec<(String, Vec<Source>)> {
    let filter = Filter { kind: Some(EventKind::Restriction), most: 100, ..Filter::default() };
    let events = store.timeline(PROFILE, &filter).unwrap();
    events.iter().rev().map(|event| (event.after.clone().unwrap().into(), event.sources.iter().collect())).collect()
}

#[test]
fn a_restriction_has_one_kind_by_look_and_by_webhook_and_takes_the_more_exact_end() {
    const BUSINESS: &str = "RESTRICTED_BIZ_INITIATED_MESSAGING";
    let end = || "2026-09-23T09:00:00Z".to_owned();
    let by_webhook = |store: &Store, seconds| {
        store.tell(PROFILE, &[], &[told(EventKind::Restriction, BUSINESS, "2026-09-23T09:00:00Z", seconds)]).unwrap()
    };
    // Seen first, then told.
    let (first, second) = (store(), store());
    look(&first, &[account(OnboardingStatus::Onboarded)], 0);
    look(&first, &[told_in_words("2026-09-23")], 100);
    assert_eq!(restrictions(&first), [("2026-09-23".to_owned(), vec![Source::Refresh])]);
    by_webhook(&first, 50);
    by_webhook(&first, 150);
    look(&first, &[told_in_words("2026-09-23")], 200);
    assert_eq!(restrictions(&first), [(end(), vec![Source::Refresh, Source::Webhook])]);
    assert_eq!(first.restrictions(PROFILE).unwrap().len(), 1, "its end is known to the next run");
    // Told first, then seen by whoever did not hear of it.
    look(&second, &[account(OnboardingStatus::Onboarded)], 0);
    by_webhook(&second, 50);
    look(&second, &[told_in_words("2026-09-23")], 100);
    assert_eq!(restrictions(&second), [(end(), vec![Source::Webhook])]);
}

#[test]
fn a_restriction_that_only_a_look_showed_ends_when_a_look_shows_it_no_more() {
    let store = store();
    look(&store, &[account(OnboardingStatus::Onboarded)], 0);
    look(&store, &[told_in_words("one day")], 100);
    // An answer without health says nothing of it.
    look(&store, &[Account { health: None, ..account(OnboardingStatus::Onboarded) }], 150);
    look(&store, &[account(OnboardingStatus::Onboarded)], 200);
    let ends: Vec<String> = restrictions(&store).into_iter().map(|(end, _)| end).collect();
    assert_eq!(ends, [STANDS, ENDED]);
}

#[test]
fn r22_a_status_that_turns_to_restricted_is_one_piece_of_news_whatever_its_sentence_says() {
    let store = store();
    let restricted = Account { onboarding: OnboardingStatus::IneligibleInactiveOrRestricted, ..told_in_words("2026-09-23") };
    look(&store, &[account(OnboardingStatus::Onboarded)], 0);
    let news = |events: Vec<Event>, wanted| events.iter().filter(|event| event.headline() == wanted).count();
    assert_eq!(news(look(&store, std::slice::from_ref(&restricted), 100), Headline::Restricted), 1);
    assert_eq!(news(look(&store, &[restricted], 200), Headline::Restricted), 0);
    assert_eq!(news(look(&store, &[account(OnboardingStatus::Eligible)], 300), Headline::Reinstated), 1);
}
