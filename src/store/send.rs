//! What became of each send, so that one whose outcome is unknown stays unknown after a restart (R37).

use jiff::Timestamp;
use rusqlite::{Row, params};

use super::{Store, StoreError, kept, moment};
use crate::domain::{MessageId, WabaId};

/// What became of a send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SendResult {
    /// Meta took it on.
    Accepted,
    /// It was not sent.
    Refused,
    /// Nobody knows.
    Unknown,
}

impl SendResult {
    /// Its name in JSON and in the store.
    pub fn name(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::Unknown => "unknown",
        }
    }
}

/// A send as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptSend {
    /// When.
    pub at: Timestamp,
    /// From which account.
    pub account: WabaId,
    /// The template's name; empty for a message without.
    pub template: String,
    /// To whom; mask it before it is shown.
    pub recipient: String,
    /// What became of it.
    pub outcome: SendResult,
    /// By which webhooks name it.
    pub message_id: Option<MessageId>,
    /// Meta's code.
    pub code: Option<i64>,
    /// Meta's trace id.
    pub fbtrace_id: Option<String>,
    /// What was said about it.
    pub sentence: Option<String>,
}

impl Store {
    /// Notes a send **before** it is made: until it is settled its outcome is unknown, also after a crash.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn begin_send(
        &self,
        profile: &str,
        at: Timestamp,
        account: &WabaId,
        template: &str,
        to: &str,
    ) -> Result<i64, StoreError> {
        self.write(|connection| {
            connection.execute(
                "INSERT INTO sends (profile, at, account, template, recipient, outcome) VALUES (?1, ?2, ?3, ?4, ?5, 'unknown')",
                params![profile, kept(at), account.as_str(), template, to],
            )?;
            Ok(connection.last_insert_rowid())
        })
    }

    /// Notes what became of it.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn settle_send(&self, send: i64, result: &KeptSend) -> Result<(), StoreError> {
        self.write(|connection| {
            connection.execute(
                "UPDATE sends SET outcome = ?2, message_id = ?3, code = ?4, fbtrace_id = ?5, sentence = ?6 WHERE id = ?1",
                params![
                    send,
                    result.outcome.name(),
                    result.message_id.as_ref().map(MessageId::as_str),
                    result.code,
                    result.fbtrace_id,
                    result.sentence
                ],
            )
        })?;
        Ok(())
    }

    /// The last sends of an account, the newest first.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn sends(&self, profile: &str, account: &WabaId, most: u32) -> Result<Vec<KeptSend>, StoreError> {
        self.with(|connection| {
            connection
                .prepare(
                    "SELECT at, account, template, recipient, outcome, message_id, code, fbtrace_id, sentence FROM sends
                     WHERE profile = ?1 AND account = ?2 ORDER BY at DESC, id DESC LIMIT ?3",
                )?
                .query_map(params![profile, account.as_str(), most], read)?
                .collect()
        })
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<KeptSend> {
    Ok(KeptSend {
        at: moment(row.get(0)?),
        account: WabaId::new(row.get::<_, String>(1)?),
        template: row.get(2)?,
        recipient: row.get(3)?,
        outcome: match row.get::<_, String>(4)?.as_str() {
            "accepted" => SendResult::Accepted,
            "refused" => SendResult::Refused,
            _ => SendResult::Unknown,
        },
        message_id: row.get::<_, Option<String>>(5)?.map(MessageId::new),
        code: row.get(6)?,
        fbtrace_id: row.get(7)?,
        sentence: row.get(8)?,
    })
}
