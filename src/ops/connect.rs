//! From settings to a session: with a token the Graph API that was set, without one the embedded sandbox.
//!
//! Connecting asks nothing of any network: the first screen does not wait for it.

mod embedded;
#[cfg(test)]
mod tests;

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard},
};

use tokio::sync::{OnceCell, broadcast};
use url::Url;

use super::{Problem, history::History, upgrade::Told};
use crate::{
    config::{ConfigError, Settings},
    domain::{Account, WabaId, account::Restriction, graph_error::ErrorClass},
    graph::{self, Client, ClientOptions, GraphError, Patience, Usage},
    web::{AccountEvent, Bytes, Event, Listener, signup::Doorway},
};
use embedded::Embedded;

/// Whom a session talks to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mode {
    /// A sandbox: nothing in it is real, nobody is written to.
    Sandbox {
        /// Its address.
        url: Url,
    },
    /// The real Graph API, or what was set in its place.
    Live {
        /// Its host.
        host: String,
    },
}

/// Why there is no session.
#[derive(Debug, Clone, thiserror::Error)]
pub enum ConnectError {
    /// An address was set, but no token for it.
    #[error(
        "{host} was set as the Graph API, but there is no token for it. Sign in with `wabadeck login`, set WABADECK_TOKEN, or leave the address out for the sandbox."
    )]
    NoToken {
        /// The host.
        host: String,
    },
    /// There was a token, kept when signing in, and it is not there to be used. The sandbox in its place would be mistaken
    /// for what was signed in to.
    #[error("{0}")]
    TokenLost(String),
    /// The client refused the settings.
    #[error(transparent)]
    Client(#[from] GraphError),
    /// The embedded sandbox did not start.
    #[error("The embedded sandbox did not start ({reason}). Free a port on this machine, or set WABADECK_TOKEN.")]
    Sandbox {
        /// Why.
        reason: String,
    },
    /// The settings hold no usable address.
    #[error("{0}")]
    Settings(String),
}

impl From<ConnectError> for Problem {
    fn from(error: ConnectError) -> Self {
        match error {
            ConnectError::Client(error) => error.into(),
            lost @ (ConnectError::NoToken { .. } | ConnectError::TokenLost(_)) => Self::new(lost.to_string(), ErrorClass::Auth),
            other => Self::new(other.to_string(), ErrorClass::Configuration),
        }
    }
}

impl From<ConfigError> for ConnectError {
    fn from(error: ConfigError) -> Self {
        Self::Settings(error.to_string())
    }
}

/// A connection with everything that belongs to it. Cloning is cheap; the last clone stops an embedded sandbox.
#[derive(Debug, Clone)]
pub struct Session {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    client: Client,
    settings: Settings,
    sandbox: Mode,
    live: Mode,
    embedded: Option<Embedded>,
    listener: OnceCell<Listener>,
    /// Where signup pages open.
    doorway: Doorway,
    /// What changed, where it can be kept; opened when it is first needed.
    history: OnceCell<Result<History, Problem>>,
    /// Who waits for upgrades and hears of webhooks meanwhile.
    told: Told,
    /// Accounts whose messages are reported on.
    reported: Mutex<HashSet<WabaId>>,
    /// What webhooks told of restrictions.
    restrictions: Restrictions,
}

type Restrictions = Arc<Mutex<HashMap<WabaId, Vec<Restriction>>>>;

/// Makes a session of the settings. Starts the embedded sandbox when no token is set.
///
/// # Errors
/// Settings that cannot work together, or a sandbox that cannot listen.
pub async fn connect(settings: &Settings) -> Result<Session, ConnectError> {
    let mut settings = settings.clone();
    let embedded = match (&settings.token, &settings.graph_url) {
        (Some(_), _) if !settings.force_sandbox => None,
        (None, _) if !settings.force_sandbox && settings.token_lost.is_some() => {
            return Err(ConnectError::TokenLost(settings.token_lost.clone().unwrap_or_default()));
        }
        (None, Some(url)) if !settings.force_sandbox => {
            return Err(ConnectError::NoToken { host: url.host_str().unwrap_or_default().to_owned() });
        }
        _ => {
            let embedded = embedded::start(settings.live).await?;
            settings.token = Some(embedded.token());
            settings.graph_url = Some(embedded.url().clone());
            settings.app_secret = Some(embedded.app_secret());
            settings.app_id = Some(embedded.app_id());
            Some(embedded)
        }
    };
    let base_url = settings.graph_url_or_meta()?;
    let Some(token) = settings.token.clone() else {
        return Err(ConnectError::NoToken { host: base_url.host_str().unwrap_or_default().to_owned() });
    };
    let client = Client::new(ClientOptions {
        base_url: base_url.clone(),
        version: settings.api_version.clone(),
        token,
        app_secret: settings.app_secret.clone(),
        allow_plain_http: settings.allow_plain_http,
        patience: Patience::default(),
    })?;
    let live = Mode::Live { host: client.host().to_owned() };
    Ok(Session {
        inner: Arc::new(Inner {
            client,
            settings,
            sandbox: Mode::Sandbox { url: base_url },
            live,
            embedded,
            listener: OnceCell::new(),
            doorway: Doorway::default(),
            history: OnceCell::new(),
            told: Told::default(),
            reported: Mutex::default(),
            restrictions: Restrictions::default(),
        }),
    })
}

impl Session {
    /// Whom it talks to. A sandbox elsewhere is recognised by its answers, so this can change after the first one.
    pub fn mode(&self) -> &Mode {
        if self.is_sandbox() { &self.inner.sandbox } else { &self.inner.live }
    }

    /// Whether it talks to a sandbox, embedded or recognised.
    pub fn is_sandbox(&self) -> bool {
        self.inner.embedded.is_some() || self.inner.client.met_sandbox()
    }

    /// Whether the sandbox it talks to is its own, and ends with it.
    pub fn is_embedded(&self) -> bool {
        self.inner.embedded.is_some()
    }

    /// Whether webhooks may be sent to this machine: a sandbox on this machine, never a real account's server.
    pub fn is_sandbox_here(&self) -> bool {
        self.is_sandbox() && graph::is_loopback(self.inner.client.base_url())
    }

    /// Name of the profile.
    pub fn profile(&self) -> &str {
        &self.inner.settings.profile
    }

    /// The version of the Graph API that is asked.
    pub fn version(&self) -> &str {
        self.inner.client.version()
    }

    /// The settings it was made of; with an embedded sandbox, its address and token stand in them.
    pub fn settings(&self) -> &Settings {
        &self.inner.settings
    }

    /// How much of Meta's limits is used, and who rests until when.
    pub fn usage(&self) -> Vec<Usage> {
        self.inner.client.usage()
    }

    /// HTTP requests made so far.
    pub fn requests(&self) -> u64 {
        self.inner.client.requests()
    }

    /// Fields that this version of the API turned out not to have, and that are therefore not shown.
    pub fn dropped_fields(&self) -> Vec<String> {
        self.inner.client.dropped().names()
    }

    /// The listener for webhooks, started when it is first needed.
    pub(super) async fn listener(&self) -> std::io::Result<&Listener> {
        let start = || async {
            let listener = Listener::start(self.inner.settings.app_secret.clone()).await?;
            // It ends by itself when the listener is dropped.
            tokio::spawn(remember(Arc::clone(&self.inner.restrictions), listener.events()));
            Ok(listener)
        };
        self.inner.listener.get_or_try_init(start).await
    }

    /// Where signup pages open.
    pub(super) fn doorway(&self) -> &Doorway {
        &self.inner.doorway
    }

    /// Has a living sandbox of its own report everything to this process, and passes on whatever a sandbox on this machine
    /// reports; `None` for everybody else.
    pub(super) async fn reported(&self) -> Option<broadcast::Receiver<Bytes>> {
        if !self.is_sandbox_here() {
            return None;
        }
        let listener = self.listener().await.inspect_err(|error| tracing::warn!(%error, "No port for reports")).ok()?;
        let bodies = listener.bodies();
        if let Some(embedded) = self.inner.embedded.as_ref().filter(|_| self.inner.settings.live) {
            embedded.report_to(&listener.webhook_url());
        }
        Some(bodies)
    }

    /// Takes in restrictions that were told before this session began; what it heard itself is newer.
    pub(super) fn recall(&self, told: Vec<(WabaId, Restriction)>) {
        let mut restrictions = locked(&self.inner.restrictions);
        let heard: HashSet<WabaId> = restrictions.keys().cloned().collect();
        for (account, restriction) in told.into_iter().filter(|(account, _)| !heard.contains(account)) {
            restrictions.entry(account).or_default().push(restriction);
        }
    }

    /// Takes in what webhooks told of restrictions, wherever they were received.
    pub(super) fn hear(&self, event: &AccountEvent) {
        note(&self.inner.restrictions, event);
    }

    /// Where the history is opened once.
    pub(super) fn history(&self) -> &OnceCell<Result<History, Problem>> {
        &self.inner.history
    }

    /// Where those who wait for upgrades hear of webhooks.
    pub(super) fn told(&self) -> &Told {
        &self.inner.told
    }

    /// Notes that reports on the account's messages are asked for; `false` when that was done before.
    pub(super) fn first_report_of(&self, account: &WabaId) -> bool {
        locked(&self.inner.reported).insert(account.clone())
    }

    /// Takes that back.
    pub(super) fn forget_report_of(&self, account: &WabaId) {
        locked(&self.inner.reported).remove(account);
    }

    /// Adds what webhooks told of restrictions: reading an account does not tell it.
    pub(super) fn complete(&self, accounts: &mut [Account]) {
        let restrictions = locked(&self.inner.restrictions);
        if restrictions.is_empty() {
            return;
        }
        for account in accounts {
            if let Some(told) = restrictions.get(&account.id) {
                account.restrictions.clone_from(told);
            }
        }
    }

    /// The client below.
    pub(super) fn client(&self) -> &Client {
        &self.inner.client
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    match mutex.lock() {
        Ok(guard) => guard,
        Err(poisoned) => poisoned.into_inner(),
    }
}

fn note(restrictions: &Restrictions, event: &AccountEvent) {
    match event.event.as_str() {
        "ACCOUNT_RESTRICTION" => {
            locked(restrictions).insert(event.account.clone(), event.restrictions.clone());
        }
        "DISABLED_UPDATE" if event.reinstated => {
            locked(restrictions).remove(&event.account);
        }
        _ => {}
    }
}

/// Keeps the last word of webhooks on each account's restrictions.
async fn remember(restrictions: Restrictions, mut events: broadcast::Receiver<Event>) {
    loop {
        match events.recv().await {
            Ok(Event::Account(event)) => note(&restrictions, &event),
            Ok(Event::Status(_)) | Err(broadcast::error::RecvError::Lagged(_)) => {}
            Err(broadcast::error::RecvError::Closed) => return,
        }
    }
}
