//! What is left to upgrade over all portfolios: where each stands, and how many stand where.

use super::{ObstacleKind, Stops, UpgradePlan};
use crate::domain::account::TermsStatus;

/// Where a portfolio stands. The order is that of the work: what can be done first, what is done last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Something can be upgraded now.
    Ready,
    /// Begun, invited or accepted: somebody else's move.
    Waiting,
    /// Something else has to be put right first, in Meta's pages or with Meta.
    Blocked,
    /// Everything that can be on is on.
    Done,
}

impl Standing {
    /// All of them, in their order.
    pub const ALL: [Self; 4] = [Self::Ready, Self::Waiting, Self::Blocked, Self::Done];
}

impl UpgradePlan {
    /// Where the portfolio stands; `under_way` says whether an upgrade of it was begun here and has not ended.
    pub fn standing(&self, under_way: bool) -> Standing {
        let others_move = matches!(self.terms, TermsStatus::RequestSent | TermsStatus::Signed);
        let holds = |wanted: fn(&ObstacleKind) -> bool| {
            self.obstacles
                .iter()
                .filter(|obstacle| obstacle.kind.stops() != Stops::Nothing)
                .any(|obstacle| wanted(&obstacle.kind))
        };
        if self.blocked().is_some() {
            Standing::Blocked
        } else if under_way || (self.is_offered() && others_move) {
            Standing::Waiting
        } else if self.is_offered() {
            Standing::Ready
        } else if holds(|kind| *kind != ObstacleKind::SetupPending) {
            Standing::Blocked
        } else if holds(|kind| *kind == ObstacleKind::SetupPending) {
            Standing::Waiting
        } else {
            Standing::Done
        }
    }
}

/// How many portfolios stand where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Something can be upgraded now.
    pub ready: usize,
    /// Somebody else's move.
    pub waiting: usize,
    /// Something else first.
    pub blocked: usize,
    /// Nothing left.
    pub done: usize,
    /// Accounts that can be upgraded now: those that an acceptance turns on in the portfolios that are ready. Those of a
    /// portfolio that waits or is blocked are not among them, so that none is counted twice (R10, R21).
    pub accounts: usize,
    /// Accounts that an acceptance would turn on, in portfolios that are blocked.
    pub held: usize,
}

impl Tally {
    /// Counts them: where each stands, and how many accounts an acceptance turns on there.
    pub fn of(portfolios: impl IntoIterator<Item = (Standing, usize)>) -> Self {
        let mut tally = Self::default();
        for (standing, covered) in portfolios {
            match standing {
                Standing::Ready => tally.accounts += covered,
                Standing::Blocked => tally.held += covered,
                Standing::Waiting | Standing::Done => {}
            }
            *match standing {
                Standing::Ready => &mut tally.ready,
                Standing::Waiting => &mut tally.waiting,
                Standing::Blocked => &mut tally.blocked,
                Standing::Done => &mut tally.done,
            } += 1;
        }
        tally
    }

    /// All of them.
    pub fn all(&self) -> usize {
        self.ready + self.waiting + self.blocked + self.done
    }

    /// How many stand there.
    pub fn count(&self, standing: Standing) -> usize {
        match standing {
            Standing::Ready => self.ready,
            Standing::Waiting => self.waiting,
            Standing::Blocked => self.blocked,
            Standing::Done => self.done,
        }
    }
}
