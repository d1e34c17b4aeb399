//! Any template JSON, as hostile as it gets: it is drawn inside its area, and nothing of its text is lost.

use proptest::{prelude::*, sample::select};
use ratatui::{
    buffer::{Buffer, Cell},
    layout::Position,
};
use serde_json::{Value, json};

use super::*;
use crate::graph::templates;

const NASTY: [&str; 14] = [
    "",
    "{{1}}",
    "{{first_name}} and {{2}}",
    "\u{1b}[2J\u{1b}]0;owned\u{7}gone",
    "\u{202e}reversed\u{2066}",
    "👨‍👩‍👧‍👦 🇫🇷 👍🏽 🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "日本語のとても長い文章です、改行はありません。",
    "لإلغاء الاشتراك أرسل *توقف*",
    "שלום עולם",
    "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
    "https://shop.example/a/very/long/address/without/any/space/at/all?with=values&and=more",
    "a\tb\r\nc\u{2028}d\u{0}",
    "*bold* _it_ ~no~ ```mono``` `code`\n- one\n1. two\n> three",
    "\u{200b}\u{200d}\u{feff}",
];

fn text() -> impl Strategy<Value = Value> {
    prop_oneof![
        6 => select(NASTY.to_vec()).prop_map(|text| json!(text)),
        4 => "[*_~`>{}1a-c \\n\\-]{0,120}".prop_map(|text| json!(text)),
        3 => "\\PC{0,80}".prop_map(|text| json!(text)),
        1 => "[a-z]{200,1100}".prop_map(|text| json!(text)),
        1 => Just(Value::Null),
        1 => any::<i64>().prop_map(|number| json!(number)),
        1 => Just(json!([{}, null, ["x"]])),
    ]
}

fn kind(known: &'static [&'static str]) -> impl Strategy<Value = Value> {
    prop_oneof![9 => select(known).prop_map(|kind| json!(kind)), 1 => text()]
}

fn button() -> impl Strategy<Value = Value> {
    const KINDS: &[&str] = &[
        "QUICK_REPLY",
        "url",
        "PHONE_NUMBER",
        "COPY_CODE",
        "OTP",
        "FLOW",
        "CATALOG",
        "MPM",
        "SPM",
        "VOICE_CALL",
        "ORDER_DETAILS",
    ];
    let one_time = select(vec!["COPY_CODE", "ONE_TAP", "ZERO_TAP", "TELEPATHY"]);
    (kind(KINDS), text(), text(), text(), one_time).prop_map(|(kind, label, target, example, one_time)| {
        json!({"type": kind, "text": label, "url": target, "phone_number": target, "example": [example], "otp_type": one_time,
            "autofill_text": label})
    })
}

fn component(with_cards: bool) -> BoxedStrategy<Value> {
    const HEADERS: &[&str] = &["TEXT", "IMAGE", "VIDEO", "DOCUMENT", "LOCATION", "GIF", "PRODUCT"];
    let header = (kind(HEADERS), text(), text()).prop_map(|(format, words, example)| {
        json!({"type": "HEADER", "format": format, "text": words, "example": {"header_handle": [example], "header_text": [example]}})
    });
    let body = (text(), text(), any::<bool>()).prop_map(|(words, example, secure)| {
        json!({"type": "BODY", "text": words, "example": {"body_text": [[example]]}, "add_security_recommendation": secure})
    });
    let footer = (text(), any::<u8>())
        .prop_map(|(words, minutes)| json!({"type": "FOOTER", "text": words, "code_expiration_minutes": minutes}));
    let buttons = prop::collection::vec(button(), 0..11).prop_map(|buttons| json!({"type": "BUTTONS", "buttons": buttons}));
    let offer = (text(), any::<bool>()).prop_map(|(words, expires)| {
        json!({"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": words, "has_expiration": expires}})
    });
    let other = kind(&["CALL_PERMISSION_REQUEST", "HOLOGRAM"]).prop_map(|kind| json!({"type": kind}));
    if !with_cards {
        return prop_oneof![header, body, buttons, offer, other].boxed();
    }
    let card = prop::collection::vec(component(false), 0..4).prop_map(|parts| json!({"components": parts}));
    let carousel = prop::collection::vec(prop_oneof![9 => card, 1 => text()], 0..11)
        .prop_map(|cards| json!({"type": "CAROUSEL", "cards": cards}));
    prop_oneof![2 => header, 4 => body, 1 => footer, 2 => buttons, 1 => offer, 2 => carousel, 1 => other, 1 => text()].boxed()
}

fn any_template() -> impl Strategy<Value = String> {
    let categories = select(vec!["MARKETING", "UTILITY", "AUTHENTICATION", "ELSE"]);
    let format = select(vec!["NAMED", "POSITIONAL"]);
    (prop::collection::vec(component(true), 1..7), categories, format, text()).prop_map(|(parts, category, format, language)| {
        json!({"name": "n", "language": language, "category": category, "parameter_format": format, "components": parts})
            .to_string()
    })
}

/// Letters, the way they are looked for on the screen.
fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|character| character.is_alphanumeric()).collect::<Vec<_>>().into_iter()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_template_is_drawn_inside_its_area_and_its_text_is_whole(
        source in any_template(),
        value in prop_oneof![select(NASTY.to_vec()).prop_map(str::to_owned), any::<String>()],
        (width, height, first) in (0u16..170, 0u16..50, 0usize..60),
        (desktop, folds, colourless, french) in (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>()),
    ) {
        let found = templates::read_text(&source, "n").unwrap();
        let theme = Theme::named("dark", if colourless { Depth::Monochrome } else { Depth::True }).unwrap();
        let texts = Texts::new(if french { Language::French } else { Language::English });
        for template in found {
            let values: Values = template.variables().into_iter().map(|own| (own.id, value.clone())).collect();
            for given in [&values, &Values::new()] {
                let message = template.render(given, Blanks::Marked);
                let preview = Preview {
                    message: &message,
                    first_card: first,
                    device: if desktop { Device::Desktop } else { Device::Phone },
                    folds,
                    time: "14:13".to_owned(),
                    now: Timestamp::from_second(NOW).unwrap(),
                    zone: &TimeZone::UTC,
                    files: Files::BOXES,
                    texts: &texts,
                    theme: &theme,
                };
                let rows = preview.rows(width);
                let area = Rect::new(3, 2, width, height);
                let whole = Rect::new(0, 0, width + 6, height + 4);
                let mut buffer = Buffer::filled(whole, Cell::new("#"));
                let mut targets = Vec::new();
                draw(&rows, first, area, &theme, &mut Canvas::new(&mut buffer, &mut targets));
                for position in whole.positions() {
                    let symbol = buffer[position].symbol();
                    prop_assert!(area.contains(position) || symbol == "#", "{position:?}");
                    prop_assert!(!symbol.chars().any(char::is_control), "{symbol:?}");
                }
                prop_assert!(targets.iter().all(|(place, _)| place.is_empty() || area.contains(Position::new(place.x, place.y))));
                // Below this no word fits; on a desktop some messages are not shown.
                if width >= 14 && !(desktop && message.hidden_on_desktop()) {
                    let shown = words(&rows);
                    let mut on_screen = letters(&shown);
                    for letter in letters(&message.blocks.iter().flat_map(|block| &block.spans).map(|span| text::clean(&span.text)).collect::<String>()) {
                        prop_assert!(on_screen.any(|own| own == letter), "{letter:?} of {:?} is lost in\n{shown}", message.body.text);
                    }
                }
            }
        }
    }
}
