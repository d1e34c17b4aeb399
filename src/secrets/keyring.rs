//! The keyring that belongs to the system: the kernel's on Linux, the keychain on macOS, the Credential Manager on Windows.

use std::sync::Arc;

use keyring_core::{Entry, Error, api::CredentialStore};
use secrecy::{ExposeSecret, SecretString, zeroize::Zeroizing};

use super::{Place, SecretError};

const SERVICE: &str = "wabadeck";

fn system_store() -> keyring_core::Result<Arc<CredentialStore>> {
    #[cfg(target_os = "linux")]
    let store = linux_keyutils_keyring_store::Store::new()?;
    #[cfg(target_os = "macos")]
    let store = apple_native_keyring_store::keychain::Store::new()?;
    #[cfg(windows)]
    let store = windows_native_keyring_store::Store::new()?;
    Ok(store)
}

fn entry(place: Place, account: &str) -> Result<Entry, SecretError> {
    system_store().and_then(|store| store.build(SERVICE, account, None)).map_err(|error| failed(place, &error))
}

/// What the keyring said, without the bytes that some of its errors carry.
fn failed(place: Place, error: &Error) -> SecretError {
    let reason = match error {
        Error::BadEncoding(_) | Error::BadDataFormat(..) => "what it keeps cannot be read".to_owned(),
        Error::PlatformFailure(inner) | Error::NoStorageAccess(inner) => inner.to_string(),
        other => other.to_string(),
    };
    SecretError::Place { place, reason: crate::text::clean(&reason).into_owned() }
}

pub(super) fn store(place: Place, account: &str, secret: &SecretString) -> Result<(), SecretError> {
    entry(place, account)?.set_secret(secret.expose_secret().as_bytes()).map_err(|error| failed(place, &error))
}

pub(super) fn find(place: Place, account: &str) -> Result<Option<SecretString>, SecretError> {
    match entry(place, account)?.get_secret() {
        Ok(bytes) => {
            let bytes = Zeroizing::new(bytes);
            match std::str::from_utf8(&bytes) {
                Ok(text) => Ok(Some(SecretString::from(text))),
                Err(_) => Err(SecretError::Place { place, reason: "what it keeps is no text".to_owned() }),
            }
        }
        Err(Error::NoEntry) => Ok(None),
        Err(error) => Err(failed(place, &error)),
    }
}

pub(super) fn remove(place: Place, account: &str) -> Result<bool, SecretError> {
    match entry(place, account)?.delete_credential() {
        Ok(()) => Ok(true),
        Err(Error::NoEntry) => Ok(false),
        Err(error) => Err(failed(place, &error)),
    }
}
