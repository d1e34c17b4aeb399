//! The lists of the sandbox: which objects an edge holds, how it is filtered, sorted and summed up.
//! It must not page or pick fields.

use serde_json::{Map, Value, json};

use super::analytics;
use super::errors::GraphError;
use super::nodes;
use super::select::Arguments;
use super::state::{Account, Node, Principal, World, small};
use super::templates;

/// Parameters of edges that paging addresses carry on.
pub const PARAMETERS: &[&str] = &[
    "filtering",
    "sort",
    "summary",
    "business_type",
    "find",
    "name",
    "content",
    "name_or_content",
    "language",
    "category",
    "status",
    "quality_score",
    "source",
    "since",
    "until",
];

/// Most rows of a page on business and phone number edges.
const MOST: usize = 100;
/// Most rows of a page of templates: Meta serves more than a hundred in practice.
const MOST_TEMPLATES: usize = 1_000;

/// What an edge holds.
pub enum Rows {
    /// Objects, and the most that a page may hold.
    Nodes {
        /// All objects in order.
        nodes: Vec<Node>,
        /// Largest page.
        most: usize,
    },
    /// Plain values without paging.
    Values(Vec<Value>),
    /// A whole answer.
    Answer(Value),
}

/// The rows of an edge after filters and sorting.
///
/// # Errors
/// Code 100 for filters that Meta does not know, code 200 for lists of a portfolio the token has no role in.
pub fn rows(
    world: &World,
    principal: &Principal,
    node: Node,
    edge: &str,
    arguments: Arguments<'_>,
    version: (u32, u32),
) -> Result<Rows, GraphError> {
    match (node, edge) {
        (Node::User(_), "businesses") => Ok(objects(businesses(world, principal), MOST)),
        (Node::User(_), "assigned_whatsapp_business_accounts") => {
            let rows = accounts(world, |account| match principal.only {
                None => account.assigned,
                Some(only) => account.record.owner == only,
            });
            Ok(objects(narrowed(world, rows, edge, arguments)?, MOST))
        }
        (Node::User(_), "permissions") => {
            Ok(Rows::Values(super::auth::SCOPES.iter().map(|scope| json!({"permission": scope, "status": "granted"})).collect()))
        }
        (Node::Business(at), "owned_whatsapp_business_accounts") => {
            if principal.only.is_none() && !world.mine.contains(&at) {
                return Err(GraphError::permission("(#200) Requires business_management permission to manage the object"));
            }
            let rows = accounts(world, |account| account.record.owner == at);
            Ok(objects(narrowed(world, rows, edge, arguments)?, MOST))
        }
        (Node::Business(at), "client_whatsapp_business_accounts") => {
            let rows = accounts(world, |account| account.client_of.contains(&at));
            let seen = rows.into_iter().filter(|row| world.may_see(principal, *row)).collect();
            Ok(objects(narrowed(world, seen, edge, arguments)?, MOST))
        }
        (Node::Account(at), "phone_numbers") => {
            let account = world.account(at);
            let rows = account.map(|account| account.numbers.iter().copied().map(Node::Number).collect());
            numbers(world, rows.unwrap_or_default(), arguments, version).map(|rows| objects(rows, MOST))
        }
        (Node::Account(at), "message_templates") => {
            templates::listed(world, at, arguments).map(|rows| objects(rows, MOST_TEMPLATES))
        }
        (Node::Account(at), "subscribed_apps") => Ok(Rows::Values(subscriptions(world, at))),
        (Node::Account(_), "assigned_users") => Ok(Rows::Values(
            world
                .users
                .first()
                .map(|(id, name)| json!({"id": id.to_string(), "name": name, "tasks": ["DEVELOP", "MANAGE"]}))
                .into_iter()
                .collect(),
        )),
        (Node::Account(at), "template_analytics" | "template_group_analytics") => {
            analytics::templates(world, at, arguments).map(Rows::Answer)
        }
        (Node::Number(_), "whatsapp_business_profile") => Ok(Rows::Values(vec![profile(world, node)])),
        (Node::Number(_), "whatsapp_commerce_settings") => Ok(Rows::Values(vec![
            json!({"id": world.id(node).to_string(), "is_cart_enabled": true, "is_catalog_visible": false}),
        ])),
        (Node::App, "subscriptions") => Ok(Rows::Values(
            world
                .app_callback
                .iter()
                .map(|address| {
                    let fields: Vec<Value> =
                        world.app_fields.iter().map(|name| json!({"name": name, "version": "v26.0"})).collect();
                    json!({"object": "whatsapp_business_account", "callback_url": address, "active": true, "fields": fields})
                })
                .collect(),
        )),
        _ => Ok(Rows::Values(Vec::new())),
    }
}

fn objects(nodes: Vec<Node>, most: usize) -> Rows {
    Rows::Nodes { nodes, most }
}

fn businesses(world: &World, principal: &Principal) -> Vec<Node> {
    match (principal.user, principal.only) {
        (None, _) => Vec::new(),
        (_, Some(only)) => vec![Node::Business(only)],
        _ => world.mine.iter().copied().map(Node::Business).collect(),
    }
}

fn accounts(world: &World, wanted: impl Fn(&Account) -> bool) -> Vec<Node> {
    world.accounts.iter().enumerate().filter(|(_, account)| wanted(account)).map(|(at, _)| Node::Account(small(at))).collect()
}

/// The apps that get the webhooks of an account, as the subscription edge shows them.
pub fn subscriptions(world: &World, at: u32) -> Vec<Value> {
    let Some(account) = world.account(at) else { return Vec::new() };
    account
        .subscriptions
        .iter()
        .map(|subscription| {
            let mut row = Map::new();
            row.insert(
                "whatsapp_business_api_data".into(),
                json!({
                    "id": subscription.app.to_string(),
                    "name": "wabadeck sandbox app",
                    "link": format!("https://www.facebook.com/games/?app_id={}", subscription.app),
                }),
            );
            if let Some(callback) = &subscription.callback {
                row.insert("override_callback_uri".into(), json!(callback));
            }
            Value::Object(row)
        })
        .collect()
}

fn profile(world: &World, node: Node) -> Value {
    let name = world.text(node, "verified_name").unwrap_or_default();
    json!({
        "messaging_product": "whatsapp",
        "about": format!("{name} on WhatsApp"),
        "description": format!("Official WhatsApp presence of {name}"),
        "websites": ["https://example.com/"],
        "vertical": "RETAIL",
    })
}

/// One entry of `filtering`.
struct Filter {
    field: String,
    operator: String,
    values: Vec<String>,
}

fn filters(arguments: Arguments<'_>) -> Result<Vec<Filter>, GraphError> {
    let Some(text) = arguments("filtering") else { return Ok(Vec::new()) };
    let wrong = || GraphError::parameter("(#100) Param filtering must be an array of {field, operator, value}");
    let parsed: Value = serde_json::from_str(&text).map_err(|_| wrong())?;
    let items = match parsed {
        Value::Array(items) => items,
        Value::Object(_) => vec![parsed],
        _ => return Err(wrong()),
    };
    items
        .iter()
        .map(|item| {
            let text = |name: &str| item.get(name).and_then(Value::as_str).map(str::to_owned).ok_or_else(wrong);
            Ok(Filter {
                field: text("field")?,
                operator: text("operator")?,
                values: super::params::texts(item.get("value").ok_or_else(wrong)?),
            })
        })
        .collect()
}

fn refuse(filter: &Filter) -> GraphError {
    GraphError::parameter(format!(
        "(#100) Filtering by {} with operator {} is not supported on this edge",
        filter.field, filter.operator
    ))
}

fn narrowed(world: &World, rows: Vec<Node>, edge: &str, arguments: Arguments<'_>) -> Result<Vec<Node>, GraphError> {
    let mut rows = rows;
    for filter in filters(arguments)? {
        match (filter.field.as_str(), filter.operator.as_str()) {
            ("creation_time", "GREATER_THAN" | "LESS_THAN") => {
                let bound: i64 = filter
                    .values
                    .first()
                    .and_then(|value| value.parse().ok())
                    .ok_or_else(|| GraphError::parameter("(#100) The value of a creation_time filter must be a unix time"))?;
                let greater = filter.operator == "GREATER_THAN";
                rows.retain(|row| {
                    world.number(*row, "creation_time").is_some_and(|time| if greater { time > bound } else { time < bound })
                });
            }
            ("marketing_messages_onboarding_status", "IN") if edge == "client_whatsapp_business_accounts" => {
                rows.retain(|row| match row {
                    Node::Account(at) => filter.values.contains(&world.onboarding(*at)),
                    _ => false,
                });
            }
            _ => return Err(refuse(&filter)),
        }
    }
    if let Some(find) = arguments("find") {
        rows.retain(|row| world.id(*row).to_string() == find);
    }
    match arguments("sort").as_deref() {
        None | Some("") => {}
        Some("creation_time_ascending") => by_time(world, &mut rows, "creation_time", false),
        Some("creation_time_descending") => by_time(world, &mut rows, "creation_time", true),
        Some(_) => {
            return Err(GraphError::parameter(
                "(#100) Param sort must be one of {CREATION_TIME_ASCENDING, CREATION_TIME_DESCENDING}",
            ));
        }
    }
    Ok(rows)
}

fn by_time(world: &World, rows: &mut Vec<Node>, name: &str, newest_first: bool) {
    let mut timed: Vec<(i64, u64, Node)> =
        rows.drain(..).map(|row| (world.number(row, name).unwrap_or(0), world.id(row), row)).collect();
    timed.sort_by_key(|(time, id, _)| (*time, *id));
    if newest_first {
        timed.reverse();
    }
    rows.extend(timed.into_iter().map(|(_, _, row)| row));
}

fn numbers(world: &World, mut rows: Vec<Node>, arguments: Arguments<'_>, version: (u32, u32)) -> Result<Vec<Node>, GraphError> {
    for filter in filters(arguments)? {
        match (filter.field.as_str(), filter.operator.as_str()) {
            ("account_mode" | "messaging_limit_tier" | "is_official_business_account", "EQUAL" | "IN") => {
                rows.retain(|row| {
                    let value = nodes::value(world, *row, &filter.field, version.min((23, 0)));
                    let value = value.map(|value| super::params::texts(&value)).unwrap_or_default();
                    value.iter().any(|value| filter.values.contains(value))
                });
            }
            _ => return Err(refuse(&filter)),
        }
    }
    let sort = arguments("sort").unwrap_or_default();
    match sort.split_once('.') {
        _ if sort.is_empty() => {}
        Some((name @ ("creation_time" | "last_onboarded_time"), order @ ("asc" | "desc"))) => {
            by_time(world, &mut rows, name, order == "desc");
        }
        _ => {
            return Err(GraphError::parameter(
                "(#100) Param sort must be one of {creation_time.asc, creation_time.desc, last_onboarded_time.asc, last_onboarded_time.desc}",
            ));
        }
    }
    Ok(rows)
}

/// The `summary` object: only what was asked for. `true` asks for everything.
///
/// # Errors
/// Code 100 for a member that the edge does not have.
pub fn summary(world: &World, node: Node, edge: &str, asked: &str, total: usize) -> Result<Map<String, Value>, GraphError> {
    let mut summary = Map::new();
    let templates = edge == "message_templates";
    let all: &[&str] = if templates {
        &["total_count", "message_template_count", "message_template_limit", "are_translations_complete"]
    } else {
        &["total_count"]
    };
    let names = match asked.trim() {
        "" | "0" | "false" => Vec::new(),
        "1" | "true" => all.iter().map(|name| (*name).to_owned()).collect(),
        text => super::params::texts(&json!(text)),
    };
    for name in names {
        let value = match (name.as_str(), node) {
            ("total_count", _) => json!(total),
            ("message_template_count", Node::Account(at)) if templates => {
                json!(world.account(at).map_or(0, |account| account.templates.len()))
            }
            ("message_template_limit", _) if templates => json!(templates::LIMIT),
            ("are_translations_complete", _) if templates => json!(true),
            _ => return Err(GraphError::unknown_field(&name, "summary")),
        };
        summary.insert(name, value);
    }
    Ok(summary)
}
