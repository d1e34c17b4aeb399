//! The Settings tab: the delivery method of this message (R30–R34), what else can be set for it or comes with its template,
//! each marked where a fallback loses it (R33), and where optimized delivery works for it (R6).

use ratatui::{
    style::Style,
    text::{Line, Span},
};

use super::empty;
use crate::{
    domain::{
        Account, Template,
        creative::CreativeFeature,
        delivery::{Endpoint, Forecast, MessageKind, Recipient, Route, checked_by_default, option_offered},
        region::{Country, Doubt, RegionEffect, region_of_phone},
        status::StatusClass,
        template::{Component, Header, MediaKind},
    },
    text,
    tui::{
        command::CommandId,
        model::{
            Model,
            composer::{Field, delivery_fields},
        },
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
    rows.push(gap());
    rows.extend(advanced(model, account, template, kind, width));
    rows.push(gap());
    rows.extend(where_it_works(model, account, kind, width));
    rows
}

fn gap() -> Row<'static> {
    Row::words(Line::default())
}

/// The place of a field of this tab; the fields are those of the model, in its order.
fn place(model: &Model, field: Field) -> Option<usize> {
    delivery_fields(model).iter().position(|own| *own == field)
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
    if let Some(place) = place(model, Field::Strict) {
        let strict = model.never_falls_back();
        rows.push(Row::field(place, Part::Check { label: model.text("composer-never-fall-back"), checked: strict }));
        let id = if strict { "composer-strict-on" } else { "composer-strict-off" };
        rows.extend(form::paragraph(&model.text(id), 4, theme.dim, width, Some(place)));
    }
    rows
}

/// A setting: what it is, how it stands, and whether it is lost on a fallback.
struct Setting {
    label: &'static str,
    value: String,
    lost: bool,
}

/// What else is set: by hand for this message, and by its template.
fn advanced(model: &Model, account: &Account, template: &Template, kind: MessageKind, width: usize) -> Vec<Row<'static>> {
    let theme = &model.theme;
    let mut rows = vec![form::heading(&model.text("composer-advanced"), theme, width)];
    let forecast = model.forecast();
    let settings = settings(model, account, template, kind);
    let labels = settings.iter().map(|setting| text::width(&model.texts.get(setting.label)));
    let sharing = place(model, Field::ActivitySharing);
    let labels = labels.chain(sharing.map(|_| text::width(&model.texts.get("composer-activity-sharing"))));
    let label_width = (labels.max().unwrap_or(0) + 2).min(width / 2);
    if let Some(place) = sharing {
        let id = match model.composer.message.choice.activity_sharing {
            None => "composer-activity-default",
            Some(true) => "composer-activity-on",
            Some(false) => "composer-activity-off",
        };
        let chosen = model.text(id);
        let label = model.text("composer-activity-sharing");
        rows.push(Row::field(place, Part::Pick { label, chosen: Line::from(Span::raw(chosen)) }));
        rows.extend(form::paragraph(&model.text("composer-activity-help"), 4, theme.dim, width, Some(place)));
        if model.composer.message.choice.activity_sharing.is_some() {
            rows.extend(mark(model, forecast.as_ref(), 4, width, Some(place)));
        }
    }
    for setting in settings {
        rows.extend(shown(model, &setting, forecast.as_ref(), label_width, width));
    }
    rows
}

fn settings(model: &Model, account: &Account, template: &Template, kind: MessageKind) -> Vec<Setting> {
    let texts = &model.texts;
    let marketing = option_offered(kind);
    let mut settings = Vec::new();
    let mut add = |label, value, lost| settings.push(Setting { label, value, lost });
    match template.ttl_seconds {
        Some(seconds) if seconds > 0 => {
            let value = wording::delivery::duration(texts, seconds);
            let id = if marketing { "composer-ttl-own" } else { "composer-ttl-kept" };
            add("composer-ttl", texts.with(id, &[("value", value.into())]), marketing && seconds != THIRTY_DAYS);
        }
        _ => add("composer-ttl", model.text("composer-ttl-default"), false),
    }
    if !marketing {
        return settings;
    }
    add(
        "composer-creative",
        creative(model, &template.creative_features, template.creative_optimization),
        template.creative_optimization,
    );
    if let Some(features) = model.composer.account_creative.get(&account.id) {
        add("composer-creative-account", creative(model, features, false), false);
    }
    if template.max_price {
        let words = match (template.max_price_amount, &account.currency) {
            (Some(amount), Some(currency)) => texts.with(
                "composer-max-price-amount",
                &[("amount", amount.to_string().into()), ("currency", text::clean(currency).into_owned().into())],
            ),
            _ => model.text("composer-max-price-on"),
        };
        add("composer-max-price", words, true);
    }
    let gif = |component: &Component| matches!(component, Component::Header(Header::Media { kind: MediaKind::Gif, .. }));
    if template.components.iter().any(gif) {
        add("composer-gif", model.text("composer-gif-on"), true);
    }
    settings
}

/// Seconds of 30 days, which every marketing message lives through Cloud API.
const THIRTY_DAYS: i64 = 2_592_000;

/// Creative optimisation as it is set: what is on by name, and how much is off.
fn creative(model: &Model, features: &[CreativeFeature], on: bool) -> String {
    let names = |wanted: bool| {
        let names: Vec<String> = features
            .iter()
            .filter(|feature| feature.on == wanted)
            .map(|feature| text::clean(&feature.words()).into_owned())
            .collect();
        names.join(", ")
    };
    let (opted_in, opted_out) = (names(true), names(false));
    let said = |id: &str, names: String| (!names.is_empty()).then(|| model.texts.with(id, &[("names", names.into())]));
    let parts = [said("composer-creative-in", opted_in), said("composer-creative-out", opted_out)];
    let words: Vec<String> = parts.into_iter().flatten().collect();
    match (words.is_empty(), on) {
        (false, _) => words.join(" · "),
        (true, true) => model.text("composer-creative-on"),
        (true, false) => model.text("composer-creative-unset"),
    }
}

fn shown(model: &Model, setting: &Setting, forecast: Option<&Forecast>, label_width: usize, width: usize) -> Vec<Row<'static>> {
    let mut rows = super::pair(model, setting.label, &setting.value, label_width, width);
    if setting.lost {
        rows.extend(mark(model, forecast, label_width, width, None));
    }
    rows
}

/// Says that a fallback loses it, louder where it is about to.
fn mark(model: &Model, forecast: Option<&Forecast>, indent: usize, width: usize, field: Option<usize>) -> Vec<Row<'static>> {
    let loses = forecast.is_some_and(|forecast| matches!(forecast.route, Route::Fallback | Route::CloudApi));
    let (id, style) = if loses { ("composer-lost-now", model.theme.action) } else { ("composer-lost-if", model.theme.dim) };
    form::paragraph(&model.text(id), indent, style, width, field)
}

/// The region advisor: every place that decides, with what optimized delivery does there (R6).
fn where_it_works(model: &Model, account: &Account, kind: MessageKind, width: usize) -> Vec<Row<'static>> {
    let mut rows = vec![form::heading(&model.text("composer-where"), &model.theme, width)];
    let unknown = || ("?".to_owned(), None);
    let business = account.country.as_deref().and_then(Country::new);
    let of_business = business.map_or_else(unknown, |country| (place_name(model, country), Some(country.as_business())));
    let number = model.composed_number().and_then(|number| region_of_phone(&number.display));
    let of_number = number
        .and_then(|region| region.country)
        .map_or_else(unknown, |country| (place_name(model, country), Some(country.as_business())));
    let mut places = vec![("composer-where-business", of_business, None), ("composer-where-number", of_number, None)];
    for (typed, recipient) in model.recipients() {
        let (place, doubt) = recipient_place(model, &typed, recipient);
        places.push(("composer-where-recipient", place, doubt));
    }
    let labels = places.iter().map(|(label, ..)| text::width(&model.texts.get(label)));
    let label_width = (labels.max().unwrap_or(0) + 2).min(width / 2);
    // What is no marketing message is not optimized anywhere; only sanctions hold for it as well.
    let relevant = option_offered(kind) && model.requested() == Some(Endpoint::MarketingMessages);
    for (label, (place, effect), doubt) in places {
        let (words, style) = effect_words(model, effect, relevant);
        let line = if words.is_empty() { place } else { format!("{place} · {words}") };
        rows.extend(styled_pair(model, label, &line, style, label_width, width));
        if let Some(doubt) = doubt {
            rows.extend(form::paragraph(&format!("! {doubt}"), label_width, model.theme.action, width, None));
        }
    }
    if model.recipients().is_empty() {
        rows.extend(form::paragraph(&model.text("composer-where-nobody"), 0, model.theme.dim, width, None));
    }
    rows
}

fn place_name(model: &Model, country: Country) -> String {
    wording::delivery::country(&model.texts, country)
}

type Place = (String, Option<RegionEffect>);

fn recipient_place(model: &Model, typed: &str, recipient: Recipient) -> (Place, Option<String>) {
    let masked = text::mask_phone(typed);
    let Recipient::Phone(region) = recipient else {
        let id = if recipient == Recipient::UserId { "composer-recipient-user-id" } else { "region-unknown" };
        return ((format!("{masked} · {}", model.text(id)), None), None);
    };
    let place = region.country.map_or_else(|| "?".to_owned(), |country| place_name(model, country));
    let doubt = region.doubt.map(|doubt| match doubt {
        Doubt::MayBeUnitedStates => model.text("composer-note-may-be-us"),
        doubt @ Doubt::MayBeSanctioned(_) => {
            wording::delivery::note(&model.texts, &crate::domain::delivery::Note::RecipientInDoubt(doubt))
        }
    });
    ((format!("{masked} · {place}"), Some(region.as_recipient())), doubt)
}

/// What happens there, and how loud it is said.
fn effect_words(model: &Model, effect: Option<RegionEffect>, relevant: bool) -> (String, Style) {
    let theme = &model.theme;
    match effect {
        None => (String::new(), theme.dim),
        Some(effect) => {
            let style = match effect {
                RegionEffect::Full => theme.good,
                RegionEffect::Limited | RegionEffect::NoOptimization => theme.action,
                RegionEffect::NotDeliverable | RegionEffect::Sanctioned => theme.bad,
            };
            let only_matters_to_optimized =
                matches!(effect, RegionEffect::Full | RegionEffect::Limited | RegionEffect::NoOptimization);
            let style = if only_matters_to_optimized && !relevant { theme.dim } else { style };
            (wording::delivery::region_effect(&model.texts, effect), style)
        }
    }
}

fn styled_pair(model: &Model, label_id: &str, value: &str, style: Style, label_width: usize, width: usize) -> Vec<Row<'static>> {
    let label = model.text(label_id);
    let parts = text::wrap(value, width.saturating_sub(label_width).max(8));
    let line = |(index, part): (usize, std::borrow::Cow<'_, str>)| {
        let shown = if index == 0 { label.as_str() } else { "" };
        let padding = " ".repeat(label_width.saturating_sub(text::width(shown)));
        Row::words(Line::from(vec![
            Span::styled(format!("{shown}{padding}"), model.theme.dim),
            Span::styled(part.into_owned(), style),
        ]))
    };
    parts.into_iter().enumerate().map(line).collect()
}
