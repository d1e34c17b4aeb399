//! The log: a private file in the state directory, opened at the first line, so that an idle program writes nothing.
//!
//! Only wabadeck's own events reach it below `warn`: libraries could print headers, and headers carry the token.

pub mod panics;

use std::{
    fs::File,
    io::{self, Write},
    path::PathBuf,
    sync::{Arc, Mutex},
};

use tracing::level_filters::LevelFilter;
use tracing_subscriber::{filter::Targets, fmt::MakeWriter, layer::SubscriberExt, util::SubscriberInitExt};

use crate::{config::LogLevel, paths, text};

/// Beyond this size the log of earlier runs is set aside as `wabadeck.log.1` before the first line is written.
const LARGEST: u64 = 4 * 1024 * 1024;

/// Why nothing can be logged.
#[derive(Debug, thiserror::Error)]
pub enum LoggingError {
    /// Something in this process logs already.
    #[error("Logging was already set up in this process, so it was left as it is.")]
    AlreadySetUp,
}

/// Begins to log to the file at the level.
///
/// # Errors
/// When something in this process logs already.
pub fn start(level: LogLevel, file: PathBuf) -> Result<(), LoggingError> {
    if level == LogLevel::Off {
        return Ok(());
    }
    let layer = tracing_subscriber::fmt::layer().with_ansi(false).with_target(true).with_writer(LogFile::new(file));
    tracing_subscriber::registry().with(layer).with(targets(level)).try_init().map_err(|_| LoggingError::AlreadySetUp)
}

fn targets(level: LogLevel) -> Targets {
    let filter = match level {
        LogLevel::Off => LevelFilter::OFF,
        LogLevel::Error => LevelFilter::ERROR,
        LogLevel::Warn => LevelFilter::WARN,
        LogLevel::Info => LevelFilter::INFO,
        LogLevel::Debug => LevelFilter::DEBUG,
        LogLevel::Trace => LevelFilter::TRACE,
    };
    Targets::new().with_default(filter.min(LevelFilter::WARN)).with_target("wabadeck", filter)
}

/// The file, opened when the first event comes.
#[derive(Debug, Clone)]
struct LogFile {
    path: Arc<PathBuf>,
    file: Arc<Mutex<Option<File>>>,
}

impl LogFile {
    fn new(path: PathBuf) -> Self {
        Self { path: Arc::new(path), file: Arc::default() }
    }

    fn open(&self) -> io::Result<File> {
        if std::fs::metadata(&*self.path).is_ok_and(|metadata| metadata.len() > LARGEST) {
            let mut aside = self.path.as_os_str().to_owned();
            aside.push(".1");
            std::fs::rename(&*self.path, PathBuf::from(aside))?;
        }
        paths::open_private(&self.path)
    }
}

impl Write for LogFile {
    /// Takes one formatted event; what is not fit for a terminal is taken out of it.
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        let mut file = match self.file.lock() {
            Ok(file) => file,
            Err(poisoned) => poisoned.into_inner(),
        };
        if file.is_none() {
            *file = Some(self.open()?);
        }
        if let Some(file) = file.as_mut() {
            let line = String::from_utf8_lossy(event).replace(['\n', '\r'], " ");
            let mut line = text::clean(line.trim_end()).into_owned();
            line.push('\n');
            file.write_all(line.as_bytes())?;
        }
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for LogFile {
    type Writer = Self;

    fn make_writer(&'a self) -> Self::Writer {
        self.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn logged(level: LogLevel, events: impl FnOnce()) -> Option<String> {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("state/wabadeck.log");
        let layer = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(LogFile::new(path.clone()));
        let subscriber = tracing_subscriber::registry().with(layer).with(targets(level));
        tracing::subscriber::with_default(subscriber, events);
        std::fs::read_to_string(path).ok()
    }

    #[test]
    fn an_idle_program_writes_no_log() {
        assert_eq!(logged(LogLevel::Trace, || {}), None);
    }

    #[test]
    fn an_event_is_one_clean_line() {
        let log = logged(LogLevel::Warn, || {
            tracing::warn!(name = "two\nlines \u{1b}[31mred", "Named badly");
            tracing::info!("Not at this level");
        });
        let log = log.unwrap();
        assert_eq!(log.lines().count(), 1, "{log:?}");
        assert!(!log.contains('\u{1b}'));
        assert!(log.contains("Named badly"));
    }

    #[test]
    fn libraries_stay_silent_below_warn_even_at_trace() {
        let log = logged(LogLevel::Trace, || {
            tracing::trace!(target: "hyper::proto", "authorization: Bearer x");
            tracing::trace!("Own");
        });
        let log = log.unwrap();
        assert!(!log.contains("Bearer") && log.contains("Own"), "{log}");
    }
}
