//! `wabadeck explain`: what an error code, a status, a pasted error body or a pasted webhook means. Asks no network, needs no settings.

mod pasted;

use std::io::{IsTerminal, Read};

use serde_json::{Value, json};

use super::{
    App, Exit, Failure, account_json, event_line,
    output::{self, Tone},
};
use crate::{
    domain::{
        event::Event,
        graph_error::{Actor, ApiError, Certainty, Explanation, Retry},
    },
    text,
    wording::{
        self,
        explanation::{Explained, Topic, sentence},
    },
};
use pasted::Found;

/// Arguments of `wabadeck explain`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A code, code and subcode, or what was pasted; left out or `-`, standard input is read.
    #[arg(value_name = "CODE", allow_negative_numbers = true)]
    pub what: Vec<String>,
    /// JSON.
    #[arg(long)]
    pub json: bool,
}

/// Bytes of a pasted text that are read: far more than any webhook has.
const LONGEST: u64 = 4 * 1024 * 1024;

/// Reads what was asked and explains everything in it.
pub fn run(app: &App, arguments: &Args) -> Result<Exit, Failure> {
    let asked = match arguments.what.as_slice() {
        [] => read_standard_input(app)?,
        [dash] if dash == "-" => read_standard_input(app)?,
        words => words.join(" "),
    };
    let found = pasted::everything(&asked);
    if found.is_empty() {
        return Err(Failure::said(Exit::Usage, app.texts.get("cli-explain-nothing")));
    }
    let printed = if arguments.json {
        output::print_json(&found.iter().map(|found| as_json(app, found)).collect())
    } else {
        let parts: Vec<String> = found.iter().map(|found| as_text(app, found)).collect();
        output::print(&parts.join("\n"))
    };
    Ok(if found.iter().any(is_known) || printed != Exit::Done { printed } else { Exit::Failed })
}

fn is_known(found: &Found) -> bool {
    match found {
        Found::Topic(Topic::Error(error), _) => error.explanation().certainty != Certainty::Unknown,
        Found::Topic(topic, _) => topic.is_known(),
        Found::Webhook(change) => change.field.is_known(),
    }
}

fn read_standard_input(app: &App) -> Result<String, Failure> {
    let input = std::io::stdin();
    if input.is_terminal() {
        return Err(Failure::said(Exit::Usage, app.texts.get("cli-explain-usage")));
    }
    let mut bytes = Vec::new();
    match input.lock().take(LONGEST).read_to_end(&mut bytes) {
        Ok(_) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
        Err(error) => Err(Failure::said(Exit::Failed, error.to_string())),
    }
}

/// What Meta said, cleaned; the most telling of its texts.
fn meta_words(error: &ApiError) -> String {
    text::clean(error.meta_words()).trim().to_owned()
}

fn as_text(app: &App, found: &Found) -> String {
    match found {
        Found::Topic(topic, about) => {
            let explained = topic.explain(&app.texts);
            let title = match about {
                Some(about) => format!("{} ({})", explained.title, text::clean(about)),
                None => explained.title.clone(),
            };
            page(app, &title, &explained, &[])
        }
        Found::Webhook(change) => {
            let explained = change.field.explain(&app.texts);
            let account = change.account.as_deref().map(text::clean);
            let account = account.map(|id| app.texts.with("cli-explain-account", &[("id", id.into_owned().into())]));
            let at = change.at.map(|at| wording::day_and_clock(at, &app.zone));
            let place: Vec<String> = [account, at].into_iter().flatten().collect();
            let news: Vec<String> = change.events.iter().map(|event| news(app, event)).collect();
            let explained = Explained { class: place.join(", "), ..explained };
            page(app, &explained.title, &explained, &news)
        }
    }
}

/// What changed, in words: the kind of news, about what, from which value to which, and Meta's words.
fn news(app: &App, event: &Event) -> String {
    let headline = event.headline();
    let said = [
        wording::event::kind(&app.texts, &event.kind),
        wording::event::subject(&app.texts, event),
        wording::event::change(&app.texts, event, &app.zone),
        event.note.as_deref().map(text::clean).unwrap_or_default().into_owned(),
    ];
    let said: Vec<String> = said.into_iter().filter(|words| !words.is_empty()).collect();
    format!("{} {}", wording::event::tone_glyph(headline.tone()), said.join(" · "))
}

fn page(app: &App, title: &str, explained: &Explained, news: &[String]) -> String {
    let output = app.output;
    let mut page = format!("{}\n", output.paint(title, Tone::Title));
    let before = [(&explained.class, Tone::Dim), (&explained.meta, Tone::Dim), (&explained.meaning, Tone::Plain)];
    let news = news.iter().map(|news| (news, Tone::Plain));
    let after = [
        (&explained.doubt, Tone::Dim),
        (&explained.who, Tone::Step),
        (&explained.retry, Tone::Step),
        (&explained.source, Tone::Dim),
        (&explained.trace, Tone::Dim),
    ];
    for (words, tone) in before.into_iter().chain(news).chain(after) {
        if !words.is_empty() {
            output.wrap(&mut page, 2, words, tone);
        }
    }
    page
}

fn as_json(app: &App, found: &Found) -> Value {
    match found {
        Found::Topic(Topic::Error(error), _) => error_json(app, error, &error.explanation()),
        Found::Topic(topic, about) => json!({
            "kind": topic.kind(),
            "value": topic.wire(),
            "of": about,
            "known": topic.is_known(),
            "explanation": topic.explain(&app.texts).meaning,
            "who": topic.actor().map(Actor::name),
            "source": Some(topic.source()).filter(|_| topic.is_known()),
        }),
        Found::Webhook(change) => json!({
            "webhook": change.field.wire(),
            "account": change.account,
            "at": change.at.map(|at| at.to_string()),
            "known": change.field.is_known(),
            "explanation": change.field.explain(&app.texts).meaning,
            "source": Some(change.field.source()).filter(|_| change.field.is_known()),
            "events": change.events.iter().map(|event| event_line::json(event, "")).collect::<Vec<_>>(),
        }),
    }
}

fn error_json(app: &App, error: &ApiError, explanation: &Explanation) -> Value {
    let (retry, first, cap) = match explanation.retry {
        Retry::Never => ("never", None, None),
        Retry::AfterChange => ("after_change", None, None),
        Retry::After(wait) => ("after", Some(wait.as_secs()), None),
        Retry::Backoff { first, cap } => ("backoff", Some(first.as_secs()), Some(cap.as_secs())),
    };
    let words = meta_words(error);
    json!({
        "code": error.code,
        "subcode": error.subcode,
        "name": explanation.name,
        "class": account_json::error_class(explanation.class),
        "explanation": sentence(app.texts.language(), explanation),
        "who": explanation.actor.name(),
        "retry": retry,
        "retry_first_seconds": first,
        "retry_cap_seconds": cap,
        "source": explanation.source,
        "certainty": match explanation.certainty {
            Certainty::Known => "known",
            Certainty::Family => "family",
            Certainty::Unknown => "unknown",
        },
        "meta_words": (!words.is_empty()).then_some(words),
        "fbtrace_id": error.fbtrace_id,
    })
}
