//! One call of the Graph API, whether it came over HTTP or inside a batch, and the answer to it.
//! It must not know the world.

use serde_json::Value;

use super::errors::{GraphError, trace_id};
use super::params::Params;

/// The version that answers calls without one.
pub const LATEST: (u32, u32) = (26, 0);
/// The oldest version still served; older ones are answered by it.
const OLDEST: (u32, u32) = (21, 0);

/// A call.
#[derive(Debug, Clone)]
pub struct Call {
    /// `GET`, `POST`, `DELETE` or whatever was sent.
    pub method: String,
    /// Version of the path, if it had one.
    pub version: Option<(u32, u32)>,
    /// The rest of the path, decoded.
    pub path: Vec<String>,
    /// Parameters of query and body; the token is taken out.
    pub params: Params,
    /// The token, wherever it was.
    pub token: Option<String>,
    /// Scheme, host and port by which the caller reached us, for paging addresses.
    pub origin: String,
    /// Whether it is part of a batch.
    pub batched: bool,
    /// What faults make of it.
    pub quirks: Quirks,
}

/// How faults bend the answer to a call.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Quirks {
    /// Fields that are no longer known.
    pub dropped: Vec<String>,
    /// Whether pages repeat the last row of the page before.
    pub duplicate: bool,
    /// Whether the last page points to the first one again.
    pub endless: bool,
    /// Rows above which a page is too much.
    pub reduce: Option<usize>,
}

impl Call {
    /// Builds a call from method, path and parameters. `method` and `access_token` parameters do as in Graph: one
    /// overrides the method, the other is the token unless a header gave one.
    pub fn new(method: &str, path: &str, mut params: Params, bearer: Option<String>, origin: String) -> Self {
        let mut segments: Vec<String> = path.split('/').filter(|segment| !segment.is_empty()).map(decoded).collect();
        let version = segments.first().and_then(|segment| version(segment));
        if version.is_some() {
            segments.remove(0);
        }
        let token = bearer.or_else(|| params.text("access_token").map(|token| token.into_owned()));
        params.take("access_token");
        let overridden = params
            .take("method")
            .and_then(|value| value.as_str().map(str::to_ascii_uppercase))
            .filter(|name| matches!(name.as_str(), "GET" | "POST" | "DELETE"));
        let method = overridden.unwrap_or_else(|| method.to_ascii_uppercase());
        Self { method, version, path: segments, params, token, origin, batched: false, quirks: Quirks::default() }
    }

    /// The version that serves this call: gone ones are answered by the oldest that is left.
    pub fn served(&self) -> (u32, u32) {
        self.version.unwrap_or(LATEST).max(OLDEST)
    }

    /// The version as it stands in addresses.
    pub fn version_text(&self) -> String {
        let (major, minor) = self.version.unwrap_or(LATEST);
        format!("v{major}.{minor}")
    }

    /// The path as text, without version.
    pub fn path_text(&self) -> String {
        self.path.join("/")
    }
}

fn version(segment: &str) -> Option<(u32, u32)> {
    let (major, minor) = segment.strip_prefix('v')?.split_once('.')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}

fn decoded(segment: &str) -> String {
    if !segment.contains('%') {
        return segment.to_owned();
    }
    // A plus sign means itself in a path.
    let kept = segment.replace('+', "%2B").replace('&', "%26").replace('=', "%3D");
    form_urlencoded::parse(kept.as_bytes()).next().map_or_else(|| segment.to_owned(), |(key, _)| key.into_owned())
}

/// What goes back: status, extra headers and a JSON body.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Headers beyond the usual ones.
    pub headers: Vec<(String, String)>,
    /// JSON body.
    pub body: Value,
}

impl Reply {
    /// A successful answer.
    pub fn ok(body: Value) -> Self {
        Self { status: 200, headers: Vec::new(), body }
    }
}

impl From<GraphError> for Reply {
    fn from(error: GraphError) -> Self {
        Self {
            status: error.status,
            headers: error.headers.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
            body: error.body(&trace_id()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(method: &str, path: &str, query: &str) -> Call {
        let mut params = Params::default();
        params.add_encoded(query.as_bytes());
        Call::new(method, path, params, None, "http://h".into())
    }

    #[test]
    fn version_is_read_and_may_be_absent() {
        assert_eq!(call("GET", "/v23.0/12/phone_numbers", "").version, Some((23, 0)));
        assert_eq!(call("GET", "/12", "").served(), LATEST);
        assert_eq!(call("GET", "/v1.0/12", "").served(), OLDEST);
        assert_eq!(call("GET", "//v23.0//12/", "").path, ["12"]);
        assert_eq!(call("GET", "/vx.0/12", "").path, ["vx.0", "12"]);
    }

    #[test]
    fn method_and_token_parameters_are_taken_out() {
        let call = call("GET", "/1", "method=delete&access_token=abc&x=1");
        assert_eq!((call.method.as_str(), call.token.as_deref()), ("DELETE", Some("abc")));
        assert_eq!(call.params.entries().count(), 1);
    }

    #[test]
    fn odd_paths_are_decoded_without_harm() {
        assert_eq!(call("GET", "/a%20b/%ff%zz+", "").path[0], "a b");
    }
}
