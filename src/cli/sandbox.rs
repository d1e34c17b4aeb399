//! `wabadeck sandbox`: runs the sandbox alone and prints where it is and what is in it.
//! It must not hold any of the sandbox's behaviour.

use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

use tokio::sync::broadcast;

use super::output::complain;
use crate::sandbox::{Fault, Happened, Live, Options, Sandbox, UpgradeOutcome};

/// Arguments of `wabadeck sandbox`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Port on 127.0.0.1; 0 takes any free one
    #[arg(long, default_value_t = 0)]
    pub port: u16,
    /// Invent so many accounts instead of serving the demo fleet
    #[arg(long, value_name = "N")]
    pub accounts: Option<usize>,
    /// Spread the invented accounts over so many portfolios
    #[arg(long, value_name = "N", requires = "accounts", value_parser = clap::value_parser!(u16).range(1..=5_000))]
    pub portfolios: Option<u16>,
    /// Phone numbers of each invented account
    #[arg(long, value_name = "N", default_value_t = 2)]
    pub numbers: usize,
    /// Seed of everything invented: the same seed gives the same fleet
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub seed: u64,
    /// The token to accept; derived from the seed when left out
    #[arg(long, value_name = "TOKEN")]
    pub token: Option<String>,
    /// What accepting the terms leads to: succeed, fail, restricted or payment
    #[arg(long, value_name = "OUTCOME", default_value = "succeed")]
    pub upgrade: UpgradeOutcome,
    /// Seconds of internal setup after the terms were accepted
    #[arg(long, value_name = "SECONDS", default_value_t = 0)]
    pub setup: u64,
    /// Milliseconds before each status webhook of a message
    #[arg(long, value_name = "MS", default_value_t = 400)]
    pub webhook_delay: u64,
    /// Accounts change at random
    #[arg(long)]
    pub live: bool,
    /// Accounts change by a script: one line for each, such as "5s restrict 102290129340398"
    #[arg(long, value_name = "FILE")]
    pub script: Option<std::path::PathBuf>,
    /// How many times faster than real time accounts change
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub speed: u32,
    /// Something that goes wrong, such as latency=50ms or status=503,path=phone_numbers,count=2; may be repeated
    #[arg(long = "fault", value_name = "FAULT", long_help = FAULTS)]
    pub faults: Vec<Fault>,
}

const FAULTS: &str = "\
Something that goes wrong; may be repeated. Written name[=value][,option=value…], for example
status=503,path=phone_numbers,count=2

Names: latency=200ms  jitter=100ms  429=30  status=503  token=463  rate=5  code=4  html=502  empty=500
       truncate  reset  trickle=20ms  type=text/html  enum=SOMETHING_NEW  drop=FIELD  batch-null=0
       duplicate  endless  reduce=25
Options: path=PART  method=GET  count=N  after=N  nth=N  probability=0.5  field=NAME (for enum)";

/// Portfolios listed in full; a large fleet is summed up instead.
const MOST_LISTED: usize = 60;

/// Starts the sandbox, prints its address, token and ids, and serves until interrupted.
pub async fn run(arguments: Args) -> ExitCode {
    let live = match life(&arguments) {
        Ok(live) => live,
        Err(problem) => {
            complain(&problem);
            return super::Exit::Usage.into();
        }
    };
    let options = Options {
        port: arguments.port,
        accounts: arguments.accounts,
        portfolios: arguments.portfolios.map(usize::from),
        numbers_each: arguments.numbers,
        seed: arguments.seed,
        token: arguments.token,
        upgrade: arguments.upgrade,
        setup_delay: Duration::from_secs(arguments.setup),
        webhook_delay: Duration::from_millis(arguments.webhook_delay),
        faults: arguments.faults,
        live,
        ..Options::default()
    };
    let sandbox = match Sandbox::start(options).await {
        Ok(sandbox) => sandbox,
        Err(error) => {
            complain(&error);
            return ExitCode::FAILURE;
        }
    };
    // A closed pipe is no reason to stop serving.
    let _ = print(&sandbox);
    tokio::select! {
        () = sandbox.wait() => {}
        () = interrupted() => {}
        () = tell(sandbox.happenings()) => {}
    }
    ExitCode::SUCCESS
}

/// How accounts are to change by themselves.
fn life(arguments: &Args) -> Result<Option<Live>, String> {
    let Some(file) = &arguments.script else {
        return Ok(arguments.live.then_some(Live { script: None, speed: arguments.speed }));
    };
    let text = std::fs::read_to_string(file).map_err(|error| format!("{} could not be read: {error}", file.display()))?;
    let script = text.parse().map_err(|error| format!("{}: {error}", file.display()))?;
    Ok(Some(Live { script: Some(script), speed: arguments.speed }))
}

/// Prints what happens, line by line, for ever.
async fn tell(mut happenings: broadcast::Receiver<Happened>) {
    loop {
        match happenings.recv().await {
            Ok(Happened { change, id, name, told }) => {
                let line = format!("{} {id} {} (told {told})", change.word(), crate::text::clean(&name));
                let _ = writeln!(std::io::stdout(), "{line}");
            }
            Err(broadcast::error::RecvError::Lagged(_)) => {}
            Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
        }
    }
}

fn print(sandbox: &Sandbox) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "WABADECK_GRAPH_URL={}", sandbox.url())?;
    writeln!(out, "WABADECK_TOKEN={}", sandbox.token())?;
    writeln!(out, "WABADECK_APP_SECRET={}", sandbox.app_secret())?;
    writeln!(out, "app {} secret {}", sandbox.app_id(), sandbox.app_secret())?;
    let mut left = MOST_LISTED;
    for portfolio in sandbox.ids() {
        writeln!(out, "portfolio {} {} ({} accounts)", portfolio.id, portfolio.name, portfolio.accounts.len())?;
        for account in portfolio.accounts.iter().take(left) {
            writeln!(out, "  waba {} {} {}", account.id, account.onboarding_status, account.name)?;
            for (id, shown) in &account.numbers {
                writeln!(out, "    phone {id} {shown}")?;
            }
        }
        let hidden = portfolio.accounts.len().saturating_sub(left);
        if hidden > 0 {
            writeln!(out, "  … and {hidden} more")?;
        }
        left = left.saturating_sub(portfolio.accounts.len());
    }
    out.flush()
}

/// Waits for the process to be told to end.
pub(super) async fn interrupted() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
