//! Whether the Graph API can be reached at all: its name, a connection, encryption.

use std::time::{Duration, Instant};

use tokio::{
    net::{TcpStream, lookup_host},
    time::timeout,
};

use super::{
    Lines, Session,
    report::{Check, Fact, Finding, State},
};
use crate::graph::{is_loopback, probe::Reached};

/// For a name, and again for a connection.
const PATIENCE: Duration = Duration::from_secs(8);

fn milliseconds(took: Duration) -> (&'static str, Fact) {
    ("milliseconds", Fact::Count(i64::try_from(took.as_millis()).unwrap_or(i64::MAX)))
}

/// Resolves the name and opens a connection; whether it makes sense to go on.
pub(super) async fn look(lines: &mut Lines, session: &Session) -> bool {
    let url = session.client().base_url();
    let name = url.host_str().unwrap_or_default().trim_start_matches('[').trim_end_matches(']').to_owned();
    let host = || ("host", Fact::from(name.as_str()));
    // What keeps the client from being built is told by the first request.
    if let Ok(Some(proxy)) = session.client().proxy().await {
        // Behind a proxy this machine need not know names nor reach anybody; the request itself will tell.
        lines.add(Check::Network, State::Ok, Finding::Proxied, [host(), ("proxy", proxy.into())]);
        return true;
    }
    let began = Instant::now();
    let port = url.port_or_known_default().unwrap_or(443);
    let reason = |words: &str| ("reason", Fact::from(words));
    let addresses: Vec<_> = match timeout(PATIENCE, lookup_host((name.as_str(), port))).await {
        Ok(Ok(addresses)) => addresses.collect(),
        Ok(Err(error)) => {
            lines.add(Check::Network, State::Failed, Finding::NameUnknown, [host(), reason(&error.to_string())]);
            return false;
        }
        Err(_) => {
            lines.add(Check::Network, State::Failed, Finding::NameUnknown, [host(), reason("it took too long")]);
            return false;
        }
    };
    match timeout(PATIENCE, TcpStream::connect(addresses.as_slice())).await {
        Ok(Ok(stream)) => {
            let address = stream.peer_addr().map_or_else(|_| String::new(), |address| address.to_string());
            let facts = [host(), ("address", address.as_str().into()), milliseconds(began.elapsed())];
            lines.add(Check::Network, State::Ok, Finding::Connected, facts);
            true
        }
        Ok(Err(error)) => {
            lines.add(Check::Network, State::Failed, Finding::NotConnected, [host(), reason(&error.to_string())]);
            false
        }
        Err(_) => {
            lines.add(Check::Network, State::Failed, Finding::NotConnected, [host(), reason("it took too long")]);
            false
        }
    }
}

/// An answer came: with which encryption?
pub(super) fn look_at_tls(lines: &mut Lines, session: &Session, reached: Reached) {
    let url = session.client().base_url();
    let (state, finding) = match url.scheme() {
        "https" => (State::Ok, Finding::TlsWorks),
        _ if is_loopback(url) => (State::Ok, Finding::PlainHere),
        _ => (State::Warning, Finding::PlainElsewhere),
    };
    lines.add(Check::Tls, state, finding, [milliseconds(reached.took)]);
}
