//! Text on its way to a screen or a log: cleaned, measured, cut, wrapped.
//!
//! Nothing here knows a terminal or a language. Widths are in terminal cells and are summed by grapheme,
//! the way the screen lays them out. Foreign text goes through [`clean`] first, then through the rest.

mod chart;
mod clean;
mod keys;
mod people;
mod phone;
mod time;
mod wrap;

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

pub use chart::{bar, each_column, grouped, sparkline};
pub use clean::{clean, clean_lines};
pub use keys::without_keys;
pub use people::without_people;
pub use phone::{PhoneProblem, digits, mask_phone, phone, phone_problem, split_calling_code};
pub use time::{Amount, Countdown, Unit, age, remaining};
pub use wrap::{wrap, wrap_hanging};

/// What marks text as cut.
pub const ELLIPSIS: &str = "…";

/// Width of one grapheme in cells. Control characters take no room: no screen draws them.
fn grapheme_width(grapheme: &str) -> usize {
    if grapheme.chars().any(char::is_control) { 0 } else { grapheme.width() }
}

/// Width in terminal cells, grapheme by grapheme.
pub fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.bytes().filter(|byte| !byte.is_ascii_control()).count();
    }
    text.graphemes(true).map(grapheme_width).sum()
}

/// How many characters people see: graphemes.
pub fn graphemes(text: &str) -> usize {
    text.graphemes(true).count()
}

/// Cuts text to at most `max` cells, between graphemes; what is cut ends in `…`, which counts.
pub fn truncate(text: &str, max: usize) -> Cow<'_, str> {
    if width(text) <= max {
        return Cow::Borrowed(text);
    }
    if max == 0 {
        return Cow::Borrowed("");
    }
    let mut cut = String::new();
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        let next = used + grapheme_width(grapheme);
        if next > max - 1 {
            break;
        }
        used = next;
        cut.push_str(grapheme);
    }
    cut.truncate(cut.trim_end().len());
    cut.push_str(ELLIPSIS);
    Cow::Owned(cut)
}

/// Cuts text in its middle, so that both ends stay (ids, addresses): `1234…7890`.
pub fn truncate_middle(text: &str, max: usize) -> Cow<'_, str> {
    if width(text) <= max {
        return Cow::Borrowed(text);
    }
    if max < 3 {
        return truncate(text, max);
    }
    let tail_room = (max - 1) / 2;
    let head_room = max - 1 - tail_room;
    let mut head = String::new();
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        used += grapheme_width(grapheme);
        if used > head_room {
            break;
        }
        head.push_str(grapheme);
    }
    let mut tail: Vec<&str> = Vec::new();
    used = 0;
    for grapheme in text.graphemes(true).rev() {
        used += grapheme_width(grapheme);
        if used > tail_room {
            break;
        }
        tail.push(grapheme);
    }
    head.push_str(ELLIPSIS);
    head.extend(tail.into_iter().rev());
    Cow::Owned(head)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("", 0)]
    #[case("abc", 3)]
    #[case("日本語", 6)]
    #[case("é", 1)]
    #[case("e\u{301}", 1)]
    #[case("👨‍👩‍👧", 2)]
    #[case("🇫🇷", 2)]
    #[case("مرحبا", 5)]
    fn width_counts_cells_not_characters(#[case] text: &str, #[case] cells: usize) {
        assert_eq!(width(text), cells);
    }

    #[rstest]
    #[case("Bakery", 6, "Bakery")]
    #[case("Bakery", 5, "Bake…")]
    #[case("Bakery", 1, "…")]
    #[case("Bakery", 0, "")]
    #[case("a bakery", 3, "a…")]
    #[case("日本語", 4, "日…")]
    #[case("👨‍👩‍👧 family", 3, "👨‍👩‍👧…")]
    fn cut_text_ends_in_an_ellipsis_and_keeps_graphemes_whole(#[case] text: &str, #[case] max: usize, #[case] expected: &str) {
        assert_eq!(truncate(text, max), expected);
    }

    #[test]
    fn both_ends_of_an_id_survive_the_cut() {
        assert_eq!(truncate_middle("102290129340398", 9), "1022…0398");
        assert_eq!(truncate_middle("short", 9), "short");
        assert_eq!(truncate_middle("102290129340398", 2), "1…");
    }

    proptest! {
        #[test]
        fn cut_text_is_never_wider_than_asked(text in "\\PC{0,60}", max in 0usize..40) {
            let text = clean(&text);
            prop_assert!(width(&truncate(&text, max)) <= max);
            prop_assert!(width(&truncate_middle(&text, max)) <= max);
        }
    }
}
