//! The partner invitation (R12): read before, sent once, looked up where no answer came, read after.

use jiff::Timestamp;

use super::{Signup, journal};
use crate::{
    domain::{
        PortfolioId,
        account::TermsStatus,
        graph_error::ErrorClass,
        upgrade::{Owner, Stage, StartedBy, UnderWay, UpgradePlan},
    },
    graph::{GraphError, accounts, signup},
    ops::{Problem, Session},
};

/// What became of an invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Invitation {
    /// Meta writes to the admins now.
    Sent,
    /// Somebody invited them before; there is nothing more to do.
    AlreadySent,
    /// The terms are accepted: there is nobody left to invite.
    AlreadyAccepted,
    /// No answer came, and the portfolio does not show an invitation (yet). It is not sent again: the admins may have it.
    Unknown(Box<Problem>),
}

/// An invitation, with what the portfolio said before and after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invited {
    /// What became of it.
    pub invitation: Invitation,
    /// Id of the request, where Meta named one.
    pub request_id: Option<String>,
    /// The portfolio's terms before anything was sent.
    pub before: TermsStatus,
    /// And after.
    pub after: TermsStatus,
    /// What is kept of it, to be followed.
    under_way: UnderWay,
}

impl Invited {
    /// What there is to follow now: an admin answers in Meta's pages, so `url` is theirs.
    pub fn followed(self, url: url::Url) -> Signup {
        Signup::resumed(url, self.under_way)
    }

    /// How far it is.
    pub fn stage(&self) -> &Stage {
        &self.under_way.stage
    }
}

/// Invites the portfolio's admins. **Meta e-mails every one of them**: ask for confirmation first.
///
/// It is kept before it is sent, so that even after a crash it is looked up instead of sent again.
///
/// # Errors
/// What Meta answered, with the portfolio read again. It is asked once.
pub async fn invite(session: &Session, plan: &UpgradePlan) -> Result<Invited, Problem> {
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
    let before = terms(session, plan).await?;
    let kept = kept(session, id).await;
    let fresh = UnderWay::new(id.clone(), StartedBy::Invitation, plan.covers.clone(), Timestamp::now());
    let sending = Sending { session, plan, before, under_way: kept.clone().unwrap_or(fresh) };
    match (&sending.before, &kept) {
        (TermsStatus::Signed, _) => Ok(sending.ended(Invitation::AlreadyAccepted).await),
        (TermsStatus::RequestSent, _) => Ok(sending.ended(Invitation::AlreadySent).await),
        // It was sent from here before, or may have been: a second one is for the user to decide, who first gives this one up.
        (_, Some(earlier)) => {
            let unknown = Invitation::Unknown(Box::new(sent_earlier(earlier)));
            Ok(sending.ended(unknown).await)
        }
        _ => sending.send(id).await,
    }
}

struct Sending<'a> {
    session: &'a Session,
    plan: &'a UpgradePlan,
    before: TermsStatus,
    under_way: UnderWay,
}

impl Sending<'_> {
    async fn send(mut self, id: &PortfolioId) -> Result<Invited, Problem> {
        if let Err(problem) = journal::keep(self.session, &self.under_way).await {
            tracing::warn!(%problem, "An invitation is sent without being kept");
        }
        match signup::invite(self.session.client(), id).await {
            Ok(request_id) => {
                self.under_way.request_id = request_id;
                self.under_way.stage = Stage::Waiting;
                Ok(self.ended(Invitation::Sent).await)
            }
            Err(error) if was_invited(&error) => Ok(self.ended(Invitation::AlreadySent).await),
            Err(error) if error.is_outcome_unknown() => {
                tracing::warn!(%error, "Whether an invitation was sent is looked up");
                self.under_way.stage = Stage::Unanswered;
                let looked_up = match terms(self.session, self.plan).await {
                    Ok(TermsStatus::RequestSent) => Invitation::Sent,
                    Ok(TermsStatus::Signed) => Invitation::AlreadyAccepted,
                    _ => Invitation::Unknown(Box::new(error.into())),
                };
                Ok(self.ended(looked_up).await)
            }
            Err(error) => {
                // Nothing was sent, so there is nothing to remember.
                if let Err(problem) = journal::forget(self.session, id).await {
                    tracing::warn!(%problem, "An invitation that was refused could not be forgotten");
                }
                let not_possible = is_no_recipient(&error);
                let read_again = if not_possible { terms(self.session, self.plan).await.ok() } else { None };
                match read_again {
                    Some(TermsStatus::Signed) => Ok(self.ended(Invitation::AlreadyAccepted).await),
                    _ if not_possible => Err(no_recipient(error)),
                    _ => Err(error.into()),
                }
            }
        }
    }

    /// Reads the portfolio once more and keeps how far it is.
    async fn ended(mut self, invitation: Invitation) -> Invited {
        self.under_way.stage = match &invitation {
            Invitation::Sent | Invitation::AlreadySent => Stage::Waiting,
            Invitation::AlreadyAccepted => Stage::Accepted,
            Invitation::Unknown(_) => Stage::Unanswered,
        };
        let after = match &invitation {
            Invitation::Sent | Invitation::Unknown(_) => terms(self.session, self.plan).await.ok(),
            Invitation::AlreadySent | Invitation::AlreadyAccepted => None,
        };
        let after = after.unwrap_or_else(|| self.before.clone());
        self.under_way.stage = self.under_way.stage.after(&after);
        if let Err(problem) = journal::keep(self.session, &self.under_way).await {
            tracing::warn!(%problem, "An invitation cannot be kept");
        }
        let request_id = self.under_way.request_id.clone();
        Invited { invitation, request_id, before: self.before, after, under_way: self.under_way }
    }
}

/// The invitation that is kept of this portfolio.
async fn kept(session: &Session, id: &PortfolioId) -> Option<UnderWay> {
    let all = journal::under_way(session).await.unwrap_or_else(|problem| {
        tracing::warn!(%problem, "What was sent before is not known");
        Vec::new()
    });
    all.into_iter().find(|upgrade| upgrade.portfolio == *id && upgrade.may_be_invited())
}

/// What the portfolio says of its terms now, read on one of its accounts: the portfolio itself needs another permission.
async fn terms(session: &Session, plan: &UpgradePlan) -> Result<TermsStatus, Problem> {
    let obstructed = plan.obstacles.iter().flat_map(|obstacle| &obstacle.accounts);
    let Some(account) = plan.covers.iter().chain(&plan.already_on).chain(obstructed).next() else {
        return Ok(plan.terms.clone());
    };
    let account = accounts::read(session.client(), account).await?;
    Ok(account.portfolio.map(|portfolio| portfolio.terms.clone()).unwrap_or_default())
}

/// Meta has a code for it and, for one's own invitation, only words.
fn was_invited(error: &GraphError) -> bool {
    error.api().is_some_and(|error| {
        let words = error.message.to_ascii_lowercase();
        error.code == 1_752_041 || words.contains("already sent this request") || words.contains("request already exists")
    })
}

/// Of "Invalid recipient type" Meta documents only the words.
fn is_no_recipient(error: &GraphError) -> bool {
    error.api().is_some_and(|error| {
        let words = error.message.to_ascii_lowercase();
        let told = error.user_message.as_deref().unwrap_or_default().to_ascii_lowercase();
        words.contains("invalid recipient type") || told.contains("invalid recipient type")
    })
}

fn no_recipient(error: GraphError) -> Problem {
    let hint = "Meta does not invite this business: its terms may be accepted already, its country may not be supported, or it shares no account with you that could be upgraded. Refresh to see which.";
    Problem { hint: Some(hint.to_owned()), ..error.into() }
}

fn sent_earlier(earlier: &UnderWay) -> Problem {
    let sentence = format!(
        "An invitation was begun on {} and its answer never came, so it may have arrived. It is not sent again.",
        earlier.begun_at.strftime("%Y-%m-%d %H:%M UTC")
    );
    let hint = "Ask an admin of the business whether they got it. To send another one, stop waiting for this one first.";
    Problem { hint: Some(hint.to_owned()), ..Problem::new(sentence, ErrorClass::Transient) }
}
