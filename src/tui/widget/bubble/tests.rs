//! The bubble: what it shows of every kind of part, and that it stays inside its area.

mod json;
mod picture;

use jiff::{Timestamp, tz::TimeZone};
use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::{
    domain::{
        Template,
        one_time::OneTimeText,
        rendering::Blanks,
        template::{Button, ButtonAction, Category, Component, Header, MediaKind, OneTimeButton, OneTimeKind, Text},
        variable::Values,
    },
    i18n::Language,
    tui::theme::Depth,
};

const NOW: i64 = 1_790_000_000;

fn body(text: &str) -> Component {
    Component::Body(Text { text: text.to_owned(), examples: Vec::new() })
}

fn button(text: &str, action: ButtonAction) -> Button {
    Button { text: text.to_owned(), action }
}

fn values(pairs: &[(&str, &str)]) -> Values {
    pairs.iter().map(|(id, value)| (id.parse().unwrap(), (*value).to_owned())).collect()
}

fn rows_in(depth: Depth, components: Vec<Component>, values: &Values, width: u16) -> Vec<BubbleRow> {
    rows_with_files(depth, components, values, Files::BOXES, width)
}

fn rows_with_files(depth: Depth, components: Vec<Component>, values: &Values, files: Files<'_>, width: u16) -> Vec<BubbleRow> {
    let template = Template { category: Category::Marketing, components, ..Template::default() };
    let message = template.render(values, Blanks::Marked);
    let preview = Preview {
        message: &message,
        first_card: 0,
        device: Device::Phone,
        folds: false,
        time: "14:13".to_owned(),
        now: Timestamp::from_second(NOW).unwrap(),
        zone: &TimeZone::UTC,
        files,
        texts: &Texts::new(Language::English),
        theme: &Theme::named("dark", depth).unwrap(),
    };
    preview.rows(width)
}

fn rows(components: Vec<Component>, values: &Values, width: u16) -> Vec<BubbleRow> {
    rows_in(Depth::True, components, values, width)
}

fn words(rows: &[BubbleRow]) -> String {
    let line = |row: &BubbleRow| row.iter().map(|piece| piece.line.to_string()).collect::<String>();
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn r35_header_body_footer_time_and_buttons_stand_in_this_order() {
    let parts = vec![
        Component::Buttons(vec![button("Shop", ButtonAction::QuickReply)]),
        Component::Footer("small print".to_owned()),
        body("the text"),
        Component::Header(Header::Text(Text { text: "The header".to_owned(), examples: Vec::new() })),
    ];
    let shown = words(&rows(parts, &Values::new(), 40));
    let at = |words: &str| shown.find(words).unwrap_or_else(|| panic!("{words} in\n{shown}"));
    assert!(at("The header") < at("the text") && at("the text") < at("small print"));
    assert!(at("small print") < at("14:13 ✓✓") && at("14:13 ✓✓") < at("↩ Shop"));
}

#[test]
fn r35_missing_values_are_marked_and_given_ones_are_not() {
    let theme = Theme::named("dark", Depth::True).unwrap();
    let rows = rows(vec![body("Hi {{1}} and {{2}}!")], &values(&[("body.1", "Ana")]), 40);
    let style_of = |wanted: &str| {
        let spans = rows.iter().flatten().flat_map(|piece| &piece.line.spans);
        spans.into_iter().find(|span| span.content.contains(wanted)).map(|span| span.style)
    };
    assert_eq!(style_of("{{2}}"), Some(theme.missing));
    assert_eq!(style_of("Ana"), Some(theme.bubble));
}

#[test]
fn r35_more_than_three_buttons_show_two_and_see_all_options() {
    let buttons = |count: usize| (0..count).map(|index| button(&format!("Button {index}"), ButtonAction::QuickReply)).collect();
    let three = words(&rows(vec![body("x"), Component::Buttons(buttons(3))], &Values::new(), 40));
    assert!(!three.contains("See all options") && three.contains("↩ Button 2"));
    let four = words(&rows(vec![body("x"), Component::Buttons(buttons(4))], &Values::new(), 40));
    assert!(four.contains("≡ See all options") && four.contains("↩ Button 1"), "{four}");
    assert!(four.contains("· ↩ Button 3"), "what is folded away is still shown as such:\n{four}");
}

#[test]
fn what_cannot_be_drawn_is_a_box_with_its_kind_and_name() {
    let media = |kind| vec![Component::Header(Header::Media { kind, example: None })];
    let given = values(&[("header:file", "https://cdn.example/files/menu.pdf?sig=1")]);
    let shown = words(&rows(media(MediaKind::Document), &given, 40));
    assert!(shown.contains("▤ Document") && shown.contains("menu.pdf") && !shown.contains("sig=1"), "{shown}");
    for (kind, name) in [(MediaKind::Image, "▣ Image"), (MediaKind::Video, "▶ Video"), (MediaKind::Gif, "◈ GIF")] {
        let shown = words(&rows(media(kind), &Values::new(), 40));
        assert!(shown.contains(&format!("{name} is missing")), "{shown}");
    }
    let place = values(&[("header:latitude", "52.52"), ("header:longitude", "13.4"), ("header:name", "Alexanderplatz")]);
    let shown = words(&rows(vec![Component::Header(Header::Location)], &place, 40));
    assert!(shown.contains("⌖ Alexanderplatz") && shown.contains("52.52, 13.4"), "{shown}");
    let shown = words(&rows(vec![Component::Unknown("HOLOGRAM".into())], &Values::new(), 40));
    assert!(shown.contains("HOLOGRAM"), "{shown}");
}

#[test]
fn an_offer_counts_down_and_its_code_is_shown() {
    let parts = || {
        vec![
            Component::LimitedTimeOffer { text: "Spring sale".to_owned(), has_expiration: true },
            body("x"),
            Component::Buttons(vec![button("Copy", ButtonAction::CopyCode(None))]),
        ]
    };
    let given = values(&[("offer:expires", &((NOW + 3 * 86_400) * 1_000).to_string()), ("button1:code", "SAVE20")]);
    let shown = words(&rows(parts(), &given, 46));
    assert!(shown.contains("◷ Spring sale") && shown.contains("3 days left") && shown.contains("SAVE20"), "{shown}");
    let shown = words(&rows(parts(), &Values::new(), 46));
    assert!(shown.contains("Offer ends is missing"), "{shown}");
}

#[test]
fn cards_stand_side_by_side_where_there_is_room() {
    let card = |name: &str| vec![body(name)];
    let cards = || vec![body("Look"), Component::Carousel(vec![card("One"), card("Two"), card("Three")])];
    let narrow = words(&rows(cards(), &Values::new(), 34));
    assert!(narrow.contains("One") && !narrow.contains("Two") && narrow.contains("1 of 3 ›"), "{narrow}");
    let wide = words(&rows(cards(), &Values::new(), 60));
    assert!(wide.contains("One") && wide.contains("Two") && wide.contains("1–2 of 3 ›"), "{wide}");
}

#[test]
fn without_colours_a_frame_tells_the_bubble_from_the_wallpaper() {
    let shown = words(&rows_in(Depth::Monochrome, vec![body("Hello")], &Values::new(), 30));
    assert!(shown.contains('╭') && shown.contains("│Hello"), "{shown}");
}

#[test]
fn a_long_word_and_wide_characters_are_kept_whole() {
    let text = "https://shop.example/a/very/long/address/without/any/space 日本語のとても長い文章です 👨‍👩‍👧‍👦";
    let shown: String = words(&rows(vec![body(text)], &Values::new(), 20)).split_whitespace().collect();
    let wanted: String = text.split_whitespace().collect();
    let shown: String = shown.replace("14:13✓✓", "");
    assert_eq!(shown, wanted);
}

fn drawn(template: &Template, device: Device, folds: bool, width: u16) -> String {
    let message = template.render(&Values::new(), Blanks::Marked);
    let preview = Preview {
        message: &message,
        first_card: 0,
        device,
        folds,
        time: "14:13".to_owned(),
        now: Timestamp::from_second(NOW).unwrap(),
        zone: &TimeZone::UTC,
        files: Files::BOXES,
        texts: &Texts::new(Language::English),
        theme: &Theme::named("dark", Depth::True).unwrap(),
    };
    words(&preview.rows(width))
}

fn marketing(components: Vec<Component>) -> Template {
    Template { category: Category::Marketing, components, ..Template::default() }
}

#[rstest]
#[case(vec![], 4)]
#[case(vec![Component::Header(Header::Media { kind: MediaKind::Image, example: None })], 3)]
fn what_optimized_delivery_folds_stands_behind_read_more(#[case] mut parts: Vec<Component>, #[case] shown: usize) {
    parts.push(body("one\ntwo\nthree\nfour\nfive\nsix"));
    let template = marketing(parts);
    let folded = drawn(&template, Device::Phone, true, 60);
    let lines: Vec<&str> = folded.lines().map(str::trim).collect();
    let more = lines.iter().position(|line| line.contains("… Read more")).unwrap();
    let first = lines.iter().position(|line| *line == "one").unwrap();
    assert_eq!(more - first, shown, "{folded}");
    assert!(folded.contains("six"), "what is folded away is still to be read:\n{folded}");
    assert!(!drawn(&template, Device::Phone, false, 60).contains("Read more"));
}

#[test]
fn a_narrow_terminal_folds_where_a_phone_does() {
    let template = marketing(vec![body(&"word ".repeat(60))]);
    let before = |width| {
        let drawn = drawn(&template, Device::Phone, true, width);
        drawn.split("…").next().unwrap().matches("word").count()
    };
    let (wide, narrow) = (before(60), before(30));
    assert!((32..=36).contains(&wide) && narrow.abs_diff(wide) <= 5, "{wide} {narrow}");
}

#[test]
fn desktops_show_a_note_instead_of_what_they_leave_out() {
    let replies = (0..4).map(|index| button(&format!("Button {index}"), ButtonAction::QuickReply)).collect();
    let many = marketing(vec![body("the text"), Component::Buttons(replies)]);
    let shown = drawn(&many, Device::Desktop, false, 80);
    assert!(!shown.contains("the text") && shown.contains("does not show this message"), "{shown}");
    assert!(drawn(&many, Device::Phone, false, 80).contains("the text"));
    let offer = Component::LimitedTimeOffer { text: "Sale".to_owned(), has_expiration: false };
    assert!(!drawn(&marketing(vec![offer, body("the text")]), Device::Desktop, false, 80).contains("the text"));
    let plain = marketing(vec![body(&"x".repeat(60))]);
    let longest = |device| drawn(&plain, device, false, 80).lines().map(|line| line.trim().len()).max().unwrap();
    assert!(longest(Device::Desktop) > longest(Device::Phone));
}

#[test]
fn authentication_orders_and_calls_are_drawn_as_what_they_are() {
    let one_tap = OneTimeButton { kind: OneTimeKind::OneTap, autofill: Some("Autofill".to_owned()) };
    let template = Template {
        category: Category::Authentication,
        one_time: OneTimeText { security_recommendation: true, expiration_minutes: Some(5) },
        components: vec![
            body(""),
            Component::Footer(String::new()),
            Component::Buttons(vec![button("Copy code", ButtonAction::OneTimePassword(one_tap))]),
        ],
        ..Template::default()
    };
    let shown = drawn(&template, Device::Phone, false, 60);
    for part in ["{{1}} is your verification code.", "do not share", "expires in 5 minutes", "⧉ Autofill"] {
        assert!(shown.contains(part), "{part} in\n{shown}");
    }
    let order = marketing(vec![body("x"), Component::Buttons(vec![button("", ButtonAction::OrderDetails)])]);
    let shown = drawn(&order, Device::Phone, false, 60);
    assert!(shown.contains("What is ordered") && shown.contains("Review and pay"), "{shown}");
    let shown = drawn(&marketing(vec![body("x"), Component::CallPermission]), Device::Phone, false, 60);
    assert!(shown.contains("asks whether the business"), "{shown}");
}

#[test]
fn the_pager_turns_cards_where_it_is_clicked() {
    let card = |name: &str| vec![body(name)];
    let rows = rows(vec![body("Look"), Component::Carousel(vec![card("One"), card("Two"), card("Three")])], &Values::new(), 34);
    let theme = Theme::named("dark", Depth::True).unwrap();
    let area = Rect::new(0, 0, 34, 20);
    let mut buffer = ratatui::buffer::Buffer::empty(area);
    let mut targets = Vec::new();
    draw(&rows, 0, area, &theme, &mut Canvas::new(&mut buffer, &mut targets));
    let of = |wanted: CommandId| targets.iter().find(|(_, target)| *target == Target::Command(wanted)).unwrap().0;
    assert!(of(CommandId::PreviousCard).right() <= of(CommandId::NextCard).x);
    assert_eq!(of(CommandId::PreviousCard).y, of(CommandId::NextCard).y);
}

fn any_component() -> impl Strategy<Value = Component> {
    let action = prop_oneof![
        Just(ButtonAction::QuickReply),
        "\\PC{0,40}".prop_map(|url| ButtonAction::Url { url, example: None }),
        "\\PC{0,20}".prop_map(ButtonAction::PhoneNumber),
        Just(ButtonAction::CopyCode(None)),
        Just(ButtonAction::Catalog),
        "\\PC{0,9}".prop_map(|name| ButtonAction::Unknown(name.as_str().into())),
    ];
    let buttons = prop::collection::vec(("\\PC{0,30}", action).prop_map(|(text, action)| Button { text, action }), 0..6);
    prop_oneof![
        any::<String>().prop_map(|text| Component::Body(Text { text, examples: Vec::new() })),
        "[*_~`>{}1a-c \\n\\-]{0,120}".prop_map(|text| Component::Body(Text { text, examples: Vec::new() })),
        any::<String>().prop_map(Component::Footer),
        any::<String>().prop_map(|text| Component::Header(Header::Text(Text { text, examples: Vec::new() }))),
        Just(Component::Header(Header::Media { kind: MediaKind::Video, example: None })),
        Just(Component::Header(Header::Location)),
        ("\\PC{0,30}", any::<bool>()).prop_map(|(text, has_expiration)| Component::LimitedTimeOffer { text, has_expiration }),
        buttons.prop_map(Component::Buttons),
        "\\PC{0,20}".prop_map(|name| Component::Unknown(name.as_str().into())),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_message_writes_outside_its_area(
        parts in prop::collection::vec(any_component(), 0..6),
        cards in prop::collection::vec(prop::collection::vec(any_component(), 0..3), 0..4),
        width in 0u16..120,
        height in 1u16..30,
        value in any::<String>(),
    ) {
        let mut parts = parts;
        parts.push(Component::Carousel(cards));
        let rows = rows(parts, &values(&[("body.1", &value)]), width);
        for piece in rows.iter().flatten() {
            prop_assert!(piece.x + piece.width <= width.max(2), "{piece:?} in {width}");
            let needed = text::width(&piece.line.to_string());
            prop_assert!(width < 14 || needed <= usize::from(piece.width), "{needed} {piece:?}");
        }
        let theme = Theme::named("dark", Depth::True).unwrap();
        let area = Rect::new(3, 2, width, height);
        let mut buffer = ratatui::buffer::Buffer::filled(Rect::new(0, 0, width + 6, height + 4), ratatui::buffer::Cell::new("#"));
        let mut targets = Vec::new();
        draw(&rows, 0, area, &theme, &mut Canvas::new(&mut buffer, &mut targets));
        for y in 0..height + 4 {
            for x in 0..width + 6 {
                let inside = area.contains(ratatui::layout::Position::new(x, y));
                prop_assert!(inside || buffer[(x, y)].symbol() == "#", "{x},{y}");
            }
        }
    }
}
