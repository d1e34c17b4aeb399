//! What an event is to whoever reads it: one short name for each kind of news, the gravest first. Pure; says nothing in words.
//!
//! The names are for programs as well (`wabadeck watch --on restricted,quality-down`), so they stay as they are.

use super::{ENDED, Event, EventKind};
use crate::domain::{
    account::{OnboardingStatus, ReviewStatus, TermsStatus},
    health::CanSend,
    number::{MessagingLimit, NameStatus, NumberStatus, Quality},
    template::TemplateStatus,
};

/// Whether news is bad, good or neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tone {
    /// Somebody has to look.
    Bad,
    /// Something got better.
    Good,
    /// Something is different.
    Neutral,
}

macro_rules! headlines {
    ($($(#[$meta:meta])* $variant:ident $name:literal $tone:ident;)+) => {
        /// What an event is, the gravest first.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Headline {
            $($(#[$meta])* $variant,)+
        }

        impl Headline {
            /// All of them, the gravest first.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its name for programs.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// Whether it is bad, good or neither.
            pub fn tone(self) -> Tone {
                match self { $(Self::$variant => Tone::$tone,)+ }
            }
        }
    };
}

headlines! {
    /// Meta restricted the account.
    Restricted "restricted" Bad;
    /// Meta disabled the account, or says it will.
    Disabled "disabled" Bad;
    /// Messages no longer leave, or not all.
    Blocked "blocked" Bad;
    /// The account was taken off the platform, or away from this partner or app.
    AccessLost "access-lost" Bad;
    /// Meta names a violation.
    Violation "violation" Bad;
    /// The account is no longer on optimized delivery.
    Offboarded "offboarded" Bad;
    /// The account cannot be upgraded, for another reason than a restriction.
    Ineligible "ineligible" Bad;
    /// A valid payment method is missing.
    PaymentNeeded "payment-needed" Bad;
    /// A number is flagged, limited, restricted, banned or disconnected.
    NumberDown "number-down" Bad;
    /// A number's quality fell.
    QualityDown "quality-down" Bad;
    /// The portfolio's limit fell.
    LimitDown "limit-down" Bad;
    /// A template was disabled.
    TemplateDisabled "template-disabled" Bad;
    /// A template was paused.
    TemplatePaused "template-paused" Bad;
    /// A template was rejected.
    TemplateRejected "template-rejected" Bad;
    /// A template's quality fell.
    TemplateQualityDown "template-quality-down" Bad;
    /// Meta put a template into another category.
    TemplateCategory "template-category" Bad;
    /// A display name was declined or expired.
    NameDeclined "name-declined" Bad;
    /// Meta alerts.
    Alert "alert" Bad;
    /// A message failed.
    MessageFailed "message-failed" Bad;
    /// The account is no longer seen.
    Disappeared "account-gone" Bad;
    /// A number is gone.
    NumberRemoved "number-gone" Bad;
    /// Optimized delivery is on.
    Onboarded "onboarded" Good;
    /// A restriction ended, or the account works again.
    Reinstated "reinstated" Good;
    /// The account was given (back) to this partner or app.
    AccessGiven "access-given" Good;
    /// The portfolio's terms were signed.
    TermsSigned "terms-signed" Good;
    /// Messages leave again.
    Unblocked "unblocked" Good;
    /// A number works again.
    NumberUp "number-up" Good;
    /// A number's quality rose.
    QualityUp "quality-up" Good;
    /// The portfolio's limit rose.
    LimitUp "limit-up" Good;
    /// A template can be sent (again).
    TemplateApproved "template-approved" Good;
    /// A template's quality rose.
    TemplateQualityUp "template-quality-up" Good;
    /// An account is seen for the first time.
    Appeared "account-new" Neutral;
    /// A number came.
    NumberAdded "number-new" Neutral;
    /// Anything else that changed about a template.
    TemplateChanged "template-changed" Neutral;
    /// Anything else that changed.
    Changed "changed" Neutral;
}

impl Headline {
    /// Reads a name as programs write it.
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.trim().to_ascii_lowercase().replace('_', "-");
        Self::ALL.iter().copied().find(|headline| headline.name() == name)
    }
}

impl Event {
    /// What this event is to whoever reads it.
    pub fn headline(&self) -> Headline {
        let (before, after) = (self.before.as_deref().unwrap_or_default(), self.after.as_deref().unwrap_or_default());
        headline(&self.kind, before, after)
    }
}

/// What an event of this kind between these values is; an empty value is one that is not known.
pub fn headline(kind: &EventKind, before: &str, after: &str) -> Headline {
    match kind {
        EventKind::Appeared => Headline::Appeared,
        EventKind::Disappeared => Headline::Disappeared,
        EventKind::Onboarding => onboarding(&OnboardingStatus::from_wire(before), &OnboardingStatus::from_wire(after)),
        EventKind::Terms if TermsStatus::from_wire(after) == TermsStatus::Signed => Headline::TermsSigned,
        EventKind::Review => match (ReviewStatus::from_wire(before), ReviewStatus::from_wire(after)) {
            (_, ReviewStatus::Rejected | ReviewStatus::Restricted) => Headline::Restricted,
            (ReviewStatus::Rejected | ReviewStatus::Restricted, ReviewStatus::Approved) => Headline::Reinstated,
            _ => Headline::Changed,
        },
        EventKind::Restriction if after == ENDED => Headline::Reinstated,
        EventKind::Restriction => Headline::Restricted,
        EventKind::Disabling if after.to_ascii_uppercase().contains("REINSTATE") => Headline::Reinstated,
        EventKind::Disabling => Headline::Disabled,
        EventKind::Violation => Headline::Violation,
        EventKind::Health => match CanSend::from_wire(after) {
            CanSend::Available => Headline::Unblocked,
            CanSend::Limited if CanSend::from_wire(before) == CanSend::Blocked => Headline::Unblocked,
            CanSend::Blocked | CanSend::Limited => Headline::Blocked,
            _ => Headline::Changed,
        },
        EventKind::NumberAdded => Headline::NumberAdded,
        EventKind::NumberRemoved => Headline::NumberRemoved,
        EventKind::NumberStatus => number(&NumberStatus::from_wire(before), &NumberStatus::from_wire(after)),
        EventKind::NumberQuality => {
            by_order(quality_rank(before), quality_rank(after), (Headline::QualityDown, Headline::QualityUp), Headline::Changed)
        }
        EventKind::NumberName => match NameStatus::from_wire(after) {
            NameStatus::Declined | NameStatus::Expired => Headline::NameDeclined,
            _ => Headline::Changed,
        },
        EventKind::Limit => {
            by_order(limit_rank(before), limit_rank(after), (Headline::LimitDown, Headline::LimitUp), Headline::Changed)
        }
        EventKind::TemplateStatus => template(&TemplateStatus::from_wire(after)),
        EventKind::TemplateQuality => by_order(
            quality_rank(before),
            quality_rank(after),
            (Headline::TemplateQualityDown, Headline::TemplateQualityUp),
            Headline::TemplateChanged,
        ),
        EventKind::TemplateCategory => Headline::TemplateCategory,
        // An alert that is over, and the one that says that a badge was granted, are no bad news.
        EventKind::Alert if after == ENDED || after.eq_ignore_ascii_case("OBA_APPROVED") => Headline::Changed,
        EventKind::Alert => Headline::Alert,
        EventKind::Partner => partner(after),
        // Somebody asked to switch two-step verification off: whoever owns the number has to know.
        EventKind::Security if after.eq_ignore_ascii_case("PIN_RESET_REQUEST") => Headline::Alert,
        EventKind::MessageFailed => Headline::MessageFailed,
        _ => Headline::Changed,
    }
}

fn onboarding(before: &OnboardingStatus, after: &OnboardingStatus) -> Headline {
    use OnboardingStatus::{Eligible, IneligibleInactiveOrRestricted, Onboarded, PendingValidPaymentMethod};
    match (before, after) {
        (_, Onboarded) => Headline::Onboarded,
        (_, IneligibleInactiveOrRestricted) => Headline::Restricted,
        (_, PendingValidPaymentMethod) => Headline::PaymentNeeded,
        (Onboarded, _) => Headline::Offboarded,
        (IneligibleInactiveOrRestricted, Eligible) => Headline::Reinstated,
        (_, ineligible) if ineligible.as_wire().to_ascii_uppercase().starts_with("INELIGIBLE") => Headline::Ineligible,
        _ => Headline::Changed,
    }
}

/// Only what takes access away or gives it is news of its own.
fn partner(after: &str) -> Headline {
    match after.to_ascii_uppercase().as_str() {
        "ACCOUNT_OFFBOARDED" | "PARTNER_REMOVED" | "PARTNER_APP_UNINSTALLED" => Headline::AccessLost,
        "ACCOUNT_RECONNECTED" | "PARTNER_ADDED" | "PARTNER_APP_INSTALLED" => Headline::AccessGiven,
        _ => Headline::Changed,
    }
}

fn number(before: &NumberStatus, after: &NumberStatus) -> Headline {
    let is_down = |status: &NumberStatus| {
        matches!(
            status,
            NumberStatus::Flagged
                | NumberStatus::RateLimited
                | NumberStatus::Restricted
                | NumberStatus::Banned
                | NumberStatus::Disconnected
        )
    };
    match (is_down(before), is_down(after)) {
        (_, true) => Headline::NumberDown,
        (true, false) if *after == NumberStatus::Connected => Headline::NumberUp,
        _ => Headline::Changed,
    }
}

fn template(after: &TemplateStatus) -> Headline {
    match after {
        TemplateStatus::Approved => Headline::TemplateApproved,
        TemplateStatus::Disabled => Headline::TemplateDisabled,
        TemplateStatus::Paused => Headline::TemplatePaused,
        TemplateStatus::Rejected => Headline::TemplateRejected,
        _ => Headline::TemplateChanged,
    }
}

/// Down, up, or `other` where one of the two is not known.
fn by_order(before: Option<usize>, after: Option<usize>, (down, up): (Headline, Headline), other: Headline) -> Headline {
    match (before, after) {
        (Some(before), Some(after)) if after < before => down,
        (Some(before), Some(after)) if after > before => up,
        // The lowest is bad wherever it came from.
        (None, Some(0)) => down,
        _ => other,
    }
}

fn quality_rank(value: &str) -> Option<usize> {
    [Quality::Red, Quality::Yellow, Quality::Green].iter().position(|known| *known == Quality::from_wire(value))
}

fn limit_rank(value: &str) -> Option<usize> {
    let limit = MessagingLimit::from_wire(value);
    // The known ones stand from low to high; "not set", the last, has no rank.
    MessagingLimit::KNOWN
        .iter()
        .position(|known| *known == limit)
        .filter(|_| limit != MessagingLimit::NotSet)
        .map(|rank| rank + 1)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(EventKind::Onboarding, "ELIGIBLE", "ONBOARDED", Headline::Onboarded)]
    #[case(EventKind::Onboarding, "ONBOARDED", "INELIGIBLE_INACTIVE_OR_RESTRICTED", Headline::Restricted)]
    #[case(EventKind::Onboarding, "INELIGIBLE_INACTIVE_OR_RESTRICTED", "ELIGIBLE", Headline::Reinstated)]
    #[case(EventKind::Onboarding, "ONBOARDED", "ELIGIBLE", Headline::Offboarded)]
    #[case(EventKind::Onboarding, "ELIGIBLE", "INELIGIBLE_BRAND_NEW_REASON", Headline::Ineligible)]
    #[case(EventKind::Onboarding, "ELIGIBLE", "PENDING_VALID_PAYMENT_METHOD", Headline::PaymentNeeded)]
    #[case(EventKind::Restriction, "", "2026-10-01T00:00:00Z", Headline::Restricted)]
    #[case(EventKind::Restriction, "2026-10-01T00:00:00Z", "ended", Headline::Reinstated)]
    #[case(EventKind::Disabling, "", "REINSTATE", Headline::Reinstated)]
    #[case(EventKind::Disabling, "", "SCHEDULE_FOR_DISABLE", Headline::Disabled)]
    #[case(EventKind::Health, "BLOCKED", "LIMITED", Headline::Unblocked)]
    #[case(EventKind::Health, "AVAILABLE", "LIMITED", Headline::Blocked)]
    #[case(EventKind::NumberQuality, "GREEN", "YELLOW", Headline::QualityDown)]
    #[case(EventKind::NumberQuality, "RED", "GREEN", Headline::QualityUp)]
    #[case(EventKind::NumberQuality, "NA", "GREEN", Headline::Changed)]
    #[case(EventKind::NumberQuality, "UNKNOWN", "RED", Headline::QualityDown)]
    #[case(EventKind::NumberStatus, "CONNECTED", "FLAGGED", Headline::NumberDown)]
    #[case(EventKind::NumberStatus, "FLAGGED", "CONNECTED", Headline::NumberUp)]
    #[case(EventKind::Limit, "TIER_10K", "TIER_1K", Headline::LimitDown)]
    #[case(EventKind::Limit, "TIER_2K", "TIER_UNLIMITED", Headline::LimitUp)]
    #[case(EventKind::Limit, "TIER_NOT_SET", "TIER_250", Headline::Changed)]
    #[case(EventKind::TemplateStatus, "APPROVED", "PAUSED", Headline::TemplatePaused)]
    #[case(EventKind::TemplateStatus, "PAUSED", "APPROVED", Headline::TemplateApproved)]
    #[case(EventKind::TemplateCategory, "UTILITY", "MARKETING", Headline::TemplateCategory)]
    #[case(EventKind::Review, "PENDING", "REJECTED", Headline::Restricted)]
    #[case(EventKind::Terms, "NOT_STARTED", "TERM_OF_SERVICE_SIGNED", Headline::TermsSigned)]
    #[case(EventKind::Partner, "", "ACCOUNT_OFFBOARDED", Headline::AccessLost)]
    #[case(EventKind::Partner, "", "PARTNER_REMOVED", Headline::AccessLost)]
    #[case(EventKind::Partner, "", "ACCOUNT_RECONNECTED", Headline::AccessGiven)]
    #[case(EventKind::Partner, "", "FAILED", Headline::Changed)]
    #[case(EventKind::Alert, "", "OBA_REJECTED", Headline::Alert)]
    #[case(EventKind::Alert, "OBA_REJECTED", "ended", Headline::Changed)]
    #[case(EventKind::Alert, "", "OBA_APPROVED", Headline::Changed)]
    #[case(EventKind::Security, "", "PIN_RESET_REQUEST", Headline::Alert)]
    #[case(EventKind::Security, "", "PIN_CHANGED", Headline::Changed)]
    #[case(EventKind::from_wire("brand_new"), "A", "B", Headline::Changed)]
    fn each_change_is_one_kind_of_news(
        #[case] kind: EventKind,
        #[case] before: &str,
        #[case] after: &str,
        #[case] expected: Headline,
    ) {
        assert_eq!(headline(&kind, before, after), expected);
    }

    #[test]
    fn every_name_is_read_again_and_none_stands_twice() {
        let mut names = std::collections::BTreeSet::new();
        for known in Headline::ALL {
            assert_eq!(Headline::from_name(known.name()), Some(*known));
            assert!(names.insert(known.name()));
        }
        assert_eq!(Headline::from_name("Quality_Down"), Some(Headline::QualityDown));
        assert_eq!(Headline::from_name("quality"), None);
    }

    #[test]
    fn bad_news_stands_before_good_and_good_before_the_rest() {
        let tones: Vec<Tone> = Headline::ALL.iter().map(|headline| headline.tone()).collect();
        let first_good = tones.iter().position(|tone| *tone == Tone::Good).unwrap();
        let first_neutral = tones.iter().position(|tone| *tone == Tone::Neutral).unwrap();
        assert!(tones[..first_good].iter().all(|tone| *tone == Tone::Bad));
        assert!(tones[first_good..first_neutral].iter().all(|tone| *tone == Tone::Good));
        assert!(tones[first_neutral..].iter().all(|tone| *tone == Tone::Neutral));
    }
}
