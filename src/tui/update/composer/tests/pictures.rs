//! When files of a message are looked at, and what the preview makes of them.

use std::sync::Arc;

use jiff::SignedDuration;

use crate::{
    domain::{
        account::OnboardingStatus,
        media::{MediaFacts, MediaProblem, Picture},
        template::MediaKind,
    },
    tui::{
        effect::Effect,
        model::{
            Model,
            composer::{Kind, Tab, fixtures::*},
            overlay::ChoiceValue,
        },
        msg::Msg,
        testing::{press, screen, type_text},
        theme::Depth,
        update::{composer::choose, update},
    },
};

const EXAMPLE: &str = "https://cdn.example/tulips.jpg";

fn looks(effects: Vec<Effect>) -> Vec<(String, MediaKind)> {
    let look = |effect| match effect {
        Effect::LookAtFile(source, kind) => Some((source, kind)),
        _ => None,
    };
    effects.into_iter().filter_map(look).collect()
}

fn wait(model: &mut Model, milliseconds: i64) -> Vec<(String, MediaKind)> {
    looks(update(model, Msg::ClockAdvanced(model.now + SignedDuration::from_millis(milliseconds))))
}

fn photo() -> MediaFacts {
    MediaFacts {
        bytes: Some(184_320),
        pixels: Some((1_125, 600)),
        content_type: None,
        picture: Picture::new(2, vec![[250, 0, 0], [0, 0, 250]]).map(Arc::new),
    }
}

#[test]
fn the_templates_example_is_looked_at_once_and_stands_in_for_what_is_missing() {
    let mut model = composer_with(OnboardingStatus::Onboarded, vec![offer()]);
    model.pictures.shelf.clear();
    assert_eq!(looks(press(&mut model, "down")), [(EXAMPLE.to_owned(), MediaKind::Image)]);
    assert_eq!(looks(press(&mut model, "down down up")), []);
    assert!(screen(&mut model, 120, 40).contains("looking at the file"));
    model.pictures.depth = Depth::True;
    update(&mut model, Msg::FileLookedAt(EXAMPLE.to_owned(), Ok(photo())));
    let shown = screen(&mut model, 120, 40);
    assert!(shown.contains("▀▀▀▀") && shown.contains("Image is missing") && shown.contains("the template's example"), "{shown}");
    press(&mut model, "ctrl-e");
    let shown = screen(&mut model, 120, 40);
    assert!(shown.contains("tulips.jpg · 1125×600 · 184\u{a0}kB") && !shown.contains("is missing"), "{shown}");
}

#[test]
fn without_colours_a_box_says_what_it_is_and_how_large() {
    let mut model = composer_with(OnboardingStatus::Onboarded, vec![offer()]);
    press(&mut model, "ctrl-e");
    update(&mut model, Msg::FileLookedAt(EXAMPLE.to_owned(), Ok(photo())));
    let shown = screen(&mut model, 120, 40);
    assert!(shown.contains("▣ Image") && shown.contains("tulips.jpg") && shown.contains("1125×600 · 184\u{a0}kB"), "{shown}");
    assert!(!shown.contains('▀'), "{shown}");
    update(&mut model, Msg::FileLookedAt(EXAMPLE.to_owned(), Err(MediaProblem::TooManyPixels(60_000, 60_000))));
    assert!(screen(&mut model, 120, 40).contains("60000×60000 pixels: too many"));
}

#[test]
fn an_address_that_is_being_typed_is_looked_at_when_it_rests() {
    let mut model = composer_with(OnboardingStatus::Onboarded, vec![offer()]);
    choose(&mut model, ChoiceValue::Kind(Kind::Document));
    for letter in ["https://x.test/menu", ".pd"] {
        type_text(&mut model, letter);
        assert_eq!(wait(&mut model, 400), [], "not while it is typed");
    }
    type_text(&mut model, "f");
    assert!(model.next_wake().is_some_and(|at| at <= model.now + SignedDuration::from_secs(1)), "it wakes up by itself");
    assert_eq!(wait(&mut model, 1_000), [("https://x.test/menu.pdf".to_owned(), MediaKind::Document)]);
    assert_eq!(wait(&mut model, 5_000), []);
    let facts = MediaFacts { bytes: Some(2_400_000), ..MediaFacts::default() };
    update(&mut model, Msg::FileLookedAt("https://x.test/menu.pdf".to_owned(), Ok(facts)));
    let shown = screen(&mut model, 120, 40);
    assert!(shown.contains("▤ Document") && shown.contains("2.4\u{a0}MB"), "{shown}");
}

#[test]
fn one_key_switches_pictures_off_and_then_no_file_is_asked_for() {
    let mut model = composer_with(OnboardingStatus::Onboarded, vec![offer()]);
    model.pictures.shelf.clear();
    model.pictures.shown = false;
    assert_eq!(looks(press(&mut model, "down tab tab")), []);
    assert_eq!(model.composer.tab, Tab::Preview);
    assert!(screen(&mut model, 120, 40).contains("No file is looked at; F3 shows pictures"));
    assert_eq!(looks(press(&mut model, "f3")), [(EXAMPLE.to_owned(), MediaKind::Image)]);
    press(&mut model, "f3");
    assert!(!model.pictures.shown);
}
