//! Who gets the webhooks of an account, and whether an address would take them (Meta: webhooks, subscribed apps).

use compact_str::CompactString;
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

use super::{Call, Client, GraphError, transport, wire::lenient};
use crate::domain::WabaId;

/// An app that gets the webhooks of an account.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SubscribedApp {
    /// The app.
    pub id: CompactString,
    /// Its name.
    pub name: CompactString,
    /// Where this account's webhooks go instead of the app's own address.
    pub callback: Option<String>,
}

/// What an app itself is subscribed to, for all accounts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AppSubscription {
    /// The app's own address.
    pub callback: String,
    /// Whether Meta sends to it.
    pub active: bool,
    /// The fields that are sent.
    pub fields: Vec<CompactString>,
}

/// How an address answered the handshake that Meta makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Handshake {
    /// The challenge came back.
    Answered,
    /// The address answered, with this HTTP status, but not with the challenge.
    Refused(u16),
    /// It answered 200 with something else.
    Different,
    /// It could not be reached; why.
    Unreachable(String),
}

#[derive(Deserialize)]
struct Rows {
    #[serde(default)]
    data: Vec<Value>,
}

#[derive(Deserialize)]
struct Done {
    #[serde(default, deserialize_with = "lenient::scalar")]
    success: Option<bool>,
}

fn word(value: &Value, key: &str) -> CompactString {
    match value.get(key) {
        Some(Value::String(text)) => text.into(),
        Some(Value::Number(number)) => compact_str::format_compact!("{number}"),
        _ => CompactString::default(),
    }
}

/// The apps that get the webhooks of an account.
///
/// # Errors
/// What Meta answers instead.
pub async fn of_account(client: &Client, account: &WabaId) -> Result<Vec<SubscribedApp>, GraphError> {
    let rows: Rows = client.get(&Call::new(format!("{account}/subscribed_apps"))).await?;
    let app = |row: &Value| {
        let data = row.get("whatsapp_business_api_data").unwrap_or(row);
        let callback = row.get("override_callback_uri").and_then(Value::as_str).filter(|callback| !callback.is_empty());
        SubscribedApp { id: word(data, "id"), name: word(data, "name"), callback: callback.map(str::to_owned) }
    };
    Ok(rows.data.iter().map(app).collect())
}

/// Subscribes this token's app to an account, with the app's own address.
///
/// # Errors
/// What Meta answers instead.
pub async fn add(client: &Client, account: &WabaId) -> Result<(), GraphError> {
    let done: Done = client.post(&Call::new(format!("{account}/subscribed_apps")), &json!({})).await?;
    is_done(client, &done)
}

/// Ends the subscription of this token's app to an account.
///
/// # Errors
/// What Meta answers instead.
pub async fn remove(client: &Client, account: &WabaId) -> Result<(), GraphError> {
    let done: Done = client.delete(&Call::new(format!("{account}/subscribed_apps"))).await?;
    is_done(client, &done)
}

/// What the app is subscribed to for WhatsApp accounts; `None` for nothing. The client must be the app's own
/// ([`Client::as_app`]).
///
/// # Errors
/// What Meta answers instead.
pub async fn of_app(client: &Client, app_id: &str) -> Result<Option<AppSubscription>, GraphError> {
    let rows: Rows = client.get(&Call::new(format!("{app_id}/subscriptions"))).await?;
    let row = rows.data.iter().find(|row| word(row, "object") == "whatsapp_business_account");
    Ok(row.map(|row| AppSubscription {
        callback: word(row, "callback_url").into(),
        active: row.get("active").and_then(Value::as_bool).unwrap_or(true),
        fields: row
            .get("fields")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            // Older versions list bare names.
            .map(|field| field.as_str().map_or_else(|| word(field, "name"), Into::into))
            .collect(),
    }))
}

/// Subscribes the app itself. Meta makes its handshake with the address before it answers.
///
/// # Errors
/// What Meta answers instead.
pub async fn add_app(
    client: &Client,
    app_id: &str,
    callback: &Url,
    verify_token: &str,
    fields: &[&str],
) -> Result<(), GraphError> {
    let body = json!({
        "object": "whatsapp_business_account",
        "callback_url": callback.as_str(),
        "verify_token": verify_token,
        "fields": fields.join(","),
    });
    let done: Done = client.post(&Call::new(format!("{app_id}/subscriptions")), &body).await?;
    is_done(client, &done)
}

fn is_done(client: &Client, done: &Done) -> Result<(), GraphError> {
    if done.success != Some(false) {
        return Ok(());
    }
    Err(GraphError::Unreadable {
        host: client.host().to_owned(),
        status: 200,
        reason: "it was not done, and no reason was given".to_owned(),
    })
}

/// Makes the handshake that Meta makes, from this machine. No token of ours goes along.
///
/// # Errors
/// Only a client that cannot be built.
pub async fn shake_hands(client: &Client, callback: &Url, verify_token: &str, challenge: &str) -> Result<Handshake, GraphError> {
    let mut url = callback.clone();
    url.query_pairs_mut()
        .append_pair("hub.mode", "subscribe")
        .append_pair("hub.challenge", challenge)
        .append_pair("hub.verify_token", verify_token);
    let answer = match client.http().await?.send(transport::get(&url)?).await {
        Ok(answer) => answer,
        Err(failure) => return Ok(Handshake::Unreachable(failure.reason())),
    };
    if answer.status != 200 {
        return Ok(Handshake::Refused(answer.status));
    }
    // Whatever is longer than the challenge is not the challenge.
    let body = answer.at_most(challenge.len() + 64).body().await;
    let is_challenge = body.is_ok_and(|body| body.trim_ascii() == challenge.as_bytes());
    Ok(if is_challenge { Handshake::Answered } else { Handshake::Different })
}
