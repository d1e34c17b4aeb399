//! Finds the errors in what people paste: a code, an error body, a webhook, a line of a log with any of these in it.

use serde_json::Value;

use crate::{domain::graph_error::ApiError, graph::wire};

/// How deep a pasted value is looked into; webhooks are far flatter.
const DEEPEST: usize = 32;

/// Every error in the text, in order, the same one once.
pub fn errors(text: &str) -> Vec<ApiError> {
    let text = text.trim();
    if let Some(error) = bare_code(text) {
        return vec![error];
    }
    let values = values(text);
    let mut found = Vec::new();
    values.iter().for_each(|value| walk(value, DEEPEST, &mut found));
    if !values.iter().any(Value::is_object) {
        found.extend(named_codes(text));
    }
    let mut unique: Vec<ApiError> = Vec::new();
    for error in found {
        if !unique.contains(&error) {
            unique.push(error);
        }
    }
    unique
}

fn with_code(code: i64, subcode: Option<i64>) -> ApiError {
    ApiError { code, subcode: subcode.filter(|subcode| *subcode != 0), ..ApiError::default() }
}

/// `131049`, `#131049`, `(#131049)`, `100/33`, `100 33`.
fn bare_code(text: &str) -> Option<ApiError> {
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
fn values(text: &str) -> Vec<Value> {
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

fn walk(value: &Value, depth: usize, found: &mut Vec<ApiError>) {
    let Some(deeper) = depth.checked_sub(1) else { return };
    match value {
        Value::Array(items) => items.iter().for_each(|item| walk(item, deeper, found)),
        Value::Object(map) => {
            if let Some(error) = map.get("error").and_then(envelope).or_else(|| health_error(value)).or_else(|| own_error(value))
            {
                found.push(error);
                return;
            }
            map.values().for_each(|child| walk(child, deeper, found));
        }
        _ => {}
    }
}

/// An error object as the envelope holds it.
fn envelope(error: &Value) -> Option<ApiError> {
    let holds_something = error.as_object().map_or(error.is_string(), |map| !map.is_empty());
    if !holds_something {
        return None;
    }
    let body = serde_json::json!({ "error": error }).to_string();
    let mut found = wire::error_of(0, body.as_bytes())?;
    found.http_status = None;
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
    (is_code && is_error).then(|| envelope(value)).flatten()
}

/// An error of a health tree: `error_code`, `error_description`, `possible_solution`.
fn health_error(value: &Value) -> Option<ApiError> {
    let code = value.get("error_code")?;
    let code = code.as_i64().or_else(|| code.as_str()?.parse().ok())?;
    let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    Some(ApiError { message: text("error_description").unwrap_or_default(), ..with_code(code, None) })
}

/// Codes that a text names: after `#`, or after the words error or code.
fn named_codes(text: &str) -> Vec<ApiError> {
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    fn codes(text: &str) -> Vec<(i64, Option<i64>)> {
        errors(text).into_iter().map(|error| (error.code, error.subcode)).collect()
    }

    #[rstest]
    #[case("131049", &[(131_049, None)])]
    #[case(" (#131049) ", &[(131_049, None)])]
    #[case("100/33", &[(100, Some(33))])]
    #[case("100 2388047", &[(100, Some(2_388_047))])]
    #[case("-3", &[(-3, None)])]
    #[case("(#131030) Recipient phone number not in allowed list", &[(131_030, None)])]
    #[case("failed with error 190: expired", &[(190, None)])]
    #[case("error code: 131056, try later", &[(131_056, None)])]
    #[case("nothing here", &[])]
    #[case("", &[])]
    fn codes_are_found_in_what_people_type(#[case] text: &str, #[case] expected: &[(i64, Option<i64>)]) {
        assert_eq!(codes(text), expected);
    }

    #[test]
    fn an_error_body_is_read_with_metas_words() {
        let body = r#"HTTP/1.1 400 Bad Request
            {"error":{"message":"(#100) Invalid parameter","type":"OAuthException","code":100,"error_subcode":2388047,
            "error_user_msg":"Header too long","fbtrace_id":"Abc"}}"#;
        let found = errors(body);
        assert_eq!(codes(body), [(100, Some(2_388_047))]);
        assert_eq!(found[0].meta_words(), "Header too long");
        assert_eq!(found[0].fbtrace_id.as_deref(), Some("Abc"));
    }

    #[test]
    fn the_errors_of_a_webhook_are_found_and_repetitions_told_once() {
        let error =
            r#"{"code":131049,"title":"Not delivered","message":"Not delivered","error_data":{"details":"healthy ecosystem"}}"#;
        let status = |id: &str| format!(r#"{{"id":"{id}","status":"failed","timestamp":"1","errors":[{error}]}}"#);
        let body = format!(
            r#"{{"object":"whatsapp_business_account","entry":[{{"changes":[{{"value":{{"statuses":[{},{}]}}}}]}}]}}"#,
            status("a"),
            status("b")
        );
        assert_eq!(codes(&body), [(131_049, None)]);
        assert_eq!(errors(&body)[0].meta_words(), "healthy ecosystem");
    }

    #[test]
    fn the_errors_of_a_health_tree_are_found() {
        let body = r#"{"health_status":{"entities":[{"errors":[{"error_code":141006,"error_description":"There is an error with the payment method."}]}]}}"#;
        assert_eq!(codes(body), [(141_006, None)]);
    }

    #[test]
    fn a_code_that_belongs_to_no_error_is_left_alone() {
        assert_eq!(codes(r#"{"template":{"language":{"code":"en"}},"country":{"code":"49"}}"#), []);
    }

    proptest! {
        #[test]
        fn nothing_that_is_pasted_breaks_it(text in "[\\PC\\n]{0,200}", nested in "[\\[\\{\":,a0]{0,200}") {
            let _ = errors(&text);
            let _ = errors(&nested);
        }
    }
}
