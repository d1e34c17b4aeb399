//! The Settings tab: the delivery method of this message (R30–R34), and what of the template depends on it.

use super::{empty, pair};
use crate::{
    domain::{
        Account, Template,
        delivery::{checked_by_default, option_offered},
        status::StatusClass,
        template::{Component, Header, MediaKind},
    },
    text,
    tui::{
        command::CommandId,
        model::Model,
        screen::accounts::status_style,
        widget::form::{self, Part, Row},
    },
    wording,
};

/// The rows of the tab.
pub fn rows(model: &Model, width: usize) -> Vec<Row<'static>> {
    let mut rows = vec![form::heading(&model.text("label-delivery-method"), &model.theme, width)];
    if model.composer.message.kind.is_free() {
        // R30: service and response messages have no such option.
        rows.extend(form::paragraph(&model.text("composer-option-removed-free"), 0, model.theme.text, width, None));
        rows.extend(form::paragraph(&model.text("composer-free-window"), 0, model.theme.dim, width, None));
        return rows;
    }
    let (Some(account), Some(template), Some(kind)) =
        (model.composed_account(), model.composed_template(), model.composed_kind())
    else {
        rows.extend(empty(model.text("composer-nothing-to-forecast"), model, width));
        return rows;
    };
    if option_offered(kind) {
        rows.extend(delivery_method(model, account, width));
    } else {
        // R30: the option is removed, not greyed.
        let kind = wording::delivery::message_kind(&model.texts, kind);
        let words = model.texts.with("composer-option-removed", &[("kind", kind.into())]);
        rows.extend(form::paragraph(&words, 0, model.theme.text, width, None));
    }
    rows.extend(of_the_template(model, template, width));
    rows
}

fn delivery_method(model: &Model, account: &Account, width: usize) -> Vec<Row<'static>> {
    let (texts, theme) = (&model.texts, &model.theme);
    let checked = model.optimized_checked().unwrap_or_default();
    let by_hand = model.composer.message.choice.checked.is_some_and(|chosen| chosen != checked_by_default(account));
    let mut rows = vec![Row::field(0, Part::Check { label: model.text("label-optimized-checkbox"), checked })];
    let on = account.onboarding.class() == StatusClass::On;
    let id = match (on, checked, by_hand) {
        (true, true, _) => "composer-checked-on",
        (true, false, _) => "composer-unchecked-by-hand",
        (false, false, _) => "composer-unchecked-not-on",
        (false, true, _) => "composer-checked-not-on",
    };
    rows.extend(form::paragraph(&model.text(id), 4, theme.text, width, Some(0)));
    if !on {
        // R31: the reason and the next step stand beside the box.
        let glyph = wording::status_glyph(&account.onboarding);
        let title = wording::status_title(texts, &account.onboarding);
        rows.extend(form::paragraph(&format!("{glyph} {title}"), 4, status_style(model, account), width, Some(0)));
        let key = model.keymap.hint(CommandId::OpenUpgrade).unwrap_or_default();
        let next = wording::status_next(texts, &account.onboarding, &key);
        rows.extend(form::paragraph(&format!("→ {next}"), 4, theme.accent, width, Some(0)));
    }
    if checked {
        let strict = model.never_falls_back();
        rows.push(Row::field(1, Part::Check { label: model.text("composer-never-fall-back"), checked: strict }));
        let id = if strict { "composer-strict-on" } else { "composer-strict-off" };
        rows.extend(form::paragraph(&model.text(id), 4, theme.dim, width, Some(1)));
    }
    rows
}

/// What the template brings along that depends on the way it takes.
fn of_the_template(model: &Model, template: &Template, width: usize) -> Vec<Row<'static>> {
    let texts = &model.texts;
    let mut rows = vec![form::heading(&model.text("composer-of-template"), &model.theme, width)];
    let ttl = match template.ttl_seconds {
        Some(seconds) if seconds > 0 => {
            let value = wording::delivery::duration(texts, seconds);
            let marketing = model.composed_kind().is_some_and(option_offered);
            let id = if marketing { "composer-ttl-own" } else { "composer-ttl-kept" };
            texts.with(id, &[("value", value.into())])
        }
        _ => model.text("composer-ttl-default"),
    };
    let labels = ["composer-ttl", "composer-creative", "composer-max-price", "composer-gif"];
    let widest = labels.iter().map(|id| text::width(&texts.get(id))).max().unwrap_or(0);
    let label_width = (widest + 2).min(width / 2);
    rows.extend(pair(model, "composer-ttl", &ttl, label_width, width));
    if template.creative_optimization {
        rows.extend(pair(model, "composer-creative", &model.text("composer-creative-on"), label_width, width));
    }
    if template.max_price {
        rows.extend(pair(model, "composer-max-price", &model.text("composer-max-price-on"), label_width, width));
    }
    let gif = |component: &Component| matches!(component, Component::Header(Header::Media { kind: MediaKind::Gif, .. }));
    if template.components.iter().any(gif) {
        rows.extend(pair(model, "composer-gif", &model.text("composer-gif-on"), label_width, width));
    }
    rows
}
