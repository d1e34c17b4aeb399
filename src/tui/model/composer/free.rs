//! A message without a template while it is being written: which kind, and what was typed for each of its parts.

use std::collections::BTreeMap;

use super::Field;
use crate::{
    domain::{
        free_form::{FreeForm, FreeFormPart, REPLIES_LIMIT, ROWS_LIMIT, Row},
        template::MediaKind,
        value::{Count, ValueProblem},
    },
    tui::{model::Model, widget::input::TextField},
};

/// What a message is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Kind {
    /// A template.
    #[default]
    Template,
    /// Text.
    Text,
    /// A picture.
    Image,
    /// A video.
    Video,
    /// A document.
    Document,
    /// Text with buttons that answer.
    QuickReplies,
    /// Text with a button that opens an address.
    CallToAction,
    /// Text with a list to choose from.
    List,
}

impl Kind {
    /// All kinds, in the order in which they are offered.
    pub const ALL: [Self; 8] = [
        Self::Template,
        Self::Text,
        Self::Image,
        Self::Video,
        Self::Document,
        Self::QuickReplies,
        Self::CallToAction,
        Self::List,
    ];

    /// The id of its name among the texts.
    pub fn text_id(self) -> &'static str {
        match self {
            Self::Template => "composer-made-of-template",
            Self::Text => "composer-made-of-text",
            Self::Image => "composer-made-of-image",
            Self::Video => "composer-made-of-video",
            Self::Document => "composer-made-of-document",
            Self::QuickReplies => "composer-made-of-replies",
            Self::CallToAction => "composer-made-of-link",
            Self::List => "composer-made-of-list",
        }
    }

    /// Whether it needs an open 24-hour window and goes through Cloud API, always (R30).
    pub fn is_free(self) -> bool {
        self != Self::Template
    }

    fn media(self) -> Option<MediaKind> {
        match self {
            Self::Image => Some(MediaKind::Image),
            Self::Video => Some(MediaKind::Video),
            Self::Document => Some(MediaKind::Document),
            _ => None,
        }
    }
}

/// What was typed, part by part; a part that two kinds have is shared by them.
pub type Typed = BTreeMap<FreeFormPart, TextField>;

/// Stands for a line break in a field of one line. It is what the key that makes one is called.
pub const LINE_BREAK: char = '↵';

/// The text of a part, its line breaks as such.
fn text(typed: &Typed, part: FreeFormPart) -> String {
    typed.get(&part).map(|field| field.text().replace(LINE_BREAK, "\n")).unwrap_or_default()
}

/// The texts of numbered parts up to the last that is not empty, one at least.
fn numbered(typed: &Typed, most: usize, part: impl Fn(usize) -> FreeFormPart) -> Vec<String> {
    let filled = |place: &usize| typed.get(&part(*place)).is_some_and(|field| !field.is_empty());
    let last = (0..most).rfind(filled).unwrap_or(0);
    (0..=last).map(|place| text(typed, part(place))).collect()
}

/// The kind and the fields of a message, as if it had been typed.
pub fn typed(message: &FreeForm) -> (Kind, Typed) {
    use FreeFormPart::{Body, Button, File, RowDescription, Url};
    let mut typed = Typed::new();
    let mut put = |part, text: &str| {
        typed.insert(part, TextField::new(&text.replace('\n', &LINE_BREAK.to_string())));
    };
    put(Body, message.body());
    let kind = match message {
        FreeForm::Text(_) => Kind::Text,
        FreeForm::Media { kind, file, .. } => {
            put(File, file);
            match kind {
                MediaKind::Image => Kind::Image,
                MediaKind::Video | MediaKind::Gif => Kind::Video,
                MediaKind::Document => Kind::Document,
            }
        }
        FreeForm::QuickReplies { replies, .. } => {
            replies.iter().take(REPLIES_LIMIT).enumerate().for_each(|(place, reply)| put(Button(place), reply));
            Kind::QuickReplies
        }
        FreeForm::CallToAction { label, url, .. } => {
            put(Button(0), label);
            put(Url, url);
            Kind::CallToAction
        }
        FreeForm::List { button, rows, .. } => {
            put(Button(0), button);
            for (place, row) in rows.iter().take(ROWS_LIMIT).enumerate() {
                put(FreeFormPart::Row(place), &row.title);
                put(RowDescription(place), &row.description);
            }
            Kind::List
        }
    };
    (kind, typed)
}

/// The message that was typed.
pub fn message(kind: Kind, typed: &Typed) -> Option<FreeForm> {
    use FreeFormPart::{Body, Button, File, RowDescription, Url};
    let body = || text(typed, Body);
    Some(match kind {
        Kind::Template => return None,
        Kind::Text => FreeForm::Text(body()),
        Kind::Image | Kind::Video | Kind::Document => {
            FreeForm::Media { kind: kind.media()?, file: text(typed, File).trim().to_owned(), caption: body() }
        }
        Kind::QuickReplies => FreeForm::QuickReplies { body: body(), replies: numbered(typed, REPLIES_LIMIT, Button) },
        Kind::CallToAction => {
            FreeForm::CallToAction { body: body(), label: text(typed, Button(0)), url: text(typed, Url).trim().to_owned() }
        }
        Kind::List => {
            let titles = numbered(typed, ROWS_LIMIT, FreeFormPart::Row);
            let row = |(place, title)| Row { title, description: text(typed, RowDescription(place)) };
            FreeForm::List {
                body: body(),
                button: text(typed, Button(0)),
                rows: titles.into_iter().enumerate().map(row).collect(),
            }
        }
    })
}

/// The parts of a kind, in the order in which they are filled in. A list has one row more than were filled.
pub fn parts(kind: Kind, typed: &Typed) -> Vec<FreeFormPart> {
    use FreeFormPart::{Body, Button, File, Row, RowDescription, Url};
    match kind {
        Kind::Template => Vec::new(),
        Kind::Text => vec![Body],
        Kind::Image | Kind::Video | Kind::Document => vec![File, Body],
        Kind::QuickReplies => std::iter::once(Body).chain((0..REPLIES_LIMIT).map(Button)).collect(),
        Kind::CallToAction => vec![Body, Button(0), Url],
        Kind::List => {
            let filled = numbered(typed, ROWS_LIMIT, Row);
            let more = usize::from(filled.last().is_some_and(|title| !title.is_empty()));
            let rows = (filled.len() + more).min(ROWS_LIMIT);
            let rows = (0..rows).flat_map(|place| [Row(place), RowDescription(place)]);
            [Body, Button(0)].into_iter().chain(rows).collect()
        }
    }
}

impl Model {
    /// The message without a template that is written; `None` while it is a template.
    pub fn free_form(&self) -> Option<FreeForm> {
        let message = &self.composer.message;
        self::message(message.kind, &message.free)
    }

    /// The fields of a message without a template.
    pub fn free_fields(&self) -> Vec<Field> {
        let message = &self.composer.message;
        parts(message.kind, &message.free).into_iter().map(Field::Free).collect()
    }
}

/// How long a part is, and how long it may be.
pub fn count(message: &FreeForm, part: FreeFormPart) -> Option<Count> {
    message.counts().into_iter().find(|(own, _)| *own == part).map(|(_, count)| count)
}

/// What is wrong with a part.
pub fn problem(message: &FreeForm, part: FreeFormPart) -> Option<ValueProblem> {
    message.problems().into_iter().find(|(own, _)| *own == part).map(|(_, problem)| problem)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(parts: &[(FreeFormPart, &str)]) -> Typed {
        parts.iter().map(|(part, text)| (*part, TextField::new(text))).collect()
    }

    #[test]
    fn every_kind_makes_a_message_of_its_parts_and_shares_the_text() {
        use FreeFormPart::{Body, Button, File, Row, RowDescription, Url};
        let typed = typed(&[
            (Body, "one↵two"),
            (File, " https://x.test/a.jpg "),
            (Button(0), "Yes"),
            (Button(2), "No"),
            (Url, "https://x.test"),
            (Row(0), "First"),
            (RowDescription(0), "more"),
        ]);
        let body = "one\ntwo".to_owned();
        assert_eq!(message(Kind::Template, &typed), None);
        assert_eq!(message(Kind::Text, &typed), Some(FreeForm::Text(body.clone())));
        let file = "https://x.test/a.jpg".to_owned();
        assert_eq!(message(Kind::Image, &typed), Some(FreeForm::Media { kind: MediaKind::Image, file, caption: body.clone() }));
        let replies = vec!["Yes".to_owned(), String::new(), "No".to_owned()];
        assert_eq!(message(Kind::QuickReplies, &typed), Some(FreeForm::QuickReplies { body: body.clone(), replies }));
        let list = message(Kind::List, &typed);
        assert!(matches!(list, Some(FreeForm::List { rows, .. }) if rows.len() == 1 && rows[0].description == "more"));
        assert!(message(Kind::CallToAction, &typed).unwrap().problems().is_empty());
        for kind in Kind::ALL.into_iter().filter(|kind| kind.is_free()) {
            let written = message(kind, &typed).unwrap();
            let (again, fields) = super::typed(&written);
            assert_eq!((again, message(again, &fields)), (kind, Some(written)), "{kind:?} can be taken up again");
        }
    }

    #[test]
    fn a_list_offers_one_row_more_than_were_filled_and_no_more_than_ten() {
        let rows = |filled: usize| {
            let typed: Typed = (0..filled).map(|place| (FreeFormPart::Row(place), TextField::new("x"))).collect();
            parts(Kind::List, &typed).iter().filter(|part| matches!(part, FreeFormPart::Row(_))).count()
        };
        assert_eq!((rows(0), rows(1), rows(9), rows(10)), (1, 2, 10, 10));
    }
}
