//! Templates from a file, for a preview without an account. Asks nobody and sends nothing.

use std::{
    io::{self, Read},
    path::Path,
};

use crate::{domain::Template, graph::templates};

/// A file larger than this holds no template.
const LARGEST: u64 = 4 * 1024 * 1024;

/// Why there are no templates in a file.
#[derive(Debug, thiserror::Error)]
pub enum TemplateFileError {
    /// It cannot be read.
    #[error("the file cannot be read: {0}")]
    Unreadable(#[from] io::Error),
    /// It is larger than any template.
    #[error("the file is larger than {} MiB, which no template is", LARGEST / 1024 / 1024)]
    TooLarge,
    /// It is no JSON.
    #[error("the file is not JSON: {0}")]
    NotJson(#[from] serde_json::Error),
    /// No template is in it.
    #[error("no template is in the file: nothing in it has `components`")]
    NoTemplate,
}

/// Reads the templates of a file; `-` is standard input.
///
/// # Errors
/// What keeps them from being read.
pub fn read(path: &Path) -> Result<Vec<Template>, TemplateFileError> {
    let source: Box<dyn Read> =
        if path.as_os_str() == "-" { Box::new(io::stdin().lock()) } else { Box::new(std::fs::File::open(path)?) };
    let mut bytes = Vec::new();
    source.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        return Err(TemplateFileError::TooLarge);
    }
    let text = String::from_utf8_lossy(&bytes);
    // An editor on Windows puts a mark before the text.
    let found = templates::read_text(text.trim_start_matches('\u{feff}'), "template")?;
    if found.is_empty() { Err(TemplateFileError::NoTemplate) } else { Ok(found) }
}
