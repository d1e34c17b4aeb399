//! A message without a template as it stands in a draft's file. Limits are not checked here: the composer shows them.

use serde::{Deserialize, Serialize};

use super::{LONGEST, MOST_ENTRIES, clean};
use crate::{
    domain::{
        free_form::{self, FreeForm},
        template::MediaKind,
    },
    text,
};

/// The message, told apart by its kind.
#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum FileMessage {
    Text {
        #[serde(default)]
        body: String,
    },
    Image(FileMedia),
    Video(FileMedia),
    Document(FileMedia),
    QuickReplies {
        #[serde(default)]
        body: String,
        #[serde(default)]
        replies: Vec<String>,
    },
    CallToAction {
        #[serde(default)]
        body: String,
        #[serde(default)]
        label: String,
        #[serde(default)]
        url: String,
    },
    List {
        #[serde(default)]
        body: String,
        #[serde(default)]
        button: String,
        #[serde(default)]
        rows: Vec<FileRow>,
    },
}

/// A file and the text below it.
#[derive(Serialize, Deserialize)]
pub(super) struct FileMedia {
    #[serde(default)]
    file: String,
    #[serde(default)]
    caption: String,
}

/// A row of a list.
#[derive(Serialize, Deserialize)]
pub(super) struct FileRow {
    #[serde(default)]
    title: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    description: String,
}

impl FileMessage {
    pub(super) fn of(message: &FreeForm) -> Self {
        match message.clone() {
            FreeForm::Text(body) => Self::Text { body },
            FreeForm::Media { kind, file, caption } => {
                let media = FileMedia { file, caption };
                match kind {
                    MediaKind::Image => Self::Image(media),
                    // An animated picture cannot be sent without a template; as a film it can.
                    MediaKind::Video | MediaKind::Gif => Self::Video(media),
                    MediaKind::Document => Self::Document(media),
                }
            }
            FreeForm::QuickReplies { body, replies } => Self::QuickReplies { body, replies },
            FreeForm::CallToAction { body, label, url } => Self::CallToAction { body, label, url },
            FreeForm::List { body, button, rows } => {
                let rows = rows.into_iter().map(|row| FileRow { title: row.title, description: row.description });
                Self::List { body, button, rows: rows.collect() }
            }
        }
    }

    /// The message, every text of it cleaned.
    pub(super) fn into_message(self) -> FreeForm {
        let media = |kind, media: FileMedia| FreeForm::Media { kind, file: clean(&media.file), caption: lines(&media.caption) };
        match self {
            Self::Text { body } => FreeForm::Text(lines(&body)),
            Self::Image(file) => media(MediaKind::Image, file),
            Self::Video(file) => media(MediaKind::Video, file),
            Self::Document(file) => media(MediaKind::Document, file),
            Self::QuickReplies { body, replies } => {
                let replies = replies.iter().take(MOST_ENTRIES).map(|reply| clean(reply)).collect();
                FreeForm::QuickReplies { body: lines(&body), replies }
            }
            Self::CallToAction { body, label, url } => {
                FreeForm::CallToAction { body: lines(&body), label: clean(&label), url: clean(&url) }
            }
            Self::List { body, button, rows } => {
                let row = |row: &FileRow| free_form::Row { title: clean(&row.title), description: clean(&row.description) };
                let rows = rows.iter().take(MOST_ENTRIES).map(row).collect();
                FreeForm::List { body: lines(&body), button: clean(&button), rows }
            }
        }
    }
}

/// Text with its line breaks. Longer than any message may be, so that what is too long is seen and not cut in silence.
fn lines(value: &str) -> String {
    text::clean_lines(value).chars().take(2 * LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn row(title: &str, description: &str) -> free_form::Row {
        free_form::Row { title: title.to_owned(), description: description.to_owned() }
    }

    #[rstest]
    #[case(FreeForm::Text("one\ntwo *three* 👩‍🚀".into()))]
    #[case(FreeForm::Media { kind: MediaKind::Image, file: "https://x.test/a.jpg".into(), caption: "a\nb".into() })]
    #[case(FreeForm::Media { kind: MediaKind::Video, file: "123".into(), caption: String::new() })]
    #[case(FreeForm::Media { kind: MediaKind::Document, file: String::new(), caption: String::new() })]
    #[case(FreeForm::QuickReplies { body: "?".into(), replies: vec!["Yes".into(), String::new(), "No".into()] })]
    #[case(FreeForm::CallToAction { body: "!".into(), label: "Go".into(), url: "https://x.test".into() })]
    #[case(FreeForm::List { body: "?".into(), button: "Open".into(), rows: vec![row("One", "more"), row("Two", "")] })]
    fn every_kind_comes_back_as_it_was(#[case] message: FreeForm) {
        let text = serde_json::to_string(&FileMessage::of(&message)).unwrap();
        assert_eq!(serde_json::from_str::<FileMessage>(&text).unwrap().into_message(), message);
    }

    #[test]
    fn hostile_text_is_cleaned_and_not_endless() {
        let text = serde_json::json!({"kind": "text", "body": format!("a\u{1b}[31m\u{202e}b\nc{}", "x".repeat(100_000))});
        let FreeForm::Text(body) = serde_json::from_value::<FileMessage>(text).unwrap().into_message() else { panic!("no text") };
        assert!(body.contains("b\nc") && !body.contains(['\u{1b}', '\u{202e}']), "{body:.40}");
        assert!(body.chars().count() <= 2 * LONGEST);
        let many = serde_json::json!({"kind": "quick_replies", "replies": vec!["x"; 10_000]});
        let FreeForm::QuickReplies { replies, .. } = serde_json::from_value::<FileMessage>(many).unwrap().into_message() else {
            panic!("no replies")
        };
        assert_eq!(replies.len(), MOST_ENTRIES);
        for none in [r#"{"kind":"poem"}"#, r#"{"body":"x"}"#, r#"{"kind":"list","rows":[1]}"#] {
            assert!(serde_json::from_str::<FileMessage>(none).is_err(), "{none}");
        }
    }
}
