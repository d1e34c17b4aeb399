//! Events in people's words: what kind of news it is, between which values, about what, and how long ago.

use jiff::{Timestamp, tz::TimeZone};

use crate::{
    domain::{
        account::{OnboardingStatus, RestrictionKind, TermsStatus},
        event::{ENDED, Event, EventKind, Headline, OPEN, STANDS, Tone},
        health::CanSend,
        number::{MessagingLimit, NumberStatus, Quality},
    },
    i18n::Texts,
    text::{self, Unit},
};

/// What kind of news it is, in a few words that can stand behind a number.
pub fn headline(texts: &Texts, headline: Headline) -> String {
    texts.get(&format!("news-{}", headline.name())).into_owned()
}

/// The glyph of a tone, so that it is not told by colour alone.
pub fn tone_glyph(tone: Tone) -> &'static str {
    match tone {
        Tone::Bad => "▼",
        Tone::Good => "▲",
        Tone::Neutral => "·",
    }
}

/// A kind of event; one that this version does not know as it was kept.
pub fn kind(texts: &Texts, kind: &EventKind) -> String {
    if kind.is_known() {
        texts.get(&super::id_of("event-kind", kind.as_wire())).into_owned()
    } else {
        text::clean(kind.as_wire()).into_owned()
    }
}

/// What the event is about within its account: a number as people write it, a template, a restriction; often nothing.
pub fn subject(texts: &Texts, event: &Event) -> String {
    let subject = event.subject.as_str();
    match event.kind {
        EventKind::Restriction if !subject.is_empty() => super::restriction_kind(texts, &RestrictionKind::from_wire(subject)),
        EventKind::NumberAdded
        | EventKind::NumberRemoved
        | EventKind::NumberStatus
        | EventKind::NumberQuality
        | EventKind::NumberName
        | EventKind::Throughput
            if subject.len() > 6 && subject.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            text::phone(subject)
        }
        _ => text::clean(subject).into_owned(),
    }
}

/// From which value to which, in words; empty where the kind says it all.
pub fn change(texts: &Texts, event: &Event, zone: &TimeZone) -> String {
    let said = |value: &str| value_of(texts, &event.kind, value, zone);
    match (event.before.as_deref(), event.after.as_deref()) {
        // The ids of numbers say nothing that the number itself does not.
        _ if matches!(event.kind, EventKind::NumberAdded | EventKind::NumberRemoved | EventKind::Appeared) => String::new(),
        (Some(before), Some(after)) => format!("{} → {}", said(before), said(after)),
        (None, Some(only)) => said(only),
        (Some(only), None) => texts.with("event-was", &[("value", said(only).into())]),
        (None, None) => String::new(),
    }
}

fn value_of(texts: &Texts, kind: &EventKind, value: &str, zone: &TimeZone) -> String {
    match kind {
        EventKind::Onboarding => super::status_short(texts, &OnboardingStatus::from_wire(value)),
        EventKind::NumberQuality | EventKind::TemplateQuality => super::quality(texts, &Quality::from_wire(value)),
        EventKind::NumberStatus => super::number_status(texts, &NumberStatus::from_wire(value)),
        EventKind::Limit => super::messaging_limit(texts, Some(MessagingLimit::from_wire(value))),
        EventKind::Terms => super::terms(texts, &TermsStatus::from_wire(value), ""),
        EventKind::Health => super::can_send(texts, &CanSend::from_wire(value)),
        EventKind::Restriction => match value.parse::<Timestamp>() {
            Ok(end) => texts.with("event-until", &[("when", super::day_and_clock(end, zone).into())]),
            Err(_) if value == ENDED => texts.get("event-ended").into_owned(),
            Err(_) if value == OPEN || value == STANDS => texts.get("event-no-end").into_owned(),
            Err(_) => match value.parse::<jiff::civil::Date>() {
                Ok(day) => texts.with("event-until", &[("when", super::civil_day_in(texts, day).into())]),
                Err(_) => text::clean(value).into_owned(),
            },
        },
        _ => text::clean(value).into_owned(),
    }
}

/// How long ago, in at most a few characters.
pub fn ago(texts: &Texts, now: Timestamp, then: Timestamp) -> String {
    let amount = text::age(now, then);
    let id = match amount.unit {
        Unit::Seconds => "ago-now",
        Unit::Minutes => "ago-minutes",
        Unit::Hours => "ago-hours",
        Unit::Days => "ago-days",
        Unit::Months => "ago-months",
        Unit::Years => "ago-years",
    };
    texts.with(id, &[("count", amount.count.into())])
}

/// The whole event in one line, for the clipboard.
pub fn line(texts: &Texts, event: &Event, account: &str, zone: &TimeZone) -> String {
    let at = event.at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M:%S %:z").to_string();
    let id = event.account.as_ref().map_or_else(String::new, ToString::to_string);
    let account = if account == id { text::clean(account).into_owned() } else { format!("{account} ({})", text::clean(&id)) };
    let note = event.note.as_deref().map_or_else(String::new, |note| text::clean(note).into_owned());
    let words = [at, account, headline(texts, event.headline()), subject(texts, event), change(texts, event, zone), note];
    words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{domain::event::Source, i18n::Language};

    fn event(kind: EventKind, subject: &str, before: Option<&str>, after: Option<&str>) -> Event {
        Event {
            at: Timestamp::from_second(1_790_000_000).unwrap(),
            account: Some("101".into()),
            portfolio: None,
            subject: subject.into(),
            kind,
            before: before.map(Into::into),
            after: after.map(Into::into),
            note: None,
            sources: Source::Refresh.into(),
        }
    }

    #[test]
    fn every_headline_and_every_kind_has_words_in_both_languages() {
        for language in Language::ALL {
            let texts = Texts::new(language);
            for known in Headline::ALL {
                assert!(texts.has(&format!("news-{}", known.name())), "{language:?} {known:?}");
            }
            for known in EventKind::KNOWN {
                assert!(!kind(&texts, known).starts_with("event-kind"), "{language:?} {known:?}");
            }
        }
    }

    #[test]
    fn a_change_is_said_in_words_and_not_as_meta_spells_it() {
        let texts = Texts::new(Language::English);
        let said = |event: &Event| change(&texts, event, &TimeZone::UTC);
        assert_eq!(said(&event(EventKind::NumberQuality, "", Some("GREEN"), Some("YELLOW"))), "green → yellow");
        let restricted = event(EventKind::Restriction, "RESTRICTED_ADD_PHONE_NUMBER_ACTION", None, Some("2026-09-24T10:00:00Z"));
        assert_eq!(said(&restricted), "until 2026-09-24 10:00");
        assert_eq!(said(&event(EventKind::Restriction, "", Some("open"), Some(ENDED))), "no end named → ended");
        assert_eq!(said(&event(EventKind::NumberAdded, "4930901820", None, Some("7101"))), "");
        assert_eq!(subject(&texts, &event(EventKind::NumberAdded, "4930901820", None, None)), "+49 309 018 20");
    }

    #[test]
    fn the_line_for_the_clipboard_holds_all_of_it_and_nothing_a_terminal_obeys() {
        let texts = Texts::new(Language::English);
        let mut hostile = event(EventKind::TemplateStatus, "offer\u{1b}[2J/en", Some("APPROVED"), Some("PAUSED"));
        hostile.note = Some("FIRST_PAUSE\u{7}".into());
        let shown = line(&texts, &hostile, "Bergblick", &TimeZone::UTC);
        assert!(shown.starts_with("2026-09-21 14:13:20 +00:00 · Bergblick (101) · "), "{shown}");
        assert!(shown.contains("FIRST_PAUSE") && !shown.contains(char::is_control), "{shown:?}");
    }
}
