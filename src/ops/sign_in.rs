//! Signing in and out: what a token is good for, where it is kept, and which profiles there are. Asks nobody for a token.

#[cfg(test)]
mod tests;

use secrecy::SecretString;

use super::{Problem, connect};
use crate::{
    config::Settings,
    domain::graph_error::ErrorClass,
    graph::token::{self, TokenInfo},
    paths::Environment,
    secrets::{APP_SECRET_VARIABLE, Index, Kind, Place, Record, SecretError, Source, Stored, TOKEN_VARIABLE, Vault},
};

/// A permission that wabadeck has a use for (Meta: permissions reference).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    /// `whatsapp_business_management`: accounts, numbers, templates. Without it nothing can be seen.
    Management,
    /// `whatsapp_business_messaging`: sending.
    Messaging,
    /// `business_management`: the portfolios and what they own.
    Business,
}

impl Permission {
    /// All of them, the most needed first.
    pub const ALL: [Self; 3] = [Self::Management, Self::Messaging, Self::Business];

    /// Meta's name of it.
    pub fn scope(self) -> &'static str {
        match self {
            Self::Management => "whatsapp_business_management",
            Self::Messaging => "whatsapp_business_messaging",
            Self::Business => "business_management",
        }
    }

    /// The id of what goes without it, among the texts.
    pub fn lack_id(self) -> &'static str {
        match self {
            Self::Management => "login-lacks-management",
            Self::Messaging => "login-lacks-messaging",
            Self::Business => "login-lacks-business",
        }
    }
}

/// The permissions that a token lacks.
pub fn lacking(info: &TokenInfo) -> Vec<Permission> {
    Permission::ALL.into_iter().filter(|permission| !info.scopes.iter().any(|scope| scope == permission.scope())).collect()
}

/// A token that Meta accepts.
#[derive(Debug, Clone)]
pub struct Checked {
    /// What it is.
    pub info: TokenInfo,
    /// What it lacks.
    pub lacks: Vec<Permission>,
    /// Whether a sandbox answered.
    pub sandbox: bool,
}

/// Asks the Graph API of these settings what a token is. With an app secret the question is signed, so that a wrong one is
/// refused, too.
///
/// # Errors
/// A refused token (class [`ErrorClass::Auth`]), a wrong app secret, or a Graph API that cannot be asked.
pub async fn check(settings: &Settings, token: SecretString, app_secret: Option<SecretString>) -> Result<Checked, Problem> {
    let settings = Settings { token: Some(token), app_secret, force_sandbox: false, token_lost: None, ..settings.clone() };
    let session = connect(&settings).await?;
    let info = token::inspect(session.client()).await?;
    if info.valid == Some(false) {
        let sentence =
            "Meta says that this token is not valid: it has expired, was withdrawn, or was never whole. Create a new one.";
        return Err(Problem::new(sentence, ErrorClass::Auth));
    }
    Ok(Checked { lacks: lacking(&info), sandbox: session.is_sandbox(), info })
}

/// Where secrets went.
#[derive(Debug, Clone)]
pub struct Kept {
    /// The token.
    pub token: Stored,
    /// The app's secret, when there is one.
    pub app_secret: Option<Stored>,
}

/// Keeps a token, and the app's secret with it, for the profile of these settings and for their Graph API alone. An app
/// secret kept earlier goes when none comes now: it need not belong to the new token's app.
///
/// # Errors
/// No place takes it.
pub fn keep(
    settings: &Settings,
    environment: &dyn Environment,
    token: &SecretString,
    app_secret: Option<&SecretString>,
) -> Result<Kept, SecretError> {
    // What could not be written down afterwards is not kept in the first place.
    Index::load(&settings.paths)?;
    let vault = Vault::new(&settings.paths, environment);
    let profile = settings.profile.as_str();
    let token = vault.store(profile, Kind::Token, token)?;
    let app_secret = match app_secret {
        Some(secret) => Some(vault.store(profile, Kind::AppSecret, secret)?),
        None => {
            vault.forget(profile, Kind::AppSecret);
            None
        }
    };
    let record = Record {
        token: Some(token.place),
        app_secret: app_secret.as_ref().map(|stored| stored.place),
        origin: Some(settings.origin()),
    };
    note(settings, profile, record)?;
    tracing::info!(profile, place = token.place.name(), "Signed in");
    Ok(Kept { token, app_secret })
}

fn note(settings: &Settings, profile: &str, record: Record) -> Result<(), SecretError> {
    Index::change(&settings.paths, |index| {
        index.profiles.insert(profile.to_owned(), record);
        true
    })
}

/// A token of one portfolio, as embedded signup gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortfolioToken {
    /// The profile that it is kept as; it opens that portfolio alone.
    pub profile: String,
    /// Where.
    pub place: Place,
}

/// Keeps the token of a business that went through embedded signup as a profile of its own, `portfolio-ID`, beside the one
/// that asked: the sign-in of a partner must not be replaced by that of one of its customers. An app secret that was kept
/// when signing in is kept with it, because it is the same app's.
///
/// # Errors
/// No place takes it.
pub fn keep_for_portfolio(settings: &Settings, portfolio: &str, token: &SecretString) -> Result<PortfolioToken, SecretError> {
    let id: String = portfolio.chars().filter(char::is_ascii_digit).take(22).collect();
    let profile = format!("portfolio-{id}");
    let index = Index::load(&settings.paths)?;
    let place = settings.vault.store(&profile, Kind::Token, token)?.place;
    let has_secret = index.profiles.get(&settings.profile).is_some_and(|record| record.app_secret.is_some());
    let app_secret = match settings.app_secret.as_ref().filter(|_| has_secret) {
        Some(secret) => Some(settings.vault.store(&profile, Kind::AppSecret, secret)?.place),
        None => None,
    };
    let record = Record { token: Some(place), app_secret, origin: Some(settings.origin()) };
    note(settings, &profile, record)?;
    tracing::info!(profile, place = place.name(), "The token of a portfolio was kept");
    Ok(PortfolioToken { profile, place })
}

/// What signing out did.
#[derive(Debug, Clone)]
pub struct Forgotten {
    /// The places that had a secret and have it no longer.
    pub places: Vec<Place>,
    /// The places that did not answer, and may have one still.
    pub failed: Vec<SecretError>,
    /// The environment variables that hold secrets all the same; nobody but their owner can remove those.
    pub variables: Vec<&'static str>,
}

/// Removes the secrets of the settings' profile everywhere they are found.
///
/// # Errors
/// The list of sign-ins cannot be read or written.
pub fn forget(settings: &Settings, environment: &dyn Environment) -> Result<Forgotten, SecretError> {
    let vault = Vault::new(&settings.paths, environment);
    let (mut places, mut failed) = vault.forget(&settings.profile, Kind::Token);
    let (more, failures) = vault.forget(&settings.profile, Kind::AppSecret);
    places.extend(more.into_iter().filter(|place| !places.contains(place)).collect::<Vec<_>>());
    // A place that does not exist here, or was never used, is no reason to worry.
    let record = Index::load(&settings.paths)?.profiles.remove(&settings.profile);
    let used = |place: Place| record.as_ref().is_none_or(|record| [record.token, record.app_secret].contains(&Some(place)));
    failures.into_iter().for_each(|error| failed.push(error));
    failed.retain(|error| !matches!(error, SecretError::Place { place, .. } if !used(*place)));
    if record.is_some() && failed.is_empty() {
        Index::change(&settings.paths, |index| index.profiles.remove(&settings.profile).is_some())?;
    }
    let variables = [TOKEN_VARIABLE, APP_SECRET_VARIABLE].into_iter().filter(|name| environment.get(name).is_some());
    tracing::info!(profile = settings.profile, "Signed out");
    Ok(Forgotten { places, failed, variables: variables.collect() })
}

/// A profile as screens and subcommands list it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileView {
    /// Its name.
    pub name: String,
    /// The host it talks to; `None` for the embedded sandbox.
    pub host: Option<String>,
    /// The version it asks.
    pub version: String,
    /// Where its token comes from; `None` without one.
    pub token: Option<Source>,
    /// Whether an app secret is kept with it.
    pub app_secret: bool,
    /// Whether it opens when none is named.
    pub is_default: bool,
    /// Whether it is the one in use.
    pub is_current: bool,
}

/// Every profile, by name. No secret is read for it.
pub fn profiles(settings: &Settings) -> Vec<ProfileView> {
    let given = settings.token_source.filter(|source| matches!(source, Source::Environment(_)));
    let host = |profile: &crate::config::Profile, token: Option<Source>| {
        let url = if profile.is_current { settings.graph_url.as_ref().unwrap_or(&profile.graph_url) } else { &profile.graph_url };
        let set = profile.is_current && settings.graph_url.is_some()
            || url.as_str().trim_end_matches('/') != crate::config::META_GRAPH_URL;
        (token.is_some() || set).then(|| url.host_str().unwrap_or_default().to_owned())
    };
    let view = |profile: &crate::config::Profile| {
        let token = given.or(profile.token.map(Source::Stored));
        ProfileView {
            name: profile.name.clone(),
            host: host(profile, token),
            version: if profile.is_current { settings.api_version.clone() } else { profile.api_version.clone() },
            token,
            app_secret: profile.app_secret,
            is_default: profile.is_default,
            is_current: profile.is_current,
        }
    };
    settings.profiles.iter().map(view).collect()
}
