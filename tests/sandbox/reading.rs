//! Tokens, fields, edges, pages and errors.

use std::collections::BTreeSet;

use wabadeck::sandbox::{Options, Sandbox};

use super::support::{World, client, ids};

const INDIA: &str = "102290129340398";
const CEDAR: &str = "330174926650183";
const KILN: &str = "572209418836015";

#[tokio::test]
async fn missing_and_wrong_tokens_are_code_190_with_status_401() {
    let world = World::demo().await;
    for query in ["", "?access_token=wrong", "?access_token="] {
        let answer = client().get(world.url(&format!("/v26.0/me{query}"))).send().await.unwrap();
        assert_eq!(answer.status(), 401);
        assert!(answer.headers()["www-authenticate"].to_str().unwrap().starts_with("OAuth "));
        assert_eq!(answer.headers()["x-wabadeck-sandbox"], "1");
        let body: serde_json::Value = answer.json().await.unwrap();
        assert_eq!(body["error"]["code"], 190);
        assert_eq!(body["error"]["type"], "OAuthException");
    }
}

#[tokio::test]
async fn token_may_come_by_header_query_form_or_json() {
    let world = World::demo().await;
    let token = world.sandbox.token().to_owned();
    let http = client();
    let mut answers = vec![
        http.get(world.url("/me")).bearer_auth(&token).send().await.unwrap(),
        http.get(world.url(&format!("/v21.0/me?access_token={token}"))).send().await.unwrap(),
    ];
    let form = format!("access_token={token}&method=get&fields=id");
    answers.push(
        http.post(world.url("/v25.0/me"))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form)
            .send()
            .await
            .unwrap(),
    );
    let json = serde_json::json!({"access_token": token, "method": "GET"});
    answers.push(http.post(world.url("/v25.0/me")).json(&json).send().await.unwrap());
    for answer in answers {
        assert_eq!(answer.status(), 200);
        assert!(answer.headers()["content-type"].to_str().unwrap().starts_with("application/json"));
    }
}

#[tokio::test]
async fn errors_have_the_codes_of_graph() {
    let world = World::demo().await;
    let cases = [
        ("/v26.0/999", 100, Some(33)),
        ("/v26.0/no_such_alias", 803, None),
        ("/v26.0/a/b/c", 2500, None),
        ("/v26.0/102290129340398?fields=id,nope", 100, None),
        ("/v26.0/102290129340398?fields=id,%7B", 2500, None),
        ("/v26.0/102290129340398/nope", 100, None),
        ("/v26.0/102290129340398/phone_numbers?after=forged", 100, None),
        ("/v26.0/102290129340398/phone_numbers?limit=-1", 100, None),
        ("/v26.0/?ids=1,2", 100, None),
        ("/v26.0/me?appsecret_proof=00", 100, None),
        ("/v26.0/572209418836015/owned_whatsapp_business_accounts", 200, None),
    ];
    for (path, code, subcode) in cases {
        let error = world.error(path).await;
        assert_eq!(error["code"], code, "{path}");
        assert_eq!(error["error_subcode"].as_i64(), subcode, "{path}");
    }
    let error = world.error("/v26.0/102290129340398?fields=nope").await;
    assert_eq!(error["message"], "(#100) Tried accessing nonexisting field (nope) on node type (WhatsAppBusinessAccount)");
}

#[tokio::test]
async fn only_what_was_asked_comes_back_and_the_id_always() {
    let world = World::demo().await;
    let node = world.ok(&format!("/v26.0/{INDIA}?fields=currency")).await;
    assert_eq!(node, serde_json::json!({"id": INDIA, "currency": "INR"}));
    let node = world.ok(&format!("/v26.0/{INDIA}")).await;
    let names: Vec<&String> = node.as_object().unwrap().keys().collect();
    assert_eq!(names, ["id", "message_template_namespace", "name", "timezone_id"]);
}

#[tokio::test]
async fn onboarding_field_has_two_shapes() {
    let world = World::demo().await;
    let account = world.ok(&format!("/v26.0/{INDIA}?fields=marketing_messages_onboarding_status,owner_business_info")).await;
    assert_eq!(account["marketing_messages_onboarding_status"], "ONBOARDED");
    assert_eq!(account["owner_business_info"]["marketing_messages_onboarding_status"]["status"], "TERM_OF_SERVICE_SIGNED");
    let business = world.ok(&format!("/v26.0/{CEDAR}?fields=marketing_messages_onboarding_status")).await;
    assert_eq!(business["marketing_messages_onboarding_status"]["status"], "TERM_OF_SERVICE_SIGNED");
}

#[tokio::test]
async fn versions_know_different_fields() {
    let world = World::demo().await;
    let limit = "fields=whatsapp_business_manager_messaging_limit";
    world.ok(&format!("/v24.0/{INDIA}?{limit}")).await;
    assert_eq!(world.error(&format!("/v23.0/{INDIA}?{limit}")).await["code"], 100);
    let phone = |version: &str| format!("/{version}/106540352242922?fields=messaging_limit_tier");
    assert_eq!(world.ok(&phone("v23.0")).await["messaging_limit_tier"], "TIER_100K");
    assert_eq!(world.ok(&phone("v24.0")).await.get("messaging_limit_tier"), None);
}

#[tokio::test]
async fn following_next_reads_every_account_once() {
    let world = World::start(Options { accounts: Some(130), seed: 7, ..Options::default() }).await;
    let businesses = world.ok("/v26.0/me/businesses").await;
    let portfolio = ids(&businesses)[0].clone();
    let whole = world.ok(&format!("/v26.0/{portfolio}/owned_whatsapp_business_accounts?limit=100&summary=total_count")).await;
    let total = whole["summary"]["total_count"].as_u64().unwrap();
    let mut seen = Vec::new();
    let mut next =
        Some(world.url(&format!(
            "/v26.0/{portfolio}/owned_whatsapp_business_accounts?limit=7&fields=id,phone_numbers.limit(1)%7Bid%7D"
        )));
    while let Some(address) = next {
        let page: serde_json::Value =
            client().get(&address).bearer_auth(world.sandbox.token()).send().await.unwrap().json().await.unwrap();
        seen.extend(ids(&page));
        assert_eq!(page["data"][0]["phone_numbers"]["data"].as_array().unwrap().len(), 1);
        next = page["paging"]["next"].as_str().map(str::to_owned);
    }
    assert_eq!(seen.len() as u64, total);
    assert_eq!(seen.iter().collect::<BTreeSet<_>>().len(), seen.len());
    assert_eq!(seen, ids(&whole));
}

#[tokio::test]
async fn creation_time_ranges_cut_the_list_without_loss() {
    let world = World::start(Options { accounts: Some(90), seed: 3, ..Options::default() }).await;
    let portfolio = ids(&world.ok("/v26.0/me/businesses").await)[0].clone();
    let edge = format!("/v26.0/{portfolio}/owned_whatsapp_business_accounts?limit=100&fields=id,creation_time");
    let all = world.ok(&edge).await;
    let middle = all["data"][10]["creation_time"].as_i64().unwrap();
    let filter = |operator: &str, value: i64| {
        format!(
            "{edge}&filtering=%5B%7B%22field%22:%22creation_time%22,%22operator%22:%22{operator}%22,%22value%22:%22{value}%22%7D%5D"
        )
    };
    let older = ids(&world.ok(&filter("LESS_THAN", middle)).await);
    let newer = ids(&world.ok(&filter("GREATER_THAN", middle - 1)).await);
    assert_eq!(older.len() + newer.len(), ids(&all).len());
    assert!(!older.is_empty() && !newer.is_empty());
    assert_eq!(world.error(&filter("CONTAIN", 1)).await["code"], 100);
}

#[tokio::test]
async fn onboarding_filter_works_on_the_client_edge_only() {
    let world = World::demo().await;
    let filter = "filtering=%5B%7B%22field%22:%22marketing_messages_onboarding_status%22,%22operator%22:%22IN%22,%22value%22:%5B%22ELIGIBLE%22%5D%7D%5D";
    let page = world
        .ok(&format!("/v26.0/{CEDAR}/client_whatsapp_business_accounts?fields=id,marketing_messages_onboarding_status&{filter}"))
        .await;
    assert_eq!(page["data"].as_array().unwrap().len(), 1);
    assert_eq!(page["data"][0]["marketing_messages_onboarding_status"], "ELIGIBLE");
    assert_eq!(world.error(&format!("/v26.0/{CEDAR}/owned_whatsapp_business_accounts?{filter}")).await["code"], 100);
}

#[tokio::test]
async fn all_ways_together_see_every_account_and_no_single_one_does() {
    let world = World::demo().await;
    let token = world.sandbox.token().to_owned();
    let mut seen = BTreeSet::new();
    let mut ways = Vec::new();
    for business in ids(&world.ok("/v26.0/me/businesses").await) {
        for edge in ["owned", "client"] {
            ways.push(ids(&world.ok(&format!("/v26.0/{business}/{edge}_whatsapp_business_accounts?limit=100")).await));
        }
    }
    ways.push(ids(&world.ok("/v26.0/me/assigned_whatsapp_business_accounts").await));
    let debug = world.ok(&format!("/v26.0/debug_token?input_token={token}")).await;
    let granted = debug["data"]["granular_scopes"][1]["target_ids"].as_array().unwrap();
    ways.push(granted.iter().map(|id| id.as_str().unwrap().to_owned()).collect());
    for way in &ways {
        seen.extend(way.iter().cloned());
    }
    let all: BTreeSet<String> =
        world.sandbox.ids().into_iter().flat_map(|portfolio| portfolio.accounts).map(|account| account.id).collect();
    assert_eq!(seen, all);
    assert!(ways.iter().all(|way| way.len() < all.len()));
    assert!(ways.iter().map(Vec::len).sum::<usize>() > all.len(), "the ways overlap");
}

#[tokio::test]
async fn template_filters_and_summary_work() {
    let world = World::demo().await;
    let edge = format!("/v26.0/{INDIA}/message_templates");
    let page = world.ok(&format!("{edge}?status=PAUSED&fields=name,status")).await;
    assert_eq!(page["data"][0]["name"], "loud_promo");
    let page = world.ok(&format!("{edge}?language[]=ar&language[]=hi&name=autumn&fields=language&summary=true")).await;
    assert_eq!(page["data"].as_array().unwrap().len(), 2);
    assert_eq!(page["summary"]["total_count"], 2);
    assert!(page["summary"]["message_template_count"].as_u64().unwrap() > 20);
    let page = world.ok(&format!("{edge}?content=stylists")).await;
    assert_eq!(page["data"][0]["name"], "talk_to_stylist");
    let page = world.ok(&format!("{edge}?category=AUTHENTICATION&quality_score=UNKNOWN&limit=500")).await;
    assert!(page["data"].as_array().unwrap().iter().all(|row| row["category"] == "AUTHENTICATION"));
    assert_eq!(world.error(&format!("{edge}?category=NONSENSE")).await["code"], 100);
}

#[tokio::test]
async fn same_seed_gives_the_same_fleet_and_another_seed_another() {
    let fleet = |seed| async move {
        let options = Options { accounts: Some(40), seed, ..Options::default() };
        let sandbox = Sandbox::start(options).await.unwrap();
        sandbox.ids()
    };
    assert_eq!(fleet(7).await, fleet(7).await);
    assert_ne!(fleet(7).await, fleet(8).await);
}

#[tokio::test]
async fn hostile_requests_get_errors_shaped_like_graph() {
    let world = World::demo().await;
    let token = world.sandbox.token().to_owned();
    let http = client();
    let deep = format!("{{\"a\":{}", "[".repeat(50_000));
    let bodies = [deep.into_bytes(), vec![0xff, 0xfe, 0x00], b"[1,2]".to_vec(), vec![b'a'; 9 * 1024 * 1024]];
    for body in bodies {
        let sent = http
            .post(world.url("/v26.0/102290129340398"))
            .bearer_auth(&token)
            .header("content-type", "application/json")
            .body(body)
            .send()
            .await;
        // A body beyond the limit may break the connection before the answer is read.
        if let Ok(answer) = sent {
            assert!(answer.status().is_client_error());
            let error: serde_json::Value = answer.json().await.unwrap();
            assert_eq!(error["error"]["code"], 100);
        }
    }
    for path in ["/%ff%fe", "/v26.0/%00", "/v26.0/102290129340398?fields=%ff", "//////", "/v26.0/1%2F2/x"] {
        assert!(world.get(path).await.0 >= 400, "{path}");
    }
    let brew = reqwest::Method::from_bytes(b"BREW").unwrap();
    let answer = http.request(brew, world.url("/v26.0/me")).bearer_auth(&token).send().await.unwrap();
    assert_eq!(answer.status(), 400);
}

#[tokio::test]
async fn client_portfolio_is_named_by_its_accounts() {
    let world = World::demo().await;
    let account = world.ok("/v26.0/301922475508316?fields=owner_business%7Bid,name,verification_status%7D,health_status").await;
    assert_eq!(account["owner_business"]["id"], KILN);
    assert_eq!(account["health_status"]["can_send_message"], "BLOCKED");
    assert_eq!(account["health_status"]["entities"][0]["errors"][0]["error_code"], 131031);
}

#[tokio::test]
async fn insights_can_be_switched_on_and_never_off() {
    let world = World::demo().await;
    let path = "/v26.0/201573948812067";
    let (status, body) = world.post(path, serde_json::json!({"is_enabled_for_insights": true})).await;
    assert_eq!((status, &body["id"]), (200, &serde_json::json!(201_573_948_812_067_u64)));
    let (_, body) = world.post(path, serde_json::json!({"is_enabled_for_insights": false})).await;
    assert_eq!(body["error"]["code"], 200_006);
    assert_eq!(world.ok(&format!("{path}?fields=is_enabled_for_insights")).await["is_enabled_for_insights"], true);
}
