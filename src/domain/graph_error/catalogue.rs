//! The catalogue of codes, read once from `assets/graph-errors.toml`.

use std::{collections::HashMap, sync::LazyLock, time::Duration};

use serde::Deserialize;

use super::{Actor, Certainty, ErrorClass, Explanation, Retry};

/// Codes below this are codes of their own; above it Meta also sends them as `error_subcode` of code 100.
const FIRST_LONG_CODE: i64 = 1_000_000;

const SOURCE: &str = include_str!("../../../assets/graph-errors.toml");

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| parse(SOURCE).unwrap_or_default());

/// What an error code of the Graph API means. Every code gets an answer; [`Explanation::certainty`] says how good it is.
///
/// Looks for code and subcode together, then for a long subcode on its own (Meta sends template errors as
/// `100` with `2388…`), then for the code, then for its family.
pub fn explain(code: i64, subcode: Option<i64>) -> Explanation {
    explain_with_words(code, subcode, &[])
}

/// As [`explain`], also told what Meta wrote, for codes that mean several things.
pub(super) fn explain_with_words(code: i64, subcode: Option<i64>, words: &[&str]) -> Explanation {
    CATALOGUE.find(code, subcode, words).unwrap_or(NOTHING_KNOWN)
}

/// The answer if even the catalogue could not be read.
const NOTHING_KNOWN: Explanation = Explanation {
    class: ErrorClass::Unknown,
    name: "Unknown error",
    english: "This code is not in this version's catalogue. Meta's own words are beside it.",
    french: "Ce code est absent du catalogue de cette version. Les mots de Meta figurent à côté.",
    actor: Actor::Us,
    retry: Retry::AfterChange,
    source: "none",
    certainty: Certainty::Unknown,
};

#[derive(Default)]
pub(super) struct Catalogue {
    exact: HashMap<(i64, Option<i64>), Explanation>,
    worded: Vec<(i64, String, Explanation)>,
    families: Vec<(i64, i64, Explanation)>,
}

impl Catalogue {
    fn find(&self, code: i64, subcode: Option<i64>, words: &[&str]) -> Option<Explanation> {
        let with_subcode = subcode.and_then(|subcode| self.exact.get(&(code, Some(subcode))));
        let long_subcode =
            subcode.filter(|subcode| *subcode >= FIRST_LONG_CODE).and_then(|subcode| self.exact.get(&(subcode, None)));
        let worded = || {
            let words = words.join("\n").to_lowercase();
            self.worded
                .iter()
                .find(|(of, part, _)| *of == code && words.contains(part.as_str()))
                .map(|(_, _, explanation)| explanation)
        };
        let family =
            || self.families.iter().find(|(from, to, _)| (*from..=*to).contains(&code)).map(|(_, _, explanation)| explanation);
        with_subcode.or(long_subcode).or_else(worded).or_else(|| self.exact.get(&(code, None))).or_else(family).copied()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    error: Vec<Entry>,
    range: Vec<Family>,
}

#[derive(Deserialize)]
struct Entry {
    codes: Vec<i64>,
    subcode: Option<i64>,
    contains: Option<String>,
    #[serde(flatten)]
    meaning: Meaning,
}

#[derive(Deserialize)]
struct Family {
    from: i64,
    to: i64,
    known: bool,
    #[serde(flatten)]
    meaning: Meaning,
}

#[derive(Deserialize)]
struct Meaning {
    class: ErrorClass,
    name: String,
    en: String,
    fr: String,
    who: Actor,
    retry: RetryKind,
    first: Option<u64>,
    cap: Option<u64>,
    source: String,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum RetryKind {
    Never,
    Change,
    Wait,
    Backoff,
}

impl Meaning {
    /// The texts live as long as the program, and the file is read once: leaking them costs nothing.
    fn explanation(self, certainty: Certainty) -> Result<Explanation, String> {
        let seconds =
            |value: Option<u64>| value.map(Duration::from_secs).ok_or_else(|| format!("`{}` waits, but not how long", self.name));
        let retry = match self.retry {
            RetryKind::Never => Retry::Never,
            RetryKind::Change => Retry::AfterChange,
            RetryKind::Wait => Retry::After(seconds(self.first)?),
            RetryKind::Backoff => Retry::Backoff { first: seconds(self.first)?, cap: seconds(self.cap)? },
        };
        Ok(Explanation {
            class: self.class,
            name: self.name.leak(),
            english: self.en.leak(),
            french: self.fr.leak(),
            actor: self.who,
            retry,
            source: self.source.leak(),
            certainty,
        })
    }
}

/// Reads a catalogue; refuses two meanings for one code.
pub(super) fn parse(source: &str) -> Result<Catalogue, String> {
    let file: File = toml::from_str(source).map_err(|error| error.to_string())?;
    let mut catalogue = Catalogue::default();
    for entry in file.error {
        let explanation = entry.meaning.explanation(Certainty::Known)?;
        for code in entry.codes {
            if let Some(contains) = &entry.contains {
                catalogue.worded.push((code, contains.to_lowercase(), explanation));
            } else if catalogue.exact.insert((code, entry.subcode), explanation).is_some() {
                return Err(format!("{code}/{:?} stands twice", entry.subcode));
            }
        }
    }
    for family in file.range {
        let certainty = match (family.known, family.from) {
            (true, _) => Certainty::Known,
            (false, i64::MIN) => Certainty::Unknown,
            (false, _) => Certainty::Family,
        };
        let explanation = family.meaning.explanation(certainty)?;
        catalogue.families.push((family.from, family.to, explanation));
    }
    Ok(catalogue)
}

#[cfg(test)]
pub(super) fn source() -> &'static str {
    SOURCE
}
