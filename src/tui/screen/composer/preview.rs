//! The preview (R35): the message as WhatsApp shows it, and what a picture of it cannot show.

use ratatui::{
    layout::Rect,
    style::Style,
    text::{Line, Span},
};

use super::languages;
use crate::{
    domain::{
        Template,
        rendering::{Blanks, Rendered},
    },
    text,
    tui::{
        command::CommandId,
        model::{Model, composer::Tab},
        view::{Canvas, Target, canvas::row},
        widget::{
            bubble::{self, BubbleRow, Device, Files, Piece, Preview},
            form::{self, Row},
        },
    },
    wording::{
        self,
        preview::{Looked, Weight},
    },
};

/// Draws the preview; alone on its tab, what is said about it follows below it.
pub fn draw(model: &Model, area: Rect, alone: bool, canvas: &mut Canvas<'_>) {
    if super::compares_languages(model) {
        languages::draw(model, area, canvas);
        return;
    }
    if model.composer.tab != Tab::Preview {
        canvas.target(area, Target::Tab(Tab::Preview));
    }
    let rows = rows(model, area.width, alone);
    bubble::draw(&rows, model.composer.preview_scroll, area, model.preview_theme(), canvas);
    mark_rest(model, rows.len(), area, canvas);
}

/// Says below a preview that goes on how much more there is, and the key that shows it.
fn mark_rest(model: &Model, rows: usize, area: Rect, canvas: &mut Canvas<'_>) {
    let height = usize::from(area.height);
    let first = model.composer.preview_scroll.min(rows.saturating_sub(height));
    // The row that the words take is hidden as well.
    let hidden = rows.saturating_sub(first + height) + 1;
    if height < 4 || hidden == 1 {
        return;
    }
    let key = model.keymap.hint(CommandId::MovePageDown).unwrap_or_default();
    let words = model.texts.with("composer-preview-more", &[("count", hidden.into()), ("key", key.into())]);
    let words = format!(" ↓ {words} ");
    let theme = model.preview_theme();
    let line = row(area, area.height - 1);
    canvas.clear(line);
    canvas.fill(line, theme.wallpaper);
    let width = u16::try_from(text::width(&words)).unwrap_or(u16::MAX).min(area.width);
    let place = Rect { x: line.x + (area.width - width) / 2, width, ..line };
    canvas.line(Span::styled(words, Style { bg: theme.wallpaper.bg, ..theme.accent }), place);
    canvas.target(place, Target::Command(CommandId::MovePageDown));
}

/// The first row to show so that the card that is turned to is in sight: nothing moves while it is.
pub fn first_row_of_cards(model: &Model, area: Rect, alone: bool) -> usize {
    let first = model.composer.preview_scroll;
    let Some(template) = model.composed_template().filter(|template| !template.cards().is_empty()) else { return first };
    let height = usize::from(area.height);
    let message = rendered(model, template);
    let rows_of = |message: &Rendered| of(model, message).rows(area.width).len() + lines_above(model);
    let whole = rows_of(&message);
    let above = rows_of(&Rendered { cards: Vec::new(), ..message.clone() });
    let first = first.min(rows(model, area.width, alone).len().saturating_sub(height));
    let in_sight = first <= above && whole <= first + height;
    if in_sight { first } else { above }
}

/// How far the preview can be scrolled in an area.
pub fn last_start(model: &Model, area: Rect, alone: bool) -> usize {
    if super::compares_languages(model) {
        return languages::last_start(model, area);
    }
    rows(model, area.width, alone).len().saturating_sub(usize::from(area.height))
}

/// How many cards the message has.
pub fn card_count(model: &Model) -> usize {
    model.composed_template().map_or(0, |template| template.cards().len())
}

/// A template of this name with what was typed.
pub fn rendered(model: &Model, template: &Template) -> Rendered {
    template.render(&model.composer.values(), Blanks::Marked)
}

/// The message as a widget.
pub fn of<'a>(model: &'a Model, message: &'a Rendered) -> Preview<'a> {
    let device = model.composer.look.device;
    Preview {
        message,
        first_card: model.composer.card,
        device,
        folds: device == Device::Phone && model.optimized_checked() == Some(true),
        time: wording::clock(model.now, &model.zone),
        now: model.now,
        zone: &model.zone,
        files: files(model),
        texts: &model.texts,
        theme: model.preview_theme(),
    }
}

/// Rows of a terminal from which on there is room for pictures and frames; below, a file is one line of words.
const ROWS_FOR_PICTURES: u16 = 20;
/// And for a blank row between the name of the device and the message.
const ROWS_FOR_AIR: u16 = 30;

/// Pictures take about a third of the room that there is: the text below them matters more.
fn files(model: &Model) -> Files<'_> {
    let compact = model.size.height < ROWS_FOR_PICTURES;
    Files {
        shelf: model.pictures.shown.then_some(&model.pictures.shelf),
        depth: model.pictures.depth,
        tallest: if compact { 0 } else { model.size.height.saturating_sub(6) / 3 },
        crops: model.free_form().is_none(),
        compact,
    }
}

/// How many rows the line that names the device adds above the message.
fn lines_above(model: &Model) -> usize {
    usize::from(model.size.height >= ROWS_FOR_AIR)
}

/// On what the message is looked at, above it on the wallpaper, and the key for the other device.
fn device_line(model: &Model, width: u16) -> BubbleRow {
    let style = model.preview_theme().wallpaper;
    let words = text::truncate(&device(model), usize::from(width.saturating_sub(2))).into_owned();
    let room = u16::try_from(text::width(&words)).unwrap_or(u16::MAX);
    vec![Piece { x: 1, width: room, line: Line::from(Span::styled(words, style)), style, command: Some(CommandId::ChangeDevice) }]
}

fn device(model: &Model) -> String {
    let id = match model.composer.look.device {
        Device::Phone => "composer-device-phone",
        Device::Desktop => "composer-device-desktop",
    };
    model.texts.with(id, &[("key", model.keymap.hint(CommandId::ChangeDevice).unwrap_or_default().into())])
}

/// The bubble under a line that names the device; alone on its tab, the notes follow below it.
fn rows(model: &Model, width: u16, alone: bool) -> Vec<BubbleRow> {
    let mut rows = message_rows(model, width, alone && model.composer.tab == Tab::Preview);
    // Above the bubble is a blank row, which stays where rows are not few.
    if lines_above(model) == 0 {
        rows.drain(..1.min(rows.len()));
    }
    rows.insert(0, device_line(model, width));
    rows
}

fn message_rows(model: &Model, width: u16, with_notes: bool) -> Vec<BubbleRow> {
    let theme = model.preview_theme();
    if let Some(message) = model.free_form() {
        let mut rows = of(model, &message.render()).rows(width);
        if with_notes {
            rows.extend(plain_rows(&[(model.text("composer-free-window"), theme.wallpaper)], width));
        }
        return rows;
    }
    let Some(template) = model.composed_template() else {
        let words = model.text("composer-nothing-to-preview");
        return plain_rows(&[(words, theme.wallpaper)], width);
    };
    let message = rendered(model, template);
    let mut rows = of(model, &message).rows(width);
    if with_notes {
        let notes: Vec<(String, Style)> =
            facts(model, template, &message).into_iter().map(|(words, _)| (words, theme.wallpaper)).collect();
        rows.extend(plain_rows(&notes, width));
    }
    rows
}

/// Words on the wallpaper.
fn plain_rows(words: &[(String, Style)], width: u16) -> Vec<BubbleRow> {
    let room = width.saturating_sub(2);
    words
        .iter()
        .flat_map(|(words, style)| {
            text::wrap_hanging(words, usize::from(room)).into_iter().map(|line| {
                vec![Piece {
                    x: 1,
                    width: room,
                    line: Line::from(Span::styled(line.into_owned(), *style)),
                    style: *style,
                    command: None,
                }]
            })
        })
        .collect()
}

/// What is worth knowing about the preview, beside it where there is room.
pub fn notes(model: &Model, width: usize) -> Vec<Row<'static>> {
    let mut rows = vec![form::heading(&model.text("composer-about-preview"), &model.theme, width)];
    if model.composer.message.kind.is_free() {
        let words = model.text("composer-free-window");
        rows.extend(form::paragraph(&words, 0, model.theme.action, width, None));
        rows.extend(narrower(model).iter().flat_map(|words| form::paragraph(words, 0, model.theme.dim, width, None)));
        return rows;
    }
    let Some(template) = model.composed_template() else {
        rows.extend(super::empty(model.text("composer-nothing-to-preview"), model, width));
        return rows;
    };
    let message = rendered(model, template);
    for (words, style) in facts(model, template, &message) {
        rows.extend(form::paragraph(&words, 0, style, width, None));
    }
    rows
}

/// Said where the terminal is narrower than the device: it breaks lines where the device does not.
fn narrower(model: &Model) -> Option<String> {
    let (there, here) = (model.composer.look.device.widest(), super::preview_width(model));
    (here < there + 2).then(|| {
        let columns = |width: u16| usize::from(width.saturating_sub(2)).into();
        model.texts.with("composer-look-narrower", &[("here", columns(here.saturating_sub(2))), ("there", columns(there))])
    })
}

fn facts(model: &Model, template: &Template, message: &Rendered) -> Vec<(String, Style)> {
    let theme = &model.theme;
    let looked = Looked {
        template,
        variables: &model.composer.variables,
        values: &model.composer.values(),
        message,
        optimized: model.optimized_checked() == Some(true),
        for_nobody: model.recipients().is_empty(),
        filler: &model.keymap.hint(CommandId::FillExamples).unwrap_or_default(),
    };
    let style = |weight| match weight {
        Weight::Stops => theme.bad,
        Weight::Care => theme.action,
        Weight::Plain => theme.text,
        Weight::Small => theme.dim,
    };
    let mut facts: Vec<(String, Style)> = Vec::new();
    let found = wording::preview::facts(&model.texts, &looked);
    facts.extend(found.into_iter().map(|(words, weight)| (words, style(weight))));
    facts.extend(narrower(model).map(|words| (words, theme.dim)));
    if !message.files().is_empty() {
        let id = if model.pictures.shown { "media-fact-on" } else { "media-fact-off" };
        let key = model.keymap.hint(CommandId::TogglePictures).unwrap_or_default();
        facts.push((model.texts.with(id, &[("key", key.into())]), theme.dim));
    }
    if model.composed_languages().len() > 1 {
        let key = model.keymap.hint(CommandId::CompareLanguages).unwrap_or_default();
        let count = model.composed_languages().len();
        facts.push((model.texts.with("composer-fact-languages", &[("count", count.into()), ("key", key.into())]), theme.dim));
    }
    facts
}
