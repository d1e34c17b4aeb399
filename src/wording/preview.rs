//! What a picture of a message cannot show, in sentences: the same ones beside the preview on the screen and below it on
//! the command line.

use crate::{
    domain::{
        Template,
        delivery::MessageKind,
        rendering::{CountedPart, PartCount, Rendered},
        template::{ButtonAction, Component, Header, MediaKind, OneTimeKind},
        variable::{Values, Variable},
    },
    i18n::Texts,
    text,
};

/// How much a fact matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// It keeps the message from being sent.
    Stops,
    /// Something to look at.
    Care,
    /// Worth knowing.
    Plain,
    /// Small print.
    Small,
}

/// What is looked at.
#[derive(Debug, Clone, Copy)]
pub struct Looked<'a> {
    /// The template.
    pub template: &'a Template,
    /// Its variables.
    pub variables: &'a [Variable],
    /// What was given for them.
    pub values: &'a Values,
    /// The message.
    pub message: &'a Rendered,
    /// Whether it is meant to go optimized.
    pub optimized: bool,
    /// Whether nobody is chosen yet who gets it.
    pub for_nobody: bool,
    /// What fills the examples in: a key or an option.
    pub filler: &'a str,
}

/// Everything worth knowing about a template's preview, what matters most first.
pub fn facts(texts: &Texts, looked: &Looked<'_>) -> Vec<(String, Weight)> {
    let Looked { template, message, .. } = looked;
    let mut facts = Vec::new();
    if message.is_missing_something() {
        let words = match looked.filler {
            "" => texts.get("composer-fact-missing-only").into_owned(),
            filler => texts.with("composer-fact-missing", &[("key", filler.into())]),
        };
        facts.push((words, Weight::Care));
    }
    for id in template.formatting_changed_by(looked.values) {
        let own = looked.variables.iter().find(|variable| variable.id == id);
        let name = own.map_or_else(|| id.to_string(), |variable| super::message::variable(texts, variable));
        let name = of_card(texts, id.card, &name);
        facts.push((texts.with("composer-fact-formatting", &[("name", name.into())]), Weight::Care));
    }
    facts.extend(lengths(texts, &template.counts(looked.values)));
    let mut plain = |holds: bool, id: &str| {
        if holds {
            facts.push((texts.get(id).into_owned(), Weight::Plain));
        }
    };
    plain(template.is_written_by_meta(), "composer-fact-written-by-meta");
    plain(message.buttons.see_all(), "composer-fact-see-all");
    plain(message.buttons.hidden_on_desktop(), "composer-fact-desktop");
    plain(message.offer.is_some(), "composer-fact-offer");
    plain(has_gif(&template.components), "composer-fact-gif");
    plain(template.creative_optimization, "composer-fact-creative");
    facts.extend(one_time(texts, template).map(|words| (words, Weight::Plain)));
    if looked.for_nobody && MessageKind::of(template) == MessageKind::Marketing {
        facts.push((texts.get("composer-fact-united-states").into_owned(), Weight::Plain));
    }
    if looked.optimized && message.folds() {
        let count = message.lines_before_fold();
        facts.push((texts.with("composer-fact-fold", &[("count", count.into())]), Weight::Plain));
    }
    facts
}

/// The length of the text always, others when they come near their limit.
fn lengths(texts: &Texts, counts: &[PartCount]) -> Vec<(String, Weight)> {
    let near = |part: &PartCount| part.count.used * 10 > part.count.max * 8;
    let shown = counts.iter().filter(|part| near(part) || (part.part == CountedPart::Body && part.card.is_none()));
    shown
        .map(|part| {
            let name = of_card(texts, part.card, &super::message::counted_part(texts, part.part));
            let arguments = [("name", name.into()), ("used", part.count.used.into()), ("max", part.count.max.into())];
            let weight = if part.count.is_over() { Weight::Stops } else { Weight::Small };
            (texts.with("composer-fact-length", &arguments), weight)
        })
        .collect()
}

/// A name with its card before it.
fn of_card(texts: &Texts, card: Option<u8>, name: &str) -> String {
    match card {
        Some(card) => format!("{} · {name}", texts.with("composer-card", &[("number", (u16::from(card) + 1).into())])),
        None => name.to_owned(),
    }
}

fn has_gif(components: &[Component]) -> bool {
    components.iter().any(|component| matches!(component, Component::Header(Header::Media { kind: MediaKind::Gif, .. })))
}

/// What a button that hands a code over does, and what it says where it can only copy it: the picture shows one of its labels.
fn one_time(texts: &Texts, template: &Template) -> Option<String> {
    let buttons = template.components.iter().filter_map(|component| match component {
        Component::Buttons(buttons) => Some(buttons),
        _ => None,
    });
    let found = buttons.flatten().find_map(|button| match &button.action {
        ButtonAction::OneTimePassword(own) => Some((button, own)),
        _ => None,
    });
    let (button, own) = found?;
    let words = match own.kind {
        OneTimeKind::OneTap => texts.get("composer-fact-one-tap"),
        OneTimeKind::ZeroTap => texts.get("composer-fact-zero-tap"),
        OneTimeKind::CopyCode | OneTimeKind::Unknown(_) => return None,
    };
    let label = text::clean(&button.text);
    if own.autofill.is_none() || label.is_empty() {
        return Some(words.into_owned());
    }
    let there = texts.with("composer-fact-copy-label", &[("label", label.into())]);
    Some(format!("{words} {there}"))
}
