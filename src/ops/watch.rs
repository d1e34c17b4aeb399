//! Watching without a screen: looks at the accounts as often as Meta's limits allow, and tells what was kept since,
//! by whichever program. What to do about it is the caller's.

use std::{collections::HashSet, time::Duration};

use futures_util::{StreamExt, stream};
use jiff::Timestamp;

use super::{Problem, Session, fleet, history::History, refresh};
use crate::domain::{Account, WabaId, event::Event, graph_error::ErrorClass};

/// Accounts whose templates one look reads at most; the others have their turn at the next looks.
const TEMPLATES_AT_ONCE: usize = 100;

/// Requests for templates under way together.
const PARALLEL: usize = 4;

/// Percent of a limit from which on templates wait: accounts go first.
const TEMPLATES_REST: u32 = 75;

/// Events that are read from the store at once.
const PAGE: u32 = 500;

/// What to watch.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The wished time between looks; stretched where limits ask for it.
    pub interval: Duration,
    /// Only these accounts; everybody where there is none.
    pub accounts: Vec<WabaId>,
    /// Whether templates are read as well: one request more for each account.
    pub templates: bool,
    /// Whether to begin with what was kept since the last watch that resumed, instead of with what is kept from now on.
    pub resume: bool,
}

impl Plan {
    /// Whether an account is watched.
    pub fn wants(&self, account: &WabaId) -> bool {
        self.accounts.is_empty() || self.accounts.contains(account)
    }
}

/// A watch that goes on.
#[derive(Debug)]
pub struct Watch {
    session: Session,
    history: History,
    plan: Plan,
    /// Number of the last event that was told.
    told: i64,
    /// What the store's version was when it was last waited for.
    seen: Option<i64>,
    /// Failed looks in a row.
    failures: u32,
    /// When to look next.
    due: Timestamp,
    /// The time between looks that Meta's limits allow, where it is longer than the wished one.
    stretched: Option<Duration>,
    /// Where the turn for templates stands.
    turn: usize,
}

impl Watch {
    /// Begins to watch; nothing is asked of Meta yet.
    ///
    /// # Errors
    /// A history that cannot be used: without it nothing could be compared.
    pub async fn begin(session: &Session, plan: Plan) -> Result<Self, Problem> {
        let history = History::of(session).await?;
        let now = history.last_kept().await?;
        let told = if plan.resume { history.bookmark().await?.unwrap_or(now) } else { now };
        let session = session.clone();
        Ok(Self { session, history, plan, told, seen: None, failures: 0, due: Timestamp::now(), stretched: None, turn: 0 })
    }

    /// Looks once, keeps what changed, and gives the watched accounts.
    ///
    /// # Errors
    /// What Meta answered instead, or a store that cannot be written. When to look again is set in each case.
    pub async fn look(&mut self) -> Result<Vec<Account>, Problem> {
        let before = self.session.requests();
        let looked = super::history::look(&self.session, &self.history).await;
        let looked = match looked {
            Ok(looked) => looked,
            Err(problem) => {
                self.failures += 1;
                self.due = Timestamp::now() + refresh::retry(self.plan.interval, self.failures, problem.class);
                return Err(problem);
            }
        };
        self.failures = 0;
        if self.plan.templates {
            self.read_templates(&looked.accounts).await;
        }
        let usage = self.session.usage();
        let requests = self.session.requests() - before;
        let now = Timestamp::now();
        let interval = refresh::interval(self.plan.interval, requests, &looked.accounts, &usage);
        self.stretched = Some(interval).filter(|interval| *interval > self.plan.interval);
        let due = now + interval;
        // While calls rest, asking would only be refused.
        self.due = usage.iter().filter_map(|usage| usage.resting_until).max().map_or(due, |until| until.max(due));
        let mut accounts = looked.accounts;
        accounts.retain(|account| self.plan.wants(&account.id));
        Ok(accounts)
    }

    /// The time between looks as the last one left it, where limits make it longer than what was wished.
    pub fn stretched(&self) -> Option<Duration> {
        self.stretched
    }

    /// Reads the templates of the accounts whose turn it is. One that fails has its turn again later.
    async fn read_templates(&mut self, accounts: &[Account]) {
        let is_full = self.session.usage().iter().any(|usage| usage.percent >= TEMPLATES_REST || usage.resting_until.is_some());
        let watched: Vec<&WabaId> = accounts.iter().map(|account| &account.id).filter(|id| self.plan.wants(id)).collect();
        if is_full || watched.is_empty() {
            return;
        }
        let count = watched.len().min(TEMPLATES_AT_ONCE);
        let first = self.turn % watched.len();
        self.turn = first + count;
        let turn: Vec<WabaId> = watched.iter().cycle().skip(first).take(count).map(|id| (*id).clone()).collect();
        let (session, history) = (&self.session, &self.history);
        let read = stream::iter(turn).map(|id| async move {
            let templates = fleet::read_templates(session, &id).await?;
            history.observe_templates(&id, &templates, Timestamp::now()).await
        });
        read.buffer_unordered(PARALLEL)
            .for_each(|result| async move {
                if let Err(problem) = result {
                    tracing::warn!(%problem, "Templates could not be watched");
                }
            })
            .await;
    }

    /// What was kept since the last time and concerns a watched account, in the order in which it was kept: by this
    /// watch, by other programs, by webhooks.
    ///
    /// # Errors
    /// A store that cannot be read.
    pub async fn news(&mut self) -> Result<Vec<Event>, Problem> {
        let mut news = Vec::new();
        loop {
            let (events, last) = self.history.kept_after(self.told, PAGE).await?;
            let is_last = events.len() < PAGE as usize;
            news.extend(events.into_iter().filter(|event| event.account.as_ref().is_none_or(|id| self.plan.wants(id))));
            self.told = last;
            if is_last {
                return Ok(news);
            }
        }
    }

    /// Notes that everything up to here was told, for the next watch that resumes.
    ///
    /// # Errors
    /// A store that cannot be written.
    pub async fn acknowledge(&self) -> Result<(), Problem> {
        if !self.plan.resume {
            return Ok(());
        }
        self.history.keep_bookmark(self.told).await
    }

    /// Waits until it is time to look again (`true`), or something was kept (`false`).
    pub async fn wait(&mut self) -> bool {
        let left = self.due.duration_since(Timestamp::now()).try_into().unwrap_or_default();
        tokio::select! {
            () = tokio::time::sleep(left) => true,
            changed = self.history.changed(self.seen) => match changed {
                Ok(version) => {
                    self.seen = Some(version);
                    false
                }
                // A store that fails is said by the next look; until then there is nothing to wait for but time.
                Err(_) => {
                    let left = self.due.duration_since(Timestamp::now()).try_into().unwrap_or_default();
                    tokio::time::sleep(left).await;
                    true
                }
            },
        }
    }
}

/// Why watching cannot begin with these accounts: those that were named and are not there.
///
/// # Errors
/// Names them.
pub fn all_found(plan: &Plan, accounts: &[Account]) -> Result<(), Problem> {
    let found: HashSet<&WabaId> = accounts.iter().map(|account| &account.id).collect();
    let missing: Vec<&str> = plan.accounts.iter().filter(|id| !found.contains(id)).map(WabaId::as_str).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let sentence = format!("This token does not see {}; `wabadeck accounts` lists what it sees.", missing.join(", "));
    Err(Problem::new(crate::text::clean(&sentence), ErrorClass::Configuration))
}
