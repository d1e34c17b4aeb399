//! Drafts: kept while somebody writes, taken up again, handed on as files.

use std::path::PathBuf;

use super::{compose_for, settle, take_template};
use crate::{
    domain::message::{Content, TemplateKey},
    ops::Problem,
    store::KeptDraft,
    text,
    tui::{
        effect::Effect,
        model::{
            Model, Screen,
            composer::{Autosave, Tab, free},
            overlay::{Choice, ChoiceValue, Overlay, PathPrompt, PathPurpose, Picker},
        },
        update::{say, say_problem},
        widget::input::TextField,
    },
    wording,
};

/// Notes the message as it stands after something happened to it.
pub fn note(model: &mut Model) {
    if model.screen != Screen::Composer {
        return;
    }
    if let Some(draft) = model.message_draft() {
        let now = model.now;
        model.composer.message.autosave.note(draft, now);
    }
}

/// Keeps the draft if it is time.
pub fn keep_due(model: &mut Model) -> Vec<Effect> {
    keep(model, false)
}

/// Keeps what is not kept yet, because the message is left.
pub fn keep_now(model: &mut Model) -> Vec<Effect> {
    keep(model, true)
}

fn keep(model: &mut Model, at_once: bool) -> Vec<Effect> {
    let Some(draft) = model.draft_to_keep(at_once) else { return Vec::new() };
    model.composer.last_draft = Some(draft.clone());
    vec![Effect::KeepDraft(Box::new(draft))]
}

/// Learns which draft an earlier run left, so that a message that is not begun yet can offer it.
pub fn take_last(model: &mut Model, draft: Option<Box<KeptDraft>>) {
    if model.composer.last_draft.is_none() {
        model.composer.last_draft = draft.map(|draft| *draft);
    }
}

/// Asks which drafts there are; the list opens when they come.
pub fn find(model: &mut Model) -> Vec<Effect> {
    let mut effects = keep_now(model);
    effects.push(Effect::FindDrafts);
    effects
}

/// Opens the list of drafts.
pub fn take_drafts(model: &mut Model, drafts: Vec<KeptDraft>) -> Vec<Effect> {
    let mut choices: Vec<Choice> = drafts.iter().map(|draft| choice(model, draft)).collect();
    choices.push(Choice { value: ChoiceValue::DraftFile, label: model.text("draft-from-file"), note: String::new() });
    model.composer.kept_drafts = drafts;
    let title = model.text("draft-pick");
    model.overlays.push(Overlay::Picker(Picker { title, choices, filter: TextField::default(), line: 0 }));
    Vec::new()
}

fn choice(model: &Model, draft: &KeptDraft) -> Choice {
    let (label, note) = described(model, draft);
    Choice { value: ChoiceValue::Draft(draft.id.clone()), label, note }
}

/// A draft's name, and what else tells it from others: account, first words, age.
pub fn described(model: &Model, draft: &KeptDraft) -> (String, String) {
    let label = match &draft.draft.content {
        Content::Template(key) => format!("{}/{}", text::clean(&key.name), text::clean(&key.language)),
        Content::FreeForm(message) => model.text(free::typed(message).0.text_id()),
        Content::Nothing => draft.id.clone(),
    };
    let written = match &draft.draft.content {
        Content::FreeForm(message) => Some(message.body()),
        _ => draft.draft.values.values().map(String::as_str).find(|value| !value.trim().is_empty()),
    };
    let first = written.map(|words| text::clean(words).into_owned());
    let age = wording::ago(&model.texts, model.now, draft.saved);
    let said = [Some(text::clean(&draft.account_name).into_owned()), first, Some(age)];
    (label, said.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "))
}

/// Takes up the draft that was chosen from the list.
pub fn take_up_kept(model: &mut Model, id: &str) -> Vec<Effect> {
    let found = model.composer.kept_drafts.iter().find(|draft| draft.id == id).cloned();
    found.map_or_else(Vec::new, |draft| take_up(model, draft, true))
}

/// Composes what a draft says. Nothing is sent by it. One from a file becomes a draft of its own.
pub fn take_up(model: &mut Model, kept: KeptDraft, is_ours: bool) -> Vec<Effect> {
    let mut effects = keep_now(model);
    let Some(account) = model.fleet.get(&kept.draft.account).cloned() else {
        let name = if kept.account_name.is_empty() { kept.draft.account.to_string() } else { kept.account_name };
        let words = model.texts.with("draft-no-account", &[("account", text::clean(&name).into_owned().into())]);
        say(model, words, true);
        return effects;
    };
    let id = if is_ours { kept.id.clone() } else { String::new() };
    let composer = &mut model.composer;
    composer.begin_message();
    composer.account = None;
    effects.extend(compose_for(model, &account));
    let composer = &mut model.composer;
    composer.template = None;
    composer.tab = Tab::Compose;
    composer.recipient = TextField::new(&kept.draft.recipients.join("; "));
    composer.message.choice = kept.draft.choice;
    match &kept.draft.content {
        Content::Template(key) => {
            let typed = composer.message.values.entry(key.name.clone()).or_default();
            for (variable, value) in &kept.draft.values {
                typed.insert(variable.clone(), TextField::new(value));
            }
            composer.wanted = Some(key.clone());
        }
        Content::FreeForm(message) => {
            (composer.message.kind, composer.message.free) = free::typed(message);
            super::fit_free(model);
        }
        Content::Nothing => return effects,
    }
    let composer = &mut model.composer;
    if account.numbers.iter().any(|number| number.id == kept.draft.number) {
        composer.number = Some(kept.draft.number.clone());
    }
    model.screen = Screen::Composer;
    settle(model);
    if let Some(draft) = model.message_draft() {
        model.composer.message.autosave = Autosave::of(id.clone(), draft);
    } else {
        model.composer.message.autosave = Autosave::of(id, kept.draft.clone());
    }
    let words = model.text(if is_ours { "draft-taken-up" } else { "draft-imported" });
    say(model, words, false);
    effects
}

/// Takes the template that a draft asked for, once the templates are there. Says so where there is none of that name.
pub fn take_wanted(model: &mut Model) {
    let Some(templates) = model.composed_templates().and_then(|templates| templates.value()) else { return };
    let Some(key) = &model.composer.wanted else { return };
    let found = templates.iter().find(|template| TemplateKey::of(template) == *key).cloned();
    let name = format!("{}/{}", text::clean(&key.name), text::clean(&key.language));
    match found {
        Some(template) => {
            model.composer.wanted = None;
            take_template(model, &template);
        }
        // A template may be new: what is known may be older than it.
        None if model.composed_templates().is_some_and(|templates| templates.is_loading()) => {}
        None => {
            model.composer.wanted = None;
            let words = model.texts.with("draft-no-template", &[("template", name.into())]);
            say(model, words, true);
        }
    }
}

/// Asks where to write the draft.
pub fn ask_export(model: &mut Model) -> Vec<Effect> {
    let Some(draft) = model.draft_to_export() else { return Vec::new() };
    let name = match &draft.draft.content {
        Content::Template(key) => format!("{}-{}", key.name, key.language),
        _ => "message".to_owned(),
    };
    let name: String = name.chars().filter(|character| character.is_ascii_alphanumeric() || "-_".contains(*character)).collect();
    let purpose = PathPurpose::Export { draft: Box::new(draft), with_recipients: false };
    let field = TextField::new(&format!("{name}.draft.json"));
    model.overlays.push(Overlay::Path(PathPrompt { purpose, field, trouble: None }));
    Vec::new()
}

/// Asks which file to read.
pub fn ask_import(model: &mut Model) -> Vec<Effect> {
    model.overlays.push(Overlay::Path(PathPrompt { purpose: PathPurpose::Import, field: TextField::default(), trouble: None }));
    Vec::new()
}

/// Reads or writes the file whose path was typed.
pub fn use_path(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::Path(prompt)) = model.overlays.last_mut() else { return Vec::new() };
    prompt.trouble = None;
    let typed = prompt.field.text().trim();
    if typed.is_empty() {
        return Vec::new();
    }
    let path = PathBuf::from(typed);
    vec![match &prompt.purpose {
        PathPurpose::Import => Effect::ImportDraft(path),
        PathPurpose::Export { draft, with_recipients } => {
            Effect::ExportDraft { path, draft: draft.clone(), with_recipients: *with_recipients }
        }
    }]
}

/// Takes a draft that was read from a file.
pub fn take_imported(model: &mut Model, result: Result<Box<KeptDraft>, Problem>) -> Vec<Effect> {
    match result {
        Ok(draft) => {
            close_prompt(model);
            take_up(model, *draft, false)
        }
        Err(problem) => trouble(model, &problem),
    }
}

/// Learns that a draft was written.
pub fn exported(model: &mut Model, result: Result<PathBuf, Problem>) -> Vec<Effect> {
    match result {
        Ok(path) => {
            close_prompt(model);
            let path = text::clean(&path.to_string_lossy()).into_owned();
            let words = model.texts.with("draft-exported", &[("path", path.into())]);
            say(model, words, false);
            Vec::new()
        }
        Err(problem) => trouble(model, &problem),
    }
}

fn close_prompt(model: &mut Model) {
    if matches!(model.overlays.last(), Some(Overlay::Path(_))) {
        model.overlays.pop();
    }
}

/// At its field; as a notice where the question was closed meanwhile.
fn trouble(model: &mut Model, problem: &Problem) -> Vec<Effect> {
    let words = problem.to_text(model.texts.language());
    match model.overlays.last_mut() {
        Some(Overlay::Path(prompt)) => prompt.trouble = Some(words),
        _ => say_problem(model, problem),
    }
    Vec::new()
}
