//! What many accounts say alike is kept once: the portfolio that owns thousands of them, Meta's sentences about health.
//!
//! Knows nothing of requests; lives as long as one search.

use std::{collections::HashSet, hash::Hash, sync::Arc};

use crate::domain::{
    Account,
    account::{Portfolio, Traits},
    health::{EntityState, Health},
    number::Standing,
};

/// What was met so far.
#[derive(Debug, Default)]
pub(super) struct Alike {
    portfolios: HashSet<Arc<Portfolio>>,
    traits: HashSet<Arc<Traits>>,
    standings: HashSet<Arc<Standing>>,
    states: HashSet<Arc<EntityState>>,
}

impl Alike {
    /// Lets the account share what another one said before.
    pub(super) fn share(&mut self, account: &mut Account) {
        if let Some(portfolio) = &mut account.portfolio {
            share(&mut self.portfolios, portfolio);
        }
        share(&mut self.traits, &mut account.traits);
        for number in &mut account.numbers {
            share(&mut self.standings, &mut number.standing);
        }
        let of_numbers = account.numbers.iter_mut().filter_map(|number| number.health.as_deref_mut());
        for health in account.health.iter_mut().chain(of_numbers) {
            self.share_health(health);
        }
    }

    fn share_health(&mut self, health: &mut Health) {
        for entity in &mut health.entities {
            share(&mut self.states, &mut entity.state);
        }
    }
}

fn share<T: Eq + Hash>(known: &mut HashSet<Arc<T>>, one: &mut Arc<T>) {
    match known.get(one) {
        Some(before) => *one = Arc::clone(before),
        None => {
            known.insert(Arc::clone(one));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        account::{OnboardingStatus, TermsStatus},
        fixtures,
        health::{CanSend, EntityKind},
    };

    #[test]
    fn accounts_share_what_they_say_alike_and_keep_what_is_their_own() {
        let account = |id: &str, code| {
            let account = fixtures::owned(fixtures::account(id, OnboardingStatus::Eligible), "9", TermsStatus::Signed);
            fixtures::with_health(account, fixtures::entity(EntityKind::Waba, CanSend::Blocked, &[code]))
        };
        let (mut first, mut second, mut third) = (account("1", 141_006), account("2", 141_006), account("3", 141_010));
        let told = [first.clone(), second.clone(), third.clone()];
        let mut alike = Alike::default();
        [&mut first, &mut second, &mut third].into_iter().for_each(|account| alike.share(account));
        assert_eq!([&first, &second, &third], told.each_ref(), "what they say is the same as before");
        let state = |account: &Account| Arc::clone(&account.health.as_ref().unwrap().entities[0].state);
        assert!(Arc::ptr_eq(&state(&first), &state(&second)) && !Arc::ptr_eq(&state(&first), &state(&third)));
        assert!(Arc::ptr_eq(&first.traits, &third.traits));
        assert!(Arc::ptr_eq(&first.numbers[0].standing, &third.numbers[0].standing));
        assert!(Arc::ptr_eq(first.portfolio.as_ref().unwrap(), third.portfolio.as_ref().unwrap()));
    }
}
