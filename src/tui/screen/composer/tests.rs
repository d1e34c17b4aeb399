//! How the composer looks, at the sizes that count.

use insta::assert_snapshot;

use crate::{
    domain::{MessageId, account::OnboardingStatus, delivery::DeliveryPath},
    i18n::{Language, Texts},
    ops::send::{Acceptance, DeliveryReport, SendOutcome},
    tui::{
        effect::Effect,
        model::{Model, composer::fixtures::*},
        msg::Msg,
        testing::{press, problem, screen, type_text},
        update::update,
    },
    web::MessageStatus,
};

const SIZES: [(u16, u16); 3] = [(60, 15), (80, 24), (160, 48)];

fn each_size(name: &str, model: &mut Model) {
    for (width, height) in SIZES {
        assert_snapshot!(format!("{name}_{width}x{height}"), screen(model, width, height));
    }
}

#[test]
fn compose_with_some_values() {
    let mut model = composer_with(OnboardingStatus::Onboarded, vec![offer()]);
    press(&mut model, "down down");
    type_text(&mut model, "Zoë");
    each_size("compose", &mut model);
}

#[test]
fn settings_of_an_account_that_is_not_on() {
    let mut model = composer_with(OnboardingStatus::Eligible, vec![offer()]);
    press(&mut model, "ctrl-e tab space");
    each_size("settings_fallback", &mut model);
}

#[test]
fn r30_settings_of_a_utility_template() {
    let mut model = composer_with(OnboardingStatus::Onboarded, vec![order()]);
    press(&mut model, "ctrl-e tab");
    assert_snapshot!("settings_utility_80x24", screen(&mut model, 80, 24));
}

#[test]
fn r35_the_preview_on_its_own_tab() {
    let mut model = composer_with(OnboardingStatus::Onboarded, vec![offer()]);
    press(&mut model, "ctrl-e tab tab");
    each_size("preview", &mut model);
}

#[test]
fn r35_a_carousel() {
    let mut model = composer_with(OnboardingStatus::Onboarded, vec![carousel()]);
    press(&mut model, "ctrl-e right");
    assert_snapshot!("carousel_80x24", screen(&mut model, 80, 24));
    assert_snapshot!("carousel_160x48", screen(&mut model, 160, 48));
}

fn after_sends(model: &mut Model) {
    press(model, "ctrl-e tab tab tab");
    type_text(model, "+55 11 91234 5678");
    if model.forecast().is_some_and(|forecast| forecast.stops_sending()) {
        press(model, "down space");
    }
    for outcome in 0..4 {
        press(model, "ctrl-s");
        let Some(Effect::Send { ticket, .. }) = press(model, "enter").pop() else { panic!("nothing was sent") };
        let id: MessageId = format!("wamid.{outcome}").as_str().into();
        let late = problem("The Graph API did not answer within 30 seconds.");
        let answer = match outcome {
            2 => SendOutcome::Unknown(late),
            3 => SendOutcome::Refused(problem("(#131042) Business eligibility payment issue.")),
            _ => SendOutcome::Accepted { message_id: id.clone(), status: Acceptance::Accepted },
        };
        update(model, Msg::MessageSent(ticket, answer));
        if outcome == 0 {
            let report = DeliveryReport {
                message_id: id,
                status: MessageStatus::Delivered,
                at: Some(model.now),
                path: DeliveryPath::Optimized,
                category: None,
                errors: Vec::new(),
            };
            update(model, Msg::DeliveryReported(report));
        }
    }
    press(model, "down down down");
}

#[test]
fn r36_r37_the_table_of_sends() {
    let mut model = composer_with(OnboardingStatus::Onboarded, vec![offer()]);
    after_sends(&mut model);
    each_size("test", &mut model);
}

#[test]
fn in_french() {
    let mut model = composer_with(OnboardingStatus::Eligible, vec![offer()]);
    model.texts = std::sync::Arc::new(Texts::new(Language::French));
    press(&mut model, "tab space");
    each_size("french_settings", &mut model);
    press(&mut model, "backtab");
    after_sends(&mut model);
    assert_snapshot!("french_test_80x24", screen(&mut model, 80, 24));
}
#[test]
fn turning_to_a_card_brings_it_into_sight() {
    let mut model = composer_with(OnboardingStatus::Onboarded, vec![carousel()]);
    press(&mut model, "ctrl-e tab tab");
    let small = screen(&mut model, 60, 15);
    assert!(small.contains("of 3 ›") && !small.contains("↩ Buy"), "{small}");
    press(&mut model, "right");
    let turned = screen(&mut model, 60, 15);
    assert!(turned.contains("‹ 2–3 of 3") && turned.contains("↩ Buy"), "{turned}");
}
