//! Batches, rate limits and faults.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use wabadeck::sandbox::Options;

use super::support::{World, ids};

const INDIA: &str = "102290129340398";
const ATELIER: &str = "206084417235590";
const CEDAR: &str = "330174926650183";

async fn batch(world: &World, items: &Value) -> (u16, Value) {
    let form = form_urlencoded::Serializer::new(String::new())
        .append_pair("access_token", world.sandbox.token())
        .append_pair("batch", &items.to_string())
        .append_pair("include_headers", "false")
        .finish();
    let request = world.client.post(world.url("/v26.0/")).header("content-type", "application/x-www-form-urlencoded");
    let answer = request.body(form).send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

fn get(path: &str) -> Value {
    json!({"method": "GET", "relative_url": path})
}

async fn arm(world: &World, fault: &str) {
    world.control("faults", json!({"fault": fault})).await;
}

async fn fetch(world: &World, path: &str) -> reqwest::Result<reqwest::Response> {
    world.client.get(world.url(path)).bearer_auth(world.sandbox.token()).send().await
}

#[tokio::test]
async fn batch_keeps_the_order_and_its_bodies_are_strings() {
    let world = World::demo().await;
    let items = json!([
        get(&format!("{INDIA}?fields=name")),
        get("999"),
        {"method": "POST", "relative_url": format!("v25.0/{ATELIER}"), "body": "is_enabled_for_insights=true"},
        get("/me?fields=id"),
    ]);
    let (status, answers) = batch(&world, &items).await;
    assert_eq!(status, 200);
    let codes: Vec<u64> = answers.as_array().unwrap().iter().map(|answer| answer["code"].as_u64().unwrap()).collect();
    assert_eq!(codes, [200, 400, 200, 200]);
    let body: Value = serde_json::from_str(answers[0]["body"].as_str().unwrap()).unwrap();
    assert_eq!(body["name"], "Cedar & Tide India");
    assert_eq!(answers[0].get("headers"), None);
    let error: Value = serde_json::from_str(answers[1]["body"].as_str().unwrap()).unwrap();
    assert_eq!(error["error"]["error_subcode"], 33);
}

#[tokio::test]
async fn batch_has_its_limits() {
    let world = World::demo().await;
    let many: Vec<Value> = (0..51).map(|_| get("me")).collect();
    let (status, body) = batch(&world, &json!(many)).await;
    assert_eq!((status, &body["error"]["code"]), (400, &json!(100)));
    let fifty: Vec<Value> = (0..50).map(|_| get("me")).collect();
    assert_eq!(batch(&world, &json!(fifty)).await.1.as_array().unwrap().len(), 50);
    for wrong in [json!([]), json!("x"), json!({"a": 1})] {
        assert_eq!(batch(&world, &wrong).await.0, 400, "{wrong}");
    }
    let (_, inside) = batch(&world, &json!([{"method": "POST", "relative_url": "", "body": "batch=[]"}, {"no": "url"}])).await;
    assert!(inside.as_array().unwrap().iter().all(|answer| answer["code"] == 400));
    let nobody = world.client.post(world.url("/v26.0/")).query(&[("batch", "[]")]).send().await.unwrap();
    assert_eq!(nobody.status(), 401);
}

#[tokio::test]
async fn calls_of_a_batch_count_one_by_one() {
    let world = World::demo().await;
    let items: Vec<Value> = (0..50).map(|_| get(ATELIER)).collect();
    for _ in 0..4 {
        batch(&world, &json!(items)).await;
    }
    let answer = fetch(&world, &format!("/v26.0/{ATELIER}")).await.unwrap();
    let usage: Value = serde_json::from_str(answer.headers()["x-business-use-case-usage"].to_str().unwrap()).unwrap();
    assert_eq!(usage[ATELIER][0]["call_count"], 100);
    assert!(usage[ATELIER][0]["estimated_time_to_regain_access"].as_i64().unwrap() > 50);
    let body: Value = answer.json().await.unwrap();
    assert_eq!(body["error"]["code"], 80_008);
    world.ok(&format!("/v26.0/{INDIA}")).await;
    world.sandbox.advance(3_700);
    world.ok(&format!("/v26.0/{ATELIER}")).await;
}

#[tokio::test]
async fn business_edges_do_not_count_against_an_account() {
    let world = World::demo().await;
    let answer = fetch(&world, &format!("/v26.0/{CEDAR}/owned_whatsapp_business_accounts")).await.unwrap();
    assert!(answer.headers().contains_key("x-app-usage"));
    assert!(!answer.headers().contains_key("x-business-use-case-usage"));
}

#[tokio::test]
async fn faults_that_answer_instead_of_graph() {
    let world = World::demo().await;
    for (fault, status, code) in [
        ("status=503", 503, Some(2)),
        ("token", 401, Some(190)),
        ("code=4", 400, Some(4)),
        ("rate=7", 400, Some(80_008)),
        ("html", 502, None),
        ("empty=500", 500, None),
        ("429=12", 429, None),
    ] {
        arm(&world, &format!("{fault},count=1,path={INDIA}")).await;
        world.ok("/v26.0/me").await;
        let answer = fetch(&world, &format!("/v26.0/{INDIA}")).await.unwrap();
        assert_eq!(answer.status().as_u16(), status, "{fault}");
        if fault == "429=12" {
            assert_eq!(answer.headers()["retry-after"], "12");
        }
        if fault == "rate=7" {
            let usage: Value = serde_json::from_str(answer.headers()["x-business-use-case-usage"].to_str().unwrap()).unwrap();
            assert_eq!(usage[INDIA][0]["estimated_time_to_regain_access"], 7);
        }
        let body = answer.text().await.unwrap();
        let parsed: Option<Value> = serde_json::from_str(&body).ok();
        assert_eq!(parsed.and_then(|body| body["error"]["code"].as_i64()), code, "{fault}: {body}");
        world.ok(&format!("/v26.0/{INDIA}")).await;
    }
}

#[tokio::test]
async fn faults_of_the_connection() {
    let world = World::demo().await;
    arm(&world, "reset,count=1").await;
    assert!(fetch(&world, "/v26.0/me").await.is_err());
    arm(&world, "truncate,count=1").await;
    let body = fetch(&world, &format!("/v26.0/{INDIA}")).await.unwrap().text().await.unwrap();
    assert!(serde_json::from_str::<Value>(&body).is_err() && body.starts_with('{'));
    arm(&world, "type=text/html,count=1").await;
    assert_eq!(fetch(&world, "/v26.0/me").await.unwrap().headers()["content-type"], "text/html");
    arm(&world, "latency=60ms,count=1").await;
    let start = Instant::now();
    world.ok("/v26.0/me").await;
    assert!(start.elapsed() >= Duration::from_millis(60));
    arm(&world, "trickle=5ms,count=1").await;
    let start = Instant::now();
    world.ok(&format!("/v26.0/{INDIA}/phone_numbers")).await;
    assert!(start.elapsed() >= Duration::from_millis(30));
    world.ok("/v26.0/me").await;
}

#[tokio::test]
async fn faults_inside_an_answer() {
    let world = World::demo().await;
    arm(&world, "enum=BRAND_NEW,count=1").await;
    let node = world.ok(&format!("/v26.0/{INDIA}?fields=marketing_messages_onboarding_status")).await;
    assert_eq!(node["marketing_messages_onboarding_status"], "BRAND_NEW");
    arm(&world, "drop=throughput,count=1").await;
    let error = world.error(&format!("/v26.0/{INDIA}?fields=phone_numbers%7Bthroughput%7D")).await;
    assert_eq!(
        error["message"],
        "(#100) Tried accessing nonexisting field (throughput) on node type (WhatsAppBusinessPhoneNumber)"
    );
    arm(&world, "batch-null=1,count=1").await;
    let items = json!([get("me"), get("me"), get("me")]);
    let (_, answers) = batch(&world, &items).await;
    assert_eq!(answers.as_array().unwrap().iter().map(Value::is_null).collect::<Vec<_>>(), [false, true, false]);
    arm(&world, "reduce=10,count=1").await;
    let error = world.error(&format!("/v26.0/{INDIA}/message_templates?limit=11")).await;
    assert_eq!((&error["code"], error["message"].as_str().unwrap().contains("reduce the amount")), (&json!(1), true));
}

#[tokio::test]
async fn faulty_pages_repeat_rows_or_never_end() {
    let world = World::demo().await;
    let edge = format!("/v26.0/{CEDAR}/owned_whatsapp_business_accounts?limit=2");
    let first = world.ok(&edge).await;
    let next = format!("{edge}&after={}", first["paging"]["cursors"]["after"].as_str().unwrap());
    let honest = ids(&world.ok(&next).await);
    arm(&world, "duplicate,count=1").await;
    let repeated = ids(&world.ok(&next).await);
    assert_eq!(repeated, [vec![ids(&first)[1].clone()], honest].concat());
    arm(&world, "endless").await;
    let mut after = String::new();
    for _ in 0..10 {
        let page = world.ok(&format!("{edge}{after}")).await;
        assert!(page["paging"]["next"].is_string());
        after = format!("&after={}", page["paging"]["cursors"]["after"].as_str().unwrap());
    }
}

#[tokio::test]
async fn faults_are_listed_and_taken_back() {
    let world = World::start(Options { faults: vec!["status=500".parse().unwrap()], ..Options::default() }).await;
    assert_eq!(fetch(&world, "/v26.0/me").await.unwrap().status(), 500);
    let listed: Value = fetch(&world, "/sandbox/faults").await.unwrap().json().await.unwrap();
    assert_eq!((&listed["faults"][0]["fault"], &listed["faults"][0]["struck"]), (&json!("status=500"), &json!(1)));
    world.client.delete(world.url("/sandbox/faults")).send().await.unwrap();
    world.ok("/v26.0/me").await;
    let refused = world.client.post(world.url("/sandbox/faults")).body("moon").send().await.unwrap();
    assert_eq!(refused.status(), 400);
}

#[tokio::test]
async fn control_tells_what_was_asked_and_starts_over() {
    let world = World::demo().await;
    let about: Value = fetch(&world, "/sandbox").await.unwrap().json().await.unwrap();
    assert_eq!((&about["name"], &about["accounts"]), (&json!("wabadeck sandbox"), &json!(14)));
    world.ok(&format!("/v26.0/{INDIA}/phone_numbers")).await;
    world.control(&format!("accounts/{INDIA}"), json!({"name": "Renamed", "country": null})).await;
    let node = world.ok(&format!("/v26.0/{INDIA}?fields=name,country")).await;
    assert_eq!(node, json!({"id": INDIA, "name": "Renamed"}));
    let told: Value = fetch(&world, "/sandbox/requests").await.unwrap().json().await.unwrap();
    assert_eq!(told["endpoints"]["GET /{id}/phone_numbers"], 1);
    assert!(!told.to_string().contains(world.sandbox.token()));
    world.control("reset", json!({})).await;
    let told: Value = fetch(&world, "/sandbox/requests").await.unwrap().json().await.unwrap();
    assert_eq!(told["total"], 0);
    let node = world.ok(&format!("/v26.0/{INDIA}?fields=name")).await;
    assert_eq!(node["name"], "Cedar & Tide India");
    let unknown =
        world.client.post(world.url(&format!("/sandbox/accounts/{INDIA}"))).json(&json!({"nonsense": 1})).send().await.unwrap();
    assert_eq!(unknown.status(), 400);
}

#[tokio::test]
async fn answers_are_compressed_for_those_who_ask() {
    let world = World::demo().await;
    let request = world.client.get(world.url(&format!("/v26.0/{INDIA}/message_templates"))).bearer_auth(world.sandbox.token());
    let page: Value = request.send().await.unwrap().json().await.unwrap();
    let plain = reqwest::Client::builder().no_proxy().no_gzip().build().unwrap();
    let request = plain.get(world.url(&format!("/v26.0/{INDIA}/message_templates"))).bearer_auth(world.sandbox.token());
    let answer = request.try_clone().unwrap().header("accept-encoding", "gzip").send().await.unwrap();
    assert_eq!(answer.headers()["content-encoding"], "gzip");
    let packed = answer.bytes().await.unwrap().len();
    let whole = request.send().await.unwrap().bytes().await.unwrap();
    assert!(packed * 2 < whole.len());
    assert_eq!(serde_json::from_slice::<Value>(&whole).unwrap(), page);
}

#[tokio::test]
async fn analytics_answer_in_their_documented_shapes() {
    let world = World::demo().await;
    let now: i64 = fetch(&world, "/sandbox").await.unwrap().json::<Value>().await.unwrap()["time"].as_i64().unwrap();
    let span = format!("start({}).end({now})", now - 7 * 86_400);
    let node = world.ok(&format!("/v26.0/{INDIA}?fields=analytics.{span}.granularity(DAY)")).await;
    let points = node["analytics"]["data_points"].as_array().unwrap();
    assert_eq!((points.len(), &node["analytics"]["granularity"]), (8, &json!("DAY")));
    assert!(points[0]["sent"].as_i64().unwrap() > points[0]["delivered"].as_i64().unwrap());
    let pricing =
        format!("/v26.0/{INDIA}?fields=pricing_analytics.{span}.granularity(DAILY).dimensions(%5B%22PRICING_CATEGORY%22%5D)");
    let node = world.ok(&pricing).await;
    let points = node["pricing_analytics"]["data"][0]["data_points"].as_array().unwrap();
    assert!(points.iter().any(|point| point["pricing_category"] == "MARKETING_LITE" && point["volume"].as_i64().unwrap() > 0));
    assert_eq!(world.ok(&pricing).await["pricing_analytics"], node["pricing_analytics"], "the same every time");
    let template = ids(&world.ok(&format!("/v26.0/{INDIA}/message_templates?name=autumn&language=en_US")).await)[0].clone();
    let edge = format!(
        "/v26.0/{INDIA}/template_analytics?start={}&end={now}&granularity=DAILY&template_ids=%5B{template}%5D",
        now - 5 * 86_400
    );
    let page = world.ok(&format!("{edge}&product_type=MARKETING_MESSAGES_API_FOR_WHATSAPP")).await;
    assert_eq!(page["data"][0]["product_type"], "marketing_messages_api_for_whatsapp");
    assert_eq!(page["data"][0]["data_points"][0]["template_id"], template);
    assert_eq!(world.error(&format!("{edge}&product_type=PIGEON")).await["code"], 100);
    let france = edge.replace(INDIA, "201573948812067");
    assert_eq!(world.error(&france).await["code"], 200_007);
    assert_eq!(world.error(&format!("/v26.0/{INDIA}?fields=analytics")).await["code"], 100);
}
