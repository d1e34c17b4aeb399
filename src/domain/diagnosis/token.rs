//! The token and the limits of calls: what keeps this program from looking, not the account from sending.

use compact_str::format_compact;
use jiff::{SignedDuration, Timestamp};

use super::{Affects, Cause, Evidence, EvidenceSource, Finding, Known, Severity, Step};
use crate::domain::graph_error::Actor;

/// Notice before something of the token's ends.
const NOTICE: SignedDuration = SignedDuration::from_hours(14 * 24);
/// From this share of a limit on it is worth telling, in percent (Meta: slow down from about 75 to 80).
const MUCH: u32 = 75;
/// Without this one no message can be sent.
const MESSAGING: &str = "whatsapp_business_messaging";
/// Without this one no account can be read.
const MANAGEMENT: &str = "whatsapp_business_management";

pub(super) fn look(known: &Known<'_>, found: &mut Vec<Finding>) {
    look_at_token(known, found);
    for usage in known.usage {
        let field = if usage.of == super::LimitOf::App { "X-App-Usage" } else { "X-Business-Use-Case-Usage" };
        let evidence = Evidence {
            field: field.into(),
            value: format_compact!("{} %", usage.percent),
            at: Some(known.now),
            source: EvidenceSource::Usage,
        };
        match usage.resting_until.filter(|until| *until > known.now) {
            Some(until) => found.push(
                Finding::new(Cause::CallsResting, Severity::Limiting, Affects::Calls, Some(Actor::Nobody), Step::Wait)
                    .shown_by(evidence)
                    .until(Some(until)),
            ),
            None if usage.percent >= MUCH => found.push(
                Finding::new(
                    Cause::CallsRunningOut(usage.percent),
                    Severity::Notice,
                    Affects::Calls,
                    Some(Actor::Nobody),
                    Step::Wait,
                )
                .shown_by(evidence),
            ),
            None => {}
        }
    }
}

fn look_at_token(known: &Known<'_>, found: &mut Vec<Finding>) {
    let Some(token) = known.token else { return };
    let us = Some(Actor::Us);
    let evidence = |field: &str, value: &str| Evidence {
        field: field.into(),
        value: value.into(),
        at: Some(known.now),
        source: EvidenceSource::Token,
    };
    let moment = |field: &str, at: Timestamp| evidence(field, &at.to_string());
    let ended = |end: Option<Timestamp>| end.filter(|end| *end <= known.now);
    let ends_soon = |end: Option<Timestamp>| end.filter(|end| *end > known.now && end.duration_since(known.now) < NOTICE);
    if let Some(end) = ended(token.expires) {
        found.push(
            Finding::new(Cause::TokenExpired, Severity::Blocking, Affects::Messages, us, Step::NewToken)
                .shown_by(moment("expires_at", end))
                .since(Some(end)),
        );
    } else if token.valid == Some(false) {
        found.push(
            Finding::new(Cause::TokenRefused, Severity::Blocking, Affects::Messages, us, Step::NewToken)
                .shown_by(evidence("is_valid", "false")),
        );
    }
    if let Some(end) = ends_soon(token.expires) {
        found.push(
            Finding::new(Cause::TokenExpiring, Severity::Warning, Affects::Messages, us, Step::NewToken)
                .shown_by(moment("expires_at", end))
                .until(Some(end)),
        );
    }
    if let Some(end) = ends_soon(token.data_access_expires) {
        found.push(
            Finding::new(Cause::DataAccessEnding, Severity::Warning, Affects::Calls, us, Step::NewToken)
                .shown_by(moment("data_access_expires_at", end))
                .until(Some(end)),
        );
    }
    for scope in &token.lacks {
        let (severity, affects) = match scope.as_str() {
            MESSAGING => (Severity::Blocking, Affects::Messages),
            MANAGEMENT => (Severity::Limiting, Affects::Calls),
            // Others only show more of what is around the account.
            _ => (Severity::Notice, Affects::Calls),
        };
        found.push(
            Finding::new(Cause::ScopeMissing(scope.clone()), severity, affects, us, Step::GrantScope)
                .shown_by(evidence("scopes", &format!("without {scope}"))),
        );
    }
}
