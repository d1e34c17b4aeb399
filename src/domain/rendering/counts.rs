//! How long the parts of a filled template are, and how long they may be.

use super::super::{
    placeholder,
    template::{ButtonAction, Component, Header, Template},
    value::{Count, URL_LIMIT},
    variable::{Part, Values, VariableId},
};

/// Longest text header (Meta: template components).
const HEADER_LIMIT: usize = 60;
/// Longest body.
const BODY_LIMIT: usize = 1_024;
/// Longest body beside a limited-time offer.
const OFFER_BODY_LIMIT: usize = 600;
/// Longest body of a card, according to partners of Meta's.
const CARD_BODY_LIMIT: usize = 160;
/// Longest footer.
const FOOTER_LIMIT: usize = 60;
/// Longest label of a button.
const LABEL_LIMIT: usize = 25;
/// Longest text of a limited-time offer.
const OFFER_LIMIT: usize = 16;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CountedPart {
    /// The header's text.
    Header,
    /// The offer's text.
    Offer,
    /// The body.
    Body,
    /// The footer.
    Footer,
    /// A button's label, by its place from 0.
    ButtonLabel(u8),
    /// A button's whole address.
    ButtonUrl(u8),
}

/// How long one part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartCount {
    /// In which card, from 0; `None` for the message itself.
    pub card: Option<u8>,
    /// Which part.
    pub part: CountedPart,
    /// Its characters.
    pub count: Count,
}

impl Template {
    /// The length of every part with these values; missing ones count as nothing. Counted in Unicode characters.
    pub fn counts(&self, values: &Values) -> Vec<PartCount> {
        let mut counts = Vec::new();
        collect(self, &self.components, None, values, &mut counts);
        counts
    }
}

fn collect(template: &Template, components: &[Component], card: Option<u8>, values: &Values, counts: &mut Vec<PartCount>) {
    let filled = |text: &str, part: &dyn Fn(&str) -> Part| {
        let value = |name: &str| {
            let id = VariableId { card, part: part(name) };
            values.get(&id).cloned().unwrap_or_default()
        };
        placeholder::fill(text, |name| (value(name), placeholder::Fill::Value)).text
    };
    let with_offer = components.iter().any(|component| matches!(component, Component::LimitedTimeOffer { .. }));
    let body_limit = match card {
        Some(_) => CARD_BODY_LIMIT,
        None if with_offer => OFFER_BODY_LIMIT,
        None => BODY_LIMIT,
    };
    let mut count = |part, text: &str, max| {
        counts.push(PartCount { card, part, count: Count::of(text, max) });
    };
    for component in components {
        match component {
            Component::Header(Header::Text(text)) => {
                let text = filled(&text.text, &|name| Part::Header(name.into()));
                count(CountedPart::Header, &text, HEADER_LIMIT);
            }
            Component::Body(text) => {
                let text = filled(text.shown(template), &|name| Part::Body(name.into()));
                count(CountedPart::Body, &text, body_limit);
            }
            Component::Footer(text) => count(CountedPart::Footer, text, FOOTER_LIMIT),
            Component::LimitedTimeOffer { text, .. } => count(CountedPart::Offer, text, OFFER_LIMIT),
            Component::Buttons(buttons) => {
                for (index, button) in (0..=u8::MAX).zip(buttons) {
                    count(CountedPart::ButtonLabel(index), &button.text, LABEL_LIMIT);
                    if let ButtonAction::Url { url, .. } = &button.action {
                        let id = VariableId { card, part: Part::ButtonUrl(index) };
                        let value = values.get(&id).map(String::as_str).unwrap_or_default();
                        let url = super::super::value::filled_url(url, value);
                        count(CountedPart::ButtonUrl(index), &url, URL_LIMIT);
                    }
                }
            }
            Component::Carousel(_) | Component::Header(_) | Component::CallPermission | Component::Unknown(_) => {}
        }
    }
    if card.is_none() {
        for component in components {
            if let Component::Carousel(cards) = component {
                for (index, card) in (0..=u8::MAX).zip(cards) {
                    collect(template, card, Some(index), values, counts);
                }
            }
        }
    }
}
