//! The places that keep secrets on this machine, best first, behind one door. Knows no token's meaning and no network.

use std::{fmt, path::PathBuf};

use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

use super::{file, service};
use crate::paths::{Environment, Paths};

/// A place that keeps secrets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The desktop's Secret Service (GNOME Keyring, `KWallet`, `KeePassXC` …).
    SecretService,
    /// The login keychain of macOS.
    Keychain,
    /// The Credential Manager of Windows.
    CredentialManager,
    /// Linux's own keyring: in memory, gone after a restart.
    KernelKeyring,
    /// A file that only its owner may read.
    File,
}

impl Place {
    /// All places, best first.
    pub const ALL: [Self; 5] = [Self::SecretService, Self::Keychain, Self::CredentialManager, Self::KernelKeyring, Self::File];

    /// Its name in files and variables.
    pub fn name(self) -> &'static str {
        match self {
            Self::SecretService => "secret-service",
            Self::Keychain => "keychain",
            Self::CredentialManager => "credential-manager",
            Self::KernelKeyring => "kernel-keyring",
            Self::File => "file",
        }
    }

    /// Reads a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|place| place.name().eq_ignore_ascii_case(name.trim()))
    }
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::SecretService => "the Secret Service",
            Self::Keychain => "the macOS keychain",
            Self::CredentialManager => "the Windows Credential Manager",
            Self::KernelKeyring => "the kernel keyring",
            Self::File => "a private file",
        })
    }
}

/// What kind of secret it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An access token.
    Token,
    /// An app's secret.
    AppSecret,
}

impl Kind {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::AppSecret => "app-secret",
        }
    }
}

/// Why a secret could not be kept, found or forgotten.
#[derive(Debug, Clone, thiserror::Error)]
pub enum SecretError {
    /// The place did not do it.
    #[error("{place} did not answer as it should ({reason}). Unlock it, or choose another place with WABADECK_SECRET_STORE.")]
    Place {
        /// The place.
        place: Place,
        /// What it said.
        reason: String,
    },
    /// The file of a secret is not safe to use.
    #[error("{} was not used: {reason}.", path.display())]
    Unsafe {
        /// The file or directory.
        path: PathBuf,
        /// What is wrong and what to do.
        reason: String,
    },
    /// The file system refused.
    #[error("{} could not be {action} ({reason}). Check who may write there.", path.display())]
    Io {
        /// The file or directory.
        path: PathBuf,
        /// `read`, `written` or `removed`.
        action: &'static str,
        /// What the operating system said.
        reason: String,
    },
    /// `WABADECK_SECRET_STORE` names a place that is not there.
    #[error("WABADECK_SECRET_STORE asks for \"{asked}\", which this machine does not have. Possible here: {possible}.")]
    NoSuchPlace {
        /// What it says.
        asked: String,
        /// The places there are.
        possible: String,
    },
    /// No place took it.
    #[error("No place on this machine keeps the secret ({reasons}).")]
    Nowhere {
        /// What each said.
        reasons: String,
    },
}

/// How a secret was kept.
#[derive(Debug, Clone)]
pub struct Stored {
    /// Where.
    pub place: Place,
    /// The better places that were there but did not take it, and why.
    pub passed_over: Vec<SecretError>,
}

/// The places of this machine, for the secrets of one data directory.
#[derive(Debug, Clone)]
pub struct Vault {
    directory: PathBuf,
    tool: Option<PathBuf>,
    asked: Option<String>,
    mark: String,
}

impl Vault {
    /// The vault of a data directory. `WABADECK_SECRET_STORE` can name one place instead of the best.
    pub fn new(paths: &Paths, environment: &dyn Environment) -> Self {
        let digest = Sha256::digest(paths.data.as_os_str().as_encoded_bytes());
        Self {
            directory: paths.data.join("secrets"),
            tool: service::tool(environment),
            asked: environment.get("WABADECK_SECRET_STORE").filter(|asked| asked != "auto"),
            // Two data directories are two installations: neither overwrites what the other keeps.
            mark: super::hex(digest.get(..4).unwrap_or_default()),
        }
    }

    /// The places that this machine has, best first.
    pub fn places(&self) -> Vec<Place> {
        let has = |place: &Place| match place {
            Place::SecretService => self.tool.is_some(),
            Place::Keychain => cfg!(target_os = "macos"),
            Place::CredentialManager => cfg!(windows),
            Place::KernelKeyring => cfg!(target_os = "linux"),
            Place::File => true,
        };
        Place::ALL.into_iter().filter(has).collect()
    }

    /// The places that a new secret may go to, best first.
    ///
    /// # Errors
    /// `WABADECK_SECRET_STORE` names a place that is not there.
    pub fn candidates(&self) -> Result<Vec<Place>, SecretError> {
        let places = self.places();
        let Some(asked) = &self.asked else { return Ok(places) };
        match Place::from_name(asked).filter(|place| places.contains(place)) {
            Some(place) => Ok(vec![place]),
            None => Err(SecretError::NoSuchPlace {
                asked: crate::text::clean(asked).into_owned(),
                possible: places.iter().map(|place| place.name()).collect::<Vec<_>>().join(", "),
            }),
        }
    }

    /// Keeps a secret in the best place that takes it and gives it back, and removes it from the others.
    ///
    /// # Errors
    /// No place takes it.
    pub fn store(&self, profile: &str, kind: Kind, secret: &SecretString) -> Result<Stored, SecretError> {
        let mut passed_over = Vec::new();
        for place in self.candidates()? {
            match self.store_in(place, profile, kind, secret) {
                Ok(()) => {
                    for other in self.places().into_iter().filter(|other| *other != place) {
                        // A place that does not answer holds nothing that would be used: the index names another.
                        let _ = self.remove(other, profile, kind);
                    }
                    return Ok(Stored { place, passed_over });
                }
                Err(error) => passed_over.push(error),
            }
        }
        let reasons: Vec<String> = passed_over.iter().map(ToString::to_string).collect();
        Err(SecretError::Nowhere { reasons: reasons.join(" ") })
    }

    fn store_in(&self, place: Place, profile: &str, kind: Kind, secret: &SecretString) -> Result<(), SecretError> {
        let account = self.account(profile, kind);
        match place {
            Place::File => return file::write(&self.file(profile, kind), secret),
            Place::SecretService => service::store(self.tool.as_deref(), &account, profile, secret)?,
            #[cfg(any(target_os = "linux", target_os = "macos", windows))]
            place => super::keyring::store(place, &account, secret)?,
            #[cfg(not(any(target_os = "linux", target_os = "macos", windows)))]
            place => return Err(absent(place)),
        }
        match self.find(place, profile, kind)? {
            Some(kept) if super::same(kept.expose_secret().as_bytes(), secret.expose_secret().as_bytes()) => Ok(()),
            _ => Err(SecretError::Place { place, reason: "it did not give back what it was given".to_owned() }),
        }
    }

    /// The secret that a place keeps; `None` when it keeps none.
    ///
    /// # Errors
    /// The place does not answer, or is not safe.
    pub fn find(&self, place: Place, profile: &str, kind: Kind) -> Result<Option<SecretString>, SecretError> {
        let account = self.account(profile, kind);
        match place {
            Place::File => file::read(&self.file(profile, kind)),
            Place::SecretService => service::find(self.tool.as_deref(), &account),
            #[cfg(any(target_os = "linux", target_os = "macos", windows))]
            place => super::keyring::find(place, &account),
            #[cfg(not(any(target_os = "linux", target_os = "macos", windows)))]
            place => Err(absent(place)),
        }
    }

    /// Removes a secret from every place; returns the places that had it.
    ///
    /// # Errors
    /// A place that may have it does not answer; the others were asked all the same.
    pub fn forget(&self, profile: &str, kind: Kind) -> (Vec<Place>, Vec<SecretError>) {
        let (mut removed, mut failed) = (Vec::new(), Vec::new());
        for place in self.places() {
            match self.remove(place, profile, kind) {
                Ok(true) => removed.push(place),
                Ok(false) => {}
                Err(error) => failed.push(error),
            }
        }
        (removed, failed)
    }

    fn remove(&self, place: Place, profile: &str, kind: Kind) -> Result<bool, SecretError> {
        let account = self.account(profile, kind);
        match place {
            Place::File => file::remove(&self.file(profile, kind)),
            Place::SecretService => service::remove(self.tool.as_deref(), &account),
            #[cfg(any(target_os = "linux", target_os = "macos", windows))]
            place => super::keyring::remove(place, &account),
            #[cfg(not(any(target_os = "linux", target_os = "macos", windows)))]
            place => Err(absent(place)),
        }
    }

    fn account(&self, profile: &str, kind: Kind) -> String {
        format!("{profile} {} {}", kind.name(), self.mark)
    }

    /// The file that keeps the secret where no better place does.
    pub fn file(&self, profile: &str, kind: Kind) -> PathBuf {
        self.directory.join(format!("profile-{profile}.{}", kind.name()))
    }
}

#[cfg(not(any(target_os = "linux", target_os = "macos", windows)))]
fn absent(place: Place) -> SecretError {
    SecretError::Place { place, reason: "this system has none".to_owned() }
}
