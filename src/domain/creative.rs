//! Creative optimisation as it is set, on a template or as the default of an account (Meta: send marketing messages).
//! How the two combine Meta does not say, so nothing here combines them.

use compact_str::CompactString;

/// One thing that Meta may do to a marketing message that goes optimized.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CreativeFeature {
    /// Meta's name of it, in lower case: `image_touchups`.
    pub name: CompactString,
    /// Whether it is opted in.
    pub on: bool,
}

impl CreativeFeature {
    /// Its name in plain words, as Meta spells it: `image touchups`. Not cleaned for a terminal.
    pub fn words(&self) -> String {
        self.name.replace('_', " ")
    }
}
