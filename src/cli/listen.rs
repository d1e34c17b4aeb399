//! `wabadeck listen`: takes webhooks from Meta, keeps them, and prints what they tell. It decides nothing about them.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::{
    App, Exit, Failure, event_line,
    output::{self, complain},
};
use crate::{
    ops::{
        history::History,
        listen::{self, Heard, ListenOptions},
        subscribe,
    },
    text,
    web::{MessageStatus, StatusError, StatusEvent},
};

/// Events that wait to be printed before reading waits, too. Keeping never waits for it.
const QUEUE: usize = 1_024;

/// Arguments of `wabadeck listen`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The port.
    #[arg(long, value_name = "PORT")]
    pub port: u16,
    /// The address.
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    pub address: IpAddr,
    /// What Meta's verification must repeat.
    #[arg(long, value_name = "TOKEN", env = "WABADECK_VERIFY_TOKEN", hide_env_values = true)]
    pub verify_token: Option<String>,
    /// Believes everybody.
    #[arg(long)]
    pub insecure_unsigned: bool,
    /// One JSON object per line.
    #[arg(long)]
    pub json: bool,
}

/// Listens until it is told to end.
pub async fn run(app: &App, arguments: &Args) -> Result<Exit, Failure> {
    let settings = app.settings()?;
    settings.warnings.iter().for_each(|warning| complain(warning));
    let app_secret = match (&settings.app_secret, arguments.insecure_unsigned) {
        (Some(secret), _) => Some(secret.clone()),
        (None, true) => None,
        (None, false) => return Err(Failure::said(Exit::Usage, app.texts.get("cli-listen-no-secret"))),
    };
    let history = History::without_session(settings).await?;
    let verify_token = verify_token(app, arguments.verify_token.as_deref())?;
    let (sender, mut heard) = mpsc::channel(QUEUE);
    let address = SocketAddr::new(arguments.address, arguments.port);
    let is_signed = app_secret.is_some();
    let receiver = listen::listen(&history, ListenOptions { address, verify_token, app_secret }, sender).await?;
    complain(&app.texts.with("cli-listen-ready", &[("address", receiver.address().to_string().into())]));
    if !is_signed {
        complain(&app.texts.get("cli-listen-unsigned"));
    }
    let mut receiver = Some(receiver);
    let mut told_to_end = std::pin::pin!(super::sandbox::interrupted());
    loop {
        tokio::select! {
            told = heard.recv() => match told {
                Some(Heard::Failed(problem)) => complain(&problem.to_text(app.texts.language())),
                // Without a reader it goes on: what comes must be kept all the same.
                Some(heard) => { output::print(&line(app, &heard, arguments.json)); }
                None => return Ok(Exit::Done),
            },
            () = &mut told_to_end, if receiver.is_some() => {
                if let Some(receiver) = receiver.take() {
                    // In the background, while what it still tells is printed; the channel ends with it.
                    tokio::spawn(receiver.end());
                }
            }
        }
    }
}

/// The token that was named, else the one that is kept; a new one is told, because Meta's form asks for it.
pub(super) fn verify_token(app: &App, named: Option<&str>) -> Result<SecretString, Failure> {
    if let Some(token) = named.filter(|token| !token.is_empty()) {
        return Ok(SecretString::from(token));
    }
    let (token, is_new) = subscribe::own_verify_token(&app.settings()?.paths)?;
    if is_new {
        complain(&app.texts.with("cli-listen-new-token", &[("token", token.expose_secret().to_owned().into())]));
    }
    Ok(token)
}

fn line(app: &App, heard: &Heard, as_json: bool) -> String {
    if as_json {
        return format!("{}\n", output::harmless(&json_of(heard).to_string()));
    }
    let words: Vec<String> = match heard {
        Heard::Changed(event) => return event_line::line(&app.texts, event, "", &app.zone),
        Heard::Message { account, at, status } => {
            let error = status.errors.first().map(|error| format!("{} {}", error.code, error.message)).unwrap_or_default();
            let category = status.category.as_ref().map(|category| category.as_wire().to_owned()).unwrap_or_default();
            let account = account.as_ref().map(ToString::to_string).unwrap_or_default();
            vec![
                time(app, *at),
                account,
                "message".into(),
                status.message.to_string(),
                name(&status.status).into(),
                category,
                error,
            ]
        }
        Heard::Incoming { account, at } => {
            vec![time(app, *at), account.as_ref().map(ToString::to_string).unwrap_or_default(), "incoming".into()]
        }
        Heard::Unreadable { bytes, at } => vec![time(app, *at), "unreadable".into(), bytes.to_string()],
        Heard::Failed(problem) => vec![problem.sentence.clone()],
    };
    let shown: Vec<_> = words.iter().filter(|word| !word.is_empty()).map(|word| text::clean(word)).collect();
    format!("{}\n", shown.join("  "))
}

fn time(app: &App, at: Timestamp) -> String {
    at.to_zoned(app.zone.clone()).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

fn json_of(heard: &Heard) -> Value {
    match heard {
        Heard::Changed(event) => {
            let mut value = event_line::json(event, "");
            if let Some(members) = value.as_object_mut() {
                members.insert("type".to_owned(), json!("change"));
            }
            value
        }
        Heard::Message { account, at, status } => message(account.as_ref().map(ToString::to_string), *at, status),
        Heard::Incoming { account, at } => {
            json!({"type": "incoming", "at": at.to_string(), "account": account.as_ref().map(ToString::to_string)})
        }
        Heard::Unreadable { bytes, at } => json!({"type": "unreadable", "at": at.to_string(), "bytes": bytes}),
        Heard::Failed(problem) => json!({"type": "failed", "at": problem.at.to_string(), "reason": problem.sentence}),
    }
}

fn message(account: Option<String>, at: Timestamp, status: &StatusEvent) -> Value {
    let error = |error: &StatusError| json!({"code": error.code, "message": text::clean(&error.message)});
    let errors: Vec<Value> = status.errors.iter().map(error).collect();
    json!({
        "type": "message",
        "at": at.to_string(),
        "account": account,
        "message": text::clean(status.message.as_str()),
        "status": text::clean(name(&status.status)),
        "category": status.category.as_ref().map(|category| category.as_wire()),
        "errors": errors,
    })
}

fn name(status: &MessageStatus) -> &str {
    match status {
        MessageStatus::Sent => "sent",
        MessageStatus::Delivered => "delivered",
        MessageStatus::Read => "read",
        MessageStatus::Played => "played",
        MessageStatus::Failed => "failed",
        MessageStatus::Unknown(status) => status,
    }
}
