//! Whether Meta restricted an account (R22), on what evidence, and until when.

use compact_str::CompactString;
use jiff::Timestamp;

use super::{
    account::{Account, OnboardingStatus, Restriction, RestrictionKind},
    graph_error::ErrorClass,
    health::{CanSend, EntityKind},
};

#[cfg(test)]
mod tests;
mod words;

pub use words::{Days, Told};

/// What shows that an account is restricted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evidence {
    /// Its onboarding status says `INELIGIBLE_INACTIVE_OR_RESTRICTED`.
    Status,
    /// The account or its business is blocked by an error of the class *restricted*.
    Health {
        /// Which entity.
        entity: EntityKind,
        /// Its id.
        id: CompactString,
        /// The error's code.
        code: i64,
        /// Meta's words.
        description: String,
        /// Meta's advice.
        solution: String,
    },
    /// Meta announced it (`ACCOUNT_RESTRICTION`), and it has not ended.
    Announced(Restriction),
}

/// Why an account counts as restricted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestrictionCause {
    /// All there is, at least one: announced first (it says what and until when), then health, then status.
    pub evidence: Vec<Evidence>,
    /// When the last announced restriction ends; `None` when Meta named no end.
    pub ends: Option<Timestamp>,
    /// What Meta's own sentence tells, where nothing was announced.
    pub told: Told,
}

impl RestrictionKind {
    /// Whether it is about calls only.
    ///
    /// Such a restriction does not make an account ineligible here: it leaves messages alone, and R22 keeps calling
    /// apart. Of kinds that Meta adds later, those that name calls count as such, all others as about messages.
    pub fn is_about_calls(&self) -> bool {
        match self {
            Self::BusinessInitiatedCalling | Self::UserInitiatedCalling | Self::BothCalling | Self::CallButtonHidden => true,
            Self::Unknown(value) => value.to_ascii_uppercase().contains("CALL"),
            _ => false,
        }
    }

    /// Whether it keeps marketing templates from being sent.
    pub fn stops_marketing(&self) -> bool {
        *self == Self::BusinessInitiatedMessaging
    }
}

impl Restriction {
    /// Whether it still holds. One without an end holds until Meta takes it back.
    pub fn holds(&self, now: Timestamp) -> bool {
        self.expires.is_none_or(|end| end > now)
    }
}

impl Account {
    /// Why the account is restricted by Meta, if it is (R22).
    ///
    /// Three things count: the status `INELIGIBLE_INACTIVE_OR_RESTRICTED`; its own or its business's health, when
    /// blocked for messages by an error of the class *restricted*; an announced restriction that still holds and is
    /// not about calls. Country, payment, verification, on-behalf-of and pending states do not.
    pub fn restriction(&self, now: Timestamp) -> Option<RestrictionCause> {
        let mut evidence: Vec<Evidence> =
            self.active_restrictions(now).map(|restriction| Evidence::Announced(restriction.clone())).collect();
        evidence.extend(self.restricting_health());
        if self.onboarding == OnboardingStatus::IneligibleInactiveOrRestricted {
            evidence.push(Evidence::Status);
        }
        let is_announced = matches!(evidence.first(), Some(Evidence::Announced(_)));
        let told = if is_announced { Told::default() } else { self.restriction_in_words() };
        (!evidence.is_empty()).then(|| RestrictionCause { evidence, ends: self.restricted_until(now), told })
    }

    /// Whether it is restricted by Meta at all (R22), without the evidence: thousands are put in order by this.
    pub fn is_restricted(&self, now: Timestamp) -> bool {
        self.onboarding == OnboardingStatus::IneligibleInactiveOrRestricted
            || self.active_restrictions(now).next().is_some()
            || self.restricting_health().next().is_some()
    }

    /// Announced restrictions of messages that still hold.
    pub fn active_restrictions(&self, now: Timestamp) -> impl Iterator<Item = &Restriction> {
        self.restrictions.iter().filter(move |restriction| restriction.holds(now) && !restriction.kind.is_about_calls())
    }

    /// What Meta's sentences in the health tree tell of a restriction; nothing where health shows none.
    pub fn restriction_in_words(&self) -> Told {
        self.restricting_health()
            .filter_map(|evidence| match evidence {
                Evidence::Health { description, solution, .. } => Some(words::read(&description, &solution)),
                _ => None,
            })
            .find(|told| *told != Told::default())
            .unwrap_or_default()
    }

    /// The latest end among them, unless one has none.
    fn restricted_until(&self, now: Timestamp) -> Option<Timestamp> {
        let mut latest = None;
        for restriction in self.active_restrictions(now) {
            latest = latest.max(Some(restriction.expires?));
        }
        latest
    }

    fn restricting_health(&self) -> impl Iterator<Item = Evidence> {
        self.health
            .iter()
            .flat_map(|health| &health.entities)
            .filter(|entity| matches!(entity.kind, EntityKind::Waba | EntityKind::Business))
            .filter(|entity| entity.messaging() == CanSend::Blocked)
            .flat_map(|entity| {
                entity.errors.iter().filter(|error| error.class(&entity.kind) == ErrorClass::Restricted).map(|error| {
                    Evidence::Health {
                        entity: entity.kind.clone(),
                        id: entity.id.clone(),
                        code: error.code,
                        description: error.description.clone(),
                        solution: error.solution.clone(),
                    }
                })
            })
    }
}
