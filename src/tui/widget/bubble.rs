//! A message as WhatsApp shows it: a bubble on the wallpaper with header, body, footer, time and buttons, and below it the
//! cards of a carousel (R35).
//!
//! What a terminal cannot draw is drawn as what it is: a box with its kind and name. Nothing is cut without a mark.

mod parts;
#[cfg(test)]
mod tests;
mod words;

use ratatui::{
    layout::{Alignment, Rect},
    style::Style,
    text::{Line, Span},
};

use self::parts::Stack;
use crate::{
    domain::rendering::Rendered,
    i18n::Texts,
    text,
    tui::{
        theme::Theme,
        view::{Canvas, canvas::row},
    },
};

/// A bubble is never wider than this: phones are narrow, and lines longer than this read badly.
const WIDEST: usize = 52;
/// Cards stand side by side from this width on.
const CARD: usize = 26;

/// What a preview is made from.
#[derive(Debug)]
pub struct Preview<'a> {
    /// The message.
    pub message: &'a Rendered,
    /// The first card to show.
    pub first_card: usize,
    /// The time of day that stands in the corner.
    pub time: String,
    /// Now, for countdowns.
    pub now: jiff::Timestamp,
    /// The reader's time zone.
    pub zone: &'a jiff::tz::TimeZone,
    /// All texts.
    pub texts: &'a Texts,
    /// All styles.
    pub theme: &'a Theme,
}

/// A piece of a row: where it begins, how wide it is, what it says.
#[derive(Debug, Clone)]
pub struct Piece {
    /// Columns from the left.
    pub x: u16,
    /// Columns.
    pub width: u16,
    /// What it says.
    pub line: Line<'static>,
    /// What its cells look like.
    pub style: Style,
}

/// One row of the preview.
pub type BubbleRow = Vec<Piece>;

impl Preview<'_> {
    /// All rows at this width.
    pub fn rows(&self, width: u16) -> Vec<BubbleRow> {
        let room = usize::from(width.saturating_sub(2));
        let bubble_width = room.min(WIDEST);
        let mut rows = vec![BubbleRow::new()];
        rows.extend(self.framed(self.stack(self.message, bubble_width.saturating_sub(2), true), 1, bubble_width));
        if !self.message.cards.is_empty() {
            rows.push(BubbleRow::new());
            rows.extend(self.cards(room));
        }
        rows.push(BubbleRow::new());
        rows
    }

    /// How many cards stand side by side at this width.
    pub fn cards_at_once(&self, width: u16) -> usize {
        ((usize::from(width.saturating_sub(2)) + 1) / (CARD + 1)).clamp(1, self.message.cards.len().max(1))
    }

    fn stack(&self, message: &Rendered, width: usize, with_time: bool) -> Vec<Line<'static>> {
        let mut stack = Stack { preview: self, width, lines: Vec::new() };
        stack.message(message, with_time);
        stack.lines
    }

    /// Puts lines into a bubble: a blank on each side, or a frame where there are no colours to tell it from the wallpaper.
    fn framed(&self, lines: Vec<Line<'static>>, x: usize, width: usize) -> Vec<BubbleRow> {
        let style = self.theme.bubble;
        let colourless = style.bg.is_none();
        let piece = |x: usize, width: usize, line: Line<'static>| Piece { x: cells(x), width: cells(width), line, style };
        let mut rows: Vec<BubbleRow> = lines
            .into_iter()
            .map(|line| {
                let edge = if colourless { "│" } else { " " };
                vec![
                    piece(x, 1, Line::from(Span::styled(edge, style))),
                    piece(x + 1, width.saturating_sub(2), line),
                    piece(x + width.saturating_sub(1), 1, Line::from(Span::styled(edge, style))),
                ]
            })
            .collect();
        if colourless {
            let rule = "─".repeat(width.saturating_sub(2));
            rows.insert(0, vec![piece(x, width, Line::from(format!("╭{rule}╮")))]);
            rows.push(vec![piece(x, width, Line::from(format!("╰{rule}╯")))]);
        }
        rows
    }

    fn cards(&self, room: usize) -> Vec<BubbleRow> {
        let cards = &self.message.cards;
        let at_once = self.cards_at_once(cells(room + 2));
        let first = self.first_card.min(cards.len().saturating_sub(at_once));
        let card_width = if at_once == 1 { room.min(WIDEST) } else { (room + 1) / at_once - 1 };
        let shown = cards.iter().skip(first).take(at_once);
        let mut stacks: Vec<Vec<Line<'static>>> =
            shown.map(|card| self.stack(card, card_width.saturating_sub(2), false)).collect();
        let tallest = stacks.iter().map(Vec::len).max().unwrap_or(0);
        let mut rows: Vec<BubbleRow> = Vec::new();
        for (place, stack) in stacks.iter_mut().enumerate() {
            stack.resize(tallest, Line::default());
            let framed = self.framed(std::mem::take(stack), 1 + place * (card_width + 1), card_width);
            rows.resize(framed.len().max(rows.len()), BubbleRow::new());
            for (row, pieces) in rows.iter_mut().zip(framed) {
                row.extend(pieces);
            }
        }
        let last = (first + at_once).min(cards.len());
        let range = if at_once == 1 { last.to_string() } else { format!("{}–{last}", first + 1) };
        let back = if first > 0 { "‹" } else { " " };
        let on = if last < cards.len() { "›" } else { " " };
        let pager = self.texts.with("composer-pager", &[("range", range.into()), ("count", cards.len().into())]);
        let line = Line::from(Span::styled(format!("{back} {pager} {on}"), self.theme.wallpaper)).alignment(Alignment::Center);
        rows.push(vec![Piece { x: 1, width: cells(room.min(at_once * (card_width + 1))), line, style: self.theme.wallpaper }]);
        rows
    }
}

fn cells(width: usize) -> u16 {
    u16::try_from(width).unwrap_or(u16::MAX)
}

/// Draws rows on the wallpaper; arrows at the right edge say that there is more.
pub fn draw(rows: &[BubbleRow], first: usize, area: Rect, theme: &Theme, canvas: &mut Canvas<'_>) {
    canvas.widget(ratatui::widgets::Clear, area);
    canvas.fill(area, theme.wallpaper);
    let height = usize::from(area.height);
    let first = first.min(rows.len().saturating_sub(height));
    for (index, pieces) in (0_u16..).zip(rows.iter().skip(first).take(height)) {
        for piece in pieces {
            let place = Rect { x: area.x.saturating_add(piece.x), width: piece.width, ..row(area, index) }.intersection(area);
            canvas.fill(place, piece.style);
            canvas.line(piece.line.clone(), place);
        }
    }
    let edge = Rect { x: area.right().saturating_sub(1), width: 1.min(area.width), ..area };
    let arrow = Style { bg: theme.wallpaper.bg, ..theme.accent };
    if first > 0 {
        canvas.line(Span::styled("↑", arrow), row(edge, 0));
    }
    if rows.len() > first + height {
        canvas.line(Span::styled("↓", arrow), row(edge, edge.height.saturating_sub(1)));
    }
}

/// Cuts foreign text at a width, with a mark.
fn fitted(words: &str, width: usize) -> String {
    text::truncate(words, width).into_owned()
}
