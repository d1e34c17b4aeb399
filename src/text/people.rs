//! Takes out of a text by what single people can be known: their numbers, their ids at Meta, and ids of messages, which hold numbers.

use super::mask_phone;

/// Shorter runs of digits are codes and amounts; longer ones than international numbers have are ids.
const DIGITS: std::ops::RangeInclusive<usize> = 8..=15;

/// The text with everything masked that may be a recipient's number or id. `is_own` says which digits belong to the business.
pub fn without_people(text: &str, is_own: impl Fn(&str) -> bool) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match message(rest).or_else(|| person(rest)).or_else(|| number(rest, &is_own)) {
            Some((shown, length)) => {
                kept.push_str(&shown);
                length
            }
            None => {
                kept.push(first);
                first.len_utf8()
            }
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    kept
}

fn run(text: &str, belongs: impl Fn(char) -> bool) -> &str {
    let end = text.find(|character| !belongs(character)).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

/// `wamid.…`: base64 that holds the recipient's number.
fn message(text: &str) -> Option<(String, usize)> {
    const MARK: &str = "wamid.";
    let id = run(text.strip_prefix(MARK)?, |character| character.is_ascii_alphanumeric() || "+/=_-".contains(character));
    (!id.is_empty()).then(|| (format!("{MARK}•••"), MARK.len() + id.len()))
}

/// A business-scoped user id: the country in two capitals, a dot, and an id of its own (Meta: business-scoped user ids).
fn person(text: &str) -> Option<(String, usize)> {
    let country = text.get(..2).filter(|country| country.bytes().all(|byte| byte.is_ascii_uppercase()))?;
    let id = run(text.get(2..)?.strip_prefix('.')?, |character| character.is_ascii_alphanumeric() || character == '.');
    let is_id = id.len() >= 6 && id.bytes().any(|byte| byte.is_ascii_digit());
    is_id.then(|| (format!("{country}.•••"), country.len() + 1 + id.len()))
}

fn number(text: &str, is_own: &impl Fn(&str) -> bool) -> Option<(String, usize)> {
    let has_plus = text.starts_with('+');
    if !has_plus && !text.starts_with(|first: char| first.is_ascii_digit() || first == '(') {
        return None;
    }
    let written = run(text, |character| character.is_ascii_digit() || "+ -().\u{a0}\u{202f}".contains(character));
    let written = written.trim_end_matches(|character: char| !character.is_ascii_digit());
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    let few = DIGITS.start() - usize::from(has_plus);
    if digits.len() < few || digits.len() > *DIGITS.end() || is_date(written) || is_own(&digits) {
        // Whole, so that no part of it is taken for a number of its own.
        return (digits.len() >= few).then(|| (written.to_owned(), written.len()));
    }
    Some((mask_phone(&digits), written.len()))
}

/// `2026-10-01`, and whatever follows it.
fn is_date(written: &str) -> bool {
    let shape: String =
        written.chars().take(10).map(|character| if character.is_ascii_digit() { '0' } else { character }).collect();
    shape == "0000-00-00" && (written.starts_with("19") || written.starts_with("20"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    fn hidden(text: &str) -> String {
        without_people(text, |digits| digits == "102290129340398" || digits == "4930901820")
    }

    #[rstest]
    #[case("to 4915123456789 failed", "4915123456789")]
    #[case("to +49 151 2345-6789", "2345")]
    #[case("(415) 555-2671", "555")]
    #[case("tel4915123456789", "4915123456789")]
    #[case(r#"{"wa_id":"16505551234"}"#, "16505551234")]
    #[case(r#"{"user_id":"US.13491208655302741918"}"#, "1349120")]
    #[case("wamid.HBgLMTY1MDU1NTEyMzQVAgARGBI5", "HBgLMTY1")]
    fn a_person_cannot_be_known_by_what_is_left(#[case] text: &str, #[case] secret: &str) {
        let shown = hidden(text);
        assert!(!shown.contains(secret) && shown.contains('•'), "{shown}");
    }

    #[rstest]
    #[case("code 131049 on 2026-10-01T10:00:00Z, account 102290129340398")]
    #[case("our number +49 30 901820, template 1234567890123456")]
    #[case("FIRST_PAUSE · 3 hours")]
    #[case("v26.0 U.S. EU.law")]
    fn what_is_nobodys_stays(#[case] text: &str) {
        assert_eq!(hidden(text), text);
    }

    proptest! {
        #[test]
        fn no_number_gets_through_wherever_it_stands(before in "[^0-9+(]{0,12}", number in "[1-9][0-9]{9,13}", after in "[^0-9]{0,12}") {
            let text = format!("{before}{number}{after}");
            prop_assert!(!without_people(&text, |_| false).contains(&number), "{text}");
        }
    }
}
