//! Where tokens and app secrets come from, and one-time values for handshakes.
//!
//! What is secret leaves this file as a [`SecretString`] and in no other way.

use secrecy::SecretString;

use crate::paths::Environment;

/// Where a secret was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// An environment variable, by its name.
    Environment(&'static str),
}

impl std::fmt::Display for Source {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Environment(name) => write!(formatter, "the environment variable {name}"),
        }
    }
}

/// The access token and where it was found; `None` when there is none.
pub fn token(environment: &dyn Environment) -> Option<(SecretString, Source)> {
    let value = read(environment, "WABADECK_TOKEN")?;
    Some((value, Source::Environment("WABADECK_TOKEN")))
}

/// The app's secret, when one was given.
pub fn app_secret(environment: &dyn Environment) -> Option<SecretString> {
    read(environment, "WABADECK_APP_SECRET")
}

fn read(environment: &dyn Environment, name: &str) -> Option<SecretString> {
    let value = environment.get(name)?;
    let trimmed = value.trim();
    (!trimmed.is_empty()).then(|| SecretString::from(trimmed))
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use secrecy::ExposeSecret;

    use super::*;

    #[test]
    fn the_token_is_trimmed_and_an_empty_one_is_none() {
        let mut environment = BTreeMap::new();
        assert!(token(&environment).is_none());
        environment.insert("WABADECK_TOKEN".to_owned(), "  \n".to_owned());
        assert!(token(&environment).is_none());
        environment.insert("WABADECK_TOKEN".to_owned(), " abc\n".to_owned());
        let (found, source) = token(&environment).unwrap();
        assert_eq!(found.expose_secret(), "abc");
        assert_eq!(source.to_string(), "the environment variable WABADECK_TOKEN");
    }

    #[test]
    fn one_time_values_differ() {
        let first = one_time().unwrap();
        assert_eq!(first.len(), 32);
        assert_ne!(first, one_time().unwrap());
    }

    #[test]
    fn sameness_needs_every_byte() {
        assert!(same(b"abc", b"abc"));
        assert!(!same(b"abc", b"abd"));
        assert!(!same(b"abc", b"ab"));
    }
}
