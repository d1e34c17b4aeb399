//! Failures by code and way, and who is exported for which reason.

use super::*;
use crate::{
    domain::{
        MessageId,
        delivery::{Endpoint, PricingCategory},
        fixtures::after,
    },
    store::{KeptStatus, MessageProgress, NewSend, SendResult, Settled},
};

/// Sends at a second and has a webhook tell what became of it a second later.
fn send(store: &Store, second: i64, to: &str, requested: Endpoint, status: Option<(MessageProgress, Option<i64>)>) {
    let id = MessageId::new(format!("wamid.{second}{to}"));
    let new = NewSend {
        at: after(second),
        account: "1".into(),
        number: "7".into(),
        template: if second % 2 == 0 { "even" } else { "odd" }.to_owned(),
        language: "en".to_owned(),
        recipient: to.to_owned(),
        requested,
        policy: None,
    };
    let place = store.begin_send("default", &new).unwrap();
    let settled =
        Settled { outcome: SendResult::Accepted, message_id: Some(id.clone()), code: None, fbtrace_id: None, sentence: None };
    store.settle_send(place, &settled).unwrap();
    if let Some((progress, failure)) = status {
        let status = KeptStatus { progress, at: after(second + 1), category: None, failure };
        assert!(store.record_status(&id, &status).unwrap());
    }
}

const FAILED: MessageProgress = MessageProgress::Failed;
const OPTIMIZED: Endpoint = Endpoint::MarketingMessages;

fn recipients(store: &Store, reason: RetargetReason, since: i64) -> Vec<(String, u32)> {
    let found = store.retarget("default", None, reason, after(since)).unwrap();
    found.into_iter().map(|found| (found.recipient, found.times)).collect()
}

#[test]
fn r38_who_has_to_wait_and_who_must_never_be_written_to_again_are_told_apart() {
    let store = Store::in_memory().unwrap();
    send(&store, 0, "491", OPTIMIZED, Some((FAILED, Some(131_049))));
    send(&store, 10, "491", OPTIMIZED, Some((FAILED, Some(131_049))));
    send(&store, 20, "492", OPTIMIZED, Some((FAILED, Some(131_050))));
    send(&store, 30, "493", OPTIMIZED, Some((FAILED, Some(131_026))));
    send(&store, 40, "494", OPTIMIZED, Some((MessageProgress::Delivered, None)));
    send(&store, 50, "495", OPTIMIZED, None);
    assert_eq!(recipients(&store, RetargetReason::Wait, 0), [("491".to_owned(), 2)]);
    assert_eq!(recipients(&store, RetargetReason::Never, 0), [("492".to_owned(), 1)]);
    assert_eq!(recipients(&store, RetargetReason::Wait, 11), []);
    let last = &store.retarget("default", Some(&"1".into()), RetargetReason::Wait, after(0)).unwrap()[0];
    assert_eq!((last.at, last.template.as_str()), (after(11), "even"));
    assert_eq!(store.retarget("default", Some(&"2".into()), RetargetReason::Wait, after(0)).unwrap(), []);
    assert_eq!(store.retarget("other", None, RetargetReason::Wait, after(0)).unwrap(), []);
}

#[test]
fn r38_who_was_reached_later_need_not_wait_but_who_wants_no_marketing_stays() {
    let store = Store::in_memory().unwrap();
    for (to, code) in [("491", 131_049), ("492", 131_050)] {
        send(&store, 0, to, OPTIMIZED, Some((FAILED, Some(code))));
        send(&store, 100, to, Endpoint::Messages, Some((MessageProgress::Read, None)));
    }
    assert_eq!(recipients(&store, RetargetReason::Wait, 0), []);
    assert_eq!(recipients(&store, RetargetReason::Never, 0), [("492".to_owned(), 1)]);
}

#[test]
fn failures_are_counted_by_code_and_by_the_way_that_was_taken() {
    let store = Store::in_memory().unwrap();
    send(&store, 0, "1", OPTIMIZED, Some((FAILED, Some(131_049))));
    send(&store, 2, "2", OPTIMIZED, Some((FAILED, Some(131_049))));
    send(&store, 3, "3", Endpoint::Messages, Some((FAILED, Some(131_049))));
    send(&store, 4, "4", OPTIMIZED, Some((FAILED, Some(131_026))));
    let fell_back =
        KeptStatus { progress: FAILED, at: after(9), category: Some(PricingCategory::Marketing), failure: Some(131_026) };
    store.record_status(&MessageId::new("wamid.44"), &fell_back).unwrap();
    let count = |code, method, count| FailureCount { code, method, count };
    let all = store.failures("default", &"1".into(), None, after(0)).unwrap();
    let expected =
        [count(131_049, Method::Optimized, 2), count(131_026, Method::CloudApi, 1), count(131_049, Method::CloudApi, 1)];
    assert_eq!(all, expected);
    assert_eq!(store.failures("default", &"1".into(), Some("odd"), after(0)).unwrap(), [count(131_049, Method::CloudApi, 1)]);
    assert_eq!(store.failures("default", &"1".into(), None, after(5)).unwrap(), []);
}
