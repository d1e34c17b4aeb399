//! The timeline: each refresh is compared with what was known, and the differences are kept as events.

use std::{
    borrow::Borrow,
    collections::{HashMap, HashSet},
};

use compact_str::CompactString;
use jiff::Timestamp;
use rusqlite::{Connection, Row, Statement, params};

use super::{Store, StoreError, kept, moment};
use crate::domain::{
    Account, PortfolioId, WabaId,
    account::OnboardingStatus,
    event::{ENDED, Event, EventKind, Fact, Source, Sources, change, facts_at, is_over, is_seen_only, same_value},
};

/// Which events are wanted, the newest first.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only of this account.
    pub account: Option<WabaId>,
    /// Only of this kind.
    pub kind: Option<EventKind>,
    /// Only from this moment on.
    pub since: Option<Timestamp>,
    /// So many of the newest are left out: the pages before.
    pub skip: u32,
    /// At most so many.
    pub most: u32,
}

/// Under what the facts keep whose an account is. It is no kind of event: that it changes hands is [`EventKind::Ownership`].
pub(super) const OWNER: &str = "portfolio";

/// Kind and subject to value and moment, of one account: those of thousands at once would take more memory than the accounts.
type Known = HashMap<(CompactString, CompactString), (CompactString, i64)>;

impl Store {
    /// Compares a refresh with what was known and keeps the differences, which it gives back. `complete` says that every
    /// account was seen, so that those that are missing are gone. The first look of a profile tells nothing.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn observe<A: Borrow<Account>>(
        &self,
        profile: &str,
        accounts: &[A],
        complete: bool,
        at: Timestamp,
    ) -> Result<Vec<Event>, StoreError> {
        self.write(|connection| {
            let before: HashSet<CompactString> = connection
                .prepare("SELECT account FROM facts WHERE profile = ?1 AND kind = 'account_appeared'")?
                .query_map([profile], |row| text(row, 0))?
                .collect::<rusqlite::Result<_>>()?;
            let mut comparison = Comparison::new(connection, profile, at)?;
            let (mut events, mut told_of) = (Vec::new(), HashSet::new());
            for account in accounts.iter().map(Borrow::borrow) {
                let told = comparison.compare(account, &before)?;
                events.extend(told.into_iter().filter(|event| {
                    // What is the portfolio's is told once; each of its accounts repeats it.
                    !event.kind.is_of_portfolio()
                        || event.portfolio.is_none()
                        || told_of.insert((event.kind.clone(), event.portfolio.clone()))
                }));
            }
            if complete {
                let seen: HashSet<&str> = accounts.iter().map(|account| account.borrow().id.as_str()).collect();
                let mut gone: Vec<&str> =
                    before.iter().map(CompactString::as_str).filter(|account| !seen.contains(account)).collect();
                gone.sort_unstable();
                for account in gone {
                    connection.execute("DELETE FROM facts WHERE profile = ?1 AND account = ?2", [profile, account])?;
                    events.push(blank(WabaId::from(account), EventKind::Disappeared, at));
                }
            }
            for event in &events {
                insert(connection, profile, event)?;
            }
            join_portfolios(connection, profile)?;
            Ok(events)
        })
    }

    /// Compares the templates of an account with what was known of them and keeps the differences, which it gives back.
    /// The list must be whole: what is missing in it was deleted. The first look tells nothing.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn observe_templates(
        &self,
        profile: &str,
        account: &WabaId,
        facts: &[Fact],
        at: Timestamp,
    ) -> Result<Vec<Event>, StoreError> {
        self.write(|connection| {
            let known: Known = connection
                .prepare(
                    "SELECT kind, subject, value, at FROM facts
                     WHERE profile = ?1 AND account = ?2 AND kind >= 'template_' AND kind <= 'template_~'",
                )?
                .query_map([profile, account.as_str()], |row| Ok(((text(row, 0)?, text(row, 1)?), (text(row, 2)?, row.get(3)?))))?
                .collect::<rusqlite::Result<_>>()?;
            let events = Comparison::new(connection, profile, at)?.compare_templates(account, facts, &known)?;
            for event in &events {
                insert(connection, profile, event)?;
            }
            Ok(events)
        })
    }

    /// Keeps events that were not found by comparing.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn record(&self, profile: &str, events: &[Event]) -> Result<(), StoreError> {
        self.write(|connection| events.iter().try_for_each(|event| insert(connection, profile, event)))
    }

    /// The events that were kept, the newest first.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn timeline(&self, profile: &str, filter: &Filter) -> Result<Vec<Event>, StoreError> {
        let mut sql = "SELECT at, account, portfolio, kind, subject, before, after, note, sources FROM events
            WHERE profile = ?1 AND at >= ?2"
            .to_owned();
        // The numbers of the parameters stay the same, so unused ones are compared with nothing.
        sql.push_str(if filter.account.is_some() { " AND account = ?3" } else { " AND ?3 IS NULL" });
        sql.push_str(if filter.kind.is_some() { " AND kind = ?4" } else { " AND ?4 IS NULL" });
        sql.push_str(" ORDER BY at DESC, id DESC LIMIT ?5 OFFSET ?6");
        let since = filter.since.map_or(i64::MIN, kept);
        let (account, kind) = (filter.account.as_ref().map(WabaId::as_str), filter.kind.as_ref().map(EventKind::as_wire));
        self.with(|connection| {
            connection.prepare(&sql)?.query_map(params![profile, since, account, kind, filter.most, filter.skip], read)?.collect()
        })
    }

    /// What was announced of an account and no field tells, however long ago: of each thing the last word. The newest first.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn standing(&self, profile: &str, account: &WabaId) -> Result<Vec<Event>, StoreError> {
        let kinds: Vec<String> = EventKind::KNOWN
            .iter()
            .filter(|kind| kind.is_of_webhooks_alone())
            .map(|kind| format!("'{}'", kind.as_wire()))
            .collect();
        // Kinds are this program's own words. An alert is about the thing and its own kind, whichever side names it.
        let sql = format!(
            "SELECT at, account, portfolio, kind, subject, before, after, note, sources FROM events AS told
             WHERE profile = ?1 AND account = ?2 AND kind IN ({}) AND NOT EXISTS (
                 SELECT 1 FROM events AS later
                 WHERE later.profile = ?1 AND later.account = ?2 AND later.kind = told.kind AND later.subject = told.subject
                 AND (later.at, later.id) > (told.at, told.id)
                 AND (told.kind <> 'alert' OR coalesce(nullif(later.after, 'ended'), later.before) IS coalesce(nullif(told.after, 'ended'), told.before)))
             ORDER BY at DESC, id DESC LIMIT 200",
            kinds.join(", ")
        );
        self.with(|connection| connection.prepare(&sql)?.query_map(params![profile, account.as_str()], read)?.collect())
    }

    /// When this profile was last looked at.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn last_visit(&self, profile: &str) -> Result<Option<Timestamp>, StoreError> {
        self.with(|connection| {
            let found = connection.query_row("SELECT max(at) FROM visits WHERE profile = ?1", [profile], |row| row.get(0));
            found.map(|at: Option<i64>| at.map(moment))
        })
    }

    /// Notes that it was looked at now.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn mark_visit(&self, profile: &str, at: Timestamp) -> Result<(), StoreError> {
        self.write(|connection| {
            connection.execute("INSERT OR REPLACE INTO visits (profile, at) VALUES (?1, ?2)", params![profile, kept(at)])
        })?;
        Ok(())
    }
}

/// What Meta sends about a portfolio comes once for each of its accounts, and before the first look nobody knows which belong
/// together. Afterwards it is one event, the first.
fn join_portfolios(connection: &Connection, profile: &str) -> rusqlite::Result<()> {
    const SHARED: &str = "kind IN ('limit', 'terms', 'verification')";
    let mut alone = connection
        .prepare(&format!("SELECT DISTINCT account FROM events WHERE profile = ?1 AND {SHARED} AND portfolio IS NULL"))?;
    let accounts: Vec<String> = alone.query_map([profile], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let mut owner = connection.prepare("SELECT value FROM facts WHERE profile = ?1 AND account = ?2 AND kind = ?3")?;
    let mut portfolios = HashSet::new();
    for account in &accounts {
        let found = owner.query_map(params![profile, account, OWNER], |row| row.get::<_, String>(0))?.next().transpose()?;
        let Some(portfolio) = found else { continue };
        connection.execute(
            &format!("UPDATE events SET portfolio = ?3 WHERE profile = ?1 AND account = ?2 AND {SHARED} AND portfolio IS NULL"),
            params![profile, account, portfolio],
        )?;
        portfolios.insert(portfolio);
    }
    for portfolio in &portfolios {
        connection.execute(
            &format!(
                "DELETE FROM events AS again WHERE profile = ?1 AND portfolio = ?2 AND {SHARED} AND EXISTS (
                     SELECT 1 FROM events AS first WHERE first.profile = ?1 AND first.portfolio = ?2 AND first.kind = again.kind
                     AND first.subject = again.subject AND first.after IS again.after AND first.account <> again.account
                     AND first.id < again.id AND abs(first.at - again.at) <= ?3)"
            ),
            params![profile, portfolio, TOGETHER_MILLISECONDS],
        )?;
    }
    Ok(())
}

/// What Meta tells of a portfolio's accounts within this time is one change.
const TOGETHER_MILLISECONDS: i64 = 60_000;

/// Accounts against what was known of them, one after the other.
struct Comparison<'a> {
    profile: &'a str,
    at: Timestamp,
    known: Statement<'a>,
    keep: Statement<'a>,
    forget: Statement<'a>,
}

impl<'a> Comparison<'a> {
    fn new(connection: &'a Connection, profile: &'a str, at: Timestamp) -> rusqlite::Result<Self> {
        Ok(Self {
            profile,
            at,
            // Those of templates are read apart and may be many, so they are passed over here, not read and dropped.
            known: connection.prepare(
                "SELECT kind, subject, value, at FROM facts WHERE profile = ?1 AND account = ?2 AND kind < 'template_'
                 UNION ALL
                 SELECT kind, subject, value, at FROM facts WHERE profile = ?1 AND account = ?2 AND kind > 'template_~'",
            )?,
            keep: connection.prepare(
                "INSERT OR REPLACE INTO facts (profile, account, kind, subject, value, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?,
            forget: connection.prepare("DELETE FROM facts WHERE profile = ?1 AND account = ?2 AND kind = ?3 AND subject = ?4")?,
        })
    }

    /// One account against what was known; keeps its facts.
    fn compare(&mut self, account: &Account, before: &HashSet<CompactString>) -> rusqlite::Result<Vec<Event>> {
        let (id, at) = (account.id.as_str(), self.at);
        let event = |fact: &Fact| Event {
            subject: fact.subject.clone(),
            portfolio: account.portfolio.as_ref().map(|portfolio| portfolio.id.clone()),
            ..blank(account.id.clone(), fact.kind.clone(), at)
        };
        let is_new = !before.contains(id);
        let known: Known = self
            .known
            .query_map([self.profile, id], |row| Ok(((text(row, 0)?, text(row, 1)?), (text(row, 2)?, row.get(3)?))))?
            .collect::<rusqlite::Result<_>>()?;
        let now = facts_at(account, at);
        // That there is an account at all is a fact, too.
        let exists = Fact { subject: "".into(), kind: EventKind::Appeared, value: "seen".into() };
        let mut events = Vec::new();
        if is_new && !before.is_empty() {
            events.push(event(&exists));
        }
        let knew_numbers = !is_new && known.keys().any(|(kind, _)| kind == EventKind::NumberAdded.as_wire());
        // A status that turned to restricted, or away from it, is the news already; its sentence is no second one.
        let is_restricted = |value: &str| OnboardingStatus::from_wire(value) == OnboardingStatus::IneligibleInactiveOrRestricted;
        let known_status = known.get(&(EventKind::Onboarding.as_wire().into(), "".into()));
        let by_status = known_status.is_some_and(|(was, _)| is_restricted(was) != is_restricted(account.onboarding.as_wire()))
            && !account.onboarding.as_wire().is_empty();
        for fact in now.iter().chain(is_new.then_some(&exists)) {
            let was = known.get(&(fact.kind.as_wire().into(), fact.subject.clone()));
            // What was learned after this was read stays: the answer is older than it.
            let read = account.refreshed.unwrap_or(at);
            if was.is_some_and(|(value, since)| same_value(value, &fact.value) || *since > kept(read)) {
                continue;
            }
            let is_news = !is_new && change(was.map(|(value, _)| value.as_str()), fact, knew_numbers);
            if is_news && !(by_status && is_told_by_status(fact)) {
                let (was, after) = (was.map(|(value, _)| value.clone()), Some(fact.value.clone()));
                events.push(Event { before: was, after, ..event(fact) });
            }
            let (kind, subject) = (fact.kind.as_wire(), fact.subject.as_str());
            self.keep.execute(params![self.profile, id, kind, subject, fact.value.as_str(), kept(read)])?;
        }
        let owner = account.portfolio.as_ref().map(|portfolio| portfolio.id.as_str());
        let known_owner = known.get(&(OWNER.into(), "".into())).map(|(value, _)| value.as_str());
        if let Some(owner) = owner.filter(|owner| Some(*owner) != known_owner) {
            self.keep.execute(params![self.profile, id, OWNER, "", owner, kept(at)])?;
        }
        let has = |kind: &EventKind, subject: &str| now.iter().any(|fact| fact.kind == *kind && fact.subject == subject);
        for ((kind, subject), (value, since)) in &known {
            let kind = EventKind::from_wire(kind);
            let fact = |kind: EventKind| Fact { subject: subject.clone(), kind, value: value.clone() };
            match kind {
                // Nobody tells the end of a restriction whose time is over; what was learned of it does.
                EventKind::Restriction if !has(&kind, subject) && value != ENDED && is_over(value, at) => {
                    let ended = value.parse().unwrap_or(at);
                    let (before, after) = (Some(value.clone()), Some(ENDED.into()));
                    events.push(Event { at: ended, before, after, ..event(&fact(kind.clone())) });
                    self.keep.execute(params![self.profile, id, kind.as_wire(), subject.as_str(), ENDED, kept(at)])?;
                }
                // What a look alone had told, a look takes back, unless it lacks what tells of it.
                EventKind::Restriction if !has(&kind, subject) && is_seen_only(value) && account.health.is_some() => {
                    if !by_status {
                        let (before, after) = (Some(value.clone()), Some(ENDED.into()));
                        events.push(Event { before, after, ..event(&fact(kind.clone())) });
                    }
                    self.keep.execute(params![self.profile, id, kind.as_wire(), subject.as_str(), ENDED, kept(at)])?;
                }
                // No number at all is an answer that lacks them rather than an account that lost every one.
                EventKind::NumberAdded if !has(&kind, subject) && !account.numbers.is_empty() && *since <= kept(at) => {
                    events.push(Event { before: Some(value.clone()), ..event(&fact(EventKind::NumberRemoved)) });
                    for kind in OF_NUMBERS {
                        self.forget.execute(params![self.profile, id, kind.as_wire(), subject.as_str()])?;
                    }
                }
                _ => {}
            }
        }
        Ok(events)
    }

    /// The templates of an account against what was known of them; keeps their facts.
    fn compare_templates(&mut self, account: &WabaId, now: &[Fact], known: &Known) -> rusqlite::Result<Vec<Event>> {
        let (id, at) = (account.as_str(), self.at);
        let event = |fact: &Fact, before: Option<&CompactString>, after: &str| Event {
            subject: fact.subject.clone(),
            before: before.cloned(),
            after: Some(after.into()),
            ..blank(account.clone(), fact.kind.clone(), at)
        };
        let mut events = Vec::new();
        for fact in now {
            let was = known.get(&(fact.kind.as_wire().into(), fact.subject.clone()));
            if was.is_some_and(|(value, since)| same_value(value, &fact.value) || *since > kept(at)) {
                continue;
            }
            // The first look tells nothing; after it, a template that was not there is one that was made.
            let is_new = was.is_none() && fact.kind == EventKind::TemplateStatus && !known.is_empty();
            if was.is_some() || is_new {
                events.push(event(fact, was.map(|(value, _)| value), &fact.value));
            }
            let (kind, subject) = (fact.kind.as_wire(), fact.subject.as_str());
            self.keep.execute(params![self.profile, id, kind, subject, fact.value.as_str(), kept(at)])?;
        }
        let present: HashSet<&str> = now.iter().map(|fact| fact.subject.as_str()).collect();
        let status = EventKind::TemplateStatus;
        let mut gone: Vec<_> = known
            .iter()
            .filter(|((kind, subject), (value, since))| {
                let is_gone = kind == status.as_wire() && !present.contains(subject.as_str()) && *since <= kept(at);
                is_gone && !same_value(value, DELETED)
            })
            .collect();
        gone.sort();
        for ((_, subject), (value, _)) in gone {
            let fact = Fact { subject: subject.clone(), kind: status.clone(), value: DELETED.into() };
            events.push(event(&fact, Some(value), DELETED));
            self.keep.execute(params![self.profile, id, status.as_wire(), subject.as_str(), DELETED, kept(at)])?;
        }
        Ok(events)
    }
}

/// Whether it is what a look read of a restriction, or its end, which the account's own status tells as well.
fn is_told_by_status(fact: &Fact) -> bool {
    fact.kind == EventKind::Restriction && is_seen_only(&fact.value)
}

/// What goes with a number that is gone.
const OF_NUMBERS: [EventKind; 5] =
    [EventKind::NumberAdded, EventKind::NumberStatus, EventKind::NumberQuality, EventKind::NumberName, EventKind::Throughput];

/// `status` of a template that is no longer listed, as webhooks spell it.
const DELETED: &str = "DELETED";

fn text(row: &Row<'_>, column: usize) -> rusqlite::Result<CompactString> {
    Ok(row.get_ref(column)?.as_str()?.into())
}

fn blank(account: WabaId, kind: EventKind, at: Timestamp) -> Event {
    Event {
        at,
        account: Some(account),
        portfolio: None,
        subject: "".into(),
        kind,
        before: None,
        after: None,
        note: None,
        sources: Source::Refresh.into(),
    }
}

pub(super) fn insert(connection: &Connection, profile: &str, event: &Event) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO events (profile, at, account, portfolio, kind, subject, before, after, note, sources)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            profile,
            kept(event.at),
            event.account.as_ref().map_or("", WabaId::as_str),
            event.portfolio.as_ref().map(PortfolioId::as_str),
            event.kind.as_wire(),
            event.subject.as_str(),
            event.before.as_deref(),
            event.after.as_deref(),
            event.note,
            event.sources.bits()
        ])?;
    Ok(())
}

pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Event> {
    let text = |column: usize| row.get::<_, Option<String>>(column);
    Ok(Event {
        at: moment(row.get(0)?),
        account: text(1)?.filter(|account| !account.is_empty()).map(WabaId::new),
        portfolio: text(2)?.map(PortfolioId::new),
        kind: EventKind::from_wire(&row.get::<_, String>(3)?),
        subject: row.get::<_, String>(4)?.into(),
        before: text(5)?.map(Into::into),
        after: text(6)?.map(Into::into),
        note: text(7)?,
        sources: Sources::from_bits(row.get(8)?),
    })
}
