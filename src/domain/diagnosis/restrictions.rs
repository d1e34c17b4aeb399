//! What Meta took away by policy: disabled, locked, restricted, by whatever shows it. Whether an account counts as
//! restricted at all (R22) is decided in `restriction`; here it is told what kind it is.

use compact_str::CompactString;
use jiff::Timestamp;

use super::{Affects, Cause, Evidence, EvidenceSource, Finding, Known, Severity, Step, announced::told_by_webhook};
use crate::domain::{
    account::{Restriction, RestrictionKind},
    event::{Event, EventKind, OPEN, Source},
    graph_error::Actor,
    restriction,
};

/// "The WABA is banned."
const BANNED: i64 = 141_014;

pub(super) fn look(known: &Known<'_>, found: &mut Vec<Finding>) {
    let from = found.len();
    look_at_disabling(known, found);
    look_at_announced(known, found);
    let Some(cause) = known.account.restriction(known.now) else { return };
    // Status and health show the same restriction that was announced more exactly: they are its evidence, no causes of their own.
    let mut bare = Finding::new(Cause::Restricted, Severity::Blocking, Affects::Messages, Some(Actor::Admin), Step::Appeal)
        .since(known.since(&EventKind::Onboarding, "", known.account.onboarding.as_wire()));
    for evidence in &cause.evidence {
        match evidence {
            restriction::Evidence::Announced(_) => {}
            restriction::Evidence::Status => {
                let value = known.account.onboarding.as_wire();
                bare.evidence.push(known.answer("marketing_messages_onboarding_status", value));
            }
            restriction::Evidence::Health { entity, id, code, description, solution } => {
                let field = format!("health_status {} {id} error_code", entity.as_wire());
                bare.evidence.push(Evidence {
                    field: CompactString::from(field),
                    value: code.to_string().into(),
                    at: known.account.refreshed,
                    source: EvidenceSource::Health,
                });
                if *code == BANNED {
                    bare.cause = Cause::Disabled;
                } else if says_locked(description) || says_locked(solution) {
                    bare.cause = Cause::Locked;
                }
                bare = bare.said(description, solution);
            }
        }
    }
    if bare.evidence.is_empty() {
        return;
    }
    let told = known.account.restriction_in_words();
    bare.days = told.days;
    let carries = |finding: &&mut Finding| {
        finding.severity == Severity::Blocking
            && matches!(
                finding.cause,
                Cause::Disabled
                    | Cause::Announced(RestrictionKind::BusinessInitiatedMessaging | RestrictionKind::CustomerInitiatedMessaging)
            )
    };
    // Banned and locked are more than any restriction; what is restricted besides does not explain them.
    let exact = bare.cause != Cause::Restricted;
    let carrier = found.iter_mut().skip(from).find(carries).filter(|finding| !exact || finding.cause == bare.cause);
    match carrier {
        Some(finding) => {
            // Answers are all that was announced, and status or health show that nothing leaves.
            if finding.affects > Affects::Templates {
                finding.affects = Affects::Messages;
            }
            finding.evidence.append(&mut bare.evidence);
            finding.days = bare.days;
            finding.meta_words = finding.meta_words.take().or(bare.meta_words);
            finding.meta_advice = finding.meta_advice.take().or(bare.meta_advice);
        }
        // A review that was rejected is why the bare status says restricted; health tells a reason of its own.
        None => match found.iter_mut().find(|finding| finding.cause == Cause::ReviewRejected) {
            Some(review) if bare.meta_words.is_none() => review.evidence.append(&mut bare.evidence),
            _ => found.push(by_words(known, bare, told.kind)),
        },
    }
}

/// A restriction of which nothing was announced, told as if it had been, where Meta's sentence names its kind: the same
/// restriction is the same cause whether a webhook or a look tells of it.
fn by_words(known: &Known<'_>, mut bare: Finding, kind: Option<RestrictionKind>) -> Finding {
    let Some(kind) = kind.filter(|_| bare.cause == Cause::Restricted) else { return bare };
    bare.affects = match kind {
        RestrictionKind::BusinessInitiatedMessaging => Affects::Templates,
        // Health shows that nothing leaves, answers among it.
        _ => Affects::Messages,
    };
    if bare.last_day(known.now).is_some() {
        (bare.actor, bare.step) = (Some(Actor::Nobody), Step::WaitOrAppeal);
        bare.link = bare.step.link();
    }
    let seen = known.events.iter().find(|event| event.kind == EventKind::Restriction && event.subject == kind.as_wire());
    bare.since = seen.map(|event| event.at).or(bare.since);
    bare.cause = Cause::Announced(kind);
    bare
}

/// Meta's own word for the rung from which only an appeal leads back.
fn says_locked(words: &str) -> bool {
    words.split(|character: char| !character.is_alphabetic()).any(|word| word.eq_ignore_ascii_case("locked"))
}

fn look_at_disabling(known: &Known<'_>, found: &mut Vec<Finding>) {
    let Some(event) = known.latest(&EventKind::Disabling) else { return };
    let (cause, severity) = match event.after.as_deref() {
        Some(state) if state.eq_ignore_ascii_case("DISABLE") => (Cause::Disabled, Severity::Blocking),
        Some(state) if state.eq_ignore_ascii_case("SCHEDULE_FOR_DISABLE") => (Cause::DisableScheduled, Severity::Warning),
        _ => return,
    };
    found.push(
        Finding::new(cause, severity, Affects::Messages, Some(Actor::Admin), Step::Appeal)
            .shown_by(told_by_webhook(event, "waba_ban_state"))
            .since(Some(event.at))
            .said(event.note.as_deref().unwrap_or_default(), ""),
    );
}

/// Restrictions that hold: those that the account carries, and those that were kept from an earlier run and have not ended.
fn holding(known: &Known<'_>) -> Vec<Restriction> {
    let mut holding: Vec<Restriction> =
        known.account.restrictions.iter().filter(|restriction| restriction.holds(known.now)).cloned().collect();
    let reinstated = known
        .events
        .iter()
        .find(|event| {
            event.kind == EventKind::Disabling
                && event.after.as_deref().is_some_and(|state| state.eq_ignore_ascii_case("REINSTATE"))
        })
        .map(|event| event.at);
    // Each announcement names all restrictions that there are, so that of those without an end only the last one's hold.
    let announced = |event: &&Event| event.sources.iter().any(|source| source == Source::Webhook);
    let newest = known.events.iter().filter(|event| event.kind == EventKind::Restriction).find(announced).map(|event| event.at);
    let mut seen: Vec<&str> = Vec::new();
    for event in known.events.iter().filter(|event| event.kind == EventKind::Restriction) {
        let kind = RestrictionKind::from_wire(&event.subject);
        let told_again = holding.iter().any(|restriction| restriction.kind == kind) || seen.contains(&event.subject.as_str());
        seen.push(&event.subject);
        let lifted = reinstated.is_some_and(|at| at >= event.at);
        if told_again || lifted {
            continue;
        }
        match event.after.as_deref() {
            Some(OPEN) if newest == Some(event.at) => holding.push(Restriction { kind, expires: None }),
            Some(after) => {
                let end = after.parse::<Timestamp>().ok().filter(|end| *end > known.now);
                holding.extend(end.map(|end| Restriction { kind, expires: Some(end) }));
            }
            None => {}
        }
    }
    holding
}

fn look_at_announced(known: &Known<'_>, found: &mut Vec<Finding>) {
    let holding = holding(known);
    let holds = |kind: &RestrictionKind| holding.iter().any(|restriction| restriction.kind == *kind);
    // Neither beginning nor answering: nothing leaves at all.
    let everything = holds(&RestrictionKind::BusinessInitiatedMessaging) && holds(&RestrictionKind::CustomerInitiatedMessaging);
    for restriction in &holding {
        let (severity, affects) = match &restriction.kind {
            RestrictionKind::BusinessInitiatedMessaging if everything => (Severity::Blocking, Affects::Messages),
            RestrictionKind::BusinessInitiatedMessaging => (Severity::Blocking, Affects::Templates),
            RestrictionKind::CustomerInitiatedMessaging => (Severity::Blocking, Affects::Answers),
            RestrictionKind::AddPhoneNumber => (Severity::Limiting, Affects::AddingNumbers),
            RestrictionKind::UtilityTemplates => (Severity::Blocking, Affects::Utility),
            RestrictionKind::DirectSendUtilityTemplates => (Severity::Limiting, Affects::Utility),
            kind if kind.is_about_calls() => (Severity::Limiting, Affects::Calling),
            _ => (Severity::Limiting, Affects::Messages),
        };
        let (actor, step) = match restriction.expires {
            Some(_) => (Actor::Nobody, Step::WaitOrAppeal),
            None => (Actor::Admin, Step::Appeal),
        };
        let wire = restriction.kind.as_wire();
        let told = known.events.iter().find(|event| event.kind == EventKind::Restriction && event.subject == wire);
        let mut evidence = Evidence {
            field: "restriction_info".into(),
            value: wire.into(),
            at: told.map(|event| event.at),
            source: EvidenceSource::Webhook,
        };
        if let Some(end) = restriction.expires {
            evidence.value = compact_str::format_compact!("{wire}, expiration {end}");
        }
        found.push(
            Finding::new(Cause::Announced(restriction.kind.clone()), severity, affects, Some(actor), step)
                .shown_by(evidence)
                .since(told.map(|event| event.at))
                .until(restriction.expires)
                .said(told.and_then(|event| event.note.as_deref()).unwrap_or_default(), ""),
        );
    }
}
