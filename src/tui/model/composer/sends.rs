//! What was sent in this session, and what became of it. Nothing here ever sends anything (R37).

use std::{
    collections::{BTreeSet, VecDeque},
    sync::Arc,
};

use jiff::Timestamp;

use crate::{
    domain::{
        MessageId, Template, WabaId,
        delivery::{DeliveryPath, Endpoint, ProductPolicy},
        graph_error::{self, ErrorClass},
        message::{Draft, TemplateKey},
    },
    ops::{
        Problem,
        send::{Acceptance, DeliveryReport, SendOutcome},
    },
    store::{KeptSend, MessageProgress, SendResult},
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
    /// From which account.
    pub account: WabaId,
    /// The template's name and language; `None` for a message without.
    pub template: Option<TemplateKey>,
    /// What it was made from, in case the person decides to send it again (R37); `None` for one of an earlier run.
    pub origin: Option<Origin>,
}

/// What a send was made from.
#[derive(Debug, Clone)]
pub struct Origin {
    /// The draft.
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

    /// Adds what the journal kept of earlier runs, the newest first. What is here already is the journal's own youngest.
    pub fn add_earlier(&mut self, kept: Vec<KeptSend>) {
        let oldest_here = self.list.last().map(|sent| sent.at);
        for send in kept {
            let known = self.list.iter().any(|sent| sent.message_id.is_some() && sent.message_id == send.settled.message_id);
            if known || oldest_here.is_some_and(|oldest| send.send.at >= oldest) {
                continue;
            }
            let ticket = self.next_ticket();
            self.list.push(earlier(ticket, send));
        }
    }

    /// When a template was last taken on, as far as is known here.
    pub fn last_use(&self, account: &WabaId, template: &TemplateKey) -> Option<Timestamp> {
        let taken_on =
            |sent: &&Sent| sent.message_id.is_some() && sent.account == *account && sent.template.as_ref() == Some(template);
        self.list.iter().filter(taken_on).map(|sent| sent.at).max()
    }

    /// How many people were reached from an account within 24 hours, as far as is known here.
    pub fn reached(&self, account: &WabaId, now: Timestamp) -> u32 {
        let lately =
            |sent: &&Sent| sent.message_id.is_some() && sent.account == *account && now.duration_since(sent.at).as_hours() < 24;
        let people: BTreeSet<String> =
            self.list.iter().filter(lately).map(|sent| text::digits(&sent.to).unwrap_or_else(|_| sent.to.clone())).collect();
        u32::try_from(people.len()).unwrap_or(u32::MAX)
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

/// A send of an earlier run, as far as the journal knows it.
fn earlier(ticket: u64, kept: KeptSend) -> Sent {
    let path = kept.path();
    let KeptSend { send, settled, status, .. } = kept;
    let explained = |code: Option<i64>, sentence: Option<String>| {
        let class = code.map_or(ErrorClass::Unknown, |code| graph_error::explain(code, None).class);
        let sentence = sentence.or_else(|| code.map(|code| code.to_string())).unwrap_or_default();
        Box::new(Problem { code, ..Problem::new(sentence, class) })
    };
    let stage = match (settled.outcome, status) {
        (SendResult::Refused, _) => Stage::Refused(explained(settled.code, settled.sentence)),
        (SendResult::Unknown, None) => Stage::Unknown(explained(settled.code, settled.sentence)),
        (_, None) => Stage::Accepted,
        (_, Some(status)) => match status.progress {
            MessageProgress::Sent => Stage::Sent,
            MessageProgress::Delivered => Stage::Delivered,
            MessageProgress::Read => Stage::Read,
            MessageProgress::Failed => Stage::Failed(explained(status.failure, None)),
        },
    };
    let digits = send.recipient.bytes().all(|byte| byte.is_ascii_digit());
    let template = TemplateKey { name: send.template.into(), language: send.language.into() };
    Sent {
        ticket,
        at: send.at,
        to: if digits { format!("+{}", send.recipient) } else { send.recipient },
        requested: send.requested,
        strict: send.policy == Some(ProductPolicy::Strict),
        path,
        stage,
        message_id: settled.message_id,
        account: send.account,
        template: Some(template).filter(|template| !template.name.is_empty()),
        origin: None,
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
