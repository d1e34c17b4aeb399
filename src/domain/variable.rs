//! What has to be filled in before a template can be sent: every variable with its place, its example and its limits.
//!
//! Values are texts, keyed by [`VariableId`], whatever they stand for: forms, the command line and drafts hold the same
//! map. [`check`](super::value::check) says whether one will do.

use std::{collections::BTreeMap, fmt, str::FromStr};

use compact_str::{CompactString, format_compact};

use super::{
    placeholder,
    template::{Button, ButtonAction, Category, Component, Header, MediaKind, Template, Text},
};

#[cfg(test)]
mod tests;

/// The value given for each variable. Ids without a meaning for the present template are kept: it may come back.
pub type Values = BTreeMap<VariableId, String>;

/// Names a variable within a template: `body.1`, `header.name`, `card2.button1:url`, `offer:expires`. A point goes before a
/// name from the template, a colon before one of ours. Cards and buttons are counted from 1, as people do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VariableId {
    /// Which card of a carousel, from 0; `None` for the message itself.
    pub card: Option<u8>,
    /// Where in it.
    pub part: Part,
}

/// Where a value goes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Into the header's text, under this name or number.
    Header(CompactString),
    /// The header's file: its address or the id it was uploaded under.
    HeaderMedia,
    /// The name that a document is shown under.
    HeaderFileName,
    /// The header's place.
    Location(LocationField),
    /// The header's product: the catalogue's id.
    ProductCatalog,
    /// The header's product: its id in the catalogue.
    ProductId,
    /// When the limited-time offer ends.
    OfferExpiration,
    /// Into the body, under this name or number.
    Body(CompactString),
    /// To the end of a button's address. The button from 0.
    ButtonUrl(u8),
    /// The coupon code that a button copies.
    ButtonCode(u8),
    /// The product whose picture stands for the catalogue or selection behind a button.
    ButtonProduct(u8),
    /// The products behind a button that shows several.
    ButtonProducts(u8),
    /// The token handed to the flow behind a button.
    ButtonFlow(u8),
}

/// A field of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LocationField {
    /// Degrees north.
    Latitude,
    /// Degrees east.
    Longitude,
    /// What the place is called.
    Name,
    /// Its address.
    Address,
}

/// What a value is, which decides how it is checked and sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ValueKind {
    /// Text within a sentence: no line breaks, no tabs, at most four spaces in a row.
    Text,
    /// The end of an address; percent-encoded when sent.
    UrlEnding,
    /// `https` address of a file, or the id of an uploaded one.
    Media(MediaKind),
    /// A file's name.
    FileName,
    /// Degrees from -90 to 90.
    Latitude,
    /// Degrees from -180 to 180.
    Longitude,
    /// A coupon code.
    CouponCode,
    /// A one-time password.
    OneTimeCode,
    /// A moment with its offset (`2026-12-31T18:00:00Z`), or milliseconds since 1970.
    Moment,
    /// An id.
    Id,
    /// Several ids, separated by commas.
    Ids,
}

/// A variable of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// Where it goes.
    pub id: VariableId,
    /// What it is.
    pub kind: ValueKind,
    /// The example that the template was approved with (not cleaned for a terminal).
    pub example: Option<String>,
    /// Whether the message cannot be sent without.
    pub required: bool,
    /// Most characters that this value may have, where it has a limit of its own.
    pub limit: Option<usize>,
}

/// Longest coupon code (Meta: template components).
pub const COUPON_CODE_LIMIT: usize = 15;
/// Longest one-time password (Meta: authentication templates).
pub const ONE_TIME_CODE_LIMIT: usize = 15;
/// Most products behind a multi-product button (Meta: multi-product messages).
pub const PRODUCTS_LIMIT: usize = 30;

impl Template {
    /// Everything to fill in, in the order in which people read the message: header, offer, body, buttons, cards.
    pub fn variables(&self) -> Vec<Variable> {
        let mut found = Vec::new();
        collect(self, &self.components, None, &mut found);
        found
    }

    /// The variable meant by a name as people type it: the whole id (`body.1`), or the bare name or number where the body
    /// or, failing that, one place alone has it.
    pub fn find_variable(&self, name: &str) -> Option<VariableId> {
        let variables = self.variables();
        if let Ok(id) = name.parse::<VariableId>() {
            return variables.into_iter().map(|variable| variable.id).find(|own| *own == id);
        }
        let mut named = variables
            .into_iter()
            .map(|variable| variable.id)
            .filter(|id| match &id.part {
                Part::Header(own) | Part::Body(own) => own == name,
                _ => false,
            })
            .collect::<Vec<_>>();
        let in_body = named.iter().position(|id| id.card.is_none() && matches!(id.part, Part::Body(_)));
        match (in_body, named.len()) {
            (Some(index), _) => Some(named.swap_remove(index)),
            (None, 1) => named.pop(),
            _ => None,
        }
    }
}

fn collect(template: &Template, components: &[Component], card: Option<u8>, found: &mut Vec<Variable>) {
    let mut add = |part, kind, example: Option<&str>, required, limit| {
        found.push(Variable {
            id: VariableId { card, part },
            kind,
            example: example.filter(|example| !example.is_empty()).map(str::to_owned),
            required,
            limit,
        });
    };
    let one_time = card.is_none() && template.category == Category::Authentication;
    for component in components {
        match component {
            Component::Header(Header::Text(text)) => {
                for name in placeholder::names(&text.text) {
                    let part = Part::Header(name.into());
                    add(part, ValueKind::Text, example_of(text, name), true, None);
                }
            }
            Component::Header(Header::Media { kind, example }) => {
                let media = ValueKind::Media(*kind);
                // A handle of an upload (`4::…`) was good for the review only; nothing can be sent with it.
                let example = example.as_deref().filter(|example| super::value::media(example).is_some());
                add(Part::HeaderMedia, media, example, true, None);
                if *kind == MediaKind::Document {
                    add(Part::HeaderFileName, ValueKind::FileName, None, false, None);
                }
            }
            Component::Header(Header::Location) => {
                use LocationField::{Address, Latitude, Longitude, Name};
                add(Part::Location(Latitude), ValueKind::Latitude, None, true, None);
                add(Part::Location(Longitude), ValueKind::Longitude, None, true, None);
                add(Part::Location(Name), ValueKind::Text, None, false, None);
                add(Part::Location(Address), ValueKind::Text, None, false, None);
            }
            Component::Header(Header::Product) => {
                add(Part::ProductCatalog, ValueKind::Id, None, true, None);
                add(Part::ProductId, ValueKind::Id, None, true, None);
            }
            Component::Body(text) => {
                let (kind, limit) =
                    if one_time { (ValueKind::OneTimeCode, Some(ONE_TIME_CODE_LIMIT)) } else { (ValueKind::Text, None) };
                for name in placeholder::names(text.shown(template)) {
                    let example = example_of(text, name);
                    add(Part::Body(name.into()), kind, example, true, limit);
                }
            }
            Component::LimitedTimeOffer { has_expiration: true, .. } => {
                add(Part::OfferExpiration, ValueKind::Moment, None, true, None)
            }
            Component::Buttons(buttons) => {
                for (index, button) in (0..=u8::MAX).zip(buttons) {
                    let Some((part, kind, example, required, limit)) = button_variable(index, button) else {
                        continue;
                    };
                    // Its button carries the code that the body asks for.
                    if one_time && matches!(part, Part::ButtonUrl(_)) {
                        continue;
                    }
                    add(part, kind, example, required, limit);
                }
            }
            Component::Header(Header::Unknown(_))
            | Component::Footer(_)
            | Component::Carousel(_)
            | Component::LimitedTimeOffer { .. }
            | Component::CallPermission
            | Component::Unknown(_) => {}
        }
    }
    // Cards come last, whatever their place in the list: people read them below the text.
    if card.is_none() {
        for component in components {
            if let Component::Carousel(cards) = component {
                for (index, card) in (0..=u8::MAX).zip(cards) {
                    collect(template, card, Some(index), found);
                }
            }
        }
    }
}

type ButtonVariable<'a> = (Part, ValueKind, Option<&'a str>, bool, Option<usize>);

fn button_variable(index: u8, button: &Button) -> Option<ButtonVariable<'_>> {
    match &button.action {
        ButtonAction::Url { url, example } => {
            let name = *placeholder::names(url).first()?;
            let start = url.find("{{").and_then(|at| url.get(..at)).unwrap_or_default();
            let example = example.as_deref().map(|example| ending_of(example, start));
            (!name.is_empty()).then_some((Part::ButtonUrl(index), ValueKind::UrlEnding, example, true, None))
        }
        ButtonAction::CopyCode(example) => {
            Some((Part::ButtonCode(index), ValueKind::CouponCode, example.as_deref(), true, Some(COUPON_CODE_LIMIT)))
        }
        ButtonAction::Catalog => Some((Part::ButtonProduct(index), ValueKind::Id, None, false, None)),
        ButtonAction::MultiProduct => Some((Part::ButtonProducts(index), ValueKind::Ids, None, true, None)),
        ButtonAction::Flow => Some((Part::ButtonFlow(index), ValueKind::Id, None, false, None)),
        _ => None,
    }
}

/// What an example fills in. Meta keeps the whole address as the example, and not always the one that the template has now.
pub(super) fn ending_of<'a>(example: &'a str, start: &str) -> &'a str {
    match example.strip_prefix(start) {
        Some(ending) => ending,
        None if example.contains("://") => example.rsplit(['/', '=']).next().unwrap_or(example),
        None => example,
    }
}

fn example_of<'a>(text: &'a Text, name: &str) -> Option<&'a str> {
    text.examples.iter().find(|(own, _)| own == name).map(|(_, example)| example.as_str())
}

impl Text {
    /// The text, or for an authentication template without one (Meta writes it, in the template's language) its variable.
    pub(super) fn shown<'a>(&'a self, template: &Template) -> &'a str {
        if self.text.is_empty() && template.category == Category::Authentication { template.one_time.body() } else { &self.text }
    }
}

impl fmt::Display for VariableId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(card) = self.card {
            write!(formatter, "card{}.", u16::from(card) + 1)?;
        }
        match &self.part {
            Part::Header(name) => write!(formatter, "header.{name}"),
            Part::HeaderMedia => formatter.write_str("header:file"),
            Part::HeaderFileName => formatter.write_str("header:filename"),
            Part::Location(LocationField::Latitude) => formatter.write_str("header:latitude"),
            Part::Location(LocationField::Longitude) => formatter.write_str("header:longitude"),
            Part::Location(LocationField::Name) => formatter.write_str("header:name"),
            Part::Location(LocationField::Address) => formatter.write_str("header:address"),
            Part::ProductCatalog => formatter.write_str("header:catalog"),
            Part::ProductId => formatter.write_str("header:product"),
            Part::OfferExpiration => formatter.write_str("offer:expires"),
            Part::Body(name) => write!(formatter, "body.{name}"),
            Part::ButtonUrl(button) => write!(formatter, "button{}:url", u16::from(*button) + 1),
            Part::ButtonCode(button) => write!(formatter, "button{}:code", u16::from(*button) + 1),
            Part::ButtonProduct(button) => write!(formatter, "button{}:product", u16::from(*button) + 1),
            Part::ButtonProducts(button) => write!(formatter, "button{}:products", u16::from(*button) + 1),
            Part::ButtonFlow(button) => write!(formatter, "button{}:flow", u16::from(*button) + 1),
        }
    }
}

/// A text that names no variable.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` names no variable: write for example body.1, header.name, button1:url or card2.body.1")]
pub struct NoVariable(pub String);

impl FromStr for VariableId {
    type Err = NoVariable;

    fn from_str(text: &str) -> Result<Self, NoVariable> {
        read_id(text).ok_or_else(|| NoVariable(crate::text::clean(text).into_owned()))
    }
}

fn read_id(text: &str) -> Option<VariableId> {
    let (card, rest) = match text.strip_prefix("card").and_then(|rest| rest.split_once('.')) {
        Some((number, rest)) => (Some(number.parse::<u8>().ok()?.checked_sub(1)?), rest),
        None => (None, text),
    };
    if let Some((place, name)) = rest.split_once('.') {
        let valid = !name.is_empty() && name.chars().all(|character| character.is_ascii_alphanumeric() || character == '_');
        let name: CompactString = format_compact!("{name}");
        let part = match place {
            "header" => Part::Header(name),
            "body" => Part::Body(name),
            _ => return None,
        };
        return valid.then_some(VariableId { card, part });
    }
    let (place, field) = rest.split_once(':')?;
    let part = match (place, field) {
        ("header", "file") => Part::HeaderMedia,
        ("header", "filename") => Part::HeaderFileName,
        ("header", "latitude") => Part::Location(LocationField::Latitude),
        ("header", "longitude") => Part::Location(LocationField::Longitude),
        ("header", "name") => Part::Location(LocationField::Name),
        ("header", "address") => Part::Location(LocationField::Address),
        ("header", "catalog") => Part::ProductCatalog,
        ("header", "product") => Part::ProductId,
        ("offer", "expires") => Part::OfferExpiration,
        _ => {
            let button = place.strip_prefix("button")?.parse::<u8>().ok()?.checked_sub(1)?;
            match field {
                "url" => Part::ButtonUrl(button),
                "code" => Part::ButtonCode(button),
                "product" => Part::ButtonProduct(button),
                "products" => Part::ButtonProducts(button),
                "flow" => Part::ButtonFlow(button),
                _ => return None,
            }
        }
    };
    Some(VariableId { card, part })
}
