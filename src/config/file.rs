//! Reads `config.toml`: every problem is told with the file's name and the line, and nothing is ignored in silence.

use std::{collections::BTreeMap, path::Path};

use toml::de::{DeTable, DeValue};
use url::Url;

use super::{
    ConfigError, LogLevel, profile,
    signup::{self, Extras, Signup},
};

/// The keys that the file may hold.
pub(super) const KNOWN: &[&str] = &[
    "graph_url",
    "api_version",
    "allow_plain_http",
    "business_ids",
    "waba_ids",
    "app_id",
    "signup_config_id",
    "signup",
    "refresh_seconds",
    "history",
    "webhook_port",
    "webhook_address",
    "support_url",
    "language",
    "theme",
    "pictures",
    "log_level",
    "default_profile",
    "profiles",
    "keys",
];

/// The keys that a profile may hold.
const KNOWN_TO_PROFILES: &[&str] =
    &["graph_url", "api_version", "allow_plain_http", "business_ids", "waba_ids", "app_id", "signup_config_id", "signup"];

/// The keys that `history` may hold.
const KNOWN_TO_HISTORY: &[&str] = &["keep_days"];

/// Which Graph API is asked and for what: at the top of the file, and again in each profile.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Connection {
    pub graph_url: Option<Url>,
    pub api_version: Option<String>,
    pub allow_plain_http: Option<bool>,
    pub business_ids: Option<Vec<String>>,
    pub waba_ids: Option<Vec<String>>,
    pub app_id: Option<String>,
    pub signup_config_id: Option<String>,
    pub signup: Signup,
}

impl Connection {
    /// Takes in a key; whether it is one of a connection.
    fn take(&mut self, at: &Entry<'_>) -> Result<bool, ConfigError> {
        match at.key {
            "graph_url" => self.graph_url = at.url()?,
            "api_version" => self.api_version = at.text()?,
            "allow_plain_http" => self.allow_plain_http = Some(at.flag()?),
            "business_ids" => self.business_ids = Some(at.ids()?),
            "waba_ids" => self.waba_ids = Some(at.ids()?),
            "app_id" => self.app_id = at.id()?,
            "signup_config_id" => self.signup_config_id = at.id()?,
            "signup" => self.signup = at.signup()?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// This, and where it says nothing, the other.
    pub fn or(self, other: Self) -> Self {
        Self {
            graph_url: self.graph_url.or(other.graph_url),
            api_version: self.api_version.or(other.api_version),
            allow_plain_http: self.allow_plain_http.or(other.allow_plain_http),
            business_ids: self.business_ids.or(other.business_ids),
            waba_ids: self.waba_ids.or(other.waba_ids),
            app_id: self.app_id.or(other.app_id),
            signup_config_id: self.signup_config_id.or(other.signup_config_id),
            signup: self.signup.or(other.signup),
        }
    }
}

/// What the file says; `None` where it says nothing.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct File {
    /// What holds for every profile that does not say otherwise.
    pub connection: Connection,
    pub default_profile: Option<String>,
    pub profiles: BTreeMap<String, Connection>,
    pub refresh_seconds: Option<u64>,
    pub history_keep_days: Option<u32>,
    pub webhook_port: Option<u16>,
    pub webhook_address: Option<std::net::IpAddr>,
    pub support_url: Option<Url>,
    pub language: Option<String>,
    pub theme: Option<String>,
    pub pictures: Option<bool>,
    pub log_level: Option<LogLevel>,
    pub keys: toml::Table,
    /// A sentence for each key that is not known.
    pub warnings: Vec<String>,
}

/// Reads the file's text.
pub(super) fn parse(path: &Path, text: &str) -> Result<File, ConfigError> {
    let reader = Reader { path, text };
    let document = DeTable::parse(text).map_err(|error| ConfigError::Syntax {
        path: path.to_path_buf(),
        line: reader.line(error.span().map_or(0, |span| span.start)),
        reason: error.message().to_owned(),
    })?;
    let mut file = File::default();
    for (key, value) in document.get_ref() {
        let at = Entry { reader: &reader, key: key.get_ref(), start: key.span().start, value: value.get_ref() };
        if file.connection.take(&at)? {
            continue;
        }
        match at.key {
            "default_profile" => {
                file.default_profile = at.text()?;
                if file.default_profile.as_deref().is_some_and(|name| !profile::is_valid(name)) {
                    return Err(at.wrong(profile::EXPECTED));
                }
            }
            "profiles" => profiles(&at, &mut file)?,
            "refresh_seconds" => file.refresh_seconds = Some(at.seconds()?),
            "history" => history(&at, &mut file)?,
            "webhook_port" => file.webhook_port = at.port()?,
            "webhook_address" => {
                let read = |text: String| text.parse().map_err(|_| at.wrong("an IP address in quotes"));
                file.webhook_address = at.text()?.map(read).transpose()?;
            }
            "support_url" => file.support_url = at.url()?,
            "language" => file.language = at.text()?,
            "theme" => file.theme = at.text()?,
            "pictures" => file.pictures = Some(at.flag()?),
            "log_level" => {
                file.log_level = match at.text()? {
                    Some(text) => Some(
                        LogLevel::from_name(&text)
                            .ok_or_else(|| at.wrong("one of \"off\", \"error\", \"warn\", \"info\", \"debug\", \"trace\""))?,
                    ),
                    None => None,
                }
            }
            "keys" => file.keys = at.table(text)?,
            _ => file.warnings.push(at.unknown(KNOWN)),
        }
    }
    Ok(file)
}

/// Reads the tables under `[profiles]`.
fn profiles(at: &Entry<'_>, file: &mut File) -> Result<(), ConfigError> {
    let Some(tables) = at.value.as_table() else {
        return Err(at.wrong("tables like [profiles.work]"));
    };
    for (name, value) in tables {
        let of_profile = Entry { reader: at.reader, key: name.get_ref(), start: name.span().start, value: value.get_ref() };
        if !profile::is_valid(of_profile.key) {
            return Err(of_profile.wrong(profile::EXPECTED));
        }
        let Some(table) = of_profile.value.as_table() else {
            return Err(of_profile.wrong("a table like [profiles.work]"));
        };
        let mut connection = Connection::default();
        for (key, value) in table {
            let inner = Entry { reader: at.reader, key: key.get_ref(), start: key.span().start, value: value.get_ref() };
            if !connection.take(&inner)? {
                file.warnings.push(inner.unknown(KNOWN_TO_PROFILES));
            }
        }
        file.profiles.insert(of_profile.key.to_owned(), connection);
    }
    Ok(())
}

/// Reads the table `history`.
fn history(at: &Entry<'_>, file: &mut File) -> Result<(), ConfigError> {
    let Some(table) = at.value.as_table() else {
        return Err(at.wrong("a table with keep_days"));
    };
    for (key, value) in table {
        let inner = Entry { reader: at.reader, key: key.get_ref(), start: key.span().start, value: value.get_ref() };
        match inner.key {
            "keep_days" => file.history_keep_days = Some(inner.days()?),
            _ => file.warnings.push(inner.unknown(KNOWN_TO_HISTORY)),
        }
    }
    Ok(())
}

struct Reader<'a> {
    path: &'a Path,
    text: &'a str,
}

impl Reader<'_> {
    /// The line, from 1, that a byte offset is on.
    fn line(&self, offset: usize) -> usize {
        let before = self.text.as_bytes().iter().take(offset);
        before.filter(|byte| **byte == b'\n').count() + 1
    }
}

struct Entry<'a> {
    reader: &'a Reader<'a>,
    key: &'a str,
    start: usize,
    value: &'a DeValue<'a>,
}

impl Entry<'_> {
    fn wrong(&self, expected: &'static str) -> ConfigError {
        ConfigError::WrongValue {
            path: self.reader.path.to_path_buf(),
            line: self.reader.line(self.start),
            key: self.key.to_owned(),
            expected,
        }
    }

    fn unknown(&self, known: &[&'static str]) -> String {
        let meant = nearest(known, self.key).map(|near| format!(" Did you mean \"{near}\"?")).unwrap_or_default();
        format!(
            "{} line {}: the key \"{}\" is not known and was left out.{meant}",
            self.reader.path.display(),
            self.reader.line(self.start),
            crate::text::clean(self.key),
        )
    }

    fn text(&self) -> Result<Option<String>, ConfigError> {
        match self.value.as_str() {
            Some("") => Ok(None),
            Some(text) => Ok(Some(text.to_owned())),
            None => Err(self.wrong("a text in quotes")),
        }
    }

    fn url(&self) -> Result<Option<Url>, ConfigError> {
        let expected = "an address that starts with https:// (or http://) in quotes";
        match self.text()? {
            None => Ok(None),
            Some(text) => match Url::parse(&text) {
                Ok(url) if matches!(url.scheme(), "http" | "https") => Ok(Some(url)),
                _ => Err(self.wrong(expected)),
            },
        }
    }

    fn flag(&self) -> Result<bool, ConfigError> {
        self.value.as_bool().ok_or_else(|| self.wrong("true or false"))
    }

    fn seconds(&self) -> Result<u64, ConfigError> {
        self.value
            .as_integer()
            .and_then(|integer| u64::from_str_radix(integer.as_str(), integer.radix()).ok())
            .filter(|seconds| *seconds == 0 || (15..=86_400).contains(seconds))
            .ok_or_else(|| self.wrong("0 or a number of seconds from 15 to 86400"))
    }

    fn days(&self) -> Result<u32, ConfigError> {
        self.value
            .as_integer()
            .and_then(|integer| u32::from_str_radix(integer.as_str(), integer.radix()).ok())
            .filter(|days| (1..=3_650).contains(days))
            .ok_or_else(|| self.wrong("a number of days from 1 to 3650"))
    }

    fn id(&self) -> Result<Option<String>, ConfigError> {
        match id(self.value) {
            Some(id) if id.is_empty() => Ok(None),
            Some(id) => Ok(Some(id)),
            None => Err(self.wrong("an id of digits in quotes")),
        }
    }

    fn ids(&self) -> Result<Vec<String>, ConfigError> {
        let expected = "a list of ids of digits in quotes";
        let list = self
            .value
            .as_array()
            .ok_or_else(|| self.wrong(expected))?
            .iter()
            .map(|item| id(item.get_ref()).filter(|id| !id.is_empty()));
        list.collect::<Option<Vec<_>>>().ok_or_else(|| self.wrong(expected))
    }

    fn signup(&self) -> Result<Signup, ConfigError> {
        let Some(table) = self.value.as_table() else { return Err(self.wrong("a table like [signup]")) };
        let mut signup = Signup::default();
        for (key, value) in table {
            let inner = Entry { reader: self.reader, key: key.get_ref(), start: key.span().start, value: value.get_ref() };
            match inner.key {
                "base_url" => {
                    signup.base_url = inner.url()?;
                    if signup.base_url.as_ref().is_some_and(|base| !signup::is_usable(base)) {
                        return Err(inner.wrong("an address that starts with https://: Meta's window opens from no other"));
                    }
                }
                "port" => signup.port = inner.port()?,
                "extras" => {
                    let named = |text: String| Extras::from_name(&text).ok_or_else(|| inner.wrong("\"v4\" or \"v3\""));
                    signup.extras = inner.text()?.map(named).transpose()?;
                }
                _ => return Err(inner.wrong("left out: [signup] knows base_url, port and extras")),
            }
        }
        if signup.base_url.is_some() && signup.port.is_none() {
            return Err(self.wrong("given a port beside base_url: the one on this machine that the reverse proxy speaks to"));
        }
        Ok(signup)
    }

    /// A port; 0 is any free one.
    fn port(&self) -> Result<Option<u16>, ConfigError> {
        let number = self.value.as_integer().and_then(|integer| u16::from_str_radix(integer.as_str(), integer.radix()).ok());
        let port = number.ok_or_else(|| self.wrong("0 or a port from 1 to 65535"))?;
        Ok((port != 0).then_some(port))
    }

    fn table(&self, text: &str) -> Result<toml::Table, ConfigError> {
        let document: toml::Table = toml::from_str(text).map_err(|_| self.wrong("a table of commands and their keys"))?;
        match document.get(self.key) {
            Some(toml::Value::Table(table)) => Ok(table.clone()),
            _ => Err(self.wrong("a table of commands and their keys")),
        }
    }
}

/// An id in quotes or as a bare number.
fn id(value: &DeValue<'_>) -> Option<String> {
    let text = match (value.as_str(), value.as_integer()) {
        (Some(text), _) => text,
        (None, Some(integer)) if integer.radix() == 10 => integer.as_str(),
        _ => return None,
    };
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.to_owned())
}

/// The known key that an unknown one was probably meant to be: the same letters but for two at most.
fn nearest(known: &[&'static str], unknown: &str) -> Option<&'static str> {
    known
        .iter()
        .map(|known| (distance(known, unknown), *known))
        .filter(|(distance, _)| *distance <= 2)
        .min()
        .map(|(_, known)| known)
}

/// Levenshtein's distance in characters.
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().take(64).collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (line, from) in left.chars().enumerate() {
        let mut next = vec![line + 1];
        for (column, to) in right.iter().enumerate() {
            let at = |row: &[usize], index: usize| row.get(index).copied().unwrap_or(usize::MAX / 2);
            let replaced = at(&row, column) + usize::from(from != *to);
            let best = replaced.min(at(&row, column + 1) + 1).min(at(&next, column) + 1);
            next.push(best);
        }
        row = next;
    }
    row.last().copied().unwrap_or(usize::MAX)
}
