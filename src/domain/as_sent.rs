//! A value as Meta sent it. Nearly always there is none, so it takes a single word of memory where it stands.

use std::{fmt, ops::Deref};

use compact_str::CompactString;

/// A text that is rarely there: empty costs nothing, anything else is kept elsewhere. Not cleaned for a terminal.
///
/// Wire enums are kept by the ten thousand, and each has room for a value that this version does not know.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct AsSent(Option<Box<CompactString>>);

impl AsSent {
    /// The text.
    pub fn as_str(&self) -> &str {
        self.0.as_deref().map_or("", CompactString::as_str)
    }
}

impl Deref for AsSent {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl From<&str> for AsSent {
    fn from(text: &str) -> Self {
        Self((!text.is_empty()).then(|| Box::new(text.into())))
    }
}

impl fmt::Debug for AsSent {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_str().fmt(formatter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_takes_no_memory_of_its_own_and_is_the_same_however_it_came() {
        assert_eq!(AsSent::from(""), AsSent::default());
        assert_eq!(AsSent::from("NEW").as_str(), "NEW");
        assert_eq!(size_of::<AsSent>(), size_of::<usize>());
    }
}
