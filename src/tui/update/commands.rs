//! What each command of the table does.

use super::{account, activity, composer, explain, load_fleet, results, say, session, upgrade};
use crate::tui::{
    command::{CommandId, command},
    effect::Effect,
    model::{Model, Screen, composer::RequestUse, overlay::Overlay},
};
use crate::wording;

/// Runs a command, or says why it cannot run now.
pub fn run(model: &mut Model, id: CommandId) -> Vec<Effect> {
    if let Err(reason) = (command(id).enabled)(model) {
        say(model, reason, false);
        return Vec::new();
    }
    match id {
        CommandId::Quit => model.quitting = true,
        CommandId::Suspend => return vec![Effect::Suspend],
        CommandId::OpenHelp => model.overlays.push(Overlay::Help { scroll: 0 }),
        CommandId::OpenPalette => model.overlays.push(Overlay::Palette { filter: Default::default(), line: 0 }),
        CommandId::SignIn => return session::open_sign_in(model),
        CommandId::SwitchProfile => return session::find_profiles(),
        CommandId::GoBack => return go_back(model),
        CommandId::ShowAccounts => model.screen = Screen::Accounts,
        CommandId::ShowComposer => return composer::open(model),
        CommandId::ShowActivity => return activity::open(model),
        CommandId::ShowResults => return results::open(model),
        CommandId::PickResults => results::pick_template(model),
        CommandId::NextPeriod => return results::next_period(model),
        CommandId::ExportRetarget => return results::export(model),
        CommandId::EnableInsights => results::ask_to_enable(model),
        CommandId::Refresh => return refresh(model),
        CommandId::OpenBenefits => model.overlays.push(Overlay::Benefits),
        CommandId::OpenUpgrade => return upgrade::open(model),
        CommandId::JumpToRestricted => jump_to_restricted(model),
        CommandId::DismissBanner => dismiss_banner(model),
        CommandId::CopyFailure => return copy_failure(model),
        CommandId::Explain => return explain::open(model),
        CommandId::OpenSupport => return vec![Effect::OpenBrowser(model.preferences.support_url.clone())],
        CommandId::MoveUp => return move_by(model, -1),
        CommandId::MoveDown => return move_by(model, 1),
        CommandId::MovePageUp => return move_page(model, -1),
        CommandId::MovePageDown => return move_page(model, 1),
        CommandId::MoveFirst => return move_by(model, i64::MIN / 2),
        CommandId::MoveLast => return move_by(model, i64::MAX / 2),
        CommandId::OpenAccount => {
            if let Some(id) = model.accounts.selected.clone() {
                return account::open(model, &id);
            }
        }
        CommandId::Filter => model.accounts.filtering = true,
        CommandId::Sort => {
            model.accounts.sort = model.accounts.sort.next();
            model.reorder = true;
        }
        CommandId::ReverseSort => {
            model.accounts.reversed = !model.accounts.reversed;
            model.reorder = true;
        }
        CommandId::CopyOpenAccount => return account::copy_entry(model),
        CommandId::CopySection => return account::copy_section(model),
        CommandId::NextSection => account::turn_section(model, 1),
        CommandId::PreviousSection => account::turn_section(model, -1),
        CommandId::OpenLink => return account::open_link(model),
        CommandId::MakeReport => return account::ask_for_report(model),
        CommandId::CopyAccount => {
            if let Some(account) = model.selected_account() {
                return copy(model, account.id.to_string());
            }
        }
        CommandId::NextUpgrade => return upgrade::next(model),
        CommandId::FilterUpgrades => upgrade::begin_filter(model),
        CommandId::ShowUpgrades => upgrade::show_next_standing(model),
        CommandId::CopyUpgradeAddress => return upgrade::copy_address(model),
        CommandId::AbandonUpgrade => upgrade::ask_to_abandon(model),
        CommandId::OpenEventAccount => return activity::open_account(model),
        CommandId::FilterActivity => model.activity.filtering = true,
        CommandId::PickActivityAccount => activity::pick_account(model),
        CommandId::PickActivityKind => activity::pick_kind(model),
        CommandId::PickActivityPeriod => activity::pick_period(model),
        CommandId::CopyEvent => return activity::copy(model),
        CommandId::NextTab => return composer::turn_tab(model, 1),
        CommandId::PreviousTab => return composer::turn_tab(model, -1),
        CommandId::PickTemplate => return composer::pick_template(model),
        CommandId::Send => return composer::ask_to_send(model),
        CommandId::ShowChecks => model.overlays.push(Overlay::Checks { scroll: 0 }),
        CommandId::ShowRequest => return composer::prepare_request(model, RequestUse::Show),
        CommandId::CopyRequest => return composer::prepare_request(model, RequestUse::Copy),
        CommandId::FindDrafts => return composer::find_drafts(model),
        CommandId::ExportDraft => return composer::ask_export(model),
        CommandId::FillExamples => composer::fill_examples(model),
        CommandId::NewMessage => return composer::begin_anew(model),
        CommandId::ChangeDevice => composer::change_device(model),
        CommandId::PickAccount => composer::pick_account(model),
        CommandId::TogglePictures => composer::toggle_pictures(model),
        CommandId::ChangeColours => composer::change_colours(model),
        CommandId::CompareLanguages => return composer::compare_languages(model),
        CommandId::NextCard => composer::turn_card(model, 1),
        CommandId::PreviousCard => composer::turn_card(model, -1),
    }
    Vec::new()
}

/// Puts text on the clipboard and says so.
pub fn copy(model: &mut Model, text: String) -> Vec<Effect> {
    let said = model.texts.with("frame-copied", &[("what", crate::text::truncate(&text, 60).into())]);
    say(model, said, false);
    vec![Effect::Copy(text)]
}

fn go_back(model: &mut Model) -> Vec<Effect> {
    match model.screen {
        Screen::Accounts if !model.accounts.filter.is_empty() => {
            model.accounts.filter.clear();
            model.reorder = true;
        }
        Screen::Accounts => model.toast = None,
        Screen::Account(_) | Screen::Composer => model.screen = Screen::Accounts,
        Screen::Activity => return activity::leave(model),
        Screen::Results => results::leave(model),
    }
    Vec::new()
}

fn refresh(model: &mut Model) -> Vec<Effect> {
    if matches!(model.session, crate::tui::model::Session::Failed(_)) {
        model.session = crate::tui::model::Session::Connecting;
        return vec![Effect::Connect];
    }
    let mut effects = load_fleet(model);
    effects.extend(composer::reload_templates(model));
    effects.extend(account::study(model, true));
    effects
}

/// Moves the selection, or scrolls where nothing is selected.
pub fn move_by(model: &mut Model, lines: i64) -> Vec<Effect> {
    match &model.screen {
        Screen::Accounts => {
            model.accounts.move_by(&model.fleet, lines);
            let height = model.accounts.page.max(1);
            model.accounts.offset = crate::tui::screen::accounts::first_row(model, height);
        }
        Screen::Account(_) => account::move_by(model, lines),
        Screen::Activity => return activity::move_by(model, lines),
        Screen::Results => results::move_by(model, lines),
        Screen::Composer => composer::move_by(model, lines),
    }
    Vec::new()
}

/// Moves by so many pages.
pub fn move_page(model: &mut Model, pages: i64) -> Vec<Effect> {
    let page = match model.screen {
        Screen::Accounts => model.accounts.page.max(2) - 1,
        Screen::Activity => model.activity.page.max(2) - 1,
        _ => usize::from(crate::tui::view::body_of(model).height.saturating_sub(2)).max(1),
    };
    move_by(model, i64::try_from(page).unwrap_or(10).saturating_mul(pages))
}

/// A place moved by so many, kept between 0 and the last.
pub fn moved(place: usize, by: i64, last: usize) -> usize {
    let place = i64::try_from(place).unwrap_or(0).saturating_add(by).max(0);
    usize::try_from(place).unwrap_or(0).min(last)
}

fn jump_to_restricted(model: &mut Model) {
    let restricted = model.restricted();
    let current = model.accounts.selected.as_ref().and_then(|id| restricted.iter().position(|known| known.id == *id));
    let next = current.map_or(0, |place| (place + 1) % restricted.len().max(1));
    let Some(target) = restricted.get(next).map(|account| account.id.clone()) else { return };
    model.screen = Screen::Accounts;
    if model.accounts.row_of(&target, &model.fleet).is_none() {
        // A filter must not hide what the banner leads to.
        model.accounts.filter.clear();
        model.accounts.filtering = false;
        model.reorder = true;
    }
    model.accounts.selected = Some(target);
}

/// Dismisses the topmost banner that may be dismissed. The ineligible one answers why it stays (R21).
fn dismiss_banner(model: &mut Model) {
    if let Some(failure) = model.shown_failure().cloned() {
        model.dismissals.dismiss(&failure);
        model.stale = true;
        return;
    }
    let key = model.keymap.hint(CommandId::JumpToRestricted).unwrap_or_default();
    let why = model.texts.with("banner-cannot-dismiss", &[("key", key.into())]);
    say(model, why, false);
}

fn copy_failure(model: &mut Model) -> Vec<Effect> {
    let Some(failure) = model.shown_failure() else { return Vec::new() };
    let text = wording::for_support(failure);
    let said = model.text("frame-copied-failure");
    say(model, said, false);
    vec![Effect::Copy(text)]
}
