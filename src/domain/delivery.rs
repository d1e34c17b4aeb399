//! Which way a message goes: what may be chosen, what is chosen by default, what will happen, what happened.
//!
//! The forecast itself is in [`forecast`]; this file holds the choice (R30–R32, R34) and the path taken (R36).

mod forecast;
mod reason;
#[cfg(test)]
mod tests;

use super::{
    account::{Account, OnboardingStatus},
    open_enum::open_enum,
    template::{Category, Template},
};

pub use forecast::{Forecast, Recipient, Route, Situation, Subject, forecast};
pub use reason::{Lost, Note, Reason, Side};

/// What kind of message, as far as delivery is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MessageKind {
    /// A marketing template: the only kind that can go optimized.
    Marketing,
    /// A utility template.
    Utility,
    /// An authentication template.
    Authentication,
    /// A template of another category, or of one that this version does not know.
    OtherTemplate,
    /// A message without template inside an open 24-hour window.
    Service,
    /// An answer to what a customer just wrote; also without template and inside the window.
    Response,
}

impl MessageKind {
    /// The kind of a template, by its category now.
    pub fn of(template: &Template) -> Self {
        match template.category {
            Category::Marketing => Self::Marketing,
            Category::Utility => Self::Utility,
            Category::Authentication => Self::Authentication,
            Category::FreeService | Category::Unknown(_) => Self::OtherTemplate,
        }
    }

    /// Whether it is a template.
    pub fn is_template(self) -> bool {
        !matches!(self, Self::Service | Self::Response)
    }
}

/// Whether the delivery option is shown at all: for marketing only; for all others it is removed, not greyed (R30).
pub fn option_offered(kind: MessageKind) -> bool {
    kind == MessageKind::Marketing
}

/// Whether the box is checked for a new message: exactly when the account is `ONBOARDED` (R31).
pub fn checked_by_default(account: &Account) -> bool {
    account.onboarding == OnboardingStatus::Onboarded
}

/// `product_policy`: what Meta does when optimized delivery is not available (R34).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ProductPolicy {
    /// Sends through Cloud API.
    #[default]
    CloudApiFallback,
    /// Refuses.
    Strict,
}

impl ProductPolicy {
    /// The spelling on the wire. It is always sent: leaving it out means fallback.
    pub fn as_wire(self) -> &'static str {
        match self {
            Self::CloudApiFallback => "CLOUD_API_FALLBACK",
            Self::Strict => "STRICT",
        }
    }
}

/// What the person chose for one message. A new message has a new one, so that nothing outlives its message (R32).
///
/// The choice survives a change of template: while the template is no marketing one it has no effect, and when a
/// marketing one comes back so does the choice (R30).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DeliveryChoice {
    /// Checked or unchecked by hand; `None` while the box stands as the account has it.
    pub checked: Option<bool>,
    /// What to do when optimized delivery is not available.
    pub policy: ProductPolicy,
    /// `message_activity_sharing` for this message; `None` leaves it to the account's setting.
    pub activity_sharing: Option<bool>,
}

impl DeliveryChoice {
    /// Whether the box is checked; `None` when there is no box (R30).
    pub fn checked(&self, kind: MessageKind, account: &Account) -> Option<bool> {
        option_offered(kind).then(|| self.checked.unwrap_or_else(|| checked_by_default(account)))
    }

    /// The other state of the box, by hand.
    pub fn toggle(&mut self, kind: MessageKind, account: &Account) {
        if let Some(checked) = self.checked(kind, account) {
            self.checked = Some(!checked);
        }
    }

    /// Which endpoint the message is sent to.
    pub fn endpoint(&self, kind: MessageKind, account: &Account) -> Endpoint {
        match self.checked(kind, account) {
            Some(true) => Endpoint::MarketingMessages,
            _ => Endpoint::Messages,
        }
    }
}

/// Where a message is posted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Endpoint {
    /// `/{phone-number-id}/marketing_messages`.
    MarketingMessages,
    /// `/{phone-number-id}/messages`.
    Messages,
}

open_enum! {
    /// `pricing.category` of a status webhook.
    PricingCategory {
        /// Marketing through Cloud API.
        Marketing = "marketing",
        /// Marketing through the Marketing Messages API: optimized.
        MarketingLite = "marketing_lite",
        /// Utility.
        Utility = "utility",
        /// Authentication.
        Authentication = "authentication",
        /// Authentication across borders.
        AuthenticationInternational = "authentication-international",
        /// Service.
        Service = "service",
        /// From a free entry point.
        ReferralConversion = "referral_conversion",
    }
}

/// The way a message took (R36).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum DeliveryPath {
    /// Optimized.
    Optimized,
    /// Through Cloud API.
    CloudApi,
    /// No status webhook has said so yet. Nothing else is ever taken for an answer.
    #[default]
    NotYetKnown,
}

impl DeliveryPath {
    /// The way, by what a status webhook named as `pricing.category`; a category that this version does not know
    /// tells nothing.
    pub fn of_pricing(category: Option<&PricingCategory>) -> Self {
        match category {
            Some(PricingCategory::MarketingLite) => Self::Optimized,
            None | Some(PricingCategory::Unknown(_)) => Self::NotYetKnown,
            Some(_) => Self::CloudApi,
        }
    }

    /// What is known after another webhook: one without pricing (only some carry it) takes nothing back.
    #[must_use]
    pub fn after(self, category: Option<&PricingCategory>) -> Self {
        match Self::of_pricing(category) {
            Self::NotYetKnown => self,
            known => known,
        }
    }
}
