//! Values of the domain in people's words: which text of the locales stands for which value.
//!
//! Both the screens and the subcommands say things through this module, so that they say the same. Colours are not its business.

pub mod delivery;
pub mod event;
pub mod explanation;
pub mod finding;
pub mod media;
pub mod message;
pub mod preflight;
pub mod preview;
pub mod results;
mod secrets;

use jiff::{Timestamp, tz::TimeZone};

pub use self::secrets::place_id;

use crate::{
    domain::{
        Account,
        account::{DiscoveryPath, OnboardingStatus, RestrictionKind, TermsStatus},
        banner::GeneralFailure,
        health::{CanSend, EntityKind},
        number::{MessagingLimit, NumberStatus, Quality},
        status::NextStep,
        upgrade::{ObstacleKind, Remedy},
    },
    i18n::{Language, Texts},
    text,
};

/// The text id for a value on the wire: `prefix-` and the value in kebab-case.
fn id_of(prefix: &str, wire: &str) -> String {
    format!("{prefix}-{}", wire.to_ascii_lowercase().replace('_', "-"))
}

/// A value of an open enum: its text when it is known, else what Meta sent, cleaned.
fn open_value(texts: &Texts, prefix: &str, wire: &str, known: bool) -> String {
    if known {
        let id = id_of(prefix, wire);
        texts.get(&id).into_owned()
    } else {
        let id = format!("{prefix}-unknown");
        texts.with(&id, &[("value", text::clean(wire).into())])
    }
}

/// A word of Meta's in people's language; one without a text as Meta sent it, in small letters.
pub fn word(texts: &Texts, wire: &str) -> String {
    let id = id_of("word", wire);
    if texts.has(&id) { texts.get(&id).into_owned() } else { text::clean(wire).to_lowercase().replace('_', " ") }
}

/// The same with Meta's own spelling beside it, which Support asks for.
pub fn word_and_wire(texts: &Texts, wire: &str) -> String {
    let (word, wire) = (word(texts, wire), text::clean(wire));
    if word == wire { word } else { format!("{word} ({wire})") }
}

/// The glyph of a status: no two alike, so that nothing is told by colour alone (R2).
pub fn status_glyph(status: &OnboardingStatus) -> &'static str {
    match status {
        OnboardingStatus::Eligible => "○",
        OnboardingStatus::Onboarded => "●",
        OnboardingStatus::PendingValidPaymentMethod => "$",
        OnboardingStatus::PendingInternalSetup => "◔",
        OnboardingStatus::IneligibleInactiveOrRestricted => "⊘",
        OnboardingStatus::IneligibleCountryNotSupported => "×",
        OnboardingStatus::IneligibleOnBehalfOfWaba => "⇄",
        OnboardingStatus::IneligibleUsingWhatsappBusinessApp => "▣",
        OnboardingStatus::Unknown(_) => "?",
    }
}

/// A status in at most 17 columns.
pub fn status_short(texts: &Texts, status: &OnboardingStatus) -> String {
    match status {
        OnboardingStatus::Unknown(value) if value.is_empty() => texts.get("status-short-not-reported").into_owned(),
        OnboardingStatus::Unknown(value) => text::clean(value).into_owned(),
        known => texts.get(&id_of("status-short", known.as_wire())).into_owned(),
    }
}

/// A sentence about a status: its title, what it means, or the next step.
fn status_sentence(texts: &Texts, part: &str, status: &OnboardingStatus, key: &str) -> String {
    let prefix = format!("status-{part}");
    let (id, value) = match status {
        OnboardingStatus::Unknown(value) if value.is_empty() => (format!("{prefix}-not-reported"), ""),
        OnboardingStatus::Unknown(value) => (format!("{prefix}-unknown"), value.as_str()),
        known => (id_of(&prefix, known.as_wire()), ""),
    };
    texts.with(&id, &[("value", text::clean(value).into()), ("key", key.into())])
}

/// What a status is, in one line.
pub fn status_title(texts: &Texts, status: &OnboardingStatus) -> String {
    status_sentence(texts, "title", status, "")
}

/// What a status means (R1).
pub fn status_meaning(texts: &Texts, status: &OnboardingStatus) -> String {
    status_sentence(texts, "meaning", status, "")
}

/// The next step for a status (R1); `key` is the key that takes it, where there is one.
pub fn status_next(texts: &Texts, status: &OnboardingStatus, key: &str) -> String {
    status_sentence(texts, "next", status, key)
}

/// Whether an entity lets messages out.
pub fn can_send(texts: &Texts, value: &CanSend) -> String {
    if value.as_wire().is_empty() {
        return texts.get("health-not-reported").into_owned();
    }
    open_value(texts, "health", value.as_wire(), value.is_known())
}

/// What a health entity is.
pub fn entity_kind(texts: &Texts, kind: &EntityKind) -> String {
    open_value(texts, "health-entity", kind.as_wire(), kind.is_known())
}

/// A quality rating.
pub fn quality(texts: &Texts, value: &Quality) -> String {
    // Meta writes UNKNOWN on one page for what another calls NA.
    let not_rated = matches!(value, Quality::Unknown(sent) if sent.is_empty() || sent.eq_ignore_ascii_case("UNKNOWN"));
    if not_rated { texts.get("quality-na").into_owned() } else { open_value(texts, "quality", value.as_wire(), value.is_known()) }
}

/// A number's status.
pub fn number_status(texts: &Texts, value: &NumberStatus) -> String {
    if value.as_wire().is_empty() {
        return texts.get("status-short-not-reported").into_owned();
    }
    open_value(texts, "number-status", value.as_wire(), value.is_known())
}

/// The portfolio's messaging limit.
pub fn messaging_limit(texts: &Texts, value: Option<MessagingLimit>) -> String {
    match value {
        None => texts.get("limit-not-reported").into_owned(),
        Some(value) if value.as_wire().is_empty() => texts.get("limit-not-reported").into_owned(),
        Some(value) => open_value(texts, "limit", value.as_wire(), value.is_known()),
    }
}

/// How far accepting the terms has come; `when` is a time for people, empty when unknown.
pub fn terms(texts: &Texts, value: &TermsStatus, when: &str) -> String {
    let id = match value {
        TermsStatus::NotStarted => "account-terms-not-started",
        TermsStatus::RequestSent => "account-terms-request-sent",
        TermsStatus::Signed => "account-terms-signed",
        TermsStatus::Unknown(sent) if sent.is_empty() => "status-short-not-reported",
        TermsStatus::Unknown(_) => "account-terms-unknown",
    };
    texts.with(id, &[("value", text::clean(value.as_wire()).into()), ("when", when.into())]).trim_end().to_owned()
}

/// How an account was found.
pub fn discovery_path(texts: &Texts, path: DiscoveryPath) -> String {
    let id = match path {
        DiscoveryPath::Granted => "account-found-granted",
        DiscoveryPath::Owned => "account-found-owned",
        DiscoveryPath::Client => "account-found-client",
        DiscoveryPath::Assigned => "account-found-assigned",
        DiscoveryPath::Manual => "account-found-manual",
    };
    texts.get(id).into_owned()
}

/// What a restriction takes away.
pub fn restriction_kind(texts: &Texts, kind: &RestrictionKind) -> String {
    let id = match kind {
        RestrictionKind::BusinessInitiatedMessaging => "restriction-business-initiated-messaging",
        RestrictionKind::CustomerInitiatedMessaging => "restriction-customer-initiated-messaging",
        RestrictionKind::AddPhoneNumber => "restriction-add-phone-number",
        RestrictionKind::UtilityTemplates => "restriction-utility-templates",
        RestrictionKind::DirectSendUtilityTemplates => "restriction-direct-send-utility-templates",
        RestrictionKind::BusinessInitiatedCalling => "restriction-business-initiated-calling",
        RestrictionKind::UserInitiatedCalling => "restriction-user-initiated-calling",
        RestrictionKind::BothCalling => "restriction-both-calling",
        RestrictionKind::CallButtonHidden => "restriction-call-button-hidden",
        RestrictionKind::Unknown(_) => "restriction-unknown",
    };
    texts.with(id, &[("value", text::clean(kind.as_wire()).into())])
}

/// What stands in the way of an upgrade (R11).
pub fn obstacle(texts: &Texts, kind: &ObstacleKind, zone: &TimeZone) -> String {
    match kind {
        ObstacleKind::Restricted(cause) => match cause.ends {
            Some(end) => texts.with("obstacle-restricted-until", &[("when", day_and_clock(end, zone).into())]),
            None => match cause.told.days.until {
                Some(day) => texts.with("obstacle-restricted-until", &[("when", civil_day_in(texts, day).into())]),
                None => texts.get("obstacle-restricted").into_owned(),
            },
        },
        ObstacleKind::OnBehalfOf => texts.get("obstacle-on-behalf-of").into_owned(),
        ObstacleKind::BusinessApp => texts.get("obstacle-business-app").into_owned(),
        ObstacleKind::CountryNotSupported => texts.get("obstacle-country").into_owned(),
        ObstacleKind::Ineligible(sent) => texts.with("obstacle-ineligible", &[("value", text::clean(sent).into())]),
        ObstacleKind::NeedsPayment => texts.get("obstacle-payment").into_owned(),
        ObstacleKind::SetupPending => texts.get("obstacle-setup").into_owned(),
        ObstacleKind::InvitationSent { since: Some(since) } => {
            texts.with("obstacle-invited-since", &[("when", day(*since).into())])
        }
        ObstacleKind::InvitationSent { since: None } => texts.get("obstacle-invited").into_owned(),
        ObstacleKind::AcceptedNotOn { since } => {
            let when = since.map(day).unwrap_or_default();
            texts.with("obstacle-accepted", &[("when", when.into())])
        }
        ObstacleKind::NoUsableNumber => texts.get("obstacle-no-number").into_owned(),
        ObstacleKind::StatusUnknown(sent) => texts.with("obstacle-unknown", &[("value", text::clean(sent).into())]),
    }
}

/// What to do about an obstacle, and who does it.
pub fn remedy(texts: &Texts, remedy: Remedy) -> String {
    let id = match remedy {
        Remedy::Step(NextStep::Nothing) => "remedy-nothing",
        Remedy::Step(NextStep::Upgrade) => "remedy-upgrade",
        Remedy::Step(NextStep::AddPaymentMethod) => "remedy-payment",
        Remedy::Step(NextStep::WaitForMeta) => "remedy-wait",
        Remedy::Step(NextStep::Appeal) => "remedy-appeal",
        Remedy::Step(NextStep::TransferOwnership) => "remedy-transfer",
        Remedy::Step(NextStep::SortOutBusinessApp) => "remedy-business-app",
        Remedy::Step(NextStep::NoneInThisCountry) => "remedy-country",
        Remedy::Step(NextStep::ReadAgain) => "remedy-read-again",
        Remedy::AnswerInvitation => "remedy-answer",
        Remedy::WaitOrLookInManager => "remedy-look-in-manager",
        Remedy::RegisterNumber => "remedy-number",
    };
    texts.get(id).into_owned()
}

/// An account's name, cleaned; its id when it has none.
pub fn account_name(account: &Account) -> String {
    name_or_id(&account.name, &account.id)
}

/// What else is known of an account: the ids of labels, and values in words with Meta's spelling beside them; only those
/// that are known.
pub fn account_facts(texts: &Texts, account: &Account) -> Vec<(&'static str, String)> {
    let facts = [
        ("account-currency", account.currency.as_deref()),
        ("account-review", account.review.as_ref().map(|review| review.as_wire())),
        ("account-verification", account.business_verification.as_deref()),
        ("account-ownership", account.ownership.as_ref().map(|ownership| ownership.as_wire())),
    ];
    let known = facts.into_iter().filter_map(|(label, value)| Some((label, value.filter(|value| !value.is_empty())?)));
    let words = |label, value| match label {
        "account-currency" => text::clean(value).into_owned(),
        _ => word_and_wire(texts, value),
    };
    known.map(|(label, value)| (label, words(label, value))).collect()
}

/// A name, cleaned; the id when there is none.
pub fn name_or_id(name: &str, id: &impl ToString) -> String {
    let name = text::clean(name);
    let name = name.trim();
    if name.is_empty() { id.to_string() } else { name.to_owned() }
}

/// What Support needs to find a failure again (R20): plain lines, in English, because Support reads them.
pub fn for_support(failure: &GeneralFailure) -> String {
    let mut lines = vec![format!("wabadeck {}: upgrade failed", env!("CARGO_PKG_VERSION")), format!("time: {}", failure.at)];
    let mut add = |label: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            lines.push(format!("{label}: {}", text::clean(&value)));
        }
    };
    add("portfolio", failure.portfolio.as_ref().map(ToString::to_string));
    add("step", Some(format!("{:?}", failure.step).to_lowercase()));
    add("code", failure.code.map(|code| code.to_string()));
    add("subcode", failure.subcode.map(|subcode| subcode.to_string()));
    add("fbtrace_id", failure.fbtrace_id.as_ref().map(ToString::to_string));
    add("session_id", failure.session_id.as_ref().map(ToString::to_string));
    add("message", Some(failure.message.clone()));
    lines.join("\n")
}

/// A time of day, local, to the minute.
pub fn clock(time: Timestamp, zone: &TimeZone) -> String {
    time.to_zoned(zone.clone()).strftime("%H:%M").to_string()
}

/// How long ago, in the largest unit that fits.
pub fn ago(texts: &Texts, now: Timestamp, then: Timestamp) -> String {
    let age = text::age(now, then);
    let unit = match age.unit {
        text::Unit::Seconds => "seconds",
        text::Unit::Minutes => "minutes",
        text::Unit::Hours => "hours",
        text::Unit::Days => "days",
        text::Unit::Months => "months",
        text::Unit::Years => "years",
    };
    texts.with("ago", &[("unit", unit.into()), ("count", age.count.into())])
}

/// A day and time, local, to the minute.
pub fn day_and_clock(time: Timestamp, zone: &TimeZone) -> String {
    time.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string()
}

/// What stands in the way of these accounts.
pub fn obstacle_of(texts: &Texts, accounts: &str, what: &str) -> String {
    texts.with("obstacle-of", &[("accounts", accounts.to_owned().into()), ("what", what.to_owned().into())])
}

/// A day for people, where Meta sends no more than the day: the same in every time zone.
pub fn day(time: Timestamp) -> String {
    time.to_zoned(TimeZone::UTC).strftime("%Y-%m-%d").to_string()
}

/// The same day as the language writes it, where there is room and nothing is sorted by it.
pub fn day_in(texts: &Texts, time: Timestamp) -> String {
    time.to_zoned(TimeZone::UTC).strftime(day_format(texts)).to_string()
}

/// A day that Meta named, as the language writes it.
pub fn civil_day_in(texts: &Texts, day: jiff::civil::Date) -> String {
    day.strftime(day_format(texts)).to_string()
}

/// A moment as the language writes it; tables and evidence keep to [`day_and_clock`].
pub fn moment_in(texts: &Texts, time: Timestamp, zone: &TimeZone) -> String {
    let time = time.to_zoned(zone.clone());
    format!("{} {}", time.strftime(day_format(texts)), time.strftime("%H:%M"))
}

fn day_format(texts: &Texts) -> &'static str {
    match texts.language() {
        Language::English => "%Y-%m-%d",
        Language::French => "%d/%m/%Y",
    }
}

/// Where an account stands when sorted by whether messages leave it, blocked first.
pub fn health_rank(account: &Account, now: Timestamp) -> u8 {
    match account.can_send(now) {
        CanSend::Blocked => 0,
        CanSend::Limited => 1,
        CanSend::Unknown(_) => 2,
        CanSend::Available => 3,
    }
}

/// Where an account's worst quality stands when sorted, red first.
pub fn quality_rank(account: &Account) -> u8 {
    match account.worst_quality() {
        Some(Quality::Red) => 0,
        Some(Quality::Yellow) => 1,
        Some(Quality::Green) => 3,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::i18n::Language;

    #[test]
    fn r2_each_status_is_told_apart_by_words_and_by_glyph() {
        for language in Language::ALL {
            let texts = Texts::new(language);
            let mut statuses = OnboardingStatus::KNOWN.to_vec();
            statuses.push(OnboardingStatus::from_wire("NEW_ONE"));
            let words: BTreeSet<_> = statuses.iter().map(|status| status_short(&texts, status)).collect();
            let glyphs: BTreeSet<_> = statuses.iter().map(status_glyph).collect();
            assert_eq!((words.len(), glyphs.len()), (9, 9), "{language:?}");
            assert!(words.iter().all(|word| text::width(word) <= 17), "{language:?} {words:?}");
        }
    }

    #[test]
    fn r2_eligible_is_not_called_on() {
        let texts = Texts::new(Language::English);
        assert_ne!(status_short(&texts, &OnboardingStatus::Eligible), status_short(&texts, &OnboardingStatus::Onboarded));
        assert!(status_title(&texts, &OnboardingStatus::Eligible).contains("not on"));
    }

    #[test]
    fn r1_every_status_says_what_it_means_and_the_next_step() {
        for language in Language::ALL {
            let texts = Texts::new(language);
            let extra = [OnboardingStatus::from_wire("NEW_ONE"), OnboardingStatus::default()];
            for status in OnboardingStatus::KNOWN.iter().chain(&extra) {
                for sentence in [status_title(&texts, status), status_meaning(&texts, status), status_next(&texts, status, "u")] {
                    assert!(!sentence.starts_with("status-"), "{language:?} {status:?}: {sentence}");
                }
            }
        }
    }

    #[test]
    fn every_known_value_of_every_enum_has_words() {
        for language in Language::ALL {
            let texts = Texts::new(language);
            let mut words: Vec<String> = CanSend::KNOWN.iter().map(|value| can_send(&texts, value)).collect();
            words.extend(EntityKind::KNOWN.iter().map(|value| entity_kind(&texts, value)));
            words.extend(Quality::KNOWN.iter().map(|value| quality(&texts, value)));
            words.extend(NumberStatus::KNOWN.iter().map(|value| number_status(&texts, value)));
            words.extend(MessagingLimit::KNOWN.iter().map(|value| messaging_limit(&texts, Some(value.clone()))));
            words.extend(TermsStatus::KNOWN.iter().map(|value| terms(&texts, value, "")));
            words.extend(RestrictionKind::KNOWN.iter().map(|value| restriction_kind(&texts, value)));
            words.extend(DiscoveryPath::ALL.map(|path| discovery_path(&texts, path)));
            for word in words {
                let is_id = word.contains('-') && !word.contains(' ') && word.to_lowercase() == word;
                assert!(!is_id, "{language:?}: {word} is a text's id");
            }
        }
    }

    #[test]
    fn r4_a_connected_number_is_called_active() {
        assert_eq!(number_status(&Texts::new(Language::English), &NumberStatus::Connected), "Active");
    }

    #[test]
    fn an_unknown_value_is_shown_as_sent_but_never_raw() {
        let texts = Texts::new(Language::English);
        assert_eq!(number_status(&texts, &NumberStatus::from_wire("ON_\u{1b}[31mHOLD")), "ON_HOLD");
        assert_eq!(quality(&texts, &Quality::from_wire("UNKNOWN")), "not rated");
    }
}
