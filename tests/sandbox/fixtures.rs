//! Agreement with example bodies that were not written here. They are no part of the project: where they are absent the
//! tests say so and pass.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::support::World;

const INDIA: &str = "102290129340398";
const INDIA_PHONE: &str = "106540352242922";

fn folder(kind: &str) -> Vec<(String, Value)> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let folder =
        root.ancestors().skip(1).take(2).map(|place| place.join("shared/fixtures/graph").join(kind)).find(|place| place.is_dir());
    let Some(folder) = folder else {
        println!("skipped: no example bodies of kind {kind} beside the project");
        return Vec::new();
    };
    let mut bodies: Vec<(String, Value)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            (
                path.file_stem().unwrap().to_string_lossy().into_owned(),
                serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap(),
            )
        })
        .collect();
    bodies.sort_by(|left, right| left.0.cmp(&right.0));
    bodies
}

/// Kinds of JSON values by path; items of arrays share a path.
fn shape(value: &Value, path: &str, into: &mut std::collections::BTreeMap<String, &'static str>) {
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "truth",
        Value::Number(_) => "number",
        Value::String(_) => "text",
        Value::Array(items) => {
            items.iter().for_each(|item| shape(item, &format!("{path}[]"), into));
            "list"
        }
        Value::Object(members) => {
            members.iter().for_each(|(name, member)| shape(member, &format!("{path}.{name}"), into));
            "object"
        }
    };
    into.insert(path.to_owned(), kind);
}

/// Whether every place that both have holds the same kind of value.
fn agree(name: &str, ours: &Value, theirs: &Value) -> usize {
    let (mut left, mut right) = Default::default();
    shape(ours, "", &mut left);
    shape(theirs, "", &mut right);
    let mut shared = 0;
    for (path, kind) in &right {
        if let Some(own) = left.get(path) {
            assert!(own == kind || *kind == "null", "{name}: {path} is {own} here and {kind} there");
            shared += 1;
        }
    }
    shared
}

#[tokio::test]
async fn documented_send_requests_are_understood() {
    let world = World::demo().await;
    for (name, body) in folder("send-requests") {
        let edge = if name.contains("marketing-messages") { "marketing_messages" } else { "messages" };
        let (status, answer) = world.post(&format!("/v23.0/{INDIA_PHONE}/{edge}"), body.clone()).await;
        // Their templates are not in the demo fleet; everything before the look-up has to pass.
        let code = answer["error"]["code"].as_i64();
        let fine = status == 200 || code == Some(132_001);
        assert!(fine, "{name}: {answer}");
        assert_eq!(status == 200, body["type"] != "template", "{name}: {answer}");
    }
}

#[tokio::test]
async fn documented_send_requests_go_through_once_their_template_exists() {
    let world = World::demo().await;
    for (name, body) in folder("send-requests") {
        let Some(template) = body.get("template") else { continue };
        let named = template["name"].as_str().unwrap().replace('-', "_");
        let parameters = template["components"].as_array().into_iter().flatten().find(|part| part["type"] == "body");
        let count = parameters.map_or(0, |part| part["parameters"].as_array().unwrap().len());
        let text: String = (1..=count).map(|number| format!("word and word {{{{{number}}}}} ")).collect();
        let template_body = json!({
            "name": format!("{named}_{}", name.len()), "language": template["language"]["code"], "category": "MARKETING",
            "components": [{"type": "BODY", "text": format!("Some words {text} at the end.")}, {"type": "BUTTONS", "buttons": [{"type": "CATALOG", "text": "View"}]}],
        });
        let (status, made) = world.post(&format!("/v23.0/{INDIA}/message_templates"), template_body).await;
        assert_eq!(status, 200, "{name}: {made}");
        world.sandbox.advance(700);
        let mut send = body.clone();
        send["template"]["name"] = json!(format!("{named}_{}", name.len()));
        let edge = if name.contains("marketing-messages") { "marketing_messages" } else { "messages" };
        let (status, answer) = world.post(&format!("/v23.0/{INDIA_PHONE}/{edge}"), send).await;
        assert_eq!(status, 200, "{name}: {answer}");
        for (theirs, expected) in folder("send-responses") {
            assert!(agree(&theirs, &answer, &expected) >= 6, "{theirs}");
        }
    }
}

#[tokio::test]
async fn documented_templates_can_be_made() {
    let world = World::demo().await;
    for (name, mut body) in folder("templates") {
        if !name.contains("request-create") {
            continue;
        }
        body["name"] = json!(format!("{}_{}", body["name"].as_str().unwrap(), name.len()));
        let (status, answer) = world.post(&format!("/v23.0/{INDIA}/message_templates"), body).await;
        assert_eq!(status, 200, "{name}: {answer}");
        for (theirs, expected) in folder("nodes").into_iter().filter(|(name, _)| name.contains("message-templates-200")) {
            assert_eq!(agree(&theirs, &answer, &expected), 4, "{theirs}");
        }
    }
}

#[tokio::test]
async fn lists_and_nodes_agree_with_the_documented_examples() {
    let world = World::demo().await;
    let all = |names: &str| names.replace(' ', ",");
    let phone = all(
        "id display_phone_number verified_name status quality_rating country_code country_dial_code code_verification_status \
         unified_cert_status account_mode host_platform messaging_limit_tier is_official_business_account username name_status",
    );
    let account = all(
        "id name message_template_namespace timezone_id account_review_status currency country business_verification_status \
         ownership_type is_enabled_for_insights primary_business_location",
    );
    let template = all("id name category components language previous_category status");
    let cases = [
        ("lists", "owned-whatsapp", format!("/v23.0/330174926650183/owned_whatsapp_business_accounts?limit=2&fields={account}")),
        (
            "lists",
            "client-whatsapp",
            format!("/v23.0/330174926650183/client_whatsapp_business_accounts?limit=1&fields={account}"),
        ),
        ("lists", "assigned-whatsapp", "/v23.0/me/assigned_whatsapp_business_accounts".to_owned()),
        ("lists", "message-templates", format!("/v23.0/{INDIA}/message_templates?fields={template}")),
        ("lists", "waba-id-phone-numbers", format!("/v23.0/{INDIA}/phone_numbers?fields={phone}")),
        ("nodes", "get-phone-number-id-200", format!("/v23.0/{INDIA_PHONE}?fields={phone}")),
        ("nodes", "get-waba-id-200", format!("/v23.0/{INDIA}?fields={account}")),
    ];
    for (kind, part, path) in cases {
        let ours = world.ok(&path).await;
        for (name, theirs) in folder(kind).into_iter().filter(|(name, _)| name.contains(part)) {
            let empty = theirs["data"].as_array().is_some_and(Vec::is_empty);
            let shared = agree(&name, &ours, &theirs);
            assert!(shared >= 4 || empty, "{name}: only {shared} places in common");
        }
    }
}

#[tokio::test]
async fn errors_agree_with_the_documented_examples() {
    let world = World::demo().await;
    let (_, ours) = world.get("/v23.0/999").await;
    for (name, theirs) in folder("errors") {
        assert!(agree(&name, &ours, &theirs) >= 4, "{name}");
    }
}
