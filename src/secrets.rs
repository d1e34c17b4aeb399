//! Where tokens and app secrets come from and where they are kept, and one-time values for handshakes.
//!
//! What is secret leaves this folder as a [`SecretString`] and in no other way.

mod file;
mod index;
#[cfg(any(target_os = "linux", target_os = "macos", windows))]
mod keyring;
mod service;
#[cfg(test)]
mod tests;
mod vault;

use secrecy::SecretString;

use crate::paths::Environment;

pub use index::{Index, Record};
pub use vault::{Kind, Place, SecretError, Stored, Vault};

/// Where a secret was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// An environment variable, by its name.
    Environment(&'static str),
    /// A place of this machine, by signing in.
    Stored(Place),
}

impl Source {
    /// Its short name, the same in every language: the variable's, or the place's.
    pub fn name(self) -> &'static str {
        match self {
            Self::Environment(name) => name,
            Self::Stored(place) => place.name(),
        }
    }
}

impl std::fmt::Display for Source {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Environment(name) => write!(formatter, "the environment variable {name}"),
            Self::Stored(place) => place.fmt(formatter),
        }
    }
}

/// The variable that holds a token.
pub const TOKEN_VARIABLE: &str = "WABADECK_TOKEN";

/// The variable that holds an app's secret.
pub const APP_SECRET_VARIABLE: &str = "WABADECK_APP_SECRET";

/// The access token of the environment and where it was found; `None` when there is none.
pub fn token(environment: &dyn Environment) -> Option<(SecretString, Source)> {
    let value = read(environment, TOKEN_VARIABLE)?;
    Some((value, Source::Environment(TOKEN_VARIABLE)))
}

/// The app's secret of the environment, when one was given.
pub fn app_secret(environment: &dyn Environment) -> Option<SecretString> {
    read(environment, APP_SECRET_VARIABLE)
}

fn read(environment: &dyn Environment, name: &str) -> Option<SecretString> {
    let value = secrecy::zeroize::Zeroizing::new(environment.get(name)?);
    let trimmed = value.trim();
    (!trimmed.is_empty()).then(|| SecretString::from(trimmed))
}

/// Keeps the memory of this process, which holds secrets, out of core files.
///
/// On Linux the process says that it must not be dumped; it says so to debuggers of the same user, too. On other Unixes
/// the limit of core files is set to nothing. Where neither works, nothing happens.
pub fn keep_out_of_core_files() {
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
    #[cfg(all(unix, not(target_os = "linux")))]
    let _ = rustix::process::setrlimit(
        rustix::process::Resource::Core,
        rustix::process::Rlimit { current: Some(0), maximum: Some(0) },
    );
}

/// A value nobody can guess: 32 hexadecimal digits from the operating system's random source.
///
/// `None` when the operating system gives no random bytes.
pub fn one_time() -> Option<String> {
    let mut bytes = [0_u8; 16];
    let provider = rustls::crypto::ring::default_provider();
    provider.secure_random.fill(&mut bytes).ok()?;
    Some(hex(&bytes))
}

/// Lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Whether two values are the same, in a time that does not tell where they differ.
pub fn same(left: &[u8], right: &[u8]) -> bool {
    if left.len() != right.len() {
        return false;
    }
    let differing = left.iter().zip(right).fold(0_u8, |seen, (left, right)| seen | (left ^ right));
    std::hint::black_box(differing) == 0
}
