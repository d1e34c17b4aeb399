//! What the tests of the diagnosis share: accounts with one thing wrong, and how they are looked at.

use rstest::rstest;

use super::*;
use crate::domain::{
    account::{OnboardingStatus, Restriction, RestrictionKind, ReviewStatus},
    event::Source,
    fixtures::{account, after, now, number},
    health::{CanSend, EntityKind, EntityState, Health, HealthEntity, HealthError},
    number::{CodeVerification, MessagingLimit, NameStatus, NumberStatus, Platform, Quality},
    template::{Category, TemplateStatus},
};

mod documented;
mod ranking;
mod readiness;

/// Everything known of an account, as tests put it together.
#[derive(Default)]
struct Case {
    account: Account,
    templates: Option<Vec<Template>>,
    token: Option<TokenFacts>,
    usage: Vec<UsageFacts>,
    failures: Vec<FailureFacts>,
    events: Vec<Event>,
}

impl Case {
    /// An account that is on and well.
    fn well() -> Self {
        Self { account: account("102290129340398", OnboardingStatus::Onboarded), ..Self::default() }
    }

    fn with(change: impl FnOnce(&mut Account)) -> Self {
        let mut case = Self::well();
        change(&mut case.account);
        case
    }

    fn findings(&self) -> Vec<Finding> {
        diagnose(&Known {
            account: &self.account,
            templates: self.templates.as_ref().map(|templates| templates.iter().collect()),
            token: self.token.as_ref(),
            usage: &self.usage,
            failures: &self.failures,
            events: &self.events,
            now: now(),
        })
    }

    fn first(&self) -> Finding {
        self.findings().into_iter().next().expect("something is found")
    }
}

fn event(kind: EventKind, subject: &str, before: &str, told: &str, seconds: i64) -> Event {
    let some = |value: &str| (!value.is_empty()).then(|| value.into());
    Event {
        at: after(seconds),
        account: Some("102290129340398".into()),
        portfolio: None,
        subject: subject.into(),
        kind,
        before: some(before),
        after: some(told),
        note: None,
        sources: Source::Webhook.into(),
    }
}

fn tree(entities: Vec<HealthEntity>) -> Health {
    Health { overall: CanSend::Blocked, entities }
}

fn entity(kind: EntityKind, can_send: CanSend, errors: &[(i64, &str, &str)]) -> HealthEntity {
    let error = |(code, description, solution): &(i64, &str, &str)| HealthError {
        code: *code,
        description: (*description).to_owned(),
        solution: (*solution).to_owned(),
    };
    let errors = errors.iter().map(error).collect();
    HealthEntity { id: "7".into(), state: EntityState { kind, can_send, errors, ..EntityState::default() }.into() }
}

fn template(name: &str, status: TemplateStatus) -> Template {
    Template {
        name: name.into(),
        language: "en_US".into(),
        category: Category::Marketing,
        status,
        quality: Quality::Green,
        ..Template::default()
    }
}

#[test]
fn nothing_is_found_where_nothing_is_wrong() {
    assert_eq!(Case::well().findings(), Vec::new());
}

#[test]
fn every_finding_rests_on_evidence() {
    let mut case = Case::with(|account| {
        account.onboarding = OnboardingStatus::IneligibleInactiveOrRestricted;
        account.review = Some(ReviewStatus::Pending);
        account.business_verification = Some("not_verified".into());
        let mut banned = number(Quality::Red);
        banned.status = NumberStatus::Banned;
        account.numbers.push(banned);
    });
    case.templates = Some(vec![template("spring", TemplateStatus::Paused), template("autumn", TemplateStatus::Rejected)]);
    let findings = case.findings();
    assert!(findings.len() > 5);
    for finding in findings {
        assert!(!finding.evidence.is_empty(), "{finding:?}");
    }
}
