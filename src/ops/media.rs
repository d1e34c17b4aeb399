//! Looks at the files that a message carries: how large each is, and a small picture of it where it is an image. Every one is
//! looked at on its own and in the background; nothing of it is written anywhere.

use compact_str::CompactString;
use tokio::sync::Semaphore;

use super::Session;
use crate::{
    domain::{
        media::{MediaFacts, MediaProblem},
        template::MediaKind,
    },
    graph::media,
    picture,
};

/// How many files are fetched at the same time: each may take 5 MB.
static FETCHES: Semaphore = Semaphore::const_new(3);
/// Decoding takes much memory for a moment, so one picture waits for the other.
static DECODING: Semaphore = Semaphore::const_new(1);

/// Looks at a file by its address or id.
///
/// # Errors
/// What keeps it from being looked at.
pub async fn look(session: &Session, source: &str, kind: MediaKind) -> Result<MediaFacts, MediaProblem> {
    let _turn = FETCHES.acquire().await;
    let fetched = media::fetch(session.client(), source, kind).await?;
    let facts = MediaFacts {
        bytes: fetched.bytes,
        content_type: Some(CompactString::from(picture::kind(&fetched.content_type))).filter(|kind| !kind.is_empty()),
        ..MediaFacts::default()
    };
    let Some(body) = fetched.body else { return Ok(facts) };
    let _turn = DECODING.acquire().await;
    let decoding = tokio::task::spawn_blocking(move || picture::shrink(&body, &fetched.content_type));
    let small = decoding.await.map_err(|_| MediaProblem::Damaged)??;
    Ok(MediaFacts { pixels: Some(small.pixels), picture: Some(small.picture.into()), ..facts })
}
