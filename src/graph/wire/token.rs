//! What `debug_token` says about a token (Meta: access token debugging).

use compact_str::CompactString;
use jiff::Timestamp;
use serde::Deserialize;

use super::lenient;

/// The answer's `data`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct WireToken {
    /// `is_valid`.
    #[serde(deserialize_with = "lenient::scalar")]
    pub is_valid: Option<bool>,
    /// `type`: `USER`, `SYSTEM_USER`, `APP` …
    #[serde(rename = "type", deserialize_with = "lenient::scalar")]
    pub kind: Option<CompactString>,
    /// `app_id`.
    #[serde(deserialize_with = "lenient::scalar")]
    pub app_id: Option<CompactString>,
    /// `application`: the app's name.
    #[serde(deserialize_with = "lenient::scalar")]
    pub application: Option<CompactString>,
    /// `user_id`.
    #[serde(deserialize_with = "lenient::scalar")]
    pub user_id: Option<CompactString>,
    /// `expires_at`; 0 means never.
    #[serde(deserialize_with = "lenient::scalar")]
    pub expires_at: Option<Timestamp>,
    /// `data_access_expires_at`; a clock of its own for user tokens.
    #[serde(deserialize_with = "lenient::scalar")]
    pub data_access_expires_at: Option<Timestamp>,
    /// `scopes`.
    #[serde(deserialize_with = "lenient::scalars")]
    pub scopes: Vec<CompactString>,
    /// `granular_scopes`.
    #[serde(deserialize_with = "lenient::list")]
    pub granular_scopes: Vec<WireGranularScope>,
}

/// One entry of `granular_scopes`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct WireGranularScope {
    /// The scope's name.
    #[serde(deserialize_with = "lenient::scalar")]
    pub scope: Option<CompactString>,
    /// The objects it was granted for; none means all of the owner's.
    #[serde(deserialize_with = "lenient::scalars")]
    pub target_ids: Vec<CompactString>,
}
