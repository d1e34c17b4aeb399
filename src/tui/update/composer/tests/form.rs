//! Opening, picking, typing, moving: the form of the composer.

use crate::{
    domain::account::OnboardingStatus,
    tui::{
        command::CommandId,
        effect::Effect,
        model::{
            Screen,
            composer::{Field, Tab, fixtures::*},
        },
        msg::Msg,
        testing::{account, empty_model, model_with, model_with_fleet, press, problem, screen, type_text},
        update::update,
        view::Target,
    },
};

#[test]
fn opening_composes_for_the_selected_account_and_asks_for_its_templates() {
    let mut model = model_with_fleet();
    model.accounts.selected = Some("102".into());
    let effects = press(&mut model, "c");
    assert_eq!(model.screen, Screen::Composer);
    assert!(matches!(effects.as_slice(), [.., Effect::LoadTemplates(id, _)] if id.as_str() == "102"));
    assert_eq!(model.composed_number().unwrap().id.as_str(), "7102", "the first usable number");
    assert!(screen(&mut model, 80, 24).contains("loading…"));
}

#[test]
fn the_first_approved_marketing_template_is_preselected() {
    let model = composer(OnboardingStatus::Onboarded);
    assert_eq!(model.composed_template().unwrap().name, "flowers");
    let model = composer_with(OnboardingStatus::Onboarded, vec![paused(), order(), hello()]);
    assert_eq!(model.composed_template().unwrap().name, "zz_hello");
    let model = composer_with(OnboardingStatus::Onboarded, vec![paused(), order()]);
    assert_eq!(model.composed_template().unwrap().name, "order_shipped", "without an approved marketing one, any approved one");
}

#[test]
fn late_templates_for_another_account_are_dropped() {
    let mut model = model_with_fleet();
    model.accounts.selected = Some("101".into());
    let first = press(&mut model, "c");
    let again = press(&mut model, "r");
    let generation = |effects: &[Effect]| {
        effects
            .iter()
            .find_map(|effect| match effect {
                Effect::LoadTemplates(_, generation) => Some(*generation),
                _ => None,
            })
            .unwrap()
    };
    let (old, new) = (generation(&first), generation(&again));
    update(&mut model, Msg::TemplatesLoaded("101".into(), old, Ok(vec![order()])));
    assert!(model.composed_template().is_none());
    update(&mut model, Msg::TemplatesLoaded("101".into(), new, Ok(vec![hello()])));
    assert_eq!(model.composed_template().unwrap().name, "zz_hello");
}

#[test]
fn templates_that_could_not_be_read_say_why_and_can_be_asked_for_again() {
    let mut model = model_with(vec![account("101", "Bergblick Hotels", "10", OnboardingStatus::Onboarded)]);
    let Some(Effect::LoadTemplates(id, generation)) = press(&mut model, "c").pop() else { panic!("nothing was asked") };
    let problem = problem("The network is down.");
    update(&mut model, Msg::TemplatesLoaded(id, generation, Err(problem)));
    assert!(screen(&mut model, 160, 24).contains("The network is down."));
    assert!(matches!(press(&mut model, "ctrl-t").as_slice(), [Effect::LoadTemplates(..)]));
}

#[test]
fn all_languages_of_a_template_stand_side_by_side() {
    let mut model = composer(OnboardingStatus::Onboarded);
    press(&mut model, "ctrl-t");
    let shown = screen(&mut model, 100, 24);
    let line = |words: &str| shown.lines().position(|line| line.contains(words)).unwrap_or_else(|| panic!("{words} in\n{shown}"));
    assert_eq!(line("spring_offer · fr"), line("spring_offer · en_US") + 1);
    assert!(shown.contains("‖ a_paused · en_US"), "{shown}");
}

#[test]
fn the_account_picker_says_where_each_account_stands() {
    let mut model = model_with_fleet();
    model.accounts.selected = Some("101".into());
    open_with(&mut model, all_templates());
    press(&mut model, "up up enter");
    let shown = screen(&mut model, 100, 24);
    for words in ["● On", "○ Can be upgraded", "⊘ Restricted"] {
        assert!(shown.contains(words), "{words} in\n{shown}");
    }
    type_text(&mut model, "casa");
    press(&mut model, "enter");
    assert_eq!(model.composer.account.as_ref().unwrap().as_str(), "201");
}

#[test]
fn an_empty_field_is_missing_and_its_example_is_not_used_by_itself() {
    let mut model = composer_with(OnboardingStatus::Onboarded, vec![offer()]);
    let shown = screen(&mut model, 100, 30);
    assert!(shown.contains("0 of 4 values given"), "{shown}");
    assert!(shown.contains("{{1}}"), "marked in the preview:\n{shown}");
    press(&mut model, "ctrl-e");
    assert_eq!(model.composer.values().len(), 4);
    let shown = screen(&mut model, 100, 30);
    assert!(shown.contains("4 of 4 values given") && shown.contains("Hi Ana"), "{shown}");
}

#[test]
fn the_examples_leave_alone_what_was_typed() {
    let mut model = composer_with(OnboardingStatus::Onboarded, vec![order()]);
    press(&mut model, "down");
    type_text(&mut model, "Z-9");
    press(&mut model, "ctrl-e");
    assert_eq!(model.composer.values().into_values().collect::<Vec<_>>(), ["Z-9"]);
}

#[test]
fn r35_the_preview_fills_in_what_is_typed() {
    let mut model = composer_with(OnboardingStatus::Onboarded, vec![order()]);
    press(&mut model, "down");
    type_text(&mut model, "q12?");
    assert_eq!(model.screen, Screen::Composer, "a letter typed runs no command");
    assert!(model.overlays.is_empty() && !model.quitting);
    assert!(screen(&mut model, 80, 24).contains("Your order q12? is on its"));
}

#[test]
fn other_languages_of_a_template_take_over_what_was_typed_and_other_templates_do_not() {
    let mut model = composer_with(OnboardingStatus::Onboarded, vec![offer(), offer_in_french(), order()]);
    press(&mut model, "ctrl-e");
    pick(&mut model, "spring_offer fr");
    assert_eq!(model.composer.values().len(), 4);
    pick(&mut model, "order_shipped");
    assert!(model.composer.values().is_empty());
    pick(&mut model, "spring_offer fr");
    assert_eq!(model.composer.values().len(), 4, "they come back");
}

#[test]
fn a_value_that_meta_would_refuse_says_so_at_its_field() {
    let mut model = composer_with(OnboardingStatus::Onboarded, vec![order()]);
    press(&mut model, "down");
    update(&mut model, Msg::TextPasted("a     b".to_owned()));
    let shown = screen(&mut model, 80, 24);
    assert!(shown.contains("more than four spaces"), "{shown}");
}

#[test]
fn a_paste_with_line_breaks_becomes_one_line() {
    let mut model = composer_with(OnboardingStatus::Onboarded, vec![order()]);
    press(&mut model, "down");
    update(&mut model, Msg::TextPasted("one\ntwo\tthree".to_owned()));
    assert_eq!(model.composer.values().into_values().collect::<Vec<_>>(), ["one two three"]);
}

#[test]
fn tabs_turn_by_key_and_by_click() {
    let mut model = composer(OnboardingStatus::Onboarded);
    let mut seen = vec![model.composer.tab];
    for _ in 0..4 {
        press(&mut model, "tab");
        seen.push(model.composer.tab);
    }
    assert_eq!(seen, [Tab::Compose, Tab::Settings, Tab::Preview, Tab::Test, Tab::Compose]);
    press(&mut model, "backtab");
    assert_eq!(model.composer.tab, Tab::Test);
    update(&mut model, Msg::TargetClicked(Target::Tab(Tab::Preview)));
    assert_eq!(model.composer.tab, Tab::Preview);
}

#[test]
fn the_focus_moves_with_the_arrows_and_each_tab_keeps_its_own() {
    let mut model = composer_with(OnboardingStatus::Onboarded, vec![offer()]);
    assert_eq!(model.composer_focus(), Some(Field::Template));
    press(&mut model, "down down");
    assert_eq!(model.composer_focus(), Some(Field::Value(1)));
    press(&mut model, "tab down backtab");
    assert_eq!(model.composer_focus(), Some(Field::Value(1)));
    press(&mut model, "enter");
    assert_eq!(model.composer_focus(), Some(Field::Value(2)), "enter goes to the next field");
    press(&mut model, "up up up up up up up up");
    assert_eq!(model.composer_focus(), Some(Field::Kind));
}

#[test]
fn a_click_focuses_a_field_and_opens_a_picker() {
    let mut model = composer_with(OnboardingStatus::Onboarded, vec![offer()]);
    update(&mut model, Msg::TargetClicked(Target::Field(5)));
    assert_eq!(model.composer_focus(), Some(Field::Value(1)));
    update(&mut model, Msg::TargetClicked(Target::Field(1)));
    assert_eq!(model.overlays.len(), 1);
}

#[test]
fn a_click_checks_the_box() {
    let mut model = composer(OnboardingStatus::Onboarded);
    press(&mut model, "tab");
    update(&mut model, Msg::TargetClicked(Target::Field(0)));
    assert_eq!(model.optimized_checked(), Some(false));
}

#[test]
fn escape_leaves_to_the_accounts_even_while_typing() {
    let mut model = composer_with(OnboardingStatus::Onboarded, vec![order()]);
    press(&mut model, "down");
    assert!(model.is_typing());
    press(&mut model, "esc");
    assert_eq!(model.screen, Screen::Accounts);
}

#[test]
fn in_settings_letters_run_commands() {
    let mut model = composer(OnboardingStatus::Onboarded);
    press(&mut model, "tab ?");
    assert_eq!(model.overlays.len(), 1);
}

#[test]
fn the_cards_turn_with_the_arrows_and_follow_what_is_typed() {
    let mut model = composer_with(OnboardingStatus::Onboarded, vec![carousel()]);
    press(&mut model, "right right right right");
    assert_eq!(model.composer.card, 2);
    press(&mut model, "left");
    assert_eq!(model.composer.card, 1);
    let last = model.composer.variables.len() - 1;
    update(&mut model, Msg::TargetClicked(Target::Field(3 + last)));
    assert_eq!(model.composer.card, 2);
    assert!(screen(&mut model, 80, 24).contains("Peonies"));
}

#[test]
fn the_composer_without_any_account_does_not_open() {
    let mut model = empty_model(crate::i18n::Language::English);
    press(&mut model, "c");
    assert_eq!(model.screen, Screen::Accounts);
    assert!((crate::tui::command::command(CommandId::Send).enabled)(&model).is_err());
}

#[test]
fn an_account_that_is_gone_leaves_a_composer_that_says_so() {
    let mut model = composer(OnboardingStatus::Onboarded);
    crate::tui::testing::load(&mut model, vec![account("999", "Another", "1", OnboardingStatus::Onboarded)]);
    for tab in Tab::ALL {
        model.composer.tab = tab;
        assert!(screen(&mut model, 80, 24).contains("Choose an account and a template"));
    }
}

#[test]
fn an_asking_that_another_accounts_asking_ended_is_made_again() {
    let mut model = model_with_fleet();
    for (account, asks) in [("101", 1), ("102", 1), ("101", 1)] {
        model.screen = Screen::Accounts;
        model.accounts.selected = Some(account.into());
        let effects = press(&mut model, "c");
        let asked =
            effects.iter().filter(|effect| matches!(effect, Effect::LoadTemplates(id, _) if id.as_str() == account)).count();
        assert_eq!(asked, asks, "{account}");
    }
}

#[test]
fn old_templates_are_shown_and_asked_for_again() {
    let mut model = composer(OnboardingStatus::Onboarded);
    assert!(press(&mut model, "esc c").is_empty(), "they have just come");
    let later = jiff::Timestamp::from_second(model.now.as_second() + 61).unwrap();
    update(&mut model, Msg::ClockAdvanced(later));
    let effects = press(&mut model, "esc c");
    assert!(matches!(effects.as_slice(), [Effect::LoadTemplates(..)]));
    assert!(model.composed_template().is_some());
}

#[test]
fn another_account_is_one_key_away_whatever_has_the_focus() {
    let mut model = composer_with(OnboardingStatus::Onboarded, vec![offer()]);
    press(&mut model, "down down f4");
    assert!(screen(&mut model, 80, 24).contains("Send from which account?"));
}
