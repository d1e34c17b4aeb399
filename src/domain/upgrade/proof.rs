//! What shows that optimized delivery is on for an account, and since when. Says only what was seen, never what must have been.

use jiff::Timestamp;

use crate::domain::event::Sources;

/// What was seen of it, by each way; nothing of it is `Some` where nothing was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Proof {
    /// When it was seen to turn on, and by which ways.
    pub turned_on: Option<(Timestamp, Sources)>,
    /// When it was first seen to be on, where it was never seen to be off.
    pub first_seen_on: Option<Timestamp>,
    /// When Meta's webhook told that the terms were signed.
    pub told_by_webhook: Option<Timestamp>,
    /// When a message from here last went optimized: the strongest proof there is.
    pub went_optimized: Option<Timestamp>,
}
