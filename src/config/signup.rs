//! The table `[signup]`: how the signup page is served and what it asks Meta for.

use url::{Host, Url};

/// Which form of `extras` Meta's window is asked with (Meta: embedded signup, versions).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Extras {
    /// The configuration of the app chooses the products.
    #[default]
    V4,
    /// The older form, which names the feature itself.
    V3,
}

impl Extras {
    /// Reads `v4` or `v3`.
    pub fn from_name(name: &str) -> Option<Self> {
        match name.trim().to_ascii_lowercase().as_str() {
            "v4" => Some(Self::V4),
            "v3" => Some(Self::V3),
            _ => None,
        }
    }

    /// What goes to `FB.login`.
    pub fn value(self) -> serde_json::Value {
        match self {
            Self::V4 => serde_json::json!({ "setup": {} }),
            Self::V3 => serde_json::json!({
                "sessionInfoVersion": "3", "version": "v3", "features": [{ "name": "marketing_messages_lite" }],
            }),
        }
    }
}

/// The table as it was written.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Signup {
    /// An address of the user's own, behind a reverse proxy; `None` serves `https://localhost`.
    pub base_url: Option<Url>,
    /// The port on loopback; `None` takes any free one.
    pub port: Option<u16>,
    /// The form of `extras`.
    pub extras: Option<Extras>,
}

impl Signup {
    /// This, and where it says nothing, the other.
    pub fn or(self, other: Self) -> Self {
        Self { base_url: self.base_url.or(other.base_url), port: self.port.or(other.port), extras: self.extras.or(other.extras) }
    }
}

/// Whether Meta would take the address: HTTPS, or a plain one that stays on this machine.
pub(super) fn is_usable(base: &Url) -> bool {
    let local = match base.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    base.has_host() && (base.scheme() == "https" || (base.scheme() == "http" && local))
}
