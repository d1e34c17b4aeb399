//! The upgrade: what is left over all portfolios, one portfolio's page, and starting a way (R11, R12). Portfolio after portfolio
//! is worked through from here; what happens after the start is in `progress`.

mod keys;
mod progress;

use compact_str::CompactString;
use url::Url;

pub use self::{
    keys::{filter_pasted, out_of_sight, press, scroll},
    progress::{abandon, admins_invited, advance, ask_for_proof, ask_to_abandon, browser_answered, found, settle},
};
use super::{commands, say};
use crate::{
    domain::{
        PortfolioId,
        account::TermsStatus,
        upgrade::{Owner, Stage, Standing, StartedBy, UpgradePlan},
    },
    ops::upgrade::{NotOffered, Way, works_only_here},
    tui::{
        effect::Effect,
        model::{
            Model,
            overlay::{Confirm, Confirmed, Overlay, UpgradeOverlay},
        },
    },
    wording,
};

/// One line of the chooser of ways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WayLine {
    /// What it does.
    pub action: WayAction,
    /// Why it cannot be done now.
    pub not_offered: Option<NotOffered>,
}

/// What a line of the chooser does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WayAction {
    /// Open embedded signup in the browser.
    Signup,
    /// Open WhatsApp Manager.
    OpenManager(Url),
    /// Copy the link to WhatsApp Manager.
    CopyManager(Url),
    /// Show the link as a QR code.
    QrManager(Url),
    /// Invite every admin by e-mail.
    Invite,
}

/// The lines of the page for the ways that are known. The portfolio may have changed since they were found: what has closed a
/// way meanwhile counts.
pub fn way_lines(plan: &UpgradePlan, ways: &[Way]) -> Vec<WayLine> {
    let closed = if plan.blocked().is_some() {
        Some(NotOffered::Restricted)
    } else {
        (!plan.is_offered()).then_some(NotOffered::NothingToUpgrade)
    };
    let invited = match plan.terms {
        TermsStatus::RequestSent => Some(NotOffered::AlreadyInvited),
        TermsStatus::Signed => Some(NotOffered::AlreadyAccepted),
        _ => None,
    };
    let mut lines = Vec::new();
    let mut add = |action, not_offered| lines.push(WayLine { action, not_offered });
    for way in ways {
        match way {
            Way::EmbeddedSignup { not_offered } => add(WayAction::Signup, closed.or(*not_offered)),
            Way::WhatsAppManager { url } => {
                add(WayAction::OpenManager(url.clone()), None);
                add(WayAction::CopyManager(url.clone()), None);
                add(WayAction::QrManager(url.clone()), works_only_here(url).then_some(NotOffered::OnlyHere));
            }
            Way::Invitation { not_offered } => add(WayAction::Invite, closed.or(invited).or(*not_offered)),
        }
    }
    lines
}

/// The plans that the list shows: what can be done first, then what waits, then what is blocked; those that are done only
/// when asked for by name.
pub fn listed<'a>(model: &'a Model, overlay: &UpgradeOverlay) -> Vec<&'a UpgradePlan> {
    let wanted = overlay.filter.text().to_lowercase();
    let words: Vec<&str> = wanted.split_whitespace().collect();
    let mut plans: Vec<(Standing, &UpgradePlan)> = model
        .plans
        .iter()
        .map(|plan| (model.standing(plan), plan))
        .filter(|(standing, _)| overlay.only.map_or(*standing != Standing::Done, |only| only == *standing))
        .filter(|(_, plan)| words.is_empty() || matches(model, plan, &words))
        .collect();
    plans.sort_by_key(|(standing, _)| *standing);
    plans.into_iter().map(|(_, plan)| plan).collect()
}

fn matches(model: &Model, plan: &UpgradePlan, words: &[&str]) -> bool {
    let found_in = |text: &str| {
        let text = text.to_lowercase();
        words.iter().all(|word| text.contains(word))
    };
    let name = match &plan.owner {
        Owner::Portfolio { id, name } => format!("{name} {id}"),
        Owner::Unknown(account) => account.to_string(),
    };
    found_in(&name)
        || plan.accounts().iter().filter_map(|id| model.fleet.get(id)).any(|account| found_in(&wording::account_name(account)))
}

/// Which line of the list is chosen: the remembered one, or the first while that is not listed.
pub fn chosen_line(plans: &[&UpgradePlan], overlay: &UpgradeOverlay) -> usize {
    plans.iter().position(|plan| plan.owner.key() == overlay.chosen).unwrap_or(0)
}

/// The plan whose page is open.
pub fn opened_plan<'a>(model: &'a Model, overlay: &UpgradeOverlay) -> Option<&'a UpgradePlan> {
    let page = overlay.page.as_ref()?;
    model.plans.iter().find(|plan| plan.owner.key() == page)
}

fn overlay(model: &Model) -> Option<&UpgradeOverlay> {
    match model.overlays.last() {
        Some(Overlay::Upgrade(overlay)) => Some(overlay),
        _ => None,
    }
}

fn overlay_mut(model: &mut Model) -> Option<&mut UpgradeOverlay> {
    match model.overlays.last_mut() {
        Some(Overlay::Upgrade(overlay)) => Some(overlay),
        _ => None,
    }
}

/// Opens the list: on the selected account's portfolio where that can start, else on what is under way, else on the first
/// that can start.
pub fn open(model: &mut Model) -> Vec<Effect> {
    let mut overlay = UpgradeOverlay::default();
    let own = model.selected_account().and_then(|account| account.portfolio.as_ref().map(|portfolio| portfolio.id.clone()));
    let plans = listed(model, &overlay);
    let of = |wanted: &dyn Fn(&UpgradePlan) -> bool| plans.iter().find(|plan| wanted(plan)).map(|plan| plan.owner.key());
    let is_own = |plan: &UpgradePlan| own.is_some() && plan.owner.portfolio() == own.as_ref();
    let chosen = of(&|plan| model.is_under_way(&plan.owner))
        .or_else(|| of(&|plan| is_own(plan) && plan.can_start()))
        .or_else(|| of(&UpgradePlan::can_start))
        .or_else(|| of(&is_own))
        .or_else(|| of(&|_| true));
    overlay.chosen = chosen.unwrap_or_default().into();
    model.overlays.push(Overlay::Upgrade(overlay));
    Vec::new()
}

/// Takes the line that is chosen: a portfolio, or a way.
pub fn enter(model: &mut Model) -> Vec<Effect> {
    let Some(current) = overlay(model) else { return Vec::new() };
    if current.page.is_none() {
        let plans = listed(model, current);
        let Some(key) = plans.get(chosen_line(&plans, current)).map(|plan| CompactString::from(plan.owner.key())) else {
            return Vec::new();
        };
        return open_page(model, key);
    }
    if current.qr.is_some() {
        // The ways lie behind the code: what is not seen is not started.
        return Vec::new();
    }
    let Some(plan) = opened_plan(model, current).cloned() else { return Vec::new() };
    let Some(way) = way_lines(&plan, &current.ways).into_iter().nth(current.line) else { return Vec::new() };
    // A line that is out of sight is shown before it does anything.
    if let Some(place) = keys::out_of_sight(model) {
        if let Some(overlay) = overlay_mut(model) {
            overlay.scroll = place;
        }
        return Vec::new();
    }
    start(model, plan, &way)
}

/// Chooses a line that was clicked, and takes it.
pub fn click(model: &mut Model, line: usize) -> Vec<Effect> {
    let Some(current) = overlay(model) else { return Vec::new() };
    if current.page.is_some() {
        if let Some(overlay) = overlay_mut(model) {
            overlay.line = line;
        }
    } else {
        let key = listed(model, current).get(line).map(|plan| CompactString::from(plan.owner.key()));
        if let Some((overlay, key)) = overlay_mut(model).zip(key) {
            overlay.chosen = key;
        }
    }
    enter(model)
}

/// Opens the page of a portfolio. A blocked one has a page, too: it says why, and nothing on it starts anything (R21).
fn open_page(model: &mut Model, key: CompactString) -> Vec<Effect> {
    let Some(plan) = model.plans.iter().find(|plan| plan.owner.key() == key).cloned() else { return Vec::new() };
    if let Some(overlay) = overlay_mut(model) {
        overlay.chosen.clone_from(&key);
        overlay.page = Some(key);
        overlay.ways.clear();
        (overlay.line, overlay.scroll, overlay.qr) = (0, 0, None);
    }
    if plan.blocked().is_some() { Vec::new() } else { vec![Effect::FindUpgradeWays(Box::new(plan))] }
}

/// Goes on to the next portfolio that something can be upgraded in, round and round: on its page, or in the list.
pub fn next(model: &mut Model) -> Vec<Effect> {
    let Some(current) = overlay(model) else { return Vec::new() };
    let plans = listed(model, &UpgradeOverlay { page: None, only: None, ..current.clone() });
    let ready: Vec<&str> =
        plans.iter().filter(|plan| model.standing(plan) == Standing::Ready).map(|plan| plan.owner.key()).collect();
    let here = current.page.as_ref().unwrap_or(&current.chosen);
    let place = ready.iter().position(|key| *key == here).map_or(0, |place| place + 1);
    let Some(key) = ready.get(place).or(ready.first()).map(|key| CompactString::from(*key)) else {
        let text = model.text("upgrade-none-ready");
        say(model, text, false);
        return Vec::new();
    };
    let on_page = current.page.is_some();
    if on_page {
        return open_page(model, key);
    }
    if let Some(overlay) = overlay_mut(model) {
        overlay.chosen = key;
        overlay.only = None;
    }
    Vec::new()
}

/// Gives the keys to the field that narrows the list.
pub fn begin_filter(model: &mut Model) {
    if let Some(overlay) = overlay_mut(model) {
        overlay.filtering = true;
    }
}

/// Shows the portfolios that stand elsewhere: all that are left, then one standing after the other.
pub fn show_next_standing(model: &mut Model) {
    let Some(overlay) = overlay_mut(model) else { return };
    overlay.only = match overlay.only {
        None => Standing::ALL.first().copied(),
        Some(only) => Standing::ALL.iter().position(|one| *one == only).and_then(|place| Standing::ALL.get(place + 1)).copied(),
    };
}

/// Copies the address of the page that is open: that of the running upgrade, else that of WhatsApp Manager.
pub fn copy_address(model: &mut Model) -> Vec<Effect> {
    let Some(current) = overlay(model) else { return Vec::new() };
    let run = opened_plan(model, current).and_then(|plan| plan.owner.portfolio()).and_then(|id| model.upgrades.get(id));
    let running = run.filter(|run| run.end.is_none()).and_then(|run| run.unopened.clone().or(run.url.clone()));
    let manager = current.ways.iter().find_map(|way| match way {
        Way::WhatsAppManager { url } => Some(url.to_string()),
        _ => None,
    });
    match current.qr.clone().or(running).or(manager) {
        Some(url) => commands::copy(model, url),
        None => Vec::new(),
    }
}

fn start(model: &mut Model, plan: UpgradePlan, line: &WayLine) -> Vec<Effect> {
    if let Some(reason) = line.not_offered {
        let text = model.text(not_offered_text(reason));
        say(model, text, false);
        return Vec::new();
    }
    if is_sending(model, &plan) {
        let text = model.text("upgrade-is-sending");
        say(model, text, false);
        return Vec::new();
    }
    // Where nobody knows whose account it is, or nothing is to be waited for, a page is still a page.
    let portfolio = plan.owner.portfolio().cloned().filter(|_| !plan.awaited().is_empty());
    // A wait that runs goes on: the page does not end it, and whatever turns the accounts on ends it.
    let waits = model.is_under_way(&plan.owner);
    let plan = Box::new(plan);
    let follow = |model: &mut Model, url: &Url, opens: bool| match &portfolio {
        Some(id) if !waits => {
            progress::begin(model, id, StartedBy::Manager, &plan, opens);
            vec![Effect::FollowUpgrade(plan.clone(), url.clone())]
        }
        _ if opens => vec![Effect::OpenBrowser(url.to_string())],
        _ => Vec::new(),
    };
    match &line.action {
        WayAction::OpenManager(url) => follow(model, url, true),
        WayAction::CopyManager(url) => {
            let mut effects = commands::copy(model, url.to_string());
            effects.extend(follow(model, url, false));
            effects
        }
        WayAction::QrManager(url) => {
            if let Some(overlay) = overlay_mut(model) {
                overlay.qr = Some(url.to_string());
            }
            follow(model, url, false)
        }
        WayAction::Signup | WayAction::Invite => match (portfolio, &line.action) {
            (None, _) => {
                let text = model.text("upgrade-portfolio-unknown");
                say(model, text, true);
                Vec::new()
            }
            (Some(id), WayAction::Invite) => {
                ask_to_invite(model, id);
                Vec::new()
            }
            (Some(id), _) if waits => {
                let lines = vec![model.text("upgrade-replace-what"), model.text("upgrade-replace-kept")];
                let title = model.text("upgrade-replace-title");
                model.overlays.push(Overlay::Confirm(Confirm { title, lines, yes: Confirmed::SignUp(id) }));
                Vec::new()
            }
            (Some(id), _) => sign_up(model, &id),
        },
    }
}

/// Begins embedded signup. A question may have stood meanwhile, so that the portfolio may have become restricted (R21).
pub fn sign_up(model: &mut Model, portfolio: &PortfolioId) -> Vec<Effect> {
    let Some(plan) = startable(model, portfolio) else { return Vec::new() };
    progress::begin(model, portfolio, StartedBy::Signup, &plan, true);
    vec![Effect::BeginUpgrade(Box::new(plan))]
}

/// The plan of this portfolio, unless a restriction blocks it, which is said then (R21).
fn startable(model: &mut Model, portfolio: &PortfolioId) -> Option<UpgradePlan> {
    let plan = model.plans.iter().find(|plan| plan.owner.portfolio() == Some(portfolio)).cloned()?;
    if plan.blocked().is_some() {
        let text = model.text("upgrade-not-restricted");
        say(model, text, true);
        return None;
    }
    Some(plan)
}

/// While an invitation is on its way, nothing else may take its place: its answer would be lost.
fn is_sending(model: &Model, plan: &UpgradePlan) -> bool {
    let run = plan.owner.portfolio().and_then(|id| model.upgrades.get(id));
    run.is_some_and(|run| run.end.is_none() && run.under_way.stage == Stage::Sending)
}

fn ask_to_invite(model: &mut Model, portfolio: PortfolioId) {
    let mut lines = vec![model.text("upgrade-invite-mails"), model.text("upgrade-invite-once")];
    if model.upgrades.get(&portfolio).is_some_and(|run| run.end.is_none()) {
        lines.push(model.text("upgrade-replace-what"));
    }
    if model.in_sandbox() {
        lines.push(model.text("upgrade-invite-sandbox"));
    }
    let title = model.text("upgrade-invite-title");
    model.overlays.push(Overlay::Confirm(Confirm { title, lines, yes: Confirmed::Invite(portfolio) }));
}

/// The id of the sentence that says why a way is not open.
pub fn not_offered_text(reason: NotOffered) -> &'static str {
    match reason {
        NotOffered::Restricted => "upgrade-not-restricted",
        NotOffered::NothingToUpgrade => "upgrade-not-needed",
        NotOffered::NoSignupConfiguration => "upgrade-not-configured",
        NotOffered::UnknownPortfolio => "upgrade-not-known",
        NotOffered::AlreadyInvited => "upgrade-not-again",
        NotOffered::AlreadyAccepted => "upgrade-not-accepted",
        NotOffered::OnlyHere => "upgrade-not-elsewhere",
    }
}

/// Sends the invitation that was confirmed. The question may have stood while the portfolio was restricted (R21).
pub fn invite(model: &mut Model, portfolio: &PortfolioId) -> Vec<Effect> {
    let Some(plan) = startable(model, portfolio) else { return Vec::new() };
    progress::begin(model, portfolio, StartedBy::Invitation, &plan, false);
    vec![Effect::InviteAdmins(Box::new(plan))]
}

/// Takes the ways to start, if the chooser still shows that portfolio.
pub fn take_ways(model: &mut Model, owner: &str, ways: Vec<Way>) -> Vec<Effect> {
    let plan = model.plans.iter().find(|plan| plan.owner.key() == owner);
    let open = plan.and_then(|plan| way_lines(plan, &ways).iter().position(|line| line.not_offered.is_none()));
    if let Some(overlay) = overlay_mut(model)
        && overlay.page.as_deref() == Some(owner)
    {
        overlay.ways = ways;
        overlay.line = open.unwrap_or(0);
    }
    Vec::new()
}
