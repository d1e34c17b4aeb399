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
        view::{Canvas, Target},
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

/// Draws the preview.
pub fn draw(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    if super::compares_languages(model) {
        languages::draw(model, area, canvas);
        return;
    }
    if model.composer.tab != Tab::Preview {
        canvas.target(area, Target::Tab(Tab::Preview));
    }
    let rows = rows(model, area.width);
    bubble::draw(&rows, model.composer.preview_scroll, area, model.preview_theme(), canvas);
}

/// How far the preview can be scrolled in an area.
pub fn last_start(model: &Model, area: Rect) -> usize {
    if super::compares_languages(model) {
        return languages::last_start(model, area);
    }
    rows(model, area.width).len().saturating_sub(usize::from(area.height))
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

/// Pictures take about a third of the room that there is: the text below them matters more.
fn files(model: &Model) -> Files<'_> {
    Files {
        shelf: model.pictures.shown.then_some(&model.pictures.shelf),
        depth: model.pictures.depth,
        tallest: (model.size.height.saturating_sub(6) / 3).max(4),
        crops: model.free_form().is_none(),
    }
}

/// The bubble; on its own tab in a narrow terminal the notes follow below it.
fn rows(model: &Model, width: u16) -> Vec<BubbleRow> {
    let theme = model.preview_theme();
    if let Some(message) = model.free_form() {
        let mut rows = of(model, &message.render()).rows(width);
        if model.composer.tab == Tab::Preview && super::layout(model).content.width == 0 {
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
    let on_its_own = model.composer.tab == Tab::Preview && super::layout(model).content.width == 0;
    if on_its_own {
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
            text::wrap(words, usize::from(room)).into_iter().map(|line| {
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
        rows.extend(form::paragraph(&look(model), 0, model.theme.dim, width, None));
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

/// What it is looked at on, and the key for the other.
fn look(model: &Model) -> String {
    let device = match model.composer.look.device {
        Device::Phone => "composer-look-phone",
        Device::Desktop => "composer-look-desktop",
    };
    let key = model.keymap.hint(CommandId::ChangeDevice).unwrap_or_default();
    model.texts.with(device, &[("key", key.into())])
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
    facts.push((look(model), theme.dim));
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
