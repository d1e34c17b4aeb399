//! Drafts as files: one each in a private directory, replaced as a whole or not at all, so that a crash leaves the last one.
//! The same text is what people hand on to each other, so reading distrusts it: size, names and every string are checked,
//! and nothing in a file can send, open or overwrite anything.

mod free;

use std::{
    collections::BTreeMap,
    io::{Read, Write},
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use self::free::FileMessage;
use crate::{
    domain::{
        PhoneNumberId, WabaId,
        delivery::{DeliveryChoice, ProductPolicy},
        message::{Content, Draft, TemplateKey},
        variable::{Values, VariableId},
    },
    paths, text,
};

/// Largest file that is read, in bytes.
const LARGEST: u64 = 256 * 1024;
/// Most drafts that are kept for a profile.
const MOST: usize = 20;
/// Most values and most recipients of a draft.
const MOST_ENTRIES: usize = 200;
/// Longest value, name or recipient, in characters.
const LONGEST: usize = 4_096;
/// The version of the format; a newer one is refused.
const VERSION: u32 = 2;
/// The version in which messages with a template are written: whoever knows only these can read them still.
const TEMPLATE_VERSION: u32 = 1;

/// A draft that is kept or handed on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptDraft {
    /// Names it among the drafts of its profile.
    pub id: String,
    /// When it was saved.
    pub saved: Timestamp,
    /// The account's name when it was saved, for people.
    pub account_name: String,
    /// The draft.
    pub draft: Draft,
}

/// Why a draft cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum DraftError {
    /// The file cannot be read or written.
    #[error("The draft in {} cannot be used ({reason}). Check the path and who may read and write there.", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// Something stands there already.
    #[error("{} exists already and is not overwritten. Choose another name.", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// The text is no draft.
    #[error("This is no wabadeck draft ({reason}). Export one from the composer to see what it looks like.")]
    NotADraft {
        /// What was expected.
        reason: String,
    },
    /// A newer wabadeck made it.
    #[error("This draft was made by a newer wabadeck (format {version}). Update wabadeck to read it.")]
    Newer {
        /// Its format.
        version: u32,
    },
}

#[derive(Serialize, Deserialize)]
struct File {
    wabadeck_draft: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    saved: Option<String>,
    account: Named,
    #[serde(default)]
    number: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    template: Option<FileTemplate>,
    /// A message without a template.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    message: Option<FileMessage>,
    #[serde(default)]
    values: BTreeMap<String, String>,
    #[serde(default)]
    delivery: FileDelivery,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    recipients: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct Named {
    id: String,
    #[serde(default)]
    name: String,
}

#[derive(Serialize, Deserialize)]
struct FileTemplate {
    name: String,
    language: String,
}

#[derive(Serialize, Deserialize, Default)]
struct FileDelivery {
    /// Checked or unchecked by hand; left out while it stands as the account has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    optimized: Option<bool>,
    #[serde(default)]
    never_fall_back: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    activity_sharing: Option<bool>,
}

impl KeptDraft {
    /// The draft as text; recipients only where asked for: their numbers are nobody else's business. `None` while it says
    /// nothing.
    pub fn to_text(&self, with_recipients: bool) -> Option<String> {
        let (version, template, message) = match &self.draft.content {
            Content::Template(key) => {
                let template = FileTemplate { name: key.name.to_string(), language: key.language.to_string() };
                (TEMPLATE_VERSION, Some(template), None)
            }
            Content::FreeForm(message) => (VERSION, None, Some(FileMessage::of(message))),
            Content::Nothing => return None,
        };
        let file = File {
            wabadeck_draft: version,
            saved: Some(self.saved.to_string()),
            account: Named { id: self.draft.account.to_string(), name: self.account_name.clone() },
            number: self.draft.number.to_string(),
            template,
            message,
            values: self.draft.values.iter().map(|(id, value)| (id.to_string(), value.clone())).collect(),
            delivery: FileDelivery {
                optimized: self.draft.choice.checked,
                never_fall_back: self.draft.choice.policy == ProductPolicy::Strict,
                activity_sharing: self.draft.choice.activity_sharing,
            },
            recipients: if with_recipients { self.draft.recipients.clone() } else { Vec::new() },
        };
        serde_json::to_string_pretty(&file).ok().map(|text| text + "\n")
    }

    /// Reads a draft from text that anybody may have written.
    ///
    /// # Errors
    /// What keeps it from being a draft.
    pub fn from_text(id: &str, source: &str) -> Result<Self, DraftError> {
        let no_draft = |reason: &str| DraftError::NotADraft { reason: reason.to_owned() };
        let value: serde_json::Value = serde_json::from_str(source).map_err(|error| no_draft(&error.to_string()))?;
        let version = value.get("wabadeck_draft").and_then(serde_json::Value::as_u64);
        match version.and_then(|version| u32::try_from(version).ok()) {
            None | Some(0) => return Err(no_draft("it has no wabadeck_draft: 1")),
            Some(version) if version > VERSION => return Err(DraftError::Newer { version }),
            Some(_) => {}
        }
        let file: File = serde_json::from_value(value).map_err(|error| no_draft(&text::clean(&error.to_string())))?;
        if file.values.len() > MOST_ENTRIES || file.recipients.len() > MOST_ENTRIES {
            return Err(no_draft("it has more than 200 values or recipients"));
        }
        let content = match (file.template, file.message) {
            (Some(template), _) => {
                Content::Template(TemplateKey { name: clean(&template.name).into(), language: clean(&template.language).into() })
            }
            (None, Some(message)) => Content::FreeForm(message.into_message()),
            (None, None) => return Err(no_draft("it has neither a template nor a message")),
        };
        let values: Values = file
            .values
            .iter()
            // What names no place of any template is left out: there is nothing to do with it.
            .filter_map(|(name, value)| Some((name.parse::<VariableId>().ok()?, clean(value))))
            .collect();
        let policy = if file.delivery.never_fall_back { ProductPolicy::Strict } else { ProductPolicy::CloudApiFallback };
        Ok(Self {
            id: id.to_owned(),
            saved: file.saved.and_then(|saved| saved.parse().ok()).unwrap_or_default(),
            account_name: clean(&file.account.name),
            draft: Draft {
                account: WabaId::new(clean(&file.account.id)),
                number: PhoneNumberId::new(clean(&file.number)),
                content,
                recipients: file.recipients.iter().map(|recipient| clean(recipient)).collect(),
                values,
                choice: DeliveryChoice {
                    checked: file.delivery.optimized,
                    policy,
                    activity_sharing: file.delivery.activity_sharing,
                },
            },
        })
    }

    /// Reads a draft from a file that anybody may have written.
    ///
    /// # Errors
    /// A file that cannot be read, or holds no draft.
    pub fn read(path: &Path) -> Result<Self, DraftError> {
        let failed = |error: std::io::Error| DraftError::File { path: path.to_path_buf(), reason: error.to_string() };
        // Before it is opened: a pipe would keep whoever opens it waiting.
        if !std::fs::metadata(path).map_err(failed)?.is_file() {
            return Err(DraftError::NotADraft { reason: "it is no ordinary file".to_owned() });
        }
        let mut source = Vec::new();
        std::fs::File::open(path).map_err(failed)?.take(LARGEST + 1).read_to_end(&mut source).map_err(failed)?;
        if source.len() as u64 > LARGEST {
            return Err(DraftError::NotADraft { reason: "it is larger than 256 KiB".to_owned() });
        }
        let source = String::from_utf8(source).map_err(|_| DraftError::NotADraft { reason: "it is not UTF-8".to_owned() })?;
        let id = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        Self::from_text(&id, &source)
    }

    /// Writes the draft where nothing stands yet.
    ///
    /// # Errors
    /// A file that exists or cannot be written.
    pub fn write_new(&self, path: &Path, with_recipients: bool) -> Result<(), DraftError> {
        let reason = "nothing is written yet".to_owned();
        let text = self.to_text(with_recipients).ok_or(DraftError::NotADraft { reason })?;
        let opened = std::fs::OpenOptions::new().write(true).create_new(true).open(path);
        let written = opened.and_then(|mut file| file.write_all(text.as_bytes()));
        written.map_err(|error| match error.kind() {
            std::io::ErrorKind::AlreadyExists => DraftError::Exists { path: path.to_path_buf() },
            _ => DraftError::File { path: path.to_path_buf(), reason: error.to_string() },
        })
    }
}

/// Text from a file, for a field: no control characters, not endless.
fn clean(value: &str) -> String {
    text::clean(value).chars().take(LONGEST).collect()
}

/// The drafts of one profile, in a directory of their own.
#[derive(Debug, Clone)]
pub struct Shelf {
    directory: PathBuf,
}

impl Shelf {
    /// The drafts in this directory. Nothing is made yet.
    pub fn new(directory: PathBuf) -> Self {
        Self { directory }
    }

    /// Keeps a draft in the place of an older one of its id, as a whole or not at all; the oldest ones beyond 20 go.
    ///
    /// # Errors
    /// A directory that cannot be written.
    pub fn keep(&self, draft: &KeptDraft) -> Result<(), DraftError> {
        let path = self.path(&draft.id);
        let Some(text) = draft.to_text(true) else { return Ok(()) };
        let written = || -> std::io::Result<()> {
            let half = self.directory.join(format!(".{}.{}", draft.id, std::process::id()));
            let _ = std::fs::remove_file(&half);
            let mut file = paths::open_private(&half)?;
            file.write_all(text.as_bytes())?;
            file.sync_all()?;
            std::fs::rename(&half, &path)
        };
        written().map_err(|error| DraftError::File { path: path.clone(), reason: error.to_string() })?;
        for old in self.list().into_iter().skip(MOST) {
            self.forget(&old.id);
        }
        Ok(())
    }

    /// All drafts, the newest first. What is no draft is passed over.
    pub fn list(&self) -> Vec<KeptDraft> {
        let Ok(entries) = std::fs::read_dir(&self.directory) else { return Vec::new() };
        let paths = entries.flatten().map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|end| end == "json"));
        let mut drafts: Vec<KeptDraft> = paths.filter_map(|path| KeptDraft::read(&path).ok()).collect();
        drafts.sort_by(|one, other| other.saved.cmp(&one.saved).then_with(|| other.id.cmp(&one.id)));
        drafts
    }

    /// Forgets a draft.
    pub fn forget(&self, id: &str) {
        if let Err(error) = std::fs::remove_file(self.path(id)) {
            tracing::debug!(%error, "A draft could not be forgotten");
        }
    }

    /// Ids are made here, but a file of that name may have been put there by hand.
    fn path(&self, id: &str) -> PathBuf {
        let name: String = id.chars().filter(|character| character.is_ascii_alphanumeric() || *character == '-').collect();
        self.directory.join(format!("{name}.json"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{free_form::FreeForm, variable::Part};

    fn body(name: &str) -> VariableId {
        VariableId { card: None, part: Part::Body(name.into()) }
    }

    fn draft(id: &str, seconds: i64) -> KeptDraft {
        KeptDraft {
            id: id.to_owned(),
            saved: Timestamp::from_second(1_790_000_000 + seconds).unwrap(),
            account_name: "Bergblick".to_owned(),
            draft: Draft {
                account: "101".into(),
                number: "7101".into(),
                content: Content::Template(TemplateKey { name: "offer".into(), language: "en_US".into() }),
                recipients: vec!["+49 171 2345678".to_owned()],
                values: [(body("1"), "Ana".to_owned())].into_iter().collect(),
                choice: DeliveryChoice { checked: Some(true), policy: ProductPolicy::Strict, activity_sharing: Some(false) },
            },
        }
    }

    #[test]
    fn a_draft_survives_as_it_was_and_numbers_are_handed_on_only_where_asked() {
        let whole = draft("1", 0);
        assert_eq!(KeptDraft::from_text("1", &whole.to_text(true).unwrap()).unwrap(), whole);
        let shared = whole.to_text(false).unwrap();
        assert!(!shared.contains("171") && !shared.contains("recipients"), "{shared}");
        assert_eq!(KeptDraft::from_text("1", &shared).unwrap().draft.recipients, Vec::<String>::new());
    }

    #[test]
    fn a_message_without_a_template_survives_as_well_and_older_programs_are_told_that_it_is_new() {
        let message = FreeForm::Text("Hello\nthere".to_owned());
        let mut whole = draft("1", 0);
        whole.draft = Draft { content: Content::FreeForm(message), values: Values::new(), ..whole.draft };
        let text = whole.to_text(true).unwrap();
        assert!(text.contains("\"wabadeck_draft\": 2"), "{text}");
        assert_eq!(KeptDraft::from_text("1", &text).unwrap(), whole);
        assert!(draft("1", 0).to_text(true).unwrap().contains("\"wabadeck_draft\": 1"));
    }

    #[test]
    fn a_kept_draft_takes_the_place_of_its_older_self_and_the_oldest_go() {
        let directory = tempfile::tempdir().unwrap();
        let shelf = Shelf::new(directory.path().join("drafts/p"));
        assert_eq!(shelf.list(), []);
        for second in 0..25 {
            shelf.keep(&draft(&format!("d{second}"), second)).unwrap();
        }
        shelf.keep(&KeptDraft { account_name: "New".to_owned(), ..draft("d24", 30) }).unwrap();
        let kept = shelf.list();
        assert_eq!(kept.len(), MOST);
        assert_eq!((kept[0].id.as_str(), kept[0].account_name.as_str()), ("d24", "New"));
        assert_eq!(kept.last().unwrap().id, "d5");
        let halves = std::fs::read_dir(directory.path().join("drafts/p")).unwrap().count();
        assert_eq!(halves, MOST, "nothing half is left behind");
    }

    #[test]
    fn hostile_files_do_no_harm() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("x.json");
        let deep = "[".repeat(100_000);
        let many = format!(
            r#"{{"wabadeck_draft":1,"account":{{"id":"1"}},"template":{{"name":"a","language":"b"}},"recipients":[{}"1"]}}"#,
            r#""1","#.repeat(300)
        );
        for source in
            ["", "null", "{}", "[1]", r#"{"wabadeck_draft":1}"#, r#"{"wabadeck_draft":"1"}"#, deep.as_str(), many.as_str()]
        {
            std::fs::write(&path, source).unwrap();
            assert!(matches!(KeptDraft::read(&path), Err(DraftError::NotADraft { .. })), "{source:.40}");
        }
        std::fs::write(&path, r#"{"wabadeck_draft":3}"#).unwrap();
        assert!(matches!(KeptDraft::read(&path), Err(DraftError::Newer { version: 3 })));
        std::fs::write(&path, r#"{"wabadeck_draft":2,"account":{"id":"1"}}"#).unwrap();
        assert!(KeptDraft::read(&path).unwrap_err().to_string().contains("neither a template nor a message"));
        std::fs::write(&path, vec![b' '; 300 * 1024]).unwrap();
        assert!(KeptDraft::read(&path).unwrap_err().to_string().contains("256 KiB"));
        std::fs::write(&path, [0xFF, 0xFE]).unwrap();
        assert!(KeptDraft::read(&path).unwrap_err().to_string().contains("UTF-8"));
        assert!(KeptDraft::read(directory.path()).unwrap_err().to_string().contains("no ordinary file"));
        let escape = r#"{"wabadeck_draft":1,"account":{"id":"1","name":"a\u001b[31mb\u202ec"},"template":{"name":"../../etc","language":"en"},
            "values":{"body.1":"x\u001b]0;y\u0007","nonsense!":"z"},"delivery":{"policy":"?"},"later":true}"#;
        std::fs::write(&path, escape).unwrap();
        let read = KeptDraft::read(&path).unwrap();
        assert!(!read.account_name.chars().any(|character| character.is_control() || character == '\u{202e}'));
        assert!(!read.draft.values[&body("1")].contains('\u{1b}'));
        assert_eq!(read.draft.values.len(), 1);
        assert_eq!(read.draft.choice, DeliveryChoice::default());
    }

    #[test]
    fn a_file_that_exists_is_not_overwritten() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("mine.json");
        draft("1", 0).write_new(&path, false).unwrap();
        assert!(matches!(draft("2", 0).write_new(&path, true), Err(DraftError::Exists { .. })));
        assert!(!std::fs::read_to_string(&path).unwrap().contains("171"));
    }

    #[cfg(unix)]
    #[test]
    fn kept_drafts_are_for_their_owner_alone() {
        use std::os::unix::fs::PermissionsExt;
        let directory = tempfile::tempdir().unwrap();
        let shelf = Shelf::new(directory.path().to_path_buf());
        shelf.keep(&draft("d1", 0)).unwrap();
        let mode = std::fs::metadata(directory.path().join("d1.json")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
