//! Collects the pixels of a large picture in the few cells of a small one, row by row, so that the large one need not be kept.

use super::orientation::Orientation;
use crate::domain::media::{HIGHEST, Picture, WIDEST};

/// A picture is kept at most so many times wider than high; the rest is cropped on both sides.
const WIDEST_RATIO: u32 = 8;
/// And at most so many times higher than wide.
const HIGHEST_RATIO: u32 = 2;

/// The cells of the small picture: what fell into each, and how much.
pub(super) struct Bins {
    width: u32,
    height: u32,
    /// The part of the large picture that is kept: from where, how much.
    columns: (u32, u32),
    rows: (u32, u32),
    sums: Vec<[u32; 4]>,
}

impl Bins {
    /// For a picture of this size, which is not 0.
    pub(super) fn new((width, height): (u32, u32)) -> Self {
        let wide = width.min(height.saturating_mul(WIDEST_RATIO)).max(1);
        let high = height.min(width.saturating_mul(HIGHEST_RATIO)).max(1);
        let columns = wide.min(u32::from(WIDEST));
        let rows = (u64::from(high) * u64::from(columns)).div_ceil(u64::from(wide));
        let rows = u32::try_from(rows).unwrap_or(1).clamp(1, u32::from(HIGHEST)).min(high);
        Self {
            width: columns,
            height: rows,
            columns: ((width - wide) / 2, wide),
            rows: ((height - high) / 2, high),
            sums: vec![[0; 4]; columns as usize * rows as usize],
        }
    }

    /// Adds a row of the large picture: so many bytes each pixel, of which 1 or 2 are grey, 3 or 4 red, green and blue, and
    /// the second or the fourth says how much of a white ground shows through.
    pub(super) fn add_row(&mut self, y: u32, row: &[u8], channels: usize) {
        let (top, high) = self.rows;
        let Some(down) = y.checked_sub(top).filter(|down| *down < high) else { return };
        let line = scaled(down, self.height, high) * self.width;
        let (left, wide) = self.columns;
        let pixels = row.chunks_exact(channels.max(1)).skip(left as usize);
        for (x, pixel) in (0..wide).zip(pixels) {
            self.pour((line + scaled(x, self.width, wide)) as usize, pixel);
        }
    }

    /// Adds a row of a picture that is turned before it is shown: each pixel by itself, where it is shown then. `shown` is the
    /// size that these were made for.
    pub(super) fn add_turned(&mut self, y: u32, row: &[u8], channels: usize, turn: Orientation, shown: (u32, u32)) {
        let ((top, high), (left, wide)) = (self.rows, self.columns);
        for (x, pixel) in (0..u32::MAX).zip(row.chunks_exact(channels.max(1))) {
            let (x, y) = turn.place((x, y), shown);
            let (Some(across), Some(down)) = (x.checked_sub(left), y.checked_sub(top)) else { continue };
            if across < wide && down < high {
                let line = scaled(down, self.height, high) * self.width;
                self.pour((line + scaled(across, self.width, wide)) as usize, pixel);
            }
        }
    }

    /// Pours a pixel into a cell.
    fn pour(&mut self, cell: usize, pixel: &[u8]) {
        let Some([sums @ .., count]) = self.sums.get_mut(cell) else { return };
        let (colour, alpha) = match *pixel {
            [grey] => ([grey; 3], 255),
            [grey, alpha] => ([grey; 3], alpha),
            [red, green, blue] => ([red, green, blue], 255),
            [red, green, blue, alpha, ..] => ([red, green, blue], alpha),
            [] => return,
        };
        let alpha = u32::from(alpha);
        for (sum, value) in sums.iter_mut().zip(colour) {
            *sum += (u32::from(value) * alpha + 255 * (255 - alpha)) / 255;
        }
        *count += 1;
    }

    /// The small picture; `None` when a cell got nothing, because rows were missing.
    pub(super) fn picture(self) -> Option<Picture> {
        let mut pixels = Vec::with_capacity(self.sums.len());
        for [red, green, blue, count] in self.sums {
            let average = |sum: u32| Some(u8::try_from(sum.checked_div(count)?).unwrap_or(u8::MAX));
            pixels.push([average(red)?, average(green)?, average(blue)?]);
        }
        Picture::new(u16::try_from(self.width).ok()?, pixels)
    }
}

/// Which of `cells` a place among `places` falls into.
fn scaled(place: u32, cells: u32, places: u32) -> u32 {
    u32::try_from(u64::from(place) * u64::from(cells) / u64::from(places.max(1))).unwrap_or(0)
}
