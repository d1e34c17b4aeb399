//! Accounts for tests, each the plainest of its kind.

use std::sync::Arc;

use jiff::Timestamp;

use super::{
    account::{Account, OnboardingStatus, Portfolio, Restriction, RestrictionKind, TermsStatus},
    health::{CanSend, EntityKind, EntityState, Health, HealthEntity, HealthError},
    number::{MessagingLimit, NumberStatus, PhoneNumber, Platform, Quality, Standing},
};

/// A moment in 2026 that all tests call now.
pub(crate) fn now() -> Timestamp {
    Timestamp::from_second(1_790_000_000).unwrap()
}

/// So many seconds after [`now`].
pub(crate) fn after(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + seconds).unwrap()
}

/// A healthy account with one connected number and no portfolio.
pub(crate) fn account(id: &str, onboarding: OnboardingStatus) -> Account {
    Account {
        id: id.into(),
        name: format!("Account {id}").into(),
        onboarding,
        health: Some(Health {
            overall: CanSend::Available,
            entities: vec![
                entity(EntityKind::Waba, CanSend::Available, &[]),
                entity(EntityKind::Business, CanSend::Available, &[]),
                entity(EntityKind::App, CanSend::Available, &[]),
            ],
        }),
        numbers: vec![number(Quality::Green)],
        ..Account::default()
    }
}

/// A connected number on Cloud API.
pub(crate) fn number(quality: Quality) -> PhoneNumber {
    let standing = Standing {
        status: NumberStatus::Connected,
        platform: Platform::CloudApi,
        limit: MessagingLimit::Tier2k,
        quality,
        ..Standing::default()
    };
    PhoneNumber { id: "1".into(), display: "+49 30 901820".into(), standing: standing.into(), ..PhoneNumber::default() }
}

/// Puts the account into a portfolio.
pub(crate) fn owned(mut account: Account, portfolio: &str, terms: TermsStatus) -> Account {
    account.portfolio = Some(Arc::new(Portfolio {
        id: portfolio.into(),
        name: format!("Portfolio {portfolio}").into(),
        terms,
        terms_since: None,
    }));
    account
}

/// A health entity with errors of these codes.
pub(crate) fn entity(kind: EntityKind, can_send: CanSend, codes: &[i64]) -> HealthEntity {
    let error = |code: &i64| HealthError { code: *code, description: "Described by Meta".to_owned(), solution: String::new() };
    let errors = codes.iter().map(error).collect();
    HealthEntity { state: EntityState { kind, can_send, errors, ..EntityState::default() }.into(), ..HealthEntity::default() }
}

/// The account with this as its only health entity.
pub(crate) fn with_health(mut account: Account, entity: HealthEntity) -> Account {
    account.health = Some(Health { overall: entity.can_send.clone(), entities: vec![entity] });
    account
}

/// The account with an announced restriction.
pub(crate) fn with_restriction(mut account: Account, kind: RestrictionKind, expires: Option<Timestamp>) -> Account {
    account.restrictions.push(Restriction { kind, expires });
    account
}
