//! Templates, their variables and values, in people's words. Shared by screens and subcommands, as `wording` is.

use crate::{
    domain::{
        free_form::{FreeForm, FreeFormPart},
        message::DraftProblem,
        rendering::{ButtonSign, CountedPart},
        template::{ButtonAction, Category, Component, Header, MediaKind, Template, TemplateStatus},
        value::ValueProblem,
        variable::{LocationField, Part, ValueKind, Variable},
    },
    i18n::Texts,
    text::{self, PhoneProblem},
};

/// A template's category.
pub fn category(texts: &Texts, category: &Category) -> String {
    let id = match category {
        Category::Marketing => "composer-category-marketing",
        Category::Utility => "composer-category-utility",
        Category::Authentication => "composer-category-authentication",
        Category::FreeService => "composer-category-service",
        Category::Unknown(sent) if sent.is_empty() => "health-not-reported",
        Category::Unknown(sent) => return text::clean(sent).into_owned(),
    };
    texts.get(id).into_owned()
}

/// A template's status, as it stands after "is".
pub fn template_status(texts: &Texts, status: &TemplateStatus) -> String {
    let id = match status {
        TemplateStatus::Approved => "composer-template-approved",
        TemplateStatus::Archived => "composer-template-archived",
        TemplateStatus::Deleted => "composer-template-deleted",
        TemplateStatus::Disabled => "composer-template-disabled",
        TemplateStatus::InAppeal => "composer-template-in-appeal",
        TemplateStatus::LimitExceeded => "composer-template-limit-exceeded",
        TemplateStatus::Paused => "composer-template-paused",
        TemplateStatus::Pending => "composer-template-pending",
        TemplateStatus::PendingDeletion => "composer-template-pending-deletion",
        TemplateStatus::Rejected => "composer-template-rejected",
        TemplateStatus::Unknown(sent) if sent.is_empty() => "health-not-reported",
        TemplateStatus::Unknown(sent) => return text::clean(sent).into_owned(),
    };
    texts.get(id).into_owned()
}

/// What sets a template apart from plain text: a carousel, an offer, a file in its header; nothing for the others.
pub fn made_with(texts: &Texts, template: &Template) -> Option<String> {
    let id = |component: &Component| match component {
        Component::Carousel(_) => Some("composer-with-carousel"),
        Component::LimitedTimeOffer { .. } => Some("composer-with-offer"),
        Component::Header(Header::Media { kind, .. }) => Some(match kind {
            MediaKind::Image => "composer-media-image",
            MediaKind::Video => "composer-media-video",
            MediaKind::Document => "composer-media-document",
            MediaKind::Gif => "composer-media-gif",
        }),
        Component::Header(Header::Location) => Some("composer-with-location"),
        Component::Buttons(buttons) if buttons.iter().any(|button| matches!(button.action, ButtonAction::CopyCode(_))) => {
            Some("composer-with-coupon")
        }
        _ => None,
    };
    let said: Vec<String> = template.components.iter().filter_map(id).map(|id| texts.get(id).to_lowercase()).collect();
    (!said.is_empty()).then(|| said.join(", "))
}

/// The glyph of a template's status.
pub fn template_glyph(status: &TemplateStatus) -> &'static str {
    match status {
        TemplateStatus::Approved => "●",
        TemplateStatus::Pending | TemplateStatus::InAppeal => "◔",
        TemplateStatus::Paused | TemplateStatus::LimitExceeded => "‖",
        TemplateStatus::Unknown(_) => "?",
        _ => "✕",
    }
}

/// What a variable is called beside its field: where it goes, and its name.
pub fn variable(texts: &Texts, variable: &Variable) -> String {
    let named = |id: &str, name: &str| {
        // A position reads like a typing error on its own.
        let name = if name.bytes().all(|byte| byte.is_ascii_digit()) {
            format!("{{{{{name}}}}}")
        } else {
            text::clean(name).into_owned()
        };
        texts.with(id, &[("name", name.into())])
    };
    let button = |id: &str, place: u8| texts.with(id, &[("number", (u16::from(place) + 1).into())]);
    let plain = |id: &str| texts.get(id).into_owned();
    match &variable.id.part {
        Part::Header(name) => named("composer-variable-header", name),
        Part::HeaderMedia => match variable.kind {
            ValueKind::Media(kind) => media_kind(texts, kind),
            _ => plain("composer-variable-file"),
        },
        Part::HeaderFileName => plain("composer-variable-file-name"),
        Part::Location(LocationField::Latitude) => plain("composer-variable-latitude"),
        Part::Location(LocationField::Longitude) => plain("composer-variable-longitude"),
        Part::Location(LocationField::Name) => plain("composer-variable-place"),
        Part::Location(LocationField::Address) => plain("composer-variable-address"),
        Part::ProductCatalog => plain("composer-variable-catalog"),
        Part::ProductId => plain("composer-variable-product"),
        Part::OfferExpiration => plain("composer-variable-offer-ends"),
        Part::Body(name) => named("composer-variable-body", name),
        Part::ButtonUrl(place) => button("composer-variable-button-url", *place),
        Part::ButtonCode(_) => plain("composer-variable-code"),
        Part::ButtonProduct(place) => button("composer-variable-button-product", *place),
        Part::ButtonProducts(place) => button("composer-variable-button-products", *place),
        Part::ButtonFlow(place) => button("composer-variable-button-flow", *place),
    }
}

/// A kind of media.
pub fn media_kind(texts: &Texts, kind: MediaKind) -> String {
    let id = match kind {
        MediaKind::Image => "composer-media-image",
        MediaKind::Video => "composer-media-video",
        MediaKind::Document => "composer-media-document",
        MediaKind::Gif => "composer-media-gif",
    };
    texts.get(id).into_owned()
}

/// What a field takes, where the template has no example to show.
pub fn value_hint(texts: &Texts, variable: &Variable) -> String {
    let id = match variable.kind {
        ValueKind::Text | ValueKind::OneTimeCode => "composer-hint-text",
        ValueKind::UrlEnding => "composer-hint-url",
        ValueKind::Media(_) => "composer-hint-media",
        ValueKind::FileName => "composer-hint-file-name",
        ValueKind::Latitude => "composer-hint-latitude",
        ValueKind::Longitude => "composer-hint-longitude",
        ValueKind::CouponCode => "composer-hint-code",
        ValueKind::Moment => "composer-hint-moment",
        ValueKind::Id => "composer-hint-id",
        ValueKind::Ids => "composer-hint-ids",
    };
    texts.get(id).into_owned()
}

/// What is wrong with a value, in one sentence.
pub fn value_problem(texts: &Texts, problem: &ValueProblem) -> String {
    let id = match problem {
        ValueProblem::Missing => "composer-value-missing",
        ValueProblem::LineBreak => "composer-value-line-break",
        ValueProblem::Tab => "composer-value-tab",
        ValueProblem::TooManySpaces => "composer-value-spaces",
        ValueProblem::TooLong(count) => {
            return texts.with("composer-value-too-long", &[("used", count.used.into()), ("max", count.max.into())]);
        }
        ValueProblem::NotAFile => "composer-value-file",
        ValueProblem::NotAnAddress => "composer-value-address",
        ValueProblem::NotDegrees(max) => return texts.with("composer-value-degrees", &[("max", (*max).into())]),
        ValueProblem::NotAMoment => "composer-value-moment",
        ValueProblem::InThePast => "composer-value-past",
        ValueProblem::NotACode => "composer-value-code",
    };
    texts.get(id).into_owned()
}

/// What keeps a text from being a phone number, in one sentence.
pub fn phone_problem(texts: &Texts, problem: PhoneProblem) -> String {
    let id = match problem {
        PhoneProblem::Empty => "composer-phone-empty",
        PhoneProblem::NotANumber => "composer-phone-not-a-number",
        PhoneProblem::NoCountryCode => "composer-phone-no-country",
        PhoneProblem::TooShort => "composer-phone-too-short",
        PhoneProblem::TooLong => "composer-phone-too-long",
    };
    texts.get(id).into_owned()
}

/// What a button is called where Meta writes its label.
pub fn button_sign(texts: &Texts, sign: ButtonSign) -> String {
    let id = match sign {
        ButtonSign::Reply => "composer-button-reply",
        ButtonSign::Link => "composer-button-link",
        ButtonSign::Phone | ButtonSign::Call => "composer-button-call",
        ButtonSign::Copy => "composer-button-copy",
        ButtonSign::Flow => "composer-button-flow",
        ButtonSign::Products => "composer-button-products",
        ButtonSign::List => "composer-button-list",
        ButtonSign::Order => "composer-button-order",
        ButtonSign::Other => "composer-button-other",
    };
    texts.get(id).into_owned()
}

/// A part of a message whose length is counted.
pub fn counted_part(texts: &Texts, part: CountedPart) -> String {
    let button = |id: &str, place: u8| texts.with(id, &[("number", (u16::from(place) + 1).into())]);
    match part {
        CountedPart::Header => texts.get("composer-part-header").into_owned(),
        CountedPart::Offer => texts.get("composer-part-offer").into_owned(),
        CountedPart::Body => texts.get("composer-part-body").into_owned(),
        CountedPart::Footer => texts.get("composer-part-footer").into_owned(),
        CountedPart::ButtonLabel(place) => button("composer-part-button-label", place),
        CountedPart::ButtonUrl(place) => button("composer-part-button-url", place),
    }
}

/// What a part of a message without a template is called beside its field.
pub fn free_part(texts: &Texts, message: &FreeForm, part: FreeFormPart) -> String {
    let id = match (message, part) {
        (FreeForm::Media { .. }, FreeFormPart::Body) => "composer-free-caption",
        (FreeForm::List { .. }, FreeFormPart::Button(_)) => "composer-free-list-button",
        (FreeForm::CallToAction { .. }, FreeFormPart::Button(_)) => "composer-free-link-button",
        _ => return free_part_alone(texts, part),
    };
    texts.get(id).into_owned()
}

fn free_part_alone(texts: &Texts, part: FreeFormPart) -> String {
    let numbered = |id: &str, place: usize| texts.with(id, &[("number", (place + 1).into())]);
    match part {
        FreeFormPart::Body => texts.get("composer-free-body").into_owned(),
        FreeFormPart::File => texts.get("composer-variable-file").into_owned(),
        FreeFormPart::Url => texts.get("composer-free-url").into_owned(),
        FreeFormPart::Button(place) => numbered("composer-part-button-label", place),
        FreeFormPart::Row(place) => numbered("composer-free-row", place),
        FreeFormPart::RowDescription(place) => numbered("composer-free-row-description", place),
    }
}

/// What keeps a draft from being sent, in one sentence. `variables` are the template's, for their names.
pub fn draft_problem(texts: &Texts, problem: &DraftProblem, variables: &[Variable]) -> String {
    let id = match problem {
        DraftProblem::NoAccount => "composer-problem-account",
        DraftProblem::NoNumber => "composer-no-number",
        DraftProblem::NoContent => "composer-nothing-to-send",
        DraftProblem::NoRecipient => "composer-problem-recipient",
        DraftProblem::Order => "composer-problem-order",
        DraftProblem::Recipient { problem, .. } => return phone_problem(texts, *problem),
        DraftProblem::Value { variable: id, problem } => {
            let own = variables.iter().find(|own| own.id == *id);
            let mut name = own.map_or_else(|| id.to_string(), |own| variable(texts, own));
            if let Some(card) = id.card {
                name = format!("{} · {name}", texts.with("composer-card", &[("number", (u16::from(card) + 1).into())]));
            }
            return texts
                .with("composer-problem-value", &[("name", name.into()), ("problem", value_problem(texts, problem).into())]);
        }
        DraftProblem::TooLong(part) => {
            let name = counted_part(texts, part.part);
            return texts.with(
                "composer-problem-too-long",
                &[("name", name.into()), ("used", part.count.used.into()), ("max", part.count.max.into())],
            );
        }
        DraftProblem::FreeForm(part, problem) => {
            let arguments = [("name", free_part_alone(texts, *part).into()), ("problem", value_problem(texts, problem).into())];
            return texts.with("composer-problem-value", &arguments);
        }
        DraftProblem::UnknownPart(name) => {
            return texts.with("composer-problem-unknown", &[("name", text::clean(name).into_owned().into())]);
        }
    };
    texts.get(id).into_owned()
}
