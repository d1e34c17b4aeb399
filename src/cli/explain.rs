//! `wabadeck explain`: what an error code, a pasted error body or a pasted webhook means. Asks no network, needs no settings.

mod pasted;

use std::io::{IsTerminal, Read};

use serde_json::{Value, json};

use super::{
    App, Exit, Failure, account_json,
    output::{self, Tone},
};
use crate::{
    domain::graph_error::{Actor, ApiError, Certainty, Explanation, Retry},
    i18n::Language,
    text,
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
        let parts: Vec<String> = explained.iter().map(|(error, explanation)| as_text(app, error, explanation)).collect();
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

fn sentence(language: Language, explanation: &Explanation) -> &'static str {
    match language {
        Language::English => explanation.english,
        Language::French => explanation.french,
    }
}

/// What Meta said, cleaned; the most telling of its texts.
fn meta_words(error: &ApiError) -> String {
    text::clean(error.meta_words()).trim().to_owned()
}

fn as_text(app: &App, error: &ApiError, explanation: &Explanation) -> String {
    let (texts, output) = (&app.texts, app.output);
    let code = match error.subcode {
        Some(subcode) => format!("{}/{subcode}", error.code),
        None => error.code.to_string(),
    };
    // The catalogue has its short names in English only.
    let title = match texts.language() {
        Language::English => format!("{code}  {}", explanation.name),
        Language::French => code,
    };
    let mut page = format!("{}\n", output.paint(&title, Tone::Title));
    let words = meta_words(error);
    if !words.is_empty() {
        output.wrap(&mut page, 2, &texts.with("cli-explain-meta", &[("words", words.into())]), Tone::Dim);
    }
    output.wrap(&mut page, 2, sentence(texts.language(), explanation), Tone::Plain);
    if explanation.certainty == Certainty::Family {
        output.wrap(&mut page, 2, &texts.get("cli-explain-family"), Tone::Dim);
    }
    output.wrap(&mut page, 2, &texts.get(actor_id(explanation.actor)), Tone::Step);
    output.wrap(&mut page, 2, &retry_words(app, explanation.retry), Tone::Step);
    if let Some(trace) = &error.fbtrace_id {
        output.wrap(&mut page, 2, &format!("fbtrace_id {}", text::clean(trace)), Tone::Dim);
    }
    page
}

fn actor_id(actor: Actor) -> &'static str {
    match actor {
        Actor::Us => "cli-explain-who-us",
        Actor::Admin => "cli-explain-who-admin",
        Actor::Meta => "cli-explain-who-meta",
        Actor::Recipient => "cli-explain-who-recipient",
        Actor::Nobody => "cli-explain-who-nobody",
    }
}

fn retry_words(app: &App, retry: Retry) -> String {
    let texts = &app.texts;
    match retry {
        Retry::Never => texts.get("cli-explain-retry-never").into_owned(),
        Retry::AfterChange => texts.get("cli-explain-retry-change").into_owned(),
        Retry::After(wait) => texts.with("cli-explain-retry-after", &[("wait", duration(app, wait.as_secs()).into())]),
        Retry::Backoff { first, cap } => {
            let arguments = [("first", duration(app, first.as_secs()).into()), ("cap", duration(app, cap.as_secs()).into())];
            texts.with("cli-explain-retry-backoff", &arguments)
        }
    }
}

/// A time in its largest whole unit: 86,400 seconds are a day, 90 stay seconds.
fn duration(app: &App, seconds: u64) -> String {
    let (count, unit) = match seconds {
        seconds if seconds >= 86_400 && seconds % 86_400 == 0 => (seconds / 86_400, "cli-duration-days"),
        seconds if seconds >= 3_600 && seconds % 3_600 == 0 => (seconds / 3_600, "cli-duration-hours"),
        seconds if seconds >= 60 && seconds % 60 == 0 => (seconds / 60, "cli-duration-minutes"),
        seconds => (seconds, "cli-duration-seconds"),
    };
    app.texts.with(unit, &[("count", count.into())])
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
