//! The upgrade of a portfolio to optimized delivery: the ways to start it, and following it to its end (R10–R13).
//!
//! Nothing here accepts terms: a person with full control of the portfolio does, on Meta's page.

mod follow;
#[cfg(test)]
mod tests;
mod ways;

use compact_str::CompactString;
use tokio::sync::oneshot;
use url::Url;

use super::{Problem, Session};
use crate::{
    domain::{
        Account, PortfolioId, WabaId,
        account::TermsStatus,
        banner::{GeneralFailure, UpgradeOutcome, UpgradeStep},
        graph_error::ErrorClass,
        upgrade::{Owner, UpgradePlan},
    },
    graph::{GraphError, accounts, signup},
    text,
    web::SignupAnswer,
};

pub use follow::{Rhythm, follow, follow_at};
pub use ways::{NotOffered, Way, ways};

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
    answer: Option<oneshot::Receiver<SignupAnswer>>,
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
    let (url, answer) = ways::signup_page(session, plan).await?;
    let portfolio = plan.owner.portfolio().cloned();
    Ok(Signup { url, portfolio, covers: plan.covers.clone(), answer })
}

/// Follows what was begun elsewhere, for example in WhatsApp Manager or by an invitation: no answer comes back from there.
pub fn elsewhere(plan: &UpgradePlan, url: Url) -> Signup {
    Signup { url, portfolio: plan.owner.portfolio().cloned(), covers: plan.covers.clone(), answer: None }
}

/// What became of an invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Invitation {
    /// Meta writes to the admins now.
    Sent {
        /// Id of the request, where Meta named one.
        request_id: Option<String>,
    },
    /// Somebody invited them before; there is nothing more to do.
    AlreadySent,
    /// No answer came, and the portfolio does not show an invitation (yet). It is not sent again: the admins may have it.
    Unknown(Box<Problem>),
}

/// Invites the portfolio's admins. **Meta e-mails every one of them**: ask for confirmation first.
///
/// # Errors
/// What Meta answered. It is asked once; after an unknown outcome read the accounts before trying again.
pub async fn invite(session: &Session, plan: &UpgradePlan) -> Result<Invitation, Problem> {
    let Owner::Portfolio { id, .. } = &plan.owner else {
        return Err(Problem::new(
            "The portfolio of this account is not known, so nobody can be invited. Use WhatsApp Manager.",
            ErrorClass::NotFound,
        ));
    };
    if plan.blocked().is_some() {
        return Err(Problem::new(
            "At least one WhatsApp Business Account is restricted by Meta. Accounts must be in good standing to upgrade.",
            ErrorClass::Restricted,
        ));
    }
    match signup::invite(session.client(), id).await {
        Ok(request_id) => Ok(Invitation::Sent { request_id }),
        Err(error) if was_invited(&error) => Ok(Invitation::AlreadySent),
        Err(error) if error.is_outcome_unknown() => Ok(after_no_answer(session, plan, error).await),
        Err(error) => Err(error.into()),
    }
}

/// Asks the portfolio whether an invitation stands, where the answer to sending it was lost.
async fn after_no_answer(session: &Session, plan: &UpgradePlan, error: GraphError) -> Invitation {
    let read = match plan.covers.first() {
        Some(account) => accounts::read(session.client(), account).await.ok(),
        None => None,
    };
    match read.and_then(|account| account.portfolio).map(|portfolio| portfolio.terms.clone()) {
        Some(TermsStatus::RequestSent) => Invitation::Sent { request_id: None },
        _ => Invitation::Unknown(Box::new(error.into())),
    }
}

/// Meta has a code for it and, for one's own invitation, only words.
fn was_invited(error: &GraphError) -> bool {
    error.api().is_some_and(|error| {
        let words = error.message.to_ascii_lowercase();
        error.code == 1_752_041 || words.contains("already sent this request") || words.contains("request already exists")
    })
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
