//! The checks before sending, in people's words: one line for each, and its remedy. The Test tab and `wabadeck preview`
//! print the same.

use jiff::tz::TimeZone;

use crate::{
    domain::{
        delivery::Reason,
        diagnosis::PauseForecast,
        preflight::{Check, Finding, Item, State},
        status::Users,
        variable::Variable,
    },
    i18n::Texts,
    wording::{self, delivery, message},
};

/// The glyph of a state; no two alike.
pub fn glyph(state: State) -> &'static str {
    match state {
        State::Good => "✓",
        State::Open => "·",
        State::Care => "!",
        State::Bad => "✕",
    }
}

/// What is looked at.
pub fn item(texts: &Texts, item: Item) -> String {
    texts.get(&format!("preflight-item-{}", item.name())).into_owned()
}

/// What was found, without what was looked at.
pub fn finding(texts: &Texts, check: &Check, variables: &[Variable], zone: &TimeZone) -> String {
    let plain = |id: &str| texts.get(id).into_owned();
    let counted = |id: &str, count: u32| texts.with(id, &[("count", count.into())]);
    match &check.finding {
        Finding::Approved => plain("preflight-approved"),
        Finding::NoTemplate => plain("preflight-window-open"),
        Finding::Synced => plain("preflight-synced"),
        Finding::SyncNotNeeded => plain("preflight-sync-not-needed"),
        Finding::SyncNotReported => plain("preflight-sync-not-reported"),
        Finding::Idle(days) => texts.with("preflight-idle", &[("count", (*days).into())]),
        Finding::Quality(quality) => wording::quality(texts, quality),
        Finding::InGoodStanding => plain("preflight-standing"),
        Finding::NumberReady => plain("preflight-number-ready"),
        Finding::NoNumber => plain("composer-no-number"),
        Finding::Limit { users: Users::Unlimited, .. } => plain("preflight-limit-none"),
        Finding::Limit { users: Users::AtMost(most), reached, .. } => {
            let grouped = |count: u64| super::results::number(texts, count);
            let arguments = [("most", grouped(u64::from(*most)).into()), ("reached", grouped(*reached as u64).into())];
            texts.with("preflight-limit", &arguments)
        }
        Finding::LimitNotReported => plain("preflight-limit-not-reported"),
        Finding::PaymentSet => plain("preflight-payment-set"),
        Finding::PaymentMissing => plain("preflight-payment-missing"),
        Finding::PaymentNotReported => plain("preflight-payment-not-reported"),
        Finding::NothingBilled => plain("preflight-nothing-billed"),
        Finding::TermsSigned => plain("preflight-terms-signed"),
        Finding::TermsUnsigned(_) => plain("preflight-terms-unsigned"),
        Finding::TermsNotNeeded => plain("preflight-terms-not-needed"),
        Finding::MaySend => plain("preflight-may-send"),
        Finding::MayNotSend => plain("preflight-may-not-send"),
        Finding::PermissionNotReported => plain("preflight-permission-not-reported"),
        Finding::NoRecipient => plain("preflight-no-recipient"),
        Finding::Recipients(count) => counted("preflight-recipients", *count),
        Finding::ValuesComplete(0) => plain("preflight-values-none"),
        Finding::ValuesComplete(count) => counted("preflight-values", *count),
        Finding::Problem(problem, count) => {
            let first = message::draft_problem(texts, problem, variables);
            if *count < 2 {
                return first;
            }
            let others = u32::try_from(count - 1).unwrap_or(u32::MAX);
            texts.with("preflight-and-more", &[("first", first.into()), ("count", others.into())])
        }
        Finding::Paused(pause) => paused(texts, pause, zone),
        Finding::Refused(reason) => delivery::reason(texts, reason, zone),
        Finding::Noted(note) => delivery::note(texts, note),
        Finding::Goes(route) => delivery::route(texts, *route),
    }
}

/// Until when a template is paused: exactly, at the latest, or what is known of pauses at all.
fn paused(texts: &Texts, pause: &PauseForecast, zone: &TimeZone) -> String {
    match pause.ends {
        Some(ends) => {
            let id = if pause.exact { "preflight-paused-until" } else { "preflight-paused-latest" };
            texts.with(id, &[("when", wording::day_and_clock(ends, zone).into())])
        }
        None => texts.get("preflight-paused-unknown").into_owned(),
    }
}

/// What can be done, where something can. `upgrade_key` leads to the upgrade; empty where there are no keys.
pub fn remedy(texts: &Texts, check: &Check, upgrade_key: &str) -> Option<String> {
    if check.state < State::Care {
        return None;
    }
    let id = match &check.finding {
        Finding::Refused(Reason::HealthBlocked { .. }) if check.item == Item::Payment => "preflight-remedy-payment",
        Finding::Refused(reason) => return delivery::step(texts, reason, upgrade_key),
        Finding::Idle(_) => "preflight-remedy-idle",
        Finding::Quality(_) => "preflight-remedy-quality",
        Finding::PaymentMissing => "preflight-remedy-payment",
        Finding::TermsUnsigned(_) if upgrade_key.is_empty() => "cli-next-eligible",
        Finding::TermsUnsigned(_) => {
            return Some(texts.with("preflight-remedy-terms", &[("key", upgrade_key.to_owned().into())]));
        }
        Finding::MayNotSend => "preflight-remedy-permission",
        Finding::Limit { .. } => "preflight-remedy-limit",
        _ => return None,
    };
    Some(texts.get(id).into_owned())
}

/// All checks in one sentence: how many stand in the way, else how many want care.
pub fn summary(texts: &Texts, checks: &[Check]) -> String {
    let count = |state: State| u32::try_from(checks.iter().filter(|check| check.state == state).count()).unwrap_or(u32::MAX);
    match (count(State::Bad), count(State::Care)) {
        (0, 0) => texts.get("preflight-summary-good").into_owned(),
        (0, care) => texts.with("preflight-summary-care", &[("count", care.into())]),
        (bad, _) => texts.with("preflight-summary-bad", &[("count", bad.into())]),
    }
}
