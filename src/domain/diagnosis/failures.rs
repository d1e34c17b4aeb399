//! What sends that failed tell of the account. What they tell of single recipients is no finding about the account.

use jiff::SignedDuration;

use super::{Affects, Cause, Evidence, EvidenceSource, FailureFacts, Finding, Known, Severity, Step};
use crate::domain::graph_error::{Certainty, ErrorClass, Explanation, explain};

/// Failures of this long ago still tell how things are.
const RECENT: SignedDuration = SignedDuration::from_hours(24);

pub(super) fn look(known: &Known<'_>, found: &mut Vec<Finding>) {
    let recent = known.failures.iter().filter(|failure| known.now.duration_since(failure.at) < RECENT);
    let mut groups: Vec<(i64, Vec<&FailureFacts>)> = Vec::new();
    for failure in recent {
        let Some(code) = failure.code else { continue };
        match groups.iter_mut().find(|(known, _)| *known == code) {
            Some((_, group)) => group.push(failure),
            None => groups.push((code, vec![failure])),
        }
    }
    for (code, group) in groups {
        look_at_code(code, &group, found);
    }
}

fn look_at_code(code: i64, group: &[&FailureFacts], found: &mut Vec<Finding>) {
    let explanation = explain(code, None);
    let Some((severity, affects)) = weight(code, &explanation) else { return };
    let evidence = group.iter().map(|failure| Evidence {
        field: "code".into(),
        value: code.to_string().into(),
        at: Some(failure.at),
        source: EvidenceSource::Send,
    });
    // A cause that is known already is only shown once more by its failures.
    let same = |finding: &&mut Finding| match explanation.class {
        ErrorClass::Payment => finding.cause == Cause::Payment,
        ErrorClass::Restricted if code == 368 || code == 131_031 => matches!(
            finding.cause,
            Cause::Disabled | Cause::Locked | Cause::Announced(_) | Cause::Restricted | Cause::ReviewRejected
        ),
        ErrorClass::Auth => matches!(finding.cause, Cause::TokenRefused | Cause::TokenExpired),
        ErrorClass::Permission => matches!(finding.cause, Cause::ScopeMissing(_)),
        _ => false,
    };
    if let Some(finding) = found.iter_mut().find(same) {
        finding.evidence.extend(evidence);
        return;
    }
    let known = explanation.certainty == Certainty::Known;
    let payment = explanation.class == ErrorClass::Payment;
    let (cause, step) =
        if payment { (Cause::Payment, Step::FixPayment) } else { (Cause::Failing(code), Step::FollowExplanation) };
    let actor = known.then_some(explanation.actor);
    let mut finding = Finding::new(cause, severity, affects, actor, if known { step } else { Step::FollowMeta });
    if matches!(code, 368 | 131_031) {
        finding.step = Step::Appeal;
        finding.link = Step::Appeal.link();
    }
    finding.evidence.extend(evidence);
    finding.since = group.last().map(|failure| failure.at);
    let words = group.first().map_or("", |failure| failure.words.as_str());
    found.push(finding.said(words, ""));
}

/// How bad failures of a code are for the account; nothing where they concern single recipients or requests.
fn weight(code: i64, explanation: &Explanation) -> Option<(Severity, Affects)> {
    let told = match explanation.class {
        ErrorClass::Auth | ErrorClass::Permission => (Severity::Blocking, Affects::Messages),
        ErrorClass::Restricted => match code {
            // One country, one number, one account over its share of wrong categories.
            130_497 => (Severity::Limiting, Affects::Messages),
            131_048 => (Severity::Blocking, Affects::OneNumber),
            131_064 => (Severity::Blocking, Affects::Templates),
            _ => (Severity::Blocking, Affects::Messages),
        },
        ErrorClass::Payment => (Severity::Blocking, Affects::Templates),
        ErrorClass::Setup | ErrorClass::Registration => (Severity::Limiting, Affects::OneNumber),
        ErrorClass::Configuration => (Severity::Limiting, Affects::Marketing),
        ErrorClass::Template | ErrorClass::Sync => (Severity::Limiting, Affects::SomeTemplates),
        ErrorClass::RateLimit => (Severity::Limiting, Affects::Calls),
        ErrorClass::Unknown => (Severity::Warning, Affects::Nothing),
        ErrorClass::Request
        | ErrorClass::NotFound
        | ErrorClass::Verification
        | ErrorClass::Calling
        | ErrorClass::Recipient
        | ErrorClass::RecipientLimit
        | ErrorClass::OptOut
        | ErrorClass::Experiment
        | ErrorClass::TemplateManagement
        | ErrorClass::Insights
        | ErrorClass::Flow
        | ErrorClass::Transient
        | ErrorClass::AlreadyDone => return None,
    };
    Some(told)
}
