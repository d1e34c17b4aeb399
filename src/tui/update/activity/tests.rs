//! What the activity screen asks of the store, and what becomes of the answers.

use super::*;
use crate::{
    domain::event::Headline,
    store::Window,
    tui::{
        model::activity::PAGE,
        msg::Msg,
        testing::{answer_activity, kept_events, model_with_fleet, now, press, problem, type_text},
        update::update,
    },
};

/// So many events of one account, a minute apart.
fn many(count: i64) -> Vec<KeptEvent> {
    let events: Vec<_> = (0..count).map(|n| ("101", EventKind::NumberQuality, "GREEN", "RED", n * 60)).collect();
    kept_events(&events)
}

/// The page that the store would give of these events.
fn page(events: &[KeptEvent], window: Window) -> Vec<KeptEvent> {
    let most = PAGE as usize;
    match window {
        Window::Newest => events.iter().take(most).cloned().collect(),
        Window::Oldest => events[events.len().saturating_sub(most)..].to_vec(),
        Window::OlderThan(place) => events.iter().filter(|kept| kept.place < place).take(most).cloned().collect(),
        Window::NewerThan(place) => {
            let newer: Vec<_> = events.iter().filter(|kept| kept.place > place).cloned().collect();
            newer[newer.len().saturating_sub(most)..].to_vec()
        }
    }
}

/// Answers everything that is asked, until nothing more is.
fn serve(model: &mut Model, mut effects: Vec<Effect>, events: &[KeptEvent]) {
    while let Some(window) = asked(&effects) {
        effects = answer_activity(model, &effects, page(events, window));
    }
}

fn asked(effects: &[Effect]) -> Option<Window> {
    effects.iter().find_map(|effect| match effect {
        Effect::LoadActivity { window, .. } => Some(*window),
        _ => None,
    })
}

fn opened(events: &[KeptEvent]) -> Model {
    let mut model = model_with_fleet();
    let effects = press(&mut model, "a");
    serve(&mut model, effects, events);
    model
}

#[test]
fn the_screen_asks_for_the_newest_page_and_for_nothing_twice() {
    let mut model = model_with_fleet();
    let effects = press(&mut model, "a");
    assert_eq!(asked(&effects), Some(Window::Newest));
    assert_eq!(asked(&press(&mut model, "a esc a")), None, "one question is in flight already");
}

#[test]
fn from_an_account_it_shows_that_account_with_what_is_its_portfolios_and_goes_back_to_it() {
    let mut model = model_with_fleet();
    let effects = press(&mut model, "enter a");
    let [Effect::StudyAccount { .. }, Effect::LoadActivity { query, .. }] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!((query.account.clone(), query.portfolio.clone()), (Some("201".into()), Some("20".into())));
    press(&mut model, "esc");
    assert_eq!(model.screen, Screen::Account("201".into()));
}

#[test]
fn scrolling_loads_page_after_page_and_never_holds_them_all() {
    let events = many(5_000);
    let mut model = opened(&events);
    assert_eq!(model.activity.events.len(), 200);
    for step in 1..=400 {
        let effects = update(&mut model, Msg::WheelTurned(10));
        serve(&mut model, effects, &events);
        assert!(model.activity.events.len() <= 1_000);
        assert_eq!(model.activity.selected_event(), Some(&events[step * 10]), "after {step} steps");
    }
    assert!(model.activity.has_newer && model.activity.has_older);
    for step in (0..400).rev() {
        let effects = update(&mut model, Msg::WheelTurned(-10));
        serve(&mut model, effects, &events);
        assert_eq!(model.activity.selected_event(), Some(&events[step * 10]), "back at {step}");
    }
    assert!(!model.activity.has_newer);
}

#[test]
fn one_key_reaches_the_oldest_event_and_one_the_newest_without_what_is_between() {
    let events = many(5_000);
    let mut model = opened(&events);
    let effects = press(&mut model, "end");
    assert_eq!(asked(&effects), Some(Window::Oldest));
    serve(&mut model, effects, &events);
    assert_eq!(model.activity.selected_event(), events.last());
    let effects = press(&mut model, "home");
    serve(&mut model, effects, &events);
    assert_eq!(model.activity.selected_event(), events.first());
}

#[test]
fn what_is_typed_while_the_store_answers_is_asked_once_afterwards() {
    let events = many(3);
    let mut model = opened(&events);
    press(&mut model, "/");
    let first = update(&mut model, Msg::KeyPressed(Key::char('r')));
    assert_eq!(asked(&first), Some(Window::Newest));
    type_text(&mut model, "ed q");
    let next = answer_activity(&mut model, &first, Vec::new());
    let [Effect::LoadActivity { query, .. }] = next.as_slice() else { panic!("{next:?}") };
    assert_eq!(query.text, "red q");
    assert_eq!(model.activity.events.len(), 3, "the answer to what is no longer asked is not shown");
    assert_eq!(asked(&answer_activity(&mut model, &next, events)), None);
}

#[test]
fn accounts_are_found_by_the_names_that_the_store_does_not_know() {
    let mut model = opened(&[]);
    press(&mut model, "/");
    let effects = update(&mut model, Msg::TextPasted("bergBLICK".to_owned()));
    let [Effect::LoadActivity { query, .. }] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(query.named, ["101".into(), "102".into()]);
}

#[test]
fn new_events_come_in_by_themselves_and_leave_the_chosen_one_chosen() {
    let events = many(3);
    let mut model = opened(&events[1..]);
    let effects = update(&mut model, Msg::HistoryChanged);
    serve(&mut model, effects, &events);
    assert_eq!(model.activity.selected_event(), events.first(), "nobody chose, so it follows");
    press(&mut model, "down");
    let more = many(4);
    let chosen = model.activity.selected;
    let effects = update(&mut model, Msg::HistoryChanged);
    serve(&mut model, effects, &more);
    assert_eq!(model.activity.selected, chosen);
    press(&mut model, "1");
    assert_eq!(asked(&update(&mut model, Msg::HistoryChanged)), None, "what is not on the screen is not read");
}

#[test]
fn a_choice_of_kind_account_and_period_is_asked_for() {
    let events = kept_events(&[("102", EventKind::Limit, "TIER_1K", "TIER_2K", 60)]);
    let mut model = opened(&events);
    let effects = press(&mut model, "f down enter");
    let [Effect::LoadActivity { query, .. }] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(query.kind, Some(EventKind::Limit), "the kind of the chosen event stands first");
    answer_activity(&mut model, &effects, events.clone());
    let effects = press(&mut model, "a down enter");
    let [Effect::LoadActivity { query, .. }] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(query.account, Some("102".into()));
    answer_activity(&mut model, &effects, events);
    let effects = press(&mut model, "t end down down down enter");
    let [Effect::LoadActivity { query, .. }] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(query.since.map(|since| now().duration_since(since).as_hours()), Some(24));
}

#[test]
fn enter_opens_the_account_of_the_event_and_y_copies_it() {
    let events =
        kept_events(&[("102", EventKind::Onboarding, "ELIGIBLE", "ONBOARDED", 60), ("9", EventKind::Alert, "", "x", 90)]);
    let mut model = opened(&events);
    let effects = press(&mut model, "y");
    let [Effect::Copy(text)] = effects.as_slice() else { panic!("{effects:?}") };
    assert!(text.contains("Bergblick Spa (102)") && text.contains("optimized delivery on"), "{text}");
    press(&mut model, "down enter");
    assert_eq!(model.screen, Screen::Activity, "an account that is not seen cannot be opened");
    assert!(model.toast.as_ref().is_some_and(|toast| toast.text.contains('9')));
    press(&mut model, "up enter");
    assert_eq!(model.screen, Screen::Account("102".into()));
}

#[test]
fn the_first_comparison_asks_for_news_and_later_ones_note_that_somebody_looks() {
    let mut model = model_with_fleet();
    assert!(matches!(update(&mut model, Msg::HistoryKept(Ok(()))).as_slice(), [Effect::Visit(_)]));
    assert!(matches!(update(&mut model, Msg::HistoryKept(Ok(()))).as_slice(), [Effect::NoteVisit(_)]));
    let news = News { since: now(), counts: vec![(Headline::Restricted, 2)] };
    update(&mut model, Msg::NewsRead(Some(news)));
    assert!(model.activity.news.is_some());
    press(&mut model, "a");
    assert!(model.activity.news.is_none(), "seen to");
}

#[test]
fn a_history_that_cannot_be_used_is_said_once() {
    let mut model = model_with_fleet();
    update(&mut model, Msg::HistoryKept(Err(problem("The history is damaged."))));
    assert!(model.toast.take().is_some_and(|toast| toast.bad && toast.text.contains("damaged")));
    update(&mut model, Msg::HistoryKept(Err(problem("The history is damaged."))));
    assert_eq!(model.toast, None);
}

#[test]
fn what_the_chosen_event_tells_is_explained_and_not_the_account_that_was_left() {
    let model = opened(&many(1));
    let topics = crate::tui::update::explain::topics(&model);
    let words: Vec<_> = topics.iter().map(|topic| (topic.kind(), topic.wire())).collect();
    assert_eq!(words, [("quality", "RED")]);
}
