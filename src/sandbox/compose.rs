//! Templates that are made, edited and deleted through the API, with the checks that Meta makes.
//! It must not look at how a template is sent.

use serde_json::{Map, Value, json};

use super::call::Call;
use super::errors::GraphError;
use super::fleet;
use super::graph::success;
use super::state::{Facts, Node, World};
use super::templates;

/// Seconds until a new template is approved.
const REVIEW_SECONDS: i64 = 3;
/// Longest body text, in characters.
const LONGEST_BODY: usize = 1_024;

fn refuse(subcode: i64, title: &str, text: impl Into<String>) -> GraphError {
    GraphError::parameter("Invalid parameter").subcode(subcode).user(title, text)
}

/// `POST /{waba}/message_templates`.
///
/// # Errors
/// Code 100, mostly with a 2388xxx subcode and a text for people.
pub fn create(world: &mut World, at: u32, call: &Call) -> Result<Value, GraphError> {
    let required = |name: &str| {
        call.params
            .text(name)
            .map(|text| text.into_owned())
            .filter(|text| !text.is_empty())
            .ok_or_else(|| GraphError::parameter(format!("(#100) The parameter {name} is required")))
    };
    let (name, language, category) = (required("name")?, required("language")?, required("category")?.to_ascii_uppercase());
    if !name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_') || name.len() > 512 {
        return Err(refuse(2_388_073, "Invalid name", "A template name holds only lower-case letters, digits and underscores."));
    }
    if !matches!(category.as_str(), "MARKETING" | "UTILITY" | "AUTHENTICATION") {
        return Err(GraphError::parameter("(#100) Param category must be one of {MARKETING, UTILITY, AUTHENTICATION}"));
    }
    let existing = world.account(at).map(|account| account.templates.clone()).unwrap_or_default();
    if existing.len() >= templates::LIMIT {
        return Err(refuse(2_388_019, "Template limit exceeded", "The account has as many templates as it may have."));
    }
    let taken = existing.iter().any(|template| {
        let node = Node::Template(*template);
        world.text(node, "name").as_ref() == Some(&name) && world.text(node, "language").as_ref() == Some(&language)
    });
    if taken {
        return Err(refuse(
            2_388_024,
            "Content in this language already exists",
            format!("There is already {language} content for this template. Use another name, or edit it."),
        ));
    }
    let components = checked(call.params.json("components").unwrap_or_default(), &category)?;
    let mut facts: Facts = Map::new();
    for optional in ["parameter_format", "message_send_ttl_seconds", "sub_category", "degrees_of_freedom_spec", "display_format"]
    {
        if let Some(value) = call.params.json(optional) {
            facts.insert(optional.to_owned(), value);
        }
    }
    facts.insert("name".into(), json!(name));
    facts.insert("language".into(), json!(language));
    facts.insert("category".into(), json!(category));
    facts.insert("components".into(), components);
    let facts = fleet::new_template(world, facts, REVIEW_SECONDS);
    let template = fleet::add_template(world, at, facts);
    let id = world.id(Node::Template(template)).to_string();
    Ok(json!({"id": id, "status": "PENDING", "category": category}))
}

/// `POST /{template}`.
///
/// # Errors
/// Code 100 for components that are wrong.
pub fn edit(world: &mut World, node: Node, call: &Call) -> Result<Value, GraphError> {
    let category = world.text(node, "category").unwrap_or_default();
    if let Some(components) = call.params.json("components") {
        let components = checked(components, &category)?;
        world.set(node, "components", components);
        let now = world.clock.now();
        world.set(node, "status", json!("PENDING"));
        world.set(node, "_approved_at", json!(now + REVIEW_SECONDS));
        world.set(node, "_synced_from", json!(now + REVIEW_SECONDS));
        world.set(node, "last_updated_time", json!(now));
    }
    if let Some(seconds) = call.params.json("message_send_ttl_seconds") {
        world.set(node, "message_send_ttl_seconds", seconds);
    }
    Ok(success())
}

/// `DELETE /{waba}/message_templates?name=…[&hsm_id=…]`.
///
/// # Errors
/// Code 100 without a name or when there is no such template.
pub fn delete(world: &mut World, at: u32, call: &Call) -> Result<Value, GraphError> {
    let name = call.params.text("name").map(|text| text.into_owned());
    let id = call.params.text("hsm_id").map(|text| text.into_owned());
    let name = name.ok_or_else(|| GraphError::parameter("(#100) The parameter name is required"))?;
    let templates = world.account(at).map(|account| account.templates.clone()).unwrap_or_default();
    let (gone, kept): (Vec<u32>, Vec<u32>) = templates.into_iter().partition(|template| {
        let node = Node::Template(*template);
        world.text(node, "name").as_deref() == Some(&name) && id.as_ref().is_none_or(|id| *id == world.id(node).to_string())
    });
    if gone.is_empty() {
        return Err(refuse(2_593_002, "Message Template Not Found", "The message template could not be found."));
    }
    for template in gone {
        let id = world.id(Node::Template(template));
        world.index.remove(&id);
    }
    if let Some(account) = world.accounts.get_mut(at as usize) {
        account.templates = kept;
    }
    Ok(success())
}

/// Checks components and writes their types in upper case, as Meta answers them.
fn checked(components: Value, category: &str) -> Result<Value, GraphError> {
    let Value::Array(mut components) = components else {
        return Err(GraphError::parameter("(#100) The parameter components is required"));
    };
    let mut body = false;
    for component in &mut components {
        let Some(members) = component.as_object_mut() else {
            return Err(GraphError::parameter("(#100) Param components must be an array of objects"));
        };
        for name in ["type", "format"] {
            if let Some(text) = members.get(name).and_then(Value::as_str).map(str::to_ascii_uppercase) {
                members.insert(name.to_owned(), json!(text));
            }
        }
        let kind = members.get("type").and_then(Value::as_str).unwrap_or_default().to_owned();
        let text = members.get("text").and_then(Value::as_str).unwrap_or_default();
        match kind.as_str() {
            "BODY" => {
                body = true;
                if text.is_empty() && category != "AUTHENTICATION" {
                    return Err(GraphError::parameter("(#100) The BODY component needs a text"));
                }
                if text.chars().count() > LONGEST_BODY {
                    return Err(refuse(2_388_040, "Character limit exceeded", "The body may have 1024 characters."));
                }
                let trimmed = text.trim();
                if trimmed.starts_with("{{") || trimmed.ends_with("}}") {
                    return Err(refuse(
                        2_388_299,
                        "Variables at the edge",
                        "Variables can't be at the start or end of the template.",
                    ));
                }
                let variables = templates::variables(text).len();
                if variables > 0 && text.split_whitespace().count() < 2 * variables + 1 {
                    return Err(refuse(2_388_293, "Too many variables", "The template has too many variables for its length."));
                }
            }
            "HEADER" | "FOOTER" if text.chars().count() > 60 => {
                return Err(refuse(2_388_040, "Character limit exceeded", "Headers and footers may have 60 characters."));
            }
            "HEADER" | "FOOTER" | "BUTTONS" | "CAROUSEL" | "LIMITED_TIME_OFFER" | "CALL_PERMISSION_REQUEST" => {}
            _ => return Err(GraphError::parameter(format!("(#100) {kind} is not a type of component"))),
        }
    }
    if body { Ok(Value::Array(components)) } else { Err(GraphError::parameter("(#100) A template needs a BODY component")) }
}
