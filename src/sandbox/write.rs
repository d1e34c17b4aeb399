//! Writes to accounts, numbers and portfolios, and the exchange of signup codes.
//! Templates, messages and subscriptions have files of their own.

use serde_json::{Value, json};

use super::auth;
use super::call::{Call, Reply};
use super::errors::GraphError;
use super::graph::success;
use super::state::{Node, Principal, World};

/// Seconds that a signup code lives, as Meta's embedded signup page says.
pub const CODE_SECONDS: i64 = 30;

/// `POST /{waba}`: the settings that can be changed.
///
/// # Errors
/// 200006 for switching insights off, code 100 for values that are wrong or when nothing was given.
pub fn account(world: &mut World, at: u32, call: &Call) -> Result<Value, GraphError> {
    let node = Node::Account(at);
    let mut touched = false;
    let mut insights = false;
    if let Some(on) = call.params.truth("is_enabled_for_insights")? {
        if !on && world.holds(node, "is_enabled_for_insights") {
            return Err(GraphError::new(400, 200_006, "(#200006) Template Insights cannot be disabled once it is enabled"));
        }
        world.set(node, "is_enabled_for_insights", json!(on));
        (touched, insights) = (true, true);
    }
    for name in ["disable_marketing_messages_on_cloud_api", "template_auto_archival_enabled"] {
        if let Some(on) = call.params.truth(name)? {
            world.set(node, name, json!(on));
            touched = true;
        }
    }
    for name in ["name", "timezone_id"] {
        if let Some(text) = call.params.text(name).map(|text| text.into_owned()) {
            world.set(node, name, json!(text));
            touched = true;
        }
    }
    if let Some(spec) = call.params.json("degrees_of_freedom_spec") {
        let features = spec
            .get("creative_features_spec")
            .filter(|features| features.is_object() || features.is_array())
            .ok_or_else(|| GraphError::parameter("(#100) Param degrees_of_freedom_spec must hold creative_features_spec"))?;
        world.set(node, "degrees_of_freedom_spec", json!({"data": [{"creative_features_spec": [features]}]}));
        touched = true;
    }
    if !touched {
        return Err(GraphError::parameter("(#100) Invalid parameter: no setting of the account was given"));
    }
    // Meta's example answers the insights switch with the id as a bare number.
    Ok(if insights { json!({"id": world.id(node)}) } else { success() })
}

/// `POST /{phone}/register` and `/deregister`.
///
/// # Errors
/// Code 100 without the pin, 133015 for a number that is banned.
pub fn registration(world: &mut World, node: Node, on: bool, call: &Call) -> Result<Value, GraphError> {
    if on {
        let pin = call.params.text("pin").unwrap_or_default();
        if pin.len() != 6 || !pin.chars().all(|c| c.is_ascii_digit()) {
            return Err(GraphError::parameter("(#100) The parameter pin is required and must have six digits"));
        }
    }
    if world.text(node, "status").as_deref() == Some("BANNED") {
        return Err(GraphError::messaging(400, 133_010, "Phone number not registered", "The phone number is banned."));
    }
    world.set(node, "status", json!(if on { "CONNECTED" } else { "DISCONNECTED" }));
    Ok(success())
}

/// `POST /{business}/onboard_partners_to_mm_lite`: the partner's invitation.
///
/// # Errors
/// When the terms are signed, an invitation is out already, or there is nothing to onboard.
pub fn invite(world: &mut World, at: u32, call: &Call) -> Result<Value, GraphError> {
    if let Some(solution) = call.params.text("solution_id")
        && !solution.chars().all(|c| c.is_ascii_digit())
    {
        return Err(GraphError::parameter("Invalid parameter: solution_id must be a valid numeric string"));
    }
    let node = Node::Business(at);
    match world.terms(at).as_str() {
        "TERM_OF_SERVICE_SIGNED" => return Err(GraphError::parameter("(#100) Invalid recipient type")),
        "REQUEST_SENT" if world.holds(node, "_invited") => {
            return Err(GraphError::parameter("Your business has already sent this request and it is waiting for an answer")
                .method_exception());
        }
        "REQUEST_SENT" => {
            return Err(GraphError::new(400, 1_752_041, "(#1752041) Duplicate Request")
                .user("Duplicate Request", "A partner has already sent this request to the business."));
        }
        _ => {}
    }
    let eligible = world
        .owned_by(at)
        .any(|account| matches!(world.onboarding(account).as_str(), "ELIGIBLE" | "INELIGIBLE_ON_BEHALF_OF_WABA"));
    if !eligible {
        return Err(
            GraphError::parameter("No eligible WhatsApp Business Accounts found for MM Lite onboarding").method_exception()
        );
    }
    let today = super::clock::date(world.clock.now());
    world.set(node, "marketing_messages_onboarding_status", json!({"status": "REQUEST_SENT", "time": today}));
    world.set(node, "_invited", json!(true));
    let request = 900_000_000_000_000 + world.make() % 90_000_000_000_000;
    Ok(json!({"request_id": request.to_string()}))
}

/// `oauth/access_token`: exchanges a signup code for a business token, or app credentials for an app token.
///
/// # Errors
/// Code 101 for a wrong app, code 1 for a wrong secret, code 100 with subcodes for codes that are unknown, expired or used.
pub fn access_token(world: &mut World, call: &Call) -> Result<Reply, GraphError> {
    let text = |name: &str| call.params.text(name).map(|text| text.into_owned()).filter(|text| !text.is_empty());
    let app = text("client_id").ok_or_else(|| GraphError::new(400, 101, "Missing client_id parameter."))?;
    if app != world.app.to_string() {
        return Err(GraphError::new(
            400,
            101,
            "Error validating application. Cannot get application info due to a system error.",
        ));
    }
    let secret = text("client_secret").ok_or_else(|| GraphError::new(400, 1, "Missing client_secret parameter."))?;
    if secret != world.app_secret {
        return Err(GraphError::new(400, 1, "Error validating client secret."));
    }
    match text("grant_type").as_deref() {
        Some("client_credentials") => {
            return Ok(Reply::ok(json!({"access_token": format!("{}|{secret}", world.app), "token_type": "bearer"})));
        }
        Some("fb_exchange_token") => {
            let given = text("fb_exchange_token").unwrap_or_default();
            if !world.tokens.contains_key(&given) {
                return Err(GraphError::bad_token());
            }
            return Ok(Reply::ok(json!({"access_token": given, "token_type": "bearer"})));
        }
        _ => {}
    }
    let code = text("code").ok_or_else(|| GraphError::parameter("Missing authorization code"))?;
    let (now, life) = (world.clock.now(), world.settings.code_seconds);
    let entry = world.codes.get_mut(&code).ok_or_else(|| GraphError::parameter("Invalid verification code format."))?;
    if entry.used {
        return Err(GraphError::parameter("This authorization code has been used.").subcode(36_009));
    }
    if life == 0 || now - entry.issued > life {
        return Err(GraphError::parameter("This authorization code has expired.").subcode(36_007));
    }
    entry.used = true;
    let portfolio = entry.portfolio;
    let token = customer_token(world, portfolio);
    Ok(Reply::ok(json!({"access_token": token, "token_type": "bearer"})))
}

/// A token that sees one portfolio only, with a system user of its own.
fn customer_token(world: &mut World, portfolio: u32) -> String {
    let user = super::state::small(world.users.len());
    let wanted = 122_200_000_000_000_000 + world.make() % 1_000_000_000_000;
    let id = world.place(wanted, Node::User(user));
    world.users.push((id, "Business Integration System User".to_owned()));
    let token = format!("sandbox-business-{:016x}{:016x}", world.make(), world.make());
    let issued = world.clock.now();
    world.tokens.insert(token.clone(), Principal { user: Some(user), only: Some(portfolio), issued });
    token
}

/// A new signup code for a portfolio.
pub fn issue_code(world: &mut World, portfolio: u32) -> String {
    let code = format!("AQ{}", auth::sign(&world.app_secret.clone(), &world.make().to_be_bytes()));
    let issued = world.clock.now();
    world.codes.insert(code.clone(), super::state::Code { portfolio, issued, used: false });
    code
}
