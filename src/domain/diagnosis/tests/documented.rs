//! Examples as Meta documents them: for each the first finding names the right cause and whose move it is.

use super::*;
use crate::domain::account::Traits;

fn restricted(kind: RestrictionKind, expires: Option<Timestamp>) -> Case {
    Case::with(|account| account.restrictions.push(Restriction { kind, expires }))
}

fn status(status: OnboardingStatus) -> Case {
    let mut case = Case::well();
    case.account.onboarding = status;
    case.account.funding_id = Some("5".into());
    case
}

fn numbered(change: impl FnOnce(&mut crate::domain::PhoneNumber)) -> Case {
    let mut case = Case::well();
    change(&mut case.account.numbers[0]);
    case
}

fn blocked(kind: EntityKind, code: i64, description: &str) -> Case {
    Case::with(|account| {
        account.health = Some(tree(vec![
            entity(kind, CanSend::Blocked, &[(code, description, "What Meta advises.")]),
            HealthEntity { id: "8".into(), ..entity(EntityKind::App, CanSend::Available, &[]) },
        ]));
    })
}

fn verified(value: &str) -> Case {
    Case::with(|account| account.business_verification = Some(value.into()))
}

fn templated(change: impl FnOnce(&mut Template)) -> Case {
    let mut changed = template("spring_offer", TemplateStatus::Approved);
    change(&mut changed);
    Case { templates: Some(vec![changed, template("steady", TemplateStatus::Approved)]), ..Case::well() }
}

fn failed(code: i64) -> Case {
    let failure = FailureFacts { at: after(-600), code: Some(code), words: "Meta said so".into(), ..FailureFacts::default() };
    Case { failures: vec![failure], ..Case::well() }
}

fn token(change: impl FnOnce(&mut TokenFacts)) -> Case {
    let mut facts = TokenFacts { valid: Some(true), ..TokenFacts::default() };
    change(&mut facts);
    Case { token: Some(facts), ..Case::well() }
}

fn told(kind: EventKind, value: &str) -> Case {
    Case { events: vec![event(kind, "", "", value, -3_600)], ..Case::well() }
}

const US: Option<Actor> = Some(Actor::Us);
const ADMIN: Option<Actor> = Some(Actor::Admin);
const META: Option<Actor> = Some(Actor::Meta);
const NOBODY: Option<Actor> = Some(Actor::Nobody);

#[rstest]
// the statuses of optimized delivery
#[case(status(OnboardingStatus::Eligible), "terms_not_accepted", ADMIN, Severity::Notice)]
#[case(status(OnboardingStatus::PendingValidPaymentMethod), "payment", ADMIN, Severity::Limiting)]
#[case(status(OnboardingStatus::PendingInternalSetup), "setup_pending", META, Severity::Limiting)]
#[case(status(OnboardingStatus::IneligibleInactiveOrRestricted), "account_restricted", ADMIN, Severity::Blocking)]
#[case(status(OnboardingStatus::IneligibleCountryNotSupported), "country_not_supported", NOBODY, Severity::Limiting)]
#[case(status(OnboardingStatus::IneligibleOnBehalfOfWaba), "on_behalf_of", ADMIN, Severity::Limiting)]
#[case(status(OnboardingStatus::IneligibleUsingWhatsappBusinessApp), "uses_business_app", ADMIN, Severity::Limiting)]
#[case(status(OnboardingStatus::from_wire("INELIGIBLE_SOMETHING_NEW")), "ineligible_unknown", None, Severity::Limiting)]
#[case(status(OnboardingStatus::from_wire("SOMETHING_NEW")), "onboarding_unknown", None, Severity::Notice)]
#[case(status(OnboardingStatus::default()), "onboarding_unknown", None, Severity::Notice)]
// enforcement
#[case(
    restricted(RestrictionKind::BusinessInitiatedMessaging, Some(after(86_400))),
    "restriction_announced",
    NOBODY,
    Severity::Blocking
)]
#[case(restricted(RestrictionKind::BusinessInitiatedMessaging, None), "restriction_announced", ADMIN, Severity::Blocking)]
#[case(
    restricted(RestrictionKind::CustomerInitiatedMessaging, Some(after(86_400))),
    "restriction_announced",
    NOBODY,
    Severity::Blocking
)]
#[case(restricted(RestrictionKind::AddPhoneNumber, Some(after(86_400))), "restriction_announced", NOBODY, Severity::Limiting)]
#[case(restricted(RestrictionKind::UtilityTemplates, Some(after(86_400))), "restriction_announced", NOBODY, Severity::Blocking)]
#[case(
    restricted(RestrictionKind::DirectSendUtilityTemplates, Some(after(9))),
    "restriction_announced",
    NOBODY,
    Severity::Limiting
)]
#[case(told(EventKind::Disabling, "DISABLE"), "account_disabled", ADMIN, Severity::Blocking)]
#[case(told(EventKind::Disabling, "SCHEDULE_FOR_DISABLE"), "disable_scheduled", ADMIN, Severity::Warning)]
#[case(told(EventKind::Violation, "SPAM"), "policy_violation", US, Severity::Warning)]
#[case(blocked(EntityKind::Waba, 131_031, "Business Account locked"), "account_locked", ADMIN, Severity::Blocking)]
#[case(
    blocked(EntityKind::Waba, 131_031, "It was restricted for violating a policy."),
    "account_restricted",
    ADMIN,
    Severity::Blocking
)]
#[case(blocked(EntityKind::Waba, 141_014, "The WABA is banned."), "account_disabled", ADMIN, Severity::Blocking)]
#[case(blocked(EntityKind::Business, 368, "Temporarily blocked"), "account_restricted", ADMIN, Severity::Blocking)]
#[case(failed(131_031), "sends_failing", ADMIN, Severity::Blocking)]
#[case(failed(131_064), "sends_failing", ADMIN, Severity::Blocking)]
// reviews
#[case(Case::with(|account| account.review = Some(ReviewStatus::Rejected)), "review_rejected", ADMIN, Severity::Blocking)]
#[case(Case::with(|account| account.review = Some(ReviewStatus::Restricted)), "review_restricted", ADMIN, Severity::Blocking)]
#[case(Case::with(|account| account.review = Some(ReviewStatus::Pending)), "review_pending", META, Severity::Warning)]
#[case(Case::with(|account| account.review = Some(ReviewStatus::Deferred)), "review_deferred", META, Severity::Warning)]
#[case(verified("not_verified"), "business_unverified", ADMIN, Severity::Limiting)]
#[case(verified("UNVERIFIED"), "business_unverified", ADMIN, Severity::Limiting)]
#[case(verified("pending"), "verification_running", META, Severity::Limiting)]
#[case(verified("pending_need_more_info"), "verification_incomplete", ADMIN, Severity::Limiting)]
#[case(verified("revoked"), "verification_failed", ADMIN, Severity::Limiting)]
#[case(
    blocked(EntityKind::Business, 141_010, "The Business has not passed business verification."),
    "business_unverified",
    ADMIN,
    Severity::Blocking
)]
// numbers
#[case(Case::with(|account| account.numbers.clear()), "no_number", ADMIN, Severity::Blocking)]
#[case(numbered(|number| number.status = NumberStatus::Pending), "number_pending", US, Severity::Blocking)]
#[case(numbered(|number| { number.status = NumberStatus::Pending; number.code_verification = CodeVerification::NotVerified; }), "number_unverified", ADMIN, Severity::Blocking)]
#[case(numbered(|number| number.status = NumberStatus::Disconnected), "number_disconnected", US, Severity::Blocking)]
#[case(numbered(|number| number.status = NumberStatus::Banned), "number_banned", ADMIN, Severity::Blocking)]
#[case(numbered(|number| number.status = NumberStatus::Restricted), "number_restricted", NOBODY, Severity::Blocking)]
#[case(numbered(|number| number.status = NumberStatus::Flagged), "number_flagged", US, Severity::Limiting)]
#[case(numbered(|number| number.status = NumberStatus::RateLimited), "number_rate_limited", NOBODY, Severity::Limiting)]
#[case(numbered(|number| number.status = NumberStatus::Migrated), "number_gone", ADMIN, Severity::Blocking)]
#[case(numbered(|number| number.status = NumberStatus::from_wire("ON_HOLD")), "number_status_unknown", None, Severity::Warning)]
#[case(numbered(|number| number.platform = Platform::OnPremise), "number_not_on_cloud_api", US, Severity::Blocking)]
#[case(numbered(|number| number.quality = Quality::Red), "quality_low", US, Severity::Warning)]
#[case(numbered(|number| number.quality = Quality::Yellow), "quality_medium", US, Severity::Notice)]
#[case(numbered(|number| number.name_status = NameStatus::Declined), "name_declined", ADMIN, Severity::Warning)]
#[case(numbered(|number| number.name_status = NameStatus::PendingReview), "name_in_review", META, Severity::Notice)]
#[case(numbered(|number| number.limit = MessagingLimit::default()), "limit_not_reported", None, Severity::Notice)]
#[case(numbered(|number| number.limit = MessagingLimit::NotSet), "limit_not_reported", None, Severity::Notice)]
#[case(numbered(|number| number.limit = MessagingLimit::Tier250), "limit_low", US, Severity::Notice)]
#[case(blocked(EntityKind::Waba, 141_777, "The messaging limit has been reached."), "limit_reached", NOBODY, Severity::Blocking)]
// templates
#[case(templated(|template| template.status = TemplateStatus::Paused), "templates_paused", US, Severity::Limiting)]
#[case(templated(|template| template.status = TemplateStatus::Disabled), "templates_disabled", US, Severity::Limiting)]
#[case(templated(|template| template.status = TemplateStatus::Rejected), "templates_rejected", US, Severity::Limiting)]
#[case(templated(|template| template.status = TemplateStatus::LimitExceeded), "templates_over_limit", US, Severity::Limiting)]
#[case(templated(|template| template.status = TemplateStatus::InAppeal), "templates_in_review", META, Severity::Notice)]
#[case(templated(|template| template.quality = Quality::Red), "templates_low_quality", US, Severity::Warning)]
#[case(templated(|template| template.previous_category = Some(Category::Utility)), "templates_recategorised", US, Severity::Warning)]
#[case(templated(|template| template.correct_category = Some(Category::Utility)), "templates_miscategorised", US, Severity::Warning)]
#[case(Case { templates: Some(vec![template("only", TemplateStatus::Rejected)]), ..Case::well() }, "no_sendable_template", US, Severity::Blocking)]
// paying and falling back
#[case(blocked(EntityKind::Waba, 141_006, "There is an error with the payment method."), "payment", ADMIN, Severity::Blocking)]
#[case(blocked(EntityKind::Waba, 131_042, "Business eligibility payment issue"), "payment", ADMIN, Severity::Blocking)]
#[case(failed(131_042), "payment", ADMIN, Severity::Blocking)]
#[case(Case { account: Account { traits: Traits { cloud_api_marketing_disabled: Some(true), ..Traits::default() }.into(), ..status(OnboardingStatus::Eligible).account }, ..Case::default() }, "fallback_forbidden", US, Severity::Blocking)]
// the token and the limits of calls
#[case(token(|facts| facts.valid = Some(false)), "token_refused", US, Severity::Blocking)]
#[case(token(|facts| facts.expires = Some(after(-5))), "token_expired", US, Severity::Blocking)]
#[case(token(|facts| facts.expires = Some(after(86_400))), "token_expiring", US, Severity::Warning)]
#[case(token(|facts| facts.data_access_expires = Some(after(86_400))), "data_access_ending", US, Severity::Warning)]
#[case(token(|facts| facts.lacks = vec!["whatsapp_business_messaging".into()]), "scope_missing", US, Severity::Blocking)]
#[case(token(|facts| facts.lacks = vec!["business_management".into()]), "scope_missing", US, Severity::Notice)]
#[case(Case { usage: vec![UsageFacts { of: LimitOf::Account, percent: 100, resting_until: Some(after(600)) }], ..Case::well() }, "calls_resting", NOBODY, Severity::Limiting)]
// what nobody documents
#[case(blocked(EntityKind::Waba, 141_999, "Something that no page explains"), "health_blocked", None, Severity::Blocking)]
#[case(Case::with(|account| account.operational_status = Some("FROZEN".into())), "status_undocumented", None, Severity::Warning)]
#[case(failed(987_654), "sends_failing", None, Severity::Warning)]
fn the_first_finding_names_the_cause_and_whose_move_it_is(
    #[case] case: Case,
    #[case] cause: &str,
    #[case] actor: Option<Actor>,
    #[case] severity: Severity,
) {
    let first = case.first();
    assert_eq!((first.cause.name(), first.actor, first.severity), (cause, actor, severity), "{first:#?}");
    assert!(!first.evidence.is_empty());
}
