//! The body of an answer while it comes in: decompressed, bounded, and large ones in memory of their own.
//!
//! Ten pages of 250 kB at the same time, taken from the heap over and over, would leave it several times as large.

use std::{io::Write, ops::Deref};

use flate2::write::{MultiGzDecoder, ZlibDecoder};
use memmap2::MmapMut;

use super::Failure;

/// Up to this size a body stands on the heap.
const SMALL: usize = 64 * 1024;

/// The bytes of a body.
pub struct Body {
    bytes: Memory,
    length: usize,
    room: usize,
}

enum Memory {
    Heap(Vec<u8>),
    /// Straight from the system, and back to it.
    Mapped(MmapMut),
}

impl Body {
    fn with_room(announced: usize) -> Self {
        let mapped = if announced > SMALL { MmapMut::map_anon(announced).ok() } else { None };
        match mapped {
            Some(map) => Self { room: map.len(), bytes: Memory::Mapped(map), length: 0 },
            // Where the system has none to map, the heap has to do.
            None => Self { room: announced.max(SMALL), bytes: Memory::Heap(Vec::new()), length: 0 },
        }
    }

    fn push(&mut self, more: &[u8]) {
        let length = self.length + more.len();
        if length > self.room {
            let mut larger = Self::with_room(length.max(2 * self.room));
            larger.append(self);
            *self = larger;
        }
        self.append(more);
    }

    /// Appends what has room.
    fn append(&mut self, more: &[u8]) {
        let end = self.length + more.len();
        match &mut self.bytes {
            Memory::Heap(bytes) => bytes.extend_from_slice(more),
            Memory::Mapped(map) => {
                if let Some(room) = map.get_mut(self.length..end) {
                    room.copy_from_slice(more);
                }
            }
        }
        self.length = end;
    }
}

impl Deref for Body {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match &self.bytes {
            Memory::Heap(bytes) => bytes,
            Memory::Mapped(map) => map.get(..self.length).unwrap_or_default(),
        }
    }
}

/// A body that is coming in.
pub(super) enum Taken {
    Plain(Bounded),
    Gzip(Box<MultiGzDecoder<Bounded>>),
    Deflate(Box<ZlibDecoder<Bounded>>),
}

/// How a body is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Compression {
    None,
    Gzip,
    /// Nobody asks for it; some things between here and Meta compress by it all the same.
    Deflate,
}

impl Compression {
    /// From `Content-Encoding`; the name itself where it is one that cannot be read here.
    pub(super) fn named(name: &str) -> Result<Self, String> {
        match name.trim().to_ascii_lowercase().as_str() {
            "" | "identity" => Ok(Self::None),
            "gzip" | "x-gzip" => Ok(Self::Gzip),
            "deflate" => Ok(Self::Deflate),
            other => Err(other.chars().take(40).collect()),
        }
    }
}

impl Taken {
    /// An empty one. `announced` is the length on the wire; what it is decompressed shows only then.
    pub(super) fn new(compression: Compression, announced: Option<usize>, limit: usize) -> Self {
        let room = if compression == Compression::None { announced.unwrap_or(0).min(limit) } else { 0 };
        let bounded = Bounded { body: Body::with_room(room), limit, is_full: false };
        match compression {
            Compression::None => Self::Plain(bounded),
            Compression::Gzip => Self::Gzip(Box::new(MultiGzDecoder::new(bounded))),
            Compression::Deflate => Self::Deflate(Box::new(ZlibDecoder::new(bounded))),
        }
    }

    /// Takes more of it.
    pub(super) fn take(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let (written, is_full) = match self {
            Self::Plain(bounded) => (bounded.write_all(bytes), bounded.is_full),
            Self::Gzip(decoder) => (decoder.write_all(bytes), decoder.get_ref().is_full),
            Self::Deflate(decoder) => (decoder.write_all(bytes), decoder.get_ref().is_full),
        };
        written.map_err(|error| if is_full { Failure::TooLarge } else { Failure::Broken(error.to_string()) })
    }

    /// All of it.
    pub(super) fn finish(self) -> Result<Body, Failure> {
        match self {
            Self::Plain(bounded) => Ok(bounded.body),
            Self::Gzip(mut decoder) => {
                let ended = decoder.try_finish();
                ended_as(ended, decoder.get_mut())
            }
            Self::Deflate(mut decoder) => {
                let ended = decoder.try_finish();
                ended_as(ended, decoder.get_mut())
            }
        }
    }
}

/// What was decompressed, if it ended well.
fn ended_as(ended: std::io::Result<()>, bounded: &mut Bounded) -> Result<Body, Failure> {
    let body = std::mem::replace(&mut bounded.body, Body::with_room(0));
    match ended {
        Ok(()) => Ok(body),
        Err(_) if bounded.is_full => Err(Failure::TooLarge),
        Err(error) => Err(Failure::Broken(error.to_string())),
    }
}

/// Takes what comes, up to a limit.
pub(super) struct Bounded {
    body: Body,
    limit: usize,
    is_full: bool,
}

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.body.length + bytes.len() > self.limit {
            self.is_full = true;
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        self.body.push(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use flate2::write::{GzEncoder, ZlibEncoder};

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    /// What comes of bytes that come in pieces.
    fn taken(bytes: &[u8], is_compressed: bool, announced: Option<usize>, limit: usize) -> Result<Vec<u8>, Failure> {
        let compression = if is_compressed { Compression::Gzip } else { Compression::None };
        let mut taken = Taken::new(compression, announced, limit);
        for piece in bytes.chunks(1_000) {
            taken.take(piece)?;
        }
        taken.finish().map(|body| body.to_vec())
    }

    fn text(length: usize) -> Vec<u8> {
        (0..length).map(|place| u8::try_from(place % 251).unwrap()).collect()
    }

    #[test]
    fn a_body_comes_out_as_it_went_in_whatever_its_size_and_its_announcement() {
        for length in [0, 1, SMALL - 1, SMALL, SMALL + 1, 5 * SMALL] {
            let text = text(length);
            for announced in [None, Some(0), Some(length), Some(10), Some(usize::MAX)] {
                assert_eq!(taken(&text, false, announced, 6 * SMALL).unwrap(), text, "{length} {announced:?}");
            }
            assert_eq!(taken(&gzip(&text), true, Some(7), 6 * SMALL).unwrap(), text, "{length} compressed");
        }
    }

    #[test]
    fn a_compression_that_was_not_asked_for_is_read_or_named() {
        let mut encoder = ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(b"{\"data\":[]}").unwrap();
        let mut taken = Taken::new(Compression::named(" Deflate ").unwrap(), None, 100);
        taken.take(&encoder.finish().unwrap()).unwrap();
        assert_eq!(&*taken.finish().unwrap(), b"{\"data\":[]}");
        assert_eq!(Compression::named("br"), Err("br".to_owned()));
        assert_eq!(Compression::named("gzip, gzip"), Err("gzip, gzip".to_owned()));
        assert_eq!(Compression::named("identity"), Ok(Compression::None));
    }

    #[test]
    fn more_than_may_come_is_refused_even_when_it_comes_small() {
        assert!(matches!(taken(&text(1_001), false, None, 1_000), Err(Failure::TooLarge)));
        let bomb = gzip(&vec![0; 10_000_000]);
        assert!(bomb.len() < 20_000);
        assert!(matches!(taken(&bomb, true, Some(bomb.len()), 1_000_000), Err(Failure::TooLarge)));
    }

    #[test]
    fn a_compression_that_breaks_off_or_is_none_is_said() {
        let whole = gzip(&text(10_000));
        assert!(matches!(taken(&whole[..whole.len() / 2], true, None, 100_000), Err(Failure::Broken(_))));
        assert!(matches!(taken(b"{\"data\":[]}", true, None, 100_000), Err(Failure::Broken(_))));
    }
}
