//! What signing in and keeping secrets is called.

use crate::{ops::sign_in::Permission, secrets::Place};

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

/// The text id of what goes without a permission.
pub fn lack_id(permission: Permission) -> &'static str {
    match permission {
        Permission::Management => "login-lacks-management",
        Permission::Messaging => "login-lacks-messaging",
        Permission::Business => "login-lacks-business",
    }
}
