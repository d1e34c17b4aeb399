//! The state of the accounts screen: which rows in which order, and which of them is selected.

use std::cmp::Ordering;

use jiff::Timestamp;
use nucleo_matcher::{
    Config, Matcher, Utf32Str,
    pattern::{CaseMatching, Normalization, Pattern},
};

use super::fleet::Fleet;
use crate::{
    domain::{Account, WabaId},
    i18n::Texts,
    tui::widget::input::TextField,
    wording,
};

/// What the table is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SortBy {
    /// Worst first (R1).
    #[default]
    Attention,
    /// Name.
    Name,
    /// Health, blocked first.
    Health,
    /// Quality, red first.
    Quality,
    /// Portfolio.
    Portfolio,
    /// Country.
    Country,
    /// Count of numbers, most first.
    Numbers,
}

impl SortBy {
    const ALL: [Self; 7] =
        [Self::Attention, Self::Name, Self::Health, Self::Quality, Self::Portfolio, Self::Country, Self::Numbers];

    /// The next one, round and round.
    #[must_use]
    pub fn next(self) -> Self {
        let place = Self::ALL.iter().position(|known| *known == self).unwrap_or(0);
        Self::ALL.get(place + 1).copied().unwrap_or_default()
    }

    /// The id of its name among the texts.
    pub fn text_id(self) -> &'static str {
        match self {
            Self::Attention => "accounts-sort-attention",
            Self::Name => "accounts-column-name",
            Self::Health => "accounts-column-health",
            Self::Quality => "accounts-column-quality",
            Self::Portfolio => "accounts-column-portfolio",
            Self::Country => "accounts-column-country",
            Self::Numbers => "accounts-column-numbers",
        }
    }

    fn compare(self, a: &Account, b: &Account, now: Timestamp) -> Ordering {
        let portfolio = |account: &Account| account.portfolio.as_ref().map(|portfolio| portfolio.name.to_lowercase());
        let order = match self {
            Self::Attention => a.attention(now).cmp(&b.attention(now)),
            Self::Name => Ordering::Equal,
            Self::Health => wording::health_rank(a).cmp(&wording::health_rank(b)),
            Self::Quality => wording::quality_rank(a).cmp(&wording::quality_rank(b)),
            Self::Portfolio => portfolio(a).cmp(&portfolio(b)),
            Self::Country => a.country.cmp(&b.country),
            Self::Numbers => b.numbers.len().cmp(&a.numbers.len()),
        };
        order.then_with(|| a.name.to_lowercase().cmp(&b.name.to_lowercase())).then_with(|| a.id.cmp(&b.id))
    }
}

/// The accounts screen.
#[derive(Debug, Default)]
pub struct AccountsState {
    /// The selected account. By id, so that a refresh never moves it to a neighbour.
    pub selected: Option<WabaId>,
    /// Whether the selection was made by the person; until then it stays on the first row while rows arrive.
    pub chosen: bool,
    /// First row of the table that is shown.
    pub offset: usize,
    /// Sorted by.
    pub sort: SortBy,
    /// Whether the order is turned around.
    pub reversed: bool,
    /// What the table is filtered by.
    pub filter: TextField,
    /// Whether the filter has the keys.
    pub filtering: bool,
    /// Places in the fleet of the rows that are shown, in order.
    pub order: Vec<u32>,
    /// How many rows the table shows at once, as last laid out.
    pub page: usize,
}

impl AccountsState {
    /// Works the order out anew. The selection stays on its account; when that is gone, it goes to the first row.
    pub fn settle(&mut self, fleet: &Fleet, texts: &Texts, now: Timestamp) {
        let wanted = self.filter.text().trim();
        let pattern = (!wanted.is_empty()).then(|| Pattern::parse(wanted, CaseMatching::Ignore, Normalization::Smart));
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut buffer = Vec::new();
        let mut rows: Vec<(u32, &Account)> = Vec::with_capacity(fleet.all().len());
        for (place, account) in (0_u32..).zip(fleet.all()) {
            let shown = pattern.as_ref().is_none_or(|pattern| {
                pattern.score(Utf32Str::new(&haystack(account, texts), &mut buffer), &mut matcher).is_some()
            });
            if shown {
                rows.push((place, account.as_ref()));
            }
        }
        let (sort, reversed) = (self.sort, self.reversed);
        rows.sort_by(|(_, a), (_, b)| {
            let order = sort.compare(a, b, now);
            if reversed { order.reverse() } else { order }
        });
        self.order.clear();
        self.order.extend(rows.iter().map(|(place, _)| *place));
        let gone = self.selected.as_ref().is_none_or(|id| self.row_of(id, fleet).is_none());
        let still_arriving = fleet.refreshed.is_none();
        if (still_arriving && !self.chosen) || self.selected.is_none() || (gone && fleet.loading_since.is_none()) {
            self.selected = rows.first().map(|(_, account)| account.id.clone());
        }
    }

    /// The row of an account, counted from the first row that is shown.
    pub fn row_of(&self, id: &WabaId, fleet: &Fleet) -> Option<usize> {
        self.order.iter().position(|place| fleet.at(*place).is_some_and(|account| account.id == *id))
    }

    /// Moves the selection by so many rows, as far as there are rows.
    pub fn move_by(&mut self, fleet: &Fleet, rows: i64) {
        let last = self.order.len().saturating_sub(1);
        let current = self.selected.as_ref().and_then(|id| self.row_of(id, fleet));
        let target = match current {
            Some(row) => usize::try_from(i64::try_from(row).unwrap_or(0).saturating_add(rows).max(0)).unwrap_or(0).min(last),
            None => 0,
        };
        if let Some(account) = self.order.get(target).and_then(|place| fleet.at(*place)) {
            self.selected = Some(account.id.clone());
            self.chosen = true;
        }
    }
}

/// What the filter looks at: all that a person might type to find this account.
fn haystack(account: &Account, texts: &Texts) -> String {
    let mut text = format!("{} {} {}", account.name, account.id, wording::status_short(texts, &account.onboarding));
    if let Some(portfolio) = &account.portfolio {
        text.push(' ');
        text.push_str(&portfolio.name);
    }
    if let Some(country) = &account.country {
        text.push(' ');
        text.push_str(country);
    }
    for number in &account.numbers {
        text.push(' ');
        text.push_str(&number.display);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::account::OnboardingStatus,
        i18n::Language,
        ops::fleet::FleetUpdate,
        tui::testing::{now, summary},
    };

    fn fleet(accounts: &[(&str, &str, OnboardingStatus)]) -> Fleet {
        let mut fleet = Fleet::default();
        let generation = fleet.ask(now());
        let rows = accounts.iter().map(|(id, name, status)| Account {
            id: (*id).into(),
            name: (*name).into(),
            onboarding: status.clone(),
            ..Account::default()
        });
        fleet.take(generation, FleetUpdate::Rows(rows.collect()));
        fleet.finish(generation, Ok(summary()), now());
        fleet
    }

    fn names(state: &AccountsState, fleet: &Fleet) -> Vec<String> {
        state.order.iter().map(|place| fleet.at(*place).unwrap().name.to_string()).collect()
    }

    fn settled(fleet: &Fleet, change: impl FnOnce(&mut AccountsState)) -> AccountsState {
        let mut state = AccountsState::default();
        change(&mut state);
        state.settle(fleet, &Texts::new(Language::English), now());
        state
    }

    fn three() -> Fleet {
        fleet(&[
            ("1", "Alpha", OnboardingStatus::Onboarded),
            ("2", "Beta", OnboardingStatus::IneligibleInactiveOrRestricted),
            ("3", "Gamma", OnboardingStatus::Eligible),
        ])
    }

    #[test]
    fn r1_the_worst_account_stands_first() {
        let fleet = three();
        assert_eq!(names(&settled(&fleet, |_| ()), &fleet), ["Beta", "Gamma", "Alpha"]);
    }

    #[test]
    fn the_order_can_be_turned_around_and_changed() {
        let fleet = three();
        assert_eq!(names(&settled(&fleet, |state| state.sort = SortBy::Name), &fleet), ["Alpha", "Beta", "Gamma"]);
        let reversed = settled(&fleet, |state| (state.sort, state.reversed) = (SortBy::Name, true));
        assert_eq!(names(&reversed, &fleet), ["Gamma", "Beta", "Alpha"]);
    }

    #[test]
    fn the_filter_is_fuzzy_and_sees_words_of_the_status() {
        let fleet = three();
        assert_eq!(names(&settled(&fleet, |state| state.filter.paste("gmm")), &fleet), ["Gamma"]);
        assert_eq!(names(&settled(&fleet, |state| state.filter.paste("restricted")), &fleet), ["Beta"]);
        assert!(names(&settled(&fleet, |state| state.filter.paste("zzz")), &fleet).is_empty());
    }

    #[test]
    fn a_refresh_never_moves_the_selection_to_a_neighbour() {
        let mut fleet = three();
        let texts = Texts::new(Language::English);
        let mut state = settled(&fleet, |state| state.selected = Some("3".into()));
        let mut restricted = Account::clone(fleet.get(&"1".into()).unwrap());
        restricted.onboarding = OnboardingStatus::IneligibleInactiveOrRestricted;
        fleet.put(restricted);
        state.settle(&fleet, &texts, now());
        assert_eq!(state.selected, Some("3".into()));
        assert_eq!(names(&state, &fleet), ["Alpha", "Beta", "Gamma"]);
    }

    #[test]
    fn until_somebody_chooses_the_worst_row_so_far_is_selected() {
        let texts = Texts::new(Language::English);
        let (mut fleet, mut state) = (Fleet::default(), AccountsState::default());
        let generation = fleet.ask(now());
        for (id, status) in [("1", OnboardingStatus::Onboarded), ("2", OnboardingStatus::IneligibleInactiveOrRestricted)] {
            fleet.take(generation, FleetUpdate::Rows(vec![Account { id: id.into(), onboarding: status, ..Account::default() }]));
            state.settle(&fleet, &texts, now());
            assert_eq!(state.selected, Some(id.into()));
        }
        state.move_by(&fleet, 1);
        fleet.take(generation, FleetUpdate::Rows(vec![Account { id: "0".into(), ..Account::default() }]));
        state.settle(&fleet, &texts, now());
        assert_eq!(state.selected, Some("1".into()));
    }

    #[test]
    fn moving_stops_at_both_ends() {
        let fleet = three();
        let mut state = settled(&fleet, |_| ());
        state.move_by(&fleet, -1);
        assert_eq!(state.selected, Some("2".into()));
        state.move_by(&fleet, i64::MAX);
        assert_eq!(state.selected, Some("1".into()));
    }

    #[test]
    fn every_order_leads_back_to_worst_first() {
        let mut sort = SortBy::default();
        for _ in SortBy::ALL {
            sort = sort.next();
        }
        assert_eq!(sort, SortBy::Attention);
    }
}
