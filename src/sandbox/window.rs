//! The window of embedded signup that looks and talks like Meta's, and the stand-in for Meta's JavaScript SDK that opens it.
//! What accepting, leaving and reporting do is decided elsewhere.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use serde_json::{Value, json};

use super::control::{self, Request};
use super::page::{self, Texts};
use super::server::Shared;
use super::signup::{self, Ending};
use super::state::{Node, World, small};
use super::webhooks;
use crate::secrets;

const SDK: &str = include_str!("../../assets/sandbox/sdk.js");
const WINDOW: &str = include_str!("../../assets/sandbox/window.html");

/// Portfolios and accounts that are listed; a large fleet is cut short.
const SHOWN: usize = 40;

/// `GET /sandbox/sdk.js`.
pub fn sdk() -> Response<Body> {
    let mut response = Response::new(Body::from(SDK));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/javascript; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // Any page may load it, as any page may load Meta's.
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert("x-wabadeck-sandbox", HeaderValue::from_static("1"));
    response
}

/// `GET /sandbox/window` shows the window, `POST` carries out what was pressed in it and answers with the session event.
pub fn answer(shared: &Arc<Shared>, request: &Request<'_>) -> Response<Body> {
    let text = |name: &str| request.params.text(name).map(|text| text.into_owned()).unwrap_or_default();
    if request.method != "POST" {
        return show(shared, request);
    }
    let portfolio = shared.world(|world| match world.find(&text("business_id")) {
        Some(Node::Business(at)) => Some(at),
        _ => None,
    });
    let Some(portfolio) = portfolio else {
        return json_body(StatusCode::BAD_REQUEST, &json!({ "error": "There is no such portfolio." }));
    };
    let (ending, business, now) = press(shared, portfolio, &text("action"));
    json_body(StatusCode::OK, &event(&ending, &business, &text("step"), &text("session"), now))
}

/// Carries out what was pressed: how it ended, the portfolio's id, and when. What changed is sent to whoever subscribed.
pub(super) fn press(shared: &Arc<Shared>, portfolio: u32, action: &str) -> (Ending, String, i64) {
    let mut notices = Vec::new();
    let pressed = shared.change(|world| {
        let ending = match action {
            "accept" => signup::accept(world, portfolio, &mut notices),
            "report" => signup::report(world),
            _ => Ending::Cancel,
        };
        (ending, world.id(Node::Business(portfolio)).to_string(), world.clock.now())
    });
    webhooks::dispatch(shared, notices);
    pressed
}

/// The session event as Meta sends it, and the code for the callback of `FB.login`.
fn event(ending: &Ending, business: &str, step: &str, session: &str, now: i64) -> Value {
    match ending {
        Ending::Finish { code, accounts } => json!({
            "event": "FINISH", "code": code,
            "data": { "business_id": business, "waba_id": accounts.first(), "waba_ids": accounts },
        }),
        Ending::Cancel => json!({ "event": "CANCEL", "data": { "current_step": step, "session_id": session } }),
        Ending::Error { message, code, .. } => json!({
            // Meta tells of an error that the person reported with this event, too.
            "event": if *code == signup::REPORTED { "CANCEL" } else { "ERROR" },
            "data": {
                "error_message": message, "error_code": code.to_string(), "session_id": session, "timestamp": now.to_string(),
                "current_step": step,
            },
        }),
    }
}

fn show(shared: &Arc<Shared>, request: &Request<'_>) -> Response<Body> {
    let text = |name: &str| request.params.text(name).map(|text| text.into_owned()).unwrap_or_default();
    let texts = Texts::choose(Some(text("lang").as_str()), request.languages);
    if text("app_id") != shared.world(|world| world.app.to_string()) {
        return control::html(StatusCode::BAD_REQUEST, page::refusal(&texts, "window_no_app"), None);
    }
    let session = shared.change(|world| format!("{:016x}{:016x}", world.make(), world.make()));
    let mut shown = shared.world(|world| world_of(world, &text("business_id")));
    if let Some(members) = shown.as_object_mut() {
        members.insert("texts".into(), texts.all().clone());
        members.insert("session".into(), json!(session));
        members.insert("origin".into(), json!(origin(&text("origin"))));
        members.insert("channel".into(), json!(text("channel")));
    }
    let Some(nonce) = secrets::one_time() else {
        return control::html(StatusCode::INTERNAL_SERVER_ERROR, String::new(), None);
    };
    let page = texts.fill(WINDOW).replace("{{nonce}}", &nonce).replace("{{world}}", &shown.to_string().replace('<', "\\u003c"));
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; connect-src 'self'; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'none'"
    );
    control::html(StatusCode::OK, page, Some(&policy))
}

/// The page that opened the window, so that nobody else hears what is told; nothing where it is no origin.
fn origin(text: &str) -> Option<String> {
    let url = url::Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    Some(url.origin().ascii_serialization())
}

/// The portfolios to choose from, the wanted one among them and chosen, or the first that has something to turn on.
fn world_of(world: &World, wanted: &str) -> Value {
    let wanted = match world.find(wanted) {
        Some(Node::Business(at)) => Some(at),
        _ => (0..small(world.portfolios.len())).find(|at| !signup::covered(world, *at).is_empty()),
    };
    let mut listed: Vec<u32> = (0..small(world.portfolios.len())).take(SHOWN).collect();
    if let Some(wanted) = wanted.filter(|wanted| !listed.contains(wanted)) {
        listed.insert(0, wanted);
    }
    let chosen = listed.iter().position(|at| Some(*at) == wanted).unwrap_or(0);
    let portfolios: Vec<Value> = listed.into_iter().map(|at| portfolio(world, at)).collect();
    json!({ "portfolios": portfolios, "chosen": chosen })
}

fn portfolio(world: &World, at: u32) -> Value {
    let node = Node::Business(at);
    let covered = signup::covered(world, at);
    let owned: Vec<u32> = world.owned_by(at).collect();
    let signed = (world.terms(at) == "TERM_OF_SERVICE_SIGNED")
        .then(|| world.fact(node, "marketing_messages_onboarding_status"))
        .flatten()
        .and_then(|state| state.get("time").cloned());
    let account = |account: &u32| {
        json!({
            "id": world.id(Node::Account(*account)).to_string(), "name": world.text(Node::Account(*account), "name"),
            "status": world.onboarding(*account), "covered": covered.contains(account),
        })
    };
    json!({
        "id": world.id(node).to_string(), "name": world.text(node, "name"), "signed": signed, "covered": covered.len(),
        "restricted": signup::restricted(world, at), "outcome": signup::expected(world, at).word(),
        "accounts": owned.iter().take(SHOWN).map(account).collect::<Vec<_>>(), "hidden": owned.len().saturating_sub(SHOWN),
    })
}

fn json_body(status: StatusCode, body: &Value) -> Response<Body> {
    let mut response = Response::new(Body::from(body.to_string()));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
