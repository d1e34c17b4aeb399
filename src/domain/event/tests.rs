//! Differences between two looks at an account.

use super::*;
use crate::domain::{
    account::{OnboardingStatus, RestrictionKind, ReviewStatus},
    fixtures::{account, after, now, number, with_restriction},
    number::{MessagingLimit, NumberStatus, Quality},
};

fn kinds(events: &[Event]) -> Vec<EventKind> {
    events.iter().map(|event| event.kind.clone()).collect()
}

#[test]
fn nothing_changed_is_no_event() {
    let same = account("1", OnboardingStatus::Eligible);
    assert_eq!(differences(&same, &same, now()), []);
}

#[test]
fn each_change_is_one_event_with_both_values() {
    let mut before = account("1", OnboardingStatus::Eligible);
    before.review = Some(ReviewStatus::Pending);
    let mut later = before.clone();
    later.onboarding = OnboardingStatus::Onboarded;
    later.review = Some(ReviewStatus::Approved);
    later.numbers[0].status = NumberStatus::Flagged;
    later.numbers[0].quality = Quality::Red;
    later.numbers[0].limit = MessagingLimit::Tier10k;
    let events = differences(&before, &later, after(5));
    let expected =
        [EventKind::Onboarding, EventKind::Review, EventKind::Limit, EventKind::NumberStatus, EventKind::NumberQuality];
    assert_eq!(kinds(&events), expected);
    let first = &events[0];
    assert_eq!((first.before.as_deref(), first.after.as_deref()), (Some("ELIGIBLE"), Some("ONBOARDED")));
    assert_eq!((first.at, first.account.as_ref().map(WabaId::as_str)), (after(5), Some("1")));
}

#[test]
fn a_field_that_is_missing_once_is_no_change_in_either_direction() {
    let full = account("1", OnboardingStatus::Eligible);
    let mut bare = full.clone();
    bare.onboarding = OnboardingStatus::default();
    bare.health = None;
    bare.numbers = Vec::new();
    assert_eq!(differences(&full, &bare, now()), []);
    assert_eq!(differences(&bare, &full, now()), []);
}

#[test]
fn numbers_that_come_and_go_are_told() {
    let before = account("1", OnboardingStatus::Eligible);
    let mut later = before.clone();
    let mut other = number(Quality::Green);
    other.id = "2".into();
    other.display = "+49 30 901821".into();
    later.numbers = vec![other];
    assert_eq!(kinds(&differences(&before, &later, now())), [EventKind::NumberAdded, EventKind::NumberRemoved]);
}

#[test]
fn a_new_restriction_is_told_with_its_end() {
    let before = account("1", OnboardingStatus::Eligible);
    let later = with_restriction(before.clone(), RestrictionKind::BusinessInitiatedMessaging, Some(after(60)));
    let events = differences(&before, &later, now());
    assert_eq!(kinds(&events), [EventKind::Restriction]);
    assert_eq!(events[0].subject, "RESTRICTED_BIZ_INITIATED_MESSAGING");
    assert_eq!(events[0].after, Some(until(Some(after(60)))));
}

#[test]
fn one_word_for_not_rated_is_as_good_as_the_other() {
    assert!(same_value("NA", "unknown") && same_value("verified", "VERIFIED") && !same_value("RED", "NA"));
}
