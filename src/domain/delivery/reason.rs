//! Why a message goes the way it goes, what is lost on it, and what else is worth knowing. Words are made by the screens.

use compact_str::CompactString;
use jiff::Timestamp;

use super::super::{
    account::{OnboardingStatus, RestrictionKind},
    health::EntityKind,
    number::{NumberStatus, Platform},
    region::{Country, Doubt},
    template::TemplateStatus,
};
use super::MessageKind;

/// Why. For [`super::Route::Refused`] each reason is enough by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    // why a message cannot be sent
    /// The template's status; only an approved one can be sent.
    TemplateNotSendable(TemplateStatus),
    /// The account is restricted or inactive, by its status.
    AccountRestricted,
    /// An announced restriction keeps this kind of message from being sent.
    RestrictionHolds {
        /// What is restricted.
        kind: RestrictionKind,
        /// Until when.
        until: Option<Timestamp>,
    },
    /// A health entity is blocked for messages.
    HealthBlocked {
        /// Which.
        entity: EntityKind,
        /// Code of its first error about messages, where there is one.
        code: Option<i64>,
    },
    /// The number's status does not let it send.
    NumberNotUsable(NumberStatus),
    /// The number is not on Cloud API.
    NumberNotOnCloudApi(Platform),
    /// Recipients in this country get no marketing at all (131049 follows).
    RecipientNotDeliverable(Country),
    /// Nobody in this country can be written to.
    RecipientSanctioned(Country),
    /// `disable_marketing_messages_on_cloud_api` is on and this would go through Cloud API (131063).
    CloudApiMarketingDisabled,
    /// The template carries a max price, which Cloud API does not take (131061).
    MaxPriceNeedsOptimized,
    /// This cannot be sent to a user id (131062).
    NeedsPhoneNumber,
    /// "Never fall back" was chosen, and the account is not on.
    StrictWithoutOnboarding,
    /// More than 24 hours since the customer last wrote (131047).
    WindowClosed,

    // why a message takes the way it takes
    /// The account is on, and the box is checked.
    Onboarded,
    /// The account is not on, by its status.
    NotOnboarded(OnboardingStatus),
    /// Whether the account is on is not known: Meta sent no status, or one that this version does not know.
    OnboardingUnknown(CompactString),
    /// Only marketing can go optimized (R30).
    NotMarketing(MessageKind),
    /// The box is not checked.
    NotSelected,
}

impl Reason {
    /// Whether it keeps the message from being sent; the others explain the way that it takes.
    pub fn refuses(&self) -> bool {
        !matches!(
            self,
            Self::Onboarded | Self::NotOnboarded(_) | Self::OnboardingUnknown(_) | Self::NotMarketing(_) | Self::NotSelected
        )
    }
}

/// What a message through Cloud API lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lost {
    /// The template's time to live, in seconds: it becomes 30 days.
    TimeToLive(i64),
    /// The animated header.
    GifHeader,
    /// Meta's alterations of the creative.
    CreativeOptimization,
    /// The max price.
    MaxPrice,
    /// The choice about sharing activity.
    ActivitySharing,
}

/// Whose place it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// The business's country.
    Business,
    /// The country of the business number.
    BusinessNumber,
    /// The recipient's country.
    Recipient,
}

/// What else is worth knowing; no note changes the route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// It goes through the Marketing Messages API, but is not optimized, and clicks are not counted.
    NoOptimization {
        /// Because of whom.
        side: Side,
        /// Which country.
        country: Country,
    },
    /// Optimized with limits: clicks are not counted, a max price is not optimized.
    Limited {
        /// Because of whom.
        side: Side,
        /// Which country.
        country: Country,
    },
    /// The business or its number is in a country that cannot be onboarded.
    BusinessSanctioned {
        /// Because of whom.
        side: Side,
        /// Which country.
        country: Country,
    },
    /// What the recipient's number cannot decide.
    RecipientInDoubt(Doubt),
    /// The recipient's number belongs to no country that is known.
    RecipientUnknown,
    /// Sent to a user id, the message is not optimized.
    UserIdNotOptimized,
    /// The template does not seem to be synced to its ad yet: sending may fail for 10 minutes (134101).
    MayStillSync,
    /// A health entity is limited.
    HealthLimited(EntityKind),
    /// The number's status asks for care.
    NumberNeedsCare(NumberStatus),
    /// The template's status is not known.
    TemplateStatusUnknown(CompactString),
    /// Meta holds another category to be the right one and may change it: the way would change with it.
    CategoryMayChange(MessageKind),
    /// Whether the 24-hour window is open is not known.
    WindowUnknown,
    /// Meta does not say whether a template with a max price falls back or is refused (131061).
    MaxPriceMayBeRefused,
}
