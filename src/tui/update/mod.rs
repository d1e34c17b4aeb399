//! What each message does to the model. Pure: time comes in a message, work goes out as effects.

pub mod account;
pub mod activity;
mod commands;
pub mod composer;
mod explain;
mod keys;
mod overlays;
pub mod results;
pub mod session;
#[cfg(test)]
mod tests;
mod upgrade;
mod webhooks;

use jiff::{SignedDuration, Timestamp};

pub use self::{
    overlays::{help_commands, matching, palette_commands},
    upgrade::{WayAction, chosen_line, listed as listed_plans, not_offered_text, opened_plan, out_of_sight, way_lines},
};

use super::{
    effect::Effect,
    model::{Model, Session, Toast},
    msg::Msg,
    view::Target,
};
use crate::{domain::preflight::may_send, ops::Problem};

/// Takes one message.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let changes = !matches!(msg, Msg::ClockAdvanced(_) | Msg::WheelTurned(_) | Msg::Resized(_));
    let is_key = matches!(msg, Msg::KeyPressed(_) | Msg::TargetClicked(_));
    if is_key {
        // It was an answer to the key before.
        model.toast = model.toast.take().filter(|toast| !(toast.answers_key && toast.seen));
    }
    let before = model.toast.clone();
    let mut effects = take(model, msg);
    if let Some(toast) = model.toast.as_mut().filter(|toast| is_key && before.as_ref() != Some(&**toast)) {
        toast.answers_key = !toast.bad;
    }
    effects.extend(upgrade::ask_for_proof(model));
    if changes {
        composer::note(model);
        effects.extend(composer::want_pictures(model));
        effects.extend(composer::want_pauses(model));
    }
    effects
}

fn take(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::ClockAdvanced(now) => advance(model, now),
        Msg::KeyPressed(key) => keys::press(model, key),
        Msg::TextPasted(text) => keys::paste(model, &text),
        Msg::TargetClicked(target) => click(model, target),
        Msg::WheelTurned(lines) => keys::wheel(model, lines),
        Msg::Resized(size) => {
            model.size = size;
            Vec::new()
        }
        Msg::Terminated => {
            model.quitting = true;
            Vec::new()
        }
        Msg::Connected(connection) => {
            model.session = Session::Ready(connection);
            let mut effects = load_fleet(model);
            effects.push(Effect::FindUpgradesUnderWay);
            effects
        }
        Msg::SessionDescribed(connection) => {
            model.session = Session::Ready(connection);
            Vec::new()
        }
        Msg::ConnectionFailed(problem) => {
            model.session = Session::Failed(problem);
            Vec::new()
        }
        Msg::FleetUpdated(generation, update) => {
            // A refresh of thousands that brings nothing new costs no sorting.
            if model.fleet.take(generation, update) && model.fleet.take_change() {
                model.stale = true;
            }
            Vec::new()
        }
        Msg::FleetLoaded(generation, result) => {
            if let Ok(summary) = &result {
                model.composer.may_send = summary.token.as_ref().and_then(|token| may_send(&token.scopes));
            }
            let loaded = result.as_ref().ok().map(|summary| (summary.failures == 0, summary.at));
            if !model.fleet.finish(generation, result, model.now) {
                return Vec::new();
            }
            model.stale = true;
            // What was kept is asked for again with what is new.
            model.proof = None;
            let keep = |(complete, at)| Effect::KeepHistory { accounts: model.fleet.all().to_vec(), complete, at };
            let mut effects: Vec<Effect> = loaded.map(keep).into_iter().collect();
            effects.extend(upgrade::settle(model));
            effects
        }
        Msg::HistoryKept(result) => activity::kept(model, result),
        Msg::NewsRead(news) => activity::take_news(model, news),
        Msg::HistoryChanged => {
            // A pause may have begun or ended.
            model.composer.pauses.clear();
            activity::changed(model)
        }
        Msg::PausesLoaded(account, events) => {
            model.composer.pauses.insert(account, events);
            Vec::new()
        }
        Msg::ActivityLoaded(generation, result) => activity::take(model, generation, result),
        Msg::ResultsLoaded(generation, result) => results::take(model, generation, result),
        Msg::TemplateResultsLoaded(generation, result) => results::take_template(model, generation, result),
        Msg::InsightsEnabled(result) => results::enabled(model, result),
        Msg::RetargetExported(result) => results::exported(model, result),
        Msg::AccountsReloaded(accounts) => {
            for account in accounts {
                reload(model, account);
            }
            upgrade::settle(model)
        }
        Msg::PastLoaded(account, generation, result) => account::take_past(model, &account, generation, result),
        Msg::ReportMade(result) => account::take_report(model, result),
        Msg::TemplatesLoaded(account, generation, result) => composer::take_templates(model, &account, generation, result),
        Msg::UpgradeWaysFound(portfolio, ways) => upgrade::take_ways(model, &portfolio, ways),
        Msg::AdminsInvited(portfolio, invitation, stage) => upgrade::admins_invited(model, &portfolio, &invitation, stage),
        Msg::ProofFound(account, proof) => {
            model.proof = Some((account, Some(proof)));
            Vec::new()
        }
        Msg::UpgradesFound(upgrades) => upgrade::found(model, upgrades),
        Msg::UpgradeMoved(portfolio, update) => upgrade::advance(model, &portfolio, update),
        Msg::RequestPrepared(request) => composer::take_request(model, request),
        Msg::MessageSent(ticket, outcome) => composer::take_outcome(model, ticket, outcome),
        Msg::DeliveryReported(report) => composer::take_report(model, &report),
        Msg::WebhooksArrived(news) => webhooks::arrived(model, &news),
        Msg::SendsLoaded(sends) => {
            model.composer.sends.add_earlier(sends);
            Vec::new()
        }
        Msg::CreativeLoaded(account, features) => {
            model.composer.account_creative.insert(account, features);
            Vec::new()
        }
        Msg::FileLookedAt(source, result) => {
            composer::take_picture(model, &source, result);
            Vec::new()
        }
        Msg::LastDraftFound(draft) => {
            composer::take_last(model, draft);
            Vec::new()
        }
        Msg::DraftsFound(drafts) => composer::take_drafts(model, drafts),
        Msg::DraftImported(result) => composer::take_imported(model, result),
        Msg::DraftExported(result) => composer::exported(model, result),
        Msg::ProfilesFound(profiles) => session::take_profiles(model, &profiles),
        Msg::SessionReplaced(new) => session::replaced(model, *new),
        Msg::SessionNotReplaced(problem) => session::not_replaced(model, &problem),
        Msg::BrowserOpened(url, result) => upgrade::browser_answered(model, &url, result),
        Msg::WebhooksRefused(problem) => {
            say_problem(model, &problem);
            Vec::new()
        }
        Msg::TaskBroke(reason) => {
            let text = model.texts.with("frame-broken-task", &[("reason", reason.into())]);
            say(model, text, true);
            Vec::new()
        }
    }
}

/// Asks for the whole fleet.
pub fn load_fleet(model: &mut Model) -> Vec<Effect> {
    vec![Effect::LoadFleet(model.fleet.ask(model.now))]
}

/// Puts an account that was read on its own in the place of what was known, which also knew how it was found.
pub fn reload(model: &mut Model, mut account: crate::domain::Account) {
    if let Some(known) = model.fleet.get(&account.id) {
        account.found_by = account.found_by.union(known.found_by);
    }
    model.fleet.put(account);
    model.stale = true;
}

/// Puts up a notice for a few seconds.
pub fn say(model: &mut Model, text: String, bad: bool) {
    let seconds = if bad { 10 } else { 5 };
    let until = model.now.checked_add(SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::MAX);
    if bad {
        tracing::warn!("{}", crate::text::clean(&text));
    }
    model.toast = Some(Toast { text, bad, until, seen: false, answers_key: false });
}

/// Says what failed.
pub fn say_problem(model: &mut Model, problem: &Problem) {
    let text = problem.to_text(model.texts.language());
    say(model, text, true);
}

fn advance(model: &mut Model, now: Timestamp) -> Vec<Effect> {
    let minute_passed = now.as_second() / 60 != model.now.as_second() / 60;
    model.now = now;
    if model.toast.as_ref().is_some_and(|toast| toast.until <= now) {
        model.toast = None;
    }
    // Restrictions end and banners with them; the table itself has no other clock.
    if minute_passed {
        model.stale = true;
    }
    let mut effects = composer::keep_due(model);
    effects.extend(composer::want_due_pictures(model));
    if model.next_refresh().is_some_and(|due| due <= now) {
        effects.extend(load_fleet(model));
    }
    effects
}

fn click(model: &mut Model, target: Target) -> Vec<Effect> {
    match target {
        Target::Command(id) => commands::run(model, id),
        Target::Account(id) => {
            if model.accounts.selected.as_ref() == Some(&id) {
                return commands::run(model, super::command::CommandId::OpenAccount);
            }
            model.accounts.selected = Some(id);
            Vec::new()
        }
        Target::Event(place) => {
            if model.activity.selected_event().is_some_and(|kept| kept.place == place) {
                return activity::open_account(model);
            }
            model.activity.selected = Some(place);
            Vec::new()
        }
        Target::Tab(tab) => composer::show_tab(model, tab),
        Target::Field(index) => composer::focus(model, index),
        Target::Entry(place) => {
            account::choose_place(model, place);
            Vec::new()
        }
        Target::Section(section) => {
            account::show_section(model, section);
            Vec::new()
        }
        Target::OverlayLine(line) => overlays::click_line(model, line),
        Target::Nothing => Vec::new(),
    }
}
