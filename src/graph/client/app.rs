//! The client of an app itself: its own token, and taking subscriptions back. Knows paths no more than the client does.

use std::time::Instant;

use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;

use super::{Admission, Call, Client, ClientOptions, GraphError, Method, resting};

impl Client {
    /// Takes something back; asked exactly once, like [`Client::post`].
    ///
    /// # Errors
    /// See [`GraphError::is_outcome_unknown`].
    pub async fn delete<T: DeserializeOwned>(&self, call: &Call) -> Result<T, GraphError> {
        match self.inner.throttle.admit(&call.subject, Instant::now()) {
            Admission::Rest { subject, until, .. } => return Err(resting(&subject, until)),
            Admission::After(pause) => tokio::time::sleep(pause).await,
        }
        let answer = self.once(self.request(Method::DELETE, call.clone(), None), call).await?;
        self.decode(&answer, call).inspect_err(|error| self.note_refusal(call, error, answer.retry_after))
    }

    /// The same Graph API, asked as the app itself, with the limits and connections of its own that an app has.
    ///
    /// # Errors
    /// Without the app's secret.
    pub fn as_app(&self, app_id: &str) -> Result<Self, GraphError> {
        let Some(secret) = &self.inner.options.app_secret else {
            return Err(GraphError::Setup { reason: "the app's secret is not known".to_owned() });
        };
        let token = SecretString::from(format!("{app_id}|{}", secret.expose_secret()));
        Self::new(ClientOptions { token, ..self.inner.options.clone() })
    }
}
