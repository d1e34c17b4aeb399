//! What changed about accounts: facts that are compared from one look to the next, and the events that the differences are.
//!
//! Facts are spelled as Meta spells them. A fact that is missing from one answer says nothing: fields are left out by
//! Meta for many reasons, so a change is told only where both sides are known.

use compact_str::{CompactString, format_compact};
use jiff::{Timestamp, civil::Date};

use super::{Account, PortfolioId, Template, WabaId, open_enum::open_enum};

mod headline;
#[cfg(test)]
mod tests;

pub use headline::{Headline, Tone, headline};

/// The value of a restriction that is over.
pub const ENDED: &str = "ended";

/// The value of a restriction of which no end is named.
pub const OPEN: &str = "open";

/// The value of a restriction that only a look shows and of which no end is named: it is over once a look shows it no more.
pub const STANDS: &str = "in_force";

open_enum! {
    /// What kind of change an event is.
    EventKind {
        /// The account is seen for the first time.
        Appeared = "account_appeared",
        /// The account is no longer seen.
        Disappeared = "account_disappeared",
        /// `marketing_messages_onboarding_status`.
        Onboarding = "onboarding",
        /// The portfolio's terms of service.
        Terms = "terms",
        /// `account_review_status`.
        Review = "review",
        /// `business_verification_status`.
        Verification = "verification",
        /// `status` of the account.
        Operation = "status",
        /// Who owns the account.
        Ownership = "ownership",
        /// Restrictions that Meta announced.
        Restriction = "restriction",
        /// Disabling and reinstating.
        Disabling = "disabling",
        /// A violation that Meta names.
        Violation = "violation",
        /// Whether messages leave, by the health tree.
        Health = "health",
        /// A number came.
        NumberAdded = "number_added",
        /// A number is gone.
        NumberRemoved = "number_removed",
        /// `status` of a number.
        NumberStatus = "number_status",
        /// `quality_rating` of a number.
        NumberQuality = "number_quality",
        /// Review of a display name.
        NumberName = "number_name",
        /// Throughput of a number.
        Throughput = "throughput",
        /// The portfolio's messaging limit.
        Limit = "limit",
        /// `status` of a template.
        TemplateStatus = "template_status",
        /// Quality of a template.
        TemplateQuality = "template_quality",
        /// Category of a template.
        TemplateCategory = "template_category",
        /// Texts or buttons of a template.
        TemplateContent = "template_content",
        /// The payment method, by its id.
        Payment = "payment",
        /// Partners that come and go, certification, offboarding.
        Partner = "partner",
        /// `account_alerts`.
        Alert = "alert",
        /// What Meta says of capabilities other than the limit.
        Capability = "capability",
        /// Two-step verification of a number.
        Security = "security",
        /// A customer wants marketing, or no longer.
        UserPreference = "user_preference",
        /// A payment configuration for paying within chats.
        PaymentConfiguration = "payment_configuration",
        /// What the WhatsApp Business app passes on when it shares a number.
        BusinessApp = "business_app",
        /// A message failed.
        MessageFailed = "message_failed",
    }
}

impl EventKind {
    /// Whether it is the portfolio's, and each of its accounts repeats it.
    pub fn is_of_portfolio(&self) -> bool {
        matches!(self, Self::Limit | Self::Terms | Self::Verification)
    }

    /// Whether no field of the account tells it, so that it holds until another event takes it back.
    pub fn is_of_webhooks_alone(&self) -> bool {
        matches!(
            self,
            Self::Restriction
                | Self::Disabling
                | Self::Partner
                | Self::Alert
                | Self::Violation
                | Self::Appeared
                | Self::Disappeared
        )
    }

    /// Whether it is about a template: such facts are read apart from the account.
    pub fn is_of_template(&self) -> bool {
        matches!(self, Self::TemplateStatus | Self::TemplateQuality | Self::TemplateCategory)
    }
}

/// By which ways an event is known; several may tell the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sources(u8);

/// One way by which an event is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Two looks at the account differed.
    Refresh,
    /// Meta sent it.
    Webhook,
    /// Somebody did it here.
    User,
}

impl Source {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Refresh, Self::Webhook, Self::User];

    /// Its bit in [`Sources`].
    pub fn bit(self) -> u8 {
        1 << self as u8
    }

    /// Its name in JSON and in the store.
    pub fn name(self) -> &'static str {
        match self {
            Self::Refresh => "refresh",
            Self::Webhook => "webhook",
            Self::User => "user",
        }
    }
}

impl From<Source> for Sources {
    fn from(source: Source) -> Self {
        Self(source.bit())
    }
}

impl Sources {
    /// As bits, for keeping.
    pub fn bits(self) -> u8 {
        self.0
    }

    /// From bits that were kept.
    pub fn from_bits(bits: u8) -> Self {
        Self(bits & 0b111)
    }

    /// Those in the set.
    pub fn iter(self) -> impl Iterator<Item = Source> {
        Source::ALL.into_iter().filter(move |source| self.0 & source.bit() != 0)
    }
}

/// Something that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When: by Meta's clock for webhooks, else when it was seen.
    pub at: Timestamp,
    /// Which account it belongs to.
    pub account: Option<WabaId>,
    /// Which portfolio it belongs to, where that is known.
    pub portfolio: Option<PortfolioId>,
    /// What it is about within the account: a number, a template, a restriction; empty for the account itself.
    pub subject: CompactString,
    /// The kind.
    pub kind: EventKind,
    /// The value before, as Meta spells it, where it was known.
    pub before: Option<CompactString>,
    /// The value now.
    pub after: Option<CompactString>,
    /// What Meta said with it (not cleaned for a terminal).
    pub note: Option<String>,
    /// By which ways it is known.
    pub sources: Sources,
}

/// One value that can change.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Fact {
    /// What it is about within the account, as in [`Event::subject`].
    pub subject: CompactString,
    /// The kind of the event that its change is.
    pub kind: EventKind,
    /// The value, as Meta spells it.
    pub value: CompactString,
}

impl Fact {
    fn of(kind: EventKind, subject: &str, value: &str) -> Option<Self> {
        (!value.is_empty()).then(|| Self { subject: subject.into(), kind, value: value.into() })
    }
}

/// Everything known of an account that can change; what is missing has no fact.
pub fn facts(account: &Account) -> Vec<Fact> {
    let mut facts = Vec::with_capacity(8 + account.numbers.len() * 4);
    let mut note = |kind: EventKind, subject: &str, value: &str| facts.extend(Fact::of(kind, subject, value));
    note(EventKind::Onboarding, "", account.onboarding.as_wire());
    note(EventKind::Review, "", account.review.as_ref().map_or("", |review| review.as_wire()));
    note(EventKind::Verification, "", account.business_verification.as_deref().unwrap_or_default());
    note(EventKind::Operation, "", account.operational_status.as_deref().unwrap_or_default());
    note(EventKind::Ownership, "", account.ownership.as_ref().map_or("", |ownership| ownership.as_wire()));
    if let Some(health) = &account.health {
        note(EventKind::Health, "", health.messaging().as_wire());
    }
    if let Some(portfolio) = &account.portfolio {
        note(EventKind::Terms, "", portfolio.terms.as_wire());
    }
    note(EventKind::Payment, "", account.funding_id.as_deref().unwrap_or_default());
    for restriction in &account.restrictions {
        note(EventKind::Restriction, restriction.kind.as_wire(), &until(restriction.expires));
    }
    let told = account.restriction_in_words();
    if let Some(kind) = told.kind.filter(|kind| account.restrictions.iter().all(|known| known.kind != *kind)) {
        let until = told.days.until.map_or_else(|| STANDS.into(), |day| format_compact!("{day}"));
        note(EventKind::Restriction, kind.as_wire(), &until);
    }
    if let Some(limit) = account.numbers.iter().map(|number| number.limit.as_wire()).find(|limit| !limit.is_empty()) {
        note(EventKind::Limit, "", limit);
    }
    for number in &account.numbers {
        let subject = if number.display.is_empty() { number.id.as_str() } else { number.display.as_str() };
        let subject = number_subject(subject);
        note(EventKind::NumberAdded, &subject, number.id.as_str());
        note(EventKind::NumberStatus, &subject, number.status.as_wire());
        note(EventKind::NumberQuality, &subject, number.quality.as_wire());
        note(EventKind::NumberName, &subject, number.name_status.as_wire());
        note(EventKind::Throughput, &subject, &number.throughput);
    }
    facts
}

/// The changing facts of templates; the subject is name and language, which webhooks tell, too.
pub fn template_facts(templates: &[Template]) -> Vec<Fact> {
    let mut facts = Vec::with_capacity(templates.len() * 3);
    for template in templates {
        let subject = template_subject(&template.name, &template.language);
        facts.extend(Fact::of(EventKind::TemplateStatus, &subject, template.status.as_wire()));
        facts.extend(Fact::of(EventKind::TemplateQuality, &subject, template.quality.as_wire()));
        facts.extend(Fact::of(EventKind::TemplateCategory, &subject, template.category.as_wire()));
    }
    facts
}

/// A restriction's end as a value; [`OPEN`] without one.
pub fn until(expires: Option<Timestamp>) -> CompactString {
    expires.map_or_else(|| OPEN.into(), |end| format_compact!("{end}"))
}

/// Whether a restriction with this end was told by a look alone, so that a look tells of its end as well.
pub fn is_seen_only(until: &str) -> bool {
    until == STANDS || until.parse::<Date>().is_ok()
}

/// Whether a restriction with this end, as [`until`] spells it, is over.
pub fn is_over(until: &str, at: Timestamp) -> bool {
    until == ENDED || until.parse::<Timestamp>().is_ok_and(|end| end <= at)
}

/// The facts of an account as they are at this moment: a restriction whose end has come is over.
pub fn facts_at(account: &Account, at: Timestamp) -> Vec<Fact> {
    let mut facts = facts(account);
    for fact in &mut facts {
        if fact.kind == EventKind::Restriction && is_over(&fact.value, at) {
            fact.value = ENDED.into();
        }
    }
    facts
}

/// A number as a subject: its digits, since Meta formats it on nodes and not in webhooks.
pub fn number_subject(display: &str) -> CompactString {
    let digits: CompactString = display.chars().filter(char::is_ascii_digit).collect();
    if digits.is_empty() { display.into() } else { digits }
}

/// A template as a subject.
pub fn template_subject(name: &str, language: &str) -> CompactString {
    format_compact!("{name}/{language}")
}

/// Whether two spellings are the same value: Meta does not keep to one case, nor to one word for "not rated".
pub fn same_value(left: &str, right: &str) -> bool {
    // What a look shows of a restriction is less exact than what a webhook tells of the same.
    let is_vague = |value: &str, other: &str| {
        let same_day = value.len() == 10 && other.len() > 10 && other.starts_with(value) && value.parse::<Date>().is_ok();
        same_day || (value == STANDS && other != ENDED)
    };
    if is_vague(left, right) || is_vague(right, left) {
        return true;
    }
    let unrated = |value: &str| value.eq_ignore_ascii_case("NA") || value.eq_ignore_ascii_case("UNKNOWN");
    left.eq_ignore_ascii_case(right) || (unrated(left) && unrated(right))
}

/// How a fact that is now `now` differs from what was known of it: the event's kind, or nothing.
///
/// A number that was not known before came (or was there all along, when no number was known); a restriction without
/// a known value before is new, unless it is over. Any other value that was not known before is only learned now, and no change.
pub fn change(known: Option<&str>, now: &Fact, knew_numbers: bool) -> bool {
    match (known, &now.kind) {
        (None, EventKind::NumberAdded) => knew_numbers,
        (None, EventKind::Restriction) => now.value != ENDED,
        (None, _) | (Some(_), EventKind::NumberAdded) => false,
        (Some(known), _) => !same_value(known, &now.value),
    }
}

/// Every difference between two looks at an account, in the order of the facts; then the numbers that are gone.
pub fn differences(before: &Account, after: &Account, at: Timestamp) -> Vec<Event> {
    let (old, new) = (facts(before), facts(after));
    let known = |wanted: &Fact| {
        old.iter().find(|fact| fact.kind == wanted.kind && fact.subject == wanted.subject).map(|fact| fact.value.clone())
    };
    let event = |subject: &CompactString, kind: EventKind| Event {
        at,
        account: Some(after.id.clone()),
        portfolio: after.portfolio.as_ref().map(|portfolio| portfolio.id.clone()),
        subject: subject.clone(),
        kind,
        before: None,
        after: None,
        note: None,
        sources: Source::Refresh.into(),
    };
    let mut events = Vec::new();
    for fact in &new {
        let before_value = known(fact);
        if change(before_value.as_deref(), fact, !before.numbers.is_empty()) {
            let mut told = event(&fact.subject, fact.kind.clone());
            told.before = before_value;
            told.after = Some(fact.value.clone());
            events.push(told);
        }
    }
    // No number at all is an answer that lacks them rather than an account that lost every one.
    if !after.numbers.is_empty() {
        for gone in old.iter().filter(|fact| fact.kind == EventKind::NumberAdded) {
            if !new.iter().any(|fact| fact.kind == EventKind::NumberAdded && fact.subject == gone.subject) {
                events.push(Event { before: Some(gone.value.clone()), ..event(&gone.subject, EventKind::NumberRemoved) });
            }
        }
    }
    events
}
