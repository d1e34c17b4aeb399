//! The signature of webhooks. It is checked before a body is read as anything (Meta: webhooks, validating payloads).

use axum::http::HeaderMap;
use hmac::{Hmac, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

/// The header that carries it.
pub(super) const HEADER: &str = "x-hub-signature-256";

/// `X-Hub-Signature-256: sha256=<hex>`: HMAC-SHA256 over the raw bytes with the app's secret, compared in constant time.
pub(super) fn is_valid(secret: &SecretString, headers: &HeaderMap, body: &[u8]) -> bool {
    let Some(said) = headers.get(HEADER).and_then(|value| value.to_str().ok()) else { return false };
    let Some(said) = said.strip_prefix("sha256=").and_then(unhex) else { return false };
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes()) else { return false };
    mac.update(body);
    mac.verify_slice(&said).is_ok()
}

/// SHA-256 of a body, by which a repetition is known.
pub fn digest(body: &[u8]) -> [u8; 32] {
    Sha256::digest(body).into()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u32>> = text.chars().map(|digit| digit.to_digit(16)).collect();
    let pairs = digits?;
    if pairs.len() % 2 != 0 {
        return None;
    }
    let byte = |pair: &[u32]| match pair {
        [high, low] => u8::try_from(high * 16 + low).ok(),
        _ => None,
    };
    pairs.chunks(2).map(byte).collect()
}

#[cfg(test)]
pub(super) fn sign(secret: &str, body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(body);
    format!("sha256={}", crate::secrets::hex(&mac.finalize().into_bytes()))
}
