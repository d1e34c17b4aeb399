//! The command line: arguments, subcommands, exit codes. It draws no screen.

mod account;
mod account_json;
mod accounts;
mod bubble;
mod completions;
mod delivery_json;
mod docs;
mod doctor;
mod event_line;
mod exit;
mod explain;
mod failure;
mod finding_json;
mod free_draft;
mod help;
mod listen;
mod login;
mod logout;
mod message;
mod output;
mod preview;
mod profiles;
mod prompt;
mod report;
mod results;
pub mod sandbox;
mod send;
mod settings;
mod subscribe;
mod template_file;
mod timeline;
mod upgrade;
mod watch;

use std::{ffi::OsString, path::PathBuf, process::ExitCode};

use clap::{FromArgMatches, Parser, Subcommand};
use jiff::tz::TimeZone;

use crate::{
    config::{ConfigError, Flags, Settings},
    i18n::{Language, Texts},
    ops::{self, Session},
};

pub use exit::Exit;
pub use failure::Failure;
use output::Output;
pub use output::complain;

/// Optimized delivery for WhatsApp Business Accounts. What people read is in the locales; a test sees to it.
#[derive(Debug, Parser)]
#[command(name = "wabadeck", version)]
pub struct Arguments {
    /// Another configuration file.
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Address of the Graph API.
    #[arg(long, global = true, value_name = "URL")]
    pub graph_url: Option<String>,
    /// Version of the Graph API.
    #[arg(long, global = true, value_name = "VERSION")]
    pub api_version: Option<String>,
    /// Which sign-in.
    #[arg(long, global = true, value_name = "NAME")]
    pub profile: Option<String>,
    /// Accounts given by hand.
    #[arg(long = "waba", global = true, value_name = "ID")]
    pub waba: Vec<String>,
    /// Portfolios given by hand.
    #[arg(long = "business", global = true, value_name = "ID")]
    pub business: Vec<String>,
    /// The embedded sandbox, whatever else is configured.
    #[arg(long, global = true)]
    pub sandbox: bool,
    /// The embedded sandbox, with accounts that change by themselves.
    #[arg(long)]
    pub live: bool,
    /// Language of the texts.
    #[arg(long, global = true, value_name = "LANGUAGE")]
    pub lang: Option<String>,
    /// Theme of the dashboard.
    #[arg(long, value_name = "THEME")]
    pub theme: Option<String>,
    /// Seconds between refreshes of the dashboard.
    #[arg(long, value_name = "SECONDS")]
    pub refresh: Option<u64>,
    /// What goes to the log file.
    #[arg(long, global = true, value_name = "LEVEL")]
    pub log_level: Option<String>,
    /// What to do; without one the dashboard opens.
    #[command(subcommand)]
    pub command: Option<Command>,
}

impl Arguments {
    /// Reads the arguments of the program. Asked for help, or asked wrongly, clap prints and gives the exit code.
    ///
    /// # Errors
    /// The exit code, when there is nothing more to do.
    pub fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, ExitCode> {
        let arguments: Vec<OsString> = arguments.into_iter().collect();
        let command = help::command(&Texts::new(help::language(&arguments)));
        let read = command.try_get_matches_from(arguments).and_then(|matches| Self::from_arg_matches(&matches));
        read.map_err(|error| {
            // A closed pipe is no reason to complain.
            let _ = error.print();
            if error.use_stderr() { Exit::Usage.into() } else { Exit::Done.into() }
        })
    }

    /// The flags that take the place of settings.
    pub fn flags(&self) -> Flags {
        Flags {
            config: self.config.clone(),
            graph_url: self.graph_url.clone(),
            api_version: self.api_version.clone(),
            language: self.lang.clone(),
            theme: self.theme.clone(),
            log_level: self.log_level.clone(),
            refresh_seconds: self.refresh,
            waba_ids: self.waba.clone(),
            business_ids: self.business.clone(),
            sandbox: self.sandbox,
            live: self.live,
            profile: self.profile.clone(),
            signing_in: matches!(self.command, Some(Command::Login(_) | Command::Logout(_))),
        }
    }
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Every account.
    Accounts(accounts::Args),
    /// One account.
    Account(account::Args),
    /// What Support needs to know of an account.
    Report(report::Args),
    /// What a message looks like and which way it goes.
    Preview(preview::Args),
    /// The request of a message, or sending it.
    Send(send::Args),
    /// The upgrade to optimized delivery.
    Upgrade(upgrade::Args),
    /// What an error means.
    Explain(explain::Args),
    /// Where configuration, log and data live.
    Config(settings::Args),
    /// Sign in.
    Login(login::Args),
    /// Sign out.
    Logout(logout::Args),
    /// Every sign-in.
    Profiles(profiles::Args),
    /// What works and what does not.
    Doctor(doctor::Args),
    /// What became of messages, by the way they took.
    Results(results::Args),
    /// Changes as they come.
    Watch(watch::Args),
    /// Changes that came before.
    Timeline(timeline::Args),
    /// Webhooks as they come.
    Listen(listen::Args),
    /// Where webhooks are sent.
    Subscribe(subscribe::Args),
    /// A Graph API on this machine.
    Sandbox(sandbox::Args),
    /// Completions for a shell.
    Completions(completions::Args),
    /// The generated pages of the documentation.
    #[command(hide = true)]
    Docs(docs::Args),
}

/// What every subcommand has at hand.
struct App {
    settings: Result<Settings, ConfigError>,
    texts: Texts,
    zone: TimeZone,
    output: Output,
}

impl App {
    /// The settings, for those who cannot do without.
    fn settings(&self) -> Result<&Settings, Failure> {
        match &self.settings {
            Ok(settings) => Ok(settings),
            Err(error) => Err(Failure::said(Exit::Usage, error.to_string())),
        }
    }

    /// A session with what was configured, or with the embedded sandbox.
    async fn session(&self) -> Result<Session, Failure> {
        let settings = self.settings()?;
        for warning in &settings.warnings {
            complain(warning);
        }
        Ok(ops::connect(settings).await?)
    }

    /// Says on standard error that it was a sandbox that answered, if it was. A sandbox elsewhere is known by its answers only.
    fn say_sandbox(&self, session: &Session) {
        let embedded = self.settings.as_ref().is_ok_and(|settings| settings.token.is_none() || settings.force_sandbox);
        match session.mode() {
            ops::Mode::Live { .. } => {}
            ops::Mode::Sandbox { .. } if embedded => complain(&self.texts.get("cli-sandbox-embedded")),
            ops::Mode::Sandbox { url } => {
                complain(&self.texts.with("cli-sandbox-elsewhere", &[("url", url.to_string().into())]));
            }
        }
    }
}

/// Carries out a subcommand and gives the exit code. Settings that could not be read matter only to those who need them.
pub async fn run(command: Command, language: Option<String>, settings: Result<Settings, ConfigError>) -> ExitCode {
    let named = || language.or_else(|| std::env::var("WABADECK_LANG").ok());
    let asked = settings.as_ref().ok().and_then(|settings| settings.language.clone()).or_else(named);
    let texts = Texts::new(Language::detect(asked.as_deref()));
    // Whoever asks for a width means every line.
    let mut app = App { settings, texts, zone: TimeZone::system(), output: Output::detect() };
    if let Command::Preview(preview::Args { width: Some(width), .. }) = &command {
        app.output.width = Some(usize::from(*width));
    }
    let result = match command {
        Command::Accounts(arguments) => accounts::run(&app, &arguments).await,
        Command::Account(arguments) => account::run(&app, &arguments).await,
        Command::Report(arguments) => report::run(&app, &arguments).await,
        Command::Preview(arguments) => preview::run(&app, &arguments).await,
        Command::Send(arguments) => send::run(&app, &arguments).await,
        Command::Upgrade(arguments) => upgrade::run(&app, &arguments).await,
        Command::Explain(arguments) => explain::run(&app, &arguments),
        Command::Config(arguments) => settings::run(&app, &arguments),
        Command::Login(arguments) => login::run(&app, &arguments).await,
        Command::Logout(arguments) => logout::run(&app, &arguments),
        Command::Profiles(arguments) => profiles::run(&app, &arguments),
        Command::Doctor(arguments) => doctor::run(&app, &arguments).await,
        Command::Results(arguments) => results::run(&app, &arguments).await,
        Command::Watch(arguments) => watch::run(&app, &arguments).await,
        Command::Timeline(arguments) => timeline::run(&app, &arguments).await,
        Command::Listen(arguments) => listen::run(&app, &arguments).await,
        Command::Subscribe(arguments) => subscribe::run(&app, &arguments).await,
        Command::Sandbox(arguments) => return sandbox::run(arguments).await,
        Command::Completions(arguments) => Ok(completions::run(&arguments)),
        Command::Docs(arguments) => Ok(docs::run(&arguments)),
    };
    match result {
        Ok(exit) => exit.into(),
        Err(failure) => {
            complain(&failure.sentence(app.texts.language()));
            failure.exit().into()
        }
    }
}
