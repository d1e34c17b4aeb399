//! A message as WhatsApp shows it: a bubble on the wallpaper with header, body, footer, time and buttons, and below it the
//! cards of a carousel (R35).
//!
//! What a terminal cannot draw is drawn as what it is: a box with its kind, name and size. Nothing is cut without a mark.

mod parts;
mod picture;
#[cfg(test)]
mod tests;
mod words;

use ratatui::{
    layout::Rect,
    style::Style,
    text::{Line, Span},
};

use unicode_segmentation::UnicodeSegmentation;

use self::parts::Stack;
pub use self::picture::Files;
use crate::{
    domain::rendering::{PHONE_LETTERS, Rendered},
    i18n::Texts,
    text,
    tui::{
        command::CommandId,
        theme::Theme,
        view::{Canvas, Target, canvas::row},
    },
};

/// What the message is read on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Device {
    /// A phone: a bubble of about forty letters.
    #[default]
    Phone,
    /// WhatsApp on the web or a desktop: wider, and some messages are not shown.
    Desktop,
}

impl Device {
    /// A bubble is never wider than this many columns, its margins included.
    pub fn widest(self) -> u16 {
        match self {
            Self::Phone => cells(PHONE_LETTERS + 2),
            Self::Desktop => 66,
        }
    }
}

/// Cards stand side by side from this width on.
const CARD: usize = 26;

/// What a preview is made from.
#[derive(Debug)]
pub struct Preview<'a> {
    /// The message.
    pub message: &'a Rendered,
    /// The first card to show.
    pub first_card: usize,
    /// What it is read on.
    pub device: Device,
    /// Whether long text is folded as on optimized delivery.
    pub folds: bool,
    /// The time of day that stands in the corner.
    pub time: String,
    /// Now, for countdowns.
    pub now: jiff::Timestamp,
    /// The reader's time zone.
    pub zone: &'a jiff::tz::TimeZone,
    /// The files that it carries.
    pub files: Files<'a>,
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
    /// What a click on it runs.
    pub command: Option<CommandId>,
}

/// One row of the preview.
pub type BubbleRow = Vec<Piece>;

impl Preview<'_> {
    /// All rows at this width.
    pub fn rows(&self, width: u16) -> Vec<BubbleRow> {
        let room = usize::from(width.saturating_sub(2));
        let bubble_width = room.min(self.device.widest().into());
        let mut rows = vec![BubbleRow::new()];
        if self.device == Device::Desktop && self.message.hidden_on_desktop() {
            rows.extend(self.framed(self.not_shown(bubble_width.saturating_sub(2)), 1, bubble_width));
            rows.push(BubbleRow::new());
            return rows;
        }
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

    /// What stands in the place of a message that desktops do not show.
    fn not_shown(&self, width: usize) -> Vec<Line<'static>> {
        let words = self.texts.get("composer-not-on-desktop");
        let italic = self.theme.bubble_dim.add_modifier(ratatui::style::Modifier::ITALIC);
        text::wrap(&words, width.max(1)).into_iter().map(|line| Line::from(Span::styled(line.into_owned(), italic))).collect()
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
        let piece =
            |x: usize, width: usize, line: Line<'static>| Piece { x: cells(x), width: cells(width), line, style, command: None };
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
        let card_width = if at_once == 1 { room.min(self.device.widest().into()) } else { (room + 1) / at_once - 1 };
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
        let style = self.theme.wallpaper;
        let width = room.min(at_once * (card_width + 1));
        let half = width / 2;
        let words = format!("{back} {pager} {on}");
        let words = fitted(&words, width);
        let before = width.saturating_sub(text::width(&words)) / 2;
        // The left half turns back, the right half on: arrows alone are small to hit.
        let (left, right) = split_at_cells(&words, half.saturating_sub(before));
        let gap = " ".repeat(before);
        let piece = |x: usize, width: usize, words: String, command| Piece {
            x: cells(x),
            width: cells(width),
            line: Line::from(Span::styled(words, style)),
            style,
            command: Some(command),
        };
        // Above the cards: below them it would be out of sight just where a card is too tall.
        rows.insert(
            0,
            vec![
                piece(1, half, format!("{gap}{left}"), CommandId::PreviousCard),
                piece(1 + half, width - half, right, CommandId::NextCard),
            ],
        );
        rows
    }
}

/// Cuts words in two after so many cells.
fn split_at_cells(words: &str, width: usize) -> (String, String) {
    let mut left = String::new();
    for grapheme in words.graphemes(true) {
        if text::width(&left) + text::width(grapheme) > width {
            break;
        }
        left.push_str(grapheme);
    }
    let right = words.get(left.len()..).unwrap_or_default().to_owned();
    (left, right)
}

fn cells(width: usize) -> u16 {
    u16::try_from(width).unwrap_or(u16::MAX)
}

/// Draws rows on the wallpaper; arrows at the right edge say that there is more.
pub fn draw(rows: &[BubbleRow], first: usize, area: Rect, theme: &Theme, canvas: &mut Canvas<'_>) {
    canvas.clear(area);
    canvas.fill(area, theme.wallpaper);
    let height = usize::from(area.height);
    let first = first.min(rows.len().saturating_sub(height));
    for (index, pieces) in (0_u16..).zip(rows.iter().skip(first).take(height)) {
        for piece in pieces {
            let place = Rect { x: area.x.saturating_add(piece.x), width: piece.width, ..row(area, index) }.intersection(area);
            canvas.fill(place, piece.style);
            canvas.line(piece.line.clone(), place);
            if let Some(command) = piece.command {
                canvas.target(place, Target::Command(command));
            }
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
