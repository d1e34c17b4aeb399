//! Takes out of foreign text all that could move a cursor, hide, reorder or pile up.
//!
//! Escape sequences go whole, so that no half of one is left to read. What stays is what people can see.

use std::{borrow::Cow, iter::Peekable, str::Chars};

use unicode_width::UnicodeWidthChar;

/// Most marks that may sit on one character: more than any script needs, fewer than a pile.
const MAX_MARKS: usize = 6;

/// One line: control characters, escape sequences, bidi overrides and invisible characters are taken out,
/// line breaks and tabs become spaces.
pub fn clean(text: &str) -> Cow<'_, str> {
    clean_with(text, false)
}

/// As [`clean`], but line breaks are kept, all of them as `\n`.
pub fn clean_lines(text: &str) -> Cow<'_, str> {
    clean_with(text, true)
}

fn clean_with(text: &str, keep_lines: bool) -> Cow<'_, str> {
    let harmless = |byte: u8| (0x20..0x7f).contains(&byte) || (keep_lines && byte == b'\n');
    if text.bytes().all(harmless) {
        return Cow::Borrowed(text);
    }
    let mut output = Output { text: String::with_capacity(text.len()), previous: None, marks: 0 };
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        match character {
            '\u{1b}' => skip_escape(&mut rest),
            '\u{9b}' => skip_control_sequence(&mut rest),
            '\u{90}' | '\u{98}' | '\u{9d}' | '\u{9e}' | '\u{9f}' => skip_string(&mut rest),
            '\r' if rest.peek() == Some(&'\n') => {}
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => output.push(if keep_lines { '\n' } else { ' ' }),
            '\t' => output.push(' '),
            '\u{200c}' | '\u{200d}' => output.join(character, rest.peek().copied()),
            '\u{e0020}'..='\u{e007f}' => output.tag(character),
            _ if character.is_control() || is_invisible(character) => {}
            _ if character.width() == Some(0) => output.mark(character),
            _ => output.push(character),
        }
    }
    if output.text == text { Cow::Borrowed(text) } else { Cow::Owned(output.text) }
}

/// What has been kept so far.
struct Output {
    text: String,
    previous: Option<char>,
    marks: usize,
}

impl Output {
    fn push(&mut self, character: char) {
        self.text.push(character);
        self.previous = Some(character);
        self.marks = 0;
    }

    /// Marks need something to sit on, and only so many may sit there.
    fn mark(&mut self, character: char) {
        let has_base = self.previous.is_some_and(|base| !base.is_whitespace() && base != '\n');
        if has_base && self.marks < MAX_MARKS {
            self.text.push(character);
            self.previous = Some(character);
            self.marks += 1;
        }
    }

    /// Joiners stay inside emoji sequences and inside words of scripts that are written with them.
    fn join(&mut self, character: char, next: Option<char>) {
        let (Some(previous), Some(next)) = (self.previous, next) else {
            return;
        };
        let emoji = character == '\u{200d}' && is_emoji_end(previous) && is_pictograph(next);
        let word = needs_joiners(previous) && needs_joiners(next);
        if (emoji || word) && self.marks < MAX_MARKS {
            self.text.push(character);
            self.marks += 1;
        }
    }

    /// Tag characters spell the flags of regions after a black flag, and hide text anywhere else.
    fn tag(&mut self, character: char) {
        let in_flag = self.previous.is_some_and(|base| base == '\u{1f3f4}' || ('\u{e0020}'..='\u{e007e}').contains(&base));
        if in_flag && self.marks < MAX_MARKS + 1 {
            self.text.push(character);
            self.previous = Some(character);
            self.marks += 1;
        }
    }
}

/// After ESC.
fn skip_escape(rest: &mut Peekable<Chars<'_>>) {
    match rest.peek() {
        Some('[') => {
            rest.next();
            skip_control_sequence(rest);
        }
        Some(']' | 'P' | 'X' | '^' | '_') => {
            rest.next();
            skip_string(rest);
        }
        _ => {
            while rest.next_if(|next| ('\u{20}'..='\u{2f}').contains(next)).is_some() {}
            rest.next_if(|next| ('\u{30}'..='\u{7e}').contains(next));
        }
    }
}

/// After CSI: parameters, intermediates, one final character.
fn skip_control_sequence(rest: &mut Peekable<Chars<'_>>) {
    while rest.next_if(|next| ('\u{20}'..='\u{3f}').contains(next)).is_some() {}
    rest.next_if(|next| ('\u{40}'..='\u{7e}').contains(next));
}

/// After OSC, DCS, SOS, PM or APC: everything up to the terminator. Where there is none (another control
/// character or the end comes first) only the introducer goes, so that nothing can hide the rest of a text.
fn skip_string(rest: &mut Peekable<Chars<'_>>) {
    let mut ahead = rest.clone();
    while let Some(character) = ahead.next() {
        match character {
            '\u{7}' | '\u{9c}' => {
                *rest = ahead;
                return;
            }
            '\u{1b}' => {
                if ahead.next_if_eq(&'\\').is_some() {
                    *rest = ahead;
                }
                return;
            }
            _ if character.is_control() => return,
            _ => {}
        }
    }
}

/// Characters that show nothing but change how others are shown or compared.
fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}'
        | '\u{200b}' | '\u{200e}' | '\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e001f}')
}

/// Close enough to the property Extended_Pictographic for deciding whether a joiner joins emoji.
fn is_pictograph(character: char) -> bool {
    matches!(character,
        '\u{a9}' | '\u{ae}' | '\u{203c}' | '\u{2049}' | '\u{2122}' | '\u{2139}'
        | '\u{2190}'..='\u{21ff}' | '\u{2300}'..='\u{23ff}' | '\u{25a0}'..='\u{27bf}'
        | '\u{2900}'..='\u{297f}' | '\u{2b00}'..='\u{2bff}' | '\u{3030}' | '\u{303d}'
        | '\u{3297}' | '\u{3299}' | '\u{1f000}'..='\u{1faff}')
}

/// What an emoji can end in before a joiner: itself, a skin tone, or the variation selector.
fn is_emoji_end(character: char) -> bool {
    is_pictograph(character) || character == '\u{fe0f}' || character == '\u{20e3}'
}

/// Arabic, Indic and their neighbours, where joiners decide the shape of a word.
fn needs_joiners(character: char) -> bool {
    ('\u{600}'..'\u{2000}').contains(&character)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::plain("Bakery", "Bakery")]
    #[case::colour("a\u{1b}[31;1mred\u{1b}[0mb", "aredb")]
    #[case::title("x\u{1b}]0;owned\u{7}y", "xy")]
    #[case::link("\u{1b}]8;;https://example.com\u{1b}\\text\u{1b}]8;;\u{1b}\\", "text")]
    #[case::device_control("a\u{1b}P1$r0m\u{1b}\\b", "ab")]
    #[case::eight_bit("a\u{9b}2Jb\u{9d}0;t\u{9c}c", "abc")]
    #[case::reset("a\u{1b}cb", "ab")]
    #[case::charset("a\u{1b}(0b", "ab")]
    #[case::unterminated("a\u{1b}]52;c;rest stays", "a52;c;rest stays")]
    #[case::cut_short("a\u{1b}", "a")]
    #[case::cut_in_sequence("a\u{1b}[12", "a")]
    #[case::nested("\u{1b}\u{1b}[1mx", "x")]
    #[case::controls("a\u{0}\u{8}\u{7f}b", "ab")]
    #[case::lines("a\r\nb\nc\td", "a b c d")]
    #[case::override_("\u{202e}cod.exe\u{202c}", "cod.exe")]
    #[case::isolates("\u{2066}a\u{2069}\u{200f}b", "ab")]
    #[case::hidden("pay\u{200b}pal\u{feff}", "paypal")]
    #[case::tags("a\u{e0041}\u{e0042}b", "ab")]
    #[case::lone_mark("\u{301}a \u{301}b", "a b")]
    fn what_could_do_harm_is_taken_out(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(clean(text), expected);
    }

    #[rstest]
    #[case::family("👨‍👩‍👧")]
    #[case::heart("❤️‍🔥")]
    #[case::skin("👩🏽‍🚀")]
    #[case::keycap("1️⃣")]
    #[case::region_flag("🏴󠁧󠁢󠁥󠁮󠁧󠁿")]
    #[case::persian("می‌خواهم")]
    #[case::sinhala("ශ්‍රී")]
    #[case::accents("Zażółć gęślą, Việt Nam, e\u{301}")]
    #[case::hebrew("שָׁלוֹם")]
    #[case::thai("ที่นี่")]
    fn what_people_write_stays(#[case] text: &str) {
        assert_eq!(clean(text), text);
    }

    #[test]
    fn a_joiner_between_letters_hides_nothing() {
        assert_eq!(clean("ad\u{200d}min"), "admin");
    }

    #[test]
    fn marks_do_not_pile_up() {
        let piled = format!("a{}b", "\u{301}".repeat(500));
        assert_eq!(clean(&piled).chars().count(), 1 + MAX_MARKS + 1, "a pile of marks is cut to what a script needs");
    }

    #[test]
    fn clean_text_is_not_copied() {
        assert!(matches!(clean("Bäckerei"), Cow::Borrowed(_)));
        assert!(matches!(clean_lines("a\nb"), Cow::Borrowed(_)));
    }

    #[test]
    fn line_breaks_of_all_kinds_are_kept_as_one_kind() {
        assert_eq!(clean_lines("a\r\nb\rc\u{2028}d\ne"), "a\nb\nc\nd\ne");
    }

    #[test]
    fn many_unterminated_sequences_are_read_once_each() {
        let text = "\u{1b}]".repeat(200_000);
        assert_eq!(clean(&text), "");
    }

    fn hostile() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            any::<char>().prop_map(String::from),
            "[\\x00-\\x20\\x7f-\u{a0}]{1,3}",
            Just("\u{1b}[".to_owned()),
            Just("\u{1b}]".to_owned()),
            Just("\u{1b}\\".to_owned()),
            Just("\u{200d}".to_owned()),
            Just("👩".to_owned()),
            Just("\u{301}".to_owned()),
            Just("\u{202e}".to_owned()),
            Just("\u{1f3f4}\u{e0067}\u{e007f}".to_owned()),
            "[ -~]{1,4}",
        ];
        proptest::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn nothing_harmful_survives_and_cleaning_twice_changes_nothing(text in hostile()) {
            let once = clean(&text).into_owned();
            prop_assert!(!once.chars().any(|character| character.is_control() || is_invisible(character)));
            prop_assert_eq!(clean(&once), once.as_str());
            let lines = clean_lines(&text).into_owned();
            prop_assert!(!lines.chars().any(|character| character != '\n' && character.is_control()));
            prop_assert_eq!(clean_lines(&lines), lines.as_str());
        }
    }
}
