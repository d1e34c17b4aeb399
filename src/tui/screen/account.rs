//! Everything known about one account: beside the table where there is room, on its own where there is not.

use ratatui::{
    layout::Rect,
    style::Style,
    text::{Line, Span},
    widgets::Widget,
};

use crate::{
    domain::{
        Account, WabaId,
        health::CanSend,
        number::{NumberStatus, Quality},
        region::RegionEffect,
        status::StatusClass,
    },
    graph::Subject,
    text,
    tui::{
        command::CommandId,
        model::Model,
        screen::accounts::status_style,
        view::{Canvas, canvas::row},
    },
    wording,
};

/// Draws the screen of one account.
pub fn draw(model: &Model, id: &WabaId, area: Rect, canvas: &mut Canvas<'_>) {
    let inside = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let Some(account) = model.fleet.get(id) else {
        canvas.wrapped(&model.text("account-not-known"), model.theme.action, inside);
        return;
    };
    let lines = lines(model, account, inside.width as usize);
    let height = inside.height as usize;
    let first = model.account_scroll.min(lines.len().saturating_sub(height));
    let (above, beyond) = (first > 0, lines.len() > first + height);
    for (index, line) in (0_u16..).zip(lines.into_iter().skip(first).take(height)) {
        line.render(row(inside, index), canvas.buffer);
    }
    let edge = Rect { x: area.right().saturating_sub(1), width: 1, ..area };
    if above {
        canvas.line(Span::styled("↑", model.theme.accent), row(edge, 0));
    }
    if beyond {
        canvas.line(Span::styled("↓", model.theme.accent), row(edge, edge.height.saturating_sub(1)));
    }
}

/// How many lines the details of an account take at this width.
pub fn line_count(model: &Model, account: &Account, width: usize) -> usize {
    lines(model, account, width).len()
}

/// The style of an entity's readiness.
pub fn can_send_style(model: &Model, value: &CanSend) -> Style {
    match value {
        CanSend::Available => model.theme.good,
        CanSend::Limited => model.theme.action,
        CanSend::Blocked => model.theme.bad,
        CanSend::Unknown(_) => model.theme.dim,
    }
}

/// The style of a quality rating.
pub fn quality_style(model: &Model, value: &Quality) -> Style {
    match value {
        Quality::Green => model.theme.good,
        Quality::Yellow => model.theme.action,
        Quality::Red => model.theme.bad,
        Quality::NotRated | Quality::Unknown(_) => model.theme.dim,
    }
}

fn number_style(model: &Model, value: &NumberStatus) -> Style {
    match value {
        NumberStatus::Connected => model.theme.good,
        NumberStatus::Pending | NumberStatus::Flagged | NumberStatus::RateLimited => model.theme.action,
        NumberStatus::Restricted | NumberStatus::Banned | NumberStatus::Disconnected | NumberStatus::Deleted => model.theme.bad,
        _ => model.theme.dim,
    }
}

/// Collects lines, wrapping as it goes.
struct Page<'a> {
    model: &'a Model,
    width: usize,
    lines: Vec<Line<'static>>,
}

impl Page<'_> {
    fn blank(&mut self) {
        self.lines.push(Line::default());
    }

    fn heading(&mut self, id: &str) {
        if !self.lines.is_empty() {
            self.blank();
        }
        let words = self.model.text(id);
        let rule = "─".repeat(self.width.saturating_sub(text::width(&words) + 1));
        self.lines.push(Line::from(vec![
            Span::styled(format!("{words} "), self.model.theme.title),
            Span::styled(rule, self.model.theme.border),
        ]));
    }

    fn wrapped(&mut self, indent: usize, words: &str, style: Style) {
        for line in text::wrap(words, self.width.saturating_sub(indent).max(1)) {
            self.lines.push(Line::from(Span::styled(format!("{}{line}", " ".repeat(indent)), style)));
        }
    }

    fn pair(&mut self, label_id: &str, value: &str, style: Style) {
        let label = self.model.text(label_id);
        let label_width = 23.min(self.width / 3).max(text::width(&label) + 1);
        let mut first = true;
        for line in text::wrap(value, self.width.saturating_sub(label_width).max(8)) {
            let shown = if first { label.clone() } else { String::new() };
            let padding = " ".repeat(label_width.saturating_sub(text::width(&shown)));
            self.lines.push(Line::from(vec![
                Span::styled(format!("{shown}{padding}"), self.model.theme.dim),
                Span::styled(line.to_string(), style),
            ]));
            first = false;
        }
    }
}

/// The details, line by line.
pub fn lines(model: &Model, account: &Account, width: usize) -> Vec<Line<'static>> {
    let theme = &model.theme;
    let mut page = Page { model, width, lines: Vec::new() };
    page.wrapped(0, &wording::account_name(account), theme.title);
    let place = [account.id.to_string(), country_words(account), portfolio_words(account)];
    page.wrapped(0, &place.iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" · "), theme.dim);
    delivery(&mut page, account);
    restrictions(&mut page, account);
    health(&mut page, account);
    numbers(&mut page, account);
    region(&mut page, account);
    about(&mut page, account);
    page.lines
}

fn country_words(account: &Account) -> String {
    account.country.as_deref().map_or_else(String::new, |country| text::clean(country).into_owned())
}

fn portfolio_words(account: &Account) -> String {
    account.portfolio.as_ref().map_or_else(String::new, |portfolio| text::clean(&portfolio.name).into_owned())
}

fn delivery(page: &mut Page<'_>, account: &Account) {
    let (model, texts) = (page.model, &page.model.texts);
    page.heading("account-section-delivery");
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
    if account.cloud_api_marketing_disabled == Some(true) {
        page.wrapped(2, &model.text("account-cloud-api-off"), model.theme.action);
    }
    if let Some(portfolio) = &account.portfolio {
        let since = portfolio.terms_since.map(wording::day).unwrap_or_default();
        page.pair("account-portfolio-terms", &wording::terms(texts, &portfolio.terms, &since), model.theme.text);
    }
    for (indent, words, style) in super::upgraded::lines(model, account) {
        page.wrapped(indent, &words, style);
    }
}

fn restrictions(page: &mut Page<'_>, account: &Account) {
    let model = page.model;
    for restriction in &account.restrictions {
        if restriction.expires.is_some_and(|end| end <= model.now) {
            continue;
        }
        let kind = wording::restriction_kind(&model.texts, &restriction.kind);
        let words = match restriction.expires {
            Some(end) => {
                let when = wording::day_and_clock(end, &model.zone);
                model.texts.with("account-restriction-until", &[("kind", kind.into()), ("when", when.into())])
            }
            None => model.texts.with("account-restriction-open", &[("kind", kind.into())]),
        };
        page.wrapped(2, &format!("⊘ {words}"), model.theme.bad);
    }
}

fn health(page: &mut Page<'_>, account: &Account) {
    let model = page.model;
    let Some(health) = &account.health else { return };
    page.heading("account-section-health");
    for entity in &health.entities {
        let kind = wording::entity_kind(&model.texts, &entity.kind);
        let state = wording::can_send(&model.texts, &entity.can_send);
        page.lines.push(Line::from(vec![
            Span::styled(format!("{kind:<10} "), model.theme.dim),
            Span::styled(state, can_send_style(model, &entity.can_send)),
        ]));
        for error in entity.errors.iter() {
            let words = format!("{} {}", error.code, text::clean(&error.description));
            page.wrapped(2, &words, can_send_style(model, &entity.can_send));
            if !error.solution.is_empty() {
                page.wrapped(2, &format!("→ {}", text::clean(&error.solution)), model.theme.accent);
            }
        }
        for info in entity.additional_info.iter() {
            page.wrapped(2, &text::clean(info), model.theme.dim);
        }
    }
}

fn numbers(page: &mut Page<'_>, account: &Account) {
    let (model, texts) = (page.model, &page.model.texts);
    page.heading("account-section-numbers");
    if account.numbers.is_empty() {
        page.wrapped(0, &model.text("account-no-numbers"), model.theme.action);
    }
    for number in &account.numbers {
        let display = text::clean(&number.display).into_owned();
        let name = text::clean(&number.verified_name).into_owned();
        let status = wording::number_status(texts, &number.status);
        let quality = wording::quality(texts, &number.quality);
        let rest = text::width(&display) + text::width(&status) + text::width(&quality) + 8;
        let name = text::truncate(&name, page.width.saturating_sub(rest)).into_owned();
        page.lines.push(Line::from(vec![
            Span::styled(format!("{display}  "), model.theme.text),
            Span::styled(format!("● {status}  "), number_style(model, &number.status)),
            Span::styled(format!("◆ {quality}  "), quality_style(model, &number.quality)),
            Span::styled(name, model.theme.dim),
        ]));
    }
    let limit = wording::messaging_limit(texts, account.limit());
    page.pair("account-limit", &format!("{limit} — {}", model.text("account-limit-shared")), model.theme.text);
}

fn region(page: &mut Page<'_>, account: &Account) {
    let model = page.model;
    page.heading("account-section-region");
    let country = account.country.as_deref().unwrap_or_default();
    let effect = crate::domain::region::Country::new(country).map(|country| country.as_business());
    let words = model.texts.with(
        "region-business",
        &[
            ("country", text::clean(if country.is_empty() { "?" } else { country }).into()),
            ("effect", model.text(region_text(effect)).into()),
        ],
    );
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
    let model = page.model;
    let portfolio = account.portfolio.as_ref().map(|portfolio| &portfolio.id);
    for spot in &model.fleet.blind_spots {
        let concerns = match (&spot.account, &spot.portfolio) {
            (Some(id), _) => *id == account.id,
            (None, Some(id)) => Some(id) == portfolio,
            (None, None) => !account.found_by.contains(spot.path),
        };
        if concerns {
            let way = wording::discovery_path(&model.texts, spot.path);
            let why = spot.problem.to_text(model.texts.language());
            page.pair("account-blind-spot", &format!("{way}: {why}"), model.theme.dim);
        }
    }
}

fn about(page: &mut Page<'_>, account: &Account) {
    let (model, texts) = (page.model, &page.model.texts);
    page.heading("account-section-about");
    let plain = model.theme.text;
    let sent = |value: &str| text::clean(value).into_owned();
    if let Some(portfolio) = &account.portfolio {
        page.pair("account-portfolio", &format!("{} ({})", sent(&portfolio.name), portfolio.id), plain);
    }
    for (label, value) in [
        ("account-currency", account.currency.as_deref()),
        ("account-review", account.review.as_ref().map(|review| review.as_wire())),
        ("account-verification", account.business_verification.as_deref()),
        ("account-ownership", account.ownership.as_ref().map(|ownership| ownership.as_wire())),
    ] {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            page.pair(label, &sent(value), plain);
        }
    }
    let found = account.found_by.iter().map(|path| wording::discovery_path(texts, path)).collect::<Vec<_>>().join(", ");
    if !found.is_empty() {
        page.pair("account-found-by", &found, plain);
    }
    limits(page, account);
    blind_spots(page, account);
    if let Some(created) = account.created {
        page.pair("account-created", &wording::day_and_clock(created, &model.zone), plain);
    }
    if let Some(refreshed) = account.refreshed {
        page.pair("account-refreshed", &wording::day_and_clock(refreshed, &model.zone), plain);
    }
}
