//! What tests of the screens start from: a model with a small fleet, keys typed as words, frames read as text.

use std::sync::Arc;

use jiff::{Timestamp, tz::TimeZone};
use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};

use super::{
    effect::Effect,
    keymap::Keymap,
    model::{Model, Preferences},
    msg::{Connection, Msg},
    theme::{Depth, Theme},
    update::update,
    view::{self, Canvas},
};
use crate::{
    domain::{
        Account, PhoneNumber,
        account::{OnboardingStatus, Portfolio, Traits},
        event::{Event, EventKind, Source},
        health::{CanSend, EntityKind, EntityState, Health, HealthEntity},
        number::{MessagingLimit, NumberStatus, Platform, Quality, Standing},
    },
    i18n::{Language, Texts},
    ops::{
        connect::Mode,
        fleet::{FleetSummary, FleetUpdate},
    },
    store::{KeptEvent, Query, Store, Window},
};

/// The time at which tests happen: 2026-09-21 14:13:20 UTC.
pub fn now() -> Timestamp {
    Timestamp::from_second(1_790_000_000).unwrap()
}

/// A model that knows nothing yet.
pub fn empty_model(language: Language) -> Model {
    let texts = Arc::new(Texts::new(language));
    let theme = Theme::named("dark", Depth::True).unwrap();
    let preferences = Preferences { refresh_seconds: Some(300), support_url: "https://support.example/waba".to_owned() };
    let mut model = Model::new(texts, theme, Keymap::default(), preferences, now(), TimeZone::UTC);
    model.size = Size { width: 80, height: 24 };
    model
}

/// An account in a portfolio, with one active number.
pub fn account(id: &str, name: &str, portfolio: &str, onboarding: OnboardingStatus) -> Account {
    let standing = Standing {
        status: NumberStatus::Connected,
        quality: Quality::Green,
        limit: MessagingLimit::Tier10k,
        platform: Platform::CloudApi,
        ..Standing::default()
    };
    let number = PhoneNumber {
        id: format!("7{id}").as_str().into(),
        display: "+49 30 901820".into(),
        verified_name: name.into(),
        standing: standing.into(),
        ..PhoneNumber::default()
    };
    let entity =
        |kind, can_send| HealthEntity { id: id.into(), state: EntityState { kind, can_send, ..EntityState::default() }.into() };
    Account {
        id: id.into(),
        name: name.into(),
        portfolio: Some(std::sync::Arc::new(Portfolio {
            id: portfolio.into(),
            name: format!("Portfolio {portfolio}").into(),
            ..Portfolio::default()
        })),
        traits: Traits { country: Some("DE".into()), ..Traits::default() }.into(),
        onboarding,
        health: Some(Health {
            overall: CanSend::Available,
            entities: vec![entity(EntityKind::Waba, CanSend::Available), entity(EntityKind::Business, CanSend::Available)],
        }),
        numbers: vec![number],
        refreshed: Some(now()),
        ..Account::default()
    }
}

/// A model with these accounts, connected to a sandbox.
pub fn model_with(accounts: Vec<Account>) -> Model {
    let mut model = empty_model(Language::English);
    connect(&mut model);
    load(&mut model, accounts);
    model
}

/// Tells the model that a session with a sandbox stands.
pub fn connect(model: &mut Model) -> Vec<Effect> {
    let connection = Connection {
        mode: Mode::Sandbox { url: url::Url::parse("http://127.0.0.1:1").unwrap() },
        embedded: true,
        profile: "sandbox".to_owned(),
        version: "v26.0".to_owned(),
    };
    update(model, Msg::Connected(connection))
}

/// Asks for the fleet and answers with these accounts.
pub fn load(model: &mut Model, accounts: Vec<Account>) {
    let generation = model.fleet.ask(model.now);
    update(model, Msg::FleetUpdated(generation, FleetUpdate::Rows(accounts)));
    update(model, Msg::FleetLoaded(generation, Ok(summary())));
    model.settle();
}

/// A whole success.
pub fn summary() -> FleetSummary {
    FleetSummary { accounts: 0, portfolios: 0, failures: 0, requests: 1, took: std::time::Duration::ZERO, at: now(), token: None }
}

/// A failure with this sentence.
pub fn problem(sentence: &str) -> crate::ops::Problem {
    crate::ops::Problem { at: now(), ..crate::ops::Problem::new(sentence, crate::domain::graph_error::ErrorClass::Transient) }
}

/// One on, one that can be upgraded, one restricted in a portfolio of its own.
pub fn model_with_fleet() -> Model {
    model_with(vec![
        account("101", "Bergblick Hotels", "10", OnboardingStatus::Onboarded),
        account("102", "Bergblick Spa", "10", OnboardingStatus::Eligible),
        account("201", "Casa Verde", "20", OnboardingStatus::IneligibleInactiveOrRestricted),
    ])
}

/// All accounts are on.
pub fn model_with_all_on() -> Model {
    model_with(vec![account("101", "Bergblick Hotels", "10", OnboardingStatus::Onboarded)])
}

/// Events of an account as the store gives them back, the newest first: each so many seconds before now.
pub fn kept_events(events: &[(&str, EventKind, &str, &str, i64)]) -> Vec<KeptEvent> {
    let store = Store::in_memory().unwrap();
    let events: Vec<Event> = events
        .iter()
        .map(|(account, kind, before, after, seconds)| Event {
            at: Timestamp::from_second(now().as_second() - seconds).unwrap(),
            account: Some((*account).into()),
            portfolio: None,
            subject: "".into(),
            kind: kind.clone(),
            before: Some((*before).into()),
            after: Some((*after).into()),
            note: None,
            sources: Source::Refresh.into(),
        })
        .collect();
    store.record("test", &events).unwrap();
    store.page("test", &Query::default(), Window::Newest, 100_000).unwrap()
}

/// Answers what the activity screen asked for last.
pub fn answer_activity(model: &mut Model, effects: &[Effect], events: Vec<KeptEvent>) -> Vec<Effect> {
    let generation = effects.iter().find_map(|effect| match effect {
        Effect::LoadActivity { generation, .. } => Some(*generation),
        _ => None,
    });
    let effects = update(model, Msg::ActivityLoaded(generation.expect("nothing was asked"), Ok(events)));
    model.settle();
    effects
}

/// Types keys, spelled as in the configuration and separated by blanks; returns all effects.
pub fn press(model: &mut Model, keys: &str) -> Vec<Effect> {
    let mut effects = Vec::new();
    for key in keys.split_whitespace() {
        effects.extend(update(model, Msg::KeyPressed(key.parse().unwrap())));
        model.settle();
    }
    effects
}

/// Types text, character by character.
pub fn type_text(model: &mut Model, text: &str) {
    for character in text.chars() {
        update(model, Msg::KeyPressed(super::key::Key::char(character)));
        model.settle();
    }
}

/// Draws a frame of this size.
pub fn frame(model: &mut Model, width: u16, height: u16) -> Buffer {
    model.size = Size { width, height };
    model.settle();
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
    let mut targets = Vec::new();
    view::draw(model, &mut Canvas::new(&mut buffer, &mut targets));
    model.remember_frame(&targets);
    buffer
}

/// The text of a frame, a line for each row.
pub fn screen(model: &mut Model, width: u16, height: u16) -> String {
    let buffer = frame(model, width, height);
    let mut lines = Vec::new();
    for y in 0..height {
        let mut line = String::new();
        let mut skip = 0;
        for x in 0..width {
            if skip > 0 {
                skip -= 1;
                continue;
            }
            let symbol = buffer[(x, y)].symbol();
            skip = crate::text::width(symbol).saturating_sub(1);
            line.push_str(symbol);
        }
        lines.push(line.trim_end().to_owned());
    }
    lines.join("\n")
}
