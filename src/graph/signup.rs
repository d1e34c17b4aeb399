//! What a program may do for the upgrade: exchange the code of a signup, invite, and subscribe to webhooks. Nothing here
//! accepts any terms.

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::json;
use url::Url;

use super::{Call, Client, GraphError, wire::lenient};
use crate::domain::{PortfolioId, WabaId};

#[derive(Deserialize)]
struct Exchanged {
    #[serde(default)]
    access_token: Option<String>,
}

/// Exchanges the code of embedded signup for the business's token (Meta: embedded signup, onboarding as a partner). The code
/// lives for 30 seconds and is taken once, so this is asked once.
///
/// # Errors
/// Code 100 with subcode 36007 for an expired code and 36009 for a used one, code 1 for a wrong secret, code 101 for a wrong
/// app; or no usable answer.
pub async fn exchange(
    client: &Client,
    app_id: &str,
    app_secret: &SecretString,
    code: &SecretString,
) -> Result<SecretString, GraphError> {
    let call = Call::new("oauth/access_token")
        .with("client_id", app_id)
        .with("client_secret", app_secret.expose_secret())
        .with("code", code.expose_secret());
    let exchanged: Exchanged = client.get_as_nobody(&call).await?;
    let token = exchanged.access_token.filter(|token| !token.trim().is_empty()).map(SecretString::from);
    token.ok_or_else(|| GraphError::Unreadable {
        host: client.host().to_owned(),
        status: 200,
        reason: "it holds no token".to_owned(),
    })
}

#[derive(Deserialize)]
struct Invited {
    #[serde(default, deserialize_with = "lenient::scalar")]
    request_id: Option<String>,
}

/// Invites the admins of a portfolio to accept the terms (Meta: onboard business customers). **Meta e-mails every one of
/// them**, and repeats until somebody answers. Gives the id of the request, where Meta names one.
///
/// # Errors
/// Asked once; when the outcome is unknown, read the portfolio's terms before anything else.
pub async fn invite(client: &Client, portfolio: &PortfolioId) -> Result<Option<String>, GraphError> {
    let call = Call::new(format!("{portfolio}/onboard_partners_to_mm_lite"));
    let invited: Invited = client.post(&call, &json!({})).await?;
    Ok(invited.request_id)
}

#[derive(Deserialize)]
struct Done {
    #[serde(default, deserialize_with = "lenient::scalar")]
    success: Option<bool>,
}

/// Has the account's webhooks sent to an address, instead of the app's own (Meta: webhook overrides).
///
/// # Errors
/// What Meta answers instead, for example because the address did not answer its handshake.
pub async fn subscribe(client: &Client, account: &WabaId, callback: &Url, verify_token: &str) -> Result<(), GraphError> {
    let call = Call::new(format!("{account}/subscribed_apps"));
    let body = json!({"override_callback_uri": callback.as_str(), "verify_token": verify_token});
    let done: Done = client.post(&call, &body).await?;
    match done.success {
        Some(false) => Err(GraphError::Unreadable {
            host: client.host().to_owned(),
            status: 200,
            reason: "the subscription was not made, and no reason was given".to_owned(),
        }),
        _ => Ok(()),
    }
}
