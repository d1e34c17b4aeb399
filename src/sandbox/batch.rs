//! Batches: up to 50 calls in one, answered in order, each body a JSON string.
//! It must not answer a call itself.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::auth;
use super::call::{Call, Reply};
use super::engine;
use super::errors::GraphError;
use super::faults::FaultKind;
use super::params::Params;
use super::server::Shared;

/// Most calls of a batch.
const MOST: usize = 50;

/// Whether a call is a batch.
pub fn is_batch(call: &Call) -> bool {
    call.path.is_empty() && call.method == "POST" && call.params.has("batch")
}

/// Answers a batch. The batch itself fails only for its own faults, never for those of its calls.
pub async fn answer(shared: &Arc<Shared>, call: &Call, struck: &[FaultKind]) -> Reply {
    let items = match items(shared, call) {
        Ok(items) => items,
        Err(error) => return error.into(),
    };
    let headers = call.params.truth("include_headers").ok().flatten().unwrap_or(true);
    let mut answers = Vec::with_capacity(items.len());
    for (at, item) in items.iter().enumerate() {
        let lost = struck.iter().any(|kind| matches!(kind, FaultKind::BatchNull(which) if which.is_none_or(|which| which == at)));
        if lost {
            answers.push(Value::Null);
            continue;
        }
        let reply = match inner(call, item) {
            Ok(inner) => engine::inner(shared, inner).await,
            Err(error) => error.into(),
        };
        answers.push(written(&reply, headers));
    }
    Reply::ok(Value::Array(answers))
}

fn items(shared: &Shared, call: &Call) -> Result<Vec<Value>, GraphError> {
    shared.world(|world| auth::principal(world, call))?;
    let Some(Value::Array(items)) = call.params.json("batch") else {
        return Err(GraphError::parameter("(#100) The parameter batch must be a JSON array"));
    };
    if items.is_empty() {
        return Err(GraphError::parameter("(#100) The batch is empty"));
    }
    if items.len() > MOST {
        return Err(GraphError::parameter(format!("(#100) Too many requests in batch message. Maximum batch size is {MOST}")));
    }
    Ok(items)
}

fn inner(outer: &Call, item: &Value) -> Result<Call, GraphError> {
    let text = |name: &str| item.get(name).and_then(Value::as_str);
    let address = text("relative_url").ok_or_else(|| GraphError::parameter("(#100) An item of the batch has no relative_url"))?;
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let mut params = Params::default();
    params.add_encoded(query.as_bytes());
    match item.get("body") {
        Some(Value::String(body)) if body.trim_start().starts_with('{') => params.add_json(body.as_bytes())?,
        Some(Value::String(body)) => params.add_encoded(body.as_bytes()),
        Some(Value::Object(members)) => params.add_json(Value::Object(members.clone()).to_string().as_bytes())?,
        _ => {}
    }
    let proof =
        (!params.has("access_token") && !params.has("appsecret_proof")).then(|| outer.params.text("appsecret_proof")).flatten();
    if let Some(proof) = proof {
        params.set("appsecret_proof", &proof);
    }
    let method = text("method").unwrap_or("GET");
    let mut call = Call::new(method, path, params, None, outer.origin.clone());
    call.batched = true;
    if call.version.is_none() {
        call.version = outer.version;
    }
    if call.token.is_none() {
        call.token.clone_from(&outer.token);
    }
    if batch_in_batch(&call) {
        return Err(GraphError::parameter("(#100) A batch cannot hold a batch"));
    }
    Ok(call)
}

fn batch_in_batch(call: &Call) -> bool {
    is_batch(call)
}

fn written(reply: &Reply, headers: bool) -> Value {
    let mut answer = Map::new();
    answer.insert("code".into(), json!(reply.status));
    if headers {
        let mut lines = vec![json!({"name": "Content-Type", "value": "application/json; charset=UTF-8"})];
        lines.extend(reply.headers.iter().map(|(name, value)| json!({"name": name, "value": value})));
        answer.insert("headers".into(), Value::Array(lines));
    }
    answer.insert("body".into(), json!(reply.body.to_string()));
    Value::Object(answer)
}
