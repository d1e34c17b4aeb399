//! Errors of the Graph API: what Meta sent, what it means, who must act, and when trying again makes sense.
//!
//! The meaning comes from the catalogue `assets/graph-errors.toml`. Nothing here sends or repeats anything.

mod catalogue;
#[cfg(test)]
mod tests;

use std::time::Duration;

use serde::Deserialize;

use super::health::{EntityKind, HealthError};

pub use catalogue::explain;
use catalogue::explain_with_words;

/// What kind of trouble a code is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ErrorClass {
    /// The token is not accepted.
    Auth,
    /// The token may not do this.
    Permission,
    /// No such object, or not visible to the token.
    NotFound,
    /// The request is wrong as it stands.
    Request,
    /// Too fast or too much.
    RateLimit,
    /// Meta restricted the account or app. Only this class can mean R21.
    Restricted,
    /// Paying does not work.
    Payment,
    /// The business is not verified.
    Verification,
    /// About calls only; messages are not affected.
    Calling,
    /// A step of setting up is missing.
    Setup,
    /// Registering a number.
    Registration,
    /// This recipient cannot be reached.
    Recipient,
    /// This recipient has had enough marketing for now.
    RecipientLimit,
    /// This recipient wants no more.
    OptOut,
    /// Held out by an experiment of Meta's.
    Experiment,
    /// The template's state.
    Template,
    /// Creating or changing templates.
    TemplateManagement,
    /// A template's sync to its ad has not finished.
    Sync,
    /// A setting of the account.
    Configuration,
    /// Template insights.
    Insights,
    /// A flow behind a button.
    Flow,
    /// Passes by itself.
    Transient,
    /// Nothing is wrong: it was done before.
    AlreadyDone,
    /// Not in the catalogue.
    Unknown,
}

/// Who has to do something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Actor {
    /// Whoever runs this program, its token and its messages.
    Us,
    /// An admin of the business.
    Admin,
    /// Meta.
    Meta,
    /// The person the message was for.
    Recipient,
    /// Nobody: it passes by waiting, or nothing can be done.
    Nobody,
}

impl Actor {
    /// Its name for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Us => "us",
            Self::Admin => "admin",
            Self::Meta => "meta",
            Self::Recipient => "recipient",
            Self::Nobody => "nobody",
        }
    }
}

/// When trying again makes sense.
///
/// This is about reading and about sends that Meta **refused**. A send whose outcome is unknown is never repeated (R37).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// Never.
    Never,
    /// After somebody has changed something.
    AfterChange,
    /// Once, after this long at the least.
    After(Duration),
    /// With growing pauses, or after the time that Meta names.
    Backoff {
        /// First pause.
        first: Duration,
        /// Longest pause.
        cap: Duration,
    },
}

/// How sure an explanation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// The code itself is in the catalogue.
    Known,
    /// Only its family is; what the single code means is not known.
    Family,
    /// Nothing is known.
    Unknown,
}

/// What a code means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explanation {
    /// What kind of trouble.
    pub class: ErrorClass,
    /// Short English name.
    pub name: &'static str,
    /// One plain sentence in English: what is the case and what to do.
    pub english: &'static str,
    /// The same in French.
    pub french: &'static str,
    /// Who has to act.
    pub actor: Actor,
    /// When trying again makes sense.
    pub retry: Retry,
    /// The page it rests on, by tag; the tags are listed at the top of `assets/graph-errors.toml`.
    pub source: &'static str,
    /// How sure this is.
    pub certainty: Certainty,
}

/// An error as the Graph API sent it. Nothing in it has been cleaned for a terminal.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ApiError {
    /// `code`, the only field to branch on.
    pub code: i64,
    /// `error_subcode`.
    pub subcode: Option<i64>,
    /// `type`; nearly always `OAuthException`, whatever the error.
    pub kind: String,
    /// `message`.
    pub message: String,
    /// `error_user_title`.
    pub user_title: Option<String>,
    /// `error_user_msg`: localised, the best text for template errors.
    pub user_message: Option<String>,
    /// `error_data.details`, or `error_data` where that is a string.
    pub details: Option<String>,
    /// `fbtrace_id`: what Meta's support asks for.
    pub fbtrace_id: Option<String>,
    /// `is_transient`.
    pub transient: bool,
    /// HTTP status of the answer, where there was one.
    pub http_status: Option<u16>,
}

impl ApiError {
    /// What it means, from code, subcode and (where one code means several things) Meta's words.
    pub fn explanation(&self) -> Explanation {
        let explanation = explain_with_words(self.code, self.subcode, &[&self.message, self.details()]);
        let says_transient = self.transient || self.http_status.is_some_and(|status| status >= 500);
        // An answer without a code reads as code 0, which is also Meta's code for a refused token.
        let says_nothing = explanation.class == ErrorClass::Unknown || self.code == 0;
        if says_nothing && says_transient {
            // Said as for a service that is not available, but it is not known to be that.
            let unavailable = explain(2, None);
            return Explanation { name: explanation.name, certainty: Certainty::Family, ..unavailable };
        }
        explanation
    }

    /// What kind of trouble it is.
    pub fn class(&self) -> ErrorClass {
        self.explanation().class
    }

    /// When trying again makes sense. Never an invitation to repeat a send whose outcome is unknown (R37).
    pub fn retry(&self) -> Retry {
        self.explanation().retry
    }

    /// `details`, empty where there are none.
    fn details(&self) -> &str {
        self.details.as_deref().unwrap_or_default()
    }

    /// The most telling of the texts that Meta sent: for people, then details, then the bare message.
    pub fn meta_words(&self) -> &str {
        [self.user_message.as_deref(), self.details.as_deref(), Some(self.message.as_str())]
            .into_iter()
            .flatten()
            .find(|text| !text.trim().is_empty())
            .unwrap_or_default()
    }

    /// The field that this API version does not know, when that is what a code 100 complains about.
    pub fn unknown_field(&self) -> Option<&str> {
        let message = &self.message;
        let found = message.to_ascii_lowercase().find("nonexisting field")?;
        let rest = message.get(found..)?;
        let (_, rest) = rest.split_once('(')?;
        let (field, _) = rest.split_once(')')?;
        (self.code == 100 && !field.is_empty()).then_some(field)
    }
}

impl std::fmt::Display for ApiError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Meta answered error {}", self.code)?;
        if let Some(subcode) = self.subcode {
            write!(formatter, "/{subcode}")?;
        }
        let words = crate::text::clean(self.meta_words());
        if !words.is_empty() {
            write!(formatter, " ({words})")?;
        }
        write!(formatter, ": {}", self.explanation().english)
    }
}

impl std::error::Error for ApiError {}

impl HealthError {
    /// What kind of trouble a health error is.
    ///
    /// Codes in the catalogue say it themselves. For other codes the entity and Meta's words are read for payment,
    /// verification and calls, and for nothing else: **restricted is never guessed**, because the banner that
    /// follows from it cannot be dismissed and stops the upgrade (R21, R22). What is not understood stays
    /// [`ErrorClass::Unknown`]; the entity is still shown as blocked, with Meta's words.
    pub fn class(&self, entity: &EntityKind) -> ErrorClass {
        let explanation = explain(self.code, None);
        if explanation.class != ErrorClass::Unknown {
            return explanation.class;
        }
        if *entity == EntityKind::MessageTemplate {
            return ErrorClass::Template;
        }
        let words = format!("{} {}", self.description, self.solution).to_lowercase();
        let says = |parts: &[&str]| parts.iter().any(|part| words.contains(part));
        if says(&["payment", "billing", "credit line", "funding"]) {
            ErrorClass::Payment
        } else if says(&["business verification", "not verified", "verify your business", "unverified"]) {
            ErrorClass::Verification
        } else if says(&["sip ", "calling", "voice call"]) {
            ErrorClass::Calling
        } else {
            ErrorClass::Unknown
        }
    }
}
