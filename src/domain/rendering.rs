//! A message as the recipient will see it (R35): text with values in it and missing ones marked, formatting, buttons, cards.
//!
//! All texts here have been cleaned for a terminal. Colours, borders and widths are the screens' business.

mod counts;
#[cfg(test)]
mod tests;

use compact_str::CompactString;
use jiff::Timestamp;

use super::{
    free_form::FreeForm,
    markup::{self, Block},
    placeholder::{self, Fill, Filled},
    template::{ButtonAction, Component, Header, MediaKind, Template, Text},
    value,
    variable::{LocationField, Part, Values, VariableId, ending_of},
};
use crate::text;

pub use counts::{CountedPart, PartCount};

/// More buttons than this are shown as two and "See all options" (Meta: template components).
const BUTTONS_SHOWN_WHOLE: usize = 3;
/// How many stay visible then.
const BUTTONS_SHOWN_OF_MANY: usize = 2;

/// Letters in a line of a bubble on a phone, roughly: where lines are counted, they are counted at this width.
pub const PHONE_LETTERS: usize = 40;

/// What to put where a value is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Blanks {
    /// The variable itself, marked as missing.
    #[default]
    Marked,
    /// The template's example, marked as one; the variable itself where there is none.
    Examples,
}

/// A message, or a card of one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rendered {
    /// Above the body.
    pub header: Option<RenderedHeader>,
    /// The limited-time offer, between header and body.
    pub offer: Option<RenderedOffer>,
    /// The body with its values; empty when the message has none.
    pub body: Filled,
    /// The body, formatted.
    pub blocks: Vec<Block>,
    /// Small grey text, without formatting.
    pub footer: Option<String>,
    /// The buttons.
    pub buttons: RenderedButtons,
    /// What the list behind a button offers: title and description.
    pub rows: Vec<(String, String)>,
    /// The cards.
    pub cards: Vec<Rendered>,
    /// Parts that WhatsApp draws by itself.
    pub own_parts: Vec<OwnPart>,
    /// Parts that this version does not know, by their names on the wire.
    pub unknown: Vec<CompactString>,
}

/// A part that WhatsApp draws by itself, from nothing that the template says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OwnPart {
    /// The question whether the business may call.
    CallPermission,
    /// An order: its items and what they cost.
    Order,
}

/// A header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RenderedHeader {
    /// Bold text without formatting.
    Text(Filled),
    /// A file.
    Media {
        /// What it is.
        kind: MediaKind,
        /// Its address or id.
        source: Option<String>,
        /// The address of the template's example, which shows what kind of file belongs there while none is given.
        example: Option<String>,
        /// What a document is shown as.
        file_name: Option<String>,
        /// Whether it was given, is the template's example, or is missing.
        fill: Fill,
    },
    /// A place.
    Location {
        /// What it is called.
        name: Option<String>,
        /// Its address.
        address: Option<String>,
        /// Degrees north and east.
        coordinates: Option<(String, String)>,
        /// Whether it was given or is missing.
        fill: Fill,
    },
    /// A product.
    Product {
        /// Its id.
        product: Option<String>,
        /// Whether it was given or is missing.
        fill: Fill,
    },
    /// A format that this version does not know, by its name on the wire.
    Unknown(CompactString),
}

/// A limited-time offer. Web and desktop clients do not show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderedOffer {
    /// Its text.
    pub text: String,
    /// Whether a countdown is shown.
    pub has_expiration: bool,
    /// When it ends, where that is given.
    pub expires: Option<Timestamp>,
}

/// What a button shows as its sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ButtonSign {
    /// Answers.
    Reply,
    /// Opens an address.
    Link,
    /// Calls a number.
    Phone,
    /// Copies a code.
    Copy,
    /// Opens a flow.
    Flow,
    /// Opens the catalogue, or shows products.
    Products,
    /// Calls over WhatsApp.
    Call,
    /// Opens a list.
    List,
    /// Opens an order.
    Order,
    /// Not known to this version.
    Other,
}

/// A button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderedButton {
    /// Its sign.
    pub sign: ButtonSign,
    /// What it says; empty where Meta writes it.
    pub label: String,
    /// What it opens, calls or copies.
    pub target: Option<Filled>,
}

/// All buttons of a message.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RenderedButtons {
    /// All of them, in order.
    pub all: Vec<RenderedButton>,
}

impl RenderedButtons {
    /// Those that the message itself shows: all, or the first two of more than three.
    pub fn shown(&self) -> &[RenderedButton] {
        let shown = if self.see_all() { BUTTONS_SHOWN_OF_MANY } else { self.all.len() };
        self.all.get(..shown).unwrap_or_default()
    }

    /// Whether "See all options" stands below them.
    pub fn see_all(&self) -> bool {
        self.all.len() > BUTTONS_SHOWN_WHOLE
    }

    /// Whether desktop clients leave the message out: four buttons or more, or quick replies mixed with others
    /// (Meta: template components).
    pub fn hidden_on_desktop(&self) -> bool {
        let replies = self.all.iter().filter(|button| button.sign == ButtonSign::Reply).count();
        self.see_all() || (replies > 0 && replies < self.all.len())
    }
}

impl Rendered {
    /// Whether WhatsApp on the web and on desktops leaves the message out (Meta: template components, limited-time offers).
    pub fn hidden_on_desktop(&self) -> bool {
        self.offer.is_some() || self.buttons.hidden_on_desktop()
    }

    /// The files that it carries, those of cards included: address or id, and kind. Where none is given, the example's.
    pub fn files(&self) -> Vec<(&str, MediaKind)> {
        let own = match &self.header {
            Some(RenderedHeader::Media { kind, source, example, .. }) => {
                source.as_deref().or(example.as_deref()).map(|source| (source, *kind))
            }
            _ => None,
        };
        own.into_iter().chain(self.cards.iter().flat_map(Self::files)).collect()
    }

    /// Whether a value is still missing somewhere; examples stand for missing values.
    pub fn is_missing_something(&self) -> bool {
        let header = match &self.header {
            Some(RenderedHeader::Text(filled)) => filled.is_missing_something(),
            Some(
                RenderedHeader::Media { fill, .. } | RenderedHeader::Location { fill, .. } | RenderedHeader::Product { fill, .. },
            ) => *fill != Fill::Value,
            Some(RenderedHeader::Unknown(_)) | None => false,
        };
        let offer = self.offer.as_ref().is_some_and(|offer| offer.has_expiration && offer.expires.is_none());
        let button = |button: &RenderedButton| button.target.as_ref().is_some_and(Filled::is_missing_something);
        header
            || offer
            || self.body.is_missing_something()
            || self.buttons.all.iter().any(button)
            || self.cards.iter().any(Self::is_missing_something)
    }

    /// Whether optimized delivery folds the body on a phone.
    pub fn folds(&self) -> bool {
        text::wrap(&self.body.text, PHONE_LETTERS).len() > self.lines_before_fold()
    }

    /// How many lines of the body show before the rest is folded away on optimized delivery (Meta: send marketing
    /// messages): 5 without a call to action but with a link in the body, 3 with a media header, else 4.
    pub fn lines_before_fold(&self) -> usize {
        let calls_to_action = self.buttons.all.iter().any(|button| button.sign != ButtonSign::Reply);
        let body = self.body.text.to_ascii_lowercase();
        let has_link = ["https://", "http://", "www."].iter().any(|start| body.contains(start));
        if !calls_to_action && has_link {
            5
        } else if matches!(self.header, Some(RenderedHeader::Media { .. })) {
            3
        } else {
            4
        }
    }
}

impl Template {
    /// The message with these values.
    pub fn render(&self, values: &Values, blanks: Blanks) -> Rendered {
        Renderer { template: self, values, blanks, card: None }.render(&self.components)
    }

    /// Variables of bodies whose values change how the text is formatted, those of cards included.
    pub fn formatting_changed_by(&self, values: &Values) -> Vec<VariableId> {
        let mut changed = Vec::new();
        for component in &self.components {
            match component {
                Component::Body(text) => self.changed_in(text, None, values, &mut changed),
                Component::Carousel(cards) => {
                    for (index, card) in (0..=u8::MAX).zip(cards) {
                        let bodies = card.iter().filter_map(|component| match component {
                            Component::Body(text) => Some(text),
                            _ => None,
                        });
                        bodies.for_each(|text| self.changed_in(text, Some(index), values, &mut changed));
                    }
                }
                _ => {}
            }
        }
        changed
    }

    fn changed_in(&self, text: &Text, card: Option<u8>, values: &Values, changed: &mut Vec<VariableId>) {
        let id = |name: &str| VariableId { card, part: Part::Body(name.into()) };
        let names = markup::formatting_changed_by_values(text.shown(self), |name| values.get(&id(name)).cloned());
        changed.extend(names.into_iter().map(id));
    }
}

struct Renderer<'a> {
    template: &'a Template,
    values: &'a Values,
    blanks: Blanks,
    card: Option<u8>,
}

impl Renderer<'_> {
    fn render(&self, components: &[Component]) -> Rendered {
        let mut rendered = Rendered::default();
        for component in components {
            match component {
                Component::Header(header) => rendered.header = Some(self.header(header)),
                Component::Body(text) => {
                    rendered.body = self.text(text, Part::Body);
                    rendered.blocks = markup::parse_filled(&rendered.body);
                }
                Component::Footer(text) if text.is_empty() => rendered.footer = self.template.one_time.footer(),
                Component::Footer(text) => rendered.footer = Some(text::clean_lines(text).into_owned()),
                Component::Buttons(buttons) => {
                    if buttons.iter().any(|button| button.action == ButtonAction::OrderDetails) {
                        rendered.own_parts.push(OwnPart::Order);
                    }
                    let buttons = (0..=u8::MAX).zip(buttons);
                    rendered.buttons.all.extend(buttons.map(|(index, button)| self.button(index, &button.text, &button.action)));
                }
                Component::Carousel(cards) => {
                    rendered.cards.extend((0..=u8::MAX).zip(cards).map(|(index, card)| {
                        let card_renderer = Renderer { card: Some(index), ..*self };
                        card_renderer.render(card)
                    }));
                }
                Component::LimitedTimeOffer { text, has_expiration } => {
                    rendered.offer = Some(RenderedOffer {
                        text: text::clean(text).into_owned(),
                        has_expiration: *has_expiration,
                        expires: self.value(Part::OfferExpiration).as_deref().and_then(value::moment),
                    });
                }
                Component::CallPermission => rendered.own_parts.push(OwnPart::CallPermission),
                Component::Unknown(name) => rendered.unknown.push(text::clean(name).into()),
            }
        }
        rendered
    }

    /// The value, cleaned, unless it is empty.
    fn value(&self, part: Part) -> Option<String> {
        let id = VariableId { card: self.card, part };
        let value = text::clean_lines(self.values.get(&id)?).into_owned();
        (!value.trim().is_empty()).then_some(value)
    }

    /// What stands for a variable: its value, its example, or its name.
    fn stand_in(&self, part: Part, example: Option<&str>, name: &str) -> (String, Fill) {
        if let Some(value) = self.value(part) {
            return (value, Fill::Value);
        }
        match (self.blanks, example.filter(|example| !example.is_empty())) {
            (Blanks::Examples, Some(example)) => (text::clean_lines(example).into_owned(), Fill::Example),
            _ => (format!("{{{{{name}}}}}"), Fill::Missing),
        }
    }

    fn text(&self, text: &Text, part: impl Fn(CompactString) -> Part) -> Filled {
        placeholder::fill(&text::clean_lines(text.shown(self.template)), |name| {
            let example = text.examples.iter().find(|(own, _)| own == name);
            self.stand_in(part(name.into()), example.map(|(_, example)| example.as_str()), name)
        })
    }

    fn header(&self, header: &Header) -> RenderedHeader {
        let given = |value: &Option<String>| if value.is_some() { Fill::Value } else { Fill::Missing };
        match header {
            Header::Text(text) => RenderedHeader::Text(self.text(text, Part::Header)),
            Header::Media { kind, example } => {
                let source = self.value(Part::HeaderMedia);
                let shows_example = example.is_some() && self.blanks == Blanks::Examples;
                let fill = match &source {
                    Some(_) => Fill::Value,
                    None if shows_example => Fill::Example,
                    None => Fill::Missing,
                };
                let address = example.as_deref().filter(|example| value::media(example).is_some());
                let example = address.map(|address| text::clean(address).into_owned());
                RenderedHeader::Media {
                    kind: *kind,
                    source: source.or_else(|| example.clone().filter(|_| shows_example)),
                    example,
                    file_name: self.value(Part::HeaderFileName),
                    fill,
                }
            }
            Header::Location => {
                let coordinates =
                    self.value(Part::Location(LocationField::Latitude)).zip(self.value(Part::Location(LocationField::Longitude)));
                RenderedHeader::Location {
                    name: self.value(Part::Location(LocationField::Name)),
                    address: self.value(Part::Location(LocationField::Address)),
                    fill: if coordinates.is_some() { Fill::Value } else { Fill::Missing },
                    coordinates,
                }
            }
            Header::Product => {
                let product = self.value(Part::ProductId);
                RenderedHeader::Product { fill: given(&product), product }
            }
            Header::Unknown(format) => RenderedHeader::Unknown(text::clean(format).into()),
        }
    }

    fn button(&self, index: u8, label: &str, action: &ButtonAction) -> RenderedButton {
        let (sign, target) = match action {
            ButtonAction::QuickReply => (ButtonSign::Reply, None),
            ButtonAction::Url { url, example } => (ButtonSign::Link, Some(self.url(index, url, example.as_deref()))),
            ButtonAction::PhoneNumber(number) => (ButtonSign::Phone, Some(Filled::plain(text::phone(number)))),
            ButtonAction::CopyCode(example) => {
                let (code, fill) = self.stand_in(Part::ButtonCode(index), example.as_deref(), "code");
                let fills = vec![(0..code.len(), fill)];
                (ButtonSign::Copy, Some(Filled { text: code, fills }))
            }
            ButtonAction::OneTimePassword(button) => {
                let label = button.autofill.as_deref().filter(|own| !own.is_empty()).unwrap_or(label);
                let label = text::clean(label).into_owned();
                return RenderedButton { sign: ButtonSign::Copy, label, target: None };
            }
            ButtonAction::Flow => (ButtonSign::Flow, None),
            ButtonAction::Catalog | ButtonAction::SingleProduct => (ButtonSign::Products, None),
            ButtonAction::MultiProduct => {
                let (products, fill) = self.stand_in(Part::ButtonProducts(index), None, "products");
                let fills = vec![(0..products.len(), fill)];
                (ButtonSign::Products, Some(Filled { text: products, fills }))
            }
            ButtonAction::VoiceCall => (ButtonSign::Call, None),
            ButtonAction::OrderDetails => (ButtonSign::Order, None),
            ButtonAction::Unknown(_) => (ButtonSign::Other, None),
        };
        RenderedButton { sign, label: text::clean(label).into_owned(), target }
    }

    fn url(&self, index: u8, url: &str, example: Option<&str>) -> Filled {
        let url = text::clean(url);
        let base = url.find("{{").and_then(|at| url.get(..at)).unwrap_or_default();
        let ending = example.map(|example| ending_of(example, base));
        if self.template.category == super::template::Category::Authentication {
            return Filled::plain(base);
        }
        placeholder::fill(&url, |name| match self.stand_in(Part::ButtonUrl(index), ending, name) {
            (value, Fill::Value) => (value::encode_url_ending(base, &value), Fill::Value),
            other => other,
        })
    }
}

impl FreeForm {
    /// The message.
    pub fn render(&self) -> Rendered {
        let mut rendered = Rendered::default();
        let body = self.body();
        let blank = body.trim().is_empty();
        rendered.body = Filled::plain(text::clean_lines(body));
        if blank && !matches!(self, Self::Media { .. }) {
            let mark = "{{text}}".to_owned();
            rendered.body = Filled { fills: vec![(0..mark.len(), Fill::Missing)], text: mark };
            rendered.blocks = markup::parse_filled(&rendered.body);
        }
        if !blank {
            rendered.blocks = markup::parse_filled(&rendered.body);
        }
        let button = |sign, label: &str, target: Option<&str>| RenderedButton {
            sign,
            label: text::clean(label).into_owned(),
            target: target.map(|target| Filled::plain(text::clean(target))),
        };
        match self {
            Self::Text(_) => {}
            Self::Media { kind, file, .. } => {
                let given = !file.trim().is_empty();
                rendered.header = Some(RenderedHeader::Media {
                    kind: *kind,
                    source: given.then(|| text::clean(file).into_owned()),
                    example: None,
                    file_name: None,
                    fill: if given { Fill::Value } else { Fill::Missing },
                });
            }
            Self::QuickReplies { replies, .. } => {
                let replies = replies.iter().map(|label| button(ButtonSign::Reply, label, None));
                rendered.buttons.all = replies.collect();
            }
            Self::CallToAction { label, url, .. } => {
                rendered.buttons.all = vec![button(ButtonSign::Link, label, Some(url))];
            }
            Self::List { button: label, rows, .. } => {
                let cleaned = |text: &str| text::clean(text).into_owned();
                let rows = rows.iter().map(|row| (cleaned(&row.title), cleaned(&row.description)));
                rendered.rows = rows.filter(|(title, _)| !title.is_empty()).collect();
                rendered.buttons.all = vec![button(ButtonSign::List, label, None)];
            }
        }
        rendered
    }
}
