//! `wabadeck preview --draft` for a message without a template: what it looks like, whom it reaches and what still keeps it
//! from being sent. Such messages answer a customer and go through Cloud API, always (R30).

use jiff::Timestamp;
use serde_json::json;

use super::{
    App, Exit, Failure, account, delivery_json, message,
    output::{self, Tone},
    preview::{self, Args},
};
use crate::{
    domain::{
        delivery::{MessageKind, Recipient, Situation, Subject},
        free_form::FreeForm,
        message::{Content, Draft, DraftProblem, TemplateKey},
        preflight::{self, Facts},
    },
    ops::{journal, send},
    text, wording,
};

/// Looks the draft's account up and prints the message.
pub async fn run(app: &App, arguments: &Args, kept: Draft, written: &FreeForm) -> Result<Exit, Failure> {
    let options = &arguments.message;
    let recipients = message::recipients_of(app, options, Some(&kept))?;
    let session = app.session().await?;
    let wanted = options.account.as_deref().unwrap_or(kept.account.as_str());
    let found = account::one(app, &session, wanted).await;
    app.say_sandbox(&session);
    let account = found?;
    let of_draft = Some(kept.number.as_str()).filter(|id| account.numbers.iter().any(|number| number.id.as_str() == *id));
    let number = message::number_of(app, &account, options.number.as_deref().or(of_draft))?;
    let now = Timestamp::now();
    let nothing = TemplateKey::default();
    let (may_send, usage) = tokio::join!(send::may_send(&session), journal::usage(&session, &account.id, &nothing, now));
    let draft = Draft {
        account: account.id.clone(),
        number: number.as_ref().map(|number| number.id.clone()).unwrap_or_default(),
        content: Content::FreeForm(written.clone()),
        recipients: recipients.iter().map(|(typed, _)| typed.clone()).collect(),
        ..Draft::default()
    };
    let situation = Situation {
        account: &account,
        number: number.as_ref(),
        subject: Subject::FreeForm { kind: MessageKind::Service, window_open: None },
        recipient: Recipient::NotChosen,
        choice: &draft.choice,
        now,
    };
    let people: Vec<Recipient> = recipients.iter().map(|(_, recipient)| *recipient).collect();
    let mut problems = draft.problems(&account, None, now);
    problems.retain(|problem| *problem != DraftProblem::NoRecipient);
    let forecasts = preflight::forecasts(&situation, &people);
    let Some(forecast) = preflight::worst(forecasts.clone()) else { return Ok(Exit::Failed) };
    let facts = Facts {
        situation,
        recipients: &people,
        problems: &problems,
        may_send,
        pause: None,
        last_use: None,
        reached: usage.reached,
    };
    let checks = preflight::preflight(&facts);
    let rendered = written.render();
    let sentences = preview::problem_sentences(app, &[], &problems);
    if arguments.json {
        let told = recipients.iter().zip(&forecasts).map(|((typed, recipient), told)| {
            json!({ "to": typed, "region": delivery_json::region(*recipient), "forecast": delivery_json::forecast(app, told) })
        });
        return Ok(output::print_json(&json!({
            "account": { "id": account.id.as_str(), "name": account.name.as_str() },
            "number": number.as_ref().map(|number| json!({ "id": number.id.as_str(), "display": number.display.as_str() })),
            "template": null,
            "variables": [],
            "delivery": { "offered": false, "checked": null, "requested": "cloud_api", "product_policy": null },
            "forecast": delivery_json::forecast(app, &forecast),
            "recipients": told.collect::<Vec<_>>(),
            "preflight": delivery_json::preflight(app, &checks, &[]),
            "problems": sentences,
            "can_send": problems.is_empty() && !forecast.stops_sending() && !preflight::stands_in_the_way(&checks),
            "message": delivery_json::message(&rendered),
            "facts": [app.texts.get("composer-free-window")],
        })));
    }
    let mut page = String::new();
    let from = message::sender(number.as_ref()).map(|(_, display)| display);
    let head: Vec<String> = std::iter::once(wording::account_name(&account)).chain(from).collect();
    app.output.wrap(&mut page, 0, &head.join(" · "), Tone::Title);
    app.output.wrap(&mut page, 0, &wording::delivery::message_kind(&app.texts, MessageKind::Service), Tone::Dim);
    page.push('\n');
    let shelf = if arguments.pictures { Some(preview::look_at_files(&session, &rendered).await) } else { None };
    page.push_str(&preview::drawn(app, arguments, &rendered, false, shelf.as_ref(), now)?);
    app.output.wrap(&mut page, 0, &format!("· {}", app.texts.get("composer-free-window")), Tone::Action);
    page.push('\n');
    preview::said_of_way(app, &mut page, &forecast);
    for sentence in &sentences {
        app.output.wrap(&mut page, 0, &format!("✕ {}", text::clean(sentence)), Tone::Bad);
    }
    preview::checked(app, &mut page, &[], &checks);
    Ok(output::print(&page))
}
