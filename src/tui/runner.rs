//! Carries out effects: the one place among the screens that spawns. It calls the use cases in `ops` and reports back in messages.

mod account;
mod drafts;
mod pictures;
mod results;
mod upgrade;
mod webhooks;

use std::{
    future::Future,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use jiff::Timestamp;
use secrecy::SecretString;
use tokio::{
    sync::mpsc,
    task::{AbortHandle, JoinHandle},
};

use super::{
    effect::Effect,
    model::{Preferences, activity::PAGE, remote::Generation},
    msg::{Connection, Msg, NewSession, SignedIn},
};
use crate::{
    config::Settings,
    domain::{Account, WabaId, graph_error::ErrorClass, message::Outgoing},
    ops::{self, Problem, Session, connect::ConnectError, history::History, send::SendOutcome},
    paths::ProcessEnvironment,
    store::{Query, Window},
    text,
};

/// How many updates of the fleet may wait for the screen before the reading of more waits, too.
const FLEET_QUEUE: usize = 8;

/// Work of which a new one takes the place of the last.
#[derive(Debug, Default)]
struct Replaceable(Option<AbortHandle>);

impl Replaceable {
    fn replace(&mut self, task: AbortHandle) {
        if let Some(last) = self.0.replace(task) {
            last.abort();
        }
    }
}

/// Runs effects on the runtime.
#[derive(Debug)]
pub struct Runner {
    settings: Settings,
    session: Arc<Mutex<Option<Session>>>,
    /// The session that is to take the place of the one in use.
    next: Arc<Mutex<Option<(Settings, Session)>>>,
    messages: mpsc::UnboundedSender<Msg>,
    fleet: Replaceable,
    templates: Replaceable,
    upgrades: upgrade::Followed,
    /// Whether reports on messages are listened for already.
    reporting: Arc<AtomicBool>,
    /// Whether what others keep in the history is listened for already.
    following: Arc<AtomicBool>,
    /// Whether it was said already that drafts cannot be kept.
    drafts_failed: Arc<AtomicBool>,
    tasks: Vec<AbortHandle>,
}

impl Runner {
    /// A runner that reports to this channel.
    pub fn new(settings: Settings, messages: mpsc::UnboundedSender<Msg>) -> Self {
        Self {
            settings,
            session: Arc::default(),
            next: Arc::default(),
            messages,
            fleet: Replaceable::default(),
            templates: Replaceable::default(),
            upgrades: upgrade::Followed::default(),
            reporting: Arc::default(),
            following: Arc::default(),
            drafts_failed: Arc::default(),
            tasks: Vec::new(),
        }
    }

    /// Begins an effect. Effects of the terminal itself are the main loop's and come to nothing here.
    pub fn start(&mut self, effect: Effect) {
        match effect {
            Effect::Connect => self.connect(),
            Effect::LoadFleet(generation) => self.load_fleet(generation),
            Effect::ReloadAccounts(ids) => self.reload_accounts(ids),
            Effect::KeepHistory { accounts, complete, at } => self.keep_history(accounts, complete, at),
            Effect::Visit(now) => self.visit(now),
            Effect::NoteVisit(at) => self.note_visit(at),
            Effect::LoadActivity { generation, query, window } => self.load_activity(generation, *query, window),
            Effect::LoadResults { account, days, generation } => self.load_results(account, days, generation),
            Effect::LoadTemplateResults { account, template, days, generation } => {
                self.load_template_results(account, template, days, generation);
            }
            Effect::EnableInsights(account) => self.enable_insights(account),
            Effect::ExportRetarget { account, days, at } => self.export_retarget(account, days, at),
            Effect::StudyAccount { account, past, templates } => self.study_account(account, past, templates),
            Effect::MakeReport(order) => self.make_report(*order),
            Effect::LoadTemplates(account, generation) => self.load_templates(account, generation),
            Effect::OpenBrowser(url) => self.open_browser(url),
            Effect::FindUpgradeWays(plan) => self.find_upgrade_ways(&plan),
            Effect::BeginUpgrade(plan) => self.begin_upgrade(*plan),
            Effect::FollowUpgrade(plan, url) => self.follow_upgrade(&plan, url),
            Effect::InviteAdmins(plan) => self.invite_admins(*plan),
            Effect::FindUpgradesUnderWay => self.find_upgrades_under_way(),
            Effect::ResumeUpgrades(upgrades) => self.resume_upgrades(upgrades),
            Effect::EndUpgrade(portfolio) => self.end_upgrade(portfolio),
            Effect::FindProof(account) => self.find_proof(account),
            Effect::ReadAccounts(accounts) => self.read_accounts(accounts),
            Effect::PrepareRequest(outgoing) => self.prepare_request(&outgoing),
            Effect::Send { ticket, outgoing } => self.send(ticket, *outgoing),
            Effect::LoadSends => self.load_sends(),
            Effect::LoadCreative(account) => self.load_creative(account),
            Effect::LoadPauses(account) => self.load_pauses(account),
            Effect::LookAtFile(source, kind) => self.look_at_file(source, kind),
            Effect::KeepDraft(draft) => self.keep_draft(*draft),
            Effect::LookForDraft => self.look_for_draft(),
            Effect::FindDrafts => self.find_drafts(),
            Effect::ImportDraft(path) => {
                self.report(async move { Msg::DraftImported(ops::draft::import(path).await.map(Box::new)) })
            }
            Effect::ExportDraft { path, draft, with_recipients } => {
                self.report(async move { Msg::DraftExported(ops::draft::export(path, *draft, with_recipients).await) });
            }
            Effect::FindProfiles => self.find_profiles(),
            Effect::SwitchProfile(name) => self.switch_profile(name),
            Effect::SignIn { profile, token, app_secret } => self.sign_in(profile, token, app_secret),
            Effect::AdoptSession => self.adopt_session(),
            Effect::Copy(_) | Effect::Suspend => {}
        }
    }

    /// Ends everything that still runs.
    pub fn stop(&mut self) {
        for task in self.tasks.drain(..) {
            task.abort();
        }
    }

    fn session(&self) -> Option<Session> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Spawns work whose panic is said on the screen instead of being lost.
    fn spawn(&mut self, work: impl Future<Output = ()> + Send + 'static) -> AbortHandle {
        let task = tokio::spawn(work);
        let handle = task.abort_handle();
        tokio::spawn(watch(task, self.messages.clone()));
        self.tasks.retain(|task| !task.is_finished());
        self.tasks.push(handle.clone());
        handle
    }

    fn connect(&mut self) {
        let (settings, slot, messages) = (self.settings.clone(), Arc::clone(&self.session), self.messages.clone());
        self.spawn(async move {
            #[cfg(debug_assertions)]
            super::run::break_where_told("work: ");
            let msg = match ops::connect(&settings).await {
                Ok(session) => {
                    let connection = describe(&session);
                    *slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(session.clone());
                    // The screen may be gone already.
                    let _ = messages.send(Msg::Connected(connection));
                    return webhooks::follow(session, messages).await;
                }
                Err(error) => Msg::ConnectionFailed(Problem::from(error)),
            };
            // The screen may be gone already.
            let _ = messages.send(msg);
        });
    }

    fn find_profiles(&mut self) {
        let (settings, messages) = (self.settings.clone(), self.messages.clone());
        self.spawn(async move {
            // Read anew: another sign-in may have come since.
            let profiles = in_background(move || {
                let fresh = settings.for_sign_in(None, &ProcessEnvironment).unwrap_or_else(|_| settings.clone());
                ops::profiles(&Settings { token_source: settings.token_source, profile: settings.profile, ..fresh })
            });
            if let Some(profiles) = profiles.await {
                let _ = messages.send(Msg::ProfilesFound(profiles));
            }
        });
    }

    fn switch_profile(&mut self, name: String) {
        let (settings, next, messages) = (self.settings.clone(), Arc::clone(&self.next), self.messages.clone());
        self.spawn(async move {
            let result = prepare(&settings, name, None, &next).await;
            let _ = messages.send(result.unwrap_or_else(Msg::SessionNotReplaced));
        });
    }

    fn sign_in(&mut self, profile: Option<String>, token: SecretString, app_secret: Option<SecretString>) {
        let (settings, next, messages) = (self.settings.clone(), Arc::clone(&self.next), self.messages.clone());
        self.spawn(async move {
            let result = sign_in(&settings, profile, token, app_secret, &next).await;
            let _ = messages.send(result.unwrap_or_else(Msg::SessionNotReplaced));
        });
    }

    /// Everything that the old session still does ends with it.
    fn adopt_session(&mut self) {
        let Some((settings, session)) = self.next.lock().unwrap_or_else(PoisonError::into_inner).take() else { return };
        self.stop();
        self.settings = settings;
        self.reporting = Arc::default();
        self.following = Arc::default();
        *self.session.lock().unwrap_or_else(PoisonError::into_inner) = Some(session.clone());
        self.spawn(webhooks::follow(session, self.messages.clone()));
    }

    fn load_fleet(&mut self, generation: Generation) {
        let Some(session) = self.session() else { return };
        let messages = self.messages.clone();
        let task = self.spawn(async move {
            let (sender, mut updates) = mpsc::channel(FLEET_QUEUE);
            let forward = async {
                while let Some(update) = updates.recv().await {
                    let _ = messages.send(Msg::FleetUpdated(generation, update));
                }
            };
            let (result, ()) = tokio::join!(ops::fleet::load(&session, sender), forward);
            // What it is talking to shows only in its answers.
            let _ = messages.send(Msg::SessionDescribed(describe(&session)));
            let _ = messages.send(Msg::FleetLoaded(generation, result));
        });
        self.fleet.replace(task);
    }

    fn reload_accounts(&mut self, ids: Vec<WabaId>) {
        let Some(session) = self.session() else { return };
        let messages = self.messages.clone();
        self.spawn(async move {
            match ops::fleet::reload(&session, &ids).await {
                Ok(accounts) => drop(messages.send(Msg::AccountsReloaded(accounts))),
                // The next refresh asks again, and says so if it fails, too.
                Err(problem) => tracing::info!(reason = %problem.sentence, "Accounts could not be read again"),
            }
        });
    }

    fn keep_history(&mut self, accounts: Vec<Arc<Account>>, complete: bool, at: Timestamp) {
        let Some(session) = self.session() else { return };
        let messages = self.messages.clone();
        self.spawn(async move {
            let kept = keep(&session, accounts, complete, at).await;
            let _ = messages.send(Msg::HistoryKept(kept));
        });
    }

    /// Finds what is news; from then on what anybody keeps is told as it comes.
    fn visit(&mut self, now: Timestamp) {
        let Some(session) = self.session() else { return };
        let (messages, following) = (self.messages.clone(), Arc::clone(&self.following));
        self.spawn(async move {
            let Ok(history) = History::of(&session).await else { return };
            match history.visit(now).await {
                Ok(news) => drop(messages.send(Msg::NewsRead(news))),
                Err(problem) => drop(messages.send(Msg::HistoryKept(Err(problem)))),
            }
            if following.swap(true, Ordering::SeqCst) {
                return;
            }
            let mut seen = None;
            while let Ok(version) = history.changed(seen).await {
                seen = Some(version);
                if messages.send(Msg::HistoryChanged).is_err() {
                    return;
                }
            }
        });
    }

    fn note_visit(&mut self, at: Timestamp) {
        let Some(session) = self.session() else { return };
        self.spawn(async move {
            // Whoever cannot be remembered is told old news the next time; that the history fails is said elsewhere.
            if let Ok(history) = History::of(&session).await
                && let Err(problem) = history.stay(at).await
            {
                tracing::warn!(%problem, "The visit could not be noted");
            }
        });
    }

    fn load_activity(&mut self, generation: Generation, query: Query, window: Window) {
        let Some(session) = self.session() else { return };
        let messages = self.messages.clone();
        self.spawn(async move {
            let result = match History::of(&session).await {
                Ok(history) => history.page(query, window, PAGE).await,
                Err(problem) => Err(problem),
            };
            let _ = messages.send(Msg::ActivityLoaded(generation, result));
        });
    }

    fn load_templates(&mut self, account: WabaId, generation: Generation) {
        let Some(session) = self.session() else { return };
        let messages = self.messages.clone();
        let task = self.spawn(async move {
            let result = ops::fleet::load_templates(&session, &account).await;
            let _ = messages.send(Msg::TemplatesLoaded(account, generation, result));
        });
        self.templates.replace(task);
    }

    fn prepare_request(&mut self, outgoing: &Outgoing) {
        let Some(session) = self.session() else { return };
        let _ = self.messages.send(Msg::RequestPrepared(ops::send::request(&session, outgoing).map(Box::new)));
    }

    /// Sends once. Whatever happens to the work, the screen learns how it ended: a send that broke is unknown (R37).
    fn send(&mut self, ticket: u64, outgoing: Outgoing) {
        let Some(session) = self.session() else {
            let problem = Problem::new("There is no session to send with; refresh first.", ErrorClass::Setup);
            let _ = self.messages.send(Msg::MessageSent(ticket, SendOutcome::Refused(problem)));
            return;
        };
        let (messages, reporting) = (self.messages.clone(), Arc::clone(&self.reporting));
        self.spawn(async move {
            if session.is_sandbox_here() && !reporting.swap(true, Ordering::SeqCst) {
                listen_for_reports(&session, &messages).await;
            }
            let sending = tokio::spawn(async move { ops::send::send(&session, outgoing).await });
            let outcome = sending.await.unwrap_or_else(|error| {
                let sentence = format!("Sending broke inside wabadeck ({error}); the message may have been sent all the same.");
                SendOutcome::Unknown(Problem::new(sentence, ErrorClass::Unknown))
            });
            let _ = messages.send(Msg::MessageSent(ticket, outcome));
        });
    }

    fn open_browser(&mut self, url: String) {
        let messages = self.messages.clone();
        self.spawn(async move {
            let address = url.clone();
            let opened = tokio::task::spawn_blocking(move || ops::browser::open(&address));
            let result = opened.await.unwrap_or_else(|error| Err(error.to_string()));
            let _ = messages.send(Msg::BrowserOpened(url, result));
        });
    }
}

/// The slot for a session that is to take the place of the one in use.
type Next = Mutex<Option<(Settings, Session)>>;

/// Checks a token, keeps it, and makes a session with it.
async fn sign_in(
    settings: &Settings,
    profile: Option<String>,
    token: SecretString,
    app_secret: Option<SecretString>,
    next: &Next,
) -> Result<Msg, Problem> {
    let current = settings.clone();
    let loaded = in_background(move || current.for_sign_in(profile.as_deref(), &ProcessEnvironment)).await.ok_or_else(broken)?;
    let target = loaded.map_err(|error| Problem::from(ConnectError::from(error)))?;
    let checked = ops::sign_in::check(&target, token.clone(), app_secret.clone()).await?;
    let name = target.profile.clone();
    let keep = move || ops::sign_in::keep(&target, &ProcessEnvironment, &token, app_secret.as_ref());
    let kept = in_background(keep).await.ok_or_else(broken)?;
    let kept = kept.map_err(|error| Problem::new(error.to_string(), ErrorClass::Setup))?;
    prepare(settings, name, Some(SignedIn { place: kept.token.place, lacks: checked.lacks }), next).await
}

/// Makes a session of a profile, beside the one in use.
async fn prepare(settings: &Settings, name: String, signed_in: Option<SignedIn>, next: &Next) -> Result<Msg, Problem> {
    let current = settings.clone();
    let loaded = in_background(move || current.for_profile(&name, &ProcessEnvironment)).await.ok_or_else(broken)?;
    let settings = loaded.map_err(|error| Problem::from(ConnectError::from(error)))?;
    let session = ops::connect(&settings).await?;
    let (connection, preferences) = (describe(&session), Preferences::from(&settings));
    *next.lock().unwrap_or_else(PoisonError::into_inner) = Some((settings, session));
    Ok(Msg::SessionReplaced(Box::new(NewSession { connection, preferences, signed_in })))
}

/// Runs what reads files and asks secret stores where it keeps nobody waiting; `None` when it broke.
async fn in_background<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    tokio::task::spawn_blocking(work).await.ok()
}

fn broken() -> Problem {
    Problem::new("Reading the profile broke inside wabadeck; the log has the details.", ErrorClass::Unknown)
}

/// Keeps what changed since the load before.
async fn keep(session: &Session, accounts: Vec<Arc<Account>>, complete: bool, at: Timestamp) -> Result<(), Problem> {
    let history = History::of(session).await?;
    history.observe(accounts, complete, at).await.map(drop)
}

/// Begins to pass on what becomes of messages, before the first one is sent, so that no report is missed.
async fn listen_for_reports(session: &Session, messages: &mpsc::UnboundedSender<Msg>) {
    match ops::send::reports(session).await {
        Ok(mut reports) => {
            let messages = messages.clone();
            tokio::spawn(async move {
                while let Some(report) = reports.next().await {
                    if messages.send(Msg::DeliveryReported(report)).is_err() {
                        return;
                    }
                }
            });
        }
        Err(problem) => {
            let _ = messages.send(Msg::TaskBroke(problem.sentence));
        }
    }
}

fn describe(session: &Session) -> Connection {
    Connection {
        mode: session.mode().clone(),
        embedded: session.is_embedded(),
        profile: session.profile().to_owned(),
        version: session.version().to_owned(),
    }
}

async fn watch(task: JoinHandle<()>, messages: mpsc::UnboundedSender<Msg>) {
    if let Err(error) = task.await
        && error.is_panic()
    {
        let _ = messages.send(Msg::TaskBroke(text::without_keys(&error.to_string())));
    }
}
