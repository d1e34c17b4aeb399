//! A message as text: the screen's bubble, drawn with a frame instead of colours, all cards below each other (R35).

use jiff::Timestamp;
use ratatui::{
    layout::Alignment,
    style::{Color, Modifier},
    text::{Line, Span},
};

use super::App;
use crate::{
    domain::{media::MediaShelf, rendering::Rendered},
    text,
    tui::{
        theme::{Depth, Theme, ThemeError},
        widget::bubble::{BubbleRow, Device, Files, Preview},
    },
    wording,
};

/// How the message is looked at.
#[derive(Debug, Clone, Copy)]
pub struct Look<'a> {
    /// On what.
    pub device: Device,
    /// Whether long text is folded as on optimized delivery.
    pub folds: bool,
    /// What is known of the files that it carries; `None` shows boxes.
    pub shelf: Option<&'a MediaShelf>,
}

/// Most rows of a picture: there is no screen to keep within, but a page should not be all picture.
const TALLEST: u16 = 16;

/// The message at this width.
///
/// # Errors
/// Never in practice: the theme is built in.
pub fn draw(app: &App, message: &Rendered, width: u16, look: Look<'_>, now: Timestamp) -> Result<String, ThemeError> {
    let theme = Theme::named("dark", Depth::Monochrome)?;
    let preview = |message: &Rendered| {
        let time = wording::clock(now, &app.zone);
        let preview = Preview {
            message,
            first_card: 0,
            device: look.device,
            folds: look.folds,
            time,
            now,
            zone: &app.zone,
            files: Files {
                shelf: look.shelf,
                depth: Depth::from_environment(|name| std::env::var(name).ok()),
                tallest: TALLEST,
                crops: true,
                compact: false,
            },
            texts: &app.texts,
            theme: &theme,
        };
        (preview.rows(width), preview.cards_at_once(width))
    };
    let with_cards = |cards: &[Rendered]| Rendered { cards: cards.to_vec(), ..message.clone() };
    let (mut rows, _) = preview(&with_cards(&[]));
    let above = rows.len();
    let (_, at_once) = preview(message);
    for cards in message.cards.chunks(at_once.max(1)) {
        let (page, _) = preview(&with_cards(cards));
        // Above the cards stands the pager, and nothing is on another page here.
        let shown = page.len().saturating_sub(1);
        rows.extend(page.into_iter().take(shown).skip(above + 1));
        rows.push(BubbleRow::new());
    }
    let mut lines: Vec<String> = rows.iter().map(|row| line_of(app, row)).collect();
    lines.dedup_by(|line, before| line.is_empty() && before.is_empty());
    let page = lines.join("\n");
    Ok(format!("{}\n", page.trim_matches('\n')))
}

fn line_of(app: &App, row: &BubbleRow) -> String {
    let mut line = String::new();
    let mut at = 0_usize;
    for piece in row {
        let (x, width) = (usize::from(piece.x), usize::from(piece.width));
        line.push_str(&" ".repeat(x.saturating_sub(at)));
        let used = cells(&piece.line);
        let before = match piece.line.alignment {
            Some(Alignment::Center) => width.saturating_sub(used) / 2,
            Some(Alignment::Right) => width.saturating_sub(used),
            _ => 0,
        };
        line.push_str(&" ".repeat(before));
        piece.line.spans.iter().for_each(|span| line.push_str(&app.output.style(&span.content, codes(span))));
        line.push_str(&" ".repeat(width.saturating_sub(used + before)));
        at = x + width.max(used);
    }
    line.trim_end().to_owned()
}

fn cells(line: &Line<'_>) -> usize {
    line.spans.iter().map(|span| text::width(&span.content)).sum()
}

/// What a terminal needs to show a span as it is meant. Only pictures have colours here.
fn codes(span: &Span<'_>) -> String {
    const CODES: [(Modifier, &str); 6] = [
        (Modifier::BOLD, "1"),
        (Modifier::DIM, "2"),
        (Modifier::ITALIC, "3"),
        (Modifier::UNDERLINED, "4"),
        (Modifier::REVERSED, "7"),
        (Modifier::CROSSED_OUT, "9"),
    ];
    let modifiers = span.style.add_modifier;
    let codes = CODES.iter().filter(|(modifier, _)| modifiers.contains(*modifier)).map(|(_, code)| (*code).to_owned());
    let colours = [(span.style.fg, 38), (span.style.bg, 48)].into_iter().filter_map(|(colour, ground)| match colour? {
        Color::Rgb(red, green, blue) => Some(format!("{ground};2;{red};{green};{blue}")),
        Color::Indexed(index) => Some(format!("{ground};5;{index}")),
        _ => None,
    });
    codes.chain(colours).collect::<Vec<_>>().join(";")
}
