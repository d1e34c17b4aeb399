//! Files that messages carry, fetched to be looked at: from the address in a template's example or a message, or by the id
//! under which one was uploaded.
//!
//! An address may come from anybody. Only `https` is asked, plain HTTP only of this machine and only while the Graph API is
//! on it, too (a sandbox). The token goes along only to where Meta's media endpoint says that the file is, and only when
//! that is Meta's host for it (Meta: media, retrieve and download) or the Graph API itself.

use std::time::Duration;

use http_body_util::Full;
use hyper::{
    Method, Request, StatusCode,
    header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, LOCATION},
};
use serde::Deserialize;
use url::Url;

use super::{
    Call, Client, GraphError,
    transport::{Body, Failure, Response, is_loopback},
};
use crate::domain::{media::MediaProblem, template::MediaKind};

/// Largest image that Meta takes, in bytes (Meta: supported media types, 5 MB).
pub const LARGEST_IMAGE: usize = 5 * 1024 * 1024;
/// For one file, from the first request to the last byte.
const PATIENCE: Duration = Duration::from_secs(15);
/// How often a server may point elsewhere.
const MOST_HOPS: usize = 3;
/// Where Meta keeps uploaded files; their addresses are opened with the token.
const META_FILES: &str = "lookaside.fbsbx.com";

/// A file, or what its server says of it.
pub struct Fetched {
    /// Its bytes, where they were wanted: of images only.
    pub body: Option<Body>,
    /// Its size in bytes, where the server told.
    pub bytes: Option<u64>,
    /// What the server says it is; may be empty, or wrong.
    pub content_type: String,
}

/// What Meta says of an uploaded file. Numbers come as text, too.
#[derive(Deserialize)]
struct Uploaded {
    url: Option<String>,
    mime_type: Option<String>,
    #[serde(default)]
    file_size: serde_json::Value,
}

/// Fetches an image, or asks for the size of any other file. `source` is an address or an id.
///
/// # Errors
/// What keeps it from being looked at.
pub async fn fetch(client: &Client, source: &str, kind: MediaKind) -> Result<Fetched, MediaProblem> {
    let looking = async {
        let is_id = !source.is_empty() && source.bytes().all(|byte| byte.is_ascii_digit());
        if !is_id {
            let address = Url::parse(source).map_err(|_| MediaProblem::NotAFile)?;
            return by_address(client, address, kind, false).await;
        }
        let uploaded: Uploaded = client.get(&Call::new(source)).await.map_err(|error| of_id(&error))?;
        let size = uploaded.file_size.as_u64().or_else(|| uploaded.file_size.as_str()?.parse().ok());
        if kind != MediaKind::Image {
            let content_type = uploaded.mime_type.unwrap_or_default();
            return Ok(Fetched { body: None, bytes: size, content_type });
        }
        let address = uploaded.url.and_then(|url| Url::parse(&url).ok()).ok_or(MediaProblem::NotAFile)?;
        by_address(client, address, kind, true).await
    };
    tokio::time::timeout(PATIENCE, looking).await.unwrap_or(Err(MediaProblem::TooSlow))
}

fn of_id(error: &GraphError) -> MediaProblem {
    match error.api() {
        Some(_) if !error.is_transient() && error.limit().is_none() => MediaProblem::Refused(StatusCode::NOT_FOUND.as_u16()),
        _ => MediaProblem::NotReached,
    }
}

async fn by_address(client: &Client, mut address: Url, kind: MediaKind, uploaded: bool) -> Result<Fetched, MediaProblem> {
    for _ in 0..=MOST_HOPS {
        let response = ask(client, &address, kind, uploaded).await?;
        if !(300..400).contains(&response.status) {
            return take(response, kind).await;
        }
        let location = response.headers.get(LOCATION).and_then(|location| location.to_str().ok());
        address = location.and_then(|location| address.join(location).ok()).ok_or(MediaProblem::Refused(response.status))?;
    }
    Err(MediaProblem::NotReached)
}

async fn ask(client: &Client, address: &Url, kind: MediaKind, uploaded: bool) -> Result<Response, MediaProblem> {
    if !may_be_asked(address, client.base_url()) {
        return Err(MediaProblem::NotEncrypted);
    }
    let method = if kind == MediaKind::Image { Method::GET } else { Method::HEAD };
    let mut request = Request::builder().method(method).uri(address.as_str());
    if uploaded && gets_the_token(address, client.base_url()) {
        request = request.header(AUTHORIZATION, client.authorization());
    }
    let request = request.body(Full::default()).map_err(|_| MediaProblem::NotAFile)?;
    let http = client.http_for(address).await.map_err(|_| MediaProblem::NotReached)?;
    http.send(request).await.map_err(|failure| problem(&failure))
}

async fn take(response: Response, kind: MediaKind) -> Result<Fetched, MediaProblem> {
    if response.status != StatusCode::OK.as_u16() {
        return Err(MediaProblem::Refused(response.status));
    }
    let header = |name| response.headers.get(name).and_then(|value| value.to_str().ok());
    let told: Option<u64> = header(CONTENT_LENGTH).and_then(|length| length.parse().ok());
    let content_type = header(CONTENT_TYPE).unwrap_or_default().to_owned();
    if kind != MediaKind::Image {
        return Ok(Fetched { body: None, bytes: told, content_type });
    }
    let body = response.at_most(LARGEST_IMAGE).body().await.map_err(|failure| match failure {
        Failure::TooLarge => MediaProblem::TooLarge(told.unwrap_or_default()),
        other => problem(&other),
    })?;
    Ok(Fetched { bytes: Some(body.len() as u64), body: Some(body), content_type })
}

fn problem(failure: &Failure) -> MediaProblem {
    match failure {
        Failure::TimedOut => MediaProblem::TooSlow,
        Failure::Connect(_) | Failure::Broken(_) | Failure::Proxy(_) | Failure::TooLarge => MediaProblem::NotReached,
    }
}

/// Whether a file may be asked for: encrypted, or on this machine beside a Graph API that is there as well.
fn may_be_asked(address: &Url, graph: &Url) -> bool {
    match address.scheme() {
        "https" => address.has_host() && (!is_loopback(address) || is_loopback(graph)),
        "http" => is_loopback(address) && is_loopback(graph),
        _ => false,
    }
}

/// Whether the token may go along.
fn gets_the_token(address: &Url, graph: &Url) -> bool {
    address.origin() == graph.origin() || (address.scheme() == "https" && address.host_str() == Some(META_FILES))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(address: &str) -> Url {
        Url::parse(address).unwrap()
    }

    #[test]
    fn only_what_is_encrypted_is_asked_and_this_machine_only_beside_a_sandbox() {
        let (meta, sandbox) = (url("https://graph.facebook.com"), url("http://127.0.0.1:4040"));
        for (address, by_meta, by_sandbox) in [
            ("https://scontent.whatsapp.net/v/a.jpg", true, true),
            ("http://scontent.whatsapp.net/v/a.jpg", false, false),
            ("http://127.0.0.1:4040/sandbox/media/a.png", false, true),
            ("https://localhost:8443/a.png", false, true),
            ("http://127.0.0.1.example/a.png", false, false),
            ("file:///etc/passwd", false, false),
            ("data:image/png;base64,AAAA", false, false),
            ("ftp://x.test/a.png", false, false),
        ] {
            assert_eq!(may_be_asked(&url(address), &meta), by_meta, "{address}");
            assert_eq!(may_be_asked(&url(address), &sandbox), by_sandbox, "{address}");
        }
    }

    #[test]
    fn the_token_goes_to_metas_file_host_and_to_the_graph_api_alone() {
        let meta = url("https://graph.facebook.com");
        for (address, goes) in [
            ("https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1", true),
            ("https://graph.facebook.com/v26.0/1", true),
            ("http://lookaside.fbsbx.com/x", false),
            ("https://lookaside.fbsbx.com.evil.example/x", false),
            ("https://evil.example/lookaside.fbsbx.com", false),
            ("https://graph.facebook.com:8443/x", false),
        ] {
            assert_eq!(gets_the_token(&url(address), &meta), goes, "{address}");
        }
    }
}
