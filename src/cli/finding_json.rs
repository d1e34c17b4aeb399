//! Findings as JSON. The shape is a promise (`docs/cli.md`): keys are added, never renamed or taken away.

use serde_json::{Value, json};

use crate::{
    domain::{
        Account,
        diagnosis::{Evidence, Finding, Rung, Subject},
        graph_error::Actor,
    },
    i18n::Texts,
    wording::finding as words,
};

/// All findings, the first blocking cause on top. The sentences are in the reader's language, all else is the same in every one.
pub fn findings(texts: &Texts, findings: &[Finding], account: &Account) -> Value {
    findings.iter().map(|finding| one(texts, finding, account)).collect()
}

fn one(texts: &Texts, finding: &Finding, account: &Account) -> Value {
    json!({
        "cause": finding.cause.name(),
        "severity": finding.severity.name(),
        "affects": finding.affects.name(),
        "sentence": words::sentence(texts, finding),
        "who": finding.actor.map(Actor::name),
        "step": finding.step.name(),
        "next_step": words::step(texts, finding),
        "link": finding.link.map(|link| link.url(account)),
        "subject": subject(&finding.subject),
        "since": finding.since.map(|at| at.to_string()),
        "until": finding.until.map(|at| at.to_string()),
        "since_day": finding.days.since.map(|day| day.to_string()),
        "until_day": finding.days.until.map(|day| day.to_string()),
        "meta_words": finding.meta_words,
        "meta_advice": finding.meta_advice,
        "evidence": finding.evidence.iter().map(evidence).collect::<Vec<_>>(),
    })
}

/// The rung of Meta's enforcement, from 1 to 5.
pub fn enforcement(rung: Rung) -> Value {
    json!({ "step": Rung::ALL.iter().position(|other| *other == rung).map(|place| place + 1), "name": rung.name() })
}

fn subject(subject: &Subject) -> Value {
    match subject {
        Subject::Account => json!({ "kind": "account" }),
        Subject::Number { id, display } => json!({ "kind": "number", "id": id.as_str(), "display": display.as_str() }),
        Subject::Templates(names) => {
            json!({ "kind": "templates", "names": names.iter().map(|name| name.as_str()).collect::<Vec<_>>() })
        }
    }
}

fn evidence(evidence: &Evidence) -> Value {
    json!({
        "field": evidence.field.as_str(),
        "value": evidence.value.as_str(),
        "seen": evidence.at.map(|at| at.to_string()),
        "source": evidence.source.name(),
    })
}
