//! An account's templates: the ones that cannot be sent first, with the pauses that are coming and categories that moved.

use super::{
    page::{Page, Section},
    quality_style,
};
use crate::{
    domain::{
        Account, Template,
        diagnosis::{NextPause, drift, pause_forecast},
        number::Quality,
        template::TemplateStatus,
    },
    text,
    wording::{self, explanation::Topic, finding::countdown},
};

/// Draws the section.
pub fn draw(page: &mut Page<'_>, account: &Account) {
    let model = page.model;
    page.section(Section::Templates);
    let known = model.composer.templates.get(&account.id);
    if let Some(problem) = known.and_then(|known| known.failure()) {
        page.begin("failed");
        page.wrapped(0, &problem.to_text(model.texts.language()), model.theme.bad);
        if let Some(code) = problem.code {
            page.topic(Topic::code(code, problem.subcode));
        }
    }
    let Some(templates) = known.and_then(|known| known.value()) else {
        let loading = known.is_some_and(|known| known.is_loading());
        if loading || known.is_none() {
            page.begin("loading");
            let id = if loading { "composer-templates-loading" } else { "account-templates-not-asked" };
            page.wrapped(0, &model.text(id), model.theme.dim);
        }
        return;
    };
    if templates.is_empty() {
        page.begin("none");
        page.wrapped(0, &model.text("composer-no-templates"), model.theme.dim);
    }
    let mut sorted: Vec<&Template> = templates.iter().map(AsRef::as_ref).collect();
    sorted.sort_by_key(|template| (rank(template), template.name.as_str(), template.language.as_str()));
    for template in sorted {
        one(page, account, template);
    }
}

/// Those that need somebody first.
fn rank(template: &Template) -> u8 {
    match (&template.status, &template.quality) {
        (TemplateStatus::Disabled | TemplateStatus::Rejected, _) => 0,
        (TemplateStatus::Paused | TemplateStatus::LimitExceeded, _) => 1,
        (TemplateStatus::Approved, Quality::Red) => 2,
        (TemplateStatus::Approved, _) if drift(template).is_some() => 3,
        (TemplateStatus::Pending | TemplateStatus::InAppeal, _) => 4,
        (TemplateStatus::Approved, Quality::Yellow) => 5,
        (TemplateStatus::Approved, _) => 6,
        _ => 7,
    }
}

fn one(page: &mut Page<'_>, account: &Account, template: &Template) {
    let (model, texts) = (page.model, &page.model.texts);
    let theme = &model.theme;
    let name = format!("{}/{}", text::clean(&template.name), text::clean(&template.language));
    page.begin(&name);
    let (glyph, style) = match template.status {
        TemplateStatus::Approved => ("●", theme.good),
        TemplateStatus::Disabled | TemplateStatus::Rejected | TemplateStatus::Deleted => ("⊘", theme.bad),
        TemplateStatus::Paused | TemplateStatus::LimitExceeded => ("▼", theme.action),
        TemplateStatus::Pending | TemplateStatus::InAppeal => ("◔", theme.waiting),
        _ => ("·", theme.dim),
    };
    let status = wording::message::template_status(texts, &template.status);
    let quality = wording::quality(texts, &template.quality);
    let category = wording::message::category(texts, &template.category).to_lowercase();
    let rest = text::width(&status) + text::width(&quality) + text::width(&category) + 10;
    let width = page.width.saturating_sub(rest).clamp(12, 44);
    let shown = text::truncate_middle(&name, width).into_owned();
    let padding = " ".repeat(width.saturating_sub(text::width(&shown)));
    page.line(vec![
        (format!("{glyph} "), style),
        (format!("{shown}{padding}  "), theme.text),
        (format!("{status}  "), style),
        (format!("◆ {quality}  "), quality_style(model, &template.quality)),
        (category, theme.dim),
    ]);
    if let Some(reason) = &template.rejected_reason {
        page.wrapped(2, &texts.with("account-template-rejected", &[("reason", text::clean(reason).into())]), theme.bad);
    }
    let events = model.past_of(&account.id).map(|past| past.events.as_slice()).unwrap_or_default();
    if let Some(forecast) = pause_forecast(template, events) {
        if let Some(end) = forecast.ends.filter(|end| *end > model.now) {
            let id = if forecast.exact { "account-pause-ends" } else { "account-pause-ends-at-the-latest" };
            let left = countdown(model.now, end);
            page.wrapped(2, &texts.with(id, &[("left", left.into())]), theme.action);
        }
        let next = match forecast.next {
            NextPause::First | NextPause::Unknown => "account-pause-next-unknown",
            NextPause::Second => "account-pause-next-second",
            NextPause::Disabled => "account-pause-next-disabled",
        };
        page.wrapped(2, &model.text(next), theme.action);
    }
    if let Some((from, to)) = drift(template) {
        let id =
            if template.correct_category.as_ref() == Some(&to) { "account-category-wrong" } else { "account-category-moved" };
        let word = |category: &crate::domain::template::Category| wording::message::category(texts, category).to_lowercase();
        page.wrapped(2, &texts.with(id, &[("from", word(&from).into()), ("to", word(&to).into())]), theme.action);
    }
    page.topic(Topic::Template(template.status.clone()));
    page.topic(Topic::Quality(template.quality.clone()));
    page.link(Some(crate::domain::diagnosis::Link::Templates.url(account)));
}
