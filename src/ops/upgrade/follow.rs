//! Follows an upgrade: waits for the page's answer, a webhook or the end of a pause, reads the accounts, and says how it
//! ended (R13). What is kept of it is kept up to date, and forgotten at its end; cancelled, it can be taken up again.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use tokio::sync::{broadcast, mpsc, oneshot};

use super::{PageEnd, Signup, UpgradeUpdate, check, failure, journal, told::Tidings};
use crate::{
    domain::{
        Account, PortfolioId, WabaId,
        banner::{UpgradeOutcome, UpgradeStep},
        graph_error::ErrorClass,
        status::StatusClass,
        upgrade::{Stage, UnderWay},
    },
    graph::LARGEST_BATCH,
    ops::{Problem, Session, history::History},
    text,
    web::SignupAnswer,
};

/// After so many refusals to let the accounts be read, one after the other, it ends as failed. A network that is away for a
/// night ends nothing.
const REFUSALS: u32 = 4;

/// How often is looked, and for how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rhythm {
    /// The first pause between two looks.
    pub first: Duration,
    /// The longest at the beginning; a pause grows by half of itself each time.
    pub longest: Duration,
    /// After so long the pauses grow further.
    pub brisk_for: Duration,
    /// The longest of those.
    pub slowest: Duration,
    /// After so long it ends as still waiting.
    pub patience: Duration,
}

impl Rhythm {
    /// For Meta: from 15 to 60 seconds for a quarter of an hour, because a status takes its time; then slower, up to ten
    /// minutes, for a week, because a person has to answer.
    pub const LIVE: Self = Self {
        first: Duration::from_secs(15),
        longest: Duration::from_secs(60),
        brisk_for: Duration::from_secs(15 * 60),
        slowest: Duration::from_secs(10 * 60),
        patience: Duration::from_secs(7 * 24 * 60 * 60),
    };
    /// For a sandbox, where nothing takes long.
    pub const SANDBOX: Self = Self {
        first: Duration::from_secs(1),
        longest: Duration::from_secs(4),
        brisk_for: Duration::from_secs(5 * 60),
        slowest: Duration::from_secs(15),
        patience: Duration::from_secs(24 * 60 * 60),
    };

    /// The rhythm for whom the session talks to.
    pub fn of(session: &Session) -> Self {
        if session.is_sandbox() { Self::SANDBOX } else { Self::LIVE }
    }

    /// The pause after this one, when it has been waited for so long.
    pub(super) fn next(&self, pause: Duration, waited: Duration) -> Duration {
        let longest = if waited < self.brisk_for { self.longest } else { self.slowest };
        (pause + pause / 2).min(longest)
    }
}

/// Follows the upgrade to its end. Dropping the future leaves what is kept, so that it can be taken up again.
pub async fn follow(session: &Session, signup: Signup, updates: mpsc::Sender<UpgradeUpdate>) -> UpgradeOutcome {
    follow_at(session, signup, Rhythm::of(session), updates).await
}

/// Follows the upgrade in a rhythm of its own.
pub async fn follow_at(
    session: &Session,
    signup: Signup,
    rhythm: Rhythm,
    updates: mpsc::Sender<UpgradeUpdate>,
) -> UpgradeOutcome {
    let mut watch = Watch { session, updates: &updates, kept: signup.kept.clone(), told: None, refusals: 0 };
    // Kept before anybody can act on it.
    watch.keep().await;
    watch.tell(UpgradeUpdate::Opened { url: signup.url.clone() }).await;
    let outcome = watch.run(signup, rhythm).await;
    // Where the accounts cannot be read, nothing ended but the looking: another token, or another day, takes it up again.
    if !matches!(&outcome, UpgradeOutcome::Failed(failure) if failure.step == UpgradeStep::Check) {
        watch.forget().await;
    }
    watch.tell(UpgradeUpdate::Ended(outcome.clone())).await;
    outcome
}

/// What ended a pause.
enum Heard {
    /// The page came to its end.
    Page(PageEnd),
    /// A webhook was about one of the accounts.
    Webhook,
    /// Nothing; the time is up.
    Nothing,
}

struct Watch<'a> {
    session: &'a Session,
    updates: &'a mpsc::Sender<UpgradeUpdate>,
    kept: Option<UnderWay>,
    told: Option<broadcast::Receiver<Tidings>>,
    refusals: u32,
}

impl Watch<'_> {
    /// A receiver that is gone hears nothing; the outcome is returned all the same.
    async fn tell(&self, update: UpgradeUpdate) {
        let _ = self.updates.send(update).await;
    }

    async fn keep(&mut self) {
        let Some(kept) = &self.kept else { return };
        if let Err(problem) = journal::keep(self.session, kept).await {
            tracing::warn!(%problem, "An upgrade cannot be kept");
            self.tell(UpgradeUpdate::NotKept { problem: Box::new(problem) }).await;
            self.kept = None;
            return;
        }
        if self.told.is_none()
            && let Ok(history) = History::of(self.session).await
        {
            let (store, profile) = history.parts();
            self.told = Some(self.session.told().listen(store, profile));
        }
    }

    async fn forget(&self) {
        let Some(kept) = &self.kept else { return };
        if let Err(problem) = journal::forget(self.session, &kept.portfolio).await {
            tracing::warn!(%problem, "An upgrade that ended could not be forgotten");
        }
    }

    /// Notes how far it is, where that is news.
    async fn reach(&mut self, reached: impl FnOnce(&Stage) -> Stage) {
        let Some(kept) = &mut self.kept else { return };
        let stage = reached(&kept.stage);
        if stage != kept.stage {
            kept.stage = stage.clone();
            self.keep().await;
            self.tell(UpgradeUpdate::Staged(stage)).await;
        }
    }

    async fn run(&mut self, signup: Signup, rhythm: Rhythm) -> UpgradeOutcome {
        let Signup { portfolio, mut covers, mut answer, .. } = signup;
        let before = self.kept.as_ref().map_or(Duration::ZERO, |kept| waited_since(kept.begun_at));
        let began = Instant::now();
        let mut pause = rhythm.first;
        loop {
            // The last look comes when patience ends, not a pause later.
            let left = rhythm.patience.saturating_sub(before + began.elapsed());
            let heard = self.wait(&mut answer, pause.min(left), &covers).await;
            if let Heard::Page(end) = &heard {
                self.pass_on(end).await;
                // From now on it is Meta's turn: look often again.
                pause = rhythm.first;
            }
            // Even after a failure or a cancel: the terms may have been accepted in another window.
            match self.look(portfolio.as_ref(), &mut covers).await {
                Ok(true) => {
                    // Meta turns accounts on before the last button of its window is pressed: the code is worth a moment.
                    let end = match heard {
                        Heard::Page(end) => Some(end),
                        _ => self.end_of_page(&mut answer, rhythm.longest).await,
                    };
                    return match end.filter(|end| matches!(end, PageEnd::NotExchanged { .. })).and_then(problem_of) {
                        // Accounts that are on do not make up for a token that is missing (R20).
                        Some((problem, step)) => UpgradeOutcome::Failed(failure(&problem, portfolio.as_ref(), step)),
                        None => UpgradeOutcome::Onboarded,
                    };
                }
                Ok(false) => self.refusals = 0,
                Err(problem) => {
                    let passes = matches!(problem.class, ErrorClass::Transient | ErrorClass::RateLimit);
                    self.refusals = if passes { 0 } else { self.refusals + 1 };
                    if problem.class == ErrorClass::Auth || self.refusals >= REFUSALS {
                        return UpgradeOutcome::Failed(failure(&problem, portfolio.as_ref(), UpgradeStep::Check));
                    }
                    self.tell(UpgradeUpdate::NotChecked { problem: Box::new(problem) }).await;
                }
            }
            let waited = before + began.elapsed();
            match heard {
                // Leaving before the end is an end without the accounts on, so it raises the banner like any other (R20).
                Heard::Page(end) => {
                    if let Some((problem, step)) = problem_of(end) {
                        return UpgradeOutcome::Failed(failure(&problem, portfolio.as_ref(), step));
                    }
                }
                Heard::Webhook => pause = rhythm.first,
                Heard::Nothing => pause = rhythm.next(pause, waited),
            }
            if waited >= rhythm.patience {
                return UpgradeOutcome::StillWaiting;
            }
        }
    }

    /// The end of the page, where it is still open and comes to it in this time.
    async fn end_of_page(&mut self, page: &mut Option<oneshot::Receiver<PageEnd>>, within: Duration) -> Option<PageEnd> {
        let end = tokio::time::timeout(within, page.as_mut()?).await.ok()?.ok()?;
        self.pass_on(&end).await;
        Some(end)
    }

    async fn pass_on(&mut self, end: &PageEnd) {
        let (answer, kept) = match end {
            PageEnd::Answered { answer, kept } => (answer, kept.clone()),
            PageEnd::NotExchanged { answer, .. } => (answer, None),
            PageEnd::TimedOut => return,
        };
        self.tell(UpgradeUpdate::Answered(answer.clone())).await;
        if let Some(kept) = kept {
            self.tell(UpgradeUpdate::TokenKept(kept)).await;
        }
        if matches!(answer, SignupAnswer::Finished { .. }) {
            self.reach(|_| Stage::Accepted).await;
        }
    }

    /// Reads the accounts that are not on yet; `true` once all are.
    async fn look(&mut self, portfolio: Option<&PortfolioId>, covers: &mut Vec<WabaId>) -> Result<bool, Problem> {
        loop {
            let next: Vec<WabaId> = covers.iter().take(LARGEST_BATCH).cloned().collect();
            if next.is_empty() {
                return Ok(true);
            }
            let mut accounts = check(self.session, &next).await?;
            self.session.complete(&mut accounts);
            let on: Vec<WabaId> = accounts.iter().filter(|account| is_on(account)).map(|account| account.id.clone()).collect();
            let owners = accounts.iter().filter_map(|account| account.portfolio.as_ref());
            let terms = owners.filter(|owner| Some(&owner.id) == portfolio).map(|owner| owner.terms.clone()).next();
            self.tell(UpgradeUpdate::Checked { accounts }).await;
            if let Some(terms) = terms {
                self.reach(|stage| stage.after(&terms)).await;
            }
            covers.retain(|id| !on.contains(id));
            // While some of these are not on, looking at the others can wait.
            if on.len() < next.len() {
                return Ok(false);
            }
        }
    }

    /// Waits for the pause to pass, the page to answer, or a webhook about one of the accounts.
    async fn wait(&mut self, answer: &mut Option<oneshot::Receiver<PageEnd>>, pause: Duration, covers: &[WabaId]) -> Heard {
        let pause = tokio::time::sleep(pause);
        tokio::pin!(pause);
        loop {
            tokio::select! {
                () = &mut pause => return Heard::Nothing,
                answered = answered(answer) => {
                    // It comes once; a listener that is gone sends none.
                    *answer = None;
                    if let Some(answered) = answered {
                        return Heard::Page(answered);
                    }
                }
                is_ours = tidings(&mut self.told, covers) => {
                    if is_ours {
                        return Heard::Webhook;
                    }
                }
            }
        }
    }
}

fn is_on(account: &Account) -> bool {
    account.onboarding.class() == StatusClass::On
}

/// How long ago that is; nothing where a clock was set back.
fn waited_since(begun_at: Timestamp) -> Duration {
    Duration::try_from(Timestamp::now().duration_since(begun_at)).unwrap_or_default()
}

/// The end of the page; never, where there is none.
async fn answered(answer: &mut Option<oneshot::Receiver<PageEnd>>) -> Option<PageEnd> {
    match answer {
        Some(awaited) => awaited.await.ok(),
        None => std::future::pending().await,
    }
}

/// Whether what webhooks told is about one of these accounts; never, where nothing is heard.
async fn tidings(told: &mut Option<broadcast::Receiver<Tidings>>, covers: &[WabaId]) -> bool {
    let Some(receiver) = told else { return std::future::pending().await };
    match receiver.recv().await {
        Ok(accounts) => accounts.iter().any(|account| covers.contains(account)),
        // What was missed may have been ours.
        Err(broadcast::error::RecvError::Lagged(_)) => true,
        Err(broadcast::error::RecvError::Closed) => {
            *told = None;
            false
        }
    }
}

/// What went wrong on the page and where, with what Support needs (R20); `None` when it is Meta's turn now.
fn problem_of(end: PageEnd) -> Option<(Problem, UpgradeStep)> {
    match end {
        PageEnd::Answered { answer, .. } => problem_of_answer(answer).map(|problem| (problem, UpgradeStep::Signup)),
        PageEnd::NotExchanged { problem, .. } => Some((*problem, UpgradeStep::Exchange)),
        PageEnd::TimedOut => {
            let sentence = "No answer came from the signup page within 10 minutes, so it was closed. Start again when ready.";
            Some((Problem::new(sentence, ErrorClass::Configuration), UpgradeStep::Signup))
        }
    }
}

fn problem_of_answer(answer: SignupAnswer) -> Option<Problem> {
    let clean = |text: String| text::clean(&text).trim().trim_end_matches('.').to_owned();
    let (code, subcode, message, session_id, fbtrace_id, at, step) = match answer {
        SignupAnswer::Failed { code, subcode, message, session_id, fbtrace_id, at, step } => {
            (code, subcode, message, session_id, fbtrace_id, at, step)
        }
        SignupAnswer::Cancelled { step, session_id } => {
            let at_step = step.map(|step| format!(" at the step {}", clean(step))).unwrap_or_default();
            let sentence = format!("The signup was left{at_step} before the terms were accepted. Start it again when ready.");
            return Some(Problem { session_id: session_id.map(clean), ..Problem::new(sentence, ErrorClass::Configuration) });
        }
        SignupAnswer::Finished { .. } => return None,
    };
    let said = message.map(clean).filter(|message| !message.is_empty());
    let at_step = step.map(|step| format!(" at the step {}", clean(step))).unwrap_or_default();
    let sentence = match said {
        Some(said) => format!("The signup failed{at_step}: {said}."),
        None => format!("The signup failed{at_step} and gave no reason."),
    };
    let explanation = code.map(|code| crate::domain::graph_error::explain(code, subcode));
    Some(Problem {
        code,
        subcode,
        session_id: session_id.map(clean),
        fbtrace_id: fbtrace_id.map(clean),
        at: at.unwrap_or_else(Timestamp::now),
        ..Problem::new(sentence, explanation.map_or(ErrorClass::Unknown, |explanation| explanation.class))
    })
}
