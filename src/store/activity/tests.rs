//! Pages of the timeline, what is news, and what is told only by time or by templates.

use std::sync::Arc;

use super::*;
use crate::domain::{
    Account,
    account::{OnboardingStatus, RestrictionKind, TermsStatus},
    event::{ENDED, Source, template_facts},
    fixtures::{account, after, now, number, owned, with_restriction},
    number::{MessagingLimit, Quality},
    template::{Category, Template, TemplateStatus},
};

fn store() -> Store {
    Store::in_memory().unwrap()
}

fn event(account: &str, kind: EventKind, after: &str, second: i64) -> Event {
    Event {
        at: crate::domain::fixtures::after(second),
        account: Some(account.into()),
        portfolio: None,
        subject: "".into(),
        kind,
        before: None,
        after: Some(after.into()),
        note: None,
        sources: Source::Webhook.into(),
    }
}

/// Ten events, two at each second.
fn ten() -> Store {
    let store = store();
    let events: Vec<Event> =
        (0..10).map(|n| event(if n % 2 == 0 { "1" } else { "2" }, EventKind::Alert, &format!("value {n}"), n / 2)).collect();
    store.record("default", &events).unwrap();
    store
}

/// The last character of each value.
fn values(events: &[KeptEvent]) -> String {
    events.iter().map(|kept| kept.event.after.as_deref().unwrap().chars().last().unwrap()).collect()
}

#[test]
fn pages_follow_each_other_in_both_directions_and_meet_no_event_twice() {
    let store = ten();
    let page = |window| store.page("default", &Query::default(), window, 4).unwrap();
    let first = page(Window::Newest);
    assert_eq!(values(&first), "9876");
    let second = page(Window::OlderThan(first[3].place));
    assert_eq!(values(&second), "5432");
    assert_eq!(values(&page(Window::OlderThan(second[3].place))), "10");
    assert_eq!(values(&page(Window::NewerThan(second[0].place))), "9876");
    assert_eq!(values(&page(Window::NewerThan(first[2].place))), "98");
    assert_eq!(values(&page(Window::Oldest)), "3210");
}

#[test]
fn a_query_keeps_to_account_kind_time_and_text() {
    let store = ten();
    let find = |query: Query| values(&store.page("default", &query, Window::Newest, 9).unwrap());
    assert_eq!(find(Query { account: Some("2".into()), since: Some(after(3)), ..Query::default() }), "97");
    assert_eq!(find(Query { kind: Some(EventKind::Limit), ..Query::default() }), "");
    assert_eq!(find(Query { text: "VALUE 4".into(), ..Query::default() }), "4");
    let named = Query { text: "spa".into(), named: vec!["1".into(), "x\"]".into()], since: Some(after(4)), ..Query::default() };
    assert_eq!(find(named), "8");
    for wildcard in ["%", "_", "\\"] {
        assert_eq!(find(Query { text: wildcard.into(), ..Query::default() }), "", "{wildcard} is no wildcard");
    }
    assert_eq!(values(&store.page("other", &Query::default(), Window::Newest, 9).unwrap()), "");
}

#[test]
fn what_is_the_portfolios_is_told_once_and_shows_in_each_of_its_accounts() {
    let store = store();
    let mut both = ["1", "2"].map(|id| owned(account(id, OnboardingStatus::Eligible), "9", TermsStatus::NotStarted));
    store.observe("default", &both, true, after(0)).unwrap();
    for account in &mut both {
        Arc::make_mut(account.portfolio.as_mut().unwrap()).terms = TermsStatus::Signed;
        account.numbers[0].limit = MessagingLimit::Tier100k;
    }
    both[1].onboarding = OnboardingStatus::Onboarded;
    assert_eq!(store.observe("default", &both, true, after(1)).unwrap().len(), 3);
    // Whoever knows only the account, as a diagnosis does, gets the same as who knows its portfolio.
    let query = |id: &str| Query { account: Some(id.into()), portfolio: (id == "1").then(|| "9".into()), ..Query::default() };
    let kinds = |id: &str| -> Vec<Headline> {
        let page = store.page("default", &query(id), Window::Newest, 9).unwrap();
        page.iter().map(|kept| kept.event.headline()).collect()
    };
    assert_eq!(kinds("1"), [Headline::LimitUp, Headline::TermsSigned]);
    assert_eq!(kinds("2"), [Headline::Onboarded, Headline::LimitUp, Headline::TermsSigned]);
}

#[test]
fn news_is_counted_since_the_last_visit_with_the_gravest_first() {
    let store = store();
    let events = [
        event("1", EventKind::TemplateStatus, "PAUSED", 5),
        event("1", EventKind::Onboarding, "ONBOARDED", 6),
        event("2", EventKind::Onboarding, "INELIGIBLE_INACTIVE_OR_RESTRICTED", 7),
        event("2", EventKind::Restriction, "open", 7),
        event("2", EventKind::Onboarding, "ELIGIBLE", 1),
    ];
    store.record("default", &events).unwrap();
    let expected = [(Headline::Restricted, 2), (Headline::TemplatePaused, 1), (Headline::Onboarded, 1)];
    assert_eq!(store.news("default", after(1)).unwrap(), expected);
    assert_eq!(store.news("default", after(7)).unwrap(), []);
}

#[test]
fn what_others_keep_is_found_by_its_number_in_the_order_in_which_it_was_kept() {
    let store = ten();
    let last = store.last_kept().unwrap();
    // A webhook that comes late tells of something earlier.
    store.record("default", &[event("1", EventKind::Alert, "late", -5)]).unwrap();
    store.record("other", &[event("1", EventKind::Alert, "not ours", 9)]).unwrap();
    let (events, next) = store.kept_after("default", last, 9).unwrap();
    assert_eq!(events.iter().map(|event| event.after.as_deref().unwrap()).collect::<Vec<_>>(), ["late"]);
    assert_eq!(store.kept_after("default", next, 9).unwrap(), (Vec::new(), next));
}

fn observe(store: &Store, account: &Account, second: i64) -> Vec<(Headline, Option<String>)> {
    let events = store.observe("default", std::slice::from_ref(account), true, after(second)).unwrap();
    events.iter().map(|event| (event.headline(), event.after.as_deref().map(str::to_owned))).collect()
}

#[test]
fn a_restriction_that_ends_is_told_once_whether_it_is_still_listed_or_not() {
    for still_listed in [true, false] {
        let store = store();
        let free = account("1", OnboardingStatus::Eligible);
        let kind = RestrictionKind::BusinessInitiatedMessaging;
        let restricted = with_restriction(free.clone(), kind, Some(after(60)));
        observe(&store, &free, 0);
        assert_eq!(observe(&store, &restricted, 1), [(Headline::Restricted, Some(after(60).to_string()))]);
        assert_eq!(observe(&store, &free, 2), [], "not to be listed once says nothing while it holds");
        let later = if still_listed { &restricted } else { &free };
        assert_eq!(observe(&store, later, 61), [(Headline::Reinstated, Some(ENDED.to_owned()))]);
        assert_eq!(observe(&store, later, 62), []);
        let ended = &store.page("default", &Query::default(), Window::Newest, 1).unwrap()[0].event;
        assert!(ended.at == after(60) || still_listed, "{}", ended.at);
        let again = with_restriction(free, RestrictionKind::BusinessInitiatedMessaging, Some(after(500)));
        assert_eq!(observe(&store, &again, 63).len(), 1);
    }
}

#[test]
fn a_restriction_that_is_over_when_it_is_first_seen_is_no_news() {
    let store = store();
    observe(&store, &account("1", OnboardingStatus::Eligible), 0);
    let over = with_restriction(account("1", OnboardingStatus::Eligible), RestrictionKind::AddPhoneNumber, Some(after(1)));
    assert_eq!(observe(&store, &over, 5), []);
}

#[test]
fn a_number_that_goes_is_told_and_can_come_again() {
    let store = store();
    let mut both = account("1", OnboardingStatus::Eligible);
    both.numbers.push(crate::domain::PhoneNumber { id: "2".into(), display: "+49 30 5".into(), ..number(Quality::Green) });
    let mut one = both.clone();
    one.numbers.pop();
    let mut none = both.clone();
    none.numbers.clear();
    observe(&store, &both, 0);
    assert_eq!(observe(&store, &none, 1), [], "an answer without any number tells nothing");
    assert_eq!(observe(&store, &one, 2), [(Headline::NumberRemoved, None)]);
    assert_eq!(observe(&store, &one, 3), []);
    assert_eq!(observe(&store, &both, 4), [(Headline::NumberAdded, Some("2".to_owned()))]);
}

fn template(name: &str, status: TemplateStatus) -> Template {
    Template {
        name: name.into(),
        language: "en".into(),
        status,
        category: Category::Marketing,
        quality: Quality::Green,
        ..Template::default()
    }
}

#[test]
fn templates_that_pause_change_come_and_go_are_told_and_accounts_do_not_mind() {
    let store = store();
    let account = account("1", OnboardingStatus::Eligible);
    let look = |templates: &[Template], second: i64| -> Vec<(Headline, String)> {
        let events = store.observe_templates("default", &account.id, &template_facts(templates), after(second)).unwrap();
        events.iter().map(|event| (event.headline(), event.subject.to_string())).collect()
    };
    assert_eq!(look(&[template("offer", TemplateStatus::Approved)], 0), []);
    // The account is still new to the store, and its first look tells nothing.
    assert_eq!(observe(&store, &account, 0), []);
    let paused = template("offer", TemplateStatus::Paused);
    assert_eq!(look(std::slice::from_ref(&paused), 1), [(Headline::TemplatePaused, "offer/en".to_owned())]);
    let mut moved = paused.clone();
    moved.category = Category::Utility;
    moved.quality = Quality::Red;
    let told = look(&[moved.clone(), template("new", TemplateStatus::Pending)], 2);
    let expected = [Headline::TemplateQualityDown, Headline::TemplateCategory, Headline::TemplateChanged];
    assert_eq!(told.iter().map(|(headline, _)| *headline).collect::<Vec<_>>(), expected);
    assert_eq!(observe(&store, &account, 3), []);
    assert_eq!(look(&[moved.clone()], 4), [(Headline::TemplateChanged, "new/en".to_owned())]);
    assert_eq!(look(&[moved], 5), []);
    assert_eq!(look(&[], 6), [(Headline::TemplateChanged, "offer/en".to_owned())]);
}

#[test]
fn an_older_answer_that_comes_late_changes_nothing() {
    let store = store();
    let id = WabaId::from("1");
    let look = |status, second| {
        let facts = template_facts(&[template("offer", status)]);
        store.observe_templates("default", &id, &facts, after(second)).unwrap().len()
    };
    look(TemplateStatus::Approved, 0);
    assert_eq!(look(TemplateStatus::Paused, 10), 1);
    assert_eq!(look(TemplateStatus::Approved, 5), 0);
    assert_eq!(look(TemplateStatus::Paused, 11), 0);
}

#[test]
fn what_is_too_old_is_forgotten_in_steps_and_for_every_profile() {
    let store = store();
    let many: Vec<Event> = (0..5_000).map(|n| event("1", EventKind::Alert, "a", n)).collect();
    store.record("a", &many).unwrap();
    store.record("b", &many[..10]).unwrap();
    assert_eq!(store.purge(after(4_990)).unwrap(), 4_990 + 10);
    assert_eq!(store.page("a", &Query::default(), Window::Newest, 99).unwrap().len(), 10);
    assert_eq!(store.page("b", &Query::default(), Window::Newest, 99).unwrap().len(), 0);
    assert_eq!(store.purge(now()).unwrap(), 0);
}
