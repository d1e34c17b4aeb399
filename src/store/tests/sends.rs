//! R36, R37: the journal of sends.

use super::*;
use crate::domain::{
    MessageId,
    delivery::{DeliveryPath, Endpoint, PricingCategory, ProductPolicy},
};

fn send(to: &str, at: Timestamp) -> NewSend {
    NewSend {
        at,
        account: "1".into(),
        number: "71".into(),
        template: "offer".into(),
        language: "en_US".into(),
        recipient: to.into(),
        requested: Endpoint::MarketingMessages,
        policy: Some(ProductPolicy::Strict),
    }
}

fn taken_on(id: &str) -> Settled {
    Settled { outcome: SendResult::Accepted, message_id: Some(id.into()), code: None, fbtrace_id: None, sentence: None }
}

fn told(progress: MessageProgress, category: Option<PricingCategory>) -> KeptStatus {
    KeptStatus { progress, at: Timestamp::now(), category, failure: None }
}

fn only(store: &Store) -> KeptSend {
    store.sends("default", None, 9).unwrap().remove(0)
}

#[test]
fn r37_a_send_that_was_never_answered_stays_unknown_after_a_restart() {
    let (directory, first) = store();
    let answered = first.begin_send("default", &send("49301", now())).unwrap();
    first.begin_send("default", &send("49302", after(1))).unwrap();
    first.settle_send(answered, &taken_on("wamid.1")).unwrap();
    drop(first);
    let again = Store::open(&directory.path().join("deep/wabadeck.db")).unwrap();
    let kept = again.sends("default", Some(&"1".into()), 9).unwrap();
    let outcomes: Vec<SendResult> = kept.iter().map(|send| send.settled.outcome).collect();
    assert_eq!(outcomes, [SendResult::Unknown, SendResult::Accepted]);
    assert_eq!(kept[1].send, send("49301", now()));
    assert_eq!(again.sends("other", None, 9).unwrap(), []);
}

#[test]
fn r36_statuses_go_forward_only_and_a_known_path_is_not_forgotten() {
    let (_directory, store) = store();
    let id = store.begin_send("default", &send("49301", now())).unwrap();
    store.settle_send(id, &taken_on("wamid.1")).unwrap();
    assert_eq!(only(&store).path(), DeliveryPath::NotYetKnown);
    let message = MessageId::from("wamid.1");
    assert!(store.record_status(&message, &told(MessageProgress::Delivered, Some(PricingCategory::MarketingLite))).unwrap());
    assert!(store.record_status(&message, &told(MessageProgress::Sent, None)).unwrap());
    assert!(store.record_status(&message, &told(MessageProgress::Read, Some(PricingCategory::from_wire("new")))).unwrap());
    let kept = only(&store);
    assert_eq!(kept.status.as_ref().unwrap().progress, MessageProgress::Read);
    assert_eq!(kept.path(), DeliveryPath::Optimized);
}

#[test]
fn r36_a_status_that_is_quicker_than_the_answer_is_joined_to_it() {
    let (_directory, store) = store();
    let id = store.begin_send("default", &send("49301", Timestamp::now())).unwrap();
    let message = MessageId::from("wamid.1");
    let failed = KeptStatus { failure: Some(131_049), ..told(MessageProgress::Failed, None) };
    assert!(!store.record_status(&message, &failed).unwrap());
    assert!(!store.record_status(&message, &told(MessageProgress::Sent, Some(PricingCategory::Marketing))).unwrap());
    store.settle_send(id, &taken_on("wamid.1")).unwrap();
    let kept = only(&store);
    assert_eq!(kept.status.as_ref().unwrap().progress, MessageProgress::Failed);
    assert_eq!((kept.failure(), kept.path()), (Some(131_049), DeliveryPath::CloudApi));
}

#[test]
fn statuses_of_messages_that_other_programs_sent_are_left_out() {
    let (_directory, store) = store();
    let id = store.begin_send("default", &send("49301", Timestamp::now())).unwrap();
    store.settle_send(id, &taken_on("wamid.1")).unwrap();
    let stranger = MessageId::from("wamid.2");
    assert!(!store.record_status(&stranger, &told(MessageProgress::Sent, None)).unwrap());
    let later = store.begin_send("default", &send("49302", Timestamp::now())).unwrap();
    store.settle_send(later, &taken_on("wamid.2")).unwrap();
    assert_eq!(only(&store).status, None);
}

#[test]
fn the_last_use_of_a_template_is_that_of_its_language_and_only_what_was_taken_on() {
    let (_directory, store) = store();
    let id = store.begin_send("default", &send("49301", now())).unwrap();
    let last = |language| store.last_use("default", &"1".into(), "offer", language).unwrap();
    assert_eq!(last("en_US"), None);
    store.settle_send(id, &taken_on("wamid.1")).unwrap();
    assert_eq!((last("en_US"), last("fr")), (Some(now()), None));
}
