//! Messages: what is refused, which way they go, and the webhooks that follow.

use std::time::Duration;

use hmac::{Hmac, Mac};
use serde_json::{Value, json};
use sha2::Sha256;
use wabadeck::sandbox::Options;

use super::support::{Receiver, World};

const INDIA: &str = "102290129340398";
const INDIA_PHONE: &str = "106540352242922";
const FRANCE: &str = "201573948812067";
const FRANCE_PHONE: &str = "205918830046621";
const US_PHONE: &str = "115520936674028";
const KITCHENS: &str = "303810562274499";
const KITCHENS_PHONE: &str = "307285914460032";

async fn quick() -> World {
    World::start(Options { webhook_delay: Duration::ZERO, ..Options::default() }).await
}

fn offer(to: &str) -> Value {
    json!({
        "messaging_product": "whatsapp", "recipient_type": "individual", "to": to, "type": "template",
        "template": {"name": "seasonal_offer", "language": {"code": "en_US"}, "components": [
            {"type": "body", "parameters": [{"type": "text", "text": "A"}, {"type": "text", "text": "B"}, {"type": "text", "text": "C"}]}]},
    })
}

fn with(mut body: Value, name: &str, value: Value) -> Value {
    body[name] = value;
    body
}

async fn code(world: &World, phone: &str, edge: &str, body: Value) -> i64 {
    let (status, answer) = world.post(&format!("/v26.0/{phone}/{edge}"), body).await;
    match status {
        200 => 0,
        _ => answer["error"]["code"].as_i64().unwrap(),
    }
}

#[tokio::test]
async fn answer_has_the_documented_shape_and_tells_nothing_of_the_route() {
    let world = quick().await;
    let (_, optimized) = world.post(&format!("/v26.0/{INDIA_PHONE}/marketing_messages"), offer("+91 98765 43210")).await;
    assert_eq!(optimized["messaging_product"], "whatsapp");
    assert_eq!(optimized["contacts"][0], json!({"input": "+91 98765 43210", "wa_id": "919876543210"}));
    assert!(optimized["messages"][0]["id"].as_str().unwrap().starts_with("wamid."));
    assert_eq!(optimized["messages"][0]["message_status"], "accepted");
    let (_, fallen_back) = world.post(&format!("/v26.0/{FRANCE_PHONE}/marketing_messages"), offer("919876543210")).await;
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&fallen_back), keys(&optimized));
}

#[tokio::test]
async fn forms_are_taken_like_json() {
    let world = quick().await;
    let token = world.sandbox.token();
    let mut form = form_urlencoded::Serializer::new(String::new());
    let body = offer("919876543210");
    for name in ["messaging_product", "to", "type"] {
        form.append_pair(name, body[name].as_str().unwrap());
    }
    form.append_pair("template", &body["template"].to_string()).append_pair("access_token", token);
    let request = world.client.post(world.url(&format!("/v26.0/{INDIA_PHONE}/messages")));
    let request = request.header("content-type", "application/x-www-form-urlencoded").body(form.finish());
    assert_eq!(request.send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn refusals_have_the_codes_of_the_error_page() {
    let world = quick().await;
    let to = "919876543210";
    let template = |name: &str| json!({"messaging_product": "whatsapp", "to": to, "type": "template", "template": {"name": name, "language": {"code": "en_US"}}});
    let text = json!({"messaging_product": "whatsapp", "to": to, "type": "text", "text": {"body": "hi"}});
    let cases = [
        (INDIA_PHONE, "marketing_messages", text.clone(), 100),
        (INDIA_PHONE, "marketing_messages", template("hello_world"), 134_100),
        (INDIA_PHONE, "messages", template("no_such_template"), 132_001),
        (INDIA_PHONE, "messages", template("summer_teaser"), 132_001),
        (INDIA_PHONE, "messages", template("loud_promo"), 132_015),
        (INDIA_PHONE, "messages", template("loud_promo_again"), 132_016),
        (INDIA_PHONE, "messages", template("seasonal_offer"), 132_000),
        (INDIA_PHONE, "messages", template("autumn_collection"), 132_012),
        (INDIA_PHONE, "messages", template("max_price_offer"), 131_061),
        (INDIA_PHONE, "messages", with(offer(to), "to", json!("not a number")), 131_009),
        (INDIA_PHONE, "messages", with(offer(to), "to", json!(null)), 100),
        (INDIA_PHONE, "messages", with(offer(to), "messaging_product", json!("sms")), 100),
        (INDIA_PHONE, "messages", with(offer(to), "type", json!("pigeon")), 100),
        (INDIA_PHONE, "messages", with(text.clone(), "text", json!({})), 131_008),
        (INDIA_PHONE, "marketing_messages", with(offer(to), "product_policy", json!("MAYBE")), 100),
        (FRANCE_PHONE, "marketing_messages", with(offer(to), "product_policy", json!("STRICT")), 134_102),
        (US_PHONE, "messages", offer(to), 131_063),
        (US_PHONE, "marketing_messages", offer(to), 0),
        (KITCHENS_PHONE, "marketing_messages", offer(to), 131_063),
        ("304461083927780", "messages", offer(to), 131_031),
        ("309917264480853", "messages", offer(to), 133_010),
        ("110284937551344", "messages", offer(to), 133_010),
        ("209955301874460", "messages", offer(to), 131_042),
    ];
    for (phone, edge, body, expected) in cases {
        assert_eq!(code(&world, phone, edge, body.clone()).await, expected, "{phone} {edge} {body}");
    }
    let (status, answer) = world.post(&format!("/v22.0/{INDIA_PHONE}/marketing_messages"), template("hello_world")).await;
    assert_eq!((status, &answer["error"]["code"]), (400, &json!(131_055)));
    let late = json!({"messaging_product": "whatsapp", "to": to, "type": "template", "template": {
        "name": "early_access_synced_late", "language": {"code": "en_US"},
        "components": [{"type": "body", "parameters": [{"type": "text", "text": "A"}]}]}});
    assert_eq!(code(&world, INDIA_PHONE, "marketing_messages", late.clone()).await, 134_101);
    world.sandbox.advance(600);
    assert_eq!(code(&world, INDIA_PHONE, "marketing_messages", late).await, 0);
}

#[tokio::test]
async fn only_the_webhook_tells_which_way_a_message_went() {
    let world = quick().await;
    for (account, phone, category) in [(INDIA, INDIA_PHONE, "marketing_lite"), (FRANCE, FRANCE_PHONE, "marketing")] {
        let mut receiver = Receiver::start().await;
        world.subscribe(account, &receiver).await;
        let (_, answer) = world.post(&format!("/v26.0/{phone}/marketing_messages"), offer("919876543210")).await;
        let mut seen = Vec::new();
        for expected in ["sent", "delivered", "read"] {
            let (name, status) = receiver.status().await;
            assert_eq!(name, expected);
            assert_eq!(status["id"], answer["messages"][0]["id"]);
            assert_eq!(status["recipient_id"], "919876543210");
            assert_eq!(status.get("conversation"), None);
            seen.push(status["pricing"]["category"].as_str().unwrap_or("").to_owned());
        }
        assert_eq!(seen, [category, category, ""], "pricing comes with sent and with one of delivered and read");
    }
}

#[tokio::test]
async fn webhooks_are_signed_over_their_raw_bytes() {
    let world = quick().await;
    let mut receiver = Receiver::start().await;
    world.subscribe(INDIA, &receiver).await;
    world
        .post(&format!("/v26.0/{INDIA_PHONE}/messages"), with(offer("919876543210"), "biz_opaque_callback_data", json!("größe")))
        .await;
    let hook = receiver.next().await;
    let mut mac = Hmac::<Sha256>::new_from_slice(world.sandbox.app_secret().as_bytes()).unwrap();
    mac.update(&hook.raw);
    let hex: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(hook.signature, format!("sha256={hex}"));
    assert!(hook.raw.is_ascii());
    let value = &hook.body["entry"][0]["changes"][0]["value"];
    assert_eq!(value["metadata"], json!({"display_phone_number": "912069064400", "phone_number_id": INDIA_PHONE}));
    assert_eq!(value["statuses"][0]["biz_opaque_callback_data"], "größe");
}

#[tokio::test]
async fn recipients_choose_what_becomes_of_a_message() {
    let world = quick().await;
    let mut receiver = Receiver::start().await;
    world.subscribe(INDIA, &receiver).await;
    let cases: [(&str, &[&str], Option<i64>); 8] = [
        ("91987131049", &["failed"], Some(131_049)),
        ("91987131050", &["failed"], Some(131_050)),
        ("14155550123", &["failed"], Some(131_049)),
        ("14165550123", &["sent", "delivered", "read"], None),
        ("5359876543", &["failed"], Some(131_026)),
        ("91987000001", &["sent"], None),
        ("91987000003", &["sent", "read"], None),
        ("91987000006", &["delivered", "sent", "read"], None),
    ];
    for (to, names, error) in cases {
        let (status, _) = world.post(&format!("/v26.0/{INDIA_PHONE}/marketing_messages"), offer(to)).await;
        assert_eq!(status, 200, "what fails later is accepted first");
        for expected in names {
            let (name, status) = receiver.status().await;
            assert_eq!(&name, expected, "{to}");
            assert_eq!(status["errors"][0]["code"].as_i64(), error, "{to}");
        }
    }
}

#[tokio::test]
async fn free_messages_need_an_open_window() {
    let world = quick().await;
    let mut receiver = Receiver::start().await;
    world.subscribe(INDIA, &receiver).await;
    let text = json!({"messaging_product": "whatsapp", "to": "919876543210", "type": "text", "text": {"body": "hi"}});
    world.post(&format!("/v26.0/{INDIA_PHONE}/messages"), text.clone()).await;
    assert_eq!(receiver.status().await.1["errors"][0]["code"], 131_047);
    world.control("inbound", json!({"phone_number_id": INDIA_PHONE, "from": "919876543210", "text": "Bonjour"})).await;
    let hook = receiver.next().await;
    assert_eq!(hook.body["entry"][0]["changes"][0]["value"]["messages"][0]["text"]["body"], "Bonjour");
    world.post(&format!("/v26.0/{INDIA_PHONE}/messages"), text).await;
    let (name, status) = receiver.status().await;
    assert_eq!((name.as_str(), &status["pricing"]["category"]), ("sent", &json!("service")));
}

#[tokio::test]
async fn subscribing_needs_the_handshake() {
    let world = quick().await;
    let receiver = Receiver::start().await;
    let edge = format!("/v26.0/{INDIA}/subscribed_apps");
    for (callback, token) in [
        (receiver.url.as_str(), "wrong"),
        ("http://127.0.0.1:1/none", "right"),
        ("http://example.com/", "right"),
        ("https://127.0.0.1/", "right"),
    ] {
        let (status, body) = world.post(&edge, json!({"override_callback_uri": callback, "verify_token": token})).await;
        assert_eq!((status, &body["error"]["code"]), (400, &json!(2200)), "{callback}");
    }
    assert_eq!(world.ok(&edge).await["data"], json!([]));
    world.subscribe(INDIA, &receiver).await;
    let rows = world.ok(&edge).await;
    assert_eq!(rows["data"][0]["override_callback_uri"], receiver.url);
    assert_eq!(rows["data"][0]["whatsapp_business_api_data"]["id"], world.sandbox.app_id());
    let gone = world.client.delete(world.url(&edge)).bearer_auth(world.sandbox.token()).send().await.unwrap();
    assert_eq!(gone.status(), 200);
    assert_eq!(world.ok(&edge).await["data"], json!([]));
}

#[tokio::test]
async fn restricted_account_tells_its_new_subscriber_until_when() {
    let world = quick().await;
    let mut receiver = Receiver::start().await;
    world.subscribe("301922475508316", &receiver).await;
    let hook = receiver.next().await;
    let value = &hook.body["entry"][0]["changes"][0]["value"];
    assert_eq!(value["event"], "ACCOUNT_RESTRICTION");
    assert_eq!(value["restriction_info"][0]["restriction_type"], "RESTRICTED_BIZ_INITIATED_MESSAGING");
    assert!(value["restriction_info"][0]["expiration"].as_i64().unwrap() > 1_700_000_000);
}

#[tokio::test]
async fn one_recipient_can_be_written_to_45_times_only() {
    let world = quick().await;
    for _ in 0..45 {
        assert_eq!(code(&world, INDIA_PHONE, "messages", offer("919876500000")).await, 0);
    }
    assert_eq!(code(&world, INDIA_PHONE, "messages", offer("919876500000")).await, 131_056);
    assert_eq!(code(&world, INDIA_PHONE, "messages", offer("919876500001")).await, 0);
}

#[tokio::test]
async fn switched_off_cloud_api_holds_only_once_onboarding_has_begun() {
    let world = quick().await;
    let (status, _) = world.post(&format!("/v26.0/{FRANCE}"), json!({"disable_marketing_messages_on_cloud_api": true})).await;
    assert_eq!(status, 200);
    assert_eq!(code(&world, FRANCE_PHONE, "messages", offer("919876543210")).await, 0, "terms are not even asked for");
    let (status, _) = world.post(&format!("/v26.0/{KITCHENS}"), json!({"disable_marketing_messages_on_cloud_api": false})).await;
    assert_eq!(status, 200);
    assert_eq!(code(&world, KITCHENS_PHONE, "marketing_messages", offer("919876543210")).await, 0);
}

#[tokio::test]
async fn new_template_is_reviewed_synchronised_and_then_sent() {
    let world = quick().await;
    let body = json!({"name": "fresh", "language": "en_US", "category": "MARKETING", "components": [{"type": "body", "text": "Something fresh."}]});
    let (_, made) = world.post(&format!("/v26.0/{INDIA}/message_templates"), body.clone()).await;
    assert_eq!((&made["status"], &made["category"]), (&json!("PENDING"), &json!("MARKETING")));
    let (_, again) = world.post(&format!("/v26.0/{INDIA}/message_templates"), body).await;
    assert_eq!(again["error"]["error_subcode"], 2_388_024);
    let send = json!({"messaging_product": "whatsapp", "to": "919876543210", "type": "template", "template": {"name": "fresh", "language": {"code": "en_US"}}});
    assert_eq!(code(&world, INDIA_PHONE, "marketing_messages", send.clone()).await, 132_001);
    world.sandbox.advance(5);
    assert_eq!(code(&world, INDIA_PHONE, "marketing_messages", send.clone()).await, 134_101);
    assert_eq!(code(&world, INDIA_PHONE, "messages", send.clone()).await, 0);
    world.sandbox.advance(600);
    assert_eq!(code(&world, INDIA_PHONE, "marketing_messages", send).await, 0);
    let id = made["id"].as_str().unwrap();
    let node = world.ok(&format!("/v26.0/{id}?fields=status,components,ad_id")).await;
    assert_eq!((&node["status"], &node["components"][0]["type"]), (&json!("APPROVED"), &json!("BODY")));
    assert!(node["ad_id"].is_string());
    let gone = world.client.delete(world.url(&format!("/v26.0/{INDIA}/message_templates?name=fresh")));
    assert_eq!(gone.bearer_auth(world.sandbox.token()).send().await.unwrap().status(), 200);
    assert_eq!(world.error(&format!("/v26.0/{id}")).await["error_subcode"], 33);
}
