//! Standard output and standard error of the subcommands: widths, colours, and pipes that close early.
//!
//! It decides nothing about what is said.

use std::io::{self, IsTerminal, Write};

use serde_json::Value;

use super::exit::Exit;
use crate::text;

/// How something is meant, for those who see colours. Words and glyphs say the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// As it is.
    Plain,
    /// A title.
    Title,
    /// Less important.
    Dim,
    /// All is well.
    Good,
    /// Somebody should do something.
    Action,
    /// Something is wrong.
    Bad,
    /// The next step.
    Step,
}

impl Tone {
    fn code(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Title => "1",
            Self::Dim => "2",
            Self::Good => "32",
            Self::Action => "33",
            Self::Bad => "31",
            Self::Step => "36",
        }
    }
}

/// How to print: found out once, at the start.
#[derive(Debug, Clone, Copy)]
pub struct Output {
    /// Columns of the terminal; `None` when the output goes into a file or a pipe, and nothing is cut.
    pub width: Option<usize>,
    colours: bool,
}

/// The width to lay prose out for where there is no terminal.
const PROSE: usize = 100;

impl Output {
    /// Looks at standard output and the environment (`NO_COLOR`, `TERM`).
    pub fn detect() -> Self {
        let terminal = io::stdout().is_terminal();
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let columns = || terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0));
        Self { width: terminal.then(columns), colours: terminal && !set("NO_COLOR") && !dumb }
    }

    /// An output like a pipe: no width, no colours.
    #[cfg(test)]
    pub fn plain() -> Self {
        Self { width: None, colours: false }
    }

    /// The width that prose is wrapped to.
    pub fn prose_width(self) -> usize {
        self.width.unwrap_or(PROSE).clamp(20, PROSE)
    }

    /// The words in their tone, where colours are shown.
    pub fn paint(self, words: &str, tone: Tone) -> String {
        self.style(words, tone.code())
    }

    /// The words between a terminal's codes (`1;31`), where colours are shown.
    pub fn style(self, words: &str, codes: impl AsRef<str>) -> String {
        let codes = codes.as_ref();
        if self.colours && !codes.is_empty() && !words.is_empty() {
            format!("\u{1b}[{codes}m{words}\u{1b}[0m")
        } else {
            words.to_owned()
        }
    }

    /// Wraps words to the width of prose behind an indentation, hanging below a sign in front, each line in the tone, and adds
    /// them to a page.
    pub fn wrap(self, page: &mut String, indent: usize, words: &str, tone: Tone) {
        for line in text::wrap_hanging(words, self.prose_width().saturating_sub(indent).max(1)) {
            page.push_str(&" ".repeat(indent));
            page.push_str(&self.paint(&line, tone));
            page.push('\n');
        }
    }
}

/// Writes text to standard output. A reader that has seen enough (`| head`) ends it quietly.
pub fn print(words: &str) -> Exit {
    let mut out = io::stdout().lock();
    match out.write_all(words.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            complain(&error);
            Exit::Failed
        }
        _ => Exit::Done,
    }
}

/// Writes a JSON value to standard output, indented, with a line end.
pub fn print_json(value: &Value) -> Exit {
    print(&format!("{}\n", harmless(&format!("{value:#}"))))
}

/// Escapes what a terminal could obey or could be misled by. Such characters stand inside strings only, where `\u` is allowed.
pub fn harmless(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for character in json.chars() {
        let obeyed = character.is_control() && character != '\n';
        let misleading = matches!(
            character,
            '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{61c}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}'
        );
        if obeyed || misleading {
            for unit in character.encode_utf16(&mut [0; 2]) {
                escaped.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            escaped.push(character);
        }
    }
    escaped
}

/// Says a sentence on standard error.
pub fn complain(problem: &dyn std::fmt::Display) {
    // Nothing can be done when even this fails.
    let _ = writeln!(io::stderr(), "wabadeck: {problem}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_colours_nothing_but_the_words_is_written() {
        assert_eq!(Output::plain().paint("On", Tone::Good), "On");
        assert_eq!(Output { width: Some(80), colours: true }.paint("On", Tone::Good), "\u{1b}[32mOn\u{1b}[0m");
    }

    #[test]
    fn json_keeps_every_character_and_a_terminal_obeys_none() {
        let value = serde_json::json!({ "name": "a\u{1b}[2J\u{9b}31m\u{202e}\u{e0041}é😀" });
        let printed = harmless(&format!("{value:#}"));
        assert!(printed.chars().all(|character| !character.is_control() || character == '\n'), "{printed:?}");
        assert!(!printed.contains('\u{202e}') && printed.contains("é😀"));
        assert_eq!(serde_json::from_str::<Value>(&printed).unwrap(), value);
    }

    #[test]
    fn prose_is_wrapped_behind_its_indentation() {
        let mut page = String::new();
        Output { width: Some(24), colours: false }.wrap(&mut page, 4, "one two three four five six", Tone::Dim);
        assert_eq!(page, "    one two three four\n    five six\n");
    }
}
