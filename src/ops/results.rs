//! What became of messages by the way they took: Meta's counts, failures from the journal, and the recipients that have to
//! be reached otherwise (R38).

mod export;

use jiff::{Timestamp, ToSpan};

use super::{Problem, Session, history::History};
use crate::{
    domain::{
        Account, TemplateId, WabaId,
        results::{self, Caveat, Method, Period, Split, TemplateResults, Volume},
    },
    graph::insights,
    store::FailureCount,
};

pub use export::{csv, write_private};

/// Meta's code for insights that were not switched on.
pub const NOT_ENABLED: i64 = 200_007;

/// What is known of an account as a whole.
#[derive(Debug, Clone, PartialEq)]
pub struct AccountResults {
    /// Of which time.
    pub period: Period,
    /// Messages by day and category.
    pub volumes: Vec<Volume>,
    /// Failures of what was sent from here.
    pub failures: Vec<FailureCount>,
    /// What the numbers do not say.
    pub caveats: Vec<Caveat>,
}

impl AccountResults {
    /// How much of the marketing went which way.
    pub fn split(&self) -> Split {
        Split::of(&self.volumes)
    }

    /// The same, day by day, in order.
    pub fn days(&self) -> Vec<(Timestamp, Split)> {
        let mut days = std::collections::BTreeMap::<Timestamp, Vec<&Volume>>::new();
        for volume in &self.volumes {
            days.entry(volume.day).or_default().push(volume);
        }
        days.into_iter().map(|(day, volumes)| (day, Split::of(volumes))).collect()
    }
}

/// The last so many whole days and today, in UTC, as Meta counts.
pub fn period(now: Timestamp, days: u16) -> Period {
    let start = now.checked_sub((i64::from(days) * 24).hours()).unwrap_or(now);
    let midnight = start.as_second() - start.as_second().rem_euclid(86_400);
    Period { start: Timestamp::from_second(midnight).unwrap_or(start), end: now }
}

/// Reads what is known of an account as a whole.
///
/// # Errors
/// What Meta answered instead. A journal that cannot be read costs the failures, no more.
pub async fn of_account(session: &Session, account: &Account, period: Period) -> Result<AccountResults, Problem> {
    let counted = insights::volumes(session.client(), &account.id, period);
    let (volumes, failures) = tokio::join!(counted, failures(session, &account.id, None, period));
    let volumes = volumes?;
    let caveats = results::caveats(account, &volumes);
    Ok(AccountResults { period, volumes, failures, caveats })
}

/// Reads what became of a template's messages, all its languages together, by both ways.
///
/// # Errors
/// What Meta answered instead; [`NOT_ENABLED`] is the code before insights are switched on.
pub async fn of_template(
    session: &Session,
    account: &WabaId,
    templates: &[TemplateId],
    period: Period,
) -> Result<TemplateResults, Problem> {
    let counted = |method: Method| insights::templates(session.client(), account, templates, method, period);
    let (optimized, cloud_api) = tokio::join!(counted(Method::Optimized), counted(Method::CloudApi));
    Ok(TemplateResults { optimized: results::by_day(optimized?), cloud_api: results::by_day(cloud_api?) })
}

/// How often each code came in a time, as far as it is known here.
pub async fn failures(session: &Session, account: &WabaId, template: Option<&str>, period: Period) -> Vec<FailureCount> {
    let read = async { History::of(session).await?.failures(account, template, period.start).await };
    read.await.unwrap_or_else(|problem: Problem| {
        tracing::warn!(%problem, "Failures could not be read");
        Vec::new()
    })
}

/// Switches template insights on for an account. **This cannot be undone**: whoever calls it has asked first.
///
/// # Errors
/// What Meta answered instead.
pub async fn enable_insights(session: &Session, account: &WabaId) -> Result<(), Problem> {
    Ok(insights::enable(session.client(), account).await?)
}
