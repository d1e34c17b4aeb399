//! What stands in the way of an account: the answer to why it cannot send and what to do, before everything else.

use super::page::{Page, Section};
use crate::{
    domain::{
        Account,
        account::RestrictionKind,
        diagnosis::{Affects, Cause, Finding, Rung, Severity},
        status::StatusClass,
    },
    text,
    wording::{explanation::Topic, finding as words},
};

/// Findings beside the table.
const MOST_BESIDE: usize = 2;
/// Pieces of evidence of one finding.
const MOST_EVIDENCE: usize = 3;

/// Draws the section.
pub fn draw(page: &mut Page<'_>, account: &Account, findings: &[Finding]) {
    page.section(Section::Findings);
    if findings.iter().all(|finding| finding.severity == Severity::Notice) {
        page.begin("none");
        let on = account.onboarding.class() == StatusClass::On;
        let id = if on { "finding-none-marketing" } else { "finding-none" };
        page.wrapped(0, &format!("● {}", page.model.text(id)), page.model.theme.good);
    }
    let most = if page.beside { MOST_BESIDE } else { usize::MAX };
    for finding in findings.iter().take(most) {
        one(page, account, finding);
    }
    if findings.len() > most {
        page.begin("more");
        let count = findings.len().saturating_sub(most);
        let more = page.model.texts.with("account-more-findings", &[("count", count.into())]);
        page.wrapped(2, &more, page.model.theme.dim);
    }
}

fn one(page: &mut Page<'_>, account: &Account, finding: &Finding) {
    let (model, texts) = (page.model, &page.model.texts);
    let theme = &model.theme;
    page.begin(&format!("{} {:?}", finding.cause.name(), finding.subject));
    let style = match finding.severity {
        Severity::Blocking => theme.bad,
        Severity::Limiting | Severity::Warning => theme.action,
        Severity::Notice => theme.text,
    };
    let (glyph, severity) = (words::severity_glyph(finding.severity), words::severity(texts, finding.severity));
    page.wrapped(0, &format!("{glyph} {severity}  {}", words::sentence(texts, finding)), style);
    let mut about = vec![words::who(texts, finding.actor)];
    if finding.affects != Affects::Nothing {
        about.push(words::affects(texts, finding.affects));
    }
    match finding.until.filter(|until| *until > model.now) {
        Some(until) if !page.beside => {
            let left = words::countdown(model.now, until);
            about.push(texts.with("finding-ends-in", &[("left", left.into())]));
        }
        _ => {
            if let Some(last) = finding.last_day(model.now).filter(|_| !page.beside) {
                let left = words::days_left(texts, model.now, last);
                about.push(texts.with("finding-ends-in", &[("left", left.into())]));
            }
        }
    }
    about.extend(Some(words::period(texts, finding, &model.zone)).filter(|period| !period.is_empty()));
    page.wrapped(2, &about.join(" · "), theme.text);
    page.wrapped(2, &format!("→ {}", words::step(texts, finding)), theme.accent);
    if page.beside {
        return;
    }
    if let Some(link) = finding.link {
        let url = link.url(account);
        // It is opened by a key and copied whole; on the screen one line of it is enough.
        page.line(vec![(format!("    {url}"), theme.dim)]);
        page.link(Some(url));
    }
    for said in words::meta(texts, finding) {
        page.wrapped(2, &said, theme.text);
    }
    for evidence in finding.evidence.iter().take(MOST_EVIDENCE) {
        page.wrapped(4, &words::evidence(texts, evidence, &model.zone), theme.dim);
    }
    if finding.evidence.len() > MOST_EVIDENCE {
        let more = finding.evidence.len().saturating_sub(MOST_EVIDENCE);
        page.wrapped(4, &texts.with("finding-evidence-more", &[("count", more.into())]), theme.dim);
    }
    for evidence in &finding.evidence {
        let field = &evidence.field;
        let code = evidence.value.parse().ok().filter(|_| field.ends_with("code"));
        page_topics(page, code, evidence.value.as_str(), field);
    }
}

/// What the evidence names that can be explained.
fn page_topics(page: &mut Page<'_>, code: Option<i64>, value: &str, field: &str) {
    if let Some(code) = code {
        page.topic(Topic::code(code, None));
        return;
    }
    // Enums of Meta's share words; the field tells which one it is.
    let wanted = |topic: &Topic| match topic {
        Topic::Onboarding(_) => field == "marketing_messages_onboarding_status",
        Topic::Number(_) => field == "phone_numbers status",
        Topic::Quality(_) => field.ends_with("quality_rating") || field.ends_with("quality_score"),
        Topic::CanSend(_) => field.ends_with("can_send_message"),
        Topic::Review(_) => field == "account_review_status",
        Topic::Name(_) => field.ends_with("name_status"),
        Topic::Template(_) => field.contains('/') && field.ends_with(" status"),
        Topic::Restriction(_) => field == "restriction_info",
        Topic::Error(_) | Topic::Word(_) => false,
    };
    let value = value.split(',').next().unwrap_or_default();
    Topic::named(value).into_iter().filter(wanted).for_each(|topic| page.topic(topic));
}

/// Draws restrictions with what is left of them, how far Meta's enforcement has come, and the way to appeal.
pub fn draw_restrictions(page: &mut Page<'_>, account: &Account, findings: &[Finding]) {
    let (model, texts) = (page.model, &page.model.texts);
    let theme = &model.theme;
    let stands = |finding: &&Finding| matches!(finding.cause, Cause::Announced(_) | Cause::Restricted);
    let standing: Vec<&Finding> = findings.iter().filter(stands).collect();
    let rung = Rung::of(findings, model.now);
    let restricted = account.restriction(model.now).is_some();
    if standing.is_empty() && rung.is_none() && !restricted {
        return;
    }
    page.section(Section::Restrictions);
    for finding in standing {
        let kind = match &finding.cause {
            Cause::Announced(kind) => Some(kind),
            _ => None,
        };
        page.begin(kind.map_or("unnamed", RestrictionKind::as_wire));
        let kind_words = match kind {
            Some(kind) => text::clean(&crate::wording::restriction_kind(texts, kind)).into_owned(),
            None => model.text("account-restriction-unnamed"),
        };
        page.wrapped(0, &format!("⊘ {kind_words}"), theme.bad);
        match finding.until {
            Some(until) => {
                let left = words::countdown(model.now, until);
                let when = crate::wording::day_and_clock(until, &model.zone);
                let words = texts.with("account-restriction-left", &[("left", left.into()), ("when", when.into())]);
                page.wrapped(2, &words, theme.action);
            }
            None => match finding.last_day(model.now) {
                Some(last) => {
                    let left = words::days_left(texts, model.now, last);
                    let when = crate::wording::civil_day_in(texts, last);
                    let words = texts.with("account-restriction-day", &[("left", left.into()), ("when", when.into())]);
                    page.wrapped(2, &words, theme.action);
                }
                None => page.wrapped(2, &model.text("account-restriction-no-end"), theme.action),
            },
        }
        if let Some(kind) = kind {
            page.topic(Topic::Restriction(kind.clone()));
        }
    }
    if let Some(rung) = rung {
        page.begin("rung");
        page.pair("ladder-title", &words::rung(texts, rung), theme.text);
    }
    page.begin("appeal");
    page.wrapped(0, &format!("→ {}", model.text("account-how-to-appeal")), theme.accent);
    let url = crate::domain::diagnosis::Link::SupportHome.url(account);
    page.wrapped(2, &url, theme.dim);
    page.link(Some(url));
}
