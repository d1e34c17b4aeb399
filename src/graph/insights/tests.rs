//! Counts as Meta's pages show them, both names of the product, and what Meta leaves out.

use secrecy::SecretString;
use serde_json::{Value, json};
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{method, path, query_param, query_param_contains},
};

use super::*;
use crate::graph::{ClientOptions, Patience};

fn client(server: &MockServer) -> Client {
    Client::new(ClientOptions {
        base_url: server.uri().parse().unwrap(),
        version: "v26.0".to_owned(),
        token: SecretString::from("t"),
        app_secret: None,
        allow_plain_http: false,
        patience: Patience::default(),
    })
    .unwrap()
}

fn period() -> Period {
    let at = |second| Timestamp::from_second(second).unwrap();
    Period { start: at(1_789_776_000), end: at(1_790_035_200) }
}

fn refused(code: i64, message: &str) -> ResponseTemplate {
    ResponseTemplate::new(400).set_body_json(json!({"error": {"message": message, "type": "OAuthException", "code": code}}))
}

fn ids(count: usize) -> Vec<TemplateId> {
    (0..count).map(|number| TemplateId::new(format!("90{number}"))).collect()
}

fn points(points: Value) -> Value {
    json!({"data": [{"granularity": "DAILY", "product_type": "cloud_api", "data_points": points}]})
}

#[tokio::test]
async fn volumes_are_read_by_category_and_what_is_missing_stays_missing() {
    let server = MockServer::start().await;
    let body = json!({"id": "1", "pricing_analytics": {"data": [{"data_points": [
        {"start": 1_789_776_000, "end": 1_789_862_400, "pricing_category": "MARKETING_LITE", "volume": 3, "cost": 0.12},
        {"start": "1789776000", "pricing_category": "AUTHENTICATION_INTERNATIONAL", "volume": "4"},
        {"start": 1_789_862_400, "pricing_category": "BRAND_NEW", "volume": 5, "cost": null},
        {"start": 1_789_862_400, "pricing_category": "MARKETING"},
    ]}]}});
    Mock::given(path("/v26.0/1"))
        .and(query_param_contains("fields", "pricing_analytics.start(1789776000).end(1790035200).granularity(DAILY)"))
        .and(query_param_contains("fields", "dimensions([\"PRICING_CATEGORY\"])"))
        .respond_with(ResponseTemplate::new(200).set_body_json(body))
        .mount(&server)
        .await;
    let volumes = volumes(&client(&server), &"1".into(), period()).await.unwrap();
    let told: Vec<_> = volumes.iter().map(|volume| (volume.category.clone(), volume.messages, volume.cost)).collect();
    let expected = [
        (PricingCategory::MarketingLite, 3, Some(0.12)),
        (PricingCategory::AuthenticationInternational, 4, None),
        (PricingCategory::from_wire("BRAND_NEW"), 5, None),
    ];
    assert_eq!(told, expected);
}

#[tokio::test]
async fn the_newer_name_is_tried_first_and_the_one_that_works_is_remembered() {
    let server = MockServer::start().await;
    let newer = Mock::given(query_param("product_type", "MARKETING_MESSAGES_API_FOR_WHATSAPP"))
        .respond_with(refused(100, "(#100) Param product_type must be one of {CLOUD_API, MARKETING_MESSAGES_LITE_API}"))
        .expect(1);
    newer.mount(&server).await;
    let point = json!([{"template_id": "900", "start": 1_789_776_000, "sent": 10, "delivered": 9, "read": 5,
        "clicked": [{"type": "url_button", "button_content": "Shop", "count": 2}, {"type": "quick_reply_button", "count": "1"}]}]);
    Mock::given(query_param("product_type", "MARKETING_MESSAGES_LITE_API"))
        .respond_with(ResponseTemplate::new(200).set_body_json(points(point)))
        .expect(2)
        .mount(&server)
        .await;
    let client = client(&server);
    for _ in 0..2 {
        let days = templates(&client, &"1".into(), &ids(1), Method::Optimized, period()).await.unwrap();
        assert_eq!(days[0].counts, Counts { sent: Some(10), delivered: Some(9), read: Some(5), clicked: Some(3) });
    }
}

#[tokio::test]
async fn more_than_ten_templates_take_several_calls_and_pages_are_followed_once() {
    let server = MockServer::start().await;
    let day = |sent: u64| json!([{"template_id": "900", "start": 1_789_776_000, "sent": sent}]);
    let mut first = points(day(1));
    first["paging"] = json!({"cursors": {"after": "a"}, "next": "https://graph.facebook.com/next"});
    let mut round = points(day(2));
    round["paging"] = json!({"cursors": {"after": "a"}, "next": "https://graph.facebook.com/next"});
    Mock::given(query_param("after", "a"))
        .respond_with(ResponseTemplate::new(200).set_body_json(round))
        .expect(1)
        .mount(&server)
        .await;
    Mock::given(query_param_contains("template_ids", "\"900\""))
        .respond_with(ResponseTemplate::new(200).set_body_json(first))
        .expect(1)
        .mount(&server)
        .await;
    Mock::given(query_param("template_ids", "[\"9010\",\"9011\"]"))
        .respond_with(ResponseTemplate::new(200).set_body_json(points(day(4))))
        .expect(1)
        .mount(&server)
        .await;
    let days = templates(&client(&server), &"1".into(), &ids(12), Method::CloudApi, period()).await.unwrap();
    assert_eq!(days.iter().filter_map(|day| day.counts.sent).sum::<u64>(), 7);
}

#[tokio::test]
async fn what_is_not_switched_on_is_said_with_its_code_and_switching_on_is_asked_once() {
    let server = MockServer::start().await;
    Mock::given(method("GET")).respond_with(refused(200_007, "Template Insights is not enabled")).mount(&server).await;
    Mock::given(method("POST"))
        .and(path("/v26.0/1"))
        .and(query_param("is_enabled_for_insights", "true"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"id": 1})))
        .expect(1)
        .mount(&server)
        .await;
    let client = client(&server);
    let error = templates(&client, &"1".into(), &ids(1), Method::Optimized, period()).await.unwrap_err();
    assert_eq!(error.code(), Some(200_007));
    enable(&client, &"1".into()).await.unwrap();
}
