//! The list and its order say in one word what the diagnosis says at length.

use proptest::{prelude::*, sample::select};

use super::*;
use crate::domain::{PhoneNumber, number::Standing};

/// The worst that was found about sending.
fn by_findings(findings: &[Finding]) -> Option<CanSend> {
    let stops = |finding: &&Finding| {
        finding.severity == Severity::Blocking && matches!(finding.affects, Affects::Messages | Affects::Templates)
    };
    let hampers = |finding: &&Finding| {
        finding.severity <= Severity::Limiting
            && matches!(
                finding.affects,
                Affects::Messages
                    | Affects::Templates
                    | Affects::Marketing
                    | Affects::Utility
                    | Affects::Answers
                    | Affects::OneNumber
            )
    };
    if findings.iter().any(|finding| stops(&finding)) {
        Some(CanSend::Blocked)
    } else {
        findings.iter().find(hampers).map(|_| CanSend::Limited)
    }
}

fn any_number() -> impl Strategy<Value = PhoneNumber> {
    let mut statuses = NumberStatus::KNOWN.to_vec();
    statuses.extend([NumberStatus::default(), NumberStatus::from_wire("ON_HOLD")]);
    let own = [None, Some(CanSend::Available), Some(CanSend::Limited), Some(CanSend::Blocked)];
    (
        select(statuses),
        select(vec![Platform::CloudApi, Platform::OnPremise, Platform::NotApplicable, Platform::default()]),
        select(vec![CodeVerification::Verified, CodeVerification::NotVerified, CodeVerification::default()]),
        select(own.to_vec()),
        select(vec!["1", "2", "3"]),
    )
        .prop_map(|(status, platform, code_verification, own, id)| {
            let plain = number(Quality::Green);
            let standing = Standing { status, platform, code_verification, ..plain.standing.as_ref().clone() };
            let health =
                own.map(|own| Box::new(tree(vec![HealthEntity { id: id.into(), ..entity(EntityKind::PhoneNumber, own, &[]) }])));
            PhoneNumber { id: id.into(), standing: standing.into(), health, ..plain }
        })
}

fn any_account() -> impl Strategy<Value = Account> {
    let mut onboarding = OnboardingStatus::KNOWN.to_vec();
    onboarding.push(OnboardingStatus::default());
    let mut reviews: Vec<Option<ReviewStatus>> = ReviewStatus::KNOWN.iter().cloned().map(Some).collect();
    reviews.push(None);
    let mut kinds: Vec<Option<RestrictionKind>> = RestrictionKind::KNOWN.iter().cloned().map(Some).collect();
    kinds.extend([None, None, Some(RestrictionKind::from_wire("RESTRICTED_SOMETHING_NEW"))]);
    let healths = vec![
        None,
        Some((EntityKind::Waba, CanSend::Available, 0)),
        Some((EntityKind::Waba, CanSend::Blocked, 131_031)),
        Some((EntityKind::Waba, CanSend::Blocked, 141_006)),
        Some((EntityKind::Waba, CanSend::Blocked, 0)),
        Some((EntityKind::Waba, CanSend::Blocked, 138_024)),
        Some((EntityKind::Business, CanSend::Limited, 0)),
        Some((EntityKind::App, CanSend::Limited, 141_999)),
    ];
    (
        select(onboarding),
        select(reviews),
        proptest::collection::vec((select(kinds), select(vec![None, Some(60), Some(-60)])), 0..3),
        select(healths),
        proptest::collection::vec(any_number(), 0..4),
        any::<Option<bool>>(),
        any::<bool>(),
    )
        .prop_map(|(onboarding, review, restrictions, health, numbers, disabled, unread)| {
            let mut account = account("7", onboarding);
            account.review = review;
            account.cloud_api_marketing_disabled = disabled;
            account.health = health.map(|(kind, can_send, code)| {
                let error = (code, "Meta's words", "");
                tree(vec![entity(kind, can_send, if code == 0 { &[] } else { std::slice::from_ref(&error) })])
            });
            // Each id stands once, as with Meta.
            account.numbers_unread = unread && numbers.is_empty();
            account.numbers = numbers;
            account.numbers.sort_by(|left, right| left.id.cmp(&right.id));
            account.numbers.dedup_by(|left, right| left.id == right.id);
            account.restrictions = restrictions
                .into_iter()
                .filter_map(|(kind, seconds)| Some(Restriction { kind: kind?, expires: seconds.map(after) }))
                .collect();
            account
        })
}

proptest! {
    #[test]
    fn r1_the_word_in_the_list_is_the_worst_that_the_diagnosis_finds(account in any_account()) {
        let findings = Case { account: account.clone(), ..Case::default() }.findings();
        let word = account.can_send(now());
        match by_findings(&findings) {
            Some(found) => prop_assert_eq!(word, found, "{:#?}", findings),
            // What limits how many people are written to, or optimized delivery, is the health's own.
            None => prop_assert_eq!(word, account.messaging(), "{:#?}", findings),
        }
    }
}

#[test]
fn r1_an_account_without_a_number_that_can_send_is_not_called_available() {
    let without = Case::with(|account| account.numbers.clear());
    assert_eq!(without.account.messaging(), CanSend::Available, "all that health tells");
    assert_eq!(without.account.can_send(now()), CanSend::Blocked);
    let banned = Case::with(|account| account.numbers[0].status = NumberStatus::Banned);
    assert_eq!(banned.account.can_send(now()), CanSend::Blocked);
}

#[test]
fn numbers_that_could_not_be_asked_for_are_not_called_missing() {
    let case = Case::with(|account| {
        account.numbers.clear();
        account.numbers_unread = true;
    });
    assert_eq!((case.findings(), case.account.can_send(now())), (Vec::new(), CanSend::Available));
}
