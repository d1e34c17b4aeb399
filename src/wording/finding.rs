//! What stands in the way of an account, in words: the sentence of each finding, whose move it is, the next step, the evidence.

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use super::{civil_day_in, day_and_clock, entity_kind, id_of, messaging_limit, moment_in, number_status, restriction_kind};
use crate::{
    domain::{
        diagnosis::{Affects, Cause, Evidence, Finding, Rung, Severity, Step, Subject},
        graph_error::{self, Actor, Certainty},
        number::MessagingLimit,
    },
    i18n::{Language, Texts},
    text,
};

/// Templates that a sentence names, at most.
const MOST_NAMED: usize = 3;

/// A name for programs with dashes in place of underscores, as ids of texts have it.
fn dashed(prefix: &str, name: &str) -> String {
    id_of(prefix, name)
}

/// What is wrong, in one sentence.
pub fn sentence(texts: &Texts, finding: &Finding) -> String {
    let id = dashed("finding", finding.cause.name());
    let (names, count) = match &finding.subject {
        Subject::Templates(names) => (named(texts, names), names.len()),
        _ => (String::new(), finding.evidence.len()),
    };
    let number = match &finding.subject {
        Subject::Number { id, display } => super::name_or_id(display, id),
        _ => String::new(),
    };
    let (entity, code) = match &finding.cause {
        Cause::HealthBlocked { entity, code } | Cause::HealthLimited { entity, code } => {
            (entity_kind(texts, entity), code.map_or_else(|| "none".to_owned(), |code| code.to_string()))
        }
        _ => (String::new(), String::new()),
    };
    let kind = match &finding.cause {
        // It stands within a sentence.
        Cause::Announced(kind) => lower_first(&restriction_kind(texts, kind)),
        _ => String::new(),
    };
    texts.with(
        &id,
        &[
            ("value", value(texts, finding).into()),
            ("number", number.into()),
            ("names", names.into()),
            ("count", count.into()),
            ("entity", entity.into()),
            ("code", code.into()),
            ("kind", kind.into()),
        ],
    )
}

fn value(texts: &Texts, finding: &Finding) -> String {
    let sent = match &finding.cause {
        Cause::ScopeMissing(sent)
        | Cause::Ineligible(sent)
        | Cause::NumberStatusUnknown(sent)
        | Cause::NumberNotOnCloudApi(sent)
        | Cause::Violation(sent)
        | Cause::AccessLost(sent)
        | Cause::Alert(sent)
        | Cause::StatusUndocumented(sent)
        | Cause::CallingOff(sent) => sent.as_str(),
        Cause::OnboardingUnknown(sent) => {
            return if sent.is_empty() { "none".to_owned() } else { text::clean(sent).into_owned() };
        }
        Cause::VerificationFailed(sent) | Cause::VerificationIncomplete(sent) => return super::word_and_wire(texts, sent),
        Cause::NumberGone(status) => return number_status(texts, status),
        Cause::Failing(code) => return code.to_string(),
        Cause::CallsRunningOut(percent) => return percent.to_string(),
        Cause::LimitLow | Cause::LimitLowered => {
            let sent = finding.evidence.first().map(|evidence| MessagingLimit::from_wire(&evidence.value));
            return messaging_limit(texts, sent);
        }
        _ => finding.evidence.first().map_or("", |evidence| evidence.value.as_str()),
    };
    text::clean(sent).into_owned()
}

fn named(texts: &Texts, names: &[compact_str::CompactString]) -> String {
    let shown = names.iter().take(MOST_NAMED).map(|name| text::clean(name).into_owned()).collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(MOST_NAMED) {
        0 => shown,
        more => format!("{shown} {}", texts.with("finding-evidence-more", &[("count", more.into())])),
    }
}

fn lower_first(words: &str) -> String {
    let mut characters = words.chars();
    // Meta's own spelling (`RESTRICTED_…`) stays as it is.
    match (characters.next(), words.contains('_')) {
        (Some(first), false) => first.to_lowercase().chain(characters).collect(),
        _ => words.to_owned(),
    }
}

/// How bad it is, in one word.
pub fn severity(texts: &Texts, severity: Severity) -> String {
    texts.get(&dashed("finding-severity", severity.name())).into_owned()
}

/// The glyph of how bad it is, no two alike.
pub fn severity_glyph(severity: Severity) -> &'static str {
    match severity {
        Severity::Blocking => "⊘",
        Severity::Limiting => "▼",
        Severity::Warning => "▲",
        Severity::Notice => "·",
    }
}

/// What it is in the way of.
pub fn affects(texts: &Texts, affects: Affects) -> String {
    texts.get(&dashed("finding-affects", affects.name())).into_owned()
}

fn actor_id(prefix: &str, actor: Option<Actor>) -> String {
    let name = actor.map_or("unknown", Actor::name);
    format!("{prefix}-{name}")
}

/// Whose move it is, as a short phrase.
pub fn who(texts: &Texts, actor: Option<Actor>) -> String {
    texts.get(&actor_id("finding-who", actor)).into_owned()
}

/// Who acts, in a word or two.
pub fn who_short(texts: &Texts, actor: Option<Actor>) -> String {
    texts.get(&actor_id("finding-who-short", actor)).into_owned()
}

/// The next step, in one sentence.
pub fn step(texts: &Texts, finding: &Finding) -> String {
    let id = dashed("finding-step", finding.step.name());
    let explanation = match (finding.step, code(finding)) {
        (Step::FollowExplanation, Some(code)) => {
            let explanation = graph_error::explain(code, None);
            match texts.language() {
                Language::English => explanation.english,
                Language::French => explanation.french,
            }
        }
        _ => "",
    };
    texts.with(&id, &[("explanation", explanation.into())])
}

/// The code of Meta's that a finding rests on, where one is known to the catalogue.
fn code(finding: &Finding) -> Option<i64> {
    let code = match &finding.cause {
        Cause::Failing(code) => Some(*code),
        Cause::HealthBlocked { code, .. } | Cause::HealthLimited { code, .. } => *code,
        _ => finding.code(),
    };
    code.filter(|code| graph_error::explain(*code, None).certainty == Certainty::Known)
}

/// Since when and until when, as far as that is known; empty when nothing is. Of what Meta's sentence names only days are known.
pub fn period(texts: &Texts, finding: &Finding, zone: &TimeZone) -> String {
    let of = |id: &str, at: Option<Timestamp>, day: Option<Date>| {
        let when = match (at, day) {
            // What was seen here is later than the day that Meta names.
            (Some(at), Some(day)) if id == "finding-since" && day < at.to_zoned(zone.clone()).date() => civil_day_in(texts, day),
            (Some(at), _) => moment_in(texts, at, zone),
            (None, day) => civil_day_in(texts, day?),
        };
        Some(texts.with(id, &[("when", when.into())]))
    };
    let since = of("finding-since", finding.since, finding.days.since);
    let until = of("finding-until", finding.until, finding.days.until);
    [since, until].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// In how many days the last day is that Meta's sentence names.
pub fn days_left(texts: &Texts, now: Timestamp, last: Date) -> String {
    let today = now.to_zoned(TimeZone::UTC).date();
    let days = last.since(today).map_or(0, |left| left.get_days().max(0));
    texts.with("finding-days-left", &[("days", i64::from(days).into())])
}

/// What Meta said and advises, cleaned; nothing where it said nothing.
pub fn meta(texts: &Texts, finding: &Finding) -> Vec<String> {
    let of = |id: &str, words: &Option<String>| {
        words.as_deref().map(|words| texts.with(id, &[("words", text::clean(words).trim().to_owned().into())]))
    };
    [of("finding-meta-words", &finding.meta_words), of("finding-meta-advice", &finding.meta_advice)]
        .into_iter()
        .flatten()
        .collect()
}

/// One piece of evidence: field, value, where from and when.
pub fn evidence(texts: &Texts, evidence: &Evidence, zone: &TimeZone) -> String {
    let source = texts.get(&dashed("finding-source", evidence.source.name())).into_owned();
    let arguments = [("field", text::clean(&evidence.field).into()), ("value", text::clean(&evidence.value).into())];
    let line = texts.with("finding-evidence-line", &arguments);
    let seen = match evidence.at {
        Some(at) => texts.with("finding-evidence-seen", &[("source", source.into()), ("when", day_and_clock(at, zone).into())]),
        None => source,
    };
    format!("{line}  ({seen})")
}

/// A rung of Meta's enforcement, with its place among the five.
pub fn rung(texts: &Texts, rung: Rung) -> String {
    let what = texts.get(&dashed("ladder", rung.name())).into_owned();
    let place = Rung::ALL.iter().position(|other| *other == rung).map_or(0, |place| place + 1);
    texts.with("ladder-place", &[("step", place.into()), ("what", what.into())])
}

/// How long until then, to the second: `2 d 03:12:45`; without days when there are none.
pub fn countdown(now: Timestamp, until: Timestamp) -> String {
    let left = until.duration_since(now).as_secs().max(0);
    let (days, hours, minutes, seconds) = (left / 86_400, left / 3_600 % 24, left / 60 % 60, left % 60);
    if days > 0 {
        format!("{days} d {hours:02}:{minutes:02}:{seconds:02}")
    } else {
        format!("{hours:02}:{minutes:02}:{seconds:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cause_step_and_rung_has_words_in_both_languages() {
        for language in Language::ALL {
            let texts = Texts::new(language);
            let causes = Cause::NAMES.iter().map(|name| dashed("finding", name));
            let steps = Step::ALL.iter().map(|step| dashed("finding-step", step.name()));
            let rungs = Rung::ALL.iter().map(|rung| dashed("ladder", rung.name()));
            for id in causes.chain(steps).chain(rungs) {
                assert!(texts.has(&id), "{language:?} {id}");
            }
        }
    }

    #[test]
    fn a_countdown_counts_days_and_ends_at_zero() {
        let at = |second: i64| Timestamp::from_second(second).unwrap();
        assert_eq!(countdown(at(0), at(2 * 86_400 + 3 * 3_600 + 62)), "2 d 03:01:02");
        assert_eq!(countdown(at(0), at(61)), "00:01:01");
        assert_eq!(countdown(at(9), at(3)), "00:00:00");
    }

    #[test]
    fn whose_move_it_is_is_told_apart_for_everybody() {
        let texts = Texts::new(Language::English);
        let actors = [Some(Actor::Us), Some(Actor::Admin), Some(Actor::Meta), Some(Actor::Recipient), Some(Actor::Nobody), None];
        let words: std::collections::BTreeSet<String> = actors.iter().map(|actor| who(&texts, *actor)).collect();
        assert_eq!(words.len(), actors.len());
    }
}
