//! What the sandbox was asked and what it sent: counters for each kind of endpoint, the last requests and webhooks.
//! It must not keep tokens.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};

/// Requests and webhooks that are kept.
const KEPT: usize = 300;

#[derive(Debug, Default)]
struct Entries {
    total: u64,
    endpoints: BTreeMap<String, u64>,
    requests: VecDeque<Value>,
    webhooks: VecDeque<Value>,
}

/// The log.
#[derive(Debug, Default)]
pub struct Log(Mutex<Entries>);

/// The kind of endpoint of a path: version dropped, ids replaced.
pub fn endpoint(method: &str, path: &[String]) -> String {
    let shown: Vec<&str> = path
        .iter()
        .map(|segment| if segment.chars().all(|c| c.is_ascii_digit()) { "{id}" } else { segment.as_str() })
        .map(|segment| segment.get(..segment.len().min(60)).unwrap_or("{odd}"))
        .collect();
    format!("{method} /{}", shown.join("/"))
}

fn keep(entries: &mut VecDeque<Value>, entry: Value) {
    entries.push_back(entry);
    while entries.len() > KEPT {
        entries.pop_front();
    }
}

impl Log {
    /// Notes a request of the Graph API. Batched ones are noted too.
    pub fn asked(&self, endpoint: &str, path: &str, status: u16, batched: bool) {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        entries.total += u64::from(!batched);
        if entries.endpoints.len() < 500 || entries.endpoints.contains_key(endpoint) {
            *entries.endpoints.entry(endpoint.to_owned()).or_default() += 1;
        }
        keep(&mut entries.requests, json!({"endpoint": endpoint, "path": path, "status": status, "batched": batched}));
    }

    /// Notes a webhook and what came of it.
    pub fn delivered(&self, target: &str, body: &Value, outcome: &Result<u16, String>) {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let result = match outcome {
            Ok(status) => json!(status),
            Err(reason) => json!(reason),
        };
        keep(&mut entries.webhooks, json!({"target": target, "result": result, "body": body}));
    }

    /// Everything noted, the latest first.
    pub fn told(&self) -> Value {
        let entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        json!({
            "total": entries.total,
            "endpoints": entries.endpoints,
            "requests": entries.requests.iter().rev().collect::<Vec<_>>(),
            "webhooks": entries.webhooks.iter().rev().collect::<Vec<_>>(),
        })
    }

    /// Forgets everything.
    pub fn reset(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Entries::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endpoints_are_counted_by_kind() {
        let log = Log::default();
        for id in ["1", "2"] {
            log.asked(&endpoint("GET", &[id.to_owned(), "phone_numbers".to_owned()]), "/x", 200, false);
        }
        assert_eq!(log.told()["endpoints"]["GET /{id}/phone_numbers"], 2);
        assert_eq!(log.told()["total"], 2);
    }
}
