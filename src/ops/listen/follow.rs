//! What a dashboard learns of webhooks while it is open: from a receiver in another process, in its own, or from its sandbox.

use tokio::sync::broadcast;

use super::{READ_TOGETHER, bell, take_in};
use crate::{
    domain::{
        WabaId,
        event::{Event, EventKind},
    },
    ops::{
        Problem, Session,
        history::{History, in_background},
        send::DeliveryReport,
    },
    store::{NewWebhook, Store, StoreError},
    web::{self, decode},
};

/// What webhooks told since the last news.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct News {
    /// What became of messages.
    pub reports: Vec<DeliveryReport>,
    /// Accounts about which something was told, so that they are worth reading again; each once.
    pub accounts: Vec<WabaId>,
    /// What was told of them, in the order in which it came.
    pub changes: Vec<Event>,
}

/// Waits for news. It costs nothing while there are none.
#[derive(Debug)]
pub struct Follower {
    store: Store,
    profile: String,
    /// The last body that was told of.
    last: i64,
    bell: Option<bell::Bell>,
    /// What a sandbox reports to this process itself.
    bodies: Option<broadcast::Receiver<web::Bytes>>,
    session: Option<Session>,
    history: History,
    /// Accounts with restrictions that were told before: worth reading again, once.
    recalled: Vec<WabaId>,
}

impl Follower {
    /// Begins to follow, from now on.
    ///
    /// # Errors
    /// A history that cannot be read.
    pub async fn begin(session: &Session) -> Result<Self, Problem> {
        let history = History::of(session).await?;
        let mut follower = Self::of(&history, session.reported().await).await?;
        let (store, profile) = history.parts();
        let told = in_background(move || store.restrictions(&profile)).await?;
        follower.recalled = told.iter().map(|(account, _)| account.clone()).collect();
        session.recall(told);
        follower.session = Some(session.clone());
        Ok(follower)
    }

    /// The same for a history, with what a sandbox reports to this process.
    pub(super) async fn of(history: &History, bodies: Option<broadcast::Receiver<web::Bytes>>) -> Result<Self, Problem> {
        let (store, profile) = history.parts();
        let bell = bell::folder(store.path()).and_then(|folder| {
            let hung = bell::Bell::hang(&folder);
            hung.inspect_err(|error| tracing::warn!(%error, "Webhooks of other processes will not be noticed at once")).ok()
        });
        let (reader, name) = (store.clone(), profile.clone());
        // The bell hangs already: what comes from now on rings it.
        let last = in_background(move || reader.last_webhook(&name)).await?;
        Ok(Self { store, profile, last, bell, bodies, session: None, history: history.clone(), recalled: Vec::new() })
    }

    /// The next news; `None` when there can be none any more. Cancelling it loses nothing.
    ///
    /// # Errors
    /// A history that cannot be used; asking again may work.
    pub async fn next(&mut self) -> Result<Option<News>, Problem> {
        if !self.recalled.is_empty() {
            return Ok(Some(News { accounts: std::mem::take(&mut self.recalled), ..News::default() }));
        }
        loop {
            let (store, profile, last) = (self.store.clone(), self.profile.clone(), self.last);
            let (news, heard, last) = in_background(move || read(&store, &profile, last)).await?;
            self.last = last;
            for event in &heard {
                if let Some(session) = &self.session {
                    session.hear(event);
                }
            }
            if news != News::default() {
                self.history.ring(&news.changes);
                return Ok(Some(news));
            }
            let body = tokio::select! {
                () = rung(self.bell.as_ref()), if self.bell.is_some() => None,
                body = body(&mut self.bodies), if self.bodies.is_some() => match body {
                    Some(body) => Some(body),
                    None => {
                        self.bodies = None;
                        continue;
                    }
                },
                else => return Ok(None),
            };
            if let Some(body) = body {
                let (store, profile) = (self.store.clone(), self.profile.clone());
                in_background(move || keep(&store, &profile, body)).await?;
            }
        }
    }
}

async fn rung(bell: Option<&bell::Bell>) {
    match bell {
        Some(bell) => bell.rung().await,
        None => std::future::pending().await,
    }
}

async fn body(bodies: &mut Option<broadcast::Receiver<web::Bytes>>) -> Option<web::Bytes> {
    let bodies = bodies.as_mut()?;
    loop {
        match bodies.recv().await {
            Ok(body) => return Some(body),
            Err(broadcast::error::RecvError::Lagged(lost)) => tracing::warn!(lost, "The sandbox reported faster than was read"),
            Err(broadcast::error::RecvError::Closed) => return None,
        }
    }
}

/// Takes in what a sandbox reported to this process.
fn keep(store: &Store, profile: &str, body: web::Bytes) -> Result<(), StoreError> {
    let new = NewWebhook { digest: web::digest(&body), received: jiff::Timestamp::now(), body };
    store.keep_webhooks(profile, &[new])?;
    while take_in(store, profile)?.is_some() {}
    Ok(())
}

/// What was read and told since, what of it concerns restrictions, and up to where.
fn read(store: &Store, profile: &str, last: i64) -> Result<(News, Vec<web::AccountEvent>, i64), StoreError> {
    let (mut news, mut heard) = (News::default(), Vec::new());
    let mut last = last;
    for body in store.read_webhooks_after(profile, last, READ_TOGETHER)? {
        last = body.id;
        for notice in decode(&body.body, body.received).into_iter().flatten() {
            match notice.told {
                Some(web::Event::Status(status)) => news.reports.push(status.into()),
                Some(web::Event::Account(event)) => heard.push(event),
                None => {}
            }
            // That a message failed changes nothing about the account.
            for change in notice.changes.into_iter().filter(|change| change.kind != EventKind::MessageFailed) {
                if let Some(account) = change.account.as_ref().filter(|account| !news.accounts.contains(account)) {
                    news.accounts.push(account.clone());
                }
                news.changes.push(change);
            }
        }
    }
    Ok((news, heard, last))
}
