//! Sockets, TLS and HTTP of the signup page, on loopback only. What a request means is not known here.

use std::{
    future::{Future, poll_fn},
    io,
    net::{Ipv4Addr, Ipv6Addr, SocketAddr},
    pin::{Pin, pin},
    sync::{Arc, Weak},
    task::Poll,
    time::Duration,
};

use axum::{
    body::Body,
    http::{Request, Response, StatusCode},
};
use http_body_util::{BodyExt, Limited};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    sync::Semaphore,
};
use tokio_rustls::TlsAcceptor;

use super::{Door, requests};

/// Longest time for a handshake, and for the head or the body of a request.
const PATIENCE: Duration = Duration::from_secs(15);
/// Connections at the same time; a browser opens six.
const CONNECTIONS: usize = 48;
/// Largest body of a request, in bytes; an answer has some hundreds.
const LARGEST_BODY: usize = 32 * 1024;

/// The port, open on this machine's own addresses.
pub(super) struct Sockets {
    first: TcpListener,
    /// Browsers may try `::1` first for `localhost`; not every machine has it.
    second: Option<TcpListener>,
    port: u16,
}

impl Sockets {
    /// Opens the port; 0 takes any free one.
    pub async fn open(port: u16) -> io::Result<Self> {
        let first = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let port = first.local_addr()?.port();
        let second = TcpListener::bind((Ipv6Addr::LOCALHOST, port)).await.ok();
        Ok(Self { first, second, port })
    }

    /// The port.
    pub fn port(&self) -> u16 {
        self.port
    }

    async fn accept(&self) -> io::Result<(TcpStream, SocketAddr)> {
        let mut first = pin!(self.first.accept());
        let mut second = pin!(async {
            match &self.second {
                Some(second) => second.accept().await,
                None => std::future::pending().await,
            }
        });
        poll_fn(|context| match first.as_mut().poll(context) {
            Poll::Ready(accepted) => Poll::Ready(accepted),
            Poll::Pending => second.as_mut().poll(context),
        })
        .await
    }
}

/// Serves until the door is gone.
pub(super) fn spawn(sockets: Sockets, acceptor: Option<TlsAcceptor>, door: &Arc<Door>) {
    let (stop, door) = (door.stop.clone(), Arc::downgrade(door));
    let room = Arc::new(Semaphore::new(CONNECTIONS));
    tokio::spawn(async move {
        loop {
            let accepted = tokio::select! {
                () = stop.cancelled() => return,
                accepted = sockets.accept() => accepted,
            };
            // Whoever holds connections open without asking anything shuts nobody out for long: each ends by its patience.
            let (Ok((stream, _)), Ok(place)) = (accepted, Arc::clone(&room).acquire_owned().await) else {
                tokio::time::sleep(Duration::from_millis(20)).await;
                continue;
            };
            let (acceptor, door, stop) = (acceptor.clone(), Weak::clone(&door), stop.clone());
            tokio::spawn(async move {
                let _place = place;
                tokio::select! {
                    () = stop.cancelled() => {}
                    () = connection(stream, acceptor, door) => {}
                }
            });
        }
    });
}

async fn connection(stream: TcpStream, acceptor: Option<TlsAcceptor>, door: Weak<Door>) {
    let _ = stream.set_nodelay(true);
    match acceptor {
        None => http(stream, door).await,
        Some(acceptor) => {
            if let Ok(Ok(stream)) = tokio::time::timeout(PATIENCE, acceptor.accept(stream)).await {
                http(stream, door).await;
            }
        }
    }
}

type Answer = Pin<Box<dyn Future<Output = Result<Response<Body>, std::convert::Infallible>> + Send>>;

async fn http(stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static, door: Weak<Door>) {
    let service = service_fn(move |request: Request<Incoming>| {
        let door = Weak::clone(&door);
        let answer: Answer = Box::pin(async move { Ok(respond(&door, request).await) });
        answer
    });
    // How it ended is nobody's business here: the browser sees it.
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(PATIENCE)
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

async fn respond(door: &Weak<Door>, request: Request<Incoming>) -> Response<Body> {
    let status = |status: StatusCode| {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = status;
        response
    };
    let Some(door) = door.upgrade() else { return status(StatusCode::GONE) };
    let (parts, body) = request.into_parts();
    let body = match tokio::time::timeout(PATIENCE, Limited::new(body, LARGEST_BODY).collect()).await {
        Ok(Ok(body)) => body.to_bytes(),
        Ok(Err(_)) => return status(StatusCode::PAYLOAD_TOO_LARGE),
        Err(_) => return status(StatusCode::REQUEST_TIMEOUT),
    };
    requests::answer(&door, &parts, &body).await
}
