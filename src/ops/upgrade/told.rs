//! Hears of webhooks that somebody else received: `wabadeck listen` keeps them in the store, and whoever waits for an account
//! that one of them is about looks again at once instead of at the end of a pause (R13). Reads nothing of Meta.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::sync::broadcast;

use crate::{domain::WabaId, ops::history::in_background, store::Store};

/// How often the store is asked while somebody waits: one look at the end of an index.
const EVERY: Duration = Duration::from_secs(2);
/// Tidings that wait for a slow reader; whoever misses some looks again anyway.
const QUEUE: usize = 64;

/// The accounts that some webhooks were about.
pub(super) type Tidings = Arc<[WabaId]>;

/// Who listens; one for each session, so that many who wait ask the store once.
#[derive(Debug, Default)]
pub struct Told {
    sender: Mutex<Option<broadcast::Sender<Tidings>>>,
}

impl Told {
    /// Accounts that webhooks are about, from now on. The store is asked only while somebody holds a receiver.
    pub(super) fn listen(&self, store: Store, profile: String) -> broadcast::Receiver<Tidings> {
        let mut slot = self.sender.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sender) = slot.as_ref().filter(|sender| sender.receiver_count() > 0) {
            return sender.subscribe();
        }
        let (sender, receiver) = broadcast::channel(QUEUE);
        tokio::spawn(watch(sender.clone(), store, profile));
        *slot = Some(sender);
        receiver
    }
}

/// Ends when nobody listens any more.
async fn watch(sender: broadcast::Sender<Tidings>, store: Store, profile: String) {
    let ask = |after: Option<i64>| {
        let (store, profile) = (store.clone(), profile.clone());
        in_background(move || store.told_by_webhooks(&profile, after))
    };
    let mut last = None;
    while sender.receiver_count() > 0 {
        // A store that is busy now is asked again.
        if let Ok((newest, accounts)) = ask(last).await {
            last = Some(newest);
            if !accounts.is_empty() {
                let _ = sender.send(accounts.into());
            }
        }
        tokio::time::sleep(EVERY).await;
    }
}
