//! `wabadeck watch`: changes as they come, printed, rung or handed to a command, until a condition holds. It draws no screen.

mod exec;

use std::{
    collections::HashMap,
    io::{self, IsTerminal, Write},
    time::Duration,
};

use compact_str::CompactString;

use super::{App, Exit, Failure, event_line, output::complain};
use crate::{
    domain::{
        Account, WabaId,
        account::OnboardingStatus,
        event::{Event, EventKind, Headline},
    },
    ops::{
        Problem,
        watch::{self, Plan, Watch},
    },
};
use exec::Runner;

/// Seconds between looks where none are set.
const INTERVAL: Duration = Duration::from_secs(120);

/// Arguments of `wabadeck watch`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// One JSON object per line.
    #[arg(long)]
    pub json: bool,
    /// Seconds between looks.
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(15..=86_400))]
    pub interval: Option<u64>,
    /// Only these accounts.
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub account: Vec<String>,
    /// Only these events.
    #[arg(long, value_name = "EVENT", value_delimiter = ',')]
    pub on: Vec<String>,
    /// Read templates, too.
    #[arg(long)]
    pub templates: bool,
    /// Ring the terminal's bell.
    #[arg(long)]
    pub bell: bool,
    /// Run a command.
    #[arg(long, value_name = "COMMAND")]
    pub exec: Option<String>,
    /// Seconds a command may take.
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=3_600))]
    pub exec_timeout: u64,
    /// End once every watched account has this onboarding status.
    #[arg(long, value_name = "STATUS")]
    pub until: Option<String>,
    /// Look once and end.
    #[arg(long)]
    pub once: bool,
    /// Begin with what was kept since the last such watch.
    #[arg(long)]
    pub resume: bool,
    /// End after so many seconds.
    #[arg(long, value_name = "SECONDS")]
    pub timeout: Option<u64>,
}

/// What `--on` names.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Chosen {
    Headline(Headline),
    Kind(EventKind),
}

impl Chosen {
    fn read(name: &str) -> Option<Self> {
        let kind = EventKind::from_wire(&name.trim().replace('-', "_"));
        Headline::from_name(name).map(Self::Headline).or_else(|| kind.is_known().then_some(Self::Kind(kind)))
    }

    fn matches(&self, event: &Event) -> bool {
        match self {
            Self::Headline(headline) => event.headline() == *headline,
            Self::Kind(kind) => event.kind == *kind,
        }
    }

    fn is_of_template(&self) -> bool {
        match self {
            Self::Headline(headline) => headline.name().starts_with("template"),
            Self::Kind(kind) => kind.is_of_template(),
        }
    }
}

/// Looks again and again, and tells what changed, until the condition holds, the time is over or it is told to end.
pub async fn run(app: &App, arguments: &Args) -> Result<Exit, Failure> {
    let mut watcher = Watcher::new(app, arguments)?;
    let timeout = async {
        match arguments.timeout {
            Some(seconds) => tokio::time::sleep(Duration::from_secs(seconds)).await,
            None => std::future::pending().await,
        }
    };
    let ended = tokio::select! {
        ended = watcher.watch(app, arguments) => ended,
        () = timeout => Ok(match watcher.until {
            Some(_) => {
                complain(&app.texts.get("cli-watch-timed-out"));
                Exit::StillWaiting
            }
            None => Exit::Done,
        }),
        () = super::sandbox::interrupted() => Ok(Exit::Done),
    };
    watcher.commands.finish().await;
    ended
}

/// What is known while it watches.
struct Watcher {
    chosen: Vec<Chosen>,
    until: Option<OnboardingStatus>,
    names: HashMap<WabaId, CompactString>,
    commands: Runner,
    /// How much more seldom than wished it looks, as it was said last.
    stretched: Option<Duration>,
}

impl Watcher {
    fn new(app: &App, arguments: &Args) -> Result<Self, Failure> {
        let read = |name: &String| {
            Chosen::read(name).ok_or_else(|| {
                let known = Headline::ALL.iter().map(|headline| headline.name()).collect::<Vec<_>>().join(", ");
                let name = crate::text::clean(name).into_owned();
                let words = app.texts.with("cli-watch-unknown-event", &[("name", name.into()), ("known", known.into())]);
                Failure::said(Exit::Usage, words)
            })
        };
        let until = match &arguments.until {
            None => None,
            Some(name) => {
                let status = OnboardingStatus::from_wire(&name.trim().replace('-', "_"));
                if !status.is_known() {
                    let known =
                        OnboardingStatus::KNOWN.iter().map(|known| known.as_wire().to_ascii_lowercase().replace('_', "-"));
                    let known = known.collect::<Vec<_>>().join(", ");
                    let words = app.texts.with("cli-watch-unknown-status", &[("known", known.into())]);
                    return Err(Failure::said(Exit::Usage, words));
                }
                Some(status)
            }
        };
        let limit = Duration::from_secs(arguments.exec_timeout);
        let commands = match &arguments.exec {
            None => Runner::none(),
            Some(command) => {
                Runner::new(command, limit).ok_or_else(|| Failure::said(Exit::Usage, app.texts.get("cli-watch-bad-command")))?
            }
        };
        let chosen = arguments.on.iter().map(read).collect::<Result<_, _>>()?;
        Ok(Self { chosen, until, names: HashMap::new(), commands, stretched: None })
    }

    async fn watch(&mut self, app: &App, arguments: &Args) -> Result<Exit, Failure> {
        let session = app.session().await?;
        let interval = arguments.interval.map(Duration::from_secs).or(session.settings().refresh).unwrap_or(INTERVAL);
        let plan = Plan {
            interval,
            accounts: arguments.account.iter().map(|id| WabaId::new(id.trim())).collect(),
            templates: arguments.templates || self.chosen.iter().any(Chosen::is_of_template),
            resume: arguments.resume || arguments.once,
        };
        let mut watch = Watch::begin(&session, plan.clone()).await?;
        let (mut is_first, mut is_due) = (true, true);
        loop {
            let mut holds = false;
            if is_due {
                match watch.look().await {
                    Ok(accounts) => {
                        if is_first {
                            app.say_sandbox(&session);
                            watch::all_found(&plan, &accounts)?;
                        }
                        is_first = false;
                        self.say_stretched(app, interval, watch.stretched());
                        self.names.extend(accounts.iter().map(|account| (account.id.clone(), account.name.clone())));
                        holds = self.until.as_ref().is_some_and(|wanted| all_are(&accounts, wanted, plan.accounts.len()));
                    }
                    // Settings that never worked are no reason to try again, and cron comes again by itself.
                    Err(problem) if is_first || arguments.once => return Err(problem.into()),
                    Err(problem) => complain(&problem.to_text(app.texts.language())),
                }
            }
            if !self.tell(app, arguments, &mut watch).await? {
                return Ok(Exit::Done);
            }
            if holds {
                return Ok(Exit::Done);
            }
            if arguments.once {
                return Ok(if self.until.is_some() { Exit::StillWaiting } else { Exit::Done });
            }
            is_due = watch.wait().await;
        }
    }

    /// Says that it looks more seldom than was asked for, once for each time between looks.
    fn say_stretched(&mut self, app: &App, wished: Duration, stretched: Option<Duration>) {
        if std::mem::replace(&mut self.stretched, stretched) == stretched {
            return;
        }
        let arguments = |every: Duration| [("every", every.as_secs().into()), ("wished", wished.as_secs().into())];
        match stretched {
            Some(every) => complain(&app.texts.with("cli-watch-stretched", &arguments(every))),
            None => complain(&app.texts.with("cli-watch-as-wished", &arguments(wished))),
        }
    }

    /// Tells what was kept since the last time; `false` once nobody reads it any more.
    async fn tell(&mut self, app: &App, arguments: &Args, watch: &mut Watch) -> Result<bool, Problem> {
        let events = watch.news().await?;
        let mut rings = false;
        let Self { chosen, names, commands, .. } = self;
        for event in events.iter().filter(|event| chosen.is_empty() || chosen.iter().any(|chosen| chosen.matches(event))) {
            let name = event.account.as_ref().and_then(|id| names.get(id)).map_or("", CompactString::as_str);
            let json = event_line::json_line(event, name);
            let line = if arguments.json { json.clone() } else { event_line::line(&app.texts, event, name, &app.zone) };
            if !write(&line) {
                return Ok(false);
            }
            rings = true;
            commands.start(event, name, json);
        }
        if rings && arguments.bell && io::stderr().is_terminal() {
            // A bell that cannot be rung is no reason to end.
            let _ = io::stderr().write_all(b"\x07");
        }
        // Only what was handed on counts as told.
        if !events.is_empty() || arguments.once {
            watch.acknowledge().await?;
        }
        Ok(true)
    }
}

/// Writes to standard output at once; `false` when its reader is gone.
fn write(line: &str) -> bool {
    let mut out = io::stdout().lock();
    match out.write_all(line.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => true,
        Err(error) => {
            if error.kind() != io::ErrorKind::BrokenPipe {
                complain(&error);
            }
            false
        }
    }
}

/// Whether there is an account, every named one among them, and each has the status.
fn all_are(accounts: &[Account], wanted: &OnboardingStatus, named: usize) -> bool {
    !accounts.is_empty() && accounts.len() >= named && accounts.iter().all(|account| account.onboarding == *wanted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixtures::account;

    #[test]
    fn the_condition_needs_every_account_and_at_least_one() {
        let on = account("1", OnboardingStatus::Onboarded);
        let off = account("2", OnboardingStatus::Eligible);
        let wanted = OnboardingStatus::Onboarded;
        assert!(all_are(std::slice::from_ref(&on), &wanted, 0));
        assert!(!all_are(&[on.clone(), off], &wanted, 0));
        assert!(!all_are(&[], &wanted, 0));
        assert!(!all_are(&[on], &wanted, 2), "one of two named accounts is not seen");
    }

    #[test]
    fn the_page_on_watching_names_every_event() {
        let page = include_str!("../../docs/watch.md");
        for known in Headline::ALL {
            assert!(page.contains(&format!("`{}`", known.name())), "{}", known.name());
        }
    }

    #[test]
    fn events_are_chosen_by_what_they_are_or_by_their_kind() {
        assert_eq!(Chosen::read("quality-down"), Some(Chosen::Headline(Headline::QualityDown)));
        assert_eq!(Chosen::read(" number-quality"), Some(Chosen::Kind(EventKind::NumberQuality)));
        assert_eq!(Chosen::read("everything"), None);
        assert!(Chosen::read("template-paused").unwrap().is_of_template());
        assert!(Chosen::read("template-category").unwrap().is_of_template());
        assert!(!Chosen::read("restricted").unwrap().is_of_template());
    }
}
