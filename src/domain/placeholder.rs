//! `{{…}}` in template texts: found, and filled with values in a way that remembers where each value went.

use std::ops::Range;

/// A part of a template text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Text as it stands.
    Literal(&'a str),
    /// A variable, by the name or number between the braces.
    Variable(&'a str),
}

/// Splits a template text at its variables. Braces around anything but letters, digits and `_` are text.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut literal = 0;
    let mut from = 0;
    while let Some((open, close, name)) = next_variable(text, from) {
        if let Some(before) = text.get(literal..open).filter(|before| !before.is_empty()) {
            pieces.push(Piece::Literal(before));
        }
        pieces.push(Piece::Variable(name));
        literal = close;
        from = close;
    }
    if let Some(rest) = text.get(literal..).filter(|rest| !rest.is_empty()) {
        pieces.push(Piece::Literal(rest));
    }
    pieces
}

/// The next variable at or after `from`: where it opens, where it ends, its name.
fn next_variable(text: &str, mut from: usize) -> Option<(usize, usize, &str)> {
    loop {
        let open = from + text.get(from..)?.find("{{")?;
        let inside = text.get(open + 2..)?;
        let length = inside.find(|character: char| !is_name_character(character) && character != ' ').unwrap_or(inside.len());
        let name = inside.get(..length)?.trim_matches(' ');
        let closed = inside.get(length..)?.starts_with("}}");
        if closed && !name.is_empty() && name.chars().all(is_name_character) {
            return Some((open, open + 2 + length + 2, name));
        }
        from = open + 1;
    }
}

fn is_name_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_'
}

/// The names of a text's variables, each once, in order of appearance.
pub fn names(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for piece in pieces(text) {
        if let Piece::Variable(name) = piece
            && !names.contains(&name)
        {
            names.push(name);
        }
    }
    names
}

/// What stands in the place of a variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fill {
    /// The value given.
    Value,
    /// The template's example, because no value was given.
    Example,
    /// The variable itself, because there is nothing to put there (R35).
    Missing,
}

/// A text with its variables filled.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filled {
    /// The text.
    pub text: String,
    /// Where variables went: byte range in `text` and what stands there, in order.
    pub fills: Vec<(Range<usize>, Fill)>,
}

impl Filled {
    /// Text without variables.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), fills: Vec::new() }
    }

    /// Whether a variable was left without a value.
    pub fn is_missing_something(&self) -> bool {
        self.fills.iter().any(|(_, fill)| *fill != Fill::Value)
    }

    /// What stands at this byte of the text, where it came from a variable.
    pub fn fill_at(&self, at: usize) -> Option<Fill> {
        self.fills.iter().find(|(range, _)| range.contains(&at)).map(|(_, fill)| *fill)
    }
}

/// Fills a template text; `value` gives what to put for a name.
pub fn fill(text: &str, mut value: impl FnMut(&str) -> (String, Fill)) -> Filled {
    let mut filled = Filled::default();
    for piece in pieces(text) {
        match piece {
            Piece::Literal(literal) => filled.text.push_str(literal),
            Piece::Variable(name) => {
                let (value, fill) = value(name);
                let start = filled.text.len();
                filled.text.push_str(&value);
                filled.fills.push((start..filled.text.len(), fill));
            }
        }
    }
    filled
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("Hi {{1}}, {{2}}!", &["1", "2"])]
    #[case("{{first_name}} {{first_name}}", &["first_name"])]
    #[case("{{ 1 }}", &["1"])]
    #[case("{{}} {{ }} {{a b}} {{a-b}} {1} {{1}", &[])]
    #[case("{{{1}}}", &["1"])]
    #[case("{{{{1}}}}", &["1"])]
    #[case("é{{1}}日", &["1"])]
    fn variables_are_found_by_their_braces(#[case] text: &str, #[case] expected: &[&str]) {
        assert_eq!(names(text), expected);
    }

    #[test]
    fn filling_remembers_where_values_went() {
        let filled = fill("Hi {{name}}!", |_| ("Zoë".to_owned(), Fill::Value));
        assert_eq!(filled.text, "Hi Zoë!");
        assert_eq!(filled.fills, [(3..7, Fill::Value)]);
        assert_eq!(filled.fill_at(3), Some(Fill::Value));
        assert_eq!(filled.fill_at(7), None);
        assert!(!filled.is_missing_something());
    }

    proptest! {
        #[test]
        fn pieces_put_together_are_the_text(text in "[{} a1_é\n]{0,40}") {
            let mut again = String::new();
            for piece in pieces(&text) {
                match piece {
                    Piece::Literal(literal) => again.push_str(literal),
                    Piece::Variable(name) => {
                        again.push_str("{{");
                        again.push_str(name);
                        again.push_str("}}");
                    }
                }
            }
            prop_assert_eq!(again.replace(' ', ""), text.replace(' ', ""));
        }
    }
}
