//! What webhooks told while the dashboard is open: messages move on, and the accounts they are about are read again.

use crate::{
    domain::WabaId,
    ops::listen::News,
    text,
    tui::{
        effect::Effect,
        model::Model,
        update::{composer, say},
    },
};

/// Accounts that are read again one by one; of more, the next refresh tells.
const MOST: usize = 50;

/// Takes in the news.
pub fn arrived(model: &mut Model, news: &News) -> Vec<Effect> {
    for report in &news.reports {
        composer::take_report(model, report);
    }
    // An app's webhooks are about all of its accounts, also those that this token does not see.
    let known: Vec<WabaId> = news.accounts.iter().filter(|id| model.fleet.get(id).is_some()).take(MOST).cloned().collect();
    if known.is_empty() {
        return Vec::new();
    }
    if !news.changes.is_empty() {
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
    vec![Effect::ReloadAccounts(known)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::account::OnboardingStatus,
        tui::{
            msg::Msg,
            testing::{account, model_with},
            update::update,
        },
    };

    #[test]
    fn what_webhooks_tell_of_known_accounts_is_read_again_at_once() {
        let mut model = model_with(vec![account("1", "One", "9", OnboardingStatus::Onboarded)]);
        let news = News { accounts: vec!["1".into(), "elsewhere".into()], ..News::default() };
        let effects = update(&mut model, Msg::WebhooksArrived(Box::new(news)));
        assert!(matches!(effects.as_slice(), [Effect::ReloadAccounts(ids)] if ids.len() == 1), "{effects:?}");
        let strange = News { accounts: vec!["elsewhere".into()], ..News::default() };
        assert!(update(&mut model, Msg::WebhooksArrived(Box::new(strange))).is_empty());
    }
}
