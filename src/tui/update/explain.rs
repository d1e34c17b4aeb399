//! Explain anywhere: gathers what the screen shows of codes and statuses, and opens their explanation.

use jiff::Timestamp;

use super::{commands, say};
use crate::{
    domain::{Account, graph_error::ApiError},
    ops::Problem,
    tui::{
        effect::Effect,
        model::{
            Model, Screen,
            overlay::{ExplainOverlay, Overlay},
        },
        screen::account,
    },
    wording::explanation::{Topic, of_event},
};

/// Things that are listed, at most.
const MOST: usize = 30;

/// Opens the explanation of what is on the screen.
pub fn open(model: &mut Model) -> Vec<Effect> {
    let topics = topics(model);
    if topics.is_empty() {
        let said = model.text("explain-nothing-here");
        say(model, said, false);
        return Vec::new();
    }
    let about = about(model);
    model.overlays.push(Overlay::Explain(ExplainOverlay { topics, about, line: 0 }));
    Vec::new()
}

/// The account that the explained things are about, where nothing else is among them.
fn about(model: &Model) -> Option<String> {
    if model.shown_failure().is_some() || model.fleet.failure.is_some() {
        return None;
    }
    let account = match &model.screen {
        Screen::Accounts if model.fleet.blind_spots.iter().all(|spot| spot.problem.code.is_none()) => model.selected_account(),
        Screen::Account(id) => model.fleet.get(id),
        _ => None,
    };
    account.map(|account| crate::wording::account_name(account))
}

/// Copies the explanation that is shown.
pub fn copy(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::Explain(overlay)) = model.overlays.last() else { return Vec::new() };
    let Some(topic) = overlay.topics.get(overlay.line) else { return Vec::new() };
    let text = topic.explain(&model.texts).lines().join("\n");
    commands::copy(model, text)
}

/// Everything on the screen that can be explained, the most pressing first.
pub fn topics(model: &Model) -> Vec<Topic> {
    let mut found = Found(Vec::new());
    if let Some(failure) = model.shown_failure()
        && let Some(code) = failure.code
    {
        found.add(Topic::Error(Box::new(ApiError {
            code,
            subcode: failure.subcode,
            message: failure.message.clone(),
            fbtrace_id: failure.fbtrace_id.as_ref().map(ToString::to_string),
            ..ApiError::default()
        })));
    }
    found.problem(model.fleet.failure.as_ref());
    match &model.screen {
        Screen::Account(id) => {
            if let Some(chosen) = account::chosen(model) {
                chosen.topics.into_iter().for_each(|topic| found.add(topic));
            }
            if let Some(shown) = model.fleet.get(id) {
                for entry in account::entries(model, shown, 80, false) {
                    entry.topics.into_iter().for_each(|topic| found.add(topic));
                }
            }
        }
        Screen::Composer => {
            for sent in model.composer.sends.all() {
                found.problem(sent.stage.problem());
            }
            if let Some(template) = model.composed_template() {
                found.add(Topic::Template(template.status.clone()));
                found.add(Topic::Quality(template.quality.clone()));
            }
            if let Some(shown) = model.composer.account.as_ref().and_then(|id| model.fleet.get(id)) {
                found.account(shown, model.now);
            }
        }
        Screen::Activity => {
            let chosen = model.activity.selected_event();
            chosen.into_iter().flat_map(|kept| of_event(&kept.event)).for_each(|topic| found.add(topic));
            found.problem(model.activity.failure.as_ref());
        }
        Screen::Results => {
            let overview = model.results.overview.value().map(|overview| overview.results.failures.as_slice());
            let of_template = model.results.of_template.value().map(|known| known.failures.as_slice());
            for failure in of_template.into_iter().chain(overview).flatten() {
                found.add(Topic::code(failure.code, None));
            }
            found.problem(model.results.of_template.failure());
            found.problem(model.results.overview.failure());
        }
        _ => {
            if let Some(shown) = model.selected_account() {
                for entry in account::entries(model, shown, 80, true) {
                    entry.topics.into_iter().for_each(|topic| found.add(topic));
                }
                found.account(shown, model.now);
            }
            for spot in &model.fleet.blind_spots {
                found.problem(Some(&spot.problem));
            }
        }
    }
    found.0.truncate(MOST);
    found.0
}

struct Found(Vec<Topic>);

impl Found {
    fn add(&mut self, topic: Topic) {
        let known = match &topic {
            // The same code with other words is the same thing.
            Topic::Error(error) => self
                .0
                .iter()
                .any(|known| matches!(known, Topic::Error(other) if other.code == error.code && other.subcode == error.subcode)),
            other => self.0.contains(other),
        };
        let said_nothing = matches!(topic, Topic::CanSend(ref value) if value.as_wire().is_empty());
        if !known && !said_nothing {
            self.0.push(topic);
        }
    }

    fn problem(&mut self, problem: Option<&Problem>) {
        let Some(problem) = problem else { return };
        let Some(code) = problem.code else { return };
        self.add(Topic::Error(Box::new(ApiError {
            code,
            subcode: problem.subcode,
            message: problem.sentence.clone(),
            fbtrace_id: problem.fbtrace_id.clone(),
            ..ApiError::default()
        })));
    }

    fn account(&mut self, account: &Account, now: Timestamp) {
        self.add(Topic::Onboarding(account.onboarding.clone()));
        self.add(Topic::CanSend(account.can_send(now)));
        for number in &account.numbers {
            self.add(Topic::Number(number.status.clone()));
            self.add(Topic::Quality(number.quality.clone()));
        }
    }
}
