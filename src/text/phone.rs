//! Phone numbers for people: grouped, or masked.
//!
//! Only the calling code is known here (ITU E.164); which country a number belongs to is `domain::region`'s business.

use super::clean;

/// Fewest digits of an international number that anybody can be reached at.
const MIN_DIGITS: usize = 8;
/// Most digits of an international number (ITU E.164).
const MAX_DIGITS: usize = 15;

/// Why something is not an international phone number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PhoneProblem {
    /// Nothing there.
    Empty,
    /// Holds something that no phone number holds.
    NotANumber,
    /// Begins with 0: the country code is missing.
    NoCountryCode,
    /// Fewer than 8 digits.
    TooShort,
    /// More than 15 digits.
    TooLong,
}

/// The digits of a number in international form, without `+` or `00`. Takes what people write: spaces, dashes, dots,
/// slashes, parentheses.
///
/// # Errors
/// Says what keeps it from being an international number.
pub fn digits(number: &str) -> Result<String, PhoneProblem> {
    let cleaned = clean(number);
    let trimmed = cleaned.trim();
    let bare = trimmed.strip_prefix('+').or_else(|| trimmed.strip_prefix("00")).unwrap_or(trimmed);
    let mut digits = String::with_capacity(MAX_DIGITS);
    for character in bare.chars() {
        match character {
            '0'..='9' => digits.push(character),
            ' ' | '\u{a0}' | '\u{202f}' | '-' | '\u{2010}'..='\u{2014}' | '.' | '/' | '(' | ')' => {}
            _ => return Err(PhoneProblem::NotANumber),
        }
    }
    match digits.len() {
        0 => Err(if trimmed.is_empty() { PhoneProblem::Empty } else { PhoneProblem::NotANumber }),
        _ if digits.starts_with('0') => Err(PhoneProblem::NoCountryCode),
        length if length < MIN_DIGITS => Err(PhoneProblem::TooShort),
        length if length > MAX_DIGITS => Err(PhoneProblem::TooLong),
        _ => Ok(digits),
    }
}

/// What keeps a text from being an international number, if anything does.
pub fn phone_problem(number: &str) -> Option<PhoneProblem> {
    digits(number).err()
}

/// Splits digits (no `+`) into calling code and the rest (ITU E.164: one, two or three digits).
pub fn split_calling_code(digits: &str) -> (&str, &str) {
    let length = match digits.as_bytes() {
        [b'1' | b'7', ..] => 1,
        [b'2', b'0' | b'7', ..]
        | [b'3', b'0'..=b'4' | b'6' | b'9', ..]
        | [b'4', b'0' | b'1' | b'3'..=b'9', ..]
        | [b'5', b'1'..=b'8', ..]
        | [b'6', b'0'..=b'6', ..]
        | [b'8', b'1' | b'2' | b'4' | b'6', ..]
        | [b'9', b'0'..=b'5' | b'8', ..] => 2,
        _ => 3,
    };
    digits.split_at_checked(length).unwrap_or((digits, ""))
}

/// A number as people read it: `+1 415-555-2671`, `+49 309 018 20`. What is no international number comes back cleaned.
pub fn phone(number: &str) -> String {
    let Ok(digits) = digits(number) else {
        return clean(number).into_owned();
    };
    let (code, rest) = split_calling_code(&digits);
    if code == "1"
        && let (Some(area), Some(exchange), Some(line)) = (rest.get(..3), rest.get(3..6), rest.get(6..))
        && line.len() == 4
    {
        return format!("+1 {area}-{exchange}-{line}");
    }
    let mut shown = format!("+{code}");
    let mut left = rest;
    let mut usual = usual_groups(code, rest).iter();
    while !left.is_empty() {
        // Otherwise groups of three; the end is never one lone digit.
        let group = usual.next().copied().unwrap_or(match left.len() {
            4 => 2,
            length => length.min(3),
        });
        let (head, tail) = left.split_at_checked(group).unwrap_or((left, ""));
        shown.push(' ');
        shown.push_str(head);
        left = tail;
    }
    shown
}

/// How numbers of a country are usually grouped, where calling code, first digits and length tell it; nothing elsewhere.
fn usual_groups(code: &str, rest: &str) -> &'static [usize] {
    match (code, rest.as_bytes(), rest.len()) {
        ("7", _, 10) | ("90", _, 10) => &[3, 3, 2, 2],
        ("33", _, 9) => &[1, 2, 2, 2, 2],
        ("44", [b'2', ..], 10) => &[2, 4, 4],
        ("44", [b'7', ..], 10) => &[4, 6],
        ("31", [b'6', ..], 9) | ("56", [b'9', ..], 9) => &[1, 4, 4],
        // Mexico: the largest cities have areas of two digits.
        ("52", [b'5', b'5' | b'6', ..] | [b'3', b'3', ..] | [b'8', b'1', ..], 10) => &[2, 4, 4],
        ("52" | "57" | "58" | "63" | "234" | "39", _, 10) => &[3, 3, 4],
        ("54", [b'9', b'1', b'1', ..], 11) => &[1, 2, 4, 4],
        ("55", _, 11) => &[2, 5, 4],
        ("55", _, 10) | ("81" | "82", _, 10) => &[2, 4, 4],
        ("62", _, 11) => &[3, 4, 4],
        ("65" | "852", _, 8) => &[4, 4],
        ("91", _, 10) => &[5, 5],
        ("27" | "66" | "966" | "971" | "972", _, 9) => &[2, 3, 4],
        _ => &[],
    }
}

/// A number with only its calling code and last two digits: `+49 ••••••20`. What is no number is masked whole.
pub fn mask_phone(number: &str) -> String {
    const DOT: &str = "•";
    let Ok(digits) = digits(number) else {
        return DOT.repeat(clean(number).chars().count().min(MAX_DIGITS));
    };
    let (code, rest) = split_calling_code(&digits);
    let hidden = rest.len().saturating_sub(2);
    let last = rest.get(hidden..).unwrap_or_default();
    format!("+{code} {}{last}", DOT.repeat(hidden))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("14155552671", "+1 415-555-2671")]
    #[case("+49 30 901820", "+49 309 018 20")]
    #[case("+33612345678", "+33 6 12 34 56 78")]
    #[case("0033612345678", "+33 6 12 34 56 78")]
    #[case("525585263310", "+52 55 8526 3310")]
    #[case("522221234567", "+52 222 123 4567")]
    #[case("919876543210", "+91 98765 43210")]
    #[case("5511987654321", "+55 11 98765 4321")]
    #[case("5511400289", "+55 114 002 89")]
    #[case("+1 (415) 555-2671", "+1 415-555-2671")]
    #[case("+998901234567", "+998 901 234 567")]
    #[case("not a number\u{1b}[2J", "not a number")]
    fn numbers_are_grouped_for_people(#[case] number: &str, #[case] expected: &str) {
        assert_eq!(phone(number), expected);
    }

    #[rstest]
    #[case("14155552671", "+1 ••••••••71")]
    #[case("+49 30 901820", "+49 ••••••20")]
    #[case("Anna", "••••")]
    fn masked_numbers_keep_calling_code_and_last_two_digits(#[case] number: &str, #[case] expected: &str) {
        assert_eq!(mask_phone(number), expected);
    }

    #[rstest]
    #[case("", PhoneProblem::Empty)]
    #[case("  ", PhoneProblem::Empty)]
    #[case("+", PhoneProblem::NotANumber)]
    #[case("call me", PhoneProblem::NotANumber)]
    #[case("030 901820", PhoneProblem::NoCountryCode)]
    #[case("+49301", PhoneProblem::TooShort)]
    #[case("+4930123456789012345", PhoneProblem::TooLong)]
    fn what_is_no_international_number_is_told_why(#[case] number: &str, #[case] problem: PhoneProblem) {
        assert_eq!(phone_problem(number), Some(problem));
    }

    proptest! {
        #[test]
        fn no_text_panics_and_a_mask_shows_at_most_five_digits(number in "\\PC{0,30}") {
            let _ = phone(&number);
            prop_assert!(mask_phone(&number).chars().filter(char::is_ascii_digit).count() <= 5);
        }

        #[test]
        fn formatting_keeps_every_digit(number in "[1-9][0-9]{7,14}") {
            let shown: String = phone(&number).chars().filter(char::is_ascii_digit).collect();
            prop_assert_eq!(shown, number);
        }
    }
}
