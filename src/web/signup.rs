//! The signup page and its callback: served on loopback, for one answer and ten minutes at most (Meta: embedded signup).
//!
//! Asks nothing of any server: the code that comes in is handed on, for whoever waits to exchange. A caller is believed only
//! with the one-time state, from the page's own origin, and once.

mod answer;
mod certificate;
mod page;
mod requests;
mod serve;
#[cfg(test)]
mod tests;

use std::{
    collections::VecDeque,
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
    time::Duration,
};

use secrecy::SecretString;
use serde_json::Value;
use tokio::sync::oneshot;
use tokio_util::sync::CancellationToken;
use url::Url;

use crate::secrets;

pub use answer::SignupAnswer;

/// How long an answer is waited for.
pub const PATIENCE: Duration = Duration::from_secs(10 * 60);
/// How long the page stays up behind an answer, so that a second tab or a repeated answer is told that it came too late.
const LINGER: Duration = Duration::from_secs(60);
/// Answered signups that are remembered.
const REMEMBERED: usize = 32;

/// Where the page is served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// `https://localhost`, with a certificate made on the spot.
    Here {
        /// The port; 0 takes any free one, the same one again where that works.
        port: u16,
    },
    /// At an address of the user's own. Its reverse proxy speaks plain HTTP to this machine.
    Proxied {
        /// The address that the browser sees.
        base: Url,
        /// The port on loopback.
        port: u16,
    },
}

/// Whose JavaScript SDK the page loads, and from where its window may report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sdk {
    /// Meta's; its window reports from facebook.com and what is below.
    Meta,
    /// The stand-in of a sandbox; its window reports from the script's own origin and from nowhere else.
    Sandbox {
        /// The address of the script.
        script: Url,
    },
}

/// What the page asks Meta for.
#[derive(Debug, Clone)]
pub struct Order {
    /// The app's id.
    pub app_id: String,
    /// The app's Facebook Login for Business configuration.
    pub config_id: String,
    /// The Graph API's version.
    pub version: String,
    /// `extras` of `FB.login`.
    pub extras: Value,
    /// Where the SDK comes from.
    pub sdk: Sdk,
    /// The portfolio that is to accept, for people.
    pub portfolio: String,
    /// How many accounts that turns on.
    pub accounts: usize,
}

/// What the page says at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// Accepted, and the code was exchanged.
    Finished,
    /// Accepted, but the code was not exchanged.
    NotExchanged,
    /// Left before the end.
    Cancelled,
    /// Failed.
    Failed,
}

/// What came back from the page. Whoever takes it says what the page is to tell the person.
#[derive(Debug)]
pub struct Answer {
    /// What Meta's window reported.
    pub said: SignupAnswer,
    /// The code; it lives for 30 seconds.
    pub code: Option<SecretString>,
    told: oneshot::Sender<Told>,
}

impl Answer {
    /// Lets the page say it. The person may have closed it by now.
    pub fn tell(self, told: Told) {
        let _ = self.told.send(told);
    }
}

/// Where signup pages are opened: they share a port, which is closed when none of them is awaited.
#[derive(Debug)]
pub struct Doorway {
    last: tokio::sync::Mutex<Last>,
    patience: Duration,
}

impl Default for Doorway {
    fn default() -> Self {
        Self { last: tokio::sync::Mutex::default(), patience: PATIENCE }
    }
}

#[derive(Debug, Default)]
struct Last {
    door: Weak<Door>,
    port: u16,
    certificate: Option<certificate::Certificate>,
}

impl Doorway {
    /// Serves a page for this order.
    ///
    /// # Errors
    /// The port cannot be opened, no certificate can be made, or the operating system gives no random bytes.
    pub async fn open(&self, place: &Place, order: Order) -> io::Result<Expected> {
        let state = secrets::one_time().ok_or_else(|| io::Error::other("no random bytes"))?;
        let door = self.door(place).await?;
        let mut url = door.site.page.clone();
        url.query_pairs_mut().append_pair("state", &state);
        let (sender, answer) = oneshot::channel();
        door.book().waiting.push(Waiting { state: state.clone(), order, answer: sender });
        Ok(Expected { url, door, state, answer, patience: self.patience })
    }

    async fn door(&self, place: &Place) -> io::Result<Arc<Door>> {
        let mut last = self.last.lock().await;
        if let Some(door) = last.door.upgrade().filter(|door| door.place == *place) {
            return Ok(door);
        }
        let (sockets, site, acceptor) = match place {
            Place::Here { port } => {
                let sockets = match (port, last.port) {
                    (0, before) if before != 0 => match serve::Sockets::open(before).await {
                        Ok(sockets) => sockets,
                        Err(_) => serve::Sockets::open(0).await?,
                    },
                    (port, _) => serve::Sockets::open(*port).await?,
                };
                last.port = sockets.port();
                let certificate = match &last.certificate {
                    Some(certificate) => certificate.clone(),
                    None => certificate::Certificate::make().map_err(io::Error::other)?,
                };
                last.certificate = Some(certificate.clone());
                let site = requests::Site::here(sockets.port()).map_err(io::Error::other)?;
                (sockets, site, Some(certificate.acceptor()))
            }
            Place::Proxied { base, port } => {
                let sockets = serve::Sockets::open(*port).await?;
                let site = requests::Site::proxied(base, sockets.port());
                (sockets, site, None)
            }
        };
        let door = Arc::new(Door { place: place.clone(), site, book: Mutex::default(), stop: CancellationToken::new() });
        serve::spawn(sockets, acceptor, &door);
        last.door = Arc::downgrade(&door);
        Ok(door)
    }
}

/// The open port and what is awaited at it.
#[derive(Debug)]
struct Door {
    place: Place,
    site: requests::Site,
    book: Mutex<Book>,
    stop: CancellationToken,
}

#[derive(Debug, Default)]
struct Book {
    waiting: Vec<Waiting>,
    answered: VecDeque<String>,
}

#[derive(Debug)]
struct Waiting {
    state: String,
    order: Order,
    answer: oneshot::Sender<Answer>,
}

/// What is known of a state.
enum Known {
    /// Its answer is awaited.
    Awaited(Box<Order>),
    /// Its answer came before.
    Answered,
    /// Nobody waits for it: forged, or too old.
    No,
}

impl Door {
    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn known(&self, state: &str) -> Known {
        let book = self.book();
        if let Some(waiting) = book.waiting.iter().find(|waiting| is(&waiting.state, state)) {
            return Known::Awaited(Box::new(waiting.order.clone()));
        }
        if book.answered.iter().any(|answered| is(answered, state)) { Known::Answered } else { Known::No }
    }

    /// Takes the place of whoever waits for this state; nobody gets it a second time.
    fn take(&self, state: &str) -> Option<Waiting> {
        let mut book = self.book();
        let place = book.waiting.iter().position(|waiting| is(&waiting.state, state))?;
        let waiting = book.waiting.swap_remove(place);
        book.answered.push_back(waiting.state.clone());
        if book.answered.len() > REMEMBERED {
            book.answered.pop_front();
        }
        Some(waiting)
    }
}

/// In a time that does not tell where they differ.
fn is(known: &str, given: &str) -> bool {
    secrets::same(known.as_bytes(), given.as_bytes())
}

impl Drop for Door {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

/// A page that is open for its one answer. Dropping it closes the page.
#[derive(Debug)]
pub struct Expected {
    /// The page's address, with the one-time state in it.
    pub url: Url,
    door: Arc<Door>,
    state: String,
    answer: oneshot::Receiver<Answer>,
    patience: Duration,
}

impl Expected {
    /// The one answer; `None` when none came in [`PATIENCE`].
    pub async fn answer(&mut self) -> Option<Answer> {
        let answer = tokio::time::timeout(self.patience, &mut self.answer).await.ok()?.ok()?;
        let door = Arc::clone(&self.door);
        tokio::spawn(async move {
            tokio::time::sleep(LINGER).await;
            drop(door);
        });
        Some(answer)
    }
}

impl Drop for Expected {
    fn drop(&mut self) {
        self.door.book().waiting.retain(|waiting| waiting.state != self.state);
    }
}
