//! Everything the screen is drawn from. Plain data: nothing here spawns, asks or draws.

pub mod account;
pub mod accounts;
pub mod activity;
pub mod composer;
pub mod fleet;
pub mod overlay;
pub mod pictures;
pub mod remote;
pub mod results;

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use jiff::{Timestamp, tz::TimeZone};
use ratatui::layout::{Rect, Size};

use self::{
    account::AccountState, accounts::AccountsState, activity::ActivityState, composer::Composer, fleet::Fleet, overlay::Overlay,
};
use super::{
    command::{Enabled, Scope},
    keymap::Keymap,
    msg::Connection,
    theme::Theme,
    view::Target,
};
use crate::{
    config::Settings,
    domain::{
        Account, PortfolioId, WabaId,
        banner::{Banner, Banners, GeneralFailure, Outcomes, RestrictedAccount, UpgradeOutcome},
        graph_error::ErrorClass,
        upgrade::{Owner, Proof, Standing, Tally, UnderWay, UpgradePlan},
    },
    i18n::Texts,
    ops::{Problem, refresh},
};

/// Which screen fills the frame.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Screen {
    /// All accounts.
    #[default]
    Accounts,
    /// One account, on its own.
    Account(WabaId),
    /// What changed.
    Activity,
    /// What became of messages.
    Results,
    /// The composer.
    Composer,
}

/// How the session stands.
#[derive(Debug, Default)]
pub enum Session {
    /// Being made.
    #[default]
    Connecting,
    /// Made.
    Ready(Connection),
    /// Could not be made.
    Failed(Problem),
}

/// A short notice above the footer, gone by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toast {
    /// What it says.
    pub text: String,
    /// Whether it tells of something that went wrong.
    pub bad: bool,
    /// When it goes.
    pub until: Timestamp,
    /// Whether a frame has shown it.
    pub seen: bool,
    /// Whether it answers a key, so that the next one takes it away; what failed stays for its time.
    pub answers_key: bool,
}

/// An upgrade that was started, here or before a restart.
#[derive(Debug, Clone)]
pub struct UpgradeRun {
    /// What it is: whose, by which way, how far, since when, and about which accounts.
    pub under_way: UnderWay,
    /// Whether its page is to be opened in the browser as soon as the address is known.
    pub opens_browser: bool,
    /// The page's address, once known.
    pub url: Option<String>,
    /// The address that no browser could be opened for, if there is one.
    pub unopened: Option<String>,
    /// How often the accounts were checked.
    pub checks: u32,
    /// When they were last checked.
    pub last_check: Option<Timestamp>,
    /// Why the last check failed, if it did.
    pub trouble: Option<Problem>,
    /// How it ended, if it did.
    pub end: Option<UpgradeOutcome>,
}

impl UpgradeRun {
    /// One that begins, or is taken up again.
    pub fn new(under_way: UnderWay, opens_browser: bool) -> Self {
        Self { under_way, opens_browser, url: None, unopened: None, checks: 0, last_check: None, trouble: None, end: None }
    }
}

/// What the user may set, as far as screens need it.
#[derive(Debug, Clone)]
pub struct Preferences {
    /// Seconds between refreshes by itself; `None` to refresh only by key.
    pub refresh_seconds: Option<u32>,
    /// Where Support is.
    pub support_url: String,
}

impl From<&Settings> for Preferences {
    fn from(settings: &Settings) -> Self {
        Self {
            refresh_seconds: settings.refresh.map(|every| u32::try_from(every.as_secs()).unwrap_or(u32::MAX)),
            support_url: settings.support_url.to_string(),
        }
    }
}

/// The whole state of the dashboard.
#[derive(Debug)]
pub struct Model {
    /// The time, as the last message told it.
    pub now: Timestamp,
    /// The reader's time zone.
    pub zone: TimeZone,
    /// The terminal's size.
    pub size: Size,
    /// All texts.
    pub texts: Arc<Texts>,
    /// All styles.
    pub theme: Theme,
    /// All keys.
    pub keymap: Keymap,
    /// What the user set.
    pub preferences: Preferences,
    /// How the session stands.
    pub session: Session,
    /// Every account known.
    pub fleet: Fleet,
    /// Which screen is shown.
    pub screen: Screen,
    /// The accounts screen.
    pub accounts: AccountsState,
    /// The screen of one account.
    pub account: AccountState,
    /// The activity screen, and what is news.
    pub activity: ActivityState,
    /// The results screen.
    pub results: results::ResultsState,
    /// The composer.
    pub composer: Composer,
    /// What is known of the files that messages carry.
    pub pictures: pictures::Pictures,
    /// What lies on top, the last one topmost.
    pub overlays: Vec<Overlay>,
    /// Upgrades started here, by portfolio.
    pub upgrades: BTreeMap<PortfolioId, UpgradeRun>,
    /// What shows that the account whose details are shown is on: asked for with the account, answered later.
    pub proof: Option<(WabaId, Option<Proof>)>,
    /// How the last upgrade of each portfolio went.
    pub outcomes: Outcomes,
    /// Which general failures were dismissed.
    pub dismissals: Banners,
    /// Banners, topmost first; derived.
    pub banners: Vec<Banner>,
    /// What an upgrade of each portfolio would do; derived.
    pub plans: Vec<UpgradePlan>,
    /// The notice, if one is up.
    pub toast: Option<Toast>,
    /// Whether everything that is derived has to be worked out anew, because data changed.
    pub stale: bool,
    /// Whether only the order of the table has to be worked out anew.
    pub reorder: bool,
    /// Whether the program ends after this.
    pub quitting: bool,
}

impl Model {
    /// The state before anything is known.
    pub fn new(
        texts: Arc<Texts>,
        theme: Theme,
        keymap: Keymap,
        preferences: Preferences,
        now: Timestamp,
        zone: TimeZone,
    ) -> Self {
        Self {
            now,
            size: Size::default(),
            texts,
            theme,
            keymap,
            preferences,
            session: Session::default(),
            fleet: Fleet::default(),
            screen: Screen::default(),
            accounts: AccountsState::default(),
            account: AccountState::default(),
            activity: ActivityState::default(),
            results: results::ResultsState::default(),
            composer: Composer::in_zone(zone.clone()),
            zone,
            pictures: pictures::Pictures::default(),
            overlays: Vec::new(),
            upgrades: BTreeMap::new(),
            proof: None,
            outcomes: Outcomes::new(),
            dismissals: Banners::default(),
            banners: Vec::new(),
            plans: Vec::new(),
            toast: None,
            stale: true,
            reorder: false,
            quitting: false,
        }
    }

    /// A text in the reader's language.
    pub fn text(&self, id: &str) -> String {
        self.texts.get(id).into_owned()
    }

    /// Works out what follows from the data, once after all that arrived together.
    pub fn settle(&mut self) {
        if self.stale || self.reorder {
            self.accounts.settle(&self.fleet, &self.texts, self.now);
            self.reorder = false;
        }
        if !std::mem::take(&mut self.stale) {
            return;
        }
        self.banners = self.dismissals.derive(self.fleet.all(), &self.outcomes, self.now);
        self.plans = crate::domain::upgrade::plans(self.fleet.all(), self.now);
    }

    /// Whether an upgrade of this owner was begun and has not ended.
    pub fn is_under_way(&self, owner: &Owner) -> bool {
        owner.portfolio().is_some_and(|id| self.upgrades.get(id).is_some_and(|run| run.end.is_none()))
    }

    /// How many upgrades were begun and have not ended.
    pub fn upgrades_under_way(&self) -> usize {
        self.upgrades.values().filter(|run| run.end.is_none()).count()
    }

    /// Where a portfolio stands on its way to optimized delivery.
    pub fn standing(&self, plan: &UpgradePlan) -> Standing {
        plan.standing(self.is_under_way(&plan.owner))
    }

    /// How many portfolios stand where.
    pub fn tally(&self) -> Tally {
        Tally::of(self.plans.iter().map(|plan| (self.standing(plan), plan.covers.len())))
    }

    /// The selected account: the one shown on its own, else the row of the table.
    pub fn selected_account(&self) -> Option<&Arc<Account>> {
        let id = match &self.screen {
            Screen::Account(id) => Some(id),
            _ => self.accounts.selected.as_ref(),
        };
        id.and_then(|id| self.fleet.get(id))
    }

    /// Whether the session talks to a sandbox: nothing on the screen is real then.
    pub fn in_sandbox(&self) -> bool {
        matches!(&self.session, Session::Ready(Connection { mode: crate::ops::connect::Mode::Sandbox { .. }, .. }))
    }

    /// Whether that sandbox is the one inside this program: what is begun in it is forgotten on quitting.
    pub fn in_embedded_sandbox(&self) -> bool {
        matches!(&self.session, Session::Ready(connection) if connection.embedded)
    }

    /// Whether there is no token that Meta accepts: it is lost, missing, or was refused at last.
    pub fn is_signed_out(&self) -> bool {
        let problem = match &self.session {
            Session::Failed(problem) => Some(problem),
            _ => self.fleet.failure.as_ref(),
        };
        problem.is_some_and(|problem| problem.class == ErrorClass::Auth)
    }

    /// The scope whose keys come first.
    pub fn scope(&self) -> Scope {
        match (self.overlays.last(), &self.screen) {
            (Some(Overlay::Upgrade(_)), _) => Scope::Upgrade,
            (_, Screen::Accounts) => Scope::Accounts,
            (_, Screen::Account(_)) => Scope::Account,
            (_, Screen::Activity) => Scope::Activity,
            (_, Screen::Results) => Scope::Results,
            (_, Screen::Composer) => Scope::Composer,
        }
    }

    /// Whether a text field of the screen has the keys, so that plain characters are typed.
    pub fn is_typing(&self) -> bool {
        match self.screen {
            Screen::Accounts => self.accounts.filtering,
            Screen::Activity => self.activity.filtering,
            Screen::Composer => self.composer.is_typing(),
            Screen::Account(_) | Screen::Results => false,
        }
    }

    /// Accounts that Meta restricts, by the banner that names them.
    pub fn restricted(&self) -> &[RestrictedAccount] {
        self.banners
            .iter()
            .find_map(|banner| match banner {
                Banner::Ineligible { accounts, .. } => Some(accounts.as_slice()),
                Banner::General(_) => None,
            })
            .unwrap_or_default()
    }

    /// The general failure of the topmost banner that has one.
    pub fn shown_failure(&self) -> Option<&GeneralFailure> {
        self.banners.iter().find_map(|banner| match banner {
            Banner::General(failure) => Some(failure),
            Banner::Ineligible { .. } => None,
        })
    }

    /// Remembers what a frame showed: how many rows of the table make a page, and which row stands first.
    pub fn remember_frame(&mut self, targets: &[(Rect, Target)]) {
        if let Some(toast) = &mut self.toast {
            toast.seen = true;
        }
        let rows = targets.iter().filter(|(_, target)| matches!(target, Target::Account(_))).count();
        if rows > 0 {
            self.accounts.page = rows;
            self.accounts.offset = super::screen::accounts::first_row(self, rows);
        }
        let events: Vec<_> = targets
            .iter()
            .filter_map(|(_, target)| match target {
                Target::Event(place) => Some(*place),
                _ => None,
            })
            .collect();
        if let Some(first) = events.first() {
            self.activity.page = events.len();
            self.activity.offset = self.activity.events.iter().position(|kept| kept.place == *first).unwrap_or(0);
        }
    }

    /// When something on the screen moves by itself next; `None` while nothing does.
    pub fn next_wake(&self) -> Option<Timestamp> {
        let toast = self.toast.as_ref().map(|toast| toast.until);
        let refresh = self.next_refresh();
        let waiting = self.overlays.last().and_then(|overlay| match overlay {
            // Only an open upgrade that is still waiting counts seconds.
            Overlay::Upgrade(_) if self.upgrades.values().any(|run| run.end.is_none()) => {
                Timestamp::from_second(self.now.as_second() + 1).ok()
            }
            _ => None,
        });
        let restriction_end = self
            .fleet
            .all()
            .iter()
            .flat_map(|account| account.restrictions.iter().filter_map(|restriction| restriction.expires))
            .filter(|end| *end > self.now)
            .min();
        let draft = self.composer.message.autosave.due;
        let picture = self.pictures.typed.as_ref().map(|(_, due)| *due);
        [toast, refresh, waiting, restriction_end, draft, picture, self.fleet.next_slow(self.now), self.next_countdown()]
            .into_iter()
            .flatten()
            .min()
    }

    /// When the fleet is refreshed by itself next.
    pub fn next_refresh(&self) -> Option<Timestamp> {
        let wished = Duration::from_secs(u64::from(self.preferences.refresh_seconds?));
        if self.fleet.loading_since.is_some() || !matches!(self.session, Session::Ready(_)) {
            return None;
        }
        let due = match &self.fleet.failure {
            Some(problem) => problem.at + refresh::retry(wished, self.fleet.failures_in_a_row, problem.class),
            None => {
                let accounts = self.fleet.all().iter().map(AsRef::as_ref);
                self.fleet.refreshed? + refresh::interval(wished, self.fleet.requests, accounts, &self.fleet.usage)
            }
        };
        // While calls rest, asking would only be refused.
        Some(self.fleet.resting_until(self.now).map_or(due, |until| until.max(due)))
    }
}

/// Whether there is something to close or to go back from.
pub fn can_go_back(model: &Model) -> Enabled {
    let at_home = model.screen == Screen::Accounts && model.accounts.filter.is_empty() && model.toast.is_none();
    if at_home { Err(model.text("frame-at-home")) } else { Ok(()) }
}

/// Whether there is a sandbox to leave for Meta, or a token to replace. Changing a token that works is a matter of profiles.
pub fn can_sign_in(model: &Model) -> Enabled {
    if !model.in_sandbox() && !model.is_signed_out() {
        return Err(model.text("sign-in-already"));
    }
    super::update::session::can_leave(model)
}

/// Whether the composer can be opened.
pub fn can_compose(model: &Model) -> Enabled {
    if model.fleet.all().is_empty() { Err(model.text("frame-no-accounts")) } else { Ok(()) }
}

/// Whether the fleet can be asked for.
pub fn can_refresh(model: &Model) -> Enabled {
    match model.session {
        Session::Connecting => Err(model.text("frame-cannot-yet")),
        _ if model.fleet.loading_since.is_some() => Err(model.text("frame-nothing-loaded-twice")),
        _ => Ok(()),
    }
}

/// Whether there is something to upgrade (R10), or to look at while it waits.
pub fn can_open_upgrade(model: &Model) -> Enabled {
    if model.fleet.all().is_empty() {
        return Err(model.text("frame-no-accounts"));
    }
    let all_on = model.fleet.onboarded() == model.fleet.all().len();
    if all_on && model.upgrades_under_way() == 0 { Err(model.text("upgrade-all-on")) } else { Ok(()) }
}

fn upgrade_overlay(model: &Model) -> Option<&overlay::UpgradeOverlay> {
    match model.overlays.last() {
        Some(Overlay::Upgrade(upgrade)) => Some(upgrade),
        _ => None,
    }
}

/// Whether the list of portfolios to upgrade is shown.
pub fn upgrade_list_is_open(model: &Model) -> Enabled {
    let is_open = upgrade_overlay(model).is_some_and(|upgrade| upgrade.page.is_none());
    if is_open { Ok(()) } else { Err(model.text("upgrade-only-in-list")) }
}

/// Whether the page of a portfolio to upgrade is shown.
pub fn upgrade_page_is_open(model: &Model) -> Enabled {
    let is_open = upgrade_overlay(model).is_some_and(|upgrade| upgrade.page.is_some());
    if is_open { Ok(()) } else { Err(model.text("upgrade-only-on-page")) }
}

/// Whether the portfolio whose page is shown is waited for.
pub fn upgrade_page_waits(model: &Model) -> Enabled {
    let page = upgrade_overlay(model).and_then(|upgrade| upgrade.page.as_ref());
    let waits = page.is_some_and(|key| model.plans.iter().any(|plan| plan.owner.key() == key && model.is_under_way(&plan.owner)));
    if waits { Ok(()) } else { Err(model.text("upgrade-nothing-to-abandon")) }
}

/// Whether an account is restricted.
pub fn has_restricted(model: &Model) -> Enabled {
    if model.restricted().is_empty() { Err(model.text("banner-nothing-restricted")) } else { Ok(()) }
}

/// Whether a banner is up.
pub fn has_banner(model: &Model) -> Enabled {
    if model.banners.is_empty() { Err(model.text("banner-nothing-to-dismiss")) } else { Ok(()) }
}

/// Whether a general failure is up.
pub fn has_failure(model: &Model) -> Enabled {
    if model.shown_failure().is_none() { Err(model.text("banner-nothing-failed")) } else { Ok(()) }
}

/// Whether an account is selected.
pub fn has_selection(model: &Model) -> Enabled {
    if model.selected_account().is_none() { Err(model.text("frame-no-selection")) } else { Ok(()) }
}

/// Whether there are accounts to choose from.
pub fn has_accounts(model: &Model) -> Enabled {
    if model.fleet.all().is_empty() { Err(model.text("frame-no-accounts")) } else { Ok(()) }
}

/// Whether the composed message can be sent.
pub fn can_send(model: &Model) -> Enabled {
    composer::can_send(model)
}

/// Whether the composed message makes a request that can be shown.
pub fn can_show_request(model: &Model) -> Enabled {
    composer::can_show_request(model)
}
