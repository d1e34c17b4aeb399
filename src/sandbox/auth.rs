//! Who is calling: tokens, app tokens, `appsecret_proof`, and what `debug_token` says about them.
//! It must not decide what a caller may see: that is asked of the world.

use hmac::{Hmac, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use super::call::Call;
use super::errors::GraphError;
use super::state::{Node, Principal, World};

/// Scopes of every token of the sandbox.
pub const SCOPES: &[&str] = &["business_management", "whatsapp_business_management", "whatsapp_business_messaging"];

/// Lower-case hexadecimal HMAC-SHA256.
pub fn sign(key: &str, message: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut text = String::with_capacity(64);
    if let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key.as_bytes()) {
        mac.update(message);
        for byte in mac.finalize().into_bytes() {
            let _ = write!(text, "{byte:02x}");
        }
    }
    text
}

/// Finds out who is calling.
///
/// # Errors
/// Code 190 without a token or with one nobody issued, code 100 for a wrong `appsecret_proof`.
pub fn principal(world: &World, call: &Call) -> Result<Principal, GraphError> {
    let token = call
        .token
        .as_deref()
        .map(str::trim)
        .filter(|token| !token.is_empty())
        .ok_or_else(|| GraphError::token("An access token is required to request this resource."))?;
    let principal = known(world, token).ok_or_else(GraphError::bad_token)?;
    if let Some(proof) = call.params.text("appsecret_proof")
        && !proof.eq_ignore_ascii_case(&sign(&world.app_secret, token.as_bytes()))
    {
        return Err(GraphError::parameter("Invalid appsecret_proof provided in the API argument").method_exception());
    }
    Ok(principal)
}

fn known(world: &World, token: &str) -> Option<Principal> {
    let app_token = token.split_once('|').is_some_and(|(app, secret)| app == world.app.to_string() && secret == world.app_secret);
    if app_token {
        return Some(Principal { user: None, only: None, issued: world.began });
    }
    world.tokens.get(token).cloned()
}

/// The answer to `GET /debug_token`.
///
/// # Errors
/// Code 100 without `input_token`.
pub fn debug(world: &World, call: &Call) -> Result<Value, GraphError> {
    let input =
        call.params.text("input_token").ok_or_else(|| GraphError::parameter("(#100) The parameter input_token is required"))?;
    let Some(principal) = known(world, &input) else {
        return Ok(json!({"data": {
            "error": {"code": 190, "message": "Invalid OAuth access token - Cannot parse access token"},
            "is_valid": false,
            "scopes": [],
        }}));
    };
    let Some(user) = principal.user else {
        return Ok(json!({"data": {
            "app_id": world.app.to_string(),
            "type": "APP",
            "application": "wabadeck sandbox app",
            "is_valid": true,
            "scopes": [],
        }}));
    };
    let mut granted: Vec<(i64, String)> = (0_u32..)
        .zip(&world.accounts)
        .filter(|(_, account)| match principal.only {
            None => account.granted,
            Some(only) => account.record.owner == only,
        })
        .map(|(at, account)| {
            let created = world.number(Node::Account(at), "creation_time").unwrap_or(0);
            (created, account.record.id.to_string())
        })
        .collect();
    granted.sort_by(|left, right| right.cmp(left));
    let ids: Vec<&str> = granted.iter().map(|(_, id)| id.as_str()).collect();
    let granular: Vec<Value> = SCOPES
        .iter()
        .map(|scope| {
            if *scope == "business_management" { json!({ "scope": scope }) } else { json!({ "scope": scope, "target_ids": ids }) }
        })
        .collect();
    let user_id = world.users.get(user as usize).map_or(0, |(id, _)| *id);
    Ok(json!({"data": {
        "app_id": world.app.to_string(),
        "type": "SYSTEM_USER",
        "application": "wabadeck sandbox app",
        "data_access_expires_at": 0,
        "expires_at": 0,
        "is_valid": true,
        "issued_at": principal.issued,
        "scopes": SCOPES,
        "granular_scopes": granular,
        "user_id": user_id.to_string(),
    }}))
}
