//! `health_status`: what stands between an account and sending, entity by entity (Meta: messaging health status page).

use std::{
    ops::{Deref, DerefMut},
    sync::Arc,
};

use compact_str::CompactString;

use super::open_enum::open_enum;

open_enum! {
    /// Whether an entity lets messages out (`can_send_message`).
    CanSend {
        /// Nothing in the way.
        Available = "AVAILABLE",
        /// Sending works within limits; `additional_info` says which.
        Limited = "LIMITED",
        /// Nothing can be sent.
        Blocked = "BLOCKED",
    }
}

open_enum! {
    /// What a health entity is.
    EntityKind {
        /// The app whose token asks.
        App = "APP",
        /// The business portfolio.
        Business = "BUSINESS",
        /// The WhatsApp Business Account.
        Waba = "WABA",
        /// A phone number.
        PhoneNumber = "PHONE_NUMBER",
        /// A message template.
        MessageTemplate = "MESSAGE_TEMPLATE",
    }
}

/// The health tree as Meta answered it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Health {
    /// Meta's aggregate. It also counts calling, so [`Health`] computes its own from the entities.
    pub overall: CanSend,
    /// The entities, in Meta's order.
    pub entities: Vec<HealthEntity>,
}

/// One entity of the tree: its id, and behind it what entities of thousands of accounts have in common.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HealthEntity {
    /// Its id.
    pub id: CompactString,
    /// What it is and how it fares.
    pub state: Arc<EntityState>,
}

/// What an entity is and how it fares: the same for many, which share it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct EntityState {
    /// What it is.
    pub kind: EntityKind,
    /// Whether it lets messages out.
    pub can_send: CanSend,
    /// Sentences of Meta's that come with `LIMITED`.
    pub additional_info: Arc<[String]>,
    /// What is wrong; seen on `BLOCKED` and on `LIMITED` entities.
    pub errors: Arc<[HealthError]>,
}

impl Deref for HealthEntity {
    type Target = EntityState;

    fn deref(&self) -> &EntityState {
        &self.state
    }
}

impl DerefMut for HealthEntity {
    fn deref_mut(&mut self) -> &mut EntityState {
        Arc::make_mut(&mut self.state)
    }
}

/// An error on a health entity, in Meta's words.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct HealthError {
    /// For example 141010; 138xxx are about calling only.
    pub code: i64,
    /// What is wrong.
    pub description: String,
    /// What Meta advises.
    pub solution: String,
}

impl Health {
    /// Whether messages leave, computed from the entities: blocked if one is, else limited if one is, else unknown
    /// if one is, else available. Meta's own aggregate also counts calls and is used only where there is no entity.
    pub fn messaging(&self) -> CanSend {
        self.entities
            .iter()
            .map(HealthEntity::messaging)
            .min_by_key(CanSend::badness_rank)
            .unwrap_or_else(|| self.overall.clone())
    }

    /// Entities that keep messages back, the worst first.
    pub fn obstacles(&self) -> Vec<&HealthEntity> {
        let mut found: Vec<_> =
            self.entities.iter().filter(|entity| matches!(entity.messaging(), CanSend::Blocked | CanSend::Limited)).collect();
        found.sort_by_key(|entity| entity.messaging().badness_rank());
        found
    }
}

impl HealthEntity {
    /// Whether the entity lets messages out. One whose only stated trouble is about calls (138xxx) does.
    pub fn messaging(&self) -> CanSend {
        let about_calls_only =
            !self.errors.is_empty() && self.additional_info.is_empty() && self.errors.iter().all(|error| error.is_about_calls());
        if about_calls_only { CanSend::Available } else { self.can_send.clone() }
    }

    /// The errors that concern messages.
    pub fn messaging_errors(&self) -> impl Iterator<Item = &HealthError> {
        self.errors.iter().filter(|error| !error.is_about_calls())
    }
}

impl HealthError {
    /// Whether it is about calls only: the family 138xxx.
    pub fn is_about_calls(&self) -> bool {
        (138_000..139_000).contains(&self.code)
    }
}

impl CanSend {
    /// Lower is worse.
    fn badness_rank(&self) -> u8 {
        match self {
            Self::Blocked => 0,
            Self::Limited => 1,
            Self::Unknown(_) => 2,
            Self::Available => 3,
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn entity(can_send: CanSend, codes: &[i64]) -> HealthEntity {
        let errors = codes.iter().map(|code| HealthError { code: *code, ..HealthError::default() }).collect();
        HealthEntity { state: EntityState { can_send, errors, ..EntityState::default() }.into(), ..HealthEntity::default() }
    }

    #[rstest]
    #[case::blocked_wins(vec![(CanSend::Available, vec![]), (CanSend::Blocked, vec![141006])], CanSend::Blocked)]
    #[case::limited_next(vec![(CanSend::Available, vec![]), (CanSend::Limited, vec![141010])], CanSend::Limited)]
    #[case::calls_do_not_count(vec![(CanSend::Available, vec![]), (CanSend::Blocked, vec![138024, 138025])], CanSend::Available)]
    #[case::calls_beside_others(vec![(CanSend::Blocked, vec![138024, 141006])], CanSend::Blocked)]
    #[case::bare_block(vec![(CanSend::Blocked, vec![])], CanSend::Blocked)]
    fn messaging_health_comes_from_the_entities_without_calls(
        #[case] entities: Vec<(CanSend, Vec<i64>)>,
        #[case] expected: CanSend,
    ) {
        let health = Health {
            overall: CanSend::Blocked,
            entities: entities.iter().map(|(can_send, codes)| entity(can_send.clone(), codes.as_slice())).collect(),
        };
        assert_eq!(health.messaging(), expected);
    }

    #[test]
    fn without_entities_metas_aggregate_is_all_there_is() {
        let health = Health { overall: CanSend::Limited, entities: Vec::new() };
        assert_eq!(health.messaging(), CanSend::Limited);
    }

    #[test]
    fn an_unknown_answer_is_not_called_available() {
        let health = Health {
            overall: CanSend::Available,
            entities: vec![entity(CanSend::from_wire("PERHAPS"), &[]), entity(CanSend::Available, &[])],
        };
        assert_eq!(health.messaging(), CanSend::from_wire("PERHAPS"));
    }
}
