//! Subscriptions: which address gets the webhooks of an account. The handshake comes first and is not done here.
//! It must not send anything itself.

use serde_json::{Value, json};

use super::auth;
use super::call::Call;
use super::clock::DAY;
use super::edges;
use super::errors::GraphError;
use super::graph::{Aftermath, success};
use super::state::{Node, Subscription, World};
use super::webhooks;

/// The callback that a call wants to have verified before it is carried out, with its verify token.
///
/// # Errors
/// Code 100 when one of the two is missing, 190 for a wrong token.
pub fn wanted(world: &World, call: &Call) -> Result<Option<(String, String)>, GraphError> {
    let name = match (call.method.as_str(), call.path.get(1).map(String::as_str)) {
        ("POST", Some("subscribed_apps")) => "override_callback_uri",
        ("POST", Some("subscriptions")) => "callback_url",
        _ => return Ok(None),
    };
    auth::principal(world, call)?;
    let Some(callback) = call.params.text(name).filter(|text| !text.is_empty()) else { return Ok(None) };
    match call.params.text("verify_token").filter(|text| !text.is_empty()) {
        Some(token) => Ok(Some((callback.into_owned(), token.into_owned()))),
        None => Err(GraphError::parameter("(#100) The parameter verify_token is required")),
    }
}

/// Meta's answer when the handshake failed.
pub fn unverified(reason: &str) -> GraphError {
    GraphError::new(400, 2200, format!("(#2200) Callback verification failed with the following errors: {reason}"))
}

/// `POST /{waba}/subscribed_apps`. An account that is restricted tells a new subscriber at once: Meta retries webhooks for
/// seven days.
///
/// # Errors
/// Code 100 for an account that is gone.
pub fn add(world: &mut World, at: u32, call: &Call, after: &mut Aftermath) -> Result<Value, GraphError> {
    let callback = call.params.text("override_callback_uri").map(|text| text.into_owned()).filter(|text| !text.is_empty());
    let app = world.app;
    let Some(account) = world.accounts.get_mut(at as usize) else {
        return Err(GraphError::unknown_object("POST", "0"));
    };
    account.subscriptions.retain(|subscription| subscription.app != app);
    account.subscriptions.push(Subscription { app, callback: callback.clone() });
    if world.onboarding(at) == "INELIGIBLE_INACTIVE_OR_RESTRICTED" {
        let since = world
            .fact(Node::Account(at), "_restriction")
            .and_then(|facts| facts.get("since").and_then(Value::as_i64))
            .unwrap_or_else(|| world.clock.now());
        if world.clock.now() - since < 7 * DAY {
            after.webhooks.extend(webhooks::account_update(world, at, webhooks::restriction(world, at)));
        }
    }
    Ok(match callback {
        Some(_) => json!({"success": true, "data": edges::subscriptions(world, at)}),
        None => success(),
    })
}

/// Subscribes the app to every account, with an address that needs no handshake.
pub fn all(world: &mut World, callback: &str) {
    let app = world.app;
    for account in &mut world.accounts {
        account.subscriptions.retain(|subscription| subscription.app != app);
        account.subscriptions.push(Subscription { app, callback: Some(callback.to_owned()) });
    }
}

/// `DELETE /{waba}/subscribed_apps`.
///
/// # Errors
/// Code 100 when there is nothing to remove.
pub fn remove(world: &mut World, at: u32) -> Result<Value, GraphError> {
    let app = world.app;
    let Some(account) = world.accounts.get_mut(at as usize) else {
        return Err(GraphError::unknown_object("DELETE", "0"));
    };
    let before = account.subscriptions.len();
    account.subscriptions.retain(|subscription| subscription.app != app);
    if account.subscriptions.len() == before {
        return Err(GraphError::parameter("(#100) The app is not subscribed to this WhatsApp Business Account"));
    }
    Ok(success())
}

/// `POST` or `DELETE /{app}/subscriptions`: the callback of the app itself.
///
/// # Errors
/// Code 15 without an app token, code 100 for another object.
pub fn app(world: &mut World, call: &Call) -> Result<Value, GraphError> {
    if auth::principal(world, call)?.user.is_some() {
        return Err(GraphError::new(400, 15, "(#15) This method must be called with an app access_token."));
    }
    if call.method == "DELETE" {
        world.app_callback = None;
        return Ok(success());
    }
    if call.params.text("object").as_deref() != Some("whatsapp_business_account") {
        return Err(GraphError::parameter("(#100) Param object must be one of {whatsapp_business_account}"));
    }
    let callback = call.params.text("callback_url").filter(|text| !text.is_empty());
    let callback = callback.ok_or_else(|| GraphError::parameter("(#100) The parameter callback_url is required"))?;
    let callback = callback.into_owned();
    let fields = call.params.text("fields").map(|text| text.into_owned()).unwrap_or_default();
    world.app_fields = fields.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect();
    world.app_callback = Some(callback);
    Ok(success())
}
