//! Follows webhooks while the dashboard is open: its own receiver, where one is set, and those of others on this machine.

use std::time::Duration;

use tokio::{sync::mpsc, time::timeout};

use crate::{
    domain::graph_error::ErrorClass,
    ops::{
        Problem, Session,
        history::History,
        listen::{self, Follower, ListenOptions, News, Receiver},
        subscribe,
    },
    tui::msg::Msg,
};

/// News that come within this time are one: a burst must not have an account read again for each of its webhooks.
const TOGETHER: Duration = Duration::from_millis(250);

/// Reports that are passed on together at most.
const MOST_REPORTS: usize = 1_000;

/// Follows until it is dropped.
pub(super) async fn follow(session: Session, messages: mpsc::UnboundedSender<Msg>) {
    // Its port closes when this ends.
    let _receiver = match receive(&session).await {
        Ok(receiver) => receiver,
        Err(problem) => {
            let _ = messages.send(Msg::WebhooksRefused(Box::new(problem)));
            None
        }
    };
    if let Err(problem) = pass_on(&session, &messages).await {
        // That the history cannot be used is said on the screen by whoever keeps it.
        tracing::warn!(reason = %problem.sentence, "Webhooks are not followed");
    }
    std::future::pending().await
}

async fn pass_on(session: &Session, messages: &mpsc::UnboundedSender<Msg>) -> Result<(), Problem> {
    let mut follower = Follower::begin(session).await?;
    while let Some(mut news) = follower.next().await? {
        while news.reports.len() < MOST_REPORTS
            && let Ok(more) = timeout(TOGETHER, follower.next()).await
        {
            let Some(more) = more? else { break };
            join(&mut news, more);
        }
        if messages.send(Msg::WebhooksArrived(Box::new(news))).is_err() {
            break;
        }
    }
    Ok(())
}

fn join(news: &mut News, more: News) {
    news.reports.extend(more.reports);
    news.changes.extend(more.changes);
    for account in more.accounts {
        if !news.accounts.contains(&account) {
            news.accounts.push(account);
        }
    }
}

/// Opens the receiver that the settings ask for.
async fn receive(session: &Session) -> Result<Option<Receiver>, Problem> {
    let settings = session.settings();
    let Some(address) = settings.webhook.filter(|_| !session.is_embedded()) else { return Ok(None) };
    if settings.app_secret.is_none() {
        return Err(Problem::told("webhooks-no-secret", &[], ErrorClass::Configuration));
    }
    let verify_token = match &settings.verify_token {
        Some(token) => token.clone(),
        None => subscribe::own_verify_token(&settings.paths)?.0,
    };
    let history = History::of(session).await?;
    // What it hears comes back by the bell, as from a receiver elsewhere; nobody reads it here.
    let (heard, _) = mpsc::channel(1);
    let options = ListenOptions { address, verify_token, app_secret: settings.app_secret.clone() };
    listen::listen(&history, options, heard).await.map(Some)
}
