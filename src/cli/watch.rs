//! `wabadeck watch` and `wabadeck timeline`: changes as they come, and those that came before. They draw no screen.

use std::time::Duration;

use jiff::{Timestamp, ToSpan, tz::TimeZone};
use serde_json::{Value, json};

use super::{
    App, Exit, Failure,
    output::{self, complain},
};
use crate::{
    domain::{
        Account, WabaId,
        event::{Event, EventKind},
    },
    ops::history::{self, History},
    store::Filter,
    text,
};

/// Seconds between looks where none are set.
const INTERVAL: Duration = Duration::from_secs(120);

/// Arguments of `wabadeck watch`.
#[derive(Debug, clap::Args)]
pub struct WatchArgs {
    /// One JSON object per line.
    #[arg(long)]
    pub json: bool,
    /// Seconds between looks.
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(15..))]
    pub interval: Option<u64>,
    /// End once every watched account has this onboarding status.
    #[arg(long, value_name = "STATUS")]
    pub until: Option<String>,
    /// Only these accounts.
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub account: Vec<String>,
    /// End as failed after so many seconds.
    #[arg(long, value_name = "SECONDS")]
    pub timeout: Option<u64>,
}

/// Arguments of `wabadeck timeline`.
#[derive(Debug, clap::Args)]
pub struct TimelineArgs {
    /// One JSON object per line.
    #[arg(long)]
    pub json: bool,
    /// Only this account.
    #[arg(long, value_name = "ID")]
    pub account: Option<String>,
    /// Only this kind.
    #[arg(long, value_name = "KIND")]
    pub kind: Option<String>,
    /// So many days back.
    #[arg(long, value_name = "DAYS", default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..))]
    pub days: u16,
}

/// Looks again and again, and prints what changed, until the condition holds, the time is over or it is told to end.
pub async fn watch(app: &App, arguments: &WatchArgs) -> Result<Exit, Failure> {
    let timeout = async {
        match arguments.timeout {
            Some(seconds) => tokio::time::sleep(Duration::from_secs(seconds)).await,
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        ended = looks(app, arguments) => ended,
        () = timeout => {
            complain(&app.texts.get("cli-watch-timed-out"));
            Ok(Exit::Failed)
        }
        () = super::sandbox::interrupted() => Ok(Exit::Done),
    }
}

async fn looks(app: &App, arguments: &WatchArgs) -> Result<Exit, Failure> {
    let session = app.session().await?;
    let history = History::of(&session).await?;
    let interval = arguments.interval.map(Duration::from_secs).or(session.settings().refresh).unwrap_or(INTERVAL);
    let mut is_first = true;
    loop {
        match history::look(&session, &history).await {
            Ok(look) => {
                let watched = |account: &str| arguments.account.is_empty() || arguments.account.iter().any(|id| id == account);
                for event in &look.events {
                    if event.account.as_ref().is_none_or(|account| watched(account.as_str())) {
                        output::print(&line(event, arguments.json, &app.zone));
                    }
                }
                let accounts = look.accounts.iter().filter(|account| watched(account.id.as_str()));
                if arguments.until.as_ref().is_some_and(|wanted| all_are(accounts, wanted)) {
                    return Ok(Exit::Done);
                }
            }
            // Settings that never worked are no reason to try again.
            Err(problem) if is_first => return Err(problem.into()),
            Err(problem) => complain(&problem.to_text(app.texts.language())),
        }
        if std::mem::take(&mut is_first) {
            app.say_sandbox(&session);
        }
        tokio::time::sleep(interval).await;
    }
}

/// Whether there is an account, and each has the status.
fn all_are<'a>(accounts: impl Iterator<Item = &'a Account>, wanted: &str) -> bool {
    let wanted = wanted.replace('-', "_");
    let mut accounts = accounts.peekable();
    accounts.peek().is_some() && accounts.all(|account| account.onboarding.as_wire().eq_ignore_ascii_case(&wanted))
}

/// Prints what was kept, the newest first.
pub async fn timeline(app: &App, arguments: &TimelineArgs) -> Result<Exit, Failure> {
    let session = app.session().await?;
    let history = History::of(&session).await?;
    let filter = Filter {
        account: arguments.account.as_deref().map(WabaId::from),
        kind: arguments.kind.as_deref().map(|kind| EventKind::from_wire(&kind.replace('-', "_"))),
        since: Some(Timestamp::now() - (i64::from(arguments.days) * 24).hours()),
        skip: 0,
        most: 10_000,
    };
    let events = history.timeline(filter).await?;
    if events.is_empty() && !arguments.json {
        complain(&app.texts.get("cli-timeline-empty"));
    }
    let page: String = events.iter().map(|event| line(event, arguments.json, &app.zone)).collect();
    Ok(output::print(&page))
}

fn line(event: &Event, as_json: bool, zone: &TimeZone) -> String {
    if as_json {
        return format!("{}\n", output::harmless(&json(event).to_string()));
    }
    let at = event.at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M:%S").to_string();
    let account = event.account.as_ref().map_or("", WabaId::as_str);
    let values = match (&event.before, &event.after) {
        (Some(before), Some(after)) => format!("{before} → {after}"),
        (Some(only), None) | (None, Some(only)) => only.to_string(),
        (None, None) => String::new(),
    };
    let words = [at.as_str(), account, event.kind.as_wire(), event.subject.as_str(), values.as_str()];
    let shown: Vec<_> = words.iter().filter(|word| !word.is_empty()).map(|word| text::clean(word)).collect();
    format!("{}\n", shown.join("  "))
}

fn json(event: &Event) -> Value {
    json!({
        "at": event.at.to_string(),
        "account": event.account.as_ref().map(WabaId::as_str),
        "portfolio": event.portfolio.as_ref().map(|portfolio| portfolio.as_str()),
        "kind": event.kind.as_wire(),
        "subject": event.subject.as_str(),
        "before": event.before.as_deref(),
        "after": event.after.as_deref(),
        "sources": event.sources.iter().map(|source| source.name()).collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        account::OnboardingStatus,
        event::differences,
        fixtures::{account, now},
    };

    #[test]
    fn the_condition_needs_every_account_and_at_least_one() {
        let on = account("1", OnboardingStatus::Onboarded);
        let off = account("2", OnboardingStatus::Eligible);
        assert!(all_are([&on].into_iter(), "onboarded"));
        assert!(!all_are([&on, &off].into_iter(), "onboarded"));
        assert!(!all_are(std::iter::empty(), "onboarded"));
    }

    #[test]
    fn a_change_is_one_line_that_no_terminal_obeys() {
        let before = account("1", OnboardingStatus::Eligible);
        let mut later = before.clone();
        later.onboarding = OnboardingStatus::from_wire("NEW\u{1b}[2J\n");
        let events = differences(&before, &later, now());
        let shown = line(&events[0], false, &TimeZone::UTC);
        assert!(shown.starts_with("2026-09-21 14:13:20  1  onboarding  ELIGIBLE → NEW"), "{shown:?}");
        let written = line(&events[0], true, &TimeZone::UTC);
        for shown in [&shown, &written] {
            assert!(shown.ends_with('\n') && !shown.trim_end().contains(char::is_control), "{shown:?}");
        }
        let value: Value = serde_json::from_str(&written).unwrap();
        assert_eq!((&value["before"], &value["sources"][0]), (&json!("ELIGIBLE"), &json!("refresh")));
    }
}
