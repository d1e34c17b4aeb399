//! Sending: the question before it, what comes back, and the request as it would be made.

use std::sync::Arc;

use crate::{
    domain::{
        Template,
        delivery::Endpoint,
        message::{Draft, Outgoing},
    },
    ops::{
        Problem,
        send::{DeliveryReport, RequestPreview, SendOutcome},
    },
    text,
    tui::{
        command::CommandId,
        effect::Effect,
        model::{
            Model,
            composer::{Field, Sent, Stage, Tab},
            overlay::{Confirm, Confirmed, Overlay},
        },
        update::{say, say_problem},
    },
    wording,
};

/// Asks before sending, by name: from which number and account, to whom, which way.
pub fn ask_to_send(model: &mut Model) -> Vec<Effect> {
    if model.composer.tab != Tab::Test {
        super::show_tab(model, Tab::Test);
        if model.composer.recipient.is_empty() {
            model.composer.focus(Field::Recipient);
            return Vec::new();
        }
    }
    let Some(draft) = model.draft() else { return Vec::new() };
    if let Some(problem) = model.draft_problems().first() {
        let words = wording::message::draft_problem(&model.texts, problem, &model.composer.variables);
        say(model, words, true);
        return Vec::new();
    }
    let lines = question(model, &draft);
    let title = model.text("composer-confirm-title");
    model.overlays.push(Overlay::Confirm(Confirm { title, lines, yes: Confirmed::Command(CommandId::Send) }));
    Vec::new()
}

fn question(model: &Model, draft: &Draft) -> Vec<String> {
    let texts = &model.texts;
    let account =
        model.fleet.get(&draft.account).map_or_else(|| draft.account.to_string(), |account| wording::account_name(account));
    let number = model
        .fleet
        .get(&draft.account)
        .and_then(|account| account.numbers.iter().find(|number| number.id == draft.number))
        .map_or_else(|| draft.number.to_string(), |number| text::phone(&number.display));
    let recipient = draft.recipients.first().map(|typed| text::phone(typed)).unwrap_or_default();
    let mut lines = vec![
        texts.with("composer-confirm-from", &[("number", number.into()), ("account", account.into())]),
        texts.with("composer-confirm-to", &[("recipient", recipient.into())]),
    ];
    if let Some(template) = model.composed_template() {
        let name = text::clean(&template.name).into_owned();
        lines.push(
            texts.with(
                "composer-confirm-what",
                &[("template", name.into()), ("language", text::clean(&template.language).into())],
            ),
        );
    }
    if model.composer.message.kind.is_free() {
        lines.push(model.text(model.composer.message.kind.text_id()));
        lines.push(model.text("composer-free-window"));
    }
    if let Some(forecast) = model.forecast() {
        lines.push(String::new());
        let glyph = wording::delivery::route_glyph(forecast.route);
        lines.push(format!("{glyph} {}", wording::delivery::forecast(texts, &forecast, &model.zone)));
        lines.extend(wording::delivery::losses(texts, &forecast.lost));
    }
    lines.push(model.text("composer-confirm-real"));
    lines
}

/// Sends; the question was answered with yes.
pub fn send(model: &mut Model) -> Vec<Effect> {
    let Some(draft) = model.draft() else { return Vec::new() };
    let template = model.composed_template().cloned();
    dispatch(model, draft, template)
}

/// One message from a draft; nothing else makes one, so that each send begins with a person (R37).
fn resolved(model: &Model, draft: &Draft, template: Option<&Template>) -> Option<Outgoing> {
    let account = model.fleet.get(&draft.account)?;
    draft.resolve(account, template, model.now).ok()?.into_iter().next()
}

fn dispatch(model: &mut Model, draft: Draft, template: Option<Arc<Template>>) -> Vec<Effect> {
    let Some(outgoing) = resolved(model, &draft, template.as_deref()) else {
        let words = model.text("composer-cannot-resolve");
        say(model, words, true);
        return Vec::new();
    };
    let requested = outgoing.delivery().endpoint();
    let ticket = model.composer.sends.next_ticket();
    model.composer.sends.add(Sent {
        ticket,
        at: model.now,
        to: draft.recipients.first().cloned().unwrap_or_default(),
        requested,
        strict: requested == Endpoint::MarketingMessages && draft.choice.policy == crate::domain::delivery::ProductPolicy::Strict,
        path: Default::default(),
        stage: Stage::Sending,
        message_id: None,
        draft,
        template,
    });
    vec![Effect::Send { ticket, outgoing: Box::new(outgoing) }]
}

/// Asks whether a send with an unknown outcome is to be made again: it may arrive twice (R37).
pub fn ask_to_send_again(model: &mut Model, ticket: u64) -> Vec<Effect> {
    let Some(sent) = model.composer.sends.get(ticket) else { return Vec::new() };
    if !matches!(sent.stage, Stage::Unknown(_)) {
        return Vec::new();
    }
    let recipient = text::phone(&sent.to);
    let lines =
        vec![model.texts.with("composer-again-unknown", &[("recipient", recipient.into())]), model.text("composer-again-twice")];
    let title = model.text("composer-again-title");
    model.overlays.push(Overlay::Confirm(Confirm { title, lines, yes: Confirmed::SendAgain(ticket) }));
    Vec::new()
}

/// Sends again what may have arrived; the person decided so.
pub fn send_again(model: &mut Model, ticket: u64) -> Vec<Effect> {
    let Some(sent) = model.composer.sends.get(ticket) else { return Vec::new() };
    let (draft, template) = (sent.draft.clone(), sent.template.clone());
    dispatch(model, draft, template)
}

/// Works out the request, to be copied when it comes.
pub fn copy_request(model: &mut Model) -> Vec<Effect> {
    let Some(draft) = model.draft() else { return Vec::new() };
    let template = model.composed_template().cloned();
    match resolved(model, &draft, template.as_deref()) {
        Some(outgoing) => {
            model.composer.copies_request = true;
            vec![Effect::PrepareRequest(Box::new(outgoing))]
        }
        None => {
            let words = model
                .draft_problems()
                .first()
                .map(|problem| wording::message::draft_problem(&model.texts, problem, &model.composer.variables));
            say(model, words.unwrap_or_default(), true);
            Vec::new()
        }
    }
}

/// Takes the request that a send would make.
pub fn take_request(model: &mut Model, request: Result<Box<RequestPreview>, Problem>) -> Vec<Effect> {
    if !std::mem::take(&mut model.composer.copies_request) {
        return Vec::new();
    }
    match request {
        Ok(request) => {
            let words = model.text("composer-request-copied");
            say(model, words, false);
            vec![Effect::Copy(request.curl)]
        }
        Err(problem) => {
            say_problem(model, &problem);
            Vec::new()
        }
    }
}

/// Takes a send's outcome.
pub fn take_outcome(model: &mut Model, ticket: u64, outcome: SendOutcome) -> Vec<Effect> {
    model.composer.sends.answer(ticket, outcome);
    let Some(sent) = model.composer.sends.get(ticket) else { return Vec::new() };
    let id = match sent.stage {
        Stage::Refused(_) => "composer-said-refused",
        Stage::Unknown(_) => "composer-said-unknown",
        _ => return Vec::new(),
    };
    // The table says it in full; elsewhere the person would not learn of it.
    if model.composer.tab != Tab::Test || model.screen != crate::tui::model::Screen::Composer {
        let words = model.text(id);
        say(model, words, true);
    }
    Vec::new()
}

/// Takes a message's status.
pub fn take_report(model: &mut Model, report: &DeliveryReport) -> Vec<Effect> {
    model.composer.sends.report(report);
    Vec::new()
}
