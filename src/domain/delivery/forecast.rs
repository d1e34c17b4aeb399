//! What will happen on sending (R33), as one pure function of everything that is known.

use compact_str::CompactString;
use jiff::Timestamp;

use super::super::{
    account::{Account, RestrictionKind, TermsStatus},
    graph_error::ErrorClass,
    health::{CanSend, EntityKind, Health},
    number::{NumberStatus, PhoneNumber, Platform},
    region::{Country, Doubt, PhoneRegion, RegionEffect, region_of_phone},
    status::{NumberClass, StatusClass},
    template::{Component, Header, MediaKind, Template, TemplateStatus},
};
use super::{DeliveryChoice, Lost, MessageKind, Note, PricingCategory, ProductPolicy, Reason, Side};

/// Seconds of 30 days, which is what Cloud API gives every marketing message.
const THIRTY_DAYS: i64 = 2_592_000;

/// What is to be sent.
#[derive(Debug, Clone, Copy)]
pub enum Subject<'a> {
    /// A template.
    Template(&'a Template),
    /// A service message or a response.
    FreeForm {
        /// Which of the two.
        kind: MessageKind,
        /// Whether the customer wrote in the last 24 hours; `None` when not known.
        window_open: Option<bool>,
    },
}

/// Who it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recipient {
    /// Nobody yet: the forecast then leaves the recipient out.
    NotChosen,
    /// A phone number that belongs somewhere.
    Phone(PhoneRegion),
    /// A phone number that belongs to no known country.
    Elsewhere,
    /// A business-scoped user id.
    UserId,
}

impl Recipient {
    /// The recipient with this number; an empty one is nobody yet.
    pub fn of_phone(number: &str) -> Self {
        if number.trim().is_empty() {
            return Self::NotChosen;
        }
        region_of_phone(number).map_or(Self::Elsewhere, Self::Phone)
    }
}

/// All that decides.
#[derive(Debug, Clone, Copy)]
pub struct Situation<'a> {
    /// The account that sends.
    pub account: &'a Account,
    /// The number it sends from, once chosen.
    pub number: Option<&'a PhoneNumber>,
    /// What is sent.
    pub subject: Subject<'a>,
    /// To whom.
    pub recipient: Recipient,
    /// What the person chose for this message.
    pub choice: &'a DeliveryChoice,
    /// When.
    pub now: Timestamp,
}

/// The way a message will take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Route {
    /// Optimized.
    Optimized,
    /// Through Cloud API, as asked.
    CloudApi,
    /// Asked to go optimized, will go through Cloud API.
    Fallback,
    /// Cannot be sent, or will not arrive.
    Refused,
}

/// What will happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forecast {
    /// The way.
    pub route: Route,
    /// Why, most important first; at least one.
    pub reasons: Vec<Reason>,
    /// What the message lacks on that way.
    pub lost: Vec<Lost>,
    /// What else is worth knowing.
    pub notes: Vec<Note>,
    /// Whether it follows from what is known. If not, reasons and notes say what is not known, and the message may
    /// still go another way.
    pub certain: bool,
}

impl Forecast {
    /// Whether sending makes no sense: refused for certain.
    pub fn stops_sending(&self) -> bool {
        self.route == Route::Refused && self.certain
    }

    /// What Meta will call it when billing (`pricing.category`); `None` when it is not sent or not known.
    pub fn pricing_category(&self, kind: MessageKind) -> Option<PricingCategory> {
        match (self.route, kind) {
            (Route::Refused, _) | (_, MessageKind::OtherTemplate) => None,
            (Route::Optimized, _) => Some(PricingCategory::MarketingLite),
            (_, MessageKind::Marketing) => Some(PricingCategory::Marketing),
            (_, MessageKind::Utility) => Some(PricingCategory::Utility),
            (_, MessageKind::Authentication) => Some(PricingCategory::Authentication),
            (_, MessageKind::Service | MessageKind::Response) => Some(PricingCategory::Service),
        }
    }
}

impl Situation<'_> {
    /// What kind of message it is.
    pub fn kind(&self) -> MessageKind {
        match self.subject {
            Subject::Template(template) => MessageKind::of(template),
            Subject::FreeForm { kind, .. } => kind,
        }
    }

    fn template(&self) -> Option<&Template> {
        match self.subject {
            Subject::Template(template) => Some(template),
            Subject::FreeForm { .. } => None,
        }
    }
}

/// What will happen when this is sent now (R33).
///
/// First everything that keeps any message from being sent or from arriving; then the way. Regions without
/// optimisation are a note, not a fallback: the message still goes through the Marketing Messages API there.
pub fn forecast(situation: &Situation<'_>) -> Forecast {
    let mut found = Findings::default();
    found.template(situation);
    found.account(situation);
    found.number(situation);
    found.recipient(situation);
    found.window(situation);
    let way = way(situation, &mut found);
    let route = if found.refusals.is_empty() { way } else { Route::Refused };
    if matches!(route, Route::Optimized) {
        found.business(situation);
    }
    let lost = match route {
        Route::Fallback | Route::CloudApi => lost(situation),
        Route::Optimized | Route::Refused => Vec::new(),
    };
    let mut reasons = found.refusals;
    reasons.extend(found.reasons);
    Forecast { route, reasons, lost, notes: found.notes, certain: found.sure_refusal || !found.doubtful }
}

#[derive(Default)]
struct Findings {
    refusals: Vec<Reason>,
    reasons: Vec<Reason>,
    notes: Vec<Note>,
    /// One refusal at least follows from what is known.
    sure_refusal: bool,
    /// Something that matters is not known.
    doubtful: bool,
}

impl Findings {
    fn refuse(&mut self, reason: Reason) {
        self.refusals.push(reason);
        self.sure_refusal = true;
    }

    fn template(&mut self, situation: &Situation<'_>) {
        let Some(template) = situation.template() else {
            return;
        };
        match &template.status {
            TemplateStatus::Approved => {}
            TemplateStatus::Unknown(status) => {
                self.notes.push(Note::TemplateStatusUnknown(status.as_str().into()));
                self.doubtful = true;
            }
            status => self.refuse(Reason::TemplateNotSendable(status.clone())),
        }
        let right = template
            .correct_category
            .as_ref()
            .map(|category| MessageKind::of(&Template { category: category.clone(), ..Template::default() }));
        if let Some(right) = right.filter(|right| *right != MessageKind::of(template)) {
            self.notes.push(Note::CategoryMayChange(right));
        }
    }

    /// Refuses, unless it is only likely: then the forecast is not certain.
    fn refuse_if(&mut self, sure: bool, reason: Reason) {
        if sure {
            self.refuse(reason);
        } else {
            self.refusals.push(reason);
            self.doubtful = true;
        }
    }

    fn account(&mut self, situation: &Situation<'_>) {
        let account = situation.account;
        let kind = situation.kind();
        let mut announced = false;
        let mut stopped = false;
        for restriction in account.active_restrictions(situation.now) {
            announced = true;
            if stops(&restriction.kind, kind) {
                stopped = true;
                self.refuse(Reason::RestrictionHolds { kind: restriction.kind.clone(), until: restriction.expires });
            }
        }
        // Short restrictions stop templates and leave answers alone, longer ones stop both: without an announcement it is
        // not known which one an account has.
        let spared = !kind.is_template() && announced && !stopped;
        if !stopped && !spared && account.onboarding.class() == StatusClass::Restricted {
            self.refuse_if(kind.is_template(), Reason::AccountRestricted);
        }
        self.health(account.health.as_ref(), kind, spared);
        if let Some(country) = account.country.as_deref().and_then(Country::new)
            && country.as_business() == RegionEffect::Sanctioned
        {
            self.notes.push(Note::BusinessSanctioned { side: Side::Business, country });
            self.doubtful = true;
        }
    }

    /// `spared`: a restriction is known to leave this kind of message alone.
    fn health(&mut self, health: Option<&Health>, kind: MessageKind, spared: bool) {
        for entity in health.map(Health::obstacles).unwrap_or_default() {
            let classes: Vec<ErrorClass> = entity.messaging_errors().map(|error| error.class(&entity.kind)).collect();
            // What Meta bills are templates: answers go out without a payment method.
            let leaves_alone = |class: &ErrorClass| match class {
                _ if kind.is_template() => false,
                ErrorClass::Payment => true,
                ErrorClass::Restricted => spared,
                _ => false,
            };
            let mut blocking = classes.iter().filter(|class| !leaves_alone(class)).peekable();
            let blocks = classes.is_empty() || blocking.peek().is_some();
            if entity.messaging() == CanSend::Blocked && blocks {
                let may_spare = !kind.is_template() && !classes.is_empty();
                let sure = !may_spare || blocking.any(|class| *class != ErrorClass::Restricted);
                let code = entity.messaging_errors().next().map(|error| error.code);
                self.refuse_if(sure, Reason::HealthBlocked { entity: entity.kind.clone(), code });
            } else {
                self.notes.push(Note::HealthLimited(entity.kind.clone()));
            }
        }
    }

    fn number(&mut self, situation: &Situation<'_>) {
        let Some(number) = situation.number else {
            return;
        };
        let kind = situation.kind();
        if matches!(number.platform, Platform::OnPremise | Platform::NotApplicable) {
            self.refuse(Reason::NumberNotOnCloudApi(number.platform.clone()));
        } else if !number.is_usable() && (kind.is_template() || number.status != NumberStatus::Restricted) {
            self.refuse(Reason::NumberNotUsable(number.status.clone()));
        } else if number.status.class() != NumberClass::Active && number.status.is_known() {
            // A restricted number may still answer.
            self.notes.push(Note::NumberNeedsCare(number.status.clone()));
        }
        // The number's tree repeats the account's entities; its own are what is new here.
        if let Some(health) = &number.health {
            let own = Health {
                overall: CanSend::default(),
                entities: health.entities.iter().filter(|entity| entity.kind == EntityKind::PhoneNumber).cloned().collect(),
            };
            self.health(Some(&own), kind, false);
        }
    }

    fn recipient(&mut self, situation: &Situation<'_>) {
        let marketing = situation.kind() == MessageKind::Marketing;
        match situation.recipient {
            Recipient::NotChosen => {}
            Recipient::Elsewhere => self.notes.push(Note::RecipientUnknown),
            Recipient::UserId => self.user_id(situation),
            Recipient::Phone(region) => {
                if let Some(doubt) = region.doubt {
                    self.notes.push(Note::RecipientInDoubt(doubt));
                    self.doubtful |= marketing || matches!(doubt, Doubt::MayBeSanctioned(_));
                }
                if let Some(country) = region.country {
                    match country.as_recipient() {
                        RegionEffect::Sanctioned => self.refuse(Reason::RecipientSanctioned(country)),
                        RegionEffect::NotDeliverable if marketing => {
                            self.refuse(Reason::RecipientNotDeliverable(country));
                        }
                        _ => {}
                    }
                }
            }
        }
    }

    fn user_id(&mut self, situation: &Situation<'_>) {
        let max_price = situation.template().is_some_and(|template| template.max_price);
        match situation.kind() {
            MessageKind::Authentication => self.refuse(Reason::NeedsPhoneNumber),
            MessageKind::Marketing if max_price => self.refuse(Reason::NeedsPhoneNumber),
            _ => {}
        }
    }

    fn window(&mut self, situation: &Situation<'_>) {
        match situation.subject {
            Subject::FreeForm { window_open: Some(false), .. } => self.refuse(Reason::WindowClosed),
            Subject::FreeForm { window_open: None, .. } => {
                self.notes.push(Note::WindowUnknown);
                self.doubtful = true;
            }
            _ => {}
        }
    }

    /// What regions and sync do to a message that goes optimized.
    fn business(&mut self, situation: &Situation<'_>) {
        let account = situation.account;
        let business = account.country.as_deref().and_then(Country::new);
        let number = situation.number.and_then(|number| region_of_phone(&number.display)).and_then(|region| region.country);
        let recipient = match situation.recipient {
            Recipient::Phone(region) => region.country,
            Recipient::UserId => {
                self.notes.push(Note::UserIdNotOptimized);
                None
            }
            _ => None,
        };
        let sides = [
            (Side::Business, business, Country::as_business as fn(Country) -> RegionEffect),
            (Side::BusinessNumber, number, Country::as_business),
            (Side::Recipient, recipient, Country::as_recipient),
        ];
        for (side, country, effect) in sides {
            let Some(country) = country else { continue };
            if side == Side::BusinessNumber && Some(country) == business {
                continue;
            }
            self.notes.extend(match effect(country) {
                RegionEffect::NoOptimization => Some(Note::NoOptimization { side, country }),
                RegionEffect::Limited => Some(Note::Limited { side, country }),
                RegionEffect::Sanctioned if side == Side::BusinessNumber => Some(Note::BusinessSanctioned { side, country }),
                RegionEffect::Sanctioned | RegionEffect::Full | RegionEffect::NotDeliverable => None,
            });
        }
        if situation.template().is_some_and(|template| template.synced == Some(false)) {
            self.notes.push(Note::MayStillSync);
            self.doubtful = true;
        }
    }
}

/// Whether an announced restriction keeps this kind of message from being sent.
fn stops(restriction: &RestrictionKind, kind: MessageKind) -> bool {
    match restriction {
        RestrictionKind::BusinessInitiatedMessaging => kind.is_template(),
        RestrictionKind::CustomerInitiatedMessaging => !kind.is_template(),
        RestrictionKind::UtilityTemplates => kind == MessageKind::Utility,
        _ => false,
    }
}

/// The way, leaving aside what refuses any message.
fn way(situation: &Situation<'_>, found: &mut Findings) -> Route {
    let account = situation.account;
    let kind = situation.kind();
    let max_price = situation.template().is_some_and(|template| template.max_price);
    let cloud_closed = account.cloud_api_marketing_disabled == Some(true) && !flag_without_effect(account);
    match situation.choice.checked(kind, account) {
        None => {
            found.reasons.push(Reason::NotMarketing(kind));
            Route::CloudApi
        }
        Some(false) => {
            if cloud_closed {
                found.refuse_if(onboarding_begun(account), Reason::CloudApiMarketingDisabled);
            }
            if max_price {
                found.refuse(Reason::MaxPriceNeedsOptimized);
            }
            found.reasons.push(Reason::NotSelected);
            Route::CloudApi
        }
        Some(true) if account.onboarding.class() == StatusClass::On => {
            found.reasons.push(Reason::Onboarded);
            Route::Optimized
        }
        Some(true) => {
            let known = account.onboarding.class() != StatusClass::Unknown;
            if situation.choice.policy == ProductPolicy::Strict {
                found.refuse_if(known, Reason::StrictWithoutOnboarding);
            }
            if cloud_closed && !terms_signed(account) {
                let sure = known && onboarding_begun(account);
                found.refuse_if(sure, Reason::CloudApiMarketingDisabled);
            }
            if known {
                found.reasons.push(Reason::NotOnboarded(account.onboarding.clone()));
            } else {
                found.doubtful = true;
                let raw: CompactString = account.onboarding.as_wire().into();
                found.reasons.push(Reason::OnboardingUnknown(raw));
            }
            if max_price {
                found.doubtful = true;
                found.notes.push(Note::MaxPriceMayBeRefused);
            }
            Route::Fallback
        }
    }
}

/// Whether `disable_marketing_messages_on_cloud_api` has no effect: Meta says so of accounts that have not begun onboarding,
/// and here all that tells it, portfolio and account, says that nothing has begun.
fn flag_without_effect(account: &Account) -> bool {
    let not_started = account.portfolio.as_ref().is_some_and(|portfolio| portfolio.terms == TermsStatus::NotStarted);
    not_started && account.onboarding.class() != StatusClass::Unknown && !account.onboarding.terms_accepted()
}

/// Whether the account is known to have begun onboarding. While that is not known, a refusal for unsigned terms is likely,
/// not certain.
fn onboarding_begun(account: &Account) -> bool {
    terms_signed(account) || account.portfolio.as_ref().is_some_and(|portfolio| portfolio.terms == TermsStatus::RequestSent)
}

/// Whether the terms are signed, by the portfolio or by what the account's own status implies.
fn terms_signed(account: &Account) -> bool {
    account.onboarding.terms_accepted()
        || account.portfolio.as_ref().is_some_and(|portfolio| portfolio.terms == TermsStatus::Signed)
}

/// What a marketing template lacks when it goes through Cloud API.
fn lost(situation: &Situation<'_>) -> Vec<Lost> {
    let Some(template) = situation.template() else {
        return Vec::new();
    };
    if MessageKind::of(template) != MessageKind::Marketing {
        return Vec::new();
    }
    let gif = |components: &[Component]| {
        components.iter().any(|component| matches!(component, Component::Header(Header::Media { kind: MediaKind::Gif, .. })))
    };
    let own_ttl = template.ttl_seconds.filter(|seconds| *seconds > 0 && *seconds != THIRTY_DAYS);
    [
        own_ttl.map(Lost::TimeToLive),
        gif(&template.components).then_some(Lost::GifHeader),
        template.creative_optimization.then_some(Lost::CreativeOptimization),
        template.max_price.then_some(Lost::MaxPrice),
        situation.choice.activity_sharing.map(|_| Lost::ActivitySharing),
    ]
    .into_iter()
    .flatten()
    .collect()
}
