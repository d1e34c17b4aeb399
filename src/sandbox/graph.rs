//! The Graph API itself: from a call to its answer. Reads take the world as it is, writes change it.
//! It must not know HTTP; faults and usage are laid around it.

use serde_json::{Value, json};

use super::auth;
use super::call::{Call, Reply};
use super::compose;
use super::errors::GraphError;
use super::media;
use super::nodes;
use super::select::Reader;
use super::sends;
use super::state::{Node, Principal, World};
use super::subscribe;
use super::uploads;
use super::webhooks::Notice;
use super::write;

/// The object a call is about, once the caller is known.
///
/// # Errors
/// 803 for an alias, 100/33 for an object that does not exist or is not the caller's to see.
pub fn target(world: &World, principal: &Principal, call: &Call, id: &str) -> Result<Node, GraphError> {
    if id == "me" {
        return match principal.user {
            Some(user) => Ok(Node::User(user)),
            None => Err(GraphError::new(
                400,
                2500,
                "An active access token must be used to query information about the current user.",
            )),
        };
    }
    if id == "app" {
        return Ok(Node::App);
    }
    if !id.chars().all(|c| c.is_ascii_digit()) {
        let shown: String = id.chars().take(80).collect();
        return Err(GraphError::new(404, 803, format!("(#803) Some of the aliases you requested do not exist: {shown}")));
    }
    match world.find(id).filter(|node| world.may_see(principal, *node)) {
        Some(node) => Ok(node),
        None => Err(GraphError::unknown_object(&call.method, id)),
    }
}

/// Answers a read. `None` means that the call is a write.
///
/// # Errors
/// Whatever Graph would answer instead.
pub fn read(world: &World, call: &Call) -> Result<Option<Reply>, GraphError> {
    if matches!(call.path.first().map(String::as_str), Some("oauth")) {
        return match call.path.get(1).map(String::as_str) {
            Some("access_token") if call.path.len() == 2 => Ok(None),
            _ => Err(GraphError::unknown_path(&call.path_text())),
        };
    }
    let principal = auth::principal(world, call)?;
    gone(call)?;
    if !matches!(call.method.as_str(), "GET" | "HEAD" | "POST" | "DELETE") {
        return Err(GraphError::parameter(format!(
            "Unsupported {} request. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api",
            call.method.to_ascii_lowercase()
        ))
        .method_exception());
    }
    let reading = matches!(call.method.as_str(), "GET" | "HEAD");
    let mut path = call.path.iter().map(String::as_str);
    let (first, second, third) = (path.next(), path.next(), path.next());
    let Some(first) = first else {
        return Err(GraphError::parameter(format!(
            "Unsupported {} request. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api",
            call.method.to_ascii_lowercase()
        ))
        .method_exception());
    };
    if let Some(third) = third {
        return Err(GraphError::unknown_path(third));
    }
    if first == "debug_token" {
        return match second {
            None => auth::debug(world, call).map(|body| Some(Reply::ok(body))),
            Some(second) => Err(GraphError::unknown_path(second)),
        };
    }
    if let Some(file) = media::uploaded(first, &world.media).filter(|_| reading && second.is_none()) {
        return Ok(Some(Reply::ok(file)));
    }
    if second.is_none()
        && let Some(file) = world.uploads.told(first, &world.media)
    {
        return Ok(reading.then(|| Reply::ok(file)));
    }
    let node = target(world, &principal, call, first)?;
    if !reading {
        return Ok(None);
    }
    let reader = Reader::new(world, call, &principal);
    let body = match second {
        None => reader.node(node)?,
        Some(edge) => reader.edge(node, edge)?,
    };
    Ok(Some(Reply::ok(body)))
}

/// What version 26.0 took away and the sandbox refuses for every version.
fn gone(call: &Call) -> Result<(), GraphError> {
    if call.params.has("ids") {
        return Err(GraphError::parameter(
            "(#100) Requesting several objects with the ids parameter is no longer supported. Use a batch request.",
        ));
    }
    if call.params.has("date_format") {
        return Err(GraphError::parameter("(#100) The date_format parameter is no longer supported"));
    }
    Ok(())
}

/// What a write wants done outside the world once it is released.
#[derive(Debug, Default)]
pub struct Aftermath {
    /// Webhooks to send.
    pub webhooks: Vec<Notice>,
}

/// Carries out a write.
///
/// # Errors
/// Whatever Graph would answer instead.
pub fn change(world: &mut World, call: &Call, after: &mut Aftermath) -> Result<Reply, GraphError> {
    if call.path.first().map(String::as_str) == Some("oauth") {
        return write::access_token(world, call);
    }
    let principal = auth::principal(world, call)?;
    if let ("DELETE", [file]) = (call.method.as_str(), call.path.as_slice())
        && world.uploads.told(file, "").is_some()
    {
        return uploads::remove(world, file).map(Reply::ok);
    }
    let (first, second) = (call.path.first().map(String::as_str), call.path.get(1).map(String::as_str));
    let node = target(world, &principal, call, first.unwrap_or(""))?;
    let unsupported = || GraphError::unknown_object(&call.method, first.unwrap_or(""));
    match (call.method.as_str(), node, second) {
        ("POST", Node::Account(at), None) => write::account(world, at, call).map(Reply::ok),
        ("POST", Node::Account(at), Some("message_templates")) => compose::create(world, at, call).map(Reply::ok),
        ("DELETE", Node::Account(at), Some("message_templates")) => compose::delete(world, at, call).map(Reply::ok),
        ("POST", Node::Account(at), Some("subscribed_apps")) => subscribe::add(world, at, call, after).map(Reply::ok),
        ("DELETE", Node::Account(at), Some("subscribed_apps")) => subscribe::remove(world, at).map(Reply::ok),
        ("POST" | "DELETE", Node::App, Some("subscriptions")) => subscribe::app(world, call).map(Reply::ok),
        ("POST", Node::Number(_), Some("messages" | "marketing_messages")) => {
            sends::send(world, node, second == Some("marketing_messages"), call, after).map(Reply::ok)
        }
        ("POST", Node::Number(_), Some("media")) => uploads::add(world, call).map(Reply::ok),
        ("POST", Node::Business(at), Some("onboard_partners_to_mm_lite")) => write::invite(world, at, call).map(Reply::ok),
        ("POST", Node::Number(_), Some("register" | "deregister")) => {
            write::registration(world, node, second == Some("register"), call).map(Reply::ok)
        }
        ("POST", Node::Template(_), None) => compose::edit(world, node, call).map(Reply::ok),
        (_, _, Some(edge)) if call.method == "DELETE" && nodes::slot(node, edge, call.served()) == nodes::Slot::Unknown => {
            Err(unsupported())
        }
        _ => Err(unsupported()),
    }
}

/// The answer `{"success":true}`.
pub fn success() -> Value {
    json!({"success": true})
}
