//! The preview (R35): the message as WhatsApp shows it, and what a picture of it cannot show.

use ratatui::{
    layout::Rect,
    style::Style,
    text::{Line, Span},
};

use crate::{
    domain::{
        Template,
        rendering::{Blanks, CountedPart, PartCount, Rendered},
        template::Component,
    },
    text,
    tui::{
        command::CommandId,
        model::{Model, composer::Tab},
        view::{Canvas, Target},
        widget::{
            bubble::{self, BubbleRow, Piece, Preview},
            form::{self, Row},
        },
    },
    wording,
};

/// Draws the preview.
pub fn draw(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    let rows = rows(model, area.width);
    bubble::draw(&rows, model.composer.preview_scroll, area, &model.theme, canvas);
    if model.composer.tab != Tab::Preview {
        canvas.target(area, Target::Tab(Tab::Preview));
    }
}

/// How far the preview can be scrolled in an area.
pub fn last_start(model: &Model, area: Rect) -> usize {
    rows(model, area.width).len().saturating_sub(usize::from(area.height))
}

/// How many cards the message has.
pub fn card_count(model: &Model) -> usize {
    let cards = |component: &Component| match component {
        Component::Carousel(cards) => Some(cards.len()),
        _ => None,
    };
    model.composed_template().and_then(|template| template.components.iter().find_map(cards)).unwrap_or(0)
}

fn rendered(model: &Model, template: &Template) -> Rendered {
    template.render(&model.composer.values(), Blanks::Marked)
}

/// The bubble; on its own tab in a narrow terminal the notes follow below it.
fn rows(model: &Model, width: u16) -> Vec<BubbleRow> {
    let Some(template) = model.composed_template() else {
        let words = model.text("composer-nothing-to-preview");
        return plain_rows(&[(words, model.theme.wallpaper)], width);
    };
    let message = rendered(model, template);
    let preview = Preview {
        message: &message,
        first_card: model.composer.card,
        time: wording::clock(model.now, &model.zone),
        now: model.now,
        zone: &model.zone,
        texts: &model.texts,
        theme: &model.theme,
    };
    let mut rows = preview.rows(width);
    let on_its_own = model.composer.tab == Tab::Preview && super::layout(model).content.width == 0;
    if on_its_own {
        let notes: Vec<(String, Style)> =
            facts(model, template, &message).into_iter().map(|(words, _)| (words, model.theme.wallpaper)).collect();
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
                vec![Piece { x: 1, width: room, line: Line::from(Span::styled(line.into_owned(), *style)), style: *style }]
            })
        })
        .collect()
}

/// What is worth knowing about the preview, beside it where there is room.
pub fn notes(model: &Model, width: usize) -> Vec<Row<'static>> {
    let mut rows = vec![form::heading(&model.text("composer-about-preview"), &model.theme, width)];
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

fn facts(model: &Model, template: &Template, message: &Rendered) -> Vec<(String, Style)> {
    let (texts, theme) = (&model.texts, &model.theme);
    let values = model.composer.values();
    let mut facts = Vec::new();
    if message.is_missing_something() {
        let key = model.keymap.hint(CommandId::FillExamples).unwrap_or_default();
        facts.push((texts.with("composer-fact-missing", &[("key", key.into())]), theme.action));
    }
    for id in template.formatting_changed_by(&values) {
        let own = model.composer.variables.iter().find(|variable| variable.id == id);
        let name = own.map_or_else(|| id.to_string(), |variable| wording::message::variable(texts, variable));
        facts.push((texts.with("composer-fact-formatting", &[("name", name.into())]), theme.action));
    }
    // The length of the text always, others when they come near their limit.
    let near = |part: &PartCount| part.count.used * 10 > part.count.max * 8;
    let counts = template.counts(&values).into_iter();
    for part in counts.filter(|part| near(part) || (part.part == CountedPart::Body && part.card.is_none())) {
        let card =
            part.card.map(|card| format!("{} · ", texts.with("composer-card", &[("number", (u16::from(card) + 1).into())])));
        let name = format!("{}{}", card.unwrap_or_default(), wording::message::counted_part(texts, part.part));
        let words = texts.with(
            "composer-fact-length",
            &[("name", name.into()), ("used", part.count.used.into()), ("max", part.count.max.into())],
        );
        facts.push((words, if part.count.is_over() { theme.bad } else { theme.dim }));
    }
    let fold = message.lines_before_fold();
    if model.optimized_checked() == Some(true) && message.body.text.lines().count() > fold {
        facts.push((texts.with("composer-fact-fold", &[("count", fold.into())]), theme.text));
    }
    let mut plain = |holds: bool, id: &str| {
        if holds {
            facts.push((model.text(id), theme.text));
        }
    };
    plain(message.buttons.see_all(), "composer-fact-see-all");
    plain(message.buttons.hidden_on_desktop(), "composer-fact-desktop");
    plain(message.offer.is_some(), "composer-fact-offer");
    plain(template.creative_optimization, "composer-fact-creative");
    facts
}
