//! `wabadeck doctor`: everything between the configuration and the accounts, each line ok, warning or failed.

use fluent_bundle::FluentValue;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::{
    App, Exit, Failure, account_json, login,
    output::{self, Tone},
};
use crate::{
    ops::doctor::{self, Check, Fact, Finding, Line, Report, State, Verdict},
    secrets::Place,
    text,
};

/// Arguments of `wabadeck doctor`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// JSON.
    #[arg(long)]
    pub json: bool,
}

/// Looks at everything and prints what it found.
pub async fn run(app: &App, arguments: &Args) -> Result<Exit, Failure> {
    let report = doctor::examine(&app.settings, Timestamp::now()).await;
    let printed = if arguments.json { output::print_json(&as_json(app, &report)) } else { output::print(&page(app, &report)) };
    Ok(if report.worst() == State::Failed { exit(&report) } else { printed })
}

fn exit(report: &Report) -> Exit {
    let found = |findings: &[Finding]| report.lines.iter().any(|line| findings.contains(&line.finding));
    if found(&[Finding::TokenLost, Finding::NoSession, Finding::TokenRefused]) {
        Exit::NotSignedIn
    } else if found(&[Finding::SettingsBroken, Finding::SettingsUnfit]) {
        Exit::Usage
    } else {
        Exit::Failed
    }
}

fn state(state: State) -> (&'static str, &'static str, Tone) {
    match state {
        State::Ok => ("✓", "ok", Tone::Good),
        State::Warning => ("!", "warning", Tone::Action),
        State::Failed => ("✗", "failed", Tone::Bad),
    }
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Well => "well",
        Verdict::Settings => "settings",
        Verdict::Network => "network",
        Verdict::Token => "token",
        Verdict::Permissions => "permissions",
        Verdict::Accounts => "accounts",
    }
}

/// What was found, in words.
fn finding(app: &App, line: &Line) -> String {
    let mut values: Vec<(&str, FluentValue<'_>)> = Vec::new();
    for (name, fact) in &line.facts {
        let words = match fact {
            Fact::Count(count) => {
                values.push((name, (*count).into()));
                continue;
            }
            Fact::Time(time) => {
                let time = time.to_zoned(app.zone.clone());
                values.push(("time", time.strftime("%H:%M").to_string().into()));
                time.strftime("%Y-%m-%d").to_string()
            }
            Fact::Text(words) => match *name {
                "place" => Place::from_name(words)
                    .map_or_else(|| words.clone(), |place| app.texts.get(crate::wording::place_id(place)).into_owned()),
                "kind" => app.texts.get(login::kind_id(words)).into_owned(),
                "way" => app.texts.get(&format!("account-found-{words}")).into_owned(),
                _ => words.clone(),
            },
        };
        values.push((name, words.into()));
    }
    let words = app.texts.with(&format!("doctor-{}", line.finding.id()), &values);
    match &line.problem {
        Some(problem) => format!("{words} {}", problem.to_text(app.texts.language())),
        None => words,
    }
}

/// What to do about it, where something is to be done.
fn next(app: &App, line: &Line) -> Option<String> {
    let id = format!("doctor-{}-next", line.finding.id());
    (line.state != State::Ok && app.texts.has(&id)).then(|| app.texts.get(&id).into_owned())
}

fn check_words(app: &App, check: Check) -> String {
    app.texts.get(&format!("doctor-check-{}", check.id())).into_owned()
}

fn page(app: &App, report: &Report) -> String {
    let mut page = String::new();
    if report.embedded {
        app.output.wrap(&mut page, 0, &app.texts.get("doctor-embedded"), Tone::Dim);
    }
    let words_width = |state: State| text::width(&state_words(app, state));
    let state_width = [State::Ok, State::Warning, State::Failed].into_iter().map(words_width).max().unwrap_or(0);
    let label_width = Check::ALL.iter().map(|check| text::width(&check_words(app, *check))).max().unwrap_or(0);
    let indent = state_width + label_width + 6;
    for line in &report.lines {
        let (mark, _, tone) = state(line.state);
        let pad = |words: &str, width: usize| " ".repeat(width.saturating_sub(text::width(words)) + 2);
        let (words, label) = (state_words(app, line.state), check_words(app, line.check));
        let (after_words, after_label) = (pad(&words, state_width), pad(&label, label_width));
        page.push_str(&app.output.paint(&format!("{mark} {words}"), tone));
        page.push_str(&format!("{after_words}{label}{after_label}"));
        // The first line stands beside its label, the rest below its beginning.
        let mut body = String::new();
        app.output.wrap(&mut body, indent, &finding(app, line), Tone::Plain);
        page.push_str(body.trim_start());
        if let Some(next) = next(app, line) {
            app.output.wrap(&mut page, indent, &format!("→ {next}"), Tone::Step);
        }
    }
    let tone = state(report.worst()).2;
    page.push('\n');
    app.output.wrap(&mut page, 0, &app.texts.get(&format!("doctor-verdict-{}", verdict(report.verdict()))), tone);
    page
}

fn state_words(app: &App, of: State) -> String {
    app.texts.get(&format!("doctor-{}", state(of).1)).into_owned()
}

fn as_json(app: &App, report: &Report) -> Value {
    let line = |line: &Line| {
        let facts: Map<String, Value> = line
            .facts
            .iter()
            .map(|(name, fact)| {
                let value = match fact {
                    Fact::Text(words) => json!(words),
                    Fact::Count(count) => json!(count),
                    Fact::Time(time) => json!(time.to_string()),
                };
                ((*name).to_owned(), value)
            })
            .collect();
        json!({
            "check": line.check.id(),
            "state": state(line.state).1,
            "finding": line.finding.id(),
            "facts": facts,
            "sentence": finding(app, line),
            "next": next(app, line),
            "problem": line.problem.as_ref().map(account_json::problem),
        })
    };
    json!({
        "state": state(report.worst()).1,
        "verdict": verdict(report.verdict()),
        "embedded_sandbox": report.embedded,
        "lines": report.lines.iter().map(line).collect::<Value>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Language, Texts};

    #[test]
    fn what_can_go_wrong_has_a_next_step_in_both_languages() {
        // What is only said, or is well whenever it is found.
        let calm = [
            "settings-read",
            "settings-absent",
            "settings-warning",
            "token-from",
            "token-lost",
            "connected",
            "proxied",
            "tls-works",
            "plain-here",
            "clock-right",
            "clock-unknown",
            "token-works",
            "token-never-expires",
            "permissions-complete",
            "app-named",
            "version-current",
            "version-until",
            "way-found",
            "way-granted-for-all",
            "accounts-fine",
            "limits-untold",
        ];
        for language in Language::ALL {
            let texts = Texts::new(language);
            let ids = Finding::ALL.iter().map(|finding| finding.id()).filter(|id| !calm.contains(id));
            let missing: Vec<_> = ids.filter(|id| !texts.has(&format!("doctor-{id}-next"))).collect();
            assert_eq!(missing, Vec::<&str>::new(), "{language:?}");
        }
    }

    #[test]
    fn every_finding_check_and_verdict_has_words_in_both_languages() {
        let verdicts =
            [Verdict::Well, Verdict::Settings, Verdict::Network, Verdict::Token, Verdict::Permissions, Verdict::Accounts];
        let mut ids: Vec<String> = Finding::ALL.iter().map(|finding| format!("doctor-{}", finding.id())).collect();
        ids.extend(Check::ALL.iter().map(|check| format!("doctor-check-{}", check.id())));
        ids.extend(verdicts.map(|of| format!("doctor-verdict-{}", verdict(of))));
        ids.extend([State::Ok, State::Warning, State::Failed].map(|of| format!("doctor-{}", state(of).1)));
        for language in Language::ALL {
            let texts = Texts::new(language);
            let missing: Vec<_> = ids.iter().filter(|id| !texts.has(id)).collect();
            assert_eq!(missing, Vec::<&String>::new(), "{language:?}");
        }
    }
}
