//! Drafts: kept while they are written, found again after a crash, handed on as files. Sends nothing.

use std::path::PathBuf;

use sha2::{Digest, Sha256};

use super::{Problem, Session};
use crate::{
    domain::graph_error::ErrorClass,
    store::{DraftError, KeptDraft, Shelf},
};

impl From<DraftError> for Problem {
    fn from(error: DraftError) -> Self {
        Self::new(error.to_string(), ErrorClass::Configuration)
    }
}

/// Drafts belong to a profile and its server: the ids in them mean nothing elsewhere. The embedded sandbox has the same
/// accounts each time, so its drafts outlive it.
fn shelf(session: &Session) -> Shelf {
    let settings = session.settings();
    let owner = if session.is_embedded() {
        "embedded sandbox".to_owned()
    } else {
        format!("{} {}", session.profile(), settings.origin())
    };
    let digest = Sha256::digest(owner.as_bytes());
    let name: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    Shelf::new(settings.paths.data.join("drafts").join(name))
}

/// Keeps a draft in the place of its older self.
///
/// # Errors
/// A directory that cannot be written.
pub async fn keep(session: &Session, draft: KeptDraft) -> Result<(), Problem> {
    let shelf = shelf(session);
    in_background(move || shelf.keep(&draft)).await
}

/// The drafts of the session's profile, the newest first.
pub async fn list(session: &Session) -> Vec<KeptDraft> {
    let shelf = shelf(session);
    in_background(move || Ok(shelf.list())).await.unwrap_or_default()
}

/// Forgets a draft.
pub async fn forget(session: &Session, id: String) {
    let shelf = shelf(session);
    let _ = in_background(move || {
        shelf.forget(&id);
        Ok(())
    })
    .await;
}

/// Reads a draft that somebody handed on.
///
/// # Errors
/// A file that cannot be read, or holds no draft.
pub async fn import(path: PathBuf) -> Result<KeptDraft, Problem> {
    in_background(move || KeptDraft::read(&path)).await
}

/// Writes a draft to be handed on, where nothing stands yet.
///
/// # Errors
/// A file that exists or cannot be written.
pub async fn export(path: PathBuf, draft: KeptDraft, with_recipients: bool) -> Result<PathBuf, Problem> {
    in_background(move || {
        draft.write_new(&path, with_recipients)?;
        Ok(std::path::absolute(&path).unwrap_or(path))
    })
    .await
}

async fn in_background<T: Send + 'static>(work: impl FnOnce() -> Result<T, DraftError> + Send + 'static) -> Result<T, Problem> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => Ok(done?),
        Err(error) => Err(Problem::new(format!("Work on a draft broke ({error})."), ErrorClass::Unknown)),
    }
}
