//! What changed since the last look: every load of the accounts is compared with the one before and kept.
//!
//! Nobody needs the history: where its file cannot be used, that is said once and everything else goes on.

use std::borrow::Borrow;

use jiff::{Timestamp, ToSpan};

use super::{Problem, Session, fleet};
use crate::{
    domain::{Account, event::Event, graph_error::ErrorClass},
    store::{Filter, Store, StoreError},
};

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        Self::new(error.to_string(), ErrorClass::Configuration)
    }
}

/// A session's history. Its functions leave the thread they are called on alone.
#[derive(Debug, Clone)]
pub struct History {
    store: Store,
    profile: String,
}

impl History {
    /// The history of a session, in wabadeck's data directory. That of an embedded sandbox ends with it.
    ///
    /// # Errors
    /// A file that cannot be used.
    pub async fn of(session: &Session) -> Result<Self, Problem> {
        session.history().get_or_init(|| Self::open(session)).await.clone()
    }

    async fn open(session: &Session) -> Result<Self, Problem> {
        let settings = session.settings();
        let file = settings.paths.store_file();
        // A sandbox at another address holds other accounts, and must not make those of this profile disappear.
        let profile = format!("{} {}", session.profile(), settings.origin());
        let is_embedded = session.is_embedded();
        let opened = in_background(move || {
            let store = if is_embedded { Store::in_memory() } else { Store::open(&file) }?;
            let year = Timestamp::now() - (365 * 24).hours();
            store.purge(year)?;
            Ok(store)
        });
        Ok(Self { store: opened.await?, profile })
    }

    /// Where it is kept and for which profile, for the other things that are kept with it.
    pub(super) fn parts(&self) -> (Store, String) {
        (self.store.clone(), self.profile.clone())
    }

    /// Keeps what a load of the accounts found, and gives the differences to the one before. Accounts that are missing
    /// are gone only where every way to find accounts worked.
    ///
    /// # Errors
    /// A store that cannot be written.
    pub async fn observe<A>(&self, accounts: Vec<A>, complete: bool, at: Timestamp) -> Result<Vec<Event>, Problem>
    where
        A: Borrow<Account> + Send + 'static,
    {
        let (store, profile) = (self.store.clone(), self.profile.clone());
        in_background(move || store.observe(&profile, &accounts, complete, at)).await
    }

    /// The events that were kept, the newest first.
    ///
    /// # Errors
    /// A store that cannot be read.
    pub async fn timeline(&self, filter: Filter) -> Result<Vec<Event>, Problem> {
        let (store, profile) = (self.store.clone(), self.profile.clone());
        in_background(move || store.timeline(&profile, &filter)).await
    }
}

/// What one look found.
#[derive(Debug)]
pub struct Look {
    /// Every account.
    pub accounts: Vec<Account>,
    /// What changed since the last look.
    pub events: Vec<Event>,
}

/// Loads every account and keeps what changed.
///
/// # Errors
/// What Meta answered instead, or a store that cannot be written.
pub async fn look(session: &Session, history: &History) -> Result<Look, Problem> {
    let fleet = fleet::load_all(session).await?;
    let events = history.observe(fleet.accounts.clone(), fleet.failures.is_empty(), Timestamp::now()).await?;
    Ok(Look { accounts: fleet.accounts, events })
}

pub(super) async fn in_background<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, Problem> {
    let done = tokio::task::spawn_blocking(work).await;
    Ok(done.unwrap_or_else(|error| Err(StoreError::Other(error.to_string())))?)
}
