//! `wabadeck explain`: what an error code, a status, a pasted error body or a pasted webhook means. Asks no network, needs no settings.

mod pasted;

use std::io::{IsTerminal, Read};

use serde_json::{Value, json};

use super::{
    App, Exit, Failure, account_json,
    output::{self, Tone},
};
use crate::{
    domain::graph_error::{Actor, ApiError, Certainty, Explanation, Retry},
    text,
    wording::explanation::{Topic, sentence},
};

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

/// Reads what was asked and explains every error in it.
pub fn run(app: &App, arguments: &Args) -> Result<Exit, Failure> {
    let asked = match arguments.what.as_slice() {
        [] => read_standard_input(app)?,
        [dash] if dash == "-" => read_standard_input(app)?,
        words => words.join(" "),
    };
    let statuses = Topic::named(&asked);
    if !statuses.is_empty() {
        return Ok(if arguments.json {
            output::print_json(&statuses.iter().map(|status| status_json(app, status)).collect())
        } else {
            let parts: Vec<String> = statuses.iter().map(|status| as_text(app, status)).collect();
            output::print(&parts.join("\n"))
        });
    }
    let errors = pasted::errors(&asked);
    if errors.is_empty() {
        return Err(Failure::said(Exit::Usage, app.texts.get("cli-explain-nothing")));
    }
    let explained: Vec<(ApiError, Explanation)> = errors
        .into_iter()
        .map(|error| {
            let explanation = error.explanation();
            (error, explanation)
        })
        .collect();
    let printed = if arguments.json {
        output::print_json(&explained.iter().map(|(error, explanation)| as_json(app, error, explanation)).collect())
    } else {
        let parts: Vec<String> =
            explained.iter().map(|(error, _)| as_text(app, &Topic::Error(Box::new(error.clone())))).collect();
        output::print(&parts.join("\n"))
    };
    let any_known = explained.iter().any(|(_, explanation)| explanation.certainty != Certainty::Unknown);
    Ok(if any_known || printed != Exit::Done { printed } else { Exit::Failed })
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

fn as_text(app: &App, topic: &Topic) -> String {
    let (texts, output) = (&app.texts, app.output);
    let explained = topic.explain(texts);
    let mut page = format!("{}\n", output.paint(&explained.title, Tone::Title));
    for (words, tone) in [
        (&explained.class, Tone::Dim),
        (&explained.meta, Tone::Dim),
        (&explained.meaning, Tone::Plain),
        (&explained.doubt, Tone::Dim),
        (&explained.who, Tone::Step),
        (&explained.retry, Tone::Step),
        (&explained.source, Tone::Dim),
        (&explained.trace, Tone::Dim),
    ] {
        if !words.is_empty() {
            output.wrap(&mut page, 2, words, tone);
        }
    }
    page
}

/// A status as JSON: the same keys as a code has, as far as they apply.
fn status_json(app: &App, topic: &Topic) -> Value {
    let explained = topic.explain(&app.texts);
    json!({
        "status": explained.title,
        "explanation": explained.meaning,
        "who": explained.who,
        "source": explained.source,
    })
}

fn as_json(app: &App, error: &ApiError, explanation: &Explanation) -> Value {
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
        "who": match explanation.actor {
            Actor::Us => "us",
            Actor::Admin => "admin",
            Actor::Meta => "meta",
            Actor::Recipient => "recipient",
            Actor::Nobody => "nobody",
        },
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
