//! Pictures of every kind become small ones, and hostile bytes become nothing worse than a reason.

use rstest::rstest;

use super::*;
use crate::domain::media::{HIGHEST, WIDEST};

/// A small JPEG, made for this test: 32 × 16, the left half red, the right half blue.
const JPEG: &[u8] = include_bytes!("../../tests/data/halves.jpg");

fn encoded(width: u32, height: u32, kind: png::ColorType, depth: png::BitDepth, data: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(kind);
    encoder.set_depth(depth);
    if kind == png::ColorType::Indexed {
        encoder.set_palette(vec![250, 0, 0, 0, 0, 250]);
    }
    encoder.write_header().unwrap().write_image_data(data).unwrap();
    bytes
}

/// A PNG that says it has this size, and holds nothing else.
fn claims(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = encoded(1, 1, png::ColorType::Rgb, png::BitDepth::Eight, &[1, 2, 3]);
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let crc = crc(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&crc.to_be_bytes());
    bytes
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 })
    })
}

#[rstest]
#[case::grey(png::ColorType::Grayscale, png::BitDepth::Eight, vec![90, 90], [90; 3])]
#[case::grey_of_two(png::ColorType::Grayscale, png::BitDepth::One, vec![0b1100_0000], [255; 3])]
#[case::through(png::ColorType::GrayscaleAlpha, png::BitDepth::Eight, vec![0, 0, 0, 0], [255; 3])]
#[case::colour(png::ColorType::Rgb, png::BitDepth::Eight, vec![1, 2, 3, 1, 2, 3], [1, 2, 3])]
#[case::half(png::ColorType::Rgba, png::BitDepth::Eight, vec![0, 0, 0, 128, 0, 0, 0, 128], [127; 3])]
#[case::deep(png::ColorType::Rgb, png::BitDepth::Sixteen, [9, 0, 8, 0, 7, 0].repeat(2), [9, 8, 7])]
#[case::palette(png::ColorType::Indexed, png::BitDepth::Eight, vec![1, 1], [0, 0, 250])]
fn every_kind_of_png_comes_out_in_its_colours(
    #[case] kind: png::ColorType,
    #[case] depth: png::BitDepth,
    #[case] data: Vec<u8>,
    #[case] colour: [u8; 3],
) {
    let small = shrink(&encoded(2, 1, kind, depth, &data), "image/png").unwrap();
    assert_eq!(small.pixels, (2, 1));
    assert_eq!(small.picture.scaled(2.0, 1, 1), [colour]);
}

#[test]
fn a_jpeg_comes_out_in_its_colours() {
    let small = shrink(JPEG, "application/octet-stream").unwrap();
    assert_eq!(small.pixels, (32, 16));
    let halves = small.picture.scaled(2.0, 2, 1);
    assert!(halves[0][0] > 200 && halves[0][2] < 60, "{halves:?}");
    assert!(halves[1][2] > 200 && halves[1][0] < 60, "{halves:?}");
}

/// The JPEG with a note of how its camera was held.
fn held(number: u8) -> Vec<u8> {
    let mut note = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    note.extend([number, 0, 0, 0, 0, 0, 0]);
    let length = u16::try_from(note.len() + 2).unwrap().to_be_bytes();
    let (start, rest) = JPEG.split_at(2);
    [start, &[0xFF, 0xE1], &length, &note, rest].concat()
}

#[rstest]
#[case::as_it_is(1, (32, 16), [[0, 1], [0, 1]])]
#[case::mirrored(2, (32, 16), [[1, 0], [1, 0]])]
#[case::upside_down(3, (32, 16), [[1, 0], [1, 0]])]
#[case::flipped(4, (32, 16), [[0, 1], [0, 1]])]
#[case::transposed(5, (16, 32), [[0, 0], [1, 1]])]
#[case::to_the_right(6, (16, 32), [[0, 0], [1, 1]])]
#[case::transposed_the_other_way(7, (16, 32), [[1, 1], [0, 0]])]
#[case::to_the_left(8, (16, 32), [[1, 1], [0, 0]])]
#[case::of_no_meaning(77, (32, 16), [[0, 1], [0, 1]])]
fn a_photo_is_shown_the_way_up_that_its_camera_noted(#[case] number: u8, #[case] pixels: (u32, u32), #[case] blue: [[u8; 2]; 2]) {
    let small = shrink(&held(number), "image/jpeg").unwrap();
    assert_eq!(small.pixels, pixels);
    let ratio = pixels.0 as f32 / pixels.1 as f32;
    let found: Vec<u8> = small.picture.scaled(ratio, 2, 2).iter().map(|pixel| u8::from(pixel[2] > pixel[0])).collect();
    assert_eq!(found, blue.concat());
}

#[rstest]
#[case(1_125, 600)]
#[case(40, 4_000)]
#[case(4_000, 40)]
#[case(1, 1)]
fn large_ones_become_small_ones(#[case] width: u32, #[case] height: u32) {
    let data = vec![77; width as usize * height as usize];
    let small = shrink(&encoded(width, height, png::ColorType::Grayscale, png::BitDepth::Eight, &data), "").unwrap();
    let (columns, rows) = small.picture.size();
    assert!(columns <= WIDEST && rows <= HIGHEST, "{columns} {rows}");
    assert!(small.picture.scaled(1.0, 3, 3).iter().all(|pixel| *pixel == [77; 3]));
}

#[test]
fn claims_of_huge_pictures_are_refused_before_anything_is_decoded() {
    assert_eq!(shrink(&claims(60_000, 60_000), "").unwrap_err(), MediaProblem::TooManyPixels(60_000, 60_000));
    assert_eq!(
        shrink(&claims(u32::MAX >> 1, u32::MAX >> 1), "").map(drop).unwrap_err(),
        MediaProblem::TooManyPixels(u32::MAX >> 1, u32::MAX >> 1)
    );
    let mut jpeg = JPEG.to_vec();
    let frame = jpeg.windows(2).position(|marker| marker == [0xFF, 0xC0] || marker == [0xFF, 0xC2]).unwrap();
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0xEA, 0x60, 0xEA, 0x60]);
    assert_eq!(shrink(&jpeg, "").unwrap_err(), MediaProblem::TooManyPixels(60_000, 60_000));
}

#[rstest]
#[case(b"<html>not found</html>", "text/html; charset=utf-8", "text/html")]
#[case(b"GIF89a\x01\x00", "image/gif", "image/gif")]
#[case(b"", "image/png\x1b[31m", "image/png[31m")]
fn what_is_no_picture_is_told_by_what_it_is(#[case] bytes: &[u8], #[case] kind: &str, #[case] told: &str) {
    let Err(MediaProblem::NotAPicture(found)) = shrink(bytes, kind) else { panic!("a picture") };
    assert!(!found.contains('\x1b'), "{found}");
    assert!(told.starts_with(found.trim_end_matches("[31m")) || found == told, "{found}");
}

#[test]
fn what_breaks_off_or_is_damaged_anywhere_is_refused_or_drawn_and_nothing_else() {
    let data: Vec<u8> = (0..48 * 40 * 3).map(|place| u8::try_from(place % 253).unwrap()).collect();
    let png = encoded(48, 40, png::ColorType::Rgb, png::BitDepth::Eight, &data);
    let turned = held(6);
    for whole in
        [png.as_slice(), JPEG, &turned, include_bytes!("../../tests/data/grey.jpg"), include_bytes!("../../tests/data/ramp.png")]
    {
        assert!(shrink(whole, "").is_ok());
        for end in 0..whole.len() {
            let _ = shrink(&whole[..end], "");
        }
        for (place, flip) in (0..whole.len()).flat_map(|place| [(place, 0xFF_u8), (place, 0x10)]) {
            let mut broken = whole.to_vec();
            broken[place] ^= flip;
            let _ = shrink(&broken, "");
        }
    }
    assert!(matches!(shrink(&png[..png.len() / 2], ""), Err(MediaProblem::Damaged)));
}
