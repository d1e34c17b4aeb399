//! Templates: their fields, the filters of the list, and what their parts ask for.
//! It must not send or page.

use serde_json::{Value, json};

use super::errors::GraphError;
use super::media;
use super::params::texts;
use super::select::Arguments;
use super::state::{Node, World};

/// Templates an account may have, as `message_template_limit` says.
pub const LIMIT: usize = 250;

/// Status of a template; one made here is approved when its review is over.
pub fn status(world: &World, node: Node) -> String {
    let status = world.text(node, "status").unwrap_or_default();
    let due = world.number(node, "_approved_at");
    if status == "PENDING" && due.is_some_and(|due| world.clock.now() >= due) {
        return "APPROVED".to_owned();
    }
    status
}

/// A field of a template.
pub fn value(world: &World, node: Node, name: &str) -> Option<Value> {
    match name {
        "status" => Some(json!(status(world, node))),
        "parameter_format" => Some(world.fact(node, name).unwrap_or(json!("POSITIONAL"))),
        "rejected_reason" => Some(world.fact(node, name).unwrap_or(json!("NONE"))),
        "source" => Some(world.fact(node, name).unwrap_or(json!("manual"))),
        "quality_score" => Some(world.fact(node, name).unwrap_or_else(|| json!({"score": "UNKNOWN", "date": world.began}))),
        "last_updated_time" => Some(world.fact(node, name).unwrap_or(json!(world.began))),
        "cta_url_link_tracking_opted_out" | "is_primary_device_delivery_only" | "is_sms_fallback_enabled" => {
            Some(world.fact(node, name).unwrap_or(json!(false)))
        }
        "components" => world.fact(node, name).map(|components| media::localised(components, &world.media)),
        "ad_id" | "ad_adset_id" | "ad_campaign_id" | "ad_account_id" => linked(world, node, name),
        _ => world.fact(node, name),
    }
}

/// Ids of the read-only ad objects, once a marketing template of an onboarded account has been synchronised.
fn linked(world: &World, node: Node, name: &str) -> Option<Value> {
    let account = world.owner(node)?;
    let marketing = world.text(node, "category").as_deref() == Some("MARKETING");
    if !marketing || world.onboarding(account) != "ONBOARDED" || !synchronised(world, node) {
        return None;
    }
    let base = if name == "ad_account_id" { world.id(Node::Account(account)) } else { world.id(node) };
    let number = 120_200_000_000_000_000 + super::seed::draw(world.seed, base, super::seed::of_text(name)) % 1_000_000_000_000;
    Some(json!(number.to_string()))
}

/// Seconds that a marketing template needs to reach its ad object.
const SYNC_SECONDS: i64 = 600;

/// Whether a marketing template has reached its ad object.
pub fn synchronised(world: &World, node: Node) -> bool {
    world.number(node, "_synced_from").is_none_or(|start| world.clock.now() >= start + SYNC_SECONDS)
}

/// The templates of an account that match the filters of the edge.
///
/// # Errors
/// Code 100 for a category or status that does not exist.
pub fn listed(world: &World, account: u32, arguments: Arguments<'_>) -> Result<Vec<Node>, GraphError> {
    let list = |name: &str| arguments(name).map(|text| texts(&Value::String(text))).unwrap_or_default();
    let (categories, statuses) = (list("category"), list("status"));
    check("category", &categories, &["MARKETING", "UTILITY", "AUTHENTICATION", "FREE_SERVICE"])?;
    check("status", &statuses, STATUSES)?;
    let (languages, scores) = (list("language"), list("quality_score"));
    let (name, content, both) = (arguments("name"), arguments("content"), arguments("name_or_content"));
    let (since, until) = (time(arguments("since"))?, time(arguments("until"))?);
    let templates = world.account(account).map(|account| account.templates.as_slice()).unwrap_or_default();
    let matches = |node: &Node| {
        let text = |field: &str| world.text(*node, field).unwrap_or_default();
        let named = |wanted: &String| text("name").contains(&wanted.to_lowercase());
        let holds =
            |wanted: &String| words(&world.fact(*node, "components").unwrap_or_default()).contains(&wanted.to_lowercase());
        let among = |wanted: &[String], value: String| wanted.is_empty() || wanted.contains(&value);
        let updated = world.number(*node, "last_updated_time").unwrap_or(world.began);
        let score = || {
            world
                .fact(*node, "quality_score")
                .and_then(|score| score.get("score").and_then(Value::as_str).map(str::to_owned))
                .unwrap_or_else(|| "UNKNOWN".to_owned())
        };
        name.as_ref().is_none_or(named)
            && content.as_ref().is_none_or(holds)
            && both.as_ref().is_none_or(|wanted| named(wanted) || holds(wanted))
            && among(&languages, text("language"))
            && among(&categories, text("category"))
            && among(&statuses, status(world, *node))
            && (scores.is_empty() || scores.contains(&score()))
            && since.is_none_or(|since| updated >= since)
            && until.is_none_or(|until| updated <= until)
    };
    Ok(templates.iter().copied().map(Node::Template).filter(matches).collect())
}

/// The statuses of a template that are asked for by name, and that some template of the sandbox has.
pub(super) const STATUSES: &[&str] = &[
    "APPROVED",
    "ARCHIVED",
    "DELETED",
    "DISABLED",
    "IN_APPEAL",
    "LIMIT_EXCEEDED",
    "PAUSED",
    "PENDING",
    "PENDING_DELETION",
    "REJECTED",
];

fn check(name: &str, values: &[String], known: &[&str]) -> Result<(), GraphError> {
    match values.iter().find(|value| !known.contains(&value.as_str())) {
        None => Ok(()),
        Some(_) => Err(GraphError::parameter(format!("(#100) Param {name}[0] must be one of {{{}}}", known.join(", ")))),
    }
}

fn time(text: Option<String>) -> Result<Option<i64>, GraphError> {
    text.map(|text| text.parse().map_err(|_| GraphError::parameter("(#100) Params since and until must be unix times")))
        .transpose()
}

/// All texts of the components, in lower case.
fn words(value: &Value) -> String {
    match value {
        Value::Array(items) => items.iter().map(words).collect::<Vec<_>>().join("\n"),
        Value::Object(members) => members
            .iter()
            .filter(|(name, _)| !matches!(name.as_str(), "example" | "type" | "format"))
            .map(|(_, member)| words(member))
            .collect::<Vec<_>>()
            .join("\n"),
        Value::String(text) => text.to_lowercase(),
        _ => String::new(),
    }
}

/// The variables of a text in order of first appearance: `{{1}}` is `1`, `{{first_name}}` is `first_name`.
pub fn variables(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut rest = text;
    while let Some((_, tail)) = rest.split_once("{{") {
        let Some((name, after)) = tail.split_once("}}") else { break };
        let name = name.trim();
        let fits = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
        if fits && !found.iter().any(|known| known == name) {
            found.push(name.to_owned());
        }
        rest = after;
    }
    found
}
