//! From drafts to messages, or to what is wrong with them.

use rstest::rstest;

use super::*;
use crate::domain::{
    Account,
    account::OnboardingStatus,
    fixtures::{account, now},
    rendering::CountedPart,
    template::{Button, ButtonAction, Category, Component, Header, ParameterFormat, Text},
};

fn text(text: &str) -> Text {
    Text { text: text.to_owned(), examples: Vec::new() }
}

fn button(action: ButtonAction) -> Button {
    Button { text: "Press".to_owned(), action }
}

fn link(url: &str) -> Button {
    button(ButtonAction::Url { url: url.to_owned(), example: None })
}

fn template(category: Category, components: Vec<Component>) -> Template {
    Template { name: "spring_offer".into(), language: "en_US".into(), category, components, ..Template::default() }
}

fn hello() -> Template {
    template(Category::Marketing, vec![Component::Body(text("Hi {{1}}"))])
}

fn onboarded() -> Account {
    account("1", OnboardingStatus::Onboarded)
}

fn draft(template: &Template, values: &[(&str, &str)]) -> Draft {
    Draft {
        account: "1".into(),
        number: "1".into(),
        content: Content::Template(TemplateKey::of(template)),
        recipients: vec!["+49 170 1234567".to_owned()],
        values: values.iter().map(|(id, value)| (id.parse().unwrap(), (*value).to_owned())).collect(),
        choice: DeliveryChoice::default(),
    }
}

fn resolve(template: &Template, values: &[(&str, &str)]) -> Outgoing {
    let mut messages = draft(template, values).resolve(&onboarded(), Some(template), now()).unwrap();
    assert_eq!(messages.len(), 1);
    messages.remove(0)
}

fn components(template: &Template, values: &[(&str, &str)]) -> Vec<OutgoingComponent> {
    match resolve(template, values).content() {
        OutgoingContent::Template { components, .. } => components.clone(),
        other => panic!("{other:?}"),
    }
}

fn word(text: &str) -> Parameter {
    Parameter::Text { name: None, text: text.to_owned() }
}

fn pressed(index: u8, kind: ButtonKind, parameter: Parameter) -> OutgoingComponent {
    OutgoingComponent::Button { index, kind, parameter }
}

#[test]
fn a_whole_draft_becomes_one_message_for_each_recipient() {
    let template = hello();
    let mut draft = draft(&template, &[("body.1", "Ana")]);
    draft.recipients =
        vec!["+49 170 1234567".to_owned(), " ".to_owned(), "0049 (170) 123-4567".to_owned(), "US.1349aB12".to_owned()];
    let messages = draft.resolve(&onboarded(), Some(&template), now()).unwrap();
    let addresses: Vec<&Address> = messages.iter().map(Outgoing::address).collect();
    assert_eq!(
        addresses,
        [&Address::Phone("491701234567".to_owned()), &Address::UserId("US.1349aB12".to_owned())],
        "the same number twice is one message"
    );
}

#[test]
fn r31_r34_an_onboarded_account_sends_optimized_with_an_explicit_policy() {
    let message = resolve(&hello(), &[("body.1", "Ana")]);
    assert_eq!(
        *message.delivery(),
        OutgoingDelivery::Optimized { policy: ProductPolicy::CloudApiFallback, activity_sharing: None }
    );
    assert_eq!(message.delivery().endpoint(), Endpoint::MarketingMessages);
}

#[rstest]
#[case(Category::Utility)]
#[case(Category::Authentication)]
#[case(Category::FreeService)]
#[case(Category::default())]
fn r30_other_templates_go_through_cloud_api_whatever_was_chosen(#[case] category: Category) {
    let template = template(category, vec![Component::Body(text("Hi {{1}}"))]);
    let mut draft = draft(&template, &[("body.1", "Ana")]);
    draft.choice = DeliveryChoice { checked: Some(true), policy: ProductPolicy::Strict, activity_sharing: Some(false) };
    let messages = draft.resolve(&onboarded(), Some(&template), now()).unwrap();
    assert_eq!(*messages[0].delivery(), OutgoingDelivery::CloudApi);
}

#[test]
fn r30_a_message_without_template_goes_through_cloud_api() {
    let draft = Draft {
        content: Content::FreeForm(FreeForm::Text("Thanks!".to_owned())),
        choice: DeliveryChoice { checked: Some(true), ..DeliveryChoice::default() },
        ..draft(&hello(), &[])
    };
    let messages = draft.resolve(&onboarded(), None, now()).unwrap();
    assert_eq!(*messages[0].delivery(), OutgoingDelivery::CloudApi);
}

#[test]
fn r35_what_is_missing_keeps_the_message_from_being_sent_all_at_once() {
    let empty = Draft::default();
    assert_eq!(
        empty.problems(&onboarded(), None, now()),
        [DraftProblem::NoAccount, DraftProblem::NoNumber, DraftProblem::NoContent, DraftProblem::NoRecipient]
    );
    let template = hello();
    let mut draft = draft(&template, &[("body.1", "a\nb")]);
    draft.recipients.push("0170 1234567".to_owned());
    assert_eq!(
        draft.problems(&onboarded(), Some(&template), now()),
        [
            DraftProblem::Value { variable: "body.1".parse().unwrap(), problem: ValueProblem::LineBreak },
            DraftProblem::Recipient { index: 1, problem: PhoneProblem::NoCountryCode },
        ]
    );
}

#[test]
fn the_template_must_be_the_one_the_draft_names() {
    let other = Template { language: "fr".into(), ..hello() };
    let problems = draft(&hello(), &[("body.1", "Ana")]).problems(&onboarded(), Some(&other), now());
    assert_eq!(problems, [DraftProblem::NoContent]);
}

#[test]
fn a_text_that_values_make_too_long_is_refused() {
    let template =
        template(Category::Marketing, vec![Component::Header(Header::Text(text("Hi {{1}}"))), Component::Body(text("x"))]);
    let long = "x".repeat(58);
    let problems = draft(&template, &[("header.1", &long)]).problems(&onboarded(), Some(&template), now());
    assert!(matches!(problems.as_slice(), [DraftProblem::TooLong(found)] if found.part == CountedPart::Header), "{problems:?}");
}

#[test]
fn a_part_that_is_not_known_cannot_be_sent_blindly() {
    let template = template(Category::Marketing, vec![Component::Unknown("HOLOGRAM".into())]);
    let problems = draft(&template, &[]).problems(&onboarded(), Some(&template), now());
    assert_eq!(problems, [DraftProblem::UnknownPart("HOLOGRAM".into())]);
}

#[test]
fn a_template_without_variables_has_no_components() {
    let template = template(
        Category::Marketing,
        vec![
            Component::Body(text("Hello")),
            Component::Footer("Stop".to_owned()),
            Component::Buttons(vec![button(ButtonAction::QuickReply), link("https://x.test")]),
        ],
    );
    assert_eq!(components(&template, &[]), []);
}

#[test]
fn positional_values_go_in_the_order_of_their_numbers() {
    let template = template(Category::Marketing, vec![Component::Body(text("{{2}} {{1}} {{10}} {{2}}"))]);
    assert_eq!(
        components(&template, &[("body.1", "a"), ("body.2", "b"), ("body.10", "j")]),
        [OutgoingComponent::Body(vec![word("a"), word("b"), word("j")])]
    );
}

#[test]
fn named_values_carry_their_names() {
    let template = Template {
        parameter_format: ParameterFormat::Named,
        ..template(Category::Marketing, vec![Component::Body(text("Hi {{first_name}}"))])
    };
    assert_eq!(
        components(&template, &[("body.first_name", "Ana")]),
        [OutgoingComponent::Body(vec![Parameter::Text { name: Some("first_name".into()), text: "Ana".to_owned() }])]
    );
}

#[test]
fn header_offer_and_buttons_are_filled_each_in_its_way() {
    let template = template(
        Category::Marketing,
        vec![
            Component::Buttons(vec![
                button(ButtonAction::CopyCode(None)),
                link("https://x.test/?a={{1}}"),
                button(ButtonAction::MultiProduct),
                button(ButtonAction::Catalog),
                button(ButtonAction::Flow),
            ]),
            Component::LimitedTimeOffer { text: "Now".to_owned(), has_expiration: true },
            Component::Header(Header::Media { kind: MediaKind::Image, example: None }),
            Component::Body(text("Hello")),
        ],
    );
    let given = [
        ("header:file", "https://x.test/a.jpg"),
        ("offer:expires", "1900000000000"),
        ("button1:code", " SAVE "),
        ("button2:url", "a b"),
        ("button3:products", "p1, p2"),
    ];
    assert_eq!(
        components(&template, &given),
        [
            OutgoingComponent::Header(Parameter::Media {
                kind: MediaKind::Image,
                source: MediaSource::Link("https://x.test/a.jpg".to_owned()),
                file_name: None
            }),
            OutgoingComponent::LimitedTimeOffer { expires_ms: 1_900_000_000_000 },
            pressed(0, ButtonKind::CopyCode, Parameter::CouponCode("SAVE".to_owned())),
            pressed(1, ButtonKind::Url, word("a%20b")),
            pressed(2, ButtonKind::MultiProduct, Parameter::Products(vec!["p1".to_owned(), "p2".to_owned()])),
        ],
        "what is optional and not given is left out"
    );
}

#[test]
fn a_place_is_sent_with_points_whatever_was_typed() {
    let template = template(Category::Utility, vec![Component::Header(Header::Location)]);
    let given = [("header:latitude", "52,52"), ("header:longitude", "13.4"), ("header:name", "Shop")];
    assert_eq!(
        components(&template, &given),
        [OutgoingComponent::Header(Parameter::Location {
            latitude: "52.52".to_owned(),
            longitude: "13.4".to_owned(),
            name: Some("Shop".to_owned()),
            address: None
        })]
    );
}

#[rstest]
#[case(button(ButtonAction::OneTimePassword(Default::default())))]
#[case(link("https://x.test/otp/?code=otp{{1}}"))]
fn the_code_of_an_authentication_template_goes_into_body_and_button(#[case] pressed_button: Button) {
    let template = template(
        Category::Authentication,
        vec![Component::Body(text("*{{1}}* is your code.")), Component::Buttons(vec![pressed_button])],
    );
    assert_eq!(
        components(&template, &[("body.1", "123456")]),
        [OutgoingComponent::Body(vec![word("123456")]), pressed(0, ButtonKind::Url, word("123456"))]
    );
}

#[test]
fn every_card_is_sent_with_its_own_values() {
    let card = || {
        vec![
            Component::Header(Header::Product),
            Component::Body(text("Only {{1}}")),
            Component::Buttons(vec![button(ButtonAction::SingleProduct)]),
        ]
    };
    let template = template(Category::Marketing, vec![Component::Body(text("Look")), Component::Carousel(vec![card(), card()])]);
    let given = [
        ("card1.header:catalog", "c"),
        ("card1.header:product", "p1"),
        ("card1.body.1", "5"),
        ("card2.header:catalog", "c"),
        ("card2.header:product", "p2"),
        ("card2.body.1", "6"),
    ];
    let expected = |index, product: &str, price: &str| {
        let header = OutgoingComponent::Header(Parameter::Product { catalog: "c".to_owned(), product: product.to_owned() });
        (index, vec![header, OutgoingComponent::Body(vec![word(price)])])
    };
    assert_eq!(
        components(&template, &given),
        [OutgoingComponent::Carousel(vec![expected(0, "p1", "5"), expected(1, "p2", "6")])]
    );
}

#[rstest]
#[case("+49 170 1234567", Ok(Address::Phone("491701234567".into())))]
#[case("US.13491208655302741918", Ok(Address::UserId("US.13491208655302741918".into())))]
#[case("us.1349", Err(PhoneProblem::NotANumber))]
#[case("US.1", Err(PhoneProblem::NotANumber))]
#[case("", Err(PhoneProblem::Empty))]
fn recipients_are_phone_numbers_or_user_ids(#[case] text: &str, #[case] expected: Result<Address, PhoneProblem>) {
    assert_eq!(Address::parse(text), expected);
}
