//! What a panic leaves behind: one line in the log and, where nobody else has the terminal, one on standard error.
//!
//! Words of a panic can hold what the program had in its hands, so whatever looks like a key is taken out of them.

use std::{
    io::{self, Write},
    panic::PanicHookInfo,
};

use crate::{
    i18n::{Language, Texts},
    text,
};

/// From now on panics are told and logged by [`tell`] and [`note`].
pub fn start() {
    std::panic::set_hook(Box::new(|panic| {
        note(panic);
        tell(panic);
    }));
}

/// A line in the log.
pub fn note(panic: &PanicHookInfo<'_>) {
    tracing::error!(place = place(panic), words = words(panic), "A defect of wabadeck");
}

/// A line on standard error.
pub fn tell(panic: &PanicHookInfo<'_>) {
    let texts = Texts::new(Language::detect(None));
    let line = texts.with("cli-broke", &[("place", place(panic).into()), ("words", words(panic).into())]);
    // Nothing is left to do where even that cannot be written.
    let _ = writeln!(io::stderr(), "{line}");
}

fn place(panic: &PanicHookInfo<'_>) -> String {
    panic.location().map_or_else(|| "?".to_owned(), ToString::to_string)
}

/// The words of a panic, without what looks like a key.
fn words(panic: &PanicHookInfo<'_>) -> String {
    let payload = panic.payload();
    let words = payload.downcast_ref::<&str>().copied().or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    text::without_keys(&text::clean(words.unwrap_or_default()))
}
