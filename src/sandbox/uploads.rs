//! Files that callers upload for their messages (Meta: media): kept in memory, the newest few, and given back as they came.
//! It must not look into them.

use std::collections::VecDeque;

use serde_json::{Value, json};

use super::call::Call;
use super::errors::GraphError;
use super::graph;
use super::params::Upload;
use super::state::World;

/// Files that are kept; the oldest makes room.
const MOST: usize = 20;
/// Bytes of a file. Meta's own limits go by kind; documents may have 100 MB, which nobody needs here.
const LARGEST: usize = 5_000_000;

/// A file that was uploaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    id: u64,
    kind: String,
    bytes: Vec<u8>,
}

/// The files that were uploaded.
#[derive(Debug, Default)]
pub struct Uploads(VecDeque<Kept>);

impl Uploads {
    fn find(&self, id: &str) -> Option<&Kept> {
        let id: u64 = id.parse().ok()?;
        self.0.iter().find(|kept| kept.id == id)
    }

    /// Kind and bytes of a file.
    pub fn file(&self, id: &str) -> Option<(String, Vec<u8>)> {
        self.find(id).map(|kept| (kept.kind.clone(), kept.bytes.clone()))
    }

    /// What Graph says of a file; `media` is where the sandbox's files are.
    pub fn told(&self, id: &str, media: &str) -> Option<Value> {
        self.find(id).map(|kept| {
            json!({
                "messaging_product": "whatsapp",
                "url": format!("{media}uploaded/{id}"),
                "mime_type": kept.kind,
                "sha256": crate::secrets::hex(&<sha2::Sha256 as sha2::Digest>::digest(&kept.bytes)),
                // As text, as Meta writes it.
                "file_size": kept.bytes.len().to_string(),
                "id": id,
            })
        })
    }

    /// Forgets a file; `false` when there is none.
    pub fn remove(&mut self, id: &str) -> bool {
        let before = self.0.len();
        self.0.retain(|kept| kept.id.to_string() != id);
        self.0.len() < before
    }
}

/// `POST /{phone-number}/media`: a form with `messaging_product`, `file` and, where the file does not say it, `type`.
///
/// # Errors
/// Code 100 for what is missing, 131052 for a file that is too large.
pub fn add(world: &mut World, call: &Call) -> Result<Value, GraphError> {
    if call.params.text("messaging_product").as_deref() != Some("whatsapp") {
        return Err(GraphError::parameter("(#100) The parameter messaging_product is required."));
    }
    let Some(Upload { kind, bytes }) = call.params.upload() else {
        return Err(GraphError::parameter("(#100) The parameter file is required."));
    };
    if bytes.len() > LARGEST {
        return Err(GraphError::new(400, 131_053, "(#131053) Media upload error"));
    }
    let kind = call.params.text("type").filter(|kind| kind.contains('/')).map_or_else(|| kind.clone(), |kind| kind.into_owned());
    let id = 1_400_000_000_000_000 + world.make() % 99_000_000_000_000;
    let Uploads(kept) = &mut world.uploads;
    kept.truncate(MOST - 1);
    kept.push_front(Kept { id, kind, bytes: bytes.clone() });
    Ok(json!({ "id": id.to_string() }))
}

/// `DELETE /{media}`.
///
/// # Errors
/// Code 100 with subcode 33 when there is none.
pub fn remove(world: &mut World, id: &str) -> Result<Value, GraphError> {
    if world.uploads.remove(id) { Ok(graph::success()) } else { Err(GraphError::unknown_object("DELETE", id)) }
}

#[cfg(test)]
mod tests {
    use super::super::params::Params;
    use super::*;

    fn form(bytes: usize) -> Call {
        let mut body = b"--B\r\nContent-Disposition: form-data; name=\"messaging_product\"\r\n\r\nwhatsapp\r\n--B\r\n\
            Content-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n"
            .to_vec();
        body.resize(body.len() + bytes, b'x');
        body.extend(b"\r\n--B--");
        let mut params = Params::default();
        params.add_multipart(&body, "B");
        Call::new("POST", "/1/media", params, None, String::new())
    }

    #[test]
    fn a_file_is_kept_told_given_back_and_forgotten() {
        let mut world = super::super::fleet::empty(0, "T", std::sync::Arc::default());
        let id = add(&mut world, &form(7)).unwrap()["id"].as_str().unwrap().to_owned();
        let told = world.uploads.told(&id, "http://h/").unwrap();
        assert_eq!((told["mime_type"].as_str(), told["file_size"].as_str()), (Some("image/png"), Some("7")));
        assert_eq!(told["url"], format!("http://h/uploaded/{id}"));
        assert_eq!(world.uploads.file(&id), Some(("image/png".into(), b"xxxxxxx".to_vec())));
        assert!(remove(&mut world, &id).is_ok() && remove(&mut world, &id).is_err());
    }

    #[test]
    fn the_oldest_files_make_room_and_large_ones_are_refused() {
        let mut world = super::super::fleet::empty(0, "T", std::sync::Arc::default());
        let first = add(&mut world, &form(1)).unwrap()["id"].as_str().unwrap().to_owned();
        (0..MOST).for_each(|_| drop(add(&mut world, &form(1)).unwrap()));
        assert!(world.uploads.file(&first).is_none());
        assert!(add(&mut world, &form(LARGEST + 1)).is_err());
    }
}
