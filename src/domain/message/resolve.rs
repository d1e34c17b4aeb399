//! From a draft to messages that are ready, or to everything that is wrong with it.

use std::collections::HashSet;

use compact_str::CompactString;
use jiff::Timestamp;

use super::super::{
    account::Account,
    delivery::{DeliveryChoice, MessageKind},
    placeholder,
    rendering::CountedPart,
    template::{Button, ButtonAction, Category, Component, Header, ParameterFormat, Template, Text},
    value,
    variable::{LocationField, Part, Values, VariableId},
};
use super::{
    Address, ButtonKind, Content, Draft, DraftProblem, Outgoing, OutgoingComponent, OutgoingContent, OutgoingDelivery, Parameter,
    TemplateKey,
};

pub(super) fn resolve(
    draft: &Draft,
    account: &Account,
    template: Option<&Template>,
    now: Timestamp,
) -> Result<Vec<Outgoing>, Vec<DraftProblem>> {
    let mut problems = Vec::new();
    if draft.account.as_str().is_empty() || draft.account != account.id {
        problems.push(DraftProblem::NoAccount);
    }
    if !account.numbers.iter().any(|number| number.id == draft.number) {
        problems.push(DraftProblem::NoNumber);
    }
    let resolved = match &draft.content {
        Content::Nothing => {
            problems.push(DraftProblem::NoContent);
            None
        }
        Content::FreeForm(message) => {
            let found = message.problems().into_iter();
            problems.extend(found.map(|(part, problem)| DraftProblem::FreeForm(part, problem)));
            Some((OutgoingContent::FreeForm(message.clone()), MessageKind::Service))
        }
        Content::Template(key) => match template.filter(|template| TemplateKey::of(template) == *key) {
            None => {
                problems.push(DraftProblem::NoContent);
                None
            }
            Some(template) => {
                problems.extend(template_problems(template, &draft.values, now));
                let content =
                    OutgoingContent::Template { template: key.clone(), components: components(template, &draft.values) };
                Some((content, MessageKind::of(template)))
            }
        },
    };
    let addresses = addresses(&draft.recipients, &mut problems);
    let Some((content, kind)) = resolved.filter(|_| problems.is_empty()) else {
        return Err(problems);
    };
    let delivery = delivery(&draft.choice, kind, account);
    Ok(addresses
        .into_iter()
        .map(|address| Outgoing {
            account: draft.account.clone(),
            number: draft.number.clone(),
            address,
            delivery,
            content: content.clone(),
        })
        .collect())
}

fn delivery(choice: &DeliveryChoice, kind: MessageKind, account: &Account) -> OutgoingDelivery {
    match choice.checked(kind, account) {
        Some(true) => OutgoingDelivery::Optimized { policy: choice.policy, activity_sharing: choice.activity_sharing },
        _ => OutgoingDelivery::CloudApi,
    }
}

fn addresses(recipients: &[String], problems: &mut Vec<DraftProblem>) -> Vec<Address> {
    let mut seen = HashSet::new();
    let mut addresses = Vec::new();
    let written = recipients.iter().enumerate().filter(|(_, text)| !text.trim().is_empty());
    for (index, recipient) in written {
        match Address::parse(recipient) {
            Ok(address) if seen.insert(address.clone()) => addresses.push(address),
            Ok(_) => {}
            Err(problem) => problems.push(DraftProblem::Recipient { index, problem }),
        }
    }
    if recipients.iter().all(|text| text.trim().is_empty()) {
        problems.push(DraftProblem::NoRecipient);
    }
    addresses
}

pub(super) fn template_problems(template: &Template, values: &Values, now: Timestamp) -> Vec<DraftProblem> {
    let mut problems = Vec::new();
    for variable in template.variables() {
        let value = values.get(&variable.id).map(String::as_str).unwrap_or_default();
        if let Err(problem) = value::check(&variable, value, now) {
            problems.push(DraftProblem::Value { variable: variable.id, problem });
        }
    }
    problems.extend(
        template
            .counts(values)
            .into_iter()
            .filter(|found| {
                // Meta approved what the template itself says; only what values make of it can be too long.
                let filled = match found.part {
                    // How long the text of a card may be is known from partners of Meta's only: it is said, and forbids nothing.
                    CountedPart::Header | CountedPart::Body => found.card.is_none(),
                    CountedPart::ButtonUrl(_) => true,
                    CountedPart::Offer | CountedPart::Footer | CountedPart::ButtonLabel(_) => false,
                };
                filled && found.count.is_over()
            })
            .map(DraftProblem::TooLong),
    );
    if template.is_about_an_order() {
        problems.push(DraftProblem::Order);
    } else {
        let mut unknown = Vec::new();
        collect_unknown(&template.components, &mut unknown);
        problems.extend(unknown.into_iter().map(DraftProblem::UnknownPart));
    }
    problems
}

/// Every part that this version cannot fill, also in cards: without its parameter the message would be refused, or go out as
/// another one than was meant.
fn collect_unknown(components: &[Component], found: &mut Vec<CompactString>) {
    let mut add = |name: &CompactString| {
        if !found.contains(name) {
            found.push(name.clone());
        }
    };
    for component in components {
        match component {
            Component::Unknown(name) | Component::Header(Header::Unknown(name)) => add(name),
            Component::Buttons(buttons) => buttons.iter().for_each(|button| {
                if let ButtonAction::Unknown(name) = &button.action {
                    add(name);
                }
            }),
            _ => {}
        }
    }
    for component in components {
        if let Component::Carousel(cards) = component {
            cards.iter().for_each(|card| collect_unknown(card, found));
        }
    }
}

/// The components of a template that have parameters.
fn components(template: &Template, values: &Values) -> Vec<OutgoingComponent> {
    let filler = Filler { template, values, card: None };
    filler.components(&template.components)
}

struct Filler<'a> {
    template: &'a Template,
    values: &'a Values,
    card: Option<u8>,
}

impl Filler<'_> {
    /// The value, unless it is empty.
    fn value(&self, part: Part) -> Option<&str> {
        let id = VariableId { card: self.card, part };
        let value = self.values.get(&id)?;
        (!value.trim().is_empty()).then_some(value.as_str())
    }

    fn own(&self, part: Part) -> Option<String> {
        self.value(part).map(|value| value.trim().to_owned())
    }

    fn components(&self, components: &[Component]) -> Vec<OutgoingComponent> {
        let mut found = Vec::new();
        for component in components {
            match component {
                Component::Header(header) => found.extend(self.header(header).map(OutgoingComponent::Header)),
                Component::Body(text) => {
                    let parameters = self.texts(text, Part::Body);
                    if !parameters.is_empty() {
                        found.push(OutgoingComponent::Body(parameters));
                    }
                }
                Component::Buttons(buttons) => {
                    for (index, button) in (0..=u8::MAX).zip(buttons) {
                        found.extend(self.button(index, button));
                    }
                }
                Component::LimitedTimeOffer { .. } => {
                    let expires = self.value(Part::OfferExpiration).and_then(value::moment);
                    found.extend(
                        expires.map(|expires| OutgoingComponent::LimitedTimeOffer { expires_ms: expires.as_millisecond() }),
                    );
                }
                Component::Carousel(cards) => {
                    let cards = (0..=u8::MAX).zip(cards).map(|(index, card)| {
                        let filler = Filler { card: Some(index), ..*self };
                        (index, filler.components(card))
                    });
                    found.push(OutgoingComponent::Carousel(cards.collect()));
                }
                Component::Footer(_) | Component::CallPermission | Component::Unknown(_) => {}
            }
        }
        found.sort_by_key(|component| match component {
            OutgoingComponent::Header(_) => 0,
            OutgoingComponent::Body(_) => 1,
            OutgoingComponent::LimitedTimeOffer { .. } => 2,
            OutgoingComponent::Button { .. } => 3,
            OutgoingComponent::Carousel(_) => 4,
        });
        found
    }

    fn texts(&self, text: &Text, part: impl Fn(CompactString) -> Part) -> Vec<Parameter> {
        let mut names = placeholder::names(text.shown(self.template));
        if self.template.parameter_format == ParameterFormat::Positional {
            // Meta takes positional parameters in the order of their numbers.
            names.sort_by_key(|name| name.parse::<u32>().unwrap_or(u32::MAX));
        }
        names
            .into_iter()
            .filter_map(|name| {
                Some(Parameter::Text {
                    name: (self.template.parameter_format == ParameterFormat::Named).then(|| name.into()),
                    text: self.value(part(name.into()))?.to_owned(),
                })
            })
            .collect()
    }

    fn header(&self, header: &Header) -> Option<Parameter> {
        match header {
            Header::Text(text) => self.texts(text, Part::Header).pop(),
            Header::Media { kind, .. } => Some(Parameter::Media {
                kind: *kind,
                source: value::media(self.value(Part::HeaderMedia)?)?,
                file_name: self.own(Part::HeaderFileName),
            }),
            Header::Location => Some(Parameter::Location {
                latitude: value::degrees_text(self.value(Part::Location(LocationField::Latitude))?),
                longitude: value::degrees_text(self.value(Part::Location(LocationField::Longitude))?),
                name: self.own(Part::Location(LocationField::Name)),
                address: self.own(Part::Location(LocationField::Address)),
            }),
            Header::Product => {
                Some(Parameter::Product { catalog: self.own(Part::ProductCatalog)?, product: self.own(Part::ProductId)? })
            }
            Header::Unknown(_) => None,
        }
    }

    fn button(&self, index: u8, button: &Button) -> Option<OutgoingComponent> {
        let (kind, parameter) = match &button.action {
            ButtonAction::OneTimePassword(_) => (ButtonKind::Url, self.one_time_code()?),
            ButtonAction::Url { url, .. } if !placeholder::names(url).is_empty() => {
                let parameter = if self.template.category == Category::Authentication {
                    self.one_time_code()?
                } else {
                    let base = url.find("{{").and_then(|at| url.get(..at)).unwrap_or_default();
                    Parameter::Text { name: None, text: value::encode_url_ending(base, self.value(Part::ButtonUrl(index))?) }
                };
                (ButtonKind::Url, parameter)
            }
            ButtonAction::CopyCode(_) => (ButtonKind::CopyCode, Parameter::CouponCode(self.own(Part::ButtonCode(index))?)),
            ButtonAction::Catalog => (ButtonKind::Catalog, Parameter::Thumbnail(self.own(Part::ButtonProduct(index))?)),
            ButtonAction::MultiProduct => {
                (ButtonKind::MultiProduct, Parameter::Products(value::ids(self.value(Part::ButtonProducts(index))?)))
            }
            ButtonAction::Flow => (ButtonKind::Flow, Parameter::FlowToken(self.own(Part::ButtonFlow(index))?)),
            _ => return None,
        };
        Some(OutgoingComponent::Button { index, kind, parameter })
    }

    /// The button of an authentication template repeats the code of the body.
    fn one_time_code(&self) -> Option<Parameter> {
        let body = self.template.components.iter().find_map(|component| match component {
            Component::Body(text) => placeholder::names(text.shown(self.template)).first().copied(),
            _ => None,
        });
        Some(Parameter::Text { name: None, text: self.own(Part::Body(body.unwrap_or("1").into()))? })
    }
}
