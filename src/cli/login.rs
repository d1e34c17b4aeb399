//! `wabadeck login`: reads a token, asks Meta what it is good for, says what it lacks, and keeps it.

use secrecy::SecretString;

use super::{
    App, Exit, Failure,
    output::{self, Tone, complain},
    prompt::{self, NoSecret},
};
use crate::{
    graph::token::TokenInfo,
    ops::sign_in,
    paths::{Environment, ProcessEnvironment},
    secrets::{Kind, Place, Stored, TOKEN_VARIABLE, Vault},
    text, wording,
};

/// Arguments of `wabadeck login`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The app's secret is read, too.
    #[arg(long)]
    pub app_secret: bool,
    /// Standard input instead of a prompt.
    #[arg(long)]
    pub stdin: bool,
    /// Kept as it is, without asking Meta.
    #[arg(long)]
    pub no_check: bool,
}

/// Signs in.
pub async fn run(app: &App, arguments: &Args) -> Result<Exit, Failure> {
    let settings = app.settings()?;
    settings.warnings.iter().for_each(|warning| complain(warning));
    let texts = &app.texts;
    if settings.force_sandbox {
        return Err(Failure::said(Exit::Usage, texts.get("login-not-the-sandbox")));
    }
    if arguments.stdin && prompt::at_terminal() {
        return Err(Failure::said(Exit::Usage, texts.get("login-stdin-is-terminal")));
    }
    let host = settings.graph_url_or_meta()?.host_str().unwrap_or_default().to_owned();
    let names = [("host", host.into()), ("profile", settings.profile.clone().into())];
    let token = secret(app, &texts.with("login-prompt-token", &names)).await?;
    let app_secret = match arguments.app_secret {
        true => Some(secret(app, &texts.with("login-prompt-app-secret", &names)).await?),
        false => None,
    };
    let mut page = String::new();
    if arguments.no_check {
        app.output.wrap(&mut page, 0, &texts.get("login-not-checked"), Tone::Action);
    } else {
        let checked =
            sign_in::check(settings, token.clone(), app_secret.clone()).await.map_err(|problem| refused(app, problem))?;
        describe(app, &mut page, &checked.info);
        if checked.sandbox {
            app.output.wrap(&mut page, 0, &texts.get("login-sandbox"), Tone::Dim);
        }
        for permission in &checked.lacks {
            let arguments = [("scope", permission.scope().into())];
            app.output.wrap(&mut page, 0, &texts.with(permission.lack_id(), &arguments), Tone::Action);
        }
    }
    let environment = ProcessEnvironment;
    let kept = sign_in::keep(settings, &environment, &token, app_secret.as_ref())?;
    for error in kept.token.passed_over.iter() {
        complain(error);
    }
    stored(app, &mut page, &kept.token, Kind::Token);
    if let Some(kept) = &kept.app_secret {
        stored(app, &mut page, kept, Kind::AppSecret);
    }
    if environment.get(TOKEN_VARIABLE).is_some() {
        let arguments = [("variable", TOKEN_VARIABLE.into())];
        app.output.wrap(&mut page, 0, &texts.with("login-variable-wins", &arguments), Tone::Action);
    }
    Ok(output::print(&page))
}

async fn secret(app: &App, words: &str) -> Result<SecretString, Failure> {
    prompt::read(words).await.map_err(|reason| {
        let (exit, sentence) = match reason {
            NoSecret::Interrupted => (Exit::Failed, app.texts.get("login-interrupted").into_owned()),
            NoSecret::Nothing => (Exit::Usage, app.texts.get("login-nothing").into_owned()),
            NoSecret::Io(error) => (Exit::Failed, app.texts.with("login-unreadable", &[("reason", error.to_string().into())])),
        };
        Failure::said(exit, sentence)
    })
}

/// The failure, and that nothing was kept.
fn refused(app: &App, problem: crate::ops::Problem) -> Failure {
    let exit = Exit::of_class(problem.class);
    let sentence = problem.to_text(app.texts.language());
    Failure::said(exit, app.texts.with("login-refused", &[("reason", sentence.into())]))
}

fn describe(app: &App, page: &mut String, info: &TokenInfo) {
    let texts = &app.texts;
    let kind = texts.get(kind_id(&info.kind)).into_owned();
    let name = info.application.as_deref().or(info.app_id.as_deref()).unwrap_or("?");
    let arguments = [("kind", kind.into()), ("app", text::clean(name).into_owned().into())];
    app.output.wrap(page, 0, &texts.with("login-accepted", &arguments), Tone::Good);
    let date = |time: jiff::Timestamp| time.to_zoned(app.zone.clone()).strftime("%Y-%m-%d").to_string();
    let mut line = |words: String| app.output.wrap(page, 2, &words, Tone::Plain);
    match info.expires {
        Some(end) => line(texts.with("login-expires", &[("date", date(end).into())])),
        None => line(texts.get("login-expires-never").into_owned()),
    }
    if let Some(end) = info.data_access_expires {
        line(texts.with("login-data-access", &[("date", date(end).into())]));
    }
    let scopes = info.scopes.iter().map(|scope| text::clean(scope).into_owned()).collect::<Vec<_>>().join(", ");
    line(texts.with("login-scopes", &[("scopes", if scopes.is_empty() { "–".into() } else { scopes.into() })]));
    if info.granted_for_all {
        line(texts.get("login-granted-all").into_owned());
    } else {
        line(texts.with("login-granted", &[("count", info.granted.len().into())]));
    }
}

/// The text id of a kind of token.
pub fn kind_id(kind: &str) -> &'static str {
    match kind {
        "SYSTEM_USER" => "login-kind-system-user",
        "USER" => "login-kind-user",
        "APP" => "login-kind-app",
        "PAGE" => "login-kind-page",
        _ => "login-kind-other",
    }
}

fn stored(app: &App, page: &mut String, stored: &Stored, kind: Kind) {
    let texts = &app.texts;
    let what = match kind {
        Kind::Token => "login-what-token",
        Kind::AppSecret => "login-what-app-secret",
    };
    let arguments = [
        ("what", texts.get(what).into_owned().into()),
        ("place", texts.get(wording::place_id(stored.place)).into_owned().into()),
    ];
    let mut words = texts.with("login-stored", &arguments);
    let file =
        app.settings.as_ref().ok().map(|settings| Vault::new(&settings.paths, &ProcessEnvironment).file(&settings.profile, kind));
    let more = match (stored.place, file) {
        (Place::KernelKeyring, _) => Some(texts.get("login-stored-kernel").into_owned()),
        (Place::File, Some(file)) => Some(texts.with("login-stored-file", &[("file", file.display().to_string().into())])),
        _ => None,
    };
    if let Some(more) = more {
        words = format!("{words} {more}");
    }
    app.output.wrap(page, 0, &words, Tone::Good);
}
