//! What an account's statuses amount to: its class, how much attention it needs, and whose move it is.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{
    PortfolioId,
    account::{Account, OnboardingStatus},
    graph_error::{Actor, ErrorClass},
    health::CanSend,
    number::{CodeVerification, MessagingLimit, NumberStatus, PhoneNumber, Platform, Quality},
};

mod readiness;
#[cfg(test)]
mod tests;

/// Where an account stands with optimized delivery, by what follows from it (R2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StatusClass {
    /// On. Only `ONBOARDED` is.
    On,
    /// Can be upgraded.
    Actionable,
    /// The terms are accepted, paying does not work yet.
    NeedsPayment,
    /// Meta is at work.
    Waiting,
    /// Inactive, or restricted by Meta.
    Restricted,
    /// Not possible as things stand.
    Blocked,
    /// Not sent, or a value that this version does not know.
    Unknown,
}

/// The next step for an account, as its status alone tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NextStep {
    /// Nothing.
    Nothing,
    /// Accept the terms: "Upgrade setting".
    Upgrade,
    /// Add a valid payment method.
    AddPaymentMethod,
    /// Wait for Meta.
    WaitForMeta,
    /// See and appeal the decision in Business Support Home; it then takes 24 to 48 hours.
    Appeal,
    /// Hand the account over to the business that it is for, or invite that business.
    TransferOwnership,
    /// Sort out the number in the WhatsApp Business app.
    SortOutBusinessApp,
    /// There is none: the country is not supported.
    NoneInThisCountry,
    /// Read the account again; this version may be too old for its status.
    ReadAgain,
}

impl NextStep {
    /// Who has to take it.
    pub fn actor(self) -> Actor {
        match self {
            Self::Nothing | Self::NoneInThisCountry => Actor::Nobody,
            Self::Upgrade | Self::AddPaymentMethod | Self::Appeal | Self::TransferOwnership | Self::SortOutBusinessApp => {
                Actor::Admin
            }
            Self::WaitForMeta => Actor::Meta,
            Self::ReadAgain => Actor::Us,
        }
    }
}

impl OnboardingStatus {
    /// What follows from the status. Of values that Meta adds later, `INELIGIBLE_…` counts as blocked and
    /// `PENDING_…` as waiting; nothing unknown ever counts as on or as restricted.
    pub fn class(&self) -> StatusClass {
        match self {
            Self::Onboarded => StatusClass::On,
            Self::Eligible => StatusClass::Actionable,
            Self::PendingValidPaymentMethod => StatusClass::NeedsPayment,
            Self::PendingInternalSetup => StatusClass::Waiting,
            Self::IneligibleInactiveOrRestricted => StatusClass::Restricted,
            Self::IneligibleCountryNotSupported | Self::IneligibleOnBehalfOfWaba | Self::IneligibleUsingWhatsappBusinessApp => {
                StatusClass::Blocked
            }
            Self::Unknown(value) => {
                let value = value.to_ascii_uppercase();
                if value.starts_with("INELIGIBLE_") {
                    StatusClass::Blocked
                } else if value.starts_with("PENDING_") {
                    StatusClass::Waiting
                } else {
                    StatusClass::Unknown
                }
            }
        }
    }

    /// The next step.
    pub fn next_step(&self) -> NextStep {
        match self {
            Self::Onboarded => NextStep::Nothing,
            Self::Eligible => NextStep::Upgrade,
            Self::PendingValidPaymentMethod => NextStep::AddPaymentMethod,
            Self::PendingInternalSetup => NextStep::WaitForMeta,
            Self::IneligibleInactiveOrRestricted => NextStep::Appeal,
            Self::IneligibleCountryNotSupported => NextStep::NoneInThisCountry,
            Self::IneligibleOnBehalfOfWaba => NextStep::TransferOwnership,
            Self::IneligibleUsingWhatsappBusinessApp => NextStep::SortOutBusinessApp,
            Self::Unknown(_) => match self.class() {
                StatusClass::Waiting => NextStep::WaitForMeta,
                _ => NextStep::ReadAgain,
            },
        }
    }

    /// Whether the terms have been accepted for the account, as far as its own status tells.
    pub fn terms_accepted(&self) -> bool {
        matches!(self, Self::Onboarded | Self::PendingValidPaymentMethod | Self::PendingInternalSetup)
    }
}

/// How much attention an account needs, the most first (R1): sorting ascending puts the worst on top.
///
/// What keeps every message back stands above what keeps optimized delivery back only. An account counts under the first
/// that applies, so that an onboarded one with a red number stands above one that merely could be upgraded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Attention {
    /// Meta restricted it (R22), or its status says inactive or restricted.
    Restricted,
    /// Nothing can be sent, because paying does not work.
    BlockedByPayment,
    /// Nothing can be sent, for another reason.
    Blocked,
    /// Nothing can be sent, because it has no number that can.
    NoUsableNumber,
    /// Not eligible, for a reason that somebody can do away with.
    Fixable,
    /// Not eligible, and nobody can change it: the country.
    Unsupported,
    /// Paying does not work; messages still leave.
    Payment,
    /// Messages are limited, or leave from some of its numbers only.
    Limited,
    /// A number has red quality.
    PoorStanding,
    /// Can be upgraded.
    Actionable,
    /// Meta is at work.
    Waiting,
    /// Nothing is known.
    Unknown,
    /// On, and nothing is wrong.
    Well,
}

impl Account {
    /// How much attention the account needs (R1).
    pub fn attention(&self, now: Timestamp) -> Attention {
        let class = self.onboarding.class();
        let can_send = self.can_send(now);
        if self.is_restricted(now) {
            Attention::Restricted
        } else if can_send == CanSend::Blocked {
            if class == StatusClass::NeedsPayment || self.blocked_by_payment() {
                Attention::BlockedByPayment
            } else if self.messaging() != CanSend::Blocked && self.lacks_usable_number() {
                Attention::NoUsableNumber
            } else {
                Attention::Blocked
            }
        } else if self.onboarding == OnboardingStatus::IneligibleCountryNotSupported {
            Attention::Unsupported
        } else if class == StatusClass::Blocked {
            Attention::Fixable
        } else if class == StatusClass::NeedsPayment {
            Attention::Payment
        } else if can_send == CanSend::Limited {
            Attention::Limited
        } else if self.numbers.iter().any(|number| number.quality == Quality::Red) {
            Attention::PoorStanding
        } else {
            match class {
                StatusClass::Actionable => Attention::Actionable,
                StatusClass::Waiting => Attention::Waiting,
                StatusClass::On => Attention::Well,
                _ => Attention::Unknown,
            }
        }
    }

    /// Whether messages leave the account, by its health tree alone; unknown without one. All in all: [`Account::can_send`].
    pub fn messaging(&self) -> CanSend {
        self.health.as_ref().map_or_else(CanSend::default, super::health::Health::messaging)
    }

    /// Whether the account can be upgraded (R10): its terms have yet to be accepted, and nothing else is missing.
    /// A restriction may still keep it from being carried out; the upgrade plan says so.
    pub fn can_upgrade(&self) -> bool {
        self.onboarding.class() == StatusClass::Actionable
    }

    /// The worst quality rating among its numbers; `NotRated` when none is rated, `None` without numbers.
    pub fn worst_quality(&self) -> Option<Quality> {
        self.numbers.iter().map(|number| &number.quality).min_by_key(|quality| quality.badness_rank()).cloned()
    }

    /// The portfolio's messaging limit as the account's numbers repeat it: once, never added up (R4).
    /// Where they differ (one was read from an older answer) the lowest counts.
    pub fn limit(&self) -> Option<MessagingLimit> {
        lowest_limit(self.numbers.iter().map(|number| &number.limit))
    }

    /// Numbers that can send through Meta's cloud now.
    pub fn usable_numbers(&self) -> impl Iterator<Item = &PhoneNumber> {
        self.numbers.iter().filter(|number| number.is_usable())
    }

    fn blocked_by_payment(&self) -> bool {
        self.health.iter().flat_map(|health| &health.entities).any(|entity| {
            entity.messaging() == CanSend::Blocked
                && entity.errors.iter().any(|error| error.class(&entity.kind) == ErrorClass::Payment)
        })
    }
}

/// The messaging limit of each portfolio, once (R4). Accounts without a known portfolio are left out.
pub fn portfolio_limits(accounts: &[Account]) -> BTreeMap<PortfolioId, MessagingLimit> {
    let mut found: BTreeMap<PortfolioId, Vec<MessagingLimit>> = BTreeMap::new();
    for account in accounts {
        if let (Some(portfolio), Some(limit)) = (&account.portfolio, account.limit()) {
            found.entry(portfolio.id.clone()).or_default().push(limit);
        }
    }
    found.into_iter().filter_map(|(portfolio, limits)| Some((portfolio, lowest_limit(limits.iter())?))).collect()
}

/// The lowest limit that is set; `NotSet` or an unknown value only when there is nothing better.
fn lowest_limit<'a>(limits: impl Iterator<Item = &'a MessagingLimit>) -> Option<MessagingLimit> {
    limits
        .filter(|limit| !limit.as_wire().is_empty())
        .min_by_key(|limit| match limit.users() {
            Some(Users::AtMost(users)) => (0, users),
            Some(Users::Unlimited) => (1, 0),
            None => (2, 0),
        })
        .cloned()
}

/// How many people may be written to in 24 hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Users {
    /// At most so many.
    AtMost(u32),
    /// As many as one likes.
    Unlimited,
}

impl MessagingLimit {
    /// Unique users outside service windows in a rolling 24 hours; `None` when not set or not known.
    pub fn users(&self) -> Option<Users> {
        match self {
            Self::Tier50 => Some(Users::AtMost(50)),
            Self::Tier250 => Some(Users::AtMost(250)),
            Self::Tier1k => Some(Users::AtMost(1_000)),
            Self::Tier2k => Some(Users::AtMost(2_000)),
            Self::Tier10k => Some(Users::AtMost(10_000)),
            Self::Tier100k => Some(Users::AtMost(100_000)),
            Self::Unlimited => Some(Users::Unlimited),
            Self::NotSet => None,
            Self::Unknown(value) => {
                // Later tiers keep the spelling: TIER_500, TIER_5K.
                let tier = value.to_ascii_uppercase();
                let number = tier.strip_prefix("TIER_")?;
                let (digits, factor) = match number.strip_suffix('K') {
                    Some(thousands) => (thousands, 1_000),
                    None => (number, 1),
                };
                let users = digits.parse::<u32>().ok()?.checked_mul(factor)?;
                Some(Users::AtMost(users))
            }
        }
    }
}

impl Quality {
    /// Lower is worse; what is not rated comes last.
    fn badness_rank(&self) -> u8 {
        match self {
            Self::Red => 0,
            Self::Yellow => 1,
            Self::Green => 2,
            Self::NotRated | Self::Unknown(_) => 3,
        }
    }
}

/// How a number's status is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NumberClass {
    /// "Active": registered and usable.
    Active,
    /// Usable with care, or soon.
    Attention,
    /// Not usable.
    Down,
    /// Not sent, or not known to this version.
    Unknown,
}

impl NumberStatus {
    /// How the status is meant.
    pub fn class(&self) -> NumberClass {
        match self {
            Self::Connected => NumberClass::Active,
            Self::Pending | Self::Flagged | Self::RateLimited | Self::Linked | Self::Verified | Self::Unverified => {
                NumberClass::Attention
            }
            Self::Restricted | Self::Banned | Self::Disconnected | Self::Deleted | Self::Migrated | Self::Unlinked => {
                NumberClass::Down
            }
            Self::Unknown(_) => NumberClass::Unknown,
        }
    }
}

impl PhoneNumber {
    /// Whether marketing can leave from it: not known to be down, unregistered, unproven or hosted elsewhere.
    pub fn is_usable(&self) -> bool {
        self.is_registered() && !self.is_hosted_elsewhere() && self.status.class() != NumberClass::Down && !self.is_fresh()
    }

    /// Whether nothing speaks against its being registered.
    pub fn is_registered(&self) -> bool {
        !matches!(self.status, NumberStatus::Pending | NumberStatus::Verified | NumberStatus::Unverified)
    }

    /// Whether it is known not to be on Meta's cloud.
    pub fn is_hosted_elsewhere(&self) -> bool {
        matches!(self.platform, Platform::OnPremise | Platform::NotApplicable)
    }

    /// Whether its ownership is not proven, or no longer.
    pub fn is_unproven(&self) -> bool {
        matches!(self.code_verification, CodeVerification::NotVerified | CodeVerification::Expired)
    }

    /// Whether it was never registered, and cannot be: a connected number that once proved its ownership goes on sending.
    pub fn is_fresh(&self) -> bool {
        let untold = matches!(&self.status, NumberStatus::Unknown(sent) if sent.is_empty());
        self.is_unproven() && (untold || self.status == NumberStatus::Linked)
    }
}
