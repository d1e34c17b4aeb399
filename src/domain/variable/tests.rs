//! Which variables templates of every kind have.

use proptest::prelude::*;
use rstest::rstest;

use super::*;

fn text(text: &str, examples: &[(&str, &str)]) -> Text {
    Text {
        text: text.to_owned(),
        examples: examples.iter().map(|(name, example)| ((*name).into(), (*example).to_owned())).collect(),
    }
}

fn button(action: ButtonAction) -> Button {
    Button { text: "Press".to_owned(), action }
}

fn url(url: &str, example: &str) -> Button {
    button(ButtonAction::Url { url: url.to_owned(), example: Some(example.to_owned()) })
}

fn marketing(components: Vec<Component>) -> Template {
    Template { category: Category::Marketing, components, ..Template::default() }
}

fn ids(template: &Template) -> Vec<String> {
    template.variables().iter().map(|variable| variable.id.to_string()).collect()
}

fn media(kind: MediaKind) -> Component {
    Component::Header(Header::Media { kind, example: None })
}

#[test]
fn variables_come_in_reading_order_with_their_examples() {
    let template = marketing(vec![
        Component::Buttons(vec![
            button(ButtonAction::QuickReply),
            url("https://x.test/p/{{1}}", "https://x.test/p/summer"),
            url("https://x.test/", ""),
        ]),
        Component::Header(Header::Text(text("Hi {{1}}", &[("1", "Ana")]))),
        Component::Body(text("{{1}} and {{2}} and {{1}}", &[("2", "two")])),
    ]);
    assert_eq!(ids(&template), ["button2:url", "header.1", "body.1", "body.2"]);
    let examples: Vec<Option<String>> = template.variables().into_iter().map(|variable| variable.example).collect();
    assert_eq!(examples, [Some("summer".to_owned()), Some("Ana".to_owned()), None, Some("two".to_owned())]);
}

#[test]
fn named_variables_keep_their_names() {
    let template = marketing(vec![Component::Body(text("Hi {{first_name}}", &[("first_name", "Ana")]))]);
    assert_eq!(ids(&template), ["body.first_name"]);
    assert_eq!(template.variables()[0].example.as_deref(), Some("Ana"));
}

#[rstest]
#[case(media(MediaKind::Image), &["header:file"])]
#[case(media(MediaKind::Gif), &["header:file"])]
#[case(media(MediaKind::Document), &["header:file", "header:filename"])]
#[case(Component::Header(Header::Location), &["header:latitude", "header:longitude", "header:name", "header:address"])]
#[case(Component::Header(Header::Product), &["header:catalog", "header:product"])]
#[case(Component::Header(Header::Unknown("HOLOGRAM".into())), &[])]
#[case(Component::LimitedTimeOffer { text: "Now".into(), has_expiration: true }, &["offer:expires"])]
#[case(Component::LimitedTimeOffer { text: "Now".into(), has_expiration: false }, &[])]
#[case(Component::Buttons(vec![button(ButtonAction::CopyCode(Some("SAVE".into())))]), &["button1:code"])]
#[case(Component::Buttons(vec![button(ButtonAction::Catalog)]), &["button1:product"])]
#[case(Component::Buttons(vec![button(ButtonAction::MultiProduct)]), &["button1:products"])]
#[case(Component::Buttons(vec![button(ButtonAction::Flow)]), &["button1:flow"])]
#[case(Component::Buttons(vec![button(ButtonAction::SingleProduct)]), &[])]
#[case(Component::Buttons(vec![button(ButtonAction::VoiceCall)]), &[])]
#[case(Component::Footer("{{1}}".into()), &[])]
#[case(Component::Unknown("HOLOGRAM".into()), &[])]
fn every_kind_of_part_asks_for_what_it_needs(#[case] component: Component, #[case] expected: &[&str]) {
    assert_eq!(ids(&marketing(vec![component])), expected);
}

#[test]
fn what_may_be_left_out_is_not_required() {
    let template = marketing(vec![
        Component::Header(Header::Location),
        Component::Buttons(vec![button(ButtonAction::Catalog), button(ButtonAction::Flow)]),
    ]);
    let required: Vec<bool> = template.variables().iter().map(|variable| variable.required).collect();
    assert_eq!(required, [true, true, false, false, false, false]);
}

#[test]
fn cards_have_variables_of_their_own_and_come_last() {
    let card = || {
        vec![
            media(MediaKind::Image),
            Component::Body(text("Only {{1}}", &[])),
            Component::Buttons(vec![url("https://x.test/{{1}}", "a")]),
        ]
    };
    let template = marketing(vec![Component::Carousel(vec![card(), card()]), Component::Body(text("Look, {{1}}", &[]))]);
    assert_eq!(
        ids(&template),
        [
            "body.1",
            "card1.header:file",
            "card1.body.1",
            "card1.button1:url",
            "card2.header:file",
            "card2.body.1",
            "card2.button1:url"
        ]
    );
}

#[test]
fn an_authentication_template_asks_for_one_code_for_body_and_button() {
    let template = Template {
        category: Category::Authentication,
        components: vec![
            Component::Body(text("", &[])),
            Component::Buttons(vec![button(ButtonAction::OneTimePassword(Default::default()))]),
        ],
        ..Template::default()
    };
    let variables = template.variables();
    assert_eq!(variables.len(), 1);
    assert_eq!(variables[0].kind, ValueKind::OneTimeCode);
    assert_eq!(variables[0].limit, Some(ONE_TIME_CODE_LIMIT));
}

#[rstest]
#[case("body.1", Some("body.1"))]
#[case("1", Some("body.1"))]
#[case("who", Some("header.who"))]
#[case("header.who", Some("header.who"))]
#[case("card1.body.x", Some("card1.body.x"))]
#[case("x", None)]
#[case("body.7", None)]
#[case("", None)]
fn a_variable_is_found_by_its_id_or_by_its_bare_name(#[case] name: &str, #[case] expected: Option<&str>) {
    let card = || vec![Component::Body(text("{{x}}", &[]))];
    let template = marketing(vec![
        Component::Header(Header::Text(text("{{who}}", &[]))),
        Component::Body(text("{{1}}", &[])),
        Component::Carousel(vec![card(), card()]),
    ]);
    let found = template.find_variable(name).map(|id| id.to_string());
    assert_eq!(found.as_deref(), expected);
}

#[rstest]
#[case("card0.body.1")]
#[case("card300.body.1")]
#[case("button0:url")]
#[case("body.")]
#[case("body.a b")]
#[case("button1:teleport")]
#[case("footer.1")]
fn what_names_no_variable_is_told_how_to_write_one(#[case] text: &str) {
    let error = text.parse::<VariableId>().unwrap_err();
    assert!(error.to_string().contains("body.1"));
}

proptest! {
    #[test]
    fn ids_survive_being_written_down(card in proptest::option::of(0u8..10), button in 0u8..10, name in "[a-z_0-9]{1,8}") {
        for part in [
            Part::Header(name.as_str().into()), Part::Body(name.as_str().into()), Part::HeaderMedia, Part::OfferExpiration,
            Part::Location(LocationField::Name), Part::ProductId, Part::ButtonUrl(button), Part::ButtonCode(button),
            Part::ButtonProduct(button), Part::ButtonProducts(button), Part::ButtonFlow(button), Part::HeaderFileName,
        ] {
            let id = VariableId { card, part };
            prop_assert_eq!(id.to_string().parse::<VariableId>().unwrap(), id);
        }
    }

    #[test]
    fn every_variable_of_any_text_is_found_again_by_its_name(text in "\\PC{0,30}", name in "[a-z0-9_]{1,8}") {
        if let Ok(id) = text.parse::<VariableId>() {
            prop_assert_eq!(id.to_string().parse::<VariableId>().ok(), Some(id));
        }
        let text = format!("{text} {{{{{name}}}}}");
        let variables = marketing(vec![Component::Body(Text { text, examples: Vec::new() })]).variables();
        for (index, variable) in variables.iter().enumerate() {
            prop_assert_eq!(variable.id.to_string().parse::<VariableId>().ok(), Some(variable.id.clone()));
            prop_assert!(variables[..index].iter().all(|other| other.id != variable.id), "asked for twice");
        }
    }
}
