//! The settings: command-line flags over environment variables over `config.toml` over defaults.
//!
//! Reads files and variables once, at the start; talks to no network and prints nothing.

mod file;
mod profile;
pub mod signup;
#[cfg(test)]
mod tests;

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    time::Duration,
};

use secrecy::SecretString;
use url::Url;

use crate::{
    paths::{Environment, Paths},
    secrets,
};
pub use profile::Profile;

/// The commented default settings file.
pub const DEFAULT_FILE: &str = include_str!("../assets/config.toml");

/// Meta's Graph API.
pub const META_GRAPH_URL: &str = "https://graph.facebook.com";

/// The version that is asked unless the settings say otherwise.
pub const DEFAULT_API_VERSION: &str = "v26.0";

/// Days that what changed is kept, unless set.
const DEFAULT_KEEP_DAYS: u32 = 365;

const DEFAULT_SUPPORT_URL: &str = "https://business.facebook.com/business-support-home";
const DEFAULT_REFRESH: Duration = Duration::from_secs(120);

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file is there but cannot be read.
    #[error("The settings in {} could not be read ({reason}). Check who may read the file, or move it away.", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        reason: String,
    },
    /// The file is not TOML.
    #[error("{} line {line} is not valid TOML: {reason}. Correct that line and start again.", path.display())]
    Syntax {
        /// The file.
        path: PathBuf,
        /// Line from 1.
        line: usize,
        /// What the parser said.
        reason: String,
    },
    /// A key holds something that it cannot hold.
    #[error("{} line {line}: \"{key}\" must be {expected}. Correct that line and start again.", path.display())]
    WrongValue {
        /// The file.
        path: PathBuf,
        /// Line from 1.
        line: usize,
        /// The key.
        key: String,
        /// What it can hold.
        expected: &'static str,
    },
    /// A profile was asked for that nobody set up.
    #[error("There is no profile \"{name}\" (there is: {known}). Sign in to it with: wabadeck login --profile {name}")]
    UnknownProfile {
        /// The name.
        name: String,
        /// Those that there are.
        known: String,
    },
    /// A flag or a variable holds something that it cannot hold.
    #[error("{name} must be {expected}, but is \"{value}\".")]
    WrongArgument {
        /// The flag or the variable.
        name: &'static str,
        /// What it can hold.
        expected: &'static str,
        /// What it holds.
        value: String,
    },
}

/// How much goes to the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum LogLevel {
    /// Nothing, not even a file.
    Off,
    /// What failed.
    Error,
    /// What may fail soon, too.
    #[default]
    Warn,
    /// What was done.
    Info,
    /// Every request.
    Debug,
    /// Everything.
    Trace,
}

impl LogLevel {
    /// Reads `off`, `error`, `warn`, `info`, `debug` or `trace`, without regard to case.
    pub fn from_name(name: &str) -> Option<Self> {
        let all = [
            ("off", Self::Off),
            ("error", Self::Error),
            ("warn", Self::Warn),
            ("info", Self::Info),
            ("debug", Self::Debug),
            ("trace", Self::Trace),
        ];
        all.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name.trim())).map(|(_, level)| level)
    }
}

/// What was said on the command line; the strongest.
#[derive(Debug, Clone, Default)]
pub struct Flags {
    /// `--config`: another settings file.
    pub config: Option<PathBuf>,
    /// `--graph-url`.
    pub graph_url: Option<String>,
    /// `--api-version`.
    pub api_version: Option<String>,
    /// `--lang`.
    pub language: Option<String>,
    /// `--theme`.
    pub theme: Option<String>,
    /// `--log-level`.
    pub log_level: Option<String>,
    /// `--refresh`, in seconds.
    pub refresh_seconds: Option<u64>,
    /// `--waba`: accounts given by hand, added to those in the file.
    pub waba_ids: Vec<String>,
    /// `--business`: portfolios given by hand, added to those in the file.
    pub business_ids: Vec<String>,
    /// `--sandbox`: the embedded sandbox, whatever else is configured.
    pub sandbox: bool,
    /// `--profile`.
    pub profile: Option<String>,
    /// `--live`: the embedded sandbox, with accounts that change by themselves.
    pub live: bool,
    /// Whether the profile need not exist yet, and its token is not wanted: signing in.
    pub signing_in: bool,
}

/// Everything that can be set, merged.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Name of the profile.
    pub profile: String,
    /// Every profile there is, by name, this one among them; no secret was read for it.
    pub profiles: Vec<Profile>,
    /// The flags that all this was made with.
    pub flags: Flags,
    /// The access token; `None` opens the embedded sandbox.
    pub token: Option<SecretString>,
    /// Where the token came from, in words; `None` without a token.
    pub token_source: Option<secrets::Source>,
    /// Why a token that was kept when signing in is not there to be used; a sentence.
    pub token_lost: Option<String>,
    /// The app's secret; with it every call carries `appsecret_proof` and webhooks are verified.
    pub app_secret: Option<SecretString>,
    /// The Graph API's address; `None` means Meta's, or the embedded sandbox without a token.
    pub graph_url: Option<Url>,
    /// The Graph API's version, for example `v26.0`.
    pub api_version: String,
    /// Whether plain HTTP is accepted to other machines.
    pub allow_plain_http: bool,
    /// Portfolios given by hand.
    pub business_ids: Vec<String>,
    /// Accounts given by hand.
    pub waba_ids: Vec<String>,
    /// The app's id, for its signup page.
    pub app_id: Option<String>,
    /// The app's Facebook Login for Business configuration, for its signup page.
    pub signup_config_id: Option<String>,
    /// How the signup page is served.
    pub signup: signup::Signup,
    /// Where secrets are kept.
    pub vault: secrets::Vault,
    /// Time between refreshes; `None` means only by key.
    pub refresh: Option<Duration>,
    /// How many days what changed is kept.
    pub history_keep_days: u32,
    /// Where the dashboard takes webhooks itself; `None` leaves that to `wabadeck listen`.
    pub webhook: Option<SocketAddr>,
    /// What Meta's verification of that address must repeat, where it was set.
    pub verify_token: Option<SecretString>,
    /// Whether the embedded sandbox lives: its accounts change by themselves.
    pub live: bool,
    /// Where an error sends people for help.
    pub support_url: Url,
    /// The language asked for, as written; `None` leaves it to the locale.
    pub language: Option<String>,
    /// The theme asked for, by name.
    pub theme: Option<String>,
    /// Whether the composer looks at the files that messages carry, and draws pictures.
    pub pictures: bool,
    /// How much goes to the log.
    pub log_level: LogLevel,
    /// The user's own keys, raw.
    pub keys: toml::Table,
    /// The embedded sandbox, whatever else is configured.
    pub force_sandbox: bool,
    /// The settings file, whether it is there or not.
    pub file: PathBuf,
    /// wabadeck's directories.
    pub paths: Paths,
    /// Sentences about what was left out.
    pub warnings: Vec<String>,
}

impl Settings {
    /// Merges flags, environment and file.
    ///
    /// # Errors
    /// A file that cannot be read or understood, or a value out of its range; the sentence names file and line.
    pub fn load(flags: &Flags, environment: &dyn Environment) -> Result<Self, ConfigError> {
        let paths = Paths::discover(environment);
        let path = flags.config.clone().unwrap_or_else(|| paths.config_file());
        let mut file = read(&path, flags.config.is_some())?;
        let index = secrets::Index::load(&paths).unwrap_or_else(|error| {
            file.warnings.push(error.to_string());
            secrets::Index::default()
        });
        let profile = profile::choose(flags, environment, &file, &index)?;
        let connection = profile::connection(&profile, &file, &index);
        let profiles = profile::all(&profile, &file, &index)?;
        let graph_url =
            address(("--graph-url", flags.graph_url.clone()), ("WABADECK_GRAPH_URL", environment.get("WABADECK_GRAPH_URL")))?
                .or(connection.graph_url);
        let api_version = version(
            ("--api-version", flags.api_version.clone()),
            ("WABADECK_API_VERSION", environment.get("WABADECK_API_VERSION")),
            ("api_version", connection.api_version),
        )?;
        let origin = profile::origin(graph_url.as_ref());
        let found = profile::secrets(flags, environment, &paths, (&profile, &origin), &index, &mut file.warnings);
        let log_level = level(("--log-level", flags.log_level.clone()), ("WABADECK_LOG", environment.get("WABADECK_LOG")))?
            .or(file.log_level)
            .unwrap_or_default();
        let refresh = flags
            .refresh_seconds
            .or(file.refresh_seconds)
            .map_or(Some(DEFAULT_REFRESH), |seconds| (seconds > 0).then(|| Duration::from_secs(seconds.max(15))));
        let ids = |file: Option<Vec<String>>, flags: &[String]| unique(file.into_iter().flatten().chain(flags.iter().cloned()));
        Ok(Self {
            profile,
            profiles,
            flags: flags.clone(),
            token_source: found.token.as_ref().map(|(_, source)| *source),
            token: found.token.map(|(token, _)| token),
            token_lost: found.lost,
            app_secret: found.app_secret,
            graph_url,
            api_version,
            allow_plain_http: connection.allow_plain_http.unwrap_or(false),
            business_ids: ids(connection.business_ids, &flags.business_ids),
            waba_ids: ids(connection.waba_ids, &flags.waba_ids),
            app_id: environment.get("WABADECK_APP_ID").or(connection.app_id),
            signup_config_id: environment.get("WABADECK_SIGNUP_CONFIG_ID").or(connection.signup_config_id),
            signup: connection.signup,
            vault: secrets::Vault::new(&paths, environment),
            refresh,
            history_keep_days: file.history_keep_days.unwrap_or(DEFAULT_KEEP_DAYS),
            webhook: file
                .webhook_port
                .map(|port| SocketAddr::new(file.webhook_address.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST)), port)),
            verify_token: environment.get("WABADECK_VERIFY_TOKEN").map(SecretString::from),
            live: flags.live,
            support_url: match file.support_url {
                Some(url) => url,
                None => constant(DEFAULT_SUPPORT_URL)?,
            },
            language: flags.language.clone().or_else(|| environment.get("WABADECK_LANG")).or(file.language),
            theme: flags.theme.clone().or_else(|| environment.get("WABADECK_THEME")).or(file.theme),
            pictures: file.pictures.unwrap_or(true),
            log_level,
            keys: file.keys,
            force_sandbox: flags.sandbox || flags.live,
            file: path,
            paths,
            warnings: file.warnings,
        })
    }

    /// The same settings for another profile: file and secrets are read again, so not on the screen's thread.
    ///
    /// # Errors
    /// Like [`Settings::load`], and a profile that does not exist.
    pub fn for_profile(&self, name: &str, environment: &dyn Environment) -> Result<Self, ConfigError> {
        let flags = Flags { profile: Some(name.to_owned()), sandbox: false, signing_in: false, ..self.flags.clone() };
        Self::load(&flags, environment)
    }

    /// The settings of a profile that need not exist yet, to sign in to it; its token is not looked for.
    ///
    /// # Errors
    /// Like [`Settings::load`].
    pub fn for_sign_in(&self, name: Option<&str>, environment: &dyn Environment) -> Result<Self, ConfigError> {
        let profile = name.map_or_else(|| self.flags.profile.clone(), |name| Some(name.to_owned()));
        let flags = Flags { profile, sandbox: false, signing_in: true, ..self.flags.clone() };
        Self::load(&flags, environment)
    }

    /// The origin of the Graph API that a token of this profile is for.
    pub fn origin(&self) -> String {
        profile::origin(self.graph_url.as_ref())
    }

    /// The address that is talked to when no sandbox is: the one that was set, or Meta's.
    ///
    /// # Errors
    /// Never in practice: Meta's address is a constant that parses.
    pub fn graph_url_or_meta(&self) -> Result<Url, ConfigError> {
        match &self.graph_url {
            Some(url) => Ok(url.clone()),
            None => constant(META_GRAPH_URL),
        }
    }
}

fn constant(address: &'static str) -> Result<Url, ConfigError> {
    Url::parse(address).map_err(|_| ConfigError::WrongArgument {
        name: "a built-in address",
        expected: "an address",
        value: address.to_owned(),
    })
}

fn read(path: &Path, must_exist: bool) -> Result<file::File, ConfigError> {
    match std::fs::read_to_string(path) {
        Ok(text) => file::parse(path, &text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && !must_exist => Ok(file::File::default()),
        Err(error) => Err(ConfigError::Unreadable { path: path.to_path_buf(), reason: error.to_string() }),
    }
}

type Named = (&'static str, Option<String>);

fn first<const N: usize>(sources: [Named; N]) -> Option<(&'static str, String)> {
    sources.into_iter().find_map(|(name, value)| value.map(|value| (name, value)))
}

fn address(flag: Named, variable: Named) -> Result<Option<Url>, ConfigError> {
    let Some((name, value)) = first([flag, variable]) else {
        return Ok(None);
    };
    match Url::parse(value.trim()) {
        Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => Ok(Some(url)),
        _ => Err(ConfigError::WrongArgument { name, expected: "an address that starts with https:// or http://", value }),
    }
}

fn version(flag: Named, variable: Named, file: Named) -> Result<String, ConfigError> {
    let Some((name, value)) = first([flag, variable, file]) else {
        return Ok(DEFAULT_API_VERSION.to_owned());
    };
    let trimmed = value.trim().trim_start_matches(['v', 'V']);
    let number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    match trimmed.split_once('.') {
        Some((major, minor)) if number(major) && number(minor) => Ok(format!("v{major}.{minor}")),
        None if number(trimmed) => Ok(format!("v{trimmed}.0")),
        _ => Err(ConfigError::WrongArgument { name, expected: "a version like v26.0", value }),
    }
}

fn level(flag: Named, variable: Named) -> Result<Option<LogLevel>, ConfigError> {
    let Some((name, value)) = first([flag, variable]) else {
        return Ok(None);
    };
    match LogLevel::from_name(&value) {
        Some(level) => Ok(Some(level)),
        None => Err(ConfigError::WrongArgument { name, expected: "off, error, warn, info, debug or trace", value }),
    }
}

fn unique(ids: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = std::collections::HashSet::new();
    ids.filter(|id| !id.is_empty() && seen.insert(id.clone())).collect()
}
