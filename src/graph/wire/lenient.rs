//! Deserializers that take what Meta sends instead of insisting on what its pages say.
//!
//! Ids come as strings or numbers, numbers and flags as strings, anything may be missing or `null`, and a value of the
//! wrong kind counts as missing. Only broken JSON is an error.

use std::{fmt, marker::PhantomData};

use compact_str::{CompactString, format_compact};
use jiff::Timestamp;
use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, SeqAccess, Visitor, value::MapAccessDeserializer},
};

/// What can be made of a JSON scalar.
pub trait FromScalar: Sized {
    /// From a string.
    fn from_text(text: &str) -> Option<Self>;
    /// From a number without a fraction.
    fn from_integer(number: i128) -> Option<Self>;
    /// From a number with a fraction.
    fn from_float(_number: f64) -> Option<Self> {
        None
    }
    /// From `true` or `false`.
    fn from_flag(_flag: bool) -> Option<Self> {
        None
    }
}

impl FromScalar for CompactString {
    fn from_text(text: &str) -> Option<Self> {
        Some(text.into())
    }

    fn from_integer(number: i128) -> Option<Self> {
        Some(format_compact!("{number}"))
    }

    fn from_float(number: f64) -> Option<Self> {
        Some(format_compact!("{number}"))
    }

    fn from_flag(flag: bool) -> Option<Self> {
        Some(format_compact!("{flag}"))
    }
}

impl FromScalar for String {
    fn from_text(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }

    fn from_integer(number: i128) -> Option<Self> {
        Some(number.to_string())
    }

    fn from_float(number: f64) -> Option<Self> {
        Some(number.to_string())
    }

    fn from_flag(flag: bool) -> Option<Self> {
        Some(flag.to_string())
    }
}

impl FromScalar for i64 {
    fn from_text(text: &str) -> Option<Self> {
        let text = text.trim();
        text.parse().ok().or_else(|| Self::from_float(text.parse().ok()?))
    }

    fn from_integer(number: i128) -> Option<Self> {
        number.try_into().ok()
    }

    fn from_float(number: f64) -> Option<Self> {
        // Within ±2^53 the conversion is exact but for the fraction, which is dropped on purpose.
        #[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
        (number.abs() < 9_007_199_254_740_992.0).then_some(number as Self)
    }
}

impl FromScalar for bool {
    fn from_text(text: &str) -> Option<Self> {
        match text.trim() {
            "1" => Some(true),
            "0" => Some(false),
            word if word.eq_ignore_ascii_case("true") => Some(true),
            word if word.eq_ignore_ascii_case("false") => Some(false),
            _ => None,
        }
    }

    fn from_integer(number: i128) -> Option<Self> {
        Some(number != 0)
    }

    fn from_flag(flag: bool) -> Option<Self> {
        Some(flag)
    }
}

/// Unix seconds, a date, or a date with time and offset.
impl FromScalar for Timestamp {
    fn from_text(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Ok(seconds) = text.parse::<i64>() {
            return Self::from_second(seconds).ok();
        }
        if let Ok(time) = text.parse::<Self>() {
            return Some(time);
        }
        // Graph writes offsets without a colon: 2026-01-31T12:00:00+0000.
        if let Ok(time) = Self::strptime("%Y-%m-%dT%H:%M:%S%z", text) {
            return Some(time);
        }
        let date: jiff::civil::Date = text.parse().ok()?;
        let zoned = date.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
        Some(zoned.timestamp())
    }

    fn from_integer(number: i128) -> Option<Self> {
        Self::from_second(number.try_into().ok()?).ok()
    }
}

struct Scalar<T>(PhantomData<T>);

impl<'de, T: FromScalar> Visitor<'de> for Scalar<T> {
    type Value = Option<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any value")
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(T::from_text(text))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(T::from_integer(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(T::from_integer(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(T::from_float(number))
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Self::Value, E> {
        Ok(T::from_flag(flag))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        IgnoredAny.visit_map(map).map(|_| None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
        IgnoredAny.visit_seq(seq).map(|_| None)
    }
}

/// A scalar of any kind that can be made into the type; anything else is `None`.
///
/// # Errors
/// Broken JSON.
pub fn scalar<'de, D: Deserializer<'de>, T: FromScalar>(input: D) -> Result<Option<T>, D::Error> {
    input.deserialize_any(Scalar(PhantomData))
}

/// An object, or `None` for anything else.
struct Object<T>(Option<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        object(input).map(Self)
    }
}

struct ObjectVisitor<T>(PhantomData<T>);

macro_rules! scalars_are {
    ($value:expr) => {
        fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
            Ok($value)
        }
        fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
            Ok($value)
        }
        fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
            Ok($value)
        }
        fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
            Ok($value)
        }
        fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
            Ok($value)
        }
        fn visit_unit<E>(self) -> Result<Self::Value, E> {
            Ok($value)
        }
    };
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = Option<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any value")
    }

    scalars_are!(None);

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(Some)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
        IgnoredAny.visit_seq(seq).map(|_| None)
    }
}

/// An object; anything else is `None`.
///
/// # Errors
/// Broken JSON.
pub fn object<'de, D: Deserializer<'de>, T: Deserialize<'de>>(input: D) -> Result<Option<T>, D::Error> {
    input.deserialize_any(ObjectVisitor(PhantomData))
}

struct ListVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ListVisitor<T> {
    type Value = Vec<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any value")
    }

    scalars_are!(Vec::new());

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut rows = Vec::new();
        while let Some(Object(row)) = seq.next_element()? {
            rows.extend(row);
        }
        Ok(rows)
    }

    /// A list that lost its order on the way: `{"0": …, "1": …}`.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut rows = Vec::new();
        while let Some((IgnoredAny, Object(row))) = map.next_entry()? {
            rows.extend(row);
        }
        Ok(rows)
    }
}

/// The objects of a list; anything else in it is left out, and anything but a list is empty.
///
/// # Errors
/// Broken JSON.
pub fn list<'de, D: Deserializer<'de>, T: Deserialize<'de>>(input: D) -> Result<Vec<T>, D::Error> {
    input.deserialize_any(ListVisitor(PhantomData))
}

/// A scalar inside a list of scalars.
struct Item<T>(Option<T>);

impl<'de, T: FromScalar> Deserialize<'de> for Item<T> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        scalar(input).map(Self)
    }
}

struct ScalarsVisitor<T>(PhantomData<T>);

impl<'de, T: FromScalar> Visitor<'de> for ScalarsVisitor<T> {
    type Value = Vec<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any value")
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(T::from_text(text).into_iter().collect())
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(T::from_integer(number.into()).into_iter().collect())
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(T::from_integer(number.into()).into_iter().collect())
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(T::from_float(number).into_iter().collect())
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Self::Value, E> {
        Ok(T::from_flag(flag).into_iter().collect())
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Vec::new())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while let Some(Item(item)) = seq.next_element()? {
            items.extend(item);
        }
        Ok(items)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        IgnoredAny.visit_map(map).map(|_| Vec::new())
    }
}

/// The scalars of a list, or a single scalar as a list of one.
///
/// # Errors
/// Broken JSON.
pub fn scalars<'de, D: Deserializer<'de>, T: FromScalar>(input: D) -> Result<Vec<T>, D::Error> {
    input.deserialize_any(ScalarsVisitor(PhantomData))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize, PartialEq, Default)]
    struct Row {
        #[serde(default, deserialize_with = "scalar")]
        id: Option<CompactString>,
        #[serde(default, deserialize_with = "scalar")]
        count: Option<i64>,
        #[serde(default, deserialize_with = "scalar")]
        on: Option<bool>,
        #[serde(default, deserialize_with = "scalar")]
        at: Option<Timestamp>,
        #[serde(default, deserialize_with = "list")]
        rows: Vec<Row>,
        #[serde(default, deserialize_with = "scalars")]
        words: Vec<String>,
    }

    fn read(json: &str) -> Row {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn ids_come_as_strings_or_numbers() {
        assert_eq!(read(r#"{"id":"12"}"#).id.unwrap(), "12");
        assert_eq!(read(r#"{"id":9223372036854775809}"#).id.unwrap(), "9223372036854775809");
        assert_eq!(read(r#"{"id":null}"#).id, None);
        assert_eq!(read(r#"{"id":{"a":[1]}}"#).id, None);
    }

    #[test]
    fn numbers_and_flags_come_as_strings_too() {
        let row = read(r#"{"count":"7","on":"TRUE"}"#);
        assert_eq!((row.count, row.on), (Some(7), Some(true)));
        let row = read(r#"{"count":7.0,"on":1}"#);
        assert_eq!((row.count, row.on), (Some(7), Some(true)));
        let row = read(r#"{"count":[],"on":"maybe"}"#);
        assert_eq!((row.count, row.on), (None, None));
    }

    #[test]
    fn times_come_in_four_spellings() {
        let expected = Timestamp::from_second(1_759_795_200).unwrap();
        for spelling in
            ["1759795200", "\"1759795200\"", "\"2025-10-07\"", "\"2025-10-07T00:00:00Z\"", "\"2025-10-07T00:00:00+0000\""]
        {
            assert_eq!(read(&format!(r#"{{"at":{spelling}}}"#)).at, Some(expected), "{spelling}");
        }
        assert_eq!(read(r#"{"at":"soon"}"#).at, None);
    }

    #[test]
    fn what_is_no_row_is_left_out_of_a_list() {
        let row = read(r#"{"rows":[{"id":1},null,"x",[1],{"id":"2"}],"words":["a",1,null,{}]}"#);
        assert_eq!(row.rows.len(), 2);
        assert_eq!(row.words, ["a", "1"]);
        assert_eq!(read(r#"{"rows":{"0":{"id":"1"}}}"#).rows.len(), 1);
        assert_eq!(read(r#"{"rows":"none"}"#).rows.len(), 0);
    }
}
