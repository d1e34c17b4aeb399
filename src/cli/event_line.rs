//! An event as a line for people and as JSON for programs; the same for `watch` and `timeline`.

use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::output;
use crate::{
    domain::{
        PortfolioId, WabaId,
        event::{Event, Tone},
    },
    i18n::Texts,
    text, wording,
};

/// One line, clean, with its end. `account` is the account's name, empty where it is not known.
pub fn line(texts: &Texts, event: &Event, account: &str, zone: &TimeZone) -> String {
    let at = event.at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M:%S").to_string();
    let headline = event.headline();
    let news = format!("{} {}", wording::event::tone_glyph(headline.tone()), wording::event::headline(texts, headline));
    let id = event.account.as_ref().map_or_else(String::new, |id| text::clean(id.as_str()).into_owned());
    let who = if account.is_empty() || account == id { id } else { format!("{} ({id})", text::clean(account)) };
    let subject = wording::event::subject(texts, event);
    let change = wording::event::change(texts, event, zone);
    let note = event.note.as_deref().map_or_else(String::new, |note| text::clean(note).into_owned());
    let words = [at, news, who, wording::event::kind(texts, &event.kind), subject, change, note];
    let shown: Vec<String> = words.into_iter().filter(|word| !word.trim().is_empty()).collect();
    format!("{}\n", shown.join("  "))
}

/// One line of JSON, with its end.
pub fn json_line(event: &Event, account: &str) -> String {
    format!("{}\n", output::harmless(&json(event, account).to_string()))
}

/// The same as a value.
pub fn json(event: &Event, account: &str) -> Value {
    let headline = event.headline();
    let clean = |value: &str| text::clean(value).into_owned();
    json!({
        "at": event.at.to_string(),
        "event": headline.name(),
        "tone": match headline.tone() {
            Tone::Bad => "bad",
            Tone::Good => "good",
            Tone::Neutral => "neutral",
        },
        "account": event.account.as_ref().map(WabaId::as_str),
        "account_name": Some(account).filter(|name| !name.is_empty()).map(clean),
        "portfolio": event.portfolio.as_ref().map(PortfolioId::as_str),
        "kind": event.kind.as_wire(),
        "subject": clean(&event.subject),
        "before": event.before.as_deref().map(clean),
        "after": event.after.as_deref().map(clean),
        "note": event.note.as_deref().map(clean),
        "sources": event.sources.iter().map(|source| source.name()).collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{
            account::OnboardingStatus,
            event::differences,
            fixtures::{account, now},
        },
        i18n::Language,
    };

    #[test]
    fn a_change_is_one_line_that_no_terminal_obeys() {
        let before = account("1", OnboardingStatus::Eligible);
        let mut later = before.clone();
        later.onboarding = OnboardingStatus::from_wire("NEW\u{1b}[2J\n");
        let event = &differences(&before, &later, now())[0];
        let texts = Texts::new(Language::English);
        let shown = line(&texts, event, "Evil\u{7} & Co", &TimeZone::UTC);
        assert!(shown.starts_with("2026-09-21 14:13:20  · changed  Evil & Co (1)  optimized delivery"), "{shown:?}");
        let written = json_line(event, "Evil\u{7} & Co");
        for shown in [&shown, &written] {
            assert!(shown.ends_with('\n') && !shown.trim_end().contains(char::is_control), "{shown:?}");
            assert!(!shown.contains("u001b") && !shown.contains("[2J"), "{shown:?}");
        }
        let value: Value = serde_json::from_str(&written).unwrap();
        assert_eq!((&value["before"], &value["sources"][0]), (&json!("ELIGIBLE"), &json!("refresh")));
        assert_eq!((&value["event"], &value["tone"]), (&json!("changed"), &json!("neutral")));
    }
}
