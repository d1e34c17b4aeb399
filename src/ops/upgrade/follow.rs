//! Follows an upgrade: waits for the page's answer, reads the accounts again and again, and says how it ended (R13).

use std::time::{Duration, Instant};

use jiff::Timestamp;
use tokio::sync::{mpsc, oneshot};

use super::{Signup, UpgradeUpdate, check, failure};
use crate::{
    domain::{
        Account, WabaId,
        banner::{GeneralFailure, UpgradeOutcome, UpgradeStep},
        graph_error::ErrorClass,
        status::StatusClass,
    },
    graph::LARGEST_BATCH,
    ops::{Problem, Session},
    text,
    web::SignupAnswer,
};

/// After so many failures to read in a row it ends as failed.
const FAILURES: u32 = 4;

/// How often is looked, and for how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rhythm {
    /// The first pause between two looks.
    pub first: Duration,
    /// The longest; a pause grows by half of itself each time.
    pub longest: Duration,
    /// After so long it ends as still waiting.
    pub patience: Duration,
}

impl Rhythm {
    /// For Meta: from 15 to 60 seconds, for a quarter of an hour; a status takes its time.
    pub const LIVE: Self =
        Self { first: Duration::from_secs(15), longest: Duration::from_secs(60), patience: Duration::from_secs(15 * 60) };
    /// For a sandbox, where nothing takes long.
    pub const SANDBOX: Self =
        Self { first: Duration::from_secs(1), longest: Duration::from_secs(4), patience: Duration::from_secs(5 * 60) };
}

/// Follows the upgrade to its end. Dropping the future ends it without a trace; it can be begun again.
pub async fn follow(session: &Session, signup: Signup, updates: mpsc::Sender<UpgradeUpdate>) -> UpgradeOutcome {
    let rhythm = if session.is_sandbox() { Rhythm::SANDBOX } else { Rhythm::LIVE };
    follow_at(session, signup, rhythm, updates).await
}

/// Follows the upgrade in a rhythm of its own.
pub async fn follow_at(
    session: &Session,
    signup: Signup,
    rhythm: Rhythm,
    updates: mpsc::Sender<UpgradeUpdate>,
) -> UpgradeOutcome {
    // A receiver that is gone hears nothing; the outcome is returned all the same.
    let _ = updates.send(UpgradeUpdate::Opened { url: signup.url.clone() }).await;
    let mut watch = Watch { session, updates: &updates, failures: 0 };
    let outcome = watch.run(signup, rhythm).await;
    let _ = updates.send(UpgradeUpdate::Ended(outcome.clone())).await;
    outcome
}

struct Watch<'a> {
    session: &'a Session,
    updates: &'a mpsc::Sender<UpgradeUpdate>,
    failures: u32,
}

impl Watch<'_> {
    async fn run(&mut self, signup: Signup, rhythm: Rhythm) -> UpgradeOutcome {
        let Signup { portfolio, mut covers, mut answer, .. } = signup;
        let began = Instant::now();
        let mut pause = rhythm.first;
        loop {
            let answered = wait(&mut answer, pause).await;
            if let Some(answered) = &answered {
                let _ = self.updates.send(UpgradeUpdate::Answered(answered.clone())).await;
                // From now on it is Meta's turn: look often again.
                pause = rhythm.first;
            }
            // Even after a failure or a cancel: the terms may have been accepted in another window.
            match self.look(&mut covers).await {
                Ok(true) => return UpgradeOutcome::Onboarded,
                Ok(false) => self.failures = 0,
                Err(problem) => {
                    self.failures += 1;
                    if problem.class == ErrorClass::Auth || self.failures >= FAILURES {
                        return UpgradeOutcome::Failed(failure(&problem, portfolio.as_ref(), UpgradeStep::Check));
                    }
                    let _ = self.updates.send(UpgradeUpdate::NotChecked { problem: Box::new(problem) }).await;
                }
            }
            match answered {
                // Leaving before the end is an end without the accounts on, so it raises the banner like any other (R20).
                Some(failed @ (SignupAnswer::Cancelled { .. } | SignupAnswer::Failed { .. })) => {
                    let problem = problem_of(failed);
                    return UpgradeOutcome::Failed(GeneralFailure {
                        ..failure(&problem, portfolio.as_ref(), UpgradeStep::Signup)
                    });
                }
                Some(SignupAnswer::Finished { .. }) => {}
                None => pause = (pause + pause / 2).min(rhythm.longest),
            }
            if began.elapsed() >= rhythm.patience {
                return UpgradeOutcome::StillWaiting;
            }
        }
    }

    /// Reads the accounts that are not on yet; `true` once all are.
    async fn look(&self, covers: &mut Vec<WabaId>) -> Result<bool, Problem> {
        loop {
            let next: Vec<WabaId> = covers.iter().take(LARGEST_BATCH).cloned().collect();
            if next.is_empty() {
                return Ok(true);
            }
            let mut accounts = check(self.session, &next).await?;
            self.session.complete(&mut accounts);
            let on: Vec<WabaId> = accounts.iter().filter(|account| is_on(account)).map(|account| account.id.clone()).collect();
            let _ = self.updates.send(UpgradeUpdate::Checked { accounts }).await;
            covers.retain(|id| !on.contains(id));
            // While some of these are not on, looking at the others can wait.
            if on.len() < next.len() {
                return Ok(false);
            }
        }
    }
}

fn is_on(account: &Account) -> bool {
    account.onboarding.class() == StatusClass::On
}

/// Waits for the pause to pass or the page to answer.
async fn wait(answer: &mut Option<oneshot::Receiver<SignupAnswer>>, pause: Duration) -> Option<SignupAnswer> {
    let Some(awaited) = answer else {
        tokio::time::sleep(pause).await;
        return None;
    };
    match tokio::time::timeout(pause, awaited).await {
        Ok(answered) => {
            // It comes once; a listener that is gone sends none.
            *answer = None;
            answered.ok()
        }
        Err(_) => None,
    }
}

/// The page's error as a problem: what Support needs is kept (R20).
fn problem_of(answer: SignupAnswer) -> Problem {
    let clean = |text: String| text::clean(&text).trim().trim_end_matches('.').to_owned();
    let (code, subcode, message, session_id, fbtrace_id, at, step) = match answer {
        SignupAnswer::Failed { code, subcode, message, session_id, fbtrace_id, at, step } => {
            (code, subcode, message, session_id, fbtrace_id, at, step)
        }
        SignupAnswer::Cancelled { step, session_id } => {
            let at_step = step.map(|step| format!(" at the step {}", clean(step))).unwrap_or_default();
            let sentence = format!("The signup was left{at_step} before the terms were accepted. Start it again when ready.");
            return Problem { session_id: session_id.map(clean), ..Problem::new(sentence, ErrorClass::Configuration) };
        }
        SignupAnswer::Finished { .. } => return Problem::new("The signup ended without saying why.", ErrorClass::Unknown),
    };
    let said = message.map(clean).filter(|message| !message.is_empty());
    let at_step = step.map(|step| format!(" at the step {}", clean(step))).unwrap_or_default();
    let sentence = match said {
        Some(said) => format!("The signup failed{at_step}: {said}."),
        None => format!("The signup failed{at_step} and gave no reason."),
    };
    let explanation = code.map(|code| crate::domain::graph_error::explain(code, subcode));
    Problem {
        code,
        subcode,
        session_id: session_id.map(clean),
        fbtrace_id: fbtrace_id.map(clean),
        at: at.unwrap_or_else(Timestamp::now),
        ..Problem::new(sentence, explanation.map_or(ErrorClass::Unknown, |explanation| explanation.class))
    }
}
