//! The embedded sandbox: a Graph API of our own on a free port of this machine, spoken to over real HTTP like any other.

use secrecy::SecretString;
use url::Url;

use super::ConnectError;
use crate::sandbox::{Live, Options, Sandbox};

/// A running sandbox; it stops when this is dropped.
#[derive(Debug)]
pub(super) struct Embedded {
    sandbox: Sandbox,
    url: Url,
}

impl Embedded {
    pub fn url(&self) -> &Url {
        &self.url
    }

    pub fn token(&self) -> SecretString {
        SecretString::from(self.sandbox.token())
    }

    pub fn app_secret(&self) -> SecretString {
        SecretString::from(self.sandbox.app_secret())
    }

    /// Has everything that happens in it reported to an address of this process.
    pub fn report_to(&self, address: &Url) {
        self.sandbox.report_to(address.as_str());
    }

    pub fn app_id(&self) -> String {
        self.sandbox.app_id()
    }
}

/// Starts it with the demo fleet, which changes by itself where that is wished.
pub(super) async fn start(live: bool) -> Result<Embedded, ConnectError> {
    let options = Options { live: live.then(Live::default), ..Options::default() };
    let failed = |reason: String| ConnectError::Sandbox { reason };
    let sandbox = Sandbox::start(options).await.map_err(|error| failed(error.to_string()))?;
    let url = Url::parse(sandbox.url()).map_err(|error| failed(error.to_string()))?;
    Ok(Embedded { sandbox, url })
}
