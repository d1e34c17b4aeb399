//! `wabadeck profiles`: every sign-in, whom it talks to and where its token is kept. Reads no secret.

use serde_json::{Value, json};

use super::{
    App, Exit, Failure,
    output::{self, Tone, complain},
};
use crate::{
    ops::{self, ProfileView},
    secrets::Source,
    text,
};

/// Arguments of `wabadeck profiles`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// JSON.
    #[arg(long)]
    pub json: bool,
}

/// Lists them.
pub fn run(app: &App, arguments: &Args) -> Result<Exit, Failure> {
    let settings = app.settings()?;
    settings.warnings.iter().for_each(|warning| complain(warning));
    let profiles = ops::profiles(settings);
    if arguments.json {
        return Ok(output::print_json(&profiles.iter().map(as_json).collect()));
    }
    let texts = &app.texts;
    let titles = ["profiles-name", "profiles-host", "profiles-version", "profiles-token", "profiles-marks"];
    let mut rows = vec![titles.map(|id| texts.get(id).into_owned())];
    rows.extend(profiles.iter().map(|profile| row(app, profile)));
    let widths: [usize; 5] = std::array::from_fn(|column| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| text::width(cell)).max().unwrap_or(0)
    });
    let mut page = String::new();
    for (place, row) in rows.iter().enumerate() {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(widths) {
            line.push_str(&format!("{cell}{}", " ".repeat(width.saturating_sub(text::width(cell)) + 2)));
        }
        let tone = if place == 0 { Tone::Dim } else { Tone::Plain };
        page.push_str(&format!("{}\n", app.output.paint(line.trim_end(), tone)));
    }
    Ok(output::print(&page))
}

fn row(app: &App, profile: &ProfileView) -> [String; 5] {
    let texts = &app.texts;
    let token = match profile.token {
        None => texts.get("profiles-no-token").into_owned(),
        Some(Source::Environment(name)) => name.to_owned(),
        Some(Source::Stored(place)) => texts.get(crate::wording::place_id(place)).into_owned(),
    };
    let marks = [
        profile.is_default.then_some("profiles-is-default"),
        profile.is_current.then_some("profiles-is-current"),
        profile.app_secret.then_some("profiles-has-app-secret"),
    ];
    let marks: Vec<String> = marks.into_iter().flatten().map(|id| texts.get(id).into_owned()).collect();
    let host =
        profile.host.as_deref().map_or_else(|| texts.get("profiles-sandbox").into_owned(), |host| text::clean(host).into_owned());
    [profile.name.clone(), host, profile.version.clone(), token, marks.join(", ")]
}

fn as_json(profile: &ProfileView) -> Value {
    json!({
        "name": profile.name,
        "host": profile.host,
        "api_version": profile.version,
        "token_from": profile.token.map(Source::name),
        "app_secret": profile.app_secret,
        "default": profile.is_default,
        "current": profile.is_current,
    })
}
