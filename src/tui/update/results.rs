//! What the results screen does with keys and answers.

use std::path::PathBuf;

use super::{commands, say, say_problem};
use crate::{
    domain::WabaId,
    ops::Problem,
    text,
    tui::{
        command::Enabled,
        effect::Effect,
        model::{
            Model, Screen,
            overlay::{Choice, ChoiceValue, Confirm, Confirmed, Overlay, Picker},
            remote::Generation,
            results::{DAYS, NamedTemplate, OfTemplate, Overview, ResultsState},
        },
    },
    wording,
};

/// Opens the screen for the selected account.
pub fn open(model: &mut Model) -> Vec<Effect> {
    let Some(id) = model.selected_account().map(|account| account.id.clone()) else { return Vec::new() };
    let from = std::mem::replace(&mut model.screen, Screen::Results);
    if model.results.account.as_ref() != Some(&id) {
        model.results = ResultsState { account: Some(id), days: model.results.days, ..ResultsState::default() };
    }
    if from != Screen::Results {
        model.results.from = Some(from);
    }
    load(model)
}

/// Goes back: from a template to the account as a whole, from there to where the screen was opened.
pub fn leave(model: &mut Model) {
    model.results.scroll = 0;
    if model.results.template.take().is_some() {
        return;
    }
    model.screen = model.results.from.take().unwrap_or_default();
}

/// Asks anew for all that is shown.
pub fn load(model: &mut Model) -> Vec<Effect> {
    let Some(account) = model.results.account.as_ref().and_then(|id| model.fleet.get(id)).cloned() else { return Vec::new() };
    let generation = model.results.overview.ask(model.now);
    let mut effects = vec![Effect::LoadResults { account, days: model.results.days, generation }];
    effects.extend(load_template(model));
    effects
}

fn load_template(model: &mut Model) -> Option<Effect> {
    let (account, template) = (model.results.account.clone()?, model.results.template.clone()?);
    let generation = model.results.of_template.ask(model.now);
    Some(Effect::LoadTemplateResults { account, template, days: model.results.days, generation })
}

/// Takes what is known of an account. A late answer is dropped.
pub fn take(model: &mut Model, generation: Generation, result: Result<Box<Overview>, Problem>) -> Vec<Effect> {
    let now = model.now;
    model.results.overview.answer(generation, result.map(|overview| *overview), now);
    Vec::new()
}

/// Takes what is known of a template. A late answer is dropped.
pub fn take_template(model: &mut Model, generation: Generation, result: Result<OfTemplate, Problem>) -> Vec<Effect> {
    let now = model.now;
    model.results.of_template.answer(generation, result, now);
    Vec::new()
}

/// Goes on to the next period.
pub fn next_period(model: &mut Model) -> Vec<Effect> {
    let place = DAYS.iter().position(|days| *days == model.results.days).unwrap_or(0);
    model.results.days = DAYS.get((place + 1) % DAYS.len()).copied().unwrap_or(7);
    load(model)
}

/// Lets the person choose a template.
pub fn pick_template(model: &mut Model) {
    let templates = model.results.overview.value().map(|overview| overview.templates.as_slice()).unwrap_or_default();
    let choice = |template: &NamedTemplate| Choice {
        value: ChoiceValue::ResultsOf(template.clone()),
        label: text::clean(&template.name).into_owned(),
        note: model.texts.with("results-languages", &[("count", template.ids.len().into())]),
    };
    let choices = templates.iter().map(choice).collect();
    let title = model.text("results-pick");
    model.overlays.push(Overlay::Picker(Picker { title, choices, filter: Default::default(), line: 0 }));
}

/// Takes the template that was chosen.
pub fn choose(model: &mut Model, template: NamedTemplate) -> Vec<Effect> {
    model.results.template = Some(template);
    model.results.of_template = Default::default();
    model.results.scroll = 0;
    load_template(model).into_iter().collect()
}

/// Asks before insights are switched on: it cannot be undone.
pub fn ask_to_enable(model: &mut Model) {
    let Some(account) = model.results.account.as_ref().and_then(|id| model.fleet.get(id)) else { return };
    let name = wording::account_name(account);
    let lines = vec![model.texts.with("results-enable-what", &[("account", name.into())]), model.text("results-enable-for-good")];
    let confirm =
        Confirm { title: model.text("results-enable-title"), lines, yes: Confirmed::EnableInsights(account.id.clone()) };
    model.overlays.push(Overlay::Confirm(confirm));
}

/// Switches insights on, after a yes.
pub fn enable(account: WabaId) -> Vec<Effect> {
    vec![Effect::EnableInsights(account)]
}

/// Insights are on, or not.
pub fn enabled(model: &mut Model, result: Result<(), Problem>) -> Vec<Effect> {
    match result {
        Ok(()) => {
            let words = model.text("results-enabled");
            say(model, words, false);
            load(model)
        }
        Err(problem) => {
            say_problem(model, &problem);
            Vec::new()
        }
    }
}

/// Writes the recipients that have to be reached otherwise (R38).
pub fn export(model: &mut Model) -> Vec<Effect> {
    vec![Effect::ExportRetarget { account: model.results.account.clone(), days: model.results.days, at: model.now }]
}

/// The recipients were written, or not: the files with how many stand in each.
pub fn exported(model: &mut Model, result: Result<Vec<(PathBuf, usize)>, String>) -> Vec<Effect> {
    match result {
        Ok(files) if files.is_empty() => {
            let words = model.text("results-export-none");
            say(model, words, false);
            Vec::new()
        }
        Ok(files) => {
            let shown: Vec<String> = files.iter().map(|(path, count)| format!("{} ({count})", path.display())).collect();
            let copied = files.iter().map(|(path, _)| path.display().to_string()).collect::<Vec<_>>().join("\n");
            let words = model.texts.with("results-exported", &[("files", text::clean(&shown.join(", ")).into_owned().into())]);
            say(model, words, false);
            vec![Effect::Copy(copied)]
        }
        Err(reason) => {
            let words = model.texts.with("results-not-exported", &[("reason", text::clean(&reason).into_owned().into())]);
            say(model, words, true);
            Vec::new()
        }
    }
}

/// Scrolls.
pub fn move_by(model: &mut Model, lines: i64) {
    let body = crate::tui::view::body_of(model);
    let count = crate::tui::screen::results::line_count(model, body.width);
    model.results.scroll = commands::moved(model.results.scroll, lines, count.saturating_sub(usize::from(body.height)));
}

/// Whether there are templates to choose from.
pub fn has_templates(model: &Model) -> Enabled {
    let known = model.results.overview.value().is_some_and(|overview| !overview.templates.is_empty());
    if known { Ok(()) } else { Err(model.text("results-no-templates")) }
}

/// Whether insights can be switched on.
pub fn can_enable(model: &Model) -> Enabled {
    if model.results.insights_are_off() { Ok(()) } else { Err(model.text("results-nothing-to-enable")) }
}

#[cfg(test)]
pub(crate) mod tests;
