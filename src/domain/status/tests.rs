//! Statuses, their order, limits and qualities.

use rstest::rstest;

use super::*;
use crate::domain::{
    account::{RestrictionKind, TermsStatus},
    fixtures::{account, after, entity, now, number, owned, with_health, with_restriction},
    health::EntityKind,
    number::{Platform, Standing},
};

#[rstest]
#[case("ELIGIBLE", StatusClass::Actionable, NextStep::Upgrade)]
#[case("ONBOARDED", StatusClass::On, NextStep::Nothing)]
#[case("PENDING_VALID_PAYMENT_METHOD", StatusClass::NeedsPayment, NextStep::AddPaymentMethod)]
#[case("PENDING_INTERNAL_SETUP", StatusClass::Waiting, NextStep::WaitForMeta)]
#[case("INELIGIBLE_INACTIVE_OR_RESTRICTED", StatusClass::Restricted, NextStep::Appeal)]
#[case("INELIGIBLE_COUNTRY_NOT_SUPPORTED", StatusClass::Blocked, NextStep::NoneInThisCountry)]
#[case("INELIGIBLE_ON_BEHALF_OF_WABA", StatusClass::Blocked, NextStep::TransferOwnership)]
#[case("INELIGIBLE_USING_WHATSAPP_BUSINESS_APP", StatusClass::Blocked, NextStep::SortOutBusinessApp)]
#[case("INELIGIBLE_FOR_A_NEW_REASON", StatusClass::Blocked, NextStep::ReadAgain)]
#[case("PENDING_A_NEW_THING", StatusClass::Waiting, NextStep::WaitForMeta)]
#[case("ONBOARDED_IN_PART", StatusClass::Unknown, NextStep::ReadAgain)]
#[case("", StatusClass::Unknown, NextStep::ReadAgain)]
fn r2_each_status_has_its_class_and_next_step(#[case] wire: &str, #[case] class: StatusClass, #[case] step: NextStep) {
    let status = OnboardingStatus::from_wire(wire);
    assert_eq!(status.class(), class);
    assert_eq!(status.next_step(), step);
}

#[test]
fn r2_only_onboarded_is_on() {
    for status in OnboardingStatus::KNOWN {
        assert_eq!(status.class() == StatusClass::On, *status == OnboardingStatus::Onboarded, "{status:?}");
    }
}

#[test]
fn r2_a_restriction_is_never_read_out_of_an_unknown_status() {
    let status = OnboardingStatus::from_wire("INELIGIBLE_RESTRICTED_BY_SOMETHING_NEW");
    assert_eq!(status.class(), StatusClass::Blocked);
}

#[test]
fn r1_the_worst_account_comes_first() {
    use OnboardingStatus as Status;
    let red = |status| Account { numbers: vec![number(Quality::Red)], ..account("1", status) };
    let blocked = |code| with_health(account("1", Status::Onboarded), entity(EntityKind::Waba, CanSend::Blocked, &[code]));
    let limited = with_health(account("1", Status::Onboarded), entity(EntityKind::Business, CanSend::Limited, &[141010]));
    let announced =
        with_restriction(account("1", Status::Onboarded), RestrictionKind::BusinessInitiatedMessaging, Some(after(60)));
    let without_numbers = |status| Account { numbers: Vec::new(), ..account("1", status) };
    // From the worst to the best; neighbours in one group are equally bad.
    let groups = [
        vec![account("1", Status::IneligibleInactiveOrRestricted), blocked(368), announced],
        vec![blocked(141006)],
        vec![blocked(141999)],
        vec![without_numbers(Status::Onboarded), without_numbers(Status::Eligible)],
        vec![
            account("1", Status::IneligibleOnBehalfOfWaba),
            account("1", Status::IneligibleUsingWhatsappBusinessApp),
            account("1", Status::from_wire("INELIGIBLE_NEW")),
        ],
        vec![account("1", Status::IneligibleCountryNotSupported)],
        vec![account("1", Status::PendingValidPaymentMethod)],
        vec![limited],
        vec![red(Status::Onboarded), red(Status::Eligible)],
        vec![account("1", Status::Eligible)],
        vec![account("1", Status::PendingInternalSetup)],
        vec![account("1", Status::default())],
        vec![account("1", Status::Onboarded)],
    ];
    let ranks: Vec<Vec<Attention>> =
        groups.iter().map(|group| group.iter().map(|account| account.attention(now())).collect()).collect();
    for group in &ranks {
        assert!(group.windows(2).all(|pair| pair[0] == pair[1]), "{group:?}");
    }
    assert!(ranks.windows(2).all(|pair| pair[0][0] < pair[1][0]), "{ranks:?}");
}

#[rstest]
#[case(NumberStatus::Banned, Attention::NoUsableNumber, Attention::Limited)]
#[case(NumberStatus::Pending, Attention::NoUsableNumber, Attention::Limited)]
#[case(NumberStatus::Flagged, Attention::Limited, Attention::Limited)]
#[case(NumberStatus::RateLimited, Attention::Limited, Attention::Limited)]
#[case(NumberStatus::Connected, Attention::Well, Attention::Well)]
fn r1_a_number_in_trouble_lifts_its_account(
    #[case] status: NumberStatus,
    #[case] alone: Attention,
    #[case] beside_another: Attention,
) {
    let mut account = account("1", OnboardingStatus::Onboarded);
    account.numbers[0].status = status;
    assert_eq!(account.attention(now()), alone);
    account.numbers.push(PhoneNumber { id: "2".into(), ..number(Quality::Green) });
    assert_eq!(account.attention(now()), beside_another);
}

#[test]
fn r4_the_worst_quality_of_an_accounts_numbers_is_named() {
    let with = |qualities: &[Quality]| Account { numbers: qualities.iter().cloned().map(number).collect(), ..Account::default() };
    assert_eq!(with(&[]).worst_quality(), None);
    assert_eq!(with(&[Quality::NotRated]).worst_quality(), Some(Quality::NotRated));
    assert_eq!(with(&[Quality::Green, Quality::Red, Quality::Yellow]).worst_quality(), Some(Quality::Red));
    assert_eq!(with(&[Quality::NotRated, Quality::Green]).worst_quality(), Some(Quality::Green));
}

#[test]
fn r4_the_limit_is_the_portfolios_and_counted_once() {
    let two_numbers = |id| {
        let mut account = owned(account(id, OnboardingStatus::Onboarded), "9", TermsStatus::Signed);
        account.numbers.push(number(Quality::Green));
        account
    };
    let accounts = [two_numbers("1"), two_numbers("2"), account("3", OnboardingStatus::Onboarded)];
    assert_eq!(accounts[0].limit(), Some(MessagingLimit::Tier2k));
    let limits = portfolio_limits(&accounts);
    assert_eq!(limits.len(), 1, "one limit for both accounts, none for the one without a portfolio");
    assert_eq!(limits[&"9".into()].users(), Some(Users::AtMost(2_000)));
}

#[test]
fn r4_a_limit_that_is_not_set_gives_way_to_one_that_is() {
    let mut account = account("1", OnboardingStatus::Onboarded);
    account.numbers[0].limit = MessagingLimit::NotSet;
    assert_eq!(account.limit(), Some(MessagingLimit::NotSet));
    account.numbers.push(number(Quality::Green));
    assert_eq!(account.limit(), Some(MessagingLimit::Tier2k));
}

#[rstest]
#[case("TIER_250", Some(Users::AtMost(250)))]
#[case("TIER_100K", Some(Users::AtMost(100_000)))]
#[case("TIER_UNLIMITED", Some(Users::Unlimited))]
#[case("TIER_500", Some(Users::AtMost(500)))]
#[case("TIER_5K", Some(Users::AtMost(5_000)))]
#[case("TIER_99999999K", None)]
#[case("TIER_NOT_SET", None)]
#[case("WHATEVER", None)]
fn tiers_of_later_years_are_read_by_their_spelling(#[case] wire: &str, #[case] users: Option<Users>) {
    assert_eq!(MessagingLimit::from_wire(wire).users(), users);
}

#[rstest]
#[case(NumberStatus::Connected, Platform::CloudApi, true)]
#[case(NumberStatus::Flagged, Platform::CloudApi, true)]
#[case(NumberStatus::default(), Platform::default(), true)]
#[case(NumberStatus::Pending, Platform::CloudApi, false)]
#[case(NumberStatus::Connected, Platform::OnPremise, false)]
#[case(NumberStatus::Banned, Platform::CloudApi, false)]
fn a_number_is_usable_unless_known_not_to_be(#[case] status: NumberStatus, #[case] platform: Platform, #[case] usable: bool) {
    let number = PhoneNumber { standing: Standing { status, platform, ..Standing::default() }.into(), ..PhoneNumber::default() };
    assert_eq!(number.is_usable(), usable);
}
