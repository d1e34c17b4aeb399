//! What the journal of sends says of failures: which codes by which way, and who has to be reached otherwise (R38).

use jiff::Timestamp;
use rusqlite::named_params;

use super::{Store, StoreError, kept, moment};
use crate::domain::{WabaId, results::Method};

/// How often a code came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailureCount {
    /// Meta's code.
    pub code: i64,
    /// By which way: the one that a webhook named, else the one that was asked for.
    pub method: Method,
    /// How often.
    pub count: u32,
}

/// Why a recipient has to be reached otherwise (R38).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RetargetReason {
    /// 131049: another channel, or not before 24 hours have passed.
    Wait,
    /// 131050: the recipient wants no marketing; never again.
    Never,
}

impl RetargetReason {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Wait, Self::Never];

    /// Its name for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Wait => "wait",
            Self::Never => "never",
        }
    }

    /// Meta's code (Meta: error codes; per-user marketing limits).
    pub fn code(self) -> i64 {
        match self {
            Self::Wait => 131_049,
            Self::Never => 131_050,
        }
    }
}

/// A recipient that has to be reached otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retarget {
    /// Who.
    pub recipient: String,
    /// From which account the last of these messages came.
    pub account: WabaId,
    /// Its template.
    pub template: String,
    /// When it failed, or was sent where no webhook told when it failed.
    pub at: Timestamp,
    /// How often it failed so.
    pub times: u32,
}

/// A code that a send was refused or failed with.
const CODE: &str = "coalesce(failure, code)";

impl Store {
    /// How often each code came since a moment, the most frequent first; of one template where one is named.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn failures(
        &self,
        profile: &str,
        account: &WabaId,
        template: Option<&str>,
        since: Timestamp,
    ) -> Result<Vec<FailureCount>, StoreError> {
        let sql = format!(
            "SELECT {CODE}, CASE WHEN category IS NOT NULL THEN category = 'marketing_lite' ELSE requested = 'optimized' END, count(*)
             FROM sends WHERE profile = :profile AND account = :account AND at >= :since AND {CODE} IS NOT NULL
                AND (:template IS NULL OR template = :template)
             GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2"
        );
        let values =
            named_params! {":profile": profile, ":account": account.as_str(), ":since": kept(since), ":template": template};
        self.with(|connection| {
            connection
                .prepare(&sql)?
                .query_map(values, |row| {
                    let method = if row.get(1)? { Method::Optimized } else { Method::CloudApi };
                    Ok(FailureCount { code: row.get(0)?, method, count: row.get(2)? })
                })?
                .collect()
        })
    }

    /// Recipients that failed for this reason since a moment, each once, the last failure first. Who was reached after a
    /// failure that only asked for patience is left out; who wants no marketing stays.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn retarget(
        &self,
        profile: &str,
        account: Option<&WabaId>,
        reason: RetargetReason,
        since: Timestamp,
    ) -> Result<Vec<Retarget>, StoreError> {
        let sql = format!(
            "SELECT recipient, account, template, failed_at, times FROM (
                SELECT recipient, account, template, coalesce(status_at, at) AS failed_at,
                    count(*) OVER (PARTITION BY recipient) AS times,
                    row_number() OVER (PARTITION BY recipient ORDER BY coalesce(status_at, at) DESC, id DESC) AS place
                FROM sends WHERE profile = :profile AND at >= :since AND {CODE} = :code
                    AND (:account IS NULL OR account = :account)
             ) AS failed WHERE place = 1 AND (:forever OR NOT EXISTS (
                SELECT 1 FROM sends WHERE profile = :profile AND sends.recipient = failed.recipient AND sends.at >= :since
                    AND sends.status IN ('delivered', 'read') AND sends.status_at > failed.failed_at
             )) ORDER BY failed_at DESC, recipient"
        );
        let account = account.map(WabaId::as_str);
        let values = named_params! {
            ":profile": profile, ":since": kept(since), ":code": reason.code(), ":account": account,
            ":forever": reason == RetargetReason::Never
        };
        self.with(|connection| {
            connection
                .prepare(&sql)?
                .query_map(values, |row| {
                    Ok(Retarget {
                        recipient: row.get(0)?,
                        account: WabaId::new(row.get::<_, String>(1)?),
                        template: row.get(2)?,
                        at: moment(row.get(3)?),
                        times: row.get(4)?,
                    })
                })?
                .collect()
        })
    }
}

#[cfg(test)]
mod tests;
