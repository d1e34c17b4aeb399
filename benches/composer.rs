//! How long a key takes in the composer until the frame with the preview is drawn: with a message as long as Meta allows,
//! and beside it with the shortest, in the same run. The share is of one frame of 16 ms.
//!
//! `cargo bench --bench composer`. Ends with a failure where a key takes longer than a frame.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a benchmark stops at the first surprise and prints what it measured"
)]

use std::{
    process::ExitCode,
    sync::Arc,
    time::{Duration, Instant},
};

use jiff::{Timestamp, tz::TimeZone};
use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};
use wabadeck::{
    domain::{
        Account, PhoneNumber, Template,
        account::OnboardingStatus,
        number::{NumberStatus, Platform, Standing},
        template::{Button, ButtonAction, Category, Component, Header, MediaKind, TemplateStatus, Text},
    },
    i18n::{Language, Texts},
    ops::fleet::FleetUpdate,
    tui::{
        effect::Effect,
        key::Key,
        keymap::Keymap,
        model::{Model, Preferences},
        msg::Msg,
        theme::{Depth, Theme},
        update::update,
        view::{self, Canvas},
    },
};

const ROUNDS: u32 = 500;

/// A screen that is drawn sixty times a second leaves this long for a key.
const FRAME: Duration = Duration::from_millis(16);

fn main() -> ExitCode {
    let (mut long, mut short) = (composer(long_template()), composer(short_template()));
    println!(
        "{:>8}  {:>10}  {:>10}  {:>10}  {:>10}  {:>8}  {:>8}",
        "size", "key", "frame", "both", "shortest", "ratio", "of 16 ms"
    );
    let mut slowest = Duration::ZERO;
    for (width, height) in [(60, 15), (80, 24), (160, 48)] {
        let size = Size { width, height };
        let (key, frame) = measure(&mut long, size);
        let (short_key, short_frame) = measure(&mut short, size);
        let (both, shortest) = (key + frame, short_key + short_frame);
        let ratio = both.as_secs_f64() / shortest.as_secs_f64();
        let share = 100.0 * both.as_secs_f64() / FRAME.as_secs_f64();
        let size = format!("{width}x{height}");
        println!("{size:>8}  {key:>10.1?}  {frame:>10.1?}  {both:>10.1?}  {shortest:>10.1?}  {ratio:>8.1}  {share:>7.1}%");
        slowest = slowest.max(both);
    }
    if slowest < FRAME { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// How long a key takes, and how long the frame after it, on average.
fn measure(model: &mut Model, size: Size) -> (Duration, Duration) {
    model.size = size;
    let (mut keys, mut frames) = (Duration::ZERO, Duration::ZERO);
    for round in 0..ROUNDS {
        // A letter, then it is taken back: the message stays as long as it is.
        let key = if round % 2 == 0 { Key::char('x') } else { Key::plain(wabadeck::tui::key::KeyCode::Backspace) };
        let began = Instant::now();
        update(model, Msg::KeyPressed(key));
        model.settle();
        keys += began.elapsed();
        let began = Instant::now();
        let mut buffer = Buffer::empty(Rect::new(0, 0, size.width, size.height));
        let mut targets = Vec::new();
        view::draw(model, &mut Canvas::new(&mut buffer, &mut targets));
        frames += began.elapsed();
        assert!(!targets.is_empty());
    }
    (keys / ROUNDS, frames / ROUNDS)
}

/// A composer with a template, all parts filled in, the focus on a field.
fn composer(template: Template) -> Model {
    let now = Timestamp::from_second(1_790_000_000).unwrap();
    let preferences = Preferences { refresh_seconds: None, support_url: String::new() };
    let theme = Theme::named("dark", Depth::True).unwrap();
    let mut model =
        Model::new(Arc::new(Texts::new(Language::English)), theme, Keymap::default(), preferences, now, TimeZone::UTC);
    let number = PhoneNumber {
        id: "2".into(),
        display: "+91 20 6906 4400".into(),
        standing: Standing { status: NumberStatus::Connected, platform: Platform::CloudApi, ..Standing::default() }.into(),
        ..PhoneNumber::default()
    };
    let account = Account {
        id: "1".into(),
        name: "Bench".into(),
        onboarding: OnboardingStatus::Onboarded,
        numbers: vec![number],
        ..Account::default()
    };
    let generation = model.fleet.ask(now);
    update(&mut model, Msg::FleetUpdated(generation, FleetUpdate::Rows(vec![account])));
    model.settle();
    model.size = Size { width: 80, height: 24 };
    for effect in update(&mut model, Msg::KeyPressed(Key::char('c'))) {
        if let Effect::LoadTemplates(account, generation) = effect {
            update(&mut model, Msg::TemplatesLoaded(account, generation, Ok(vec![template.clone()])));
        }
    }
    update(&mut model, Msg::KeyPressed(Key::control('e')));
    for _ in 0..2 {
        update(&mut model, Msg::KeyPressed(Key::plain(wabadeck::tui::key::KeyCode::Down)));
    }
    assert!(model.is_typing());
    model
}

fn short_template() -> Template {
    let body = Text { text: "{{1}}".to_owned(), examples: vec![("1".into(), "x".to_owned())] };
    Template { components: vec![Component::Body(body)], ..long_template() }
}

/// 1,024 characters of text with formatting and values, and every other part.
fn long_template() -> Template {
    let mut body = "Hi {{1}}, *this is bold*, _this is {{2}}_ and ~this is not~:\n- `code` {{3}}\n".repeat(13);
    body.push_str(&"x".repeat(1_024_usize.saturating_sub(body.chars().count())));
    let examples = (1..=3).map(|name| (name.to_string().as_str().into(), format!("value {name}"))).collect();
    let url =
        ButtonAction::Url { url: "https://shop.example/{{1}}".to_owned(), example: Some("https://shop.example/a".to_owned()) };
    Template {
        id: "3".into(),
        name: "long".into(),
        language: "en_US".into(),
        category: Category::Marketing,
        status: TemplateStatus::Approved,
        components: vec![
            Component::Header(Header::Media { kind: MediaKind::Image, example: Some("https://cdn.example/a.jpg".to_owned()) }),
            Component::Body(Text { text: body, examples }),
            Component::Footer("Reply STOP to opt out".to_owned()),
            Component::Buttons(vec![Button { text: "Shop".to_owned(), action: url }]),
        ],
        ..Template::default()
    }
}
