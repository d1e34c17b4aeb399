//! The checks before a message is sent, one finding each: good, wants care, or stands in the way, so that each can be shown
//! as one line with its remedy. Pure; what refuses comes from the [`forecast`] and from nowhere else, so that the two never
//! contradict each other.

#[cfg(test)]
mod tests;

use std::cmp::Reverse;

use compact_str::CompactString;
use jiff::Timestamp;

use super::{
    account::TermsStatus,
    delivery::{Endpoint, Forecast, Note, Reason, Recipient, Route, Situation, Subject, forecast},
    diagnosis::{NextPause, PauseForecast},
    graph_error::{self, ErrorClass},
    health::EntityKind,
    message::DraftProblem,
    number::{NumberStatus, Quality},
    status::{StatusClass, Users},
    template::TemplateStatus,
};

/// Days without use after which a template needs its 10 minutes of syncing again (Meta: send marketing messages).
const IDLE_DAYS: i64 = 7;

/// What is looked at, in the order in which people read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Item {
    /// The template's review, or the 24-hour window of a message without one.
    Template,
    /// Whether the template is synced to its ad object.
    Sync,
    /// The template's quality.
    Quality,
    /// The account's standing with Meta.
    Standing,
    /// The number it is sent from.
    Number,
    /// The portfolio's messaging limit.
    Limit,
    /// How it is paid.
    Payment,
    /// The terms of optimized delivery.
    Terms,
    /// What the token may do.
    Permission,
    /// Who gets it.
    Recipients,
    /// The values of the template's variables.
    Values,
    /// The way it is asked to go.
    Delivery,
}

impl Item {
    /// Its name for programs, the same in every language.
    pub fn name(self) -> &'static str {
        match self {
            Self::Template => "template",
            Self::Sync => "sync",
            Self::Quality => "quality",
            Self::Standing => "standing",
            Self::Number => "number",
            Self::Limit => "limit",
            Self::Payment => "payment",
            Self::Terms => "terms",
            Self::Permission => "permission",
            Self::Recipients => "recipients",
            Self::Values => "values",
            Self::Delivery => "delivery",
        }
    }
}

/// How it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Nothing to do.
    Good,
    /// Meta does not say, or it does not matter to this message.
    Open,
    /// It does not stand in the way, as far as is known, but is worth a look.
    Care,
    /// It stands in the way.
    Bad,
}

impl State {
    /// Its name for programs, the same in every language.
    pub fn name(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Open => "open",
            Self::Care => "care",
            Self::Bad => "bad",
        }
    }
}

/// What was found. Words are made elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// The template is approved.
    Approved,
    /// No template is sent.
    NoTemplate,
    /// Linked ad objects say that the template is synced.
    Synced,
    /// It does not matter: the message goes through Cloud API.
    SyncNotNeeded,
    /// Meta does not say whether the template is synced.
    SyncNotReported,
    /// Not sent for so many days, as far as is known from here: it may have to sync again.
    Idle(i64),
    /// The template's quality.
    Quality(Quality),
    /// Nothing is held against the account.
    InGoodStanding,
    /// The number can send.
    NumberReady,
    /// The account has no number.
    NoNumber,
    /// How many people may be written to in 24 hours, and how many were from here.
    Limit {
        /// Meta's limit.
        users: Users,
        /// Reached from here within 24 hours; others may have reached more.
        reached: u32,
        /// To be reached now.
        wanted: u32,
    },
    /// Meta does not say what the limit is.
    LimitNotReported,
    /// A payment method is set.
    PaymentSet,
    /// The account waits for a payment method.
    PaymentMissing,
    /// Meta does not show whether a payment method is set.
    PaymentNotReported,
    /// Nothing of this is billed.
    NothingBilled,
    /// The terms are signed.
    TermsSigned,
    /// The terms are not signed.
    TermsUnsigned(TermsStatus),
    /// The terms do not matter to this message.
    TermsNotNeeded,
    /// The token may send.
    MaySend,
    /// The token lacks the permission to send.
    MayNotSend,
    /// What the token may do is not known.
    PermissionNotReported,
    /// Nobody is chosen yet.
    NoRecipient,
    /// So many people, all of them with a valid address.
    Recipients(u32),
    /// Every value is there and will do.
    ValuesComplete(u32),
    /// Something about the draft; the first of so many.
    Problem(DraftProblem, usize),
    /// How long the template's pause lasts, as far as that is known.
    Paused(PauseForecast),
    /// It refuses the message.
    Refused(Reason),
    /// Something else worth knowing.
    Noted(Note),
    /// The way that it takes.
    Goes(Route),
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// What was looked at.
    pub item: Item,
    /// How it stands.
    pub state: State,
    /// What was found.
    pub finding: Finding,
}

/// All that is looked at.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The message; its recipient is left aside for [`Facts::recipients`].
    pub situation: Situation<'a>,
    /// Everyone it is for.
    pub recipients: &'a [Recipient],
    /// What is wrong with the draft.
    pub problems: &'a [DraftProblem],
    /// Whether the token may send messages; `None` when Meta did not say.
    pub may_send: Option<bool>,
    /// What is known of the template's pause, where it is paused.
    pub pause: Option<PauseForecast>,
    /// When the template was last sent, as far as is known.
    pub last_use: Option<Timestamp>,
    /// How many people were reached from here within 24 hours.
    pub reached: u32,
}

/// What happens to each recipient, and to nobody in particular where nobody is chosen.
pub fn forecasts(situation: &Situation<'_>, recipients: &[Recipient]) -> Vec<Forecast> {
    if recipients.is_empty() {
        return vec![forecast(&Situation { recipient: Recipient::NotChosen, ..*situation })];
    }
    recipients.iter().map(|recipient| forecast(&Situation { recipient: *recipient, ..*situation })).collect()
}

/// Of several forecasts the one that wants the most attention: what is refused first, then what falls back.
pub fn worst(forecasts: Vec<Forecast>) -> Option<Forecast> {
    let rank = |forecast: &Forecast| match forecast.route {
        Route::Refused if forecast.certain => 4,
        Route::Refused => 3,
        Route::Fallback => 2,
        Route::CloudApi => 1,
        Route::Optimized => 0,
    };
    forecasts.into_iter().reduce(|worst, next| if rank(&next) > rank(&worst) { next } else { worst })
}

/// Whether any check stands in the way.
pub fn stands_in_the_way(checks: &[Check]) -> bool {
    checks.iter().any(|check| check.state == State::Bad)
}

/// Every check: what stands in the way first, then what is worth a look, else in the order of [`Item`]. An item that several
/// things are wrong with has several lines.
pub fn preflight(facts: &Facts<'_>) -> Vec<Check> {
    let forecasts = forecasts(&facts.situation, facts.recipients);
    let mut checks = Vec::new();
    refusals(facts, &forecasts, &mut checks);
    problems(facts, &mut checks);
    checks.extend(pause(facts));
    let mut otherwise = |item: Item, found: Option<(State, Finding)>| {
        if let Some((state, finding)) = found
            && !checks.iter().any(|check| check.item == item)
        {
            checks.push(Check { item, state, finding });
        }
    };
    // Also of what is refused for another reason it is worth knowing.
    let situation = &facts.situation;
    let asked = situation.choice.endpoint(situation.kind(), situation.account) == Endpoint::MarketingMessages;
    let optimized = asked && situation.account.onboarding.class() == StatusClass::On;
    otherwise(Item::Template, Some(template(facts)));
    otherwise(Item::Sync, sync(facts, optimized));
    otherwise(Item::Quality, quality(facts));
    otherwise(Item::Standing, Some(standing(&forecasts)));
    otherwise(Item::Number, Some(number(facts)));
    otherwise(Item::Limit, Some(limit(facts)));
    otherwise(Item::Payment, Some(payment(facts)));
    otherwise(Item::Terms, Some(terms(facts)));
    otherwise(Item::Permission, Some(permission(facts)));
    otherwise(Item::Recipients, Some(recipients(facts, &forecasts)));
    otherwise(Item::Values, values(facts));
    otherwise(Item::Delivery, worst(forecasts).and_then(|forecast| way(&forecast)));
    checks.sort_by_key(|check| (Reverse(check.state.max(State::Open)), check.item));
    checks
}

/// What refuses the message, each reason once, whomever it concerns.
fn refusals(facts: &Facts<'_>, forecasts: &[Forecast], checks: &mut Vec<Check>) {
    for forecast in forecasts.iter().filter(|forecast| forecast.route == Route::Refused) {
        for reason in forecast.reasons.iter().filter(|reason| reason.refuses()) {
            let check = Check {
                item: item_of(reason),
                // One reason that is certain refuses; which of several is certain the forecast does not tell.
                state: if forecast.certain { State::Bad } else { State::Care },
                finding: Finding::Refused(reason.clone()),
            };
            // Without a number there is nothing to say about its status.
            let pointless = check.item == Item::Number && facts.situation.number.is_none();
            if !pointless && !checks.contains(&check) {
                checks.push(check);
            }
        }
    }
}

/// Until when the template is paused, beside the line that says that it is.
fn pause(facts: &Facts<'_>) -> Option<Check> {
    let Subject::Template(template) = facts.situation.subject else { return None };
    if template.status != TemplateStatus::Paused {
        return None;
    }
    let unknown = PauseForecast { since: None, ends: None, exact: false, next: NextPause::Unknown };
    Some(Check { item: Item::Template, state: State::Care, finding: Finding::Paused(facts.pause.unwrap_or(unknown)) })
}

/// Which line a refusal belongs to.
fn item_of(reason: &Reason) -> Item {
    match reason {
        Reason::TemplateNotSendable(_) | Reason::WindowClosed => Item::Template,
        Reason::NumberNotUsable(_) | Reason::NumberNotOnCloudApi(_) => Item::Number,
        Reason::RecipientNotDeliverable(_) | Reason::RecipientSanctioned(_) | Reason::NeedsPhoneNumber => Item::Recipients,
        Reason::HealthBlocked { code: Some(code), .. } if graph_error::explain(*code, None).class == ErrorClass::Payment => {
            Item::Payment
        }
        Reason::HealthBlocked { entity: EntityKind::PhoneNumber, .. } => Item::Number,
        Reason::HealthBlocked { entity: EntityKind::MessageTemplate, .. } => Item::Template,
        Reason::HealthBlocked { .. } | Reason::AccountRestricted | Reason::RestrictionHolds { .. } => Item::Standing,
        _ => Item::Delivery,
    }
}

fn problems(facts: &Facts<'_>, checks: &mut Vec<Check>) {
    let item_of = |problem: &DraftProblem| match problem {
        DraftProblem::NoAccount => Item::Standing,
        DraftProblem::NoNumber => Item::Number,
        DraftProblem::NoContent => Item::Template,
        DraftProblem::NoRecipient | DraftProblem::Recipient { .. } => Item::Recipients,
        _ => Item::Values,
    };
    for item in [Item::Standing, Item::Template, Item::Recipients, Item::Values] {
        let of_item: Vec<_> = facts.problems.iter().filter(|problem| item_of(problem) == item).collect();
        if let Some(first) = of_item.first() {
            let finding = match first {
                DraftProblem::NoRecipient => Finding::NoRecipient,
                first => Finding::Problem((*first).clone(), of_item.len()),
            };
            checks.push(Check { item, state: State::Bad, finding });
        }
    }
}

fn template(facts: &Facts<'_>) -> (State, Finding) {
    match facts.situation.subject {
        Subject::Template(template) => match &template.status {
            TemplateStatus::Unknown(status) => (State::Care, Finding::Noted(Note::TemplateStatusUnknown(status.as_str().into()))),
            // Every other status refuses.
            _ => (State::Good, Finding::Approved),
        },
        Subject::FreeForm { window_open: Some(true), .. } => (State::Good, Finding::NoTemplate),
        Subject::FreeForm { .. } => (State::Care, Finding::Noted(Note::WindowUnknown)),
    }
}

/// Only what goes optimized has to be synced.
fn sync(facts: &Facts<'_>, optimized: bool) -> Option<(State, Finding)> {
    let Subject::Template(template) = facts.situation.subject else { return None };
    if !optimized {
        return Some((State::Open, Finding::SyncNotNeeded));
    }
    let idle = facts.last_use.map(|at| facts.situation.now.duration_since(at).as_hours() / 24);
    Some(match (template.synced, idle) {
        (Some(false), _) => (State::Care, Finding::Noted(Note::MayStillSync)),
        (_, Some(days)) if days >= IDLE_DAYS => (State::Care, Finding::Idle(days)),
        (Some(true), _) => (State::Good, Finding::Synced),
        (None, _) => (State::Open, Finding::SyncNotReported),
    })
}

fn quality(facts: &Facts<'_>) -> Option<(State, Finding)> {
    let Subject::Template(template) = facts.situation.subject else { return None };
    let state = match template.quality {
        Quality::Red | Quality::Yellow => State::Care,
        Quality::Green => State::Good,
        Quality::NotRated | Quality::Unknown(_) => State::Open,
    };
    Some((state, Finding::Quality(template.quality.clone())))
}

fn standing(forecasts: &[Forecast]) -> (State, Finding) {
    let noted = forecasts.iter().flat_map(|forecast| &forecast.notes).find(|note| {
        matches!(note, Note::HealthLimited(entity) if *entity != EntityKind::PhoneNumber)
            || matches!(note, Note::BusinessSanctioned { .. })
    });
    noted.map_or((State::Good, Finding::InGoodStanding), |note| (State::Care, Finding::Noted(note.clone())))
}

fn number(facts: &Facts<'_>) -> (State, Finding) {
    let Some(number) = facts.situation.number else { return (State::Bad, Finding::NoNumber) };
    let limited = number
        .health
        .as_ref()
        .is_some_and(|health| health.obstacles().iter().any(|entity| entity.kind == EntityKind::PhoneNumber));
    match &number.status {
        NumberStatus::Connected if limited => (State::Care, Finding::Noted(Note::HealthLimited(EntityKind::PhoneNumber))),
        NumberStatus::Connected => match number.quality {
            Quality::Red => (State::Care, Finding::Quality(Quality::Red)),
            _ => (State::Good, Finding::NumberReady),
        },
        status => (State::Care, Finding::Noted(Note::NumberNeedsCare(status.clone()))),
    }
}

/// Meta tells the limit but not how much of it is used, so that only what went out from here can be counted.
fn limit(facts: &Facts<'_>) -> (State, Finding) {
    let account = facts.situation.account;
    let users = facts.situation.number.and_then(|number| number.limit.users()).or_else(|| account.limit()?.users());
    let Some(users) = users else { return (State::Open, Finding::LimitNotReported) };
    let wanted = u32::try_from(facts.recipients.len()).unwrap_or(u32::MAX);
    let over = matches!(users, Users::AtMost(most) if facts.reached.saturating_add(wanted) > most);
    let finding = Finding::Limit { users, reached: facts.reached, wanted };
    // Answers inside an open window do not count.
    let counts = facts.situation.kind().is_template();
    (if over && counts { State::Care } else { State::Good }, finding)
}

fn payment(facts: &Facts<'_>) -> (State, Finding) {
    use super::account::OnboardingStatus;
    let account = facts.situation.account;
    if !facts.situation.kind().is_template() {
        return (State::Open, Finding::NothingBilled);
    }
    match &account.funding_id {
        _ if account.onboarding == OnboardingStatus::PendingValidPaymentMethod => (State::Care, Finding::PaymentMissing),
        Some(_) => (State::Good, Finding::PaymentSet),
        // An account that is on had a valid one when it was taken on.
        None if account.onboarding == OnboardingStatus::Onboarded => (State::Good, Finding::PaymentSet),
        None => (State::Open, Finding::PaymentNotReported),
    }
}

fn terms(facts: &Facts<'_>) -> (State, Finding) {
    let account = facts.situation.account;
    let asked = facts.situation.choice.checked(facts.situation.kind(), account) == Some(true);
    let of_portfolio = account.portfolio.as_ref().map(|portfolio| portfolio.terms.clone()).unwrap_or_default();
    if account.onboarding.terms_accepted() || of_portfolio == TermsStatus::Signed {
        (State::Good, Finding::TermsSigned)
    } else if asked {
        (State::Care, Finding::TermsUnsigned(of_portfolio))
    } else {
        (State::Open, Finding::TermsNotNeeded)
    }
}

fn permission(facts: &Facts<'_>) -> (State, Finding) {
    match facts.may_send {
        Some(true) => (State::Good, Finding::MaySend),
        Some(false) => (State::Bad, Finding::MayNotSend),
        None => (State::Open, Finding::PermissionNotReported),
    }
}

fn recipients(facts: &Facts<'_>, forecasts: &[Forecast]) -> (State, Finding) {
    let noted = forecasts
        .iter()
        .flat_map(|forecast| &forecast.notes)
        .find(|note| matches!(note, Note::RecipientInDoubt(_) | Note::RecipientUnknown | Note::UserIdNotOptimized));
    match (facts.recipients.len(), noted) {
        (0, _) => (State::Care, Finding::NoRecipient),
        (_, Some(note)) => (State::Care, Finding::Noted(note.clone())),
        (count, None) => (State::Good, Finding::Recipients(u32::try_from(count).unwrap_or(u32::MAX))),
    }
}

fn values(facts: &Facts<'_>) -> Option<(State, Finding)> {
    let Subject::Template(template) = facts.situation.subject else { return None };
    let count = u32::try_from(template.variables().len()).unwrap_or(u32::MAX);
    Some((State::Good, Finding::ValuesComplete(count)))
}

/// What refuses has a line of its own, so that there is nothing to say about the way.
fn way(forecast: &Forecast) -> Option<(State, Finding)> {
    let state = match forecast.route {
        Route::Refused => return None,
        Route::Fallback => State::Care,
        Route::Optimized | Route::CloudApi => State::Good,
    };
    Some((state, Finding::Goes(forecast.route)))
}

/// The scope without which nothing can be sent (Meta: permissions reference).
pub const SEND_SCOPE: &str = "whatsapp_business_messaging";

/// Whether a token with these scopes may send; `None` when none are known.
pub fn may_send(scopes: &[CompactString]) -> Option<bool> {
    (!scopes.is_empty()).then(|| scopes.iter().any(|scope| scope == SEND_SCOPE))
}
