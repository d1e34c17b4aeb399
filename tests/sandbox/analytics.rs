//! What the analytics edges of one account tell has to fit together, whatever the fleet.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{Value, json};
use wabadeck::sandbox::Options;

use super::support::{World, ids};

const DAY: i64 = 86_400;

/// Sums of a count by whatever `key` names.
fn sums(points: &Value, key: &str, count: &str) -> BTreeMap<String, i64> {
    let mut sums = BTreeMap::new();
    for point in points.as_array().unwrap() {
        *sums.entry(point[key].as_str().unwrap_or_default().to_owned()).or_default() += point[count].as_i64().unwrap();
    }
    sums
}

async fn every(world: &World, edge: &str) -> Vec<Value> {
    world.ok(&format!("/v26.0/{edge}")).await["data"].as_array().unwrap().clone()
}

async fn accounts(world: &World) -> Vec<String> {
    let mut accounts = Vec::new();
    for business in ids(&world.ok("/v26.0/me/businesses?limit=20").await) {
        accounts.extend(ids(&world.ok(&format!("/v26.0/{business}/owned_whatsapp_business_accounts?limit=20")).await));
    }
    accounts
}

/// What all templates of an account sent by one product, and by category what they sent.
async fn sent_by_templates(world: &World, account: &str, product: &str, span: (i64, i64)) -> BTreeMap<String, i64> {
    let templates = every(world, &format!("{account}/message_templates?fields=id,category&limit=200")).await;
    let mut sent = BTreeMap::new();
    for ten in templates.chunks(10) {
        let listed: Vec<&str> = ten.iter().map(|template| template["id"].as_str().unwrap()).collect();
        let page = world
            .ok(&format!(
                "/v26.0/{account}/template_analytics?start={}&end={}&granularity=DAILY&product_type={product}&template_ids=%5B{}%5D",
                span.0,
                span.1,
                listed.join(",")
            ))
            .await;
        let by_template = sums(&page["data"][0]["data_points"], "template_id", "sent");
        for template in ten {
            let category = template["category"].as_str().unwrap().to_owned();
            *sent.entry(category).or_default() += by_template.get(template["id"].as_str().unwrap()).copied().unwrap_or(0);
        }
    }
    sent
}

async fn fits_together(options: Options, days: i64) {
    let world = World::start(options).await;
    let now = world.ok("/sandbox").await["time"].as_i64().unwrap();
    let span = (now - days * DAY, now);
    let mut counted = 0;
    for account in accounts(&world).await {
        let (status, _) = world.post(&format!("/v26.0/{account}"), json!({"is_enabled_for_insights": true})).await;
        if status != 200 {
            continue;
        }
        let nobody =
            format!("/v26.0/{account}/template_analytics?start={}&end={}&granularity=DAILY&template_ids=%5B1%5D", span.0, span.1);
        // Where Meta offers no template analytics, there is nothing to compare.
        if world.error(&nobody).await["code"] == 200_005 {
            continue;
        }
        let asked = |dimensions: &str, granularity: &str| {
            format!(
                "/v26.0/{account}?fields=pricing_analytics.start({}).end({}).granularity({granularity}).dimensions({dimensions})",
                span.0, span.1
            )
        };
        let node = world.ok(&asked("%5B%22PRICING_CATEGORY%22%5D", "DAILY")).await;
        let volumes = sums(&node["pricing_analytics"]["data"][0]["data_points"], "pricing_category", "volume");
        let node = world.ok(&asked("%5B%22PHONE%22%5D", "DAILY")).await;
        let by_phone = sums(&node["pricing_analytics"]["data"][0]["data_points"], "phone_number", "volume");
        assert_eq!(by_phone.values().sum::<i64>(), volumes.values().sum::<i64>(), "{account}: its numbers make it up");

        let optimized = sent_by_templates(&world, &account, "MARKETING_MESSAGES_API_FOR_WHATSAPP", span).await;
        let cloud_api = sent_by_templates(&world, &account, "CLOUD_API", span).await;
        let of = |sums: &BTreeMap<String, i64>, name: &str| sums.get(name).copied().unwrap_or(0);
        assert_eq!(optimized.values().sum::<i64>(), of(&optimized, "MARKETING"), "{account}: only marketing goes optimized");
        for (sent, volume) in [
            (of(&optimized, "MARKETING"), of(&volumes, "MARKETING_LITE")),
            (of(&cloud_api, "MARKETING"), of(&volumes, "MARKETING")),
            (of(&cloud_api, "UTILITY"), of(&volumes, "UTILITY")),
            (of(&cloud_api, "AUTHENTICATION"), of(&volumes, "AUTHENTICATION")),
        ] {
            assert!(
                sent <= volume,
                "{account}: {sent} of templates, {volume} of the account\n{optimized:?} {cloud_api:?} {volumes:?}"
            );
            counted += sent;
        }
    }
    assert!(counted > 0, "some template was counted");
}

#[tokio::test]
async fn templates_of_the_demo_fleet_send_no_more_than_their_accounts() {
    for days in [7, 30, 90] {
        fits_together(Options::default(), days).await;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn templates_of_any_fleet_send_no_more_than_their_accounts(seed in any::<u64>(), count in 3..9_usize, days in 1..80_i64) {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(fits_together(Options { seed, accounts: Some(count), ..Options::default() }, days));
    }
}
