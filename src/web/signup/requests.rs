//! What is asked of the signup page: the page itself, and its callback. Every check that stands before believing it.

use std::time::Duration;

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, header, request::Parts},
};
use serde_json::json;
use tokio::sync::oneshot;
use url::Url;

use super::{Answer, Door, Known, Told, answer::Posted, page};
use crate::secrets;

/// How long the page waits to hear what became of its code.
const EXCHANGE: Duration = Duration::from_secs(40);

/// The addresses by which the page is reached.
#[derive(Debug)]
pub(super) struct Site {
    /// The page, as the browser sees it.
    pub page: Url,
    /// Its origin, which the callback must come from.
    origin: String,
    /// What `Host` may say. Anything else is a name that somebody pointed at this machine (DNS rebinding).
    pub hosts: Vec<String>,
    /// Paths of the page; a reverse proxy may leave its own prefix in.
    paths: Vec<String>,
}

impl Site {
    /// On this machine.
    pub fn here(port: u16) -> Result<Self, url::ParseError> {
        let page = Url::parse(&format!("https://localhost:{port}/signup"))?;
        Ok(Self {
            origin: page.origin().ascii_serialization(),
            hosts: vec![authority(&page)],
            paths: vec!["/signup".into()],
            page,
        })
    }

    /// Behind a reverse proxy, which may pass on the name it was called by or the one it calls.
    pub fn proxied(base: &Url, port: u16) -> Self {
        let mut page = base.clone();
        page.set_query(None);
        page.set_fragment(None);
        if let Ok(mut segments) = page.path_segments_mut() {
            segments.pop_if_empty().push("signup");
        }
        let mut hosts = vec![authority(&page)];
        hosts.extend(["localhost", "127.0.0.1", "[::1]"].map(|host| format!("{host}:{port}")));
        let mut paths = vec!["/signup".to_owned(), page.path().to_owned()];
        paths.dedup();
        Self { origin: page.origin().ascii_serialization(), hosts, paths, page }
    }
}

fn authority(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

fn text(headers: &HeaderMap, name: impl axum::http::header::AsHeaderName) -> &str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// Answers a request.
pub(super) async fn answer(door: &Door, parts: &Parts, body: &Bytes) -> Response<Body> {
    let host = text(&parts.headers, header::HOST);
    if !door.site.hosts.iter().any(|known| known.eq_ignore_ascii_case(host)) {
        return plain(StatusCode::MISDIRECTED_REQUEST, "This address is not wabadeck's.");
    }
    let path = parts.uri.path();
    let callback = |known: &String| path.strip_suffix("/answer").is_some_and(|page| page == known);
    if door.site.paths.iter().any(|known| known == path) {
        return match parts.method {
            Method::GET | Method::HEAD => show(door, parts),
            _ => plain(StatusCode::METHOD_NOT_ALLOWED, "This page is only looked at."),
        };
    }
    if door.site.paths.iter().any(callback) {
        return match parts.method {
            Method::POST => take(door, parts, body).await,
            _ => plain(StatusCode::METHOD_NOT_ALLOWED, "Answers are posted."),
        };
    }
    plain(StatusCode::NOT_FOUND, "There is nothing here.")
}

fn show(door: &Door, parts: &Parts) -> Response<Body> {
    let state = form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes())
        .find_map(|(name, value)| (name == "state").then(|| value.into_owned()))
        .unwrap_or_default();
    let language = page::language(text(&parts.headers, header::ACCEPT_LANGUAGE));
    let Some(nonce) = secrets::one_time() else {
        return plain(StatusCode::INTERNAL_SERVER_ERROR, "The operating system gives no random bytes.");
    };
    let known = door.known(&state);
    let status = match &known {
        Known::Awaited(_) => StatusCode::OK,
        Known::Answered => StatusCode::GONE,
        Known::No => StatusCode::NOT_FOUND,
    };
    let shown = match &known {
        Known::Awaited(order) => page::Shown::Order { order, state: &state },
        Known::Answered => page::Shown::Answered,
        Known::No => page::Shown::Unexpected,
    };
    let policy = page::policy(&shown, &nonce);
    let mut response = respond(status, "text/html; charset=utf-8", page::render(&shown, language, &nonce));
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// The callback. Nothing is looked at before it is certain that the page's own script sends it; nothing but the right state
/// takes anybody's place.
async fn take(door: &Door, parts: &Parts, body: &Bytes) -> Response<Body> {
    let headers = &parts.headers;
    let same_origin = text(headers, header::ORIGIN) == door.site.origin;
    let fetched_from = text(headers, "sec-fetch-site");
    let json = text(headers, header::CONTENT_TYPE).split(';').next().unwrap_or_default().trim() == "application/json";
    if !same_origin || !matches!(fetched_from, "" | "same-origin") || !json {
        tracing::warn!("An answer that did not come from the signup page was refused");
        return said(StatusCode::FORBIDDEN, "unexpected");
    }
    let Ok(posted) = serde_json::from_slice::<Posted>(body) else {
        return said(StatusCode::BAD_REQUEST, "unexpected");
    };
    let Some(waiting) = door.take(&posted.state) else {
        return match door.known(&posted.state) {
            Known::No => {
                tracing::warn!("An answer to a signup that nobody waits for was refused");
                said(StatusCode::NOT_FOUND, "unexpected")
            }
            _ => said(StatusCode::CONFLICT, "answered"),
        };
    };
    let (answer, code) = posted.read();
    let (told, hears) = oneshot::channel();
    if waiting.answer.send(Answer { said: answer, code, told }).is_err() {
        return said(StatusCode::GONE, "gone");
    }
    match tokio::time::timeout(EXCHANGE, hears).await {
        Ok(Ok(told)) => said(StatusCode::OK, word(told)),
        _ => said(StatusCode::GONE, "gone"),
    }
}

fn word(told: Told) -> &'static str {
    match told {
        Told::Finished => "finished",
        Told::NotExchanged => "unfinished",
        Told::Cancelled => "cancelled",
        Told::Failed => "failed",
    }
}

fn said(status: StatusCode, state: &str) -> Response<Body> {
    respond(status, "application/json", json!({ "state": state }).to_string())
}

fn plain(status: StatusCode, words: &str) -> Response<Body> {
    respond(status, "text/plain; charset=utf-8", words.to_owned())
}

fn respond(status: StatusCode, kind: &'static str, body: String) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    let fixed: [(HeaderName, &'static str); 6] = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "no-store"),
        // Meta's window must learn the page's origin, and nobody its address: the state is in it.
        (header::REFERRER_POLICY, "strict-origin"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}
