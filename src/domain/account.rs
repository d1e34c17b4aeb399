//! A WhatsApp Business Account (WABA) with everything a token may see of it.

use std::{
    ops::{Deref, DerefMut},
    sync::Arc,
};

use compact_str::CompactString;
use jiff::Timestamp;

use super::{PhoneNumber, PortfolioId, WabaId, health::Health, open_enum::open_enum};

open_enum! {
    /// `marketing_messages_onboarding_status`: where the account stands with optimized delivery (Meta: MM API onboarding).
    OnboardingStatus {
        /// May be upgraded; terms not yet accepted. This is **not** on.
        Eligible = "ELIGIBLE",
        /// On: marketing messages go optimized.
        Onboarded = "ONBOARDED",
        /// Terms accepted, a valid payment method is missing.
        PendingValidPaymentMethod = "PENDING_VALID_PAYMENT_METHOD",
        /// Terms accepted, Meta is still configuring; nobody has anything to do.
        PendingInternalSetup = "PENDING_INTERNAL_SETUP",
        /// Inactive, or restricted from messaging by policy enforcement.
        IneligibleInactiveOrRestricted = "INELIGIBLE_INACTIVE_OR_RESTRICTED",
        /// The country is not supported.
        IneligibleCountryNotSupported = "INELIGIBLE_COUNTRY_NOT_SUPPORTED",
        /// Owned on behalf of a customer, in the deprecated ownership model.
        IneligibleOnBehalfOfWaba = "INELIGIBLE_ON_BEHALF_OF_WABA",
        /// A number is in use in the WhatsApp Business app.
        IneligibleUsingWhatsappBusinessApp = "INELIGIBLE_USING_WHATSAPP_BUSINESS_APP",
    }
}

open_enum! {
    /// The portfolio's `marketing_messages_onboarding_status.status`: how far accepting the terms has come.
    TermsStatus {
        /// Nobody asked yet.
        NotStarted = "NOT_STARTED",
        /// An invitation was sent.
        RequestSent = "REQUEST_SENT",
        /// The terms were accepted.
        Signed = "TERM_OF_SERVICE_SIGNED",
    }
}

open_enum! {
    /// `account_review_status`.
    ReviewStatus {
        /// Approved.
        Approved = "APPROVED",
        /// Being reviewed.
        Pending = "PENDING",
        /// Rejected.
        Rejected = "REJECTED",
        /// Restricted after review.
        Restricted = "RESTRICTED",
        /// Put off.
        Deferred = "DEFERRED",
    }
}

open_enum! {
    /// `ownership_type`.
    Ownership {
        /// The portfolio's own.
        SelfOwned = "SELF_OWNED",
        /// A customer's.
        ClientOwned = "CLIENT_OWNED",
        /// An agency's.
        AgencyOwned = "AGENCY_OWNED",
    }
}

open_enum! {
    /// `restriction_info[].restriction_type` (Meta: `account_update` webhook).
    RestrictionKind {
        /// No templates, so no marketing, can be sent.
        BusinessInitiatedMessaging = "RESTRICTED_BIZ_INITIATED_MESSAGING",
        /// No answers to customers.
        CustomerInitiatedMessaging = "RESTRICTED_CUSTOMER_INITIATED_MESSAGING",
        /// No new numbers.
        AddPhoneNumber = "RESTRICTED_ADD_PHONE_NUMBER_ACTION",
        /// No utility templates.
        UtilityTemplates = "RESTRICTED_UTILITY_TEMPLATES",
        /// No direct sends of utility templates.
        DirectSendUtilityTemplates = "RESTRICTED_DIRECT_SEND_UTILITY_TEMPLATES",
        /// Calling only.
        BusinessInitiatedCalling = "RESTRICTED_BUSINESS_INITIATED_CALLING",
        /// Calling only.
        UserInitiatedCalling = "RESTRICTED_USER_INITIATED_CALLING",
        /// Calling only.
        BothCalling = "RESTRICTED_BIZ_INITIATED_AND_USER_INITIATED_CALLING",
        /// Calling only.
        CallButtonHidden = "RESTRICTED_USER_INITIATED_CALLING_CALL_BUTTON_HIDDEN",
    }
}

/// A restriction that Meta announced for an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restriction {
    /// What is restricted.
    pub kind: RestrictionKind,
    /// Until when; `None` when Meta named no end.
    pub expires: Option<Timestamp>,
}

/// The business portfolio that owns an account.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Portfolio {
    /// Business id.
    pub id: PortfolioId,
    /// Its name.
    pub name: CompactString,
    /// How far accepting the terms has come.
    pub terms: TermsStatus,
    /// Since when the terms stand so.
    pub terms_since: Option<Timestamp>,
}

/// A way by which an account was found (several may find the same one).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DiscoveryPath {
    /// Named by the token's granular scopes (`debug_token`).
    Granted,
    /// Owned by a portfolio.
    Owned,
    /// Shared with a portfolio by a client.
    Client,
    /// Assigned to the (system) user.
    Assigned,
    /// Given by hand in the configuration.
    Manual,
}

impl DiscoveryPath {
    /// All ways, in the order in which they are recommended.
    pub const ALL: [Self; 5] = [Self::Granted, Self::Owned, Self::Client, Self::Assigned, Self::Manual];

    /// Its name for programs, the same in every language.
    pub fn name(self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::Owned => "owned",
            Self::Client => "client",
            Self::Assigned => "assigned",
            Self::Manual => "manual",
        }
    }
}

/// The set of ways by which an account was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FoundBy(u8);

impl FoundBy {
    /// The set with one way in it.
    pub fn one(path: DiscoveryPath) -> Self {
        Self(1 << path as u8)
    }

    /// Both sets together.
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether this way found the account.
    pub fn contains(self, path: DiscoveryPath) -> bool {
        self.0 & (1 << path as u8) != 0
    }

    /// The ways, in the order in which they are recommended.
    pub fn iter(self) -> impl Iterator<Item = DiscoveryPath> {
        DiscoveryPath::ALL.into_iter().filter(move |path| self.contains(*path))
    }
}

/// A WABA. Every field but the id may be missing from Meta's answer.
///
/// Its traits are read as if they were its own (`account.country`), and are kept once for all that have the same.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Account {
    /// WABA id.
    pub id: WabaId,
    /// Name given by its owner (not cleaned for a terminal).
    pub name: CompactString,
    /// Who owns it: one portfolio often owns thousands, which share what is known of it.
    pub portfolio: Option<Arc<Portfolio>>,
    /// What it has in common with others.
    pub traits: Arc<Traits>,
    /// Where it stands with optimized delivery.
    pub onboarding: OnboardingStatus,
    /// The health tree.
    pub health: Option<Health>,
    /// Its phone numbers.
    pub numbers: Vec<PhoneNumber>,
    /// `primary_funding_id`, where one is set and the token may see it.
    pub funding_id: Option<CompactString>,
    /// Restrictions that Meta announced, expired ones included.
    pub restrictions: Vec<Restriction>,
    /// How it was found.
    pub found_by: FoundBy,
    /// When it was created.
    pub created: Option<Timestamp>,
    /// When this was read from Meta.
    pub refreshed: Option<Timestamp>,
}

/// What an account has in common with many others, which share it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Traits {
    /// ISO 3166 alpha-2 country of the owning business.
    pub country: Option<CompactString>,
    /// ISO 4217 currency it pays in.
    pub currency: Option<CompactString>,
    /// Meta's review.
    pub review: Option<ReviewStatus>,
    /// `business_verification_status`, as sent: Meta's pages disagree on case and set.
    pub business_verification: Option<CompactString>,
    /// `status`, as sent; only `ACTIVE` is documented.
    pub operational_status: Option<CompactString>,
    /// Who owns it, by kind.
    pub ownership: Option<Ownership>,
    /// `disable_marketing_messages_on_cloud_api`: marketing on the plain Cloud API is refused (131063).
    pub cloud_api_marketing_disabled: Option<bool>,
    /// `is_enabled_for_insights`.
    pub insights_enabled: Option<bool>,
    /// Whether its numbers could not be asked for: then that there are none says nothing.
    pub numbers_unread: bool,
}

impl Deref for Account {
    type Target = Traits;

    fn deref(&self) -> &Traits {
        &self.traits
    }
}

impl DerefMut for Account {
    fn deref_mut(&mut self) -> &mut Traits {
        Arc::make_mut(&mut self.traits)
    }
}

impl Account {
    /// Gives back memory that lists took in advance; worth it for what is kept by the thousand.
    pub fn shrink(&mut self) {
        self.numbers.shrink_to_fit();
        self.restrictions.shrink_to_fit();
        let of_numbers = self.numbers.iter_mut().filter_map(|number| number.health.as_deref_mut());
        for health in self.health.iter_mut().chain(of_numbers) {
            health.entities.shrink_to_fit();
        }
    }
}
