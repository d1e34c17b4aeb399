//! The upgrade of a portfolio to optimized delivery: the ways to start it, and following it to its end (R10–R13).
//!
//! Nothing here accepts terms: a person with full control of the portfolio does, on Meta's page.

mod follow;
mod invite;
mod journal;
mod page;
#[cfg(test)]
mod tests;
mod told;
mod ways;

use compact_str::CompactString;
use jiff::Timestamp;
use tokio::sync::oneshot;
use url::Url;

use super::{Problem, Session, sign_in::PortfolioToken};
use crate::{
    domain::{
        Account, PortfolioId, WabaId,
        banner::{GeneralFailure, UpgradeOutcome, UpgradeStep},
        graph_error::ErrorClass,
        upgrade::{Stage, StartedBy, UnderWay, UpgradePlan},
    },
    graph::{LARGEST_BATCH, accounts},
    text,
    web::SignupAnswer,
};

pub use follow::{Rhythm, follow, follow_at};
pub use invite::{Invitation, Invited, invite};
pub use journal::{forget, proof, under_way};
pub use page::PageEnd;
pub(super) use told::Told;
pub use ways::{NotOffered, Way, manager_page, ways, works_only_here};

/// A signup that was begun: its page is to be opened, its answer and the accounts are to be followed.
#[derive(Debug)]
pub struct Signup {
    /// The page's address. It carries a one-time value, so it is for one person and one try.
    pub url: Url,
    /// The portfolio that accepts.
    pub portfolio: Option<PortfolioId>,
    /// The accounts that accepting turns on.
    pub covers: Vec<WabaId>,
    /// The page's answer, where the page comes back to this program.
    answer: Option<oneshot::Receiver<PageEnd>>,
    /// What is kept of it, so that a restart finds it again.
    kept: Option<UnderWay>,
}

impl Signup {
    /// Has it kept from now on until it ends, so that a restart can go on with it. Without a known portfolio nothing is kept.
    #[must_use]
    pub fn remembered(mut self, by: StartedBy) -> Self {
        let new = |portfolio: &PortfolioId| UnderWay::new(portfolio.clone(), by, self.covers.clone(), Timestamp::now());
        self.kept = self.portfolio.as_ref().map(new);
        self
    }

    /// What was begun before and is taken up again.
    #[must_use]
    pub fn resumed(url: Url, under_way: UnderWay) -> Self {
        let (portfolio, covers) = (Some(under_way.portfolio.clone()), under_way.covers.clone());
        Self { url, portfolio, covers, answer: None, kept: Some(under_way) }
    }
}

/// What happens while an upgrade is followed.
#[derive(Debug, Clone)]
pub enum UpgradeUpdate {
    /// The page's address is known; open it, or show it.
    Opened {
        /// The address.
        url: Url,
    },
    /// The page answered.
    Answered(SignupAnswer),
    /// The token of the business that accepted is kept.
    TokenKept(PortfolioToken),
    /// It came further.
    Staged(Stage),
    /// It goes on, but cannot be kept: a restart will not know of it.
    NotKept {
        /// Why.
        problem: Box<Problem>,
    },
    /// The accounts were read again; `found_by` is empty, keep the one you have.
    Checked {
        /// What they are now.
        accounts: Vec<Account>,
    },
    /// The accounts could not be read this time; it goes on.
    NotChecked {
        /// Why.
        problem: Box<Problem>,
    },
    /// It ended.
    Ended(UpgradeOutcome),
}

/// Begins embedded signup for the plan's portfolio.
///
/// # Errors
/// A restricted account in the portfolio (R21), nothing to upgrade, or a page that cannot be addressed.
pub async fn begin(session: &Session, plan: &UpgradePlan) -> Result<Signup, Problem> {
    if plan.blocked().is_some() {
        return Err(Problem::new(
            "At least one WhatsApp Business Account is restricted by Meta. Accounts must be in good standing to upgrade.",
            ErrorClass::Restricted,
        ));
    }
    if !plan.is_offered() {
        return Err(Problem::new("No account of this portfolio is waiting to be upgraded.", ErrorClass::AlreadyDone));
    }
    if !session.is_sandbox_here() && session.is_sandbox() {
        return Err(Problem::new(
            "The signup window of a sandbox opens on its own machine only. Use its page in the place of WhatsApp Manager.",
            ErrorClass::Configuration,
        ));
    }
    let (url, answer) = page::open(session, plan).await?;
    let portfolio = plan.owner.portfolio().cloned();
    Ok(Signup { url, portfolio, covers: plan.covers.clone(), answer: Some(answer), kept: None })
}

/// Follows what was begun elsewhere, for example in WhatsApp Manager or by an invitation: no answer comes back from there.
pub fn elsewhere(plan: &UpgradePlan, url: Url) -> Signup {
    Signup { url, portfolio: plan.owner.portfolio().cloned(), covers: plan.covers.clone(), answer: None, kept: None }
}

/// A failed upgrade as the banner needs it (R20).
pub fn failure(problem: &Problem, portfolio: Option<&PortfolioId>, step: UpgradeStep) -> GeneralFailure {
    let clean = |text: &str| CompactString::from(text::clean(text));
    GeneralFailure {
        code: problem.code,
        subcode: problem.subcode,
        fbtrace_id: problem.fbtrace_id.as_deref().map(clean),
        session_id: problem.session_id.as_deref().map(clean),
        at: problem.at,
        portfolio: portfolio.cloned(),
        step,
        message: problem.sentence.clone(),
    }
}

/// Reads these accounts again, together and not with the whole fleet; `found_by` is empty, keep the one you have. An account
/// that cannot be read is left out.
///
/// # Errors
/// When none can be read.
pub async fn read_again(session: &Session, ids: &[WabaId]) -> Result<Vec<Account>, Problem> {
    let mut accounts = Vec::with_capacity(ids.len());
    for some in ids.chunks(LARGEST_BATCH) {
        accounts.extend(check(session, some).await?);
    }
    session.complete(&mut accounts);
    Ok(accounts)
}

/// Reads the covered accounts again, as many as one batch holds.
async fn check(session: &Session, covers: &[WabaId]) -> Result<Vec<Account>, Problem> {
    if let [only] = covers {
        return Ok(vec![accounts::read(session.client(), only).await?]);
    }
    let rows = accounts::read_batch(session.client(), covers, crate::domain::account::FoundBy::default()).await?;
    let mut accounts = Vec::new();
    let mut first_error = None;
    for row in rows {
        match row {
            Ok(account) => accounts.push(account),
            Err(error) => first_error = first_error.or(Some(error)),
        }
    }
    match first_error {
        Some(error) if accounts.is_empty() => Err(error.into()),
        _ => Ok(accounts),
    }
}
