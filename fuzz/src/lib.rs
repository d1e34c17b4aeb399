//! What the fuzzers hold against the program, whatever the input: nothing panics, nothing is drawn outside its area,
//! nothing of a text is lost. A broken promise panics; that is how a fuzzer is told.

use std::sync::Arc;

use jiff::{Timestamp, tz::TimeZone};
use ratatui::{
    buffer::{Buffer, Cell},
    layout::{Position, Rect},
};
use wabadeck::{
    domain::{
        Template, markup,
        media::{HIGHEST, MediaFacts, MediaShelf, Picture, WIDEST},
        rendering::{Blanks, Rendered},
        variable::Values,
    },
    graph::templates,
    i18n::{Language, Texts},
    picture,
    tui::{
        theme::{Depth, Theme},
        view::Canvas,
        widget::bubble::{self, Device, Files, Preview},
    },
};

/// How many bytes before the JSON of a template choose sizes and how it is looked at.
pub const TEMPLATE_HEAD: usize = 6;

/// The first bytes choose sizes and how it is looked at, the rest is JSON.
pub fn template(data: &[u8]) {
    let Some((head, rest)) = data.split_at_checked(TEMPLATE_HEAD) else { return };
    let Ok(found) = templates::read_text(&String::from_utf8_lossy(rest), "fuzz") else { return };
    for template in found.iter().take(4) {
        let filled: Values = template.variables().into_iter().map(|own| (own.id, own.example.unwrap_or_default())).collect();
        for (values, blanks) in [(Values::new(), Blanks::Marked), (Values::new(), Blanks::Examples), (filled, Blanks::Marked)] {
            draw(template, &template.render(&values, blanks), head);
            let _ = (template.counts(&values), template.formatting_changed_by(&values));
            let _ = template.problems(&values, Timestamp::UNIX_EPOCH);
        }
    }
}

fn draw(template: &Template, message: &Rendered, head: &[u8]) {
    let at = |place: usize| head.get(place).copied().unwrap_or_default();
    let depth = if at(2) & 1 == 0 { Depth::True } else { Depth::Monochrome };
    let theme = Theme::named("dark", depth).expect("an embedded theme");
    let texts = Texts::new(if at(2) & 2 == 0 { Language::English } else { Language::French });
    let shelf = shelf(message);
    let preview = Preview {
        message,
        first_card: usize::from(at(3)),
        device: if at(2) & 4 == 0 { Device::Phone } else { Device::Desktop },
        folds: at(2) & 8 == 0,
        time: "14:13".to_owned(),
        now: Timestamp::UNIX_EPOCH,
        zone: &TimeZone::UTC,
        files: Files { shelf: Some(&shelf), depth, tallest: u16::from(at(5)), crops: at(2) & 16 == 0, compact: at(2) & 32 != 0 },
        texts: &texts,
        theme: &theme,
    };
    let (width, height) = (u16::from(at(0)), u16::from(at(1)) % 80);
    let area = Rect::new(2, 1, width, height);
    let rows = preview.rows(width);
    let whole = Rect::new(0, 0, width + 4, height + 2);
    let mut buffer = Buffer::filled(whole, Cell::new("#"));
    let mut targets = Vec::new();
    bubble::draw(&rows, usize::from(at(4)), area, &theme, &mut Canvas::new(&mut buffer, &mut targets));
    for position in whole.positions().filter(|position| !area.contains(*position)) {
        assert_eq!(buffer[position].symbol(), "#", "{position:?} outside {area:?} of {}", template.name);
    }
    for (place, _) in targets {
        assert!(area.contains(Position::new(place.x, place.y)) || place.is_empty(), "{place:?}");
    }
    for position in area.positions() {
        assert!(!buffer[position].symbol().chars().any(char::is_control), "a control character was drawn");
    }
}

/// Every file of the message, as if it had been looked at and were a small picture.
fn shelf(message: &Rendered) -> MediaShelf {
    let mut shelf = MediaShelf::default();
    for (source, _) in message.files() {
        shelf.want(source);
        let picture = Picture::new(2, vec![[9; 3], [200; 3], [90; 3], [0; 3]]).map(Arc::new);
        shelf.tell(source, Ok(MediaFacts { bytes: Some(1), pixels: Some((2, 2)), content_type: None, picture }));
    }
    shelf
}

/// Bytes that may be a picture: what comes of them is small, or a reason.
pub fn picture(data: &[u8]) {
    if let Ok(small) = picture::shrink(data, "image/png") {
        let (width, height) = small.picture.size();
        assert!(width <= WIDEST && height <= HIGHEST && small.pixels.0 > 0 && small.pixels.1 > 0);
        assert_eq!(small.picture.scaled(1.91, 40, 20).len(), 800);
    }
}

/// Formatting of any text: every span stands where it says, in order, and only markers are left out.
pub fn markup(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut at = 0;
    for block in markup::parse(&text) {
        for span in block.spans {
            assert!(span.range.start >= at && text.get(span.range.clone()) == Some(span.text.as_str()), "{span:?}");
            let left_out = text.get(at..span.range.start).unwrap_or_default();
            assert!(left_out.chars().all(is_marker), "{left_out:?} is lost");
            at = span.range.end;
        }
    }
    assert!(text.get(at..).unwrap_or_default().chars().all(is_marker), "the end is lost");
    let _ = markup::formatting_changed_by_values(&text, |name| Some(format!("*{name}`")));
}

fn is_marker(character: char) -> bool {
    "*_~`-> .\n".contains(character) || character.is_ascii_digit()
}
