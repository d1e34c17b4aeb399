//! Decodes the bytes of a picture straight down to the small one that a terminal can show. The bytes come from anywhere:
//! what claims to be huge is refused before anything is decoded. Fetches and draws nothing.

mod bins;
mod orientation;
#[cfg(test)]
mod tests;

use std::io::Cursor;

use compact_str::CompactString;
use memmap2::MmapMut;
use zune_jpeg::{
    JpegDecoder,
    zune_core::{colorspace::ColorSpace, options::DecoderOptions},
};

use self::{bins::Bins, orientation::Orientation};
use crate::domain::media::{MediaProblem, Picture};

/// Most pixels of a picture that has to be decoded whole before it is made small: 4096 × 3072.
const MOST_WHOLE: u64 = 4_096 * 3_072;
/// Most pixels of one that is made small row by row.
const MOST_BY_ROW: u64 = 40_000_000;
/// Most bytes that the decoder of PNG may take for itself.
const DECODER_BYTES: usize = 4 * 1024 * 1024;
/// More passes than this over a progressive JPEG only keep the processor busy.
const MOST_SCANS: usize = 64;

/// A picture made small, and how large it was.
#[derive(Debug)]
pub struct Small {
    /// The small picture.
    pub picture: Picture,
    /// Columns and rows of the real one, as it is shown: a photo may be turned.
    pub pixels: (u32, u32),
}

/// Decodes PNG and JPEG, told apart by their first bytes and not by what a server calls them.
///
/// # Errors
/// What is no picture, is damaged, or claims too many pixels.
pub fn shrink(bytes: &[u8], content_type: &str) -> Result<Small, MediaProblem> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        png(bytes)
    } else if bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
        jpeg(bytes)
    } else {
        Err(MediaProblem::NotAPicture(CompactString::from(kind(content_type))))
    }
}

/// The kind without its parameters, as far as it is a word.
pub fn kind(content_type: &str) -> String {
    let kind = content_type.split(';').next().unwrap_or_default().trim();
    crate::text::clean(kind).chars().take(40).collect()
}

fn damaged<T>(_: T) -> MediaProblem {
    MediaProblem::Damaged
}

fn within(pixels: (u32, u32), most: u64) -> Result<(), MediaProblem> {
    match u64::from(pixels.0) * u64::from(pixels.1) {
        0 => Err(MediaProblem::Damaged),
        count if count > most => Err(MediaProblem::TooManyPixels(pixels.0, pixels.1)),
        _ => Ok(()),
    }
}

fn png(bytes: &[u8]) -> Result<Small, MediaProblem> {
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), png::Limits { bytes: DECODER_BYTES });
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    let info = decoder.read_header_info().map_err(damaged)?;
    let (pixels, interlaced) = ((info.width, info.height), info.interlaced);
    within(pixels, if interlaced { MOST_WHOLE } else { MOST_BY_ROW })?;
    let mut reader = decoder.read_info().map_err(damaged)?;
    let channels = reader.output_color_type().0.samples();
    let mut bins = Bins::new(pixels);
    if interlaced {
        let size = reader.output_buffer_size().ok_or(MediaProblem::Damaged)?;
        let mut whole = MmapMut::map_anon(size.max(1)).map_err(damaged)?;
        let frame = reader.next_frame(&mut whole).map_err(damaged)?;
        for (y, row) in (0..pixels.1).zip(whole.chunks_exact(frame.line_size.max(1))) {
            bins.add_row(y, row, channels);
        }
    } else {
        let mut y = 0;
        while let Some(row) = reader.next_row().map_err(damaged)? {
            bins.add_row(y, row.data(), channels);
            y += 1;
        }
    }
    finish(bins, pixels)
}

fn jpeg(bytes: &[u8]) -> Result<Small, MediaProblem> {
    let options = DecoderOptions::default()
        .jpeg_set_out_colorspace(ColorSpace::RGB)
        .jpeg_set_max_scans(MOST_SCANS)
        .set_max_width(usize::from(u16::MAX))
        .set_max_height(usize::from(u16::MAX));
    let mut decoder = JpegDecoder::new_with_options(Cursor::new(bytes), options);
    decoder.decode_headers().map_err(damaged)?;
    let info = decoder.info().ok_or(MediaProblem::Damaged)?;
    let pixels = (u32::from(info.width), u32::from(info.height));
    within(pixels, MOST_WHOLE)?;
    let channels = decoder.output_colorspace().ok_or(MediaProblem::Damaged)?.num_components();
    let size = decoder.output_buffer_size().ok_or(MediaProblem::Damaged)?;
    // Mapped, so that it goes back to the system at once and leaves no hole in the heap.
    let mut whole = MmapMut::map_anon(size.max(1)).map_err(damaged)?;
    decoder.decode_into(&mut whole).map_err(damaged)?;
    let turn = decoder.exif().map(|exif| Orientation::of_exif(exif)).unwrap_or_default();
    let shown = turn.size(pixels);
    let mut bins = Bins::new(shown);
    for (y, row) in (0..pixels.1).zip(whole.chunks_exact((usize::from(info.width) * channels).max(1))) {
        if turn == Orientation::default() {
            bins.add_row(y, row, channels);
        } else {
            bins.add_turned(y, row, channels, turn, shown);
        }
    }
    finish(bins, shown)
}

fn finish(bins: Bins, pixels: (u32, u32)) -> Result<Small, MediaProblem> {
    bins.picture().map(|picture| Small { picture, pixels }).ok_or(MediaProblem::Damaged)
}
