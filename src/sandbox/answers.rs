//! Answers as HTTP: the headers Graph sends, compression, and what faults make of them.
//! It must not know where an answer came from.

use std::io::Write as _;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderName, HeaderValue, Response, StatusCode, header};
use flate2::Compression;
use flate2::write::GzEncoder;
use http_body_util::BodyExt;

use super::call::Reply;
use super::errors::trace_id;
use super::faults::FaultKind;

/// Smallest body that is worth compressing, in bytes.
const SMALLEST: usize = 1_024;

/// Turns an answer into HTTP, with the headers Graph sends and the one that tells a sandbox.
pub fn json_response(reply: Reply, version: (u32, u32), compress: bool) -> Response<Body> {
    let mut body = serde_json::to_vec(&reply.body).unwrap_or_default();
    let packed = (compress && body.len() >= SMALLEST).then(|| gzip(&body)).flatten();
    let compressed = packed.is_some();
    if let Some(packed) = packed {
        body = packed;
    }
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json; charset=UTF-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache, no-store, must-revalidate"));
    headers.insert(header::VARY, HeaderValue::from_static("Origin, Accept-Encoding"));
    if compressed {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    let mut put = |name: &str, value: &str| {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::from_str(value)) {
            headers.insert(name, value);
        }
    };
    put("facebook-api-version", &format!("v{}.{}", version.0, version.1));
    put("x-fb-trace-id", &trace_id());
    put("x-fb-request-id", &trace_id());
    put("x-wabadeck-sandbox", "1");
    for (name, value) in &reply.headers {
        put(name, value);
    }
    response
}

fn gzip(body: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 4), Compression::fast());
    encoder.write_all(body).ok()?;
    encoder.finish().ok()
}

fn plain(status: u16, kind: &'static str, body: &'static str) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response.headers_mut().insert("x-wabadeck-sandbox", HeaderValue::from_static("1"));
    response
}

/// The answer of something between the caller and Graph that a fault puts in place of the real one.
pub fn instead(struck: &[FaultKind]) -> Option<Response<Body>> {
    struck.iter().find_map(|kind| match kind {
        FaultKind::TooMany(seconds) => {
            let mut response = plain(429, "text/plain", "Too Many Requests");
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*seconds));
            Some(response)
        }
        FaultKind::Html(status) => Some(plain(
            *status,
            "text/html; charset=utf-8",
            "<!DOCTYPE html><html><head><title>Error</title></head><body><h1>Sorry, something went wrong.</h1></body></html>",
        )),
        FaultKind::Empty(status) => Some(plain(*status, "application/json", "")),
        _ => None,
    })
}

/// Spoils an answer on its way: wrong content type, a body that breaks off, a body that trickles.
pub async fn spoil(response: Response<Body>, struck: &[FaultKind]) -> Response<Body> {
    let mut response = response;
    for kind in struck {
        match kind {
            FaultKind::ContentType(kind) => {
                if let Ok(value) = HeaderValue::from_str(kind) {
                    response.headers_mut().insert(header::CONTENT_TYPE, value);
                }
            }
            FaultKind::Truncate => {
                let (parts, body) = response.into_parts();
                let whole = whole(body).await;
                let half = whole.slice(..whole.len() / 2);
                response = Response::from_parts(parts, Body::from(half));
            }
            FaultKind::Trickle(pause) => {
                let (parts, body) = response.into_parts();
                response = Response::from_parts(parts, trickle(whole(body).await, *pause));
            }
            _ => {}
        }
    }
    response
}

async fn whole(body: Body) -> Bytes {
    body.collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_default()
}

/// Bytes of a piece of a body that trickles.
const PIECE: usize = 64;

fn trickle(bytes: Bytes, pause: Duration) -> Body {
    Body::from_stream(futures_util::stream::unfold(bytes, move |mut left| async move {
        if left.is_empty() {
            return None;
        }
        tokio::time::sleep(pause).await;
        let piece = left.split_to(PIECE.min(left.len()));
        Some((Ok::<Bytes, std::convert::Infallible>(piece), left))
    }))
}
