//! Who is signed in and where each secret is kept: `signed-in.toml` in the data directory. It holds no secret.
//!
//! It spares asking every place at every start, and ties each token to the one Graph API that it was meant for.

use std::{collections::BTreeMap, path::PathBuf};

use serde::{Deserialize, Serialize};

use super::{Place, SecretError, file};
use crate::paths::Paths;

/// Where the secrets of one profile are kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Record {
    /// The token's place.
    pub token: Option<Place>,
    /// The app secret's place.
    pub app_secret: Option<Place>,
    /// The origin of the Graph API that the token is for, as [`url::Url::origin`] writes it.
    pub origin: Option<String>,
}

/// The profiles that are signed in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Index {
    /// By the profile's name.
    pub profiles: BTreeMap<String, Record>,
}

#[derive(Default, Serialize, Deserialize)]
struct Line {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    token: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    app_secret: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    origin: Option<String>,
}

impl Index {
    /// The file.
    pub fn path(paths: &Paths) -> PathBuf {
        paths.data.join("secrets").join("signed-in.toml")
    }

    /// Reads it; empty when there is none.
    ///
    /// # Errors
    /// A file that is not safe, cannot be read or is no such list.
    pub fn load(paths: &Paths) -> Result<Self, SecretError> {
        let path = Self::path(paths);
        let Some(bytes) = file::read_private(&path)? else { return Ok(Self::default()) };
        let lines: BTreeMap<String, Line> = toml::from_str(&String::from_utf8_lossy(&bytes)).map_err(|_| {
            SecretError::Unsafe { path, reason: "it cannot be understood; remove it and sign in again".to_owned() }
        })?;
        let profiles = lines.into_iter().map(|(name, line)| {
            let place = |name: Option<String>| name.as_deref().and_then(Place::from_name);
            (name, Record { token: place(line.token), app_secret: place(line.app_secret), origin: line.origin })
        });
        Ok(Self { profiles: profiles.collect() })
    }

    /// Reads it, lets it be changed, and writes it, while no other program does the same: two sign-ins at once would otherwise
    /// forget one of them. `false` leaves it as it is.
    ///
    /// # Errors
    /// Like [`Index::load`] and [`Index::save`].
    pub fn change(paths: &Paths, change: impl FnOnce(&mut Self) -> bool) -> Result<(), SecretError> {
        let path = Self::path(paths).with_extension("lock");
        let failed = |error: std::io::Error| SecretError::Io { path: path.clone(), action: "written", reason: error.to_string() };
        file::make_directory_of(&path)?;
        let lock = crate::paths::open_private(&path).map_err(failed)?;
        // Given back when the file is closed, by whatever the program ends.
        lock.lock().map_err(failed)?;
        let mut index = Self::load(paths)?;
        if change(&mut index) { index.save(paths) } else { Ok(()) }
    }

    /// Writes it, whole or not at all.
    ///
    /// # Errors
    /// The file system refuses.
    pub fn save(&self, paths: &Paths) -> Result<(), SecretError> {
        let path = Self::path(paths);
        let lines: BTreeMap<&str, Line> = self
            .profiles
            .iter()
            .map(|(name, record)| {
                let place = |place: Option<Place>| place.map(|place| place.name().to_owned());
                let line =
                    Line { token: place(record.token), app_secret: place(record.app_secret), origin: record.origin.clone() };
                (name.as_str(), line)
            })
            .collect();
        let text = toml::to_string(&lines).map_err(|error| SecretError::Io {
            path: path.clone(),
            action: "written",
            reason: error.to_string(),
        })?;
        file::write_private(&path, text.as_bytes())
    }
}
