//! What the words mean that Meta writes into answers and webhooks: names of events, reasons, categories, states.
//!
//! The meanings come from the catalogue `assets/graph-words.toml`. The statuses that wabadeck decides by are enums of their
//! own (`account`, `number`, `template` …) and not in here. A word that the catalogue lacks is kept as Meta sent it.

use std::sync::LazyLock;

use compact_str::CompactString;
use serde::Deserialize;

use super::graph_error::Actor;

const SOURCE: &str = include_str!("../../assets/graph-words.toml");

static CATALOGUE: LazyLock<Vec<Kind>> = LazyLock::new(|| parse(SOURCE).unwrap_or_default());

/// What kind of word it is, for example the reason of a pause.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// Its name for programs.
    pub id: String,
    /// Its name in English.
    #[serde(rename = "en")]
    pub english: String,
    /// The same in French.
    #[serde(rename = "fr")]
    pub french: String,
    /// The page it rests on, by tag.
    source: String,
    at: Vec<String>,
    #[serde(rename = "word")]
    words: Vec<Meaning>,
}

/// What one word means.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meaning {
    value: String,
    /// One or two sentences in English.
    #[serde(rename = "en")]
    pub english: String,
    /// The same in French.
    #[serde(rename = "fr")]
    pub french: String,
    /// Who has to act, where anybody has to.
    #[serde(rename = "who")]
    pub actor: Option<Actor>,
    source: Option<String>,
}

/// A word of Meta's, where it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// What kind it is.
    pub kind: &'static Kind,
    /// As Meta spells it; an unknown one as it was sent (not cleaned for a terminal).
    pub value: CompactString,
    /// What it means; nothing where this version does not know it.
    pub meaning: Option<&'static Meaning>,
}

impl Word {
    /// The page it rests on, by tag.
    pub fn source(&self) -> &'static str {
        self.meaning.and_then(|meaning| meaning.source.as_deref()).unwrap_or(&self.kind.source)
    }
}

impl Kind {
    fn word(&'static self, value: &str) -> Word {
        let meaning = self.words.iter().find(|meaning| meaning.value.eq_ignore_ascii_case(value));
        let value = meaning.map_or(value, |meaning| meaning.value.as_str());
        Word { kind: self, value: value.into(), meaning }
    }
}

/// The word at this place of an answer: `parent` is the key of the object that `key` stands in, for what a webhook tells the
/// webhook's field. `None` where the place is not one of the catalogue's, or one of several and the word not known.
pub fn at(parent: &str, key: &str, value: &str) -> Option<Word> {
    let inside = |place: &str| place.split_once('/').is_some_and(|(above, own)| above == parent && own == key);
    let kinds = || CATALOGUE.iter().filter(|kind| kind.at.iter().any(|place| inside(place)));
    if let Some(kind) = kinds().next() {
        return Some(kind.word(value));
    }
    let word = CATALOGUE.iter().find(|kind| kind.at.iter().any(|place| place == key)).map(|kind| kind.word(value));
    // Many things have a category.
    word.filter(|word| word.meaning.is_some() || key != "category")
}

/// Every word that is spelled like this, whatever kind it is.
pub fn named(value: &str) -> Vec<Word> {
    CATALOGUE.iter().map(|kind| kind.word(value)).filter(|word| word.meaning.is_some()).collect()
}

fn parse(source: &str) -> Result<Vec<Kind>, String> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        kind: Vec<Kind>,
    }
    let file: File = toml::from_str(source).map_err(|error| error.to_string())?;
    for kind in &file.kind {
        for (index, meaning) in kind.words.iter().enumerate() {
            if kind.words.iter().skip(index + 1).any(|other| other.value.eq_ignore_ascii_case(&meaning.value)) {
                return Err(format!("{} stands twice among {}", meaning.value, kind.id));
            }
        }
    }
    Ok(file.kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogue_reads_and_every_word_has_a_sentence_in_both_languages() {
        let kinds = parse(SOURCE).unwrap();
        for kind in &kinds {
            assert!(!kind.at.is_empty() && !kind.words.is_empty() && !kind.source.is_empty(), "{}", kind.id);
            for meaning in &kind.words {
                assert!(meaning.english.ends_with('.') && meaning.french.ends_with('.'), "{}", meaning.value);
                assert_ne!(meaning.english, meaning.french, "{}", meaning.value);
            }
        }
        let twice = SOURCE.replacen("\"SECOND_PAUSE\"", "\"first_pause\"", 1);
        assert!(parse(&twice).is_err());
    }

    #[test]
    fn the_same_key_means_what_the_object_around_it_is_about() {
        let kind = |parent, key, value| at(parent, key, value).map(|word| word.kind.id.as_str());
        assert_eq!(kind("pricing", "category", "marketing_lite"), Some("price"));
        assert_eq!(kind("message_templates", "category", "MARKETING"), Some("category"));
        assert_eq!(kind("account_update", "event", "DISABLED_UPDATE"), Some("account-event"));
        assert_eq!(kind("phone_number_quality_update", "event", "FLAGGED"), Some("number-event"));
        assert_eq!(kind("", "event", "anything"), None);
    }

    #[test]
    fn a_word_is_found_by_itself_without_regard_to_case_and_an_unknown_one_is_kept() {
        assert_eq!(named("first_pause").first().map(|word| word.value.as_str()), Some("FIRST_PAUSE"));
        assert!(named("Good morning").is_empty());
        let new = at("account_update", "event", "BRAND_NEW").unwrap();
        assert_eq!((new.value.as_str(), new.meaning), ("BRAND_NEW", None));
    }
}
