//! What is worth keeping between runs: changes, pending upgrades, webhooks, sends. The only place with SQL.
//!
//! Functions block: call them off the screen's thread. None of them shows rows or tables, so that a server could answer
//! them as well. Nobody needs the store: without one there is no history, and everything else works.

mod activity;
mod draft;
mod event;
mod pending;
mod proof;
mod results;
mod retention;
mod schema;
mod send;
#[cfg(test)]
mod tests;
mod webhook;

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use jiff::Timestamp;
use rusqlite::{Connection, ErrorCode};

pub use activity::{KeptEvent, Place, Query, Window};
pub use draft::{DraftError, KeptDraft, Shelf};
pub use event::Filter;
pub use pending::PendingUpgrade;
pub use results::{FailureCount, Retarget, RetargetReason};
pub use send::{KeptSend, KeptStatus, MessageProgress, NewSend, SendResult, Settled};
pub use webhook::{KeptWebhook, NewWebhook, Told};

/// How long to wait for another process that writes.
const PATIENCE: Duration = Duration::from_secs(5);

/// `SQLITE_IOERR_SHMSIZE`.
const SHARED_INDEX_REFUSED: i32 = 4_874;

/// Why the store cannot be used.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// The file is no database, or a damaged one.
    #[error("The history in {} is damaged ({reason}). Move the file away to begin a new one; everything else works without it.", path.display())]
    Corrupt {
        /// The file.
        path: PathBuf,
        /// What SQLite said.
        reason: String,
    },
    /// The file cannot be opened or written.
    #[error("The history in {} cannot be written ({reason}). Check who owns the file and its directory, and whether they can be written at all; everything else works without it.", path.display())]
    ReadOnly {
        /// The file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// Something else stands where the file, or a directory above it, should be.
    #[error("The history cannot be kept in {}: {} is {}. Move it away, or choose another directory; everything else works without it.",
        path.display(), found.display(), if *is_file { "a file where a directory is needed" } else { "a directory where a file is needed" })]
    InTheWay {
        /// The file.
        path: PathBuf,
        /// What stands there.
        found: PathBuf,
        /// Whether that is a file, or something of the kind, instead of a directory.
        is_file: bool,
    },
    /// The disk is full.
    #[error("The history could not be written because the disk is full. Make room; everything else works without it.")]
    Full,
    /// A newer wabadeck made it.
    #[error(
        "The history was written by a newer wabadeck (schema {version}). Update wabadeck, or set WABADECK_DATA_DIR to another directory."
    )]
    Newer {
        /// Its version.
        version: i64,
    },
    /// Another process keeps it busy.
    #[error("The history is kept busy by another process. Try again, or end the other one.")]
    Busy,
    /// Anything else.
    #[error("The history could not be used ({0}). Everything else works without it.")]
    Other(String),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let reason = error.to_string();
        let path = PathBuf::from("wabadeck.db");
        // The index of the log is made as large as it has to be at once, which a full disk refuses as if it were broken.
        if error.sqlite_error().is_some_and(|error| error.extended_code == SHARED_INDEX_REFUSED) {
            return Self::Full;
        }
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Corrupt { path, reason },
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => Self::ReadOnly { path, reason },
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            _ => Self::Other(reason),
        }
    }
}

impl StoreError {
    /// The same about this file.
    fn of(self, file: &Path) -> Self {
        match self {
            Self::Corrupt { reason, .. } => Self::Corrupt { path: file.to_path_buf(), reason },
            Self::ReadOnly { reason, .. } => Self::ReadOnly { path: file.to_path_buf(), reason },
            other => other,
        }
    }
}

/// A handle on the store; cloning is cheap, and several processes may have one on the same file.
#[derive(Debug, Clone)]
pub struct Store {
    connection: Arc<Mutex<Connection>>,
    /// Whoever writes in this process waits here, in the order of coming: SQLite lets writers ask again and again, and one that
    /// writes without a pause would starve the others.
    turn: Arc<parking_lot::Mutex<()>>,
    path: Arc<Path>,
}

impl Store {
    /// Why the file could not be made.
    fn unmade(path: &Path, error: &std::io::Error) -> StoreError {
        let file = path.to_path_buf();
        match crate::paths::in_the_way(path) {
            Some(found) => StoreError::InTheWay { path: file, is_file: found != path, found: found.to_path_buf() },
            None if error.kind() == std::io::ErrorKind::StorageFull => StoreError::Full,
            None => StoreError::ReadOnly { path: file, reason: error.to_string() },
        }
    }

    /// Opens the file, for its owner alone; makes it and brings it up to date where needed.
    ///
    /// # Errors
    /// A file that cannot be read, written or understood; see [`StoreError`].
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        crate::paths::make_private(path).map_err(|error| Self::unmade(path, &error))?;
        Connection::open(path)
            .map_err(StoreError::from)
            .and_then(|connection| Self::prepare(connection, path))
            .map_err(|error| error.of(path))
    }

    /// A store that is gone with the process: for a sandbox that is gone with it, too.
    ///
    /// # Errors
    /// Lack of memory.
    pub fn in_memory() -> Result<Self, StoreError> {
        Self::prepare(Connection::open_in_memory()?, Path::new(":memory:"))
    }

    fn prepare(mut connection: Connection, path: &Path) -> Result<Self, StoreError> {
        connection.busy_timeout(PATIENCE)?;
        connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
        // An eighth of what SQLite would take: rows are asked for one account at a time, and the memory stays taken.
        connection.pragma_update(None, "cache_size", -256)?;
        // What was acknowledged outlives a power cut, too.
        connection.pragma_update(None, "synchronous", "FULL")?;
        schema::migrate(&mut connection)?;
        Ok(Self { connection: Arc::new(Mutex::new(connection)), turn: Arc::default(), path: path.into() })
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A number that changes whenever another process wrote: cheap to ask, touches no table.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn data_version(&self) -> Result<i64, StoreError> {
        self.with(|connection| connection.query_row("PRAGMA data_version", [], |row| row.get(0)))
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn with<T>(&self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, StoreError> {
        work(&self.lock()).map_err(|error| StoreError::from(error).of(&self.path))
    }

    /// Work that happens as a whole or not at all.
    fn write<T>(&self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, StoreError> {
        let turn = self.turn.lock();
        let mut connection = self.lock();
        let done = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).and_then(|transaction| {
            let value = work(&transaction)?;
            transaction.commit()?;
            Ok(value)
        });
        drop(connection);
        parking_lot::MutexGuard::unlock_fair(turn);
        done.map_err(|error| StoreError::from(error).of(&self.path))
    }
}

/// A moment as it is kept: milliseconds.
fn kept(at: Timestamp) -> i64 {
    at.as_millisecond()
}

/// A kept moment.
fn moment(kept: i64) -> Timestamp {
    Timestamp::from_millisecond(kept).unwrap_or_default()
}
