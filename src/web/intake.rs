//! Takes webhooks from Meta and acknowledges each only when whoever keeps them says that it is safe.
//!
//! The signature is checked over the raw bytes before a body is read as anything. Every limit here bounds what a stranger can
//! make this process hold: connections, bytes on their way, and time. It must not know where bodies are kept or what they say.

mod limits;
#[cfg(test)]
mod tests;

use std::{
    io,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use axum::{
    body::Bytes,
    http::{HeaderValue, Method, Request, Response, StatusCode, header},
};
use http_body_util::Full;
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Semaphore, mpsc, oneshot},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::signature;
use crate::secrets;
use limits::Unread;

/// Largest body; Meta's are at most 3 MB (Meta: webhooks, payloads).
pub const LARGEST_BODY: usize = 4 * 1024 * 1024;

/// How long the head of a request and its body may take each, and an idle connection may stay.
pub const PATIENCE: Duration = Duration::from_secs(15);

/// How long keeping may take; Meta tries again when it was not acknowledged.
const KEEP_TIMEOUT: Duration = Duration::from_secs(10);

/// How long requests under way may still take when it is told to end.
const END_TIMEOUT: Duration = Duration::from_secs(5);

/// Connections at a time.
const CONNECTIONS: usize = 1_024;

/// Kilobytes of bodies on their way at a time, over all connections.
const KILOBYTES: usize = 64 * 1024;

/// How webhooks are taken.
#[derive(Debug)]
pub struct IntakeOptions {
    /// Where to listen.
    pub address: SocketAddr,
    /// What Meta's verification handshake must repeat.
    pub verify_token: SecretString,
    /// The app's secret, by which webhooks are signed; `None` believes everybody, which must have been asked for.
    pub app_secret: Option<SecretString>,
    /// How long head and body of a request may take each; [`PATIENCE`] where nobody is in a hurry.
    pub patience: Duration,
}

/// A body that came, and who waits for it to be safe.
#[derive(Debug)]
pub struct Arrival {
    /// The raw bytes.
    pub body: Bytes,
    /// SHA-256 of them, by which repetitions are known.
    pub digest: [u8; 32],
    /// When.
    pub received: Timestamp,
    /// Told `true` once it will survive a crash, `false` when it cannot be kept. Meta is answered then, not before.
    pub kept: oneshot::Sender<bool>,
}

struct Shared {
    options: IntakeOptions,
    sink: mpsc::Sender<Arrival>,
    connections: Arc<Semaphore>,
    kilobytes: Semaphore,
    /// Whether the last body could be kept.
    healthy: AtomicBool,
    refused: AtomicU64,
}

/// An open port for webhooks.
#[derive(Debug)]
pub struct Intake {
    address: SocketAddr,
    stop: CancellationToken,
    connections: TaskTracker,
}

impl Intake {
    /// Opens the port. Bodies go into the sink, which may be slow: whoever sends them waits.
    ///
    /// # Errors
    /// What the operating system says about the port.
    pub async fn open(options: IntakeOptions, sink: mpsc::Sender<Arrival>) -> io::Result<Self> {
        let socket = TcpListener::bind(options.address).await?;
        let intake = Self { address: socket.local_addr()?, stop: CancellationToken::new(), connections: TaskTracker::new() };
        let shared = Arc::new(Shared {
            options,
            sink,
            connections: Arc::new(Semaphore::new(CONNECTIONS)),
            kilobytes: Semaphore::new(KILOBYTES),
            healthy: AtomicBool::new(true),
            refused: AtomicU64::new(0),
        });
        tokio::spawn(accept(socket, shared, intake.stop.clone(), intake.connections.clone()));
        Ok(intake)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Takes no more, and waits a little for what is under way.
    pub async fn close(self) {
        self.stop.cancel();
        self.connections.close();
        // What takes longer was not acknowledged, and comes again.
        let _ = tokio::time::timeout(END_TIMEOUT, self.connections.wait()).await;
    }
}

impl Drop for Intake {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

async fn accept(socket: TcpListener, shared: Arc<Shared>, stop: CancellationToken, tracker: TaskTracker) {
    loop {
        // Taken before the connection: more of them wait in the system's queue instead of here.
        let Ok(permit) = Arc::clone(&shared.connections).acquire_owned().await else { return };
        let accepted = tokio::select! {
            () = stop.cancelled() => return,
            accepted = socket.accept() => accepted,
        };
        match accepted {
            Ok((stream, _)) => {
                let (shared, stop) = (Arc::clone(&shared), stop.clone());
                tracker.spawn(async move {
                    serve(stream, shared, stop).await;
                    drop(permit);
                });
            }
            // Out of descriptors: give others time to close theirs.
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
}

async fn serve(stream: TcpStream, shared: Arc<Shared>, stop: CancellationToken) {
    // Answers are small and awaited.
    let _ = stream.set_nodelay(true);
    let patience = shared.options.patience;
    let service = service_fn(move |request: Request<Incoming>| {
        let shared = Arc::clone(&shared);
        async move { Ok::<_, std::convert::Infallible>(respond(&shared, request).await) }
    });
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(patience).max_buf_size(64 * 1024);
    let mut connection = std::pin::pin!(builder.serve_connection(TokioIo::new(stream), service));
    // A stranger's broken connection is none of our errors.
    let _ = tokio::select! {
        ended = connection.as_mut() => ended,
        () = stop.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
}

type Answer = Response<Full<Bytes>>;

async fn respond(shared: &Shared, request: Request<Incoming>) -> Answer {
    match (request.method(), request.uri().path()) {
        (&Method::GET | &Method::HEAD, "/health") => health(shared),
        (&Method::GET, _) => handshake(shared, request.uri().query().unwrap_or_default()),
        (&Method::POST, _) => receive(shared, request).await,
        _ => {
            let mut answer = plain(StatusCode::METHOD_NOT_ALLOWED, "");
            answer.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, POST"));
            answer
        }
    }
}

fn plain(status: StatusCode, text: impl Into<Bytes>) -> Answer {
    let mut answer = Response::new(Full::new(text.into()));
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // The challenge comes back as it was sent: no browser may take it for anything but text.
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    answer
}

/// For whoever watches over the process: whether what comes in can be kept.
fn health(shared: &Shared) -> Answer {
    if shared.healthy.load(Ordering::Relaxed) {
        plain(StatusCode::OK, "ok\n")
    } else {
        plain(StatusCode::SERVICE_UNAVAILABLE, "webhooks cannot be kept\n")
    }
}

/// Meta's handshake: the challenge comes back to whoever knows the token.
fn handshake(shared: &Shared, query: &str) -> Answer {
    let find = |wanted: &str| form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == wanted).map(|(_, value)| value);
    let Some(challenge) = find("hub.challenge") else { return plain(StatusCode::NOT_FOUND, "") };
    let token = find("hub.verify_token").unwrap_or_default();
    let known = secrets::same(token.as_bytes(), shared.options.verify_token.expose_secret().as_bytes());
    if known && find("hub.mode").is_some_and(|mode| mode == "subscribe") {
        tracing::info!("The address for webhooks was verified");
        plain(StatusCode::OK, challenge.into_owned())
    } else {
        tracing::warn!("A verification with a wrong token was refused");
        plain(StatusCode::FORBIDDEN, "")
    }
}

async fn receive(shared: &Shared, request: Request<Incoming>) -> Answer {
    let (parts, body) = request.into_parts();
    let kind = parts.headers.get(header::CONTENT_TYPE).map(|kind| kind.as_bytes().trim_ascii_start().to_ascii_lowercase());
    if kind.is_some_and(|kind| !kind.starts_with(b"application/json")) {
        return plain(StatusCode::UNSUPPORTED_MEDIA_TYPE, "");
    }
    // Nobody who cannot sign gets a body read.
    if shared.options.app_secret.is_some() && !parts.headers.contains_key(signature::HEADER) {
        return refuse(shared);
    }
    let read = limits::read(body, LARGEST_BODY, &shared.kilobytes);
    let (body, _held) = match tokio::time::timeout(shared.options.patience, read).await {
        Ok(Ok(read)) => read,
        Ok(Err(Unread::TooLarge)) => return plain(StatusCode::PAYLOAD_TOO_LARGE, ""),
        Ok(Err(Unread::Broken)) => return plain(StatusCode::BAD_REQUEST, ""),
        Err(_) => return plain(StatusCode::REQUEST_TIMEOUT, ""),
    };
    match &shared.options.app_secret {
        Some(secret) if !signature::is_valid(secret, &parts.headers, &body) => return refuse(shared),
        Some(_) => {}
        // Whoever may write without a signature may at least not write just anything.
        None if serde_json::from_slice::<serde::de::IgnoredAny>(&body).is_err() => return plain(StatusCode::BAD_REQUEST, ""),
        None => {}
    }
    keep(shared, body).await
}

async fn keep(shared: &Shared, body: Bytes) -> Answer {
    let digest = signature::digest(&body);
    let (kept, answer) = oneshot::channel();
    let arrival = Arrival { body, digest, received: Timestamp::now(), kept };
    let handed = async {
        shared.sink.send(arrival).await.ok()?;
        answer.await.ok()
    };
    let is_kept = matches!(tokio::time::timeout(KEEP_TIMEOUT, handed).await, Ok(Some(true)));
    shared.healthy.store(is_kept, Ordering::Relaxed);
    if is_kept { plain(StatusCode::OK, "") } else { plain(StatusCode::SERVICE_UNAVAILABLE, "") }
}

fn refuse(shared: &Shared) -> Answer {
    let before = shared.refused.fetch_add(1, Ordering::Relaxed);
    // A flood of them must not fill the log.
    if before.is_multiple_of(1_000) {
        tracing::warn!(refused = before + 1, "A webhook without a valid signature was refused");
    }
    plain(StatusCode::FORBIDDEN, "")
}
