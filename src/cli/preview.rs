//! `wabadeck preview`: what a message looks like, which way it goes and what still keeps it from being sent (R33, R35).

use std::path::PathBuf;

use jiff::Timestamp;
use serde_json::json;

use super::{
    App, Exit, Failure,
    bubble::{self, Look},
    delivery_json, free_draft,
    message::{self, Chosen, Options},
    output::{self, Tone},
    template_file,
};
use crate::{
    domain::{
        account::OnboardingStatus,
        delivery::{Endpoint, Forecast, MessageKind, Reason, Route, option_offered},
        media::MediaShelf,
        message::DraftProblem,
        preflight::{self, Check, State},
        rendering::{Blanks, Rendered},
        template::Template,
        value,
        variable::{Values, Variable},
    },
    ops::{Session, media},
    text,
    tui::widget::bubble::Device,
    wording::{
        self,
        preview::{Looked, Weight},
    },
};

/// Arguments of `wabadeck preview`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The message.
    #[command(flatten)]
    pub message: Options,
    /// Templates of a file.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["account", "number", "to", "cloud_api", "strict"])]
    pub template_file: Option<PathBuf>,
    /// As a desktop shows it.
    #[arg(long)]
    pub desktop: bool,
    /// Examples where values are missing.
    #[arg(long)]
    pub examples: bool,
    /// Columns.
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(24..=400))]
    pub width: Option<u16>,
    /// Pictures and sizes of files.
    #[arg(long, conflicts_with_all = ["json", "template_file"])]
    pub pictures: bool,
    /// JSON.
    #[arg(long)]
    pub json: bool,
}

/// Columns of the preview where there is no terminal to ask.
const WIDTH: u16 = 56;

/// Looks the message up and prints it.
pub async fn run(app: &App, arguments: &Args) -> Result<Exit, Failure> {
    if let Some(path) = &arguments.template_file {
        return template_file::run(app, arguments, path);
    }
    if let Some((draft, written)) = message::free_draft(&arguments.message)? {
        return free_draft::run(app, arguments, draft, &written).await;
    }
    let (session, chosen) = message::look_up(app, &arguments.message).await?;
    let now = Timestamp::now();
    let forecast = chosen.forecast(now);
    let problems = problems(&chosen, now);
    let blanks = if arguments.examples { Blanks::Examples } else { Blanks::Marked };
    let rendered = chosen.template.render(&chosen.draft.values, blanks);
    let looked = Looked {
        template: &chosen.template,
        variables: &chosen.variables,
        values: &chosen.draft.values,
        message: &rendered,
        optimized: forecast.route == Route::Optimized,
        for_nobody: chosen.recipients.is_empty(),
        filler: if arguments.examples { "" } else { "--examples" },
    };
    let facts = wording::preview::facts(&app.texts, &looked);
    if arguments.json {
        let mut value = as_json(app, &chosen, &forecast, &problems, now);
        if let Some(map) = value.as_object_mut() {
            map.insert("message".to_owned(), delivery_json::message(&rendered));
            map.insert("facts".to_owned(), facts.iter().map(|(words, _)| words.as_str()).collect());
        }
        return Ok(output::print_json(&value));
    }
    let mut page = head(app, &chosen);
    let shelf = if arguments.pictures { Some(look_at_files(&session, &rendered).await) } else { None };
    picture(app, &mut page, arguments, &looked, shelf.as_ref(), now)?;
    said_of_picture(app, &mut page, &facts);
    said(app, &mut page, &chosen, &forecast, &problems);
    checked(app, &mut page, &chosen.variables, &chosen.preflight(&problems, now));
    Ok(output::print(&page))
}

/// Looks at every file that the message carries, as many at the same time as the use case allows.
pub async fn look_at_files(session: &Session, message: &Rendered) -> MediaShelf {
    let mut shelf = MediaShelf::default();
    let wanted: Vec<_> = message.files().into_iter().take(MediaShelf::MOST).filter(|(source, _)| shelf.want(source)).collect();
    let looks = wanted.into_iter().map(async |(source, kind)| (source, media::look(session, source, kind).await));
    for (source, result) in futures_util::future::join_all(looks).await {
        shelf.tell(source, result);
    }
    shelf
}

/// The message as WhatsApp shows it.
pub fn picture(
    app: &App,
    page: &mut String,
    arguments: &Args,
    looked: &Looked<'_>,
    shelf: Option<&MediaShelf>,
    now: Timestamp,
) -> Result<(), Failure> {
    page.push_str(&drawn(app, arguments, looked.message, looked.optimized, shelf, now)?);
    page.push('\n');
    Ok(())
}

/// The same as lines.
pub fn drawn(
    app: &App,
    arguments: &Args,
    message: &Rendered,
    optimized: bool,
    shelf: Option<&MediaShelf>,
    now: Timestamp,
) -> Result<String, Failure> {
    let of_terminal = app.output.width.and_then(|width| u16::try_from(width).ok());
    let width = arguments.width.or(of_terminal).unwrap_or(WIDTH);
    let device = if arguments.desktop { Device::Desktop } else { Device::Phone };
    let look = Look { device, folds: optimized && device == Device::Phone, shelf };
    bubble::draw(app, message, width, look, now).map_err(|error| Failure::said(Exit::Failed, error.to_string()))
}

/// What the picture cannot show.
pub fn said_of_picture(app: &App, page: &mut String, facts: &[(String, Weight)]) {
    for (words, weight) in facts {
        let tone = match weight {
            Weight::Stops => Tone::Bad,
            Weight::Care => Tone::Action,
            Weight::Plain => Tone::Plain,
            Weight::Small => Tone::Dim,
        };
        app.output.wrap(page, 0, &format!("· {words}"), tone);
    }
    if !facts.is_empty() {
        page.push('\n');
    }
}

/// What keeps the message from being sent. That nobody is chosen yet is no problem of a preview.
fn problems(chosen: &Chosen, now: Timestamp) -> Vec<DraftProblem> {
    let mut problems = chosen.draft.problems(&chosen.account, Some(&chosen.template), now);
    problems.retain(|problem| *problem != DraftProblem::NoRecipient);
    problems
}

/// Which account, number and template.
fn head(app: &App, chosen: &Chosen) -> String {
    let template = template_line(app, &chosen.template);
    let sender = message::sender(chosen.number.as_ref()).map(|(_, display)| display);
    let account: Vec<String> = std::iter::once(wording::account_name(&chosen.account)).chain(sender).collect();
    let mut page = String::new();
    app.output.wrap(&mut page, 0, &account.join(" · "), Tone::Title);
    app.output.wrap(&mut page, 0, &template, Tone::Dim);
    page.push('\n');
    page
}

/// A template's name, language, category and status.
pub fn template_line(app: &App, template: &Template) -> String {
    format!(
        "{}/{} · {} · {}",
        text::clean(&template.name),
        text::clean(&template.language),
        wording::message::category(&app.texts, &template.category),
        wording::message::template_status(&app.texts, &template.status)
    )
}

/// The tone of a route; its glyph and words tell it as well.
pub fn route_tone(route: Route) -> Tone {
    match route {
        Route::Optimized => Tone::Good,
        Route::CloudApi => Tone::Plain,
        Route::Fallback => Tone::Action,
        Route::Refused => Tone::Bad,
    }
}

/// The forecast and everything that is still to be done.
fn said(app: &App, page: &mut String, chosen: &Chosen, forecast: &Forecast, problems: &[DraftProblem]) {
    said_of_way(app, page, forecast);
    for sentence in problem_sentences(app, &chosen.variables, problems) {
        app.output.wrap(page, 0, &format!("✕ {sentence}"), Tone::Bad);
    }
}

/// The forecast.
pub fn said_of_way(app: &App, page: &mut String, forecast: &Forecast) {
    let (texts, output) = (&app.texts, app.output);
    let glyph = wording::delivery::route_glyph(forecast.route);
    let sentence = wording::delivery::forecast(texts, forecast, &app.zone);
    output.wrap(page, 0, &format!("{glyph} {sentence}"), route_tone(forecast.route));
    if let Some(lost) = wording::delivery::losses(texts, &forecast.lost) {
        output.wrap(page, 2, &lost, Tone::Action);
    }
    if let Some(step) = step(app, forecast) {
        output.wrap(page, 2, &format!("→ {step}"), Tone::Step);
    }
    for note in &forecast.notes {
        output.wrap(page, 2, &format!("! {}", wording::delivery::note(texts, note)), Tone::Dim);
    }
}

/// Every check before sending, a line each, the remedy below.
pub fn checked(app: &App, page: &mut String, variables: &[Variable], checks: &[Check]) {
    let (texts, output) = (&app.texts, app.output);
    page.push('\n');
    output.wrap(page, 0, &texts.get("preflight-title"), Tone::Title);
    output.wrap(page, 2, &wording::preflight::summary(texts, checks), Tone::Plain);
    for check in checks {
        let tone = match check.state {
            State::Good => Tone::Good,
            State::Open => Tone::Dim,
            State::Care => Tone::Action,
            State::Bad => Tone::Bad,
        };
        let item = wording::preflight::item(texts, check.item);
        let found = wording::preflight::finding(texts, check, variables, &app.zone);
        output.wrap(
            page,
            2,
            &format!("{} {}", wording::preflight::glyph(check.state), wording::explanation::labelled(texts, &item, &found)),
            tone,
        );
        if let Some(remedy) = wording::preflight::remedy(texts, check, "") {
            output.wrap(page, 4, &format!("→ {remedy}"), Tone::Step);
        }
    }
}

/// The checks that stand in the way, a sentence each.
pub fn obstacle_sentences(app: &App, chosen: &Chosen, checks: &[Check]) -> Vec<String> {
    let sentence = |check: &Check| {
        let item = wording::preflight::item(&app.texts, check.item);
        let found = wording::preflight::finding(&app.texts, check, &chosen.variables, &app.zone);
        wording::explanation::labelled(&app.texts, &item, &found)
    };
    checks.iter().filter(|check| check.state == State::Bad).map(sentence).collect()
}

/// The step for the forecast's first reason; there are no keys on the command line.
fn step(app: &App, forecast: &Forecast) -> Option<String> {
    let can_be_upgraded = Reason::NotOnboarded(OnboardingStatus::Eligible);
    match forecast.reasons.first() {
        Some(first) if *first == can_be_upgraded => Some(app.texts.get("cli-next-eligible").into_owned()),
        _ => wording::delivery::next_step(&app.texts, forecast, ""),
    }
}

/// What is wrong with the draft, a sentence each; for values with the name that `--var` takes.
pub fn problem_sentences(app: &App, variables: &[Variable], problems: &[DraftProblem]) -> Vec<String> {
    let sentence = |problem: &DraftProblem| {
        let words = wording::message::draft_problem(&app.texts, problem, variables);
        match problem {
            DraftProblem::Value { variable, .. } => format!("{words} (--var {}=…)", text::clean(&variable.to_string())),
            DraftProblem::NoRecipient => app.texts.get("cli-message-no-to").into_owned(),
            DraftProblem::NoNumber => app.texts.get("composer-no-number").into_owned(),
            _ => words,
        }
    };
    problems.iter().map(sentence).collect()
}

/// What a template is.
pub fn template_json(template: &Template) -> serde_json::Value {
    json!({
        "name": template.name.as_str(),
        "language": template.language.as_str(),
        "category": template.category.as_wire(),
        "status": template.status.as_wire(),
    })
}

/// What a template asks for, and what was given.
pub fn variables_json(app: &App, variables: &[Variable], values: &Values, now: Timestamp) -> serde_json::Value {
    let variable = |variable: &Variable| {
        let given = values.get(&variable.id).map(String::as_str);
        let problem = value::check(variable, given.unwrap_or_default(), now).err();
        json!({
            "name": variable.id.to_string(),
            "value": given,
            "required": variable.required,
            "example": variable.example,
            "problem": problem.map(|problem| wording::message::value_problem(&app.texts, &problem)),
        })
    };
    variables.iter().map(variable).collect()
}

/// The message with its forecast.
pub fn as_json(app: &App, chosen: &Chosen, forecast: &Forecast, problems: &[DraftProblem], now: Timestamp) -> serde_json::Value {
    let (choice, template) = (&chosen.draft.choice, &chosen.template);
    let kind = MessageKind::of(template);
    let endpoint = choice.endpoint(kind, &chosen.account);
    let checks = chosen.preflight(problems, now);
    let forecasts = chosen.forecasts(now);
    let recipients = chosen.recipients.iter().zip(&forecasts).map(|((typed, recipient), told)| {
        json!({ "to": typed, "region": delivery_json::region(*recipient), "forecast": delivery_json::forecast(app, told) })
    });
    json!({
        "account": { "id": chosen.account.id.as_str(), "name": chosen.account.name.as_str() },
        "number": chosen.number.as_ref().map(|number| json!({ "id": number.id.as_str(), "display": number.display.as_str() })),
        "template": template_json(template),
        "variables": variables_json(app, &chosen.variables, &chosen.draft.values, now),
        "delivery": {
            "offered": option_offered(kind),
            "checked": choice.checked(kind, &chosen.account),
            "requested": delivery_json::requested(endpoint),
            "product_policy": (endpoint == Endpoint::MarketingMessages).then(|| choice.policy.as_wire()),
        },
        "forecast": delivery_json::forecast(app, forecast),
        "recipients": recipients.collect::<Vec<_>>(),
        "preflight": delivery_json::preflight(app, &checks, &chosen.variables),
        "problems": problem_sentences(app, &chosen.variables, problems),
        "can_send": problems.is_empty() && !forecast.stops_sending() && !preflight::stands_in_the_way(&checks),
    })
}
