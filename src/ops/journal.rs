//! The journal of sends: every send is noted before it is made, settled by its answer, and followed by what webhooks tell
//! (R36, R37). Where the journal cannot be used, sending goes on; the log says so.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{
    Problem, Session,
    history::{History, in_background},
    send::{DeliveryReport, SendOutcome},
};
use crate::{
    domain::{
        WabaId,
        message::{Address, Outgoing, OutgoingContent, OutgoingDelivery, TemplateKey},
    },
    store::{KeptSend, KeptStatus, MessageProgress, NewSend, SendResult, Settled},
    web::MessageStatus,
};

/// A send that stands in the journal and waits for its answer.
#[derive(Debug)]
pub struct Entry {
    history: History,
    id: i64,
}

/// Notes a send before it is made.
///
/// # Errors
/// A journal that cannot be written.
pub async fn begin(session: &Session, message: &Outgoing) -> Result<Entry, Problem> {
    let history = History::of(session).await?;
    let (store, profile) = history.parts();
    let send = entry(message, Timestamp::now());
    let id = in_background(move || store.begin_send(&profile, &send)).await?;
    Ok(Entry { history, id })
}

fn entry(message: &Outgoing, at: Timestamp) -> NewSend {
    let template = match message.content() {
        OutgoingContent::Template { template, .. } => template.clone(),
        OutgoingContent::FreeForm(_) => TemplateKey::default(),
    };
    let recipient = match message.address() {
        Address::Phone(digits) => digits.clone(),
        Address::UserId(id) => id.clone(),
    };
    let policy = match message.delivery() {
        OutgoingDelivery::Optimized { policy, .. } => Some(*policy),
        OutgoingDelivery::CloudApi => None,
    };
    NewSend {
        at,
        account: message.account().clone(),
        number: message.number().clone(),
        template: template.name.to_string(),
        language: template.language.to_string(),
        recipient,
        requested: message.delivery().endpoint(),
        policy,
    }
}

impl Entry {
    /// Notes how the send was answered.
    ///
    /// # Errors
    /// A journal that cannot be written: the send then stays unknown in it.
    pub async fn settle(self, outcome: &SendOutcome) -> Result<(), Problem> {
        let failed = |outcome, problem: &Problem| Settled {
            outcome,
            message_id: None,
            code: problem.code,
            fbtrace_id: problem.fbtrace_id.clone(),
            sentence: Some(problem.sentence.clone()),
        };
        let settled = match outcome {
            SendOutcome::Accepted { message_id, .. } => Settled {
                outcome: SendResult::Accepted,
                message_id: Some(message_id.clone()),
                code: None,
                fbtrace_id: None,
                sentence: None,
            },
            SendOutcome::Refused(problem) => failed(SendResult::Refused, problem),
            SendOutcome::Unknown(problem) => failed(SendResult::Unknown, problem),
        };
        let (store, _) = self.history.parts();
        let id = self.id;
        in_background(move || store.settle_send(id, &settled)).await
    }
}

/// Notes what a webhook told of a message. Says whether it belongs to a send of the journal.
///
/// # Errors
/// A journal that cannot be written.
pub async fn record(history: &History, report: &DeliveryReport) -> Result<bool, Problem> {
    let Some(status) = status(report) else { return Ok(false) };
    let (store, _) = history.parts();
    let message = report.message_id.clone();
    in_background(move || store.record_status(&message, &status)).await
}

/// What the journal keeps of a report; nothing of a status that nobody knows.
pub(super) fn status(report: &DeliveryReport) -> Option<KeptStatus> {
    let progress = match report.status {
        MessageStatus::Sent => MessageProgress::Sent,
        MessageStatus::Delivered => MessageProgress::Delivered,
        MessageStatus::Read | MessageStatus::Played => MessageProgress::Read,
        MessageStatus::Failed => MessageProgress::Failed,
        MessageStatus::Unknown(_) => return None,
    };
    Some(KeptStatus {
        progress,
        at: report.at.unwrap_or_else(Timestamp::now),
        category: report.category.clone(),
        failure: report.errors.first().map(|error| error.code),
    })
}

/// The last sends of the session's profile, the newest first.
///
/// # Errors
/// A journal that cannot be read.
pub async fn recent(session: &Session, most: u32) -> Result<Vec<KeptSend>, Problem> {
    let (store, profile) = History::of(session).await?.parts();
    in_background(move || store.sends(&profile, None, most)).await
}

/// What the journal knows that matters before a send.
#[derive(Debug, Clone, Copy, Default)]
pub struct Usage {
    /// When the template was last taken on.
    pub last_use: Option<Timestamp>,
    /// How many people were reached from the account within 24 hours.
    pub reached: u32,
}

/// How many sends are looked through for the people of the last 24 hours.
const LOOKED_THROUGH: u32 = 10_000;

/// What the journal knows of a template and its account. Nothing where it cannot be read: the checks then say less.
pub async fn usage(session: &Session, account: &WabaId, template: &TemplateKey, now: Timestamp) -> Usage {
    let Ok(history) = History::of(session).await else { return Usage::default() };
    let (store, profile) = history.parts();
    let (account, template) = (account.clone(), template.clone());
    let read = in_background(move || {
        let last_use = store.last_use(&profile, &account, &template.name, &template.language)?;
        let lately =
            |send: &KeptSend| send.settled.outcome == SendResult::Accepted && now.duration_since(send.send.at).as_hours() < 24;
        let sends = store.sends(&profile, Some(&account), LOOKED_THROUGH)?;
        let people: BTreeSet<String> = sends.into_iter().filter(lately).map(|send| send.send.recipient).collect();
        Ok(Usage { last_use, reached: u32::try_from(people.len()).unwrap_or(u32::MAX) })
    });
    read.await.unwrap_or_default()
}
