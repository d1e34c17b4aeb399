//! Finds what can be explained in what people paste: codes, error bodies, answers to batches, health trees, accounts, webhooks,
//! or a line of a log with any of these in it.

mod codes;
mod place;
#[cfg(test)]
mod tests;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::{
    domain::{event::Event, graph_word},
    web,
    wording::explanation::Topic,
};

/// How deep a pasted value is looked into; webhooks are far flatter.
const DEEPEST: usize = 32;

/// One thing that was found.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// A change that a webhook tells; what stands in it follows.
    Webhook(Box<Change>),
    /// A code or a value, and what it belongs to where several are alike.
    Topic(Topic, Option<String>),
}

/// A change that a webhook tells.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The field, explained.
    pub field: Topic,
    /// Id of the account, as far as it is named.
    pub account: Option<String>,
    /// When, by Meta's clock.
    pub at: Option<Timestamp>,
    /// What it adds to the history of the account.
    pub events: Vec<Event>,
}

/// Everything in the text that can be explained, in order, the same once.
pub fn everything(text: &str) -> Vec<Found> {
    let text = text.trim();
    let named = Topic::named(text);
    if !named.is_empty() {
        return named.into_iter().map(|topic| Found::Topic(topic, None)).collect();
    }
    if let Some(error) = codes::bare(text) {
        return vec![Found::Topic(Topic::Error(Box::new(error)), None)];
    }
    let values = codes::values(text);
    let mut reader = Reader::default();
    for value in &values {
        reader.read(value, "", DEEPEST);
    }
    if !values.iter().any(|value| value.is_object() || value.is_array()) {
        codes::http_status(text).into_iter().for_each(|topic| reader.add(topic));
        codes::named(text).into_iter().for_each(|error| reader.add(Topic::Error(Box::new(error))));
        codes::words(text).into_iter().for_each(|topic| reader.add(topic));
    }
    reader.found
}

#[derive(Default)]
struct Reader {
    found: Vec<Found>,
    /// Id and time of the webhook's entry that is being read.
    entry: Map<String, Value>,
}

impl Reader {
    fn add(&mut self, topic: Topic) {
        self.push(Found::Topic(topic, None));
    }

    fn push(&mut self, found: Found) {
        if !self.found.contains(&found) {
            self.found.push(found);
        }
    }

    /// `parent` is the key that the value stands under, lists left out; the field's name inside of what a webhook tells.
    fn read(&mut self, value: &Value, parent: &str, depth: usize) {
        let Some(deeper) = depth.checked_sub(1) else { return };
        match value {
            Value::Array(items) => {
                let is_batch = parent.is_empty() && items.iter().any(|item| item.get("body").is_some());
                for item in items {
                    if is_batch && item.is_null() {
                        graph_word::at("batch", "item", "null").into_iter().for_each(|word| self.add(Topic::Word(word)));
                    }
                    self.read(item, parent, deeper);
                }
            }
            Value::Object(map) => self.read_object(value, map, parent, deeper),
            _ => {}
        }
    }

    fn read_object(&mut self, value: &Value, map: &Map<String, Value>, parent: &str, deeper: usize) {
        if map.get("changes").is_some_and(Value::is_array) {
            self.entry = ["id", "time"].iter().filter_map(|key| Some(((*key).to_owned(), map.get(*key)?.clone()))).collect();
        }
        if let (Some(field), Some(told)) = (map.get("field").and_then(Value::as_str), map.get("value")) {
            self.read_change(value, field);
            return self.read(told, field, deeper);
        }
        if let Some(error) = codes::error_in(value) {
            return self.add(Topic::Error(Box::new(error)));
        }
        if parent == "messages" && map.contains_key("id") && !map.contains_key("type") && !map.contains_key("message_status") {
            // The answer to a send, which says so only sometimes.
            graph_word::at("", "message_status", "accepted").into_iter().for_each(|word| self.add(Topic::Word(word)));
        }
        let is_signup = map.get("type").and_then(Value::as_str) == Some("WA_EMBEDDED_SIGNUP");
        let parent = if is_signup { "WA_EMBEDDED_SIGNUP" } else { parent };
        // What an object says of itself stands before what is in it: first “failed”, then why.
        for (key, child) in map {
            match child {
                Value::String(text) => {
                    if let Some(topic) = place::topic(parent, map, key, text) {
                        self.push(Found::Topic(topic, place::about(map, key)));
                    }
                }
                Value::Number(number) => {
                    if let Some(topic) = place::counted(key, &number.to_string()) {
                        self.add(topic);
                    }
                }
                _ => {}
            }
        }
        for (key, child) in map {
            match child {
                // The answers within a batch are JSON in a text.
                Value::String(text) if text.trim_start().starts_with(['{', '[']) => {
                    if let Ok(inner) = serde_json::from_str::<Value>(text) {
                        self.read(&inner, key, deeper);
                    }
                }
                child => self.read(child, key, deeper),
            }
        }
    }

    fn read_change(&mut self, change: &Value, field: &str) {
        let Some(name) = graph_word::at("changes", "field", field) else { return };
        let mut entry = self.entry.clone();
        entry.insert("changes".to_owned(), json!([change]));
        let body = json!({ "entry": [entry] }).to_string();
        // A webhook that tells no time is given this one, which none can have.
        let notices = web::decode(body.as_bytes(), Timestamp::UNIX_EPOCH).unwrap_or_default();
        let account = notices.iter().find_map(|notice| notice.account.as_ref().map(|account| account.as_str().to_owned()));
        let at = notices.iter().map(|notice| notice.at).find(|at| *at != Timestamp::UNIX_EPOCH);
        let events: Vec<Event> = notices.into_iter().flat_map(|notice| notice.changes).collect();
        let events = events.into_iter().filter(|event| event.kind.is_known()).collect();
        self.push(Found::Webhook(Box::new(Change { field: Topic::Word(name), account, at, events })));
    }
}
