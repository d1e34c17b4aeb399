//! The templates of an account.

use compact_str::CompactString;
use serde_json::Value;

use super::{
    Call, Client, GraphError, List,
    wire::{WireTemplate, creative},
};
use crate::domain::{Template, WabaId, creative::CreativeFeature};

/// Reads all templates of an account, each language by itself, in Meta's order.
///
/// # Errors
/// What Meta answers instead; fields that it does not know are left out by themselves.
pub async fn read(client: &Client, account: &WabaId) -> Result<Vec<Template>, GraphError> {
    let list = List::new(format!("{account}/message_templates"), |dropped, _| dropped.template());
    let rows = list.all::<WireTemplate>(client).await?;
    let mut seen = std::collections::HashSet::new();
    let templates = rows.into_iter().filter_map(WireTemplate::into_template);
    Ok(templates.filter(|template| seen.insert((template.name.clone(), template.language.clone()))).collect())
}

/// Reads how creative optimisation is set on an account, the default of its templates. Asked for one account at a time:
/// thousands of accounts need not carry it.
///
/// # Errors
/// What Meta answers instead.
pub async fn creative(client: &Client, account: &WabaId) -> Result<Vec<CreativeFeature>, GraphError> {
    let call = Call::new(account.as_str()).with("fields", "degrees_of_freedom_spec");
    let answer: serde_json::Value = client.get(&call).await?;
    Ok(answer.get("degrees_of_freedom_spec").map(creative::features).unwrap_or_default())
}

/// Templates as they stand in a file: one as it is read or created, a list of them, or a page of Meta's list. What has no
/// name (a body that edits one) goes by `unnamed`; what has no parts is left out.
///
/// # Errors
/// What keeps the text from being JSON.
pub fn read_text(text: &str, unnamed: &str) -> Result<Vec<Template>, serde_json::Error> {
    let value: Value = serde_json::from_str(text)?;
    let mut found = Vec::new();
    collect(value, unnamed, &mut found);
    Ok(found)
}

fn collect(value: Value, unnamed: &str, found: &mut Vec<Template>) {
    match value {
        Value::Array(items) => items.into_iter().for_each(|item| collect(item, unnamed, found)),
        Value::Object(mut map) if !map.contains_key("components") => {
            let inside = map.remove("data").or_else(|| map.remove("message_templates")).or_else(|| map.remove("template"));
            if let Some(inside) = inside {
                collect(inside, unnamed, found);
            }
        }
        Value::Object(map) => {
            // A request to send a template names it and fills it in, but does not hold it.
            let parts = map.get("components").and_then(Value::as_array).into_iter().flatten();
            if parts.into_iter().any(|part| part.get("parameters").is_some()) {
                return;
            }
            let Ok(wire) = serde_json::from_value::<WireTemplate>(Value::Object(map)) else { return };
            if wire.has_parts() {
                let own = wire.own_name();
                found.push(wire.named(own.unwrap_or_else(|| CompactString::from(unnamed))));
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        read_text(text, "unnamed").unwrap().into_iter().map(|template| template.name.to_string()).collect()
    }

    #[test]
    fn templates_are_found_in_every_shape_they_come_in() {
        let one = r#"{"name":"a","components":[{"type":"BODY","text":"x"}]}"#;
        assert_eq!(names(one), ["a"]);
        assert_eq!(names(&format!("[{one},{one}]")), ["a", "a"]);
        assert_eq!(names(&format!(r#"{{"data":[{one}],"paging":{{}}}}"#)), ["a"]);
        assert_eq!(names(&format!(r#"{{"id":"1","message_templates":{{"data":[{one}]}}}}"#)), ["a"]);
        assert_eq!(names(r#"{"components":[{"type":"BODY","text":"x"}]}"#), ["unnamed"]);
    }

    #[test]
    fn what_holds_no_template_gives_none() {
        let sends = r#"{"template":{"name":"a","components":[{"type":"body","parameters":[{"type":"text","text":"x"}]}]}}"#;
        for text in [sends, "{}", "[]", "7", r#"{"name":"a","components":[]}"#] {
            assert!(names(text).is_empty(), "{text}");
        }
        assert!(read_text("{", "unnamed").is_err());
    }
}
