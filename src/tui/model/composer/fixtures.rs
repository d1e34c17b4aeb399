//! Templates and a composer for tests.

use crate::{
    domain::{
        Template,
        account::OnboardingStatus,
        number::Quality,
        template::{Button, ButtonAction, Category, Component, Header, MediaKind, ParameterFormat, TemplateStatus, Text},
    },
    tui::{
        effect::Effect,
        model::Model,
        msg::Msg,
        testing::{account, model_with, press},
        update::update,
    },
};

/// Text with the examples of its variables.
pub fn text(text: &str, examples: &[(&str, &str)]) -> Text {
    let examples = examples.iter().map(|(name, example)| ((*name).into(), (*example).to_owned())).collect();
    Text { text: text.to_owned(), examples }
}

/// A button.
pub fn button(label: &str, action: ButtonAction) -> Button {
    Button { text: label.to_owned(), action }
}

/// An approved template.
pub fn template(id: &str, name: &str, category: Category, components: Vec<Component>) -> Template {
    Template {
        id: id.into(),
        name: name.into(),
        language: "en_US".into(),
        category,
        status: TemplateStatus::Approved,
        quality: Quality::Green,
        parameter_format: ParameterFormat::Positional,
        components,
        ..Template::default()
    }
}

/// A marketing template with everything that is common: image, two variables, footer, link, reply, a short life.
pub fn offer() -> Template {
    let body = text(
        "Hi {{1}}, our *spring sale* starts now!\n\nSave up to _{{2}}_ on everything that grows:\n- tulips\n- ~winter~ roses",
        &[("1", "Ana"), ("2", "40%")],
    );
    let url = ButtonAction::Url {
        url: "https://shop.example/spring/{{1}}".to_owned(),
        example: Some("https://shop.example/spring/ana-7".to_owned()),
    };
    Template {
        ttl_seconds: Some(43_200),
        creative_optimization: true,
        ..template(
            "1",
            "spring_offer",
            Category::Marketing,
            vec![
                Component::Header(Header::Media {
                    kind: MediaKind::Image,
                    example: Some("https://cdn.example/tulips.jpg".to_owned()),
                }),
                Component::Body(body),
                Component::Footer("Reply STOP to opt out".to_owned()),
                Component::Buttons(vec![button("Shop now", url), button("Not for me", ButtonAction::QuickReply)]),
            ],
        )
    }
}

/// The same in French.
pub fn offer_in_french() -> Template {
    Template { id: "2".into(), language: "fr".into(), ..offer() }
}

/// Another marketing template, without variables.
pub fn hello() -> Template {
    template("3", "zz_hello", Category::Marketing, vec![Component::Body(text("Hello *you*", &[]))])
}

/// A utility template.
pub fn order() -> Template {
    let body = text("Your order {{1}} is on its way.", &[("1", "A-1001")]);
    template("4", "order_shipped", Category::Utility, vec![Component::Body(body)])
}

/// An authentication template.
pub fn login() -> Template {
    let copy = button("", ButtonAction::OneTimePassword(Default::default()));
    let parts = vec![Component::Body(text("*{{1}}* is your code.", &[("1", "123456")])), Component::Buttons(vec![copy])];
    template("5", "login_code", Category::Authentication, parts)
}

/// A paused marketing template.
pub fn paused() -> Template {
    Template {
        status: TemplateStatus::Paused,
        ..template("6", "a_paused", Category::Marketing, vec![Component::Body(text("Old news", &[]))])
    }
}

/// A carousel of three cards.
pub fn carousel() -> Template {
    let card = |name: &str| {
        vec![
            Component::Header(Header::Media { kind: MediaKind::Image, example: None }),
            Component::Body(text(&format!("{name} at {{{{1}}}}"), &[("1", "9.90")])),
            Component::Buttons(vec![button("Buy", ButtonAction::QuickReply)]),
        ]
    };
    let cards = ["Tulips", "Roses", "Peonies"].map(card).to_vec();
    template("7", "flowers", Category::Marketing, vec![Component::Body(text("Our favourites", &[])), Component::Carousel(cards)])
}

/// All of them.
pub fn all_templates() -> Vec<Template> {
    vec![paused(), hello(), offer(), offer_in_french(), order(), login(), carousel()]
}

/// Opens the composer for the account that is selected, and answers with templates.
pub fn open_with(model: &mut Model, templates: Vec<Template>) {
    for effect in press(model, "c") {
        if let Effect::LoadTemplates(account, generation) = effect {
            update(model, Msg::TemplatesLoaded(account, generation, Ok(templates.clone())));
        }
    }
    model.settle();
}

/// A composer for an account with this status, all templates loaded.
pub fn composer(status: OnboardingStatus) -> Model {
    composer_with(status, all_templates())
}

/// A composer for an account with this status and these templates.
pub fn composer_with(status: OnboardingStatus, templates: Vec<Template>) -> Model {
    let mut model = model_with(vec![account("101", "Bergblick Hotels", "10", status)]);
    open_with(&mut model, templates);
    model
}

/// Chooses a template by typing its name into the picker.
pub fn pick(model: &mut Model, name: &str) {
    press(model, "ctrl-t");
    crate::tui::testing::type_text(model, name);
    press(model, "enter");
}
