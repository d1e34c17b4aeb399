//! Webhooks: signed, sent to loopback addresses only, tried again a few times, and logged.
//! It must not decide what is worth a webhook.
//!
//! Bodies are written as Meta writes them, with `\uXXXX` for everything outside ASCII and `\/` for slashes, so that a
//! receiver that signs a re-serialised body instead of the raw bytes is found out.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::http::{Method, Request, header};
use http_body_util::{BodyExt, Full, Limited};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use url::{Host, Url};

use super::auth;
use super::server::Shared;
use super::state::{Node, World};

/// Pauses before the second, third, … try.
const PAUSES: [Duration; 4] =
    [Duration::from_millis(100), Duration::from_millis(400), Duration::from_secs(2), Duration::from_secs(6)];
/// Longest time for one try.
const TIMEOUT: Duration = Duration::from_secs(10);
/// Largest answer that is read.
const LARGEST: usize = 64 * 1024;

/// Webhooks to send one after the other, each after a pause.
#[derive(Debug, Clone)]
pub struct Notice {
    /// Addresses that get them.
    pub targets: Vec<String>,
    /// Pauses and bodies.
    pub steps: Vec<(Duration, Value)>,
}

/// Where the webhooks of an account go: its own callback, else the app's.
pub fn targets(world: &World, account: u32) -> Vec<String> {
    let subscriptions = world.account(account).map(|account| account.subscriptions.as_slice()).unwrap_or_default();
    let mut targets: Vec<String> = subscriptions
        .iter()
        .filter_map(|subscription| subscription.callback.clone().or_else(|| world.app_callback.clone()))
        .collect();
    targets.dedup();
    targets
}

/// An `account_update` about an account, for everybody who gets its webhooks.
pub fn account_update(world: &World, account: u32, value: Value) -> Option<Notice> {
    notice(world, account, "account_update", value)
}

/// A change of a field of an account, for everybody who gets its webhooks.
pub fn notice(world: &World, account: u32, field: &str, value: Value) -> Option<Notice> {
    let targets = targets(world, account);
    if targets.is_empty() {
        return None;
    }
    let shared_with = world.account(account).and_then(|account| account.client_of.first().copied());
    // Events about a customer's account are directed at the partner: the entry then names the partner.
    let entry = match (shared_with, value.get("waba_info")) {
        (Some(partner), Some(_)) => world.id(Node::Business(partner)),
        _ => world.id(Node::Account(account)),
    };
    let body = json!({
        "object": "whatsapp_business_account",
        "entry": [{
            "id": entry.to_string(),
            "time": world.clock.now(),
            "changes": [{"field": field, "value": value}],
        }],
    });
    Some(Notice { targets, steps: vec![(Duration::ZERO, body)] })
}

/// The value of `ACCOUNT_RESTRICTION` for an account that is restricted.
pub fn restriction(world: &World, account: u32) -> Value {
    let facts = world.fact(Node::Account(account), "_restriction").unwrap_or_default();
    let kind = facts.get("restriction_type").and_then(Value::as_str).unwrap_or("RESTRICTED_BIZ_INITIATED_MESSAGING");
    let mut info = json!({"restriction_type": kind});
    if let (Some(info), Some(expiration)) = (info.as_object_mut(), facts.get("expiration")) {
        info.insert("expiration".into(), expiration.clone());
    }
    json!({"event": "ACCOUNT_RESTRICTION", "restriction_info": [info]})
}

/// The value of `MM_LITE_TERMS_SIGNED` for an account.
pub fn terms_signed(world: &World, account: u32) -> Value {
    let owner = world.owner(Node::Account(account)).map_or(0, |portfolio| world.id(Node::Business(portfolio)));
    json!({
        "event": "MM_LITE_TERMS_SIGNED",
        "waba_info": {"waba_id": world.id(Node::Account(account)).to_string(), "owner_business_id": owner.to_string()},
    })
}

/// Sends webhooks in the background.
pub fn dispatch(shared: &Arc<Shared>, notices: Vec<Notice>) {
    for notice in notices {
        let shared = Arc::clone(shared);
        tokio::spawn(async move {
            let stop = shared.stop.clone();
            tokio::select! {
                () = stop.cancelled() => {}
                () = run(shared, notice) => {}
            }
        });
    }
}

async fn run(shared: Arc<Shared>, notice: Notice) {
    let secret = shared.world(|world| world.app_secret.clone());
    for (pause, body) in notice.steps {
        if !pause.is_zero() {
            tokio::time::sleep(pause).await;
        }
        let bytes = written(&body);
        let signature = format!("sha256={}", auth::sign(&secret, &bytes));
        for target in &notice.targets {
            let outcome = deliver(target, &bytes, &signature).await;
            shared.log.delivered(target, &body, &outcome);
        }
    }
}

async fn deliver(target: &str, body: &Bytes, signature: &str) -> Result<u16, String> {
    let mut outcome = Err("not tried".to_owned());
    for pause in std::iter::once(Duration::ZERO).chain(PAUSES) {
        if !pause.is_zero() {
            tokio::time::sleep(pause).await;
        }
        let sent = request(Method::POST, target, body.clone(), &[("x-hub-signature-256", signature)]).await;
        outcome = sent.map(|(status, _)| status);
        if outcome.as_ref().is_ok_and(|status| (200..300).contains(status)) {
            break;
        }
    }
    outcome
}

/// The bytes of a webhook, escaped as Meta does.
pub fn written(body: &Value) -> Bytes {
    let plain = body.to_string();
    let mut escaped = String::with_capacity(plain.len() + 32);
    for c in plain.chars() {
        match c {
            '/' => escaped.push_str("\\/"),
            c if c.is_ascii() => escaped.push(c),
            c => {
                let mut units = [0_u16; 2];
                for unit in c.encode_utf16(&mut units) {
                    escaped.push_str(&format!("\\u{unit:04x}"));
                }
            }
        }
    }
    Bytes::from(escaped)
}

/// Reads an address that a callback may have: HTTP to this machine.
///
/// # Errors
/// A sentence saying what is wrong with it.
pub fn loopback(address: &str) -> Result<Url, String> {
    let url = Url::parse(address).map_err(|error| format!("{error}"))?;
    if url.scheme() != "http" {
        return Err("the sandbox calls http addresses only".to_owned());
    }
    let local = match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => IpAddr::V4(address).is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::V6(address).is_loopback(),
        None => false,
    };
    if local { Ok(url) } else { Err("the sandbox never leaves this machine".to_owned()) }
}

/// Meta's handshake: `GET` with `hub.challenge`, which has to come back.
///
/// # Errors
/// What Meta would say about it.
pub async fn handshake(callback: &str, verify_token: &str) -> Result<(), String> {
    let mut url = loopback(callback)?;
    let challenge = (super::seed::of_text(verify_token) % 2_000_000_000).to_string();
    url.query_pairs_mut()
        .append_pair("hub.mode", "subscribe")
        .append_pair("hub.challenge", &challenge)
        .append_pair("hub.verify_token", verify_token);
    let (status, body) = request(Method::GET, url.as_str(), Bytes::new(), &[]).await?;
    if status != 200 {
        return Err(format!("HTTP Status Code = {status}"));
    }
    if body.trim_ascii() != challenge.as_bytes() {
        return Err("HTTP Status Code = 200; the response does not match the challenge".to_owned());
    }
    Ok(())
}

/// One small request to this machine.
async fn request(method: Method, address: &str, body: Bytes, headers: &[(&str, &str)]) -> Result<(u16, Bytes), String> {
    let url = loopback(address)?;
    let host = url.host_str().unwrap_or("localhost").trim_matches(['[', ']']).to_owned();
    let port = url.port_or_known_default().unwrap_or(80);
    let path = url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()));
    let exchange = async {
        let name = if host.ends_with("localhost") { "localhost" } else { host.as_str() };
        let stream = tokio::net::TcpStream::connect((name, port)).await.map_err(|error| error.to_string())?;
        let (mut sender, connection) =
            hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.map_err(|error| error.to_string())?;
        let background = tokio::spawn(connection);
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, format!("{host}:{port}"))
            .header(header::USER_AGENT, "facebookexternalua")
            .header(header::CONTENT_TYPE, "application/json");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Full::new(body)).map_err(|error| error.to_string())?;
        let answer = sender.send_request(request).await.map_err(|error| error.to_string())?;
        let status = answer.status().as_u16();
        let body = Limited::new(answer.into_body(), LARGEST).collect().await.map_err(|error| error.to_string())?;
        background.abort();
        Ok((status, body.to_bytes()))
    };
    tokio::time::timeout(TIMEOUT, exchange).await.unwrap_or_else(|_| Err("timed out".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_called() {
        for fine in ["http://127.0.0.1:80/x", "http://localhost:9/", "http://[::1]:1/a?b=c", "http://hooks.localhost/"] {
            assert!(loopback(fine).is_ok(), "{fine}");
        }
        for wrong in [
            "https://127.0.0.1/",
            "http://example.com/",
            "http://127.0.0.1.example.com/",
            "file:///etc/passwd",
            "x",
            "http://10.0.0.1",
        ] {
            assert!(loopback(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn bodies_are_escaped_as_meta_does_and_mean_the_same() {
        let body = json!({"a": "é/日本😀"});
        let bytes = written(&body);
        assert_eq!(&bytes[..], br#"{"a":"\u00e9\/\u65e5\u672c\ud83d\ude00"}"#);
        assert_eq!(serde_json::from_slice::<Value>(&bytes).unwrap(), body);
    }
}
