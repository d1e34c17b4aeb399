//! The preview: what is shown, what is marked, what is folded away.

use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::domain::{
    fixtures::now,
    markup::BlockKind,
    template::{Button, Category, ParameterFormat},
};

fn text(text: &str, examples: &[(&str, &str)]) -> Text {
    Text {
        text: text.to_owned(),
        examples: examples.iter().map(|(name, example)| ((*name).into(), (*example).to_owned())).collect(),
    }
}

fn button(label: &str, action: ButtonAction) -> Button {
    Button { text: label.to_owned(), action }
}

fn link(url: &str) -> Button {
    button("Open", ButtonAction::Url { url: url.to_owned(), example: None })
}

fn replies(count: usize) -> Vec<Button> {
    (0..count).map(|_| button("Yes", ButtonAction::QuickReply)).collect()
}

fn template(components: Vec<Component>) -> Template {
    Template { category: Category::Marketing, components, ..Template::default() }
}

fn values(pairs: &[(&str, &str)]) -> Values {
    pairs.iter().map(|(id, value)| (id.parse().unwrap(), (*value).to_owned())).collect()
}

fn image() -> Component {
    Component::Header(Header::Media { kind: MediaKind::Image, example: Some("https://x.test/example.jpg".to_owned()) })
}

#[test]
fn r35_values_are_filled_in_and_missing_ones_marked() {
    let template = template(vec![
        Component::Header(Header::Text(text("Hi {{1}}", &[]))),
        Component::Body(text("*{{1}}* costs {{2}}", &[("2", "5 €")])),
        Component::Footer("Stop anytime".to_owned()),
    ]);
    let rendered = template.render(&values(&[("body.1", "Tea")]), Blanks::Marked);
    assert_eq!(rendered.body.text, "*Tea* costs {{2}}");
    let spans: Vec<(&str, Option<Fill>)> = rendered.blocks[0].spans.iter().map(|span| (span.text.as_str(), span.fill)).collect();
    assert_eq!(spans, [("Tea", Some(Fill::Value)), (" costs ", None), ("{{2}}", Some(Fill::Missing))]);
    let Some(RenderedHeader::Text(header)) = &rendered.header else { panic!("{:?}", rendered.header) };
    assert_eq!(header.fills, [(3..8, Fill::Missing)]);
    assert_eq!(rendered.footer.as_deref(), Some("Stop anytime"));
    assert!(rendered.is_missing_something());
}

#[test]
fn r35_examples_stand_in_where_asked_for_and_still_count_as_missing() {
    let template = template(vec![image(), Component::Body(text("{{1}} and {{2}}", &[("1", "Tea")]))]);
    let rendered = template.render(&Values::new(), Blanks::Examples);
    assert_eq!(rendered.body.text, "Tea and {{2}}");
    assert_eq!(rendered.body.fills, [(0..3, Fill::Example), (8..13, Fill::Missing)]);
    assert!(matches!(
        &rendered.header,
        Some(RenderedHeader::Media { fill: Fill::Example, source: Some(source), .. }) if source.ends_with("example.jpg")
    ));
    assert!(rendered.is_missing_something());
    let marked = template.render(&Values::new(), Blanks::Marked);
    assert!(matches!(marked.header, Some(RenderedHeader::Media { fill: Fill::Missing, source: None, .. })));
}

#[test]
fn r35_a_whole_message_misses_nothing() {
    let template = template(vec![
        image(),
        Component::Body(text("Hi {{1}}", &[])),
        Component::LimitedTimeOffer { text: "Now".to_owned(), has_expiration: true },
        Component::Buttons(vec![button("Copy", ButtonAction::CopyCode(None)), link("https://x.test/?a={{1}}")]),
        Component::Carousel(vec![vec![image(), Component::Body(text("{{1}}", &[]))]]),
    ]);
    let mut given = values(&[
        ("header:file", "123"),
        ("body.1", "Ana"),
        ("offer:expires", "2030-01-01T00:00:00Z"),
        ("button1:code", "SAVE"),
        ("button2:url", "a b"),
        ("card1.header:file", "124"),
        ("card1.body.1", "Tea"),
    ]);
    let whole = template.render(&given, Blanks::Marked);
    assert!(!whole.is_missing_something(), "{whole:?}");
    assert_eq!(whole.buttons.all[1].target.as_ref().unwrap().text, "https://x.test/?a=a%20b");
    assert!(whole.offer.unwrap().expires.unwrap() > now());
    let ids: Vec<VariableId> = given.keys().cloned().collect();
    for id in ids {
        let value = given.remove(&id).unwrap();
        assert!(template.render(&given, Blanks::Marked).is_missing_something(), "without {id} nothing is marked");
        given.insert(id, value);
    }
}

#[rstest]
#[case(1, 1, false)]
#[case(3, 3, false)]
#[case(4, 2, true)]
#[case(10, 2, true)]
fn more_than_three_buttons_show_as_two_and_see_all_options(#[case] count: usize, #[case] shown: usize, #[case] see_all: bool) {
    let rendered = template(vec![Component::Buttons(replies(count))]).render(&Values::new(), Blanks::Marked);
    assert_eq!(rendered.buttons.shown().len(), shown);
    assert_eq!(rendered.buttons.see_all(), see_all);
    assert_eq!(rendered.buttons.hidden_on_desktop(), see_all);
    assert_eq!(rendered.buttons.all.len(), count);
}

#[test]
fn quick_replies_mixed_with_others_are_not_on_desktop() {
    let mut buttons = replies(1);
    buttons.push(link("https://x.test"));
    let rendered = template(vec![Component::Buttons(buttons)]).render(&Values::new(), Blanks::Marked);
    assert!(rendered.buttons.hidden_on_desktop());
    assert!(!rendered.buttons.see_all());
}

#[rstest]
#[case::plain(vec![], "Hello", 4)]
#[case::media(vec![image()], "Hello", 3)]
#[case::link(vec![], "See https://x.test", 5)]
#[case::link_below_media(vec![image()], "See www.x.test", 5)]
#[case::link_and_button(vec![Component::Buttons(vec![link("https://x.test")])], "See https://x.test", 4)]
#[case::link_and_reply(vec![Component::Buttons(replies(1))], "See https://x.test", 5)]
fn optimized_delivery_folds_long_bodies(#[case] mut others: Vec<Component>, #[case] body: &str, #[case] lines: usize) {
    others.push(Component::Body(text(body, &[])));
    let rendered = template(others).render(&Values::new(), Blanks::Marked);
    assert_eq!(rendered.lines_before_fold(), lines);
}

#[test]
fn cards_are_filled_with_values_of_their_own() {
    let card = || vec![Component::Body(text("{{1}}", &[])), Component::Buttons(replies(1))];
    let template = template(vec![Component::Body(text("Look, {{1}}", &[])), Component::Carousel(vec![card(), card()])]);
    let given = values(&[("body.1", "Ana"), ("card1.body.1", "Tea"), ("card2.body.1", "Jam")]);
    let rendered = template.render(&given, Blanks::Marked);
    let texts: Vec<&str> = rendered.cards.iter().map(|card| card.body.text.as_str()).collect();
    assert_eq!(texts, ["Tea", "Jam"]);
    assert_eq!(rendered.body.text, "Look, Ana");
}

#[test]
fn what_is_not_known_is_shown_by_name() {
    let rendered = template(vec![
        Component::Unknown("HOLOGRAM\u{1b}[2J".into()),
        Component::Header(Header::Unknown("SMELL".into())),
        Component::Buttons(vec![button("?", ButtonAction::Unknown("TELEPORT".into()))]),
    ])
    .render(&Values::new(), Blanks::Marked);
    assert_eq!(rendered.unknown, ["HOLOGRAM"]);
    assert_eq!(rendered.header, Some(RenderedHeader::Unknown("SMELL".into())));
    assert_eq!(rendered.buttons.all[0].sign, ButtonSign::Other);
}

#[test]
fn an_authentication_template_shows_its_code() {
    let template = Template {
        category: Category::Authentication,
        components: vec![
            Component::Body(text("*{{1}}* is your code.", &[])),
            Component::Buttons(vec![
                button("Copy code", ButtonAction::OneTimePassword(Default::default())),
                link("https://x.test/otp?code=otp{{1}}"),
            ]),
        ],
        ..Template::default()
    };
    let rendered = template.render(&values(&[("body.1", "123456")]), Blanks::Marked);
    assert_eq!(rendered.body.text, "*123456* is your code.");
    assert!(!rendered.is_missing_something());
    let empty = Template { components: vec![Component::Body(text("", &[]))], ..template };
    assert_eq!(empty.render(&Values::new(), Blanks::Marked).body.text, "*{{1}}* is your verification code.");
}

#[test]
fn a_value_that_changes_the_formatting_is_named() {
    let template = Template {
        parameter_format: ParameterFormat::Named,
        ..template(vec![Component::Body(text("Hi {{who}}, {{what}}", &[]))])
    };
    let found = template.formatting_changed_by(&values(&[("body.who", "*Ana*"), ("body.what", "tea")]));
    assert_eq!(found, values(&[("body.who", "")]).into_keys().collect::<Vec<_>>());
}

#[test]
fn lengths_are_counted_with_the_values_in() {
    let template = template(vec![
        Component::Header(Header::Text(text("Hi {{1}}", &[]))),
        Component::Body(text("{{1}}é👩", &[])),
        Component::LimitedTimeOffer { text: "Now".to_owned(), has_expiration: false },
        Component::Buttons(vec![link("https://x.test/{{1}}")]),
        Component::Carousel(vec![vec![Component::Body(text("abc", &[]))]]),
    ]);
    let counts = template.counts(&values(&[("body.1", "four"), ("button1:url", "é")]));
    let count = |card, part| {
        let found = counts.iter().find(|count| count.card == card && count.part == part);
        let found = found.unwrap_or_else(|| panic!("{part:?} is not counted")).count;
        (found.used, found.max)
    };
    assert_eq!(count(None, CountedPart::Header), (3, 60));
    assert_eq!(count(None, CountedPart::Body), (6, 600), "an offer leaves the body less room");
    assert_eq!(count(None, CountedPart::Offer), (3, 16));
    assert_eq!(count(None, CountedPart::ButtonLabel(0)), (4, 25));
    assert_eq!(count(None, CountedPart::ButtonUrl(0)), (21, 2_000));
    assert_eq!(count(Some(0), CountedPart::Body), (3, 160));
}

#[test]
fn messages_without_template_are_shown_as_well() {
    let text = FreeForm::Text("*Hi*\n- one".to_owned()).render();
    assert_eq!(text.blocks[1].kind, BlockKind::Bullet);
    let list = FreeForm::List { body: "Choose".to_owned(), button: "Open".to_owned(), rows: Vec::new() }.render();
    assert_eq!(list.buttons.all[0].sign, ButtonSign::List);
    let file = FreeForm::Media { kind: MediaKind::Video, file: String::new(), caption: String::new() }.render();
    assert!(file.is_missing_something());
    assert!(file.blocks.is_empty());
}

#[test]
fn nothing_from_outside_reaches_the_screen_uncleaned() {
    let template = template(vec![
        Component::Body(text("a\u{1b}[2J{{1}}", &[])),
        Component::Footer("f\u{7}".to_owned()),
        Component::Buttons(vec![button("b\u{202e}", ButtonAction::QuickReply)]),
    ]);
    let rendered = template.render(&values(&[("body.1", "v\u{1b}]0;t\u{7}")]), Blanks::Marked);
    assert_eq!(rendered.body.text, "av");
    assert_eq!(rendered.footer.as_deref(), Some("f"));
    assert_eq!(rendered.buttons.all[0].label, "b");
}

fn any_component() -> impl Strategy<Value = Component> {
    let words = "[a-z{}1_*`~\\n é👩\u{1b}\u{202e}]{0,30}";
    let action = prop_oneof![
        Just(ButtonAction::QuickReply),
        words.prop_map(|url| ButtonAction::Url { url, example: None }),
        words.prop_map(ButtonAction::PhoneNumber),
        proptest::option::of(words).prop_map(ButtonAction::CopyCode),
        Just(ButtonAction::OneTimePassword(Default::default())),
        Just(ButtonAction::MultiProduct),
        Just(ButtonAction::Flow),
        Just(ButtonAction::Unknown("X".into())),
    ];
    let button = (words, action).prop_map(|(text, action)| Button { text, action });
    let leaf = prop_oneof![
        words.prop_map(|body| Component::Body(text(&body, &[("1", "example")]))),
        words.prop_map(|header| Component::Header(Header::Text(text(&header, &[])))),
        Just(Component::Header(Header::Location)),
        Just(Component::Header(Header::Product)),
        Just(image()),
        words.prop_map(Component::Footer),
        proptest::collection::vec(button, 0..12).prop_map(Component::Buttons),
        (words, any::<bool>()).prop_map(|(text, has_expiration)| Component::LimitedTimeOffer { text, has_expiration }),
        words.prop_map(|name| Component::Unknown(name.into())),
    ];
    leaf.prop_recursive(2, 16, 4, |inner| {
        proptest::collection::vec(proptest::collection::vec(inner, 0..4), 0..4).prop_map(Component::Carousel)
    })
}

proptest! {
    #[test]
    fn any_template_with_any_values_is_rendered_cleanly(
        components in proptest::collection::vec(any_component(), 0..6),
        value in "\\PC{0,20}",
        authentication in any::<bool>(),
    ) {
        let mut template = template(components);
        if authentication {
            template.category = Category::Authentication;
        }
        let given: Values = template.variables().into_iter().step_by(2).map(|variable| (variable.id, value.clone())).collect();
        for blanks in [Blanks::Marked, Blanks::Examples] {
            let rendered = template.render(&given, blanks);
            let harmful = |span: &markup::Span| span.text.contains(['\u{1b}', '\u{202e}', '\n']);
            prop_assert!(!rendered.blocks.iter().flat_map(|block| &block.spans).any(harmful));
            for (range, _) in &rendered.body.fills {
                prop_assert!(rendered.body.text.get(range.clone()).is_some());
            }
            let _ = (rendered.lines_before_fold(), rendered.buttons.shown());
        }
        let _ = (template.counts(&given), template.formatting_changed_by(&given));
    }
}
