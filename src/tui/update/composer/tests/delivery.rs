//! R30–R34: the delivery option, its default, its choice, and what is said before sending.

use rstest::rstest;

use crate::{
    domain::{
        account::{OnboardingStatus, TermsStatus},
        delivery::{ProductPolicy, Route},
        template::Category,
    },
    i18n::Language,
    tui::{
        model::{
            Model,
            composer::{Tab, fixtures::*},
        },
        testing::{account, load, model_with_fleet, press, screen, type_text},
    },
};

const BOX: &str = "Optimized Delivery (Recommended)";

fn settings(model: &mut Model) -> String {
    model.composer.tab = Tab::Compose;
    press(model, "tab");
    assert_eq!(model.composer.tab, Tab::Settings);
    screen(model, 80, 40)
}

fn fill(model: &mut Model) {
    press(model, "ctrl-e");
}

#[test]
fn r30_the_option_is_removed_for_other_categories_and_comes_back_with_its_choice() {
    let mut model = composer(OnboardingStatus::Onboarded);
    assert!(settings(&mut model).contains(&format!("[x] {BOX}")));
    press(&mut model, "space");
    assert!(settings(&mut model).contains(&format!("[ ] {BOX}")));
    for name in ["order_shipped", "login_code"] {
        pick(&mut model, name);
        let shown = settings(&mut model);
        assert!(!shown.contains(BOX), "removed, not greyed:\n{shown}");
        assert!(!shown.contains("Never fall back"), "{shown}");
        assert!(shown.contains("through Cloud API"), "{shown}");
        assert_eq!(model.forecast().unwrap().route, Route::CloudApi);
    }
    pick(&mut model, "spring_offer en");
    assert!(settings(&mut model).contains(&format!("[ ] {BOX}")), "the choice made for this message is back");
}

#[test]
fn r30_a_key_on_a_removed_option_changes_nothing() {
    let mut model = composer(OnboardingStatus::Onboarded);
    pick(&mut model, "order_shipped");
    settings(&mut model);
    press(&mut model, "space enter");
    assert_eq!(model.composer.message.choice, Default::default());
}

#[test]
fn r30_a_category_that_meta_changed_changes_the_option_at_the_next_refresh() {
    let mut model = composer_with(OnboardingStatus::Onboarded, vec![offer()]);
    assert!(settings(&mut model).contains(BOX));
    let changed = crate::domain::Template { category: Category::Utility, ..offer() };
    for effect in press(&mut model, "r") {
        if let crate::tui::effect::Effect::LoadTemplates(account, generation) = effect {
            crate::tui::update::update(
                &mut model,
                crate::tui::msg::Msg::TemplatesLoaded(account, generation, Ok(vec![changed.clone()])),
            );
        }
    }
    assert!(!settings(&mut model).contains(BOX));
}

#[rstest]
#[case(OnboardingStatus::Onboarded, true)]
#[case(OnboardingStatus::Eligible, false)]
#[case(OnboardingStatus::PendingValidPaymentMethod, false)]
#[case(OnboardingStatus::PendingInternalSetup, false)]
#[case(OnboardingStatus::IneligibleInactiveOrRestricted, false)]
#[case(OnboardingStatus::IneligibleCountryNotSupported, false)]
#[case(OnboardingStatus::IneligibleOnBehalfOfWaba, false)]
#[case(OnboardingStatus::IneligibleUsingWhatsappBusinessApp, false)]
#[case(OnboardingStatus::from_wire("BRAND_NEW"), false)]
#[case(OnboardingStatus::default(), false)]
fn r31_the_box_is_checked_exactly_when_the_account_is_onboarded(#[case] status: OnboardingStatus, #[case] checked: bool) {
    let mut model = composer(status.clone());
    let shown = settings(&mut model);
    assert_eq!(shown.contains(&format!("[x] {BOX}")), checked, "{shown}");
    assert_eq!(shown.contains(&format!("[ ] {BOX}")), !checked, "{shown}");
    if !checked {
        // The reason and the next step stand beside it.
        let title = crate::wording::status_title(&model.texts, &status);
        let beginning: String = title.chars().take(20).collect();
        assert!(shown.contains(&beginning), "{beginning} in\n{shown}");
        assert!(shown.contains('→'), "{shown}");
    }
}

#[test]
fn r31_an_unchecked_box_can_be_checked_and_r33_says_that_it_will_fall_back() {
    let mut model = composer_with(OnboardingStatus::Eligible, vec![offer()]);
    assert!(settings(&mut model).contains("Goes through Cloud API, because"));
    press(&mut model, "space");
    let shown = settings(&mut model);
    assert!(shown.contains(&format!("[x] {BOX}")), "{shown}");
    assert!(shown.contains("Will fall back to Cloud API, because"), "{shown}");
    assert!(shown.contains("Lost that way: the time to live of 12 hours"), "{shown}");
}

#[test]
fn r03_an_account_that_was_enabled_elsewhere_has_the_box_checked_after_the_next_refresh() {
    let mut model = composer(OnboardingStatus::Eligible);
    assert!(settings(&mut model).contains(&format!("[ ] {BOX}")));
    load(&mut model, vec![account("101", "Bergblick Hotels", "10", OnboardingStatus::Onboarded)]);
    assert!(settings(&mut model).contains(&format!("[x] {BOX}")));
}

#[test]
fn r32_unchecking_holds_for_that_message_only() {
    let mut model = composer(OnboardingStatus::Onboarded);
    settings(&mut model);
    press(&mut model, "space");
    assert_eq!(model.optimized_checked(), Some(false));
    press(&mut model, "ctrl-n");
    assert_eq!(model.optimized_checked(), Some(true), "another message has it checked again");
}

#[test]
fn r32_a_message_of_another_account_knows_nothing_of_the_choice() {
    let mut model = model_with_fleet();
    let first = model.fleet.get(&"101".into()).cloned().unwrap();
    model.accounts.selected = Some(first.id.clone());
    open_with(&mut model, all_templates());
    settings(&mut model);
    press(&mut model, "space");
    assert_eq!(model.optimized_checked(), Some(false));
    press(&mut model, "esc");
    model.accounts.selected = Some("102".into());
    open_with(&mut model, all_templates());
    press(&mut model, "esc");
    model.accounts.selected = Some("101".into());
    open_with(&mut model, all_templates());
    assert_eq!(model.optimized_checked(), Some(true));
}

#[test]
fn r32_leaving_and_coming_back_to_the_same_message_keeps_its_choice() {
    let mut model = composer(OnboardingStatus::Onboarded);
    settings(&mut model);
    press(&mut model, "space esc c");
    assert_eq!(model.optimized_checked(), Some(false));
}

#[test]
fn r33_what_will_happen_is_in_sight_on_every_tab_and_at_every_size() {
    for language in Language::ALL {
        let mut model = composer(OnboardingStatus::Onboarded);
        model.texts = std::sync::Arc::new(crate::i18n::Texts::new(language));
        let words = crate::wording::delivery::route(&model.texts, Route::Optimized);
        for tab in Tab::ALL {
            model.composer.tab = tab;
            for (width, height) in [(60, 15), (80, 24), (160, 48)] {
                // A narrow screen may break the line.
                let shown = screen(&mut model, width, height).split_whitespace().collect::<Vec<_>>().join(" ");
                assert!(shown.contains(&format!("▲ {words}")), "{tab:?} {width}x{height}\n{shown}");
            }
        }
    }
}

#[test]
fn r33_a_recipient_in_the_united_states_is_told_before_sending() {
    let mut model = composer_with(OnboardingStatus::Onboarded, vec![offer()]);
    fill(&mut model);
    press(&mut model, "tab tab tab");
    assert_eq!(model.composer.tab, Tab::Test);
    type_text(&mut model, "+1 212 555 0100");
    let shown = screen(&mut model, 80, 24);
    assert!(shown.contains("the United States: Meta has paused"), "{shown}");
    assert!(shown.contains("✕ Cannot be sent, because Meta has paused marketing messages"), "{shown}");
    assert!(press(&mut model, "ctrl-s").is_empty());
    assert!(model.overlays.is_empty(), "what cannot arrive is not sent");
}

#[test]
fn r33_a_paused_template_cannot_be_sent() {
    let mut model = composer(OnboardingStatus::Onboarded);
    pick(&mut model, "a_paused");
    let shown = screen(&mut model, 80, 24);
    assert!(shown.contains("✕ Cannot be sent, because the template is paused by Meta."), "{shown}");
    assert!(shown.contains("→ Choose another template"), "{shown}");
}

#[test]
fn r33_marketing_switched_off_on_cloud_api_stops_what_would_fall_back() {
    let mut model = composer(OnboardingStatus::Eligible);
    let mut changed = account("101", "Bergblick Hotels", "10", OnboardingStatus::Eligible);
    changed.cloud_api_marketing_disabled = Some(true);
    std::sync::Arc::make_mut(changed.portfolio.as_mut().unwrap()).terms = TermsStatus::RequestSent;
    load(&mut model, vec![changed]);
    settings(&mut model);
    press(&mut model, "space");
    let shown = screen(&mut model, 80, 24);
    assert!(shown.contains("✕ Cannot be sent, because marketing through Cloud API is switched off"), "{shown}");
}

#[test]
fn r34_never_falling_back_can_be_chosen_per_message() {
    let mut model = composer(OnboardingStatus::Onboarded);
    assert!(settings(&mut model).contains("[ ] Never fall back"));
    press(&mut model, "down space");
    assert!(settings(&mut model).contains("[x] Never fall back"));
    assert_eq!(model.composer.message.choice.policy, ProductPolicy::Strict);
    press(&mut model, "ctrl-n");
    assert_eq!(model.composer.message.choice.policy, ProductPolicy::CloudApiFallback);
}

#[test]
fn r34_an_account_that_is_not_on_cannot_be_strict() {
    let mut model = composer(OnboardingStatus::Eligible);
    settings(&mut model);
    press(&mut model, "space down space");
    let shown = screen(&mut model, 80, 24);
    assert!(shown.contains("✕ Cannot be sent, because “Never fall back” is checked"), "{shown}");
}
