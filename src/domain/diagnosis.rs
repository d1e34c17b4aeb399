//! Why an account cannot send, or soon may not: everything that is known of it, as a ranked list of findings.
//!
//! A pure function. It says what is the case, whose move it is, what to do, until when, and on what evidence; words are
//! made by `wording`. It never guesses: what is not understood is told as unknown, with Meta's own words beside it.

mod account;
mod announced;
mod cause;
mod failures;
mod health;
mod ladder;
mod numbers;
mod restrictions;
mod step;
mod templates;
#[cfg(test)]
mod tests;
mod token;

use std::cmp::Reverse;

use compact_str::CompactString;
use jiff::{Timestamp, civil::Date, tz::TimeZone};

use super::{
    Account, PhoneNumberId, Template,
    event::{Event, EventKind, same_value},
    graph_error::Actor,
    restriction::Days,
};

pub use cause::Cause;
pub use ladder::Rung;
pub use numbers::fell_from;
pub use step::{Link, Step};
pub use templates::{NextPause, PauseForecast, drift, pause_forecast};

/// What is known of a token.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TokenFacts {
    /// Whether it works; `None` when Meta did not say.
    pub valid: Option<bool>,
    /// When it ends; `None` for never.
    pub expires: Option<Timestamp>,
    /// When its access to user data ends.
    pub data_access_expires: Option<Timestamp>,
    /// Permissions that it lacks, as Meta names them.
    pub lacks: Vec<CompactString>,
}

/// Whose limit of calls something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LimitOf {
    /// The app's.
    App,
    /// The account's, or its portfolio's.
    Account,
}

/// How much of a limit of calls is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UsageFacts {
    /// Whose.
    pub of: LimitOf,
    /// Percent.
    pub percent: u32,
    /// Until when calls rest, while they do.
    pub resting_until: Option<Timestamp>,
}

/// A send that failed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FailureFacts {
    /// When.
    pub at: Timestamp,
    /// Meta's code.
    pub code: Option<i64>,
    /// What was said about it (not cleaned for a terminal).
    pub words: String,
    /// What Meta's support asks for.
    pub fbtrace_id: Option<String>,
    /// The template's name; empty for a message without.
    pub template: String,
    /// To whom; mask it before it is shown.
    pub recipient: String,
}

/// Everything that is known of an account.
#[derive(Debug, Clone)]
pub struct Known<'a> {
    /// The account.
    pub account: &'a Account,
    /// Its templates; `None` while they are not known.
    pub templates: Option<Vec<&'a Template>>,
    /// What the token is; `None` when Meta did not tell.
    pub token: Option<&'a TokenFacts>,
    /// How much of the limits of calls is used.
    pub usage: &'a [UsageFacts],
    /// Sends that failed lately, the newest first.
    pub failures: &'a [FailureFacts],
    /// What changed lately, and whatever was announced longer ago and still holds; the newest first.
    pub events: &'a [Event],
    /// Now.
    pub now: Timestamp,
}

/// How bad a finding is; less is worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something cannot be sent at all.
    Blocking,
    /// Something works in part, or less of it does.
    Limiting,
    /// It will get worse unless something is done.
    Warning,
    /// Worth knowing.
    Notice,
}

impl Severity {
    /// Its name for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Blocking => "blocking",
            Self::Limiting => "limiting",
            Self::Warning => "warning",
            Self::Notice => "notice",
        }
    }
}

/// What a finding is in the way of; less is more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Affects {
    /// Every message.
    Messages,
    /// Everything that a business begins: templates, so marketing, too.
    Templates,
    /// Marketing.
    Marketing,
    /// Only optimized delivery: messages still leave through Cloud API.
    Optimized,
    /// Utility templates.
    Utility,
    /// Answers to customers.
    Answers,
    /// How many people can be written to.
    Limits,
    /// Messages from one number.
    OneNumber,
    /// Messages of some templates.
    SomeTemplates,
    /// Adding numbers.
    AddingNumbers,
    /// What this program can read or do, not what the account can send.
    Calls,
    /// Calls by voice only; messages are not affected.
    Calling,
    /// Nothing yet.
    Nothing,
}

impl Affects {
    /// Its name for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Messages => "messages",
            Self::Templates => "templates",
            Self::Marketing => "marketing",
            Self::Optimized => "optimized_delivery",
            Self::Utility => "utility",
            Self::Answers => "answers",
            Self::Limits => "limits",
            Self::OneNumber => "one_number",
            Self::SomeTemplates => "some_templates",
            Self::AddingNumbers => "adding_numbers",
            Self::Calls => "api_calls",
            Self::Calling => "calling",
            Self::Nothing => "nothing",
        }
    }
}

/// Where a piece of evidence is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EvidenceSource {
    /// An answer of the Graph API.
    Answer,
    /// The health tree in such an answer.
    Health,
    /// What Meta announced by webhook.
    Webhook,
    /// A change that was seen here.
    History,
    /// A send that failed.
    Send,
    /// Usage headers.
    Usage,
    /// What Meta says of the token.
    Token,
}

impl EvidenceSource {
    /// Its name for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Health => "health",
            Self::Webhook => "webhook",
            Self::History => "history",
            Self::Send => "send",
            Self::Usage => "usage",
            Self::Token => "token",
        }
    }
}

/// What a finding rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The field, as Meta names it.
    pub field: CompactString,
    /// Its value, as Meta sent it (not cleaned for a terminal); `null` where Meta sent none.
    pub value: CompactString,
    /// When it was seen.
    pub at: Option<Timestamp>,
    /// Where it is from.
    pub source: EvidenceSource,
}

/// What a finding is about within the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// The account itself, or what stands above it.
    Account,
    /// One of its numbers.
    Number {
        /// Which.
        id: PhoneNumberId,
        /// As Meta formats it.
        display: CompactString,
    },
    /// Some of its templates, as `name/language`; at least one.
    Templates(Vec<CompactString>),
}

/// One thing that is wrong, or may become so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is.
    pub cause: Cause,
    /// What it is about.
    pub subject: Subject,
    /// How bad.
    pub severity: Severity,
    /// What it is in the way of.
    pub affects: Affects,
    /// Whose move it is; `None` when that is not known.
    pub actor: Option<Actor>,
    /// The next step.
    pub step: Step,
    /// Where to take it.
    pub link: Option<Link>,
    /// Since when, as far as it was seen.
    pub since: Option<Timestamp>,
    /// Until when, where Meta named an end or a rule of Meta's gives one.
    pub until: Option<Timestamp>,
    /// Days that Meta's own sentence names, where it told no moment.
    pub days: Days,
    /// What Meta said (not cleaned for a terminal).
    pub meta_words: Option<String>,
    /// What Meta advises (not cleaned for a terminal).
    pub meta_advice: Option<String>,
    /// What it rests on, at least one.
    pub evidence: Vec<Evidence>,
}

impl Finding {
    fn new(cause: Cause, severity: Severity, affects: Affects, actor: Option<Actor>, step: Step) -> Self {
        Self {
            link: step.link(),
            cause,
            subject: Subject::Account,
            severity,
            affects,
            actor,
            step,
            since: None,
            until: None,
            days: Days::default(),
            meta_words: None,
            meta_advice: None,
            evidence: Vec::new(),
        }
    }

    fn about(mut self, subject: Subject) -> Self {
        self.subject = subject;
        self
    }

    fn shown_by(mut self, evidence: Evidence) -> Self {
        self.evidence.push(evidence);
        self
    }

    fn since(mut self, since: Option<Timestamp>) -> Self {
        self.since = since;
        self
    }

    fn until(mut self, until: Option<Timestamp>) -> Self {
        self.until = until;
        self
    }

    fn said(mut self, words: &str, advice: &str) -> Self {
        let some = |text: &str| (!text.trim().is_empty()).then(|| text.to_owned());
        self.meta_words = some(words).or(self.meta_words);
        self.meta_advice = some(advice).or(self.meta_advice);
        self
    }

    /// The last day of it, where Meta's sentence names one that is not over and nothing tells it more exactly.
    pub fn last_day(&self, now: Timestamp) -> Option<Date> {
        self.days.until.filter(|day| self.until.is_none() && *day >= now.to_zoned(TimeZone::UTC).date())
    }

    /// The first code of Meta's among the evidence, for its explanation.
    pub fn code(&self) -> Option<i64> {
        self.evidence.iter().find(|evidence| evidence.field.ends_with("code")).and_then(|evidence| evidence.value.parse().ok())
    }
}

impl Known<'_> {
    /// A field of the account's last answer.
    fn answer(&self, field: &str, value: &str) -> Evidence {
        let value = if value.is_empty() { "null" } else { value };
        Evidence { field: field.into(), value: value.into(), at: self.account.refreshed, source: EvidenceSource::Answer }
    }

    /// Since when a value stands, where its coming was seen.
    fn since(&self, kind: &EventKind, subject: &str, value: &str) -> Option<Timestamp> {
        let latest = self.events.iter().find(|event| event.kind == *kind && event.subject == subject)?;
        latest.after.as_deref().is_some_and(|after| same_value(after, value)).then_some(latest.at)
    }

    /// The latest event of a kind.
    fn latest(&self, kind: &EventKind) -> Option<&Event> {
        self.events.iter().find(|event| event.kind == *kind)
    }
}

/// Everything that is wrong with an account or may become so, the first blocking cause on top.
///
/// Findings are ordered by how bad they are, then by how much they are in the way of, then from the cause to what
/// follows from it. What concerns calls by voice only comes last.
pub fn diagnose(known: &Known<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    token::look(known, &mut found);
    account::look(known, &mut found);
    announced::look(known, &mut found);
    restrictions::look(known, &mut found);
    health::look(known, &mut found);
    numbers::look(known, &mut found);
    templates::look(known, &mut found);
    failures::look(known, &mut found);
    account::look_at_funding(known, &mut found);
    found.sort_by_key(|finding| {
        let about_calls = finding.affects == Affects::Calling;
        (about_calls, finding.severity, finding.affects, finding.cause.rank(), Reverse(finding.evidence.len()))
    });
    found
}
