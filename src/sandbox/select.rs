//! Puts together what was asked: the fields of an object, nested objects and edges, pages with their paging.
//! It must not change the world.

use std::cell::Cell;

use serde_json::{Map, Value, json};

use super::analytics;
use super::call::Call;
use super::edges::{self, Rows};
use super::errors::GraphError;
use super::fields::{self, Field};
use super::nodes::{self, Slot};
use super::paging;
use super::state::{Node, Principal, World};

/// Most objects that one answer may hold before it is "too much data".
const MOST_OBJECTS: usize = 25_000;

/// Arguments of an edge, by name.
pub type Arguments<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Reads the world for one call.
pub struct Reader<'a> {
    world: &'a World,
    call: &'a Call,
    principal: &'a Principal,
    left: Cell<usize>,
}

impl<'a> Reader<'a> {
    /// A reader for a call.
    pub fn new(world: &'a World, call: &'a Call, principal: &'a Principal) -> Self {
        Self { world, call, principal, left: Cell::new(MOST_OBJECTS) }
    }

    /// The answer to `GET /{id}`.
    ///
    /// # Errors
    /// Whatever is wrong with the fields.
    pub fn node(&self, node: Node) -> Result<Value, GraphError> {
        let asked = self.asked()?;
        self.object(node, asked.as_deref(), None).map(Value::Object)
    }

    /// The answer to `GET /{id}/{edge}`.
    ///
    /// # Errors
    /// An unknown edge reads as an unknown field, as in Graph.
    pub fn edge(&self, node: Node, edge: &str) -> Result<Value, GraphError> {
        match nodes::slot(node, edge, self.call.served()) {
            Slot::Edge => {
                let asked = self.asked()?;
                let text = self.call.params.text("fields").map(|text| text.into_owned());
                let arguments = |name: &str| self.call.params.text(name).map(|text| text.into_owned());
                self.page(node, edge, &arguments, asked.as_deref(), text.as_deref())
            }
            Slot::Analytics => {
                let arguments = |name: &str| self.call.params.text(name).map(|text| text.into_owned());
                analytics::field(self.world, node, edge, &arguments)
            }
            Slot::Link => {
                let target =
                    nodes::link(self.world, node, edge).ok_or_else(|| GraphError::unknown_field(edge, nodes::type_name(node)))?;
                self.node(target)
            }
            _ => Err(GraphError::unknown_field(edge, nodes::type_name(node))),
        }
    }

    fn asked(&self) -> Result<Option<Vec<Field>>, GraphError> {
        let parsed = self.call.params.text("fields").map(|text| fields::parse(&text)).transpose()?;
        Ok(parsed.filter(|fields| !fields.is_empty()))
    }

    fn spend(&self) -> Result<(), GraphError> {
        let left = self.left.get();
        if left == 0 {
            return Err(too_much());
        }
        self.left.set(left - 1);
        Ok(())
    }

    /// The fields of an object; `id` always comes along.
    pub fn object(&self, node: Node, asked: Option<&[Field]>, edge: Option<&str>) -> Result<Map<String, Value>, GraphError> {
        self.spend()?;
        let version = self.call.served();
        let mut answer = Map::new();
        match asked.filter(|fields| !fields.is_empty()) {
            None => {
                for name in nodes::defaults(node, edge) {
                    if let Some(value) = nodes::value(self.world, node, name, version) {
                        answer.insert((*name).to_owned(), value);
                    }
                }
            }
            Some(fields) => {
                for field in fields {
                    if let Some(value) = self.field(node, field)? {
                        answer.insert(field.shown().to_owned(), value);
                    }
                }
            }
        }
        answer.insert("id".to_owned(), json!(self.world.id(node).to_string()));
        Ok(answer)
    }

    fn field(&self, node: Node, field: &Field) -> Result<Option<Value>, GraphError> {
        let version = self.call.served();
        if self.call.quirks.dropped.contains(&field.name) {
            return Err(GraphError::unknown_field(&field.name, nodes::type_name(node)));
        }
        match nodes::slot(node, &field.name, version) {
            Slot::Field => {
                let value = nodes::value(self.world, node, &field.name, version);
                Ok(match &field.children {
                    Some(children) if !children.is_empty() => value.map(|value| trimmed(value, children)),
                    _ => value,
                })
            }
            Slot::Link => match nodes::link(self.world, node, &field.name) {
                Some(target) => Ok(Some(Value::Object(self.object(target, field.children.as_deref(), None)?))),
                None => Ok(None),
            },
            Slot::Analytics => {
                analytics::field(self.world, node, &field.name, &|name| field.argument(name).map(str::to_owned)).map(Some)
            }
            Slot::Edge => {
                let arguments = |name: &str| field.argument(name).map(str::to_owned);
                let text = (!field.children_text.is_empty()).then_some(field.children_text.as_str());
                let page = self.page(node, &field.name, &arguments, field.children.as_deref(), text)?;
                let empty = page.get("data").and_then(Value::as_array).is_some_and(Vec::is_empty);
                Ok((!empty).then_some(page))
            }
            Slot::Unknown => Err(GraphError::unknown_field(&field.name, nodes::type_name(node))),
        }
    }

    fn page(
        &self,
        node: Node,
        edge: &str,
        arguments: Arguments<'_>,
        asked: Option<&[Field]>,
        asked_text: Option<&str>,
    ) -> Result<Value, GraphError> {
        let rows = edges::rows(self.world, self.principal, node, edge, arguments, self.call.served())?;
        let (nodes, most) = match rows {
            Rows::Values(values) => return Ok(json!({ "data": values })),
            Rows::Answer(value) => return Ok(value),
            Rows::Nodes { nodes, most } => (nodes, most),
        };
        let limit = paging::limit(arguments("limit").as_deref(), most)?;
        let id = |node: &Node| self.world.id(*node);
        let (after, before) = (arguments("after"), arguments("before"));
        if self.call.quirks.reduce.is_some_and(|most| limit > most) {
            return Err(too_much());
        }
        let mut window = paging::window(&nodes, id, limit, after.as_deref(), before.as_deref())?;
        if self.call.quirks.duplicate && window.start > 0 {
            window.start -= 1;
        }
        let shown = nodes.get(window.start..window.end).unwrap_or_default();
        let mut data = Vec::with_capacity(shown.len());
        for row in shown {
            data.push(Value::Object(self.object(*row, asked, Some(edge))?));
        }
        let mut answer = Map::new();
        answer.insert("data".into(), Value::Array(data));
        let address = |key: &str, cursor: &str| self.address(node, edge, limit, arguments, asked_text, key, cursor);
        if let Some(paging) = paging::paging(window, shown.first().map(id), shown.last().map(id), address) {
            let mut paging = paging;
            let first = nodes.first().filter(|_| self.call.quirks.endless && window.end == window.total).map(id);
            if let (Some(first), Some(members)) = (first, paging.as_object_mut()) {
                let cursor = paging::cursor(first);
                members.insert("next".into(), json!(address("after", &cursor)));
                members.insert("cursors".into(), json!({"before": cursor.clone(), "after": cursor}));
            }
            answer.insert("paging".into(), paging);
        }
        if let Some(summary) = arguments("summary") {
            let summary = edges::summary(self.world, node, edge, &summary, window.total)?;
            if !summary.is_empty() {
                answer.insert("summary".into(), Value::Object(summary));
            }
        }
        Ok(Value::Object(answer))
    }

    #[expect(clippy::too_many_arguments, reason = "an address is made of all of these and of nothing else")]
    fn address(
        &self,
        node: Node,
        edge: &str,
        limit: usize,
        arguments: Arguments<'_>,
        asked_text: Option<&str>,
        key: &str,
        cursor: &str,
    ) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if let Some(token) = &self.call.token {
            query.append_pair("access_token", token);
        }
        if let Some(text) = asked_text {
            query.append_pair("fields", text);
        }
        for name in edges::PARAMETERS {
            if let Some(value) = arguments(name) {
                query.append_pair(name, &value);
            }
        }
        query.append_pair("limit", &limit.to_string());
        query.append_pair(key, cursor);
        format!("{}/{}/{}/{edge}?{}", self.call.origin, self.call.version_text(), self.world.id(node), query.finish())
    }
}

/// The answer to a request for more than Graph is willing to gather.
pub fn too_much() -> GraphError {
    GraphError::new(500, 1, "Please reduce the amount of data you're asking for, then retry your request")
}

fn trimmed(value: Value, children: &[Field]) -> Value {
    match value {
        Value::Array(items) => Value::Array(items.into_iter().map(|item| trimmed(item, children)).collect()),
        Value::Object(mut members) => {
            let mut kept = Map::new();
            for child in children {
                if let Some(value) = members.remove(&child.name) {
                    let value = match &child.children {
                        Some(deeper) if !deeper.is_empty() => trimmed(value, deeper),
                        _ => value,
                    };
                    kept.insert(child.shown().to_owned(), value);
                }
            }
            Value::Object(kept)
        }
        other => other,
    }
}
