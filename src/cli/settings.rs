//! `wabadeck config`: where configuration, log and data live and what is talked to, or the commented default file.
//!
//! It works with a broken configuration file, too: whoever looks for that file looks here.

use serde_json::json;

use super::{
    App, Exit, Failure,
    output::{self, Tone, complain},
};
use crate::{
    config::{DEFAULT_FILE, META_GRAPH_URL, Settings},
    paths::{Paths, ProcessEnvironment},
    text,
};

/// Arguments of `wabadeck config`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The commented default file.
    #[arg(long)]
    pub default: bool,
    /// JSON.
    #[arg(long)]
    pub json: bool,
}

/// Prints places and settings.
pub fn run(app: &App, arguments: &Args) -> Result<Exit, Failure> {
    if arguments.default {
        return Ok(output::print(DEFAULT_FILE));
    }
    let paths = app.settings.as_ref().map_or_else(|_| Paths::discover(&ProcessEnvironment), |settings| settings.paths.clone());
    let file = app.settings.as_ref().map_or_else(|_| paths.config_file(), |settings| settings.file.clone());
    let file_exists = file.exists();
    let settings = app.settings.as_ref().ok();
    let printed = if arguments.json {
        output::print_json(&json!({
            "configuration": file,
            "configuration_exists": file_exists,
            "log": paths.log_file(),
            "data": paths.data,
            "graph_url": settings.and_then(graph_url),
            "api_version": settings.map(|settings| settings.api_version.as_str()),
            "history": paths.store_file(),
            "history_keep_days": settings.map(|settings| settings.history_keep_days),
            "token_from": settings.and_then(|settings| settings.token_source).map(crate::secrets::Source::name),
            "language": app.texts.language().code(),
        }))
    } else {
        let there = if file_exists { "cli-config-there" } else { "cli-config-not-there" };
        let mut rows = vec![
            ("cli-config-file", format!("{} ({})", file.display(), app.texts.get(there))),
            ("cli-config-log", paths.log_file().display().to_string()),
            ("cli-config-data", paths.data.display().to_string()),
        ];
        if let Some(settings) = settings {
            let words = app.texts.with("cli-config-keep-days", &[("count", settings.history_keep_days.into())]);
            rows.push(("cli-config-history", format!("{} ({words})", paths.store_file().display())));
            let address = graph_url(settings).unwrap_or_else(|| app.texts.get("cli-config-embedded").into_owned());
            rows.push(("cli-config-graph", address));
            rows.push(("cli-config-version", settings.api_version.clone()));
            let source = settings.token_source.map(|source| source.to_string());
            rows.push(("cli-config-token", source.unwrap_or_else(|| app.texts.get("cli-config-no-token").into_owned())));
        }
        rows.push(("cli-config-language", app.texts.language().code().to_owned()));
        output::print(&page(app, &rows))
    };
    match &app.settings {
        Ok(settings) => {
            settings.warnings.iter().for_each(|warning| complain(warning));
            Ok(printed)
        }
        Err(error) => Err(Failure::said(Exit::Usage, error.to_string())),
    }
}

/// The address that is talked to; `None` for the embedded sandbox.
fn graph_url(settings: &Settings) -> Option<String> {
    if settings.force_sandbox {
        return None;
    }
    match &settings.graph_url {
        Some(url) => Some(url.to_string()),
        None => settings.token.as_ref().map(|_| META_GRAPH_URL.to_owned()),
    }
}

fn page(app: &App, rows: &[(&str, String)]) -> String {
    let label_width = rows.iter().map(|(id, _)| text::width(&app.texts.get(id))).max().unwrap_or(0);
    let mut page = String::new();
    for (id, value) in rows {
        let label = app.texts.get(id);
        let padding = " ".repeat(label_width.saturating_sub(text::width(&label)) + 2);
        page.push_str(&format!("{}{padding}{}\n", app.output.paint(&label, Tone::Dim), text::clean(value)));
    }
    page
}
