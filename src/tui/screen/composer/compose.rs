//! The Compose tab: three pickers, then one field for everything that the template asks for.

use ratatui::{
    style::Style,
    text::{Line, Span},
};

use crate::{
    domain::{
        message::DraftProblem,
        rendering::{CountedPart, PartCount},
        template::TemplateStatus,
        value::{self, Count, ValueProblem},
        variable::{ValueKind, Values, Variable},
    },
    text,
    tui::{
        command::CommandId,
        model::{Model, composer::template_note, remote::State},
        screen::accounts::status_style,
        widget::form::{self, Part, Row},
    },
    wording,
};

/// The rows of the tab.
pub fn rows(model: &Model, width: usize) -> Vec<Row<'_>> {
    let mut rows = vec![
        Row::field(0, Part::Pick { label: model.text("composer-made-of"), chosen: kind(model) }),
        Row::field(1, Part::Pick { label: model.text("composer-account"), chosen: account(model) }),
        Row::field(2, Part::Pick { label: model.text("composer-number"), chosen: number(model) }),
    ];
    if let Some(message) = model.free_form() {
        rows.extend(super::free::rows(model, &message, 3, width));
        return rows;
    }
    rows.push(Row::field(3, Part::Pick { label: model.text("composer-template"), chosen: template(model) }));
    rows.extend(last_draft(model, width));
    if let Some((words, style)) = templates_note(model) {
        rows.extend(form::paragraph(&words, 0, style, width, Some(3)));
    }
    if model.composed_template().is_none() {
        return rows;
    }
    let values = model.composer.values();
    rows.push(Row::words(tally(model, &values)));
    rows.extend(lengths(model, &values, width));
    for problem in model.draft_problems() {
        if let DraftProblem::TooLong(_) | DraftProblem::Order | DraftProblem::UnknownPart(_) = problem {
            let words = wording::message::draft_problem(&model.texts, &problem, &model.composer.variables);
            rows.extend(form::paragraph(&format!("✕ {words}"), 0, model.theme.bad, width, None));
        }
    }
    let changed = model.composed_template().map(|template| template.formatting_changed_by(&values)).unwrap_or_default();
    let mut card = None;
    for (place, variable) in model.composer.variables.iter().enumerate() {
        if variable.id.card != card {
            card = variable.id.card;
            let number = card.map_or(0, |card| u16::from(card) + 1);
            rows.push(form::heading(&model.texts.with("composer-card", &[("number", number.into())]), &model.theme, width));
        }
        rows.extend(value_rows(model, &values, place + 4, variable, width));
        if changed.contains(&variable.id) {
            let words = format!("! {}", model.text("composer-value-formatting"));
            rows.extend(form::paragraph(&words, 2, model.theme.action, width, Some(place + 4)));
        }
    }
    rows
}

/// What was written last, while this message is not begun yet.
fn last_draft(model: &Model, width: usize) -> Vec<Row<'static>> {
    let autosave = &model.composer.message.autosave;
    let Some(draft) = model.composer.last_draft.as_ref().filter(|_| autosave.id.is_none()) else { return Vec::new() };
    let (name, note) = crate::tui::update::composer::described(model, draft);
    let key = model.keymap.hint(CommandId::FindDrafts).unwrap_or_default();
    let what = format!("{name} · {note}");
    let words = model.texts.with("composer-last-draft", &[("draft", what.into()), ("key", key.into())]);
    form::paragraph(&format!("↺ {words}"), 0, model.theme.accent, width, Some(3))
}

fn kind(model: &Model) -> Line<'static> {
    let kind = model.composer.message.kind;
    let name = Span::styled(model.text(kind.text_id()), model.theme.text);
    let note = if kind.is_free() { "composer-made-of-free" } else { "composer-made-of-template-note" };
    Line::from(vec![name, Span::styled(format!(" · {}", model.text(note)), model.theme.dim)])
}

fn account(model: &Model) -> Line<'static> {
    match model.composed_account() {
        Some(account) => {
            let style = status_style(model, account);
            Line::from(vec![
                Span::styled(format!("{} ", wording::status_glyph(&account.onboarding)), style),
                Span::styled(wording::account_name(account), model.theme.text),
                Span::styled(format!(" · {}", wording::status_short(&model.texts, &account.onboarding)), style),
            ])
        }
        None => Line::from(Span::styled(model.text("composer-none"), model.theme.action)),
    }
}

fn number(model: &Model) -> Line<'static> {
    let Some(number) = model.composed_number() else {
        return Line::from(Span::styled(model.text("composer-none"), model.theme.action));
    };
    let usable = if number.is_usable() { model.theme.dim } else { model.theme.bad };
    let status = wording::number_status(&model.texts, &number.status);
    let quality = wording::quality(&model.texts, &number.quality);
    Line::from(vec![
        Span::styled(text::phone(&number.display), model.theme.text),
        Span::styled(format!(" · {status}"), usable),
        Span::styled(format!(" · ◆ {quality}"), model.theme.dim),
    ])
}

fn template(model: &Model) -> Line<'static> {
    match model.composed_template() {
        Some(template) => {
            let approved = template.status == TemplateStatus::Approved;
            let glyph = wording::message::template_glyph(&template.status);
            Line::from(vec![
                Span::styled(format!("{glyph} "), if approved { model.theme.good } else { model.theme.bad }),
                Span::styled(wording::name_or_id(&template.name, &template.id), model.theme.text),
                Span::styled(
                    format!(" · {} · {}", text::clean(&template.language), template_note(model, template)),
                    model.theme.dim,
                ),
            ])
        }
        None if model.composed_templates().is_some_and(|templates| templates.is_loading()) => {
            Line::from(Span::styled(model.text("composer-loading"), model.theme.waiting))
        }
        None => Line::from(Span::styled(model.text("composer-none"), model.theme.action)),
    }
}

/// What has to be said about the list of templates: it is on its way, could not be read, or is empty.
fn templates_note(model: &Model) -> Option<(String, Style)> {
    let theme = &model.theme;
    let templates = model.composed_templates()?;
    match &templates.state {
        State::Loading(_) if templates.value().is_none() => Some((model.text("composer-templates-loading"), theme.waiting)),
        State::Failed(problem, _) => {
            let key = model.keymap.hint(CommandId::Refresh).unwrap_or_default();
            let id = if templates.value().is_some() { "composer-templates-stale" } else { "composer-templates-failed" };
            let words =
                model.texts.with(id, &[("reason", text::clean(&problem.sentence).into_owned().into()), ("key", key.into())]);
            Some((words, theme.bad))
        }
        State::Ready if templates.value().is_some_and(Vec::is_empty) => Some((model.text("composer-no-templates"), theme.action)),
        _ => None,
    }
}

/// How much of what is asked for has been given.
fn tally(model: &Model, values: &Values) -> Line<'static> {
    let theme = &model.theme;
    let variables = &model.composer.variables;
    if variables.is_empty() {
        return Line::from(Span::styled(model.text("composer-nothing-asked"), theme.dim));
    }
    let good = variables.iter().filter(|variable| problem(model, values, variable).is_none()).count();
    let words = model.texts.with("composer-tally", &[("good", good.into()), ("count", variables.len().into())]);
    if good == variables.len() {
        return Line::from(Span::styled(format!("● {words}"), theme.good));
    }
    let mut spans = vec![Span::styled(format!("○ {words}"), theme.action)];
    let has_examples = variables
        .iter()
        .any(|variable| variable.example.is_some() && model.composer.typed(&variable.id).is_none_or(|typed| typed.is_empty()));
    if has_examples {
        let key = model.keymap.hint(CommandId::FillExamples).unwrap_or_default();
        spans.push(Span::styled(format!("  {}", model.texts.with("composer-fill-hint", &[("key", key.into())])), theme.dim));
    }
    Line::from(spans)
}

/// What is wrong with the value of a variable.
fn problem(model: &Model, values: &Values, variable: &Variable) -> Option<ValueProblem> {
    let given = values.get(&variable.id).map_or("", String::as_str);
    value::check(variable, given, model.now).err()
}

/// How long header, body and footer are with what was typed, and how long they may be.
fn lengths(model: &Model, values: &Values, width: usize) -> Vec<Row<'static>> {
    let Some(template) = model.composed_template() else { return Vec::new() };
    let shown = |part: &PartCount| {
        let long = part.count.used * 10 > part.count.max * 8;
        part.card.is_none() && (long || matches!(part.part, CountedPart::Header | CountedPart::Body))
    };
    let counts: Vec<PartCount> = template.counts(values).into_iter().filter(shown).collect();
    let word = |part: &PartCount| {
        let mark = if part.count.is_over() { "✕ " } else { "" };
        let name = wording::message::counted_part(&model.texts, part.part);
        format!("{mark}{name} {}/{}", part.count.used, part.count.max)
    };
    let words: Vec<String> = counts.iter().map(word).collect();
    let over = counts.iter().any(|part| part.count.is_over());
    let style = if over { model.theme.bad } else { model.theme.dim };
    form::paragraph(&words.join(" · "), 0, style, width, None)
}

/// What becomes of a value that is not sent as it was typed.
fn becomes(model: &Model, values: &Values, variable: &Variable) -> Option<String> {
    let given = values.get(&variable.id)?;
    match variable.kind {
        ValueKind::UrlEnding => {
            let encoded = value::encode_url_ending(model.composed_template()?.address_before(&variable.id)?, given);
            let arguments = [("value", text::clean(&encoded).into_owned().into())];
            (encoded != *given).then(|| model.texts.with("composer-value-encoded", &arguments))
        }
        ValueKind::Moment => {
            let end = value::moment(given)?;
            let when = wording::day_and_clock(end, &model.zone);
            Some(model.texts.with("composer-value-moment-read", &[("when", when.into())]))
        }
        _ => None,
    }
}

fn value_rows<'a>(model: &'a Model, values: &Values, place: usize, variable: &Variable, width: usize) -> Vec<Row<'a>> {
    let (texts, theme) = (&model.texts, &model.theme);
    let Some(typed) = model.composer.typed(&variable.id) else { return Vec::new() };
    let problem = problem(model, values, variable);
    let beside = match &problem {
        Some(ValueProblem::Missing) => Span::styled(model.text("composer-missing"), theme.action),
        Some(_) => Span::styled("✕", theme.bad),
        None if typed.is_empty() => Span::styled(model.text("composer-optional"), theme.dim),
        None => Span::styled(count(variable, typed.text()), theme.dim),
    };
    let placeholder = match &variable.example {
        Some(example) => text::clean(example).into_owned(),
        None => wording::message::value_hint(texts, variable),
    };
    let label = wording::message::variable(texts, variable);
    let mut rows = vec![Row::field(place, Part::Input { label, typed, placeholder, beside })];
    if let Some(problem) = problem.filter(|problem| *problem != ValueProblem::Missing) {
        rows.extend(form::paragraph(&wording::message::value_problem(texts, &problem), 2, theme.bad, width, Some(place)));
    } else if let Some(words) = becomes(model, values, variable) {
        rows.extend(form::paragraph(&words, 2, theme.dim, width, Some(place)));
    }
    rows
}

/// The length of a value, and its limit where it has one of its own.
fn count(variable: &Variable, typed: &str) -> String {
    let count = Count::of(typed, variable.limit.unwrap_or(usize::MAX));
    match variable.limit {
        Some(max) => format!("{}/{max}", count.used),
        None => count.used.to_string(),
    }
}
