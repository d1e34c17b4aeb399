//! Work on drafts and on what was sent before: kept, found, read and written, without ever sending anything.

use std::{
    future::Future,
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use super::Runner;
use crate::{
    domain::WabaId,
    ops,
    store::KeptDraft,
    tui::{effect::Effect, msg::Msg},
};

/// How many sends of earlier runs are shown.
const EARLIER_SENDS: u32 = 50;

/// How long the end of the program waits for the last draft.
const LAST_WORK: Duration = Duration::from_secs(2);

impl Runner {
    /// Carries an effect out before the program ends: what was being written outlives it.
    pub async fn finish(&self, effect: Effect) {
        let (Effect::KeepDraft(draft), Some(session)) = (effect, self.session()) else { return };
        let kept = tokio::time::timeout(LAST_WORK, ops::draft::keep(&session, *draft)).await;
        if let Ok(Err(problem)) = kept {
            tracing::warn!("A draft could not be kept: {}", problem.sentence);
        }
    }

    /// Spawns work that ends with a message.
    pub(super) fn report(&mut self, work: impl Future<Output = Msg> + Send + 'static) {
        let messages = self.messages.clone();
        self.spawn(async move {
            let _ = messages.send(work.await);
        });
    }

    pub(super) fn load_sends(&mut self) {
        let Some(session) = self.session() else { return };
        self.report(async move { Msg::SendsLoaded(ops::journal::recent(&session, EARLIER_SENDS).await.unwrap_or_default()) });
    }

    pub(super) fn load_creative(&mut self, account: WabaId) {
        let Some(session) = self.session() else { return };
        let messages = self.messages.clone();
        self.spawn(async move {
            if let Ok(features) = ops::fleet::load_creative(&session, &account).await {
                let _ = messages.send(Msg::CreativeLoaded(account, features));
            }
        });
    }

    /// A history that cannot be read tells nothing of pauses, and that is what is said then.
    pub(super) fn load_pauses(&mut self, account: WabaId) {
        let Some(session) = self.session() else { return };
        self.report(async move {
            let events = ops::diagnosis::past(&session, &account).await.map(|past| past.events).unwrap_or_default();
            let of_templates = events.into_iter().filter(|event| event.kind.is_of_template()).collect();
            Msg::PausesLoaded(account, of_templates)
        });
    }

    pub(super) fn find_drafts(&mut self) {
        let Some(session) = self.session() else { return };
        self.report(async move { Msg::DraftsFound(ops::draft::list(&session).await) });
    }

    pub(super) fn look_for_draft(&mut self) {
        let Some(session) = self.session() else { return };
        self.report(async move { Msg::LastDraftFound(ops::draft::list(&session).await.into_iter().next().map(Box::new)) });
    }

    /// That drafts cannot be kept is said once.
    pub(super) fn keep_draft(&mut self, draft: KeptDraft) {
        let Some(session) = self.session() else { return };
        let (messages, silent) = (self.messages.clone(), Arc::clone(&self.drafts_failed));
        self.spawn(async move {
            if let Err(problem) = ops::draft::keep(&session, draft).await
                && !silent.swap(true, Ordering::SeqCst)
            {
                let _ = messages.send(Msg::TaskBroke(problem.sentence));
            }
        });
    }
}
