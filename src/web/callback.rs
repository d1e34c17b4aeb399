//! The browser comes back from the signup page: the state is checked, the answer passed on, a small page shown.
//!
//! Nothing that came in the address is repeated on the page.

use std::sync::Arc;

use axum::{
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use jiff::Timestamp;

use super::Shared;
use crate::secrets;

const PAGE: &str = include_str!("../../assets/callback.html");

/// What the signup page answered (Meta: embedded signup, session events). Strings are Meta's and not yet clean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignupAnswer {
    /// The terms were accepted.
    Finished {
        /// The portfolio that accepted, as the page named it.
        business_id: Option<String>,
        /// The accounts that the page named.
        waba_ids: Vec<String>,
    },
    /// The person left before the end.
    Cancelled {
        /// At which step.
        step: Option<String>,
        /// The session that Support asks for.
        session_id: Option<String>,
    },
    /// The page reported an error.
    Failed {
        /// Its code.
        code: Option<i64>,
        /// Its subcode.
        subcode: Option<i64>,
        /// What it says.
        message: Option<String>,
        /// The session that Support asks for.
        session_id: Option<String>,
        /// Meta's trace id.
        fbtrace_id: Option<String>,
        /// When it happened, by Meta's clock.
        at: Option<Timestamp>,
        /// At which step.
        step: Option<String>,
    },
}

type Pairs = Vec<(String, String)>;

/// `GET /signup`.
pub(super) async fn answer(State(shared): State<Arc<Shared>>, headers: HeaderMap, Query(pairs): Query<Pairs>) -> Response {
    let state = find(&pairs, &["state"]).unwrap_or_default();
    let awaited = {
        let mut waiting = shared.waiting();
        let place = waiting.iter().position(|waiting| secrets::same(waiting.state.as_bytes(), state.as_bytes()));
        place.map(|place| waiting.swap_remove(place))
    };
    let (status, word) = match awaited {
        None => (StatusCode::BAD_REQUEST, "unexpected"),
        Some(awaited) => {
            let answer = read(&pairs);
            let word = match &answer {
                SignupAnswer::Finished { .. } => "finished",
                SignupAnswer::Cancelled { .. } => "cancelled",
                SignupAnswer::Failed { .. } => "failed",
            };
            // Whoever started the signup may have gone; the person is told all the same.
            let _ = awaited.answer.send(answer);
            (StatusCode::OK, word)
        }
    };
    let page = PAGE.replace("{{lang}}", language(&headers)).replace("{{answer}}", word);
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'"),
    ];
    (status, headers, page).into_response()
}

fn find(pairs: &Pairs, names: &[&str]) -> Option<String> {
    let found = pairs.iter().find(|(name, value)| names.contains(&name.as_str()) && !value.is_empty());
    found.map(|(_, value)| value.clone())
}

/// An error is told by its data: Meta reports some of them with the event `CANCEL`.
fn read(pairs: &Pairs) -> SignupAnswer {
    let event = find(pairs, &["event"]).unwrap_or_default().to_ascii_uppercase();
    let code = find(pairs, &["error_code", "code_error"]);
    let message = find(pairs, &["error_message", "error_description", "error"]);
    let step = find(pairs, &["current_step", "step"]);
    if event == "ERROR" || code.is_some() || message.is_some() {
        return SignupAnswer::Failed {
            code: code.and_then(|code| code.parse().ok()),
            subcode: find(pairs, &["error_subcode"]).and_then(|code| code.parse().ok()),
            message,
            session_id: find(pairs, &["session_id"]),
            fbtrace_id: find(pairs, &["fbtrace_id"]),
            at: find(pairs, &["timestamp"]).and_then(|time| time_of(&time)),
            step,
        };
    }
    if event.starts_with("FINISH") {
        let listed = find(pairs, &["waba_ids"]).unwrap_or_default();
        let mut waba_ids: Vec<String> =
            listed.split(|character: char| !character.is_ascii_digit()).filter(|id| !id.is_empty()).map(str::to_owned).collect();
        if let Some(id) = find(pairs, &["waba_id"])
            && !waba_ids.contains(&id)
        {
            waba_ids.insert(0, id);
        }
        return SignupAnswer::Finished { business_id: find(pairs, &["business_id"]), waba_ids };
    }
    SignupAnswer::Cancelled { step, session_id: find(pairs, &["session_id"]) }
}

/// Unix seconds, Unix milliseconds, or a date with time.
fn time_of(text: &str) -> Option<Timestamp> {
    match text.parse::<i64>() {
        Ok(number) if number > 100_000_000_000 => Timestamp::from_millisecond(number).ok(),
        Ok(number) => Timestamp::from_second(number).ok(),
        Err(_) => text.parse().ok(),
    }
}

/// French where the browser prefers it to English.
fn language(headers: &HeaderMap) -> &'static str {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut best = ("en", 0.0);
    for part in accepted.split(',') {
        let mut pieces = part.split(';');
        let tag = pieces.next().unwrap_or_default().trim().to_ascii_lowercase();
        let weight = pieces.find_map(|piece| piece.trim().strip_prefix("q=")?.parse::<f32>().ok()).unwrap_or(1.0);
        let language = match tag.split('-').next() {
            Some("fr") => "fr",
            Some("en") => "en",
            _ => continue,
        };
        if weight > best.1 {
            best = (language, weight);
        }
    }
    best.0
}
