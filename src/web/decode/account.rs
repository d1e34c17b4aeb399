//! Changes of accounts: `account_update`, alerts, reviews and capabilities.

use compact_str::CompactString;
use serde_json::Value;

use super::{
    Entry, Notice, list, moment_at, raw,
    value::{said, sentence},
    word,
};
use crate::{
    domain::{
        WabaId,
        account::{Restriction, RestrictionKind, TermsStatus},
        event::{ENDED, Event, EventKind, until},
        number::MessagingLimit,
    },
    web::{self, AccountEvent},
};

/// `account_update`: one word says what happened, and an object of its own says more.
pub(super) fn update(entry: &Entry<'_>, value: &Value) -> Notice {
    let name = word(value, "event");
    let told = entry.account(value).map(|account| web::Event::Account(told(entry, value, account, &name)));
    let changes = match (name.as_str(), &told) {
        ("ACCOUNT_RESTRICTION", Some(web::Event::Account(told))) => restricted(entry, value, told),
        _ => vec![change(entry, value, &name)],
    };
    Notice { told, changes, ..entry.notice(value) }
}

fn told(entry: &Entry<'_>, value: &Value, account: WabaId, name: &CompactString) -> AccountEvent {
    let restrictions = list(value, "restriction_info").map(|restriction| Restriction {
        kind: RestrictionKind::from_wire(&word(restriction, "restriction_type")),
        expires: moment_at(&word(restriction, "expiration")),
    });
    AccountEvent {
        account,
        at: entry.at,
        event: name.clone(),
        restrictions: restrictions.collect(),
        reinstated: value.get("ban_info").is_some_and(|ban| word(ban, "waba_ban_state").eq_ignore_ascii_case("REINSTATE")),
    }
}

fn restricted(entry: &Entry<'_>, value: &Value, told: &AccountEvent) -> Vec<Event> {
    let remedies = list(value, "restriction_info").map(|restriction| said(restriction, "remediation"));
    let changes = told.restrictions.iter().zip(remedies).map(|(restriction, remedy)| Event {
        after: Some(until(restriction.expires)),
        note: remedy.map(Into::into),
        ..entry.change(value, EventKind::Restriction, restriction.kind.as_wire())
    });
    let changes: Vec<Event> = changes.collect();
    // Without a list it still says that the account is restricted.
    let bare = || Event { after: Some(until(None)), note: raw(value), ..entry.change(value, EventKind::Restriction, "") };
    if changes.is_empty() { vec![bare()] } else { changes }
}

fn change(entry: &Entry<'_>, value: &Value, name: &CompactString) -> Event {
    let within = |object: &str, key: &str| value.get(object).and_then(|object| said(object, key));
    let of = |kind: EventKind, after: Option<CompactString>| Event { after, ..entry.change(value, kind, "") };
    match name.as_str() {
        "ACCOUNT_VIOLATION" => of(EventKind::Violation, within("violation_info", "violation_type")),
        "DISABLED_UPDATE" => Event {
            note: within("ban_info", "waba_ban_date").map(Into::into),
            ..of(EventKind::Disabling, within("ban_info", "waba_ban_state"))
        },
        // The second is the name that the first had before (Meta: account_update).
        "MM_LITE_TERMS_SIGNED" | "AD_ACCOUNT_LINKED" => {
            let linked = within("waba_info", "ad_account_linked").or_else(|| within("waba_info", "ad_account_id"));
            let note = linked.map(|id| format!("{name} · {id}"));
            Event { note, ..of(EventKind::Terms, Some(TermsStatus::Signed.as_wire().into())) }
        }
        // By its name it is told apart from an account that merely was not seen.
        "ACCOUNT_DELETED" => Event { note: Some(name.to_string()), ..of(EventKind::Disappeared, None) },
        "PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE" => {
            let info = value.get("partner_client_certification_info").unwrap_or(&Value::Null);
            let reasons: Vec<&str> = list(info, "rejection_reasons").filter_map(Value::as_str).collect();
            let note = sentence([said(info, "client_business_id"), Some(reasons.join(", ").into())]);
            Event { after: said(info, "status"), note, ..entry.change(value, EventKind::Partner, "certification") }
        }
        "PARTNER_ADDED"
        | "PARTNER_REMOVED"
        | "PARTNER_APP_INSTALLED"
        | "PARTNER_APP_UNINSTALLED"
        | "ACCOUNT_OFFBOARDED"
        | "ACCOUNT_RECONNECTED" => Event {
            note: sentence([
                within("disconnection_info", "reason"),
                within("disconnection_info", "initiated_by"),
                within("waba_info", "partner_app_id"),
                within("waba_info", "solution_id"),
            ]),
            ..of(EventKind::Partner, Some(name.clone()))
        },
        "BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE" => {
            Event { after: said(value, "country"), ..entry.change(value, EventKind::Capability, "country") }
        }
        "VOLUME_BASED_PRICING_TIER_UPDATE" => {
            let of_tier = |key: &str| within("volume_tier_info", key);
            Event {
                after: of_tier("tier"),
                note: sentence([of_tier("pricing_category"), of_tier("region"), of_tier("effective_month")]),
                ..entry.change(value, EventKind::Capability, "volume_tier")
            }
        }
        "AUTH_INTL_PRICE_ELIGIBILITY_UPDATE" => {
            Event { note: raw(value), ..entry.change(value, EventKind::Capability, "auth_international_price") }
        }
        _ => entry.unknown(value, name.clone()),
    }
}

/// `account_alerts`; older bodies have the members of `alert_info` beside it. An alert whose status is `NONE` is over.
pub(super) fn alert(entry: &Entry<'_>, value: &Value) -> Vec<Event> {
    let info = value.get("alert_info").filter(|info| info.is_object()).unwrap_or(value);
    let Some(kind) = said(info, "alert_type") else { return Vec::new() };
    let entity = [said(value, "entity_type"), said(value, "entity_id")].into_iter().flatten().collect::<Vec<_>>().join("/");
    let is_over = word(info, "alert_status").eq_ignore_ascii_case("NONE");
    let (before, after) = if is_over { (Some(kind), ENDED.into()) } else { (None, kind) };
    vec![Event {
        before,
        after: Some(after),
        note: sentence([said(info, "alert_severity"), said(info, "alert_status"), said(info, "alert_description")]),
        ..entry.change(value, EventKind::Alert, entity)
    }]
}

/// `partner_solutions`: what becomes of a solution that several partners offer together.
pub(super) fn solution(entry: &Entry<'_>, value: &Value) -> Vec<Event> {
    let Some(id) = said(value, "solution_id") else { return Vec::new() };
    let note = sentence([said(value, "event")]);
    let after = said(value, "solution_status");
    vec![Event { after, note, ..entry.change(value, EventKind::Partner, compact_str::format_compact!("solution {id}")) }]
}

/// `payment_configuration_update`: how customers pay within a chat; it has nothing to do with paying Meta.
pub(super) fn payment_configuration(entry: &Entry<'_>, value: &Value) -> Vec<Event> {
    let (Some(name), Some(status)) = (said(value, "configuration_name"), said(value, "status")) else { return Vec::new() };
    let note = sentence([said(value, "provider_name"), said(value, "provider_mid")]);
    vec![Event { after: Some(status), note, ..entry.change(value, EventKind::PaymentConfiguration, name) }]
}

/// `account_review_update`.
pub(super) fn review(entry: &Entry<'_>, value: &Value) -> Vec<Event> {
    let decision = said(value, "decision");
    decision.map(|after| Event { after: Some(after), ..entry.change(value, EventKind::Review, "") }).into_iter().collect()
}

/// `business_capability_update`: the messaging limit, and how many numbers there may be.
pub(super) fn capability(entry: &Entry<'_>, value: &Value) -> Vec<Event> {
    let mut changes = Vec::new();
    if let Some(limit) = said(value, "max_daily_conversations_per_business") {
        changes.push(Event { after: Some(MessagingLimit::spelled(&limit)), ..entry.change(value, EventKind::Limit, "") });
    }
    for name in ["max_phone_numbers_per_business", "max_phone_numbers_per_waba", "max_daily_conversation_per_phone"] {
        if let Some(after) = said(value, name) {
            changes.push(Event { after: Some(after), ..entry.change(value, EventKind::Capability, name) });
        }
    }
    changes
}
