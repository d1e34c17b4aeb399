//! What the places that keep secrets are called.

use crate::secrets::Place;

/// The text id of a place that keeps secrets.
pub fn place_id(place: Place) -> &'static str {
    match place {
        Place::SecretService => "login-place-secret-service",
        Place::Keychain => "login-place-keychain",
        Place::CredentialManager => "login-place-credential-manager",
        Place::KernelKeyring => "login-place-kernel-keyring",
        Place::File => "login-place-file",
    }
}
