//! Messages without a template, and the ways of looking at one with.

use crate::{
    domain::{
        account::OnboardingStatus,
        delivery::Route,
        free_form::FreeForm,
        message::DraftProblem,
        template::{Component, Template},
    },
    tui::{
        command::CommandId,
        model::{
            composer::{Kind, Tab, fixtures::*},
            overlay::ChoiceValue,
        },
        msg::Msg,
        testing::{press, screen, type_text},
        update::{composer::choose, update},
        view::Target,
    },
};

#[test]
fn r30_no_message_without_template_has_the_option_and_the_template_comes_back_with_its_choice() {
    let mut model = composer_with(OnboardingStatus::Onboarded, vec![offer()]);
    press(&mut model, "tab space backtab");
    assert_eq!(model.optimized_checked(), Some(false), "unchecked by hand");
    for kind in Kind::ALL.into_iter().filter(|kind| kind.is_free()) {
        choose(&mut model, ChoiceValue::Kind(kind));
        press(&mut model, "tab");
        assert_eq!((model.optimized_checked(), model.composer_fields()), (None, Vec::new()), "{kind:?}");
        assert!(screen(&mut model, 80, 24).contains("Service and response messages"), "{kind:?}");
        assert_eq!(model.forecast().map(|forecast| forecast.route), Some(Route::CloudApi), "{kind:?}");
        press(&mut model, "backtab");
    }
    choose(&mut model, ChoiceValue::Kind(Kind::Template));
    assert_eq!(model.optimized_checked(), Some(false), "the choice was the message's");
}

#[test]
fn a_text_without_template_is_typed_in_lines_and_previewed() {
    let mut model = composer_with(OnboardingStatus::Onboarded, vec![offer()]);
    press(&mut model, "up up up enter");
    type_text(&mut model, "quick");
    press(&mut model, "enter");
    type_text(&mut model, "Which *one*?");
    press(&mut model, "alt-enter");
    type_text(&mut model, "Say it.");
    press(&mut model, "enter");
    type_text(&mut model, "This one is far too long");
    let shown = screen(&mut model, 120, 30);
    assert!(shown.contains("Which one?") && shown.contains("Say it."), "{shown}");
    assert!(shown.contains("✕ 24/20"), "{shown}");
    assert!(shown.contains("Button 1") && shown.contains("131047"), "{shown}");
    press(&mut model, "ctrl-u");
    type_text(&mut model, "This");
    let expected = FreeForm::QuickReplies { body: "Which *one*?\nSay it.".to_owned(), replies: vec!["This".to_owned()] };
    assert_eq!(model.free_form(), Some(expected));
    assert!(model.draft_problems().iter().all(|problem| *problem == DraftProblem::NoRecipient), "{:?}", model.draft_problems());
}

#[test]
fn a_paste_into_a_value_says_what_became_of_its_lines() {
    let mut model = composer_with(OnboardingStatus::Onboarded, vec![offer()]);
    press(&mut model, "down down");
    update(&mut model, Msg::TextPasted("one\ntwo".to_owned()));
    assert!(model.toast.is_some(), "said");
    assert!(model.composer.values().values().any(|value| value == "one two"));
}

#[test]
fn all_languages_stand_side_by_side_where_there_is_room() {
    let mut model = composer_with(OnboardingStatus::Onboarded, vec![offer(), offer_in_french()]);
    press(&mut model, "ctrl-e ctrl-g");
    assert_eq!(model.composer.tab, Tab::Preview);
    let wide = screen(&mut model, 160, 48);
    assert!(wide.contains("● en_US · approved") && wide.contains("● fr · approved"), "{wide}");
    let narrow = screen(&mut model, 60, 15);
    assert!(narrow.contains("en_US · approved ›") && !narrow.contains("fr · approved"), "{narrow}");
    press(&mut model, "right");
    let narrow = screen(&mut model, 60, 15);
    assert!(narrow.contains("‹ ● fr · approved"), "{narrow}");
    press(&mut model, "ctrl-g");
    assert!(!screen(&mut model, 160, 48).contains("● fr · approved"), "one alone again");
}

#[test]
fn a_desktop_is_one_key_away_and_says_what_it_does_not_show() {
    let mut model = composer_with(OnboardingStatus::Onboarded, vec![offer()]);
    press(&mut model, "ctrl-e");
    assert!(screen(&mut model, 160, 48).contains("Save up to"));
    press(&mut model, "ctrl-p");
    let desktop = screen(&mut model, 160, 48);
    assert!(desktop.contains("on a desktop does not show this") && !desktop.contains("Save up to"), "{desktop}");
}

#[test]
fn the_bubble_takes_the_other_colours_and_its_own_again() {
    let mut model = composer_with(OnboardingStatus::Onboarded, vec![offer()]);
    let own = model.preview_theme().bubble;
    press(&mut model, "ctrl-l");
    assert_ne!(model.preview_theme().bubble, own);
    press(&mut model, "ctrl-l");
    assert_eq!(model.preview_theme().bubble, own);
}

#[test]
fn cards_are_turned_with_the_mouse() {
    let mut model = composer_with(OnboardingStatus::Onboarded, vec![carousel()]);
    let shown = screen(&mut model, 80, 24);
    assert!(shown.contains("1 of 3 ›"), "{shown}");
    update(&mut model, Msg::TargetClicked(Target::Command(CommandId::NextCard)));
    assert!(screen(&mut model, 80, 24).contains("‹ 2 of 3 ›"));
}

#[test]
fn the_end_of_an_offer_is_typed_in_the_readers_own_time() {
    let offer = Template {
        components: vec![
            Component::LimitedTimeOffer { text: "Sale".to_owned(), has_expiration: true },
            Component::Body(Default::default()),
        ],
        ..hello()
    };
    let mut model = composer_with(OnboardingStatus::Onboarded, vec![offer]);
    press(&mut model, "down");
    type_text(&mut model, "2031-12-31 18:00");
    let shown = screen(&mut model, 80, 24);
    assert!(shown.contains("Ends 2031-12-31 18:00, your time"), "{shown}");
    assert!(model.composer.values().values().any(|value| value == "2031-12-31T18:00:00Z"));
}

#[test]
fn the_end_of_an_address_is_shown_as_it_is_sent() {
    let mut model = composer_with(OnboardingStatus::Onboarded, vec![offer()]);
    press(&mut model, "down down down down");
    type_text(&mut model, "spring sale/é");
    let shown = screen(&mut model, 120, 40);
    assert!(shown.contains("Sent as spring%20sale/%C3%A9"), "{shown}");
}

#[test]
fn picking_a_template_makes_the_message_of_it() {
    let mut model = composer_with(OnboardingStatus::Onboarded, vec![offer(), hello()]);
    choose(&mut model, ChoiceValue::Kind(Kind::Text));
    assert!(model.composed_template().is_none());
    press(&mut model, "ctrl-t");
    type_text(&mut model, "hello");
    press(&mut model, "enter");
    assert_eq!(model.composed_template().map(|template| template.name.as_str()), Some("zz_hello"));
}
