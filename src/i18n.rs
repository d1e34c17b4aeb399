//! The texts people read, in English and French, from `assets/locales/*.ftl` (Fluent).
//!
//! Nothing else in the program holds a sentence for a screen. A text that is missing in French falls back to English; one
//! that is missing altogether shows its own id, and a test makes sure that this happens nowhere.

use std::{
    borrow::Cow,
    ops::Range,
    sync::{PoisonError, RwLock},
};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};

/// The languages that wabadeck speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// English.
    English,
    /// French.
    French,
}

impl Language {
    /// Both, English first.
    pub const ALL: [Self; 2] = [Self::English, Self::French];

    /// The two-letter code, as `--lang` takes it.
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::French => "fr",
        }
    }

    /// Reads a language tag or locale (`fr`, `fr_CA.UTF-8`, `en-GB`). `None` for a language that wabadeck does not speak.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_', '.']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|language| primary.eq_ignore_ascii_case(language.code()))
    }

    /// What was asked for, else the system's locale, else English.
    pub fn detect(asked: Option<&str>) -> Self {
        asked
            .and_then(Self::from_tag)
            .or_else(|| sys_locale::get_locale().and_then(|tag| Self::from_tag(&tag)))
            .unwrap_or(Self::English)
    }

    fn source(self) -> &'static str {
        match self {
            Self::English => include_str!("../assets/locales/en.ftl"),
            Self::French => include_str!("../assets/locales/fr.ftl"),
        }
    }
}

/// An argument of a text: `("count", 3.into())`.
pub type Argument<'a> = (&'a str, FluentValue<'a>);

/// All texts of one language.
pub struct Texts {
    language: Language,
    /// In the language itself, then in English, where that is another one.
    catalogues: Vec<Catalogue>,
}

impl std::fmt::Debug for Texts {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Texts({})", self.language.code())
    }
}

impl Texts {
    /// Takes the embedded texts of a language.
    pub fn new(language: Language) -> Self {
        let mut languages = vec![language, Language::English];
        languages.dedup();
        Self { language, catalogues: languages.into_iter().map(Catalogue::new).collect() }
    }

    /// The language they are in.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The text with this id.
    pub fn get<'a>(&'a self, id: &'a str) -> Cow<'a, str> {
        self.format(id, None)
    }

    /// The text with this id, its placeables filled.
    pub fn with<'a>(&'a self, id: &'a str, arguments: &[Argument<'a>]) -> String {
        let arguments: FluentArgs<'a> = arguments.iter().cloned().collect();
        self.format(id, Some(&arguments)).into_owned()
    }

    /// Whether this language has the text itself, without falling back.
    pub fn has(&self, id: &str) -> bool {
        self.catalogues.first().is_some_and(|catalogue| catalogue.place(id).is_some())
    }

    fn format<'a>(&'a self, id: &'a str, arguments: Option<&FluentArgs<'a>>) -> Cow<'a, str> {
        let found = self.catalogues.iter().find_map(|catalogue| catalogue.format(id, arguments));
        found.map_or(Cow::Borrowed(id), Cow::Owned)
    }
}

/// The texts of one language, each parsed when it is first asked for: there are some two thousand, a screen shows a few
/// dozen, and parsed they take ten times the memory of the words.
struct Catalogue {
    source: &'static str,
    /// Where each text stands in the source, in the order of their ids.
    places: Vec<Range<u32>>,
    /// Those that were asked for. No text refers to another one (a test sees to it), so each stands by itself.
    parsed: RwLock<FluentBundle<FluentResource>>,
}

impl Catalogue {
    fn new(language: Language) -> Self {
        let source = language.source();
        let mut places = places(source);
        places.sort_by_key(|place| id_at(source, place));
        let tag: unic_langid::LanguageIdentifier = language.code().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        bundle.set_use_isolating(false);
        Self { source, places, parsed: RwLock::new(bundle) }
    }

    fn place(&self, id: &str) -> Option<&Range<u32>> {
        let found = self.places.binary_search_by(|place| id_at(self.source, place).cmp(id)).ok()?;
        self.places.get(found)
    }

    fn format(&self, id: &str, arguments: Option<&FluentArgs<'_>>) -> Option<String> {
        let bundle = self.parsed.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(text) = formatted(&bundle, id, arguments) {
            return Some(text);
        }
        drop(bundle);
        let text = slice(self.source, self.place(id)?);
        // What could not be parsed is left out by the parser; the tests below see to it that nothing is.
        let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(partial, _)| partial);
        let mut bundle = self.parsed.write().unwrap_or_else(PoisonError::into_inner);
        if !bundle.has_message(id) {
            bundle.add_resource_overriding(resource);
        }
        formatted(&bundle, id, arguments)
    }
}

fn formatted(bundle: &FluentBundle<FluentResource>, id: &str, arguments: Option<&FluentArgs<'_>>) -> Option<String> {
    let pattern = bundle.get_message(id)?.value()?;
    Some(bundle.format_pattern(pattern, arguments, &mut Vec::new()).into_owned())
}

/// Where each text begins and ends: from a line that begins with its id to the next line that is not indented.
fn places(source: &str) -> Vec<Range<u32>> {
    let mut places: Vec<Range<u32>> = Vec::new();
    let (mut is_open, mut end) = (false, 0_u32);
    for line in source.split_inclusive('\n') {
        let begin = end;
        end = end.saturating_add(u32::try_from(line.len()).unwrap_or(u32::MAX));
        let first = line.chars().next().unwrap_or('\n');
        if first.is_ascii_alphabetic() {
            places.push(begin..end);
            is_open = true;
        } else if first.is_whitespace() || first == '}' {
            if let Some(last) = places.last_mut().filter(|_| is_open) {
                last.end = end;
            }
        } else {
            is_open = false;
        }
    }
    places
}

fn slice<'a>(source: &'a str, place: &Range<u32>) -> &'a str {
    source.get(place.start as usize..place.end as usize).unwrap_or_default()
}

fn id_at<'a>(source: &'a str, place: &Range<u32>) -> &'a str {
    slice(source, place).split_once('=').map_or("", |(id, _)| id.trim_end())
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    use super::*;

    #[test]
    fn no_text_stands_twice() {
        for language in Language::ALL {
            let lines = language.source().lines().filter_map(|line| line.split_once(" =").map(|(id, _)| id));
            let mut seen = BTreeSet::new();
            let twice: Vec<&str> =
                lines.filter(|id| !id.is_empty() && !id.contains([' ', '#', '.', '['])).filter(|id| !seen.insert(*id)).collect();
            assert_eq!(twice, Vec::<&str>::new(), "{language:?}");
        }
    }

    #[test]
    fn a_text_parsed_alone_is_what_it_is_among_all_the_others() {
        for language in Language::ALL {
            let texts: String = language.source().split_inclusive('\n').filter(|line| !line.starts_with('#')).collect();
            let whole = FluentResource::try_new(texts).unwrap();
            let catalogue = Catalogue::new(language);
            assert_eq!(catalogue.places.len(), whole.entries().count());
            for entry in whole.entries() {
                let expected = format!("{entry:?}");
                for other in ["Term(", "MessageReference", "TermReference"] {
                    assert!(!expected.contains(other), "a text that stands by itself cannot refer to another: {expected}");
                }
                let id = expected.split('"').nth(1).unwrap();
                let alone = slice(catalogue.source, catalogue.place(id).unwrap()).to_owned();
                let alone = FluentResource::try_new(alone).unwrap();
                assert_eq!(alone.get_entry(0).map(|entry| format!("{entry:?}")), Some(expected));
            }
        }
    }

    fn ids(language: Language) -> BTreeSet<String> {
        let lines = language.source().lines();
        lines
            .filter_map(|line| line.split_once(" =").map(|(id, _)| id))
            .filter(|id| !id.contains([' ', '#', '.']))
            .map(str::to_owned)
            .collect()
    }

    #[test]
    fn both_languages_parse_whole_and_have_the_same_texts() {
        for language in Language::ALL {
            assert!(FluentResource::try_new(language.source().to_owned()).is_ok(), "{language:?} has a syntax error");
        }
        let (english, french) = (ids(Language::English), ids(Language::French));
        assert_eq!(english.difference(&french).collect::<Vec<_>>(), Vec::<&String>::new(), "missing in French");
        assert_eq!(french.difference(&english).collect::<Vec<_>>(), Vec::<&String>::new(), "missing in English");
    }

    #[test]
    fn every_text_that_the_source_names_exists() {
        let texts = Texts::new(Language::English);
        let mut missing = BTreeSet::new();
        let mut named = 0;
        let mut look = |source: &str| {
            for call in [".get(\"", ".with(\"", "text_id(\""] {
                for part in source.split(call).skip(1) {
                    let id = part.split('"').next().unwrap_or_default();
                    if id.contains('-')
                        && !id.contains([' ', '/', '_'])
                        && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
                    {
                        named += 1;
                        if !texts.has(id) {
                            missing.insert(id.to_owned());
                        }
                    }
                }
            }
        };
        // Only these show texts; elsewhere `.get("…")` asks for HTTP headers and the like.
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        visit(&root.join("tui"), &mut look);
        visit(&root.join("cli"), &mut look);
        look(&fs::read_to_string(root.join("wording.rs")).unwrap());
        assert!(named > 20, "the scan found only {named} texts: it no longer sees the calls");
        assert_eq!(missing, BTreeSet::new());
    }

    fn visit(folder: &Path, look: &mut impl FnMut(&str)) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                visit(&path, look);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                look(&fs::read_to_string(&path).unwrap());
            }
        }
    }

    #[test]
    fn a_locale_is_read_by_its_language() {
        assert_eq!(Language::from_tag("fr_CA.UTF-8"), Some(Language::French));
        assert_eq!(Language::from_tag("EN-gb"), Some(Language::English));
        assert_eq!(Language::from_tag("C"), None);
    }

    #[test]
    fn the_contract_labels_stand_verbatim_in_both_languages() {
        let english = Texts::new(Language::English);
        let french = Texts::new(Language::French);
        for (id, en, fr) in [
            ("label-optimized-delivery", "optimized delivery", "réception/distribution optimisée"),
            (
                "label-upgrade-section",
                "Optimize your sending with optimized delivery",
                "Optimisez vos envois avec la réception/distribution optimisée",
            ),
            ("label-upgrade-action", "Upgrade setting", "Paramètre de mise à niveau"),
            ("label-accounts-section", "WhatsApp Business Account Management", "Gestion des comptes WhatsApp Business"),
            ("label-tab-compose", "Compose", "Composer"),
            ("label-tab-settings", "Settings", "Paramètres"),
            ("label-tab-preview", "Preview", "Aperçu"),
            ("label-tab-test", "Test", "Test"),
            ("label-delivery-method", "Delivery method", "Méthode de réception/distribution"),
            ("label-optimized-checkbox", "Optimized Delivery (Recommended)", "Livraison optimisée (recommandée)"),
            (
                "label-banner-ineligible",
                "At least one WhatsApp Business Account is restricted by Meta. Accounts must be in good standing to upgrade.",
                "Au moins un compte WhatsApp Business est restreint par Meta. Les comptes doivent être en règle pour pouvoir être mis à jour.",
            ),
            (
                "label-banner-general",
                "Something went wrong during the upgrade. Try again, or contact Support.",
                "Un problème est survenu pendant la mise à niveau. Réessayez ou contactez le service d'assistance.",
            ),
        ] {
            assert_eq!(english.get(id), en);
            assert_eq!(french.get(id), fr);
        }
    }
}
