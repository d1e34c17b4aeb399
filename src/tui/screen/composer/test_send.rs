//! The Test tab: whom a test goes to, and the table of what was sent in this session, requested and actual path side by
//! side (R36).

use ratatui::{
    style::Style,
    text::{Line, Span},
};

use crate::{
    domain::{
        delivery::{DeliveryPath, Endpoint, MessageKind, Note, Recipient},
        message::Address,
        preflight::State,
        region::RegionEffect,
    },
    i18n::Language,
    listing::{Column, columns_that_fit},
    ops::connect::Mode,
    text,
    tui::{
        command::CommandId,
        model::{
            Model, Session,
            composer::{Field, Sent, Stage, test_fields},
        },
        msg::Connection,
        overlay,
        widget::form::{self, Part, Row},
    },
    wording,
};

/// The rows of the tab.
pub fn rows(model: &Model, width: usize) -> Vec<Row<'_>> {
    let theme = &model.theme;
    let mut rows = vec![recipient_field(model)];
    for (words, style) in about_recipients(model) {
        rows.extend(form::paragraph(&words, 0, style, width, Some(0)));
    }
    let fields = test_fields(model);
    if let Some(place) = fields.iter().position(|field| *field == Field::Proof) {
        let checked = !model.composer.message.test_as_composed;
        rows.push(Row::field(place, Part::Check { label: model.text("composer-proof"), checked }));
        let id = if checked { "composer-proof-on" } else { "composer-proof-off" };
        rows.extend(form::paragraph(&model.text(id), 4, theme.dim, width, Some(place)));
    }
    let key = model.keymap.hint(CommandId::Send).unwrap_or_default();
    let able = (super::super::super::command::command(CommandId::Send).enabled)(model);
    rows.push(Row {
        field: None,
        part: Part::Button {
            label: format!("{key}  {}", model.text("composer-send-button")),
            command: CommandId::Send,
            able: able.is_ok(),
        },
    });
    rows.extend(checks(model, width));
    rows.push(form::heading(&model.text("composer-sent-title"), theme, width));
    if model.composer.sends.all().is_empty() {
        rows.extend(super::empty(model.text("composer-sent-none"), model, width));
        return rows;
    }
    let columns = columns(model, width);
    if let Session::Ready(Connection { mode: Mode::Live { .. }, .. }) = &model.session {
        rows.extend(form::paragraph(&model.text("composer-no-reports"), 0, theme.dim, width, None));
    }
    rows.push(Row::words(head(model, &columns)));
    let focus = model.composer_focus();
    for (place, sent) in (fields.len()..).zip(model.composer.sends.all()) {
        rows.push(Row::field(place, Part::Entry(line(model, sent, &columns))));
        let newest = place == fields.len() && !matches!(focus, Some(Field::Sent(_)));
        if newest || focus == Some(Field::Sent(sent.ticket)) {
            for (words, style) in details(model, sent) {
                rows.extend(form::paragraph(&words, 2, style, width, Some(place)));
            }
        }
    }
    rows
}

/// Rows of the screen from which on every check has a line of its own here; below, only what wants attention has.
const ROWS_FOR_ALL_CHECKS: u16 = 34;

/// The checks before sending: all of them where there is room, else how they stand and what wants attention.
fn checks(model: &Model, width: usize) -> Vec<Row<'static>> {
    let checks = model.preflight();
    if checks.is_empty() {
        return Vec::new();
    }
    let state = checks.iter().map(|check| check.state).max().unwrap_or(State::Good);
    let all = model.size.height >= ROWS_FOR_ALL_CHECKS;
    let summary = wording::preflight::summary(&model.texts, &checks);
    let style = overlay::checks::style(model, state.max(State::Good));
    let mut rows = Vec::new();
    let glyph = wording::preflight::glyph(if state == State::Open { State::Good } else { state });
    if all {
        rows.push(form::heading(&model.text("preflight-title"), &model.theme, width));
        rows.extend(form::paragraph(&format!("{glyph} {summary}"), 0, style, width, None));
    } else {
        let key = model.keymap.hint(CommandId::ShowChecks).unwrap_or_default();
        let more = model.texts.with("preflight-all", &[("key", key.into())]);
        rows.extend(form::paragraph(&format!("{glyph} {summary} {more}"), 0, style, width, None));
    }
    let shown: Vec<_> = checks.into_iter().filter(|check| all || check.state == State::Bad).collect();
    rows.extend(overlay::checks::lines(model, &shown, width).into_iter().map(Row::words));
    rows
}

fn recipient_field(model: &Model) -> Row<'_> {
    let typed = &model.composer.recipient;
    let recipients = model.composer.recipients();
    let wrong = recipients.iter().any(|recipient| Address::parse(recipient).is_err());
    let beside = match (recipients.is_empty(), wrong) {
        (true, _) => Span::styled(model.text("composer-missing"), model.theme.action),
        (false, true) => Span::styled("✕", model.theme.bad),
        (false, false) => Span::styled("✓", model.theme.good),
    };
    Row::field(
        0,
        Part::Input {
            label: model.text("composer-recipient"),
            typed,
            placeholder: model.text("composer-recipient-hint"),
            beside,
        },
    )
}

/// Each number as it was understood, and what its region does, at once (R6).
fn about_recipients(model: &Model) -> Vec<(String, Style)> {
    let recipients = model.composer.recipients();
    if recipients.is_empty() {
        return vec![(
            model.text(if model.in_sandbox() { "composer-recipient-help-sandbox" } else { "composer-recipient-help" }),
            model.theme.dim,
        )];
    }
    recipients.iter().map(|typed| about_recipient(model, typed)).collect()
}

fn about_recipient(model: &Model, typed: &str) -> (String, Style) {
    let (texts, theme) = (&model.texts, &model.theme);
    let address = match Address::parse(typed) {
        Ok(address) => address,
        Err(problem) => {
            let said = wording::message::phone_problem(texts, problem);
            return (wording::explanation::labelled(texts, &text::clean(typed), &said), theme.bad);
        }
    };
    match (&address, address.recipient()) {
        (Address::Phone(digits), Recipient::Phone(region)) => {
            let effect = region.as_recipient();
            // What regions do to marketing does not hold for other messages; sanctions hold for all.
            if model.composed_kind() != Some(MessageKind::Marketing) && effect != RegionEffect::Sanctioned {
                let place = region.country.map(|country| wording::delivery::country(texts, country));
                let parts: Vec<String> = std::iter::once(text::phone(digits)).chain(place).collect();
                return (parts.join(" · "), theme.dim);
            }
            let style = match effect {
                RegionEffect::Full if region.doubt.is_some() => theme.action,
                RegionEffect::Full => theme.good,
                RegionEffect::Limited | RegionEffect::NoOptimization => theme.action,
                RegionEffect::NotDeliverable | RegionEffect::Sanctioned => theme.bad,
            };
            let place =
                region.country.map(|country| wording::delivery::country(texts, country)).unwrap_or_else(|| "?".to_owned());
            // What the number cannot decide is not called full optimisation.
            let effect = match region.doubt {
                Some(doubt) => wording::delivery::note(texts, &Note::RecipientInDoubt(doubt)),
                None => wording::delivery::region_effect(texts, effect),
            };
            let words = texts.with(
                "composer-recipient-region",
                &[("number", text::phone(digits).into()), ("country", place.into()), ("effect", effect.into())],
            );
            (words, style)
        }
        (Address::Phone(digits), _) => {
            (texts.with("composer-recipient-nowhere", &[("number", text::phone(digits).into())]), theme.action)
        }
        (Address::UserId(_), _) if model.composed_kind() != Some(MessageKind::Marketing) => {
            (model.text("composer-recipient-user-id-plain"), theme.dim)
        }
        (Address::UserId(_), _) => (model.text("composer-recipient-user-id"), theme.action),
    }
}

#[derive(Debug, Clone, Copy)]
enum Cell {
    Time,
    To,
    Requested,
    Actual,
    Status,
}

fn columns(model: &Model, width: usize) -> Vec<(Cell, u16)> {
    let widest = |ids: &[&str]| ids.iter().map(|id| text::width(&model.texts.get(id))).max().unwrap_or(0);
    let cells = |wide: usize| u16::try_from(wide).unwrap_or(u16::MAX);
    let requested = cells(widest(&["composer-column-requested", "composer-path-optimized", "composer-path-cloud-api"]));
    let actual = cells(widest(&["composer-column-actual", "composer-path-not-yet-known", "composer-path-optimized"]));
    let time = if width < 70 { 5 } else { 8 };
    let all = [
        Column { cell: Cell::Time, least: time, most: time, rank: 1 },
        Column { cell: Cell::To, least: 12, most: 18, rank: 2 },
        Column { cell: Cell::Requested, least: requested, most: requested, rank: 0 },
        Column { cell: Cell::Actual, least: actual, most: actual, rank: 0 },
        Column { cell: Cell::Status, least: 11, most: 40, rank: 0 },
    ];
    columns_that_fit(&all, cells(width))
}

fn head(model: &Model, columns: &[(Cell, u16)]) -> Line<'static> {
    let spans = columns.iter().map(|(cell, width)| {
        let id = match cell {
            Cell::Time => "composer-column-time",
            Cell::To => "composer-column-to",
            Cell::Requested => "composer-column-requested",
            Cell::Actual => "composer-column-actual",
            Cell::Status => "composer-column-status",
        };
        padded(&model.texts.get(id), *width, model.theme.dim)
    });
    Line::from(spans.collect::<Vec<_>>())
}

fn line(model: &Model, sent: &Sent, columns: &[(Cell, u16)]) -> Line<'static> {
    let (texts, theme) = (&model.texts, &model.theme);
    let spans = columns.iter().map(|(cell, width)| match cell {
        // What was sent on another day is told by its day.
        Cell::Time if model.now.duration_since(sent.at).as_hours() >= 20 => {
            padded(&sent.at.to_zoned(model.zone.clone()).strftime("%m-%d").to_string(), *width, theme.dim)
        }
        Cell::Time if *width < 8 => padded(&wording::clock(sent.at, &model.zone), *width, theme.dim),
        Cell::Time => padded(&sent.at.to_zoned(model.zone.clone()).strftime("%H:%M:%S").to_string(), *width, theme.dim),
        Cell::To => padded(&text::truncate_middle(&text::mask_phone(&sent.to), usize::from(*width)), *width, theme.text),
        Cell::Requested => padded(&wording::delivery::requested(texts, sent.requested), *width, theme.text),
        // What was refused took no path at all.
        Cell::Actual if matches!(sent.stage, Stage::Refused(_)) => padded(&model.text("composer-path-none"), *width, theme.dim),
        Cell::Actual => {
            let style = match (sent.path, sent.requested) {
                (DeliveryPath::NotYetKnown, _) => theme.dim,
                (DeliveryPath::Optimized, _) => theme.good,
                (DeliveryPath::CloudApi, Endpoint::MarketingMessages) => theme.action,
                (DeliveryPath::CloudApi, Endpoint::Messages) => theme.text,
            };
            padded(&wording::delivery::actual(texts, sent.path), *width, style)
        }
        Cell::Status => {
            let (glyph, id, style) = stage(model, &sent.stage);
            padded(&format!("{glyph} {}", model.text(id)), *width, style)
        }
    });
    Line::from(spans.collect::<Vec<_>>())
}

fn padded(words: &str, width: u16, style: Style) -> Span<'static> {
    let width = usize::from(width);
    let words = text::truncate(words, width);
    let gap = " ".repeat(width.saturating_sub(text::width(&words)) + 1);
    Span::styled(format!("{words}{gap}"), style)
}

/// Glyph, words and colour of a stage.
fn stage(model: &Model, stage: &Stage) -> (&'static str, &'static str, Style) {
    let theme = &model.theme;
    match stage {
        Stage::Sending => ("…", "composer-stage-sending", theme.waiting),
        Stage::Accepted => ("○", "composer-stage-accepted", theme.waiting),
        Stage::Held => ("◔", "composer-stage-held", theme.action),
        Stage::Paused => ("‖", "composer-stage-paused", theme.action),
        Stage::Sent => ("✓", "composer-stage-sent", theme.text),
        Stage::Delivered => ("✓✓", "composer-stage-delivered", theme.good),
        Stage::Read => ("◉", "composer-stage-read", theme.good),
        Stage::Failed(_) => ("✕", "composer-stage-failed", theme.bad),
        Stage::Refused(_) => ("⊘", "composer-stage-refused", theme.bad),
        Stage::Unknown(_) => ("?", "composer-stage-unknown", theme.action),
    }
}

/// What else there is to say about a send: why it failed and what to do, what is not known and who decides.
fn details(model: &Model, sent: &Sent) -> Vec<(String, Style)> {
    let theme = &model.theme;
    let mut said = Vec::new();
    if let Some(problem) = sent.stage.problem() {
        if !problem.sentence.is_empty() {
            said.push((text::clean(&problem.sentence).into_owned(), theme.bad));
        }
        // The catalogue speaks both languages.
        let explained = problem.explanation().map(|known| match model.texts.language() {
            Language::English => known.english,
            Language::French => known.french,
        });
        said.extend(explained.or(problem.hint.as_deref()).map(|words| (format!("→ {words}"), theme.accent)));
    }
    if matches!(sent.stage, Stage::Unknown(_)) {
        // One of an earlier run can be composed anew, but not sent again from here.
        let id = if sent.origin.is_some() { "composer-unknown-help" } else { "composer-unknown-earlier" };
        said.push((model.text(id), theme.action));
    }
    if let Some(template) = &sent.template {
        said.push((format!("{}/{}", text::clean(&template.name), text::clean(&template.language)), theme.dim));
    }
    if sent.requested == Endpoint::MarketingMessages && sent.path == DeliveryPath::CloudApi {
        said.push((model.text("composer-fell-back"), theme.action));
    }
    if let Some(id) = &sent.message_id {
        said.push((text::clean(id.as_str()).into_owned(), theme.dim));
    }
    said
}
