//! Which finding comes first, what joins another, and what is kept apart.

use super::*;

fn names(findings: &[Finding]) -> Vec<&'static str> {
    findings.iter().map(|finding| finding.cause.name()).collect()
}

#[test]
fn a_ban_stands_above_a_payment_that_fails_and_a_business_that_is_not_verified() {
    // As in Meta's own example of a health tree.
    let case = Case::with(|account| {
        account.health = Some(tree(vec![
            entity(EntityKind::Waba, CanSend::Blocked, &[(141_006, "payment method", "add one"), (141_014, "banned", "appeal")]),
            HealthEntity { id: "8".into(), ..entity(EntityKind::Business, CanSend::Limited, &[(141_010, "not verified", "")]) },
        ]));
    });
    assert_eq!(names(&case.findings()), ["account_disabled", "payment", "business_unverified"]);
}

#[test]
fn errors_about_calls_are_kept_apart_and_stand_last() {
    let case = Case::with(|account| {
        account.health = Some(tree(vec![entity(
            EntityKind::PhoneNumber,
            CanSend::Blocked,
            &[(138_024, "SIP is off", ""), (138_025, "", "")],
        )]));
        account.numbers[0].quality = Quality::Yellow;
    });
    let findings = case.findings();
    assert_eq!(names(&findings), ["quality_medium", "calling_off"]);
    assert_eq!((findings[1].affects, findings[1].severity), (Affects::Calling, Severity::Notice));
}

#[test]
fn a_restriction_of_calls_leaves_messages_alone() {
    let end = Some(after(60));
    let case = Case::with(|account| {
        account.restrictions.push(Restriction { kind: RestrictionKind::BothCalling, expires: end });
    });
    let first = case.first();
    assert_eq!((first.affects, first.until), (Affects::Calling, end));
}

#[test]
fn status_and_health_are_evidence_of_the_restriction_that_was_announced() {
    let mut case = Case::with(|account| {
        account.onboarding = OnboardingStatus::IneligibleInactiveOrRestricted;
        account.funding_id = Some("5".into());
        account.restrictions.push(Restriction { kind: RestrictionKind::BusinessInitiatedMessaging, expires: Some(after(90)) });
        account.health = Some(tree(vec![entity(EntityKind::Waba, CanSend::Blocked, &[(131_031, "restricted", "appeal")])]));
    });
    case.events = vec![event(EventKind::Restriction, "RESTRICTED_BIZ_INITIATED_MESSAGING", "", "2026-09-22T00:00:00Z", -60)];
    let findings = case.findings();
    assert_eq!(names(&findings), ["restriction_announced"]);
    assert_eq!(findings[0].evidence.len(), 3);
    assert_eq!((findings[0].since, findings[0].until), (Some(after(-60)), Some(after(90))));
    assert_eq!(findings[0].meta_words.as_deref(), Some("restricted"));
}

#[test]
fn no_beginning_and_no_answering_is_everything() {
    let case = Case::with(|account| {
        for kind in [RestrictionKind::CustomerInitiatedMessaging, RestrictionKind::BusinessInitiatedMessaging] {
            account.restrictions.push(Restriction { kind, expires: Some(after(6 * 86_400)) });
        }
    });
    let findings = case.findings();
    assert_eq!(findings[0].affects, Affects::Messages);
    assert_eq!(Rung::of(&findings, now()), Some(Rung::LongBlock));
}

#[test]
fn a_restriction_that_ended_is_not_told() {
    let case = Case::with(|account| {
        let kind = RestrictionKind::BusinessInitiatedMessaging;
        account.restrictions.push(Restriction { kind, expires: Some(after(-1)) });
    });
    assert_eq!(case.findings(), Vec::new());
}

#[test]
fn a_restriction_that_was_kept_from_an_earlier_run_is_told_until_it_ends_or_is_lifted() {
    let kept = event(EventKind::Restriction, "RESTRICTED_BIZ_INITIATED_MESSAGING", "", &after(600).to_string(), -60);
    let mut case = Case { events: vec![kept], ..Case::well() };
    assert_eq!(case.first().cause.name(), "restriction_announced");
    case.events.insert(0, event(EventKind::Disabling, "", "", "REINSTATE", -30));
    assert_eq!(case.findings(), Vec::new());
}

#[test]
fn the_ladder_is_climbed_by_how_long_a_block_lasts() {
    let rung = |seconds: i64| {
        let case = Case::with(|account| {
            let kind = RestrictionKind::BusinessInitiatedMessaging;
            account.restrictions.push(Restriction { kind, expires: Some(after(seconds)) });
        });
        Rung::of(&case.findings(), now())
    };
    assert_eq!(rung(86_400), Some(Rung::ShortBlock));
    assert_eq!(rung(7 * 86_400), Some(Rung::LongBlock));
    assert_eq!(Rung::of(&Case::well().findings(), now()), None);
}

#[test]
fn one_number_that_is_down_does_not_block_an_account_with_another() {
    let case = Case::with(|account| {
        let mut banned = crate::domain::PhoneNumber { id: "9".into(), ..number(Quality::Green) };
        banned.status = NumberStatus::Banned;
        account.numbers.push(banned);
    });
    let first = case.first();
    assert_eq!((first.severity, first.affects), (Severity::Limiting, Affects::OneNumber));
    assert!(matches!(&first.subject, Subject::Number { id, .. } if id.as_str() == "9"));
}

#[test]
fn a_fall_of_quality_is_told_with_what_it_was_and_since_when() {
    let mut case = Case::well();
    case.account.numbers[0].quality = Quality::Yellow;
    case.events = vec![event(EventKind::NumberQuality, "4930901820", "GREEN", "YELLOW", -7_200)];
    let first = case.first();
    assert_eq!((first.cause.name(), first.since), ("quality_falling", Some(after(-7_200))));
    case.events[0].at = after(-30 * 86_400);
    assert_eq!(case.first().cause.name(), "quality_medium");
}

#[test]
fn a_lowered_limit_is_told_for_a_week() {
    let mut case = Case::well();
    case.events = vec![event(EventKind::Limit, "", "TIER_10K", "TIER_2K", -3_600)];
    assert_eq!(case.first().cause.name(), "limit_lowered");
    case.events = vec![event(EventKind::Limit, "", "TIER_250", "TIER_2K", -3_600)];
    assert_eq!(case.findings(), Vec::new());
}

#[test]
fn a_pause_ends_when_meta_says_which_one_it_is_and_at_the_latest_after_six_hours() {
    let paused = template("spring", TemplateStatus::Paused);
    let mut told = event(EventKind::TemplateStatus, "spring/en_US", "APPROVED", "PAUSED", -60);
    let unsure = pause_forecast(&paused, std::slice::from_ref(&told)).unwrap();
    assert_eq!((unsure.ends, unsure.exact, unsure.next), (Some(after(6 * 3_600 - 60)), false, NextPause::Unknown));
    told.note = Some("FIRST_PAUSE".into());
    let sure = pause_forecast(&paused, &[told]).unwrap();
    assert_eq!((sure.ends, sure.exact, sure.next), (Some(after(3 * 3_600 - 60)), true, NextPause::Second));
    assert_eq!(pause_forecast(&template("steady", TemplateStatus::Approved), &[]), None);
}

#[test]
fn the_tree_of_a_number_repeats_the_account_and_is_told_once() {
    let case = Case::with(|account| {
        let waba = entity(EntityKind::Waba, CanSend::Blocked, &[(141_006, "payment", "pay")]);
        account.health = Some(tree(vec![waba.clone()]));
        account.numbers[0].health = Some(Box::new(tree(vec![waba])));
    });
    let findings = case.findings();
    assert_eq!(names(&findings), ["payment"]);
}

#[test]
fn failures_join_the_cause_that_is_known_already() {
    let mut case = Case::with(|account| {
        account.health = Some(tree(vec![entity(EntityKind::Waba, CanSend::Blocked, &[(141_006, "payment", "pay")])]));
    });
    case.failures = vec![FailureFacts { at: after(-60), code: Some(131_042), ..FailureFacts::default() }];
    let findings = case.findings();
    assert_eq!(names(&findings), ["payment"]);
    assert!(findings[0].evidence.iter().any(|evidence| evidence.source == EvidenceSource::Send));
}

#[test]
fn what_failed_for_single_recipients_or_long_ago_says_nothing_of_the_account() {
    let mut case = Case::well();
    let failure = |code, seconds| FailureFacts { at: after(seconds), code: Some(code), ..FailureFacts::default() };
    case.failures = vec![failure(131_049, -60), failure(131_026, -60), failure(131_042, -2 * 86_400)];
    assert_eq!(case.findings(), Vec::new());
}

#[test]
fn links_carry_ids_and_nothing_else_that_was_sent() {
    let mut account = Case::well().account;
    account.portfolio =
        Some(crate::domain::account::Portfolio { id: "33&x=1".into(), ..crate::domain::account::Portfolio::default() }.into());
    let url = Link::Numbers.url(&account);
    assert!(url.contains("asset_id=102290129340398") && !url.contains("x=1"), "{url}");
}

/// An account of whose restriction only a sentence in its health tells.
fn told_in_words(sentence: &str) -> Case {
    Case::with(|account| {
        account.onboarding = OnboardingStatus::IneligibleInactiveOrRestricted;
        account.funding_id = Some("5".into());
        account.health = Some(tree(vec![entity(EntityKind::Waba, CanSend::Blocked, &[(131_031, sentence, "")])]));
    })
}

#[test]
fn a_restriction_told_in_words_is_the_same_cause_as_one_that_was_announced() {
    // Now is 2026-09-21.
    let words = "The account has been restricted from starting conversations since 2026-09-20. It ends on 2026-09-23.";
    let (by_look, mut announced) = (told_in_words(words), told_in_words(words));
    announced
        .account
        .restrictions
        .push(Restriction { kind: RestrictionKind::BusinessInitiatedMessaging, expires: Some(after(2 * 86_400)) });
    let (by_look, announced) = (by_look.findings(), announced.findings());
    assert_eq!(names(&by_look), ["restriction_announced"]);
    let told = |findings: &[Finding]| {
        let first = &findings[0];
        (first.cause.clone(), first.severity, first.affects, first.actor, first.step, Rung::of(findings, now()))
    };
    assert_eq!(told(&by_look), told(&announced));
    assert_eq!(by_look[0].last_day(now()), Some("2026-09-23".parse().unwrap()));
    assert_eq!(
        (announced[0].until, announced[0].last_day(now())),
        (Some(after(2 * 86_400)), None),
        "a moment says more than a day"
    );
}

#[test]
fn a_day_that_is_over_and_words_that_name_no_kind_promise_nothing() {
    let over = told_in_words("Restricted from starting conversations. It ended; the restriction ends on 2026-09-01.").first();
    assert_eq!((over.last_day(now()), over.step), (None, Step::Appeal));
    let bare = told_in_words("The account is restricted from messaging users until 2026-09-30.").first();
    assert_eq!((bare.cause.name(), bare.affects), ("account_restricted", Affects::Messages));
    assert_eq!(bare.last_day(now()), Some("2026-09-30".parse().unwrap()));
}
