//! What a code or a status means, whose move it is, whether to try again, and where that is written: the same words on every
//! screen and in `wabadeck explain`.

mod event;

use crate::{
    domain::{
        account::{OnboardingStatus, RestrictionKind, ReviewStatus},
        graph_error::{Actor, ApiError, Certainty, ErrorClass, Explanation, Retry},
        graph_word::{self, Word},
        health::CanSend,
        number::{NameStatus, NumberStatus, Quality},
        template::TemplateStatus,
    },
    i18n::{Language, Texts},
    text,
};

pub use event::of_event;

/// Something that can be explained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Topic {
    /// An error, with whatever Meta sent along.
    Error(Box<ApiError>),
    /// Where an account stands with optimized delivery.
    Onboarding(OnboardingStatus),
    /// A number's status.
    Number(NumberStatus),
    /// A quality rating.
    Quality(Quality),
    /// Whether messages leave.
    CanSend(CanSend),
    /// Meta's review of an account.
    Review(ReviewStatus),
    /// The review of a display name.
    Name(NameStatus),
    /// A template's status.
    Template(TemplateStatus),
    /// A restriction.
    Restriction(RestrictionKind),
    /// A word of an answer or a webhook.
    Word(Word),
}

/// An explanation, ready to be shown; empty texts are left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Explained {
    /// The code or value.
    pub title: String,
    /// What kind of trouble it is.
    pub class: String,
    /// What Meta said.
    pub meta: String,
    /// What it means, in plain sentences.
    pub meaning: String,
    /// How sure that is, where it is not.
    pub doubt: String,
    /// Whose move it is.
    pub who: String,
    /// Whether and when to try again.
    pub retry: String,
    /// Where it is written.
    pub source: String,
    /// Meta's trace id.
    pub trace: String,
}

impl Topic {
    /// A code without anything around it.
    pub fn code(code: i64, subcode: Option<i64>) -> Self {
        Self::Error(Box::new(ApiError { code, subcode, ..ApiError::default() }))
    }

    /// The statuses that are spelled like this on the wire; several enums of Meta's share words.
    pub fn named(value: &str) -> Vec<Self> {
        let value = value.trim().replace('-', "_");
        macro_rules! known {
            ($($topic:ident of $kind:ident),+) => {
                [$(Some($kind::from_wire(&value)).filter($kind::is_known).map(Self::$topic)),+]
            };
        }
        known![
            Onboarding of OnboardingStatus,
            Number of NumberStatus,
            Quality of Quality,
            CanSend of CanSend,
            Review of ReviewStatus,
            Name of NameStatus,
            Template of TemplateStatus,
            Restriction of RestrictionKind
        ]
        .into_iter()
        .flatten()
        .chain(graph_word::named(&value).into_iter().map(Self::Word))
        .collect()
    }

    /// The text that stands for it in a list: its code or value.
    pub fn label(&self, texts: &Texts) -> String {
        match self {
            Self::Error(error) => code_of(error),
            Self::Word(word) => labelled(texts, by_language(texts, &word.kind.english, &word.kind.french), &self.value(texts)),
            other => labelled(texts, &texts.get(&format!("explain-of-{}", other.kind())), &other.value(texts)),
        }
    }

    /// The kind of thing, as ids of texts and programs have it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Error(_) => "code",
            Self::Onboarding(_) => "onboarding",
            Self::Number(_) => "number-status",
            Self::Quality(_) => "quality",
            Self::CanSend(_) => "health",
            Self::Review(_) => "review",
            Self::Name(_) => "name-status",
            Self::Template(_) => "template-status",
            Self::Restriction(_) => "restriction",
            Self::Word(word) => &word.kind.id,
        }
    }

    /// The value as Meta sent it (not cleaned for a terminal); nothing for errors.
    pub fn wire(&self) -> &str {
        match self {
            Self::Error(_) => "",
            Self::Onboarding(value) => value.as_wire(),
            Self::Number(value) => value.as_wire(),
            Self::Quality(value) => value.as_wire(),
            Self::CanSend(value) => value.as_wire(),
            Self::Review(value) => value.as_wire(),
            Self::Name(value) => value.as_wire(),
            Self::Template(value) => value.as_wire(),
            Self::Restriction(value) => value.as_wire(),
            Self::Word(word) => &word.value,
        }
    }

    /// Whether this version knows the value; of errors their certainty says more.
    pub fn is_known(&self) -> bool {
        match self {
            Self::Error(_) => true,
            Self::Onboarding(value) => value.is_known(),
            Self::Number(value) => value.is_known(),
            Self::Quality(value) => value.is_known(),
            Self::CanSend(value) => value.is_known(),
            Self::Review(value) => value.is_known(),
            Self::Name(value) => value.is_known(),
            Self::Template(value) => value.is_known(),
            Self::Restriction(value) => value.is_known(),
            Self::Word(word) => word.meaning.is_some(),
        }
    }

    /// The value as Meta spells it.
    fn value(&self, texts: &Texts) -> String {
        match text::clean(self.wire()) {
            sent if sent.is_empty() => texts.get("health-not-reported").into_owned(),
            sent => sent.into_owned(),
        }
    }

    /// Whose move a status asks for; nothing where it asks for none.
    pub fn actor(&self) -> Option<Actor> {
        match self {
            Self::Error(error) => Some(error.explanation().actor),
            Self::Onboarding(status) => Some(status.next_step().actor()).filter(|actor| *actor != Actor::Nobody),
            Self::Number(status) => match status {
                NumberStatus::Connected | NumberStatus::Linked | NumberStatus::Unknown(_) => None,
                NumberStatus::RateLimited | NumberStatus::Restricted => Some(Actor::Nobody),
                NumberStatus::Banned | NumberStatus::Deleted | NumberStatus::Migrated | NumberStatus::Unlinked => {
                    Some(Actor::Admin)
                }
                NumberStatus::Pending
                | NumberStatus::Flagged
                | NumberStatus::Disconnected
                | NumberStatus::Verified
                | NumberStatus::Unverified => Some(Actor::Us),
            },
            Self::Quality(Quality::Red | Quality::Yellow) => Some(Actor::Us),
            Self::Review(ReviewStatus::Rejected | ReviewStatus::Restricted) => Some(Actor::Admin),
            Self::Review(ReviewStatus::Pending | ReviewStatus::Deferred) => Some(Actor::Meta),
            Self::Name(NameStatus::Declined | NameStatus::Expired) => Some(Actor::Admin),
            Self::Name(NameStatus::PendingReview) => Some(Actor::Meta),
            Self::Template(TemplateStatus::Pending | TemplateStatus::InAppeal | TemplateStatus::PendingDeletion) => {
                Some(Actor::Meta)
            }
            Self::Template(
                TemplateStatus::Paused | TemplateStatus::Rejected | TemplateStatus::Disabled | TemplateStatus::LimitExceeded,
            ) => Some(Actor::Us),
            Self::Restriction(kind) if kind.is_known() => Some(Actor::Admin),
            Self::Word(word) => word.meaning.and_then(|meaning| meaning.actor),
            _ => None,
        }
    }

    /// Where it is written, by the tags of the catalogue.
    pub fn source(&self) -> &'static str {
        match self {
            Self::Error(error) => error.explanation().source,
            Self::Onboarding(OnboardingStatus::Eligible | OnboardingStatus::Onboarded) => "ONB",
            Self::Onboarding(_) => "WABA-REF",
            Self::Number(_) | Self::Name(_) => "PN-REF",
            Self::Quality(_) => "LIM",
            Self::CanSend(_) => "HLTH",
            Self::Review(_) => "ARU",
            Self::Template(_) => "TPL-REF",
            Self::Restriction(_) => "AU",
            Self::Word(word) => word.source(),
        }
    }

    /// The explanation.
    pub fn explain(&self, texts: &Texts) -> Explained {
        match self {
            Self::Error(error) => explain_error(texts, error),
            other => other.explain_status(texts),
        }
    }

    fn explain_status(&self, texts: &Texts) -> Explained {
        let meaning = match self {
            Self::Onboarding(status) => {
                format!("{} {}", super::status_title(texts, status), super::status_meaning(texts, status))
            }
            Self::Word(Word { meaning: Some(meaning), .. }) => by_language(texts, &meaning.english, &meaning.french).to_owned(),
            known if known.is_known() => texts.get(&super::id_of(&format!("explain-{}", self.kind()), self.wire())).into_owned(),
            _ => texts.get("explain-unknown-value").into_owned(),
        };
        Explained {
            title: self.label(texts),
            meaning,
            who: self.actor().map(|actor| texts.get(&actor_id(actor)).into_owned()).unwrap_or_default(),
            source: if self.is_known() { source(texts, self.source()) } else { String::new() },
            ..Explained::default()
        }
    }
}

/// A value with what it is before it, with the colon as the language sets it.
pub fn labelled(texts: &Texts, what: &str, value: &str) -> String {
    texts.with("explain-label", &[("what", what.into()), ("value", value.into())])
}

fn by_language<'a>(texts: &Texts, english: &'a str, french: &'a str) -> &'a str {
    match texts.language() {
        Language::English => english,
        Language::French => french,
    }
}

fn code_of(error: &ApiError) -> String {
    match error.subcode {
        Some(subcode) => format!("{}/{subcode}", error.code),
        None => error.code.to_string(),
    }
}

/// The sentence of an explanation.
pub fn sentence(language: Language, explanation: &Explanation) -> &'static str {
    match language {
        Language::English => explanation.english,
        Language::French => explanation.french,
    }
}

fn explain_error(texts: &Texts, error: &ApiError) -> Explained {
    let explanation = error.explanation();
    // The catalogue has its short names in English only.
    let title = match texts.language() {
        Language::English => format!("{}  {}", code_of(error), explanation.name),
        Language::French => code_of(error),
    };
    let words = text::clean(error.meta_words()).trim().to_owned();
    let some = |id: &str, words: String| if words.is_empty() { words } else { texts.with(id, &[("words", words.into())]) };
    Explained {
        title,
        class: class(texts, explanation.class),
        meta: some("cli-explain-meta", words),
        meaning: sentence(texts.language(), &explanation).to_owned(),
        doubt: match explanation.certainty {
            Certainty::Family => texts.get("cli-explain-family").into_owned(),
            Certainty::Known | Certainty::Unknown => String::new(),
        },
        who: texts.get(&actor_id(explanation.actor)).into_owned(),
        retry: retry_words(texts, explanation.retry),
        source: source(texts, explanation.source),
        trace: error.fbtrace_id.as_deref().map(|trace| format!("fbtrace_id {}", text::clean(trace))).unwrap_or_default(),
    }
}

fn actor_id(actor: Actor) -> String {
    format!("cli-explain-who-{}", actor.name())
}

/// Whether and when to try again.
pub fn retry_words(texts: &Texts, retry: Retry) -> String {
    match retry {
        Retry::Never => texts.get("cli-explain-retry-never").into_owned(),
        Retry::AfterChange => texts.get("cli-explain-retry-change").into_owned(),
        Retry::After(wait) => texts.with("cli-explain-retry-after", &[("wait", duration(texts, wait.as_secs()).into())]),
        Retry::Backoff { first, cap } => {
            let arguments = [("first", duration(texts, first.as_secs()).into()), ("cap", duration(texts, cap.as_secs()).into())];
            texts.with("cli-explain-retry-backoff", &arguments)
        }
    }
}

/// A time in its largest whole unit: 86,400 seconds are a day, 90 stay seconds.
fn duration(texts: &Texts, seconds: u64) -> String {
    let (count, unit) = match seconds {
        seconds if seconds >= 86_400 && seconds % 86_400 == 0 => (seconds / 86_400, "cli-duration-days"),
        seconds if seconds >= 3_600 && seconds % 3_600 == 0 => (seconds / 3_600, "cli-duration-hours"),
        seconds if seconds >= 60 && seconds % 60 == 0 => (seconds / 60, "cli-duration-minutes"),
        seconds => (seconds, "cli-duration-seconds"),
    };
    texts.with(unit, &[("count", count.into())])
}

/// What kind of trouble it is, in a few words.
pub fn class(texts: &Texts, class: ErrorClass) -> String {
    let id = match class {
        ErrorClass::Auth => "error-class-auth",
        ErrorClass::Permission => "error-class-permission",
        ErrorClass::NotFound => "error-class-not-found",
        ErrorClass::Request => "error-class-request",
        ErrorClass::RateLimit => "error-class-rate-limit",
        ErrorClass::Restricted => "error-class-restricted",
        ErrorClass::Payment => "error-class-payment",
        ErrorClass::Verification => "error-class-verification",
        ErrorClass::Calling => "error-class-calling",
        ErrorClass::Setup => "error-class-setup",
        ErrorClass::Registration => "error-class-registration",
        ErrorClass::Recipient => "error-class-recipient",
        ErrorClass::RecipientLimit => "error-class-recipient-limit",
        ErrorClass::OptOut => "error-class-opt-out",
        ErrorClass::Experiment => "error-class-experiment",
        ErrorClass::Template => "error-class-template",
        ErrorClass::TemplateManagement => "error-class-template-management",
        ErrorClass::Sync => "error-class-sync",
        ErrorClass::Configuration => "error-class-configuration",
        ErrorClass::Insights => "error-class-insights",
        ErrorClass::Flow => "error-class-flow",
        ErrorClass::Transient => "error-class-transient",
        ErrorClass::AlreadyDone => "error-class-already-done",
        ErrorClass::Unknown => "error-class-unknown",
    };
    texts.get(id).into_owned()
}

/// The pages behind the tags of a source.
const PAGES: [(&str, &str); 27] = [
    ("ERR", "…/whatsapp/support/error-codes"),
    ("GRAPH-ERR", "developers.facebook.com/docs/graph-api/guides/error-handling"),
    ("BATCH", "developers.facebook.com/docs/graph-api/batch-requests"),
    ("RL", "developers.facebook.com/docs/graph-api/overview/rate-limiting"),
    ("HLTH", "…/whatsapp/support/health-status"),
    ("SEND", "…/whatsapp/marketing-messages/send-marketing-messages"),
    ("ONB", "…/whatsapp/marketing-messages/onboarding"),
    ("OBC", "…/whatsapp/marketing-messages/onboard-business-customers"),
    ("GS", "…/whatsapp/marketing-messages/get-started"),
    ("MAXP", "…/whatsapp/marketing-messages/pricing"),
    ("CHG", "…/whatsapp/marketing-messages/changelog"),
    ("PUL", "…/whatsapp/templates/marketing-templates/per-user-limits"),
    ("LTO", "…/whatsapp/templates/marketing-templates/limited-time-offer-templates"),
    ("ANA", "…/whatsapp/analytics"),
    ("THR", "…/whatsapp/throughput"),
    ("LIM", "…/whatsapp/messaging-limits"),
    ("AU", "…/whatsapp/webhooks/reference/account_update"),
    ("AA", "…/whatsapp/webhooks/reference/account_alerts"),
    ("ARU", "…/whatsapp/webhooks/reference/account_review_update"),
    ("PNQ", "…/whatsapp/webhooks/reference/phone_number_quality_update"),
    ("BCU", "…/whatsapp/webhooks/reference/business_capability_update"),
    ("TSU", "…/whatsapp/webhooks/reference/message_template_status_update"),
    ("STAT", "…/whatsapp/webhooks/reference/messages/status"),
    ("UP", "…/whatsapp/webhooks/reference/user_preferences"),
    ("ES-IMPL", "…/whatsapp/embedded-signup/implementation"),
    ("TPL-REF", "…/whatsapp/reference/whatsapp-business-account/message-template-api"),
    ("PN-REF", "…/whatsapp/reference/whatsapp-business-phone-number/whatsapp-business-account-phone-number-api"),
];

/// Where it is written: Meta's pages by their addresses, or that it was only observed or concluded.
fn source(texts: &Texts, tags: &str) -> String {
    let pages: Vec<String> = tags
        .split(',')
        .map(str::trim)
        .filter(|tag| !tag.is_empty())
        .map(|tag| match (PAGES.iter().find(|(known, _)| *known == tag), tag) {
            (Some((_, page)), _) => (*page).to_owned(),
            (None, "observed") => texts.get("explain-source-observed").into_owned(),
            (None, "inferred") => texts.get("explain-source-inferred").into_owned(),
            (None, "OAS") => texts.get("explain-source-oas").into_owned(),
            (None, "WABA-REF") => texts.get("explain-source-waba").into_owned(),
            (None, other) => other.to_owned(),
        })
        .collect();
    if pages.is_empty() { String::new() } else { texts.with("explain-source", &[("pages", pages.join(", ").into())]) }
}

impl Explained {
    /// Everything in it, line by line, for the clipboard and for readers of plain text.
    pub fn lines(&self) -> Vec<&str> {
        [&self.title, &self.class, &self.meta, &self.meaning, &self.doubt, &self.who, &self.retry, &self.source, &self.trace]
            .into_iter()
            .map(String::as_str)
            .filter(|line| !line.is_empty())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every_status() -> Vec<Topic> {
        let mut topics: Vec<Topic> = OnboardingStatus::KNOWN.iter().cloned().map(Topic::Onboarding).collect();
        topics.extend(NumberStatus::KNOWN.iter().cloned().map(Topic::Number));
        topics.extend(Quality::KNOWN.iter().cloned().map(Topic::Quality));
        topics.extend(CanSend::KNOWN.iter().cloned().map(Topic::CanSend));
        topics.extend(ReviewStatus::KNOWN.iter().cloned().map(Topic::Review));
        topics.extend(NameStatus::KNOWN.iter().cloned().map(Topic::Name));
        topics.extend(TemplateStatus::KNOWN.iter().cloned().map(Topic::Template));
        topics.extend(RestrictionKind::KNOWN.iter().cloned().map(Topic::Restriction));
        topics
    }

    #[test]
    fn every_status_is_explained_in_both_languages() {
        for language in Language::ALL {
            let texts = Texts::new(language);
            for topic in every_status() {
                let explained = topic.explain(&texts);
                assert!(explained.meaning.contains(' '), "{language:?} {topic:?}: {}", explained.meaning);
                assert!(!explained.source.is_empty(), "{topic:?}");
                assert_eq!(Topic::named(topic.wire()).iter().filter(|named| **named == topic).count(), 1, "{topic:?}");
            }
        }
    }

    #[test]
    fn a_code_is_explained_with_class_actor_retry_and_source() {
        let texts = Texts::new(Language::English);
        let explained = Topic::code(131_049, None).explain(&texts);
        for part in [&explained.class, &explained.meaning, &explained.who, &explained.retry, &explained.source] {
            assert!(!part.is_empty(), "{explained:?}");
        }
        assert!(explained.source.contains("error-codes"), "{}", explained.source);
    }

    #[test]
    fn a_value_that_is_not_known_is_said_to_be_unknown_and_stays_harmless() {
        let texts = Texts::new(Language::English);
        let explained = Topic::Number(NumberStatus::from_wire("ON_\u{1b}[31mHOLD")).explain(&texts);
        assert!(explained.title.contains("ON_HOLD") && explained.who.is_empty(), "{explained:?}");
    }
}
