//! Webhooks as they came, and what they tell the timeline. A body is safe before it is read; what was not read is found again.

mod tell;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use jiff::Timestamp;
use rusqlite::params;

use super::{Store, StoreError, kept, moment};
use crate::domain::{
    WabaId,
    account::{Restriction, RestrictionKind},
    event::{Event, EventKind, Source},
};

pub use tell::Told;

/// A body that came, by its SHA-256.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewWebhook<B> {
    /// By which a repetition is known.
    pub digest: [u8; 32],
    /// When it came.
    pub received: Timestamp,
    /// The raw bytes.
    pub body: B,
}

/// A body that was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptWebhook {
    /// Grows with every body.
    pub id: i64,
    /// When it came.
    pub received: Timestamp,
    /// The raw bytes.
    pub body: Vec<u8>,
}

impl Store {
    /// Keeps bodies, all of them or none; once this returns they outlive the process and a power cut. Gives how many were not
    /// known before.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn keep_webhooks<B: AsRef<[u8]>>(&self, profile: &str, bodies: &[NewWebhook<B>]) -> Result<usize, StoreError> {
        self.write(|connection| {
            let mut insert = connection.prepare_cached(
                "INSERT INTO webhooks (profile, digest, received, body) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
            )?;
            let mut new = 0;
            for body in bodies {
                new += insert.execute(params![profile, body.digest, kept(body.received), body.body.as_ref()])?;
            }
            Ok(new)
        })
    }

    /// The oldest bodies that were not read yet.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn unread_webhooks(&self, profile: &str, most: u32) -> Result<Vec<KeptWebhook>, StoreError> {
        self.bodies("profile = ?1 AND read = 0 ORDER BY id LIMIT ?2", params![profile, most])
    }

    /// The oldest bodies after one, as far as they were read: what they told is in the timeline.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn read_webhooks_after(&self, profile: &str, id: i64, most: u32) -> Result<Vec<KeptWebhook>, StoreError> {
        self.bodies("profile = ?1 AND id > ?3 AND read = 1 ORDER BY id LIMIT ?2", params![profile, most, id])
    }

    /// The id of the newest body that was read; 0 where there is none.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn last_webhook(&self, profile: &str) -> Result<i64, StoreError> {
        self.with(|connection| {
            connection.query_row("SELECT coalesce(max(id), 0) FROM webhooks WHERE profile = ?1 AND read = 1", [profile], |row| {
                row.get(0)
            })
        })
    }

    /// Takes in what bodies told, and notes that they were read: both or neither. Gives what was not known before.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn tell(&self, profile: &str, read: &[KeptWebhook], told: &[Told]) -> Result<Vec<Event>, StoreError> {
        self.write(|connection| {
            let mut teller = tell::Teller::new(connection, profile);
            let mut news = Vec::new();
            for told in told {
                news.extend(teller.tell(told)?);
            }
            let mut mark = connection.prepare_cached("UPDATE webhooks SET read = 1 WHERE id = ?1")?;
            for body in read {
                mark.execute([body.id])?;
            }
            Ok(news)
        })
    }

    /// The restrictions that webhooks told last of each account, but for those that were lifted. Looks do not tell of them.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn restrictions(&self, profile: &str) -> Result<Vec<(WabaId, Restriction)>, StoreError> {
        self.with(|connection| {
            connection
                .prepare(
                    "SELECT account, subject, after FROM events AS told WHERE profile = ?1 AND kind = ?2 AND sources & ?4 != 0
                     AND at = (SELECT max(at) FROM events WHERE profile = ?1 AND kind = ?2 AND account = told.account AND sources & ?4 != 0)
                     AND NOT EXISTS (SELECT 1 FROM events WHERE profile = ?1 AND kind = ?3 AND account = told.account
                         AND after LIKE 'REINSTATE' AND at >= told.at)",
                )?
                .query_map(
                    params![
                        profile,
                        EventKind::Restriction.as_wire(),
                        EventKind::Disabling.as_wire(),
                        Source::Webhook.bit()
                    ],
                    |row| {
                        let until: Option<String> = row.get(2)?;
                        let kind = RestrictionKind::from_wire(&row.get::<_, String>(1)?);
                        let restriction = Restriction { kind, expires: until.and_then(|until| until.parse().ok()) };
                        Ok((WabaId::new(row.get::<_, String>(0)?), restriction))
                    },
                )?
                .collect()
        })
    }

    /// Another connection to the same file, so that reading what came never waits for keeping what comes. What it writes can
    /// be told again after a power cut, so it need not reach the disk at once.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn beside(&self) -> Result<Self, StoreError> {
        if self.path() == std::path::Path::new(":memory:") {
            return Ok(self.clone());
        }
        let other = Self { turn: Arc::clone(&self.turn), ..Self::open(self.path())? };
        other.with(|connection| {
            // What is told lies all over the indexes: with a larger cache the pages need not be read again for each event.
            connection.pragma_update(None, "cache_size", -1024)?;
            connection.pragma_update(None, "synchronous", "NORMAL")
        })?;
        Ok(other)
    }

    /// Takes away what bodies are kept in, as a damaged file would.
    #[cfg(test)]
    pub(crate) fn break_webhooks(&self) {
        self.with(|connection| connection.execute_batch("DROP TABLE webhooks")).unwrap();
    }

    fn bodies(&self, which: &str, values: &[&dyn rusqlite::ToSql]) -> Result<Vec<KeptWebhook>, StoreError> {
        self.with(|connection| {
            connection
                .prepare(&format!("SELECT id, received, body FROM webhooks WHERE {which}"))?
                .query_map(values, |row| Ok(KeptWebhook { id: row.get(0)?, received: moment(row.get(1)?), body: row.get(2)? }))?
                .collect()
        })
    }
}
