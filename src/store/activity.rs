//! Reading the timeline a page at a time, however long it is: what stands on the activity screen, and what is news.

#[cfg(test)]
mod tests;

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, ToSql, named_params, params};

use super::{Store, StoreError, event, kept};
use crate::domain::{
    PortfolioId, WabaId,
    event::{Event, EventKind, Headline, headline},
};

/// Which events are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// Only of this account.
    pub account: Option<WabaId>,
    /// With an account: its portfolio, whose events are the account's as well; where it is not given, the one of the last look.
    pub portfolio: Option<PortfolioId>,
    /// Only of this kind.
    pub kind: Option<EventKind>,
    /// Only from this moment on.
    pub since: Option<Timestamp>,
    /// Only those that hold this text, in the values as they are kept.
    pub text: String,
    /// With a text: accounts whose names hold it; the store knows only their ids.
    pub named: Vec<WabaId>,
}

/// Where an event stands in the timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    at: i64,
    id: i64,
}

/// An event with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptEvent {
    /// Where it stands; it tells the event from every other.
    pub place: Place,
    /// What it is.
    pub event: Event,
}

/// Which page is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// The newest events.
    Newest,
    /// The oldest ones.
    Oldest,
    /// Those before this one.
    OlderThan(Place),
    /// Those after this one.
    NewerThan(Place),
}

const COLUMNS: &str = "at, account, portfolio, kind, subject, before, after, note, sources, id";

impl Store {
    /// One page of events, the newest first: at most `most`, next to where the window begins.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn page(&self, profile: &str, query: &Query, window: Window, most: u32) -> Result<Vec<KeptEvent>, StoreError> {
        let (bound, newest_first) = match window {
            Window::Newest => ("", true),
            Window::Oldest => ("", false),
            Window::OlderThan(_) => (" AND (at, id) < (:at, :id)", true),
            Window::NewerThan(_) => (" AND (at, id) > (:at, :id)", false),
        };
        let order = if newest_first { "ORDER BY at DESC, id DESC" } else { "ORDER BY at, id" };
        let mut wanted = String::from(" AND at >= :since");
        if query.kind.is_some() {
            wanted.push_str(" AND kind = :kind");
        }
        if !query.text.is_empty() {
            wanted.push_str(
                " AND (subject LIKE :text ESCAPE '\\' OR before LIKE :text ESCAPE '\\' OR after LIKE :text ESCAPE '\\'
                  OR note LIKE :text ESCAPE '\\' OR kind LIKE :text ESCAPE '\\' OR account LIKE :text ESCAPE '\\'
                  OR account IN (SELECT value FROM json_each(:named)))",
            );
        }
        // Each part is read from its own index and no further than the page goes.
        let part = |which: &str| {
            format!(
                "SELECT * FROM (SELECT {COLUMNS} FROM events WHERE profile = :profile{which}{wanted}{bound} {order} LIMIT :most)"
            )
        };
        let sql = match (&query.account, &query.portfolio) {
            (None, _) => format!("{} {order}", part("")),
            (Some(_), _) => format!(
                "{} UNION ALL {} {order} LIMIT :most",
                part(" AND account = :account"),
                // Whoever does not know whose the account is gets what the last look told.
                part(
                    " AND portfolio = coalesce(:portfolio, (SELECT value FROM facts WHERE profile = :profile
                      AND account = :account AND kind = 'portfolio' AND subject = ''))
                      AND kind IN ('limit', 'terms', 'verification') AND account <> :account",
                ),
            ),
        };
        let place = match window {
            Window::OlderThan(place) | Window::NewerThan(place) => place,
            Window::Newest | Window::Oldest => Place { at: 0, id: 0 },
        };
        let text = format!("%{}%", query.text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
        let named = serde_json::Value::from(query.named.iter().map(WabaId::as_str).collect::<Vec<_>>()).to_string();
        let account = query.account.as_ref().map(WabaId::as_str);
        let portfolio = query.portfolio.as_ref().map(PortfolioId::as_str);
        let kind = query.kind.as_ref().map(EventKind::as_wire);
        let since = query.since.map_or(i64::MIN, kept);
        let values: [(&str, &dyn ToSql); 10] = [
            (":profile", &profile),
            (":since", &since),
            (":most", &most),
            (":at", &place.at),
            (":id", &place.id),
            (":kind", &kind),
            (":text", &text),
            (":named", &named),
            (":account", &account),
            (":portfolio", &portfolio),
        ];
        // SQLite refuses names that a statement does not hold.
        let used: Vec<(&str, &dyn ToSql)> = values.into_iter().filter(|(name, _)| holds(&sql, name)).collect();
        let mut events: Vec<KeptEvent> =
            self.with(|connection| connection.prepare(&sql)?.query_map(used.as_slice(), read)?.collect())?;
        if !newest_first {
            events.reverse();
        }
        Ok(events)
    }

    /// What happened from one moment on, by kind of news, the gravest first.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn news(&self, profile: &str, since: Timestamp) -> Result<Vec<(Headline, u32)>, StoreError> {
        let groups: Vec<(String, String, String, u32)> = self.with(|connection| {
            connection
                .prepare(
                    "SELECT kind, coalesce(before, ''), coalesce(after, ''), count(*) FROM events INDEXED BY events_by_time
                     WHERE profile = :profile AND at > :since GROUP BY 1, 2, 3",
                )?
                .query_map(named_params! {":profile": profile, ":since": kept(since)}, |row| {
                    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
                })?
                .collect()
        })?;
        let mut counts = std::collections::BTreeMap::new();
        for (kind, before, after, count) in groups {
            *counts.entry(headline(&EventKind::from_wire(&kind), &before, &after)).or_insert(0) += count;
        }
        Ok(counts.into_iter().collect())
    }

    /// The number of the event that was kept last; 0 where there is none.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn last_kept(&self) -> Result<i64, StoreError> {
        self.with(|connection| connection.query_row("SELECT coalesce(max(id), 0) FROM events", [], |row| row.get(0)))
    }

    /// Events that were kept after the one with this number, in the order in which they were kept, and the last one's number.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn kept_after(&self, profile: &str, number: i64, most: u32) -> Result<(Vec<Event>, i64), StoreError> {
        // By the number alone: an index that begins with the profile would have every event of it sorted first.
        let kept: Vec<KeptEvent> = self.with(|connection| {
            connection
                .prepare(&format!(
                    "SELECT {COLUMNS} FROM events NOT INDEXED WHERE id > :id AND profile = :profile ORDER BY id LIMIT :most"
                ))?
                .query_map(named_params! {":id": number, ":profile": profile, ":most": most}, read)?
                .collect()
        })?;
        let last = kept.last().map_or(number, |last| last.place.id);
        Ok((kept.into_iter().map(|kept| kept.event).collect(), last))
    }

    /// How far a reader has come, by the number of the last event that it told.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn bookmark(&self, profile: &str, reader: &str) -> Result<Option<i64>, StoreError> {
        self.with(|connection| {
            let sql = "SELECT number FROM bookmarks WHERE profile = ?1 AND reader = ?2";
            connection.query_row(sql, [profile, reader], |row| row.get(0)).optional()
        })
    }

    /// Notes how far a reader has come.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn keep_bookmark(&self, profile: &str, reader: &str, number: i64) -> Result<(), StoreError> {
        self.write(|connection| {
            let sql = "INSERT OR REPLACE INTO bookmarks (profile, reader, number) VALUES (?1, ?2, ?3)";
            connection.execute(sql, params![profile, reader, number])
        })?;
        Ok(())
    }
}

/// Whether a statement holds the whole name of a value.
fn holds(sql: &str, name: &str) -> bool {
    sql.match_indices(name).any(|(at, _)| {
        let next = sql.get(at + name.len()..).and_then(|rest| rest.chars().next());
        !next.is_some_and(|next| next.is_ascii_alphanumeric() || next == '_')
    })
}

fn read(row: &Row<'_>) -> rusqlite::Result<KeptEvent> {
    let event = event::read(row)?;
    Ok(KeptEvent { place: Place { at: kept(event.at), id: row.get(9)? }, event })
}
