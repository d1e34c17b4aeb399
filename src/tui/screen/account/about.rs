//! Where the account stands with optimized delivery, where it works, and everything else that is known of it.

use super::page::{Page, Section};
use crate::{
    domain::{Account, account::OnboardingStatus, region::RegionEffect, status::StatusClass},
    graph::Subject,
    text,
    tui::{command::CommandId, screen::accounts::status_style},
    wording::{self, explanation::Topic},
};

/// Draws where the account stands with optimized delivery.
pub fn delivery(page: &mut Page<'_>, account: &Account) {
    let (model, texts) = (page.model, &page.model.texts);
    page.section(Section::Delivery);
    page.begin("status");
    let glyph = wording::status_glyph(&account.onboarding);
    let title = wording::status_title(texts, &account.onboarding);
    page.wrapped(0, &format!("{glyph} {title}"), status_style(model, account));
    page.wrapped(2, &wording::status_meaning(texts, &account.onboarding), model.theme.text);
    let command = match account.onboarding.class() {
        StatusClass::On => CommandId::ShowComposer,
        _ => CommandId::OpenUpgrade,
    };
    let next = wording::status_next(texts, &account.onboarding, &model.keymap.hint(command).unwrap_or_default());
    page.wrapped(2, &format!("→ {next}"), model.theme.accent);
    page.topic(Topic::Onboarding(account.onboarding.clone()));
    if account.cloud_api_marketing_disabled == Some(true) {
        page.begin("cloud api");
        page.wrapped(2, &model.text("account-cloud-api-off"), model.theme.action);
    }
    if let Some(portfolio) = &account.portfolio {
        page.begin("terms");
        let since = portfolio.terms_since.map(|since| wording::day_in(texts, since)).unwrap_or_default();
        page.pair("account-portfolio-terms", &wording::terms(texts, &portfolio.terms, &since), model.theme.text);
        let waited = portfolio.terms_since.map(|since| model.now.duration_since(since).as_hours() / 24).unwrap_or(0);
        if account.onboarding == OnboardingStatus::PendingInternalSetup && waited > 0 {
            page.wrapped(2, &texts.with("account-setup-waits", &[("days", waited.into())]), model.theme.action);
        }
    }
    let upgraded = crate::tui::screen::upgraded::lines(model, account);
    if !upgraded.is_empty() {
        page.begin("upgraded");
        for (indent, words, style) in upgraded {
            page.wrapped(indent, &words, style);
        }
    }
}

/// Draws where it works (R6).
pub fn region(page: &mut Page<'_>, account: &Account) {
    let model = page.model;
    page.section(Section::Region);
    page.begin("region");
    let sent = account.country.as_deref().unwrap_or_default();
    let country = crate::domain::region::Country::new(sent);
    let effect = country.map(|country| country.as_business());
    let name = country.map_or_else(
        || text::clean(if sent.is_empty() { "?" } else { sent }).into_owned(),
        |country| wording::delivery::country(&model.texts, country),
    );
    let words =
        model.texts.with("region-business", &[("country", name.into()), ("effect", model.text(region_text(effect)).into())]);
    page.wrapped(0, &words, model.theme.text);
    page.wrapped(0, &model.text("region-recipients"), model.theme.dim);
}

/// The id of a region's effect among the texts.
pub fn region_text(effect: Option<RegionEffect>) -> &'static str {
    match effect {
        Some(RegionEffect::Full) => "region-full",
        Some(RegionEffect::NoOptimization) => "region-no-optimization",
        Some(RegionEffect::Limited) => "region-limited",
        Some(RegionEffect::NotDeliverable) => "region-not-deliverable",
        Some(RegionEffect::Sanctioned) => "region-sanctioned",
        None => "region-unknown",
    }
}

/// How much of its own limit is used.
fn limits(page: &mut Page<'_>, account: &Account) {
    let model = page.model;
    let Some(usage) = model.fleet.usage.iter().find(|usage| usage.subject == Subject::Object(account.id.to_string())) else {
        return;
    };
    page.begin("usage");
    match usage.resting_until.filter(|until| *until > model.now) {
        Some(until) => {
            let time = wording::clock(until, &model.zone);
            page.pair("account-usage", &model.texts.with("account-usage-resting", &[("time", time.into())]), model.theme.bad);
        }
        None => {
            let words = model.texts.with("account-usage-percent", &[("percent", usage.percent.into())]);
            page.pair("account-usage", &words, model.theme.text);
        }
    }
}

/// Ways that could not see this account, or not the list it might stand on, and why.
fn blind_spots(page: &mut Page<'_>, account: &Account) {
    let (model, texts) = (page.model, &page.model.texts);
    let portfolio = account.portfolio.as_ref().map(|portfolio| &portfolio.id);
    for (place, spot) in model.fleet.blind_spots.iter().enumerate() {
        let concerns = match (&spot.account, &spot.portfolio) {
            (Some(id), _) => *id == account.id,
            (None, Some(id)) => Some(id) == portfolio,
            (None, None) => !account.found_by.contains(spot.path),
        };
        if concerns {
            let way = wording::discovery_path(texts, spot.path);
            let why = spot.problem.to_text(model.texts.language());
            page.begin(&format!("blind {place}"));
            page.pair("account-blind-spot", &wording::explanation::labelled(texts, &way, &why), model.theme.dim);
            if let Some(code) = spot.problem.code {
                page.topic(Topic::code(code, spot.problem.subcode));
            }
        }
    }
}

/// Draws everything else.
pub fn draw(page: &mut Page<'_>, account: &Account) {
    let (model, texts) = (page.model, &page.model.texts);
    page.section(Section::About);
    let plain = model.theme.text;
    let sent = |value: &str| text::clean(value).into_owned();
    page.begin("id");
    page.pair("account-id", &sent(account.id.as_str()), plain);
    if let Some(portfolio) = &account.portfolio {
        page.begin("portfolio");
        page.pair("account-portfolio", &format!("{} ({})", sent(&portfolio.name), portfolio.id), plain);
    }
    for (label, value) in wording::account_facts(texts, account) {
        page.begin(label);
        page.pair(label, &value, plain);
        if let (Some(review), "account-review") = (&account.review, label) {
            page.topic(Topic::Review(review.clone()));
        }
    }
    let found = account.found_by.iter().map(|path| wording::discovery_path(texts, path)).collect::<Vec<_>>().join(", ");
    if !found.is_empty() {
        page.begin("found by");
        page.pair("account-found-by", &found, plain);
    }
    limits(page, account);
    blind_spots(page, account);
    for (label, moment) in [("account-created", account.created), ("account-refreshed", account.refreshed)] {
        if let Some(moment) = moment {
            page.begin(label);
            page.pair(label, &wording::day_and_clock(moment, &model.zone), plain);
        }
    }
}
