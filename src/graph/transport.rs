//! The HTTP client underneath: TLS, time-outs, sizes. Knows nothing of Graph, and follows no redirect.
//!
//! It is hyper's own client, because many answers are read at the same time while thousands of accounts are kept: each
//! connection reads into a small buffer, and a large body stands in memory that goes back to the system at once.

mod body;
mod connector;

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::{
    HeaderMap, Request,
    body::Incoming,
    header::{ACCEPT, ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, HeaderValue, USER_AGENT},
};
use hyper_util::{
    client::legacy::Client,
    rt::{TokioExecutor, TokioTimer},
};
use rustls::crypto::{CryptoProvider, ring};
use tokio::{
    sync::Semaphore,
    time::{Instant, timeout_at},
};
use url::{Host, Url};

use self::{
    body::{Compression, Taken},
    connector::{Connector, Proxied},
};

use super::GraphError;

pub use body::Body;

/// Bytes that a connection reads at once, and the longest head of an answer.
const READ_AT_ONCE: usize = 32 * 1024;

/// Large answers that are taken in at the same time. The others wait where the system keeps them, which is not our memory.
const LARGE_AT_ONCE: usize = 3;
/// From this announced length on an answer is large.
const LARGE: usize = 64 * 1024;
/// How long an answer waits for its turn; then a slow one before it is not waited for any longer.
const TURN: Duration = Duration::from_millis(60);

/// How patient the client is, and how much it takes in.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// For a connection to come about.
    pub connect: Duration,
    /// For one answer, from the request to its last byte.
    pub answer: Duration,
    /// For a read with all its retries.
    pub deadline: Duration,
    /// Retries of a read after its first attempt.
    pub retries: u32,
    /// The first pause between attempts; it doubles.
    pub backoff: Duration,
    /// Bytes of an answer, decompressed.
    pub largest: usize,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            answer: Duration::from_secs(30),
            deadline: Duration::from_secs(75),
            retries: 3,
            backoff: Duration::from_millis(400),
            largest: 32_000_000,
        }
    }
}

/// Whether the address is on this machine.
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            name.eq_ignore_ascii_case("localhost") || name.to_ascii_lowercase().ends_with(".localhost")
        }
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// A client that keeps connections, follows nothing and repeats nothing.
#[derive(Clone)]
pub struct Http {
    client: Client<Connector, Full<Bytes>>,
    patience: Patience,
    proxy: Option<String>,
    turns: Arc<Semaphore>,
}

/// A request for an address, with nothing that tells who asks.
///
/// # Errors
/// An address that cannot be asked for. It is not named, because it may carry secrets.
pub fn get(address: &Url) -> Result<Request<Full<Bytes>>, GraphError> {
    let request = Request::get(address.as_str()).body(Full::default());
    request.map_err(|_| GraphError::Setup { reason: "the address cannot be asked for".to_owned() })
}

/// The head of an answer; its body is still to be read.
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// Its headers.
    pub headers: HeaderMap,
    body: Incoming,
    until: Instant,
    patience: Patience,
    turns: Arc<Semaphore>,
}

/// Why there is no answer.
#[derive(Debug)]
pub enum Failure {
    /// No connection.
    Connect(String),
    /// No connection through the proxy.
    Proxy(Proxied),
    /// The connection broke, or what came was not HTTP.
    Broken(String),
    /// It took too long.
    TimedOut,
    /// The answer is larger than it may be.
    TooLarge,
}

impl Failure {
    /// Why, in a few words without the address, which may carry secrets.
    pub fn reason(self) -> String {
        match self {
            Self::Connect(reason) | Self::Broken(reason) => reason,
            Self::Proxy(failed) => failed.to_string(),
            Self::TimedOut => "it took too long".to_owned(),
            Self::TooLarge => "the answer is too large".to_owned(),
        }
    }

    /// The same in our words. The address, which may carry secrets in its query, is not in them.
    pub fn into_error(self, host: &str, patience: &Patience) -> GraphError {
        let host = host.to_owned();
        match self {
            Self::Connect(reason) if reason.to_ascii_lowercase().contains("certificate") => {
                GraphError::Certificate { host, reason }
            }
            Self::Connect(reason) => GraphError::Unreachable { host, reason },
            Self::Proxy(Proxied { proxy, reason }) => GraphError::Proxy { proxy, host, reason },
            Self::Broken(reason) => GraphError::Broken { host, reason },
            Self::TimedOut => GraphError::TimedOut { host, after: patience.answer },
            Self::TooLarge => GraphError::TooLarge { host, limit: patience.largest },
        }
    }
}

impl Http {
    /// Builds the client. It reads the system's certificates, so it is not for the screen's thread.
    ///
    /// # Errors
    /// Certificates that cannot be read.
    pub fn build(base: &Url, patience: &Patience) -> Result<Self, GraphError> {
        let connector = Connector::new(base, tls(base)?, patience.connect);
        let proxy = base.as_str().parse().ok().and_then(|address| connector.proxy(&address));
        let client = Client::builder(TokioExecutor::new())
            .timer(TokioTimer::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(Duration::from_secs(15))
            .http1_max_buf_size(READ_AT_ONCE)
            .build(connector);
        Ok(Self { client, patience: *patience, proxy, turns: Arc::new(Semaphore::new(LARGE_AT_ONCE)) })
    }

    /// Host and port of the proxy by which the address is reached that this client was built for.
    pub fn proxy(&self) -> Option<&str> {
        self.proxy.as_deref()
    }

    /// The same where it keeps nobody waiting.
    ///
    /// # Errors
    /// Like [`Http::build`].
    pub async fn build_aside(address: &Url, patience: Patience) -> Result<Self, GraphError> {
        let base = address.clone();
        let built = tokio::task::spawn_blocking(move || Self::build(&base, &patience)).await;
        built.map_err(|_| GraphError::Setup { reason: "the client could not be built".to_owned() })?
    }

    /// Makes one request and waits for the head of its answer.
    ///
    /// # Errors
    /// No connection, no answer in time, no HTTP.
    pub async fn send(&self, mut request: Request<Full<Bytes>>) -> Result<Response, Failure> {
        let until = Instant::now() + self.patience.answer;
        let headers = request.headers_mut();
        headers.insert(USER_AGENT, HeaderValue::from_static(concat!("wabadeck/", env!("CARGO_PKG_VERSION"))));
        headers.insert(ACCEPT, HeaderValue::from_static("*/*"));
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
        let answered = timeout_at(until, self.client.request(request)).await.map_err(|_| Failure::TimedOut)?;
        let (head, body) = answered.map_err(|error| failure(&error))?.into_parts();
        let (status, headers, turns) = (head.status.as_u16(), head.headers, Arc::clone(&self.turns));
        Ok(Response { status, headers, body, until, patience: self.patience, turns })
    }
}

impl Response {
    /// The same, of whose body no more than so many bytes are taken in.
    pub fn at_most(mut self, bytes: usize) -> Self {
        self.patience.largest = bytes;
        self
    }

    /// Reads the body to its end, decompressed.
    ///
    /// # Errors
    /// More than may come, no end in time, a connection that breaks, a compression that does.
    pub async fn body(self) -> Result<Body, Failure> {
        let Self { headers, mut body, until, patience, turns, .. } = self;
        let announced: Option<usize> = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
        if announced.is_some_and(|length| length > patience.largest) {
            return Err(Failure::TooLarge);
        }
        let turn = (announced.unwrap_or(LARGE) >= LARGE).then(|| tokio::time::timeout(TURN, turns.acquire_owned()));
        let _turn = match turn {
            Some(turn) => turn.await.ok(),
            None => None,
        };
        let encoding = headers.get(CONTENT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let compression = Compression::named(encoding).map_err(|name| {
            Failure::Broken(format!("it is compressed as {}, which was not asked for", crate::text::clean(&name)))
        })?;
        let mut taken = Taken::new(compression, announced, patience.largest);
        loop {
            let frame = timeout_at(until, body.frame()).await.map_err(|_| Failure::TimedOut)?;
            let Some(frame) = frame else { return taken.finish() };
            let frame = frame.map_err(|error| Failure::Broken(reason(&error)))?;
            // Trailers say nothing here.
            if let Ok(bytes) = frame.into_data() {
                taken.take(&bytes)?;
            }
        }
    }
}

/// rustls on ring. The platform's roots are read only where they are needed: not for plain HTTP.
fn tls(base: &Url) -> Result<rustls::ClientConfig, GraphError> {
    let provider: Arc<CryptoProvider> = Arc::new(ring::default_provider());
    let setup = |error: rustls::Error| GraphError::Setup { reason: error.to_string() };
    let builder = rustls::ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(setup)?;
    let mut config = if base.scheme() == "https" {
        let verifier = rustls_platform_verifier::Verifier::new(provider).map_err(setup)?;
        builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier)).with_no_client_auth()
    } else {
        builder.with_root_certificates(rustls::RootCertStore::empty()).with_no_client_auth()
    };
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

fn failure(error: &hyper_util::client::legacy::Error) -> Failure {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(inner) = cause {
        if let Some(proxied) = inner.downcast_ref::<Proxied>() {
            return Failure::Proxy(proxied.clone());
        }
        cause = inner.source();
    }
    let reason = reason(error);
    if error.is_connect() { Failure::Connect(reason) } else { Failure::Broken(reason) }
}

/// The innermost cause, which is the one that says something, without any address.
fn reason(error: &(dyn std::error::Error + 'static)) -> String {
    let mut cause = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    let words = cause.to_string();
    let words = if words.contains("://") { "the request failed".to_owned() } else { words };
    crate::text::clean(&words).chars().take(160).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loopback_is_told_from_names_that_only_look_like_it() {
        for address in ["http://localhost:1", "http://127.0.0.1", "http://127.9.9.9", "http://[::1]:8", "http://a.localhost"] {
            assert!(is_loopback(&Url::parse(address).unwrap()), "{address}");
        }
        for address in ["http://localhost.example", "http://10.0.0.1", "http://127.0.0.1.example", "https://graph.facebook.com"] {
            assert!(!is_loopback(&Url::parse(address).unwrap()), "{address}");
        }
    }

    #[test]
    fn a_client_for_meta_can_be_built() {
        let base = Url::parse("https://graph.facebook.com").unwrap();
        assert!(Http::build(&base, &Patience::default()).is_ok());
    }
}
