//! Breaks text into lines of a given width.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;

use super::{ELLIPSIS, grapheme_width};

/// Breaks text into lines of at most `max` cells: at `\n`, else after spaces, else (long words, scripts without
/// spaces) between graphemes; addresses rather after `/`, `-` and their like, where that leaves no line half empty. Spaces at a break are dropped. No line is wider than `max`; a character that is
/// itself wider becomes `…`. With `max` 0 there are no lines.
pub fn wrap(text: &str, max: usize) -> Vec<Cow<'_, str>> {
    let mut lines = Vec::new();
    if max == 0 {
        return lines;
    }
    for paragraph in text.split('\n') {
        wrap_paragraph(paragraph, max, &mut lines);
    }
    lines
}

/// As [`wrap`], but lines after the first stand below the words, not below the sign in front of them: below `N` in
/// `! Not now`. Text without a sign in front wraps as always.
pub fn wrap_hanging(text: &str, max: usize) -> Vec<Cow<'_, str>> {
    let sign = text.graphemes(true).next().unwrap_or_default();
    let is_sign = !sign.is_empty() && !sign.chars().any(|character| character.is_alphanumeric() || character.is_whitespace());
    let indent = grapheme_width(sign) + 1;
    let Some(words) = text.get(sign.len()..).and_then(|rest| rest.strip_prefix(' ')) else { return wrap(text, max) };
    if !is_sign || max <= indent * 2 {
        return wrap(text, max);
    }
    let blanks = " ".repeat(indent);
    let lines = wrap(words, max - indent).into_iter().enumerate();
    lines.map(|(index, line)| Cow::Owned(if index == 0 { format!("{sign} {line}") } else { format!("{blanks}{line}") })).collect()
}

fn wrap_paragraph<'a>(paragraph: &'a str, max: usize, lines: &mut Vec<Cow<'a, str>>) {
    let mut start = 0;
    let mut used = 0;
    // Where the line may break: the end of the text before the spaces, and the start of the next word.
    let mut gap: Option<(usize, usize)> = None;
    let mut word_width = 0;
    // Where a long word may rather break: after a joint, and the cells of the word from there.
    let mut joint: Option<(usize, usize)> = None;
    let mut replaced = false;
    for (at, grapheme) in paragraph.grapheme_indices(true) {
        let cells = grapheme_width(grapheme);
        let end = at + grapheme.len();
        if grapheme.chars().all(char::is_whitespace) && !holds_together(paragraph, at, end) {
            let text_end = match gap {
                Some((text_end, next)) if next == at => text_end,
                _ => at,
            };
            gap = Some((text_end, end));
            used += cells;
            word_width = 0;
            joint = None;
            continue;
        }
        replaced |= cells > max;
        let cells = cells.min(max);
        if used + cells > max {
            if let Some((text_end, next)) = gap.take() {
                push(lines, paragraph, start..text_end, max, replaced);
                start = next;
                used = word_width;
            }
            if used + cells > max {
                let (at, rest) = joint.filter(|(at, rest)| *at > start && rest * 2 <= max).unwrap_or((at, 0));
                push(lines, paragraph, start..at, max, replaced);
                start = at;
                used = rest;
                joint = None;
            }
            word_width = used;
        }
        used += cells;
        word_width += cells;
        joint = if matches!(grapheme, "/" | "-" | "_" | "." | "?" | "&" | "=") {
            Some((end, 0))
        } else {
            joint.map(|(at, rest)| (at, rest + cells))
        };
    }
    let end = match gap {
        Some((text_end, next)) if next == paragraph.len() => text_end,
        _ => paragraph.len(),
    };
    push(lines, paragraph, start..end, max, replaced);
}

/// Whether a space is one at which French does not break a line: before `;`, `:`, `?`, `!` and `»`, and after `«`.
fn holds_together(paragraph: &str, at: usize, end: usize) -> bool {
    let rest = paragraph.get(end..).unwrap_or_default();
    let closes = rest.starts_with([';', ':', '?', '!', '»']) && rest.chars().nth(1).is_none_or(char::is_whitespace);
    closes || paragraph.get(..at).unwrap_or_default().ends_with('«')
}

fn push<'a>(lines: &mut Vec<Cow<'a, str>>, paragraph: &'a str, range: std::ops::Range<usize>, max: usize, replaced: bool) {
    let line = paragraph.get(range).unwrap_or_default();
    if replaced && line.graphemes(true).any(|grapheme| grapheme_width(grapheme) > max) {
        let shown = line
            .graphemes(true)
            .map(|grapheme| if grapheme_width(grapheme) > max { ELLIPSIS } else { grapheme })
            .collect::<String>();
        lines.push(Cow::Owned(shown));
    } else {
        lines.push(Cow::Borrowed(line));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;
    use crate::text::{clean_lines, width};

    #[test]
    fn french_punctuation_stays_with_its_word() {
        assert_eq!(wrap("cette machine ; Meta", 14), ["cette", "machine ; Meta"]);
        assert_eq!(wrap("il dit « oui » ?", 13), ["il dit", "« oui » ?"]);
        assert_eq!(wrap("a :b", 3), ["a", ":b"], "what is joined to the next word is no punctuation");
    }

    #[test]
    fn lines_hang_below_the_words_and_not_below_their_sign() {
        assert_eq!(wrap_hanging("! one two three", 9), ["! one two", "  three"]);
        assert_eq!(wrap_hanging("→ one", 9), ["→ one"]);
        assert_eq!(wrap_hanging("a one two", 6), ["a one", "two"], "a letter is no sign");
        assert_eq!(wrap_hanging("·one two", 6), ["·one", "two"], "nor is what touches the word");
        assert_eq!(wrap_hanging("! one two", 4), ["!", "one", "two"], "no room to hang");
        assert_eq!(wrap_hanging("", 4), [""]);
        assert!(wrap_hanging("! one", 0).is_empty());
    }

    #[rstest]
    #[case("one two three", 7, &["one two", "three"])]
    #[case("one two three", 8, &["one two", "three"])]
    #[case("one  two", 3, &["one", "two"])]
    #[case("unbreakable", 4, &["unbr", "eaka", "ble"])]
    #[case("a unbreakable", 4, &["a", "unbr", "eaka", "ble"])]
    #[case("see a.example/business-support for it", 18, &["see", "a.example/", "business-support", "for it"])]
    #[case("a/unbreakable", 6, &["a/unbr", "eakabl", "e"])]
    #[case("a\n\nb", 4, &["a", "", "b"])]
    #[case("日本語", 4, &["日本", "語"])]
    #[case("日", 1, &["…"])]
    #[case("  indented", 20, &["  indented"])]
    #[case("ends   ", 4, &["ends"])]
    #[case("", 4, &[""])]
    fn lines_break_at_spaces_where_they_can(#[case] text: &str, #[case] max: usize, #[case] expected: &[&str]) {
        assert_eq!(wrap(text, max), expected);
    }

    #[test]
    fn no_room_means_no_lines() {
        assert!(wrap("text", 0).is_empty());
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_and_no_letter_is_lost(text in "[ a-zé日👩\u{301}\n]{0,80}", max in 2usize..20) {
            let text = clean_lines(&text);
            let lines = wrap(&text, max);
            for line in &lines {
                prop_assert!(width(line) <= max, "{:?} is wider than {}", line, max);
            }
            let letters = |text: &str| text.chars().filter(|character| !character.is_whitespace()).collect::<String>();
            prop_assert_eq!(letters(&lines.concat()), letters(&text));
        }
    }
}
