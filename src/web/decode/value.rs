//! Reading JSON that may be anything: what is missing or of another kind is nothing, never an error.

use compact_str::{CompactString, format_compact};
use jiff::Timestamp;
use serde_json::Value;

/// Characters of a value that are kept beside an event; the whole body is kept in any case.
const RAW: usize = 600;

/// The entries of a list; none where there is no list.
pub(super) fn list<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value.get(key).and_then(Value::as_array).into_iter().flatten()
}

/// A text, a number or a truth value as text, else nothing.
pub(super) fn word(value: &Value, key: &str) -> CompactString {
    match value.get(key) {
        Some(Value::String(text)) => text.into(),
        Some(Value::Number(number)) => format_compact!("{number}"),
        Some(Value::Bool(truth)) => format_compact!("{truth}"),
        _ => CompactString::default(),
    }
}

/// The same where it says something: Meta writes `NONE` for "no reason".
pub(super) fn said(value: &Value, key: &str) -> Option<CompactString> {
    Some(word(value, key)).filter(|text| !text.is_empty() && !text.eq_ignore_ascii_case("NONE"))
}

/// A moment in unix seconds, or milliseconds where the number can be nothing else.
pub(super) fn moment(value: &Value, key: &str) -> Option<Timestamp> {
    moment_at(&word(value, key))
}

/// The same of a text; a date with a time is read, too.
pub(super) fn moment_at(text: &str) -> Option<Timestamp> {
    match text.parse::<i64>() {
        Ok(number) if number > 100_000_000_000 => Timestamp::from_millisecond(number).ok(),
        Ok(number) if number > 0 => Timestamp::from_second(number).ok(),
        Ok(_) => None,
        Err(_) => text.parse().ok(),
    }
}

/// A value as Meta sent it, cleaned and shortened; `None` for nothing.
pub(super) fn raw(value: &Value) -> Option<String> {
    if value.is_null() {
        return None;
    }
    let text = cleaned(value).to_string();
    let mut short: String = text.chars().take(RAW).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    Some(short)
}

/// The same value without anything that a terminal obeys: written as JSON it would only be escaped.
fn cleaned(value: &Value) -> Value {
    match value {
        Value::String(text) => crate::text::clean(text).into(),
        Value::Array(items) => items.iter().map(cleaned).collect(),
        Value::Object(members) => {
            members.iter().map(|(name, value)| (crate::text::clean(name).into_owned(), cleaned(value))).collect()
        }
        other => other.clone(),
    }
}

/// Those that say something, in one line.
pub(super) fn sentence<const N: usize>(parts: [Option<CompactString>; N]) -> Option<String> {
    let parts: Vec<CompactString> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}
