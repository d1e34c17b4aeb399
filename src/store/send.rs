//! The journal of sends: what was sent to whom, what Meta answered, and what webhooks told later. A send stands in it
//! **before** it is made, so that one whose outcome is unknown stays unknown after a crash (R37).
//!
//! Webhooks name a message by its id alone. One that is quicker than the answer waits among the early ones until a send of
//! that id is settled.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{Store, StoreError, kept, moment};
use crate::domain::{
    MessageId, PhoneNumberId, WabaId,
    delivery::{DeliveryPath, Endpoint, PricingCategory, ProductPolicy},
};

/// How long a status may wait for a send of its id: 10 minutes, in milliseconds.
const EARLY: i64 = 600_000;

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

    fn from_name(name: &str) -> Self {
        match name {
            "accepted" => Self::Accepted,
            "refused" => Self::Refused,
            _ => Self::Unknown,
        }
    }
}

/// How far webhooks say that a message has come; a later word never takes it back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MessageProgress {
    /// On its way.
    Sent,
    /// On the recipient's phone.
    Delivered,
    /// Read.
    Read,
    /// Not delivered.
    Failed,
}

impl MessageProgress {
    const ALL: [Self; 4] = [Self::Sent, Self::Delivered, Self::Read, Self::Failed];

    /// Its name in JSON and in the store.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Read => "read",
            Self::Failed => "failed",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|progress| progress.name() == name)
    }
}

/// A send that is about to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSend {
    /// When.
    pub at: Timestamp,
    /// From which account.
    pub account: WabaId,
    /// From which number.
    pub number: PhoneNumberId,
    /// The template's name; empty for a message without.
    pub template: String,
    /// The template's language.
    pub language: String,
    /// To whom: digits, or a user id.
    pub recipient: String,
    /// Where it is posted.
    pub requested: Endpoint,
    /// `product_policy`, where it goes optimized.
    pub policy: Option<ProductPolicy>,
}

/// How a send was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// What became of it.
    pub outcome: SendResult,
    /// By which webhooks name it.
    pub message_id: Option<MessageId>,
    /// Meta's code, where it was refused.
    pub code: Option<i64>,
    /// Meta's trace id.
    pub fbtrace_id: Option<String>,
    /// What was said about it.
    pub sentence: Option<String>,
}

/// What a webhook told of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptStatus {
    /// How far it has come.
    pub progress: MessageProgress,
    /// When.
    pub at: Timestamp,
    /// `pricing.category`, where the webhook carries it: the only thing that tells the path (R36).
    pub category: Option<PricingCategory>,
    /// Meta's code, where it failed.
    pub failure: Option<i64>,
}

/// A send as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptSend {
    /// Its place in the journal.
    pub id: i64,
    /// What was asked for.
    pub send: NewSend,
    /// How it was answered; unknown until it was.
    pub settled: Settled,
    /// What webhooks told of it last.
    pub status: Option<KeptStatus>,
}

impl KeptSend {
    /// The path that it took, as far as webhooks said (R36).
    pub fn path(&self) -> DeliveryPath {
        DeliveryPath::of_pricing(self.status.as_ref().and_then(|status| status.category.as_ref()))
    }

    /// The code with which it failed or was refused.
    pub fn failure(&self) -> Option<i64> {
        self.status.as_ref().and_then(|status| status.failure).or(self.settled.code)
    }
}

impl Store {
    /// Notes a send **before** it is made: until it is settled its outcome is unknown, also after a crash.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn begin_send(&self, profile: &str, send: &NewSend) -> Result<i64, StoreError> {
        self.write(|connection| {
            connection.execute(
                "INSERT INTO sends (profile, at, account, number, template, language, recipient, requested, policy, outcome)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 'unknown')",
                params![
                    profile,
                    kept(send.at),
                    send.account.as_str(),
                    send.number.as_str(),
                    send.template,
                    send.language,
                    send.recipient,
                    endpoint_name(send.requested),
                    send.policy.map(ProductPolicy::as_wire)
                ],
            )?;
            Ok(connection.last_insert_rowid())
        })
    }

    /// Notes what became of it, and joins what webhooks were quicker to tell.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn settle_send(&self, send: i64, settled: &Settled) -> Result<(), StoreError> {
        self.write(|connection| {
            let message = settled.message_id.as_ref().map(MessageId::as_str);
            connection.execute(
                "UPDATE sends SET outcome = ?2, message_id = ?3, code = ?4, fbtrace_id = ?5, sentence = ?6 WHERE id = ?1",
                params![send, settled.outcome.name(), message, settled.code, settled.fbtrace_id, settled.sentence],
            )?;
            let Some(message) = message else { return Ok(()) };
            let early = connection
                .query_row(
                    "SELECT status, status_at, category, failure FROM early_statuses WHERE message_id = ?1",
                    [message],
                    |row| read_status(row, 0),
                )
                .optional()?
                .flatten();
            if let Some(status) = early {
                merge(connection, message, &status)?;
                connection.execute("DELETE FROM early_statuses WHERE message_id = ?1", [message])?;
            }
            Ok(())
        })
    }

    /// Notes what a webhook told of a message, in whatever order they come: a message never goes back, a path that is known
    /// is not forgotten. Says whether it belongs to a send of the journal. One that belongs to none is kept for a while as
    /// long as a send may be waiting for its answer, else left out: other programs send from the same accounts.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn record_status(&self, message: &MessageId, status: &KeptStatus) -> Result<bool, StoreError> {
        self.write(|connection| record(connection, message.as_str(), status))
    }

    /// The same of many, together.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn record_statuses(&self, statuses: &[(MessageId, KeptStatus)]) -> Result<(), StoreError> {
        if statuses.is_empty() {
            return Ok(());
        }
        self.write(|connection| {
            statuses.iter().try_for_each(|(message, status)| record(connection, message.as_str(), status).map(drop))
        })
    }

    /// The last sends, the newest first; of one account where one is named.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn sends(&self, profile: &str, account: Option<&WabaId>, most: u32) -> Result<Vec<KeptSend>, StoreError> {
        self.with(|connection| {
            connection
                .prepare(
                    "SELECT id, at, account, number, template, language, recipient, requested, policy, outcome, message_id, code,
                        fbtrace_id, sentence, status, status_at, category, failure FROM sends
                     WHERE profile = ?1 AND (?2 IS NULL OR account = ?2) ORDER BY at DESC, id DESC LIMIT ?3",
                )?
                .query_map(params![profile, account.map(WabaId::as_str), most], read)?
                .collect()
        })
    }

    /// When a template was last taken on by Meta, as far as this journal knows.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn last_use(
        &self,
        profile: &str,
        account: &WabaId,
        template: &str,
        language: &str,
    ) -> Result<Option<Timestamp>, StoreError> {
        self.with(|connection| {
            connection.query_row(
                "SELECT MAX(at) FROM sends WHERE profile = ?1 AND account = ?2 AND template = ?3 AND language = ?4
                 AND outcome = 'accepted'",
                params![profile, account.as_str(), template, language],
                |row| Ok(row.get::<_, Option<i64>>(0)?.map(moment)),
            )
        })
    }
}

fn record(connection: &Connection, message: &str, status: &KeptStatus) -> rusqlite::Result<bool> {
    if merge(connection, message, status)? {
        return Ok(true);
    }
    let since = kept(status.at.max(Timestamp::now())).saturating_sub(EARLY);
    connection.execute("DELETE FROM early_statuses WHERE status_at < ?1", [since])?;
    let waiting: bool = connection.query_row(
        "SELECT EXISTS (SELECT 1 FROM sends WHERE outcome = 'unknown' AND message_id IS NULL AND sentence IS NULL AND at >= ?1)",
        [since],
        |row| row.get(0),
    )?;
    if waiting {
        connection.execute(
            "INSERT INTO early_statuses (message_id, status, status_at, category, failure) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (message_id) DO UPDATE SET
                status = CASE WHEN ?6 > (CASE status WHEN 'sent' THEN 0 WHEN 'delivered' THEN 1 WHEN 'read' THEN 2 ELSE 3 END)
                         THEN excluded.status ELSE status END,
                category = COALESCE(excluded.category, category), failure = COALESCE(excluded.failure, failure)",
            params![
                message,
                status.progress.name(),
                kept(status.at),
                status.category.as_ref().map(PricingCategory::as_wire),
                status.failure,
                status.progress as i64
            ],
        )?;
    }
    Ok(false)
}

/// Puts a status to the send of its message. Says whether there is one.
fn merge(connection: &Connection, message: &str, status: &KeptStatus) -> rusqlite::Result<bool> {
    let known = connection
        .query_row("SELECT status, status_at, category, failure FROM sends WHERE message_id = ?1 LIMIT 1", [message], |row| {
            read_status(row, 0)
        })
        .optional()?;
    let Some(known) = known else { return Ok(false) };
    let further = known.as_ref().is_none_or(|known| status.progress > known.progress);
    connection.execute(
        "UPDATE sends SET status = CASE WHEN ?2 THEN ?3 ELSE status END, status_at = CASE WHEN ?2 THEN ?4 ELSE status_at END,
            category = COALESCE(?5, category), failure = COALESCE(?6, failure) WHERE message_id = ?1",
        params![
            message,
            further,
            status.progress.name(),
            kept(status.at),
            // A category that this version does not know tells no path and takes none back.
            status.category.as_ref().filter(|category| category.is_known()).map(PricingCategory::as_wire),
            status.failure
        ],
    )?;
    Ok(true)
}

fn endpoint_name(endpoint: Endpoint) -> &'static str {
    match endpoint {
        Endpoint::MarketingMessages => "optimized",
        Endpoint::Messages => "cloud_api",
    }
}

/// A status from four columns; `None` while no webhook has told anything.
fn read_status(row: &Row<'_>, first: usize) -> rusqlite::Result<Option<KeptStatus>> {
    let progress = row.get::<_, Option<String>>(first)?.as_deref().and_then(MessageProgress::from_name);
    let at = row.get::<_, Option<i64>>(first + 1)?;
    let (Some(progress), Some(at)) = (progress, at) else { return Ok(None) };
    let category = row.get::<_, Option<String>>(first + 2)?.map(|category| PricingCategory::from_wire(&category));
    Ok(Some(KeptStatus { progress, at: moment(at), category, failure: row.get(first + 3)? }))
}

fn read(row: &Row<'_>) -> rusqlite::Result<KeptSend> {
    let policy = |name: String| {
        if name == ProductPolicy::Strict.as_wire() { ProductPolicy::Strict } else { ProductPolicy::CloudApiFallback }
    };
    Ok(KeptSend {
        id: row.get(0)?,
        send: NewSend {
            at: moment(row.get(1)?),
            account: WabaId::new(row.get::<_, String>(2)?),
            number: PhoneNumberId::new(row.get::<_, String>(3)?),
            template: row.get(4)?,
            language: row.get(5)?,
            recipient: row.get(6)?,
            requested: if row.get::<_, String>(7)? == "optimized" { Endpoint::MarketingMessages } else { Endpoint::Messages },
            policy: row.get::<_, Option<String>>(8)?.map(policy),
        },
        settled: Settled {
            outcome: SendResult::from_name(&row.get::<_, String>(9)?),
            message_id: row.get::<_, Option<String>>(10)?.map(MessageId::new),
            code: row.get(11)?,
            fbtrace_id: row.get(12)?,
            sentence: row.get(13)?,
        },
        status: read_status(row, 14)?,
    })
}
