//! What becomes of an accepted message: the status webhooks, and when each comes.
//! It must not decide whether a message is accepted.
//!
//! The last six digits of the recipient's number choose the outcome, so that every one can be tried:
//!
//! | digits | outcome |
//! |---|---|
//! | an error code of [`FAILURES`], such as `131049` | `failed` with that code |
//! | `000001` | `sent`, and nothing more: the phone is off |
//! | `000002` | `sent`, `delivered`, never read |
//! | `000003` | `sent`, then `read` without `delivered` |
//! | `000004` | held for quality assessment, then sent |
//! | `000005` | every webhook comes twice |
//! | `000006` | `delivered` comes before `sent` |
//! | anything else | `sent`, `delivered`, `read` |
//!
//! Beyond that the rules of Meta hold: marketing to a US number fails with 131049, a number in a sanctioned country is
//! undeliverable (131026), a message that is no template fails with 131047 unless the recipient has written within a day
//! (`POST /sandbox/inbound`), and a portfolio that has used up its messaging limit gets 131048.

use serde_json::{Map, Value, json};

use super::regions;
use super::seed;
use super::state::{Node, World};
use super::webhooks::{self, Notice};

/// The way a message goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// Marketing through the Marketing Messages API.
    Optimized,
    /// Marketing through Cloud API.
    Cloud,
    /// A utility template.
    Utility,
    /// An authentication template.
    Authentication,
    /// No template: an answer within the service window.
    Service,
}

impl Route {
    /// `pricing.category` of the status webhooks.
    pub fn category(self) -> &'static str {
        match self {
            Self::Optimized => "marketing_lite",
            Self::Cloud => "marketing",
            Self::Utility => "utility",
            Self::Authentication => "authentication",
            Self::Service => "service",
        }
    }

    fn marketing(self) -> bool {
        matches!(self, Self::Optimized | Self::Cloud)
    }
}

/// A message that was accepted.
#[derive(Debug, Clone)]
pub struct Message {
    /// Its id.
    pub id: String,
    /// The number it was sent from.
    pub number: Node,
    /// Index of the account.
    pub account: u32,
    /// The recipient in digits.
    pub recipient: String,
    /// The recipient's business-scoped id, when it was sent to one.
    pub user: Option<String>,
    /// Its template.
    pub template: Option<Node>,
    /// Its `type`.
    pub kind: String,
    /// The way it goes.
    pub route: Route,
    /// Whether falling back was ruled out.
    pub strict: bool,
    /// `biz_opaque_callback_data`.
    pub callback_data: Option<String>,
    /// When it was accepted, in unix seconds.
    pub accepted: i64,
}

/// Codes with which a message can fail after it was accepted, with title and details.
pub const FAILURES: &[(i64, &str, &str)] = &[
    (130_472, "User's number is part of an experiment", "The user is part of an experiment and did not get the message."),
    (131_021, "Recipient cannot be sender", "The recipient is the sender."),
    (
        131_026,
        "Message undeliverable",
        "The recipient is not a WhatsApp number, has not accepted the terms, or uses an old version.",
    ),
    (131_042, "Business eligibility payment issue", "There is a problem with the payment method of the account."),
    (131_047, "Re-engagement message", "More than 24 hours have passed since the recipient last wrote."),
    (131_048, "Spam Rate limit hit", "There are restrictions on how many messages can be sent from this phone number."),
    (
        131_049,
        "This message was not delivered to maintain healthy ecosystem engagement.",
        "In order to maintain a healthy ecosystem engagement, the message failed to be delivered.",
    ),
    (
        131_050,
        "Recipient has stopped marketing messages",
        "The user has chosen to stop receiving marketing messages from this business.",
    ),
    (131_051, "Unsupported message type", "The type of the message is not supported."),
    (131_053, "Media upload error", "The media of the message could not be loaded."),
    (131_056, "Pair rate limit hit", "There were too many messages to the same phone number in a short time."),
    (131_000, "Something went wrong", "The message failed for an unknown reason."),
];

fn ending(message: &Message) -> &str {
    let start = message.recipient.len().saturating_sub(6);
    message.recipient.get(start..).unwrap_or("")
}

/// Whether the message is held for quality assessment first.
pub fn held(message: &Message) -> bool {
    message.template.is_some() && ending(message) == "000004"
}

/// The code a message fails with, if it fails.
pub fn failure(world: &World, message: &Message) -> Option<i64> {
    let chosen = ending(message).parse().ok().filter(|code| FAILURES.iter().any(|(known, _, _)| known == code));
    if chosen.is_some() {
        return chosen;
    }
    let country = regions::of_number(&message.recipient);
    if message.user.is_none() && regions::sanctioned(country) {
        return Some(131_026);
    }
    if message.route.marketing() && message.user.is_none() && country == "US" {
        return Some(131_049);
    }
    if message.route == Route::Service && !world.window_open(message.number, &message.recipient) {
        return Some(131_047);
    }
    if message.route != Route::Service && world.over_limit(message) {
        return Some(131_048);
    }
    None
}

/// The webhooks of a message, in the order and at the times in which they come.
pub fn plan(world: &World, message: &Message) -> Option<Notice> {
    let targets = webhooks::targets(world, message.account);
    if targets.is_empty() {
        return None;
    }
    let steps: Vec<(u32, Value)> = match (failure(world, message), ending(message)) {
        (Some(code), _) => vec![(1, status(world, message, "failed", Some(code), false))],
        (None, "000001") => vec![(1, status(world, message, "sent", None, true))],
        (None, "000002") => delivered(world, message),
        (None, "000003") => {
            vec![(1, status(world, message, "sent", None, true)), (2, status(world, message, "read", None, true))]
        }
        (None, "000004") => delivered(world, message).into_iter().map(|(wait, body)| (wait + 3, body)).collect(),
        (None, "000005") => whole(world, message).into_iter().flat_map(|step| [step.clone(), (0, step.1)]).collect(),
        (None, "000006") => {
            let mut steps = whole(world, message);
            if steps.len() > 1 {
                steps.swap(0, 1);
            }
            steps
        }
        (None, _) => whole(world, message),
    };
    let pause = world.settings.webhook_delay;
    let steps = steps.into_iter().map(|(waits, body)| (pause * waits, body)).collect();
    Some(Notice { targets, steps })
}

fn delivered(world: &World, message: &Message) -> Vec<(u32, Value)> {
    vec![(1, status(world, message, "sent", None, true)), (1, status(world, message, "delivered", None, true))]
}

fn whole(world: &World, message: &Message) -> Vec<(u32, Value)> {
    let mut steps = delivered(world, message);
    steps.push((2, status(world, message, "read", None, false)));
    steps
}

/// A failure as webhooks carry it.
fn error(code: i64) -> Value {
    let (_, title, details) = FAILURES.iter().find(|(known, _, _)| *known == code).copied().unwrap_or((
        code,
        "Something went wrong",
        "The message failed.",
    ));
    json!({
        "code": code,
        "title": title,
        "message": title,
        "error_data": {"details": details},
        "href": "https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes/",
    })
}

/// The business-scoped id of the person behind a number, which webhooks carry since 2026 beside the number.
pub fn scoped_id(world: &World, account: u32, digits: &str) -> String {
    let portfolio = world.owner(Node::Account(account)).unwrap_or_default();
    let number = seed::draw(world.seed, u64::from(portfolio), seed::of_text(digits));
    format!("{}.{number:020}", regions::of_number(digits))
}

fn status(world: &World, message: &Message, name: &str, failed: Option<i64>, priced: bool) -> Value {
    let mut status = Map::new();
    status.insert("id".into(), json!(message.id));
    status.insert("status".into(), json!(name));
    status.insert("timestamp".into(), json!(world.clock.now().to_string()));
    let user = message.user.clone().unwrap_or_else(|| scoped_id(world, message.account, &message.recipient));
    let mut contact = Map::from_iter([("user_id".to_owned(), json!(user))]);
    status.insert("recipient_user_id".into(), json!(user));
    if message.user.is_none() {
        status.insert("recipient_id".into(), json!(message.recipient));
        contact.insert("wa_id".into(), json!(message.recipient));
    }
    if let Some(data) = &message.callback_data {
        status.insert("biz_opaque_callback_data".into(), json!(data));
    }
    if priced {
        let service = message.route == Route::Service;
        status.insert(
            "pricing".into(),
            json!({
                "billable": !service,
                "pricing_model": "PMP",
                "type": if service { "free_customer_service" } else { "regular" },
                "category": message.route.category(),
            }),
        );
    }
    if let Some(code) = failed {
        status.insert("errors".into(), json!([error(code)]));
    }
    let shown = world.text(message.number, "display_phone_number").unwrap_or_default();
    let digits: String = shown.chars().filter(char::is_ascii_digit).collect();
    json!({
        "object": "whatsapp_business_account",
        "entry": [{
            "id": world.id(Node::Account(message.account)).to_string(),
            "changes": [{
                "field": "messages",
                "value": {
                    "messaging_product": "whatsapp",
                    "metadata": {"display_phone_number": digits, "phone_number_id": world.id(message.number).to_string()},
                    "contacts": [contact],
                    "statuses": [status],
                },
            }],
        }],
    })
}
