//! The screen of one account as a person meets it: read at a glance, moved on, copied, explained, reported.

use crate::{
    domain::{
        Account, Template,
        account::{OnboardingStatus, Restriction, RestrictionKind},
        health::{CanSend, EntityKind, EntityState, Health, HealthEntity, HealthError},
        number::NumberStatus,
        template::{Category, TemplateStatus},
    },
    i18n::Language,
    ops::diagnosis::Past,
    tui::{
        effect::Effect,
        model::{Model, Screen, overlay::Overlay},
        msg::Msg,
        testing::{self, account, frame, model_with, now, press, screen},
        update::update,
    },
};

fn blocked(code: i64, words: &str) -> Health {
    let error = HealthError { code, description: words.into(), solution: "Meta's advice".into() };
    let state =
        EntityState { kind: EntityKind::Waba, can_send: CanSend::Blocked, errors: vec![error].into(), ..EntityState::default() };
    Health { overall: CanSend::Blocked, entities: vec![HealthEntity { id: "201".into(), state: state.into() }] }
}

/// The screen of this account, opened as a person does.
fn opened(change: impl FnOnce(&mut Account)) -> Model {
    let mut shown = account("201", "Casa Verde", "20", OnboardingStatus::Onboarded);
    change(&mut shown);
    let mut model = model_with(vec![shown]);
    press(&mut model, "enter");
    model
}

fn restricted(model: &mut Account) {
    let expires = jiff::Timestamp::from_second(now().as_second() + 2 * 86_400 + 3_600).ok();
    model.restrictions = vec![Restriction { kind: RestrictionKind::BusinessInitiatedMessaging, expires }];
}

#[test]
fn why_it_cannot_send_and_what_to_do_is_read_at_once_at_every_size() {
    type Change = fn(&mut Account);
    let cases: [(Change, &str, &str); 3] = [
        (restricted, "restricts this account", "Wait until it ends"),
        (|account| account.health = Some(blocked(141_006, "payment")), "Paying does not work", "Add a valid payment"),
        (|account| account.numbers[0].status = NumberStatus::Banned, "has banned the number", "ask for a review"),
    ];
    for (change, cause, step) in cases {
        for (width, height) in [(60, 15), (80, 24), (160, 48)] {
            let shown = screen(&mut opened(change), width, height).replace(['\n', '▌'], " ");
            let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
            for wanted in [cause, step, "BLOCKED"] {
                assert!(shown.contains(wanted), "{wanted} is missing at {width}x{height}:\n{shown}");
            }
        }
    }
}

#[test]
fn beside_the_table_the_first_finding_stands_first() {
    let mut shown = account("201", "Casa Verde", "20", OnboardingStatus::Onboarded);
    restricted(&mut shown);
    let text = screen(&mut model_with(vec![shown]), 160, 48);
    let place = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words} is missing:\n{text}"));
    assert!(place("BLOCKED") < place("Phone numbers"));
}

#[test]
fn opening_it_asks_for_its_past_and_its_templates_once() {
    let mut model = model_with(vec![account("201", "Casa Verde", "20", OnboardingStatus::Onboarded)]);
    let effects = press(&mut model, "enter");
    let [Effect::StudyAccount { templates: Some(_), .. }, ..] = effects.as_slice() else { panic!("{effects:?}") };
    press(&mut model, "esc");
    let again = press(&mut model, "enter");
    assert!(matches!(again.as_slice(), [Effect::StudyAccount { templates: None, .. }, ..]), "{again:?}");
}

#[test]
fn a_late_past_of_another_account_is_dropped() {
    let mut model = opened(|_| {});
    let generation = model.account.past.ask(now());
    update(&mut model, Msg::PastLoaded("999".into(), generation, Ok(Past::default())));
    assert!(model.account.past.value().is_none());
    update(&mut model, Msg::PastLoaded("201".into(), generation, Ok(Past::default())));
    assert!(model.account.past.value().is_some());
}

#[test]
fn a_countdown_ticks_every_second_and_only_while_one_is_on_the_screen() {
    let mut model = opened(restricted);
    assert!(screen(&mut model, 80, 24).contains("ends in 2 d 01:00:00"));
    assert_eq!(model.next_wake().unwrap().as_second(), now().as_second() + 1);
    update(&mut model, Msg::ClockAdvanced(jiff::Timestamp::from_second(now().as_second() + 1).unwrap()));
    assert!(screen(&mut model, 80, 24).contains("ends in 2 d 00:59:59"));
    press(&mut model, "esc");
    assert!(model.next_countdown().is_none());
}

#[test]
fn sections_are_reached_by_keys_and_everything_can_be_copied() {
    let mut model = opened(restricted);
    screen(&mut model, 80, 24);
    let copied = press(&mut model, "y");
    let [Effect::Copy(text)] = copied.as_slice() else { panic!("{copied:?}") };
    assert!(text.contains("restricts this account") && text.contains("business-support-home"), "{text}");
    for _ in 0..4 {
        press(&mut model, "tab");
    }
    assert!(screen(&mut model, 80, 24).contains("+49 30 901820"));
    let section = press(&mut model, "ctrl-y");
    let [Effect::Copy(text)] = section.as_slice() else { panic!("{section:?}") };
    assert!(text.starts_with("Phone numbers") && text.contains("Messaging limit"), "{text}");
}

#[test]
fn what_is_chosen_stays_chosen_when_a_finding_comes() {
    let mut model = opened(|_| {});
    press(&mut model, "tab tab tab");
    let chosen = model.account.chosen.clone().expect("something is chosen");
    let mut changed = account("201", "Casa Verde", "20", OnboardingStatus::Onboarded);
    restricted(&mut changed);
    update(&mut model, Msg::AccountsReloaded(vec![changed]));
    assert_eq!(super::chosen(&model).map(|entry| entry.key), Some(chosen));
}

#[test]
fn a_paused_template_says_when_it_ends_and_what_comes_next() {
    let mut model = opened(|_| {});
    let generation = model.composer.templates.entry("201".into()).or_default().ask(now());
    let template = Template {
        name: "spring".into(),
        language: "en".into(),
        status: TemplateStatus::Paused,
        category: Category::Marketing,
        previous_category: Some(Category::Utility),
        ..Template::default()
    };
    update(&mut model, Msg::TemplatesLoaded("201".into(), generation, Ok(vec![template])));
    let shown = screen(&mut model, 100, 90);
    for words in ["spring/en", "6 hours the second", "utility → marketing"] {
        assert!(shown.contains(words), "{words} is missing:\n{shown}");
    }
}

#[test]
fn a_code_on_the_screen_is_explained_with_its_source() {
    let mut model = opened(|account| account.health = Some(blocked(131_031, "Business Account locked")));
    press(&mut model, "e");
    let shown = screen(&mut model, 80, 24);
    for words in ["131031", "Who acts", "Source", "error-codes"] {
        assert!(shown.contains(words), "{words} is missing:\n{shown}");
    }
    let copied = press(&mut model, "y");
    assert!(matches!(copied.as_slice(), [Effect::Copy(text)] if text.contains("131031")), "{copied:?}");
    press(&mut model, "esc");
    assert!(model.overlays.is_empty());
}

#[test]
fn statuses_are_explained_on_the_accounts_screen_and_in_the_composer() {
    for keys in ["e", "c f2"] {
        let mut model = model_with(vec![account("201", "Casa Verde", "20", OnboardingStatus::Eligible)]);
        press(&mut model, keys);
        assert!(matches!(model.overlays.last(), Some(Overlay::Explain(_))), "{keys}");
        assert!(screen(&mut model, 80, 24).contains("ELIGIBLE"), "{keys}");
    }
}

#[test]
fn the_report_goes_where_it_was_sent() {
    let mut model = opened(|_| {});
    press(&mut model, "B");
    let effects = press(&mut model, "enter");
    assert!(matches!(effects.as_slice(), [Effect::MakeReport(_)]), "{effects:?}");
    let text = crate::ops::report::Made::Text("# report".into());
    let copied = update(&mut model, Msg::ReportMade(Ok(text)));
    assert!(matches!(copied.as_slice(), [Effect::Copy(text)] if text == "# report"), "{copied:?}");
}

#[test]
fn nothing_panics_at_any_size_with_anything_that_was_sent() {
    let nasty = "\u{1b}]0;x\u{7}\u{202e}".repeat(60) + &"宽".repeat(150);
    let mut model = opened(|account| {
        account.health = Some(blocked(1, &nasty));
        account.numbers[0].display = nasty.as_str().into();
        account.numbers[0].status = NumberStatus::from_wire(&nasty);
        account.business_verification = Some(nasty.as_str().into());
        restricted(account);
    });
    for language in Language::ALL {
        model.texts = std::sync::Arc::new(crate::i18n::Texts::new(language));
        for (width, height) in [(0, 0), (1, 1), (20, 5), (60, 15), (61, 16), (80, 24), (200, 60)] {
            frame(&mut model, width, height);
            for key in ["down", "pagedown", "G", "tab", "up", "g", "backtab", "e", "esc"] {
                press(&mut model, key);
                let buffer = frame(&mut model, width, height);
                assert!(buffer.content().iter().all(|cell| !cell.symbol().contains('\u{1b}')));
            }
        }
    }
    assert!(matches!(model.screen, Screen::Account(_) | Screen::Accounts));
    let _ = testing::now();
}

#[test]
fn a_wide_terminal_shows_numbers_and_the_end_beside_the_page_and_a_narrow_one_is_left_alone() {
    let wide = screen(&mut opened(restricted), 160, 48);
    let beside: String = wide.lines().map(|line| line.chars().skip(120).collect::<String>() + "\n").collect();
    for wanted in ["│ Restrictions", "ends in 2 d", "Phone numbers", "Lately"] {
        assert!(beside.contains(wanted), "{wanted} is missing:\n{wide}");
    }
    // Too little is left for it.
    let narrow = screen(&mut opened(restricted), 150, 48);
    assert!(!narrow.contains('│') && narrow.contains("Restrictions ──"), "{narrow}");
}
