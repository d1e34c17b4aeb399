//! Errors in a text or in a JSON object, in every shape in which Meta and people write them, and words of Meta's in a text.

use serde_json::Value;

use crate::{
    domain::{graph_error::ApiError, graph_word},
    graph::wire,
    wording::explanation::Topic,
};

fn with_code(code: i64, subcode: Option<i64>) -> ApiError {
    ApiError { code, subcode: subcode.filter(|subcode| *subcode != 0), ..ApiError::default() }
}

/// `131049`, `#131049`, `(#131049)`, `100/33`, `100 33`.
pub(super) fn bare(text: &str) -> Option<ApiError> {
    let text = text.trim_matches(|character: char| "()[]#\"'".contains(character) || character.is_whitespace());
    let mut numbers = text.split(['/', ' ', ':', ',']).filter(|part| !part.is_empty()).map(|part| part.parse::<i64>().ok());
    let code = numbers.next()??;
    let subcode = match numbers.next() {
        None => None,
        Some(subcode) => Some(subcode?),
    };
    numbers.next().is_none().then(|| with_code(code, subcode))
}

/// The JSON values in the text, whatever stands before, between and after them.
pub(super) fn values(text: &str) -> Vec<Value> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(['{', '[']) {
        let Some(candidate) = rest.get(start..) else { break };
        let mut stream = serde_json::Deserializer::from_str(candidate).into_iter::<Value>();
        let next = match stream.next() {
            Some(Ok(value)) => {
                found.push(value);
                stream.byte_offset()
            }
            _ => 1,
        };
        let Some(after) = candidate.get(next..) else { break };
        rest = after;
    }
    found
}

/// The error that an object is or carries, looking no deeper than its envelope.
pub(super) fn error_in(value: &Value) -> Option<ApiError> {
    let map = value.as_object()?;
    map.get("error").and_then(|error| envelope(error, value)).or_else(|| health_error(value)).or_else(|| own_error(value))
}

/// An error object as the envelope holds it.
fn envelope(error: &Value, around: &Value) -> Option<ApiError> {
    let holds_something = error.as_object().map_or(error.is_string(), |map| !map.is_empty());
    if !holds_something {
        return None;
    }
    let body = serde_json::json!({ "error": error }).to_string();
    let mut found = wire::error_of(0, body.as_bytes())?;
    found.http_status = None;
    // Signing in has it as OAuth wants it: a word, and a sentence beside it.
    if let (Some(word), Some(sentence)) = (error.as_str(), around.get("error_description").and_then(Value::as_str)) {
        found.message = format!("{word}: {sentence}");
    }
    if found.message.is_empty()
        && let Some(title) = error.get("title").and_then(Value::as_str)
    {
        found.message = title.to_owned();
    }
    Some(found)
}

/// An error as webhooks list it (`errors[]`), or the inside of an envelope: a code beside a text or a trace id.
fn own_error(value: &Value) -> Option<ApiError> {
    let map = value.as_object()?;
    let code = map.get("code")?;
    let is_code = code.is_i64() || code.as_str().is_some_and(|code| code.parse::<i64>().is_ok());
    let is_error = ["message", "title", "error_data", "fbtrace_id", "href"].iter().any(|key| map.contains_key(*key));
    (is_code && is_error).then(|| envelope(value, &Value::Null)).flatten()
}

/// An error of a health tree: `error_code`, `error_description`, `possible_solution`; embedded signup has `error_message`.
fn health_error(value: &Value) -> Option<ApiError> {
    let code = value.get("error_code")?;
    let code = code.as_i64().or_else(|| code.as_str()?.parse().ok())?;
    let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    Some(ApiError {
        message: text("error_description").or_else(|| text("error_message")).unwrap_or_default(),
        ..with_code(code, None)
    })
}

/// Codes that a text names: after `#`, or after the words error or code.
pub(super) fn named(text: &str) -> Vec<ApiError> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut found = Vec::new();
    let mut announced = false;
    for word in words {
        let hash = word.contains('#');
        let digits: String =
            word.chars().skip_while(|character| !character.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
        let lower = word.to_ascii_lowercase();
        let names = lower.contains("error") || lower.contains("code");
        if let Ok(code) = digits.parse::<i64>()
            && (hash || announced || names)
        {
            found.push(with_code(code, None));
            announced = false;
        } else {
            announced = names;
        }
    }
    found
}

/// The status line of an answer that carries nothing else, or a page where JSON was expected.
pub(super) fn http_status(text: &str) -> Vec<Topic> {
    let lower = text.to_ascii_lowercase();
    let status = lower.lines().find_map(|line| line.strip_prefix("http/")?.split_whitespace().nth(1));
    let page = ["<html", "<!doctype"].iter().any(|tag| lower.contains(tag)).then_some("html");
    let words = [status, page].into_iter().flatten().filter_map(|word| graph_word::at("http", "status", word));
    words.filter(|word| word.meaning.is_some()).map(Topic::Word).collect()
}

/// Words of Meta's that stand in a text as nobody else writes them: in capitals.
pub(super) fn words(text: &str) -> Vec<Topic> {
    let is_part = |character: char| character.is_ascii_alphanumeric() || character == '_';
    text.split(|character| !is_part(character))
        .filter(|word| {
            word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
        })
        .filter(|word| word.bytes().any(|byte| byte.is_ascii_uppercase()))
        .flat_map(Topic::named)
        .collect()
}
