//! A Graph API on loopback: JSON as Meta documents it, with a demo fleet or a large invented one, so that everything
//! runs without Meta. It must not share code with the client in `graph`, and it never leaves this machine.
//!
//! ```no_run
//! # async fn example() -> Result<(), wabadeck::sandbox::SandboxError> {
//! let sandbox = wabadeck::sandbox::Sandbox::start(wabadeck::sandbox::Options::default()).await?;
//! assert!(sandbox.url().starts_with("http://127.0.0.1:"));
//! # Ok(()) }
//! ```

mod analytics;
mod answers;
mod auth;
mod batch;
mod call;
mod clock;
mod compose;
mod control;
mod delivery;
mod edges;
mod engine;
mod errors;
mod faults;
mod fields;
mod fleet;
mod generator;
mod graph;
mod health;
mod live;
mod log;
mod media;
mod nodes;
mod page;
mod paging;
mod parameters;
mod params;
mod regions;
mod seed;
mod select;
mod sends;
mod server;
mod signup;
mod state;
mod subscribe;
mod templates;
mod traffic;
mod uploads;
mod usage;
mod webhooks;
mod window;
mod write;

use std::net::SocketAddr;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use server::Shared;

pub use faults::{Fault, FaultError, FaultKind};
pub use live::{Change, Happened, Live, Script, ScriptError, Unchanged};

/// What happens when somebody accepts the terms on the sandbox's signup page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum UpgradeOutcome {
    /// The portfolio's eligible accounts turn `ONBOARDED`.
    #[default]
    Succeed,
    /// The signup ends in a general error.
    Fail,
    /// The signup is refused, and an account of the portfolio is restricted.
    Restricted,
    /// The terms are signed, and the accounts wait for a valid payment method.
    Payment,
}

impl UpgradeOutcome {
    /// The word by which it is chosen.
    pub fn word(self) -> &'static str {
        match self {
            Self::Succeed => "succeed",
            Self::Fail => "fail",
            Self::Restricted => "restricted",
            Self::Payment => "payment",
        }
    }
}

impl FromStr for UpgradeOutcome {
    type Err = SandboxError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.trim().to_ascii_lowercase().as_str() {
            "succeed" => Ok(Self::Succeed),
            "fail" => Ok(Self::Fail),
            "restricted" => Ok(Self::Restricted),
            "payment" => Ok(Self::Payment),
            _ => Err(SandboxError::Outcome(text.chars().take(40).collect())),
        }
    }
}

/// How a sandbox is started.
#[derive(Debug, Clone)]
pub struct Options {
    /// Port on 127.0.0.1; 0 takes any free one.
    pub port: u16,
    /// Number of invented accounts; `None` is the demo fleet.
    pub accounts: Option<usize>,
    /// Portfolios that the invented accounts are spread over; `None` takes a few.
    pub portfolios: Option<usize>,
    /// Phone numbers of each invented account.
    pub numbers_each: usize,
    /// Seed of everything invented.
    pub seed: u64,
    /// The token to accept; `None` derives one from the seed.
    pub token: Option<String>,
    /// What accepting the terms leads to.
    pub upgrade: UpgradeOutcome,
    /// Faults from the start on.
    pub faults: Vec<Fault>,
    /// How long accounts stay in internal setup after the terms were accepted.
    pub setup_delay: Duration,
    /// Pause before each status webhook of a message.
    pub webhook_delay: Duration,
    /// How accounts change by themselves; `None` leaves them alone.
    pub live: Option<Live>,
    /// Daily users of the app: it may make 200 calls an hour for each.
    pub daily_users: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 0,
            accounts: None,
            portfolios: None,
            numbers_each: generator::NUMBERS,
            seed: 0,
            token: None,
            upgrade: UpgradeOutcome::Succeed,
            faults: Vec::new(),
            setup_delay: Duration::ZERO,
            webhook_delay: Duration::from_millis(400),
            live: None,
            daily_users: 1_000,
        }
    }
}

/// Why a sandbox did not start, or an option was not understood.
#[derive(Debug, thiserror::Error)]
pub enum SandboxError {
    /// The port could not be opened.
    #[error("port {port} on 127.0.0.1 could not be opened: {source}; choose another with --port, or 0 for any free one")]
    Bind {
        /// Port asked for.
        port: u16,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// The embedded fleet is broken.
    #[error(transparent)]
    Fleet(#[from] fleet::BrokenFleet),
    /// An unknown outcome word.
    #[error("the upgrade outcome {0:?} is not known; use succeed, fail, restricted or payment")]
    Outcome(String),
}

/// Ids of a portfolio and its accounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortfolioIds {
    /// Portfolio id.
    pub id: String,
    /// Portfolio name.
    pub name: String,
    /// Its accounts.
    pub accounts: Vec<AccountIds>,
}

/// Ids of an account and its numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountIds {
    /// WABA id.
    pub id: String,
    /// WABA name.
    pub name: String,
    /// `marketing_messages_onboarding_status` at the start.
    pub onboarding_status: String,
    /// Phone number ids and the numbers as they are shown.
    pub numbers: Vec<(String, String)>,
}

/// A running sandbox. Dropping it stops the server.
#[derive(Debug)]
pub struct Sandbox {
    url: String,
    token: String,
    shared: Arc<Shared>,
    stop: CancellationToken,
}

impl Sandbox {
    /// Opens the port and starts serving on the current tokio runtime.
    ///
    /// # Errors
    /// When the port is taken or the embedded fleet is broken.
    pub async fn start(options: Options) -> Result<Self, SandboxError> {
        let address = SocketAddr::from(([127, 0, 0, 1], options.port));
        let bind = |source| SandboxError::Bind { port: options.port, source };
        let listener = tokio::net::TcpListener::bind(address).await.map_err(bind)?;
        let url = format!("http://{}", listener.local_addr().map_err(bind)?);
        let token = options.token.clone().unwrap_or_else(|| default_token(options.seed));
        let stop = CancellationToken::new();
        let life = options.live.clone();
        let shared = Arc::new(Shared::new(options, token.clone(), url.clone(), stop.clone())?);
        tokio::spawn(server::accept(listener, Arc::clone(&shared)));
        if let Some(life) = life {
            tokio::spawn(live::run(Arc::clone(&shared), life));
        }
        Ok(Self { url, token, shared, stop })
    }

    /// Base address, such as `http://127.0.0.1:8080`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The token that the sandbox accepts.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// Id of the sandbox's app.
    pub fn app_id(&self) -> String {
        self.shared.world(|world| world.app.to_string())
    }

    /// Secret of the sandbox's app, which signs its webhooks.
    pub fn app_secret(&self) -> String {
        self.shared.world(|world| world.app_secret.clone())
    }

    /// Ids of the fleet, for printing.
    pub fn ids(&self) -> Vec<PortfolioIds> {
        self.shared.world(fleet::listing)
    }

    /// Arms a fault while it runs; answers its number.
    pub fn arm(&self, fault: Fault) -> u64 {
        self.shared.faults.arm(fault)
    }

    /// Takes all faults back.
    pub fn disarm(&self) {
        self.shared.faults.disarm(None);
    }

    /// Makes a change happen now, to an object or to any that suits; a restriction lasts three days.
    ///
    /// # Errors
    /// An object that does not exist, or none that suits.
    pub fn happen(&self, change: Change, id: Option<&str>) -> Result<Happened, Unchanged> {
        live::happen(&self.shared, change, id, live::usual_length())
    }

    /// What happens from now on.
    pub fn happenings(&self) -> tokio::sync::broadcast::Receiver<Happened> {
        self.shared.happened.subscribe()
    }

    /// Sends the webhooks of every account to an address of this process, without a handshake.
    pub fn report_to(&self, callback: &str) {
        self.shared.change(|world| subscribe::all(world, callback));
    }

    /// Chooses what accepting the terms leads to from now on.
    pub fn set_upgrade(&self, outcome: UpgradeOutcome) {
        self.shared.change(|world| world.settings.outcome = outcome);
    }

    /// Chooses how long signup codes live from now on, in seconds; with 0 they have expired when they are issued.
    pub fn set_code_life(&self, seconds: i64) {
        self.shared.change(|world| world.settings.code_seconds = seconds.max(0));
    }

    /// Moves the sandbox's clock forwards, for codes that expire and setups that end.
    pub fn advance(&self, seconds: i64) {
        self.shared.world(|world| world.clock.advance(seconds));
    }

    /// Waits until the sandbox has been stopped.
    pub async fn wait(&self) {
        self.stop.cancelled().await;
    }

    /// Stops the server. Open connections are closed.
    pub fn stop(&self) {
        self.stop.cancel();
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

/// The token of a sandbox that was not given one.
fn default_token(number: u64) -> String {
    format!("sandbox-{:016x}", seed::mix(number ^ 0x70_6B))
}
