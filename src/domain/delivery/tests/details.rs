//! What the table leaves out: numbers, health, restrictions, losses, notes, doubts.

use rstest::rstest;

use crate::domain::{
    account::{Account, OnboardingStatus, RestrictionKind, TermsStatus},
    delivery::{
        DeliveryChoice, Forecast, Lost, MessageKind, Note, PricingCategory, ProductPolicy, Reason, Recipient, Route, Side,
        Situation, Subject, forecast,
    },
    fixtures::{account, after, entity, now, owned, with_health, with_restriction},
    health::{CanSend, EntityKind},
    number::{NumberStatus, Platform},
    region::{Country, Doubt},
    template::{Category, Component, Header, MediaKind, Template, TemplateStatus},
};

fn onboarded() -> Account {
    account("1", OnboardingStatus::Onboarded)
}

fn eligible() -> Account {
    account("1", OnboardingStatus::Eligible)
}

fn template(category: Category) -> Template {
    Template { category, status: TemplateStatus::Approved, ..Template::default() }
}

fn marketing() -> Template {
    template(Category::Marketing)
}

fn checked(policy: ProductPolicy) -> DeliveryChoice {
    DeliveryChoice { checked: Some(true), policy, activity_sharing: None }
}

fn unchecked() -> DeliveryChoice {
    DeliveryChoice { checked: Some(false), ..DeliveryChoice::default() }
}

fn of(account: &Account, template: &Template, recipient: &str, choice: &DeliveryChoice) -> Forecast {
    forecast(&Situation {
        account,
        number: account.numbers.first(),
        subject: Subject::Template(template),
        recipient: Recipient::of_phone(recipient),
        choice,
        now: now(),
    })
}

fn falling_back(template: &Template) -> Forecast {
    of(&eligible(), template, "", &checked(ProductPolicy::CloudApiFallback))
}

fn country(code: &str) -> Country {
    Country::new(code).unwrap()
}

const BRAZIL: &str = "+55 11 98765-4321";
const GERMANY: &str = "+49 170 1234567";

#[test]
fn r33_a_message_that_goes_optimized_loses_nothing() {
    let rich = Template { ttl_seconds: Some(43_200), max_price: true, creative_optimization: true, ..marketing() };
    let found = of(&onboarded(), &rich, BRAZIL, &checked(ProductPolicy::Strict));
    assert_eq!(found.route, Route::Optimized);
    assert!(found.certain);
    assert_eq!(found.lost, []);
}

#[test]
fn r33_what_is_lost_on_a_fallback_is_said() {
    let rich = Template {
        ttl_seconds: Some(43_200),
        max_price: true,
        creative_optimization: true,
        components: vec![Component::Header(Header::Media { kind: MediaKind::Gif, example: None })],
        ..marketing()
    };
    let choice = DeliveryChoice { activity_sharing: Some(false), ..checked(ProductPolicy::CloudApiFallback) };
    let found = of(&eligible(), &rich, BRAZIL, &choice);
    assert_eq!(found.route, Route::Fallback);
    assert_eq!(
        found.lost,
        [Lost::TimeToLive(43_200), Lost::GifHeader, Lost::CreativeOptimization, Lost::MaxPrice, Lost::ActivitySharing]
    );
    assert!(!found.certain, "Meta does not say whether a max price falls back");
    assert_eq!(found.notes, [Note::MaxPriceMayBeRefused]);
}

#[rstest]
#[case(None)]
#[case(Some(-1))]
#[case(Some(2_592_000))]
fn r33_a_time_to_live_of_30_days_is_not_lost(#[case] ttl_seconds: Option<i64>) {
    let found = falling_back(&Template { ttl_seconds, ..marketing() });
    assert_eq!(found.lost, []);
    assert!(found.certain);
}

#[test]
fn r33_a_max_price_on_cloud_api_is_refused() {
    let priced = Template { max_price: true, ..marketing() };
    let found = of(&onboarded(), &priced, BRAZIL, &unchecked());
    assert_eq!(found.route, Route::Refused);
    assert_eq!(found.reasons[0], Reason::MaxPriceNeedsOptimized);
    assert!(found.stops_sending());
}

#[test]
fn r33_regions_without_optimisation_are_a_note_and_no_fallback() {
    let mut german = onboarded();
    german.country = Some("DE".into());
    let choice = checked(ProductPolicy::Strict);
    let found = of(&german, &marketing(), "+44 7700 900123", &choice);
    assert_eq!(found.route, Route::Optimized);
    assert_eq!(
        found.notes,
        [
            Note::NoOptimization { side: Side::Business, country: country("DE") },
            Note::NoOptimization { side: Side::Recipient, country: country("GB") },
        ]
    );
}

#[test]
fn r6_the_number_counts_where_its_country_is_not_the_businesss() {
    let mut brazilian = onboarded();
    brazilian.country = Some("BR".into());
    let found = of(&brazilian, &marketing(), BRAZIL, &checked(ProductPolicy::Strict));
    assert_eq!(found.notes, [Note::NoOptimization { side: Side::BusinessNumber, country: country("DE") }], "its number is +49");
}

#[test]
fn r6_limited_regions_are_named_as_such() {
    let mut account = onboarded();
    account.numbers[0].display = "+55 11 4000-1234".into();
    let found = of(&account, &marketing(), "+7 495 123-45-67", &checked(ProductPolicy::Strict));
    assert_eq!(found.notes, [Note::Limited { side: Side::Recipient, country: country("RU") }]);
}

#[test]
fn a_us_recipient_gets_utility_but_no_marketing() {
    let us = "+1 415-555-2671";
    for choice in [checked(ProductPolicy::CloudApiFallback), unchecked()] {
        let found = of(&onboarded(), &marketing(), us, &choice);
        assert_eq!(found.route, Route::Refused);
        assert_eq!(found.reasons[0], Reason::RecipientNotDeliverable(country("US")));
        assert!(found.stops_sending());
        let found = of(&onboarded(), &template(Category::Utility), us, &choice);
        assert_eq!(found.route, Route::CloudApi);
    }
}

#[test]
fn a_recipient_who_may_be_in_the_us_leaves_the_forecast_uncertain() {
    let choice = checked(ProductPolicy::Strict);
    let found = of(&onboarded(), &marketing(), "+1 787-555-0123", &choice);
    assert_eq!(found.route, Route::Optimized);
    assert!(!found.certain);
    assert!(found.notes.contains(&Note::RecipientInDoubt(Doubt::MayBeUnitedStates)));
    let utility = of(&onboarded(), &template(Category::Utility), "+1 787-555-0123", &choice);
    assert!(utility.certain);
}

#[test]
fn a_number_of_no_country_is_said_to_be_one() {
    let found = of(&onboarded(), &marketing(), "+999 12345678", &checked(ProductPolicy::Strict));
    assert_eq!(found.notes[0], Note::RecipientUnknown);
}

#[test]
fn an_unknown_onboarding_is_said_and_nothing_refused_for_certain() {
    let account = account("1", OnboardingStatus::default());
    let found = of(&account, &marketing(), BRAZIL, &checked(ProductPolicy::CloudApiFallback));
    assert_eq!(found.route, Route::Fallback);
    assert_eq!(found.reasons, [Reason::OnboardingUnknown("".into())]);
    assert!(!found.certain);
    let found = of(&account, &marketing(), BRAZIL, &checked(ProductPolicy::Strict));
    assert_eq!(found.route, Route::Refused);
    assert!(!found.stops_sending());
}

/// What Meta may invent counts as its first word says, so that the way is known all the same.
#[rstest]
#[case("INELIGIBLE_TOMORROW")]
#[case("PENDING_TOMORROW")]
fn r33_a_new_status_that_says_by_its_first_word_that_it_is_not_on_falls_back_for_certain(#[case] status: &str) {
    let account = account("1", OnboardingStatus::from_wire(status));
    let falls_back = of(&account, &marketing(), "", &checked(ProductPolicy::CloudApiFallback));
    assert_eq!((falls_back.route, falls_back.certain), (Route::Fallback, true));
    let strict = of(&account, &marketing(), "", &checked(ProductPolicy::Strict));
    assert_eq!((strict.route, strict.certain), (Route::Refused, true));
}

#[test]
fn r31_an_untouched_box_follows_the_account() {
    let choice = DeliveryChoice::default();
    assert_eq!(of(&onboarded(), &marketing(), BRAZIL, &choice).route, Route::Optimized);
    let found = of(&eligible(), &marketing(), BRAZIL, &choice);
    assert_eq!(found.route, Route::CloudApi);
    assert_eq!(found.reasons, [Reason::NotSelected]);
}

#[rstest]
#[case(RestrictionKind::BusinessInitiatedMessaging, [true, true, true, false])]
#[case(RestrictionKind::CustomerInitiatedMessaging, [false, false, false, true])]
#[case(RestrictionKind::UtilityTemplates, [false, true, false, false])]
#[case(RestrictionKind::AddPhoneNumber, [false, false, false, false])]
#[case(RestrictionKind::BothCalling, [false, false, false, false])]
fn an_announced_restriction_stops_what_it_names(#[case] kind: RestrictionKind, #[case] stopped: [bool; 4]) {
    let until = Some(after(60));
    let account = with_restriction(onboarded(), kind.clone(), until);
    let templates = [Category::Marketing, Category::Utility, Category::Authentication].map(template);
    let subjects = [
        Subject::Template(&templates[0]),
        Subject::Template(&templates[1]),
        Subject::Template(&templates[2]),
        Subject::FreeForm { kind: MessageKind::Service, window_open: Some(true) },
    ];
    for (subject, stopped) in subjects.into_iter().zip(stopped) {
        let situation = Situation {
            account: &account,
            number: None,
            subject,
            recipient: Recipient::NotChosen,
            choice: &DeliveryChoice::default(),
            now: now(),
        };
        let found = forecast(&situation);
        assert_eq!(found.route == Route::Refused, stopped, "{subject:?}");
        if stopped {
            assert_eq!(found.reasons[0], Reason::RestrictionHolds { kind: kind.clone(), until });
        }
        let later = forecast(&Situation { now: after(61), ..situation });
        assert_ne!(later.route, Route::Refused);
    }
}

#[test]
fn a_blocked_entity_refuses_and_a_limited_one_is_noted() {
    let choice = checked(ProductPolicy::Strict);
    let blocked = with_health(onboarded(), entity(EntityKind::Waba, CanSend::Blocked, &[138024, 141006]));
    let found = of(&blocked, &marketing(), BRAZIL, &choice);
    assert_eq!(found.reasons[0], Reason::HealthBlocked { entity: EntityKind::Waba, code: Some(141006) });
    let limited = with_health(onboarded(), entity(EntityKind::Business, CanSend::Limited, &[141010]));
    let found = of(&limited, &marketing(), BRAZIL, &choice);
    assert_eq!(found.route, Route::Optimized);
    assert!(found.notes.contains(&Note::HealthLimited(EntityKind::Business)));
    let calls = with_health(onboarded(), entity(EntityKind::Waba, CanSend::Blocked, &[138024]));
    assert_eq!(of(&calls, &marketing(), BRAZIL, &choice).route, Route::Optimized);
}

#[rstest]
#[case::payment(&[141006], Route::CloudApi, true)]
#[case::restricted(&[131031], Route::Refused, false)]
#[case::unknown(&[141999], Route::Refused, true)]
#[case::both(&[141006, 131031], Route::Refused, false)]
#[case::worse(&[141999, 131031], Route::Refused, true)]
fn a_service_message_needs_no_payment_and_may_be_spared_by_a_restriction(
    #[case] codes: &[i64],
    #[case] route: Route,
    #[case] certain: bool,
) {
    let blocked = with_health(onboarded(), entity(EntityKind::Waba, CanSend::Blocked, codes));
    let service = |account: &Account| {
        forecast(&Situation {
            account,
            number: None,
            subject: Subject::FreeForm { kind: MessageKind::Service, window_open: Some(true) },
            recipient: Recipient::NotChosen,
            choice: &DeliveryChoice::default(),
            now: now(),
        })
    };
    let found = service(&blocked);
    assert_eq!((found.route, found.certain), (route, certain));
    let announced = with_restriction(blocked, RestrictionKind::BusinessInitiatedMessaging, None);
    let spared = service(&announced).route == Route::CloudApi;
    assert_eq!(spared, !codes.contains(&141999), "it is known to stop templates only");
}

#[test]
fn r33_the_flag_does_nothing_before_onboarding_has_begun() {
    let mut account = owned(eligible(), "p", TermsStatus::NotStarted);
    account.cloud_api_marketing_disabled = Some(true);
    for (choice, route) in [(checked(ProductPolicy::CloudApiFallback), Route::Fallback), (unchecked(), Route::CloudApi)] {
        let found = of(&account, &marketing(), BRAZIL, &choice);
        assert_eq!((found.route, found.certain), (route, true));
    }
}

#[test]
fn r33_the_flag_refuses_for_certain_once_onboarding_has_begun() {
    for (terms, certain) in [(TermsStatus::RequestSent, true), (TermsStatus::default(), false)] {
        let mut account = owned(eligible(), "p", terms);
        account.cloud_api_marketing_disabled = Some(true);
        for choice in [checked(ProductPolicy::CloudApiFallback), unchecked()] {
            let found = of(&account, &marketing(), BRAZIL, &choice);
            assert_eq!(found.route, Route::Refused);
            assert_eq!(found.reasons[0], Reason::CloudApiMarketingDisabled);
            assert_eq!(found.certain, certain);
        }
    }
}

#[test]
fn a_restricted_number_may_still_answer() {
    let mut account = onboarded();
    account.numbers[0].status = NumberStatus::Restricted;
    let found = forecast(&Situation {
        account: &account,
        number: account.numbers.first(),
        subject: Subject::FreeForm { kind: MessageKind::Response, window_open: Some(true) },
        recipient: Recipient::NotChosen,
        choice: &DeliveryChoice::default(),
        now: now(),
    });
    assert_eq!(found.route, Route::CloudApi);
    assert_eq!(found.notes, [Note::NumberNeedsCare(NumberStatus::Restricted)]);
    let template = of(&account, &marketing(), BRAZIL, &checked(ProductPolicy::Strict));
    assert_eq!(template.reasons[0], Reason::NumberNotUsable(NumberStatus::Restricted));
}

#[test]
fn a_business_in_a_sanctioned_country_is_noted_on_every_way() {
    let mut account = eligible();
    account.country = Some("CU".into());
    let found = of(&account, &template(Category::Utility), BRAZIL, &DeliveryChoice::default());
    assert_eq!(found.notes, [Note::BusinessSanctioned { side: Side::Business, country: country("CU") }]);
    assert!(!found.certain);
}

#[test]
fn the_numbers_own_health_counts_and_the_accounts_is_not_counted_twice() {
    let mut account = onboarded();
    let mut health = account.health.clone().unwrap();
    health.entities.push(entity(EntityKind::Waba, CanSend::Limited, &[]));
    health.entities.push(entity(EntityKind::PhoneNumber, CanSend::Blocked, &[131048]));
    account.numbers[0].health = Some(Box::new(health));
    let found = of(&account, &marketing(), BRAZIL, &checked(ProductPolicy::Strict));
    assert_eq!(found.route, Route::Refused);
    assert_eq!(found.reasons[0], Reason::HealthBlocked { entity: EntityKind::PhoneNumber, code: Some(131048) });
    assert_eq!(found.notes, []);
}

#[rstest]
#[case(NumberStatus::Banned, Platform::CloudApi, Some(Reason::NumberNotUsable(NumberStatus::Banned)))]
#[case(NumberStatus::Pending, Platform::CloudApi, Some(Reason::NumberNotUsable(NumberStatus::Pending)))]
#[case(NumberStatus::Connected, Platform::OnPremise, Some(Reason::NumberNotOnCloudApi(Platform::OnPremise)))]
#[case(NumberStatus::Flagged, Platform::CloudApi, None)]
#[case(NumberStatus::Connected, Platform::CloudApi, None)]
fn the_number_must_be_registered_in_the_cloud(
    #[case] status: NumberStatus,
    #[case] platform: Platform,
    #[case] refused: Option<Reason>,
) {
    let mut account = onboarded();
    account.numbers[0].status = status.clone();
    account.numbers[0].platform = platform;
    let found = of(&account, &marketing(), BRAZIL, &checked(ProductPolicy::Strict));
    match refused {
        Some(reason) => assert_eq!(found.reasons[0], reason),
        None => assert_eq!(found.route, Route::Optimized),
    }
    assert_eq!(found.notes.contains(&Note::NumberNeedsCare(status.clone())), status == NumberStatus::Flagged);
}

#[rstest]
#[case(Some(true), Route::CloudApi, true)]
#[case(Some(false), Route::Refused, true)]
#[case(None, Route::CloudApi, false)]
fn a_service_message_needs_the_window_of_24_hours(
    #[case] window_open: Option<bool>,
    #[case] route: Route,
    #[case] certain: bool,
) {
    for kind in [MessageKind::Service, MessageKind::Response] {
        let found = forecast(&Situation {
            account: &onboarded(),
            number: None,
            subject: Subject::FreeForm { kind, window_open },
            recipient: Recipient::of_phone(GERMANY),
            choice: &DeliveryChoice::default(),
            now: now(),
        });
        assert_eq!((found.route, found.certain), (route, certain));
    }
}

#[test]
fn to_a_user_id_nothing_is_optimized_and_some_things_cannot_be_sent() {
    let account = onboarded();
    let choice = checked(ProductPolicy::CloudApiFallback);
    let to_user = |template: &Template| {
        forecast(&Situation {
            account: &account,
            number: None,
            subject: Subject::Template(template),
            recipient: Recipient::UserId,
            choice: &choice,
            now: now(),
        })
    };
    assert_eq!(to_user(&marketing()).notes, [Note::UserIdNotOptimized]);
    let priced = Template { max_price: true, ..marketing() };
    assert_eq!(to_user(&priced).reasons[0], Reason::NeedsPhoneNumber);
    let authentication = template(Category::Authentication);
    assert_eq!(to_user(&authentication).reasons[0], Reason::NeedsPhoneNumber);
}

#[test]
fn a_template_that_is_new_or_may_change_is_noted() {
    let fresh = Template { synced: Some(false), ..marketing() };
    let found = of(&onboarded(), &fresh, BRAZIL, &checked(ProductPolicy::Strict));
    assert!(found.notes.contains(&Note::MayStillSync));
    assert!(!found.certain);
    let drifting = Template { correct_category: Some(Category::Marketing), ..template(Category::Utility) };
    let found = of(&onboarded(), &drifting, BRAZIL, &checked(ProductPolicy::Strict));
    assert_eq!(found.notes, [Note::CategoryMayChange(MessageKind::Marketing)]);
}

#[test]
fn the_price_category_follows_the_route() {
    let priced = |account: &Account, template: &Template| {
        of(account, template, BRAZIL, &checked(ProductPolicy::CloudApiFallback)).pricing_category(MessageKind::of(template))
    };
    assert_eq!(priced(&onboarded(), &marketing()), Some(PricingCategory::MarketingLite));
    assert_eq!(priced(&eligible(), &marketing()), Some(PricingCategory::Marketing));
    assert_eq!(priced(&onboarded(), &template(Category::Utility)), Some(PricingCategory::Utility));
}

#[test]
fn r33_all_refusals_are_named_not_only_the_first() {
    let mut account = owned(eligible(), "p", TermsStatus::RequestSent);
    account.cloud_api_marketing_disabled = Some(true);
    let paused = Template { status: TemplateStatus::Paused, ..marketing() };
    let found = of(&account, &paused, "+1 415-555-2671", &checked(ProductPolicy::Strict));
    assert_eq!(
        found.reasons,
        [
            Reason::TemplateNotSendable(TemplateStatus::Paused),
            Reason::RecipientNotDeliverable(country("US")),
            Reason::StrictWithoutOnboarding,
            Reason::CloudApiMarketingDisabled,
            Reason::NotOnboarded(OnboardingStatus::Eligible),
        ]
    );
}
