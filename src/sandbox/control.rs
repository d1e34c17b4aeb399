//! The sandbox's own endpoints under `/sandbox`: what it is, how it behaves, what it was asked, and the signup window.
//! They need no token; the sandbox listens on loopback only. It must not play Meta: that is the Graph API's part.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use serde_json::{Value, json};

use super::call::{LATEST, Reply};
use super::delivery;
use super::errors::GraphError;
use super::faults::Fault;
use super::live;
use super::media;
use super::nodes::{self, Slot};
use super::page::{self, Texts};
use super::params::Params;
use super::sends;
use super::server::{Shared, json_response};
use super::signup;
use super::state::{Node, World};
use super::webhooks::{self, Notice};
use super::window;

/// A request to one of these endpoints.
pub struct Request<'a> {
    /// Method.
    pub method: &'a str,
    /// Path segments behind `/sandbox`.
    pub path: Vec<String>,
    /// Parameters of query and body.
    pub params: Params,
    /// The raw body, for texts.
    pub body: &'a [u8],
    /// `Accept-Language`.
    pub languages: &'a str,
    /// The token in the header, where there is one.
    pub bearer: Option<String>,
}

/// Answers it.
pub fn answer(shared: &Arc<Shared>, request: &Request<'_>) -> Response<Body> {
    let path: Vec<&str> = request.path.iter().map(String::as_str).collect();
    match path.as_slice() {
        ["signup"] => return signup_page(shared, request),
        ["sdk.js"] => return window::sdk(),
        ["window"] => return window::answer(shared, request),
        ["media", path @ ..] => {
            let known = |token: &String| shared.world(|world| world.tokens.contains_key(token));
            let may_read = request.bearer.as_ref().is_some_and(known);
            if let (["uploaded", id], "GET" | "HEAD", true) = (path, request.method, may_read)
                && let Some((kind, bytes)) = shared.world(|world| world.uploads.file(id))
            {
                return media::file(&kind, bytes);
            }
            return media::answer(request.method, path, may_read);
        }
        _ => {}
    }
    let reply = match (request.method, path.as_slice()) {
        ("GET", []) => Ok(about(shared)),
        ("POST", ["upgrade"]) => upgrade(shared, &request.params),
        ("GET", ["faults"]) => Ok(json!({"faults": shared.faults.told()})),
        ("POST", ["faults"]) => arm(shared, request),
        ("DELETE", ["faults"]) => Ok(json!({"removed": shared.faults.disarm(None)})),
        ("DELETE", ["faults", id]) => match id.parse() {
            Ok(id) => Ok(json!({"removed": shared.faults.disarm(Some(id))})),
            Err(_) => Err(wrong("a fault is removed by its number")),
        },
        ("POST", ["accounts" | "objects", id]) => merge(shared, id, &request.params),
        ("GET", ["requests"]) => Ok(shared.log.told()),
        ("GET", ["messages"]) => Ok(json!({"messages": shared.world(World::told_messages)})),
        ("GET", ["live"]) => Ok(json!({"changes": live::Change::ALL.map(live::Change::word)})),
        ("POST", ["live"]) => happen(shared, &request.params),
        ("POST", ["inbound"]) => inbound(shared, &request.params),
        ("POST", ["clock"]) => advance(shared, &request.params),
        ("POST", ["reset"]) => match shared.reset() {
            Ok(()) => Ok(json!({"success": true})),
            Err(error) => Err(wrong(&error.to_string())),
        },
        _ => Err(GraphError::new(404, 100, format!("There is no {} /sandbox/{}", request.method, path.join("/")))),
    };
    json_response(reply.map(Reply::ok).unwrap_or_else(Reply::from), LATEST, false)
}

fn wrong(why: &str) -> GraphError {
    GraphError::parameter(why)
}

fn about(shared: &Shared) -> Value {
    shared.world(|world| {
        json!({
            "name": "wabadeck sandbox",
            "version": env!("CARGO_PKG_VERSION"),
            "graph_url": shared.url,
            "app_id": world.app.to_string(),
            "seed": world.seed,
            "portfolios": world.portfolios.len(),
            "accounts": world.accounts.len(),
            "phone_numbers": world.numbers.len(),
            "templates": world.templates.len(),
            "upgrade": world.settings.outcome.word(),
            "setup_seconds": world.settings.setup_seconds,
            "code_seconds": world.settings.code_seconds,
            "window_milliseconds": world.settings.window_milliseconds,
            "faults": shared.faults.told(),
            "time": world.clock.now(),
            "endpoints": [
                "GET /sandbox", "POST /sandbox/upgrade", "GET|POST|DELETE /sandbox/faults", "POST /sandbox/accounts/{waba}",
                "POST /sandbox/objects/{id}", "GET /sandbox/requests", "GET /sandbox/messages", "POST /sandbox/inbound",
                "GET|POST /sandbox/live",
                "POST /sandbox/clock", "POST /sandbox/reset", "GET /sandbox/media/{name}", "GET /sandbox/signup", "GET /sandbox/sdk.js", "GET /sandbox/window",
            ],
        })
    })
}

fn upgrade(shared: &Shared, params: &Params) -> Result<Value, GraphError> {
    let outcome = params
        .text("outcome")
        .map(|text| text.parse::<super::UpgradeOutcome>().map_err(|error| wrong(&error.to_string())))
        .transpose()?;
    let number = |name: &str| {
        params.text(name).map(|text| text.parse::<i64>().map_err(|_| wrong(&format!("{name} must be a number")))).transpose()
    };
    let setup = number("setup_seconds")?;
    let (code, pause) = (number("code_seconds")?, number("window_milliseconds")?);
    if outcome.is_none() && [setup, code, pause].iter().all(Option::is_none) {
        return Err(wrong("outcome must be succeed, fail, restricted or payment"));
    }
    Ok(shared.change(|world| {
        let settings = &mut world.settings;
        settings.outcome = outcome.unwrap_or(settings.outcome);
        settings.setup_seconds = setup.unwrap_or(settings.setup_seconds).clamp(0, 86_400);
        settings.code_seconds = code.unwrap_or(settings.code_seconds).clamp(0, 86_400);
        settings.window_milliseconds = pause.unwrap_or(settings.window_milliseconds).clamp(0, 60_000);
        json!({
            "outcome": settings.outcome.word(), "setup_seconds": settings.setup_seconds, "code_seconds": settings.code_seconds,
            "window_milliseconds": settings.window_milliseconds,
        })
    }))
}

fn arm(shared: &Shared, request: &Request<'_>) -> Result<Value, GraphError> {
    let mut texts = request.params.value("faults").map(each).unwrap_or_default();
    texts.extend(request.params.text("fault").map(|text| text.into_owned()));
    if texts.is_empty() {
        texts.extend(std::str::from_utf8(request.body).ok().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned));
    }
    if texts.is_empty() {
        return Err(wrong("write {\"fault\":\"status=503,path=phone_numbers\"}"));
    }
    let faults: Result<Vec<Fault>, _> = texts.iter().map(|text| text.parse()).collect();
    let faults = faults.map_err(|error| wrong(&error.to_string()))?;
    let ids: Vec<u64> = faults.into_iter().map(|fault| shared.faults.arm(fault)).collect();
    Ok(json!({"ids": ids}))
}

/// The texts of a list; unlike elsewhere a comma is part of a text.
fn each(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        Value::String(text) => vec![text.clone()],
        _ => Vec::new(),
    }
}

/// Merges facts into an object; `null` takes a fact away. Setting an account's onboarding status to the restricted one
/// restricts it, setting it to another lifts the restriction; subscribers are told of both.
fn merge(shared: &Arc<Shared>, id: &str, params: &Params) -> Result<Value, GraphError> {
    let mut notices = Vec::new();
    let merged = shared.change(|world| {
        let node = world.find(id).ok_or_else(|| GraphError::unknown_object("POST", id))?;
        let before = restricted(world, node);
        for (name, value) in params.entries() {
            let own = match name.as_str() {
                "restriction" => Some("_restriction"),
                "limited" => Some("_limited"),
                "health_status" => Some("_health_status"),
                "onboarded_at" => Some("_onboarded_at"),
                "synced_from" => Some("_synced_from"),
                _ => None,
            };
            if own.is_none() && (name == "id" || nodes::slot(node, name, LATEST) != Slot::Field) {
                return Err(GraphError::unknown_field(name, nodes::type_name(node)));
            }
            let value = match value {
                Value::String(text) => params.json(name).unwrap_or_else(|| json!(text)),
                other => other.clone(),
            };
            world.set(node, own.unwrap_or(name), value);
        }
        if let Node::Account(at) = node {
            match (before, restricted(world, node)) {
                (false, true) => signup::restrict(world, at, &mut notices),
                (true, false) => signup::reinstate(world, at, &mut notices),
                _ => {}
            }
        }
        Ok(json!({"success": true, "id": id}))
    })?;
    webhooks::dispatch(shared, notices);
    Ok(merged)
}

fn restricted(world: &World, node: Node) -> bool {
    matches!(node, Node::Account(at) if world.onboarding(at) == "INELIGIBLE_INACTIVE_OR_RESTRICTED")
}

/// Makes something happen to an object, or to any that suits.
fn happen(shared: &Arc<Shared>, params: &Params) -> Result<Value, GraphError> {
    let change = params.text("change").unwrap_or_default().parse::<live::Change>().map_err(|error| wrong(&error))?;
    let id = params.text("id").filter(|id| !id.is_empty());
    let happened =
        live::happen(shared, change, id.as_deref(), live::usual_length()).map_err(|error| wrong(&error.to_string()))?;
    Ok(json!({"success": true, "change": change.word(), "id": happened.id, "name": happened.name, "told": happened.told}))
}

/// Somebody writes to a number: opens the service window and tells the subscribers.
fn inbound(shared: &Arc<Shared>, params: &Params) -> Result<Value, GraphError> {
    let required = |name: &str| params.text(name).ok_or_else(|| wrong(&format!("{name} is required")));
    let (phone, from) = (required("phone_number_id")?, required("from")?);
    let writer: String = from.chars().filter(char::is_ascii_digit).collect();
    let text = params.text("text").map_or_else(|| "Hello".to_owned(), |text| text.into_owned());
    let notice = shared.change(|world| {
        let node = world.find(&phone).filter(|node| matches!(node, Node::Number(_)));
        let node = node.ok_or_else(|| GraphError::unknown_object("POST", &phone))?;
        world.open_window(node, &writer);
        let account = world.owner(node).unwrap_or_default();
        let shown = world.text(node, "display_phone_number").unwrap_or_default();
        let digits: String = shown.chars().filter(char::is_ascii_digit).collect();
        let user = delivery::scoped_id(world, account, &writer);
        let message = json!({
            "from": writer, "from_user_id": user, "id": sends::message_id(world, &writer), "timestamp": world.clock.now().to_string(),
            "type": "text", "text": {"body": text},
        });
        let body = json!({"object": "whatsapp_business_account", "entry": [{
            "id": world.id(Node::Account(account)).to_string(),
            "changes": [{"field": "messages", "value": {
                "messaging_product": "whatsapp",
                "metadata": {"display_phone_number": digits, "phone_number_id": phone},
                "contacts": [{"profile": {"name": "Sandbox customer"}, "wa_id": writer, "user_id": user}],
                "messages": [message],
            }}],
        }]});
        Ok::<_, GraphError>(Notice { targets: webhooks::targets(world, account), steps: vec![(std::time::Duration::ZERO, body)] })
    })?;
    let told = !notice.targets.is_empty();
    webhooks::dispatch(shared, vec![notice]);
    Ok(json!({"success": true, "webhook": told}))
}

fn advance(shared: &Shared, params: &Params) -> Result<Value, GraphError> {
    let seconds = params.text("advance_seconds").and_then(|text| text.parse().ok());
    let seconds = seconds.ok_or_else(|| wrong("advance_seconds must be a number"))?;
    Ok(shared.world(|world| {
        world.clock.advance(seconds);
        json!({"time": world.clock.now()})
    }))
}

/// The page that stands in for WhatsApp Manager: shows it, or carries out what was pressed and sends the browser back.
fn signup_page(shared: &Arc<Shared>, request: &Request<'_>) -> Response<Body> {
    let text = |name: &str| request.params.text(name).map(|text| text.into_owned()).unwrap_or_default();
    let texts = Texts::choose(Some(text("lang").as_str()), request.languages);
    let portfolio = shared.world(|world| match text("business_id") {
        id if id.is_empty() => {
            (0_u32..).zip(&world.portfolios).map(|(at, _)| at).find(|at| !signup::covered(world, *at).is_empty())
        }
        id => match world.find(&id) {
            Some(Node::Business(at)) => Some(at),
            _ => None,
        },
    });
    let Some(portfolio) = portfolio else {
        return html(StatusCode::NOT_FOUND, page::refusal(&texts, "unknown"), None);
    };
    let address = text("redirect_uri");
    let redirect = match address.as_str() {
        "" => None,
        address => match signup::redirect(address) {
            Ok(url) => Some(url),
            Err(_) => return html(StatusCode::BAD_REQUEST, page::refusal(&texts, "bad_redirect"), None),
        },
    };
    if request.method != "POST" {
        return html(StatusCode::OK, shared.world(|world| page::ask(world, portfolio, &texts, &text("state"), &address)), None);
    }
    let (ending, business, now) = window::press(shared, portfolio, &text("action"));
    let Some(redirect) = redirect else {
        return html(StatusCode::OK, page::end(&texts, &ending), None);
    };
    let state = request.params.text("state").filter(|state| !state.is_empty());
    let target = signup::returned(redirect, state.as_deref(), &business, &ending, now);
    let mut response = html(StatusCode::SEE_OTHER, page::end(&texts, &ending), None);
    if let Ok(value) = HeaderValue::from_str(target.as_str()) {
        response.headers_mut().insert(header::LOCATION, value);
    }
    response
}

/// A page, with a policy of its own or the one for pages without scripts.
pub(super) fn html(status: StatusCode, page: String, policy: Option<&str>) -> Response<Body> {
    let mut response = Response::new(Body::from(page));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    let policy = policy.and_then(|policy| HeaderValue::from_str(policy).ok());
    let plain = || HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'");
    headers.insert(header::CONTENT_SECURITY_POLICY, policy.unwrap_or_else(plain));
    headers.insert("x-wabadeck-sandbox", HeaderValue::from_static("1"));
    response
}
