//! Sending a test: the question before it, and what comes back.

use std::sync::Arc;

use crate::{
    domain::{
        Template,
        delivery::{Endpoint, ProductPolicy},
        message::{Address, Draft, Outgoing, TemplateKey},
    },
    ops::send::{DeliveryReport, SendOutcome},
    text,
    tui::{
        command::CommandId,
        effect::Effect,
        model::{
            Model,
            composer::{Field, Origin, Sent, Stage, Tab, can_send},
            overlay::{Confirm, Confirmed, Overlay},
        },
        update::say,
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
    if let Err(reason) = can_send(model) {
        say(model, reason, true);
        return Vec::new();
    }
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
    let recipients: Vec<String> = draft.recipients.iter().map(|typed| text::phone(typed)).collect();
    let mut lines = vec![
        texts.with("composer-confirm-from", &[("number", number.into()), ("account", account.into())]),
        texts.with("composer-confirm-to", &[("recipient", recipients.join(", ").into())]),
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
        if draft.choice.policy == ProductPolicy::Strict && model.requested() == Some(Endpoint::MarketingMessages) {
            lines.push(model.text("composer-confirm-strict"));
        }
        let category = model.composed_kind().and_then(|kind| forecast.pricing_category(kind)).filter(|_| forecast.certain);
        lines.push(match category {
            Some(category) => {
                let category = model.text(&format!("composer-price-{}", category.as_wire()));
                texts.with("composer-confirm-category", &[("category", category.into())])
            }
            None => model.text("composer-confirm-category-unknown"),
        });
    }
    lines.push(model.text(if model.in_sandbox() { "composer-confirm-sandbox" } else { "composer-confirm-real" }));
    lines
}

/// Sends; the question was answered with yes.
pub fn send(model: &mut Model) -> Vec<Effect> {
    let Some(draft) = model.draft() else { return Vec::new() };
    let template = model.composed_template().cloned();
    let effects = dispatch(model, &draft, template.as_ref());
    // Where the table is out of sight, it comes into sight.
    if model.size.height < ROWS_FOR_TABLE
        && let Some(newest) = model.composer.sends.all().first().map(|sent| sent.ticket)
    {
        super::set_focus(model, Field::Sent(newest));
    }
    effects
}

/// Rows of the screen from which on the table of sends is in sight without scrolling.
const ROWS_FOR_TABLE: u16 = 20;

/// The messages of a draft, one for each recipient; nothing else makes any, so that each send begins with a person (R37).
pub fn resolved(model: &Model, draft: &Draft, template: Option<&Template>) -> Vec<Outgoing> {
    let Some(account) = model.fleet.get(&draft.account) else { return Vec::new() };
    draft.resolve(account, template, model.now).unwrap_or_default()
}

fn dispatch(model: &mut Model, draft: &Draft, template: Option<&Arc<Template>>) -> Vec<Effect> {
    let messages = resolved(model, draft, template.map(Arc::as_ref));
    if messages.is_empty() {
        let words = model.text("composer-cannot-resolve");
        say(model, words, true);
    }
    messages.into_iter().map(|outgoing| send_one(model, draft, template, outgoing)).collect()
}

/// Notes one send and has it made.
fn send_one(model: &mut Model, draft: &Draft, template: Option<&Arc<Template>>, outgoing: Outgoing) -> Effect {
    let requested = outgoing.delivery().endpoint();
    let to = match outgoing.address() {
        Address::Phone(digits) => format!("+{digits}"),
        Address::UserId(id) => id.clone(),
    };
    let ticket = model.composer.sends.next_ticket();
    model.composer.sends.add(Sent {
        ticket,
        at: model.now,
        requested,
        strict: requested == Endpoint::MarketingMessages && draft.choice.policy == ProductPolicy::Strict,
        path: Default::default(),
        stage: Stage::Sending,
        message_id: None,
        account: draft.account.clone(),
        template: template.map(|template| TemplateKey::of(template)),
        origin: Some(Origin { draft: Draft { recipients: vec![to.clone()], ..draft.clone() }, template: template.cloned() }),
        to,
    });
    Effect::Send { ticket, outgoing: Box::new(outgoing) }
}

/// Asks whether a send with an unknown outcome is to be made again: it may arrive twice (R37).
pub fn ask_to_send_again(model: &mut Model, ticket: u64) -> Vec<Effect> {
    let Some(sent) = model.composer.sends.get(ticket) else { return Vec::new() };
    if !matches!(sent.stage, Stage::Unknown(_)) {
        return Vec::new();
    }
    if sent.origin.is_none() {
        let words = model.text("composer-unknown-earlier");
        say(model, words, true);
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
    let origin = model.composer.sends.get(ticket).and_then(|sent| sent.origin.clone());
    origin.map_or_else(Vec::new, |origin| dispatch(model, &origin.draft, origin.template.as_ref()))
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
