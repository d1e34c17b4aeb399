//! What was sent in this session, and what became of it. Nothing here ever sends anything (R37).

use std::{collections::VecDeque, sync::Arc};

use jiff::Timestamp;

use crate::{
    domain::{
        MessageId, Template,
        delivery::{DeliveryPath, Endpoint},
        graph_error::{self, ErrorClass},
        message::Draft,
    },
    ops::{
        Problem,
        send::{Acceptance, DeliveryReport, SendOutcome},
    },
    text,
    web::MessageStatus,
};

/// Reports that came before the answer they belong to, at most so many.
const EARLY_REPORTS: usize = 64;

/// How far a send has come.
#[derive(Debug, Clone)]
pub enum Stage {
    /// Not answered yet.
    Sending,
    /// Meta took it.
    Accepted,
    /// Meta holds it while it looks at the template's quality.
    Held,
    /// Meta paused it with its template.
    Paused,
    /// On its way to the recipient.
    Sent,
    /// With the recipient.
    Delivered,
    /// Read by the recipient.
    Read,
    /// Not delivered, for this reason.
    Failed(Box<Problem>),
    /// Meta refused it: nothing was sent.
    Refused(Box<Problem>),
    /// The answer never came: it may have been sent, or not (R37).
    Unknown(Box<Problem>),
}

impl Stage {
    /// How far along: a later report never takes a message back. `read` may come without `delivered`, and in any order.
    fn rank(&self) -> u8 {
        match self {
            Self::Sending => 0,
            Self::Unknown(_) => 1,
            Self::Accepted | Self::Held | Self::Paused => 2,
            Self::Sent => 3,
            Self::Delivered => 4,
            Self::Read => 5,
            Self::Failed(_) | Self::Refused(_) => 6,
        }
    }

    /// The failure, where there is one.
    pub fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Failed(problem) | Self::Refused(problem) | Self::Unknown(problem) => Some(problem),
            _ => None,
        }
    }
}

/// One send.
#[derive(Debug, Clone)]
pub struct Sent {
    /// Tells it from others.
    pub ticket: u64,
    /// When it was sent.
    pub at: Timestamp,
    /// To whom, as typed.
    pub to: String,
    /// The path that was asked for (R36).
    pub requested: Endpoint,
    /// Whether falling back was ruled out.
    pub strict: bool,
    /// The path it took, once a report says so (R36).
    pub path: DeliveryPath,
    /// How far it has come.
    pub stage: Stage,
    /// Its id, once Meta gave one.
    pub message_id: Option<MessageId>,
    /// What it was made from, in case the person decides to send it again (R37).
    pub draft: Draft,
    /// The template as it was.
    pub template: Option<Arc<Template>>,
}

/// All sends of this session, the newest first.
#[derive(Debug, Default)]
pub struct Sends {
    list: Vec<Sent>,
    last_ticket: u64,
    early: VecDeque<DeliveryReport>,
}

impl Sends {
    /// A ticket that no send has had.
    pub fn next_ticket(&mut self) -> u64 {
        self.last_ticket += 1;
        self.last_ticket
    }

    /// Notes a send.
    pub fn add(&mut self, sent: Sent) {
        self.list.insert(0, sent);
    }

    /// All sends.
    pub fn all(&self) -> &[Sent] {
        &self.list
    }

    /// Their tickets.
    pub fn tickets(&self) -> impl Iterator<Item = u64> {
        self.list.iter().map(|sent| sent.ticket)
    }

    /// The send with this ticket.
    pub fn get(&self, ticket: u64) -> Option<&Sent> {
        self.list.iter().find(|sent| sent.ticket == ticket)
    }

    /// Whether one of them waits for Meta's answer.
    pub fn awaits_answer(&self) -> bool {
        self.list.iter().any(|sent| matches!(sent.stage, Stage::Sending))
    }

    /// Takes the answer to a send.
    pub fn answer(&mut self, ticket: u64, outcome: SendOutcome) {
        let Some(sent) = self.list.iter_mut().find(|sent| sent.ticket == ticket) else { return };
        match outcome {
            SendOutcome::Accepted { message_id, status } => {
                sent.stage = match status {
                    Acceptance::HeldForQualityAssessment => Stage::Held,
                    Acceptance::Paused => Stage::Paused,
                    Acceptance::Accepted | Acceptance::Unknown(_) => Stage::Accepted,
                };
                sent.message_id = Some(message_id);
            }
            SendOutcome::Refused(problem) => sent.stage = Stage::Refused(Box::new(problem)),
            SendOutcome::Unknown(problem) => sent.stage = Stage::Unknown(Box::new(problem)),
        }
        // The webhook may be quicker than the answer.
        for report in std::mem::take(&mut self.early) {
            self.report(&report);
        }
    }

    /// Takes a report; keeps it for a while when its message is not known yet. Says whether it was for one of these.
    pub fn report(&mut self, report: &DeliveryReport) -> bool {
        let known = self.list.iter_mut().find(|sent| sent.message_id.as_ref() == Some(&report.message_id));
        let Some(sent) = known else {
            self.early.push_back(report.clone());
            if self.early.len() > EARLY_REPORTS {
                self.early.pop_front();
            }
            return false;
        };
        // Only some webhooks carry the price; one without takes nothing back (R36).
        if report.path != DeliveryPath::NotYetKnown {
            sent.path = report.path;
        }
        let stage = match &report.status {
            MessageStatus::Sent => Some(Stage::Sent),
            MessageStatus::Delivered => Some(Stage::Delivered),
            MessageStatus::Read => Some(Stage::Read),
            MessageStatus::Failed => Some(Stage::Failed(Box::new(failure(report)))),
            _ => None,
        };
        if let Some(stage) = stage.filter(|stage| stage.rank() > sent.stage.rank()) {
            sent.stage = stage;
        }
        true
    }
}

/// Why a message was not delivered, as a report tells it.
fn failure(report: &DeliveryReport) -> Problem {
    let Some(error) = report.errors.first() else { return Problem::new("", ErrorClass::Unknown) };
    let explanation = graph_error::explain(error.code, None);
    Problem {
        code: Some(error.code),
        ..Problem::new(format!("{}: {}", error.code, text::clean(&error.message)), explanation.class)
    }
}
