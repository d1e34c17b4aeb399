//! `wabadeck report ACCOUNT`: what Meta's support or a colleague needs to know of an account, in one piece.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::{App, Exit, Failure, account, account_json, finding_json, output};
use crate::{domain::diagnosis::Rung, ops::report, text};

/// How the report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Markdown.
    Md,
    /// JSON.
    Json,
}

/// Arguments of `wabadeck report`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which account: its id, or its name.
    #[arg(value_name = "ACCOUNT")]
    pub account: String,
    /// Markdown or JSON.
    #[arg(long, value_enum, default_value = "md")]
    pub format: Format,
    /// A file in place of standard output.
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Numbers of recipients as they are.
    #[arg(long)]
    pub show_recipients: bool,
}

/// Makes the report and prints or writes it.
pub async fn run(app: &App, arguments: &Args) -> Result<Exit, Failure> {
    let session = app.session().await?;
    let loaded = account::load(app, &session, &arguments.account).await;
    app.say_sandbox(&session);
    let (account, blind_spots, token) = loaded?;
    let made = report::make(&session, account, token.as_ref(), arguments.show_recipients).await;
    if let Some(problem) = &made.dossier.past.unread {
        super::complain(&problem.to_text(app.texts.language()));
    }
    let written = match arguments.format {
        Format::Md => made.markdown(),
        Format::Json => {
            let account = account_json::account(&made.dossier.account, &blind_spots, made.dossier.at);
            format!("{}\n", output::harmless(&as_json(app, &made, account).to_string()))
        }
    };
    let Some(path) = &arguments.output else { return Ok(output::print(&written)) };
    report::write(path, &written)?;
    let shown = path.display().to_string();
    super::complain(&app.texts.with("report-written", &[("path", text::clean(&shown).into())]));
    Ok(Exit::Done)
}

fn as_json(app: &App, made: &report::Report, account: Value) -> Value {
    let dossier = &made.dossier;
    json!({
        "written": dossier.at.to_string(),
        "wabadeck": env!("CARGO_PKG_VERSION"),
        "graph_api": made.api_version,
        "sandbox": made.sandbox,
        "account": account,
        "findings": finding_json::findings(&app.texts, &made.findings, &dossier.account),
        "enforcement": Rung::of(&made.findings, dossier.at).map(finding_json::enforcement),
        "templates": dossier.templates.as_ref().ok().map(|templates| templates.iter().map(|template| json!({
            "id": template.id.as_str(),
            "name": template.name.as_str(),
            "language": template.language.as_str(),
            "status": template.status.as_wire(),
            "category": template.category.as_wire(),
            "previous_category": template.previous_category.as_ref().map(|category| category.as_wire()),
            "correct_category": template.correct_category.as_ref().map(|category| category.as_wire()),
            "quality": template.quality.as_wire(),
            "rejected_reason": template.rejected_reason.as_deref(),
        })).collect::<Vec<_>>()),
        "failed_sends": dossier.past.failures.iter().map(|failure| json!({
            "at": failure.at.to_string(),
            "code": failure.code,
            "template": failure.template,
            "recipient": made.recipient(&failure.recipient),
            "fbtrace_id": failure.fbtrace_id,
            "sentence": failure.words,
        })).collect::<Vec<_>>(),
        "timeline": dossier.past.events.iter().map(|event| json!({
            "at": event.at.to_string(),
            "kind": event.kind.as_wire(),
            "subject": text::clean(&event.subject),
            "before": event.before.as_deref().map(text::clean),
            "after": event.after.as_deref().map(text::clean),
            "note": event.note.as_deref().map(text::clean),
            "sources": event.sources.iter().map(|source| source.name()).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
    })
}
