//! How far Meta's enforcement has come with an account (Meta: policy enforcement page).

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use super::{Cause, Finding};
use crate::domain::{account::RestrictionKind, restriction::Days};

/// A rung of the ladder that Meta climbs with an account that goes on violating its policies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rung {
    /// A warning; nothing is taken away.
    Warning,
    /// No templates and no new numbers for one or three days.
    ShortBlock,
    /// No messages at all for five, seven or thirty days.
    LongBlock,
    /// Locked until an appeal succeeds.
    Lock,
    /// Disabled for good.
    Disabled,
}

impl Rung {
    /// All rungs, upwards.
    pub const ALL: [Self; 5] = [Self::Warning, Self::ShortBlock, Self::LongBlock, Self::Lock, Self::Disabled];

    /// Its name for programs, and in the ids of its texts with dashes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::ShortBlock => "short_block",
            Self::LongBlock => "long_block",
            Self::Lock => "lock",
            Self::Disabled => "disabled",
        }
    }

    /// The highest rung that findings tell of. A restriction without any sign of its length stands on none.
    pub fn of(findings: &[Finding], now: Timestamp) -> Option<Self> {
        findings.iter().filter_map(|finding| Self::of_one(finding, now)).max()
    }

    fn of_one(finding: &Finding, now: Timestamp) -> Option<Self> {
        match &finding.cause {
            Cause::Violation(_) => Some(Self::Warning),
            Cause::Locked => Some(Self::Lock),
            Cause::Disabled | Cause::DisableScheduled => Some(Self::Disabled),
            Cause::Announced(RestrictionKind::BusinessInitiatedMessaging | RestrictionKind::AddPhoneNumber) => {
                let moment = |day: Date| day.to_zoned(TimeZone::UTC).ok().map(|day| day.timestamp());
                let slack = if finding.days == Days::default() { 1 } else { 24 };
                let since = finding.days.since.and_then(moment).or(finding.since).unwrap_or(now);
                match finding.until.or_else(|| finding.last_day(now).and_then(moment)) {
                    // What is left is longer than any short block; a day that was named may be off by its hours.
                    Some(end) if end.duration_since(since).as_hours() > 3 * 24 + slack => Some(Self::LongBlock),
                    Some(_) if finding.affects == super::Affects::Messages => Some(Self::LongBlock),
                    Some(_) => Some(Self::ShortBlock),
                    None => None,
                }
            }
            Cause::Announced(RestrictionKind::CustomerInitiatedMessaging) => Some(Self::LongBlock),
            _ => None,
        }
    }
}
