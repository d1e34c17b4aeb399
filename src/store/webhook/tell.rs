//! What a webhook told joins the timeline once: Meta repeats itself, sends in any order, and a refresh may have seen it first.

use compact_str::CompactString;
use jiff::{Timestamp, ToSpan};
use rusqlite::{Connection, OptionalExtension, params};

use crate::{
    domain::{
        PortfolioId, WabaId,
        event::{Event, EventKind, Source, same_value},
    },
    store::{event, kept, moment},
};

/// An event that a webhook told, and when the webhook came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The event; `at` is Meta's clock.
    pub event: Event,
    /// By our clock.
    pub received: Timestamp,
}

/// An event of the timeline that may be the same.
struct Known {
    id: i64,
    at: i64,
    after: Option<CompactString>,
    sources: u8,
}

impl Known {
    fn is_of_webhook(&self) -> bool {
        self.sources & Source::Webhook.bit() != 0
    }

    fn tells(&self, after: Option<&str>) -> bool {
        match (self.after.as_deref(), after) {
            (Some(left), Some(right)) => same_value(left, right),
            (left, right) => left == right,
        }
    }
}

/// Takes events in, one after the other.
pub(super) struct Teller<'a> {
    connection: &'a Connection,
    profile: &'a str,
}

impl<'a> Teller<'a> {
    pub(super) fn new(connection: &'a Connection, profile: &'a str) -> Self {
        Self { connection, profile }
    }

    /// Takes an event in; gives it back, completed, unless all of it was known.
    pub(super) fn tell(&mut self, told: &Told) -> rusqlite::Result<Option<Event>> {
        let mut event = told.event.clone();
        if event.portfolio.is_none() {
            event.portfolio = self.portfolio(&event)?;
        }
        let (at, after) = (kept(event.at), event.after.as_deref());
        if self.is_repeated(&event)? {
            return Ok(None);
        }
        let (before, next) = (self.last_until(&event, at)?, self.next_after(&event, at)?);
        // A refresh saw it before Meta told it.
        let seen = next.as_ref().filter(|next| !next.is_of_webhook() && next.tells(after));
        if let Some(seen) = seen {
            self.join(seen, &event, at)?;
            return Ok(Some(event));
        }
        // Meta tells of a state again, to new subscribers for example.
        if let Some(same) = before.as_ref().filter(|before| is_state(&event.kind) && before.tells(after)) {
            if !same.is_of_webhook() {
                self.join(same, &event, same.at)?;
            }
            return Ok(None);
        }
        if let Some(was) = self.learn(&event, told.received, before.as_ref(), next.is_none())? {
            event.before = event.before.or(Some(was));
        }
        event::insert(self.connection, self.profile, &event)?;
        Ok(Some(event))
    }

    /// Whose the account is, as the last look at it told.
    fn portfolio(&self, event: &Event) -> rusqlite::Result<Option<PortfolioId>> {
        let Some(account) = &event.account else { return Ok(None) };
        let found = self
            .connection
            .prepare_cached("SELECT value FROM facts WHERE profile = ?1 AND account = ?2 AND kind = ?3")?
            .query_row(params![self.profile, account.as_str(), event::OWNER], |row| row.get::<_, String>(0));
        Ok(found.optional()?.map(PortfolioId::new))
    }

    /// Whether exactly this was told by a webhook before. Meta tells whole seconds, and many accounts have events in the same one.
    fn is_repeated(&self, event: &Event) -> rusqlite::Result<bool> {
        self.connection
            .prepare_cached(
                "SELECT 1 FROM events INDEXED BY events_by_account
                 WHERE profile = ?1 AND account = ?2 AND at = ?3 AND kind = ?4 AND subject = ?5 AND after IS ?6 AND sources & ?7 != 0",
            )?
            .exists(params![
                self.profile,
                account(event),
                kept(event.at),
                event.kind.as_wire(),
                event.subject.as_str(),
                event.after.as_deref(),
                Source::Webhook.bit()
            ])
    }

    /// The last event about the same thing until then; being reinstated ends every restriction.
    fn last_until(&self, event: &Event, at: i64) -> rusqlite::Result<Option<Known>> {
        let last = self.known(event, "at <= ?6 ORDER BY at DESC, id DESC", at)?;
        let Some(last) = last else { return Ok(None) };
        if event.kind != EventKind::Restriction {
            return Ok(Some(last));
        }
        let reinstated = self
            .connection
            .prepare_cached(
                "SELECT 1 FROM events WHERE profile = ?1 AND account = ?2 AND kind = ?3 AND after LIKE 'REINSTATE' AND at BETWEEN ?4 AND ?5",
            )?
            .exists(params![self.profile, account(event), EventKind::Disabling.as_wire(), last.at, at])?;
        Ok((!reinstated).then_some(last))
    }

    /// The first event about the same thing after it. Meta tries for seven days.
    fn next_after(&self, event: &Event, at: i64) -> rusqlite::Result<Option<Known>> {
        let week = event.at.checked_add((8 * 24).hours()).map_or(i64::MAX, kept);
        Ok(self.known(event, "at > ?6 ORDER BY at, id", at)?.filter(|next| next.at <= week))
    }

    /// What is the portfolio's is told by an event of any of its accounts.
    fn known(&self, event: &Event, when: &str, at: i64) -> rusqlite::Result<Option<Known>> {
        let shared = event.kind.is_of_portfolio().then_some(event.portfolio.as_ref()).flatten().map(PortfolioId::as_str);
        let whose = if shared.is_some() { "(account = ?2 OR portfolio = ?3)" } else { "account = ?2 AND ?3 IS NULL" };
        self.connection
            .prepare_cached(&format!(
                "SELECT id, at, after, sources FROM events WHERE profile = ?1 AND {whose} AND kind = ?4 AND subject = ?5 AND {when} LIMIT 1"
            ))?
            .query_row(params![self.profile, account(event), shared, event.kind.as_wire(), event.subject.as_str(), at], |row| {
                Ok(Known {
                    id: row.get(0)?,
                    at: row.get(1)?,
                    after: row.get::<_, Option<String>>(2)?.map(Into::into),
                    sources: row.get(3)?,
                })
            })
            .optional()
    }

    /// Meta's clock knows better when it happened than the look that noticed, and its announcement until when it holds.
    fn join(&self, known: &Known, event: &Event, at: i64) -> rusqlite::Result<()> {
        self.connection
            .prepare_cached(
                "UPDATE events SET at = ?2, sources = sources | ?3, note = coalesce(note, ?4),
                 after = CASE WHEN kind = 'restriction' THEN ?5 ELSE after END WHERE id = ?1",
            )?
            .execute(params![known.id, at, Source::Webhook.bit(), event.note, event.after.as_deref()])?;
        Ok(())
    }

    /// Corrects what is known of the account, so that the next look finds no change; gives the value before.
    ///
    /// Only an account that was looked at is known; and what a look learned after this happened stays, unless it was a
    /// webhook that told it.
    fn learn(
        &self,
        event: &Event,
        received: Timestamp,
        before: Option<&Known>,
        is_newest: bool,
    ) -> rusqlite::Result<Option<CompactString>> {
        let account = account(event);
        let mut facts = self.connection.prepare_cached("SELECT 1 FROM facts WHERE profile = ?1 AND account = ?2 LIMIT 1")?;
        if !is_newest || !facts.exists(params![self.profile, account])? {
            return Ok(None);
        }
        match (&event.kind, event.after.as_deref()) {
            (EventKind::Disabling, Some(state)) if state.eq_ignore_ascii_case("REINSTATE") => {
                self.forget(account, Some(&EventKind::Restriction))?;
                return Ok(None);
            }
            (EventKind::Disappeared, _) => {
                self.forget(account, None)?;
                return Ok(None);
            }
            (kind, Some(_)) if is_state(kind) => {}
            _ => return Ok(None),
        }
        let was = self.fact(event)?;
        // The first list of templates tells nothing, and a fact before it would make it the second.
        if event.kind.is_of_template() && was.is_none() && !self.knows_templates(account)? {
            return Ok(None);
        }
        // Meta tells whole seconds: a look within the same second would have seen it, had it come after.
        let is_older = was.as_ref().is_none_or(|(value, since)| {
            since.as_second() <= event.at.as_second()
                || before.is_some_and(|before| before.is_of_webhook() && before.tells(Some(value)))
        });
        if !is_older {
            return Ok(None);
        }
        let shared = event.portfolio.as_ref().filter(|_| event.kind.is_of_portfolio());
        let accounts: Vec<String> = match shared {
            Some(portfolio) => self
                .connection
                .prepare_cached("SELECT account FROM facts WHERE profile = ?1 AND kind = ?2 AND value = ?3")?
                .query_map(params![self.profile, event::OWNER, portfolio.as_str()], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?,
            None => vec![account.to_owned()],
        };
        let mut keep = self.connection.prepare_cached(
            "INSERT OR REPLACE INTO facts (profile, account, kind, subject, value, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?;
        for account in &accounts {
            let (kind, subject) = (event.kind.as_wire(), event.subject.as_str());
            keep.execute(params![self.profile, account, kind, subject, event.after.as_deref(), kept(received)])?;
        }
        Ok(was.map(|(value, _)| value).filter(|was| event.after.as_deref().is_some_and(|after| !same_value(was, after))))
    }

    fn knows_templates(&self, account: &str) -> rusqlite::Result<bool> {
        self.connection.prepare_cached("SELECT 1 FROM facts WHERE profile = ?1 AND account = ?2 AND kind = ?3")?.exists(params![
            self.profile,
            account,
            EventKind::TemplateStatus.as_wire()
        ])
    }

    fn fact(&self, event: &Event) -> rusqlite::Result<Option<(CompactString, Timestamp)>> {
        self.connection
            .prepare_cached("SELECT value, at FROM facts WHERE profile = ?1 AND account = ?2 AND kind = ?3 AND subject = ?4")?
            .query_row(params![self.profile, account(event), event.kind.as_wire(), event.subject.as_str()], |row| {
                Ok((row.get::<_, String>(0)?.into(), moment(row.get(1)?)))
            })
            .optional()
    }

    fn forget(&self, account: &str, kind: Option<&EventKind>) -> rusqlite::Result<()> {
        self.connection
            .prepare_cached("DELETE FROM facts WHERE profile = ?1 AND account = ?2 AND (?3 IS NULL OR kind = ?3)")?
            .execute(params![self.profile, account, kind.map(EventKind::as_wire)])?;
        Ok(())
    }
}

fn account(event: &Event) -> &str {
    event.account.as_ref().map_or("", WabaId::as_str)
}

/// Whether an event of the kind is a new state rather than something that happened, so that the same again says nothing new.
fn is_state(kind: &EventKind) -> bool {
    matches!(
        kind,
        EventKind::Onboarding
            | EventKind::Terms
            | EventKind::Review
            | EventKind::Verification
            | EventKind::Operation
            | EventKind::Ownership
            | EventKind::Restriction
            | EventKind::Health
            | EventKind::NumberStatus
            | EventKind::NumberQuality
            | EventKind::NumberName
            | EventKind::Throughput
            | EventKind::Limit
            | EventKind::TemplateStatus
            | EventKind::TemplateQuality
            | EventKind::TemplateCategory
    )
}
