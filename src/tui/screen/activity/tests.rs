//! What the activity screen and the line of news look like.

use crate::{
    domain::event::{EventKind, Headline},
    i18n::Language,
    ops::history::News,
    store::KeptEvent,
    tui::{
        model::Model,
        msg::Msg,
        testing::{self, answer_activity, frame, kept_events, model_with_fleet, now, press, problem, screen},
        update::update,
    },
};

fn opened(mut model: Model, events: Vec<KeptEvent>) -> Model {
    let effects = press(&mut model, "a");
    answer_activity(&mut model, &effects, events);
    model
}

fn events() -> Vec<KeptEvent> {
    kept_events(&[
        ("101", EventKind::Onboarding, "ELIGIBLE", "ONBOARDED", 120),
        ("201", EventKind::NumberQuality, "GREEN", "RED", 3_700),
        ("102", EventKind::TemplateStatus, "APPROVED", "PAUSED", 86_400),
        ("102", EventKind::Limit, "TIER_10K", "TIER_1K", 86_400 * 5),
    ])
}

#[test]
fn events_stand_under_their_day_with_words_for_what_happened() {
    let mut model = opened(model_with_fleet(), events());
    let shown = screen(&mut model, 80, 24);
    let places: Vec<usize> = [
        "Today · 2026-09-21",
        "▲ optimized delivery on",
        "▼ quality fell",
        "Yesterday · 2026-09-20",
        "▼ template paused",
        "5 days ago",
    ]
    .iter()
    .map(|words| shown.find(words).unwrap_or_else(|| panic!("no “{words}” in\n{shown}")))
    .collect();
    assert!(places.is_sorted(), "{shown}");
    assert!(shown.contains("Bergblick Hotels") && shown.contains("2 min"), "{shown}");
    assert!(shown.contains("2026-09-21 14:11:20"), "the chosen event stands in full below\n{shown}");
}

#[test]
fn the_smallest_terminal_shows_the_news_its_account_and_the_way_back() {
    for language in Language::ALL {
        let mut model = testing::empty_model(language);
        testing::connect(&mut model);
        testing::load(
            &mut model,
            model_with_fleet().fleet.all().iter().map(|account| crate::domain::Account::clone(account)).collect(),
        );
        let mut model = opened(model, events());
        let shown = screen(&mut model, 60, 15);
        assert!(shown.contains("Bergblick") && shown.contains('▼') && shown.contains('q'), "{shown}");
    }
}

#[test]
fn the_chosen_event_is_always_in_sight() {
    let many: Vec<_> = (0..150).map(|n| ("101", EventKind::Alert, "", "x", n * 7_200)).collect();
    let mut model = opened(model_with_fleet(), kept_events(&many));
    for (width, height) in [(60, 15), (80, 24), (160, 48)] {
        press(&mut model, "home");
        for _ in 0..149 {
            frame(&mut model, width, height);
            press(&mut model, "down");
            assert!(screen(&mut model, width, height).contains('▌'), "{width}×{height} at {}", model.activity.selected_row());
        }
        press(&mut model, "pageup pageup");
        assert!(screen(&mut model, width, height).contains('▌'));
    }
}

#[test]
fn no_size_breaks_the_frame_and_hostile_text_stays_in_its_cell() {
    let mut hostile = events();
    for kept in &mut hostile {
        kept.event.subject = format!("\u{1b}[2J{}\u{202e}", "שלום👩‍👩‍👧‍👦".repeat(50)).as_str().into();
        kept.event.note = Some("\u{1b}]0;owned\u{7}".repeat(40));
        kept.event.kind = EventKind::from_wire("BRAND\u{7}NEW");
    }
    let mut model = opened(model_with_fleet(), hostile);
    for width in [0, 1, 2, 10, 59, 60, 61, 76, 80, 120, 200] {
        for height in [0, 1, 2, 5, 14, 15, 16, 60] {
            let buffer = frame(&mut model, width, height);
            let hostile = |symbol: &str| symbol.chars().any(|c| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c));
            assert!(buffer.content.iter().all(|cell| !hostile(cell.symbol())));
        }
    }
}

#[test]
fn an_empty_history_and_one_that_fails_say_so() {
    let mut model = opened(model_with_fleet(), Vec::new());
    assert!(screen(&mut model, 80, 24).contains("Nothing has changed since"));
    update(&mut model, Msg::HistoryKept(Err(problem("The history in x is damaged."))));
    update(&mut model, Msg::ClockAdvanced(now() + jiff::SignedDuration::from_secs(60)));
    assert!(screen(&mut model, 80, 24).contains("The history in x is damaged."));
}

#[test]
fn the_accounts_screen_has_one_line_of_news_the_gravest_first() {
    let mut model = model_with_fleet();
    let counts =
        vec![(Headline::Restricted, 2), (Headline::TemplatePaused, 14), (Headline::Onboarded, 1), (Headline::Changed, 3)];
    let since = now() - jiff::SignedDuration::from_hours(20);
    update(&mut model, Msg::NewsRead(Some(News { since, counts })));
    for (width, height) in [(60, 15), (80, 24), (160, 48)] {
        let shown = screen(&mut model, width, height);
        let line = shown
            .lines()
            .find(|line| line.contains("Since you were last here") || line.contains("News ("))
            .unwrap_or_else(|| panic!("{shown}"));
        assert!(line.contains("20 h") && line.contains("▼ 2 restricted") && line.contains("a activity"), "{line}");
        assert!(line.contains("14 template paused") || line.contains("+3"), "{line}");
    }
    press(&mut model, "a esc");
    assert!(!screen(&mut model, 80, 24).contains("Since you were last here"));
}
