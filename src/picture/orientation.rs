//! Which way up a photo is: cameras keep pixels as the sensor saw them and note beside them how to turn them (EXIF, tag 0x0112).
//! Reads that one number and turns coordinates; anything odd about the note leaves the picture as it is.

/// What is done to a picture before it is shown, as the eight numbers of EXIF say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Orientation {
    /// Rows become columns, first of all.
    transposed: bool,
    /// Then left and right change places.
    mirrored: bool,
    /// And then top and bottom.
    flipped: bool,
}

/// Most entries that are looked through: a camera writes a few dozen.
const MOST_ENTRIES: usize = 512;
const ORIENTATION: u16 = 0x0112;
const SHORT: u16 = 3;

impl Orientation {
    /// The orientation that EXIF data name (a TIFF file of its own, without the leading `Exif\0\0`); as it is, where they name
    /// none or are damaged.
    pub(super) fn of_exif(exif: &[u8]) -> Self {
        number(exif).map(Self::of_number).unwrap_or_default()
    }

    fn of_number(number: u16) -> Self {
        let (transposed, mirrored, flipped) = match number {
            2 => (false, true, false),
            3 => (false, true, true),
            4 => (false, false, true),
            5 => (true, false, false),
            6 => (true, true, false),
            7 => (true, true, true),
            8 => (true, false, true),
            _ => (false, false, false),
        };
        Self { transposed, mirrored, flipped }
    }

    /// Columns and rows of the picture as it is shown.
    pub(super) fn size(self, (width, height): (u32, u32)) -> (u32, u32) {
        if self.transposed { (height, width) } else { (width, height) }
    }

    /// Where a pixel of the picture as it is kept is shown. `shown` is the size that it has then.
    pub(super) fn place(self, (x, y): (u32, u32), shown: (u32, u32)) -> (u32, u32) {
        let (x, y) = if self.transposed { (y, x) } else { (x, y) };
        let x = if self.mirrored { shown.0.saturating_sub(1).saturating_sub(x) } else { x };
        let y = if self.flipped { shown.1.saturating_sub(1).saturating_sub(y) } else { y };
        (x, y)
    }
}

/// The number in the first directory of a TIFF file.
fn number(exif: &[u8]) -> Option<u16> {
    let little = match exif.get(..4)? {
        [b'I', b'I', 42, 0] => true,
        [b'M', b'M', 0, 42] => false,
        _ => return None,
    };
    let short = |at: usize| {
        let bytes: [u8; 2] = exif.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let long = |at: usize| {
        let bytes: [u8; 4] = exif.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    };
    let directory = usize::try_from(long(4)?).ok()?;
    let count = usize::from(short(directory)?).min(MOST_ENTRIES);
    (0..count)
        .map_while(|entry| directory.checked_add(2 + entry * 12))
        .find(|at| short(*at) == Some(ORIENTATION))
        .filter(|at| short(*at + 2) == Some(SHORT) && long(*at + 4) == Some(1))
        .and_then(|at| short(at + 8))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three letters above three others, as they are kept: how they are shown.
    #[test]
    fn the_eight_numbers_turn_a_picture_as_exif_says() {
        let shown = |number: u16| {
            let turn = Orientation::of_number(number);
            let size = turn.size((3, 2));
            let mut rows = vec![vec!['?'; size.0 as usize]; size.1 as usize];
            for (y, row) in (0..2).zip(["abc", "def"]) {
                for (x, letter) in (0..3).zip(row.chars()) {
                    let (x, y) = turn.place((x, y), size);
                    rows[y as usize][x as usize] = letter;
                }
            }
            rows.into_iter().map(String::from_iter).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(shown(1), "abc def");
        assert_eq!(shown(2), "cba fed");
        assert_eq!(shown(3), "fed cba");
        assert_eq!(shown(4), "def abc");
        assert_eq!(shown(5), "ad be cf");
        assert_eq!(shown(6), "da eb fc", "held upright, turned to the right");
        assert_eq!(shown(7), "fc eb da");
        assert_eq!(shown(8), "cf be ad");
        for odd in [0, 9, u16::MAX] {
            assert_eq!(shown(odd), "abc def");
        }
    }

    /// EXIF data that hold an orientation after another entry.
    fn exif(little: bool, number: u16) -> Vec<u8> {
        let short = |value: u16| if little { value.to_le_bytes() } else { value.to_be_bytes() };
        let long = |value: u32| if little { value.to_le_bytes() } else { value.to_be_bytes() };
        let mut bytes = if little { b"II*\0".to_vec() } else { b"MM\0*".to_vec() };
        bytes.extend(long(8));
        bytes.extend(short(2));
        for (tag, value) in [(0x0100, 640), (ORIENTATION, number)] {
            bytes.extend(short(tag));
            bytes.extend(short(SHORT));
            bytes.extend(long(1));
            bytes.extend(short(value));
            bytes.extend([0, 0]);
        }
        bytes.extend(long(0));
        bytes
    }

    #[test]
    fn the_number_is_found_in_either_order_of_bytes_and_damage_leaves_the_picture_as_it_is() {
        for little in [true, false] {
            let whole = exif(little, 6);
            assert_eq!(number(&whole), Some(6));
            for end in 0..whole.len() - 7 {
                assert_eq!(number(&whole[..end]), None, "{end} bytes");
            }
            for place in 0..whole.len() {
                let mut broken = whole.clone();
                broken[place] ^= 0xFF;
                let _ = Orientation::of_exif(&broken);
            }
        }
        let mut far = exif(true, 6);
        far[4..8].copy_from_slice(&u32::MAX.to_le_bytes());
        assert_eq!(Orientation::of_exif(&far), Orientation::default());
    }
}
