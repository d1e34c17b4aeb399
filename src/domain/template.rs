//! Message templates and their components (Meta: template components page).

use compact_str::CompactString;

use super::{TemplateId, creative::CreativeFeature, number::Quality, one_time::OneTimeText, open_enum::open_enum};

open_enum! {
    /// A template's category. Only marketing can go optimized (R30).
    Category {
        /// Marketing.
        Marketing = "MARKETING",
        /// Utility.
        Utility = "UTILITY",
        /// Authentication.
        Authentication = "AUTHENTICATION",
        /// Free service.
        FreeService = "FREE_SERVICE",
    }
}

open_enum! {
    /// A template's status. Only an approved one can be sent.
    TemplateStatus {
        /// Can be sent.
        Approved = "APPROVED",
        /// Archived.
        Archived = "ARCHIVED",
        /// Deleted.
        Deleted = "DELETED",
        /// Disabled by Meta for good.
        Disabled = "DISABLED",
        /// The rejection is being appealed.
        InAppeal = "IN_APPEAL",
        /// Over the account's limit.
        LimitExceeded = "LIMIT_EXCEEDED",
        /// Paused by Meta for low quality.
        Paused = "PAUSED",
        /// Being reviewed.
        Pending = "PENDING",
        /// Deletion under way.
        PendingDeletion = "PENDING_DELETION",
        /// Rejected.
        Rejected = "REJECTED",
    }
}

/// How a template's variables are named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ParameterFormat {
    /// `{{1}}`, `{{2}}` …
    #[default]
    Positional,
    /// `{{first_name}}` …
    Named,
}

/// A message template in one language.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Template {
    /// Template id.
    pub id: TemplateId,
    /// Name: lower-case letters, digits and `_`.
    pub name: CompactString,
    /// Language code, for example `en_US`.
    pub language: CompactString,
    /// Category now.
    pub category: Category,
    /// Category before Meta changed it.
    pub previous_category: Option<Category>,
    /// Category that Meta holds to be the right one.
    pub correct_category: Option<Category>,
    /// Review and pause state.
    pub status: TemplateStatus,
    /// Quality score.
    pub quality: Quality,
    /// `rejected_reason`, as sent, unless `NONE`.
    pub rejected_reason: Option<CompactString>,
    /// `sub_category`, as sent: what the template is for, where Meta has a word for it.
    pub sub_category: Option<CompactString>,
    /// How variables are named.
    pub parameter_format: ParameterFormat,
    /// `message_send_ttl_seconds`; −1 means 30 days.
    pub ttl_seconds: Option<i64>,
    /// Whether the template carries a max price (`optimization_spec` or `bid_spec`): it can then only go optimized (131061).
    pub max_price: bool,
    /// Whether Meta may alter the creative (`degrees_of_freedom_spec` with anything opted in).
    pub creative_optimization: bool,
    /// What `degrees_of_freedom_spec` opts in and out, by name.
    pub creative_features: Vec<CreativeFeature>,
    /// `bid_amount` of the max price: for 1,000 deliveries, in the smallest unit of the account's currency.
    pub max_price_amount: Option<i64>,
    /// Whether read-only ad objects are linked, which suggests that the sync is done.
    pub synced: Option<bool>,
    /// What was chosen for the text that Meta writes; only of authentication templates.
    pub one_time: OneTimeText,
    /// Its parts.
    pub components: Vec<Component>,
}

impl Template {
    /// The cards of its carousel; none without one.
    pub fn cards(&self) -> &[Vec<Component>] {
        let cards = |component: &'_ Component| matches!(component, Component::Carousel(_));
        match self.components.iter().find(|component| cards(component)) {
            Some(Component::Carousel(cards)) => cards,
            _ => &[],
        }
    }

    /// Whether it tells of an order, to be paid or on its way. What is ordered, or how far it is, is a parameter of the message
    /// even where no component of the template says so (Meta: send order status template message).
    pub fn is_about_an_order(&self) -> bool {
        let by_name = |name: &CompactString| matches!(name.as_str(), "ORDER_DETAILS" | "ORDER_STATUS" | "RICH_ORDER_STATUS");
        let by_button = |button: &Button| button.action == ButtonAction::OrderDetails;
        let by_part = |component: &Component| match component {
            Component::Buttons(buttons) => buttons.iter().any(by_button),
            Component::Unknown(name) => by_name(name),
            _ => false,
        };
        self.sub_category.as_ref().is_some_and(by_name)
            || self.components.iter().chain(self.cards().iter().flatten()).any(by_part)
    }
}

/// A part of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Component {
    /// Header.
    Header(Header),
    /// Body, the only part a template must have.
    Body(Text),
    /// Footer: plain text, no variables.
    Footer(String),
    /// Buttons, in order.
    Buttons(Vec<Button>),
    /// Cards, each with components of its own.
    Carousel(Vec<Vec<Component>>),
    /// A limited-time offer.
    LimitedTimeOffer {
        /// Its text, at most 16 characters.
        text: String,
        /// Whether a countdown is shown.
        has_expiration: bool,
    },
    /// Asks whether the business may call; WhatsApp draws it and it takes no values.
    CallPermission,
    /// A kind that this version does not know, by its name on the wire.
    Unknown(CompactString),
}

/// Text with variables, and the example values it was approved with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    /// The text with `{{…}}` in it.
    pub text: String,
    /// Example value for each variable: (variable's name or number, example).
    pub examples: Vec<(CompactString, String)>,
}

/// A header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Header {
    /// Text, at most one variable.
    Text(Text),
    /// A media file, with the example's address when Meta gives one.
    Media {
        /// What it is.
        kind: MediaKind,
        /// The example's (temporary) address.
        example: Option<String>,
    },
    /// A place, given when sending.
    Location,
    /// A product of the catalogue (cards).
    Product,
    /// A format that this version does not know, by its name on the wire.
    Unknown(CompactString),
}

/// Kinds of media a header can carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MediaKind {
    /// Picture.
    Image,
    /// Video.
    Video,
    /// Document.
    Document,
    /// Animated picture; optimized delivery only.
    Gif,
}

/// A button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Button {
    /// What it shows.
    pub text: String,
    /// What it does.
    pub action: ButtonAction,
}

/// What a button does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ButtonAction {
    /// Answers with its text.
    QuickReply,
    /// Opens an address, which may end in one variable.
    Url {
        /// The address, perhaps with `{{1}}` at its end.
        url: String,
        /// Example of the whole address.
        example: Option<String>,
    },
    /// Calls a number.
    PhoneNumber(String),
    /// Copies a coupon code; the example code.
    CopyCode(Option<String>),
    /// One-time password.
    OneTimePassword(OneTimeButton),
    /// Opens a flow.
    Flow,
    /// Opens the catalogue.
    Catalog,
    /// Shows several products.
    MultiProduct,
    /// Shows one product.
    SingleProduct,
    /// Calls over WhatsApp.
    VoiceCall,
    /// Opens an order to review and pay. What is ordered is given when sending, which this version cannot.
    OrderDetails,
    /// A kind that this version does not know, by its name on the wire.
    Unknown(CompactString),
}

/// How a one-time password gets from the message into the app.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OneTimeButton {
    /// `otp_type`.
    pub kind: OneTimeKind,
    /// What the button says where it can hand the code over; its ordinary label where it can only copy.
    pub autofill: Option<String>,
}

open_enum! {
    /// `otp_type` of a button.
    OneTimeKind {
        /// The button copies the code.
        CopyCode = "COPY_CODE",
        /// The button hands the code over to the app.
        OneTap = "ONE_TAP",
        /// The app gets the code without a tap.
        ZeroTap = "ZERO_TAP",
    }
}
