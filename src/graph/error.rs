//! What can go wrong between wabadeck and the Graph API, each as one sentence that says what failed, why and what to do.
//!
//! No variant holds an address with a query, a header or a token.

use std::time::Duration;

use jiff::Timestamp;

use crate::{domain::graph_error::ApiError, text};

/// Why a call to the Graph API gave nothing.
#[derive(Debug, Clone, thiserror::Error)]
pub enum GraphError {
    /// Meta answered with an error.
    #[error("{}", sentence(.0))]
    Api(Box<ApiError>),
    /// No connection came about, so nothing was sent.
    #[error("No connection to {host} came about ({reason}). Check the network, the proxy and the address.")]
    Unreachable {
        /// The host.
        host: String,
        /// The reason, in words.
        reason: String,
    },
    /// The proxy let nothing through, so nothing was sent.
    #[error(
        "The proxy {proxy} lets no connection through to {host}: {reason}. Check HTTPS_PROXY and NO_PROXY, or ask whoever runs the proxy."
    )]
    Proxy {
        /// Host and port of the proxy, without name and password.
        proxy: String,
        /// The host that was to be reached.
        host: String,
        /// The reason, in words.
        reason: String,
    },
    /// The server's certificate was not accepted, so nothing was sent.
    #[error(
        "The certificate of {host} was not accepted ({reason}). Check the clock, and whether something intercepts the connection."
    )]
    Certificate {
        /// The host.
        host: String,
        /// The reason, in words.
        reason: String,
    },
    /// The connection broke after the request had left.
    #[error("The connection to {host} broke before the answer was complete ({reason}). Try again when the network is steady.")]
    Broken {
        /// The host.
        host: String,
        /// The reason, in words.
        reason: String,
    },
    /// No answer came in time.
    #[error("{host} did not answer within {} seconds. Try again, or look at metastatus.com/whatsapp-business-api.", .after.as_secs().max(1))]
    TimedOut {
        /// The host.
        host: String,
        /// How long was waited.
        after: Duration,
    },
    /// The answer is not JSON: a page of a proxy, an empty body.
    #[error("{}", not_json(.host, *.status, .beginning))]
    NotJson {
        /// The host.
        host: String,
        /// HTTP status.
        status: u16,
        /// The beginning of the body, cleaned; empty for an empty one.
        beginning: String,
    },
    /// The answer is JSON that ends too early or says something else than was asked.
    #[error("{host} answered with HTTP {status} in a form that cannot be read ({reason}). Try again.")]
    Unreadable {
        /// The host.
        host: String,
        /// HTTP status.
        status: u16,
        /// What is wrong with it.
        reason: String,
    },
    /// The answer is larger than any that is expected.
    #[error("{host} answered with more than {} MB, which was not read. Ask for less at a time.", .limit / 1_000_000)]
    TooLarge {
        /// The host.
        host: String,
        /// Bytes that would have been accepted.
        limit: usize,
    },
    /// The server pointed elsewhere; following would show the token there.
    #[error(
        "{host} pointed to another address, which was not followed, because the token would have gone there. Check the address of the Graph API."
    )]
    Redirected {
        /// The host.
        host: String,
    },
    /// Meta's limit is used up; no call is made before the time.
    #[error("Meta's limit for {subject} is used up, so nothing was asked. It is free again at about {}.", clock(*.until))]
    Resting {
        /// The account or the app that rests.
        subject: String,
        /// Until when.
        until: Timestamp,
    },
    /// The client cannot be built or the address cannot be asked.
    #[error("The connection to the Graph API could not be set up ({reason}).")]
    Setup {
        /// The reason, in words.
        reason: String,
    },
}

impl GraphError {
    /// Whether a request that is not repeatable may have taken effect although no answer said so (R37).
    pub fn is_outcome_unknown(&self) -> bool {
        match self {
            Self::Broken { .. } | Self::TimedOut { .. } | Self::TooLarge { .. } => true,
            // A gateway answers 5xx for a server that may have done its work; a success that cannot be read was one.
            Self::NotJson { status, .. } | Self::Unreadable { status, .. } => *status >= 500 || *status < 300,
            Self::Api(_)
            | Self::Unreachable { .. }
            | Self::Proxy { .. }
            | Self::Certificate { .. }
            | Self::Redirected { .. }
            | Self::Resting { .. }
            | Self::Setup { .. } => false,
        }
    }

    /// What Meta answered, when it did.
    pub fn api(&self) -> Option<&ApiError> {
        match self {
            Self::Api(error) => Some(error),
            _ => None,
        }
    }

    /// Meta's error code, when it answered with one.
    pub fn code(&self) -> Option<i64> {
        self.api().map(|error| error.code)
    }

    /// Meta's code, where a limit is why it refused; 0 for an HTTP 429 that names none, whoever answered it.
    pub fn limit(&self) -> Option<i64> {
        match self {
            Self::Api(error) if is_limit(error) => Some(error.code),
            Self::NotJson { status: 429, .. } | Self::Unreadable { status: 429, .. } => Some(0),
            _ => None,
        }
    }

    /// Whether the token is refused: no other call with it will do better.
    pub fn is_token_refused(&self) -> bool {
        match self.api() {
            // Zero is also what an error without a code is read as: a busy or broken server says nothing about the token.
            Some(error) if error.code == 0 => error.http_status.is_none_or(|status| status < 429),
            Some(error) => matches!(error.code, 102 | 104 | 190),
            None => false,
        }
    }

    /// Whether the token may not do this, or the object is not visible to it.
    pub fn is_denied(&self) -> bool {
        match self.api() {
            Some(error) => {
                matches!(error.code, 3 | 10 | 33 | 200..=299 | 803 | 131_005) || (error.code == 100 && error.subcode == Some(33))
            }
            None => false,
        }
    }

    /// Whether Meta says that too much was asked at once, so that a smaller page helps (Meta: field expansion).
    pub fn is_too_much_data(&self) -> bool {
        match self {
            Self::TooLarge { .. } => true,
            Self::Api(error) => {
                matches!(error.code, 1 | 100 | -3) && error.message.to_ascii_lowercase().contains("reduce the amount of data")
            }
            _ => false,
        }
    }

    /// Whether asking the same again a little later may do.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Unreachable { .. } | Self::Broken { .. } | Self::TimedOut { .. } => true,
            Self::NotJson { status, .. } | Self::Unreadable { status, .. } => *status >= 500 || *status < 300,
            Self::Api(error) => {
                !self.is_too_much_data()
                    && !is_limit(error)
                    && (error.transient
                        || matches!(error.code, 1 | 2 | 131_000 | 131_016)
                        || (error.http_status.is_some_and(|status| status >= 500) && error.code != 134_102))
            }
            _ => false,
        }
    }
}

/// Whether Meta refuses because of a rate limit (Meta: rate limiting, WhatsApp error codes).
pub fn is_limit(error: &ApiError) -> bool {
    matches!(error.code, 4 | 17 | 32 | 341 | 613 | 80_000..=80_014 | 130_429) || error.http_status == Some(429)
}

fn sentence(error: &ApiError) -> String {
    let said = text::clean(error.meta_words());
    let said = said.trim().trim_end_matches('.');
    let said = if said.is_empty() { "no reason was given" } else { said };
    match (error.subcode, error.http_status) {
        (Some(subcode), _) => format!("Meta refused with error {} ({subcode}): {said}.", error.code),
        (None, Some(status)) if error.code == 0 => format!("Meta refused with HTTP {status}: {said}."),
        (None, _) => format!("Meta refused with error {}: {said}.", error.code),
    }
}

fn not_json(host: &str, status: u16, beginning: &str) -> String {
    let said = described(beginning);
    if status == 429 {
        return format!("{host} was asked too often (HTTP 429, with {said}). Wait a little; asking meanwhile makes it longer.");
    }
    format!(
        "{host} answered with HTTP {status} and {said} instead of JSON. Something between here and Meta may have answered; try again."
    )
}

fn described(beginning: &str) -> String {
    if beginning.is_empty() { "an empty body".to_owned() } else { format!("\"{beginning}\"") }
}

fn clock(at: Timestamp) -> String {
    at.strftime("%H:%M UTC").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn api(code: i64, status: u16, message: &str) -> GraphError {
        GraphError::Api(Box::new(ApiError {
            code,
            message: message.to_owned(),
            http_status: Some(status),
            ..ApiError::default()
        }))
    }

    #[test]
    fn r37_a_send_is_unknown_only_when_it_may_have_arrived() {
        let host = || "graph.example".to_owned();
        let unknown = [
            GraphError::Broken { host: host(), reason: "reset".into() },
            GraphError::TimedOut { host: host(), after: Duration::from_secs(30) },
            GraphError::NotJson { host: host(), status: 502, beginning: "<html>".into() },
            GraphError::Unreadable { host: host(), status: 200, reason: "truncated".into() },
        ];
        assert!(unknown.iter().all(GraphError::is_outcome_unknown));
        let known = [
            GraphError::Unreachable { host: host(), reason: "refused".into() },
            GraphError::NotJson { host: host(), status: 404, beginning: String::new() },
            api(131_009, 400, "Parameter value is not valid"),
            api(2, 500, "Temporary"),
        ];
        assert!(!known.iter().any(GraphError::is_outcome_unknown));
    }

    #[test]
    fn a_sentence_prefers_what_was_written_for_people_and_is_clean() {
        let error = GraphError::Api(Box::new(ApiError {
            code: 100,
            subcode: Some(2_388_293),
            message: "(#100) Invalid parameter".into(),
            user_message: Some("Too many \u{1b}[31mvariables.".into()),
            ..ApiError::default()
        }));
        let sentence = error.to_string();
        assert!(sentence.starts_with("Meta refused with error 100 (2388293): Too many"));
        assert!(!sentence.contains('\u{1b}') && sentence.ends_with("variables."));
    }

    #[test]
    fn every_way_to_say_that_a_limit_is_used_up_is_understood() {
        for code in [4, 17, 32, 613, 80_007, 80_008, 130_429] {
            assert_eq!(api(code, 400, "").limit(), Some(code));
        }
        let host = || "graph.example".to_owned();
        let page = GraphError::NotJson { host: host(), status: 429, beginning: "<html>".into() };
        let bare = GraphError::Unreadable { host: host(), status: 429, reason: "it names no error".into() };
        assert_eq!(
            [page.limit(), bare.limit(), api(0, 429, "").limit(), api(190, 401, "").limit()],
            [Some(0), Some(0), Some(0), None]
        );
    }

    #[test]
    fn a_busy_server_says_nothing_about_the_token() {
        assert!(!api(0, 429, "").is_token_refused() && !api(0, 503, "").is_token_refused());
        assert!(api(0, 401, "").is_token_refused() && api(190, 400, "").is_token_refused());
    }

    #[test]
    fn a_limit_is_not_retried_like_a_hiccup() {
        assert!(api(2, 500, "").is_transient());
        assert!(api(0, 503, "").is_transient());
        assert!(!api(80_008, 400, "").is_transient());
        assert!(!api(4, 429, "").is_transient());
        assert!(!api(190, 401, "").is_transient());
        assert!(!api(1, 400, "Please reduce the amount of data you're asking for").is_transient());
        assert!(api(1, 400, "Please reduce the amount of data you're asking for").is_too_much_data());
    }
}
