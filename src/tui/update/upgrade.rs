//! The upgrade: choosing a portfolio and a way (R11, R12), waiting (R13), and what its outcome leaves behind (R20).

use url::Url;

use super::{commands, load_fleet, say};
use crate::{
    domain::{PortfolioId, banner::UpgradeOutcome, upgrade::UpgradePlan},
    ops::upgrade::{NotOffered, UpgradeUpdate, Way},
    tui::{
        effect::Effect,
        model::{
            Model, UpgradeRun,
            overlay::{Confirm, Confirmed, Overlay, UpgradeOverlay},
        },
    },
    web::SignupAnswer,
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

/// The lines of the chooser for the ways that are known.
pub fn way_lines(ways: &[Way]) -> Vec<WayLine> {
    let mut lines = Vec::new();
    let mut add = |action, not_offered| lines.push(WayLine { action, not_offered });
    for way in ways {
        match way {
            Way::EmbeddedSignup { not_offered } => add(WayAction::Signup, *not_offered),
            Way::WhatsAppManager { url } => {
                add(WayAction::OpenManager(url.clone()), None);
                add(WayAction::CopyManager(url.clone()), None);
                add(WayAction::QrManager(url.clone()), None);
            }
            Way::Invitation { not_offered } => add(WayAction::Invite, *not_offered),
        }
    }
    lines
}

/// The plans that the chooser lists: those with something to upgrade, then those that only wait or are blocked.
pub fn listed(model: &Model) -> Vec<&UpgradePlan> {
    model.plans.iter().filter(|plan| plan.is_offered() || !plan.obstacles.is_empty()).collect()
}

/// Opens the chooser: on the upgrade that is under way, else on the selected account's portfolio, else on the first that can start.
pub fn open(model: &mut Model) -> Vec<Effect> {
    let own = model.selected_account().and_then(|account| account.portfolio.as_ref().map(|portfolio| portfolio.id.clone()));
    let running = model.upgrades.iter().find(|(_, run)| run.end.is_none()).map(|(id, _)| id.clone());
    let plans = listed(model);
    let of = |wanted: &Option<PortfolioId>| {
        wanted.as_ref().and_then(|id| plans.iter().position(|plan| plan.owner.portfolio() == Some(id)))
    };
    let own_startable = of(&own).filter(|line| plans.get(*line).is_some_and(|plan| plan.can_start()));
    let first_startable = plans.iter().position(|plan| plan.can_start());
    let line = of(&running).or(own_startable).or(first_startable).or(of(&own)).unwrap_or(0);
    model.overlays.push(Overlay::Upgrade(UpgradeOverlay { line, ..UpgradeOverlay::default() }));
    Vec::new()
}

/// Takes the line that is chosen: a portfolio, or a way.
pub fn enter(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::Upgrade(overlay)) = model.overlays.last() else { return Vec::new() };
    let line = overlay.line;
    match overlay.portfolio.clone() {
        None => choose_portfolio(model, line),
        Some(portfolio) => {
            let way = way_lines(&overlay.ways).into_iter().nth(line);
            way.map_or_else(Vec::new, |way| start(model, &portfolio, &way))
        }
    }
}

fn choose_portfolio(model: &mut Model, line: usize) -> Vec<Effect> {
    let Some(plan) = listed(model).get(line).map(|plan| (*plan).clone()) else { return Vec::new() };
    let running = plan.owner.portfolio().is_some_and(|id| model.upgrades.get(id).is_some_and(|run| run.end.is_none()));
    if !running && let Some(obstacle) = plan.blocked() {
        // R21: while the ineligible banner stands, the upgrade of the affected portfolio cannot be carried out.
        let why = wording::obstacle(&model.texts, &obstacle.kind, &model.zone);
        let text = model.texts.with("upgrade-blocked", &[("why", why.into())]);
        say(model, text, true);
        return Vec::new();
    }
    if !running && !plan.is_offered() {
        let text = model.text("upgrade-nothing-covered");
        say(model, text, false);
        return Vec::new();
    }
    let Some(portfolio) = plan.owner.portfolio().cloned() else {
        let text = model.text("upgrade-portfolio-unknown");
        say(model, text, true);
        return Vec::new();
    };
    if let Some(Overlay::Upgrade(overlay)) = model.overlays.last_mut() {
        overlay.portfolio = Some(portfolio);
        overlay.line = 0;
    }
    if running { Vec::new() } else { vec![Effect::FindUpgradeWays(Box::new(plan))] }
}

fn plan_of(model: &Model, portfolio: &PortfolioId) -> Option<Box<UpgradePlan>> {
    model.plans.iter().find(|plan| plan.owner.portfolio() == Some(portfolio)).map(|plan| Box::new(plan.clone()))
}

fn start(model: &mut Model, portfolio: &PortfolioId, line: &WayLine) -> Vec<Effect> {
    let Some(plan) = plan_of(model, portfolio) else { return Vec::new() };
    if let Some(reason) = line.not_offered {
        let text = model.text(not_offered_text(reason));
        say(model, text, false);
        return Vec::new();
    }
    match &line.action {
        WayAction::Signup => {
            begin_run(model, portfolio, true);
            vec![Effect::BeginUpgrade(plan)]
        }
        WayAction::OpenManager(url) => {
            begin_run(model, portfolio, true);
            vec![Effect::FollowUpgrade(plan, url.clone())]
        }
        WayAction::CopyManager(url) => {
            begin_run(model, portfolio, false);
            let mut effects = commands::copy(model, url.to_string());
            effects.push(Effect::FollowUpgrade(plan, url.clone()));
            effects
        }
        WayAction::QrManager(url) => {
            begin_run(model, portfolio, false);
            if let Some(Overlay::Upgrade(overlay)) = model.overlays.last_mut() {
                overlay.qr = Some(url.to_string());
            }
            vec![Effect::FollowUpgrade(plan, url.clone())]
        }
        WayAction::Invite => {
            let lines = vec![model.text("upgrade-invite-mails"), model.text("upgrade-invite-once")];
            let title = model.text("upgrade-invite-title");
            model.overlays.push(Overlay::Confirm(Confirm { title, lines, yes: Confirmed::Invite(portfolio.clone()) }));
            Vec::new()
        }
    }
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
    }
}

/// Sends the invitation that was confirmed.
pub fn invite(model: &mut Model, portfolio: &PortfolioId) -> Vec<Effect> {
    let Some(plan) = plan_of(model, portfolio) else { return Vec::new() };
    begin_run(model, portfolio, false);
    vec![Effect::InviteAdmins(plan)]
}

fn begin_run(model: &mut Model, portfolio: &PortfolioId, opens_browser: bool) {
    model.outcomes.remove(&Some(portfolio.clone()));
    model.stale = true;
    let run = UpgradeRun {
        started: model.now,
        opens_browser,
        url: None,
        accepted: false,
        checks: 0,
        last_check: None,
        trouble: None,
        end: None,
    };
    model.upgrades.insert(portfolio.clone(), run);
}

/// Takes the ways to start, if the chooser still shows that portfolio.
pub fn take_ways(model: &mut Model, portfolio: &PortfolioId, ways: Vec<Way>) -> Vec<Effect> {
    if let Some(Overlay::Upgrade(overlay)) = model.overlays.last_mut()
        && overlay.portfolio.as_ref() == Some(portfolio)
    {
        overlay.ways = ways;
        overlay.line = way_lines(&overlay.ways).iter().position(|line| line.not_offered.is_none()).unwrap_or(0);
    }
    Vec::new()
}

/// The invitation is out.
pub fn admins_invited(model: &mut Model, portfolio: &PortfolioId, before: bool) -> Vec<Effect> {
    let text = model.text(if before { "upgrade-invited-before" } else { "upgrade-invited" });
    say(model, text, false);
    if let Some(run) = model.upgrades.get_mut(portfolio) {
        run.opens_browser = false;
    }
    Vec::new()
}

/// Takes a step of a running upgrade.
pub fn advance(model: &mut Model, portfolio: &PortfolioId, update: UpgradeUpdate) -> Vec<Effect> {
    let now = model.now;
    let Some(run) = model.upgrades.get_mut(portfolio) else { return Vec::new() };
    match update {
        UpgradeUpdate::Opened { url } => {
            run.url = Some(url.to_string());
            if run.opens_browser {
                return vec![Effect::OpenBrowser(url.to_string())];
            }
        }
        UpgradeUpdate::Answered(answer) => run.accepted = matches!(answer, SignupAnswer::Finished { .. }),
        UpgradeUpdate::Checked { accounts } => {
            (run.checks, run.last_check, run.trouble) = (run.checks + 1, Some(now), None);
            for account in accounts {
                super::reload(model, account);
            }
        }
        UpgradeUpdate::NotChecked { problem } => {
            (run.checks, run.last_check, run.trouble) = (run.checks + 1, Some(now), Some(*problem));
        }
        UpgradeUpdate::Ended(outcome) => {
            run.end = Some(outcome.clone());
            return finish(model, portfolio, outcome);
        }
    }
    Vec::new()
}

fn finish(model: &mut Model, portfolio: &PortfolioId, outcome: UpgradeOutcome) -> Vec<Effect> {
    let said = match &outcome {
        UpgradeOutcome::Onboarded => Some("upgrade-ended-onboarded"),
        UpgradeOutcome::StillWaiting => Some("upgrade-ended-waiting"),
        // The banner says it (R20).
        UpgradeOutcome::Failed(_) => None,
    };
    if let Some(id) = said {
        let text = model.text(id);
        say(model, text, false);
    }
    model.outcomes.insert(Some(portfolio.clone()), outcome);
    model.stale = true;
    // Whatever came of it, the accounts may have changed: also how a restriction becomes known.
    if model.fleet.loading_since.is_none() { load_fleet(model) } else { Vec::new() }
}

/// Says whether the browser opened; where there is none, the address is shown with a QR code.
pub fn browser_answered(model: &mut Model, url: &str, result: Result<(), String>) -> Vec<Effect> {
    let shown = crate::text::clean(url).into_owned();
    match result {
        Ok(()) => {
            let text = model.texts.with("frame-browser-opened", &[("url", crate::text::truncate(&shown, 80).into())]);
            say(model, text, false);
        }
        Err(reason) => {
            tracing::info!(reason = %crate::text::clean(&reason), "no browser could be opened");
            if let Some(Overlay::Upgrade(overlay)) = model.overlays.last_mut() {
                overlay.qr = Some(url.to_owned());
            } else {
                let text = model.texts.with("frame-browser-failed", &[("url", shown.into())]);
                say(model, text, true);
            }
        }
    }
    Vec::new()
}
