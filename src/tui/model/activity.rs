//! What changed about the accounts, as the activity screen shows it: a window on the history, which stays in the store.

use jiff::{Timestamp, ToSpan};

use super::{Screen, remote::Generation};
use crate::{
    domain::{PortfolioId, WabaId, event::EventKind},
    ops::{Problem, history::News},
    store::{KeptEvent, Place, Query, Window},
    tui::widget::input::TextField,
};

/// Events that one page of the store holds.
pub const PAGE: u32 = 200;

/// Events that are held at most, however far one scrolls; five pages.
const MOST: usize = 1_000;

/// So many rows before its end the window moves on.
const AHEAD: usize = 50;

/// How far back the screen goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Period {
    /// As far as the history goes.
    #[default]
    Everything,
    /// A day.
    Day,
    /// Seven days.
    Week,
    /// Thirty days.
    Month,
}

impl Period {
    /// All of them, the longest first.
    pub const ALL: [Self; 4] = [Self::Everything, Self::Month, Self::Week, Self::Day];

    /// The id of its name among the texts.
    pub fn text_id(self) -> &'static str {
        match self {
            Self::Everything => "activity-period-everything",
            Self::Day => "activity-period-day",
            Self::Week => "activity-period-week",
            Self::Month => "activity-period-month",
        }
    }

    fn since(self, now: Timestamp) -> Option<Timestamp> {
        let days: i64 = match self {
            Self::Everything => return None,
            Self::Day => 1,
            Self::Week => 7,
            Self::Month => 30,
        };
        now.checked_sub((days * 24).hours()).ok()
    }
}

/// What the events can be narrowed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Narrowing {
    /// One account; everybody without one.
    Account(Option<WabaId>),
    /// One kind; every kind without one.
    Kind(Option<EventKind>),
    /// A time.
    Period(Period),
}

/// What is being asked of the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// The newest events, in the place of all that are held.
    Newest,
    /// The oldest ones, in the place of all that are held.
    Oldest,
    /// What comes before the last one held.
    Older,
    /// What came after the first one held.
    Newer,
}

/// The activity screen.
#[derive(Debug, Default)]
pub struct ActivityState {
    /// Only of this account.
    pub account: Option<WabaId>,
    /// Only of this kind.
    pub kind: Option<EventKind>,
    /// How far back.
    pub period: Period,
    /// Only what holds this text.
    pub filter: TextField,
    /// Whether the filter has the keys.
    pub filtering: bool,
    /// The events held, the newest first.
    pub events: Vec<KeptEvent>,
    /// Whether there are newer ones that are not held.
    pub has_newer: bool,
    /// Whether there are older ones that are not held.
    pub has_older: bool,
    /// The chosen event; until somebody chooses, the newest.
    pub selected: Option<Place>,
    /// First event that is shown, by its place among those held.
    pub offset: usize,
    /// How many events the screen shows at once, as last laid out.
    pub page: usize,
    /// Why the history cannot be shown.
    pub failure: Option<Problem>,
    /// Whether the store has answered at least once.
    pub answered: bool,
    /// What happened since the dashboard was last looked at; `None` when nothing did, or it was seen to.
    pub news: Option<News>,
    /// Whether the visit was noted.
    pub visited: bool,
    /// The screen that it was opened from.
    pub from: Option<Screen>,
    generation: Generation,
    asked: Option<Asked>,
    again: Option<Asked>,
}

impl ActivityState {
    /// The index of the chosen event.
    pub fn selected_row(&self) -> usize {
        self.selected.and_then(|place| self.events.iter().position(|kept| kept.place == place)).unwrap_or(0)
    }

    /// The chosen event.
    pub fn selected_event(&self) -> Option<&KeptEvent> {
        self.events.get(self.selected_row())
    }

    /// Whether anything but everything is shown.
    pub fn is_narrowed(&self) -> bool {
        self.account.is_some() || self.kind.is_some() || self.period != Period::Everything || !self.filter.is_empty()
    }

    /// Whether the store is being asked.
    pub fn is_loading(&self) -> bool {
        self.asked.is_some()
    }

    /// What to ask the store: nothing while it is being asked, since one answer at a time is enough to keep it busy.
    pub fn ask(&mut self, wanted: Asked) -> Option<(Generation, Window)> {
        if self.asked.is_some() {
            // What begins anew overtakes what only goes on.
            if matches!(wanted, Asked::Newest | Asked::Oldest) {
                self.again = Some(wanted);
            }
            return None;
        }
        let window = match wanted {
            Asked::Newest => Window::Newest,
            Asked::Oldest => Window::Oldest,
            Asked::Older => Window::OlderThan(self.events.last()?.place),
            Asked::Newer => Window::NewerThan(self.events.first()?.place),
        };
        self.asked = Some(wanted);
        self.generation = self.generation.next();
        Some((self.generation, window))
    }

    /// Takes an answer. Gives what has to be asked next, where something changed meanwhile or more is needed.
    pub fn take(&mut self, generation: Generation, result: Result<Vec<KeptEvent>, Problem>) -> Option<Asked> {
        if generation != self.generation {
            return None;
        }
        let asked = self.asked.take()?;
        self.answered = true;
        let again = self.again.take();
        let mut events = match result {
            Ok(events) => events,
            Err(problem) => {
                self.failure = Some(problem);
                return again;
            }
        };
        self.failure = None;
        if again.is_some() {
            return again;
        }
        let is_full = events.len() >= PAGE as usize;
        match asked {
            Asked::Newest => {
                self.events = events;
                (self.has_newer, self.has_older) = (false, is_full);
                if self.selected.is_none_or(|place| !self.events.iter().any(|kept| kept.place == place)) {
                    self.selected = None;
                }
            }
            Asked::Oldest => {
                self.events = events;
                (self.has_newer, self.has_older) = (is_full, false);
                self.selected = self.events.last().map(|kept| kept.place);
            }
            Asked::Older => {
                self.has_older = is_full;
                self.events.append(&mut events);
                let surplus = self.events.len().saturating_sub(MOST);
                if surplus > 0 {
                    self.events.drain(..surplus);
                    self.offset = self.offset.saturating_sub(surplus);
                    self.has_newer = true;
                }
            }
            Asked::Newer => {
                self.has_newer = is_full;
                self.offset += events.len();
                events.append(&mut self.events);
                self.events = events;
                if self.events.len() > MOST {
                    self.events.truncate(MOST);
                    self.has_older = true;
                }
            }
        }
        None
    }

    /// Moves the selection by so many events; gives what has to be asked to go further.
    pub fn move_by(&mut self, rows: i64) -> Option<Asked> {
        let last = self.events.len().saturating_sub(1);
        let current = i64::try_from(self.selected_row()).unwrap_or(0);
        let is_jump = rows.unsigned_abs() > u64::from(u32::MAX);
        if is_jump && rows > 0 && self.has_older {
            return Some(Asked::Oldest);
        }
        if is_jump && rows < 0 && self.has_newer {
            self.selected = None;
            return Some(Asked::Newest);
        }
        let target = usize::try_from(current.saturating_add(rows).max(0)).unwrap_or(0).min(last);
        // At the very top it follows what comes.
        let follows = target == 0 && !self.has_newer;
        self.selected = self.events.get(target).map(|kept| kept.place).filter(|_| !follows);
        if rows > 0 && self.has_older && target + AHEAD > last {
            Some(Asked::Older)
        } else if rows < 0 && self.has_newer && target < AHEAD {
            Some(Asked::Newer)
        } else {
            None
        }
    }

    /// What to ask when something was kept; nothing where the newest events are not on the screen.
    pub fn on_change(&self) -> Option<Asked> {
        match (self.has_newer, self.events.len() > PAGE as usize) {
            (true, _) => None,
            // Whoever has read far back keeps what is there.
            (false, true) => Some(Asked::Newer),
            // What Meta tells late belongs further down: the whole page is read again.
            (false, false) => Some(Asked::Newest),
        }
    }

    /// What the store is asked for. `portfolio` is the account's, `named` the accounts whose names hold the text.
    pub fn query(&self, portfolio: Option<PortfolioId>, named: Vec<WabaId>, now: Timestamp) -> Query {
        Query {
            account: self.account.clone(),
            portfolio: portfolio.filter(|_| self.account.is_some()),
            kind: self.kind.clone(),
            since: self.period.since(now),
            text: self.filter.text().trim().to_owned(),
            named,
        }
    }
}
