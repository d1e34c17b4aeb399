//! A secret in a file of its own, for its owner alone. The last resort, and the only one that survives everywhere.
//!
//! A file that others could read or could have put there is refused, not repaired: its token may be known already.

use std::{
    fs::{self, OpenOptions},
    io::{self, Read, Write},
    path::{Path, PathBuf},
    time::Duration,
};

use secrecy::{ExposeSecret, SecretString, zeroize::Zeroizing};

use super::SecretError;

/// Bytes that a secret can have; tokens have some hundreds.
const LONGEST: u64 = 64 * 1024;

/// From this age on a temporary file belongs to nobody: whoever wrote it was killed.
const ABANDONED: Duration = Duration::from_secs(60);

fn io_error(path: &Path, action: &'static str) -> impl FnOnce(io::Error) -> SecretError {
    let path = path.to_path_buf();
    move |error| SecretError::Io { path, action, reason: error.to_string() }
}

fn refused(path: &Path, reason: impl Into<String>) -> SecretError {
    SecretError::Unsafe { path: path.to_path_buf(), reason: reason.into() }
}

/// Writes the whole secret or nothing: a new file beside the old one, on the disk, then in its place.
pub(super) fn write(path: &Path, secret: &SecretString) -> Result<(), SecretError> {
    write_private(path, secret.expose_secret().as_bytes())
}

/// Like [`write`], for what is private without being secret.
pub(super) fn write_private(path: &Path, bytes: &[u8]) -> Result<(), SecretError> {
    let directory = path.parent().ok_or_else(|| refused(path, "it has no directory"))?;
    make_directory(directory)?;
    check_directory(directory)?;
    sweep(directory);
    if fs::symlink_metadata(path).is_ok_and(|found| !found.is_file()) {
        return Err(refused(path, "it is not a plain file; remove it and try again"));
    }
    let name = super::one_time().ok_or_else(|| refused(path, "the system gives no random bytes for a temporary name"))?;
    let temporary = directory.join(format!(".{name}"));
    let written = write_new(&temporary, bytes).and_then(|()| fs::rename(&temporary, path));
    if let Err(error) = written {
        let _ = fs::remove_file(&temporary);
        return Err(io_error(path, "written")(error));
    }
    // The rename is only on the disk when the directory is.
    #[cfg(unix)]
    let _ = fs::File::open(directory).and_then(|directory| directory.sync_all());
    Ok(())
}

fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Makes the directory of a file, for its owner alone.
pub(super) fn make_directory_of(path: &Path) -> Result<(), SecretError> {
    path.parent().map_or(Ok(()), make_directory)
}

fn make_directory(directory: &Path) -> Result<(), SecretError> {
    if directory.exists() {
        return Ok(());
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(directory).map_err(io_error(directory, "written"))
}

fn check_directory(directory: &Path) -> Result<(), SecretError> {
    let found = fs::symlink_metadata(directory).map_err(io_error(directory, "read"))?;
    if found.is_symlink() || !found.is_dir() {
        return Err(refused(directory, "it is not a plain directory; remove it and sign in again"));
    }
    check_owner(directory, &found, 0o022, "700")
}

/// Reads the secret; `None` when there is no file.
pub(super) fn read(path: &Path) -> Result<Option<SecretString>, SecretError> {
    let Some(bytes) = read_private(path)? else { return Ok(None) };
    match std::str::from_utf8(&bytes).map(str::trim) {
        Ok("") => Ok(None),
        Ok(text) => Ok(Some(SecretString::from(text))),
        Err(_) => Err(refused(path, "it is no text; sign in again")),
    }
}

/// Like [`read`], for what is private without being secret.
pub(super) fn read_private(path: &Path) -> Result<Option<Zeroizing<Vec<u8>>>, SecretError> {
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(io_error(path, "read")(error)),
        Ok(found) if found.is_symlink() => return Err(refused(path, "it is a symbolic link; remove it and sign in again")),
        Ok(found) if !found.is_file() => return Err(refused(path, "it is not a plain file; remove it and sign in again")),
        Ok(_) => {}
    }
    if let Some(directory) = path.parent() {
        check_directory(directory)?;
    }
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        // What was no link a moment ago must not be followed now.
        options.custom_flags(rustix::fs::OFlags::NOFOLLOW.bits().cast_signed());
    }
    let file = options.open(path).map_err(io_error(path, "read"))?;
    let found = file.metadata().map_err(io_error(path, "read"))?;
    check_owner(path, &found, 0o077, "600")?;
    if found.len() > LONGEST {
        return Err(refused(path, "it is far too large for a secret; sign in again"));
    }
    let mut bytes = Zeroizing::new(Vec::with_capacity(usize::try_from(found.len()).unwrap_or_default().saturating_add(1)));
    file.take(LONGEST).read_to_end(&mut bytes).map_err(io_error(path, "read"))?;
    Ok(Some(bytes))
}

#[cfg(unix)]
fn check_owner(path: &Path, found: &fs::Metadata, forbidden: u32, right: &str) -> Result<(), SecretError> {
    use std::os::unix::fs::MetadataExt;
    let mode = found.mode() & 0o777;
    if mode & forbidden != 0 {
        let words = format!(
            "others on this machine may use it (mode {mode:03o}). Run chmod {right} on it, and create a new token if you do not trust them"
        );
        return Err(refused(path, words));
    }
    if found.uid() != rustix::process::geteuid().as_raw() {
        return Err(refused(path, "it belongs to another user of this machine; remove it and sign in again"));
    }
    Ok(())
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "the same form as on Unix; here the user's own folder keeps others out")]
fn check_owner(_: &Path, _: &fs::Metadata, _: u32, _: &str) -> Result<(), SecretError> {
    Ok(())
}

/// Removes temporary files that a killed program left: they may hold a token. What cannot be removed stays for the next time.
fn sweep(directory: &Path) {
    for entry in fs::read_dir(directory).into_iter().flatten().flatten() {
        let is_temporary = entry.file_name().to_str().and_then(|name| name.strip_prefix('.')).is_some_and(|name| {
            // As `super::one_time` makes them.
            name.len() == 32 && name.bytes().all(|byte| byte.is_ascii_hexdigit())
        });
        let age = || entry.metadata().ok()?.modified().ok()?.elapsed().ok();
        if is_temporary && age().is_some_and(|age| age >= ABANDONED) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Removes the file; whether it was there.
pub(super) fn remove(path: &PathBuf) -> Result<bool, SecretError> {
    if let Some(directory) = path.parent() {
        sweep(directory);
    }
    match fs::remove_file(path) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(io_error(path, "removed")(error)),
    }
}
