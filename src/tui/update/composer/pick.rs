//! The composer's three pickers, and the templates that one of them offers.

use std::sync::Arc;

use super::{compose_for, settle, take_template};
use crate::{
    domain::{Template, WabaId},
    ops::Problem,
    tui::{
        effect::Effect,
        model::{
            Model,
            composer::{Kind, account_choices, kind_choices, number_choices, template_choices},
            overlay::{Choice, ChoiceValue, Overlay, Picker},
            remote::Generation,
        },
        update::say,
    },
};

/// Opens a list, the line of what is chosen now first.
fn open(model: &mut Model, title_id: &str, choices: Vec<Choice>, chosen: Option<ChoiceValue>) {
    let line = choices.iter().position(|choice| Some(&choice.value) == chosen.as_ref()).unwrap_or(0);
    let title = model.text(title_id);
    model.overlays.push(Overlay::Picker(Picker { title, choices, filter: Default::default(), line }));
}

/// Opens the picker of what the message is made of.
pub fn pick_kind(model: &mut Model) {
    let chosen = Some(ChoiceValue::Kind(model.composer.message.kind));
    let choices = kind_choices(model);
    open(model, "composer-pick-kind", choices, chosen);
}

/// Opens the picker of accounts.
pub fn pick_account(model: &mut Model) {
    let chosen = model.composer.account.clone().map(ChoiceValue::Account);
    let choices = account_choices(model);
    open(model, "composer-pick-account", choices, chosen);
}

/// Opens the picker of numbers.
pub fn pick_number(model: &mut Model) {
    let choices = number_choices(model);
    if choices.is_empty() {
        let words = model.text("composer-no-number");
        say(model, words, false);
        return;
    }
    let chosen = model.composer.number.clone().map(ChoiceValue::Number);
    open(model, "composer-pick-number", choices, chosen);
}

/// Opens the picker of templates; asks for them again where the last asking failed.
pub fn pick_template(model: &mut Model) -> Vec<Effect> {
    let choices = template_choices(model);
    if !choices.is_empty() {
        let chosen = model.composer.template.clone().map(ChoiceValue::Template);
        open(model, "composer-pick-template", choices, chosen);
        return Vec::new();
    }
    let Some(templates) = model.composed_templates() else { return reload_templates(model) };
    if templates.failure().is_some() {
        return reload_templates(model);
    }
    let id = if templates.is_loading() { "composer-templates-loading" } else { "composer-no-templates" };
    let words = model.text(id);
    say(model, words, false);
    Vec::new()
}

/// Takes what a picker's choice stands for.
pub fn choose(model: &mut Model, value: ChoiceValue) -> Vec<Effect> {
    match value {
        ChoiceValue::Account(id) => {
            let Some(account) = model.fleet.get(&id).cloned() else { return Vec::new() };
            return compose_for(model, &account);
        }
        ChoiceValue::Events(narrowing) => return crate::tui::update::activity::choose(model, narrowing),
        ChoiceValue::ResultsOf(template) => return crate::tui::update::results::choose(model, template),
        ChoiceValue::Report(destination) => return crate::tui::update::account::report(model, destination),
        ChoiceValue::Profile(name) => return crate::tui::update::session::switch(model, name),
        ChoiceValue::Draft(id) => return super::take_up_kept(model, &id),
        ChoiceValue::DraftFile => return super::ask_import(model),
        ChoiceValue::Number(id) => model.composer.number = Some(id),
        ChoiceValue::Kind(kind) => super::make_of(model, kind),
        ChoiceValue::Template(id) => {
            // Whoever picks a template wants it, whatever the message was made of before.
            model.composer.message.kind = Kind::Template;
            let known = model.composed_templates().and_then(|templates| templates.value());
            if let Some(template) = known.and_then(|list| list.iter().find(|template| template.id == id)).cloned() {
                take_template(model, &template);
            }
        }
    }
    Vec::new()
}

/// Asks for the templates of the composer's account again; what is known stays meanwhile.
pub fn reload_templates(model: &mut Model) -> Vec<Effect> {
    let Some(account) = model.composer.account.clone() else { return Vec::new() };
    let generation = model.composer.templates.entry(account.clone()).or_default().ask(model.now);
    vec![Effect::LoadTemplates(account, generation)]
}

/// Takes templates. A late answer is dropped.
pub fn take_templates(
    model: &mut Model,
    account: &WabaId,
    generation: Generation,
    result: Result<Vec<Template>, Problem>,
) -> Vec<Effect> {
    let now = model.now;
    let Some(remote) = model.composer.templates.get_mut(account) else { return Vec::new() };
    let result = result.map(|templates| templates.into_iter().map(Arc::new).collect());
    if remote.answer(generation, result, now) && model.composer.account.as_ref() == Some(account) {
        // The template may have changed: its values keep what was typed where the variables are the same.
        if let Some(template) = model.composed_template().cloned() {
            model.composer.fit_values(&template);
        }
        settle(model);
    }
    Vec::new()
}
