//! A message's text in the bubble: WhatsApp's formatting as terminal styles, wrapped, right-to-left text on the right.

use ratatui::{
    style::{Modifier, Style},
    text::{Line, Span},
};

use super::super::spans::{Run, wrap_runs};
use crate::{
    domain::{
        markup::{Block, BlockKind, Style as Look},
        placeholder::Fill,
    },
    text,
    tui::theme::Theme,
};

/// Formatted text as lines of at most `width` cells.
pub fn block_lines(blocks: &[Block], theme: &Theme, base: Style, width: usize) -> Vec<Line<'static>> {
    blocks.iter().flat_map(|block| one_block(block, theme, base, width)).collect()
}

fn one_block(block: &Block, theme: &Theme, base: Style, width: usize) -> Vec<Line<'static>> {
    let (first, rest) = match &block.kind {
        BlockKind::Paragraph => (String::new(), String::new()),
        BlockKind::Bullet => ("• ".to_owned(), "  ".to_owned()),
        BlockKind::Numbered(number) => (format!("{number}. "), " ".repeat(number.len() + 2)),
        BlockKind::Quote => ("▌ ".to_owned(), "▌ ".to_owned()),
    };
    let base = if block.kind == BlockKind::Quote { base.patch(Style { bg: None, ..theme.bubble_dim }) } else { base };
    let runs: Vec<Run> = block
        .spans
        .iter()
        .map(|span| (text::clean(&span.text).into_owned(), styled(span.style, span.fill, theme, base)))
        .collect();
    let right = is_right_to_left(&runs);
    let room = width.saturating_sub(text::width(&first)).max(1);
    let mut lines = wrap_runs(&runs, room);
    for (index, line) in lines.iter_mut().enumerate() {
        let prefix = if index == 0 { &first } else { &rest };
        if !prefix.is_empty() {
            line.spans.insert(0, Span::styled(prefix.clone(), base));
        }
        if right {
            shift(line, width.saturating_sub(cells(line)));
        }
    }
    lines
}

/// How wide a line is on the screen: by grapheme, as it is laid out there. A whole string may measure less (Arabic
/// ligatures), so that a line which is aligned by its string's width would lose its end.
pub fn cells(line: &Line<'_>) -> usize {
    line.spans.iter().map(|span| text::width(&span.content)).sum()
}

/// Moves a line to the right.
pub fn shift(line: &mut Line<'static>, by: usize) {
    if by > 0 {
        line.spans.insert(0, Span::raw(" ".repeat(by)));
    }
}

/// What a look becomes on a terminal, where everything is monospaced already.
fn styled(look: Look, fill: Option<Fill>, theme: &Theme, base: Style) -> Style {
    let mut style = if look.mono || look.code { base.patch(theme.field) } else { base };
    if (look.mono || look.code) && theme.field.bg.is_none() {
        style = style.add_modifier(Modifier::DIM);
    }
    if matches!(fill, Some(Fill::Missing | Fill::Example)) {
        style = theme.missing;
    }
    for (on, modifier) in [(look.bold, Modifier::BOLD), (look.italic, Modifier::ITALIC), (look.strike, Modifier::CROSSED_OUT)] {
        if on {
            style = style.add_modifier(modifier);
        }
    }
    style
}

/// Whether the first letter belongs to a script that is written from right to left.
pub fn is_right_to_left(runs: &[Run]) -> bool {
    let first = runs.iter().flat_map(|(words, _)| words.chars()).find(|character| character.is_alphabetic());
    first.is_some_and(|letter| {
        matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{domain::markup::parse, tui::theme::Depth};

    fn lines(source: &str, width: usize) -> Vec<Line<'static>> {
        let theme = Theme::named("dark", Depth::True).unwrap();
        block_lines(&parse(source), &theme, theme.bubble, width)
    }

    fn words(lines: &[Line<'_>]) -> Vec<String> {
        lines.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn r35_bold_italic_and_strike_look_so() {
        let lines = lines("*bold* _italic_ ~gone~", 40);
        let of = |words: &str| lines[0].spans.iter().find(|span| span.content == words).unwrap().style.add_modifier;
        assert!(of("bold").contains(Modifier::BOLD));
        assert!(of("italic").contains(Modifier::ITALIC));
        assert!(of("gone").contains(Modifier::CROSSED_OUT));
    }

    #[test]
    fn r35_lists_and_quotes_hang() {
        assert_eq!(
            words(&lines("- one two\n1. three\n> four five", 7)),
            ["• one", "  two", "1. thre", "   e", "▌ four", "▌ five"]
        );
    }

    #[test]
    fn right_to_left_lines_stand_on_the_right() {
        let lines = lines("שלום *עולם*\nhello", 20);
        assert_eq!(words(&lines), ["           שלום עולם", "hello"]);
    }

    #[test]
    fn right_to_left_lines_keep_their_end_whatever_their_ligatures_measure() {
        // Lam and alef measure one cell together, but the screen gives each its own.
        let source = "لإلغاء الاشتراك";
        let shown = words(&lines(source, 20)).concat();
        assert_eq!(shown.trim_start(), source);
        assert_eq!(text::width(&shown), 20);
    }

    #[test]
    fn nothing_in_a_text_can_move_the_cursor() {
        let shown = words(&lines("a\u{1b}[2Jb \u{202e}c", 20)).concat();
        assert_eq!(shown, "ab c");
    }
}
