//! The error envelope in all the shapes it is seen in (Meta: Graph API error handling, WhatsApp error codes).

use serde::Deserialize;

use super::lenient;
use crate::domain::graph_error::ApiError;

#[derive(Deserialize, Default)]
#[serde(default)]
struct Envelope {
    error: Option<WireError>,
}

/// `error`: nearly always an object; a bare text is taken as its message.
struct WireError(Fields);

#[derive(Deserialize, Default)]
#[serde(default)]
struct Fields {
    #[serde(deserialize_with = "lenient::scalar")]
    message: Option<String>,
    #[serde(rename = "type", deserialize_with = "lenient::scalar")]
    kind: Option<String>,
    #[serde(deserialize_with = "lenient::scalar")]
    code: Option<i64>,
    #[serde(deserialize_with = "lenient::scalar")]
    error_subcode: Option<i64>,
    #[serde(deserialize_with = "lenient::scalar")]
    is_transient: Option<bool>,
    #[serde(deserialize_with = "lenient::scalar")]
    error_user_title: Option<String>,
    #[serde(deserialize_with = "lenient::scalar")]
    error_user_msg: Option<String>,
    error_data: Option<serde_json::Value>,
    #[serde(deserialize_with = "lenient::scalar")]
    fbtrace_id: Option<String>,
}

impl<'de> Deserialize<'de> for WireError {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let value = serde_json::Value::deserialize(input)?;
        match value {
            serde_json::Value::String(message) => Ok(Self(Fields { message: Some(message), ..Fields::default() })),
            value => serde_json::from_value(value).map(Self).map_err(serde::de::Error::custom),
        }
    }
}

/// `error_data` is an object for messages and a text for templates; the text may itself be JSON.
fn details(data: &serde_json::Value) -> Option<String> {
    match data {
        serde_json::Value::String(text) if text.is_empty() => None,
        serde_json::Value::String(text) => match serde_json::from_str(text) {
            Ok(inner @ serde_json::Value::Object(_)) => details(&inner).or(Some(text.clone())),
            _ => Some(text.clone()),
        },
        serde_json::Value::Object(map) => {
            let found = ["details", "message", "blame_field_specs"].into_iter().find_map(|key| map.get(key))?;
            match found {
                serde_json::Value::String(text) => Some(text.clone()),
                other => Some(other.to_string()),
            }
        }
        _ => None,
    }
}

/// The error that a body carries; `None` when it carries none.
pub fn error_of(status: u16, body: &[u8]) -> Option<ApiError> {
    // A list would be read as the fields in turn, and the first answer of a batch as an error.
    let object = body.trim_ascii_start().starts_with(b"{").then_some(body)?;
    let envelope: Envelope = serde_json::from_slice(object).ok()?;
    let WireError(fields) = envelope.error?;
    let text = |text: Option<String>| text.filter(|text| !text.is_empty());
    Some(ApiError {
        code: fields.code.unwrap_or_default(),
        subcode: fields.error_subcode.filter(|subcode| *subcode != 0),
        kind: fields.kind.unwrap_or_default(),
        message: fields.message.unwrap_or_default(),
        user_title: text(fields.error_user_title),
        user_message: text(fields.error_user_msg),
        details: fields.error_data.as_ref().and_then(details),
        fbtrace_id: text(fields.fbtrace_id),
        transient: fields.is_transient.unwrap_or(false),
        http_status: Some(status),
    })
}

/// The beginning of a body that is not what was expected, fit for a sentence: at most 120 characters of it, of a page its words
/// only. Pages print addresses, and addresses carry keys, so those are taken out.
pub fn excerpt(body: &[u8]) -> String {
    let beginning: Vec<u8> = body.iter().take(4_000).copied().collect();
    let text = String::from_utf8_lossy(&beginning);
    let is_page = text.trim_start().starts_with('<');
    let text = if is_page { words_of(&text) } else { text.into_owned() };
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    crate::text::without_keys(&crate::text::clean(&words)).chars().take(120).collect()
}

/// The words of a page, without its tags, scripts and styles.
fn words_of(page: &str) -> String {
    let mut words = String::new();
    let mut rest = page;
    while let Some((before, tag)) = rest.split_once('<') {
        words.push_str(before);
        words.push(' ');
        let name: String = tag.chars().take_while(char::is_ascii_alphabetic).collect::<String>().to_ascii_lowercase();
        let end = match name.as_str() {
            "script" => "</script>",
            "style" => "</style>",
            _ => ">",
        };
        rest = tag.to_ascii_lowercase().find(end).and_then(|at| tag.get(at + end.len()..)).unwrap_or_default();
    }
    words.push_str(rest);
    let entities = [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    entities.iter().fold(words, |words, (entity, character)| words.replace(entity, character))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn details_come_as_object_as_text_and_as_json_in_a_text() {
        let read = |data: &str| {
            let body = format!(r#"{{"error":{{"code":"100","error_data":{data}}}}}"#);
            error_of(400, body.as_bytes()).unwrap()
        };
        assert_eq!(read(r#"{"details":"why"}"#).details.unwrap(), "why");
        assert_eq!(read(r#""why""#).details.unwrap(), "why");
        assert_eq!(read(r#""{\"details\":\"why\"}""#).details.unwrap(), "why");
        assert_eq!(read("7").details, None);
        assert_eq!(read("7").code, 100);
    }

    #[test]
    fn an_envelope_may_lack_everything() {
        let error = error_of(500, br#"{"error":{}}"#).unwrap();
        assert_eq!((error.code, error.http_status), (0, Some(500)));
        assert_eq!(error_of(500, br#"{"error":"gone"}"#).unwrap().message, "gone");
        assert!(error_of(500, b"<html>").is_none());
        assert!(error_of(200, br#"{"data":[]}"#).is_none());
        assert!(error_of(200, br#"{"error":null}"#).is_none());
        assert!(error_of(200, br#"[{"code":200,"body":"{}"}]"#).is_none(), "the answer to a batch");
    }

    #[test]
    fn an_excerpt_is_one_short_clean_line() {
        let text = excerpt("<html>\n\n<b>\u{1b}[31mSorry</b>".as_bytes());
        assert!(text == "Sorry" && !text.contains('\u{1b}'));
        let page = "<!DOCTYPE html><html><head><style>b{}</style><title>Error</title><script>x<y</script></head><pre>Cannot GET /v26.0?t=EAAG1234567890abcdef &amp; so on";
        assert_eq!(excerpt(page.as_bytes()), "Error Cannot GET /v26.0?t=[…] & so on");
        assert!(excerpt(&[b'x'; 10_000]).len() <= 120);
    }
}
