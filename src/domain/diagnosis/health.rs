//! The health tree: app, business, account. Numbers' own entities are told with the numbers.

use compact_str::{CompactString, format_compact};

use super::{Affects, Cause, Evidence, EvidenceSource, Finding, Known, Severity, Step};
use crate::domain::{
    graph_error::{Actor, Certainty, ErrorClass, explain},
    health::{CanSend, EntityKind, HealthEntity, HealthError},
};

pub(super) fn look(known: &Known<'_>, found: &mut Vec<Finding>) {
    let mut calling = Vec::new();
    let mut seen: Vec<(&EntityKind, &str)> = Vec::new();
    for entity in entities(known) {
        // The tree of a number repeats the account, the business and the app.
        if seen.contains(&(&entity.kind, entity.id.as_str())) {
            continue;
        }
        seen.push((&entity.kind, &entity.id));
        calling.extend(entity.errors.iter().filter(|error| is_about_calls(error, &entity.kind)).map(|error| error.code));
        if entity.kind != EntityKind::PhoneNumber {
            look_at_entity(known, entity, found);
        }
    }
    look_at_aggregate(known, found);
    calling.sort_unstable();
    calling.dedup();
    if !calling.is_empty() {
        let codes = calling.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let mut finding = Finding::new(
            Cause::CallingOff(CompactString::from(&codes)),
            Severity::Notice,
            Affects::Calling,
            Some(Actor::Us),
            Step::SetUpCalling,
        );
        for code in calling {
            finding.evidence.push(error_code(known, "health_status", code));
        }
        found.push(finding);
    }
}

/// Meta's aggregate counts only where it came without any entity.
fn look_at_aggregate(known: &Known<'_>, found: &mut Vec<Finding>) {
    let Some(health) = known.account.health.as_ref().filter(|health| health.entities.is_empty()) else { return };
    let entity = EntityKind::default();
    let (cause, severity) = match health.overall {
        CanSend::Blocked => (Cause::HealthBlocked { entity, code: None }, Severity::Blocking),
        CanSend::Limited => (Cause::HealthLimited { entity, code: None }, Severity::Limiting),
        _ => return,
    };
    let evidence = Evidence {
        field: "health_status can_send_message".into(),
        value: health.overall.as_wire().into(),
        at: known.account.refreshed,
        source: EvidenceSource::Health,
    };
    found.push(Finding::new(cause, severity, Affects::Messages, None, Step::FollowMeta).shown_by(evidence));
}

/// Whether Meta's words say that the messaging limit is used up. No code of Meta's for it is documented.
pub(super) fn says_limit_reached(words: &str) -> bool {
    let words = words.to_lowercase();
    words.contains("messaging limit") && (words.contains("reached") || words.contains("exceeded"))
}

/// Every entity that is known, the account's own tree first.
pub(super) fn entities<'a>(known: &'a Known<'_>) -> impl Iterator<Item = &'a HealthEntity> {
    let of_numbers = known.account.numbers.iter().filter_map(|number| number.health.as_deref());
    known.account.health.iter().chain(of_numbers).flat_map(|health| &health.entities)
}

pub(super) fn is_about_calls(error: &HealthError, kind: &EntityKind) -> bool {
    error.is_about_calls() || error.class(kind) == ErrorClass::Calling
}

pub(super) fn error_code(known: &Known<'_>, of: &str, code: i64) -> Evidence {
    Evidence {
        field: format_compact!("{of} error_code"),
        value: code.to_string().into(),
        at: known.account.refreshed,
        source: EvidenceSource::Health,
    }
}

/// How the entity stands, in Meta's spelling.
pub(super) fn standing(known: &Known<'_>, entity: &HealthEntity) -> Evidence {
    Evidence {
        field: format_compact!("health_status {} {} can_send_message", entity.kind.as_wire(), entity.id),
        value: entity.can_send.as_wire().into(),
        at: known.account.refreshed,
        source: EvidenceSource::Health,
    }
}

fn look_at_entity(known: &Known<'_>, entity: &HealthEntity, found: &mut Vec<Finding>) {
    let level = entity.messaging();
    let blocked = level == CanSend::Blocked;
    match &level {
        CanSend::Available => return,
        CanSend::Unknown(sent) if sent.is_empty() => return,
        CanSend::Unknown(sent) => {
            let cause = Cause::StatusUndocumented(sent.as_str().into());
            found.push(
                Finding::new(cause, Severity::Warning, Affects::Messages, None, Step::FollowMeta)
                    .shown_by(standing(known, entity)),
            );
            return;
        }
        CanSend::Limited | CanSend::Blocked => {}
    }
    let info = entity.additional_info.join(" ");
    let errors: Vec<&HealthError> = entity.errors.iter().filter(|error| !is_about_calls(error, &entity.kind)).collect();
    for error in &errors {
        look_at_error(known, entity, error, blocked, found);
    }
    if errors.is_empty() {
        let (cause, severity) = if blocked {
            (Cause::HealthBlocked { entity: entity.kind.clone(), code: None }, Severity::Blocking)
        } else {
            (Cause::HealthLimited { entity: entity.kind.clone(), code: None }, Severity::Limiting)
        };
        let (cause, actor, step) = if says_limit_reached(&info) {
            (Cause::LimitReached, Some(Actor::Nobody), Step::Wait)
        } else {
            let (actor, step) = by_entity(&entity.kind);
            (cause, actor, step)
        };
        // The status that says restricted, or a payment that is awaited, already tells why an account is blocked.
        if blocked && entity.kind == EntityKind::Waba && explained(found) {
            return;
        }
        found.push(
            Finding::new(cause, severity, Affects::Messages, actor, step).shown_by(standing(known, entity)).said(&info, ""),
        );
    }
}

fn explained(found: &[Finding]) -> bool {
    found.iter().any(|finding| {
        finding.severity == Severity::Blocking && matches!(finding.affects, Affects::Messages | Affects::Templates)
    })
}

/// Who acts on an entity of which nothing more is said.
fn by_entity(kind: &EntityKind) -> (Option<Actor>, Step) {
    match kind {
        EntityKind::App => (Some(Actor::Us), Step::CheckApp),
        _ => (None, Step::FollowMeta),
    }
}

fn look_at_error(known: &Known<'_>, entity: &HealthEntity, error: &HealthError, blocked: bool, found: &mut Vec<Finding>) {
    let class = error.class(&entity.kind);
    let of = format!("health_status {} {}", entity.kind.as_wire(), entity.id);
    let evidence = error_code(known, &of, error.code);
    let severity = if blocked { Severity::Blocking } else { Severity::Limiting };
    let told_as_restriction =
        class == ErrorClass::Restricted && blocked && matches!(entity.kind, EntityKind::Waba | EntityKind::Business);
    match class {
        // Told with the restrictions.
        _ if told_as_restriction => {}
        ErrorClass::Payment => join(
            found,
            Finding::new(Cause::Payment, severity, Affects::Templates, Some(Actor::Admin), Step::FixPayment),
            evidence,
            error,
            known,
        ),
        ErrorClass::Verification => join(
            found,
            Finding::new(
                Cause::BusinessUnverified,
                severity,
                if blocked { Affects::Messages } else { Affects::Limits },
                Some(Actor::Admin),
                Step::VerifyBusiness,
            ),
            evidence,
            error,
            known,
        ),
        _ => {
            let (entity_kind, code) = (entity.kind.clone(), Some(error.code));
            let cause = if blocked {
                Cause::HealthBlocked { entity: entity_kind, code }
            } else {
                Cause::HealthLimited { entity: entity_kind, code }
            };
            let (actor, step) = by_code(error.code, &entity.kind);
            let reached = says_limit_reached(&error.description);
            let (cause, affects, actor, step) = if reached {
                (Cause::LimitReached, Affects::Templates, Some(Actor::Nobody), Step::Wait)
            } else {
                (cause, Affects::Messages, actor, step)
            };
            found.push(
                Finding::new(cause, severity, affects, actor, step).shown_by(evidence).said(&error.description, &error.solution),
            );
        }
    }
}

/// Who acts on a code: what the catalogue knows of the code itself, and nothing that only its family suggests.
pub(super) fn by_code(code: i64, kind: &EntityKind) -> (Option<Actor>, Step) {
    let explanation = explain(code, None);
    match explanation.certainty {
        Certainty::Known => (Some(explanation.actor), Step::FollowExplanation),
        Certainty::Family | Certainty::Unknown => by_entity(kind),
    }
}

/// Adds an error to the finding that tells the same already, or tells it.
fn join(found: &mut Vec<Finding>, new: Finding, evidence: Evidence, error: &HealthError, known: &Known<'_>) {
    let same = |finding: &Finding| match new.cause {
        Cause::BusinessUnverified => matches!(
            finding.cause,
            Cause::BusinessUnverified
                | Cause::VerificationRunning
                | Cause::VerificationFailed(_)
                | Cause::VerificationIncomplete(_)
        ),
        _ => finding.cause == new.cause,
    };
    let mut finding = match found.iter().position(same) {
        Some(place) => found.remove(place),
        None => new.clone(),
    };
    // The worse of the two: health knows what is blocked, statuses know why.
    if new.severity < finding.severity {
        finding.severity = new.severity;
        finding.affects = new.affects;
    }
    finding.evidence.push(evidence);
    if finding.cause == Cause::Payment && known.account.currency.is_none() {
        // An account without a currency cannot pay either (Meta: 131042).
        finding.evidence.push(known.answer("currency", ""));
    }
    found.push(finding.said(&error.description, &error.solution));
}
