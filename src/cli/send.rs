//! `wabadeck send`: shows the exact request, or sends the message once, when told so in so many words (R37).

use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{
    App, Exit, Failure, account_json, delivery_json,
    message::{self, Chosen, Options},
    output::{self, complain},
    preview,
};
use crate::{
    domain::{
        delivery::{DeliveryPath, Forecast},
        message::{DraftProblem, Outgoing},
        preflight,
    },
    ops::{
        Session,
        send::{self, Acceptance, Reports, RequestPreview, SendOutcome},
    },
    text, wording,
};

/// Arguments of `wabadeck send`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The message.
    #[command(flatten)]
    pub message: Options,
    /// Only the request.
    #[arg(long)]
    pub dry_run: bool,
    /// The request as a command line.
    #[arg(long, requires = "dry_run")]
    pub curl: bool,
    /// Really send.
    #[arg(long, conflicts_with = "dry_run")]
    pub yes: bool,
    /// Seconds to wait for reports.
    #[arg(long, value_name = "SECONDS", default_value_t = 0, value_parser = clap::value_parser!(u64).range(..=600))]
    pub wait: u64,
    /// JSON.
    #[arg(long)]
    pub json: bool,
}

/// Shows or sends.
pub async fn run(app: &App, arguments: &Args) -> Result<Exit, Failure> {
    if !arguments.dry_run && !arguments.yes {
        return Err(Failure::said(Exit::Usage, app.texts.get("cli-send-say-so")));
    }
    if message::free_draft(&arguments.message)?.is_some() {
        return Err(Failure::said(Exit::Usage, app.texts.get("cli-send-free")));
    }
    let (session, chosen) = message::look_up(app, &arguments.message).await?;
    let now = Timestamp::now();
    let forecast = chosen.forecast(now);
    let messages = match chosen.draft.resolve(&chosen.account, Some(&chosen.template), now) {
        Ok(messages) if messages.is_empty() => {
            return Ok(cannot(app, arguments, &chosen, &forecast, &[DraftProblem::NoRecipient], now));
        }
        Ok(messages) => messages,
        Err(problems) => return Ok(cannot(app, arguments, &chosen, &forecast, &problems, now)),
    };
    if arguments.dry_run {
        return show(app, arguments, &session, &forecast, &messages);
    }
    if forecast.stops_sending() || preflight::stands_in_the_way(&chosen.preflight(&[], now)) {
        return Ok(cannot(app, arguments, &chosen, &forecast, &[], now));
    }
    Ok(really_send(app, arguments, &session, &chosen, messages).await)
}

/// Says why nothing is sent.
fn cannot(app: &App, arguments: &Args, chosen: &Chosen, forecast: &Forecast, problems: &[DraftProblem], now: Timestamp) -> Exit {
    if forecast.stops_sending() {
        complain(&wording::delivery::forecast(&app.texts, forecast, &app.zone));
    }
    for sentence in preview::problem_sentences(app, &chosen.variables, problems) {
        complain(&sentence);
    }
    if problems.is_empty() && !forecast.stops_sending() {
        for sentence in preview::obstacle_sentences(app, chosen, &chosen.preflight(problems, now)) {
            complain(&sentence);
        }
    }
    if arguments.json {
        let mut value = preview::as_json(app, chosen, forecast, problems, now);
        set(&mut value, "outcome", json!("not_sent"));
        output::print_json(&value);
    }
    Exit::RefusedByRules
}

fn set(value: &mut Value, key: &str, to: Value) {
    if let Some(map) = value.as_object_mut() {
        map.insert(key.to_owned(), to);
    }
}

/// Prints the requests, one for each recipient. The forecast goes to standard error, so that they can be piped on.
fn show(app: &App, arguments: &Args, session: &Session, forecast: &Forecast, messages: &[Outgoing]) -> Result<Exit, Failure> {
    let mut shown = Vec::new();
    for message in messages {
        shown.push((send::request(session, message)?, message));
    }
    let printed = if arguments.json {
        let request = |(request, message): &(RequestPreview, &Outgoing)| {
            let body: Value = serde_json::from_str(&request.body).unwrap_or(Value::Null);
            let headers: serde_json::Map<String, Value> =
                request.headers.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
            json!({
                "outcome": "not_sent",
                "method": request.method,
                "url": request.url.as_str(),
                "headers": headers,
                "body": body,
                "curl": request.curl,
                "requested": delivery_json::requested(message.delivery().endpoint()),
                "forecast": delivery_json::forecast(app, forecast),
                "can_send": !forecast.stops_sending(),
            })
        };
        match shown.as_slice() {
            [only] => output::print_json(&request(only)),
            several => output::print_json(&json!({ "requests": several.iter().map(request).collect::<Vec<_>>() })),
        }
    } else {
        say_forecast(app, forecast);
        let texts = shown.iter().map(|(request, _)| if arguments.curl { request.curl.clone() } else { request.to_text() });
        output::print(&(texts.collect::<Vec<_>>().join("\n\n") + "\n"))
    };
    Ok(if forecast.stops_sending() { Exit::RefusedByRules } else { printed })
}

/// Says which way it will go, what is lost and what else is worth knowing, before anything is sent (R33).
fn say_forecast(app: &App, forecast: &Forecast) {
    let glyph = wording::delivery::route_glyph(forecast.route);
    complain(&format!("{glyph} {}", wording::delivery::forecast(&app.texts, forecast, &app.zone)));
    let notes = forecast.notes.iter().map(|note| wording::delivery::note(&app.texts, note));
    for sentence in wording::delivery::losses(&app.texts, &forecast.lost).into_iter().chain(notes) {
        complain(&sentence);
    }
}

/// Sends to everyone in turn, each once, and tells what became of each. The worst outcome decides how the command ends:
/// what is unknown goes before what failed.
async fn really_send(app: &App, arguments: &Args, session: &Session, chosen: &Chosen, messages: Vec<Outgoing>) -> Exit {
    let forecasts = chosen.forecasts(Timestamp::now());
    let several = messages.len() > 1;
    let mut told = Vec::new();
    let mut worst = Exit::Done;
    for ((message, forecast), (to, _)) in messages.into_iter().zip(forecasts).zip(&chosen.recipients) {
        if several && !arguments.json {
            complain(&format!("{}:", text::phone(to)));
        }
        let (exit, mut value) = send_one(app, arguments, session, chosen, &forecast, message).await;
        set(&mut value, "to", json!(to));
        told.push(value);
        let rank = |exit: Exit| match exit {
            Exit::OutcomeUnknown => 3,
            Exit::NotSignedIn => 2,
            Exit::Done => 0,
            _ => 1,
        };
        if rank(exit) > rank(worst) {
            worst = exit;
        }
    }
    if arguments.json {
        match told.as_slice() {
            [only] => output::print_json(only),
            several => output::print_json(&json!({ "sends": several })),
        };
    }
    worst
}

/// Sends one message and tells what became of it.
async fn send_one(
    app: &App,
    arguments: &Args,
    session: &Session,
    chosen: &Chosen,
    forecast: &Forecast,
    outgoing: Outgoing,
) -> (Exit, Value) {
    let requested = outgoing.delivery().endpoint();
    if !arguments.json {
        say_forecast(app, forecast);
    }
    // Listened for from before the send, so that no report is too early.
    let reports = if arguments.wait > 0 { reports(app, session).await } else { None };
    // Sent once. Whatever comes of it, there is nothing left here that could be sent again (R37).
    let outcome = send::send(session, outgoing).await;
    let mut value = json!({
        "requested": delivery_json::requested(requested),
        "forecast": delivery_json::forecast(app, forecast),
        "account": { "id": chosen.account.id.as_str(), "name": chosen.account.name.as_str() },
    });
    let exit = match outcome {
        SendOutcome::Accepted { message_id, status } => {
            let (path, failed) = match reports {
                Some(reports) => followed(reports, message_id.as_str(), Duration::from_secs(arguments.wait)).await,
                None => (DeliveryPath::NotYetKnown, Vec::new()),
            };
            set(&mut value, "outcome", json!("accepted"));
            set(&mut value, "message_id", json!(message_id.as_str()));
            set(&mut value, "message_status", json!(status_name(&status)));
            set(&mut value, "actual", json!(delivery_json::actual(path)));
            set(
                &mut value,
                "errors",
                json!(failed.iter().map(|(code, words)| json!({ "code": code, "message": words })).collect::<Vec<_>>()),
            );
            let mut exit = if failed.is_empty() { Exit::Done } else { Exit::Failed };
            if !arguments.json {
                let words = [
                    ("id", text::clean(message_id.as_str()).into()),
                    ("status", text::clean(&status_name(&status)).into_owned().into()),
                    ("requested", wording::delivery::requested(&app.texts, requested).into()),
                    ("actual", wording::delivery::actual(&app.texts, path).into()),
                ];
                let printed = output::print(&format!("{}\n", app.texts.with("cli-send-accepted", &words)));
                for (code, words) in &failed {
                    complain(&format!("{code} {}", text::clean(words)));
                }
                exit = if failed.is_empty() { printed } else { exit };
            }
            exit
        }
        SendOutcome::Refused(problem) => {
            set(&mut value, "outcome", json!("refused"));
            set(&mut value, "problem", account_json::problem(&problem));
            complain(&problem.to_text(app.texts.language()));
            Exit::of_class(problem.class)
        }
        SendOutcome::Unknown(problem) => {
            set(&mut value, "outcome", json!("unknown"));
            set(&mut value, "problem", account_json::problem(&problem));
            complain(&problem.to_text(app.texts.language()));
            complain(&app.texts.get("cli-send-unknown"));
            Exit::OutcomeUnknown
        }
    };
    (exit, value)
}

async fn reports(app: &App, session: &Session) -> Option<Reports> {
    if !session.is_sandbox_here() {
        complain(&app.texts.get("composer-no-reports"));
        return None;
    }
    match send::reports(session).await {
        Ok(reports) => Some(reports),
        Err(problem) => {
            complain(&problem.to_text(app.texts.language()));
            None
        }
    }
}

fn status_name(status: &Acceptance) -> String {
    match status {
        Acceptance::Accepted => "accepted".to_owned(),
        Acceptance::HeldForQualityAssessment => "held_for_quality_assessment".to_owned(),
        Acceptance::Paused => "paused".to_owned(),
        Acceptance::Unknown(sent) => sent.to_string(),
    }
}

/// Waits until a report tells the path or a failure (R36), at most so long.
async fn followed(mut reports: Reports, message: &str, patience: Duration) -> (DeliveryPath, Vec<(i64, String)>) {
    let told = async {
        while let Some(report) = reports.next().await {
            let known = report.path != DeliveryPath::NotYetKnown || !report.errors.is_empty();
            if report.message_id.as_str() == message && known {
                let errors = report.errors.into_iter().map(|error| (error.code, error.message)).collect();
                return (report.path, errors);
            }
        }
        (DeliveryPath::NotYetKnown, Vec::new())
    };
    tokio::time::timeout(patience, told).await.unwrap_or((DeliveryPath::NotYetKnown, Vec::new()))
}
