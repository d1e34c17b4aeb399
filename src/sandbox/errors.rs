//! The error envelope of the Graph API and the errors the sandbox can answer with.
//! It must not decide when an error applies: that belongs to the part that found the fault.

use std::sync::atomic::{AtomicU64, Ordering};

use base64::Engine;
use serde_json::{Map, Value, json};

/// An answer of the kind `{"error":{…}}`, with the HTTP status that goes with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GraphError {
    /// HTTP status of the answer.
    pub status: u16,
    /// Meta's error code.
    pub code: i64,
    /// Meta's error subcode, where there is one.
    pub subcode: Option<i64>,
    /// `OAuthException` or `GraphMethodException`.
    pub kind: &'static str,
    /// Text of `message`.
    pub message: String,
    /// Text of `error_data.details`, which messaging errors carry.
    pub details: Option<Box<str>>,
    /// `error_user_title` and `error_user_msg`, which template management errors carry.
    pub user: Option<Box<(String, String)>>,
    /// Whether trying again may help.
    pub transient: bool,
    /// Headers that go with the answer, such as `Retry-After`.
    pub headers: Vec<(&'static str, String)>,
}

impl GraphError {
    /// An `OAuthException`, the type Meta uses for nearly everything.
    pub fn new(status: u16, code: i64, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            subcode: None,
            kind: "OAuthException",
            message: message.into(),
            details: None,
            user: None,
            transient: false,
            headers: Vec::new(),
        }
    }

    /// A bad parameter: code 100, HTTP 400.
    pub fn parameter(message: impl Into<String>) -> Self {
        Self::new(400, 100, message)
    }

    /// A messaging error: the code stands in the message, the sentence in `error_data.details`.
    pub fn messaging(status: u16, code: i64, title: &str, details: impl Into<String>) -> Self {
        Self::new(status, code, format!("(#{code}) {title}")).details(details)
    }

    /// An object that does not exist or that the token may not see: code 100, subcode 33.
    pub fn unknown_object(method: &str, id: &str) -> Self {
        let verb = method.to_ascii_lowercase();
        let mut error = Self::parameter(format!(
            "Unsupported {verb} request. Object with ID '{id}' does not exist, cannot be loaded due to missing \
             permissions, or does not support this operation. Please read the Graph API documentation at \
             https://developers.facebook.com/docs/graph-api"
        ));
        error.kind = "GraphMethodException";
        error.subcode = Some(33);
        error
    }

    /// A field or edge that the node type does not have.
    pub fn unknown_field(field: &str, node_type: &str) -> Self {
        Self::parameter(format!("(#100) Tried accessing nonexisting field ({field}) on node type ({node_type})"))
    }

    /// A path that leads nowhere.
    pub fn unknown_path(path: &str) -> Self {
        Self::new(400, 2500, format!("Unknown path components: /{path}"))
    }

    /// A token that cannot be read at all.
    pub fn bad_token() -> Self {
        Self::token("Invalid OAuth access token - Cannot parse access token")
    }

    /// Any error about the token: code 190, HTTP 401 and the header that says so.
    pub fn token(message: &str) -> Self {
        let mut error = Self::new(401, 190, message);
        error.headers.push(("www-authenticate", format!("OAuth \"Facebook Platform\" \"invalid_token\" \"{message}\"")));
        error
    }

    /// A scope or an asset is missing for what was asked: code 200, HTTP 403.
    pub fn permission(message: impl Into<String>) -> Self {
        Self::new(403, 200, message)
    }

    /// Sets the subcode.
    pub fn subcode(mut self, subcode: i64) -> Self {
        self.subcode = Some(subcode);
        self
    }

    /// Makes it a `GraphMethodException`.
    pub fn method_exception(mut self) -> Self {
        self.kind = "GraphMethodException";
        self
    }

    /// Sets `error_data.details`.
    pub fn details(mut self, details: impl Into<String>) -> Self {
        self.details = Some(details.into().into_boxed_str());
        self
    }

    /// Sets the texts that are meant for people.
    pub fn user(mut self, title: &str, text: impl Into<String>) -> Self {
        self.user = Some(Box::new((title.to_owned(), text.into())));
        self
    }

    /// Marks it as worth another try.
    pub fn transient(mut self) -> Self {
        self.transient = true;
        self
    }

    /// The JSON body, with a trace id of its own.
    pub fn body(&self, trace: &str) -> Value {
        let mut error = Map::new();
        error.insert("message".into(), json!(self.message));
        error.insert("type".into(), json!(self.kind));
        error.insert("code".into(), json!(self.code));
        if let Some(subcode) = self.subcode {
            error.insert("error_subcode".into(), json!(subcode));
        }
        if self.transient {
            error.insert("is_transient".into(), json!(true));
        }
        if let Some((title, text)) = self.user.as_deref() {
            error.insert("is_transient".into(), json!(self.transient));
            error.insert("error_user_title".into(), json!(title));
            error.insert("error_user_msg".into(), json!(text));
        }
        if let Some(details) = &self.details {
            error.insert("error_data".into(), json!({"messaging_product": "whatsapp", "details": details}));
        }
        error.insert("fbtrace_id".into(), json!(trace));
        json!({ "error": error })
    }
}

/// A fresh trace id in the shape of Meta's `fbtrace_id`.
pub fn trace_id() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let number = super::seed::mix(NEXT.fetch_add(1, Ordering::Relaxed));
    let mut bytes = [0_u8; 16];
    bytes
        .iter_mut()
        .zip(number.to_be_bytes().into_iter().chain(super::seed::mix(number).to_be_bytes()))
        .for_each(|(slot, byte)| *slot = byte);
    format!("A{}", base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_object_is_code_100_subcode_33() {
        let body = GraphError::unknown_object("GET", "42").body("Atrace");
        assert_eq!(body["error"]["code"], 100);
        assert_eq!(body["error"]["error_subcode"], 33);
        assert_eq!(body["error"]["type"], "GraphMethodException");
        assert_eq!(body["error"]["fbtrace_id"], "Atrace");
        assert!(body["error"]["message"].as_str().unwrap().starts_with("Unsupported get request. Object with ID '42'"));
    }

    #[test]
    fn messaging_error_carries_details_and_its_code_in_the_message() {
        let body = GraphError::messaging(400, 132001, "Template name does not exist in the translation", "no x (en)").body("A");
        assert_eq!(body["error"]["message"], "(#132001) Template name does not exist in the translation");
        assert_eq!(body["error"]["error_data"]["messaging_product"], "whatsapp");
        assert_eq!(body["error"]["error_data"]["details"], "no x (en)");
        assert_eq!(body["error"]["error_subcode"], Value::Null);
    }

    #[test]
    fn trace_ids_differ() {
        let first = trace_id();
        assert_ne!(first, trace_id());
        assert!(first.starts_with('A') && first.len() == 23);
    }
}
