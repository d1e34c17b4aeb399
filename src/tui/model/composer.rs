//! The composer: which message, from where, to whom, and how it is meant to go.

mod choices;
mod drafts;
#[cfg(test)]
pub(crate) mod fixtures;
pub mod free;
mod look;
mod sends;
mod trial;

use std::{collections::BTreeMap, sync::Arc};

use compact_str::CompactString;
use jiff::tz::TimeZone;

pub use self::{
    choices::{account_choices, first_template, kind_choices, number_choices, template_choices, template_note},
    drafts::Autosave,
    free::Kind,
    look::{Look, can_change_colours, has_languages},
    sends::{Origin, Sends, Sent, Stage},
    trial::{can_send, can_show_request},
};
use super::{Model, remote::Remote};
use crate::{
    domain::{
        Account, PhoneNumber, PhoneNumberId, Template, TemplateId, WabaId,
        creative::CreativeFeature,
        delivery::{DeliveryChoice, MessageKind, ProductPolicy},
        event::Event,
        free_form::FreeFormPart,
        message::TemplateKey,
        value,
        variable::{Part, Values, Variable, VariableId},
    },
    ops::Problem,
    store::KeptDraft,
    tui::{command::Enabled, widget::input::TextField},
};

/// A tab of the composer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tab {
    /// Account, number, template and variables.
    #[default]
    Compose,
    /// Delivery method.
    Settings,
    /// The message as WhatsApp shows it.
    Preview,
    /// A send to one number.
    Test,
}

impl Tab {
    /// All tabs, in order.
    pub const ALL: [Self; 4] = [Self::Compose, Self::Settings, Self::Preview, Self::Test];

    /// The id of its label among the texts.
    pub fn text_id(self) -> &'static str {
        match self {
            Self::Compose => "label-tab-compose",
            Self::Settings => "label-tab-settings",
            Self::Preview => "label-tab-preview",
            Self::Test => "label-tab-test",
        }
    }

    /// The tab so many further on, beginning again after the last.
    #[must_use]
    pub fn turned(self, by: i64) -> Self {
        let count = Self::ALL.len() as i64;
        let place = (self as i64 + by).rem_euclid(count);
        usize::try_from(place).ok().and_then(|place| Self::ALL.get(place)).copied().unwrap_or_default()
    }
}

/// Something on a tab that can have the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// What the message is made of.
    Kind,
    /// The account to send from.
    Account,
    /// The number to send from.
    Number,
    /// The template.
    Template,
    /// A value that the template asks for, by its place.
    Value(usize),
    /// A part of a message without a template.
    Free(FreeFormPart),
    /// "Optimized Delivery (Recommended)".
    Optimized,
    /// "Never fall back".
    Strict,
    /// Whether activity is shared, for this message.
    ActivitySharing,
    /// Whether a test goes out as `STRICT`.
    Proof,
    /// Whom the test goes to.
    Recipient,
    /// A send of this session, by its ticket.
    Sent(u64),
}

/// What belongs to one message and ends with it (R32).
#[derive(Debug, Default)]
pub struct Message {
    /// What it is made of.
    pub kind: Kind,
    /// What was typed for a message without a template.
    pub free: free::Typed,
    /// How it is meant to go.
    pub choice: DeliveryChoice,
    /// What was typed, by the name of the template that it was typed for: all its languages share it.
    pub values: BTreeMap<CompactString, BTreeMap<VariableId, TextField>>,
    /// Whether a test goes out with the message's own policy; else it goes out as `STRICT`, so that success proves optimized
    /// delivery.
    pub test_as_composed: bool,
    /// How its draft is kept.
    pub autosave: Autosave,
}

/// The composer's state.
#[derive(Debug, Default)]
pub struct Composer {
    /// The tab that is shown.
    pub tab: Tab,
    /// The account that sends.
    pub account: Option<WabaId>,
    /// The number that sends.
    pub number: Option<PhoneNumberId>,
    /// The template.
    pub template: Option<TemplateId>,
    /// The zone that moments are typed in; UTC without.
    pub zone: Option<TimeZone>,
    /// What the template asks for.
    pub variables: Vec<Variable>,
    /// The name under which values for the template are kept.
    pub template_name: CompactString,
    /// The templates of each account that was composed for.
    pub templates: BTreeMap<WabaId, Remote<Vec<Arc<Template>>, Problem>>,
    /// The message itself.
    pub message: Message,
    /// Whom a test goes to, as typed.
    pub recipient: TextField,
    /// What was sent in this session.
    pub sends: Sends,
    /// Which field of each tab has the focus.
    focus: BTreeMap<u8, Field>,
    /// First line of the tab's own content.
    pub scroll: usize,
    /// First line of the preview.
    pub preview_scroll: usize,
    /// The first card that is shown.
    pub card: usize,
    /// How the preview is looked at.
    pub look: Look,
    /// What a request was asked for, until it comes.
    pub request_use: Option<RequestUse>,
    /// The template that a draft asks for, until the templates are there.
    pub wanted: Option<TemplateKey>,
    /// The draft that was kept last, here or by an earlier run.
    pub last_draft: Option<KeptDraft>,
    /// The drafts that the list offers.
    pub kept_drafts: Vec<KeptDraft>,
    /// How creative optimisation is set on accounts that were composed for.
    pub account_creative: BTreeMap<WabaId, Vec<CreativeFeature>>,
    /// What was kept of templates of accounts whose template is paused; empty while it is asked for.
    pub pauses: BTreeMap<WabaId, Vec<Event>>,
    /// Whether the token may send; `None` when Meta did not say.
    pub may_send: Option<bool>,
    /// Whether the journal of earlier sends was asked for.
    pub asked_for_sends: bool,
}

/// What a request is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestUse {
    /// To be shown.
    Show,
    /// To be copied.
    Copy,
}

/// Most people that a test goes to.
pub const MOST_IN_A_TEST: usize = 5;

impl Composer {
    /// Nothing chosen yet; moments are typed in this zone.
    pub fn in_zone(zone: TimeZone) -> Self {
        Self { zone: Some(zone), ..Self::default() }
    }

    /// Whether a text field has the keys.
    pub fn is_typing(&self) -> bool {
        matches!(self.focused(), Some(Field::Value(_) | Field::Free(_) | Field::Recipient))
    }

    /// The field of this tab that was last given the focus.
    pub fn focused(&self) -> Option<Field> {
        self.focus.get(&(self.tab as u8)).copied().or(match self.tab {
            Tab::Compose if self.message.kind.is_free() => Some(Field::Free(FreeFormPart::Body)),
            Tab::Compose => Some(Field::Template),
            Tab::Settings => Some(Field::Optimized),
            Tab::Preview => None,
            Tab::Test => Some(Field::Recipient),
        })
    }

    /// Whom a test goes to, each as typed: separated by commas or semicolons.
    pub fn recipients(&self) -> Vec<String> {
        let typed = self.recipient.text().split([',', ';']).map(str::trim);
        typed.filter(|one| !one.is_empty()).map(str::to_owned).collect()
    }

    /// Gives a field of this tab the focus.
    pub fn focus(&mut self, field: Field) {
        self.focus.insert(self.tab as u8, field);
    }

    /// Begins another message: nothing that was typed or chosen for this one holds for it (R32).
    pub fn begin_message(&mut self) {
        self.message = Message::default();
        self.focus.clear();
        (self.scroll, self.preview_scroll, self.card) = (0, 0, 0);
    }

    /// The text field with the focus.
    pub fn typed_field(&mut self) -> Option<&mut TextField> {
        match self.focused()? {
            Field::Recipient => Some(&mut self.recipient),
            Field::Free(part) => self.message.free.get_mut(&part),
            Field::Value(place) => {
                let id = &self.variables.get(place)?.id;
                self.message.values.get_mut(&self.template_name)?.get_mut(id)
            }
            _ => None,
        }
    }

    /// What was typed for a variable of the template.
    pub fn typed(&self, id: &VariableId) -> Option<&TextField> {
        self.message.values.get(&self.template_name)?.get(id)
    }

    /// Makes room for what a template asks for. What was typed for another language of it is taken over.
    pub fn fit_values(&mut self, template: &Template) {
        self.variables = template.variables();
        self.template_name = template.name.clone();
        let typed = self.message.values.entry(template.name.clone()).or_default();
        for variable in &self.variables {
            typed.entry(variable.id.clone()).or_default();
        }
    }

    /// Puts the example into every field that is still empty.
    pub fn fill_examples(&mut self) {
        let Some(typed) = self.message.values.get_mut(&self.template_name) else { return };
        for variable in &self.variables {
            let field = typed.get_mut(&variable.id).filter(|field| field.is_empty());
            if let (Some(field), Some(example)) = (field, &variable.example) {
                *field = TextField::new(example);
            }
        }
    }

    /// The values that were given, as they are sent: moments with their offset.
    pub fn values(&self) -> Values {
        let typed = self.message.values.get(&self.template_name).into_iter().flatten();
        let zone = self.zone.clone().unwrap_or(TimeZone::UTC);
        let given = typed.filter(|(_, field)| !field.is_empty()).map(|(id, field)| {
            let moment = (id.part == Part::OfferExpiration).then(|| value::with_offset(field.text(), &zone)).flatten();
            (id.clone(), moment.unwrap_or_else(|| field.text().to_owned()))
        });
        given.collect()
    }
}

impl Model {
    /// The account that the composer sends from.
    pub fn composed_account(&self) -> Option<&Arc<Account>> {
        self.composer.account.as_ref().and_then(|id| self.fleet.get(id))
    }

    /// The number that the composer sends from.
    pub fn composed_number(&self) -> Option<&PhoneNumber> {
        let id = self.composer.number.as_ref()?;
        self.composed_account()?.numbers.iter().find(|number| number.id == *id)
    }

    /// How the asking for the account's templates stands.
    pub fn composed_templates(&self) -> Option<&Remote<Vec<Arc<Template>>, Problem>> {
        self.composer.templates.get(self.composer.account.as_ref()?)
    }

    /// The template that is composed with; `None` while the message is made without one.
    pub fn composed_template(&self) -> Option<&Arc<Template>> {
        if self.composer.message.kind.is_free() { None } else { self.chosen_template() }
    }

    /// The template that was chosen last, whatever the message is made of now.
    pub fn chosen_template(&self) -> Option<&Arc<Template>> {
        let id = self.composer.template.as_ref()?;
        self.composed_templates()?.value()?.iter().find(|template| template.id == *id)
    }

    /// What kind of message is composed; `None` before there is a template.
    pub fn composed_kind(&self) -> Option<MessageKind> {
        if self.composer.message.kind.is_free() {
            return Some(MessageKind::Service);
        }
        self.composed_template().map(|template| MessageKind::of(template))
    }

    /// Whether "Optimized Delivery (Recommended)" is checked; `None` where there is no such box (R30).
    pub fn optimized_checked(&self) -> Option<bool> {
        self.composer.message.choice.checked(self.composed_kind()?, self.composed_account()?)
    }

    /// Whether "Never fall back" is checked.
    pub fn never_falls_back(&self) -> bool {
        self.composer.message.choice.policy == ProductPolicy::Strict
    }

    /// The fields of the tab that is shown, in order.
    pub fn composer_fields(&self) -> Vec<Field> {
        match self.composer.tab {
            Tab::Compose => {
                let values = if self.composed_template().is_some() { self.composer.variables.len() } else { 0 };
                let mut fields = vec![Field::Kind, Field::Account, Field::Number];
                match self.composer.message.kind.is_free() {
                    true => fields.extend(self.free_fields()),
                    false => fields.extend(std::iter::once(Field::Template).chain((0..values).map(Field::Value))),
                }
                fields
            }
            // R30: for other kinds the option is removed, not greyed. Without the box there is nothing to keep from falling back.
            Tab::Settings => delivery_fields(self),
            Tab::Preview => Vec::new(),
            Tab::Test => test_fields(self).into_iter().chain(self.composer.sends.tickets().map(Field::Sent)).collect(),
        }
    }

    /// The field that has the focus, if it is still there.
    pub fn composer_focus(&self) -> Option<Field> {
        let fields = self.composer_fields();
        self.composer.focused().filter(|field| fields.contains(field)).or_else(|| fields.first().copied())
    }
}

/// The fields of the Settings tab.
pub fn delivery_fields(model: &Model) -> Vec<Field> {
    match model.optimized_checked() {
        None => Vec::new(),
        Some(false) => vec![Field::Optimized],
        Some(true) => vec![Field::Optimized, Field::Strict, Field::ActivitySharing],
    }
}

/// The fields of the Test tab above the table. There is something to prove only where the box is checked.
pub fn test_fields(model: &Model) -> Vec<Field> {
    match model.optimized_checked() {
        Some(true) => vec![Field::Recipient, Field::Proof],
        _ => vec![Field::Recipient],
    }
}

/// Whether there is a message to check.
pub fn has_checks(model: &Model) -> Enabled {
    if model.message_draft().is_some() { Ok(()) } else { Err(model.text("composer-nothing-to-send")) }
}

/// Whether there is a draft to hand on.
pub fn has_draft(model: &Model) -> Enabled {
    let blank = model.free_form().is_some_and(|message| message.is_blank());
    if model.message_draft().is_some() && !blank { Ok(()) } else { Err(model.text("composer-nothing-to-send")) }
}

/// Whether there is an example for a field that is still empty.
pub fn can_fill_examples(model: &Model) -> Enabled {
    let empty = |variable: &Variable| model.composer.typed(&variable.id).is_none_or(TextField::is_empty);
    let found = model.composed_template().is_some()
        && model.composer.variables.iter().any(|variable| variable.example.is_some() && empty(variable));
    if found { Ok(()) } else { Err(model.text("composer-no-examples")) }
}

/// Whether the template has cards to turn over.
pub fn has_cards(model: &Model) -> Enabled {
    let found = model.composed_template().is_some_and(|template| !template.cards().is_empty());
    if found || crate::tui::screen::composer::compares_languages(model) { Ok(()) } else { Err(model.text("composer-no-cards")) }
}
