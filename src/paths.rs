//! Where configuration, state and data live. Knows no other part of the program, and creates nothing by itself.
//!
//! For each place: wabadeck's own variable, then the XDG variable on every Unix (macOS too), then the platform's custom.

use std::path::{Path, PathBuf};

/// Environment variables, as a value, so that tests bring their own.
pub trait Environment {
    /// The variable's value; `None` when it is unset, empty or not Unicode.
    fn get(&self, name: &str) -> Option<String>;
}

/// The environment of this process.
#[derive(Debug, Clone, Copy, Default)]
pub struct ProcessEnvironment;

impl Environment for ProcessEnvironment {
    fn get(&self, name: &str) -> Option<String> {
        std::env::var(name).ok().filter(|value| !value.is_empty())
    }
}

impl Environment for std::collections::BTreeMap<String, String> {
    fn get(&self, name: &str) -> Option<String> {
        self.get(name).filter(|value| !value.is_empty()).cloned()
    }
}

/// wabadeck's directories.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paths {
    /// Holds `config.toml` and own themes.
    pub config: PathBuf,
    /// Holds the log.
    pub state: PathBuf,
    /// Holds what is worth keeping.
    pub data: PathBuf,
}

impl Paths {
    /// Finds the directories. A relative variable is ignored, as the XDG base directory specification asks.
    pub fn discover(environment: &dyn Environment) -> Self {
        let platform = directories::ProjectDirs::from("", "", "wabadeck");
        let home = environment.get("HOME").map(PathBuf::from);
        let fallback = |last: &str| match &home {
            Some(home) => home.join(last).join("wabadeck"),
            None => std::env::temp_dir().join("wabadeck"),
        };
        Self {
            config: chosen(environment, "WABADECK_CONFIG_DIR", "XDG_CONFIG_HOME").unwrap_or_else(|| match &platform {
                Some(dirs) => dirs.config_dir().to_path_buf(),
                None => fallback(".config"),
            }),
            state: chosen(environment, "WABADECK_STATE_DIR", "XDG_STATE_HOME").unwrap_or_else(|| match &platform {
                Some(dirs) => dirs.state_dir().unwrap_or_else(|| dirs.data_local_dir()).to_path_buf(),
                None => fallback(".local/state"),
            }),
            data: chosen(environment, "WABADECK_DATA_DIR", "XDG_DATA_HOME").unwrap_or_else(|| match &platform {
                Some(dirs) => dirs.data_dir().to_path_buf(),
                None => fallback(".local/share"),
            }),
        }
    }

    /// The settings file.
    pub fn config_file(&self) -> PathBuf {
        self.config.join("config.toml")
    }

    /// The log.
    pub fn log_file(&self) -> PathBuf {
        self.state.join("wabadeck.log")
    }

    /// The history: changes, pending upgrades, sends.
    pub fn store_file(&self) -> PathBuf {
        self.data.join("wabadeck.db")
    }
}

fn chosen(environment: &dyn Environment, own: &str, xdg: &str) -> Option<PathBuf> {
    let absolute = |value: String| {
        let path = PathBuf::from(value);
        path.is_absolute().then_some(path)
    };
    if let Some(own) = environment.get(own) {
        return Some(PathBuf::from(own));
    }
    if cfg!(unix) {
        let base = environment.get(xdg).and_then(absolute)?;
        return Some(base.join("wabadeck"));
    }
    None
}

/// Whether files can be made in a folder, or the folder itself where it is not there yet. Makes nothing.
///
/// # Errors
/// Why not, as the operating system says it.
pub fn may_write(folder: &Path) -> std::io::Result<()> {
    let Some(existing) = folder.ancestors().find(|folder| folder.exists()) else { return Ok(()) };
    if !existing.is_dir() {
        return Err(std::io::ErrorKind::NotADirectory.into());
    }
    #[cfg(unix)]
    rustix::fs::access(existing, rustix::fs::Access::WRITE_OK | rustix::fs::Access::EXEC_OK)?;
    Ok(())
}

/// Opens a file for appending that only its owner may read (mode 0600 on Unix), with the directories above it.
///
/// # Errors
/// What the operating system answers.
pub fn open_private(path: &Path) -> std::io::Result<std::fs::File> {
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent)?;
    }
    let mut options = std::fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
        options.mode(0o600);
        let file = options.open(path)?;
        file.set_permissions(std::fs::Permissions::from_mode(0o600))?;
        Ok(file)
    }
    #[cfg(not(unix))]
    options.open(path)
}

/// Makes a file that only its owner may read (mode 0600 on Unix), with the directories above it; takes one that is there from
/// everybody else. What is there is **not opened**: POSIX drops all locks that a process has on a file as soon as it closes any
/// descriptor of it, so that one open and close beside a running SQLite lets another process believe that nobody uses the
/// database, and delete its log with everything in it.
///
/// # Errors
/// What the operating system answers.
pub fn make_private(path: &Path) -> std::io::Result<()> {
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent)?;
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => close_to_others(path),
        made => made.map(drop),
    }
}

/// What keeps a file from being made: something above it that is no directory, or a directory in its own place.
pub fn in_the_way(path: &Path) -> Option<&Path> {
    if path.is_dir() {
        return Some(path);
    }
    // The nearest thing that is there decides; what is above it must be a directory.
    let nearest =
        path.ancestors().skip(1).filter(|above| !above.as_os_str().is_empty()).find(|above| above.symlink_metadata().is_ok());
    nearest.filter(|above| !above.is_dir())
}

#[cfg(unix)]
fn close_to_others(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let found = std::fs::metadata(path)?;
    if found.is_dir() {
        return Err(std::io::ErrorKind::IsADirectory.into());
    }
    let mode = found.permissions().mode();
    if mode & 0o077 == 0 {
        return Ok(());
    }
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode & 0o700))
}

#[cfg(not(unix))]
fn close_to_others(_: &Path) -> std::io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn environment(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn own_variable_wins_over_xdg() {
        let paths = Paths::discover(&environment(&[("WABADECK_CONFIG_DIR", "/own"), ("XDG_CONFIG_HOME", "/xdg")]));
        assert_eq!(paths.config_file(), Path::new("/own/config.toml"));
    }

    #[cfg(unix)]
    #[test]
    fn xdg_is_followed_on_every_unix_and_a_relative_one_is_not() {
        let paths = Paths::discover(&environment(&[("XDG_CONFIG_HOME", "/xdg"), ("XDG_STATE_HOME", "relative")]));
        assert_eq!(paths.config, Path::new("/xdg/wabadeck"));
        assert!(paths.state.is_absolute());
    }

    #[cfg(unix)]
    #[test]
    fn a_private_file_is_for_its_owner_alone() {
        use std::os::unix::fs::PermissionsExt;
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("deep/er/log");
        open_private(&path).unwrap();
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
