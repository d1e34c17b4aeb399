//! Upgrades that were begun and are not settled, so that they can be followed after a restart.

use jiff::Timestamp;
use rusqlite::{Row, params};

use super::{Store, StoreError, kept, moment};
use crate::domain::{
    PortfolioId, WabaId,
    event::{Source, Sources},
};

/// An upgrade that was begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingUpgrade {
    /// Whose it is.
    pub profile: String,
    /// Which portfolio.
    pub portfolio: PortfolioId,
    /// By which way it was begun, in the words of whoever keeps it.
    pub way: String,
    /// When.
    pub begun_at: Timestamp,
    /// The accounts that it covers.
    pub covers: Vec<WabaId>,
    /// How far it had come, in the words of whoever keeps it.
    pub state: String,
    /// Meta's id of the invitation.
    pub request_id: Option<String>,
}

impl Store {
    /// Keeps an upgrade, in the place of one of the same portfolio.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn keep_pending(&self, upgrade: &PendingUpgrade) -> Result<(), StoreError> {
        let covers: Vec<&str> = upgrade.covers.iter().map(WabaId::as_str).collect();
        self.write(|connection| {
            connection.execute(
                "INSERT OR REPLACE INTO pending (profile, portfolio, way, begun_at, covers, state, request_id)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                params![
                    upgrade.profile,
                    upgrade.portfolio.as_str(),
                    upgrade.way,
                    kept(upgrade.begun_at),
                    covers.join(" "),
                    upgrade.state,
                    upgrade.request_id
                ],
            )
        })?;
        Ok(())
    }

    /// The upgrades of a profile that are kept, the oldest first.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn pending(&self, profile: &str) -> Result<Vec<PendingUpgrade>, StoreError> {
        self.with(|connection| {
            connection
                .prepare(
                    "SELECT profile, portfolio, way, begun_at, covers, state, request_id FROM pending
                     WHERE profile = ?1 ORDER BY begun_at, portfolio",
                )?
                .query_map([profile], read)?
                .collect()
        })
    }

    /// Forgets an upgrade that is settled.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn forget_pending(&self, profile: &str, portfolio: &PortfolioId) -> Result<(), StoreError> {
        self.write(|connection| {
            connection.execute("DELETE FROM pending WHERE profile = ?1 AND portfolio = ?2", [profile, portfolio.as_str()])
        })?;
        Ok(())
    }
}

impl Store {
    /// The accounts that webhooks were about after the event with this number, and the number of the newest event; without a
    /// number only that. It reads the end of the table, so it may be asked often.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn told_by_webhooks(&self, profile: &str, after: Option<i64>) -> Result<(i64, Vec<WabaId>), StoreError> {
        let webhook = Sources::from(Source::Webhook).bits();
        self.with(|connection| {
            let newest = connection.query_row("SELECT coalesce(max(id), 0) FROM events", [], |row| row.get(0))?;
            let Some(after) = after.filter(|after| *after < newest) else { return Ok((newest, Vec::new())) };
            let accounts = connection
                .prepare(
                    "SELECT DISTINCT account FROM events
                     WHERE id > ?1 AND id <= ?2 AND profile = ?3 AND account <> '' AND sources & ?4 <> 0",
                )?
                .query_map(params![after, newest, profile, webhook], |row| Ok(WabaId::new(row.get::<_, String>(0)?)))?
                .collect::<rusqlite::Result<_>>()?;
            Ok((newest, accounts))
        })
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<PendingUpgrade> {
    Ok(PendingUpgrade {
        profile: row.get(0)?,
        portfolio: PortfolioId::new(row.get::<_, String>(1)?),
        way: row.get(2)?,
        begun_at: moment(row.get(3)?),
        covers: row.get::<_, String>(4)?.split_whitespace().map(WabaId::from).collect(),
        state: row.get(5)?,
        request_id: row.get(6)?,
    })
}
