//! What webhooks told while the dashboard is open: messages move on, and the accounts they are about are read again.

use crate::{
    domain::{WabaId, event::Headline},
    ops::listen::News,
    text,
    tui::{
        effect::Effect,
        model::{Model, Screen},
        update::{account, composer, say},
    },
};

/// Accounts that are read again one by one; of more, the next refresh tells.
const MOST: usize = 50;

/// Accounts that this token does not see and that are asked for, at most, while the dashboard is open.
const MOST_STRANGERS: usize = 1_000;

/// Takes in the news.
pub fn arrived(model: &mut Model, news: &News) -> Vec<Effect> {
    for report in &news.reports {
        composer::take_report(model, report);
    }
    let (known, unseen): (Vec<WabaId>, Vec<WabaId>) = news.accounts.iter().cloned().partition(|id| model.fleet.get(id).is_some());
    let known: Vec<WabaId> = known.into_iter().take(MOST).collect();
    let mut wanted = known.clone();
    wanted.extend(strangers(model, unseen, news));
    wanted.truncate(MOST);
    if wanted.is_empty() {
        return Vec::new();
    }
    if !news.changes.is_empty() && !known.is_empty() {
        let words = match known.as_slice() {
            [only] => {
                let name = model.fleet.get(only).map(|account| text::clean(&account.name).into_owned()).unwrap_or_default();
                model.texts.with("webhooks-one", &[("name", name.into())])
            }
            several => {
                let count = i64::try_from(several.len()).unwrap_or(i64::MAX);
                model.texts.with("webhooks-several", &[("count", count.into())])
            }
        };
        say(model, words, false);
    }
    let mut effects = vec![Effect::ReloadAccounts(wanted)];
    effects.extend(study(model, news));
    effects
}

/// What was announced is in no answer of Meta's: the account on the screen is looked up in the history again, and its templates
/// are read again where they changed.
fn study(model: &mut Model, news: &News) -> Vec<Effect> {
    let Screen::Account(id) = &model.screen else { return Vec::new() };
    let mut about = news.changes.iter().filter(|change| change.account.as_ref() == Some(id)).peekable();
    if about.peek().is_none() {
        return Vec::new();
    }
    let templates = about.any(|change| change.kind.is_of_template());
    account::study(model, templates)
}

/// Accounts that were not seen yet and are worth asking for, all of them with one call. An app's webhooks are about all of its
/// accounts, also those that this token does not see: each is asked for once, and again when access to it is given.
fn strangers(model: &mut Model, unseen: Vec<WabaId>, news: &News) -> Vec<WabaId> {
    if model.fleet.resting_until(model.now).is_some() {
        return Vec::new();
    }
    let given = |id: &WabaId| {
        news.changes.iter().any(|change| change.account.as_ref() == Some(id) && change.headline() == Headline::AccessGiven)
    };
    let asked = &mut model.fleet.strangers;
    let mut wanted = Vec::new();
    for id in unseen {
        if wanted.len() < MOST && asked.len() < MOST_STRANGERS && (asked.insert(id.clone()) || given(&id)) {
            wanted.push(id);
        }
    }
    wanted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{
            account::OnboardingStatus,
            event::{Event, EventKind, differences},
            fixtures::now,
        },
        tui::{
            msg::Msg,
            testing::{account, model_with, press},
            update::update,
        },
    };

    #[test]
    fn what_webhooks_tell_of_known_accounts_is_read_again_at_once() {
        let mut model = model_with(vec![account("1", "One", "9", OnboardingStatus::Onboarded)]);
        let news = News { accounts: vec!["1".into()], ..News::default() };
        let effects = update(&mut model, Msg::WebhooksArrived(Box::new(news)));
        assert!(matches!(effects.as_slice(), [Effect::ReloadAccounts(ids)] if ids.len() == 1), "{effects:?}");
    }

    #[test]
    fn an_account_that_was_not_seen_yet_is_asked_for_once_and_again_when_access_is_given() {
        let mut model = model_with(vec![account("1", "One", "9", OnboardingStatus::Onboarded)]);
        let arrived = |model: &mut Model, changes: Vec<Event>| {
            let news = News { accounts: vec!["2".into()], changes, ..News::default() };
            !update(model, Msg::WebhooksArrived(Box::new(news))).is_empty()
        };
        assert!(arrived(&mut model, Vec::new()));
        assert!(!arrived(&mut model, Vec::new()), "what the token does not see is not asked for again and again");
        let given = Event {
            account: Some("2".into()),
            after: Some("PARTNER_ADDED".into()),
            ..differences(
                &account("2", "Two", "9", OnboardingStatus::Eligible),
                &account("2", "Two", "9", OnboardingStatus::Onboarded),
                now(),
            )
            .remove(0)
        };
        assert!(arrived(&mut model, vec![Event { kind: EventKind::Partner, ..given }]));
        assert!(model.toast.is_none(), "nothing is said of what is not on the screen");
    }

    #[test]
    fn what_is_announced_of_the_account_on_the_screen_is_looked_up_at_once() {
        let mut model = model_with(vec![account("1", "One", "9", OnboardingStatus::Onboarded)]);
        press(&mut model, "enter");
        assert!(matches!(model.screen, Screen::Account(_)));
        let changes = |id: &str| {
            let seen = differences(
                &account("1", "One", "9", OnboardingStatus::Eligible),
                &account("1", "One", "9", OnboardingStatus::Onboarded),
                now(),
            )
            .remove(0);
            vec![Event { account: Some(id.into()), kind: EventKind::Disabling, after: Some("REINSTATE".into()), ..seen }]
        };
        let mut arrived = |id: &str| {
            let news = News { accounts: vec![id.into()], changes: changes(id), ..News::default() };
            let effects = update(&mut model, Msg::WebhooksArrived(Box::new(news)));
            effects.iter().any(|effect| matches!(effect, Effect::StudyAccount { account, .. } if account.as_str() == "1"))
        };
        assert!(arrived("1"));
        assert!(!arrived("2"), "another account is no reason");
    }
}
