//! Files in a bubble: a picture where the terminal has colours for it, else a box that says what the file is, what it is
//! called and how large it is.

use ratatui::{
    style::{Color, Style},
    text::{Line, Span},
};

use super::{Preview, fitted, parts::Stack, words::cells};
use crate::{
    domain::{
        media::{MediaFacts, MediaShelf, MediaState, Picture, TEMPLATE_RATIO, free_ratio},
        placeholder::Fill,
        rendering::RenderedHeader,
        template::MediaKind,
    },
    text,
    tui::{theme::Depth, widget::spans::wrap_runs},
    wording,
};

/// The upper half of a cell; the lower half shows the background.
const HALF: &str = "▀";
/// No picture is drawn in fewer columns.
const NARROWEST: usize = 8;

/// What is known of the files of a message, and how they may be drawn.
#[derive(Debug, Clone, Copy)]
pub struct Files<'a> {
    /// What is known of them; nothing where nobody looks.
    pub shelf: Option<&'a MediaShelf>,
    /// The colours that there are for pictures.
    pub depth: Depth,
    /// Most rows of a picture.
    pub tallest: u16,
    /// Whether pictures are cropped as above a template; else they keep their own ratio, within bounds.
    pub crops: bool,
    /// Whether there are so few rows that a file is told in a line and nothing has a frame.
    pub compact: bool,
}

impl Files<'_> {
    /// Boxes for everything.
    pub const BOXES: Self = Files { shelf: None, depth: Depth::Monochrome, tallest: 0, crops: true, compact: false };

    fn state(&self, source: &str) -> Option<&MediaState> {
        self.shelf?.get(source)
    }
}

impl Stack<'_> {
    /// A file, as the header says what it is.
    pub(super) fn file(&mut self, header: &RenderedHeader) {
        let RenderedHeader::Media { kind, source, example, file_name, fill } = header else { return };
        let Preview { texts, theme, files, .. } = *self.preview;
        let shown = source.as_deref().or(example.as_deref());
        let state = shown.and_then(|source| files.state(source));
        let what = format!("{} {}", glyph(*kind), wording::message::media_kind(texts, *kind));
        let lacks = |what: String| (texts.with("composer-box-missing", &[("what", what.into())]), theme.missing);
        let said = |words: String| (words, theme.bubble_dim);
        let name = file_name.clone().or_else(|| shown.map(last_part));
        if let Some(MediaState::Known(facts)) = state
            && let Some(picture) = facts.picture.as_deref()
            && self.picture(picture, facts, files)
        {
            match fill {
                Fill::Missing => {
                    self.caption(lacks(what));
                    self.caption(said(texts.get("composer-box-of-example").into_owned()));
                }
                _ => {
                    let parts: Vec<String> = name.into_iter().chain(wording::media::size(texts, facts)).collect();
                    let whole = parts.join(" · ");
                    // A size that is broken in the middle is hard to read.
                    let lines = if text::width(&whole) <= self.width { vec![whole] } else { parts };
                    lines.into_iter().for_each(|line| self.caption(said(line)));
                }
            }
            return;
        }
        let mut rows = Vec::new();
        match (name, fill) {
            (_, Fill::Missing) => {
                rows.push(lacks(what));
                if matches!(state, Some(MediaState::Known(_))) {
                    rows.push(said(texts.get("composer-box-of-example").into_owned()));
                }
            }
            (Some(name), _) => rows.extend([said(what), said(name)]),
            (None, Fill::Example) => rows.extend([said(what), said(texts.get("composer-box-example").into_owned())]),
            (None, Fill::Value) => rows.push(said(what)),
        }
        match state {
            Some(MediaState::Loading) => rows.push(said(texts.get("media-loading").into_owned())),
            Some(MediaState::Known(facts)) => rows.extend(wording::media::size(texts, facts).map(said)),
            Some(MediaState::Failed(problem)) => rows.push(said(wording::media::problem(texts, problem))),
            None => {}
        }
        if files.compact {
            // All of it in one line, as far as it fits; of what is missing, that.
            if *fill == Fill::Missing {
                rows.into_iter().take(1).for_each(|row| self.caption(row));
            } else {
                let words: Vec<String> = rows.into_iter().map(|(words, _)| words).collect();
                self.caption(said(words.join(" · ")));
            }
            return;
        }
        self.boxed(rows);
    }

    /// Words below a picture, in its middle.
    pub(super) fn caption(&mut self, (words, style): (String, Style)) {
        let words = if text::width(&words) > 2 * self.width { fitted(&words, 2 * self.width) } else { words };
        for mut line in wrap_runs(&[(words, style)], self.width) {
            let by = self.width.saturating_sub(cells(&line)) / 2;
            super::words::shift(&mut line, by);
            self.lines.push(line);
        }
    }

    /// Draws the picture; `false` where there are no colours or no room for it.
    fn picture(&mut self, picture: &Picture, facts: &MediaFacts, files: Files<'_>) -> bool {
        if files.depth == Depth::Monochrome || files.tallest == 0 || self.width < NARROWEST {
            return false;
        }
        let own = facts.pixels.unwrap_or_else(|| {
            let (width, height) = picture.size();
            (u32::from(width), u32::from(height))
        });
        let ratio = if files.crops { TEMPLATE_RATIO } else { free_ratio(own) };
        // A cell is twice as high as it is wide, so that two square pixels stand above each other in it.
        let widest = u16::try_from(self.width).unwrap_or(u16::MAX);
        let whole = (f32::from(widest) / ratio / 2.0).round().max(1.0) as u16;
        let rows = whole.min(files.tallest);
        let columns = if rows < whole { ((f32::from(rows) * 2.0 * ratio).round() as u16).clamp(1, widest) } else { widest };
        let pixels = picture.scaled(ratio, columns, rows * 2);
        let margin = " ".repeat(usize::from(widest - columns) / 2);
        let colour = |pixel: [u8; 3]| match files.depth {
            Depth::True => Color::Rgb(pixel[0], pixel[1], pixel[2]),
            Depth::Indexed | Depth::Monochrome => {
                Color::Indexed(crate::tui::theme::nearest_indexed(pixel[0], pixel[1], pixel[2]))
            }
        };
        for pair in pixels.chunks_exact(usize::from(columns) * 2) {
            let (upper, lower) = pair.split_at(usize::from(columns));
            let mut spans = vec![Span::raw(margin.clone())];
            spans.extend(
                upper
                    .iter()
                    .zip(lower)
                    .map(|(upper, lower)| Span::styled(HALF, Style::new().fg(colour(*upper)).bg(colour(*lower)))),
            );
            self.lines.push(Line::from(spans));
        }
        true
    }
}

/// The last part of an address, or the id.
fn last_part(source: &str) -> String {
    let path = source.split(['?', '#']).next().unwrap_or(source);
    let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or(path);
    if last.is_empty() { source.to_owned() } else { last.to_owned() }
}

fn glyph(kind: MediaKind) -> &'static str {
    match kind {
        MediaKind::Image => "▣",
        MediaKind::Video => "▶",
        MediaKind::Document => "▤",
        MediaKind::Gif => "◈",
    }
}
