//! `wabadeck subscribe`: has Meta send the webhooks of accounts here, checks it, and says what is missing.

use secrecy::SecretString;
use serde_json::{Value, json};
use url::Url;

use super::{
    App, Exit, Failure, listen,
    output::{self, Tone, complain},
};
use crate::{
    domain::WabaId,
    graph::subscriptions::Handshake,
    ops::{
        Session, fleet,
        subscribe::{self, AccountLine, Standing},
    },
    text,
};

/// Arguments of `wabadeck subscribe`. Accounts are also named by the global `--waba`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Accounts.
    #[arg(value_name = "ID")]
    pub accounts: Vec<String>,
    /// Every account that the token sees.
    #[arg(long, conflicts_with = "accounts")]
    pub all: bool,
    /// Where webhooks are sent.
    #[arg(long, value_name = "URL")]
    pub callback: Option<Url>,
    /// What the address expects to be verified with.
    #[arg(long, value_name = "TOKEN", env = "WABADECK_VERIFY_TOKEN", hide_env_values = true)]
    pub verify_token: Option<String>,
    /// The app itself.
    #[arg(long, requires = "callback", conflicts_with_all = ["remove", "check"])]
    pub app: bool,
    /// Only looks.
    #[arg(long, conflicts_with = "remove")]
    pub check: bool,
    /// Ends the subscriptions.
    #[arg(long, conflicts_with = "callback")]
    pub remove: bool,
    /// JSON.
    #[arg(long)]
    pub json: bool,
}

/// Carries it out, then says how everything stands.
pub async fn run(app: &App, arguments: &Args) -> Result<Exit, Failure> {
    let settings = app.settings()?;
    let mut accounts: Vec<WabaId> =
        arguments.accounts.iter().chain(&settings.flags.waba_ids).map(|id| WabaId::from(id.as_str())).collect();
    if accounts.is_empty() && !arguments.all && !arguments.app && !arguments.check {
        return Err(Failure::said(Exit::Usage, app.texts.get("cli-subscribe-which")));
    }
    let verify_token = listen::verify_token(app, arguments.verify_token.as_deref())?;
    let session = app.session().await?;
    if accounts.is_empty() && (arguments.all || arguments.check) {
        accounts = fleet::load_all(&session).await?.accounts.into_iter().map(|account| account.id).collect();
    }
    app.say_sandbox(&session);
    let failed = if arguments.check { 0 } else { change(app, &session, arguments, &accounts, &verify_token).await? };
    let standing = subscribe::check(&session, &accounts, arguments.callback.as_ref(), &verify_token).await?;
    let printed = if arguments.json { output::print_json(&json_of(&standing)) } else { output::print(&page(app, &standing)) };
    let is_fine = failed == 0 && (arguments.remove || standing.is_complete());
    Ok(if is_fine { printed } else { Exit::Failed })
}

/// Does what was asked to each account; one that fails does not keep the others from it.
async fn change(
    app: &App,
    session: &Session,
    arguments: &Args,
    accounts: &[WabaId],
    verify_token: &SecretString,
) -> Result<usize, Failure> {
    // The app's own address serves every account that has none of its own.
    let own = arguments.callback.as_ref().filter(|_| !arguments.app);
    if let Some(callback) = arguments.callback.as_ref().filter(|_| arguments.app) {
        subscribe::add_app(session, callback, verify_token).await?;
    }
    let mut failed = 0;
    for account in accounts {
        let done = match arguments.remove {
            true => subscribe::remove(session, account).await,
            false => subscribe::add(session, account, own, verify_token).await,
        };
        if let Err(problem) = done {
            failed += 1;
            complain(&format_args!("{account}: {}", problem.to_text(app.texts.language())));
        }
    }
    Ok(failed)
}

fn page(app: &App, standing: &Standing) -> String {
    let texts = &app.texts;
    let mut page = String::new();
    let mut add = |mark: &str, tone: Tone, words: String| {
        page.push_str(&format!("{} {}\n", app.output.paint(mark, tone), text::clean(&words)));
    };
    match &standing.app {
        None => add("·", Tone::Dim, texts.get("cli-subscribe-app-unknown").into_owned()),
        Some(Err(problem)) => add("✗", Tone::Bad, problem.to_text(texts.language())),
        Some(Ok(None)) => add("✗", Tone::Bad, texts.get("cli-subscribe-app-none").into_owned()),
        Some(Ok(Some(of_app))) => {
            let (mark, tone) = if of_app.active { ("✓", Tone::Good) } else { ("✗", Tone::Bad) };
            let id = if of_app.active { "cli-subscribe-app" } else { "cli-subscribe-app-inactive" };
            add(mark, tone, texts.with(id, &[("url", of_app.callback.clone().into())]));
            if !standing.missing_fields.is_empty() {
                let fields = standing.missing_fields.join(", ");
                add("✗", Tone::Bad, texts.with("cli-subscribe-fields", &[("fields", fields.into())]));
            }
        }
    }
    if let Some((url, handshake)) = &standing.handshake {
        let url = ("url", url.to_string().into());
        match handshake {
            Handshake::Answered => add("✓", Tone::Good, texts.with("cli-subscribe-answered", &[url])),
            Handshake::Refused(status) => {
                add("✗", Tone::Bad, texts.with("cli-subscribe-refused", &[url, ("status", i64::from(*status).into())]));
            }
            Handshake::Different => add("✗", Tone::Bad, texts.with("cli-subscribe-different", &[url])),
            Handshake::Unreachable(reason) => {
                add("✗", Tone::Bad, texts.with("cli-subscribe-unreachable", &[url, ("reason", reason.clone().into())]));
            }
        }
    }
    for line in &standing.accounts {
        let (mark, tone, words) = account_line(app, line);
        add(mark, tone, words);
    }
    page
}

fn account_line(app: &App, line: &AccountLine) -> (&'static str, Tone, String) {
    let account = ("account", line.account.to_string().into());
    match (&line.apps, &line.ours) {
        (Err(problem), _) => ("✗", Tone::Bad, format!("{}: {}", line.account, problem.to_text(app.texts.language()))),
        (Ok(_), Some(ours)) => {
            let words = match &ours.callback {
                Some(url) => app.texts.with("cli-subscribe-own-address", &[account, ("url", url.clone().into())]),
                None => app.texts.with("cli-subscribe-subscribed", &[account]),
            };
            ("✓", Tone::Good, words)
        }
        (Ok(others), None) => {
            let count = ("count", i64::try_from(others.len()).unwrap_or(i64::MAX).into());
            ("✗", Tone::Bad, app.texts.with("cli-subscribe-not", &[account, count]))
        }
    }
}

fn json_of(standing: &Standing) -> Value {
    let accounts = standing.accounts.iter().map(|line| {
        json!({
            "account": line.account.as_str(),
            "subscribed": line.apps.is_ok().then_some(line.ours.is_some()),
            "callback": line.ours.as_ref().and_then(|app| app.callback.as_deref()),
            "apps": line.apps.as_ref().ok().map(|apps| {
                apps.iter().map(|app| json!({"id": app.id.as_str(), "name": app.name.as_str()})).collect::<Vec<_>>()
            }),
            "error": line.apps.as_ref().err().map(|problem| problem.sentence.as_str()),
        })
    });
    let of_app = standing.app.as_ref().map(|app| match app {
        Ok(Some(app)) => json!({"subscribed": true, "active": app.active, "callback": app.callback,
            "fields": app.fields.iter().map(|field| field.as_str()).collect::<Vec<_>>()}),
        Ok(None) => json!({"subscribed": false}),
        Err(problem) => json!({"error": problem.sentence}),
    });
    let handshake = standing.handshake.as_ref().map(|(url, handshake)| {
        let (answer, detail) = match handshake {
            Handshake::Answered => ("answered", Value::Null),
            Handshake::Refused(status) => ("refused", json!(status)),
            Handshake::Different => ("different", Value::Null),
            Handshake::Unreachable(reason) => ("unreachable", json!(reason)),
        };
        json!({"callback": url.as_str(), "answer": answer, "detail": detail})
    });
    json!({
        "complete": standing.is_complete(),
        "app_id": standing.app_id,
        "app": of_app,
        "missing_fields": standing.missing_fields,
        "handshake": handshake,
        "accounts": accounts.collect::<Vec<_>>(),
    })
}
