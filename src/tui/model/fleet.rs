//! Every account that is known, how the asking for them stands, and what follows from them.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use jiff::Timestamp;

use super::remote::Generation;
use crate::{
    domain::{
        Account, PortfolioId, WabaId,
        account::{DiscoveryPath, FoundBy, OnboardingStatus},
    },
    graph::{Usage, token::TokenInfo},
    ops::{
        Problem,
        fleet::{FleetSummary, FleetUpdate},
        sign_in::{self, Permission},
    },
};

/// After how many seconds the screen says how long it has been asking.
const SLOW: i64 = 10;

/// Every how many seconds it says so anew.
const SLOW_STEP: i64 = 5;

/// A way to find accounts that could not see what it might have seen.
#[derive(Debug, Clone)]
pub struct BlindSpot {
    /// The way.
    pub path: DiscoveryPath,
    /// Whose list it was, where it was a portfolio's.
    pub portfolio: Option<PortfolioId>,
    /// Which account could not be read, where it was a single one.
    pub account: Option<WabaId>,
    /// Why.
    pub problem: Problem,
}

/// The accounts, by id and in the order in which they were first seen.
#[derive(Debug, Default)]
pub struct Fleet {
    accounts: Vec<Arc<Account>>,
    places: HashMap<WabaId, usize>,
    /// Which places were seen in this asking.
    seen: Vec<bool>,
    changed: bool,
    generation: Generation,
    /// Since when an answer is awaited.
    pub loading_since: Option<Timestamp>,
    /// When the last whole answer came.
    pub refreshed: Option<Timestamp>,
    /// Why the last asking failed, until one succeeds.
    pub failure: Option<Problem>,
    /// How many askings have failed one after the other.
    pub failures_in_a_row: u32,
    /// How many requests the last whole answer took.
    pub requests: u64,
    /// What the token is, where Meta told in the last whole answer.
    pub token: Option<TokenInfo>,
    /// How much of Meta's limits is used, and who rests until when.
    pub usage: Vec<Usage>,
    /// The permissions that the token lacks, by the last whole answer.
    pub lacks: Vec<Permission>,
    /// Ways that could not see what they might have, in the last asking.
    pub blind_spots: Vec<BlindSpot>,
    /// Accounts of which webhooks told and that were asked for because none of the ways had found them.
    pub strangers: HashSet<WabaId>,
}

impl Fleet {
    /// Asks anew. Returns the generation that the answers have to carry.
    pub fn ask(&mut self, now: Timestamp) -> Generation {
        self.generation = self.generation.next();
        self.loading_since = Some(now);
        self.seen.clear();
        self.blind_spots.clear();
        self.generation
    }

    /// For how many seconds it has been asking, once that is longer than anybody expects; told in steps, so that the screen
    /// is drawn seldom meanwhile.
    pub fn slow_for(&self, now: Timestamp) -> Option<i64> {
        let seconds = now.as_second() - self.loading_since?.as_second();
        (seconds >= SLOW).then_some(seconds - seconds % SLOW_STEP)
    }

    /// When [`Fleet::slow_for`] says something else.
    pub fn next_slow(&self, now: Timestamp) -> Option<Timestamp> {
        let since = self.loading_since?.as_second();
        let seconds = (now.as_second() - since).max(0);
        let next = if seconds < SLOW { SLOW } else { seconds - seconds % SLOW_STEP + SLOW_STEP };
        Timestamp::from_second(since + next).ok()
    }

    /// Whether answers of this generation are still wanted.
    pub fn wants(&self, generation: Generation) -> bool {
        self.generation == generation && self.loading_since.is_some()
    }

    /// Takes what arrived. What is late is dropped; says whether it was taken.
    pub fn take(&mut self, generation: Generation, update: FleetUpdate) -> bool {
        if !self.wants(generation) {
            return false;
        }
        match update {
            FleetUpdate::Rows(rows) => rows.into_iter().for_each(|account| self.take_row(account)),
            FleetUpdate::AlsoFound(also) => also.into_iter().for_each(|(id, found_by)| self.also_found(&id, found_by)),
            FleetUpdate::PathFailed { path, portfolio, account, error } => {
                self.blind_spots.push(BlindSpot { path, portfolio, account, problem: *error });
            }
            FleetUpdate::Usage(usage) => self.usage = usage,
        }
        true
    }

    fn take_row(&mut self, mut account: Account) {
        if let Some(place) = self.places.get(&account.id).copied()
            && self.saw(place)
            && let Some(known) = self.accounts.get(place)
        {
            // Another way to the same account, or more of it (R1): it stands once and knows both ways.
            account.found_by = account.found_by.union(known.found_by);
        }
        let place = self.put(account);
        if self.seen.len() <= place {
            self.seen.resize(self.accounts.len().max(place + 1), false);
        }
        if let Some(seen) = self.seen.get_mut(place) {
            *seen = true;
        }
    }

    fn saw(&self, place: usize) -> bool {
        self.seen.get(place).copied().unwrap_or(false)
    }

    /// Whether anything about the accounts changed since this was last asked.
    pub fn take_change(&mut self) -> bool {
        std::mem::take(&mut self.changed)
    }

    fn also_found(&mut self, id: &WabaId, found_by: FoundBy) {
        if let Some(known) = self.get(id) {
            let found_by = known.found_by.union(found_by);
            let account = Account { found_by, ..known.as_ref().clone() };
            self.put(account);
        }
    }

    /// Replaces one account, or adds it. One that did not change stays where it is in memory and is only fresher: a refresh of
    /// thousands would otherwise leave holes of their size behind.
    /// Gives its place.
    pub fn put(&mut self, mut account: Account) -> usize {
        let place = self.places.get(&account.id).copied().unwrap_or(self.accounts.len());
        match self.accounts.get_mut(place) {
            Some(known) => {
                let refreshed = account.refreshed;
                let known_at = known.refreshed;
                if let Some(same) = Arc::get_mut(known) {
                    same.refreshed = refreshed;
                    if *same == account {
                        return place;
                    }
                    same.refreshed = known_at;
                }
                account.shrink();
                *known = Arc::new(account);
            }
            None => {
                account.shrink();
                self.places.insert(account.id.clone(), place);
                self.accounts.push(Arc::new(account));
            }
        }
        self.changed = true;
        place
    }

    /// Ends an asking. What was known stays after a failure; after a whole success, what was not seen again is gone.
    pub fn finish(&mut self, generation: Generation, result: Result<FleetSummary, Problem>, now: Timestamp) -> bool {
        if !self.wants(generation) {
            return false;
        }
        self.loading_since = None;
        match result {
            Ok(summary) => {
                self.failure = None;
                self.failures_in_a_row = 0;
                self.requests = summary.requests;
                self.lacks = summary.token.as_ref().map(sign_in::lacking).unwrap_or_default();
                self.token = summary.token;
                self.refreshed = Some(now);
                // A way that failed may have been the only one to an account: then nothing is taken away.
                if self.blind_spots.is_empty() {
                    let mut seen = std::mem::take(&mut self.seen).into_iter();
                    self.accounts.retain(|_| seen.next().unwrap_or(false));
                    self.places = self.accounts.iter().enumerate().map(|(place, account)| (account.id.clone(), place)).collect();
                }
            }
            Err(problem) => {
                self.failure = Some(problem);
                self.failures_in_a_row = self.failures_in_a_row.saturating_add(1);
            }
        }
        self.seen = Vec::new();
        true
    }

    /// Forgets everything, for another token.
    pub fn clear(&mut self) {
        *self = Self { generation: self.generation.next(), ..Self::default() };
    }

    /// The account with this id.
    pub fn get(&self, id: &WabaId) -> Option<&Arc<Account>> {
        self.places.get(id).and_then(|place| self.accounts.get(*place))
    }

    /// The account at this place of [`Fleet::all`].
    pub fn at(&self, place: u32) -> Option<&Arc<Account>> {
        self.accounts.get(place as usize)
    }

    /// All accounts.
    pub fn all(&self) -> &[Arc<Account>] {
        &self.accounts
    }

    /// The limit that is used most, in percent.
    pub fn highest_usage(&self) -> u32 {
        self.usage.iter().map(|usage| usage.percent).max().unwrap_or(0)
    }

    /// Until when calls rest, while some do: the last to come back.
    pub fn resting_until(&self, now: Timestamp) -> Option<Timestamp> {
        self.usage.iter().filter_map(|usage| usage.resting_until).filter(|until| *until > now).max()
    }

    /// How many accounts are on.
    pub fn onboarded(&self) -> usize {
        self.accounts.iter().filter(|account| account.onboarding == OnboardingStatus::Onboarded).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::testing::{now, problem, summary};

    fn account(id: &str, path: DiscoveryPath) -> Account {
        Account { id: id.into(), onboarding: OnboardingStatus::Eligible, found_by: FoundBy::one(path), ..Account::default() }
    }

    #[test]
    fn an_account_that_did_not_change_stays_in_place_and_is_fresher() {
        let mut fleet = Fleet::default();
        fleet.put(account("1", DiscoveryPath::Owned));
        let place = Arc::as_ptr(fleet.get(&"1".into()).unwrap());
        fleet.put(Account { refreshed: Some(now()), ..account("1", DiscoveryPath::Owned) });
        let known = fleet.get(&"1".into()).unwrap();
        assert_eq!((Arc::as_ptr(known), known.refreshed), (place, Some(now())));
        let mut moved = account("1", DiscoveryPath::Owned);
        moved.country = Some("DE".into());
        fleet.put(moved);
        assert_eq!(fleet.get(&"1".into()).unwrap().country.as_deref(), Some("DE"));
    }

    fn owned(ids: &[&str]) -> FleetUpdate {
        FleetUpdate::Rows(ids.iter().map(|id| account(id, DiscoveryPath::Owned)).collect())
    }

    #[test]
    fn r1_an_account_found_twice_stands_once_and_knows_both_ways() {
        let mut fleet = Fleet::default();
        let generation = fleet.ask(now());
        fleet.take(generation, owned(&["1"]));
        fleet.take(generation, FleetUpdate::Rows(vec![account("1", DiscoveryPath::Client), account("2", DiscoveryPath::Client)]));
        fleet.take(generation, FleetUpdate::AlsoFound(vec![("1".into(), FoundBy::one(DiscoveryPath::Granted))]));
        assert_eq!(fleet.all().len(), 2);
        let found_by = fleet.get(&"1".into()).unwrap().found_by;
        for path in [DiscoveryPath::Owned, DiscoveryPath::Client, DiscoveryPath::Granted] {
            assert!(found_by.contains(path), "{path:?}");
        }
    }

    #[test]
    fn late_rows_are_dropped() {
        let mut fleet = Fleet::default();
        let old = fleet.ask(now());
        let new = fleet.ask(now());
        assert!(!fleet.take(old, owned(&["1"])));
        assert!(fleet.take(new, owned(&["2"])));
        assert_eq!(fleet.all().len(), 1);
    }

    #[test]
    fn a_failure_keeps_what_was_known() {
        let mut fleet = Fleet::default();
        let generation = fleet.ask(now());
        fleet.take(generation, owned(&["1"]));
        fleet.finish(generation, Ok(summary()), now());
        let generation = fleet.ask(now());
        fleet.finish(generation, Err(problem("no network")), now());
        assert_eq!(fleet.all().len(), 1);
        assert!(fleet.failure.is_some());
    }

    #[test]
    fn an_account_that_is_gone_leaves_only_after_a_whole_success() {
        let mut fleet = Fleet::default();
        let generation = fleet.ask(now());
        fleet.take(generation, owned(&["1", "2"]));
        fleet.finish(generation, Ok(summary()), now());
        let generation = fleet.ask(now());
        fleet.take(generation, owned(&["2"]));
        assert_eq!(fleet.all().len(), 2, "still there while loading");
        fleet.finish(generation, Ok(summary()), now());
        assert_eq!(fleet.all().len(), 1);
        assert!(fleet.get(&"2".into()).is_some());
    }

    #[test]
    fn a_way_that_failed_takes_nothing_away() {
        let mut fleet = Fleet::default();
        let generation = fleet.ask(now());
        fleet.take(generation, owned(&["1", "2"]));
        fleet.finish(generation, Ok(summary()), now());
        let generation = fleet.ask(now());
        let error = Box::new(problem("no access to client accounts"));
        fleet.take(generation, FleetUpdate::PathFailed { path: DiscoveryPath::Client, portfolio: None, account: None, error });
        fleet.take(generation, owned(&["2"]));
        fleet.finish(generation, Ok(summary()), now());
        assert_eq!(fleet.all().len(), 2);
        assert_eq!(fleet.blind_spots.len(), 1);
    }
}
