//! From the bytes of an answer to what was asked for, or to the right error. Asks nothing.

use serde::de::DeserializeOwned;

use super::{GraphError, wire};

/// Makes the expected type, or the right error, of an answer's body.
///
/// # Errors
/// An error envelope, something that is not JSON, JSON of another form.
pub fn decode<T: DeserializeOwned>(host: &str, status: u16, body: &[u8]) -> Result<T, GraphError> {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body).trim_ascii();
    let success = (200..300).contains(&status);
    // A success is nearly always what was asked for; it is read twice only where it may be an error in disguise.
    let may_be_error = !success || body.len() < 4_096 || body.starts_with(b"{\"error\"");
    if may_be_error && let Some(error) = wire::error_of(status, body) {
        return Err(GraphError::Api(Box::new(error)));
    }
    let host = || host.to_owned();
    let is_json = matches!(body.first(), Some(b'{' | b'['));
    if !is_json && (!success || !matches!(body, b"true" | b"false" | b"null")) {
        return Err(GraphError::NotJson { host: host(), status, beginning: wire::excerpt(body) });
    }
    if !success {
        return Err(GraphError::Unreadable { host: host(), status, reason: "it names no error".to_owned() });
    }
    let read = serde_json::from_slice(body).or_else(|error| told_twice(body, error)).or_else(|error| mended(body, error));
    read.map_err(|error| {
        let reason = if error.is_eof() { "it ends too early".to_owned() } else { error.to_string() };
        GraphError::Unreadable { host: host(), status, reason }
    })
}

/// An answer in which a key stands twice: of such the last counts, as with every reader of JSON. That needs the whole answer in
/// memory, so it is done only where it is needed.
fn told_twice<T: DeserializeOwned>(body: &[u8], error: serde_json::Error) -> Result<T, serde_json::Error> {
    if !error.is_data() || !error.to_string().starts_with("duplicate field") {
        return Err(error);
    }
    serde_json::from_slice::<serde_json::Value>(body).and_then(serde_json::from_value)
}

/// An answer that is JSON but for its texts: bytes that are no UTF-8, or half of a pair of surrogates, as is left of an emoji that a
/// name was cut in. One such name must not cost the page it is on.
fn mended<T: DeserializeOwned>(body: &[u8], error: serde_json::Error) -> Result<T, serde_json::Error> {
    if !error.is_syntax() {
        return Err(error);
    }
    let text = String::from_utf8_lossy(body);
    let mut mended = String::with_capacity(text.len());
    let mut rest = text.as_ref();
    while let Some((before, after)) = rest.split_once('\\') {
        mended.push_str(before);
        let unit = |text: &str| text.strip_prefix('u')?.get(..4).and_then(|digits| u16::from_str_radix(digits, 16).ok());
        let first = unit(after);
        let second = after.get(5..).and_then(|later| unit(later.strip_prefix('\\')?));
        let is_high = first.is_some_and(|unit| (0xD800..0xDC00).contains(&unit));
        let is_low = |unit: Option<u16>| unit.is_some_and(|unit| (0xDC00..0xE000).contains(&unit));
        let length = match first {
            Some(_) if is_high && is_low(second) => 11,
            Some(_) if is_high || is_low(first) => {
                mended.push('\u{FFFD}');
                rest = after.get(5..).unwrap_or_default();
                continue;
            }
            // An escape of one character; a backslash that is escaped begins no other.
            _ => after.chars().next().map_or(0, char::len_utf8),
        };
        mended.push('\\');
        mended.push_str(after.get(..length).unwrap_or_default());
        rest = after.get(length..).unwrap_or_default();
    }
    mended.push_str(rest);
    serde_json::from_str(&mended).map_err(|_| error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_bad_answer_has_its_error() {
        type Row = serde_json::Map<String, serde_json::Value>;
        let read = |status, body: &str| decode::<Row>("h", status, body.as_bytes());
        assert!(read(200, "\u{feff}{\"id\":\"1\"}").is_ok());
        assert!(matches!(read(200, ""), Err(GraphError::NotJson { .. })));
        assert!(matches!(read(502, "<html>"), Err(GraphError::NotJson { status: 502, .. })));
        assert!(matches!(read(200, "{\"id\":\"1\""), Err(GraphError::Unreadable { .. })));
        assert!(matches!(read(500, "{}"), Err(GraphError::Unreadable { .. })));
        assert!(matches!(read(200, "{\"error\":{\"code\":190}}"), Err(GraphError::Api(_))));
        assert!(matches!(read(400, "{\"error\":{\"code\":100}}"), Err(GraphError::Api(_))));
    }

    #[test]
    fn a_name_that_was_cut_in_an_emoji_costs_neither_its_page_nor_its_neighbours() {
        let name = |json: &[u8]| {
            let body = [br#"{"name":""#, json, br#""}"#].concat();
            decode::<std::collections::BTreeMap<String, String>>("h", 200, &body).map(|row| row["name"].clone())
        };
        assert_eq!(name(br"Caf\u00e9 \ud83d").unwrap(), "Caf\u{e9} \u{FFFD}");
        assert_eq!(
            name(br"\ud83d\ude00 \ude00 \ud83d\u0041 \ud83d\ud83d\ude00").unwrap(),
            "\u{1F600} \u{FFFD} \u{FFFD}A \u{FFFD}\u{1F600}"
        );
        assert_eq!(name(br#"\\ud83d \" \ud800"#).unwrap(), "\\ud83d \" \u{FFFD}");
        assert_eq!(name(b"\xff \\n").unwrap(), "\u{FFFD} \n");
        assert!(name(br"\ud83d\").is_err() && name(br"\u12").is_err() && name(br"\ud8").is_err());
    }

    #[test]
    fn of_a_key_that_stands_twice_the_last_counts() {
        use wire::{Page, WireAccount};
        let body = r#"{"data":[{"id":"1","name":"old","name":"new","phone_numbers":{"data":[{"id":"7","id":"8"}]}},{"id":"2"}],
            "paging":{"cursors":{"after":"A","after":"B"},"next":"x"}}"#;
        let page: Page<WireAccount> = decode("h", 200, body.as_bytes()).unwrap();
        assert_eq!((page.rows.len(), page.after.as_deref()), (2, Some("B")));
        let account = page.rows.into_iter().next().unwrap();
        let account = account.into_account(crate::domain::account::FoundBy::default(), jiff::Timestamp::UNIX_EPOCH).unwrap();
        assert_eq!((account.name.as_str(), account.numbers[0].id.as_str()), ("new", "8"));
        let cut = decode::<Page<WireAccount>>("h", 200, &body.as_bytes()[..body.len() - 3]);
        assert!(matches!(cut, Err(GraphError::Unreadable { .. })));
    }
}
