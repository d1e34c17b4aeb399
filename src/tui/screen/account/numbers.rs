//! The health tree from the app down to the numbers, the numbers themselves, and the limit that they share.

use ratatui::style::Style;

use super::{
    can_send_style,
    page::{Page, Section},
    quality_style,
};
use crate::{
    domain::{
        Account, PhoneNumber,
        health::{EntityKind, HealthEntity},
        number::{MessagingLimit, NameStatus, NumberStatus},
        status::{NumberClass, Users},
    },
    text,
    tui::model::Model,
    wording::{self, explanation::Topic},
};

/// Draws the health tree, from the app down.
pub fn health(page: &mut Page<'_>, account: &Account) {
    let Some(health) = &account.health else { return };
    page.section(Section::Health);
    let of_numbers = account.numbers.iter().filter_map(|number| number.health.as_deref());
    let mut entities: Vec<&HealthEntity> = Vec::new();
    for entity in health.entities.iter().chain(of_numbers.flat_map(|health| &health.entities)) {
        // The tree of each number repeats what stands above it.
        if !entities.iter().any(|known| known.kind == entity.kind && known.id == entity.id) {
            entities.push(entity);
        }
    }
    entities.sort_by_key(|entity| depth(&entity.kind));
    for entity in entities {
        one_entity(page, account, entity);
    }
}

/// How deep an entity stands in the tree.
fn depth(kind: &EntityKind) -> usize {
    match kind {
        EntityKind::App => 0,
        EntityKind::Business => 1,
        EntityKind::Waba => 2,
        EntityKind::PhoneNumber => 3,
        EntityKind::MessageTemplate => 4,
        EntityKind::Unknown(_) => 5,
    }
}

fn one_entity(page: &mut Page<'_>, account: &Account, entity: &HealthEntity) {
    let (model, texts) = (page.model, &page.model.texts);
    page.begin(&format!("{} {}", entity.kind.as_wire(), entity.id));
    let indent = if page.beside { 0 } else { depth(&entity.kind).min(4) * 2 };
    let kind = wording::entity_kind(texts, &entity.kind);
    let number = account.numbers.iter().find(|number| number.id.as_str() == entity.id.as_str());
    let id = match number {
        Some(number) if entity.kind == EntityKind::PhoneNumber => wording::name_or_id(&number.display, &number.id),
        _ => text::clean(&entity.id).into_owned(),
    };
    let branch = if indent == 0 { String::new() } else { format!("{}└ ", " ".repeat(indent - 2)) };
    let level = entity.messaging();
    page.line(vec![
        (branch, model.theme.border),
        (format!("{kind}  "), model.theme.text),
        (format!("{}  ", wording::can_send(texts, &level)), can_send_style(model, &level)),
        (id, model.theme.dim),
    ]);
    page.topic(Topic::CanSend(level.clone()));
    for error in entity.errors.iter() {
        let about_calls = error.is_about_calls();
        let style = if about_calls { model.theme.dim } else { can_send_style(model, &level) };
        let mut words = format!("{} {}", error.code, text::clean(&error.description));
        if about_calls {
            words = format!("{words} ({})", model.text("finding-affects-calling"));
        }
        page.wrapped(indent + 2, &words, style);
        if !error.solution.is_empty() && !page.beside {
            page.wrapped(indent + 2, &format!("→ {}", text::clean(&error.solution)), model.theme.accent);
        }
        page.topic(Topic::Error(Box::new(crate::domain::graph_error::ApiError {
            code: error.code,
            message: error.description.clone(),
            ..Default::default()
        })));
    }
    for info in entity.additional_info.iter() {
        page.wrapped(indent + 2, &text::clean(info), model.theme.text);
    }
}

fn number_style(model: &Model, value: &NumberStatus) -> Style {
    match value.class() {
        NumberClass::Active => model.theme.good,
        NumberClass::Attention => model.theme.action,
        NumberClass::Down => model.theme.bad,
        NumberClass::Unknown => model.theme.dim,
    }
}

/// Draws the numbers and the limit that the portfolio's numbers share.
pub fn draw(page: &mut Page<'_>, account: &Account) {
    let model = page.model;
    page.section(Section::Numbers);
    if account.numbers.is_empty() {
        page.begin("none");
        let missing = if account.numbers_unread { "account-numbers-unread" } else { "account-no-numbers" };
        page.wrapped(0, &model.text(missing), model.theme.action);
    }
    for number in &account.numbers {
        one(page, number);
    }
    limit(page, account);
}

fn one(page: &mut Page<'_>, number: &PhoneNumber) {
    let (model, texts) = (page.model, &page.model.texts);
    page.begin(number.id.as_str());
    let status = wording::number_status(texts, &number.status);
    let quality = wording::quality(texts, &number.quality);
    page.line(vec![
        (format!("{}  ", wording::name_or_id(&number.display, &number.id)), model.theme.text),
        (format!("● {status}  "), number_style(model, &number.status)),
        (format!("◆ {quality}"), quality_style(model, &number.quality)),
        (format!("  {}", text::clean(&number.verified_name)), model.theme.dim),
    ]);
    page.topic(Topic::Number(number.status.clone()));
    page.topic(Topic::Quality(number.quality.clone()));
    if !page.beside {
        let name = wording::word(texts, number.name_status.as_wire());
        let code = wording::word(texts, number.code_verification.as_wire());
        let throughput = wording::word(texts, &number.throughput);
        let parts = [("account-number-name", name), ("account-number-code", code), ("account-number-throughput", throughput)];
        let words: Vec<String> = parts
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(id, value)| texts.with(id, &[("value", value.into())]))
            .collect();
        if !words.is_empty() {
            page.wrapped(2, &words.join(" · "), model.theme.dim);
        }
        if number.name_status != NameStatus::default() {
            page.topic(Topic::Name(number.name_status.clone()));
        }
    }
}

/// The steps of the messaging limit, from where portfolios begin.
const STEPS: [(&str, u32); 4] = [("250", 250), ("2k", 2_000), ("10k", 10_000), ("100k", 100_000)];

/// The limit, with its place among the steps.
fn limit(page: &mut Page<'_>, account: &Account) {
    let (model, texts) = (page.model, &page.model.texts);
    page.begin("limit");
    let limit = account.limit();
    let words = wording::messaging_limit(texts, limit.clone());
    page.pair("account-limit", &format!("{words} — {}", model.text("account-limit-shared")), model.theme.text);
    let Some(users) = limit.as_ref().and_then(MessagingLimit::users) else { return };
    if page.beside {
        return;
    }
    let reached = |most: u32| match users {
        Users::AtMost(users) => users >= most,
        Users::Unlimited => true,
    };
    let mut parts = Vec::new();
    for (name, most) in STEPS {
        let (glyph, style) = if reached(most) { ("━●", model.theme.accent) } else { ("─○", model.theme.dim) };
        parts.push((format!("{glyph} {name} "), style));
    }
    let unlimited = users == Users::Unlimited;
    let (glyph, style) = if unlimited { ("━●", model.theme.accent) } else { ("─○", model.theme.dim) };
    parts.push((format!("{glyph} ∞"), style));
    page.line(parts);
}
