//! Keeps upgrades that were begun, so that a restart forgets none and sends nothing twice (R13). Follows and sends nothing.

use crate::{
    domain::{
        PortfolioId, WabaId,
        upgrade::{Proof, Stage, StartedBy, UnderWay},
    },
    ops::{
        Problem, Session,
        history::{History, in_background},
    },
    store::PendingUpgrade,
};

/// The upgrades that this session's profile began, here or in an earlier run, and that have not ended; the oldest first.
///
/// # Errors
/// A store that cannot be read.
pub async fn under_way(session: &Session) -> Result<Vec<UnderWay>, Problem> {
    let (store, profile) = History::of(session).await?.parts();
    let kept = in_background(move || store.pending(&profile)).await?;
    Ok(kept.into_iter().map(read).collect())
}

/// Forgets an upgrade: it ended, or the user gave it up.
///
/// # Errors
/// A store that cannot be written.
pub async fn forget(session: &Session, portfolio: &PortfolioId) -> Result<(), Problem> {
    let (store, profile) = History::of(session).await?.parts();
    let portfolio = portfolio.clone();
    in_background(move || store.forget_pending(&profile, &portfolio)).await
}

/// What was kept that shows that the account is on, and since when.
///
/// # Errors
/// A store that cannot be read.
pub async fn proof(session: &Session, account: &WabaId) -> Result<Proof, Problem> {
    let (store, profile) = History::of(session).await?.parts();
    let account = account.clone();
    in_background(move || store.proof(&profile, &account)).await
}

/// Keeps an upgrade as it is now.
pub(super) async fn keep(session: &Session, upgrade: &UnderWay) -> Result<(), Problem> {
    let (store, profile) = History::of(session).await?.parts();
    let pending = written(profile, upgrade);
    in_background(move || store.keep_pending(&pending)).await
}

fn written(profile: String, upgrade: &UnderWay) -> PendingUpgrade {
    PendingUpgrade {
        profile,
        portfolio: upgrade.portfolio.clone(),
        way: upgrade.by.as_wire().to_owned(),
        begun_at: upgrade.begun_at,
        covers: upgrade.covers.clone(),
        state: upgrade.stage.as_wire().to_owned(),
        request_id: upgrade.request_id.clone(),
    }
}

/// What is kept as being sent was being sent by somebody who has not come back to say how it went.
fn read(pending: PendingUpgrade) -> UnderWay {
    let stage = match Stage::from_wire(&pending.state) {
        Stage::Sending => Stage::Unanswered,
        stage => stage,
    };
    UnderWay {
        portfolio: pending.portfolio,
        by: StartedBy::from_wire(&pending.way),
        stage,
        begun_at: pending.begun_at,
        covers: pending.covers,
        request_id: pending.request_id,
    }
}
