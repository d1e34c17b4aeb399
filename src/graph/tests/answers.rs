//! Changes are asked exactly once, whatever happens; reads are asked again where that may help.

use serde_json::json;
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::method};

use super::client;
use crate::{
    domain::{PortfolioId, WabaId},
    graph::{GraphError, accounts, signup},
};

#[tokio::test]
async fn a_read_survives_passing_trouble() {
    let server = MockServer::start().await;
    let trouble = [
        ResponseTemplate::new(502).set_body_string("<html>Bad gateway</html>"),
        ResponseTemplate::new(500).set_body_json(json!({"error": {"code": 2, "is_transient": true, "message": "Try later"}})),
        ResponseTemplate::new(200).set_body_string("{\"id\":\"1\",\"name\":\"cut o"),
    ];
    for answer in trouble {
        Mock::given(method("GET")).respond_with(answer).up_to_n_times(1).mount(&server).await;
    }
    Mock::given(method("GET")).respond_with(ResponseTemplate::new(200).set_body_json(json!({"id": "1"}))).mount(&server).await;
    accounts::read(&client(&server.uri()), &WabaId::from("1")).await.unwrap();
    assert_eq!(server.received_requests().await.unwrap().len(), 4);
}

#[tokio::test]
async fn a_refusal_is_not_asked_again() {
    for (status, code) in [(401, 190), (400, 100), (403, 200), (400, 131_009)] {
        let server = MockServer::start().await;
        let answer = ResponseTemplate::new(status).set_body_json(json!({"error": {"code": code, "message": "no"}}));
        Mock::given(method("GET")).respond_with(answer).mount(&server).await;
        let list = crate::graph::templates::read(&client(&server.uri()), &WabaId::from("1")).await;
        assert_eq!(list.unwrap_err().code(), Some(code));
        assert_eq!(server.received_requests().await.unwrap().len(), 1, "{code}");
    }
}

#[tokio::test]
async fn r37_a_change_is_asked_once_even_when_its_answer_is_lost() {
    let lost = [
        ResponseTemplate::new(502).set_body_string("<html>Bad gateway</html>"),
        ResponseTemplate::new(200).set_body_string("{\"request_id\":"),
        ResponseTemplate::new(503).set_body_string(""),
        ResponseTemplate::new(200).set_body_json(json!({})).set_delay(std::time::Duration::from_secs(60)),
    ];
    for answer in lost {
        let server = MockServer::start().await;
        Mock::given(method("POST")).respond_with(answer).mount(&server).await;
        let error = signup::invite(&client(&server.uri()), &PortfolioId::from("9")).await.unwrap_err();
        assert!(error.is_outcome_unknown(), "{error}");
        assert_eq!(server.received_requests().await.unwrap().len(), 1, "{error}");
    }
}

#[tokio::test]
async fn r37_a_refused_change_is_asked_once_and_its_outcome_is_known() {
    let server = MockServer::start().await;
    let answer = ResponseTemplate::new(500).set_body_json(json!({"error": {"code": 2, "is_transient": true}}));
    Mock::given(method("POST")).respond_with(answer).mount(&server).await;
    let error = signup::invite(&client(&server.uri()), &PortfolioId::from("9")).await.unwrap_err();
    assert!(!error.is_outcome_unknown());
    assert_eq!(server.received_requests().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_redirect_is_not_followed_because_the_token_would_go_along() {
    let elsewhere = MockServer::start().await;
    let server = MockServer::start().await;
    let answer = ResponseTemplate::new(302).insert_header("location", elsewhere.uri().as_str());
    Mock::given(method("GET")).respond_with(answer).mount(&server).await;
    let error = accounts::read(&client(&server.uri()), &WabaId::from("1")).await.unwrap_err();
    assert!(matches!(error, GraphError::Redirected { .. }), "{error}");
    assert!(elsewhere.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn json_is_read_whatever_it_is_called_and_however_it_is_packed() {
    let server = MockServer::start().await;
    let answer = ResponseTemplate::new(200).set_body_raw("\u{feff} {\"id\": 1, \"name\": 5}", "text/html; charset=iso-8859-1");
    Mock::given(method("GET")).respond_with(answer).mount(&server).await;
    let account = accounts::read(&client(&server.uri()), &WabaId::from("1")).await.unwrap();
    assert_eq!(account.name, "5");
}

#[tokio::test]
async fn a_body_that_never_ends_is_not_read_to_its_end() {
    let server = MockServer::start().await;
    let answer = ResponseTemplate::new(200).set_body_string(format!("{{\"id\":\"{}\"}}", "x".repeat(3_000_000)));
    Mock::given(method("GET")).respond_with(answer).mount(&server).await;
    let result = crate::graph::Client::get::<serde_json::Value>(&client(&server.uri()), &crate::graph::Call::new("1")).await;
    assert!(matches!(result, Err(GraphError::TooLarge { .. })), "{result:?}");
}

#[tokio::test]
async fn no_error_ever_holds_the_token() {
    let server = MockServer::start().await;
    let answer = ResponseTemplate::new(500).set_body_string("<html>sorry</html>");
    Mock::given(method("GET")).respond_with(answer).mount(&server).await;
    let client = client(&server.uri());
    let errors = [
        crate::graph::token::inspect(&client).await.unwrap_err(),
        crate::graph::token::inspect(&super::client("http://127.0.0.1:9")).await.unwrap_err(),
    ];
    for error in errors {
        let shown = format!("{error} {error:?} {client:?}");
        assert!(!shown.contains("very-secret"), "{shown}");
    }
}
