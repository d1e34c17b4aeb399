//! HTTP: connections, bodies with a limit, headers of every answer. One call of the Graph API in, one answer out.
//! It must not know what the Graph API means.

use std::convert::Infallible;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode, header};
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

use super::call::{Call, Reply};
use super::clock::Clock;
use super::errors::{GraphError, trace_id};
use super::params::Params;
use super::state::World;
use super::{Options, SandboxError, fleet, generator, graph};

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
    url: String,
}

impl Shared {
    /// Builds the world as the options ask for it.
    ///
    /// # Errors
    /// When the embedded fleet is broken.
    pub fn new(options: Options, token: String, url: String) -> Result<Self, SandboxError> {
        let world = build(&options, &token)?;
        Ok(Self { world: RwLock::new(world), options, token, url })
    }

    /// Reads the world.
    pub fn world<T>(&self, read: impl FnOnce(&World) -> T) -> T {
        read(&self.world.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Changes the world.
    pub fn change<T>(&self, change: impl FnOnce(&mut World) -> T) -> T {
        change(&mut self.world.write().unwrap_or_else(PoisonError::into_inner))
    }
}

fn build(options: &Options, token: &str) -> Result<World, SandboxError> {
    let mut world = fleet::empty(options.seed, token, Arc::new(Clock::default()));
    match options.accounts {
        None => fleet::demo(&mut world)?,
        Some(accounts) => generator::populate(&mut world, accounts, options.numbers_each)?,
    }
    Ok(world)
}

/// Takes connections until told to stop.
pub async fn accept(listener: TcpListener, shared: Arc<Shared>, stop: CancellationToken) {
    loop {
        let accepted = tokio::select! {
            () = stop.cancelled() => return,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, _)) => {
                tokio::spawn(connection(stream, Arc::clone(&shared), stop.clone()));
            }
            // Out of descriptors: give others time to close theirs.
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
}

async fn connection(stream: TcpStream, shared: Arc<Shared>, stop: CancellationToken) {
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request| {
        let shared = Arc::clone(&shared);
        async move { Ok::<_, Infallible>(respond(&shared, request).await) }
    });
    let serving = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .serve_connection(TokioIo::new(stream), service);
    tokio::select! {
        () = stop.cancelled() => {}
        _ = serving => {}
    }
}

async fn respond(shared: &Arc<Shared>, request: Request<Incoming>) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let body = match Limited::new(body, LARGEST_BODY).collect().await {
        Ok(body) => body.to_bytes(),
        Err(_) => {
            let error = GraphError::new(413, 100, "(#100) The request body is too large");
            return json_response(Reply::from(error), super::call::LATEST);
        }
    };
    match call(&parts.method, &parts.uri, &parts.headers, &body, &shared.url) {
        Ok(call) => {
            let served = call.served();
            json_response(answer(shared, &call), served)
        }
        Err(error) => json_response(Reply::from(error), super::call::LATEST),
    }
}

/// Answers a call.
pub fn answer(shared: &Arc<Shared>, call: &Call) -> Reply {
    let read = shared.world(|world| graph::read(world, call));
    match read {
        Ok(Some(reply)) => reply,
        Ok(None) => shared.change(|world| graph::change(world, call)).unwrap_or_else(Reply::from),
        Err(error) => Reply::from(error),
    }
}

/// Makes a call out of an HTTP request.
fn call(method: &Method, uri: &axum::http::Uri, headers: &HeaderMap, body: &Bytes, own: &str) -> Result<Call, GraphError> {
    let mut params = Params::default();
    params.add_encoded(uri.query().unwrap_or("").as_bytes());
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("");
    if !body.is_empty() {
        let kind = text(header::CONTENT_TYPE);
        let lower = kind.to_ascii_lowercase();
        if lower.starts_with("application/json") || (lower.is_empty() && body.starts_with(b"{")) {
            params.add_json(body)?;
        } else if lower.starts_with("multipart/form-data") {
            let boundary = kind.split("boundary=").nth(1).unwrap_or("").trim_matches('"');
            if boundary.is_empty() {
                return Err(GraphError::parameter("(#100) The multipart body has no boundary"));
            }
            params.add_multipart(body, boundary);
        } else {
            params.add_encoded(body);
        }
    }
    let bearer = text(header::AUTHORIZATION)
        .split_once(' ')
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer") || scheme.eq_ignore_ascii_case("oauth"))
        .map(|(_, token)| token.trim().to_owned())
        .filter(|token| !token.is_empty());
    let origin = Some(text(header::HOST))
        .filter(|host| {
            !host.is_empty() && host.len() < 256 && host.chars().all(|c| c.is_ascii_alphanumeric() || ".:-[]".contains(c))
        })
        .map_or_else(|| own.to_owned(), |host| format!("http://{host}"));
    Ok(Call::new(method.as_str(), uri.path(), params, bearer, origin))
}

/// Turns an answer into HTTP, with the headers Graph sends and the one that tells a sandbox.
pub fn json_response(reply: Reply, version: (u32, u32)) -> Response<Body> {
    let body = serde_json::to_vec(&reply.body).unwrap_or_default();
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json; charset=UTF-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache, no-store, must-revalidate"));
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
