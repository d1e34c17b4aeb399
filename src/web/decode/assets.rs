//! Changes of what an account has: its numbers and its templates.

use compact_str::{CompactString, format_compact};
use serde_json::Value;

use super::{
    Entry, list, raw,
    value::{said, sentence},
    word,
};
use crate::domain::{
    event::{Event, EventKind, number_subject, template_subject},
    number::MessagingLimit,
};

/// `phone_number_quality_update`. The name is older than the field: since quality no longer moves limits it tells of limits
/// and throughput, and once told of quality (`FLAGGED`, `UNFLAGGED`, `UPGRADE`, `DOWNGRADE`).
pub(super) fn number_quality(entry: &Entry<'_>, value: &Value) -> Vec<Event> {
    let subject = number_subject(&word(value, "display_phone_number"));
    let name = word(value, "event");
    let of = |kind: EventKind, after: &str| Event { after: Some(after.into()), ..entry.change(value, kind, subject.clone()) };
    let mut changes = Vec::new();
    match name.as_str() {
        "FLAGGED" => changes.push(of(EventKind::NumberStatus, "FLAGGED")),
        "UNFLAGGED" => changes.push(of(EventKind::NumberStatus, "CONNECTED")),
        "THROUGHPUT_UPGRADE" => changes.push(of(EventKind::Throughput, "THROUGHPUT_UPGRADE")),
        _ => {}
    }
    let limit = said(value, "current_limit").or_else(|| said(value, "max_daily_conversations_per_business"));
    if let Some(limit) = limit {
        changes.push(Event {
            before: said(value, "old_limit").map(|limit| MessagingLimit::spelled(&limit)),
            after: Some(MessagingLimit::spelled(&limit)),
            note: Some(name.to_string()).filter(|name| !name.is_empty()),
            ..entry.change(value, EventKind::Limit, "")
        });
    }
    changes
}

/// `phone_number_name_update`: a decision about a display name. Nodes say `DECLINED` where webhooks say `REJECTED`.
pub(super) fn number_name(entry: &Entry<'_>, value: &Value) -> Vec<Event> {
    let Some(decision) = said(value, "decision") else { return Vec::new() };
    let after = if decision.eq_ignore_ascii_case("REJECTED") { "DECLINED".into() } else { decision };
    vec![Event {
        after: Some(after),
        note: sentence([said(value, "requested_verified_name"), said(value, "rejection_reason")]),
        ..entry.change(value, EventKind::NumberName, number_subject(&word(value, "display_phone_number")))
    }]
}

/// `security`: two-step verification of a number was changed, or somebody asked to switch it off.
pub(super) fn security(entry: &Entry<'_>, value: &Value) -> Vec<Event> {
    let Some(after) = said(value, "event") else { return Vec::new() };
    let subject = number_subject(&word(value, "display_phone_number"));
    vec![Event {
        after: Some(after),
        note: sentence([said(value, "requester")]),
        ..entry.change(value, EventKind::Security, subject)
    }]
}

/// `user_preferences`: customers who stop marketing, or take it up again. Each by itself; the subject is the customer.
pub(super) fn preferences(entry: &Entry<'_>, value: &Value) -> Vec<Event> {
    let told = list(value, "user_preferences").filter_map(|told| {
        let customer = said(told, "wa_id").or_else(|| said(told, "user_id"))?;
        let note = sentence([said(told, "category"), said(told, "detail")]);
        let at = super::moment(told, "timestamp").unwrap_or(entry.at);
        Some(Event { at, after: said(told, "value"), note, ..entry.change(value, EventKind::UserPreference, customer) })
    });
    told.collect()
}

/// `history` and `smb_app_state_sync`: what the WhatsApp Business app passes on. How much and how far, never what people wrote.
pub(super) fn business_app(entry: &Entry<'_>, value: &Value) -> Vec<Event> {
    let number = value.get("metadata").map(|metadata| word(metadata, "display_phone_number")).unwrap_or_default();
    let of = |after: Option<CompactString>, note: Option<String>| Event {
        after,
        note,
        ..entry.change(value, EventKind::BusinessApp, number_subject(&number))
    };
    let mut changes = Vec::new();
    for chunk in list(value, "history") {
        for error in list(chunk, "errors") {
            changes.push(of(Some("HISTORY_REFUSED".into()), sentence([said(error, "code"), said(error, "message")])));
        }
        let metadata = chunk.get("metadata").unwrap_or(&Value::Null);
        if let Some(progress) = said(metadata, "progress") {
            let phase = said(metadata, "phase").map(|phase| format_compact!("phase {phase}"));
            changes.push(of(Some("HISTORY".into()), sentence([phase, Some(format_compact!("{progress} %"))])));
        }
    }
    let contacts = list(value, "state_sync").count();
    if contacts > 0 {
        changes.push(of(Some("CONTACTS".into()), Some(contacts.to_string())));
    }
    changes
}

/// What a change of a template is about; a template that is not named is known by its id.
fn template(value: &Value) -> Option<CompactString> {
    match said(value, "message_template_name") {
        Some(name) => Some(template_subject(&name, &word(value, "message_template_language"))),
        None => said(value, "message_template_id"),
    }
}

/// `message_template_status_update`.
pub(super) fn template_status(entry: &Entry<'_>, value: &Value) -> Vec<Event> {
    let (Some(subject), Some(name)) = (template(value), said(value, "event")) else { return Vec::new() };
    // What is reinstated is approved again, and so is what was brought back from the archive; nodes say only that.
    let back = ["REINSTATED", "UNARCHIVED", "UNPAUSE", "UNPAUSED"].iter().any(|back| name.eq_ignore_ascii_case(back));
    // Some bodies name the pause itself in place of the state that it is (Meta: `other_info.title`).
    let pause = ["FIRST_PAUSE", "SECOND_PAUSE", "RATE_LIMITING_PAUSE"].iter().any(|pause| name.eq_ignore_ascii_case(pause));
    let within = |object: &str, key: &str| value.get(object).and_then(|object| said(object, key));
    let note = sentence([
        (back || pause).then(|| name.clone()),
        said(value, "reason"),
        within("other_info", "title"),
        within("other_info", "description"),
        within("disable_info", "disable_date"),
        within("rejection_info", "reason"),
        within("rejection_info", "recommendation"),
    ]);
    let after = match (back, pause) {
        (true, _) => "APPROVED".into(),
        (_, true) => "PAUSED".into(),
        _ => name,
    };
    vec![Event { after: Some(after), note, ..entry.change(value, EventKind::TemplateStatus, subject) }]
}

/// `message_template_quality_update`.
pub(super) fn template_quality(entry: &Entry<'_>, value: &Value) -> Vec<Event> {
    let (Some(subject), Some(after)) = (template(value), said(value, "new_quality_score")) else { return Vec::new() };
    let before = said(value, "previous_quality_score");
    vec![Event { before, after: Some(after), ..entry.change(value, EventKind::TemplateQuality, subject) }]
}

/// `template_category_update`: a change that was made, or one that is announced (`correct_category`), which changes nothing yet.
pub(super) fn template_category(entry: &Entry<'_>, value: &Value) -> Vec<Event> {
    let Some(subject) = template(value) else { return Vec::new() };
    let (before, after) = (said(value, "previous_category"), said(value, "new_category"));
    if let Some(correct) = said(value, "correct_category").filter(|correct| Some(correct) != after.as_ref()) {
        let date = said(value, "category_update_timestamp").and_then(|text| super::moment_at(&text));
        let until = date.map_or_else(|| "TEMPLATE_CATEGORY".to_owned(), |date| format!("TEMPLATE_CATEGORY · {date}"));
        let alert = entry.change(value, EventKind::Alert, subject);
        return vec![Event { before: after.or(before), after: Some(correct), note: Some(until), ..alert }];
    }
    let Some(after) = after else { return Vec::new() };
    vec![Event { before, after: Some(after), ..entry.change(value, EventKind::TemplateCategory, subject) }]
}

/// `message_template_components_update`: the content of a template was changed.
pub(super) fn template_content(entry: &Entry<'_>, value: &Value) -> Vec<Event> {
    let Some(subject) = template(value) else { return Vec::new() };
    let text = said(value, "message_template_element").or_else(|| said(value, "message_template_title"));
    let buttons = list(value, "message_template_buttons").count();
    let note = sentence([text, (buttons > 0).then(|| format_compact!("{buttons} buttons"))]).or_else(|| raw(value));
    vec![Event { note, ..entry.change(value, EventKind::TemplateContent, subject) }]
}
