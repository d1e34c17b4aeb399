//! What wabadeck serves itself: on loopback the signup page with its callback and a receiver of webhooks for this session alone,
//! and wherever it is told to the [`intake`] of webhooks that are kept.
//!
//! Asks nothing of any server. What comes in is checked before it is believed, and strings in it are not yet clean.

mod decode;
mod event;
pub mod intake;
mod receiver;
mod signature;
pub mod signup;
#[cfg(test)]
mod tests;

use std::{
    io,
    sync::{Arc, Mutex},
};

use axum::{Router, routing::get};
use secrecy::SecretString;
use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;
use url::Url;

use crate::secrets;

pub use axum::body::Bytes;
pub use decode::{Notice, decode};
pub use event::{AccountEvent, Event, MessageStatus, StatusError, StatusEvent};
pub use signature::digest;
pub use signup::SignupAnswer;

/// Events that wait for a slow reader before the oldest are lost to it.
const QUEUE: usize = 1_024;

/// A listener on 127.0.0.1. It stops when it is dropped.
#[derive(Debug)]
pub struct Listener {
    base: Url,
    shared: Arc<Shared>,
    stop: CancellationToken,
}

struct Shared {
    /// A path nobody can guess, so that even without an app secret only whoever was told it can write here.
    hook: String,
    verify_token: String,
    app_secret: Option<SecretString>,
    events: broadcast::Sender<Event>,
    bodies: broadcast::Sender<Bytes>,
    seen: Mutex<receiver::Seen>,
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Shared").finish_non_exhaustive()
    }
}

impl Listener {
    /// Listens on a free port of 127.0.0.1. With the app's secret only webhooks that it signed are believed.
    ///
    /// # Errors
    /// When no port can be opened, or the operating system gives no random bytes.
    pub async fn start(app_secret: Option<SecretString>) -> io::Result<Self> {
        let random = || secrets::one_time().ok_or_else(|| io::Error::other("no random bytes"));
        let socket = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await?;
        let base = Url::parse(&format!("http://{}", socket.local_addr()?)).map_err(io::Error::other)?;
        let shared = Arc::new(Shared {
            hook: format!("/webhook/{}", random()?),
            verify_token: random()?,
            app_secret,
            events: broadcast::channel(QUEUE).0,
            bodies: broadcast::channel(QUEUE).0,
            seen: Mutex::default(),
        });
        let routes =
            Router::new().route(&shared.hook, get(receiver::handshake).post(receiver::receive)).with_state(Arc::clone(&shared));
        let stop = CancellationToken::new();
        let stopped = stop.clone();
        tokio::spawn(async move {
            let serve = axum::serve(socket, routes).with_graceful_shutdown(stopped.cancelled_owned());
            if let Err(error) = serve.await {
                tracing::warn!(%error, "The listener for webhooks stopped");
            }
        });
        Ok(Self { base, shared, stop })
    }

    /// Where webhooks are to be sent.
    pub fn webhook_url(&self) -> Url {
        self.at(&self.shared.hook)
    }

    /// What Meta's verification handshake must repeat.
    pub fn verify_token(&self) -> &str {
        &self.shared.verify_token
    }

    fn at(&self, path: &str) -> Url {
        let mut url = self.base.clone();
        url.set_path(path);
        url
    }

    /// Events from now on.
    pub fn events(&self) -> broadcast::Receiver<Event> {
        self.shared.events.subscribe()
    }

    /// Bodies of webhooks from now on, signed by the app where its secret is known.
    pub fn bodies(&self) -> broadcast::Receiver<Bytes> {
        self.shared.bodies.subscribe()
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}
