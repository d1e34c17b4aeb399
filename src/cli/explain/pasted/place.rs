//! What a value means by where it stands: the key, the object around it and its neighbours.

use serde_json::{Map, Value};

use crate::{
    domain::{
        account::{OnboardingStatus, RestrictionKind, ReviewStatus},
        graph_word,
        health::CanSend,
        number::{MessagingLimit, NameStatus, NumberStatus, Quality},
        template::TemplateStatus,
    },
    wording::explanation::Topic,
};

/// Characters of a value that can be a word of Meta's; anything longer is a text.
const LONGEST: usize = 80;

/// What the text under a key means, where that can be said.
pub(super) fn topic(parent: &str, around: &Map<String, Value>, key: &str, value: &str) -> Option<Topic> {
    if value.is_empty() || value.len() > LONGEST || value.contains(char::is_whitespace) {
        return None;
    }
    status(parent, around, key, value).or_else(|| graph_word::at(parent, key, value).map(Topic::Word))
}

/// A messaging limit that is written as a number.
pub(super) fn counted(key: &str, value: &str) -> Option<Topic> {
    let limit = MessagingLimit::spelled(value);
    let word = (key == "max_daily_conversations_per_business").then(|| graph_word::at("", key, &limit)).flatten()?;
    word.meaning.is_some().then_some(Topic::Word(word))
}

/// What a value of a health tree belongs to: the tree has one of each kind.
pub(super) fn about(around: &Map<String, Value>, key: &str) -> Option<String> {
    let text = |key: &str| around.get(key).and_then(Value::as_str);
    let entity = text("entity_type").filter(|_| key == "can_send_message")?;
    Some(format!("{entity} {}", text("id").unwrap_or_default()).trim_end().to_owned())
}

/// The statuses that wabadeck decides by.
fn status(parent: &str, around: &Map<String, Value>, key: &str, value: &str) -> Option<Topic> {
    let has = |keys: &[&str]| keys.iter().any(|key| around.contains_key(*key));
    let found = match (parent, key) {
        (_, "marketing_messages_onboarding_status") => Topic::Onboarding(OnboardingStatus::from_wire(value)),
        (_, "can_send_message") => Topic::CanSend(CanSend::from_wire(value)),
        (_, "quality_rating" | "new_quality_score") | ("quality_score", "score") => Topic::Quality(Quality::from_wire(value)),
        (_, "account_review_status") | ("account_review_update", "decision") => Topic::Review(ReviewStatus::from_wire(value)),
        (_, "name_status" | "new_name_status") => Topic::Name(NameStatus::from_wire(value)),
        // Nodes say `DECLINED` where webhooks say `REJECTED`.
        ("phone_number_name_update", "decision") if value.eq_ignore_ascii_case("REJECTED") => Topic::Name(NameStatus::Declined),
        ("phone_number_name_update", "decision") => Topic::Name(NameStatus::from_wire(value)),
        (_, "restriction_type") => Topic::Restriction(RestrictionKind::from_wire(value)),
        ("message_template_status_update", "event") => Topic::Template(TemplateStatus::from_wire(value)),
        (_, "status") if parent == "message_templates" || has(&["components", "language", "category", "rejected_reason"]) => {
            Topic::Template(TemplateStatus::from_wire(value))
        }
        (_, "status") if parent == "phone_numbers" || has(&["display_phone_number", "verified_name", "quality_rating"]) => {
            Topic::Number(NumberStatus::from_wire(value))
        }
        _ => return None,
    };
    // Webhooks about templates know more words than templates do.
    (found.is_known() || key != "event").then_some(found)
}
