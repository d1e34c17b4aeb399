//! From the body of a webhook to what it tells (Meta: webhooks, fields of `whatsapp_business_account`).
//!
//! It must only be given bodies that are believed. What it does not know it passes on as Meta sent it; nothing is left out.

mod account;
mod assets;
#[cfg(test)]
mod tests;
mod value;

use compact_str::CompactString;
use jiff::Timestamp;
use serde_json::Value;

use super::{Event, MessageStatus, StatusError, StatusEvent};
use crate::domain::{
    MessageId, PortfolioId, WabaId,
    delivery::PricingCategory,
    event::{self, EventKind, Source},
};
use value::{list, moment, moment_at, raw, word};

/// One change of a body: what happened, to which account, when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// `field`, as Meta names it; empty where there is none.
    pub field: CompactString,
    /// The account, as far as it is named.
    pub account: Option<WabaId>,
    /// When, by Meta's clock; when it was received, where Meta does not say.
    pub at: Timestamp,
    /// What it tells those who follow messages and restrictions.
    pub told: Option<Event>,
    /// What it adds to the history of the account.
    pub changes: Vec<event::Event>,
}

/// Reads a body; `None` when it is no JSON object. `received` stands in for times that are missing.
pub fn decode(body: &[u8], received: Timestamp) -> Option<Vec<Notice>> {
    let body: Value = serde_json::from_slice(body).ok().filter(Value::is_object)?;
    let mut notices = Vec::new();
    for entry in list(&body, "entry") {
        let id = word(entry, "id");
        let at = moment(entry, "time").unwrap_or(received);
        for change in list(entry, "changes") {
            let field = word(change, "field");
            let value = change.get("value").unwrap_or(&Value::Null);
            read(&Entry { id: &id, at, field: &field }, value, &mut notices);
        }
    }
    if notices.is_empty() {
        // Authentic and told nobody yet what it is: shown as it came.
        let field = CompactString::const_new("webhook");
        let entry = Entry { id: "", at: received, field: &field };
        notices.push(Notice { changes: vec![entry.unknown(&body, "")], ..entry.notice(&body) });
    }
    Some(notices)
}

/// What is known of a change before its value is read.
struct Entry<'a> {
    id: &'a str,
    at: Timestamp,
    field: &'a CompactString,
}

impl Entry<'_> {
    /// The account: for events that go to a partner the entry is the partner's portfolio, and the account stands inside.
    fn account(&self, value: &Value) -> Option<WabaId> {
        let inner = value.get("waba_info").map(|info| word(info, "waba_id")).filter(|id| !id.is_empty());
        inner.or_else(|| Some(self.id.into())).filter(|id| !id.is_empty()).map(WabaId::new)
    }

    fn notice(&self, value: &Value) -> Notice {
        Notice { field: self.field.clone(), account: self.account(value), at: self.at, told: None, changes: Vec::new() }
    }

    /// A change of this account, without values.
    fn change(&self, value: &Value, kind: EventKind, subject: impl Into<CompactString>) -> event::Event {
        let owner = value.get("waba_info").map(|info| word(info, "owner_business_id")).filter(|id| !id.is_empty());
        event::Event {
            at: self.at,
            account: self.account(value),
            portfolio: owner.map(PortfolioId::new),
            subject: subject.into(),
            kind,
            before: None,
            after: None,
            note: None,
            sources: Source::Webhook.into(),
        }
    }

    /// A change that this version has no words for: named after its field, with the value as Meta sent it.
    fn unknown(&self, value: &Value, subject: impl Into<CompactString>) -> event::Event {
        event::Event { note: raw(value), ..self.change(value, EventKind::from_wire(self.field), subject) }
    }
}

fn read(entry: &Entry<'_>, value: &Value, notices: &mut Vec<Notice>) {
    match entry.field.as_str() {
        "messages" => messages(entry, value, notices),
        "account_update" => notices.push(account::update(entry, value)),
        // What the business wrote in the WhatsApp Business app is nobody's news, and nothing to show to others.
        "smb_message_echoes" | "message_echoes" => notices.push(entry.notice(value)),
        field => {
            let changes = match field {
                "account_alerts" => account::alert(entry, value),
                "account_review_update" => account::review(entry, value),
                "business_capability_update" => account::capability(entry, value),
                "phone_number_quality_update" => assets::number_quality(entry, value),
                "phone_number_name_update" => assets::number_name(entry, value),
                "message_template_status_update" => assets::template_status(entry, value),
                "message_template_quality_update" => assets::template_quality(entry, value),
                "message_template_components_update" => assets::template_content(entry, value),
                "template_category_update" => assets::template_category(entry, value),
                "security" => assets::security(entry, value),
                "user_preferences" => assets::preferences(entry, value),
                "history" | "smb_app_state_sync" => assets::business_app(entry, value),
                "payment_configuration_update" => account::payment_configuration(entry, value),
                "partner_solutions" => account::solution(entry, value),
                _ => Vec::new(),
            };
            // A known field that lacks what it is known for is no different from an unknown one.
            let changes = if changes.is_empty() { vec![entry.unknown(value, "")] } else { changes };
            notices.push(Notice { changes, ..entry.notice(value) });
        }
    }
}

/// Statuses and incoming messages, each by itself; errors that belong to neither are passed on raw.
fn messages(entry: &Entry<'_>, value: &Value, notices: &mut Vec<Notice>) {
    let before = notices.len();
    for status in list(value, "statuses").filter_map(status) {
        let at = status.at.unwrap_or(entry.at);
        let failed = (status.status == MessageStatus::Failed).then(|| {
            let change = entry.change(value, EventKind::MessageFailed, status.message.as_str());
            let error = status.errors.first();
            event::Event {
                at,
                after: error.map(|error| compact_str::format_compact!("{}", error.code)),
                note: error.map(|error| error.message.clone()).filter(|text| !text.is_empty()),
                ..change
            }
        });
        notices.push(Notice {
            at,
            changes: failed.into_iter().collect(),
            told: Some(Event::Status(status)),
            ..entry.notice(value)
        });
    }
    for message in list(value, "messages") {
        notices.push(Notice { at: moment(message, "timestamp").unwrap_or(entry.at), ..entry.notice(value) });
    }
    if notices.len() == before {
        notices.push(Notice { changes: vec![entry.unknown(value, "")], ..entry.notice(value) });
    }
}

fn status(value: &Value) -> Option<StatusEvent> {
    let id = word(value, "id");
    let status = word(value, "status");
    if id.is_empty() || status.is_empty() {
        return None;
    }
    let category = value.get("pricing").map(|pricing| word(pricing, "category"));
    Some(StatusEvent {
        message: MessageId::new(id),
        status: match status.to_ascii_lowercase().as_str() {
            "sent" => MessageStatus::Sent,
            "delivered" => MessageStatus::Delivered,
            "read" => MessageStatus::Read,
            "played" => MessageStatus::Played,
            "failed" => MessageStatus::Failed,
            _ => MessageStatus::Unknown(status),
        },
        at: moment(value, "timestamp"),
        category: category.filter(|category| !category.is_empty()).map(|category| PricingCategory::from_wire(&category)),
        errors: list(value, "errors").map(error).collect(),
    })
}

fn error(value: &Value) -> StatusError {
    let details = value.get("error_data").map(|data| word(data, "details")).unwrap_or_default();
    let texts = [details, word(value, "message"), word(value, "title")];
    let message = texts.into_iter().find(|text| !text.is_empty()).unwrap_or_default();
    StatusError { code: word(value, "code").parse().unwrap_or_default(), message: message.into() }
}
