//! Wraps styled text: breaks lines where `text::wrap` breaks them, and keeps each character's style.

use ratatui::{
    style::Style,
    text::{Line, Span},
};
use unicode_segmentation::UnicodeSegmentation;

use crate::text;

/// A run of text in one style. Runs must be clean already; `\n` breaks a line.
pub type Run = (String, Style);

/// Breaks runs into lines of at most `width` cells. Empty runs make one empty line.
pub fn wrap_runs(runs: &[Run], width: usize) -> Vec<Line<'static>> {
    let whole: String = runs.iter().map(|(words, _)| words.as_str()).collect();
    let mut styles = Styles::new(runs);
    let mut lines = Vec::new();
    let mut source = whole.graphemes(true).peekable();
    for (index, wrapped) in text::wrap(&whole, width).iter().enumerate() {
        if index > 0 {
            // Blanks at a break, and the line end itself, are in the source but on no line.
            let mut ended = false;
            while let Some(blank) = source.next_if(|next| !ended && next.chars().all(char::is_whitespace)) {
                ended = blank == "\n";
                styles.skip(blank.len());
            }
        }
        let mut line: Vec<Span<'static>> = Vec::new();
        let mut open: Option<(String, Style)> = None;
        for shown in wrapped.graphemes(true) {
            let length = source.next().map_or(0, str::len);
            let style = styles.take(length);
            match &mut open {
                Some((words, current)) if *current == style => words.push_str(shown),
                _ => {
                    if let Some((words, style)) = open.take() {
                        line.push(Span::styled(words, style));
                    }
                    open = Some((shown.to_owned(), style));
                }
            }
        }
        line.extend(open.map(|(words, style)| Span::styled(words, style)));
        lines.push(Line::from(line));
    }
    lines
}

/// Walks over the runs, byte by byte of their text.
struct Styles<'a> {
    runs: std::slice::Iter<'a, Run>,
    current: Style,
    left: usize,
}

impl<'a> Styles<'a> {
    fn new(runs: &'a [Run]) -> Self {
        let mut styles = Self { runs: runs.iter(), current: Style::new(), left: 0 };
        styles.refill();
        styles
    }

    fn refill(&mut self) {
        while self.left == 0 {
            let Some((words, style)) = self.runs.next() else { return };
            (self.current, self.left) = (*style, words.len());
        }
    }

    /// The style of the next character, which has this many bytes.
    fn take(&mut self, length: usize) -> Style {
        let style = self.current;
        self.skip(length);
        style
    }

    fn skip(&mut self, mut length: usize) {
        // A grapheme may reach over the end of a run (a mark at the beginning of a value): it goes with its first part.
        while length > 0 && self.left > 0 {
            let step = length.min(self.left);
            self.left -= step;
            length -= step;
            self.refill();
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::style::Modifier;

    use super::*;

    fn bold() -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    fn words(lines: &[Line<'_>]) -> Vec<String> {
        lines.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_style_goes_on_over_a_break() {
        let lines = wrap_runs(&[("one ".into(), Style::new()), ("two three".into(), bold()), (" four".into(), Style::new())], 8);
        assert_eq!(words(&lines), ["one two", "three", "four"]);
        assert_eq!(lines[0].spans[1].style, bold());
        assert_eq!(lines[1].spans[0].style, bold());
        assert_eq!(lines[2].spans[0].style, Style::new());
    }

    #[test]
    fn empty_lines_stay() {
        let lines = wrap_runs(&[("a\n\n".into(), Style::new()), ("b".into(), bold())], 5);
        assert_eq!(words(&lines), ["a", "", "b"]);
        assert_eq!(lines[2].spans[0].style, bold());
    }

    proptest! {
        #[test]
        fn wrapped_runs_read_like_wrapped_text_and_each_letter_keeps_its_style(
            parts in prop::collection::vec("[a-c é日\\n ]{0,12}", 0..6), width in 1usize..14
        ) {
            let runs: Vec<Run> = parts.iter().enumerate().map(|(index, part)| {
                (part.clone(), if index % 2 == 0 { Style::new() } else { bold() })
            }).collect();
            let whole: String = parts.concat();
            let lines = wrap_runs(&runs, width);
            prop_assert_eq!(words(&lines), text::wrap(&whole, width).iter().map(ToString::to_string).collect::<Vec<_>>());
            let letters = |bold_ones: bool| -> String {
                lines.iter().flat_map(|line| line.spans.iter()).filter(|span| (span.style == bold()) == bold_ones)
                    .flat_map(|span| span.content.chars()).filter(|c| !c.is_whitespace() && *c != '…').collect()
            };
            let expected = |odd: usize| -> String {
                parts.iter().skip(odd).step_by(2).flat_map(|part| part.chars()).filter(|c| !c.is_whitespace()).collect()
            };
            if width > 1 {
                prop_assert_eq!(letters(false), expected(0));
                prop_assert_eq!(letters(true), expected(1));
            }
        }
    }
}
