//! Whether a value will do for its variable, and in what form it is sent.

use jiff::{
    Timestamp,
    civil::{Date, DateTime},
    tz::TimeZone,
};

use super::{
    placeholder,
    template::{ButtonAction, Component, Template},
    variable::{PRODUCTS_LIMIT, Part, ValueKind, Variable, VariableId},
};

/// Most spaces in a row that Meta takes in a value.
const MAX_SPACES: usize = 4;
/// Longest address of a button (Meta: template components).
pub const URL_LIMIT: usize = 2_000;

/// What is wrong with a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ValueProblem {
    /// Nothing was given, or nothing but spaces.
    Missing,
    /// It holds a line break.
    LineBreak,
    /// It holds a tab.
    Tab,
    /// More than four spaces in a row.
    TooManySpaces,
    /// More characters than it may have.
    TooLong(Count),
    /// Neither an `https` address nor an id.
    NotAFile,
    /// No web address.
    NotAnAddress,
    /// No number of degrees within this much of zero.
    NotDegrees(u16),
    /// No moment with an offset, and no milliseconds.
    NotAMoment,
    /// The moment has passed.
    InThePast,
    /// Holds something other than letters and digits.
    NotACode,
}

/// So many of so many characters. Meta does not say what it counts as one; here it is a Unicode character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// How many there are.
    pub used: usize,
    /// How many there may be.
    pub max: usize,
}

impl Count {
    /// Counts a text.
    pub fn of(text: &str, max: usize) -> Self {
        Self { used: text.chars().count(), max }
    }

    /// Whether there are too many.
    pub fn is_over(self) -> bool {
        self.used > self.max
    }
}

/// Checks a value as Meta does. An optional variable may be left empty.
///
/// # Errors
/// The first thing that is wrong.
pub fn check(variable: &Variable, value: &str, now: Timestamp) -> Result<(), ValueProblem> {
    if value.trim().is_empty() {
        return if variable.required { Err(ValueProblem::Missing) } else { Ok(()) };
    }
    if value.contains(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']) {
        return Err(ValueProblem::LineBreak);
    }
    if value.contains('\t') {
        return Err(ValueProblem::Tab);
    }
    if value.contains(&" ".repeat(MAX_SPACES + 1)) {
        return Err(ValueProblem::TooManySpaces);
    }
    if let Some(max) = variable.limit {
        let count = Count::of(value, max);
        if count.is_over() {
            return Err(ValueProblem::TooLong(count));
        }
    }
    match variable.kind {
        ValueKind::Media(_) => media(value).map(drop).ok_or(ValueProblem::NotAFile),
        ValueKind::Latitude => degrees(value, 90).map(drop),
        ValueKind::Longitude => degrees(value, 180).map(drop),
        ValueKind::Moment => match moment(value) {
            None => Err(ValueProblem::NotAMoment),
            Some(moment) if moment <= now => Err(ValueProblem::InThePast),
            Some(_) => Ok(()),
        },
        ValueKind::CouponCode | ValueKind::OneTimeCode => value
            .trim()
            .chars()
            .all(|character| character.is_alphanumeric() || "-_".contains(character))
            .then_some(())
            .ok_or(ValueProblem::NotACode),
        ValueKind::Ids => {
            let count = Count { used: ids(value).len(), max: PRODUCTS_LIMIT };
            match count {
                Count { used: 0, .. } => Err(ValueProblem::Missing),
                count if count.is_over() => Err(ValueProblem::TooLong(count)),
                _ => Ok(()),
            }
        }
        ValueKind::Text | ValueKind::UrlEnding | ValueKind::FileName | ValueKind::Id => Ok(()),
    }
}

/// Where a file comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MediaSource {
    /// An address that Meta fetches it from.
    Link(String),
    /// The id it was uploaded under.
    Id(String),
}

/// A file by its `https` address or by the id it was uploaded under.
pub fn media(value: &str) -> Option<MediaSource> {
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(MediaSource::Id(value.to_owned()));
    }
    let address = url::Url::parse(value).ok()?;
    let usable = matches!(address.scheme(), "https" | "http") && address.has_host();
    usable.then(|| MediaSource::Link(value.to_owned()))
}

/// Degrees within so much of zero, with a point or a comma.
fn degrees(value: &str, max: u16) -> Result<f64, ValueProblem> {
    value
        .trim()
        .replace(',', ".")
        .parse::<f64>()
        .ok()
        .filter(|degrees| degrees.abs() <= f64::from(max))
        .ok_or(ValueProblem::NotDegrees(max))
}

/// Degrees as they are sent: a number as text.
pub(super) fn degrees_text(value: &str) -> String {
    value.trim().replace(',', ".")
}

/// A moment with its offset, or milliseconds since 1970.
pub fn moment(value: &str) -> Option<Timestamp> {
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Timestamp::from_millisecond(value.parse().ok()?).ok();
    }
    value.parse().ok()
}

/// A moment as it is stored and sent: what was typed in the reader's own time (`2026-12-31 18:00`, or the day alone, which
/// ends at midnight) with the offset that holds there then. What names its offset already stays as it is.
pub fn with_offset(value: &str, zone: &TimeZone) -> Option<String> {
    let typed = value.trim();
    let own = match (typed.parse::<DateTime>(), typed.parse::<Date>()) {
        // A day alone parses as both.
        (_, Ok(day)) if typed.len() <= DAY_LENGTH => day.tomorrow().ok()?.at(0, 0, 0, 0),
        (Ok(moment), _) => moment,
        _ => return None,
    };
    if moment(typed).is_some() {
        return None;
    }
    Some(own.to_zoned(zone.clone()).ok()?.timestamp().to_string())
}

/// Characters of `2026-12-31`.
const DAY_LENGTH: usize = 10;

/// Ids separated by commas or spaces.
pub(super) fn ids(value: &str) -> Vec<String> {
    value.split([',', ' ']).filter(|id| !id.is_empty()).map(str::to_owned).collect()
}

/// The end of an address, percent-encoded as Meta asks.
///
/// Where the template's own part already has a `?`, the value is a value: everything but letters, digits and `-_.~` is
/// encoded. Before that it may be a path of its own, so `/ ? & = #` stay. What is already encoded (`%20`) stays as well.
pub fn encode_url_ending(base: &str, value: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let structure: &[u8] = if base.contains('?') { b"" } else { b"/?&=#" };
    let value = value.trim();
    let bytes = value.as_bytes();
    let mut encoded = String::with_capacity(value.len());
    for (at, byte) in bytes.iter().enumerate() {
        let hex_follows = || {
            let digits = bytes.get(at + 1..at + 3);
            digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
        };
        let stays = byte.is_ascii_alphanumeric()
            || b"-_.~".contains(byte)
            || structure.contains(byte)
            || (*byte == b'%' && hex_follows());
        if stays {
            encoded.push(char::from(*byte));
        } else {
            encoded.push('%');
            for nibble in [byte >> 4, byte & 15] {
                encoded.push(HEX.get(usize::from(nibble)).map_or('0', |digit| char::from(*digit)));
            }
        }
    }
    encoded
}

impl Template {
    /// What stands in a button's address before its variable; `None` where the variable is not such a one.
    pub fn address_before(&self, id: &VariableId) -> Option<&str> {
        let Part::ButtonUrl(place) = id.part else { return None };
        let components = match id.card {
            None => self.components.as_slice(),
            Some(card) => self.cards().get(usize::from(card))?,
        };
        components.iter().find_map(|component| match component {
            Component::Buttons(buttons) => match &buttons.get(usize::from(place))?.action {
                ButtonAction::Url { url, .. } => url.get(..url.find("{{")?),
                _ => None,
            },
            _ => None,
        })
    }
}

/// A template's address with its end filled in, encoded.
pub fn filled_url(template_url: &str, value: &str) -> String {
    let base = template_url.find("{{").and_then(|at| template_url.get(..at)).unwrap_or(template_url);
    let ending = encode_url_ending(base, value);
    placeholder::fill(template_url, |_| (ending.clone(), placeholder::Fill::Value)).text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;
    use crate::domain::{fixtures::now, template::MediaKind, variable::COUPON_CODE_LIMIT};

    fn variable(kind: ValueKind) -> Variable {
        Variable {
            id: VariableId { card: None, part: Part::Body("1".into()) },
            kind,
            example: None,
            required: true,
            limit: match kind {
                ValueKind::CouponCode => Some(COUPON_CODE_LIMIT),
                _ => None,
            },
        }
    }

    #[rstest]
    #[case("Ana", Ok(()))]
    #[case("a    b", Ok(()))]
    #[case("a     b", Err(ValueProblem::TooManySpaces))]
    #[case("a\nb", Err(ValueProblem::LineBreak))]
    #[case("a\rb", Err(ValueProblem::LineBreak))]
    #[case("a\tb", Err(ValueProblem::Tab))]
    #[case("", Err(ValueProblem::Missing))]
    #[case("   ", Err(ValueProblem::Missing))]
    fn texts_are_checked_as_meta_does(#[case] value: &str, #[case] expected: Result<(), ValueProblem>) {
        assert_eq!(check(&variable(ValueKind::Text), value, now()), expected);
    }

    #[rstest]
    #[case(ValueKind::Media(MediaKind::Image), "https://example.com/a.jpg", true)]
    #[case(ValueKind::Media(MediaKind::Image), "1234567890", true)]
    #[case(ValueKind::Media(MediaKind::Image), "a.jpg", false)]
    #[case(ValueKind::Media(MediaKind::Image), "javascript:alert(1)", false)]
    #[case(ValueKind::Latitude, "52.52", true)]
    #[case(ValueKind::Latitude, "52,52", true)]
    #[case(ValueKind::Latitude, "-90.1", false)]
    #[case(ValueKind::Longitude, "-90.1", true)]
    #[case(ValueKind::Longitude, "NaN", false)]
    #[case(ValueKind::CouponCode, "SAVE-20", true)]
    #[case(ValueKind::CouponCode, "SAVE 20", false)]
    #[case(ValueKind::CouponCode, "ABCDEFGHIJKLMNOP", false)]
    #[case(ValueKind::Moment, "2030-01-01T00:00:00Z", true)]
    #[case(ValueKind::Moment, "2030-01-01T00:00+02:00", true)]
    #[case(ValueKind::Moment, "1900000000000", true)]
    #[case(ValueKind::Moment, "2020-01-01T00:00:00Z", false)]
    #[case(ValueKind::Moment, "tomorrow", false)]
    #[case(ValueKind::Moment, "99999999999999999999", false)]
    #[case(ValueKind::Ids, "a1, b2", true)]
    #[case(ValueKind::Ids, ", ,", false)]
    fn each_kind_of_value_is_checked_for_what_it_is(#[case] kind: ValueKind, #[case] value: &str, #[case] fits: bool) {
        assert_eq!(check(&variable(kind), value, now()).is_ok(), fits);
    }

    #[rstest]
    #[case("2026-12-31 18:00", Some("2026-12-31T17:00:00Z"))]
    #[case("2026-07-01T18:00:30", Some("2026-07-01T16:00:30Z"))]
    #[case("2026-12-31", Some("2026-12-31T23:00:00Z"))]
    #[case("2026-12-31T18:00:00Z", None)]
    #[case("2026-12-31T18:00:00+05:30", None)]
    #[case("1900000000000", None)]
    #[case("tomorrow", None)]
    fn a_moment_without_offset_is_the_readers_own_time(#[case] typed: &str, #[case] expected: Option<&str>) {
        let berlin = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap();
        assert_eq!(with_offset(typed, &berlin).as_deref(), expected);
    }

    #[test]
    fn an_optional_value_may_be_left_out_but_not_be_wrong() {
        let optional = Variable { required: false, ..variable(ValueKind::FileName) };
        assert_eq!(check(&optional, "", now()), Ok(()));
        assert_eq!(check(&optional, "a\nb", now()), Err(ValueProblem::LineBreak));
    }

    #[rstest]
    #[case("https://x.test/shop?promo=", "a b&c", "a%20b%26c")]
    #[case("https://x.test/", "sale/été?x=1", "sale/%C3%A9t%C3%A9?x=1")]
    #[case("https://x.test/", "50% off", "50%25%20off")]
    #[case("https://x.test/", "already%20done", "already%20done")]
    #[case("https://x.test/", "\"><script>", "%22%3E%3Cscript%3E")]
    fn url_endings_are_percent_encoded(#[case] base: &str, #[case] value: &str, #[case] expected: &str) {
        assert_eq!(encode_url_ending(base, value), expected);
        assert_eq!(filled_url(&format!("{base}{{{{1}}}}"), value), format!("{base}{expected}"));
    }

    proptest! {
        #[test]
        fn no_value_panics_and_encoded_ones_are_plain_ascii(value in "\\PC{0,40}") {
            for kind in [ValueKind::Text, ValueKind::Moment, ValueKind::Latitude, ValueKind::Ids, ValueKind::Media(MediaKind::Gif)] {
                let _ = check(&variable(kind), &value, now());
            }
            let encoded = encode_url_ending("https://x.test/?a=", &value);
            prop_assert!(encoded.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.~%".contains(&byte)));
        }
    }
}
