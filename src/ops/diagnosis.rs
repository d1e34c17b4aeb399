//! Everything that is known of an account, put together for its diagnosis. What cannot be had is left out, never guessed.

#[cfg(test)]
mod tests;

use jiff::{Timestamp, ToSpan};

use super::{
    Problem, Session, fleet,
    history::{History, in_background},
    sign_in,
};
use crate::{
    domain::{
        Account, Template, WabaId,
        diagnosis::{self, FailureFacts, Finding, Known, LimitOf, TokenFacts, UsageFacts},
        event::Event,
    },
    graph::{Subject, Usage, token::TokenInfo},
    store::{KeptSend, MessageProgress, Query, SendResult, Window},
};

/// How far back changes are looked at.
pub const DAYS: i64 = 30;
/// Changes and sends that are looked at, at most.
const MOST: u32 = 500;

/// What was kept of an account.
#[derive(Debug, Clone, Default)]
pub struct Past {
    /// What changed in the last 30 days, and whatever was announced before and still stands; the newest first.
    pub events: Vec<Event>,
    /// Sends that failed, the newest first.
    pub failures: Vec<FailureFacts>,
    /// When the account was first looked at: nothing is known of the time before.
    pub first_seen: Option<Timestamp>,
    /// Why none of this is known, where the history could not be read.
    pub unread: Option<Problem>,
}

/// Everything that is known of an account.
#[derive(Debug, Clone)]
pub struct Dossier {
    /// The account.
    pub account: Account,
    /// Its templates, or why they could not be read.
    pub templates: Result<Vec<Template>, Problem>,
    /// What the token is, where Meta told.
    pub token: Option<TokenFacts>,
    /// How much of the limits of calls is used.
    pub usage: Vec<UsageFacts>,
    /// What was kept.
    pub past: Past,
    /// When it was put together.
    pub at: Timestamp,
}

impl Dossier {
    /// What is wrong, the first blocking cause on top.
    pub fn findings(&self) -> Vec<Finding> {
        diagnosis::diagnose(&Known {
            account: &self.account,
            templates: self.templates.as_ref().ok().map(|templates| templates.iter().collect()),
            token: self.token.as_ref(),
            usage: &self.usage,
            failures: &self.past.failures,
            events: &self.past.events,
            now: self.at,
        })
    }
}

/// Reads what belongs to an account and puts it together.
pub async fn gather(session: &Session, account: Account, token: Option<&TokenInfo>) -> Dossier {
    let (templates, past) = tokio::join!(fleet::load_templates(session, &account.id), past(session, &account.id));
    // A history that cannot be read tells nothing; the rest of the diagnosis stands without it.
    let past = past.unwrap_or_else(|problem| {
        tracing::warn!(%problem, "The history could not be read");
        Past { unread: Some(problem), ..Past::default() }
    });
    let usage = usage_facts(&session.usage(), &account);
    Dossier { templates, token: token.map(token_facts), usage, past, at: Timestamp::now(), account }
}

/// What was kept of an account in the last 30 days, with the announcements before that still stand.
///
/// # Errors
/// A store that cannot be read.
pub async fn past(session: &Session, account: &WabaId) -> Result<Past, Problem> {
    past_in(&History::of(session).await?, account).await
}

async fn past_in(history: &History, account: &WabaId) -> Result<Past, Problem> {
    let since = Timestamp::now() - (DAYS * 24).hours();
    // What happened to the portfolio happened to each of its accounts, whichever of them Meta named.
    let query = Query { account: Some(account.clone()), since: Some(since), ..Query::default() };
    let page = history.page(query, Window::Newest, MOST).await?;
    let mut events: Vec<Event> = page.into_iter().map(|kept| kept.event).collect();
    let (store, profile) = history.parts();
    let wanted = account.clone();
    let standing = in_background({
        let (store, profile, wanted) = (store.clone(), profile.clone(), wanted.clone());
        move || Ok((store.standing(&profile, &wanted)?, store.first_seen(&profile, &wanted)?))
    });
    let (standing, first_seen) = standing.await?;
    // What is older than all of these, or was pushed out by them, and still holds.
    let missing: Vec<Event> = standing.into_iter().filter(|event| !events.contains(event)).collect();
    events.extend(missing);
    events.sort_by_key(|event| std::cmp::Reverse(event.at));
    let sends = in_background(move || store.sends(&profile, Some(&wanted), MOST)).await?;
    Ok(Past { events, failures: sends.iter().filter_map(failure).collect(), first_seen, unread: None })
}

/// A send that failed or was refused; nothing of one that did not.
fn failure(kept: &KeptSend) -> Option<FailureFacts> {
    let failed = kept.status.as_ref().filter(|status| status.progress == MessageProgress::Failed);
    if failed.is_none() && kept.settled.outcome != SendResult::Refused {
        return None;
    }
    Some(FailureFacts {
        at: failed.map_or(kept.send.at, |status| status.at),
        code: kept.failure(),
        words: kept.settled.sentence.clone().unwrap_or_default(),
        fbtrace_id: kept.settled.fbtrace_id.clone(),
        template: kept.send.template.clone(),
        recipient: kept.send.recipient.clone(),
    })
}

/// What Meta said of a token, as far as a diagnosis needs it.
pub fn token_facts(info: &TokenInfo) -> TokenFacts {
    // A token of which no permission is told lacks none that is known of.
    let lacks = if info.scopes.is_empty() { Vec::new() } else { sign_in::lacking(info) };
    TokenFacts {
        valid: info.valid,
        expires: info.expires,
        data_access_expires: info.data_access_expires,
        lacks: lacks.into_iter().map(|permission| permission.scope().into()).collect(),
    }
}

/// The limits of calls that concern an account: the app's, its own, its portfolio's.
pub fn usage_facts(usage: &[Usage], account: &Account) -> Vec<UsageFacts> {
    let portfolio = account.portfolio.as_ref().map(|portfolio| portfolio.id.as_str());
    let of = |subject: &Subject| match subject {
        Subject::App => Some(LimitOf::App),
        Subject::Object(id) if id.as_str() == account.id.as_str() || Some(id.as_str()) == portfolio => Some(LimitOf::Account),
        Subject::Object(_) => None,
    };
    let facts =
        |usage: &Usage| Some(UsageFacts { of: of(&usage.subject)?, percent: usage.percent, resting_until: usage.resting_until });
    usage.iter().filter_map(facts).collect()
}
