//! What the activity screen and the news do with keys and answers. Pure: the store is asked by effects.

use jiff::Timestamp;

use super::{account, commands, say, say_problem};
use crate::{
    domain::{WabaId, event::EventKind},
    ops::{Problem, history::News},
    store::KeptEvent,
    text,
    tui::{
        command::Enabled,
        effect::Effect,
        key::{Key, KeyCode},
        model::{
            Model, Screen,
            activity::{Asked, Narrowing, Period},
            overlay::{Choice, ChoiceValue, Overlay, Picker},
            remote::Generation,
        },
    },
    wording,
};

/// More accounts whose names hold a text are not asked for by name.
const MOST_NAMED: usize = 500;

/// Opens the screen: from an account with what changed about it, from elsewhere with everything.
pub fn open(model: &mut Model) -> Vec<Effect> {
    if model.screen != Screen::Activity {
        let activity = &mut model.activity;
        activity.account = match &model.screen {
            Screen::Account(id) => Some(id.clone()),
            _ => None,
        };
        activity.selected = None;
        activity.offset = 0;
        activity.from = Some(std::mem::replace(&mut model.screen, Screen::Activity));
    }
    model.activity.news = None;
    ask(model, Asked::Newest)
}

/// Goes back to where the screen was opened from.
pub fn leave(model: &mut Model) -> Vec<Effect> {
    if !model.activity.filter.is_empty() {
        model.activity.filter.clear();
        return ask(model, Asked::Newest);
    }
    model.screen = model.activity.from.take().filter(|from| *from != Screen::Activity).unwrap_or_default();
    Vec::new()
}

fn ask(model: &mut Model, wanted: Asked) -> Vec<Effect> {
    let Some((generation, window)) = model.activity.ask(wanted) else { return Vec::new() };
    let account = model.activity.account.as_ref().and_then(|id| model.fleet.get(id));
    let portfolio = account.and_then(|account| account.portfolio.as_ref()).map(|portfolio| portfolio.id.clone());
    let text = model.activity.filter.text().trim().to_lowercase();
    let named = if text.is_empty() {
        Vec::new()
    } else {
        let holds = |name: &str| name.to_lowercase().contains(&text);
        let accounts = model.fleet.all().iter().filter(|account| holds(&account.name));
        accounts.take(MOST_NAMED).map(|account| account.id.clone()).collect()
    };
    let query = model.activity.query(portfolio, named, model.now);
    vec![Effect::LoadActivity { generation, query: Box::new(query), window }]
}

/// Takes a page of events.
pub fn take(model: &mut Model, generation: Generation, result: Result<Vec<KeptEvent>, Problem>) -> Vec<Effect> {
    match model.activity.take(generation, result) {
        Some(next) => ask(model, next),
        None => Vec::new(),
    }
}

/// Something was kept, here or by another program.
pub fn changed(model: &mut Model) -> Vec<Effect> {
    match model.screen {
        Screen::Activity => {}
        // What was kept of the account is among its findings.
        Screen::Account(_) => return account::study(model, false),
        _ => return Vec::new(),
    }
    match model.activity.on_change() {
        Some(wanted) => ask(model, wanted),
        None => Vec::new(),
    }
}

/// The accounts were compared with what was known: the first time, what happened since the last visit is asked for.
pub fn kept(model: &mut Model, result: Result<(), Problem>) -> Vec<Effect> {
    match result {
        Ok(()) if model.activity.visited => vec![Effect::NoteVisit(model.now)],
        Ok(()) => {
            model.activity.visited = true;
            vec![Effect::Visit(model.now)]
        }
        Err(problem) => {
            // Once: the same trouble comes with every refresh.
            let is_new = model.activity.failure.as_ref().is_none_or(|known| known.sentence != problem.sentence);
            if is_new {
                say_problem(model, &problem);
            }
            model.activity.failure = Some(problem);
            Vec::new()
        }
    }
}

/// Takes what happened since the last visit.
pub fn take_news(model: &mut Model, news: Option<News>) -> Vec<Effect> {
    model.activity.news = news.filter(|news| !news.counts.is_empty());
    Vec::new()
}

/// Moves the selection.
pub fn move_by(model: &mut Model, lines: i64) -> Vec<Effect> {
    let wanted = model.activity.move_by(lines);
    let height = model.activity.page.max(1);
    model.activity.offset = crate::tui::screen::activity::first_row(model, height);
    wanted.map_or_else(Vec::new, |wanted| ask(model, wanted))
}

/// Takes a key while the filter has them.
pub fn press_in_filter(model: &mut Model, key: Key) -> Vec<Effect> {
    match key.code {
        KeyCode::Enter => model.activity.filtering = false,
        KeyCode::Escape => {
            model.activity.filtering = false;
            if !model.activity.filter.is_empty() {
                model.activity.filter.clear();
                return ask(model, Asked::Newest);
            }
        }
        KeyCode::Up => return move_by(model, -1),
        KeyCode::Down => return move_by(model, 1),
        KeyCode::PageUp => return commands::move_page(model, -1),
        KeyCode::PageDown => return commands::move_page(model, 1),
        _ => {
            let before = model.activity.filter.text().to_owned();
            model.activity.filter.press(key);
            if model.activity.filter.text() != before {
                return ask(model, Asked::Newest);
            }
        }
    }
    Vec::new()
}

/// Takes pasted text while the filter has the keys.
pub fn paste(model: &mut Model, pasted: &str) -> Vec<Effect> {
    if !model.activity.filtering {
        return Vec::new();
    }
    model.activity.filter.paste(pasted);
    ask(model, Asked::Newest)
}

/// Opens the account of the chosen event.
pub fn open_account(model: &mut Model) -> Vec<Effect> {
    let Some(id) = chosen_account(model) else { return Vec::new() };
    if model.fleet.get(&id).is_none() {
        let words = model.texts.with("activity-account-gone", &[("id", text::clean(id.as_str()).into_owned().into())]);
        say(model, words, false);
        return Vec::new();
    }
    model.accounts.selected = Some(id.clone());
    super::account::open(model, &id)
}

/// Copies the chosen event in one line.
pub fn copy(model: &mut Model) -> Vec<Effect> {
    let Some(kept) = model.activity.selected_event() else { return Vec::new() };
    let account = account_name(model, kept.event.account.as_ref());
    let line = wording::event::line(&model.texts, &kept.event, &account, &model.zone);
    commands::copy(model, line)
}

/// The name of an account, or its id where it is not known.
pub fn account_name(model: &Model, id: Option<&WabaId>) -> String {
    match id {
        None => String::new(),
        Some(id) => {
            model.fleet.get(id).map_or_else(|| text::clean(id.as_str()).into_owned(), |known| wording::account_name(known))
        }
    }
}

/// Lets the person choose an account; the one of the chosen event stands first.
pub fn pick_account(model: &mut Model) {
    let all = Choice {
        value: ChoiceValue::Events(Narrowing::Account(None)),
        label: model.text("activity-all-accounts"),
        note: String::new(),
    };
    let choice = |account: &crate::domain::Account| Choice {
        value: ChoiceValue::Events(Narrowing::Account(Some(account.id.clone()))),
        label: wording::account_name(account),
        note: account.id.to_string(),
    };
    let chosen = chosen_account(model);
    let first = chosen.as_ref().and_then(|id| model.fleet.get(id)).map(|account| choice(account));
    let rest = model.accounts.order.iter().filter_map(|place| model.fleet.at(*place));
    let rest = rest.filter(|account| Some(&account.id) != chosen.as_ref()).map(|account| choice(account));
    let choices = std::iter::once(all).chain(first).chain(rest).collect();
    pick(model, "activity-pick-account", choices);
}

/// Lets the person choose a kind; the one of the chosen event stands first.
pub fn pick_kind(model: &mut Model) {
    let all = Choice {
        value: ChoiceValue::Events(Narrowing::Kind(None)),
        label: model.text("activity-all-kinds"),
        note: String::new(),
    };
    let chosen = model.activity.selected_event().map(|kept| kept.event.kind.clone());
    let choice = |kind: &EventKind| Choice {
        value: ChoiceValue::Events(Narrowing::Kind(Some(kind.clone()))),
        label: wording::event::kind(&model.texts, kind),
        note: text::clean(kind.as_wire()).into_owned(),
    };
    let rest = EventKind::KNOWN.iter().filter(|kind| Some(*kind) != chosen.as_ref());
    let choices = std::iter::once(all).chain(chosen.as_ref().map(choice)).chain(rest.map(choice)).collect();
    pick(model, "activity-pick-kind", choices);
}

/// Lets the person choose how far back to go.
pub fn pick_period(model: &mut Model) {
    let choice = |period: Period| Choice {
        value: ChoiceValue::Events(Narrowing::Period(period)),
        label: model.text(period.text_id()),
        note: String::new(),
    };
    let choices = Period::ALL.map(choice).to_vec();
    pick(model, "activity-pick-period", choices);
}

fn pick(model: &mut Model, title: &str, choices: Vec<Choice>) {
    let title = model.text(title);
    model.overlays.push(Overlay::Picker(Picker { title, choices, filter: Default::default(), line: 0 }));
}

/// Takes what was chosen.
pub fn choose(model: &mut Model, narrowing: Narrowing) -> Vec<Effect> {
    let activity = &mut model.activity;
    match narrowing {
        Narrowing::Account(account) => activity.account = account,
        Narrowing::Kind(kind) => activity.kind = kind,
        Narrowing::Period(period) => activity.period = period,
    }
    activity.selected = None;
    activity.offset = 0;
    ask(model, Asked::Newest)
}

fn chosen_account(model: &Model) -> Option<WabaId> {
    model.activity.selected_event().and_then(|kept| kept.event.account.clone())
}

/// Whether an event is chosen.
pub fn has_event(model: &Model) -> Enabled {
    if model.activity.selected_event().is_none() { Err(model.text("activity-no-event")) } else { Ok(()) }
}

/// The local day of a moment.
pub fn day_of(model: &Model, at: Timestamp) -> jiff::civil::Date {
    at.to_zoned(model.zone.clone()).date()
}

#[cfg(test)]
mod tests;
