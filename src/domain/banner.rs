//! The two banners of the accounts screen (R20, R21).
//!
//! They derive from the accounts and from the last upgrade of each portfolio, never from a flag. Only a general failure
//! can be dismissed: there is no way to hand the ineligible banner to [`Banners::dismiss`].

use std::{
    borrow::Borrow,
    collections::{BTreeMap, BTreeSet},
};

use compact_str::CompactString;
use jiff::Timestamp;

use super::{PortfolioId, WabaId, account::Account, restriction::RestrictionCause, status::StatusClass};

#[cfg(test)]
mod tests;

/// Where in the upgrade something went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UpgradeStep {
    /// Before anything was opened: asking Meta what can be done.
    Prepare,
    /// Opening the browser or the page.
    Open,
    /// In embedded signup.
    Signup,
    /// Exchanging embedded signup's code for the business's token.
    Exchange,
    /// Sending the invitation.
    Invite,
    /// Asking Meta whether it took.
    Check,
}

/// A failed upgrade, with what Support needs (R20). Texts are Meta's and not cleaned for a terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GeneralFailure {
    /// Meta's code.
    pub code: Option<i64>,
    /// Meta's subcode.
    pub subcode: Option<i64>,
    /// Meta's trace id.
    pub fbtrace_id: Option<CompactString>,
    /// Embedded signup's session id.
    pub session_id: Option<CompactString>,
    /// When it went wrong.
    pub at: Timestamp,
    /// Which portfolio was being upgraded.
    pub portfolio: Option<PortfolioId>,
    /// Where in the upgrade.
    pub step: UpgradeStep,
    /// What was said about it.
    pub message: String,
}

/// What tells one failure from another: dismissing one leaves a later one of the same kind standing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct FailureIdentity {
    portfolio: Option<PortfolioId>,
    at: Timestamp,
    step: UpgradeStep,
    code: Option<i64>,
}

impl GeneralFailure {
    fn identity(&self) -> FailureIdentity {
        FailureIdentity { portfolio: self.portfolio.clone(), at: self.at, step: self.step, code: self.code }
    }
}

/// How the last upgrade of a portfolio went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UpgradeOutcome {
    /// The accounts turned on.
    Onboarded,
    /// Accepted, not yet on when the waiting ended.
    StillWaiting,
    /// Went wrong, or was left before the end.
    Failed(GeneralFailure),
}

/// The last outcome of each portfolio; `None` stands for accounts whose portfolio is not known.
pub type Outcomes = BTreeMap<Option<PortfolioId>, UpgradeOutcome>;

/// A restricted account as the banner names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestrictedAccount {
    /// Which.
    pub id: WabaId,
    /// Its name (not cleaned for a terminal).
    pub name: CompactString,
    /// Why it counts as restricted, and until when.
    pub cause: RestrictionCause,
}

/// A banner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Banner {
    /// At least one account is restricted by Meta (R21).
    Ineligible {
        /// Which accounts, in the order of the data; at least one.
        accounts: Vec<RestrictedAccount>,
        /// Portfolios whose upgrade cannot be carried out meanwhile.
        portfolios: Vec<PortfolioId>,
    },
    /// An upgrade went wrong (R20).
    General(GeneralFailure),
}

impl Banner {
    /// Whether it can be dismissed. The ineligible one goes by itself once no account is restricted.
    pub fn dismissible(&self) -> bool {
        matches!(self, Self::General(_))
    }
}

/// What has been dismissed. Everything else about banners is derived.
#[derive(Debug, Clone, Default)]
pub struct Banners {
    dismissed: BTreeSet<FailureIdentity>,
}

impl Banners {
    /// Dismisses one failure; a later one is shown again.
    pub fn dismiss(&mut self, failure: &GeneralFailure) {
        self.dismissed.insert(failure.identity());
    }

    /// The banners that stand now, in the order in which they stack: the ineligible one, then failures, the latest first.
    ///
    /// A failure is not shown any more once every account of its portfolio is on: the upgrade took after all (R3).
    pub fn derive(&self, accounts: &[impl Borrow<Account>], outcomes: &Outcomes, now: Timestamp) -> Vec<Banner> {
        let mut banners: Vec<Banner> = ineligible(accounts, now).into_iter().collect();
        let mut failures: Vec<&GeneralFailure> = outcomes
            .iter()
            .filter_map(|(portfolio, outcome)| match outcome {
                UpgradeOutcome::Failed(failure) if !all_on(accounts, portfolio.as_ref()) => Some(failure),
                _ => None,
            })
            .filter(|failure| !self.dismissed.contains(&failure.identity()))
            .collect();
        failures.sort_by_key(|failure| std::cmp::Reverse(failure.at));
        banners.extend(failures.into_iter().cloned().map(Banner::General));
        banners
    }
}

fn ineligible(accounts: &[impl Borrow<Account>], now: Timestamp) -> Option<Banner> {
    let mut portfolios = Vec::new();
    let mut restricted = Vec::new();
    for account in accounts.iter().map(Borrow::borrow) {
        let Some(cause) = account.restriction(now) else {
            continue;
        };
        if let Some(portfolio) = &account.portfolio
            && !portfolios.contains(&portfolio.id)
        {
            portfolios.push(portfolio.id.clone());
        }
        restricted.push(RestrictedAccount { id: account.id.clone(), name: account.name.clone(), cause });
    }
    (!restricted.is_empty()).then_some(Banner::Ineligible { accounts: restricted, portfolios })
}

fn all_on(accounts: &[impl Borrow<Account>], portfolio: Option<&PortfolioId>) -> bool {
    let mut of_portfolio = accounts
        .iter()
        .map(Borrow::borrow)
        .filter(|account: &&Account| account.portfolio.as_ref().map(|owner| &owner.id) == portfolio)
        .peekable();
    of_portfolio.peek().is_some() && of_portfolio.all(|account| account.onboarding.class() == StatusClass::On)
}
