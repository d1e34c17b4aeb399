//! What a draft of the composed message is, and when it is to be kept.

use jiff::{SignedDuration, Timestamp};

use crate::{
    domain::{
        delivery::DeliveryChoice,
        message::{Content, Draft, TemplateKey},
    },
    store::KeptDraft,
    tui::model::Model,
};

/// Pause after the last change, after which a draft is kept.
const PAUSE: SignedDuration = SignedDuration::from_millis(500);
/// Longest time that changes wait while somebody goes on typing.
const LONGEST: SignedDuration = SignedDuration::from_secs(2);

/// How the draft of the composed message stands.
#[derive(Debug, Default)]
pub struct Autosave {
    /// Its id, once something was changed.
    pub id: Option<String>,
    /// The message as it was kept, or as it began.
    last: Option<Draft>,
    /// When something was first changed since.
    changed: Option<Timestamp>,
    /// When it is kept.
    pub due: Option<Timestamp>,
}

impl Autosave {
    /// For a message that was just taken from a draft of this id; an empty id makes it another one.
    pub fn of(id: String, draft: Draft) -> Self {
        Self { id: Some(id).filter(|id| !id.is_empty()), last: Some(draft), ..Self::default() }
    }

    /// Notes the message as it is now.
    pub fn note(&mut self, draft: Draft, now: Timestamp) {
        let Some(last) = &self.last else {
            self.last = Some(draft);
            return;
        };
        let worth_keeping = !draft.values.is_empty()
            || matches!(&draft.content, Content::FreeForm(message) if !message.is_blank())
            || draft.choice != DeliveryChoice::default()
            || draft.recipients.iter().any(|recipient| !recipient.trim().is_empty());
        if *last == draft || !(worth_keeping || self.id.is_some()) {
            return;
        }
        self.last = Some(draft);
        let first = *self.changed.get_or_insert(now);
        let latest = first.checked_add(LONGEST).unwrap_or(now);
        self.due = Some(now.checked_add(PAUSE).unwrap_or(now).min(latest));
        self.id.get_or_insert_with(|| format!("{}", now.as_millisecond()));
    }

    /// What is to be kept, if it is time or `at_once` is asked for.
    fn take(&mut self, now: Timestamp, at_once: bool) -> Option<(String, Draft)> {
        if !self.due.is_some_and(|due| at_once || due <= now) {
            return None;
        }
        (self.due, self.changed) = (None, None);
        self.id.clone().zip(self.last.clone())
    }
}

impl Model {
    /// The message as it is composed, whether or not it is whole; `None` before there is a template.
    pub fn message_draft(&self) -> Option<Draft> {
        let composer = &self.composer;
        Some(Draft {
            account: composer.account.clone()?,
            number: composer.number.clone().unwrap_or_default(),
            content: match self.free_form() {
                Some(message) => Content::FreeForm(message),
                None => Content::Template(TemplateKey::of(self.composed_template()?)),
            },
            recipients: composer.recipients(),
            values: composer.values(),
            choice: composer.message.choice,
        })
    }

    /// The draft that is to be kept now, if any is.
    pub fn draft_to_keep(&mut self, at_once: bool) -> Option<KeptDraft> {
        let now = self.now;
        let (id, draft) = self.composer.message.autosave.take(now, at_once)?;
        let account = self.fleet.get(&draft.account);
        let account_name = account.map(|account| crate::wording::account_name(account)).unwrap_or_default();
        Some(KeptDraft { id, saved: now, account_name, draft })
    }

    /// The composed message as a draft to hand on.
    pub fn draft_to_export(&self) -> Option<KeptDraft> {
        let draft = self.message_draft()?;
        let account_name = self.composed_account().map(|account| crate::wording::account_name(account)).unwrap_or_default();
        let id = self.composer.message.autosave.id.clone().unwrap_or_default();
        Some(KeptDraft { id, saved: self.now, account_name, draft })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(milliseconds: i64) -> Timestamp {
        Timestamp::from_millisecond(1_790_000_000_000 + milliseconds).unwrap()
    }

    fn draft(value: &str) -> Draft {
        let id = "body.1".parse().unwrap();
        Draft { values: [(id, value.to_owned())].into_iter().collect(), ..Draft::default() }
    }

    #[test]
    fn a_draft_is_kept_shortly_after_typing_stops_and_not_for_ever_later() {
        let mut autosave = Autosave::default();
        autosave.note(Draft::default(), at(0));
        assert_eq!(autosave.due, None, "what nobody changed is no draft");
        autosave.note(draft("A"), at(100));
        assert_eq!(autosave.take(at(500), false), None);
        for step in 1..30 {
            autosave.note(draft(&"A".repeat(step + 1)), at(100 + 100 * i64::try_from(step).unwrap()));
        }
        assert_eq!(autosave.due, Some(at(2_100)), "who goes on typing is not kept waiting for ever");
        let (id, kept) = autosave.take(at(2_100), false).unwrap();
        assert_eq!((id.as_str(), kept), ("1790000000100", draft(&"A".repeat(30))));
        autosave.note(draft(&"A".repeat(30)), at(3_000));
        assert_eq!(autosave.due, None, "what is kept is not kept again");
    }

    #[test]
    fn leaving_keeps_at_once() {
        let mut autosave = Autosave::default();
        autosave.note(Draft::default(), at(0));
        autosave.note(draft("A"), at(1));
        assert!(autosave.take(at(2), true).is_some());
        assert!(autosave.take(at(3), true).is_none());
    }
}
