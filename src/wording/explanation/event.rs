//! What an event of the history holds that can be explained: the value that it tells, and words of Meta's beside it.

use super::Topic;
use crate::domain::{
    account::{OnboardingStatus, RestrictionKind, ReviewStatus},
    event::{Event, EventKind},
    graph_error::ApiError,
    graph_word,
    health::CanSend,
    number::{NameStatus, NumberStatus, Quality},
    template::TemplateStatus,
};

/// Everything in an event that can be explained, its value first; nothing where the event says it all.
pub fn of_event(event: &Event) -> Vec<Topic> {
    let value = event.after.as_deref().unwrap_or_default();
    let word = |key: &str| graph_word::at("", key, value).filter(|word| word.meaning.is_some()).map(Topic::Word);
    let first = match &event.kind {
        EventKind::Onboarding => Some(Topic::Onboarding(OnboardingStatus::from_wire(value))),
        EventKind::Review => Some(Topic::Review(ReviewStatus::from_wire(value))),
        EventKind::Health => Some(Topic::CanSend(CanSend::from_wire(value))),
        EventKind::NumberStatus => Some(Topic::Number(NumberStatus::from_wire(value))),
        EventKind::NumberQuality | EventKind::TemplateQuality => Some(Topic::Quality(Quality::from_wire(value))),
        EventKind::NumberName => Some(Topic::Name(NameStatus::from_wire(value))),
        EventKind::TemplateStatus => Some(Topic::Template(TemplateStatus::from_wire(value))),
        EventKind::Restriction if !event.subject.is_empty() => {
            Some(Topic::Restriction(RestrictionKind::from_wire(&event.subject)))
        }
        EventKind::MessageFailed => value.parse().ok().map(|code| {
            let message = event.note.clone().unwrap_or_default();
            Topic::Error(Box::new(ApiError { code, message, ..ApiError::default() }))
        }),
        EventKind::Terms => inside("marketing_messages_onboarding_status", "status", value),
        EventKind::Partner if event.subject == "certification" => inside("partner_client_certification_info", "status", value),
        EventKind::Partner => inside("account_update", "event", value),
        EventKind::Disabling => word("waba_ban_state"),
        EventKind::Alert => word("alert_type"),
        EventKind::Limit => word("current_limit"),
        EventKind::TemplateCategory => word("new_category"),
        EventKind::Verification => word("business_verification_status"),
        EventKind::Ownership => word("ownership_type"),
        _ => None,
    };
    let beside = event.note.as_deref().filter(|_| event.kind != EventKind::MessageFailed).unwrap_or_default();
    let beside = beside.split(" · ").flat_map(|part| {
        let places = match event.kind {
            EventKind::TemplateStatus => &["other_info/title", "message_template_status_update/event", "/rejected_reason"][..],
            EventKind::Partner => &["disconnection_info/reason"],
            EventKind::Alert => &["/alert_severity"],
            _ => &[],
        };
        places.iter().filter_map(move |place| place.split_once('/')).find_map(move |(parent, key)| inside(parent, key, part))
    });
    first.into_iter().filter(|topic| !topic.wire().is_empty() || matches!(topic, Topic::Error(_))).chain(beside).collect()
}

fn inside(parent: &str, key: &str, value: &str) -> Option<Topic> {
    graph_word::at(parent, key, value).filter(|word| word.meaning.is_some()).map(Topic::Word)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use rstest::rstest;

    use super::*;
    use crate::domain::event::Source;

    #[rstest]
    #[case(EventKind::Onboarding, "", "INELIGIBLE_INACTIVE_OR_RESTRICTED", "", &["onboarding INELIGIBLE_INACTIVE_OR_RESTRICTED"])]
    #[case(EventKind::NumberQuality, "15550001111", "RED", "", &["quality RED"])]
    #[case(EventKind::TemplateStatus, "offer/en", "PAUSED", "FIRST_PAUSE · paused for 3 hours", &["template-status PAUSED", "template-pause FIRST_PAUSE"])]
    #[case(EventKind::TemplateStatus, "offer/en", "REJECTED", "SCAM", &["template-status REJECTED", "rejection SCAM"])]
    #[case(EventKind::TemplateStatus, "offer/en", "APPROVED", "REINSTATED", &["template-status APPROVED", "template-event REINSTATED"])]
    #[case(EventKind::Restriction, "RESTRICTED_ADD_PHONE_NUMBER_ACTION", "2026-10-01T00:00:00Z", "", &["restriction RESTRICTED_ADD_PHONE_NUMBER_ACTION"])]
    #[case(EventKind::Disabling, "", "REINSTATE", "May 1, 2026", &["ban-state REINSTATE"])]
    #[case(EventKind::Terms, "", "TERM_OF_SERVICE_SIGNED", "", &["terms TERM_OF_SERVICE_SIGNED"])]
    #[case(EventKind::Partner, "", "PARTNER_REMOVED", "PRIMARY_INACTIVITY · SYSTEM", &["account-event PARTNER_REMOVED", "disconnection PRIMARY_INACTIVITY"])]
    #[case(EventKind::Partner, "certification", "REVOKED", "", &["certification REVOKED"])]
    #[case(EventKind::Alert, "BUSINESS/1", "OBA_REJECTED", "CRITICAL · ACTIVE", &["alert OBA_REJECTED", "alert-severity CRITICAL"])]
    #[case(EventKind::Limit, "", "TIER_2K", "", &["limit TIER_2K"])]
    #[case(EventKind::TemplateCategory, "offer/en", "MARKETING", "", &["category MARKETING"])]
    #[case(EventKind::Verification, "", "pending_need_more_info", "", &["verification pending_need_more_info"])]
    #[case(EventKind::Appeared, "", "", "", &[])]
    #[case(EventKind::Payment, "", "12345", "", &[])]
    fn what_an_event_tells_can_be_explained(
        #[case] kind: EventKind,
        #[case] subject: &str,
        #[case] after: &str,
        #[case] note: &str,
        #[case] expected: &[&str],
    ) {
        let found = of_event(&event(kind, subject, after, note));
        let found: Vec<String> = found.iter().map(|topic| format!("{} {}", topic.kind(), topic.wire())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_message_that_failed_is_explained_by_its_code() {
        let found = of_event(&event(EventKind::MessageFailed, "wamid.1", "131049", "Not delivered"));
        assert!(matches!(found.as_slice(), [Topic::Error(error)] if error.code == 131_049 && error.message == "Not delivered"));
    }

    fn event(kind: EventKind, subject: &str, after: &str, note: &str) -> Event {
        Event {
            at: Timestamp::UNIX_EPOCH,
            account: Some("77".into()),
            portfolio: None,
            subject: subject.into(),
            kind,
            before: None,
            after: Some(after).filter(|after| !after.is_empty()).map(Into::into),
            note: Some(note).filter(|note| !note.is_empty()).map(str::to_owned),
            sources: Source::Webhook.into(),
        }
    }
}
