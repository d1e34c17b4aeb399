//! HTTP: connections, bodies with a limit, headers of every answer, and the faults of a connection.
//! It must not know what the Graph API means.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderName, Request, Response, header};
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

use super::answers;
use super::call::{Call, Reply};
use super::clock::Clock;
use super::control;
use super::engine;
use super::errors::GraphError;
use super::faults::{FaultKind, Faults};
use super::log::Log;
use super::params::Params;
use super::state::World;
use super::usage::Usage;
use super::{Options, SandboxError, fleet, generator, live};

pub use super::answers::json_response;

/// Largest body of a request, in bytes.
const LARGEST_BODY: usize = 8 * 1024 * 1024;
/// Longest time for the head of a request.
const HEAD_TIMEOUT: Duration = Duration::from_secs(30);

/// What all connections share.
#[derive(Debug)]
pub struct Shared {
    world: RwLock<World>,
    options: Options,
    token: String,
    /// Base address.
    pub url: String,
    /// Armed faults.
    pub faults: Faults,
    /// Rate limits.
    pub usage: Usage,
    /// What was asked and sent.
    pub log: Log,
    /// Tells everything to end.
    pub stop: CancellationToken,
    /// Where what happens by itself or on demand is told.
    pub happened: tokio::sync::broadcast::Sender<live::Happened>,
}

impl Shared {
    /// Builds the world as the options ask for it.
    ///
    /// # Errors
    /// When the embedded fleet is broken.
    pub fn new(options: Options, token: String, url: String, stop: CancellationToken) -> Result<Self, SandboxError> {
        let world = build(&options, &token, &url)?;
        let faults = Faults::default();
        for fault in &options.faults {
            faults.arm(fault.clone());
        }
        let usage = Usage::new(options.daily_users);
        Ok(Self {
            world: RwLock::new(world),
            options,
            token,
            url,
            faults,
            usage,
            log: Log::default(),
            stop,
            happened: live::channel(),
        })
    }

    /// Reads the world.
    pub fn world<T>(&self, read: impl FnOnce(&World) -> T) -> T {
        read(&self.world.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Changes the world.
    pub fn change<T>(&self, change: impl FnOnce(&mut World) -> T) -> T {
        change(&mut self.world.write().unwrap_or_else(PoisonError::into_inner))
    }

    /// Starts over: the fleet as at the beginning, no counters, the faults of the start.
    ///
    /// # Errors
    /// When the embedded fleet is broken.
    pub fn reset(&self) -> Result<(), SandboxError> {
        let world = build(&self.options, &self.token, &self.url)?;
        self.change(|old| *old = world);
        self.faults.disarm(None);
        for fault in &self.options.faults {
            self.faults.arm(fault.clone());
        }
        self.usage.reset();
        self.log.reset();
        Ok(())
    }
}

fn build(options: &Options, token: &str, url: &str) -> Result<World, SandboxError> {
    let mut world = fleet::empty(options.seed, token, Arc::new(Clock::default()));
    world.media = format!("{}/sandbox/media/", url.trim_end_matches('/'));
    world.settings.outcome = options.upgrade;
    world.settings.setup_seconds = i64::try_from(options.setup_delay.as_secs()).unwrap_or(0);
    world.settings.code_seconds = super::write::CODE_SECONDS;
    world.settings.webhook_delay = options.webhook_delay;
    match options.accounts {
        None => fleet::demo(&mut world)?,
        Some(accounts) => generator::populate(&mut world, accounts, options.portfolios, options.numbers_each)?,
    }
    Ok(world)
}

/// Takes connections until told to stop.
pub async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    loop {
        let accepted = tokio::select! {
            () = shared.stop.cancelled() => return,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, _)) => {
                tokio::spawn(connection(stream, Arc::clone(&shared)));
            }
            // Out of descriptors: give others time to close theirs.
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
}

/// The connection is to be reset instead of answered.
#[derive(Debug, thiserror::Error)]
#[error("the connection was reset on request")]
struct Reset;

type Answer = Pin<Box<dyn Future<Output = Result<Response<Body>, Reset>> + Send>>;

async fn connection(stream: TcpStream, shared: Arc<Shared>) {
    let _ = stream.set_nodelay(true);
    let stop = shared.stop.clone();
    let service = service_fn(move |request: Request<Incoming>| {
        let shared = Arc::clone(&shared);
        let answer: Answer = Box::pin(async move { respond(&shared, request).await });
        answer
    });
    let mut serving = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .serve_connection(TokioIo::new(stream), service);
    let ended = tokio::select! {
        () = stop.cancelled() => return,
        ended = poll_fn(|context| serving.poll_without_shutdown(context)) => ended,
    };
    let mut stream = serving.into_parts().io.into_inner();
    if ended.as_ref().is_err_and(hyper::Error::is_user) {
        let _ = stream.set_zero_linger();
        return;
    }
    let _ = stream.shutdown().await;
}

async fn respond(shared: &Arc<Shared>, request: Request<Incoming>) -> Result<Response<Body>, Reset> {
    let (parts, body) = request.into_parts();
    let refuse = |error: GraphError| Ok(json_response(Reply::from(error), super::call::LATEST, false));
    let Ok(body) = Limited::new(body, LARGEST_BODY).collect().await.map(http_body_util::Collected::to_bytes) else {
        return refuse(GraphError::new(413, 100, "(#100) The request body is too large"));
    };
    let params = match params(&parts.uri, &parts.headers, &body) {
        Ok(params) => params,
        Err(error) => return refuse(error),
    };
    let path = parts.uri.path();
    if let Some(rest) = path.strip_prefix("/sandbox").filter(|rest| rest.is_empty() || rest.starts_with('/')) {
        let request = control::Request {
            method: parts.method.as_str(),
            path: rest.split('/').filter(|segment| !segment.is_empty()).map(str::to_owned).collect(),
            params,
            body: &body,
            languages: text(&parts.headers, header::ACCEPT_LANGUAGE),
            bearer: bearer(&parts.headers),
        };
        if request.method == "POST" && request.path == ["window"] {
            let pause = shared.world(|world| world.settings.window_milliseconds);
            tokio::time::sleep(Duration::from_millis(u64::try_from(pause).unwrap_or(0))).await;
        }
        return Ok(control::answer(shared, &request));
    }
    let bearer = bearer(&parts.headers);
    let call = Call::new(parts.method.as_str(), path, params, bearer, origin(&parts.headers, &shared.url));
    let struck = shared.faults.strike(&call.method, path, false);
    wait(&struck).await;
    if struck.contains(&FaultKind::Reset) {
        return Err(Reset);
    }
    if let Some(response) = answers::instead(&struck) {
        return Ok(response);
    }
    let served = call.served();
    let compress = text(&parts.headers, header::ACCEPT_ENCODING).contains("gzip");
    let reply = engine::outer(shared, call, &struck).await;
    Ok(answers::spoil(json_response(reply, served, compress), &struck).await)
}

async fn wait(struck: &[FaultKind]) {
    for kind in struck {
        match kind {
            FaultKind::Latency(time) => tokio::time::sleep(*time).await,
            FaultKind::Jitter(most) => {
                let nanos = std::time::SystemTime::now()
                    .duration_since(std::time::UNIX_EPOCH)
                    .map_or(0, |elapsed| u64::from(elapsed.subsec_nanos()));
                let millis = u64::try_from(most.as_millis()).unwrap_or(0);
                let drawn = super::seed::below(super::seed::mix(nanos), millis + 1);
                tokio::time::sleep(Duration::from_millis(drawn)).await;
            }
            _ => {}
        }
    }
}

fn text(headers: &HeaderMap, name: HeaderName) -> &str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("")
}

fn bearer(headers: &HeaderMap) -> Option<String> {
    text(headers, header::AUTHORIZATION)
        .split_once(' ')
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer") || scheme.eq_ignore_ascii_case("oauth"))
        .map(|(_, token)| token.trim().to_owned())
        .filter(|token| !token.is_empty())
}

/// How the caller reached us, so that paging addresses lead back the same way.
fn origin(headers: &HeaderMap, own: &str) -> String {
    Some(text(headers, header::HOST))
        .filter(|host| !host.is_empty() && host.len() < 256)
        .filter(|host| host.chars().all(|c| c.is_ascii_alphanumeric() || ".:-[]".contains(c)))
        .map_or_else(|| own.to_owned(), |host| format!("http://{host}"))
}

fn params(uri: &axum::http::Uri, headers: &HeaderMap, body: &Bytes) -> Result<Params, GraphError> {
    let mut params = Params::default();
    params.add_encoded(uri.query().unwrap_or("").as_bytes());
    if body.is_empty() {
        return Ok(params);
    }
    let kind = text(headers, header::CONTENT_TYPE);
    let lower = kind.to_ascii_lowercase();
    if lower.starts_with("application/json") || (lower.is_empty() && body.starts_with(b"{")) {
        params.add_json(body)?;
    } else if lower.starts_with("multipart/form-data") {
        let boundary = kind.split("boundary=").nth(1).unwrap_or("").split(';').next().unwrap_or("").trim_matches('"');
        if boundary.is_empty() {
            return Err(GraphError::parameter("(#100) The multipart body has no boundary"));
        }
        params.add_multipart(body, boundary);
    } else if !lower.starts_with("text/plain") {
        params.add_encoded(body);
    }
    Ok(params)
}
