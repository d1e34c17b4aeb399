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
    serde_json::from_slice(body).or_else(|error| told_twice(body, error)).map_err(|error| {
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
