//! Webhooks from Meta: kept before they are acknowledged, read afterwards, and passed on to whoever watches.
//!
//! Three things go on at once and wait for each other as little as they can. The port takes bodies in; one task keeps all that
//! came meanwhile in one transaction and acknowledges them together; another reads what was kept, in the order in which it
//! came, also what a run before left unread. Every dashboard on this machine is told by a bell.

mod bell;
mod follow;
#[cfg(test)]
mod tests;

use std::{net::SocketAddr, path::Path, time::Duration};

use jiff::Timestamp;
use secrecy::SecretString;
use tokio::{sync::mpsc, task::JoinHandle};

use super::{
    Problem,
    history::{History, in_background},
    journal,
};
use crate::{
    domain::{MessageId, WabaId, event::Event, graph_error::ErrorClass},
    store::{KeptStatus, KeptWebhook, NewWebhook, Store, StoreError, Told},
    web::{
        self, Notice, StatusEvent, decode,
        intake::{Arrival, Intake, IntakeOptions, PATIENCE},
    },
};

pub use follow::{Follower, News};

/// Bodies that may wait to be kept; whoever sends more waits, too.
const QUEUE: usize = 2_048;

/// Bodies that are kept in one transaction.
const TOGETHER: usize = 512;

/// Bodies that are read in one transaction: few, because those that come meanwhile are kept only after it.
const READ_TOGETHER: u32 = 32;

/// How long reading rests after it failed.
const READ_AGAIN: Duration = Duration::from_secs(2);

/// How long what was kept may take to be read when it is told to end; the next run reads the rest.
const END_TIMEOUT: Duration = Duration::from_secs(5);

/// How webhooks are received.
#[derive(Debug)]
pub struct ListenOptions {
    /// Where to listen.
    pub address: SocketAddr,
    /// What Meta's verification must repeat.
    pub verify_token: SecretString,
    /// The app's secret; `None` believes everybody, which must have been asked for.
    pub app_secret: Option<SecretString>,
}

/// What came out of webhooks.
#[derive(Debug, Clone)]
pub enum Heard {
    /// The history of an account went on.
    Changed(Event),
    /// A message came further.
    Message {
        /// From which account.
        account: Option<WabaId>,
        /// When, by Meta's clock.
        at: Timestamp,
        /// What became of it.
        status: StatusEvent,
    },
    /// Somebody wrote to an account.
    Incoming {
        /// To which.
        account: Option<WabaId>,
        /// When, by Meta's clock.
        at: Timestamp,
    },
    /// A body that is no JSON; it was kept.
    Unreadable {
        /// Its size in bytes.
        bytes: usize,
        /// When it came.
        at: Timestamp,
    },
    /// What was kept could not be read; it is tried again.
    Failed(Problem),
}

/// A receiver that runs. Dropping it closes the port; [`Receiver::end`] waits for what is under way.
#[derive(Debug)]
pub struct Receiver {
    intake: Intake,
    keeping: JoinHandle<()>,
    reading: JoinHandle<()>,
}

/// Opens the port and begins. What a run before kept and did not read is read first.
///
/// # Errors
/// A port that cannot be opened, or a history that cannot be written: what cannot be kept must not be acknowledged.
pub async fn listen(history: &History, options: ListenOptions, heard: mpsc::Sender<Heard>) -> Result<Receiver, Problem> {
    let (store, profile) = history.parts();
    let beside = store.clone();
    let reader = in_background(move || beside.beside()).await?;
    let (sink, arrivals) = mpsc::channel(QUEUE);
    let address = options.address;
    let ListenOptions { verify_token, app_secret, .. } = options;
    let options = IntakeOptions { address, verify_token, app_secret, patience: PATIENCE };
    let intake = Intake::open(options, sink).await.map_err(|error| {
        let arguments = [("address", address.to_string().into()), ("reason", error.to_string().into())];
        Problem::told("webhooks-port-closed", &arguments, ErrorClass::Configuration)
    })?;
    // Full when a wake-up waits already, which is as good.
    let (wake, wakes) = mpsc::channel(1);
    let _ = wake.try_send(());
    let keeping = tokio::spawn(keep(store, profile.clone(), arrivals, wake));
    let reading = tokio::spawn(read(reader, profile, wakes, heard));
    Ok(Receiver { intake, keeping, reading })
}

impl Receiver {
    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.intake.address()
    }

    /// Takes no more, keeps and reads what came, and ends.
    pub async fn end(self) {
        self.intake.close().await;
        // Each ends with the one before it: keeping with the last connection, reading with the last that was kept.
        let _ = self.keeping.await;
        let stop = self.reading.abort_handle();
        if tokio::time::timeout(END_TIMEOUT, self.reading).await.is_err() {
            stop.abort();
        }
    }
}

/// Keeps what came, together, and acknowledges it.
async fn keep(store: Store, profile: String, mut arrivals: mpsc::Receiver<Arrival>, wake: mpsc::Sender<()>) {
    loop {
        let mut batch = Vec::with_capacity(TOGETHER);
        if arrivals.recv_many(&mut batch, TOGETHER).await == 0 {
            return;
        }
        let (mut bodies, mut waiting) = (Vec::with_capacity(batch.len()), Vec::with_capacity(batch.len()));
        for Arrival { body, digest, received, kept } in batch {
            bodies.push(NewWebhook { digest, received, body });
            waiting.push(kept);
        }
        let (store, profile) = (store.clone(), profile.clone());
        let kept = in_background(move || store.keep_webhooks(&profile, &bodies)).await;
        if let Err(problem) = &kept {
            tracing::error!(reason = %problem.sentence, "Webhooks could not be kept and were not acknowledged");
        }
        for answer in waiting {
            // Whoever hung up gets it again from Meta and is none the worse.
            let _ = answer.send(kept.is_ok());
        }
        if kept.is_ok_and(|new| new > 0) {
            let _ = wake.try_send(());
        }
    }
}

/// Reads what was kept, in order, whenever there is something.
async fn read(store: Store, profile: String, mut wakes: mpsc::Receiver<()>, heard: mpsc::Sender<Heard>) {
    let bells = bell::folder(store.path());
    while wakes.recv().await.is_some() {
        loop {
            let (reader, profile) = (store.clone(), profile.clone());
            match in_background(move || take_in(&reader, &profile)).await {
                Ok(None) => break,
                Ok(Some(told)) => {
                    bell::ring(bells.as_deref());
                    for told in told {
                        // Without a reader nobody wants to know.
                        let _ = heard.send(told).await;
                    }
                }
                Err(problem) => {
                    tracing::error!(reason = %problem.sentence, "Webhooks that were kept could not be read");
                    let _ = heard.send(Heard::Failed(problem)).await;
                    tokio::time::sleep(READ_AGAIN).await;
                }
            }
        }
    }
}

/// Reads the oldest unread bodies; `None` when all are read.
fn take_in(store: &Store, profile: &str) -> Result<Option<Vec<Heard>>, StoreError> {
    let bodies = store.unread_webhooks(profile, READ_TOGETHER)?;
    if bodies.is_empty() {
        return Ok(None);
    }
    let (mut changes, mut heard) = (Vec::new(), Vec::new());
    for body in &bodies {
        match decode(&body.body, body.received) {
            Some(notices) => notices.into_iter().for_each(|notice| sort(notice, body, &mut changes, &mut heard)),
            None => heard.push(Heard::Unreadable { bytes: body.body.len(), at: body.received }),
        }
    }
    // Before they count as read: noting a status again changes nothing.
    let statuses: Vec<_> = heard.iter().filter_map(status).collect();
    store.record_statuses(&statuses)?;
    // Meta sends in any order; what came together is told in the order in which it happened.
    changes.sort_by_key(|told: &Told| told.event.at);
    let news = store.tell(profile, &bodies, &changes)?;
    Ok(Some(news.into_iter().map(Heard::Changed).chain(heard).collect()))
}

/// What the journal of sends keeps of it.
fn status(heard: &Heard) -> Option<(MessageId, KeptStatus)> {
    let Heard::Message { status, .. } = heard else { return None };
    Some((status.message.clone(), journal::status(&status.clone().into())?))
}

fn sort(notice: Notice, body: &KeptWebhook, changes: &mut Vec<Told>, heard: &mut Vec<Heard>) {
    let Notice { field, account, at, told, changes: events } = notice;
    match told {
        Some(web::Event::Status(status)) => heard.push(Heard::Message { account, at, status }),
        None if events.is_empty() && field == "messages" => heard.push(Heard::Incoming { account, at }),
        _ => {}
    }
    changes.extend(events.into_iter().map(|event| Told { event, received: body.received }));
}

/// Whether a file is one that other processes can see.
fn is_shared(store: &Path) -> bool {
    store != Path::new(":memory:")
}
