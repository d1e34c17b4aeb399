//! What changed since the last look: every load of the accounts is compared with the one before and kept.
//!
//! Nobody needs the history: where its file cannot be used, that is said once and everything else goes on.

#[cfg(test)]
mod tests;

use std::{
    borrow::Borrow,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use jiff::{Timestamp, ToSpan};
use tokio::sync::Notify;

use super::{Problem, Session, fleet};
use crate::{
    config::Settings,
    domain::{
        Account, Template, WabaId,
        event::{Event, Headline, template_facts},
        graph_error::ErrorClass,
    },
    store::{FailureCount, Filter, KeptEvent, Query, Retarget, RetargetReason, Store, StoreError, Window},
};

/// How often it is asked whether another process wrote. The question touches no table.
const GLANCE: Duration = Duration::from_secs(1);

/// Seconds between two times at which what is too old is forgotten, however long the program goes on.
const SWEEP: i64 = 24 * 3_600;

/// The reader whose place is kept.
const WATCH: &str = "watch";

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        let clean = |text: &str| crate::text::clean(text).into_owned();
        let of_file = |id: &str, path: &Path, reason: &str| {
            let path = clean(&path.display().to_string());
            Self::told(id, &[("path", path.into()), ("reason", clean(reason).into())], ErrorClass::Configuration)
        };
        let said = |id: &str, name: &str, value: String| Self::told(id, &[(name, value.into())], ErrorClass::Configuration);
        match &error {
            StoreError::Corrupt { path, reason } => of_file("store-corrupt", path, reason),
            StoreError::ReadOnly { path, reason } => of_file("store-read-only", path, reason),
            StoreError::InTheWay { path, found, is_file } => {
                let id = if *is_file { "store-file-in-the-way" } else { "store-directory-in-the-way" };
                let of = |path: &Path| clean(&path.display().to_string());
                Self::told(id, &[("path", of(path).into()), ("found", of(found).into())], ErrorClass::Configuration)
            }
            StoreError::Full => Self::told("store-full", &[], ErrorClass::Configuration),
            StoreError::Newer { version } => said("store-newer", "version", version.to_string()),
            StoreError::Busy => Self::told("store-busy", &[], ErrorClass::Configuration),
            StoreError::Other(reason) => said("store-other", "reason", clean(reason)),
        }
    }
}

/// A session's history. Its functions leave the thread they are called on alone.
#[derive(Debug, Clone)]
pub struct History {
    store: Store,
    profile: String,
    keep_days: u32,
    /// Rung when this process kept something; what others keep shows in the store itself.
    kept: Arc<Notify>,
    /// Second at which what is too old was last forgotten.
    swept: Arc<AtomicI64>,
}

/// What happened since the dashboard was last looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// When that was.
    pub since: Timestamp,
    /// What happened, by kind, the gravest first.
    pub counts: Vec<(Headline, u32)>,
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
        Self::open_for(session.settings(), session.is_embedded()).await
    }

    /// The history that a session with these settings has, for those who need no token: webhooks come by themselves.
    ///
    /// # Errors
    /// A file that cannot be used.
    pub async fn without_session(settings: &Settings) -> Result<Self, Problem> {
        Self::open_for(settings, false).await
    }

    async fn open_for(settings: &Settings, is_embedded: bool) -> Result<Self, Problem> {
        let file = settings.paths.store_file();
        // A sandbox at another address holds other accounts, and must not make those of this profile disappear.
        let profile = format!("{} {}", settings.profile, settings.origin());
        let keep_days = settings.history_keep_days;
        let opened = in_background(move || if is_embedded { Store::in_memory() } else { Store::open(&file) });
        let store = opened.await?;
        Ok(Self { store, profile, keep_days, kept: Arc::default(), swept: Arc::default() })
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
        let events = in_background(move || store.observe(&profile, &accounts, complete, at)).await?;
        self.ring(&events);
        self.sweep(at);
        Ok(events)
    }

    /// Keeps what changed about the templates of an account, all of which these are, and gives the differences.
    ///
    /// # Errors
    /// A store that cannot be written.
    pub async fn observe_templates(
        &self,
        account: &WabaId,
        templates: &[Template],
        at: Timestamp,
    ) -> Result<Vec<Event>, Problem> {
        let (store, profile, account) = (self.store.clone(), self.profile.clone(), account.clone());
        let facts = template_facts(templates);
        let events = in_background(move || store.observe_templates(&profile, &account, &facts, at)).await?;
        self.ring(&events);
        Ok(events)
    }

    /// A history in a store that is open already.
    #[cfg(test)]
    pub(super) fn with(store: Store, profile: &str) -> Self {
        Self { store, profile: profile.to_owned(), keep_days: 365, kept: Arc::default(), swept: Arc::default() }
    }

    /// The events that were kept, the newest first.
    ///
    /// # Errors
    /// A store that cannot be read.
    pub async fn timeline(&self, filter: Filter) -> Result<Vec<Event>, Problem> {
        let (store, profile) = (self.store.clone(), self.profile.clone());
        in_background(move || store.timeline(&profile, &filter)).await
    }

    /// One page of the events that were kept, the newest first.
    ///
    /// # Errors
    /// A store that cannot be read.
    pub async fn page(&self, query: Query, window: Window, most: u32) -> Result<Vec<KeptEvent>, Problem> {
        let (store, profile) = (self.store.clone(), self.profile.clone());
        in_background(move || store.page(&profile, &query, window, most)).await
    }

    /// What happened since the last visit, which this one takes the place of. The first visit has no news.
    ///
    /// # Errors
    /// A store that cannot be read or written.
    pub async fn visit(&self, now: Timestamp) -> Result<Option<News>, Problem> {
        let (store, profile) = (self.store.clone(), self.profile.clone());
        in_background(move || {
            let news = match store.last_visit(&profile)? {
                Some(since) => Some(News { since, counts: store.news(&profile, since)? }),
                None => None,
            };
            store.mark_visit(&profile, now)?;
            Ok(news)
        })
        .await
    }

    /// Notes that somebody looked at this moment.
    ///
    /// # Errors
    /// A store that cannot be written.
    pub async fn stay(&self, at: Timestamp) -> Result<(), Problem> {
        let (store, profile) = (self.store.clone(), self.profile.clone());
        in_background(move || store.mark_visit(&profile, at)).await
    }

    /// Waits until something was kept, here or by another process, since `seen` of the last time; gives what to pass next.
    ///
    /// # Errors
    /// A store that can no longer be read.
    pub async fn changed(&self, seen: Option<i64>) -> Result<i64, Problem> {
        let version = || {
            let store = self.store.clone();
            in_background(move || store.data_version())
        };
        let seen = match seen {
            Some(seen) => seen,
            None => version().await?,
        };
        loop {
            let is_own = tokio::time::timeout(GLANCE, self.kept.notified()).await.is_ok();
            let now = version().await?;
            if is_own || now != seen {
                return Ok(now);
            }
        }
    }

    /// The number of the event that was kept last.
    ///
    /// # Errors
    /// A store that cannot be read.
    pub async fn last_kept(&self) -> Result<i64, Problem> {
        let store = self.store.clone();
        in_background(move || store.last_kept()).await
    }

    /// Events that were kept after that number, in their order, by whichever process, and the number of the last.
    ///
    /// # Errors
    /// A store that cannot be read.
    pub async fn kept_after(&self, number: i64, most: u32) -> Result<(Vec<Event>, i64), Problem> {
        let (store, profile) = (self.store.clone(), self.profile.clone());
        in_background(move || store.kept_after(&profile, number, most)).await
    }

    /// Forgets what is too old, once a day. Nobody waits for it, and failing is for the log only.
    fn sweep(&self, now: Timestamp) {
        let last = self.swept.load(Ordering::Relaxed);
        if now.as_second() - last < SWEEP
            || self.swept.compare_exchange(last, now.as_second(), Ordering::Relaxed, Ordering::Relaxed).is_err()
        {
            return;
        }
        let (store, before) = (self.store.clone(), now - (i64::from(self.keep_days) * 24).hours());
        tokio::spawn(async move {
            match in_background(move || store.purge(before)).await {
                Ok(0) => {}
                Ok(events) => tracing::info!(events, "Forgot what is too old"),
                Err(problem) => tracing::warn!(%problem, "What is too old could not be forgotten"),
            }
        });
    }

    /// The number of the last event that a watch which resumes has told; `None` before the first.
    ///
    /// # Errors
    /// A store that cannot be read.
    pub async fn bookmark(&self) -> Result<Option<i64>, Problem> {
        let (store, profile) = (self.store.clone(), self.profile.clone());
        in_background(move || store.bookmark(&profile, WATCH)).await
    }

    /// Notes that everything up to this number was told.
    ///
    /// # Errors
    /// A store that cannot be written.
    pub async fn keep_bookmark(&self, number: i64) -> Result<(), Problem> {
        let (store, profile) = (self.store.clone(), self.profile.clone());
        in_background(move || store.keep_bookmark(&profile, WATCH, number)).await
    }

    /// How often each code came since a moment, the most frequent first; of one template where one is named.
    ///
    /// # Errors
    /// A store that cannot be read.
    pub async fn failures(
        &self,
        account: &WabaId,
        template: Option<&str>,
        since: Timestamp,
    ) -> Result<Vec<FailureCount>, Problem> {
        let (store, profile, account) = (self.store.clone(), self.profile.clone(), account.clone());
        let template = template.map(str::to_owned);
        in_background(move || store.failures(&profile, &account, template.as_deref(), since)).await
    }

    /// Recipients that have to be reached otherwise (R38), the last failure first; of one account where one is named.
    ///
    /// # Errors
    /// A store that cannot be read.
    pub async fn retarget(
        &self,
        account: Option<WabaId>,
        reason: RetargetReason,
        since: Timestamp,
    ) -> Result<Vec<Retarget>, Problem> {
        let (store, profile) = (self.store.clone(), self.profile.clone());
        in_background(move || store.retarget(&profile, account.as_ref(), reason, since)).await
    }

    /// Wakes whoever waits for changes of the timeline.
    pub(super) fn ring(&self, events: &[Event]) {
        if !events.is_empty() {
            self.kept.notify_one();
        }
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

/// Has the session know the restrictions that webhooks told before it began: no answer of Meta's tells them. Failing is for
/// the log only.
pub(super) async fn recall(session: &Session) {
    let told = async {
        let (store, profile) = History::of(session).await?.parts();
        in_background(move || store.restrictions(&profile)).await
    };
    match told.await {
        Ok(told) => session.recall(told),
        Err(problem) => tracing::warn!(reason = %problem.sentence, "Restrictions of earlier runs are not known"),
    }
}

/// Keeps what templates that were just read tell, beside whatever they were read for. Failing is for the log only: what
/// the history has to say of itself is said where it is asked for.
pub(super) fn keep_templates(session: &Session, account: &WabaId, templates: &[Template]) {
    let (session, account, templates, at) = (session.clone(), account.clone(), templates.to_vec(), Timestamp::now());
    tokio::spawn(async move {
        let kept = match History::of(&session).await {
            Ok(history) => history.observe_templates(&account, &templates, at).await,
            Err(problem) => Err(problem),
        };
        if let Err(problem) = kept {
            tracing::warn!(%problem, "What changed about templates could not be kept");
        }
    });
}

pub(super) async fn in_background<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, Problem> {
    let done = tokio::task::spawn_blocking(work).await;
    Ok(done.unwrap_or_else(|error| Err(StoreError::Other(error.to_string())))?)
}
