//! The tables, version by version. A database of a newer version is left alone.

use rusqlite::Connection;

use super::StoreError;

/// One step of the schema per entry; a database at version n has the first n.
const STEPS: &[&str] = &[
    "
    CREATE TABLE pending (
        profile TEXT NOT NULL, portfolio TEXT NOT NULL, way TEXT NOT NULL, begun_at INTEGER NOT NULL,
        covers TEXT NOT NULL, state TEXT NOT NULL, request_id TEXT,
        PRIMARY KEY (profile, portfolio)
    ) WITHOUT ROWID;
    CREATE TABLE facts (
        profile TEXT NOT NULL, account TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL,
        value TEXT NOT NULL, at INTEGER NOT NULL,
        PRIMARY KEY (profile, account, kind, subject)
    ) WITHOUT ROWID;
    CREATE TABLE events (
        id INTEGER PRIMARY KEY, profile TEXT NOT NULL, at INTEGER NOT NULL, account TEXT NOT NULL, portfolio TEXT,
        kind TEXT NOT NULL, subject TEXT NOT NULL, before TEXT, after TEXT, note TEXT, sources INTEGER NOT NULL
    );
    CREATE INDEX events_by_time ON events (profile, at, id);
    CREATE INDEX events_by_account ON events (profile, account, at, id);
    CREATE INDEX events_by_kind ON events (profile, kind, at, id);
    CREATE TABLE visits (profile TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE webhooks (
        id INTEGER PRIMARY KEY, profile TEXT NOT NULL, digest BLOB NOT NULL, received INTEGER NOT NULL, body BLOB NOT NULL,
        UNIQUE (profile, digest)
    );
    CREATE INDEX webhooks_by_time ON webhooks (received);
    CREATE TABLE sends (
        id INTEGER PRIMARY KEY, profile TEXT NOT NULL, at INTEGER NOT NULL, account TEXT NOT NULL, template TEXT NOT NULL,
        recipient TEXT NOT NULL, outcome TEXT NOT NULL, message_id TEXT, code INTEGER, fbtrace_id TEXT, sentence TEXT
    );
    CREATE INDEX sends_by_account ON sends (profile, account, at);
",
    "
    ALTER TABLE sends ADD COLUMN number TEXT NOT NULL DEFAULT '';
    ALTER TABLE sends ADD COLUMN language TEXT NOT NULL DEFAULT '';
    ALTER TABLE sends ADD COLUMN requested TEXT NOT NULL DEFAULT '';
    ALTER TABLE sends ADD COLUMN policy TEXT;
    ALTER TABLE sends ADD COLUMN status TEXT;
    ALTER TABLE sends ADD COLUMN status_at INTEGER;
    ALTER TABLE sends ADD COLUMN category TEXT;
    ALTER TABLE sends ADD COLUMN failure INTEGER;
    CREATE INDEX sends_by_time ON sends (profile, at, id);
    CREATE INDEX sends_by_message ON sends (message_id);
    CREATE TABLE early_statuses (
        message_id TEXT PRIMARY KEY, status TEXT NOT NULL, status_at INTEGER NOT NULL, category TEXT, failure INTEGER
    ) WITHOUT ROWID;
",
    // What is asked of hundreds of thousands of rows is answered from an index: which accounts are known, what is the
    // portfolio's and shows in each of its accounts, what is old.
    "
    CREATE INDEX facts_of_accounts ON facts (profile, account) WHERE kind = 'account_appeared';
    CREATE INDEX events_of_portfolios ON events (profile, portfolio, at, id)
        WHERE kind IN ('limit', 'terms', 'verification');
    CREATE INDEX sends_by_age ON sends (at);
",
    "
    CREATE TABLE bookmarks (
        profile TEXT NOT NULL, reader TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (profile, reader)
    ) WITHOUT ROWID;
",
    "
    ALTER TABLE webhooks ADD COLUMN read INTEGER NOT NULL DEFAULT 0;
    CREATE INDEX webhooks_unread ON webhooks (profile, id) WHERE read = 0;
    CREATE INDEX webhooks_by_profile ON webhooks (profile, id);
",
    // How a year of 5,000 accounts is spread: one account has few of the events, one kind has many. SQLite cannot know by itself,
    // and read all events of a kind to find those of one account.
    "
    ANALYZE sqlite_schema;
    DELETE FROM sqlite_stat1 WHERE tbl = 'events';
    INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
        ('events', 'events_by_time', '500000 500000 1 1'),
        ('events', 'events_by_account', '500000 500000 100 1 1'),
        ('events', 'events_by_kind', '500000 500000 20000 1 1'),
        ('events', 'events_of_portfolios', '80000 80000 300 1 1');
    ANALYZE sqlite_schema;
",
];

/// Brings a database to the newest version, in one transaction that other processes wait for.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let newest = i64::try_from(STEPS.len()).unwrap_or(i64::MAX);
    let version = |connection: &Connection| connection.query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0));
    let known = version(connection)?;
    if known > newest {
        return Err(StoreError::Newer { version: known });
    }
    if known == newest {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    // Another process may have been quicker.
    let known = usize::try_from(version(&transaction)?).unwrap_or_default();
    for step in STEPS.iter().skip(known) {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "user_version", newest)?;
    Ok(transaction.commit()?)
}
