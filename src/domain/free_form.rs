//! Messages without a template, inside an open 24-hour window: service messages and responses.
//!
//! They go through Cloud API, always (R30). Limits are those of Meta's pages on text and interactive messages.

use super::{
    template::MediaKind,
    value::{Count, ValueProblem, media},
};

/// Longest text message.
pub const TEXT_LIMIT: usize = 4_096;
/// Longest body of an interactive message, longest caption.
pub const BODY_LIMIT: usize = 1_024;
/// Longest label of a reply or link button, and of a list's button.
pub const LABEL_LIMIT: usize = 20;
/// Most quick replies.
pub const REPLIES_LIMIT: usize = 3;
/// Most rows of a list.
pub const ROWS_LIMIT: usize = 10;
/// Longest title of a row.
pub const ROW_TITLE_LIMIT: usize = 24;
/// Longest description of a row.
pub const ROW_DESCRIPTION_LIMIT: usize = 72;

/// A message without a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FreeForm {
    /// Text.
    Text(String),
    /// A file.
    Media {
        /// What it is; an animated picture cannot be sent this way.
        kind: MediaKind,
        /// Its `https` address, or the id it was uploaded under.
        file: String,
        /// Text below it.
        caption: String,
    },
    /// Text with up to three buttons that answer.
    QuickReplies {
        /// The text.
        body: String,
        /// The buttons' labels.
        replies: Vec<String>,
    },
    /// Text with a button that opens an address.
    CallToAction {
        /// The text.
        body: String,
        /// The button's label.
        label: String,
        /// The address.
        url: String,
    },
    /// Text with a list to choose from.
    List {
        /// The text.
        body: String,
        /// The label of the button that opens the list.
        button: String,
        /// What can be chosen.
        rows: Vec<Row>,
    },
}

/// A row of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// What is chosen.
    pub title: String,
    /// More about it; may be empty.
    pub description: String,
}

impl Default for FreeForm {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

/// A part of a message without a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FreeFormPart {
    /// Text, body or caption.
    Body,
    /// The file.
    File,
    /// A button's label, by its place from 0.
    Button(usize),
    /// The address behind the button.
    Url,
    /// A row's title, by its place from 0.
    Row(usize),
    /// A row's description.
    RowDescription(usize),
}

impl FreeForm {
    /// How many characters each part has and may have.
    pub fn counts(&self) -> Vec<(FreeFormPart, Count)> {
        use FreeFormPart::{Body, Button, Row, RowDescription};
        let body = |text: &str, max| (Body, Count::of(text, max));
        match self {
            Self::Text(text) => vec![body(text, TEXT_LIMIT)],
            Self::Media { caption, .. } => vec![body(caption, BODY_LIMIT)],
            Self::QuickReplies { body: text, replies } => {
                let labels = replies.iter().enumerate();
                let labels = labels.map(|(index, label)| (Button(index), Count::of(label, LABEL_LIMIT)));
                std::iter::once(body(text, BODY_LIMIT)).chain(labels).collect()
            }
            Self::CallToAction { body: text, label, .. } => {
                vec![body(text, BODY_LIMIT), (Button(0), Count::of(label, LABEL_LIMIT))]
            }
            Self::List { body: text, button, rows } => {
                let mut counts = vec![body(text, TEXT_LIMIT), (Button(0), Count::of(button, LABEL_LIMIT))];
                for (index, row) in rows.iter().enumerate() {
                    counts.push((Row(index), Count::of(&row.title, ROW_TITLE_LIMIT)));
                    counts.push((RowDescription(index), Count::of(&row.description, ROW_DESCRIPTION_LIMIT)));
                }
                counts
            }
        }
    }

    /// What keeps it from being sent, part by part.
    pub fn problems(&self) -> Vec<(FreeFormPart, ValueProblem)> {
        let optional = |part: &FreeFormPart| match part {
            FreeFormPart::RowDescription(_) => true,
            FreeFormPart::Body => matches!(self, Self::Media { .. }),
            _ => false,
        };
        let mut problems: Vec<(FreeFormPart, ValueProblem)> = self
            .counts()
            .into_iter()
            .filter(|(_, count)| count.is_over())
            .map(|(part, count)| (part, ValueProblem::TooLong(count)))
            .collect();
        problems.extend(
            self.texts()
                .into_iter()
                .filter(|(part, text)| text.trim().is_empty() && !optional(part))
                .map(|(part, _)| (part, ValueProblem::Missing)),
        );
        match self {
            Self::Media { file, .. } if !file.trim().is_empty() && media(file).is_none() => {
                problems.push((FreeFormPart::File, ValueProblem::NotAFile));
            }
            Self::CallToAction { url, .. } if !url.trim().is_empty() && !is_web_address(url) => {
                problems.push((FreeFormPart::Url, ValueProblem::NotAnAddress));
            }
            Self::QuickReplies { replies, .. } => {
                problems.extend(number_of(replies.len(), REPLIES_LIMIT, FreeFormPart::Button(replies.len())));
            }
            Self::List { rows, .. } => {
                problems.extend(number_of(rows.len(), ROWS_LIMIT, FreeFormPart::Row(rows.len())));
            }
            _ => {}
        }
        problems
    }

    /// Whether nothing was written yet.
    pub fn is_blank(&self) -> bool {
        let described = matches!(self, Self::List { rows, .. } if rows.iter().any(|row| !row.description.trim().is_empty()));
        !described && self.texts().iter().all(|(_, text)| text.trim().is_empty())
    }

    /// The text or caption.
    pub fn body(&self) -> &str {
        match self {
            Self::Text(body)
            | Self::Media { caption: body, .. }
            | Self::QuickReplies { body, .. }
            | Self::CallToAction { body, .. }
            | Self::List { body, .. } => body,
        }
    }

    fn texts(&self) -> Vec<(FreeFormPart, &str)> {
        use FreeFormPart::{Body, Button, File, Row, Url};
        match self {
            Self::Text(text) => vec![(Body, text)],
            Self::Media { file, caption, .. } => vec![(Body, caption), (File, file)],
            Self::QuickReplies { body, replies } => {
                let labels = replies.iter().enumerate();
                let labels = labels.map(|(index, label)| (Button(index), label.as_str()));
                std::iter::once((Body, body.as_str())).chain(labels).collect()
            }
            Self::CallToAction { body, label, url } => vec![(Body, body), (Button(0), label), (Url, url)],
            Self::List { body, button, rows } => {
                let rows = rows.iter().enumerate();
                let rows = rows.map(|(index, row)| (Row(index), row.title.as_str()));
                [(Body, body.as_str()), (Button(0), button.as_str())].into_iter().chain(rows).collect()
            }
        }
    }
}

/// Whether it is an address that a browser opens.
fn is_web_address(text: &str) -> bool {
    url::Url::parse(text.trim()).is_ok_and(|url| matches!(url.scheme(), "https" | "http") && url.has_host())
}

/// At least one, at most so many.
fn number_of(used: usize, max: usize, at: FreeFormPart) -> Option<(FreeFormPart, ValueProblem)> {
    match used {
        0 => Some((at, ValueProblem::Missing)),
        used if used > max => Some((at, ValueProblem::TooLong(Count { used, max }))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn row(title: &str) -> Row {
        Row { title: title.to_owned(), description: String::new() }
    }

    #[rstest]
    #[case(FreeForm::Text("Hello\nthere".into()))]
    #[case(FreeForm::Media { kind: MediaKind::Image, file: "https://x.test/a.jpg".into(), caption: String::new() })]
    #[case(FreeForm::QuickReplies { body: "Well?".into(), replies: vec!["Yes".into(), "No".into()] })]
    #[case(FreeForm::CallToAction { body: "Look".into(), label: "Open".into(), url: "https://x.test".into() })]
    #[case(FreeForm::List { body: "Choose".into(), button: "Open".into(), rows: vec![row("One")] })]
    fn whole_messages_have_no_problems(#[case] message: FreeForm) {
        assert_eq!(message.problems(), []);
    }

    #[rstest]
    #[case(FreeForm::Text(" ".into()), FreeFormPart::Body)]
    #[case(FreeForm::Text("x".repeat(4_097)), FreeFormPart::Body)]
    #[case(FreeForm::Media { kind: MediaKind::Image, file: "a.jpg".into(), caption: String::new() }, FreeFormPart::File)]
    #[case(FreeForm::Media { kind: MediaKind::Image, file: String::new(), caption: String::new() }, FreeFormPart::File)]
    #[case(FreeForm::QuickReplies { body: "Well?".into(), replies: vec![] }, FreeFormPart::Button(0))]
    #[case(FreeForm::QuickReplies { body: "Well?".into(), replies: vec!["a".into(); 4] }, FreeFormPart::Button(4))]
    #[case(FreeForm::QuickReplies { body: "Well?".into(), replies: vec!["x".repeat(21)] }, FreeFormPart::Button(0))]
    #[case(FreeForm::CallToAction { body: "Look".into(), label: "Open".into(), url: "x".into() }, FreeFormPart::Url)]
    #[case(FreeForm::List { body: "Choose".into(), button: "Open".into(), rows: vec![row("x"); 11] }, FreeFormPart::Row(11))]
    #[case(FreeForm::List { body: "Choose".into(), button: "Open".into(), rows: vec![row("")] }, FreeFormPart::Row(0))]
    fn what_is_missing_or_too_long_is_found_where_it_is(#[case] message: FreeForm, #[case] part: FreeFormPart) {
        let found: Vec<FreeFormPart> = message.problems().into_iter().map(|(part, _)| part).collect();
        assert_eq!(found, [part]);
    }
}
