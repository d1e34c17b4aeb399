//! Looks at everything between the settings and the accounts, one thing after the other, and says what works, what does
//! not, and why. It changes nothing, sends nothing and prints nothing.

mod network;
mod report;
#[cfg(test)]
mod tests;
pub mod version;

use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use super::{Problem, Session, connect, fleet, sign_in};
use crate::{
    config::{ConfigError, Settings},
    domain::{account::DiscoveryPath, graph_error::ErrorClass},
    graph::{GraphError, Subject, probe, token},
    paths,
};

pub use report::{Check, Fact, Finding, Line, Report, State, Verdict};

/// Notice before something of the token's ends.
const NOTICE: SignedDuration = SignedDuration::from_hours(14 * 24);
/// Clocks may be this far apart without anybody noticing, and this far before certificates and expiry go wrong.
const CLOCK_UNNOTICED: i64 = 60;
const CLOCK_BROKEN: i64 = 3600;
/// From this share of a limit on it is worth a warning, in percent.
const MUCH: u32 = 75;
/// Names of restricted accounts that are listed.
const MOST_NAMED: usize = 5;

#[derive(Default)]
struct Lines(Vec<Line>);

impl Lines {
    fn add<const N: usize>(&mut self, check: Check, state: State, finding: Finding, facts: [(&'static str, Fact); N]) {
        self.0.push(Line { check, state, finding, facts: facts.into(), problem: None });
    }

    fn add_problem<const N: usize>(
        &mut self,
        (check, state, finding): (Check, State, Finding),
        facts: [(&'static str, Fact); N],
        problem: impl Into<Problem>,
    ) {
        self.0.push(Line { check, state, finding, facts: facts.into(), problem: Some(problem.into()) });
    }
}

/// Looks at everything that the settings lead to. What rests on something broken is not looked at.
pub async fn examine(settings: &Result<Settings, ConfigError>, now: Timestamp) -> Report {
    let mut lines = Lines::default();
    let settings = match settings {
        Ok(settings) => settings,
        Err(error) => {
            let words = error.to_string();
            lines.add(Check::Settings, State::Failed, Finding::SettingsBroken, [("words", words.as_str().into())]);
            return Report { lines: lines.0, embedded: false };
        }
    };
    let embedded =
        settings.force_sandbox || (settings.token.is_none() && settings.graph_url.is_none() && settings.token_lost.is_none());
    look_at_settings(&mut lines, settings, embedded);
    match connect(settings).await {
        Ok(session) => look_at_session(&mut lines, &session, now).await,
        Err(error) if settings.token_lost.is_none() => {
            let words = error.to_string();
            // A token is there: then it is an address, or what the token looks like, that cannot be used.
            let unfit = settings.token.is_some();
            let (check, finding) =
                if unfit { (Check::Settings, Finding::SettingsUnfit) } else { (Check::Secrets, Finding::NoSession) };
            lines.add(check, State::Failed, finding, [("words", words.as_str().into())]);
        }
        Err(_) => {}
    }
    Report { lines: lines.0, embedded }
}

fn look_at_settings(lines: &mut Lines, settings: &Settings, embedded: bool) {
    let file = settings.file.display().to_string();
    let finding = if settings.file.exists() { Finding::SettingsRead } else { Finding::SettingsAbsent };
    let profile = ("profile", Fact::from(settings.profile.as_str()));
    lines.add(Check::Settings, State::Ok, finding, [("file", file.as_str().into()), profile]);
    for warning in &settings.warnings {
        lines.add(Check::Settings, State::Warning, Finding::SettingsWarning, [("words", warning.as_str().into())]);
    }
    for folder in [&settings.paths.data, &settings.paths.state] {
        if let Err(reason) = paths::may_write(folder) {
            let (folder, reason) = (folder.display().to_string(), reason.to_string());
            let facts = [("folder", Fact::from(folder.as_str())), ("reason", reason.as_str().into())];
            lines.add(Check::Settings, State::Warning, Finding::FolderClosed, facts);
        }
    }
    if let Some(words) = &settings.token_lost {
        lines.add(Check::Secrets, State::Failed, Finding::TokenLost, [("words", words.as_str().into())]);
    } else if embedded {
        lines.add(Check::Secrets, State::Warning, Finding::TokenNone, []);
    } else if let Some(source) = settings.token_source {
        lines.add(Check::Secrets, State::Ok, Finding::TokenFrom, [("place", source.name().into())]);
    }
}

async fn look_at_session(lines: &mut Lines, session: &Session, now: Timestamp) {
    if !network::look(lines, session).await {
        return;
    }
    match probe::reach(session.client()).await {
        Ok(reached) => {
            network::look_at_tls(lines, session, reached);
            look_at_clock(lines, reached.date, now);
        }
        Err(error) => {
            let is_certificate = matches!(error, GraphError::Certificate { .. });
            let finding = if is_certificate { Finding::CertificateRefused } else { Finding::RequestFailed };
            lines.add_problem((Check::Tls, State::Failed, finding), [], error);
            return;
        }
    }
    let info = match token::inspect(session.client()).await {
        Ok(info) => Some(info),
        Err(error) if is_about_the_secret(&error) => {
            lines.add_problem((Check::Secrets, State::Failed, Finding::AppSecretWrong), [], error);
            return;
        }
        Err(error) => {
            let problem = Problem::from(error);
            let refused = problem.class == ErrorClass::Auth;
            let found = if refused { (State::Failed, Finding::TokenRefused) } else { (State::Warning, Finding::TokenUnknown) };
            lines.add_problem((Check::Token, found.0, found.1), [], problem);
            if refused {
                return;
            }
            None
        }
    };
    if let Some(info) = &info
        && !look_at_token(lines, info, now)
    {
        return;
    }
    look_at_version(lines, session.version(), now);
    look_at_accounts(lines, session, info.as_ref(), now).await;
    look_at_limits(lines, session);
}

/// Whether Meta refuses the proof that is made with the app's secret (Meta: securing requests).
fn is_about_the_secret(error: &GraphError) -> bool {
    error.api().is_some_and(|error| error.code == 100 && error.message.contains("appsecret_proof"))
}

fn look_at_clock(lines: &mut Lines, date: Option<Timestamp>, now: Timestamp) {
    let Some(date) = date else {
        return lines.add(Check::Clock, State::Ok, Finding::ClockUnknown, []);
    };
    let apart = now.duration_since(date).as_secs();
    let (state, finding) = match apart.abs() {
        little if little <= CLOCK_UNNOTICED => (State::Ok, Finding::ClockRight),
        much if much <= CLOCK_BROKEN => (State::Warning, Finding::ClockWrong),
        _ => (State::Failed, Finding::ClockWrong),
    };
    lines.add(Check::Clock, state, finding, [("seconds", Fact::Count(apart))]);
}

/// Whether there is a token to go on with.
fn look_at_token(lines: &mut Lines, info: &token::TokenInfo, now: Timestamp) -> bool {
    if info.valid == Some(false) {
        let problem = Problem::new("Meta says that this token is not valid: it has expired or was withdrawn.", ErrorClass::Auth);
        lines.add_problem((Check::Token, State::Failed, Finding::TokenRefused), [], problem);
        return false;
    }
    lines.add(Check::Token, State::Ok, Finding::TokenWorks, [("kind", info.kind.as_str().into())]);
    let near = |end: Timestamp| if end.duration_since(now) < NOTICE { State::Warning } else { State::Ok };
    match info.expires {
        Some(end) => lines.add(Check::Token, near(end), Finding::TokenExpires, [("date", Fact::Time(end))]),
        None => lines.add(Check::Token, State::Ok, Finding::TokenNeverExpires, []),
    }
    if let Some(end) = info.data_access_expires {
        lines.add(Check::Token, near(end), Finding::DataAccessEnds, [("date", Fact::Time(end))]);
    }
    let lacks = sign_in::lacking(info);
    if lacks.is_empty() {
        lines.add(Check::Permissions, State::Ok, Finding::PermissionsComplete, []);
    }
    for permission in lacks {
        let (state, finding) = match permission {
            sign_in::Permission::Management => (State::Failed, Finding::LacksManagement),
            sign_in::Permission::Messaging => (State::Warning, Finding::LacksMessaging),
            sign_in::Permission::Business => (State::Warning, Finding::LacksBusiness),
        };
        lines.add(Check::Permissions, state, finding, [("scope", permission.scope().into())]);
    }
    if let Some(app) = info.application.as_deref().or(info.app_id.as_deref()) {
        let id = info.app_id.as_deref().unwrap_or_default();
        lines.add(Check::App, State::Ok, Finding::AppNamed, [("app", app.into()), ("id", id.into())]);
    }
    true
}

fn look_at_version(lines: &mut Lines, version: &str, now: Timestamp) {
    let day = |date: jiff::civil::Date| Fact::Text(date.to_string());
    let name = ("version", Fact::from(version));
    let today = now.to_zoned(TimeZone::UTC).date();
    let check = Check::Version;
    match version::age(version, today) {
        version::Age::Current(None) => lines.add(check, State::Ok, Finding::VersionCurrent, [name]),
        version::Age::Current(Some(end)) => lines.add(check, State::Ok, Finding::VersionUntil, [name, ("day", day(end))]),
        version::Age::EndsSoon(end) => lines.add(check, State::Warning, Finding::VersionEndsSoon, [name, ("day", day(end))]),
        version::Age::Ended(end) => lines.add(check, State::Warning, Finding::VersionEnded, [name, ("day", day(end))]),
        version::Age::Unknown => lines.add(check, State::Warning, Finding::VersionUnknown, [name]),
    }
}

async fn look_at_accounts(lines: &mut Lines, session: &Session, info: Option<&token::TokenInfo>, now: Timestamp) {
    let fleet = match fleet::load_all(session).await {
        Ok(fleet) => fleet,
        Err(problem) => return lines.add_problem((Check::Discovery, State::Failed, Finding::NothingLoaded), [], problem),
    };
    let granted_for_all = info.is_some_and(|info| info.granted_for_all && info.granted.is_empty());
    for path in DiscoveryPath::ALL {
        let count = fleet.accounts.iter().filter(|account| account.found_by.contains(path)).count();
        let failures: Vec<_> = fleet.failures.iter().filter(|(failed, ..)| *failed == path).collect();
        let asks_portfolios = matches!(path, DiscoveryPath::Owned | DiscoveryPath::Client);
        let name = ("way", Fact::from(path.name()));
        if path == DiscoveryPath::Granted && granted_for_all {
            lines.add(Check::Discovery, State::Ok, Finding::WayGrantedForAll, [name]);
        } else if count == 0 && asks_portfolios && fleet.summary.portfolios == 0 && failures.is_empty() {
            lines.add(Check::Discovery, State::Warning, Finding::WayNoPortfolio, [name]);
        } else if count > 0 || (failures.is_empty() && path != DiscoveryPath::Manual) {
            lines.add(Check::Discovery, State::Ok, Finding::WayFound, [name, ("count", count.into())]);
        }
        for (_, portfolio, account, problem) in failures {
            let whose = portfolio.as_ref().map(|id| id.as_str()).or(account.as_ref().map(|id| id.as_str()));
            let facts = [("way", path.name().into()), ("whose", whose.unwrap_or("–").into())];
            lines.add_problem((Check::Discovery, State::Warning, Finding::WayFailed), facts, problem.clone());
        }
    }
    let dropped = session.dropped_fields();
    if !dropped.is_empty() {
        let fields = ("fields", Fact::from(dropped.join(", ").as_str()));
        lines.add(Check::Version, State::Warning, Finding::FieldsDropped, [fields]);
    }
    let restricted: Vec<_> = fleet.accounts.iter().filter(|account| account.restriction(now).is_some()).collect();
    let count = ("count", Fact::from(fleet.accounts.len()));
    if fleet.accounts.is_empty() {
        lines.add(Check::Accounts, State::Warning, Finding::NoAccounts, []);
    } else if restricted.is_empty() {
        lines.add(Check::Accounts, State::Ok, Finding::AccountsFine, [count]);
    } else {
        let named = restricted.iter().take(MOST_NAMED).map(|account| account.name.as_str());
        let mut names = named.collect::<Vec<_>>().join(", ");
        if restricted.len() > MOST_NAMED {
            names.push_str(", …");
        }
        let facts = [count, ("restricted", restricted.len().into()), ("names", names.as_str().into())];
        lines.add(Check::Accounts, State::Warning, Finding::AccountsRestricted, facts);
    }
}

fn look_at_limits(lines: &mut Lines, session: &Session) {
    let whose = |subject: &Subject| match subject {
        Subject::App => Fact::from("app"),
        Subject::Object(id) => Fact::from(id.as_str()),
    };
    let usage = session.usage();
    let Some(most) = usage.iter().max_by_key(|usage| usage.percent) else {
        return lines.add(Check::Limits, State::Ok, Finding::LimitsUntold, []);
    };
    let state = if most.percent >= MUCH { State::Warning } else { State::Ok };
    let facts = [("percent", Fact::Count(most.percent.into())), ("whose", whose(&most.subject))];
    lines.add(Check::Limits, state, Finding::LimitsUsed, facts);
    for (subject, until) in usage.iter().filter_map(|usage| Some((&usage.subject, usage.resting_until?))) {
        let facts = [("whose", whose(subject)), ("date", Fact::Time(until))];
        lines.add(Check::Limits, State::Warning, Finding::LimitsResting, facts);
    }
}
