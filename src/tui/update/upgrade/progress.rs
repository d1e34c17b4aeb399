//! Upgrades under way: begun, taken up after a restart, further on, given up, ended (R13), and what they leave behind (R20).

use crate::{
    domain::{
        PortfolioId, WabaId,
        banner::{UpgradeOutcome, UpgradeStep},
        status::StatusClass,
        upgrade::{Stage, StartedBy, UnderWay, UpgradePlan},
    },
    ops::upgrade::{Invitation, UpgradeUpdate, failure},
    tui::{
        effect::Effect,
        model::{
            Model, Screen, UpgradeRun,
            overlay::{Confirm, Confirmed, Overlay},
        },
        update::{reload, say},
    },
    web::SignupAnswer,
};

/// Notes that an upgrade begins.
pub(super) fn begin(model: &mut Model, portfolio: &PortfolioId, by: StartedBy, plan: &UpgradePlan, opens_browser: bool) {
    model.outcomes.remove(&Some(portfolio.clone()));
    model.stale = true;
    let covers = if plan.covers.is_empty() { plan.awaited() } else { plan.covers.clone() };
    let under_way = UnderWay::new(portfolio.clone(), by, covers, model.now);
    model.upgrades.insert(portfolio.clone(), UpgradeRun::new(under_way, opens_browser));
}

/// Takes up upgrades that were begun before, unless they were begun anew meanwhile.
pub fn found(model: &mut Model, upgrades: Vec<UnderWay>) -> Vec<Effect> {
    let fresh: Vec<UnderWay> =
        upgrades.into_iter().filter(|under_way| !model.upgrades.contains_key(&under_way.portfolio)).collect();
    if fresh.is_empty() {
        return Vec::new();
    }
    let text = model.texts.with("upgrade-resumed", &[("count", fresh.len().into())]);
    say(model, text, false);
    for under_way in &fresh {
        model.upgrades.insert(under_way.portfolio.clone(), UpgradeRun::new(under_way.clone(), false));
    }
    let mut effects = vec![Effect::ResumeUpgrades(fresh)];
    effects.extend(settle(model));
    effects
}

/// Ends upgrades whose accounts turned out to be on, however that became known: by a refresh, a webhook, another dashboard (R3).
/// A signup ends by itself: its window may still have a token to give.
pub fn settle(model: &mut Model) -> Vec<Effect> {
    let fleet = &model.fleet;
    let is_ours = |run: &UpgradeRun| run.end.is_none() && run.under_way.by != StartedBy::Signup;
    let is_done = |run: &UpgradeRun| is_ours(run) && run.under_way.is_done(|id| fleet.get(id).map(AsRef::as_ref));
    let done: Vec<PortfolioId> = model.upgrades.iter().filter(|(_, run)| is_done(run)).map(|(id, _)| id.clone()).collect();
    let mut effects = Vec::new();
    for portfolio in done {
        effects.push(Effect::EndUpgrade(portfolio.clone()));
        effects.extend(end(model, &portfolio, UpgradeOutcome::Onboarded));
    }
    effects
}

/// An invitation was answered, or was not.
pub fn admins_invited(model: &mut Model, portfolio: &PortfolioId, invitation: &Invitation, stage: Stage) -> Vec<Effect> {
    let Some(run) = model.upgrades.get_mut(portfolio) else { return Vec::new() };
    run.under_way.stage = stage;
    let id = match invitation {
        Invitation::Sent => "upgrade-invited",
        Invitation::AlreadySent => "upgrade-invited-before",
        Invitation::AlreadyAccepted => "upgrade-not-accepted",
        Invitation::Unknown(problem) => {
            // Something went wrong (R20); the looking goes on all the same.
            let failed = failure(problem, Some(portfolio), UpgradeStep::Invite);
            model.outcomes.insert(Some(portfolio.clone()), UpgradeOutcome::Failed(failed));
            model.stale = true;
            "cli-upgrade-invite-unknown"
        }
    };
    let text = model.text(id);
    say(model, text, false);
    // What Meta says of the terms now stands on the accounts.
    read_portfolio(model, portfolio)
}

/// Takes a step of a running upgrade.
pub fn advance(model: &mut Model, portfolio: &PortfolioId, update: UpgradeUpdate) -> Vec<Effect> {
    let now = model.now;
    // One that was given up, or that a refresh ended, may still have something on its way here.
    let Some(run) = model.upgrades.get_mut(portfolio).filter(|run| run.end.is_none()) else { return Vec::new() };
    match update {
        UpgradeUpdate::Opened { url } => {
            run.url = Some(url.to_string());
            if std::mem::take(&mut run.opens_browser) {
                return vec![Effect::OpenBrowser(url.to_string())];
            }
        }
        UpgradeUpdate::Answered(answer) => {
            if matches!(answer, SignupAnswer::Finished { .. }) {
                run.under_way.stage = Stage::Accepted;
            }
        }
        UpgradeUpdate::TokenKept(kept) => {
            let arguments = [("profile", kept.profile.into()), ("place", kept.place.name().into())];
            let text = model.texts.with("upgrade-token-kept", &arguments);
            say(model, text, false);
        }
        UpgradeUpdate::Staged(stage) => {
            run.under_way.stage = stage;
            // That no answer came has been cleared up.
            if matches!(model.outcomes.get(&Some(portfolio.clone())), Some(UpgradeOutcome::Failed(failed)) if failed.step == UpgradeStep::Invite)
            {
                model.outcomes.remove(&Some(portfolio.clone()));
                model.stale = true;
            }
        }
        UpgradeUpdate::NotKept { problem } => {
            let text = model.texts.with("upgrade-not-kept", &[("why", problem.sentence.into())]);
            say(model, text, true);
        }
        UpgradeUpdate::Checked { accounts } => {
            (run.checks, run.last_check, run.trouble) = (run.checks + 1, Some(now), None);
            let ids: Vec<WabaId> = accounts.iter().map(|account| account.id.clone()).collect();
            for account in accounts {
                reload(model, account);
            }
            return vec![keep(model, &ids)];
        }
        UpgradeUpdate::NotChecked { problem } => {
            (run.checks, run.last_check, run.trouble) = (run.checks + 1, Some(now), Some(*problem));
        }
        UpgradeUpdate::Ended(outcome) => return end(model, portfolio, outcome),
    }
    Vec::new()
}

/// What changed about these accounts belongs into the history as if a refresh had found it.
fn keep(model: &Model, ids: &[WabaId]) -> Effect {
    let accounts = ids.iter().filter_map(|id| model.fleet.get(id).cloned()).collect();
    Effect::KeepHistory { accounts, complete: false, at: model.now }
}

fn end(model: &mut Model, portfolio: &PortfolioId, outcome: UpgradeOutcome) -> Vec<Effect> {
    let Some(run) = model.upgrades.get_mut(portfolio) else { return Vec::new() };
    run.end = Some(outcome.clone());
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
    // Whatever came of it, the portfolio's accounts may have changed: also how a restriction becomes known.
    read_portfolio(model, portfolio)
}

/// Reads the portfolio's accounts again, together, and not the whole fleet.
fn read_portfolio(model: &Model, portfolio: &PortfolioId) -> Vec<Effect> {
    let of_portfolio = |plan: &&UpgradePlan| plan.owner.portfolio() == Some(portfolio);
    let accounts = model.plans.iter().find(of_portfolio).map(UpgradePlan::accounts).unwrap_or_default();
    if accounts.is_empty() { Vec::new() } else { vec![Effect::ReadAccounts(accounts)] }
}

/// The portfolio of the page that is open, while an upgrade of it is under way.
fn running_here(model: &Model) -> Option<PortfolioId> {
    let plan = super::opened_plan(model, super::overlay(model)?)?;
    model.is_under_way(&plan.owner).then(|| plan.owner.portfolio().cloned()).flatten()
}

/// Asks whether to stop waiting: what was sent is not taken back by it.
pub fn ask_to_abandon(model: &mut Model) {
    let Some(portfolio) = running_here(model) else { return };
    let run = model.upgrades.get(&portfolio);
    if run.is_some_and(|run| run.under_way.stage == Stage::Sending) {
        let text = model.text("upgrade-is-sending");
        say(model, text, false);
        return;
    }
    let invited = run.is_some_and(|run| run.under_way.may_be_invited());
    let mut lines = vec![model.text("upgrade-abandon-what")];
    if invited {
        lines.push(model.text("upgrade-abandon-invited"));
    }
    let title = model.text("upgrade-abandon-title");
    model.overlays.push(Overlay::Confirm(Confirm { title, lines, yes: Confirmed::Abandon(portfolio) }));
}

/// Stops waiting, and forgets that it was begun.
pub fn abandon(model: &mut Model, portfolio: &PortfolioId) -> Vec<Effect> {
    if model.upgrades.remove(portfolio).is_none() {
        return Vec::new();
    }
    model.outcomes.remove(&Some(portfolio.clone()));
    model.stale = true;
    let text = model.text("upgrade-abandoned");
    say(model, text, false);
    vec![Effect::EndUpgrade(portfolio.clone())]
}

/// Asks for what shows that an account is on, once its details are in sight.
pub fn ask_for_proof(model: &mut Model) -> Option<Effect> {
    let in_sight = match model.screen {
        Screen::Account(_) => true,
        Screen::Accounts => crate::tui::screen::accounts::shows_details(model.size.width),
        Screen::Activity | Screen::Results | Screen::Composer => false,
    };
    let account = model.selected_account().filter(|account| in_sight && account.onboarding.class() == StatusClass::On)?;
    let id = account.id.clone();
    if model.proof.as_ref().is_some_and(|(asked, _)| *asked == id) {
        return None;
    }
    model.proof = Some((id.clone(), None));
    Some(Effect::FindProof(id))
}

/// Says whether the browser opened. Where none did, its address is shown, on the page of the upgrade that it belongs to, too.
pub fn browser_answered(model: &mut Model, url: &str, result: Result<(), String>) -> Vec<Effect> {
    let shown = crate::text::clean(url).into_owned();
    match result {
        Ok(()) => {
            let text = model.texts.with("frame-browser-opened", &[("url", crate::text::truncate(&shown, 80).into())]);
            say(model, text, false);
        }
        Err(reason) => {
            tracing::info!(reason = %crate::text::clean(&reason), "no browser could be opened");
            match running_here(model).and_then(|portfolio| model.upgrades.get_mut(&portfolio)) {
                Some(run) => run.unopened = Some(url.to_owned()),
                None => {
                    let text = model.texts.with("frame-browser-failed", &[("url", shown.into())]);
                    say(model, text, true);
                }
            }
        }
    }
    Vec::new()
}
