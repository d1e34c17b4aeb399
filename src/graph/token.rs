//! What the token is and may do, by `debug_token` (Meta: access token debugging).

use compact_str::CompactString;
use jiff::Timestamp;
use secrecy::ExposeSecret;
use serde::Deserialize;

use super::{
    Call, Client, GraphError,
    wire::{WireToken, lenient},
};
use crate::domain::WabaId;

/// A token, as Meta describes it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TokenInfo {
    /// Whether it works at all; `None` when Meta did not say.
    pub valid: Option<bool>,
    /// `USER`, `SYSTEM_USER`, `APP` …, as sent.
    pub kind: CompactString,
    /// The app it belongs to.
    pub app_id: Option<CompactString>,
    /// The app's name.
    pub application: Option<CompactString>,
    /// The user it belongs to.
    pub user_id: Option<CompactString>,
    /// When it ends; `None` for never.
    pub expires: Option<Timestamp>,
    /// When its access to user data ends; a clock of its own.
    pub data_access_expires: Option<Timestamp>,
    /// What it may do.
    pub scopes: Vec<CompactString>,
    /// The accounts that were granted by name.
    pub granted: Vec<WabaId>,
    /// Whether a WhatsApp scope was granted for all of the owner's accounts, so that `granted` is not all there is.
    pub granted_for_all: bool,
}

const WHATSAPP_SCOPES: [&str; 2] = ["whatsapp_business_management", "whatsapp_business_messaging"];

#[derive(Deserialize)]
struct Body {
    #[serde(default, deserialize_with = "lenient::object")]
    data: Option<WireToken>,
}

/// Asks what the token is. Meta defines the token as a parameter here, the only address that ever carries it.
///
/// # Errors
/// What Meta answers instead.
pub async fn inspect(client: &Client) -> Result<TokenInfo, GraphError> {
    let call = Call::new("debug_token").with("input_token", client.token().expose_secret());
    let body: Body = client.get(&call).await?;
    let data = body.data.ok_or_else(|| GraphError::Unreadable {
        host: client.host().to_owned(),
        status: 200,
        reason: "it does not describe the token".to_owned(),
    })?;
    Ok(info(data))
}

fn info(data: WireToken) -> TokenInfo {
    let end = |time: Option<Timestamp>| time.filter(|time| time.as_second() > 0);
    let mut granted = Vec::new();
    let mut granted_for_all = false;
    for granular in &data.granular_scopes {
        let scope = granular.scope.as_deref().unwrap_or_default();
        if !WHATSAPP_SCOPES.contains(&scope) {
            continue;
        }
        granted_for_all |= granular.target_ids.is_empty();
        for id in &granular.target_ids {
            let id = WabaId::new(id.clone());
            // The two scopes usually name the same accounts.
            granted.push(id);
        }
    }
    let mut seen = std::collections::HashSet::new();
    granted.retain(|id| seen.insert(id.clone()));
    TokenInfo {
        valid: data.is_valid,
        kind: data.kind.unwrap_or_default(),
        app_id: data.app_id,
        application: data.application,
        user_id: data.user_id,
        expires: end(data.expires_at),
        data_access_expires: end(data.data_access_expires_at),
        scopes: data.scopes,
        granted,
        granted_for_all,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> TokenInfo {
        info(serde_json::from_str(json).unwrap())
    }

    #[test]
    fn the_accounts_of_both_scopes_are_united() {
        let info = read(
            r#"{"is_valid":true,"type":"USER","expires_at":0,"granular_scopes":[
                {"scope":"whatsapp_business_management","target_ids":["1",2]},
                {"scope":"whatsapp_business_messaging","target_ids":["2","3"]},
                {"scope":"business_management","target_ids":["9"]}]}"#,
        );
        assert_eq!(info.granted, [WabaId::from("1"), "2".into(), "3".into()]);
        assert!(!info.granted_for_all);
        assert_eq!(info.expires, None);
    }

    #[test]
    fn a_scope_without_targets_is_granted_for_all() {
        let info = read(r#"{"granular_scopes":[{"scope":"whatsapp_business_management"}]}"#);
        assert!(info.granted_for_all && info.granted.is_empty());
    }
}
