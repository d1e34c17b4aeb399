//! Reads a body within bounds: its own size, and what all bodies together may hold at a time.

use axum::body::Bytes;
use http_body_util::BodyExt;
use hyper::body::{Body, Incoming};
use tokio::sync::{Semaphore, SemaphorePermit};

/// Why there is no body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unread {
    /// It is, or says that it will be, larger than allowed.
    TooLarge,
    /// It ended before its time.
    Broken,
}

/// Reads it. The permit stands for its bytes; they count until it is dropped.
///
/// Bytes count as they come and not as they are announced: who only announces must not keep others out.
pub(super) async fn read(
    mut body: Incoming,
    largest: usize,
    kilobytes: &Semaphore,
) -> Result<(Bytes, Option<SemaphorePermit<'_>>), Unread> {
    let announced = body.size_hint().upper();
    if announced.is_some_and(|size| usize::try_from(size).map_or(true, |size| size > largest)) {
        return Err(Unread::TooLarge);
    }
    let mut held: Option<SemaphorePermit<'_>> = None;
    let mut whole: Vec<u8> = Vec::new();
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|_| Unread::Broken)?.into_data() else { continue };
        if whole.len() + data.len() > largest {
            return Err(Unread::TooLarge);
        }
        whole.extend_from_slice(&data);
        let wanted = u32::try_from(whole.len().div_ceil(1024)).unwrap_or(u32::MAX);
        let more = wanted.saturating_sub(held.as_ref().map_or(0, |held| u32::try_from(held.num_permits()).unwrap_or(0)));
        if more > 0 {
            let permit = kilobytes.acquire_many(more).await.map_err(|_| Unread::Broken)?;
            match &mut held {
                Some(held) => held.merge(permit),
                None => held = Some(permit),
            }
        }
    }
    Ok((whole.into(), held))
}
