//! What webhooks tell those who wait for it: how far messages have come, and what became of accounts.

use compact_str::CompactString;
use jiff::Timestamp;

use crate::domain::{MessageId, WabaId, account::Restriction, delivery::PricingCategory};

/// Something that a webhook told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// How far a message has come.
    Status(StatusEvent),
    /// Something about an account.
    Account(AccountEvent),
}

/// How far a message has come.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum MessageStatus {
    /// On its way.
    Sent,
    /// On the recipient's phone.
    Delivered,
    /// Read; may come without `Delivered` before it.
    Read,
    /// A voice message was played.
    Played,
    /// Not delivered; the errors say why.
    Failed,
    /// A status that this version does not know, as sent.
    Unknown(CompactString),
}

/// `statuses[]` of a `messages` webhook (Meta: message status webhooks).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusEvent {
    /// Which message.
    pub message: MessageId,
    /// How far it has come.
    pub status: MessageStatus,
    /// When, by Meta's clock.
    pub at: Option<Timestamp>,
    /// `pricing.category`, the only thing that tells which way it went (R36); some webhooks lack it.
    pub category: Option<PricingCategory>,
    /// Why it failed.
    pub errors: Vec<StatusError>,
}

/// An error of a failed message, in Meta's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusError {
    /// Meta's code, for example 131049.
    pub code: i64,
    /// What it says, the most telling of its texts.
    pub message: String,
}

/// An `account_update` webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountEvent {
    /// Which account.
    pub account: WabaId,
    /// When, by Meta's clock.
    pub at: Timestamp,
    /// `event`, as sent: `ACCOUNT_RESTRICTION`, `MM_LITE_TERMS_SIGNED` …
    pub event: CompactString,
    /// What is restricted until when, for `ACCOUNT_RESTRICTION`.
    pub restrictions: Vec<Restriction>,
    /// Whether a `DISABLED_UPDATE` says that the account works again.
    pub reinstated: bool,
}
