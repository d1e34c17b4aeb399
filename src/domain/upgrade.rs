//! The upgrade to optimized delivery, portfolio by portfolio: what one acceptance of the terms covers, what is
//! already on, and what stands in the way (R10, R11, R21).
//!
//! Nothing here accepts terms: only a person with full control of the portfolio can, in Meta's own pages.

use std::{borrow::Borrow, collections::BTreeMap};

use compact_str::CompactString;
use jiff::Timestamp;

use super::{
    PortfolioId, WabaId,
    account::{Account, OnboardingStatus, TermsStatus},
    restriction::RestrictionCause,
    status::{NextStep, StatusClass},
};

mod proof;
mod tally;
#[cfg(test)]
mod tests;
mod under_way;

pub use proof::Proof;
pub use tally::{Standing, Tally};
pub use under_way::{Stage, StartedBy, UnderWay};

/// Whose terms are accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owner {
    /// A business portfolio: one acceptance covers all its eligible accounts.
    Portfolio {
        /// Business id.
        id: PortfolioId,
        /// Its name (not cleaned for a terminal).
        name: CompactString,
    },
    /// An account whose portfolio the token cannot see. Accepting may cover more than is known here.
    Unknown(WabaId),
}

impl Owner {
    /// The portfolio, where it is known.
    pub fn portfolio(&self) -> Option<&PortfolioId> {
        match self {
            Self::Portfolio { id, .. } => Some(id),
            Self::Unknown(_) => None,
        }
    }

    /// What tells it from every other owner, whatever it is called.
    pub fn key(&self) -> &str {
        match self {
            Self::Portfolio { id, .. } => id.as_str(),
            Self::Unknown(account) => account.as_str(),
        }
    }
}

/// What stands in the way, most serious first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ObstacleKind {
    /// Restricted by Meta (R22). Stops the whole portfolio (R21).
    Restricted(RestrictionCause),
    /// Owned on behalf of a customer.
    OnBehalfOf,
    /// A number is in use in the WhatsApp Business app.
    BusinessApp,
    /// The country is not supported.
    CountryNotSupported,
    /// Not eligible for a reason that this version does not know, as Meta spells it.
    Ineligible(CompactString),
    /// Accepted; a valid payment method is missing.
    NeedsPayment,
    /// Accepted; Meta is still configuring.
    SetupPending,
    /// An invitation has been sent (it can be sent once); an admin has to answer it.
    InvitationSent {
        /// Since when.
        since: Option<Timestamp>,
    },
    /// The terms are accepted, and these accounts are not on yet: Meta turns them on by itself.
    AcceptedNotOn {
        /// Since when.
        since: Option<Timestamp>,
    },
    /// The account can be covered, but has no number registered on Cloud API to send from.
    NoUsableNumber,
    /// Meta sent no status for the account, or one that this version does not know, as Meta spells it.
    StatusUnknown(CompactString),
}

/// What an obstacle keeps from happening.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stops {
    /// The upgrade of the whole portfolio.
    Portfolio,
    /// These accounts only; the others can be upgraded.
    TheseAccounts,
    /// Nothing: the upgrade goes on, this is still to be done.
    Nothing,
}

/// One thing that stands in the way, with the accounts it holds for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obstacle {
    /// What.
    pub kind: ObstacleKind,
    /// For which accounts; empty when it concerns the portfolio as such.
    pub accounts: Vec<WabaId>,
}

impl ObstacleKind {
    /// What it keeps from happening.
    pub fn stops(&self) -> Stops {
        match self {
            Self::Restricted(_) => Stops::Portfolio,
            Self::InvitationSent { .. } | Self::AcceptedNotOn { .. } | Self::NoUsableNumber => Stops::Nothing,
            _ => Stops::TheseAccounts,
        }
    }

    /// Among those that stop as much, how serious it is: lower is worse.
    fn rank(&self) -> u8 {
        match self {
            Self::Restricted(_) => 0,
            Self::OnBehalfOf => 1,
            Self::BusinessApp => 2,
            Self::CountryNotSupported => 3,
            Self::Ineligible(_) => 4,
            Self::NeedsPayment => 5,
            Self::SetupPending => 6,
            Self::StatusUnknown(_) => 7,
            Self::InvitationSent { .. } => 8,
            Self::AcceptedNotOn { .. } => 9,
            Self::NoUsableNumber => 10,
        }
    }

    /// What to do about it.
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::Restricted(_) => Remedy::Step(NextStep::Appeal),
            Self::OnBehalfOf => Remedy::Step(NextStep::TransferOwnership),
            Self::BusinessApp => Remedy::Step(NextStep::SortOutBusinessApp),
            Self::CountryNotSupported => Remedy::Step(NextStep::NoneInThisCountry),
            Self::Ineligible(_) | Self::StatusUnknown(_) => Remedy::Step(NextStep::ReadAgain),
            Self::NeedsPayment => Remedy::Step(NextStep::AddPaymentMethod),
            Self::SetupPending => Remedy::Step(NextStep::WaitForMeta),
            Self::InvitationSent { .. } => Remedy::AnswerInvitation,
            Self::AcceptedNotOn { .. } => Remedy::WaitOrLookInManager,
            Self::NoUsableNumber => Remedy::RegisterNumber,
        }
    }
}

/// What to do about an obstacle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Remedy {
    /// The step that the account's status asks for.
    Step(NextStep),
    /// An admin answers the invitation in Business settings.
    AnswerInvitation,
    /// Wait for Meta; when it takes long, look in WhatsApp Manager.
    WaitOrLookInManager,
    /// Register a number on Cloud API.
    RegisterNumber,
}

/// What an upgrade of one portfolio would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpgradePlan {
    /// Whose terms are accepted, by a person with full control of it.
    pub owner: Owner,
    /// How far accepting has come for the portfolio.
    pub terms: TermsStatus,
    /// Since when, where Meta says.
    pub terms_since: Option<Timestamp>,
    /// Accounts that one acceptance turns on.
    pub covers: Vec<WabaId>,
    /// Accounts that are on already.
    pub already_on: Vec<WabaId>,
    /// What stands in the way, most serious first.
    pub obstacles: Vec<Obstacle>,
}

impl UpgradePlan {
    /// Every account of the owner that is known.
    pub fn accounts(&self) -> Vec<WabaId> {
        let obstructed = self.obstacles.iter().flat_map(|obstacle| &obstacle.accounts);
        let mut accounts: Vec<WabaId> = self.covers.iter().chain(&self.already_on).chain(obstructed).cloned().collect();
        accounts.sort_unstable();
        accounts.dedup();
        accounts
    }

    /// The accounts that waiting is about: those that an acceptance turns on, and those that Meta is still setting up.
    pub fn awaited(&self) -> Vec<WabaId> {
        let pending = self.obstacles.iter().filter(|obstacle| obstacle.kind == ObstacleKind::SetupPending);
        self.covers.iter().chain(pending.flat_map(|obstacle| &obstacle.accounts)).cloned().collect()
    }

    /// What keeps the whole upgrade from being carried out, if anything does (R21).
    pub fn blocked(&self) -> Option<&Obstacle> {
        self.obstacles.iter().find(|obstacle| obstacle.kind.stops() == Stops::Portfolio)
    }

    /// Whether "Upgrade setting" has anything to do here: some account is covered (R10).
    pub fn is_offered(&self) -> bool {
        !self.covers.is_empty()
    }

    /// Whether it can be started now.
    pub fn can_start(&self) -> bool {
        self.is_offered() && self.blocked().is_none()
    }

    /// Whether the invitation by e-mail may still be sent: it can be sent once, and only while nobody has accepted.
    pub fn may_invite(&self) -> bool {
        self.can_start()
            && self.owner.portfolio().is_some()
            && !matches!(self.terms, TermsStatus::RequestSent | TermsStatus::Signed)
    }
}

/// One plan for each portfolio, and one for each account whose portfolio is not known. Those with something to upgrade
/// come first, the most accounts first; then by the owner's name and id.
pub fn plans(accounts: &[impl Borrow<Account>], now: Timestamp) -> Vec<UpgradePlan> {
    let mut by_owner: BTreeMap<(bool, CompactString), Vec<&Account>> = BTreeMap::new();
    for account in accounts.iter().map(Borrow::borrow) {
        let key = match &account.portfolio {
            Some(portfolio) if !portfolio.id.as_str().is_empty() => (true, portfolio.id.as_str().into()),
            _ => (false, account.id.as_str().into()),
        };
        by_owner.entry(key).or_default().push(account);
    }
    let mut plans: Vec<UpgradePlan> = by_owner.into_values().filter_map(|accounts| plan(&accounts, now)).collect();
    plans.sort_by_cached_key(|plan| {
        let (name, id) = match &plan.owner {
            Owner::Portfolio { id, name } => (name.to_lowercase(), id.as_str()),
            Owner::Unknown(account) => (CompactString::default(), account.as_str()),
        };
        (std::cmp::Reverse(plan.covers.len()), name, CompactString::from(id))
    });
    plans
}

/// The plan for accounts of one owner.
fn plan(accounts: &[&Account], now: Timestamp) -> Option<UpgradePlan> {
    let first = accounts.first()?;
    let portfolio = accounts
        .iter()
        .filter_map(|account| account.portfolio.as_ref())
        .filter(|portfolio| !portfolio.id.as_str().is_empty())
        .max_by_key(|portfolio| (portfolio.terms.is_known(), !portfolio.name.is_empty()));
    let owner = portfolio.map_or_else(
        || Owner::Unknown(first.id.clone()),
        |portfolio| Owner::Portfolio { id: portfolio.id.clone(), name: portfolio.name.clone() },
    );
    let terms = portfolio.map(|portfolio| portfolio.terms.clone()).unwrap_or_default();
    let terms_since = portfolio.and_then(|portfolio| portfolio.terms_since);
    let mut plan = UpgradePlan { owner, terms, terms_since, covers: Vec::new(), already_on: Vec::new(), obstacles: Vec::new() };
    for account in accounts {
        plan.add(account, now);
    }
    match plan.terms {
        TermsStatus::RequestSent if plan.is_offered() => {
            plan.obstacles.push(Obstacle { kind: ObstacleKind::InvitationSent { since: terms_since }, accounts: Vec::new() });
        }
        TermsStatus::Signed if plan.is_offered() => {
            let kind = ObstacleKind::AcceptedNotOn { since: terms_since };
            plan.obstacles.push(Obstacle { kind, accounts: plan.covers.clone() });
        }
        _ => {}
    }
    plan.obstacles.sort_by_key(|obstacle| (obstacle.kind.stops(), obstacle.kind.rank()));
    Some(plan)
}

impl UpgradePlan {
    fn add(&mut self, account: &Account, now: Timestamp) {
        let restriction = account.restriction(now);
        if let Some(cause) = restriction.clone() {
            self.obstacle(ObstacleKind::Restricted(cause), account);
        }
        match account.onboarding.class() {
            StatusClass::On => self.already_on.push(account.id.clone()),
            StatusClass::Actionable if restriction.is_none() => {
                self.covers.push(account.id.clone());
                if account.usable_numbers().next().is_none() {
                    self.obstacle(ObstacleKind::NoUsableNumber, account);
                }
            }
            StatusClass::Actionable | StatusClass::Restricted => {}
            StatusClass::NeedsPayment => self.obstacle(ObstacleKind::NeedsPayment, account),
            StatusClass::Waiting => self.obstacle(ObstacleKind::SetupPending, account),
            StatusClass::Blocked => self.obstacle(blocked_kind(&account.onboarding), account),
            StatusClass::Unknown => {
                self.obstacle(ObstacleKind::StatusUnknown(account.onboarding.as_wire().into()), account);
            }
        }
    }

    /// Adds an account to an obstacle, beside others of the same kind.
    fn obstacle(&mut self, kind: ObstacleKind, account: &Account) {
        match self.obstacles.iter_mut().find(|obstacle| obstacle.kind == kind) {
            Some(obstacle) => obstacle.accounts.push(account.id.clone()),
            None => self.obstacles.push(Obstacle { kind, accounts: vec![account.id.clone()] }),
        }
    }
}

fn blocked_kind(status: &OnboardingStatus) -> ObstacleKind {
    match status {
        OnboardingStatus::IneligibleCountryNotSupported => ObstacleKind::CountryNotSupported,
        OnboardingStatus::IneligibleOnBehalfOfWaba => ObstacleKind::OnBehalfOf,
        OnboardingStatus::IneligibleUsingWhatsappBusinessApp => ObstacleKind::BusinessApp,
        other => ObstacleKind::Ineligible(other.as_wire().into()),
    }
}
