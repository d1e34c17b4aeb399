//! A certificate for `https://localhost`, made on the spot: its key lives in memory and ends with the program.

use std::sync::Arc;

use jiff::{ToSpan, tz::TimeZone};
use rustls::{
    ServerConfig,
    crypto::ring,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
};
use tokio_rustls::TlsAcceptor;

/// What the browser is shown; it warns of it once, because nobody vouches for it.
#[derive(Clone)]
pub(super) struct Certificate {
    server: Arc<ServerConfig>,
}

impl std::fmt::Debug for Certificate {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Certificate").finish_non_exhaustive()
    }
}

impl Certificate {
    /// Makes one for this machine's own names, good from yesterday for a week.
    ///
    /// # Errors
    /// In words; when the machine gives no random bytes.
    pub fn make() -> Result<Self, String> {
        let names = ["localhost", "127.0.0.1", "::1"].map(str::to_owned);
        let mut parameters = rcgen::CertificateParams::new(names).map_err(|error| error.to_string())?;
        let today = jiff::Timestamp::now().to_zoned(TimeZone::UTC).date();
        let day = |date: jiff::civil::Date| {
            let part = |number: i8| u8::try_from(number).unwrap_or(1);
            rcgen::date_time_ymd(i32::from(date.year()), part(date.month()), part(date.day()))
        };
        parameters.not_before = day(today.saturating_sub(1.day()));
        parameters.not_after = day(today.saturating_add(7.days()));
        parameters.distinguished_name.push(rcgen::DnType::CommonName, "wabadeck on this machine");
        parameters.extended_key_usages = vec![rcgen::ExtendedKeyUsagePurpose::ServerAuth];
        let key = rcgen::KeyPair::generate().map_err(|error| error.to_string())?;
        let certificate = parameters.self_signed(&key).map_err(|error| error.to_string())?;
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let mut server = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error| error.to_string())?
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)
            .map_err(|error| error.to_string())?;
        server.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self { server: Arc::new(server) })
    }

    /// Speaks TLS with it.
    pub fn acceptor(&self) -> TlsAcceptor {
        TlsAcceptor::from(Arc::clone(&self.server))
    }
}
