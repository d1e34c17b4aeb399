//! The list of accounts as it is drawn: its order, its words, its cuts.

use crate::{
    domain::account::OnboardingStatus,
    i18n::Language,
    tui::{
        msg::Msg,
        testing::{
            self, account, connect, empty_model, frame, load, model_with, model_with_fleet, press, problem, screen, type_text,
        },
        update::update,
    },
};

#[test]
fn r1_the_table_shows_every_account_with_its_status_worst_first() {
    let shown = screen(&mut model_with_fleet(), 80, 24);
    let place = |words: &str| shown.find(words).unwrap_or_else(|| panic!("{words} is missing:\n{shown}"));
    assert!(place("⊘ Restricted") < place("○ Can be upgraded"));
    assert!(place("○ Can be upgraded") < place("● On"));
}

#[test]
fn r2_without_colours_each_status_is_still_told_apart() {
    let mut model = model_with_fleet();
    model.theme = crate::tui::theme::Theme::named("dark", crate::tui::theme::Depth::Monochrome).unwrap();
    let buffer = frame(&mut model, 80, 24);
    assert!(buffer.content.iter().all(|cell| cell.fg == ratatui::style::Color::Reset && cell.bg == ratatui::style::Color::Reset));
    let shown = screen(&mut model, 80, 24);
    for words in ["⊘ Restricted", "○ Can be upgraded", "● On"] {
        assert!(shown.contains(words), "{shown}");
    }
}

#[test]
fn r4_details_list_the_numbers_with_name_status_quality_and_limit() {
    let shown = screen(&mut model_with_fleet(), 160, 48);
    for words in ["+49 30 901820", "Active", "green", "10,000 a day", "shared by all"] {
        assert!(shown.contains(words), "{words} is missing:\n{shown}");
    }
}

#[test]
fn r5_the_benefits_are_one_key_away() {
    let mut model = model_with_fleet();
    press(&mut model, "b");
    let shown = screen(&mut model, 80, 24);
    for words in ["dynamic", "9 %", "never 100 %"] {
        assert!(shown.contains(words), "{words} is missing:\n{shown}");
    }
    press(&mut model, "esc");
    assert!(model.overlays.is_empty());
}

#[test]
fn r6_details_say_where_it_works() {
    let shown = screen(&mut model_with_fleet(), 160, 48);
    assert!(shown.contains("Where it works") && shown.contains("From Germany"), "{shown}");
}

#[test]
fn r10_the_section_is_there_while_an_account_can_be_upgraded_and_gone_when_all_are_on() {
    for (width, height) in [(60, 15), (80, 24), (160, 48)] {
        let shown = screen(&mut model_with_fleet(), width, height);
        assert!(
            shown.contains("Optimize your sending with optimized delivery") && shown.contains("u  Upgrade setting"),
            "{shown}"
        );
        let shown = screen(&mut testing::model_with_all_on(), width, height);
        assert!(!shown.contains("Upgrade setting") && !shown.contains("Optimize your sending"), "{shown}");
    }
}

#[test]
fn r21_the_banner_stands_verbatim_and_names_the_account() {
    let shown = screen(&mut model_with_fleet(), 160, 48);
    let sentence = "At least one WhatsApp Business Account is restricted by Meta. Accounts must be in good standing to upgrade.";
    assert!(shown.contains(sentence) && shown.contains("Restricted: Casa Verde"), "{shown}");
}

#[test]
fn loading_shows_what_is_known_and_a_failure_keeps_it() {
    let mut model = model_with_fleet();
    let generation = model.fleet.ask(model.now);
    assert!(screen(&mut model, 80, 24).contains("Casa Verde"));
    assert!(screen(&mut model, 80, 24).contains("refreshing"));
    update(&mut model, Msg::FleetLoaded(generation, Err(problem("Meta could not be reached: no network"))));
    let shown = screen(&mut model, 80, 24);
    assert!(shown.contains("Casa Verde") && shown.contains("Could not refresh: Meta could not be reached"), "{shown}");
}

#[test]
fn an_empty_answer_says_what_may_be_missing() {
    let mut model = empty_model(Language::English);
    connect(&mut model);
    load(&mut model, Vec::new());
    assert!(screen(&mut model, 80, 24).contains("This token sees no WhatsApp Business Account."));
}

#[test]
fn a_filter_that_matches_nothing_says_how_to_clear_it() {
    let mut model = model_with_fleet();
    press(&mut model, "/");
    type_text(&mut model, "zzzz");
    assert!(screen(&mut model, 80, 24).contains("No account matches “zzzz”"));
    press(&mut model, "esc");
    assert!(screen(&mut model, 80, 24).contains("Bergblick Hotels"));
}

#[test]
fn hostile_names_stay_in_their_cell() {
    let name = format!("\u{1b}[2J\u{1b}]0;owned\u{7}{}\u{202e}", "שלום 👩‍👩‍👧‍👦".repeat(60));
    let mut model = model_with(vec![account("1", &name, "1", OnboardingStatus::Eligible)]);
    for (width, height) in [(60, 15), (80, 24), (160, 48)] {
        let buffer = frame(&mut model, width, height);
        let hostile = |symbol: &str| symbol.chars().any(|c| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c));
        assert!(buffer.content.iter().all(|cell| !hostile(cell.symbol())));
    }
}

#[test]
fn no_size_breaks_the_frame() {
    let mut model = model_with_fleet();
    for width in [0, 1, 2, 10, 59, 60, 61, 79, 119, 120, 200] {
        for height in [0, 1, 2, 5, 14, 15, 16, 60] {
            frame(&mut model, width, height);
        }
    }
    assert!(screen(&mut model, 59, 20).contains("wabadeck needs 60×15"));
}

#[test]
fn five_thousand_rows_scroll_to_the_last() {
    let accounts = (0..5000).map(|n| account(&format!("{n:05}"), &format!("Account {n:05}"), "1", OnboardingStatus::Onboarded));
    let mut model = model_with(accounts.collect());
    frame(&mut model, 80, 24);
    press(&mut model, "end");
    assert!(screen(&mut model, 80, 24).contains("Account 04999"));
    press(&mut model, "home");
    assert!(screen(&mut model, 80, 24).contains("Account 00000"));
}
