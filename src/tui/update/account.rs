//! The screen of one account: opening it, moving on it, copying from it, and the report for Support.

use super::{commands, say, say_problem};
use crate::{
    domain::WabaId,
    ops::{Problem, diagnosis::Past, report::Destination},
    tui::{
        effect::{Effect, ReportOrder},
        model::{
            Model, Screen,
            overlay::{Choice, ChoiceValue, Overlay, Picker},
            remote::Generation,
        },
        screen::account::{HEAD, chosen, chosen_place, entries, kept_in_sight, page::Section, sections, width_of},
        view::body_of,
    },
};

/// Seconds after which templates are asked for again.
const TEMPLATES_AGE: i64 = 60;

/// Opens the screen of an account and asks for what belongs to it.
pub fn open(model: &mut Model, id: &WabaId) -> Vec<Effect> {
    model.account.turn_to(id);
    // Who opens an account wants to know how it stands, and that is said first.
    (model.account.chosen, model.account.offset) = (None, 0);
    model.screen = Screen::Account(id.clone());
    study(model, false)
}

/// Asks for what belongs to the account on the screen: its past, and its templates where they are not fresh.
pub fn study(model: &mut Model, anew: bool) -> Vec<Effect> {
    let Screen::Account(id) = &model.screen else { return Vec::new() };
    let id = id.clone();
    let now = model.now;
    let templates = model.composer.templates.entry(id.clone()).or_default();
    let age = templates.known.as_ref().map(|(_, at)| now.as_second().saturating_sub(at.as_second()));
    let fresh = templates.is_loading() || (!anew && age.is_some_and(|age| age < TEMPLATES_AGE));
    let templates = (!fresh).then(|| templates.ask(now));
    let past = model.account.past.ask(now);
    vec![Effect::StudyAccount { account: id, past, templates }]
}

/// Takes what was kept of an account. A late answer is dropped.
pub fn take_past(model: &mut Model, id: &WabaId, generation: Generation, result: Result<Past, Problem>) -> Vec<Effect> {
    if model.account.id.as_ref() == Some(id) {
        model.account.past.answer(generation, result, model.now);
    }
    Vec::new()
}

fn page_height(model: &Model) -> usize {
    usize::from(body_of(model).height.saturating_sub(HEAD)).max(1)
}

/// Chooses another entry, or moves a long one along.
pub fn move_by(model: &mut Model, lines: i64) {
    let Some(account) = model.selected_account().cloned() else { return };
    let entries = entries(model, &account, width_of(model.size.width), false);
    let height = page_height(model);
    let place = chosen_place(model, &entries);
    let offset = kept_in_sight(&entries, place, model.account.offset, height);
    let starts: Vec<usize> = entries
        .iter()
        .scan(0, |line, entry| {
            let start = *line;
            *line += entry.lines.len();
            Some(start)
        })
        .collect();
    let start = |place: usize| starts.get(place).copied().unwrap_or(0);
    let length = |place: usize| entries.get(place).map_or(0, |entry| entry.lines.len());
    let end = start(place) + length(place);
    // What is longer than the screen is read to its end before the next one is chosen.
    if lines == 1 && length(place) > height && end > offset + height {
        model.account.offset = offset + 1;
        return;
    }
    if lines == -1 && length(place) > height && start(place) < offset {
        model.account.offset = offset - 1;
        return;
    }
    let choosable: Vec<usize> =
        (0..entries.len()).filter(|place| entries.get(*place).is_some_and(|entry| entry.is_choosable())).collect();
    let at = choosable.iter().position(|candidate| *candidate == place).unwrap_or(0);
    let last = choosable.len().saturating_sub(1);
    let next = if lines.abs() == 1 {
        commands::moved(at, lines, last)
    } else {
        let wanted = commands::moved(start(place), lines, usize::MAX / 4);
        let reached = choosable.iter().rposition(|candidate| start(*candidate) <= wanted).unwrap_or(0);
        if lines > 0 { reached.max((at + 1).min(last)) } else { reached.min(at.saturating_sub(1)) }
    };
    if let Some(next) = choosable.get(next) {
        choose(model, *next, &entries);
    }
}

fn choose(model: &mut Model, place: usize, entries: &[crate::tui::screen::account::page::Entry]) {
    let height = page_height(model);
    model.account.chosen = entries.get(place).map(|entry| entry.key.clone());
    model.account.offset = kept_in_sight(entries, place, model.account.offset, height);
}

/// Chooses the entry at this place, as a click does.
pub fn choose_place(model: &mut Model, place: usize) {
    let Some(account) = model.selected_account().cloned() else { return };
    let entries = entries(model, &account, width_of(model.size.width), false);
    if entries.get(place).is_some_and(|entry| entry.is_choosable()) {
        choose(model, place, &entries);
    }
}

/// Goes to the first entry of the next section, or the one before.
pub fn turn_section(model: &mut Model, by: i64) {
    let Some(account) = model.selected_account().cloned() else { return };
    let entries = entries(model, &account, width_of(model.size.width), false);
    let sections = sections(&entries);
    let current = entries.get(chosen_place(model, &entries)).map(|entry| entry.section);
    let at = sections.iter().position(|section| Some(*section) == current).unwrap_or(0);
    let count = i64::try_from(sections.len()).unwrap_or(1).max(1);
    let next = (i64::try_from(at).unwrap_or(0) + by).rem_euclid(count);
    if let Some(section) = usize::try_from(next).ok().and_then(|next| sections.get(next)) {
        show_section(model, *section);
    }
}

/// Goes to a section, its heading on top as far as the page allows.
pub fn show_section(model: &mut Model, section: Section) {
    let Some(account) = model.selected_account().cloned() else { return };
    let entries = entries(model, &account, width_of(model.size.width), false);
    let Some(heading) = entries.iter().position(|entry| entry.section == section) else { return };
    let first = entries.iter().position(|entry| entry.section == section && entry.is_choosable()).unwrap_or(heading);
    model.account.offset = entries.iter().take(heading).map(|entry| entry.lines.len()).sum();
    choose(model, first, &entries);
}

/// Copies the chosen entry.
pub fn copy_entry(model: &mut Model) -> Vec<Effect> {
    match chosen(model) {
        Some(entry) => commands::copy(model, entry.copy),
        None => Vec::new(),
    }
}

/// Copies the section of the chosen entry, all of it.
pub fn copy_section(model: &mut Model) -> Vec<Effect> {
    let Some(account) = model.selected_account().cloned() else { return Vec::new() };
    let entries = entries(model, &account, width_of(model.size.width), false);
    let Some(section) = entries.get(chosen_place(model, &entries)).map(|entry| entry.section) else { return Vec::new() };
    let of_section = entries.iter().filter(|entry| entry.section == section).map(|entry| entry.copy.as_str());
    let copied = of_section.collect::<Vec<_>>().join("\n");
    commands::copy(model, copied)
}

/// Opens the page on which the chosen entry's step is taken.
pub fn open_link(model: &mut Model) -> Vec<Effect> {
    chosen(model).and_then(|entry| entry.link).map(Effect::OpenBrowser).into_iter().collect()
}

/// Asks where the report is to go.
pub fn ask_for_report(model: &mut Model) -> Vec<Effect> {
    let choice = |destination: Destination, id: &str| Choice {
        value: ChoiceValue::Report(destination),
        label: model.text(id),
        note: model.text(&format!("{id}-note")),
    };
    let choices = vec![choice(Destination::Clipboard, "report-to-clipboard"), choice(Destination::File, "report-to-file")];
    let title = model.text("report-title");
    model.overlays.push(Overlay::Picker(Picker { title, choices, filter: Default::default(), line: 0 }));
    Vec::new()
}

/// Has the report made.
pub fn report(model: &mut Model, destination: Destination) -> Vec<Effect> {
    let Some(account) = model.selected_account() else { return Vec::new() };
    let order = ReportOrder { account: account.as_ref().clone(), token: model.fleet.token.clone(), destination };
    vec![Effect::MakeReport(Box::new(order))]
}

/// Says where the report is, or puts it on the clipboard.
pub fn take_report(model: &mut Model, result: Result<crate::ops::report::Made, Problem>) -> Vec<Effect> {
    match result {
        Ok(crate::ops::report::Made::Text(text)) => {
            let said = model.text("report-copied");
            say(model, said, false);
            vec![Effect::Copy(text)]
        }
        Ok(crate::ops::report::Made::File(path)) => {
            let path = crate::text::clean(&path.display().to_string()).into_owned();
            let said = model.texts.with("report-written", &[("path", path.into())]);
            say(model, said, false);
            Vec::new()
        }
        Err(problem) => {
            say_problem(model, &problem);
            Vec::new()
        }
    }
}
