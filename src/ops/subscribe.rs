//! Sets up that Meta sends webhooks here, and says what is missing for it.
//!
//! Three things have to be so: the address answers Meta's handshake, the app is subscribed to the fields, and the app is
//! subscribed to each account. Nothing is changed that was not asked for.

#[cfg(test)]
mod tests;

use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::{Problem, Session};
use crate::{
    domain::{WabaId, graph_error::ErrorClass},
    graph::{
        GraphError, signup,
        subscriptions::{self, AppSubscription, Handshake, SubscribedApp},
        token,
    },
    paths::{self, Paths},
    secrets,
};

/// The fields that wabadeck makes something of (Meta: webhooks, fields of `whatsapp_business_account`).
pub const FIELDS: [&str; 11] = [
    "account_alerts",
    "account_review_update",
    "account_update",
    "business_capability_update",
    "message_template_components_update",
    "message_template_quality_update",
    "message_template_status_update",
    "messages",
    "phone_number_name_update",
    "phone_number_quality_update",
    "template_category_update",
];

/// How one account stands.
#[derive(Debug)]
pub struct AccountLine {
    /// Which.
    pub account: WabaId,
    /// The apps that get its webhooks, or why that is not known.
    pub apps: Result<Vec<SubscribedApp>, Problem>,
    /// Whether our app is among them, and where its webhooks go; `None` when it is not, or which app is ours is not known.
    pub ours: Option<SubscribedApp>,
}

/// How everything stands.
#[derive(Debug)]
pub struct Standing {
    /// The app of the token, where Meta told.
    pub app_id: Option<String>,
    /// What the app is subscribed to, where the app's secret is known: nothing, or what.
    pub app: Option<Result<Option<AppSubscription>, Problem>>,
    /// Fields that the app is not subscribed to although wabadeck makes something of them.
    pub missing_fields: Vec<&'static str>,
    /// Each account.
    pub accounts: Vec<AccountLine>,
    /// How the address answered, where there is one to ask.
    pub handshake: Option<(Url, Handshake)>,
}

impl Standing {
    /// Whether webhooks of every account arrive somewhere, as far as can be known.
    pub fn is_complete(&self) -> bool {
        let app_is_fine = match &self.app {
            Some(Ok(Some(app))) => app.active && self.missing_fields.is_empty(),
            Some(_) => false,
            None => true,
        };
        let answered = !matches!(&self.handshake, Some((_, handshake)) if *handshake != Handshake::Answered);
        app_is_fine && answered && self.accounts.iter().all(|line| line.ours.is_some())
    }
}

/// Reads how everything stands. Changes nothing. `callback` is an address to try; without one the first that is known.
///
/// # Errors
/// A token that does not work.
pub async fn check(
    session: &Session,
    accounts: &[WabaId],
    callback: Option<&Url>,
    verify_token: &SecretString,
) -> Result<Standing, Problem> {
    let app_id = app_id(session).await?;
    let app = match (&app_id, session.settings().app_secret.is_some()) {
        (Some(id), true) => Some(of_app(session, id).await.map_err(Problem::from)),
        _ => None,
    };
    let known = app.as_ref().and_then(|app| app.as_ref().ok()).and_then(Option::as_ref);
    let missing_fields = FIELDS.into_iter().filter(|name| known.is_some_and(|app| !app.fields.iter().any(|field| field == name)));
    let missing_fields = missing_fields.collect();
    let mut lines = Vec::with_capacity(accounts.len());
    for account in accounts {
        let apps = subscriptions::of_account(session.client(), account).await.map_err(Problem::from);
        let ours =
            apps.as_ref().ok().and_then(|apps| apps.iter().find(|app| Some(app.id.as_str()) == app_id.as_deref())).cloned();
        lines.push(AccountLine { account: account.clone(), apps, ours });
    }
    let own = |line: &AccountLine| line.ours.as_ref().and_then(|app| app.callback.clone());
    let address = callback.cloned().or_else(|| {
        let found = lines.iter().find_map(own).or_else(|| known.map(|app| app.callback.clone()));
        found.and_then(|address| Url::parse(&address).ok())
    });
    let handshake = match address {
        Some(address) => {
            let challenge = secrets::one_time().unwrap_or_else(|| "1158201444".to_owned());
            let token = verify_token.expose_secret();
            let answer = subscriptions::shake_hands(session.client(), &address, token, &challenge).await?;
            Some((address, answer))
        }
        None => None,
    };
    Ok(Standing { app_id, app, missing_fields, accounts: lines, handshake })
}

async fn of_app(session: &Session, app_id: &str) -> Result<Option<AppSubscription>, GraphError> {
    subscriptions::of_app(&session.client().as_app(app_id)?, app_id).await
}

/// The app of the token: as it was set, else as Meta tells.
async fn app_id(session: &Session) -> Result<Option<String>, Problem> {
    if let Some(id) = &session.settings().app_id {
        return Ok(Some(id.clone()));
    }
    Ok(token::inspect(session.client()).await?.app_id.map(Into::into))
}

/// Subscribes the app to an account; with an address, the account's webhooks go there instead of the app's own.
///
/// # Errors
/// What Meta answers instead.
pub async fn add(
    session: &Session,
    account: &WabaId,
    callback: Option<&Url>,
    verify_token: &SecretString,
) -> Result<(), Problem> {
    match callback {
        Some(callback) => signup::subscribe(session.client(), account, callback, verify_token.expose_secret()).await?,
        None => subscriptions::add(session.client(), account).await?,
    }
    Ok(())
}

/// Ends the app's subscription to an account.
///
/// # Errors
/// What Meta answers instead.
pub async fn remove(session: &Session, account: &WabaId) -> Result<(), Problem> {
    Ok(subscriptions::remove(session.client(), account).await?)
}

/// Sets the address and the fields of the app itself, which all its accounts share.
///
/// # Errors
/// What Meta answers instead, or that the app or its secret are not known.
pub async fn add_app(session: &Session, callback: &Url, verify_token: &SecretString) -> Result<(), Problem> {
    let Some(id) = app_id(session).await? else {
        return Err(Problem::new(
            "Which app the token belongs to is not known; set app_id in the settings.",
            ErrorClass::Configuration,
        ));
    };
    let client = session.client().as_app(&id)?;
    Ok(subscriptions::add_app(&client, &id, callback, verify_token.expose_secret(), &FIELDS).await?)
}

/// The token that Meta's handshake must repeat: one of our own, made when it is first needed and kept in a private file, so
/// that whoever listens and whoever subscribes say the same. Tells whether it is new.
///
/// # Errors
/// A file that cannot be read or written.
pub fn own_verify_token(paths: &Paths) -> Result<(SecretString, bool), Problem> {
    let file = paths.data.join("verify-token");
    let failed = |error: std::io::Error| {
        let sentence =
            format!("The verify token in {} could not be used ({error}). Name one with --verify-token.", file.display());
        Problem::new(sentence, ErrorClass::Configuration)
    };
    match std::fs::read_to_string(&file) {
        Ok(token) if !token.trim().is_empty() => return Ok((SecretString::from(token.trim()), false)),
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(failed(error)),
        _ => {}
    }
    let token = secrets::one_time().ok_or_else(|| failed(std::io::Error::other("no random bytes")))?;
    let mut out = paths::open_private(&file).map_err(failed)?;
    std::io::Write::write_all(&mut out, format!("{token}\n").as_bytes()).map_err(failed)?;
    Ok((SecretString::from(token), true))
}
