//! Accounts, numbers and portfolios on the wire (Meta: WhatsApp Business Account, phone number and Business nodes).

use std::sync::Arc;

use compact_str::CompactString;
use jiff::Timestamp;
use serde::Deserialize;

use super::{Edge, lenient};
use crate::domain::{
    Account, PhoneNumber, WabaId,
    account::{FoundBy, OnboardingStatus, Ownership, Portfolio, ReviewStatus, TermsStatus, Traits},
    health::{CanSend, EntityKind, EntityState, Health, HealthEntity, HealthError},
    number::{CodeVerification, MessagingLimit, NameStatus, NumberStatus, Platform, Quality, Standing},
};

/// A text, or nothing when it is missing, `null`, or not a scalar.
type Word = Option<CompactString>;

/// A WABA. Each row is made into an account before the next one is read: what stands on the wire takes several times
/// the memory of what is kept, and a refresh reads thousands.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "AccountFields")]
pub struct WireAccount {
    account: Option<Account>,
    /// Whether the account has more numbers than came with it.
    pub has_more_numbers: bool,
}

/// The fields of a WABA.
#[derive(Default, Deserialize)]
#[serde(default)]
struct AccountFields {
    #[serde(deserialize_with = "lenient::scalar")]
    id: Word,
    #[serde(deserialize_with = "lenient::scalar")]
    name: Word,
    #[serde(deserialize_with = "lenient::scalar")]
    currency: Word,
    #[serde(deserialize_with = "lenient::scalar")]
    country: Word,
    #[serde(deserialize_with = "lenient::scalar")]
    status: Word,
    #[serde(deserialize_with = "lenient::scalar")]
    ownership_type: Word,
    #[serde(deserialize_with = "lenient::scalar")]
    account_review_status: Word,
    #[serde(deserialize_with = "lenient::scalar")]
    business_verification_status: Word,
    #[serde(deserialize_with = "lenient::object")]
    owner_business_info: Option<WireBusiness>,
    #[serde(deserialize_with = "lenient::scalar")]
    primary_funding_id: Word,
    #[serde(deserialize_with = "lenient::scalar")]
    is_enabled_for_insights: Option<bool>,
    #[serde(deserialize_with = "lenient::scalar")]
    disable_marketing_messages_on_cloud_api: Option<bool>,
    #[serde(deserialize_with = "lenient::scalar")]
    marketing_messages_onboarding_status: Word,
    #[serde(deserialize_with = "lenient::object")]
    health_status: Option<WireHealth>,
    #[serde(deserialize_with = "lenient::scalar")]
    creation_time: Option<Timestamp>,
    phone_numbers: Edge<WireNumber>,
}

impl From<AccountFields> for WireAccount {
    fn from(fields: AccountFields) -> Self {
        Self { has_more_numbers: fields.phone_numbers.after.is_some(), account: fields.into_account() }
    }
}

impl WireAccount {
    /// `id`, where there is one.
    pub fn id(&self) -> Option<&WabaId> {
        self.account.as_ref().map(|account| &account.id)
    }

    /// `creation_time`.
    pub fn created(&self) -> Option<Timestamp> {
        self.account.as_ref()?.created
    }

    /// The account that this row describes, read now; `None` for a row without an id.
    pub fn into_account(self, found_by: FoundBy, now: Timestamp) -> Option<Account> {
        self.account.map(|account| Account { found_by, refreshed: Some(now), ..account })
    }
}

impl AccountFields {
    fn into_account(self) -> Option<Account> {
        let id = self.id.filter(|id| !id.is_empty())?;
        Some(Account {
            id: WabaId::new(id),
            name: self.name.unwrap_or_default(),
            portfolio: self.owner_business_info.and_then(WireBusiness::into_portfolio).map(Arc::new),
            traits: Arc::new(Traits {
                country: some(self.country),
                currency: some(self.currency),
                review: some(self.account_review_status).map(|text| ReviewStatus::from_wire(&text)),
                business_verification: some(self.business_verification_status),
                operational_status: some(self.status),
                ownership: some(self.ownership_type).map(|text| Ownership::from_wire(&text)),
                cloud_api_marketing_disabled: self.disable_marketing_messages_on_cloud_api,
                insights_enabled: self.is_enabled_for_insights,
                numbers_unread: false,
            }),
            onboarding: open(self.marketing_messages_onboarding_status, OnboardingStatus::from_wire),
            health: self.health_status.map(WireHealth::into_health),
            numbers: exactly(self.phone_numbers.rows.into_iter().filter_map(WireNumber::into_number)),
            funding_id: some(self.primary_funding_id).filter(|id| id != "0"),
            restrictions: Vec::new(),
            found_by: FoundBy::default(),
            created: self.creation_time,
            refreshed: None,
        })
    }
}

/// Collects without spare room, and not in the place of the larger wire types: thousands of these lists are kept.
fn exactly<T>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut collected = Vec::with_capacity(items.size_hint().1.unwrap_or(0));
    collected.extend(items);
    collected.shrink_to_fit();
    collected
}

fn some(word: Word) -> Word {
    word.filter(|word| !word.is_empty())
}

fn open<T: Default>(word: Word, from_wire: impl Fn(&str) -> T) -> T {
    word.map(|word| from_wire(&word)).unwrap_or_default()
}

/// A business portfolio, as a node or as `owner_business_info`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct WireBusiness {
    /// `id`.
    #[serde(deserialize_with = "lenient::scalar")]
    pub id: Word,
    #[serde(deserialize_with = "lenient::scalar")]
    name: Word,
    #[serde(deserialize_with = "lenient::object")]
    marketing_messages_onboarding_status: Option<WireTerms>,
    /// `owned_whatsapp_business_accounts`, where it was expanded.
    pub owned_whatsapp_business_accounts: Edge<WireAccount>,
    /// `client_whatsapp_business_accounts`, where it was expanded.
    pub client_whatsapp_business_accounts: Edge<WireAccount>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct WireTerms {
    #[serde(deserialize_with = "lenient::scalar")]
    status: Word,
    #[serde(deserialize_with = "lenient::scalar")]
    time: Option<Timestamp>,
}

impl WireBusiness {
    /// The portfolio; `None` without an id.
    pub fn into_portfolio(self) -> Option<Portfolio> {
        let terms = self.marketing_messages_onboarding_status.unwrap_or_default();
        Some(Portfolio {
            id: crate::domain::PortfolioId::new(some(self.id)?),
            name: self.name.unwrap_or_default(),
            terms: open(terms.status, TermsStatus::from_wire),
            terms_since: terms.time,
        })
    }
}

/// A phone number, made into what is kept of it before the next one is read.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "NumberFields")]
pub struct WireNumber(Option<PhoneNumber>);

impl WireNumber {
    /// The number; `None` without an id.
    pub fn into_number(self) -> Option<PhoneNumber> {
        self.0
    }
}

impl From<NumberFields> for WireNumber {
    fn from(fields: NumberFields) -> Self {
        Self(fields.into_number())
    }
}

/// The fields of a phone number.
#[derive(Default, Deserialize)]
#[serde(default)]
struct NumberFields {
    #[serde(deserialize_with = "lenient::scalar")]
    id: Word,
    #[serde(deserialize_with = "lenient::scalar")]
    display_phone_number: Word,
    #[serde(deserialize_with = "lenient::scalar")]
    verified_name: Word,
    #[serde(deserialize_with = "lenient::scalar")]
    status: Word,
    #[serde(deserialize_with = "lenient::scalar")]
    quality_rating: Word,
    #[serde(deserialize_with = "lenient::object")]
    quality_score: Option<WireScore>,
    #[serde(deserialize_with = "lenient::scalar")]
    name_status: Word,
    #[serde(deserialize_with = "lenient::scalar")]
    code_verification_status: Word,
    #[serde(deserialize_with = "lenient::scalar")]
    platform_type: Word,
    #[serde(deserialize_with = "lenient::scalar")]
    host_platform: Word,
    #[serde(deserialize_with = "lenient::scalar")]
    account_mode: Word,
    #[serde(deserialize_with = "lenient::object")]
    throughput: Option<WireLevel>,
    #[serde(deserialize_with = "lenient::scalar")]
    is_official_business_account: Option<bool>,
    #[serde(deserialize_with = "lenient::scalar")]
    whatsapp_business_manager_messaging_limit: Word,
    #[serde(deserialize_with = "lenient::scalar")]
    messaging_limit_tier: Word,
    #[serde(deserialize_with = "lenient::object")]
    health_status: Option<WireHealth>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct WireScore {
    #[serde(deserialize_with = "lenient::scalar")]
    score: Word,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct WireLevel {
    #[serde(deserialize_with = "lenient::scalar")]
    level: Word,
}

impl NumberFields {
    fn into_number(self) -> Option<PhoneNumber> {
        let quality = some(self.quality_rating).or_else(|| some(self.quality_score.and_then(|score| score.score)));
        // One page writes NA and another UNKNOWN for a number that is not rated yet.
        let quality = match quality.as_deref() {
            Some(word) if word.eq_ignore_ascii_case("UNKNOWN") => Quality::NotRated,
            Some(word) => Quality::from_wire(word),
            None => Quality::default(),
        };
        Some(PhoneNumber {
            id: crate::domain::PhoneNumberId::new(some(self.id)?),
            display: self.display_phone_number.unwrap_or_default(),
            verified_name: self.verified_name.unwrap_or_default(),
            health: self.health_status.map(|health| Box::new(health.into_health())),
            standing: Arc::new(Standing {
                status: open(self.status, NumberStatus::from_wire),
                quality,
                name_status: open(self.name_status, NameStatus::from_wire),
                code_verification: open(self.code_verification_status, CodeVerification::from_wire),
                platform: open(some(self.platform_type).or(self.host_platform), Platform::from_wire),
                account_mode: self.account_mode.unwrap_or_default(),
                throughput: self.throughput.and_then(|throughput| throughput.level).unwrap_or_default(),
                official: self.is_official_business_account.unwrap_or(false),
                limit: open(
                    some(self.whatsapp_business_manager_messaging_limit).or(self.messaging_limit_tier),
                    MessagingLimit::from_wire,
                ),
            }),
        })
    }
}

/// `health_status`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct WireHealth {
    #[serde(deserialize_with = "lenient::scalar")]
    can_send_message: Word,
    #[serde(deserialize_with = "lenient::list")]
    entities: Vec<WireEntity>,
}

/// An entity, made into what is kept of it before the next one is read.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "EntityFields")]
struct WireEntity(HealthEntity);

#[derive(Default, Deserialize)]
#[serde(default)]
struct EntityFields {
    #[serde(deserialize_with = "lenient::scalar")]
    entity_type: Word,
    #[serde(deserialize_with = "lenient::scalar")]
    id: Word,
    #[serde(deserialize_with = "lenient::scalar")]
    can_send_message: Word,
    #[serde(deserialize_with = "lenient::scalars")]
    additional_info: Vec<String>,
    #[serde(deserialize_with = "lenient::list")]
    errors: Vec<WireHealthError>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct WireHealthError {
    #[serde(deserialize_with = "lenient::scalar")]
    error_code: Option<i64>,
    #[serde(deserialize_with = "lenient::scalar")]
    error_description: Option<String>,
    #[serde(deserialize_with = "lenient::scalar")]
    possible_solution: Option<String>,
}

impl From<EntityFields> for WireEntity {
    fn from(fields: EntityFields) -> Self {
        let error = |error: WireHealthError| HealthError {
            code: error.error_code.unwrap_or_default(),
            description: error.error_description.unwrap_or_default(),
            solution: error.possible_solution.unwrap_or_default(),
        };
        Self(HealthEntity {
            id: fields.id.unwrap_or_default(),
            state: Arc::new(EntityState {
                kind: open(fields.entity_type, EntityKind::from_wire),
                can_send: open(fields.can_send_message, CanSend::from_wire),
                additional_info: fields.additional_info.into(),
                errors: fields.errors.into_iter().map(error).collect(),
            }),
        })
    }
}

impl WireHealth {
    fn into_health(self) -> Health {
        Health {
            overall: open(self.can_send_message, CanSend::from_wire),
            entities: exactly(self.entities.into_iter().map(|entity| entity.0)),
        }
    }
}
