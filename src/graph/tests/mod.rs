//! The client against servers that answer as Meta documents it, and against servers that do not.

mod answers;
mod discovery;
mod fake;
mod faults;
mod fixtures;
mod reads;

use std::time::Duration;

use secrecy::SecretString;
use url::Url;

use super::{Client, ClientOptions, Patience};

pub(super) const TOKEN: &str = "EAAG-very-secret-token";

/// Short enough that a test of a time-out takes no time, long enough for a busy machine.
pub(super) fn impatient() -> Patience {
    Patience {
        connect: Duration::from_secs(5),
        answer: Duration::from_millis(1_500),
        deadline: Duration::from_secs(20),
        retries: 3,
        backoff: Duration::from_millis(5),
        largest: 2_000_000,
    }
}

pub(super) fn client_with(address: &str, patience: Patience) -> Client {
    Client::new(ClientOptions {
        base_url: Url::parse(address).unwrap(),
        version: "v26.0".into(),
        token: SecretString::from(TOKEN),
        app_secret: None,
        allow_plain_http: false,
        patience,
    })
    .unwrap()
}

pub(super) fn client(address: &str) -> Client {
    client_with(address, impatient())
}
