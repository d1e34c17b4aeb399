//! `health_status`: what stands between an account and sending, entity by entity (Meta: messaging health status page).

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

/// One entity of the tree.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HealthEntity {
    /// What it is.
    pub kind: EntityKind,
    /// Its id.
    pub id: CompactString,
    /// Whether it lets messages out.
    pub can_send: CanSend,
    /// Sentences of Meta's that come with `LIMITED`.
    pub additional_info: Vec<String>,
    /// What is wrong; seen on `BLOCKED` and on `LIMITED` entities.
    pub errors: Vec<HealthError>,
}

/// An error on a health entity, in Meta's words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HealthError {
    /// For example 141010; 138xxx are about calling only.
    pub code: i64,
    /// What is wrong.
    pub description: String,
    /// What Meta advises.
    pub solution: String,
}
