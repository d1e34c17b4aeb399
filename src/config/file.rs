//! Reads `config.toml`: every problem is told with the file's name and the line, and nothing is ignored in silence.

use std::path::Path;

use toml::de::{DeTable, DeValue};
use url::Url;

use super::{ConfigError, LogLevel};

/// The keys that the file may hold.
pub(super) const KNOWN: &[&str] = &[
    "graph_url",
    "api_version",
    "allow_plain_http",
    "business_ids",
    "waba_ids",
    "app_id",
    "signup_config_id",
    "refresh_seconds",
    "support_url",
    "language",
    "theme",
    "log_level",
    "keys",
];

/// What the file says; `None` where it says nothing.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct File {
    pub graph_url: Option<Url>,
    pub api_version: Option<String>,
    pub allow_plain_http: Option<bool>,
    pub business_ids: Vec<String>,
    pub waba_ids: Vec<String>,
    pub app_id: Option<String>,
    pub signup_config_id: Option<String>,
    pub refresh_seconds: Option<u64>,
    pub support_url: Option<Url>,
    pub language: Option<String>,
    pub theme: Option<String>,
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
        let at = Entry { reader: &reader, key: key.get_ref(), start: value.span().start, value: value.get_ref() };
        match at.key {
            "graph_url" => file.graph_url = at.url()?,
            "api_version" => file.api_version = at.text()?,
            "allow_plain_http" => file.allow_plain_http = Some(at.flag()?),
            "business_ids" => file.business_ids = at.ids()?,
            "waba_ids" => file.waba_ids = at.ids()?,
            "app_id" => file.app_id = at.id()?,
            "signup_config_id" => file.signup_config_id = at.id()?,
            "refresh_seconds" => file.refresh_seconds = Some(at.seconds()?),
            "support_url" => file.support_url = at.url()?,
            "language" => file.language = at.text()?,
            "theme" => file.theme = at.text()?,
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
            unknown => {
                let meant = nearest(unknown).map(|near| format!(" Did you mean \"{near}\"?")).unwrap_or_default();
                file.warnings.push(format!(
                    "{} line {}: the key \"{}\" is not known and was left out.{meant}",
                    path.display(),
                    reader.line(key.span().start),
                    crate::text::clean(unknown),
                ));
            }
        }
    }
    Ok(file)
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
fn nearest(unknown: &str) -> Option<&'static str> {
    KNOWN
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
