//! Pictures in a bubble: half cells in the terminal's colours, within the width and the rows that there are.

use std::sync::Arc;

use ratatui::style::Color;

use super::*;
use crate::domain::media::{MediaFacts, MediaProblem, MediaShelf, Picture};

const SOURCE: &str = "https://x.test/photos/a%20long%20name%20of%20a%20photo.jpg?sig=1";

fn shelf(size: (u32, u32)) -> MediaShelf {
    let pixels = (0..48 * 24).map(|place| if place % 48 < 24 { [250, 0, 0] } else { [0, 0, 250] }).collect();
    let picture = Picture::new(48, pixels).map(Arc::new);
    let mut shelf = MediaShelf::default();
    shelf.want(SOURCE);
    shelf.tell(SOURCE, Ok(MediaFacts { bytes: Some(1_000), pixels: Some(size), content_type: None, picture }));
    shelf
}

fn rows_with(shelf: &MediaShelf, depth: Depth, tallest: u16, crops: bool, width: u16) -> Vec<BubbleRow> {
    let image = Component::Header(Header::Media { kind: MediaKind::Image, example: None });
    let files = Files { shelf: Some(shelf), depth, tallest, crops, compact: false };
    rows_with_files(depth, vec![image, body("Hello")], &values(&[("header:file", SOURCE)]), files, width)
}

/// Rows that have half cells, and the colours of the first of them.
fn painted(rows: &[BubbleRow]) -> (usize, Vec<Color>) {
    let halves = |row: &&BubbleRow| row.iter().any(|piece| piece.line.to_string().contains('▀'));
    let painted: Vec<&BubbleRow> = rows.iter().filter(halves).collect();
    let spans = painted.first().into_iter().flat_map(|row| row.iter()).flat_map(|piece| piece.line.spans.iter());
    let colours = spans.filter(|span| span.content == "▀").filter_map(|span| span.style.fg).collect();
    (painted.len(), colours)
}

#[test]
fn above_a_template_the_picture_has_whatsapps_ratio_in_cells_twice_as_high_as_wide() {
    let (height, colours) = painted(&rows_with(&shelf((1_125, 600)), Depth::True, 40, true, 44));
    assert_eq!((height, colours.len()), (10, 40), "40 columns at 1.91 to 1 are 20.9 pixels, two a row");
    assert_eq!((colours[0], colours[39]), (Color::Rgb(250, 0, 0), Color::Rgb(0, 0, 250)));
}

#[test]
fn without_a_template_it_keeps_its_own_ratio() {
    assert_eq!(painted(&rows_with(&shelf((600, 600)), Depth::True, 40, false, 44)).0, 20);
    assert_eq!(painted(&rows_with(&shelf((600, 60_000)), Depth::True, 40, false, 44)).0, 27, "no higher than four to three");
}

#[test]
fn where_there_are_few_rows_it_becomes_narrower_and_not_flatter() {
    let (height, colours) = painted(&rows_with(&shelf((1_125, 600)), Depth::True, 4, true, 44));
    assert_eq!((height, colours.len()), (4, 15));
}

#[test]
fn with_256_colours_the_nearest_are_taken_and_without_any_a_box_stands_there() {
    let (_, colours) = painted(&rows_with(&shelf((1_125, 600)), Depth::Indexed, 40, true, 44));
    assert_eq!(colours[0], Color::Indexed(196));
    let rows = rows_with(&shelf((1_125, 600)), Depth::Monochrome, 40, true, 44);
    assert_eq!(painted(&rows).0, 0);
    assert!(words(&rows).contains("▣ Image") && words(&rows).contains("1125×600 · 1\u{a0}kB"), "{}", words(&rows));
}

#[test]
fn at_no_width_anything_stands_outside_of_the_bubble() {
    let mut broken = shelf((2, 1));
    broken.tell(SOURCE, Err(MediaProblem::NotAPicture("application/x-a-very-long-type".into())));
    for width in 16..=200 {
        for shelf in [&shelf((1_125, 600)), &broken] {
            for (depth, tallest) in [(Depth::True, 12), (Depth::Indexed, 1), (Depth::Monochrome, 12)] {
                for row in rows_with(shelf, depth, tallest, true, width) {
                    for piece in row {
                        assert!(piece.x + piece.width <= width, "{width}");
                        let used: usize = piece.line.spans.iter().map(|span| text::width(&span.content)).sum();
                        assert!(used <= usize::from(piece.width), "{width}: {used} in {}", piece.width);
                    }
                }
            }
        }
    }
}

#[test]
fn where_rows_are_few_a_file_is_one_line_and_nothing_has_a_frame() {
    let shelf = shelf((600, 314));
    let image = || Component::Header(Header::Media { kind: MediaKind::Image, example: Some(SOURCE.to_owned()) });
    let files = Files { shelf: Some(&shelf), depth: Depth::True, tallest: 0, crops: true, compact: true };
    let of = |given: &Values| {
        let rows = rows_with_files(Depth::True, vec![image(), body("Hello")], given, files, 120);
        rows.iter().flatten().map(|piece| piece.line.to_string()).filter(|words| !words.trim().is_empty()).collect::<Vec<_>>()
    };
    let (given, missing) = (of(&values(&[("header:file", SOURCE)])), of(&Values::new()));
    assert!(!given.iter().chain(&missing).any(|line| line.contains(['┌', '│', '▀'])), "{given:?} {missing:?}");
    assert!(given[0].contains("▣ Image"), "{given:?}");
    assert_eq!((missing[0].trim(), missing.len()), ("▣ Image is missing", 2), "{missing:?}");
}
