//! The receiver of a session of its own: what a sandbox on this machine reports, or the app that was told its address.
//!
//! Keeps nothing: [`super::intake`] is for webhooks that must not be lost. Meta delivers at least once, in batches and in any
//! order: what comes twice is passed on once.

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
use jiff::Timestamp;

use super::{Event, Shared, decode, signature};
use crate::secrets;

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
        && !signature::is_valid(secret, &headers, &body)
    {
        tracing::warn!("A webhook without a valid signature was refused");
        return StatusCode::FORBIDDEN;
    }
    let Some(notices) = decode(&body, Timestamp::now()) else { return StatusCode::BAD_REQUEST };
    for event in notices.into_iter().filter_map(|notice| notice.told) {
        let is_new = match shared.seen.lock() {
            Ok(mut seen) => seen.is_new(key(&event)),
            Err(poisoned) => poisoned.into_inner().is_new(key(&event)),
        };
        if is_new {
            // Without a reader nobody wants to know.
            let _ = shared.events.send(event);
        }
    }
    // Whoever keeps them decides by itself what came before.
    let _ = shared.bodies.send(body);
    StatusCode::OK
}

/// By what a repetition of an event is known.
fn key(event: &Event) -> CompactString {
    match event {
        Event::Status(status) => format_compact!("{}/{:?}/{:?}", status.message, status.status, status.at),
        Event::Account(event) => format_compact!("{}/{}/{}", event.account, event.event, event.at),
    }
}
