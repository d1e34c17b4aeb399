//! What Meta announces by webhook and no field tells: it holds until another announcement takes it back. Restrictions and
//! disabling, which are announced as well, are told in `restrictions`.

use super::{Affects, Cause, Evidence, EvidenceSource, Finding, Known, Severity, Step};
use crate::domain::{
    event::{ENDED, Event, EventKind},
    graph_error::Actor,
    health::CanSend,
};

/// How long a violation that Meta named is still worth telling, in hours: nothing takes it back.
const VIOLATION_HOURS: i64 = 30 * 24;

pub(super) fn look(known: &Known<'_>, found: &mut Vec<Finding>) {
    look_at_deletion(known, found);
    look_at_access(known, found);
    look_at_violations(known, found);
    look_at_alerts(known, found);
}

/// An event of Meta's as evidence.
pub(super) fn told_by_webhook(event: &Event, field: &str) -> Evidence {
    Evidence {
        field: field.into(),
        value: event.after.clone().unwrap_or_default(),
        at: Some(event.at),
        source: EvidenceSource::Webhook,
    }
}

/// How bad something is that would keep every message back: an account whose health says after it that messages leave has
/// come back, whatever was told.
fn unless_available_since(known: &Known<'_>, event: &Event) -> Severity {
    let read_since = known.account.refreshed.is_some_and(|at| at > event.at);
    if read_since && known.account.messaging() == CanSend::Available { Severity::Warning } else { Severity::Blocking }
}

/// An account that was deleted, unless it was seen since.
fn look_at_deletion(known: &Known<'_>, found: &mut Vec<Finding>) {
    let latest = known.events.iter().find(|event| matches!(event.kind, EventKind::Disappeared | EventKind::Appeared));
    let Some(event) = latest.filter(|event| event.kind == EventKind::Disappeared) else { return };
    // One that merely was not listed any more says nothing: it is looked at right now.
    let Some(word) = event.note.as_deref().filter(|note| note.eq_ignore_ascii_case("ACCOUNT_DELETED")) else { return };
    let evidence = Evidence { value: word.into(), ..told_by_webhook(event, "event") };
    found.push(
        Finding::new(
            Cause::Deleted,
            unless_available_since(known, event),
            Affects::Messages,
            Some(Actor::Admin),
            Step::Reconnect,
        )
        .shown_by(evidence)
        .since(Some(event.at)),
    );
}

/// Leaving the platform, this partner or this app, unless it came back since.
fn look_at_access(known: &Known<'_>, found: &mut Vec<Finding>) {
    // What is told of certificates and solutions has a subject of its own and takes nothing back.
    let Some(event) = known.events.iter().find(|event| event.kind == EventKind::Partner && event.subject.is_empty()) else {
        return;
    };
    let Some(told) = event.after.as_deref() else { return };
    let cause = match told.to_ascii_uppercase().as_str() {
        "ACCOUNT_OFFBOARDED" => Cause::Offboarded,
        "PARTNER_REMOVED" | "PARTNER_APP_UNINSTALLED" => Cause::AccessLost(told.into()),
        _ => return,
    };
    found.push(
        Finding::new(cause, unless_available_since(known, event), Affects::Messages, Some(Actor::Admin), Step::Reconnect)
            .shown_by(told_by_webhook(event, "event"))
            .since(Some(event.at))
            .said(event.note.as_deref().unwrap_or_default(), ""),
    );
}

fn look_at_violations(known: &Known<'_>, found: &mut Vec<Finding>) {
    let Some(event) = known.latest(&EventKind::Violation) else { return };
    let age = known.now.duration_since(event.at).as_hours();
    let Some(kind) = event.after.as_ref().filter(|_| age < VIOLATION_HOURS) else { return };
    found.push(
        Finding::new(Cause::Violation(kind.clone()), Severity::Warning, Affects::Nothing, Some(Actor::Us), Step::Appeal)
            .shown_by(told_by_webhook(event, "violation_type"))
            .since(Some(event.at))
            .said(event.note.as_deref().unwrap_or_default(), ""),
    );
}

/// Alerts that are not over, each kind of each entity once. Only what their names say is read into them.
fn look_at_alerts(known: &Known<'_>, found: &mut Vec<Finding>) {
    let mut seen: Vec<(&str, &str)> = Vec::new();
    for event in known.events.iter().filter(|event| event.kind == EventKind::Alert && !super::templates::is_drift(event)) {
        let after = event.after.as_deref().unwrap_or_default();
        let is_over = after == ENDED;
        let kind = if is_over { event.before.as_deref().unwrap_or_default() } else { after };
        let upper = kind.to_ascii_uppercase();
        // A badge that was granted takes back that it was refused, and a decision one that was put off.
        let topic = ["OBA_", "INCREASED_CAPABILITIES_ELIGIBILITY_"].into_iter().find(|topic| upper.starts_with(topic));
        let key = (event.subject.as_str(), topic.unwrap_or(kind));
        if kind.is_empty() || seen.contains(&key) {
            continue;
        }
        seen.push(key);
        if is_over || upper == "OBA_APPROVED" {
            continue;
        }
        let (affects, actor, step) = match (topic, upper.as_str()) {
            (_, alert) if alert.ends_with("_NEED_MORE_INFO") => (Affects::Limits, Some(Actor::Admin), Step::CompleteVerification),
            (_, alert) if alert.ends_with("_ELIGIBILITY_DEFERRED") => (Affects::Limits, Some(Actor::Meta), Step::WaitForMeta),
            (_, alert) if alert.ends_with("_ELIGIBILITY_FAILED") => (Affects::Limits, Some(Actor::Us), Step::ImproveQuality),
            _ => (Affects::Nothing, None, Step::FollowMeta),
        };
        let is_critical = event.note.as_deref().is_some_and(|note| note.starts_with("CRITICAL"));
        let severity = if is_critical { Severity::Warning } else { Severity::Notice };
        found.push(
            Finding::new(Cause::Alert(kind.into()), severity, affects, actor, step)
                .shown_by(told_by_webhook(event, "alert_type"))
                .since(Some(event.at))
                .said(event.note.as_deref().unwrap_or_default(), ""),
        );
    }
}
