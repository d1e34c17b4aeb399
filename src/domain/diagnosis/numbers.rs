//! The phone numbers and what they share: status, registration, quality, display name, messaging limit.

use compact_str::CompactString;
use jiff::{SignedDuration, Timestamp};

use super::{Affects, Cause, Evidence, EvidenceSource, Finding, Known, Severity, Step, Subject, health};
use crate::domain::{
    PhoneNumber,
    event::{Event, EventKind, number_subject},
    graph_error::Actor,
    health::{CanSend, EntityKind},
    number::{MessagingLimit, NameStatus, NumberStatus, Quality},
    status::{NumberClass, Users},
};

/// A fall of quality or of the limit is told for this long.
const RECENT: SignedDuration = SignedDuration::from_hours(7 * 24);
/// A flagged number is watched for this long (Meta: phone number quality).
const FLAG: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Limits up to this many people a day are those of new portfolios (Meta: messaging limits).
const LOW_LIMIT: u32 = 250;

/// What kept a number from sending, before it is known whether others can.
type Down = (Cause, Option<Actor>, Step, Evidence);

pub(super) fn look(known: &Known<'_>, found: &mut Vec<Finding>) {
    let numbers = &known.account.numbers;
    if numbers.is_empty() && !known.account.numbers_unread {
        found.push(
            Finding::new(Cause::NoNumber, Severity::Blocking, Affects::Messages, Some(Actor::Admin), Step::AddNumber)
                .shown_by(known.answer("phone_numbers", "[]")),
        );
    }
    let down: Vec<Option<Finding>> = numbers.iter().map(|number| look_at_standing(known, number)).collect();
    let all_down = down.iter().all(|finding| finding.as_ref().is_some_and(|finding| finding.severity == Severity::Blocking));
    for (number, finding) in numbers.iter().zip(down) {
        if let Some(mut finding) = finding {
            if finding.severity == Severity::Blocking && !all_down {
                finding.severity = Severity::Limiting;
                finding.affects = Affects::OneNumber;
            }
            found.push(finding);
        }
        look_at_quality(known, number, found);
        look_at_name(known, number, found);
    }
    look_at_limit(known, found);
}

fn subject(number: &PhoneNumber) -> Subject {
    Subject::Number { id: number.id.clone(), display: number.display.clone() }
}

/// What the number is called in events.
fn name(number: &PhoneNumber) -> CompactString {
    number_subject(if number.display.is_empty() { number.id.as_str() } else { number.display.as_str() })
}

fn field(known: &Known<'_>, field: &str, value: &str) -> Evidence {
    known.answer(&format!("phone_numbers {field}"), value)
}

/// Whether the number can send, by its status, its registration and its own health.
fn look_at_standing(known: &Known<'_>, number: &PhoneNumber) -> Option<Finding> {
    let status = field(known, "status", number.status.as_wire());
    let since = known.since(&EventKind::NumberStatus, &name(number), number.status.as_wire());
    let told = match by_status(known, number, &status) {
        Some((cause, actor, step, evidence)) => {
            let (severity, affects) = weight(&cause);
            let until = match cause {
                Cause::NumberFlagged => since.and_then(|since| since.checked_add(FLAG).ok()),
                _ => None,
            };
            Some(
                Finding::new(cause, severity, affects, actor, step)
                    .about(subject(number))
                    .shown_by(evidence)
                    .since(since)
                    .until(until),
            )
        }
        None => None,
    };
    by_health(known, number, told)
}

fn weight(cause: &Cause) -> (Severity, Affects) {
    match cause {
        Cause::NumberFlagged => (Severity::Limiting, Affects::OneNumber),
        Cause::NumberStatusUnknown(_) => (Severity::Warning, Affects::OneNumber),
        Cause::NumberRestricted => (Severity::Blocking, Affects::Templates),
        Cause::NumberRateLimited => (Severity::Limiting, Affects::OneNumber),
        _ => (Severity::Blocking, Affects::Messages),
    }
}

fn by_status(known: &Known<'_>, number: &PhoneNumber, status: &Evidence) -> Option<Down> {
    let (us, admin, nobody) = (Some(Actor::Us), Some(Actor::Admin), Some(Actor::Nobody));
    let code = || field(known, "code_verification_status", number.code_verification.as_wire());
    let told = |cause, actor, step| Some((cause, actor, step, status.clone()));
    if number.is_hosted_elsewhere() && number.is_registered() && number.status.class() != NumberClass::Down {
        let sent = number.platform.as_wire();
        return Some((Cause::NumberNotOnCloudApi(sent.into()), us, Step::RegisterNumber, field(known, "platform_type", sent)));
    }
    match &number.status {
        NumberStatus::Banned => told(Cause::NumberBanned, admin, Step::Appeal),
        // Meta's older help explains it as the messaging limit of the last 24 hours being used up.
        NumberStatus::Restricted => told(Cause::NumberRestricted, nobody, Step::Wait),
        NumberStatus::Disconnected => told(Cause::NumberDisconnected, us, Step::ReconnectNumber),
        NumberStatus::Deleted | NumberStatus::Migrated | NumberStatus::Unlinked => {
            told(Cause::NumberGone(number.status.clone()), admin, Step::AddNumber)
        }
        // Only a number whose ownership is proven can be registered.
        NumberStatus::Pending if number.is_unproven() => Some((Cause::NumberUnverified, admin, Step::VerifyNumber, code())),
        NumberStatus::Pending | NumberStatus::Verified => told(Cause::NumberPending, us, Step::RegisterNumber),
        NumberStatus::Unverified => told(Cause::NumberUnverified, admin, Step::VerifyNumber),
        NumberStatus::Flagged => told(Cause::NumberFlagged, us, Step::ImproveQuality),
        NumberStatus::RateLimited => told(Cause::NumberRateLimited, nobody, Step::Wait),
        NumberStatus::Unknown(sent) if !sent.is_empty() => {
            told(Cause::NumberStatusUnknown(sent.as_str().into()), None, Step::FollowMeta)
        }
        NumberStatus::Connected | NumberStatus::Linked | NumberStatus::Unknown(_) => {
            number.is_fresh().then(|| (Cause::NumberUnverified, admin, Step::VerifyNumber, code()))
        }
    }
}

/// What the number's own entity in the health tree adds.
fn by_health(known: &Known<'_>, number: &PhoneNumber, told: Option<Finding>) -> Option<Finding> {
    let own =
        health::entities(known).find(|entity| entity.kind == EntityKind::PhoneNumber && entity.id.as_str() == number.id.as_str());
    let Some(entity) = own else { return told };
    let level = entity.messaging();
    if !matches!(level, CanSend::Blocked | CanSend::Limited) {
        return told;
    }
    let blocked = level == CanSend::Blocked;
    let error = entity.errors.iter().find(|error| !health::is_about_calls(error, &entity.kind));
    let code = error.map(|error| error.code);
    let severity = if blocked { Severity::Blocking } else { Severity::Limiting };
    let said = error.map_or_else(|| entity.additional_info.join(" "), |error| error.description.clone());
    let mut finding = told.unwrap_or_else(|| {
        if health::says_limit_reached(&said) {
            let affects = if blocked { Affects::Templates } else { Affects::OneNumber };
            return Finding::new(Cause::LimitReached, severity, affects, Some(Actor::Nobody), Step::Wait).about(subject(number));
        }
        let kind = EntityKind::PhoneNumber;
        let (actor, step) = code.map_or((None, Step::FollowMeta), |code| health::by_code(code, &kind));
        let cause =
            if blocked { Cause::HealthBlocked { entity: kind, code } } else { Cause::HealthLimited { entity: kind, code } };
        let affects = if blocked { Affects::Messages } else { Affects::OneNumber };
        Finding::new(cause, severity, affects, actor, step).about(subject(number))
    });
    // Whatever its status says besides: nothing leaves from a number that is blocked.
    if severity < finding.severity {
        finding.severity = severity;
        finding.affects = if blocked { Affects::Messages } else { Affects::OneNumber };
    }
    finding.evidence.push(match code {
        Some(code) => health::error_code(known, &format!("health_status PHONE_NUMBER {}", number.id), code),
        None => health::standing(known, entity),
    });
    let info = entity.additional_info.join(" ");
    let (words, advice) = error.map_or((info.as_str(), ""), |error| (error.description.as_str(), error.solution.as_str()));
    Some(finding.said(words, advice))
}

/// The rating before the latest change, where that was a fall and came lately.
pub fn fell_from(events: &[Event], number: &PhoneNumber, now: Timestamp) -> Option<(Quality, Timestamp)> {
    let wanted = name(number);
    let latest = events.iter().find(|event| event.kind == EventKind::NumberQuality && event.subject == wanted)?;
    let rank = |quality: &Quality| match quality {
        Quality::Green => 2,
        Quality::Yellow => 1,
        Quality::Red => 0,
        Quality::NotRated | Quality::Unknown(_) => -1,
    };
    let before = Quality::from_wire(latest.before.as_deref()?);
    let after = Quality::from_wire(latest.after.as_deref()?);
    let fell = rank(&after) >= 0 && rank(&before) > rank(&after) && after == number.quality;
    (fell && now.duration_since(latest.at) < RECENT).then_some((before, latest.at))
}

fn look_at_quality(known: &Known<'_>, number: &PhoneNumber, found: &mut Vec<Finding>) {
    let fell = fell_from(known.events, number, known.now);
    let (cause, severity) = match (&number.quality, &fell) {
        // A flagged number is flagged for this.
        (Quality::Red, _) if number.status == NumberStatus::Flagged => return,
        (Quality::Red, _) => (Cause::QualityLow, Severity::Warning),
        (Quality::Yellow, Some(_)) => (Cause::QualityFalling, Severity::Warning),
        (Quality::Yellow, None) => (Cause::QualityMedium, Severity::Notice),
        _ => return,
    };
    let mut finding = Finding::new(cause, severity, Affects::OneNumber, Some(Actor::Us), Step::ImproveQuality)
        .about(subject(number))
        .shown_by(field(known, "quality_rating", number.quality.as_wire()));
    if let Some((before, at)) = fell {
        finding = finding.since(Some(at)).shown_by(Evidence {
            field: "quality_rating before".into(),
            value: before.as_wire().into(),
            at: Some(at),
            source: EvidenceSource::History,
        });
    }
    found.push(finding);
}

/// A declined name keeps nobody from sending: recipients see the number in its place.
fn look_at_name(known: &Known<'_>, number: &PhoneNumber, found: &mut Vec<Finding>) {
    let (cause, severity, actor, step) = match &number.name_status {
        NameStatus::Declined => (Cause::NameDeclined, Severity::Warning, Actor::Admin, Step::ChangeName),
        NameStatus::Expired => (Cause::NameExpired, Severity::Warning, Actor::Admin, Step::ChangeName),
        NameStatus::PendingReview => (Cause::NameInReview, Severity::Notice, Actor::Meta, Step::WaitForMeta),
        _ => return,
    };
    found.push(
        Finding::new(cause, severity, Affects::Nothing, Some(actor), step)
            .about(subject(number))
            .shown_by(field(known, "name_status", number.name_status.as_wire()))
            .since(known.since(&EventKind::NumberName, &name(number), number.name_status.as_wire())),
    );
}

fn look_at_limit(known: &Known<'_>, found: &mut Vec<Finding>) {
    const FIELD: &str = "whatsapp_business_manager_messaging_limit";
    if known.account.numbers.is_empty() {
        return;
    }
    let limit = known.account.limit();
    let users = limit.as_ref().and_then(MessagingLimit::users);
    if users.is_none() {
        let sent = limit.as_ref().map_or("", MessagingLimit::as_wire);
        let cause = Cause::LimitNotReported;
        found.push(
            Finding::new(cause, Severity::Notice, Affects::Limits, None, Step::ReadAgain).shown_by(known.answer(FIELD, sent)),
        );
        return;
    }
    let sent = limit.as_ref().map_or("", MessagingLimit::as_wire);
    let lowered = known.latest(&EventKind::Limit).filter(|event| {
        let users = |value: &Option<CompactString>| {
            value.as_deref().and_then(|value| MessagingLimit::from_wire(value).users()).map(|users| match users {
                Users::AtMost(users) => users,
                Users::Unlimited => u32::MAX,
            })
        };
        users(&event.after) < users(&event.before) && known.now.duration_since(event.at) < RECENT
    });
    if let Some(event) = lowered {
        found.push(
            Finding::new(Cause::LimitLowered, Severity::Warning, Affects::Limits, Some(Actor::Us), Step::ImproveQuality)
                .shown_by(known.answer(FIELD, sent))
                .shown_by(Evidence {
                    field: "messaging limit before".into(),
                    value: event.before.clone().unwrap_or_default(),
                    at: Some(event.at),
                    source: EvidenceSource::History,
                })
                .since(Some(event.at)),
        );
    } else if matches!(users, Some(Users::AtMost(users)) if users <= LOW_LIMIT) {
        found.push(
            Finding::new(Cause::LimitLow, Severity::Notice, Affects::Limits, Some(Actor::Us), Step::ImproveQuality)
                .shown_by(known.answer(FIELD, sent)),
        );
    }
}
