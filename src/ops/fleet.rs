//! The accounts that the token sees, streamed as they arrive, and what belongs to a single one.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use tokio::sync::mpsc;

use super::{Problem, Session};
use crate::{
    domain::{
        Account, PortfolioId, Template, WabaId,
        account::{DiscoveryPath, FoundBy},
        creative::CreativeFeature,
    },
    graph::{
        LARGEST_BATCH, Usage, accounts,
        discovery::{self, ByHand, Found},
        templates,
        token::TokenInfo,
    },
};

/// Batches of updates that wait for a slow receiver before the loading waits.
const QUEUE: usize = 4;

/// What arrives while the accounts load.
#[derive(Debug, Clone)]
pub enum FleetUpdate {
    /// Accounts: for the first time, or again with more of their numbers. The id tells.
    Rows(Vec<Account>),
    /// Accounts that came before were found by other ways, too; the set names all of them.
    AlsoFound(Vec<(WabaId, FoundBy)>),
    /// A way to find accounts failed, wholly or in part; the others go on.
    PathFailed {
        /// The way.
        path: DiscoveryPath,
        /// Whose list it was, where it was a portfolio's.
        portfolio: Option<PortfolioId>,
        /// Which account could not be read, where it was a single one (others may fail for the same reason).
        account: Option<WabaId>,
        /// Why.
        error: Box<Problem>,
    },
    /// How much of Meta's limits is used: whenever that changed while rows came, and once more at the end.
    Usage(Vec<Usage>),
}

/// How loading ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FleetSummary {
    /// Accounts found.
    pub accounts: usize,
    /// Portfolios asked.
    pub portfolios: usize,
    /// Ways that failed, wholly or in part.
    pub failures: usize,
    /// HTTP requests made.
    pub requests: u64,
    /// How long it took.
    pub took: Duration,
    /// When it was done.
    pub at: Timestamp,
    /// What the token is, where Meta told.
    pub token: Option<TokenInfo>,
}

/// Loads every account by every way. Dropping the future stops it, and so does dropping the receiver.
///
/// # Errors
/// A refused token, or nothing found because every way failed. What was sent before stays true.
pub async fn load(session: &Session, updates: mpsc::Sender<FleetUpdate>) -> Result<FleetSummary, Problem> {
    let began = Instant::now();
    let requests = session.requests();
    let settings = session.settings();
    let by_hand = ByHand {
        portfolios: settings.business_ids.iter().map(|id| PortfolioId::new(id.as_str())).collect(),
        accounts: settings.waba_ids.iter().map(|id| WabaId::new(id.as_str())).collect(),
    };
    let (sink, mut found) = mpsc::channel(QUEUE);
    let forward = async {
        let mut told = Vec::new();
        while let Some(mut news) = found.recv().await {
            if let Found::Rows(rows) = &mut news {
                session.complete(rows);
            }
            if updates.send(update(news)).await.is_err() {
                // Nobody waits any more: the search notices by the closed channel.
                found.close();
            }
            // How limits fill up is told while it happens; a long load is when they do.
            let usage = session.usage();
            if usage != told {
                told.clone_from(&usage);
                let _ = updates.send(FleetUpdate::Usage(usage)).await;
            }
        }
    };
    let (result, ()) = tokio::join!(discovery::discover(session.client(), &by_hand, sink), forward);
    // The receiver may be gone; the summary is the answer all the same.
    let _ = updates.send(FleetUpdate::Usage(session.usage())).await;
    let found = result.map_err(|error| {
        tracing::warn!(%error, "Loading the accounts failed");
        Problem::from(error)
    })?;
    let summary = FleetSummary {
        accounts: found.accounts,
        portfolios: found.portfolios,
        failures: found.failures,
        requests: session.requests() - requests,
        took: began.elapsed(),
        at: Timestamp::now(),
        token: found.token,
    };
    tracing::info!(
        accounts = summary.accounts,
        requests = summary.requests,
        milliseconds = summary.took.as_millis(),
        "Accounts loaded"
    );
    Ok(summary)
}

fn update(found: Found) -> FleetUpdate {
    match found {
        Found::Rows(rows) => FleetUpdate::Rows(rows),
        Found::Also(also) => FleetUpdate::AlsoFound(also),
        Found::Failed { path, portfolio, account, error } => {
            FleetUpdate::PathFailed { path, portfolio, account, error: Box::new(error.into()) }
        }
    }
}

/// Reads one account again, with all its numbers and their health. `found_by` is empty: keep the one you have.
///
/// # Errors
/// What Meta answered instead.
pub async fn load_account(session: &Session, id: &WabaId) -> Result<Account, Problem> {
    let mut account = accounts::read(session.client(), id).await?;
    session.complete(std::slice::from_mut(&mut account));
    Ok(account)
}

/// Reads some accounts again, with their numbers; those that cannot be read are left out. `found_by` is empty.
///
/// # Errors
/// What Meta answered instead, when none could be read.
pub async fn reload(session: &Session, ids: &[WabaId]) -> Result<Vec<Account>, Problem> {
    let (mut read, mut first_error) = (Vec::with_capacity(ids.len()), None);
    for ids in ids.chunks(LARGEST_BATCH) {
        for row in accounts::read_batch(session.client(), ids, FoundBy::default()).await? {
            match row {
                Ok(account) => read.push(account),
                Err(error) => first_error = first_error.or(Some(error)),
            }
        }
    }
    session.complete(&mut read);
    match first_error {
        Some(error) if read.is_empty() => Err(error.into()),
        _ => Ok(read),
    }
}

/// Reads the templates of an account, each language by itself, and keeps what changed about them.
///
/// # Errors
/// What Meta answered instead.
pub async fn load_templates(session: &Session, id: &WabaId) -> Result<Vec<Template>, Problem> {
    let templates = read_templates(session, id).await?;
    super::history::keep_templates(session, id, &templates);
    Ok(templates)
}

/// Reads the templates of an account, and leaves keeping them to the caller.
///
/// # Errors
/// What Meta answered instead.
pub(super) async fn read_templates(session: &Session, id: &WabaId) -> Result<Vec<Template>, Problem> {
    templates::read(session.client(), id).await.map_err(Problem::from)
}

/// How creative optimisation is set on an account. Nothing depends on it, so that a failure is no more than its absence.
///
/// # Errors
/// What Meta answered instead.
pub async fn load_creative(session: &Session, id: &WabaId) -> Result<Vec<CreativeFeature>, Problem> {
    templates::creative(session.client(), id).await.map_err(Problem::from)
}

/// Everything at once, for those who do not draw while it loads.
#[derive(Debug)]
pub struct Fleet {
    /// The accounts, in the order in which they came.
    pub accounts: Vec<Account>,
    /// The ways that failed: which, whose list, which account, why.
    pub failures: Vec<(DiscoveryPath, Option<PortfolioId>, Option<WabaId>, Problem)>,
    /// How it ended.
    pub summary: FleetSummary,
}

/// Loads every account and waits for the last.
///
/// # Errors
/// Like [`load`].
pub async fn load_all(session: &Session) -> Result<Fleet, Problem> {
    super::history::recall(session).await;
    let (updates, mut arrived) = mpsc::channel(QUEUE);
    let mut accounts: Vec<Account> = Vec::new();
    let mut places = std::collections::HashMap::new();
    let mut failures = Vec::new();
    let collect = async {
        while let Some(update) = arrived.recv().await {
            match update {
                FleetUpdate::Rows(rows) => {
                    for row in rows {
                        let place = *places.entry(row.id.clone()).or_insert(accounts.len());
                        match accounts.get_mut(place) {
                            Some(known) => *known = row,
                            None => accounts.push(row),
                        }
                    }
                }
                FleetUpdate::AlsoFound(also) => {
                    for (id, found_by) in also {
                        if let Some(account) = places.get(&id).and_then(|place| accounts.get_mut(*place)) {
                            account.found_by = found_by;
                        }
                    }
                }
                FleetUpdate::PathFailed { path, portfolio, account, error } => {
                    failures.push((path, portfolio, account, *error));
                }
                FleetUpdate::Usage(_) => {}
            }
        }
    };
    let (summary, ()) = tokio::join!(load(session, updates), collect);
    Ok(Fleet { summary: summary?, accounts, failures })
}
