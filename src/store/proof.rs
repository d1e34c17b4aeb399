//! What was kept that shows that optimized delivery is on for an account.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::{Store, StoreError, moment};
use crate::domain::{
    WabaId,
    account::{OnboardingStatus, TermsStatus},
    delivery::PricingCategory,
    event::{EventKind, Source, Sources},
    upgrade::Proof,
};

impl Store {
    /// When the account was first looked at; what changed before is not known.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn first_seen(&self, profile: &str, account: &WabaId) -> Result<Option<Timestamp>, StoreError> {
        self.with(|connection| {
            connection
                .query_row(
                    "SELECT at FROM facts WHERE profile = ?1 AND account = ?2 AND kind = ?3 AND subject = ''",
                    params![profile, account.as_str(), EventKind::Appeared.as_wire()],
                    |row| Ok(moment(row.get(0)?)),
                )
                .optional()
        })
    }

    /// What was seen of the account turning on, and being on.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn proof(&self, profile: &str, account: &WabaId) -> Result<Proof, StoreError> {
        let (on, signed) = (OnboardingStatus::Onboarded, TermsStatus::Signed);
        let (onboarding, terms) = (EventKind::Onboarding, EventKind::Terms);
        self.with(|connection| {
            let latest = "SELECT at, sources FROM events WHERE profile = ?1 AND account = ?2 AND kind = ?3 AND after = ?4";
            let event = |condition: &str, kind: &EventKind, after: &str| {
                connection
                    .query_row(
                        &format!("{latest} {condition} ORDER BY at DESC, id DESC LIMIT 1"),
                        params![profile, account.as_str(), kind.as_wire(), after],
                        |row| Ok((moment(row.get(0)?), Sources::from_bits(row.get(1)?))),
                    )
                    .optional()
            };
            let webhook = format!("AND sources & {} <> 0", Sources::from(Source::Webhook).bits());
            let first_seen_on = connection
                .query_row(
                    "SELECT at FROM facts WHERE profile = ?1 AND account = ?2 AND kind = ?3 AND subject = '' AND value = ?4",
                    params![profile, account.as_str(), onboarding.as_wire(), on.as_wire()],
                    |row| Ok(moment(row.get(0)?)),
                )
                .optional()?;
            let went_optimized: Option<i64> = connection.query_row(
                "SELECT max(coalesce(status_at, at)) FROM sends WHERE profile = ?1 AND account = ?2 AND category = ?3",
                params![profile, account.as_str(), PricingCategory::MarketingLite.as_wire()],
                |row| row.get(0),
            )?;
            let turned_on: Option<(Timestamp, Sources)> = event("", &onboarding, on.as_wire())?;
            Ok(Proof {
                turned_on,
                first_seen_on: first_seen_on.filter(|_| turned_on.is_none()),
                told_by_webhook: event(&webhook, &terms, signed.as_wire())?.map(|(at, _)| at),
                went_optimized: went_optimized.map(moment),
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        event::Event,
        fixtures::{account, after},
    };

    #[test]
    fn the_first_look_at_an_account_stays_whatever_changes_later() {
        let store = Store::in_memory().unwrap();
        let known = |status| [account("1", status)];
        assert_eq!(store.first_seen("p", &"1".into()).unwrap(), None);
        store.observe("p", &known(OnboardingStatus::Eligible), true, after(0)).unwrap();
        store.observe("p", &known(OnboardingStatus::Onboarded), true, after(900)).unwrap();
        assert_eq!(store.first_seen("p", &"1".into()).unwrap(), Some(after(0)));
        assert_eq!(store.first_seen("other", &"1".into()).unwrap(), None);
    }

    #[test]
    fn an_account_that_was_always_on_and_one_that_turned_on_are_told_apart() {
        let store = Store::in_memory().unwrap();
        let mut accounts = vec![account("1", OnboardingStatus::Onboarded), account("2", OnboardingStatus::Eligible)];
        store.observe("p", &accounts, true, after(0)).unwrap();
        accounts[1].onboarding = OnboardingStatus::Onboarded;
        accounts[1].refreshed = Some(after(60));
        store.observe("p", &accounts, true, after(60)).unwrap();
        let always = store.proof("p", &"1".into()).unwrap();
        assert!(always.turned_on.is_none() && always.first_seen_on.is_some(), "{always:?}");
        let turned = store.proof("p", &"2".into()).unwrap();
        assert_eq!(turned.turned_on, Some((after(60), Source::Refresh.into())));
        assert_eq!(turned.first_seen_on, None);
        assert_eq!(store.proof("other", &"2".into()).unwrap(), Proof::default());
    }

    #[test]
    fn a_webhook_about_the_terms_is_a_proof_of_its_own() {
        let store = Store::in_memory().unwrap();
        let told = |sources: Sources, seconds| Event {
            at: after(seconds),
            account: Some("1".into()),
            portfolio: None,
            subject: "".into(),
            kind: EventKind::Terms,
            before: None,
            after: Some(TermsStatus::Signed.as_wire().into()),
            note: None,
            sources,
        };
        store.record("p", &[told(Source::Webhook.into(), 5), told(Source::Refresh.into(), 9)]).unwrap();
        assert_eq!(store.proof("p", &"1".into()).unwrap().told_by_webhook, Some(after(5)));
    }
}
