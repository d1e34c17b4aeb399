//! The templates: those that cannot be sent, those that soon cannot, and those whose category is not what it was.

use compact_str::CompactString;
use jiff::{SignedDuration, Timestamp};

use super::{Affects, Cause, Evidence, EvidenceSource, Finding, Known, Severity, Step, Subject};
use crate::domain::{
    Template,
    event::{Event, EventKind, template_subject},
    graph_error::Actor,
    number::Quality,
    template::{Category, TemplateStatus},
};

/// How long Meta pauses a template the first and the second time; the third time it is disabled (Meta: template pausing).
const PAUSES: [SignedDuration; 2] = [SignedDuration::from_hours(3), SignedDuration::from_hours(6)];
/// Templates that a finding names, at most; the rest is counted.
const MOST_NAMED: usize = 250;
/// How the note of an alert about a template's category begins.
const DRIFT: &str = "TEMPLATE_CATEGORY";

/// What the next fall of quality brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NextPause {
    /// A pause of three hours.
    First,
    /// A pause of six hours.
    Second,
    /// It is disabled.
    Disabled,
    /// Not known: earlier pauses may not have been seen.
    Unknown,
}

/// What is known of a template's pauses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PauseForecast {
    /// Since when it is paused, where that was seen.
    pub since: Option<Timestamp>,
    /// When the pause ends: exactly where Meta said which pause it is, else the latest that is possible.
    pub ends: Option<Timestamp>,
    /// Whether [`PauseForecast::ends`] is exact.
    pub exact: bool,
    /// What comes next.
    pub next: NextPause,
}

/// Which pause Meta's webhook said it is, counted from zero.
fn told_pause(event: &Event) -> Option<usize> {
    let said = format!("{} {}", event.after.as_deref().unwrap_or_default(), event.note.as_deref().unwrap_or_default());
    let said = said.to_ascii_uppercase();
    if said.contains("FIRST_PAUSE") {
        Some(0)
    } else if said.contains("SECOND_PAUSE") {
        Some(1)
    } else {
        None
    }
}

/// What is known of the pauses of a template that is paused, or close to it; `None` for all others.
pub fn pause_forecast(template: &Template, events: &[Event]) -> Option<PauseForecast> {
    let paused = template.status == TemplateStatus::Paused;
    let low = template.status == TemplateStatus::Approved && template.quality == Quality::Red;
    if !paused && !low {
        return None;
    }
    let subject = template_subject(&template.name, &template.language);
    let is_pause = |event: &&Event| {
        event.kind == EventKind::TemplateStatus
            && event.subject == subject
            && event.after.as_deref().is_some_and(|after| TemplateStatus::from_wire(after) == TemplateStatus::Paused)
    };
    let latest = events.iter().find(is_pause);
    let told = events.iter().filter(is_pause).find_map(told_pause);
    let since = latest.filter(|_| paused).map(|event| event.at);
    let exact = latest.and_then(told_pause).filter(|_| paused);
    let longest = PAUSES.get(exact.unwrap_or(PAUSES.len() - 1)).copied().unwrap_or_default();
    Some(PauseForecast {
        since,
        ends: since.and_then(|since| since.checked_add(longest).ok()),
        exact: exact.is_some(),
        next: match told {
            Some(0) => NextPause::Second,
            Some(_) => NextPause::Disabled,
            None => NextPause::Unknown,
        },
    })
}

/// The category that the template had or should have, where that differs from the one it has.
pub fn drift(template: &Template) -> Option<(Category, Category)> {
    let other = |category: &Option<Category>| {
        category.clone().filter(|category| *category != template.category && !category.as_wire().is_empty())
    };
    if let Some(correct) = other(&template.correct_category) {
        return Some((template.category.clone(), correct));
    }
    other(&template.previous_category).map(|previous| (previous, template.category.clone()))
}

/// Templates of which one thing is to be told: what, how bad, whose move, the step, and which they are.
type Group<'a> = (Cause, Severity, Option<Actor>, Step, Vec<&'a Template>);

pub(super) fn look(known: &Known<'_>, found: &mut Vec<Finding>) {
    match &known.templates {
        Some(templates) => {
            look_at(known, templates, EvidenceSource::Answer, found);
            look_at_marketing(known, templates, found);
        }
        None => {
            let told = told_by_webhooks(known.events);
            look_at(known, &told.iter().collect::<Vec<_>>(), EvidenceSource::Webhook, found);
        }
    }
}

/// Whether an alert is one of a category that Meta will change.
pub(super) fn is_drift(event: &Event) -> bool {
    event.kind == EventKind::Alert && event.note.as_deref().is_some_and(|note| note.starts_with(DRIFT))
}

/// The templates of which webhooks told something, as they told it last: better than nothing where they cannot be read.
fn told_by_webhooks(events: &[Event]) -> Vec<Template> {
    let mut told: Vec<Template> = Vec::new();
    // From the oldest to the newest, so that the newest stays.
    for event in events.iter().rev().filter(|event| event.kind.is_of_template() || is_drift(event)) {
        let (Some((name, language)), Some(after)) = (event.subject.rsplit_once('/'), event.after.as_deref()) else { continue };
        let place = told.iter().position(|template| template.name == name && template.language == language);
        let place = place.unwrap_or_else(|| {
            told.push(Template { name: name.into(), language: language.into(), ..Template::default() });
            told.len() - 1
        });
        let Some(template) = told.get_mut(place) else { continue };
        match event.kind {
            EventKind::TemplateStatus => template.status = TemplateStatus::from_wire(after),
            EventKind::TemplateQuality => template.quality = Quality::from_wire(after),
            EventKind::TemplateCategory => {
                template.previous_category = event.before.as_deref().map(Category::from_wire);
                template.category = Category::from_wire(after);
                template.correct_category = None;
            }
            _ => {
                template.category = event.before.as_deref().map(Category::from_wire).unwrap_or_default();
                template.correct_category = Some(Category::from_wire(after));
            }
        }
    }
    told
}

fn look_at(known: &Known<'_>, templates: &[&Template], source: EvidenceSource, found: &mut Vec<Finding>) {
    let status = |wanted: TemplateStatus| move |template: &&Template| template.status == wanted;
    let some = Affects::SomeTemplates;
    let (us, meta) = (Some(Actor::Us), Some(Actor::Meta));
    let groups: [Group<'_>; 8] = [
        (
            Cause::TemplatesDisabled,
            Severity::Limiting,
            us,
            Step::ReplaceTemplates,
            of(templates, status(TemplateStatus::Disabled)),
        ),
        (Cause::TemplatesPaused, Severity::Limiting, us, Step::EditTemplates, of(templates, status(TemplateStatus::Paused))),
        (Cause::TemplatesRejected, Severity::Limiting, us, Step::EditTemplates, of(templates, status(TemplateStatus::Rejected))),
        (
            Cause::TemplatesOverLimit,
            Severity::Limiting,
            us,
            Step::DeleteTemplates,
            of(templates, status(TemplateStatus::LimitExceeded)),
        ),
        (
            Cause::TemplatesMiscategorised,
            Severity::Warning,
            us,
            Step::ReviewCategory,
            of(templates, |template| has_other(template, &template.correct_category)),
        ),
        (
            Cause::TemplatesRecategorised,
            Severity::Warning,
            us,
            Step::ReviewCategory,
            of(templates, |template| {
                has_other(template, &template.previous_category) && !has_other(template, &template.correct_category)
            }),
        ),
        (
            Cause::TemplatesLowQuality,
            Severity::Warning,
            us,
            Step::EditTemplates,
            of(templates, |template| {
                is_flagged(template) || (template.status == TemplateStatus::Approved && template.quality == Quality::Red)
            }),
        ),
        (
            Cause::TemplatesInReview,
            Severity::Notice,
            meta,
            Step::WaitForMeta,
            of(templates, |template| matches!(template.status, TemplateStatus::Pending | TemplateStatus::InAppeal)),
        ),
    ];
    for (cause, severity, actor, step, members) in groups {
        if !members.is_empty() {
            let mut finding = group(known, cause, severity, some, (actor, step), &members);
            finding.evidence.iter_mut().for_each(|evidence| evidence.source = source);
            found.push(finding);
        }
    }
}

fn of<'a>(templates: &[&'a Template], wanted: impl Fn(&&Template) -> bool) -> Vec<&'a Template> {
    templates.iter().copied().filter(|template| wanted(template)).collect()
}

fn has_other(template: &Template, category: &Option<Category>) -> bool {
    category.as_ref().is_some_and(|category| *category != template.category && !category.as_wire().is_empty())
}

/// Webhooks, not nodes, tell that a template will be disabled unless its quality rises; it can still be sent.
fn is_flagged(template: &Template) -> bool {
    template.status.as_wire().eq_ignore_ascii_case("FLAGGED")
}

fn full_name(template: &Template) -> CompactString {
    template_subject(&template.name, &template.language)
}

fn group(
    known: &Known<'_>,
    cause: Cause,
    severity: Severity,
    affects: Affects,
    (actor, step): (Option<Actor>, Step),
    members: &[&Template],
) -> Finding {
    let names: Vec<CompactString> = members.iter().take(MOST_NAMED).map(|template| full_name(template)).collect();
    let mut finding = Finding::new(cause, severity, affects, actor, step);
    for template in members.iter().take(MOST_NAMED) {
        let (field, value) = match &finding.cause {
            Cause::TemplatesRecategorised => ("previous_category", wire(&template.previous_category)),
            Cause::TemplatesMiscategorised => ("correct_category", wire(&template.correct_category)),
            Cause::TemplatesLowQuality if !is_flagged(template) => ("quality_score", template.quality.as_wire()),
            Cause::TemplatesRejected => match template.rejected_reason.as_deref() {
                Some(reason) => ("rejected_reason", reason),
                None => ("status", template.status.as_wire()),
            },
            _ => ("status", template.status.as_wire()),
        };
        finding.evidence.push(Evidence {
            field: compact_str::format_compact!("{} {field}", full_name(template)),
            value: value.into(),
            at: None,
            source: EvidenceSource::Answer,
        });
    }
    let forecasts: Vec<PauseForecast> = match finding.cause {
        Cause::TemplatesPaused => members.iter().filter_map(|template| pause_forecast(template, known.events)).collect(),
        _ => Vec::new(),
    };
    finding.since = forecasts.iter().filter_map(|forecast| forecast.since).min();
    // Only where the end of every one is known there is an end of all.
    let ends: Option<Vec<Timestamp>> = forecasts.iter().map(|forecast| forecast.ends).collect();
    finding.until = ends.and_then(|ends| ends.into_iter().max()).filter(|end| *end > known.now);
    finding.subject = Subject::Templates(names);
    finding
}

fn wire(category: &Option<Category>) -> &str {
    category.as_ref().map_or("", Category::as_wire)
}

/// Marketing needs a marketing template that is approved.
fn look_at_marketing(known: &Known<'_>, templates: &[&Template], found: &mut Vec<Finding>) {
    let marketing = of(templates, |template| template.category == Category::Marketing);
    let can_be_sent = |template: &&Template| template.status == TemplateStatus::Approved || is_flagged(template);
    let none_left = !marketing.is_empty() && !marketing.iter().any(can_be_sent);
    if none_left {
        let waits_for_meta = marketing.iter().any(|template| template.status == TemplateStatus::Pending);
        let whose = if waits_for_meta { (Some(Actor::Meta), Step::WaitForMeta) } else { (Some(Actor::Us), Step::EditTemplates) };
        found.push(group(known, Cause::NoSendableTemplate, Severity::Blocking, Affects::Marketing, whose, &marketing));
    }
}
