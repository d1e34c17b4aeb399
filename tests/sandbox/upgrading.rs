//! Signup: the page, its endings, the code, and what they do to the portfolio.

use serde_json::{Value, json};
use url::Url;
use wabadeck::sandbox::{Options, UpgradeOutcome};

use super::support::{Receiver, World};

const VERVEINE: &str = "418830561927740";
const KILN: &str = "572209418836015";
const FRANCE: &str = "201573948812067";
const BACK: &str = "http://127.0.0.1:9/back?kept=1";

async fn press(world: &World, business: &str, action: &str) -> Url {
    let body = form_urlencoded::Serializer::new(String::new())
        .extend_pairs([("business_id", business), ("state", "s&1"), ("redirect_uri", BACK), ("action", action)])
        .finish();
    let request = world.client.post(world.url("/sandbox/signup")).header("content-type", "application/x-www-form-urlencoded");
    let answer = request.body(body).send().await.unwrap();
    assert_eq!(answer.status(), 303);
    Url::parse(answer.headers()["location"].to_str().unwrap()).unwrap()
}

fn value(url: &Url, name: &str) -> Option<String> {
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

async fn statuses(world: &World, business: &str) -> Vec<String> {
    let edge = format!("/v26.0/{business}/owned_whatsapp_business_accounts?fields=marketing_messages_onboarding_status");
    let page = world.ok(&edge).await;
    page["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["marketing_messages_onboarding_status"].as_str().unwrap().to_owned())
        .collect()
}

async fn exchange(world: &World, code: &str) -> (u16, Value) {
    let query = format!("client_id={}&client_secret={}&code={code}", world.sandbox.app_id(), world.sandbox.app_secret());
    let answer = world.client.get(world.url(&format!("/v26.0/oauth/access_token?{query}"))).send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

#[tokio::test]
async fn page_names_portfolio_and_accounts_and_says_sandbox() {
    let world = World::demo().await;
    let page = |query: String, language: &'static str| {
        let request = world.client.get(world.url(&format!("/sandbox/signup?business_id={VERVEINE}&{query}")));
        async move { request.header("accept-language", language).send().await.unwrap().text().await.unwrap() }
    };
    let english = page("state=x".into(), "en").await;
    for part in ["SANDBOX", "Maison Verveine", "Maison Verveine Maroc", FRANCE, "Accept", "Cancel", "Report a problem"] {
        assert!(english.contains(part), "{part}");
    }
    assert!(page(String::new(), "fr-FR,fr;q=0.9").await.contains("Signaler un problème"));
    assert!(page("lang=fr".into(), "en").await.contains("lang=\"fr\""));
    let hostile = page("state=%22%3E%3Cscript%3E".into(), "en").await;
    assert!(!hostile.contains("<script>"));
}

#[tokio::test]
async fn accepting_turns_the_eligible_accounts_on_and_gives_a_code() {
    let world = World::demo().await;
    let mut receiver = Receiver::start().await;
    world.subscribe(FRANCE, &receiver).await;
    let back = press(&world, VERVEINE, "accept").await;
    assert_eq!(value(&back, "kept").as_deref(), Some("1"));
    assert_eq!(value(&back, "state").as_deref(), Some("s&1"));
    assert_eq!(value(&back, "event").as_deref(), Some("FINISH"));
    assert_eq!(value(&back, "business_id").as_deref(), Some(VERVEINE));
    assert_eq!(value(&back, "waba_ids").unwrap().split(',').count(), 3);
    assert_eq!(statuses(&world, VERVEINE).await, ["ONBOARDED", "ONBOARDED", "ONBOARDED"]);
    let account = world.ok(&format!("/v26.0/{FRANCE}?fields=owner_business_info")).await;
    let state = &account["owner_business_info"]["marketing_messages_onboarding_status"];
    assert_eq!(state["status"], "TERM_OF_SERVICE_SIGNED");
    let hook = receiver.next().await;
    let change = &hook.body["entry"][0]["changes"][0]["value"];
    assert_eq!((&change["event"], &change["waba_info"]["waba_id"]), (&json!("MM_LITE_TERMS_SIGNED"), &json!(FRANCE)));
    let code = value(&back, "code").unwrap();
    let (status, body) = exchange(&world, &code).await;
    assert_eq!((status, &body["token_type"]), (200, &json!("bearer")));
    let token = body["access_token"].as_str().unwrap();
    let sees = |path: String| {
        let request = world.client.get(world.url(&path)).bearer_auth(token);
        async move { request.send().await.unwrap().status().as_u16() }
    };
    assert_eq!(sees(format!("/v26.0/{FRANCE}")).await, 200);
    assert_eq!(sees("/v26.0/102290129340398".into()).await, 400, "another portfolio is not the customer's to see");
    let (_, body) = exchange(&world, &code).await;
    assert_eq!(body["error"]["error_subcode"], 36_009, "a code is exchanged once");
}

#[tokio::test]
async fn code_lives_for_30_seconds() {
    let world = World::demo().await;
    let code = value(&press(&world, VERVEINE, "accept").await, "code").unwrap();
    world.sandbox.advance(31);
    let (status, body) = exchange(&world, &code).await;
    assert_eq!((status, &body["error"]["error_subcode"]), (400, &json!(36_007)));
    assert_eq!(exchange(&world, "nonsense").await.0, 400);
}

#[tokio::test]
async fn cancelling_and_reporting_change_nothing() {
    let world = World::demo().await;
    let before = statuses(&world, VERVEINE).await;
    let back = press(&world, VERVEINE, "cancel").await;
    assert_eq!(value(&back, "event").as_deref(), Some("CANCEL"));
    assert!(value(&back, "current_step").is_some() && value(&back, "code").is_none());
    let back = press(&world, VERVEINE, "report").await;
    assert_eq!(value(&back, "event").as_deref(), Some("ERROR"));
    for name in ["error_message", "error_code", "session_id", "timestamp"] {
        assert!(value(&back, name).is_some(), "{name}");
    }
    assert_eq!(statuses(&world, VERVEINE).await, before);
}

#[tokio::test]
async fn upgrade_can_be_told_to_fail() {
    let world = World::start(Options { upgrade: UpgradeOutcome::Fail, ..Options::default() }).await;
    let before = statuses(&world, VERVEINE).await;
    assert_eq!(value(&press(&world, VERVEINE, "accept").await, "event").as_deref(), Some("ERROR"));
    assert_eq!(statuses(&world, VERVEINE).await, before);
    world.control("upgrade", json!({"outcome": "succeed"})).await;
    assert_eq!(value(&press(&world, VERVEINE, "accept").await, "event").as_deref(), Some("FINISH"));
}

#[tokio::test]
async fn upgrade_can_be_refused_as_restricted_and_the_restriction_lifted() {
    let world = World::demo().await;
    world.control("upgrade", json!({"outcome": "restricted"})).await;
    let mut receiver = Receiver::start().await;
    world.subscribe(FRANCE, &receiver).await;
    let back = press(&world, VERVEINE, "accept").await;
    assert_eq!(value(&back, "event").as_deref(), Some("ERROR"));
    assert_eq!(receiver.next().await.body["entry"][0]["changes"][0]["value"]["event"], "ACCOUNT_RESTRICTION");
    assert_eq!(statuses(&world, VERVEINE).await[0], "INELIGIBLE_INACTIVE_OR_RESTRICTED");
    let account = world.ok(&format!("/v26.0/{FRANCE}?fields=health_status")).await;
    assert_eq!(account["health_status"]["entities"][0]["errors"][0]["error_code"], 131_031);
    world.control("upgrade", json!({"outcome": "succeed"})).await;
    assert_eq!(
        value(&press(&world, VERVEINE, "accept").await, "event").as_deref(),
        Some("ERROR"),
        "it stays refused while restricted"
    );
    world.control(&format!("accounts/{FRANCE}"), json!({"marketing_messages_onboarding_status": "ELIGIBLE"})).await;
    let lifted = receiver.next().await;
    assert_eq!(lifted.body["entry"][0]["changes"][0]["value"]["ban_info"]["waba_ban_state"], "REINSTATE");
    assert_eq!(value(&press(&world, VERVEINE, "accept").await, "event").as_deref(), Some("FINISH"));
}

#[tokio::test]
async fn portfolio_with_a_restricted_account_is_refused_from_the_start() {
    let world = World::demo().await;
    let back = press(&world, KILN, "accept").await;
    assert!(value(&back, "error_message").unwrap().contains("restricted"));
}

#[tokio::test]
async fn internal_setup_ends_when_its_time_has_come() {
    let world = World::start(Options { setup_delay: std::time::Duration::from_secs(60), ..Options::default() }).await;
    press(&world, VERVEINE, "accept").await;
    assert_eq!(statuses(&world, VERVEINE).await[0], "PENDING_INTERNAL_SETUP");
    world.sandbox.advance(61);
    assert_eq!(statuses(&world, VERVEINE).await[0], "ONBOARDED");
}

#[tokio::test]
async fn browser_is_sent_nowhere_but_to_this_machine() {
    let world = World::demo().await;
    for address in ["https://example.com/", "javascript:alert(1)", "http://127.0.0.1.example.com/"] {
        let page = world.client.get(world.url("/sandbox/signup")).query(&[("redirect_uri", address)]).send().await.unwrap();
        assert_eq!(page.status(), 400, "{address}");
    }
    let closing = world.client.post(world.url("/sandbox/signup")).query(&[("action", "cancel")]).send().await.unwrap();
    assert_eq!(closing.status(), 200);
    assert!(closing.text().await.unwrap().contains("You can close this window"));
}

#[tokio::test]
async fn invitation_is_sent_once() {
    let world = World::demo().await;
    let edge = format!("/v26.0/{VERVEINE}/onboard_partners_to_mm_lite");
    let (status, body) = world.post(&edge, json!({})).await;
    assert!(status == 200 && body["request_id"].is_string());
    let state = world.ok(&format!("/v26.0/{VERVEINE}?fields=marketing_messages_onboarding_status")).await;
    assert_eq!(state["marketing_messages_onboarding_status"]["status"], "REQUEST_SENT");
    let (_, again) = world.post(&edge, json!({})).await;
    assert!(again["error"]["message"].as_str().unwrap().contains("already sent this request"));
    let (_, other) = world.post(&format!("/v26.0/{KILN}/onboard_partners_to_mm_lite"), json!({})).await;
    assert_eq!(other["error"]["code"], 1_752_041);
    let (_, signed) = world.post("/v26.0/330174926650183/onboard_partners_to_mm_lite", json!({})).await;
    assert!(signed["error"]["message"].as_str().unwrap().contains("Invalid recipient type"));
}

/// What the window reports when a button is pressed in it.
async fn pressed(world: &World, business: &str, action: &str) -> Value {
    let body = json!({"action": action, "business_id": business, "step": "LOGIN", "session": "S1"});
    let answer = world.client.post(world.url("/sandbox/window")).json(&body).send().await.unwrap();
    answer.json().await.unwrap()
}

#[tokio::test]
async fn window_and_sdk_are_served_to_any_page_and_say_sandbox() {
    let world = World::demo().await;
    let sdk = world.client.get(world.url("/sandbox/sdk.js")).send().await.unwrap();
    assert_eq!(sdk.headers()["access-control-allow-origin"], "*");
    assert!(sdk.text().await.unwrap().contains("window.FB"));
    let query = |app: &str| {
        format!("/sandbox/window?app_id={app}&business_id={VERVEINE}&origin=https://localhost:1&channel=%3C/script%3E")
    };
    let window =
        world.client.get(world.url(&query(&world.sandbox.app_id()))).header("accept-language", "fr").send().await.unwrap();
    let policy = window.headers()["content-security-policy"].to_str().unwrap().to_owned();
    let page = window.text().await.unwrap();
    assert!(policy.contains("script-src 'nonce-") && !policy.contains("unsafe"), "{policy}");
    assert!(page.contains("SANDBOX") && page.contains("Continuer en tant que") && !page.contains("{{"), "{page}");
    assert!(page.contains("\"origin\":\"https://localhost:1\"") && !page.contains("\"channel\":\"</script>"), "{page}");
    let unknown = world.client.get(world.url(&query("1"))).send().await.unwrap();
    assert_eq!(unknown.status(), 400);
}

#[tokio::test]
async fn window_reports_as_metas_does() {
    let world = World::demo().await;
    let left = pressed(&world, VERVEINE, "cancel").await;
    assert_eq!(left, json!({"event": "CANCEL", "data": {"current_step": "LOGIN", "session_id": "S1"}}));
    let reported = pressed(&world, VERVEINE, "report").await;
    assert_eq!((&reported["event"], &reported["data"]["session_id"]), (&json!("CANCEL"), &json!("S1")));
    let refused = pressed(&world, KILN, "accept").await;
    assert!(refused["event"] == "ERROR" && refused["data"]["error_message"].as_str().unwrap().contains("restricted"));
    let done = pressed(&world, VERVEINE, "accept").await;
    assert_eq!((&done["event"], &done["data"]["business_id"]), (&json!("FINISH"), &json!(VERVEINE)));
    assert_eq!(exchange(&world, done["code"].as_str().unwrap()).await.0, 200);
}

#[tokio::test]
async fn codes_can_be_told_to_have_expired_and_accounts_to_wait_for_payment() {
    let world = World::demo().await;
    world.control("upgrade", json!({"code_seconds": 0, "outcome": "payment"})).await;
    let done = pressed(&world, VERVEINE, "accept").await;
    let (_, body) = exchange(&world, done["code"].as_str().unwrap()).await;
    assert_eq!(body["error"]["error_subcode"], 36_007);
    assert_eq!(statuses(&world, VERVEINE).await, ["PENDING_VALID_PAYMENT_METHOD"; 3]);
}
