//! The screen of one account: which line is chosen, where the page stands, and what was kept of the account.

use jiff::Timestamp;

use super::{Model, Screen, remote::Remote};
use crate::{
    domain::{
        Account, WabaId,
        diagnosis::{Finding, Known, diagnose},
    },
    ops::{
        Problem,
        diagnosis::{Past, token_facts, usage_facts},
    },
    tui::command::Enabled,
};

/// The state of the screen. It stays when the screen is left, and is begun anew for another account.
#[derive(Debug, Default)]
pub struct AccountState {
    /// The account that was last opened.
    pub id: Option<WabaId>,
    /// The chosen entry, by its name on the page, so that a refresh never moves it to a neighbour.
    pub chosen: Option<String>,
    /// First line shown.
    pub offset: usize,
    /// What was kept of the account.
    pub past: Remote<Past, Problem>,
}

impl AccountState {
    /// Turns to an account; what was chosen on another one is forgotten.
    pub fn turn_to(&mut self, id: &WabaId) {
        if self.id.as_ref() != Some(id) {
            *self = Self { id: Some(id.clone()), ..Self::default() };
        }
    }
}

impl Model {
    /// What was kept of an account, as far as it was asked for.
    pub fn past_of(&self, id: &WabaId) -> Option<&Past> {
        self.account.past.value().filter(|_| self.account.id.as_ref() == Some(id))
    }

    /// Everything that stands in the way of an account, the first blocking cause on top.
    pub fn findings_of(&self, account: &Account) -> Vec<Finding> {
        let token = self.fleet.token.as_ref().map(token_facts);
        let usage = usage_facts(&self.fleet.usage, account);
        let past = self.past_of(&account.id);
        let templates = self.composer.templates.get(&account.id).and_then(Remote::value);
        diagnose(&Known {
            account,
            templates: templates.map(|templates| templates.iter().map(AsRef::as_ref).collect()),
            token: token.as_ref(),
            usage: &usage,
            failures: past.map(|past| past.failures.as_slice()).unwrap_or_default(),
            events: past.map(|past| past.events.as_slice()).unwrap_or_default(),
            now: self.now,
        })
    }

    /// When a countdown on the screen of an account moves next; `None` while none runs.
    pub fn next_countdown(&self) -> Option<Timestamp> {
        let Screen::Account(id) = &self.screen else { return None };
        let account = self.fleet.get(id)?;
        let runs = self.findings_of(account).iter().any(|finding| finding.until.is_some_and(|until| until > self.now));
        let second = Timestamp::from_second(self.now.as_second() + 1).ok();
        second.filter(|_| runs)
    }
}

/// Whether the chosen entry has a page to open.
pub fn has_link(model: &Model) -> Enabled {
    let found = crate::tui::screen::account::chosen(model).is_some_and(|entry| entry.link.is_some());
    if found { Ok(()) } else { Err(model.text("account-no-link")) }
}
