//! Sending a message, once, and hearing what became of it (R36, R37).

#[cfg(test)]
mod tests;

use compact_str::CompactString;
use jiff::Timestamp;
use tokio::sync::broadcast;
use url::Url;

use super::{Problem, Session, history::History, journal};
use crate::{
    domain::{
        MessageId, WabaId,
        delivery::{DeliveryPath, PricingCategory},
        message::{Outgoing, OutgoingDelivery},
        preflight,
    },
    graph::{GraphError, messages, signup, token},
    web::{Event, MessageStatus, StatusError, StatusEvent},
};

/// The request that a message becomes. Holds no token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestPreview {
    /// `POST`.
    pub method: &'static str,
    /// The address, the proof that belongs to the token left out.
    pub url: Url,
    /// The headers that matter, by name; the token left out.
    pub headers: Vec<(&'static str, String)>,
    /// The JSON body, byte for byte.
    pub body: String,
    /// The same as a command line; the token stands in it as `$WABADECK_TOKEN`.
    pub curl: String,
}

/// Shows the request without sending it.
///
/// # Errors
/// An address that cannot carry a path.
pub fn request(session: &Session, message: &Outgoing) -> Result<RequestPreview, Problem> {
    let mut url = messages::address(session.client(), message)?;
    let body = messages::text(message);
    let mut address = quoted(url.as_str());
    if session.client().is_signed() {
        // The proof is made of the token: who has it can use it.
        address.push_str("\"?appsecret_proof=$WABADECK_APPSECRET_PROOF\"");
        url.set_query(Some("appsecret_proof=[redacted]"));
    }
    let curl = format!(
        "curl -X POST {address} \\\n  -H \"Authorization: Bearer $WABADECK_TOKEN\" \\\n  -H 'Content-Type: application/json' \\\n  --data-binary {}",
        quoted(&body)
    );
    let headers = vec![
        ("Authorization", "Bearer [redacted]".to_owned()),
        ("Content-Type", "application/json".to_owned()),
        ("User-Agent", concat!("wabadeck/", env!("CARGO_PKG_VERSION")).to_owned()),
    ];
    Ok(RequestPreview { method: "POST", url, headers, body, curl })
}

/// A word that every POSIX shell takes as it stands.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}

impl RequestPreview {
    /// Method, address, headers and body, one below the other.
    pub fn to_text(&self) -> String {
        let headers: Vec<String> = self.headers.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        format!("{} {}\n{}\n\n{}", self.method, self.url, headers.join("\n"), self.body)
    }
}

/// Whether the token may send messages; `None` when Meta does not say.
pub async fn may_send(session: &Session) -> Option<bool> {
    preflight::may_send(&token::inspect(session.client()).await.ok()?.scopes)
}

/// How Meta took a message on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Acceptance {
    /// It is on its way.
    Accepted,
    /// Held back while Meta sees how recipients take the template.
    HeldForQualityAssessment,
    /// The template is paused, so it waits.
    Paused,
    /// Something that this version does not know, as sent.
    Unknown(CompactString),
}

/// What became of an attempt to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SendOutcome {
    /// Meta took it on. Whether and which way it arrives only webhooks tell.
    Accepted {
        /// By which webhooks name it.
        message_id: MessageId,
        /// How.
        status: Acceptance,
    },
    /// It was not sent, for certain.
    Refused(Problem),
    /// Nobody knows whether it was sent. It is never sent again by itself; the user decides.
    Unknown(Problem),
}

/// Sends the message, exactly once. It stands in the journal before it leaves, so that a crash leaves it unknown, not
/// forgotten (R37).
pub async fn send(session: &Session, message: Outgoing) -> SendOutcome {
    prepare_reports(session, message.account()).await;
    let entry = journal::begin(session, &message).await;
    let outcome = send_once(session, message).await;
    let noted = match entry {
        Ok(entry) => entry.settle(&outcome).await,
        Err(problem) => Err(problem),
    };
    if let Err(problem) = noted {
        tracing::warn!("A send could not be noted: {}", problem.sentence);
    }
    outcome
}

async fn send_once(session: &Session, message: Outgoing) -> SendOutcome {
    let optimized = matches!(message.delivery(), OutgoingDelivery::Optimized { .. });
    match messages::send(session.client(), message).await {
        Ok(taken) => {
            tracing::info!(optimized, "A message was taken on");
            let status = match taken.status.to_ascii_lowercase().as_str() {
                "" | "accepted" => Acceptance::Accepted,
                "held_for_quality_assessment" => Acceptance::HeldForQualityAssessment,
                "paused" => Acceptance::Paused,
                _ => Acceptance::Unknown(taken.status),
            };
            SendOutcome::Accepted { message_id: taken.id, status }
        }
        Err(error) if error.is_outcome_unknown() => {
            tracing::warn!(%error, "Whether a message was sent is not known");
            SendOutcome::Unknown(unknown(error))
        }
        Err(error) => {
            tracing::warn!(%error, "A message was refused");
            SendOutcome::Refused(error.into())
        }
    }
}

fn unknown(error: GraphError) -> Problem {
    let hint = "The message may have been sent all the same. It is not sent again by itself: look for a status, or ask the recipient, before you send it once more.";
    Problem { hint: Some(hint.to_owned()), ..error.into() }
}

/// Has a sandbox on this machine report to us on the account's messages. Never done to a real account: its webhooks
/// belong to whoever runs it.
async fn prepare_reports(session: &Session, account: &WabaId) {
    if !session.is_sandbox_here() || !session.first_report_of(account) {
        return;
    }
    let listener = match session.listener().await {
        Ok(listener) => listener,
        Err(error) => {
            tracing::warn!(%error, "No port could be opened for reports");
            return;
        }
    };
    let subscribed = signup::subscribe(session.client(), account, &listener.webhook_url(), listener.verify_token()).await;
    if let Err(error) = subscribed {
        tracing::warn!(%error, "The sandbox could not be asked for reports");
        session.forget_report_of(account);
    }
}

/// What a webhook told of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryReport {
    /// Which message.
    pub message_id: MessageId,
    /// How far it has come.
    pub status: MessageStatus,
    /// When, by Meta's clock.
    pub at: Option<Timestamp>,
    /// The way it took, as far as **this** report tells; join reports with [`DeliveryPath`], which forgets nothing.
    pub path: DeliveryPath,
    /// `pricing.category`, where this report carries it.
    pub category: Option<PricingCategory>,
    /// Why it failed, in Meta's words (not cleaned for a terminal).
    pub errors: Vec<StatusError>,
}

impl From<StatusEvent> for DeliveryReport {
    fn from(status: StatusEvent) -> Self {
        Self {
            message_id: status.message,
            status: status.status,
            at: status.at,
            path: DeliveryPath::of_pricing(status.category.as_ref()),
            category: status.category,
            errors: status.errors,
        }
    }
}

/// Reports on messages, from now on. They come from a sandbox on this machine only.
#[derive(Debug)]
pub struct Reports {
    events: broadcast::Receiver<Event>,
    history: Option<History>,
}

/// Begins to listen for reports.
///
/// # Errors
/// When no port of this machine can be opened.
pub async fn reports(session: &Session) -> Result<Reports, Problem> {
    match session.listener().await {
        Ok(listener) => Ok(Reports { events: listener.events(), history: History::of(session).await.ok() }),
        Err(error) => Err(Problem::new(
            format!("No port of this machine could be opened for reports ({error})."),
            crate::domain::graph_error::ErrorClass::Configuration,
        )),
    }
}

impl Reports {
    /// The next report, noted in the journal; `None` once the session is gone.
    pub async fn next(&mut self) -> Option<DeliveryReport> {
        loop {
            match self.events.recv().await {
                Ok(Event::Status(status)) => {
                    let report = DeliveryReport::from(status);
                    if let Some(history) = &self.history
                        && let Err(problem) = journal::record(history, &report).await
                    {
                        tracing::warn!("A report could not be noted: {}", problem.sentence);
                    }
                    return Some(report);
                }
                Ok(Event::Account(_)) => {}
                Err(broadcast::error::RecvError::Lagged(lost)) => tracing::warn!(lost, "Reports came faster than they were read"),
                Err(broadcast::error::RecvError::Closed) => return None,
            }
        }
    }
}
