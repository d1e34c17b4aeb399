//! Profiles: which one is meant, which Graph API it asks, and its secrets. Reads no network and changes nothing.

use secrecy::SecretString;
use url::Url;

use super::{
    ConfigError, DEFAULT_API_VERSION, Flags, META_GRAPH_URL,
    file::{Connection, File},
};
use crate::{
    paths::{Environment, Paths},
    secrets::{self, Index, Kind, Place, Source, Vault},
};

/// The profile that there always is: what the top of the settings file says.
pub(super) const DEFAULT: &str = "default";

/// What a profile can be called, in words.
pub(super) const EXPECTED: &str = "a profile's name: lower-case letters, digits, - and _, at most 32, a letter or digit first";

/// A profile, as far as files tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Its name.
    pub name: String,
    /// The address of its Graph API.
    pub graph_url: Url,
    /// The version it asks.
    pub api_version: String,
    /// Where its token is kept; `None` when it is not signed in.
    pub token: Option<Place>,
    /// Whether an app secret is kept with it.
    pub app_secret: bool,
    /// Whether it is the one that opens when none is named.
    pub is_default: bool,
    /// Whether it is the one that these settings are for.
    pub is_current: bool,
}

/// Whether a profile can be called that. Lower case, because file names on some systems do not know the difference.
pub(super) fn is_valid(name: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let mut bytes = name.bytes();
    name.len() <= 32 && bytes.next().is_some_and(allowed) && bytes.all(|byte| allowed(byte) || matches!(byte, b'-' | b'_'))
}

/// Which profile is meant: flag, variable, file, or the one there always is.
pub(super) fn choose(flags: &Flags, environment: &dyn Environment, file: &File, index: &Index) -> Result<String, ConfigError> {
    let asked = [("--profile", flags.profile.clone()), ("WABADECK_PROFILE", environment.get("WABADECK_PROFILE"))];
    for (name, value) in asked.iter().filter_map(|(name, value)| Some((*name, value.as_deref()?))) {
        if !is_valid(value) {
            let value = crate::text::clean(value).into_owned();
            return Err(ConfigError::WrongArgument { name, expected: EXPECTED, value });
        }
    }
    let [(_, flag), (_, variable)] = asked;
    let chosen = flag.or(variable).unwrap_or_else(|| default_name(file).to_owned());
    let known = names(file, index);
    // The embedded sandbox is the same in every profile, but a misspelt name is still one.
    if known.contains(&chosen.as_str()) || flags.signing_in {
        return Ok(chosen);
    }
    Err(ConfigError::UnknownProfile { name: chosen, known: known.join(", ") })
}

fn default_name(file: &File) -> &str {
    file.default_profile.as_deref().unwrap_or(DEFAULT)
}

fn names<'a>(file: &'a File, index: &'a Index) -> Vec<&'a str> {
    let mut names: Vec<&str> = vec![DEFAULT];
    names.extend(file.profiles.keys().chain(index.profiles.keys()).map(String::as_str));
    names.sort_unstable();
    names.dedup();
    names
}

/// What a profile says: its own table, then the place it was signed in to, then the top of the file. For the default
/// profile the top of the file is its own table.
pub(super) fn connection(name: &str, file: &File, index: &Index) -> Connection {
    let mut own = file.profiles.get(name).cloned().unwrap_or_default();
    if name == DEFAULT {
        own = own.or(file.connection.clone());
    }
    let signed_in = index.profiles.get(name).and_then(|record| record.origin.as_deref());
    let graph_url = signed_in.filter(|origin| *origin != self::origin(None)).and_then(|origin| Url::parse(origin).ok());
    own.or(Connection { graph_url, ..Connection::default() }).or(file.connection.clone())
}

/// Every profile there is, by name.
pub(super) fn all(current: &str, file: &File, index: &Index) -> Result<Vec<Profile>, ConfigError> {
    let mut names = names(file, index);
    if !names.contains(&current) {
        names.push(current);
    }
    let meta = super::constant(META_GRAPH_URL)?;
    let profile = |name: &str| {
        let connection = connection(name, file, index);
        let record = index.profiles.get(name);
        Profile {
            name: name.to_owned(),
            graph_url: connection.graph_url.unwrap_or_else(|| meta.clone()),
            api_version: connection.api_version.unwrap_or_else(|| DEFAULT_API_VERSION.to_owned()),
            token: record.and_then(|record| record.token),
            app_secret: record.is_some_and(|record| record.app_secret.is_some()),
            is_default: name == default_name(file),
            is_current: name == current,
        }
    };
    Ok(names.into_iter().map(profile).collect())
}

/// The origin of a Graph API, Meta's where none is set.
pub(super) fn origin(graph_url: Option<&Url>) -> String {
    graph_url.map_or_else(|| META_GRAPH_URL.to_owned(), |url| url.origin().ascii_serialization())
}

/// The secrets of a profile.
#[derive(Default)]
pub(super) struct Found {
    pub token: Option<(SecretString, Source)>,
    pub app_secret: Option<SecretString>,
    /// Why a token that was kept is not there to be used.
    pub lost: Option<String>,
}

/// Finds the secrets: the environment's, else those that were kept when signing in, and these only for the Graph API that
/// they were kept for.
pub(super) fn secrets(
    flags: &Flags,
    environment: &dyn Environment,
    paths: &Paths,
    (profile, origin): (&str, &str),
    index: &Index,
    warnings: &mut Vec<String>,
) -> Found {
    let mut found = Found { token: secrets::token(environment), app_secret: secrets::app_secret(environment), lost: None };
    let Some(record) = index.profiles.get(profile) else { return found };
    if found.token.is_some() || flags.sandbox || flags.live || flags.signing_in {
        // A kept app secret belongs to the kept token; with another token its proof would be wrong.
        return found;
    }
    if let Some(kept) = record.origin.as_deref().filter(|kept| *kept != origin) {
        found.lost = Some(format!(
            "The token kept for profile {profile} is for {kept} and is not shown to {origin}. Sign in there with: wabadeck login"
        ));
        return found;
    }
    let vault = Vault::new(paths, environment);
    let read = |place: Place, kind: Kind| match vault.find(place, profile, kind) {
        Ok(Some(secret)) => Ok(secret),
        Ok(None) => {
            let gone = if place == Place::KernelKeyring { ", which forgets with every restart," } else { "" };
            Err(format!(
                "Profile {profile} was signed in, but {place}{gone} has its secret no longer. Sign in again with: wabadeck login"
            ))
        }
        Err(error) => Err(error.to_string()),
    };
    match record.token.map(|place| (place, read(place, Kind::Token))) {
        Some((place, Ok(token))) => found.token = Some((token, Source::Stored(place))),
        Some((_, Err(reason))) => found.lost = Some(reason),
        None => {}
    }
    if let Some(place) = record.app_secret.filter(|_| found.token.is_some() && found.app_secret.is_none()) {
        match read(place, Kind::AppSecret) {
            Ok(secret) => found.app_secret = Some(secret),
            Err(reason) => warnings.push(reason),
        }
    }
    found
}
