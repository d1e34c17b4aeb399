//! What can be wrong with an account.

use compact_str::CompactString;

use super::super::{account::RestrictionKind, health::EntityKind, number::NumberStatus};

/// What is wrong. The order of declaration goes from causes to what may merely follow from them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// Meta refuses the token.
    TokenRefused,
    /// The token has expired.
    TokenExpired,
    /// The token lacks a permission.
    ScopeMissing(CompactString),
    /// Meta disabled the account.
    Disabled,
    /// Meta locked the account: only an appeal opens it again.
    Locked,
    /// The account was deleted.
    Deleted,
    /// The account was taken off the platform.
    Offboarded,
    /// The account was taken away from this partner or app.
    AccessLost(CompactString),
    /// Meta announced a restriction.
    Announced(RestrictionKind),
    /// The status or health says restricted, and nothing says how.
    Restricted,
    /// Meta's review of the account ended badly.
    ReviewRejected,
    /// The account is restricted after review.
    ReviewRestricted,
    /// Meta will disable the account.
    DisableScheduled,
    /// Meta's review is not over.
    ReviewPending,
    /// Meta put its review off.
    ReviewDeferred,
    /// A health entity is blocked, for a reason of no kind above.
    HealthBlocked {
        /// Which kind of entity.
        entity: EntityKind,
        /// Meta's code, where there is one.
        code: Option<i64>,
    },
    /// No number is known.
    NoNumber,
    /// Meta banned a number.
    NumberBanned,
    /// Meta restricted a number.
    NumberRestricted,
    /// The messaging limit is used up, by Meta's own words.
    LimitReached,
    /// A number is not connected.
    NumberDisconnected,
    /// A number is deleted, moved or unlinked.
    NumberGone(NumberStatus),
    /// A number is not registered yet.
    NumberPending,
    /// Ownership of a number was not proven.
    NumberUnverified,
    /// A number is not on Cloud API.
    NumberNotOnCloudApi(CompactString),
    /// Sending from a number is slowed.
    NumberRateLimited,
    /// A number is flagged for low quality.
    NumberFlagged,
    /// A number has a status that this version does not know.
    NumberStatusUnknown(CompactString),
    /// Paying does not work.
    Payment,
    /// Marketing through Cloud API is switched off, and optimized delivery is not on.
    FallbackForbidden,
    /// No marketing template can be sent.
    NoSendableTemplate,
    /// The country is not supported.
    CountryNotSupported,
    /// The account is owned on behalf of a customer.
    OnBehalfOf,
    /// A number is in use in the WhatsApp Business app.
    UsesBusinessApp,
    /// Not eligible, for a reason that this version does not know.
    Ineligible(CompactString),
    /// Meta is setting optimized delivery up.
    SetupPending,
    /// The business is not verified.
    BusinessUnverified,
    /// The business's verification ended badly.
    VerificationFailed(CompactString),
    /// The business's verification waits for papers of the business.
    VerificationIncomplete(CompactString),
    /// The business is being verified.
    VerificationRunning,
    /// A health entity is limited, for a reason of no kind above.
    HealthLimited {
        /// Which kind of entity.
        entity: EntityKind,
        /// Meta's code, where there is one.
        code: Option<i64>,
    },
    /// Quality of a number is low.
    QualityLow,
    /// Quality of a number fell.
    QualityFalling,
    /// Quality of a number is medium.
    QualityMedium,
    /// The display name was declined.
    NameDeclined,
    /// The display name's approval expired.
    NameExpired,
    /// The display name is being reviewed.
    NameInReview,
    /// The messaging limit is low.
    LimitLow,
    /// The messaging limit was lowered.
    LimitLowered,
    /// Meta reports no messaging limit.
    LimitNotReported,
    /// Templates are disabled.
    TemplatesDisabled,
    /// Templates are paused.
    TemplatesPaused,
    /// Templates were rejected.
    TemplatesRejected,
    /// More templates than allowed, or templates over their limit.
    TemplatesOverLimit,
    /// Meta changed the category of templates.
    TemplatesRecategorised,
    /// Meta holds another category to be right.
    TemplatesMiscategorised,
    /// Templates are close to a pause.
    TemplatesLowQuality,
    /// Templates are being reviewed.
    TemplatesInReview,
    /// Sends fail with a code.
    Failing(i64),
    /// Calls to the Graph API rest.
    CallsResting,
    /// A limit of calls is nearly used up.
    CallsRunningOut(u32),
    /// The token expires soon.
    TokenExpiring,
    /// The token's access to data ends soon.
    DataAccessEnding,
    /// Meta named a violation of a policy.
    Violation(CompactString),
    /// Meta alerts, in a word of its own.
    Alert(CompactString),
    /// Meta gives a status whose meaning is not documented.
    StatusUndocumented(CompactString),
    /// Where the account stands with optimized delivery is not known.
    OnboardingUnknown(CompactString),
    /// No payment method is visible.
    NoFunding,
    /// The terms of optimized delivery have not been accepted.
    TermsNotAccepted,
    /// Something about calls by voice; messages are not affected.
    CallingOff(CompactString),
}

macro_rules! names {
    ($($pattern:pat => $name:literal),+ $(,)?) => {
        impl Cause {
            /// Its name for programs, and in the ids of its texts with dashes.
            pub fn name(&self) -> &'static str {
                match self { $($pattern => $name,)+ }
            }

            /// Every name, in the order of rank.
            pub const NAMES: &'static [&'static str] = &[$($name),+];
        }
    };
}

names! {
    Self::TokenRefused => "token_refused",
    Self::TokenExpired => "token_expired",
    Self::ScopeMissing(_) => "scope_missing",
    Self::Disabled => "account_disabled",
    Self::Locked => "account_locked",
    Self::Deleted => "account_deleted",
    Self::Offboarded => "account_offboarded",
    Self::AccessLost(_) => "access_lost",
    Self::Announced(_) => "restriction_announced",
    Self::Restricted => "account_restricted",
    Self::ReviewRejected => "review_rejected",
    Self::ReviewRestricted => "review_restricted",
    Self::DisableScheduled => "disable_scheduled",
    Self::ReviewPending => "review_pending",
    Self::ReviewDeferred => "review_deferred",
    Self::HealthBlocked { .. } => "health_blocked",
    Self::NoNumber => "no_number",
    Self::NumberBanned => "number_banned",
    Self::NumberRestricted => "number_restricted",
    Self::LimitReached => "limit_reached",
    Self::NumberDisconnected => "number_disconnected",
    Self::NumberGone(_) => "number_gone",
    Self::NumberPending => "number_pending",
    Self::NumberUnverified => "number_unverified",
    Self::NumberNotOnCloudApi(_) => "number_not_on_cloud_api",
    Self::NumberRateLimited => "number_rate_limited",
    Self::NumberFlagged => "number_flagged",
    Self::NumberStatusUnknown(_) => "number_status_unknown",
    Self::Payment => "payment",
    Self::FallbackForbidden => "fallback_forbidden",
    Self::NoSendableTemplate => "no_sendable_template",
    Self::CountryNotSupported => "country_not_supported",
    Self::OnBehalfOf => "on_behalf_of",
    Self::UsesBusinessApp => "uses_business_app",
    Self::Ineligible(_) => "ineligible_unknown",
    Self::SetupPending => "setup_pending",
    Self::BusinessUnverified => "business_unverified",
    Self::VerificationFailed(_) => "verification_failed",
    Self::VerificationIncomplete(_) => "verification_incomplete",
    Self::VerificationRunning => "verification_running",
    Self::HealthLimited { .. } => "health_limited",
    Self::QualityLow => "quality_low",
    Self::QualityFalling => "quality_falling",
    Self::QualityMedium => "quality_medium",
    Self::NameDeclined => "name_declined",
    Self::NameExpired => "name_expired",
    Self::NameInReview => "name_in_review",
    Self::LimitLow => "limit_low",
    Self::LimitLowered => "limit_lowered",
    Self::LimitNotReported => "limit_not_reported",
    Self::TemplatesDisabled => "templates_disabled",
    Self::TemplatesPaused => "templates_paused",
    Self::TemplatesRejected => "templates_rejected",
    Self::TemplatesOverLimit => "templates_over_limit",
    Self::TemplatesRecategorised => "templates_recategorised",
    Self::TemplatesMiscategorised => "templates_miscategorised",
    Self::TemplatesLowQuality => "templates_low_quality",
    Self::TemplatesInReview => "templates_in_review",
    Self::Failing(_) => "sends_failing",
    Self::CallsResting => "calls_resting",
    Self::CallsRunningOut(_) => "calls_running_out",
    Self::TokenExpiring => "token_expiring",
    Self::DataAccessEnding => "data_access_ending",
    Self::Violation(_) => "policy_violation",
    Self::Alert(_) => "meta_alert",
    Self::StatusUndocumented(_) => "status_undocumented",
    Self::OnboardingUnknown(_) => "onboarding_unknown",
    Self::NoFunding => "no_funding",
    Self::TermsNotAccepted => "terms_not_accepted",
    Self::CallingOff(_) => "calling_off",
}

impl Cause {
    /// Where it stands among causes that are equally bad.
    pub(super) fn rank(&self) -> usize {
        Self::NAMES.iter().position(|name| *name == self.name()).unwrap_or(usize::MAX)
    }
}
