//! The embedded sandbox: a Graph API of our own on a free port of this machine, spoken to over real HTTP like any other.

use secrecy::SecretString;
use url::Url;

use super::ConnectError;

/// A running sandbox; it stops when this is dropped.
#[derive(Debug)]
pub(super) struct Embedded {
    url: Url,
    token: SecretString,
    app_secret: SecretString,
}

impl Embedded {
    pub fn url(&self) -> &Url {
        &self.url
    }

    pub fn token(&self) -> &SecretString {
        &self.token
    }

    pub fn app_secret(&self) -> &SecretString {
        &self.app_secret
    }
}

/// Starts it.
pub(super) async fn start() -> Result<Embedded, ConnectError> {
    Err(ConnectError::Sandbox { reason: "this build has none".to_owned() })
}
