//! Whether messages leave an account, all in all, from everything that the account itself tells.
//!
//! Health alone does not say it: an account without a number has a tree in which everything is available. The list, its
//! orders, JSON and reports ask here; the diagnosis tells the same at length, and a test holds the two together. What only
//! the history knows is not looked at: thousands of accounts are put in order by this.

use jiff::Timestamp;

use crate::domain::{
    Account, PhoneNumber,
    account::{OnboardingStatus, RestrictionKind, ReviewStatus},
    health::{CanSend, EntityKind},
    number::NumberStatus,
};

impl Account {
    /// Whether messages leave the account: blocked where no template can be sent at all, limited where some cannot or one of
    /// its numbers cannot, else what its health says.
    pub fn can_send(&self, now: Timestamp) -> CanSend {
        let health = self.messaging();
        if health == CanSend::Blocked || self.is_stopped(now, &health) {
            CanSend::Blocked
        } else if health == CanSend::Limited || self.is_hampered(now) {
            CanSend::Limited
        } else {
            health
        }
    }

    /// Whether no number of the account can send. Numbers that could not be asked for may.
    pub fn lacks_usable_number(&self) -> bool {
        !self.numbers_unread && !self.numbers.iter().any(|number| self.lets_out(number))
    }

    fn is_stopped(&self, now: Timestamp, health: &CanSend) -> bool {
        self.onboarding == OnboardingStatus::IneligibleInactiveOrRestricted
            || self.active_restrictions(now).any(|restriction| restriction.kind == RestrictionKind::BusinessInitiatedMessaging)
            || match self.review {
                Some(ReviewStatus::Rejected | ReviewStatus::Restricted) => true,
                // Only an approved account can use the APIs, unless health shows that this one does.
                Some(ReviewStatus::Pending | ReviewStatus::Deferred) => *health != CanSend::Available,
                _ => false,
            }
            || self.lacks_usable_number()
    }

    fn is_hampered(&self, now: Timestamp) -> bool {
        let marketing_has_no_way = self.cloud_api_marketing_disabled == Some(true) && !self.onboarding.terms_accepted();
        marketing_has_no_way
            // Adding a number is not sending.
            || self.active_restrictions(now).any(|restriction| restriction.kind != RestrictionKind::AddPhoneNumber)
            || self.numbers.iter().any(|number| {
                !self.lets_out(number)
                    || matches!(number.status, NumberStatus::Flagged | NumberStatus::RateLimited)
                    || self.health_of(number) == Some(CanSend::Limited)
            })
    }

    fn lets_out(&self, number: &PhoneNumber) -> bool {
        number.is_usable() && self.health_of(number) != Some(CanSend::Blocked)
    }

    /// How the number's own entity fares, where there is one.
    fn health_of(&self, number: &PhoneNumber) -> Option<CanSend> {
        let of_numbers = self.numbers.iter().filter_map(|number| number.health.as_deref());
        let trees = self.health.iter().chain(of_numbers);
        let own = |kind: &EntityKind, id: &str| *kind == EntityKind::PhoneNumber && id == number.id.as_str();
        trees.flat_map(|health| &health.entities).find(|entity| own(&entity.kind, &entity.id)).map(|entity| entity.messaging())
    }
}
