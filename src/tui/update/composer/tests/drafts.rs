//! Drafts: kept while somebody writes, taken up again, handed on.

use jiff::SignedDuration;

use crate::{
    domain::{account::OnboardingStatus, delivery::ProductPolicy, message::Content},
    store::KeptDraft,
    tui::{
        effect::Effect,
        model::{
            Model,
            composer::{Kind, Tab, fixtures::*},
            overlay::{ChoiceValue, Overlay},
        },
        msg::Msg,
        testing::{press, problem, screen, type_text},
        update::{composer::choose, update},
    },
};

fn later(model: &mut Model, milliseconds: i64) -> Vec<Effect> {
    let now = model.now.checked_add(SignedDuration::from_millis(milliseconds)).unwrap();
    update(model, Msg::ClockAdvanced(now))
}

fn kept(effects: Vec<Effect>) -> Option<KeptDraft> {
    effects.into_iter().find_map(|effect| match effect {
        Effect::KeepDraft(draft) => Some(*draft),
        _ => None,
    })
}

fn written() -> (Model, KeptDraft) {
    let mut model = composer_with(OnboardingStatus::Onboarded, vec![offer()]);
    press(&mut model, "down");
    type_text(&mut model, "Zoë");
    press(&mut model, "tab down space tab tab");
    type_text(&mut model, "+49 171 2345678");
    let draft = kept(later(&mut model, 600)).unwrap();
    (model, draft)
}

#[test]
fn what_is_written_is_kept_by_itself_shortly_after_typing_stops() {
    let mut model = composer_with(OnboardingStatus::Onboarded, vec![offer()]);
    assert!(kept(later(&mut model, 5_000)).is_none(), "nothing was written yet");
    press(&mut model, "down");
    type_text(&mut model, "Z");
    assert!(model.next_wake().is_some_and(|wake| wake <= model.now.checked_add(SignedDuration::from_secs(1)).unwrap()));
    assert!(kept(later(&mut model, 100)).is_none());
    let draft = kept(later(&mut model, 600)).unwrap();
    assert_eq!(draft.draft.values.values().collect::<Vec<_>>(), ["Z"]);
    assert!(kept(later(&mut model, 5_000)).is_none(), "and not again");
}

#[test]
fn a_draft_is_taken_up_with_everything_that_was_chosen_and_sends_nothing() {
    let (mut model, draft) = written();
    press(&mut model, "ctrl-n");
    assert!(model.composer.values().is_empty());
    assert!(matches!(press(&mut model, "ctrl-o").as_slice(), [.., Effect::FindDrafts]));
    update(&mut model, Msg::DraftsFound(vec![draft.clone()]));
    let list = screen(&mut model, 80, 24);
    assert!(list.contains("spring_offer/en_US") && list.contains("Bergblick Hotels") && list.contains("just now"), "{list}");
    let effects = press(&mut model, "enter");
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Send { .. })));
    assert_eq!(model.message_draft().unwrap(), draft.draft);
    assert_eq!(model.composer.tab, Tab::Compose);
    assert_eq!(model.composer.message.choice.policy, ProductPolicy::Strict);
    press(&mut model, "down");
    type_text(&mut model, "x");
    assert_eq!(kept(later(&mut model, 3_000)).map(|again| again.id), Some(draft.id), "it goes on being the same draft");
}

#[test]
fn a_draft_waits_for_the_templates_of_its_account() {
    let (_, draft) = written();
    let mut model = crate::tui::testing::model_with_fleet();
    update(&mut model, Msg::DraftImported(Ok(Box::new(draft.clone()))));
    assert!(model.composed_template().is_none());
    let mut asked = crate::tui::update::composer::reload_templates(&mut model);
    let Some(Effect::LoadTemplates(account, generation)) = asked.pop() else { panic!("{asked:?}") };
    update(&mut model, Msg::TemplatesLoaded(account, generation, Ok(all_templates())));
    assert_eq!(model.composed_template().unwrap().name, "spring_offer");
    assert_eq!(model.message_draft().unwrap().values, draft.draft.values);
}

#[test]
fn a_draft_for_an_account_that_is_not_there_says_so() {
    let (mut model, mut draft) = written();
    draft.draft.account = "999".into();
    update(&mut model, Msg::DraftImported(Ok(Box::new(draft))));
    assert!(model.toast.as_ref().unwrap().text.contains("which this token does not see"));
    assert_eq!(model.composed_account().unwrap().id.as_str(), "101");
}

#[test]
fn recipients_go_into_a_file_only_where_asked() {
    let (mut model, _) = written();
    for (keys, expected) in [("ctrl-x enter", false), ("tab enter", true)] {
        let effects = press(&mut model, keys);
        assert!(
            matches!(effects.as_slice(), [Effect::ExportDraft { with_recipients, .. }] if *with_recipients == expected),
            "{effects:?}"
        );
        update(&mut model, Msg::DraftExported(Err(problem("It exists already."))));
        assert!(screen(&mut model, 80, 24).contains("It exists already."), "the question stays, with the reason");
    }
    update(&mut model, Msg::DraftExported(Ok("/tmp/spring.draft.json".into())));
    assert!(model.overlays.is_empty());
    assert!(model.toast.as_ref().unwrap().text.contains("/tmp/spring.draft.json"));
}

#[test]
fn a_draft_from_a_file_is_asked_for_from_the_list_and_becomes_another_draft() {
    let (mut model, draft) = written();
    update(&mut model, Msg::DraftsFound(Vec::new()));
    press(&mut model, "enter");
    assert!(matches!(model.overlays.last(), Some(Overlay::Path(_))));
    type_text(&mut model, "a.json");
    assert!(matches!(press(&mut model, "enter").as_slice(), [Effect::ImportDraft(path)] if path.ends_with("a.json")));
    update(&mut model, Msg::DraftImported(Ok(Box::new(KeptDraft { id: "a".into(), ..draft }))));
    assert!(model.overlays.is_empty());
    press(&mut model, "down");
    type_text(&mut model, "y");
    let again = kept(later(&mut model, 3_000)).unwrap();
    assert_ne!(again.id, "a", "the file's name names no draft of ours");
}

#[test]
fn a_message_without_a_template_is_kept_and_taken_up_with_all_its_parts() {
    let mut model = composer_with(OnboardingStatus::Onboarded, vec![offer()]);
    choose(&mut model, ChoiceValue::Kind(Kind::List));
    assert!(kept(later(&mut model, 5_000)).is_none(), "nothing was written yet");
    type_text(&mut model, "Which *one*?");
    press(&mut model, "alt-enter");
    type_text(&mut model, "Say it.");
    press(&mut model, "down");
    type_text(&mut model, "Open");
    press(&mut model, "down");
    type_text(&mut model, "Tulips");
    press(&mut model, "down");
    type_text(&mut model, "red and yellow");
    let draft = kept(later(&mut model, 2_100)).unwrap();
    let written = model.free_form().unwrap();
    assert_eq!(draft.draft.content, Content::FreeForm(written.clone()));
    press(&mut model, "ctrl-n");
    assert_eq!(model.free_form(), None);
    update(&mut model, Msg::DraftsFound(vec![draft.clone()]));
    let list = screen(&mut model, 100, 24);
    assert!(list.contains("List") && list.contains("Which *one*?"), "{list}");
    press(&mut model, "enter");
    assert_eq!(model.free_form(), Some(written));
    assert_eq!(model.message_draft().unwrap(), draft.draft);
    type_text(&mut model, "x");
    assert_eq!(kept(later(&mut model, 3_000)).map(|again| again.id), Some(draft.id), "it goes on being the same draft");
    assert!(matches!(press(&mut model, "ctrl-x enter").as_slice(), [.., Effect::ExportDraft { .. }]), "it can be handed on");
}

#[test]
fn a_message_that_is_not_begun_names_what_was_written_last() {
    let (_, draft) = written();
    let mut model = composer_with(OnboardingStatus::Onboarded, vec![offer()]);
    assert!(!screen(&mut model, 80, 24).contains("Last draft"));
    update(&mut model, Msg::LastDraftFound(Some(Box::new(draft))));
    assert!(screen(&mut model, 80, 24).contains("Last draft (^o): spring_offer/en_US"));
    press(&mut model, "down");
    type_text(&mut model, "Z");
    assert!(!screen(&mut model, 80, 24).contains("Last draft"), "one that is begun has no need of it");
    later(&mut model, 600);
    press(&mut model, "ctrl-n");
    let last = model.composer.last_draft.clone().unwrap();
    assert_eq!(last.draft.values.values().collect::<Vec<_>>(), ["Z"], "what was just left is the last one now");
}

#[test]
fn the_account_that_is_chosen_here_is_the_selected_one_everywhere() {
    let mut model = crate::tui::testing::model_with_fleet();
    let other =
        model.fleet.all().iter().find(|account| Some(&account.id) != model.accounts.selected.as_ref()).unwrap().id.clone();
    press(&mut model, "2");
    choose(&mut model, ChoiceValue::Account(other.clone()));
    press(&mut model, "esc");
    assert_eq!(model.accounts.selected.as_ref(), Some(&other));
    press(&mut model, "2");
    assert_eq!(model.composer.account.as_ref(), Some(&other), "and coming back finds the message again");
}
