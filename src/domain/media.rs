//! Files that a message carries: what is known of each, a small picture of it where there is one, and a bounded shelf that
//! remembers them for a session. Fetching and decoding are done elsewhere.

#[cfg(test)]
mod tests;

use std::sync::Arc;

use compact_str::CompactString;

/// No picture is kept wider than this; the widest bubble has fewer columns.
pub const WIDEST: u16 = 96;
/// Nor higher.
pub const HIGHEST: u16 = 2 * WIDEST;

/// WhatsApp crops the picture above a template to about this many times its height (Meta: media in templates and cards are
/// cropped to a wide ratio).
pub const TEMPLATE_RATIO: f32 = 1.91;
/// The widest and the narrowest that the picture of a message without a template is shown.
const FREE_RATIOS: (f32, f32) = (0.75, 1.91);

/// Colours from left to right, row by row, as red, green and blue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    width: u16,
    height: u16,
    pixels: Box<[[u8; 3]]>,
}

impl Picture {
    /// A picture of so many columns; rows are as many as are whole. `None` when there is none.
    pub fn new(width: u16, pixels: Vec<[u8; 3]>) -> Option<Self> {
        let height = u16::try_from(pixels.len().checked_div(usize::from(width))?).ok().filter(|height| *height > 0)?;
        Some(Self { width, height, pixels: pixels.into_boxed_slice() })
    }

    /// Columns and rows.
    pub fn size(&self) -> (u16, u16) {
        (self.width, self.height)
    }

    /// The middle of it, cropped to the wanted ratio of width to height and scaled to so many columns and rows. Every new
    /// pixel is the average of what it covers, so nothing flickers and thin lines do not vanish.
    pub fn scaled(&self, ratio: f32, columns: u16, rows: u16) -> Vec<[u8; 3]> {
        let (width, height) = (f32::from(self.width), f32::from(self.height));
        let (wide, high) = if width > height * ratio { (height * ratio, height) } else { (width, width / ratio) };
        let across = spans((width - wide) / 2.0, wide, columns, self.width);
        let down = spans((height - high) / 2.0, high, rows, self.height);
        let mut scaled = Vec::with_capacity(usize::from(columns) * usize::from(rows));
        for vertical in &down {
            for horizontal in &across {
                scaled.push(self.average(horizontal, vertical));
            }
        }
        scaled
    }

    fn average(&self, across: &[(u16, f32)], down: &[(u16, f32)]) -> [u8; 3] {
        let (mut sums, mut weights) = ([0.0_f32; 3], 0.0_f32);
        for (y, share_down) in down {
            let row = usize::from(*y) * usize::from(self.width);
            for (x, share_across) in across {
                let share = share_down * share_across;
                let Some(pixel) = self.pixels.get(row + usize::from(*x)) else { continue };
                sums.iter_mut().zip(pixel).for_each(|(sum, value)| *sum += f32::from(*value) * share);
                weights += share;
            }
        }
        sums.map(|sum| if weights > 0.0 { (sum / weights).round() as u8 } else { 0 })
    }
}

/// For each of `count` equal parts of a stretch: which of the `limit` pixels it covers, and how much of each.
fn spans(start: f32, length: f32, count: u16, limit: u16) -> Vec<Vec<(u16, f32)>> {
    let part = length / f32::from(count.max(1));
    let span = |index: u16| {
        let from = start + part * f32::from(index);
        let to = from + part;
        let (first, last) = (from.max(0.0).floor() as u16, (to.ceil() as u16).min(limit));
        let covered = (first..last).map(|pixel| {
            let share = (to.min(f32::from(pixel) + 1.0) - from.max(f32::from(pixel))).max(0.0);
            (pixel, share)
        });
        let covered: Vec<_> = covered.filter(|(_, share)| *share > 0.0).collect();
        // Rounding may leave nothing at the very edge.
        if covered.is_empty() { vec![(first.min(limit.saturating_sub(1)), 1.0)] } else { covered }
    };
    (0..count).map(span).collect()
}

/// What is known of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MediaFacts {
    /// Its size in bytes.
    pub bytes: Option<u64>,
    /// Its real size in pixels.
    pub pixels: Option<(u32, u32)>,
    /// What its server says it is, for example `video/mp4`.
    pub content_type: Option<CompactString>,
    /// A small picture of it; only of images.
    pub picture: Option<Arc<Picture>>,
}

/// Why nothing is known of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MediaProblem {
    /// Neither an address nor an id.
    NotAFile,
    /// Only `https` is fetched.
    NotEncrypted,
    /// No answer, or one that broke off.
    NotReached,
    /// No whole answer in time.
    TooSlow,
    /// The server answered with this HTTP status.
    Refused(u16),
    /// Larger than Meta lets such a file be, in bytes.
    TooLarge(u64),
    /// More pixels than are worth decoding here.
    TooManyPixels(u32, u32),
    /// Neither PNG nor JPEG; what its server says it is.
    NotAPicture(CompactString),
    /// It begins like a picture but cannot be decoded.
    Damaged,
}

/// How the looking at a file stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MediaState {
    /// It is being looked at.
    Loading,
    /// It was.
    Known(MediaFacts),
    /// It could not be.
    Failed(MediaProblem),
}

/// What was found out about files in this session, by address or id. The oldest are forgotten.
#[derive(Debug, Clone, Default)]
pub struct MediaShelf {
    /// The one that was wanted last stands last.
    files: Vec<(String, MediaState)>,
}

impl MediaShelf {
    /// How many files are remembered: two carousels and some more. A picture takes at most 55 kB.
    pub const MOST: usize = 32;

    /// What is known of a file.
    pub fn get(&self, source: &str) -> Option<&MediaState> {
        self.files.iter().find(|(own, _)| own == source).map(|(_, state)| state)
    }

    /// Notes that a file is wanted; says whether nobody has looked at it yet.
    pub fn want(&mut self, source: &str) -> bool {
        if let Some(place) = self.files.iter().position(|(own, _)| own == source) {
            let file = self.files.remove(place);
            self.files.push(file);
            return false;
        }
        if self.files.len() >= Self::MOST {
            self.files.remove(0);
        }
        self.files.push((source.to_owned(), MediaState::Loading));
        true
    }

    /// Notes what came of looking at a file. One that was forgotten meanwhile stays so.
    pub fn tell(&mut self, source: &str, result: Result<MediaFacts, MediaProblem>) {
        if let Some((_, state)) = self.files.iter_mut().find(|(own, _)| own == source) {
            *state = result.map_or_else(MediaState::Failed, MediaState::Known);
        }
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.files.clear();
    }
}

/// The ratio in which the picture of a message without a template is shown: its own, within bounds.
pub fn free_ratio(pixels: (u32, u32)) -> f32 {
    let ratio = pixels.0.max(1) as f32 / pixels.1.max(1) as f32;
    ratio.clamp(FREE_RATIOS.0, FREE_RATIOS.1)
}
