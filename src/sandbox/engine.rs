//! One call from beginning to end: faults, rate limits, the handshake that some writes need, the Graph API, webhooks.
//! It must not know HTTP.

use std::sync::Arc;

use serde_json::Value;

use super::batch;
use super::call::{Call, Quirks, Reply};
use super::errors::GraphError;
use super::faults::FaultKind;
use super::graph::{self, Aftermath};
use super::log;
use super::server::Shared;
use super::state::{Node, World};
use super::subscribe;
use super::usage;
use super::webhooks;

/// Answers a call that came by itself; the faults that struck it are known.
pub async fn outer(shared: &Arc<Shared>, mut call: Call, struck: &[FaultKind]) -> Reply {
    if let Some(reply) = instead(shared, &call, struck) {
        note(shared, &call, reply.status);
        return reply;
    }
    call.quirks = quirks(struck);
    let mut reply = if batch::is_batch(&call) { batch::answer(shared, &call, struck).await } else { work(shared, &call).await };
    disguise(&mut reply, struck);
    note(shared, &call, reply.status);
    reply
}

/// Answers a call of a batch.
pub async fn inner(shared: &Arc<Shared>, mut call: Call) -> Reply {
    let struck = shared.faults.strike(&call.method, &call.path_text(), true);
    let mut reply = match instead(shared, &call, &struck) {
        Some(reply) => reply,
        None => {
            call.quirks = quirks(&struck);
            work(shared, &call).await
        }
    };
    disguise(&mut reply, &struck);
    note(shared, &call, reply.status);
    reply
}

fn note(shared: &Shared, call: &Call, status: u16) {
    let path: String = call.path_text().chars().take(200).collect();
    shared.log.asked(&log::endpoint(&call.method, &call.path), &path, status, call.batched);
}

async fn work(shared: &Arc<Shared>, call: &Call) -> Reply {
    let counted = shared.world(|world| shared.usage.count(world.clock.now(), counts_for(world, call)));
    let mut reply = match counted.refused {
        Some(error) => Reply::from(error),
        None => respond(shared, call).await.unwrap_or_else(Reply::from),
    };
    reply.headers.extend(counted.headers);
    reply
}

async fn respond(shared: &Arc<Shared>, call: &Call) -> Result<Reply, GraphError> {
    if let Some(reply) = shared.world(|world| graph::read(world, call))? {
        return Ok(reply);
    }
    if let Some((callback, token)) = shared.world(|world| subscribe::wanted(world, call))? {
        webhooks::handshake(&callback, &token).await.map_err(|reason| subscribe::unverified(&reason))?;
    }
    let mut after = Aftermath::default();
    let reply = shared.change(|world| graph::change(world, call, &mut after));
    webhooks::dispatch(shared, after.webhooks);
    reply
}

/// The account whose limit a call counts against, and whether the account has a registered number. Messages have limits
/// of their own.
fn counts_for(world: &World, call: &Call) -> Option<(u64, bool)> {
    if matches!(call.path.get(1).map(String::as_str), Some("messages" | "marketing_messages")) {
        return None;
    }
    let node = world.find(call.path.first()?)?;
    let account = match node {
        Node::Account(_) | Node::Number(_) => world.account_of(node)?,
        _ => return None,
    };
    let numbers = &world.account(account)?.numbers;
    let registered = numbers.iter().any(|number| {
        let status = world.text(Node::Number(*number), "status").unwrap_or_default();
        matches!(status.as_str(), "CONNECTED" | "FLAGGED" | "RATE_LIMITED" | "LINKED" | "RESTRICTED")
    });
    Some((world.id(Node::Account(account)), registered))
}

fn quirks(struck: &[FaultKind]) -> Quirks {
    let mut quirks = Quirks::default();
    for kind in struck {
        match kind {
            FaultKind::DropField(name) => quirks.dropped.push(name.clone()),
            FaultKind::Duplicate => quirks.duplicate = true,
            FaultKind::Endless => quirks.endless = true,
            FaultKind::Reduce(rows) => quirks.reduce = Some(*rows),
            _ => {}
        }
    }
    quirks
}

/// The answer that a fault puts in place of the real one.
fn instead(shared: &Shared, call: &Call, struck: &[FaultKind]) -> Option<Reply> {
    let found = struck.iter().find_map(|kind| match kind {
        FaultKind::Status(status) => Some(Reply::from(
            GraphError::new(*status, 2, "An unexpected error has occurred. Please retry your request later.").transient(),
        )),
        FaultKind::Token(subcode) => Some(Reply::from(token(*subcode))),
        FaultKind::Code(code) => {
            Some(Reply::from(GraphError::new(400, *code, format!("(#{code}) An error the sandbox was told to answer with"))))
        }
        FaultKind::Rate(minutes) => {
            let mut reply = Reply::from(usage::too_many());
            let id = call.path.first().and_then(|id| id.parse().ok()).unwrap_or_else(|| shared.world(|world| world.app));
            reply.headers.push(usage::header(id, 100, *minutes));
            Some(reply)
        }
        _ => None,
    })?;
    Some(found)
}

fn token(subcode: i64) -> GraphError {
    let error = match subcode {
        463 => GraphError::token("Error validating access token: Session has expired"),
        460 => GraphError::token(
            "Error validating access token: The session has been invalidated because the user changed their password",
        ),
        458 => GraphError::token("Error validating access token: The user has not authorized application"),
        467 => GraphError::token("The access token is invalid since the user has logged out"),
        _ => GraphError::token("Error validating access token"),
    };
    if subcode == 0 { error } else { error.subcode(subcode) }
}

/// Puts values nobody knows into an answer.
fn disguise(reply: &mut Reply, struck: &[FaultKind]) {
    for kind in struck {
        if let FaultKind::UnknownEnum { field, value } = kind {
            replace(&mut reply.body, field, value);
        }
    }
}

fn replace(body: &mut Value, field: &str, value: &str) {
    match body {
        Value::Array(items) => items.iter_mut().for_each(|item| replace(item, field, value)),
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    Value::String(text) if name == field => value.clone_into(text),
                    other => replace(other, field, value),
                }
            }
        }
        _ => {}
    }
}
