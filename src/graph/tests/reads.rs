//! Single reads: what is asked, what is left out, what is asked again.

use serde_json::json;
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{header, method, path, query_param, query_param_contains},
};

use super::{TOKEN, client};
use crate::{
    domain::{WabaId, account::OnboardingStatus},
    graph::{GraphError, List, accounts, wire::WireNumber},
};

fn error(code: i64, message: &str) -> ResponseTemplate {
    ResponseTemplate::new(400).set_body_json(json!({"error": {"code": code, "message": message, "fbtrace_id": "A1"}}))
}

#[tokio::test]
async fn the_token_goes_into_the_header_and_nowhere_else() {
    let server = MockServer::start().await;
    Mock::given(header("authorization", format!("Bearer {TOKEN}").as_str()))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"id": "1"})))
        .mount(&server)
        .await;
    accounts::read(&client(&server.uri()), &WabaId::from("1")).await.unwrap();
    let requests = server.received_requests().await.unwrap();
    assert!(requests.iter().all(|request| !request.url.as_str().contains("secret")));
    assert!(requests.iter().all(|request| request.headers["accept-encoding"].to_str().unwrap().contains("gzip")));
}

#[tokio::test]
async fn a_field_that_meta_dropped_is_left_out_and_remembered() {
    let server = MockServer::start().await;
    Mock::given(query_param_contains("fields", "primary_funding_id"))
        .respond_with(error(
            100,
            "(#100) Tried accessing nonexisting field (primary_funding_id) on node type (WhatsAppBusinessAccount)",
        ))
        .expect(1)
        .mount(&server)
        .await;
    Mock::given(path("/v26.0/1"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"id": "1", "name": "Shop"})))
        .mount(&server)
        .await;
    let client = client(&server.uri());
    for _ in 0..2 {
        assert_eq!(accounts::read(&client, &WabaId::from("1")).await.unwrap().name, "Shop");
    }
    assert_eq!(client.dropped().names(), ["primary_funding_id"]);
}

#[tokio::test]
async fn a_page_shrinks_when_meta_wants_less_and_the_rest_goes_on() {
    let server = MockServer::start().await;
    for limit in ["100", "50"] {
        Mock::given(query_param("limit", limit))
            .respond_with(error(1, "Please reduce the amount of data you're asking for, then retry your request"))
            .mount(&server)
            .await;
    }
    let rows = |from: u32| -> Vec<_> { (from..from + 25).map(|id| json!({"id": id})).collect() };
    Mock::given(query_param("after", "A"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"data": rows(25)})))
        .mount(&server)
        .await;
    Mock::given(query_param("limit", "25"))
        .respond_with(
            ResponseTemplate::new(200)
                .set_body_json(json!({"data": rows(0), "paging": {"cursors": {"after": "A"}, "next": "https://x/?after=A"}})),
        )
        .mount(&server)
        .await;
    let list = List::new("1/phone_numbers", |dropped, depth| dropped.number(depth));
    let rows: Vec<WireNumber> = list.all(&client(&server.uri())).await.unwrap();
    assert_eq!(rows.len(), 50);
    assert_eq!(list.page_size(), 25);
}

#[tokio::test]
async fn a_list_that_repeats_its_cursor_ends() {
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .respond_with(
            ResponseTemplate::new(200)
                .set_body_json(json!({"data": [{"id": 1}], "paging": {"cursors": {"after": "A"}, "next": "https://x/?after=A"}})),
        )
        .expect(2)
        .mount(&server)
        .await;
    let list = List::new("1/phone_numbers", |dropped, depth| dropped.number(depth));
    let rows: Vec<WireNumber> = list.all(&client(&server.uri())).await.unwrap();
    assert_eq!(rows.len(), 2);
}

#[tokio::test]
async fn more_numbers_than_come_with_the_account_are_read_page_by_page() {
    let server = MockServer::start().await;
    Mock::given(path("/v26.0/1/phone_numbers"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"data": [{"id": 1}, {"id": 2}, {"id": 2}, {"id": 3}]})))
        .mount(&server)
        .await;
    Mock::given(path("/v26.0/1"))
        .respond_with(ResponseTemplate::new(200).set_body_json(
            json!({"id": 1, "phone_numbers": {"data": [{"id": 1}], "paging": {"cursors": {"after": "A"}, "next": "https://x"}}}),
        ))
        .mount(&server)
        .await;
    let account = accounts::read(&client(&server.uri()), &WabaId::from("1")).await.unwrap();
    assert_eq!(account.numbers.len(), 3);
}

#[tokio::test]
async fn r3_what_was_enabled_elsewhere_shows_at_the_next_reading() {
    let server = MockServer::start().await;
    let status =
        |word: &str| ResponseTemplate::new(200).set_body_json(json!({"id": "1", "marketing_messages_onboarding_status": word}));
    Mock::given(path("/v26.0/1")).respond_with(status("ELIGIBLE")).up_to_n_times(1).mount(&server).await;
    Mock::given(path("/v26.0/1")).respond_with(status("ONBOARDED")).mount(&server).await;
    let client = client(&server.uri());
    let read = async || accounts::read(&client, &WabaId::from("1")).await.unwrap().onboarding;
    assert_eq!(read().await, OnboardingStatus::Eligible);
    assert_eq!(read().await, OnboardingStatus::Onboarded);
}

#[tokio::test]
async fn a_limit_stops_calls_for_that_account_alone() {
    let server = MockServer::start().await;
    Mock::given(path("/v26.0/1"))
        .respond_with(error(80_008, "(#80008) There have been too many calls"))
        .expect(1)
        .mount(&server)
        .await;
    Mock::given(path("/v26.0/2")).respond_with(ResponseTemplate::new(200).set_body_json(json!({"id": "2"}))).mount(&server).await;
    let client = client(&server.uri());
    let first = accounts::read(&client, &WabaId::from("1")).await.unwrap_err();
    assert_eq!(first.code(), Some(80_008));
    let second = accounts::read(&client, &WabaId::from("1")).await.unwrap_err();
    assert!(matches!(second, GraphError::Resting { .. }), "{second}");
    accounts::read(&client, &WabaId::from("2")).await.unwrap();
    assert!(client.usage().iter().any(|usage| usage.resting_until.is_some()));
}

#[tokio::test]
async fn a_short_retry_after_is_waited_out() {
    let server = MockServer::start().await;
    let busy = ResponseTemplate::new(429).insert_header("retry-after", "0").set_body_json(json!({"error": {"code": 80_007}}));
    Mock::given(path("/v26.0/1")).respond_with(busy).up_to_n_times(1).mount(&server).await;
    Mock::given(path("/v26.0/1")).respond_with(ResponseTemplate::new(200).set_body_json(json!({"id": "1"}))).mount(&server).await;
    accounts::read(&client(&server.uri()), &WabaId::from("1")).await.unwrap();
}
