//! The listener, spoken to over a socket as a browser and Meta would.

use secrecy::SecretString;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::*;
use crate::domain::delivery::PricingCategory;

/// Sends a request as it stands and gives the whole answer.
async fn ask(url: &Url, head: &str, body: &str) -> String {
    let address = (url.host_str().unwrap(), url.port().unwrap());
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let request = format!("{head}\r\nHost: x\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

async fn get(url: &Url, query: &str, more: &str) -> String {
    ask(url, &format!("GET {}?{query} HTTP/1.1{more}", url.path()), "").await
}

async fn signed() -> Listener {
    Listener::start(Some(SecretString::from("app-secret"))).await.unwrap()
}

async fn post(listener: &Listener, body: &str, signature: &str) -> String {
    let url = listener.webhook_url();
    let head = format!("POST {} HTTP/1.1\r\nX-Hub-Signature-256: {signature}", url.path());
    ask(&url, &head, body).await
}

const STATUS: &str = r#"{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{
    "statuses":[{"id":"wamid.A","status":"sent","timestamp":"1759795200","pricing":{"category":"marketing_lite"}}]}}]}]}"#;

#[tokio::test]
async fn the_handshake_repeats_the_challenge_only_to_who_knows_the_token() {
    let listener = signed().await;
    let url = listener.webhook_url();
    let token = listener.verify_token().to_owned();
    let right = get(&url, &format!("hub.mode=subscribe&hub.challenge=4711&hub.verify_token={token}"), "").await;
    assert!(right.starts_with("HTTP/1.1 200") && right.ends_with("4711"), "{right}");
    let wrong = get(&url, "hub.mode=subscribe&hub.challenge=4711&hub.verify_token=guess", "").await;
    assert!(wrong.starts_with("HTTP/1.1 403") && !wrong.contains("4711"), "{wrong}");
}

#[tokio::test]
async fn r36_a_signed_status_arrives_once_with_its_pricing_category() {
    let listener = signed().await;
    let mut events = listener.events();
    let signature = signature::sign("app-secret", STATUS.as_bytes());
    assert!(post(&listener, STATUS, &signature).await.starts_with("HTTP/1.1 200"));
    assert!(post(&listener, STATUS, &signature).await.starts_with("HTTP/1.1 200"), "repetitions are accepted");
    let Event::Status(status) = events.try_recv().unwrap() else { panic!("a status was sent") };
    assert_eq!(status.message.as_str(), "wamid.A");
    assert_eq!(status.status, MessageStatus::Sent);
    assert_eq!(status.category, Some(PricingCategory::MarketingLite));
    assert!(events.try_recv().is_err(), "and passed on once");
}

#[tokio::test]
async fn an_unsigned_or_wrongly_signed_webhook_is_not_believed() {
    let listener = signed().await;
    let mut events = listener.events();
    for signature in ["", "sha256=", "sha256=00", "sha1=abc", &signature::sign("other", STATUS.as_bytes())] {
        assert!(post(&listener, STATUS, signature).await.starts_with("HTTP/1.1 403"), "{signature}");
    }
    assert!(events.try_recv().is_err());
}

#[tokio::test]
async fn r22_a_restriction_names_the_account_inside_the_event() {
    let listener = signed().await;
    let mut events = listener.events();
    let body = r#"{"entry":[{"id":"77","time":1,"changes":[{"field":"account_update","value":{"event":"ACCOUNT_RESTRICTION",
        "waba_info":{"waba_id":"5"},"restriction_info":[{"restriction_type":"RESTRICTED_BIZ_INITIATED_MESSAGING","expiration":1759795200}]}}]}]}"#;
    post(&listener, body, &signature::sign("app-secret", body.as_bytes())).await;
    let Event::Account(event) = events.try_recv().unwrap() else { panic!("an account event was sent") };
    assert_eq!(event.account.as_str(), "5");
    assert!(event.restrictions.iter().all(|restriction| restriction.kind.is_known() && restriction.expires.is_some()));
    assert_eq!(event.restrictions.len(), 1);
}

#[tokio::test]
async fn webhooks_that_make_no_sense_do_no_harm() {
    let listener = signed().await;
    let mut events = listener.events();
    for body in [
        "",
        "[]",
        "{\"entry\":{}}",
        "{\"entry\":[{\"changes\":[{\"field\":\"messages\",\"value\":{\"statuses\":[null,{},7]}}]}]}",
        "nonsense",
    ] {
        post(&listener, body, &signature::sign("app-secret", body.as_bytes())).await;
    }
    assert!(events.try_recv().is_err());
}
