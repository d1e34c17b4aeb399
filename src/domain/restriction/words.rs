//! What Meta's own sentence tells of a restriction: nothing structured comes with a health tree.
//!
//! Only what is said in so many words is read: a kind that is named, a day behind "until", "ends on" or "since". Meta names
//! days and no hours, so a day stays a day and is never made into a moment.

use jiff::civil::Date;

use crate::domain::account::RestrictionKind;

/// What a sentence tells.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Told {
    /// What is restricted.
    pub kind: Option<RestrictionKind>,
    /// Since when, and until when.
    pub days: Days,
}

/// Days that Meta's words name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Days {
    /// The first.
    pub since: Option<Date>,
    /// The last.
    pub until: Option<Date>,
}

/// How Meta's enforcement pages call what is taken away, and which kind that is.
const KINDS: [(&str, RestrictionKind); 6] = [
    ("starting conversations", RestrictionKind::BusinessInitiatedMessaging),
    ("initiating conversations", RestrictionKind::BusinessInitiatedMessaging),
    ("business-initiated", RestrictionKind::BusinessInitiatedMessaging),
    ("business initiated", RestrictionKind::BusinessInitiatedMessaging),
    ("customer-initiated", RestrictionKind::CustomerInitiatedMessaging),
    ("responding to customers", RestrictionKind::CustomerInitiatedMessaging),
];

/// Words behind which the last day stands.
const UNTIL: [&str; 6] = ["until", "ends", "end", "expires", "expire", "lifted"];

const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

/// Reads a description and the advice beside it; the description counts first.
pub fn read(description: &str, advice: &str) -> Told {
    let (first, second) = (one(description), one(advice));
    Told {
        kind: first.kind.or(second.kind),
        days: Days { since: first.days.since.or(second.days.since), until: first.days.until.or(second.days.until) },
    }
}

fn one(sentence: &str) -> Told {
    let sentence = sentence.to_lowercase();
    // Where several kinds are named, nothing leaves: no single one of them says that.
    let mut named = KINDS.iter().filter(|(words, _)| sentence.contains(words)).map(|(_, kind)| kind);
    let kind = named.next().filter(|first| named.all(|other| other == *first)).cloned();
    let words: Vec<&str> = sentence
        .split(char::is_whitespace)
        .map(|word| word.trim_matches(|character: char| !character.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .collect();
    let mut days = Days::default();
    for (place, word) in words.iter().enumerate() {
        let rest = words.get(place + 1..).unwrap_or_default();
        let rest = match rest {
            ["on" | "by", rest @ ..] => rest,
            _ => rest,
        };
        if UNTIL.contains(word) {
            days.until = days.until.or_else(|| day(rest));
        } else if *word == "since" {
            days.since = days.since.or_else(|| day(rest));
        }
    }
    Told { kind, days }
}

/// The day with which these words begin: `2026-12-01`, `december 1 2026`, `1 dec 2026`.
fn day(words: &[&str]) -> Option<Date> {
    let iso = words.first()?;
    let whole = iso.len() == 10 || iso.get(10..11) == Some("t");
    if let Some(Ok(date)) = iso.get(..10).filter(|_| whole).map(str::parse) {
        return Some(date);
    }
    let [first, second, year, ..] = words else { return None };
    let month = |word: &str| {
        let place = MONTHS.iter().position(|name| word.len() >= 3 && name.starts_with(word))?;
        i8::try_from(place + 1).ok()
    };
    let number = |word: &str| word.trim_end_matches(|character: char| character.is_alphabetic()).parse::<i8>().ok();
    let (month, day) = match (month(first), month(second)) {
        (Some(month), _) => (month, number(second)?),
        (_, Some(month)) => (month, number(first)?),
        _ => return None,
    };
    Date::new(year.parse().ok()?, month, day).ok()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn date(text: &str) -> Option<Date> {
        (!text.is_empty()).then(|| text.parse().unwrap())
    }

    #[rstest]
    #[case::both_days(
        "Restricted since 2026-11-24 because of spam. The restriction ends on 2026-12-01.",
        "2026-11-24",
        "2026-12-01"
    )]
    #[case::until("The account cannot send until December 1, 2026.", "", "2026-12-01")]
    #[case::day_first("The restriction expires on 1 Dec 2026", "", "2026-12-01")]
    #[case::ordinal("It will be lifted on December 1st, 2026.", "", "2026-12-01")]
    #[case::with_an_hour("Blocked until 2026-12-01T10:00:00Z.", "", "2026-12-01")]
    #[case::no_word_before_it("The policy of 2026-12-01 was violated.", "", "")]
    #[case::no_day("It ends on the day on which the review is over, 30 2026.", "", "")]
    #[case::no_such_day("It ends on 2026-02-30.", "", "")]
    #[case::other_letters("bis 2026‑12‑01 ends on ２０２６-12-01 until é", "", "")]
    #[case::nothing("", "", "")]
    fn days_are_read_where_a_word_says_what_they_are(#[case] sentence: &str, #[case] since: &str, #[case] until: &str) {
        let told = read(sentence, "");
        assert_eq!(told.days, Days { since: date(since), until: date(until) }, "{sentence}");
        assert_eq!(read("", sentence), told);
    }

    #[rstest]
    #[case("has been restricted from starting conversations", Some(RestrictionKind::BusinessInitiatedMessaging))]
    #[case("restricted from business-initiated messages", Some(RestrictionKind::BusinessInitiatedMessaging))]
    #[case("restricted from responding to customers", Some(RestrictionKind::CustomerInitiatedMessaging))]
    #[case("no business-initiated and no customer-initiated conversations", None)]
    #[case("is restricted from messaging users", None)]
    fn a_kind_is_read_only_where_one_alone_is_named(#[case] sentence: &str, #[case] kind: Option<RestrictionKind>) {
        assert_eq!(read(sentence, "").kind, kind);
    }
}
