//! Loading the accounts while the server misbehaves: what can be survived is, what cannot is said in one sentence, and
//! when it is over everything is there again.

use std::time::Duration;

use rstest::rstest;
use wabadeck::{
    domain::{Account, account::OnboardingStatus},
    ops::fleet,
    sandbox::{Fault, Options},
};

use super::start;

fn fault(specification: &str) -> Fault {
    specification.parse().unwrap()
}

fn ids(accounts: &[Account]) -> Vec<String> {
    let mut ids: Vec<String> = accounts.iter().map(|account| account.id.to_string()).collect();
    ids.sort();
    ids
}

#[rstest]
#[case::slow("latency=30ms")]
#[case::uneven("jitter=30ms")]
#[case::unavailable_for_a_while("status=503,count=3")]
#[case::pages_of_a_proxy("html=502,count=3")]
#[case::empty_answers("empty=500,count=3")]
#[case::cut_off("truncate,count=3")]
#[case::reset("reset,count=3")]
#[case::in_crumbs("trickle=1ms")]
#[case::wrong_content_type("type=text/html")]
#[case::a_value_nobody_knows("enum=BRAND_NEW")]
#[case::a_field_less("drop=country")]
#[case::a_field_of_numbers_less("drop=throughput")]
#[case::parts_missing("batch-null=0,count=2")]
#[case::rows_twice("duplicate")]
#[case::in_a_circle("endless")]
#[case::smaller_pages("reduce=3")]
#[case::busy_for_a_moment("429=0,count=2")]
#[tokio::test]
async fn every_account_is_still_there_once(#[case] specification: &str) {
    let (sandbox, session) = start(Options { accounts: Some(240), ..Options::default() }).await;
    let expected = ids(&fleet::load_all(&session).await.unwrap().accounts);
    assert_eq!(expected.len(), 240);
    sandbox.arm(fault(specification));
    let fleet = tokio::time::timeout(Duration::from_secs(60), fleet::load_all(&session)).await.unwrap().unwrap();
    assert_eq!(ids(&fleet.accounts), expected, "{specification}: {:?}", fleet.failures);
}

#[tokio::test]
async fn a_value_nobody_knows_is_kept_as_sent() {
    let (sandbox, session) = start(Options::default()).await;
    sandbox.arm(fault("enum=BRAND_NEW"));
    let fleet = fleet::load_all(&session).await.unwrap();
    let kept = OnboardingStatus::Unknown("BRAND_NEW".into());
    assert!(fleet.accounts.iter().any(|account| account.onboarding == kept));
}

#[rstest]
#[case::token_refused_midway("token,after=2", Some(190))]
#[case::token_refused("token", Some(190))]
#[case::limited("rate=5", Some(80_008))]
#[case::broken_for_good("status=503", Some(2))]
#[case::nothing_but_pages("html=502", None)]
#[tokio::test]
async fn what_cannot_be_survived_is_one_sentence(#[case] specification: &str, #[case] code: Option<i64>) {
    let (sandbox, session) = start(Options::default()).await;
    sandbox.arm(fault(specification));
    let problem = fleet::load_all(&session).await.unwrap_err();
    if code.is_some_and(|code| code != 2) {
        assert_eq!(problem.code, code, "{problem}");
    }
    let sentence = problem.to_string();
    assert!(sentence.ends_with('.') && sentence.len() < 400 && !sentence.contains(sandbox.token()), "{sentence}");
}

#[tokio::test]
async fn it_recovers_by_itself_when_the_fault_ends() {
    let (sandbox, session) = start(Options::default()).await;
    for specification in ["reset", "html=502", "token", "truncate"] {
        sandbox.arm(fault(specification));
        fleet::load_all(&session).await.unwrap_err();
        sandbox.disarm();
        assert!(fleet::load_all(&session).await.unwrap().accounts.len() >= 12, "{specification}");
    }
}

#[tokio::test]
async fn an_account_that_rests_is_not_asked_again_and_the_others_are() {
    let (sandbox, session) = start(Options::default()).await;
    let accounts = fleet::load_all(&session).await.unwrap().accounts;
    let [first, second, ..] = accounts.as_slice() else { panic!("two accounts") };
    sandbox.arm(fault(&format!("rate=5,path={}", first.id)));
    let refused = fleet::load_account(&session, &first.id).await.unwrap_err();
    assert_eq!(refused.code, Some(80_008));
    let before = session.requests();
    let resting = fleet::load_account(&session, &first.id).await.unwrap_err();
    assert_eq!(session.requests(), before, "nothing was asked: {resting}");
    fleet::load_account(&session, &second.id).await.unwrap();
    assert!(session.usage().iter().any(|usage| usage.resting_until.is_some()));
}
