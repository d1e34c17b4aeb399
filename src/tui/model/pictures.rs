//! What is known of the files that messages carry, for as long as the session lasts, and whether they are looked at at all.

use jiff::Timestamp;

use crate::{domain::media::MediaShelf, tui::theme::Depth};

/// Files of messages, and how they are shown.
#[derive(Debug)]
pub struct Pictures {
    /// Whether files are looked at: fetched, measured and, where they are images, drawn.
    pub shown: bool,
    /// The colours that the terminal has for them.
    pub depth: Depth,
    /// What is known.
    pub shelf: MediaShelf,
    /// An address that is still being typed, and when it is looked at unless it goes on changing.
    pub typed: Option<(String, Timestamp)>,
}

impl Default for Pictures {
    fn default() -> Self {
        Self { shown: true, depth: Depth::Monochrome, shelf: MediaShelf::default(), typed: None }
    }
}
