//! One client for one token at one Graph API. Knows paths, parameters and answers, not what they mean.
//!
//! Reads are repeated when that may help; what changes something is asked exactly once. The token goes into the
//! `Authorization` header, marked sensitive, and appears in no address but `debug_token`'s, which Meta defines so.

mod app;
mod call;
mod hidden;

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use bytes::Bytes;
use hmac::{Hmac, Mac};
use http_body_util::Full;
use hyper::{
    HeaderMap, Method, Request,
    header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue},
};
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use sha2::Sha256;
use tokio::sync::OnceCell;
use url::Url;

pub use self::call::Call;
use super::{
    GraphError, Patience, Subject, Usage,
    answer::decode,
    fields::DroppedFields,
    throttle::{Admission, Throttle, retry_after},
    transport::{self, Body, Http},
};

/// A rest that is shorter than this is waited out inside a read; a longer one is reported.
const SHORT_REST: Duration = Duration::from_secs(5);

/// What a client is made of.
#[derive(Clone)]
pub struct ClientOptions {
    /// Address of the Graph API, without a version.
    pub base_url: Url,
    /// For example `v26.0`.
    pub version: String,
    /// The access token.
    pub token: SecretString,
    /// The app's secret; with it every call carries `appsecret_proof`.
    pub app_secret: Option<SecretString>,
    /// Whether plain HTTP is accepted to other machines.
    pub allow_plain_http: bool,
    /// Time-outs, retries, sizes.
    pub patience: Patience,
}

impl fmt::Debug for ClientOptions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ClientOptions")
            .field("host", &self.base_url.host_str())
            .field("version", &self.version)
            .finish_non_exhaustive()
    }
}

/// A client; cloning it is cheap and shares connections, limits and what was learnt about fields.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

struct Inner {
    options: ClientOptions,
    host: String,
    authorization: HeaderValue,
    proof: Option<SecretString>,
    http: OnceCell<Http>,
    /// For files on other machines, while the Graph API itself is spoken to without TLS.
    files: OnceCell<Http>,
    throttle: Throttle,
    dropped: DroppedFields,
    sandbox: AtomicBool,
    requests: AtomicU64,
}

impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.options.fmt(formatter)
    }
}

/// An answer as it came.
struct Answer {
    status: u16,
    body: Body,
    retry_after: Option<Duration>,
}

impl Client {
    /// A client. Nothing is connected or read from disk before the first call.
    ///
    /// # Errors
    /// Plain HTTP to another machine, or a token that cannot stand in a header.
    pub fn new(options: ClientOptions) -> Result<Self, GraphError> {
        let setup = |reason: &str| GraphError::Setup { reason: reason.to_owned() };
        let host = match options.base_url.host_str() {
            Some(host) => host.to_owned(),
            None => return Err(setup("the address names no host")),
        };
        let plain = options.base_url.scheme() != "https";
        if plain && !options.allow_plain_http && !transport::is_loopback(&options.base_url) {
            return Err(setup("plain HTTP would show the token to the network; use https://, or set allow_plain_http = true"));
        }
        let bearer = format!("Bearer {}", options.token.expose_secret());
        let mut authorization =
            HeaderValue::from_str(&bearer).map_err(|_| setup("the token holds characters that no token has"))?;
        authorization.set_sensitive(true);
        let proof = options.app_secret.as_ref().and_then(|secret| proof(secret, &options.token));
        Ok(Self {
            inner: Arc::new(Inner {
                host,
                authorization,
                proof,
                http: OnceCell::new(),
                files: OnceCell::new(),
                throttle: Throttle::default(),
                dropped: DroppedFields::default(),
                sandbox: AtomicBool::new(false),
                requests: AtomicU64::new(0),
                options,
            }),
        })
    }

    /// The host that is talked to, for people.
    pub fn host(&self) -> &str {
        &self.inner.host
    }

    /// The version that is asked.
    pub fn version(&self) -> &str {
        &self.inner.options.version
    }

    /// The Graph API's address, without a version.
    pub fn base_url(&self) -> &Url {
        &self.inner.options.base_url
    }

    /// The token, for `debug_token` alone.
    pub(super) fn token(&self) -> &SecretString {
        &self.inner.options.token
    }

    /// Whether an answer so far said that it came from a sandbox.
    pub fn met_sandbox(&self) -> bool {
        self.inner.sandbox.load(Ordering::Relaxed)
    }

    /// HTTP requests made so far.
    pub fn requests(&self) -> u64 {
        self.inner.requests.load(Ordering::Relaxed)
    }

    /// How much of Meta's limits is used, as far as its answers told.
    pub fn usage(&self) -> Vec<Usage> {
        self.inner.throttle.usage(Instant::now())
    }

    /// The fields that this version of the API turned out not to have.
    pub fn dropped(&self) -> &DroppedFields {
        &self.inner.dropped
    }

    /// Host and port of the proxy by which the Graph API is reached, where there is one.
    ///
    /// # Errors
    /// A client that cannot be built.
    pub async fn proxy(&self) -> Result<Option<&str>, GraphError> {
        self.http().await.map(Http::proxy)
    }

    /// Whether every call carries `appsecret_proof`.
    pub fn is_signed(&self) -> bool {
        self.inner.proof.is_some()
    }

    /// The address of a path under the version, without parameters.
    ///
    /// # Errors
    /// An address that cannot carry a path.
    pub fn address(&self, path: &str) -> Result<Url, GraphError> {
        let mut url = self.inner.options.base_url.clone();
        url.set_query(None);
        url.set_fragment(None);
        {
            let cannot = |()| GraphError::Setup { reason: "the address cannot carry a path".to_owned() };
            let mut segments = url.path_segments_mut().map_err(cannot)?;
            segments.pop_if_empty().push(&self.inner.options.version);
            segments.extend(path.split('/'));
        }
        Ok(url)
    }

    /// Reads. What may be transient is asked again, with growing pauses, up to the deadline.
    ///
    /// # Errors
    /// The last attempt's error.
    pub async fn get<T: DeserializeOwned>(&self, call: &Call) -> Result<T, GraphError> {
        self.repeat(call, |call| self.request(Method::GET, call, None)).await
    }

    /// Reads by POST, as batches must; repeated like any other read, so every call in it must be a read.
    ///
    /// # Errors
    /// The last attempt's error.
    pub(super) async fn read_by_post<T: DeserializeOwned>(&self, call: &Call, form: &str) -> Result<T, GraphError> {
        let body = || Some(("application/x-www-form-urlencoded", form.as_bytes().to_vec()));
        self.repeat(call, |call| self.request(Method::POST, call, body())).await
    }

    /// Changes something, with a JSON body; asked exactly once.
    ///
    /// # Errors
    /// See [`GraphError::is_outcome_unknown`] for whether it may have taken effect all the same.
    pub async fn post<T: DeserializeOwned>(&self, call: &Call, body: &serde_json::Value) -> Result<T, GraphError> {
        let body = serde_json::to_vec(body).map_err(|error| GraphError::Setup { reason: error.to_string() })?;
        self.post_json(call, body).await
    }

    /// The same with a body that is JSON already, posted byte for byte.
    ///
    /// # Errors
    /// See [`Client::post`].
    pub(super) async fn post_json<T: DeserializeOwned>(&self, call: &Call, body: Vec<u8>) -> Result<T, GraphError> {
        match self.inner.throttle.admit(&call.subject, Instant::now()) {
            Admission::Rest { subject, until, .. } => return Err(resting(&subject, until)),
            Admission::After(pause) if pause.is_zero() => {}
            Admission::After(pause) => tokio::time::sleep(pause).await,
        }
        let answer = self.once(self.request(Method::POST, call.clone(), Some(("application/json", body))), call).await?;
        self.decode(&answer, call).inspect_err(|error| self.note_refusal(call, error, answer.retry_after))
    }

    /// Asks once and without the token: for what the app's own secret opens.
    ///
    /// # Errors
    /// Whatever is answered instead; a lost answer is not asked for again.
    pub(super) async fn get_as_nobody<T: DeserializeOwned>(&self, call: &Call) -> Result<T, GraphError> {
        let request = async {
            let mut url = self.address(&call.path)?;
            url.query_pairs_mut().extend_pairs(&call.query);
            transport::get(&url)
        };
        let answer = self.once(request, call).await?;
        self.decode(&answer, call)
    }

    async fn repeat<T, F, R>(&self, call: &Call, request: R) -> Result<T, GraphError>
    where
        T: DeserializeOwned,
        F: Future<Output = Result<Request<Full<Bytes>>, GraphError>>,
        R: Fn(Call) -> F,
    {
        let patience = self.inner.options.patience;
        let deadline = Instant::now() + patience.deadline;
        let mut attempt = 0;
        loop {
            let now = Instant::now();
            match self.inner.throttle.admit(&call.subject, now) {
                Admission::Rest { remaining, .. } if remaining <= SHORT_REST && now + remaining < deadline => {
                    tokio::time::sleep(remaining).await;
                    continue;
                }
                Admission::Rest { subject, until, .. } => return Err(resting(&subject, until)),
                Admission::After(pause) if pause.is_zero() => {}
                Admission::After(pause) => tokio::time::sleep(pause).await,
            }
            let mut said = None;
            let result = match self.once(request(call.clone()), call).await {
                Ok(answer) => {
                    said = answer.retry_after;
                    self.decode(&answer, call)
                }
                Err(error) => Err(error),
            };
            let error = match result {
                Ok(value) => return Ok(value),
                Err(error) => error,
            };
            self.note_refusal(call, &error, said);
            let limited = error.limit().is_some();
            if attempt >= patience.retries || !(error.is_transient() || limited) {
                return Err(error);
            }
            let pause = if limited { Duration::ZERO } else { jittered(patience.backoff, attempt) };
            let pause = pause.max(said.filter(|_| !limited).unwrap_or_default());
            if Instant::now() + pause >= deadline {
                return Err(error);
            }
            if limited && !matches!(self.rest_of(call), Some(rest) if rest <= SHORT_REST) {
                return Err(error);
            }
            tracing::info!(path = call.path, attempt, %error, "A read is tried again");
            tokio::time::sleep(pause).await;
            attempt += 1;
        }
    }

    fn rest_of(&self, call: &Call) -> Option<Duration> {
        match self.inner.throttle.admit(&call.subject, Instant::now()) {
            Admission::Rest { remaining, .. } => Some(remaining),
            Admission::After(_) => Some(Duration::ZERO),
        }
    }

    fn note_refusal(&self, call: &Call, error: &GraphError, said: Option<Duration>) {
        if let Some(code) = error.limit() {
            self.inner.throttle.refused(&call.subject, code, said, Instant::now(), Timestamp::now());
        }
    }

    /// Takes in how a part of a batch failed: a limit counts for the one that the part asked for.
    pub(super) fn note_part(&self, part: &Call, error: &GraphError) {
        self.note_refusal(part, error, None);
    }

    /// Why a part of a batch must not be asked now, if it must not: the one it asks for rests.
    pub(super) fn rests(&self, part: &Call) -> Option<GraphError> {
        let until = self.inner.throttle.resting(&part.subject, Instant::now())?;
        Some(resting(&part.subject, until))
    }

    pub(super) async fn http(&self) -> Result<&Http, GraphError> {
        self.inner.http.get_or_try_init(|| Http::build_aside(&self.inner.options.base_url, self.inner.options.patience)).await
    }

    /// What asks for a file at this address, without the token.
    pub(super) async fn http_for(&self, address: &Url) -> Result<&Http, GraphError> {
        if address.scheme() == self.inner.options.base_url.scheme() {
            return self.http().await;
        }
        self.inner.files.get_or_try_init(|| Http::build_aside(address, self.inner.options.patience)).await
    }

    /// The header that carries the token.
    pub(super) fn authorization(&self) -> HeaderValue {
        self.inner.authorization.clone()
    }

    async fn request(
        &self,
        method: Method,
        call: Call,
        body: Option<(&'static str, Vec<u8>)>,
    ) -> Result<Request<Full<Bytes>>, GraphError> {
        let mut url = self.address(&call.path)?;
        if !call.query.is_empty() || self.inner.proof.is_some() {
            let mut pairs = url.query_pairs_mut();
            pairs.extend_pairs(&call.query);
            if let Some(proof) = &self.inner.proof {
                pairs.append_pair("appsecret_proof", proof.expose_secret());
            }
        }
        let request = Request::builder().method(method).uri(url.as_str()).header(AUTHORIZATION, self.inner.authorization.clone());
        let request = match body {
            Some((kind, body)) => request.header(CONTENT_TYPE, kind).body(Full::from(body)),
            None => request.body(Full::default()),
        };
        // The error could name the address, which may carry the token.
        request.map_err(|_| GraphError::Setup { reason: "the address cannot be asked for".to_owned() })
    }

    /// Makes one request and takes in its answer, whatever it says.
    async fn once(
        &self,
        request: impl Future<Output = Result<Request<Full<Bytes>>, GraphError>>,
        call: &Call,
    ) -> Result<Answer, GraphError> {
        let (request, http) = (request.await?, self.http().await?);
        let began = Instant::now();
        self.inner.requests.fetch_add(1, Ordering::Relaxed);
        let failed = |failure: transport::Failure| failure.into_error(&self.inner.host, &self.inner.options.patience);
        let response = http.send(request).await.map_err(failed)?;
        let status = response.status;
        self.take_headers(call, &response.headers);
        if (300..400).contains(&status) {
            return Err(GraphError::Redirected { host: self.inner.host.clone() });
        }
        let retry_after = retry_after(&response.headers, Timestamp::now());
        let body = response.body().await.map_err(failed)?;
        tracing::debug!(path = call.path, status, bytes = body.len(), milliseconds = began.elapsed().as_millis(), "Answered");
        Ok(Answer { status, body, retry_after })
    }

    fn take_headers(&self, call: &Call, headers: &HeaderMap) {
        if headers.get("x-wabadeck-sandbox").is_some_and(|value| value == "1") {
            self.inner.sandbox.store(true, Ordering::Relaxed);
        }
        self.inner.throttle.note(&call.subject, headers, Instant::now(), Timestamp::now());
    }

    fn decode<T: DeserializeOwned>(&self, answer: &Answer, call: &Call) -> Result<T, GraphError> {
        decode(&self.inner.host, answer.status, &answer.body).map_err(|error| self.hide(call, error))
    }
}

fn resting(subject: &Subject, until: Timestamp) -> GraphError {
    let subject = match subject {
        Subject::App => "this app".to_owned(),
        Subject::Object(id) => format!("the account or portfolio {id}"),
    };
    GraphError::Resting { subject, until }
}

/// `appsecret_proof`: HMAC-SHA256 of the token with the app's secret as key (Meta: securing requests).
fn proof(secret: &SecretString, token: &SecretString) -> Option<SecretString> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes()).ok()?;
    mac.update(token.expose_secret().as_bytes());
    Some(SecretString::from(crate::secrets::hex(&mac.finalize().into_bytes())))
}

/// The pause before another attempt: doubling, at most eight seconds, between half and one and a half of it.
fn jittered(first: Duration, attempt: u32) -> Duration {
    use std::hash::{BuildHasher, Hasher};
    let pause = (first * 2_u32.saturating_pow(attempt)).min(Duration::from_secs(8));
    let random = std::collections::hash_map::RandomState::new().build_hasher().finish();
    pause / 2 + pause * u32::try_from(random % 1_000).unwrap_or(500) / 1_000
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(address: &str) -> ClientOptions {
        ClientOptions {
            base_url: Url::parse(address).unwrap(),
            version: "v26.0".into(),
            token: SecretString::from("EAAG-very-secret"),
            app_secret: Some(SecretString::from("app-very-secret")),
            allow_plain_http: false,
            patience: Patience::default(),
        }
    }

    #[test]
    fn plain_http_goes_to_loopback_only() {
        assert!(Client::new(options("http://127.0.0.1:8080")).is_ok());
        assert!(Client::new(options("https://graph.example")).is_ok());
        let refused = Client::new(options("http://graph.example")).unwrap_err().to_string();
        assert!(refused.contains("allow_plain_http"), "{refused}");
        let allowed = ClientOptions { allow_plain_http: true, ..options("http://graph.example") };
        assert!(Client::new(allowed).is_ok());
    }

    #[test]
    fn debug_shows_no_secret() {
        let client = Client::new(options("https://graph.example")).unwrap();
        let shown = format!("{client:?} {:?}", client.inner.options);
        assert!(!shown.contains("very-secret"), "{shown}");
    }

    #[test]
    fn an_address_keeps_the_prefix_and_escapes_ids() {
        let client = Client::new(options("https://proxy.example/graph/")).unwrap();
        assert_eq!(client.address("12/phone_numbers").unwrap().as_str(), "https://proxy.example/graph/v26.0/12/phone_numbers");
        assert_eq!(client.address("").unwrap().as_str(), "https://proxy.example/graph/v26.0/");
        assert!(client.address("a?b#c").unwrap().as_str().ends_with("/v26.0/a%3Fb%23c"));
    }

    #[test]
    fn the_proof_is_the_hmac_that_meta_documents() {
        let proof = proof(&SecretString::from("key"), &SecretString::from("The quick brown fox jumps over the lazy dog"));
        assert_eq!(proof.unwrap().expose_secret(), "f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8");
    }
}
