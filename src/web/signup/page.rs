//! The HTML of the signup page, in English and French. Everything that is not ours goes in as data, escaped.

use serde_json::json;

use super::{Order, Sdk};

const PAGE: &str = include_str!("../../../assets/signup.html");
const META_SDK: &str = "https://connect.facebook.net/en_US/sdk.js";

/// What the page shows.
pub(super) enum Shown<'a> {
    /// The signup.
    Order {
        /// What is asked for.
        order: &'a Order,
        /// The one-time state.
        state: &'a str,
    },
    /// That it was answered before.
    Answered,
    /// That nobody waits for it.
    Unexpected,
}

/// The page.
pub(super) fn render(shown: &Shown<'_>, language: &str, nonce: &str) -> String {
    let (state, configuration, sandbox) = match shown {
        Shown::Answered => ("answered", json!(null), false),
        Shown::Unexpected => ("unexpected", json!(null), false),
        Shown::Order { order, state } => {
            let (script, origin) = match &order.sdk {
                Sdk::Meta => (META_SDK.to_owned(), None),
                Sdk::Sandbox { script } => (script.to_string(), Some(script.origin().ascii_serialization())),
            };
            let configuration = json!({
                "state": state, "sdk": script, "origin": origin,
                "app": order.app_id, "config": order.config_id, "version": order.version, "extras": order.extras,
                "portfolio": order.portfolio, "accounts": order.accounts,
            });
            ("loading", configuration, origin.is_some())
        }
    };
    // In a data block only the end of the element could be mistaken for anything.
    let configuration = configuration.to_string().replace('<', "\\u003c");
    PAGE.replace("{{lang}}", language)
        .replace("{{state}}", state)
        .replace("{{world}}", if sandbox { "sandbox" } else { "meta" })
        .replace("{{nonce}}", nonce)
        .replace("{{configuration}}", &configuration)
}

/// The content security policy: our own script and style by the nonce, and what the SDK needs where one is loaded.
pub(super) fn policy(shown: &Shown<'_>, nonce: &str) -> String {
    let (script, connect, frame) = match shown {
        Shown::Order { order: Order { sdk: Sdk::Meta, .. }, .. } => (
            " https://connect.facebook.net".to_owned(),
            " https://*.facebook.com https://connect.facebook.net",
            "https://*.facebook.com",
        ),
        Shown::Order { order: Order { sdk: Sdk::Sandbox { script }, .. }, .. } => {
            (format!(" {}", script.origin().ascii_serialization()), "", "'none'")
        }
        Shown::Answered | Shown::Unexpected => (String::new(), "", "'none'"),
    };
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}'{script}; style-src 'nonce-{nonce}'; connect-src 'self'{connect}; \
         frame-src {frame}; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
}

/// French where the browser prefers it to English.
pub(super) fn language(accepted: &str) -> &'static str {
    let mut best = ("en", 0.0);
    for part in accepted.split(',') {
        let mut pieces = part.split(';');
        let tag = pieces.next().unwrap_or_default().trim().to_ascii_lowercase();
        let weight = pieces.find_map(|piece| piece.trim().strip_prefix("q=")?.parse::<f32>().ok()).unwrap_or(1.0);
        let language = match tag.split('-').next() {
            Some("fr") => "fr",
            Some("en") => "en",
            _ => continue,
        };
        if weight > best.1 {
            best = (language, weight);
        }
    }
    best.0
}
