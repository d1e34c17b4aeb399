//! The HTTP client underneath: TLS, proxies, time-outs, redirects. Knows nothing of Graph.

use std::{sync::Arc, time::Duration};

use rustls::crypto::{CryptoProvider, ring};
use url::{Host, Url};

use super::GraphError;

/// How patient the client is, and how much it takes in.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// For a connection to come about.
    pub connect: Duration,
    /// For one answer, from the request to its last byte.
    pub answer: Duration,
    /// For a read with all its retries.
    pub deadline: Duration,
    /// Retries of a read after its first attempt.
    pub retries: u32,
    /// The first pause between attempts; it doubles.
    pub backoff: Duration,
    /// Bytes of an answer, decompressed.
    pub largest: usize,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            answer: Duration::from_secs(30),
            deadline: Duration::from_secs(75),
            retries: 3,
            backoff: Duration::from_millis(400),
            largest: 32_000_000,
        }
    }
}

/// Whether the address is on this machine.
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            name.eq_ignore_ascii_case("localhost") || name.to_ascii_lowercase().ends_with(".localhost")
        }
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Builds the client. It reads the system's certificates, so it is not for the screen's thread.
///
/// # Errors
/// Certificates that cannot be read, or a proxy in the environment that makes no sense.
pub fn build(base: &Url, patience: &Patience) -> Result<reqwest::Client, GraphError> {
    let builder = reqwest::Client::builder()
        .tls_backend_preconfigured(tls(base)?)
        .user_agent(concat!("wabadeck/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(patience.connect)
        .timeout(patience.answer)
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .gzip(true)
        .pool_idle_timeout(Duration::from_secs(15));
    let builder = if is_loopback(base) { builder.no_proxy() } else { builder };
    builder.build().map_err(|error| GraphError::Setup { reason: reason(&error) })
}

/// rustls on ring. The platform's roots are read only where they are needed: not for plain HTTP.
fn tls(base: &Url) -> Result<rustls::ClientConfig, GraphError> {
    let provider: Arc<CryptoProvider> = Arc::new(ring::default_provider());
    let setup = |error: rustls::Error| GraphError::Setup { reason: error.to_string() };
    let builder = rustls::ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(setup)?;
    let mut config = if base.scheme() == "https" {
        let verifier = rustls_platform_verifier::Verifier::new(provider).map_err(setup)?;
        builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier)).with_no_client_auth()
    } else {
        builder.with_root_certificates(rustls::RootCertStore::empty()).with_no_client_auth()
    };
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

/// Puts reqwest's error in our words. The address, which may carry secrets in its query, is not in them.
pub fn error(host: &str, patience: &Patience, error: &reqwest::Error) -> GraphError {
    let host = host.to_owned();
    if error.is_connect() {
        let reason = reason(error);
        if reason.to_ascii_lowercase().contains("certificate") {
            return GraphError::Certificate { host, reason };
        }
        let reason = if error.is_timeout() { "it took too long".to_owned() } else { reason };
        return GraphError::Unreachable { host, reason };
    }
    if error.is_timeout() {
        return GraphError::TimedOut { host, after: patience.answer };
    }
    if error.is_builder() {
        return GraphError::Setup { reason: reason(error) };
    }
    GraphError::Broken { host, reason: reason(error) }
}

/// The innermost cause, which is the one that says something, without any address.
fn reason(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    let words = cause.to_string();
    let words = if words.contains("://") { "the request failed".to_owned() } else { words };
    crate::text::clean(&words).chars().take(160).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loopback_is_told_from_names_that_only_look_like_it() {
        for address in ["http://localhost:1", "http://127.0.0.1", "http://127.9.9.9", "http://[::1]:8", "http://a.localhost"] {
            assert!(is_loopback(&Url::parse(address).unwrap()), "{address}");
        }
        for address in ["http://localhost.example", "http://10.0.0.1", "http://127.0.0.1.example", "https://graph.facebook.com"] {
            assert!(!is_loopback(&Url::parse(address).unwrap()), "{address}");
        }
    }

    #[test]
    fn a_client_for_meta_can_be_built() {
        let base = Url::parse("https://graph.facebook.com").unwrap();
        assert!(build(&base, &Patience::default()).is_ok());
    }
}
