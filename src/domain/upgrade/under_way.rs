//! Upgrades that were begun and have not come to an end: by which way, how far they are, and what may not be done twice (R13).
//!
//! Nothing here sends or keeps anything; it says what follows from what is known.

use jiff::Timestamp;

use crate::domain::{Account, PortfolioId, WabaId, account::TermsStatus, open_enum::open_enum, status::StatusClass};

open_enum! {
    /// By which way an upgrade was begun (R12), as it is kept.
    StartedBy {
        /// Embedded signup in a browser.
        Signup = "signup",
        /// The page of WhatsApp Manager, opened here or passed on.
        Manager = "manager",
        /// The partner invitation.
        Invitation = "invitation",
    }
}

open_enum! {
    /// How far it is, as it is kept.
    Stage {
        /// An invitation is about to be sent: kept before it is, so that after a crash nobody takes it for unsent.
        Sending = "sending",
        /// The invitation was sent and no answer came: it may have arrived. It is looked up, never repeated.
        Unanswered = "unanswered",
        /// A person has to accept.
        Waiting = "waiting",
        /// The terms are accepted; Meta turns the accounts on.
        Accepted = "accepted",
    }
}

impl Stage {
    /// The stage after a look at the portfolio. What Meta says of the terms outranks what is only remembered.
    #[must_use]
    pub fn after(&self, terms: &TermsStatus) -> Self {
        match (self, terms) {
            (_, TermsStatus::Signed) => Self::Accepted,
            (Self::Sending | Self::Unanswered, TermsStatus::RequestSent) => Self::Waiting,
            _ => self.clone(),
        }
    }
}

/// An upgrade that was begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnderWay {
    /// Whose terms are to be accepted.
    pub portfolio: PortfolioId,
    /// By which way it was begun.
    pub by: StartedBy,
    /// How far it is.
    pub stage: Stage,
    /// Since when.
    pub begun_at: Timestamp,
    /// The accounts that are to turn on.
    pub covers: Vec<WabaId>,
    /// Meta's id of the invitation.
    pub request_id: Option<String>,
}

impl UnderWay {
    /// An upgrade that begins now.
    pub fn new(portfolio: PortfolioId, by: StartedBy, covers: Vec<WabaId>, now: Timestamp) -> Self {
        let stage = if by == StartedBy::Invitation { Stage::Sending } else { Stage::Waiting };
        Self { portfolio, by, stage, begun_at: now, covers, request_id: None }
    }

    /// Whether an invitation may already be with the admins, so that another one would be one too many.
    pub fn may_be_invited(&self) -> bool {
        self.by == StartedBy::Invitation
    }

    /// Whether it has come to its end: every account that it is about is on. `find` gives an account as it is now.
    pub fn is_done<'a>(&self, find: impl Fn(&WabaId) -> Option<&'a Account>) -> bool {
        let on = |id: &WabaId| find(id).is_some_and(|account| account.onboarding.class() == StatusClass::On);
        !self.covers.is_empty() && self.covers.iter().all(on)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::domain::{
        account::OnboardingStatus,
        fixtures::{account, now},
    };

    fn invitation() -> UnderWay {
        UnderWay::new("9".into(), StartedBy::Invitation, vec!["1".into(), "2".into()], now())
    }

    #[rstest]
    #[case(Stage::Sending, TermsStatus::NotStarted, Stage::Sending)]
    #[case(Stage::Sending, TermsStatus::RequestSent, Stage::Waiting)]
    #[case(Stage::Sending, TermsStatus::Signed, Stage::Accepted)]
    #[case(Stage::Unanswered, TermsStatus::NotStarted, Stage::Unanswered)]
    #[case(Stage::Unanswered, TermsStatus::RequestSent, Stage::Waiting)]
    #[case(Stage::Unanswered, TermsStatus::Signed, Stage::Accepted)]
    #[case(Stage::Waiting, TermsStatus::NotStarted, Stage::Waiting)]
    #[case(Stage::Waiting, TermsStatus::Signed, Stage::Accepted)]
    #[case(Stage::Accepted, TermsStatus::RequestSent, Stage::Accepted)]
    #[case(Stage::Waiting, TermsStatus::default(), Stage::Waiting)]
    fn what_meta_says_of_the_terms_outranks_what_is_remembered(
        #[case] before: Stage,
        #[case] terms: TermsStatus,
        #[case] after: Stage,
    ) {
        assert_eq!(before.after(&terms), after);
    }

    #[test]
    fn an_invitation_counts_as_perhaps_sent_from_before_it_is_sent() {
        assert_eq!(invitation().stage, Stage::Sending);
        assert!(invitation().may_be_invited());
        let manager = UnderWay::new("9".into(), StartedBy::Manager, vec!["1".into()], now());
        assert!(manager.stage == Stage::Waiting && !manager.may_be_invited());
    }

    #[test]
    fn r13_it_is_done_when_every_account_that_it_is_about_is_on() {
        let mut fleet = [account("1", OnboardingStatus::Onboarded), account("2", OnboardingStatus::PendingInternalSetup)];
        let done = |fleet: &[Account]| invitation().is_done(|id| fleet.iter().find(|account| account.id == *id));
        assert!(!done(&fleet));
        fleet[1].onboarding = OnboardingStatus::Onboarded;
        assert!(done(&fleet));
        assert!(!done(&fleet[..1]), "an account that is not seen is not on");
        let of_nobody = UnderWay { covers: Vec::new(), ..invitation() };
        assert!(!of_nobody.is_done(|_| None), "nothing to wait for is no success");
    }
}
