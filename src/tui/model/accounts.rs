//! The state of the accounts screen: which rows in which order, and which of them is selected.

use jiff::Timestamp;

use super::fleet::Fleet;
use crate::{
    domain::{Account, WabaId},
    i18n::Texts,
    listing::Filter,
    tui::widget::input::TextField,
};

pub use crate::listing::SortBy;

/// The accounts screen.
#[derive(Debug, Default)]
pub struct AccountsState {
    /// The selected account. By id, so that a refresh never moves it to a neighbour.
    pub selected: Option<WabaId>,
    /// Whether the selection was made by the person; until then it stays on the first row while rows arrive.
    pub chosen: bool,
    /// Whether the order was worked out with all rows of the first load.
    pub arrived: bool,
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
        let mut rows: Vec<(u32, &Account)> = (0_u32..).zip(fleet.all().iter().map(AsRef::as_ref)).collect();
        Filter::new(self.filter.text()).retain(&mut rows, texts, |(_, account)| account);
        self.sort.sort(self.reversed, now, &mut rows, |(_, account)| account);
        self.order.clear();
        self.order.extend(rows.iter().map(|(place, _)| *place));
        let gone = self.selected.as_ref().is_none_or(|id| self.row_of(id, fleet).is_none());
        // The last rows and the end of the load may have come together, so the end alone does not tell.
        let arriving = !std::mem::replace(&mut self.arrived, fleet.refreshed.is_some());
        if (arriving && !self.chosen) || self.selected.is_none() || (gone && fleet.loading_since.is_none()) {
            self.selected = rows.first().map(|(_, account)| account.id.clone());
        }
    }

    /// The row of an account, counted from the first row that is shown.
    pub fn row_of(&self, id: &WabaId, fleet: &Fleet) -> Option<usize> {
        self.order.iter().position(|place| fleet.at(*place).is_some_and(|account| account.id == *id))
    }

    /// Selects an account that was chosen elsewhere, so that every screen is about the same one. One that the filter hides
    /// takes no selection.
    pub fn choose(&mut self, id: &WabaId) {
        self.selected = Some(id.clone());
        self.chosen = true;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{account::OnboardingStatus, fixtures, number::Quality},
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
            numbers: vec![fixtures::number(Quality::Green)],
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
        let mut state = settled(&fleet, |_| ());
        state.selected = Some("3".into());
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
    fn rows_that_come_together_with_the_end_of_the_load_are_among_those_to_select_from() {
        let texts = Texts::new(Language::English);
        let (mut fleet, mut state) = (Fleet::default(), AccountsState::default());
        let generation = fleet.ask(now());
        fleet.take(generation, FleetUpdate::Rows(vec![Account { id: "1".into(), ..Account::default() }]));
        state.settle(&fleet, &texts, now());
        let onboarding = OnboardingStatus::IneligibleInactiveOrRestricted;
        fleet.take(generation, FleetUpdate::Rows(vec![Account { id: "2".into(), onboarding, ..Account::default() }]));
        fleet.finish(generation, Ok(summary()), now());
        state.settle(&fleet, &texts, now());
        assert_eq!(state.selected, Some("2".into()));
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
}
