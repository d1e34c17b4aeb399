//! A business phone number as its WABA lists it.

use std::{
    ops::{Deref, DerefMut},
    sync::Arc,
};

use compact_str::{CompactString, format_compact};

use super::{PhoneNumberId, health::Health, open_enum::open_enum};

open_enum! {
    /// The number's quality rating. Meta writes `NA` on one page and `UNKNOWN` on another for "not yet rated".
    Quality {
        /// High.
        Green = "GREEN",
        /// Medium.
        Yellow = "YELLOW",
        /// Low.
        Red = "RED",
        /// Not yet rated.
        NotRated = "NA",
    }
}

open_enum! {
    /// The number's `status`. Meta's pages list different sets; `CONNECTED` is what live numbers show.
    NumberStatus {
        /// Registered and usable ("Active").
        Connected = "CONNECTED",
        /// Not yet registered.
        Pending = "PENDING",
        /// Quality is low; limits may fall.
        Flagged = "FLAGGED",
        /// Sending is limited for a time.
        RateLimited = "RATE_LIMITED",
        /// Restricted by Meta.
        Restricted = "RESTRICTED",
        /// Banned by Meta.
        Banned = "BANNED",
        /// Not connected to the platform.
        Disconnected = "DISCONNECTED",
        /// Linked to the account.
        Linked = "LINKED",
        /// No longer linked.
        Unlinked = "UNLINKED",
        /// Deleted.
        Deleted = "DELETED",
        /// Moved to another account.
        Migrated = "MIGRATED",
        /// Verified, not yet registered.
        Verified = "VERIFIED",
        /// Not verified.
        Unverified = "UNVERIFIED",
    }
}

open_enum! {
    /// `code_verification_status`: whether ownership was proven by a one-time code.
    CodeVerification {
        /// Proven.
        Verified = "VERIFIED",
        /// Not proven.
        NotVerified = "NOT_VERIFIED",
        /// Proven once, no longer.
        Expired = "EXPIRED",
    }
}

open_enum! {
    /// `name_status`: the review of the display name.
    NameStatus {
        /// Approved.
        Approved = "APPROVED",
        /// Usable without review.
        AvailableWithoutReview = "AVAILABLE_WITHOUT_REVIEW",
        /// Declined.
        Declined = "DECLINED",
        /// Expired.
        Expired = "EXPIRED",
        /// Waiting for Meta.
        PendingReview = "PENDING_REVIEW",
        /// No certificate.
        None = "NONE",
    }
}

open_enum! {
    /// `platform_type`. The Marketing Messages API needs `CLOUD_API`.
    Platform {
        /// Hosted by Meta.
        CloudApi = "CLOUD_API",
        /// Self-hosted (ended).
        OnPremise = "ON_PREMISE",
        /// None yet.
        NotApplicable = "NOT_APPLICABLE",
    }
}

open_enum! {
    /// The portfolio's messaging limit: unique users outside service windows in a rolling 24 hours (Meta: messaging limits).
    MessagingLimit {
        /// 50.
        Tier50 = "TIER_50",
        /// 250, where new portfolios begin.
        Tier250 = "TIER_250",
        /// 1,000.
        Tier1k = "TIER_1K",
        /// 2,000.
        Tier2k = "TIER_2K",
        /// 10,000.
        Tier10k = "TIER_10K",
        /// 100,000.
        Tier100k = "TIER_100K",
        /// No limit.
        Unlimited = "TIER_UNLIMITED",
        /// Not set yet.
        NotSet = "TIER_NOT_SET",
    }
}

impl MessagingLimit {
    /// A limit as nodes spell it: some webhooks send the number, and -1 for no limit.
    pub fn spelled(limit: &str) -> CompactString {
        match limit.parse::<i64>() {
            Ok(..0) => "TIER_UNLIMITED".into(),
            Ok(number) if number >= 1_000 && number % 1_000 == 0 => format_compact!("TIER_{}K", number / 1_000),
            Ok(number) => format_compact!("TIER_{number}"),
            Err(_) => limit.into(),
        }
    }
}

/// A phone number of a WABA. All but the id may be missing from Meta's answer.
///
/// Where it stands is read as if it were its own (`number.quality`), and is kept once for all that stand alike.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PhoneNumber {
    /// The id that messages are sent from.
    pub id: PhoneNumberId,
    /// As Meta formats it, for example `+49 30 901820`.
    pub display: CompactString,
    /// The display name that recipients see.
    pub verified_name: CompactString,
    /// Where it stands.
    pub standing: Arc<Standing>,
    /// The number's own health, where it was asked for.
    pub health: Option<Box<Health>>,
}

/// Where a number stands: the same for many, which share it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Standing {
    /// Operational status.
    pub status: NumberStatus,
    /// Quality rating.
    pub quality: Quality,
    /// Review of the display name.
    pub name_status: NameStatus,
    /// Ownership check.
    pub code_verification: CodeVerification,
    /// Where it is hosted.
    pub platform: Platform,
    /// `account_mode`: `LIVE` or `SANDBOX`.
    pub account_mode: CompactString,
    /// `throughput.level`.
    pub throughput: CompactString,
    /// Whether it carries the official-business mark.
    pub official: bool,
    /// The portfolio's limit, repeated by Meta on each of its numbers.
    pub limit: MessagingLimit,
}

impl Deref for PhoneNumber {
    type Target = Standing;

    fn deref(&self) -> &Standing {
        &self.standing
    }
}

impl DerefMut for PhoneNumber {
    fn deref_mut(&mut self) -> &mut Standing {
        Arc::make_mut(&mut self.standing)
    }
}
