//! How long things are kept: what is older goes, in small steps, so that nobody who writes has to wait for it.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::{Store, StoreError, kept};

/// Rows that one step takes away.
const STEP: usize = 2_000;

impl Store {
    /// Forgets events, sends and webhooks before this moment, and gives the number of events.
    ///
    /// # Errors
    /// See [`StoreError`]. What was forgotten before it stays forgotten.
    pub fn purge(&self, before: Timestamp) -> Result<usize, StoreError> {
        let mut events = 0;
        for profile in self.profiles_with_events()? {
            events += self.in_steps(
                "DELETE FROM events WHERE id IN (SELECT id FROM events WHERE profile = ?3 AND at < ?1 ORDER BY at LIMIT ?2)",
                before,
                Some(&profile),
            )?;
        }
        self.in_steps(
            "DELETE FROM sends WHERE id IN (SELECT id FROM sends WHERE at < ?1 AND ?3 IS NULL LIMIT ?2)",
            before,
            None,
        )?;
        self.in_steps(
            "DELETE FROM webhooks WHERE id IN (SELECT id FROM webhooks WHERE received < ?1 AND ?3 IS NULL LIMIT ?2)",
            before,
            None,
        )?;
        Ok(events)
    }

    fn in_steps(&self, sql: &str, before: Timestamp, profile: Option<&str>) -> Result<usize, StoreError> {
        let mut gone = 0;
        loop {
            let step = self.write(|connection| connection.prepare(sql)?.execute(params![kept(before), STEP as i64, profile]))?;
            gone += step;
            if step < STEP {
                return Ok(gone);
            }
        }
    }

    /// Every profile that has events: one look into the index for each, however many events there are.
    fn profiles_with_events(&self) -> Result<Vec<String>, StoreError> {
        self.with(|connection| {
            let mut next = connection.prepare("SELECT profile FROM events WHERE profile > ?1 ORDER BY profile LIMIT 1")?;
            let mut profiles = Vec::new();
            let mut last = String::new();
            while let Some(profile) = next.query_row([&last], |row| row.get::<_, String>(0)).optional()? {
                profiles.push(profile.clone());
                last = profile;
            }
            Ok(profiles)
        })
    }
}
