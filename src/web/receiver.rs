//! Webhooks: the verification handshake, the signature over the raw bytes, and what they say (Meta: webhooks).
//!
//! Meta delivers at least once, in batches and in any order: what comes twice is passed on once.

use std::{
    collections::{HashSet, VecDeque},
    sync::Arc,
};

use axum::{
    body::Bytes,
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
};
use compact_str::{CompactString, format_compact};
use hmac::{Hmac, Mac};
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use sha2::Sha256;

use super::Shared;
use crate::{
    domain::{
        MessageId, WabaId,
        account::{Restriction, RestrictionKind},
        delivery::PricingCategory,
    },
    secrets,
};

/// Something that a webhook told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// How far a message has come.
    Status(StatusEvent),
    /// Something about an account.
    Account(AccountEvent),
}

/// How far a message has come.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum MessageStatus {
    /// On its way.
    Sent,
    /// On the recipient's phone.
    Delivered,
    /// Read; may come without `Delivered` before it.
    Read,
    /// A voice message was played.
    Played,
    /// Not delivered; the errors say why.
    Failed,
    /// A status that this version does not know, as sent.
    Unknown(CompactString),
}

/// `statuses[]` of a `messages` webhook (Meta: message status webhooks).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusEvent {
    /// Which message.
    pub message: MessageId,
    /// How far it has come.
    pub status: MessageStatus,
    /// When, by Meta's clock.
    pub at: Option<Timestamp>,
    /// `pricing.category`, the only thing that tells which way it went (R36); some webhooks lack it.
    pub category: Option<PricingCategory>,
    /// Why it failed.
    pub errors: Vec<StatusError>,
}

/// An error of a failed message, in Meta's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusError {
    /// Meta's code, for example 131049.
    pub code: i64,
    /// What it says, the most telling of its texts.
    pub message: String,
}

/// An `account_update` webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountEvent {
    /// Which account.
    pub account: WabaId,
    /// `event`, as sent: `ACCOUNT_RESTRICTION`, `MM_LITE_TERMS_SIGNED` …
    pub event: CompactString,
    /// What is restricted until when, for `ACCOUNT_RESTRICTION`.
    pub restrictions: Vec<Restriction>,
    /// Whether a `DISABLED_UPDATE` says that the account works again.
    pub reinstated: bool,
}

/// What came lately, so that repetitions are noticed.
#[derive(Debug, Default)]
pub(super) struct Seen {
    keys: HashSet<CompactString>,
    order: VecDeque<CompactString>,
}

impl Seen {
    const MOST: usize = 4_096;

    fn is_new(&mut self, key: CompactString) -> bool {
        if !self.keys.insert(key.clone()) {
            return false;
        }
        self.order.push_back(key);
        if self.order.len() > Self::MOST
            && let Some(oldest) = self.order.pop_front()
        {
            self.keys.remove(&oldest);
        }
        true
    }
}

/// `GET`: the handshake by which Meta verifies an address.
pub(super) async fn handshake(
    State(shared): State<Arc<Shared>>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<String, StatusCode> {
    let find = |wanted: &str| pairs.iter().find(|(name, _)| name == wanted).map_or("", |(_, value)| value.as_str());
    let known = secrets::same(find("hub.verify_token").as_bytes(), shared.verify_token.as_bytes());
    if find("hub.mode") == "subscribe" && known { Ok(find("hub.challenge").to_owned()) } else { Err(StatusCode::FORBIDDEN) }
}

/// `POST`: events.
pub(super) async fn receive(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    if let Some(secret) = &shared.app_secret
        && !is_signed(secret, &headers, &body)
    {
        tracing::warn!("A webhook without a valid signature was refused");
        return StatusCode::FORBIDDEN;
    }
    let Ok(body) = serde_json::from_slice::<Value>(&body) else {
        return StatusCode::BAD_REQUEST;
    };
    for (key, event) in events(&body) {
        let is_new = match shared.seen.lock() {
            Ok(mut seen) => seen.is_new(key),
            Err(poisoned) => poisoned.into_inner().is_new(key),
        };
        if is_new {
            // Without a reader nobody wants to know.
            let _ = shared.events.send(event);
        }
    }
    StatusCode::OK
}

/// `X-Hub-Signature-256: sha256=<hex>`: HMAC-SHA256 over the raw bytes with the app's secret, compared in constant time.
fn is_signed(secret: &SecretString, headers: &HeaderMap, body: &[u8]) -> bool {
    let Some(said) = headers.get("x-hub-signature-256").and_then(|value| value.to_str().ok()) else { return false };
    let Some(said) = said.strip_prefix("sha256=").and_then(unhex) else { return false };
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes()) else { return false };
    mac.update(body);
    mac.verify_slice(&said).is_ok()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u32>> = text.chars().map(|digit| digit.to_digit(16)).collect();
    let pairs = digits?;
    if pairs.len() % 2 != 0 {
        return None;
    }
    let byte = |pair: &[u32]| match pair {
        [high, low] => u8::try_from(high * 16 + low).ok(),
        _ => None,
    };
    pairs.chunks(2).map(byte).collect()
}

/// What a body tells, each with the key by which a repetition is known.
fn events(body: &Value) -> Vec<(CompactString, Event)> {
    let mut events = Vec::new();
    for entry in list(body, "entry") {
        let entry_id = word(entry, "id");
        let entry_time = word(entry, "time");
        for change in list(entry, "changes") {
            let Some(value) = change.get("value") else { continue };
            match change.get("field").and_then(Value::as_str) {
                Some("messages") => events.extend(list(value, "statuses").filter_map(status)),
                Some("account_update") => {
                    if let Some(event) = account(&entry_id, value) {
                        let key = format_compact!("{}/{}/{entry_time}", event.account, event.event);
                        events.push((key, Event::Account(event)));
                    }
                }
                _ => {}
            }
        }
    }
    events
}

fn list<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value.get(key).and_then(Value::as_array).into_iter().flatten()
}

/// A string or a number as text, else nothing.
fn word(value: &Value, key: &str) -> CompactString {
    match value.get(key) {
        Some(Value::String(text)) => text.into(),
        Some(Value::Number(number)) => format_compact!("{number}"),
        _ => CompactString::default(),
    }
}

fn time(value: &Value, key: &str) -> Option<Timestamp> {
    Timestamp::from_second(word(value, key).parse().ok()?).ok()
}

fn status(value: &Value) -> Option<(CompactString, Event)> {
    let id = word(value, "id");
    let status = word(value, "status");
    if id.is_empty() || status.is_empty() {
        return None;
    }
    let pricing = value.get("pricing").map(|pricing| word(pricing, "category"));
    let key = format_compact!("{id}/{status}/{}", word(value, "timestamp"));
    let event = StatusEvent {
        message: MessageId::new(id),
        status: match status.to_ascii_lowercase().as_str() {
            "sent" => MessageStatus::Sent,
            "delivered" => MessageStatus::Delivered,
            "read" => MessageStatus::Read,
            "played" => MessageStatus::Played,
            "failed" => MessageStatus::Failed,
            _ => MessageStatus::Unknown(status),
        },
        at: time(value, "timestamp"),
        category: pricing.filter(|category| !category.is_empty()).map(|category| PricingCategory::from_wire(&category)),
        errors: list(value, "errors").map(error).collect(),
    };
    Some((key, Event::Status(event)))
}

fn error(value: &Value) -> StatusError {
    let details = value.get("error_data").map(|data| word(data, "details")).unwrap_or_default();
    let texts = [details, word(value, "message"), word(value, "title")];
    let message = texts.into_iter().find(|text| !text.is_empty()).unwrap_or_default();
    StatusError { code: word(value, "code").parse().unwrap_or_default(), message: message.into() }
}

fn account(entry_id: &str, value: &Value) -> Option<AccountEvent> {
    // For events that go to a partner the entry is the partner's portfolio, and the account stands inside.
    let inner = value.get("waba_info").map(|info| word(info, "waba_id")).unwrap_or_default();
    let id = if inner.is_empty() { CompactString::from(entry_id) } else { inner };
    let restrictions = list(value, "restriction_info").map(|restriction| Restriction {
        kind: RestrictionKind::from_wire(&word(restriction, "restriction_type")),
        expires: time(restriction, "expiration"),
    });
    (!id.is_empty()).then(|| AccountEvent {
        account: WabaId::new(id),
        event: word(value, "event"),
        restrictions: restrictions.collect(),
        reinstated: value.get("ban_info").is_some_and(|ban| word(ban, "waba_ban_state") == "REINSTATE"),
    })
}

#[cfg(test)]
pub(super) fn sign(secret: &str, body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(body);
    format!("sha256={}", secrets::hex(&mac.finalize().into_bytes()))
}
