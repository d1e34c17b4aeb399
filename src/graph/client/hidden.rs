//! Takes out of what servers say what nobody must read: Meta itself repeats a token that it cannot make out, and proxies print
//! whole addresses on their pages.

use secrecy::ExposeSecret;

use super::{Call, Client, GraphError};

/// Parameters whose values are as secret as the token.
const SECRET_PARAMETERS: [&str; 5] = ["input_token", "access_token", "client_secret", "code", "appsecret_proof"];

/// Anything shorter is no secret, and might be part of a word.
const SHORTEST: usize = 6;

impl Client {
    /// The error without the token, the app's secret, the proof of both, and what the call carried of that kind.
    pub(in crate::graph) fn hide(&self, call: &Call, mut error: GraphError) -> GraphError {
        let options = &self.inner.options;
        let own = [Some(&options.token), options.app_secret.as_ref(), self.inner.proof.as_ref()];
        let carried = call.query.iter().filter(|(name, _)| SECRET_PARAMETERS.contains(name)).map(|(_, value)| value.as_str());
        let secrets: Vec<&str> = own
            .into_iter()
            .flatten()
            .map(|secret| secret.expose_secret())
            .chain(carried)
            .filter(|secret| secret.len() >= SHORTEST)
            .collect();
        for text in texts(&mut error) {
            for secret in &secrets {
                let encoded: String = form_urlencoded::byte_serialize(secret.as_bytes()).collect();
                for spelled in [*secret, encoded.as_str()] {
                    if text.contains(spelled) {
                        *text = text.replace(spelled, "[…]");
                    }
                }
            }
        }
        error
    }
}

/// The texts in an error that a server wrote.
fn texts(error: &mut GraphError) -> Vec<&mut String> {
    match error {
        GraphError::Api(error) => {
            let optional = [&mut error.user_title, &mut error.user_message, &mut error.details];
            let optional = optional.into_iter().filter_map(Option::as_mut);
            [&mut error.message, &mut error.kind].into_iter().chain(optional).collect()
        }
        GraphError::NotJson { beginning, .. } => vec![beginning],
        GraphError::Unreadable { reason, .. } => vec![reason],
        _ => Vec::new(),
    }
}
