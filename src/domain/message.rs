//! A message from draft to what is handed to Meta.
//!
//! A [`Draft`] is what a person works on. Resolving it checks everything and gives one [`Outgoing`] for each recipient:
//! whole, and good for one send. Nothing here knows JSON.

mod resolve;
#[cfg(test)]
mod tests;

use compact_str::CompactString;
use jiff::Timestamp;

use super::{
    PhoneNumberId, WabaId,
    delivery::{DeliveryChoice, Endpoint, ProductPolicy, Recipient},
    free_form::{FreeForm, FreeFormPart},
    rendering::PartCount,
    template::{MediaKind, Template},
    value::{MediaSource, ValueProblem},
    variable::{Values, VariableId},
};
use crate::text::{self, PhoneProblem};

/// Names a template as sending does: there may be one in each language.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct TemplateKey {
    /// Its name.
    pub name: CompactString,
    /// Its language.
    pub language: CompactString,
}

impl TemplateKey {
    /// The key of a template.
    pub fn of(template: &Template) -> Self {
        Self { name: template.name.clone(), language: template.language.clone() }
    }
}

/// What a draft says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Content {
    /// Nothing chosen yet.
    #[default]
    Nothing,
    /// A template; its values are the draft's.
    Template(TemplateKey),
    /// A message without a template.
    FreeForm(FreeForm),
}

/// A message being written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    /// Which account sends.
    pub account: WabaId,
    /// From which number.
    pub number: PhoneNumberId,
    /// What it says.
    pub content: Content,
    /// To whom, as typed.
    pub recipients: Vec<String>,
    /// Values of variables; those of other templates stay, for when they come back.
    pub values: Values,
    /// Which way it should go.
    pub choice: DeliveryChoice,
}

/// What keeps a draft from being sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DraftProblem {
    /// No account.
    NoAccount,
    /// No number, or one that is not the account's.
    NoNumber,
    /// Nothing to send, or a template that the account does not have.
    NoContent,
    /// Nobody to send to.
    NoRecipient,
    /// A recipient who cannot be written to.
    Recipient {
        /// Their place in the list, from 0.
        index: usize,
        /// Why.
        problem: PhoneProblem,
    },
    /// A value that will not do.
    Value {
        /// Of which variable.
        variable: VariableId,
        /// Why.
        problem: ValueProblem,
    },
    /// With its values filled in, a part is too long (132005).
    TooLong(PartCount),
    /// A part of a message without a template.
    FreeForm(FreeFormPart, ValueProblem),
    /// What is ordered has to be given when the template is sent, which this version cannot.
    Order,
    /// The template has a part that this version does not know and so cannot fill, by its name on the wire.
    UnknownPart(CompactString),
}

/// Who a message is for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Address {
    /// Digits of an international number, without `+`.
    Phone(String),
    /// A business-scoped user id, for example `US.1349…`. Nothing sent to one is optimized.
    UserId(String),
}

impl Address {
    /// Reads what people type: a phone number with its country code, or a business-scoped user id.
    ///
    /// # Errors
    /// What keeps it from being a phone number.
    pub fn parse(text: &str) -> Result<Self, PhoneProblem> {
        let trimmed = text.trim();
        if let Some((country, rest)) = trimmed.split_once('.')
            && country.len() == 2
            && country.bytes().all(|byte| byte.is_ascii_uppercase())
            && rest.len() >= MIN_DIGITS
            && rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.')
        {
            return Ok(Self::UserId(trimmed.to_owned()));
        }
        text::digits(trimmed).map(Self::Phone)
    }

    /// The recipient as the forecast wants it.
    pub fn recipient(&self) -> Recipient {
        match self {
            Self::Phone(digits) => Recipient::of_phone(digits),
            Self::UserId(_) => Recipient::UserId,
        }
    }
}

/// Fewest characters after the point of a user id.
const MIN_DIGITS: usize = 4;

/// A message that is ready: everything the request needs, for one recipient.
///
/// It is good for **one** send and cannot be copied: whoever sends it takes it, so that after a time-out there is nothing
/// left to send again (R37). Sending once more begins with the draft, that is with a person.
///
/// ```compile_fail,E0382
/// # use wabadeck::domain::message::Outgoing;
/// fn send(message: Outgoing) {}
/// fn r37_a_message_cannot_be_sent_twice(message: Outgoing) {
///     send(message);
///     send(message);
/// }
/// ```
///
/// ```compile_fail,E0599
/// # use wabadeck::domain::message::Outgoing;
/// fn r37_a_message_cannot_be_copied(message: Outgoing) -> (Outgoing, Outgoing) {
///     (message.clone(), message)
/// }
/// ```
#[derive(Debug, PartialEq, Eq)]
pub struct Outgoing {
    account: WabaId,
    number: PhoneNumberId,
    address: Address,
    delivery: OutgoingDelivery,
    content: OutgoingContent,
}

impl Outgoing {
    /// The account that sends.
    pub fn account(&self) -> &WabaId {
        &self.account
    }

    /// The number it is sent from.
    pub fn number(&self) -> &PhoneNumberId {
        &self.number
    }

    /// Who it is for.
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// Which way it is asked to go.
    pub fn delivery(&self) -> &OutgoingDelivery {
        &self.delivery
    }

    /// What it says.
    pub fn content(&self) -> &OutgoingContent {
        &self.content
    }
}

/// Which way a message is asked to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutgoingDelivery {
    /// To `/marketing_messages`.
    Optimized {
        /// `product_policy`, always sent: leaving it out would mean fallback (R34).
        policy: ProductPolicy,
        /// `message_activity_sharing`, when chosen for this message.
        activity_sharing: Option<bool>,
    },
    /// To `/messages`, which knows no policy.
    CloudApi,
}

impl OutgoingDelivery {
    /// Where it is posted.
    pub fn endpoint(self) -> Endpoint {
        match self {
            Self::Optimized { .. } => Endpoint::MarketingMessages,
            Self::CloudApi => Endpoint::Messages,
        }
    }
}

/// What an outgoing message says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutgoingContent {
    /// A template with its parameters.
    Template {
        /// Name and language.
        template: TemplateKey,
        /// Components that have parameters, in Meta's order.
        components: Vec<OutgoingComponent>,
    },
    /// A message without a template, checked.
    FreeForm(FreeForm),
}

/// Parameters of one component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutgoingComponent {
    /// Of the header.
    Header(Parameter),
    /// Of the body, in order.
    Body(Vec<Parameter>),
    /// Of a button.
    Button {
        /// Its place among all buttons, from 0; on the wire a string.
        index: u8,
        /// `sub_type`.
        kind: ButtonKind,
        /// Its parameter.
        parameter: Parameter,
    },
    /// Of a limited-time offer: when it ends, in milliseconds since 1970.
    LimitedTimeOffer {
        /// The moment.
        expires_ms: i64,
    },
    /// Of the cards: for each its index and components.
    Carousel(Vec<(u8, Vec<OutgoingComponent>)>),
}

/// `sub_type` of a button with a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ButtonKind {
    /// Opens an address, or hands over a one-time password.
    Url,
    /// Copies a coupon code.
    CopyCode,
    /// Opens the catalogue.
    Catalog,
    /// Shows several products.
    MultiProduct,
    /// Opens a flow.
    Flow,
}

impl ButtonKind {
    /// The spelling on the wire.
    pub fn as_wire(self) -> &'static str {
        match self {
            Self::Url => "url",
            Self::CopyCode => "copy_code",
            Self::Catalog => "catalog",
            Self::MultiProduct => "mpm",
            Self::Flow => "flow",
        }
    }
}

/// A parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Parameter {
    /// Text; with `parameter_name` in templates that name their variables.
    Text {
        /// `parameter_name`.
        name: Option<CompactString>,
        /// The text; for the end of an address percent-encoded.
        text: String,
    },
    /// A file.
    Media {
        /// What it is. An animated picture travels as a video file but keeps its own type.
        kind: MediaKind,
        /// Where it comes from.
        source: MediaSource,
        /// What a document is shown as.
        file_name: Option<String>,
    },
    /// A place.
    Location {
        /// Degrees north, as text.
        latitude: String,
        /// Degrees east, as text.
        longitude: String,
        /// What it is called.
        name: Option<String>,
        /// Its address.
        address: Option<String>,
    },
    /// A product.
    Product {
        /// The catalogue's id.
        catalog: String,
        /// `product_retailer_id`.
        product: String,
    },
    /// A coupon code.
    CouponCode(String),
    /// The product whose picture stands for the catalogue.
    Thumbnail(String),
    /// Products to choose from; the first one's picture stands for all.
    Products(Vec<String>),
    /// The token handed to a flow.
    FlowToken(String),
}

impl Template {
    /// What keeps the template with these values from being sent, whoever sends it.
    pub fn problems(&self, values: &Values, now: Timestamp) -> Vec<DraftProblem> {
        resolve::template_problems(self, values, now)
    }
}

impl Draft {
    /// Checks the draft and makes it ready: one message for each recipient, the same address once.
    ///
    /// `template` is the one that the draft's key names, as the account has it now.
    ///
    /// # Errors
    /// Everything that is wrong, not only the first thing.
    pub fn resolve(
        &self,
        account: &super::Account,
        template: Option<&Template>,
        now: Timestamp,
    ) -> Result<Vec<Outgoing>, Vec<DraftProblem>> {
        resolve::resolve(self, account, template, now)
    }

    /// Everything that keeps the draft from being sent, in the order in which people read it.
    pub fn problems(&self, account: &super::Account, template: Option<&Template>, now: Timestamp) -> Vec<DraftProblem> {
        self.resolve(account, template, now).err().unwrap_or_default()
    }
}
