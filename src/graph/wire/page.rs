//! A page of a list, at the top of an answer or nested in a row (Meta: paginated results).

use std::{fmt, marker::PhantomData};

use compact_str::CompactString;
use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, SeqAccess, Visitor},
};

use super::lenient;

/// A page: its rows and the way to the next one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// The cursor after the last row; `None` when this was the last page.
    pub after: Option<CompactString>,
    /// `summary.total_count`, where the server tells it.
    pub total: Option<u64>,
    /// Whether the answer had a list at all.
    pub present: bool,
}

impl<T> Default for Edge<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), after: None, total: None, present: false }
    }
}

/// A page at the top of an answer.
pub type Page<T> = Edge<T>;

#[derive(Deserialize, Default)]
struct Paging {
    #[serde(default, deserialize_with = "lenient::object")]
    cursors: Option<Cursors>,
    #[serde(default, deserialize_with = "lenient::scalar")]
    next: Option<String>,
}

#[derive(Deserialize, Default)]
struct Cursors {
    #[serde(default, deserialize_with = "lenient::scalar")]
    after: Option<CompactString>,
}

#[derive(Deserialize, Default)]
struct Summary {
    #[serde(default, deserialize_with = "lenient::scalar")]
    total_count: Option<i64>,
}

impl Paging {
    /// The next cursor. Only `next` says that there is another page: the last page carries cursors too. Where the
    /// cursor stands in `next` alone it is taken from there.
    fn after(self) -> Option<CompactString> {
        let next = self.next.filter(|next| !next.is_empty())?;
        let cursor = self.cursors.and_then(|cursors| cursors.after);
        cursor.filter(|cursor| !cursor.is_empty()).or_else(|| after_in(&next))
    }
}

fn after_in(next: &str) -> Option<CompactString> {
    let (_, query) = next.split_once('?')?;
    form_urlencoded::parse(query.as_bytes())
        .find(|(name, value)| name == "after" && !value.is_empty())
        .map(|(_, value)| value.into())
}

#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "lowercase")]
enum Key {
    Data,
    Paging,
    Summary,
    #[serde(other)]
    Other,
}

struct Rows<T>(Vec<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Rows<T> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        lenient::list(input).map(Self)
    }
}

struct Object<T>(Option<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        lenient::object(input).map(Self)
    }
}

struct EdgeVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for EdgeVisitor<T> {
    type Value = Edge<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut edge = Edge::default();
        while let Some(key) = map.next_key()? {
            match key {
                Key::Data => {
                    let Rows(rows) = map.next_value()?;
                    edge.rows = rows;
                    edge.present = true;
                }
                Key::Paging => {
                    let Object(paging) = map.next_value::<Object<Paging>>()?;
                    edge.after = paging.and_then(Paging::after);
                }
                Key::Summary => {
                    let Object(summary) = map.next_value::<Object<Summary>>()?;
                    edge.total = summary.and_then(|summary| summary.total_count).and_then(|total| u64::try_from(total).ok());
                }
                Key::Other => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(edge)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
        let rows = lenient::list(serde::de::value::SeqAccessDeserializer::new(seq))?;
        Ok(Edge { rows, present: true, ..Edge::default() })
    }

    fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
        Ok(Edge::default())
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok(Edge::default())
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
        Ok(Edge::default())
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(Edge::default())
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Edge::default())
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Edge::default())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Edge<T> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        input.deserialize_any(EdgeVisitor(PhantomData))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    struct Row {
        #[serde(default, deserialize_with = "lenient::scalar")]
        id: Option<CompactString>,
    }

    fn read(json: &str) -> Edge<Row> {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn only_next_says_that_there_is_more() {
        let last = read(r#"{"data":[{"id":1}],"paging":{"cursors":{"after":"A"}}}"#);
        assert_eq!((last.rows.len(), last.after), (1, None));
        let more = read(r#"{"data":[],"paging":{"cursors":{"after":"A"},"next":"https://x/?after=B"}}"#);
        assert_eq!(more.after.unwrap(), "A");
        let bare = read(r#"{"data":[],"paging":{"next":"https://x/?limit=1&after=B%3D"}}"#);
        assert_eq!(bare.after.unwrap(), "B=");
    }

    #[test]
    fn a_nested_list_may_be_bare() {
        assert_eq!(read(r#"[{"id":1},{"id":2}]"#).rows.len(), 2);
    }

    #[test]
    fn an_answer_without_a_list_is_told_apart_from_an_empty_one() {
        assert!(read(r#"{"data":[]}"#).present);
        assert!(!read(r#"{"success":true}"#).present);
    }
}
