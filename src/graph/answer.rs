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
    serde_json::from_slice(body).map_err(|error| {
        let reason = if error.is_eof() { "it ends too early".to_owned() } else { error.to_string() };
        GraphError::Unreadable { host: host(), status, reason }
    })
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
}
