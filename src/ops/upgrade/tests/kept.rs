//! What is kept of an upgrade: nothing is forgotten, nothing is sent twice.

use wiremock::matchers::method;

use super::*;
use crate::{
    domain::event::{Event, EventKind, Source},
    ops::{
        history::History,
        upgrade::journal::{keep, under_way},
    },
};

const INVITE: &str = "/v26.0/900/onboard_partners_to_mm_lite";

/// A session that keeps what it does in this directory, as every later run does.
async fn run(server: &MockServer, directory: &tempfile::TempDir) -> Session {
    session(&server.uri(), &[("WABADECK_DATA_DIR", directory.path().to_str().unwrap())]).await
}

fn directory() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

/// The account with its portfolio's terms, so many times and from then on for good.
async fn terms(server: &MockServer, terms: &str, times: Option<u64>) {
    let body = json!({
        "id": "1", "marketing_messages_onboarding_status": "ELIGIBLE",
        "owner_business_info": {"id": "900", "name": "Acme", "marketing_messages_onboarding_status": {"status": terms, "time": "2026-01-31"}},
    });
    let mock = Mock::given(method("GET")).and(path("/v26.0/1")).respond_with(ResponseTemplate::new(200).set_body_json(body));
    match times {
        Some(times) => mock.up_to_n_times(times).mount(server).await,
        None => mock.mount(server).await,
    }
}

async fn answers(server: &MockServer, answer: ResponseTemplate, times: u64) {
    Mock::given(method("POST")).and(path(INVITE)).respond_with(answer).expect(times).mount(server).await;
}

fn refused(code: i64, words: &str) -> ResponseTemplate {
    ResponseTemplate::new(400).set_body_json(json!({"error": {"code": code, "message": words}}))
}

fn begun(by: StartedBy) -> UnderWay {
    UnderWay::new("900".into(), by, vec!["1".into()], Timestamp::now())
}

#[tokio::test]
async fn r13_an_upgrade_is_kept_before_its_page_is_told_and_found_again_after_a_crash() {
    let (server, home) = (MockServer::start().await, directory());
    terms(&server, "NOT_STARTED", None).await;
    let first = run(&server, &home).await;
    let signup = elsewhere(&eligible(), Url::parse("http://127.0.0.1/page").unwrap()).remembered(StartedBy::Manager);
    let (updates, mut told) = mpsc::channel(1);
    let following = tokio::spawn({
        let first = first.clone();
        async move { follow_at(&first, signup, QUICK, updates).await }
    });
    assert!(matches!(told.recv().await, Some(UpgradeUpdate::Opened { .. })));
    let found = under_way(&first).await.unwrap();
    assert_eq!((found[0].by.clone(), found[0].stage.clone()), (StartedBy::Manager, Stage::Waiting));
    assert_eq!(found[0].covers, ["1".into()]);
    following.abort();
    drop(first);
    let again = run(&server, &home).await;
    assert_eq!(under_way(&again).await.unwrap(), found);
}

#[tokio::test]
async fn r13_what_was_taken_up_again_is_forgotten_when_it_took() {
    let (server, home) = (MockServer::start().await, directory());
    Mock::given(path("/v26.0/1")).respond_with(status("ONBOARDED")).mount(&server).await;
    let session = run(&server, &home).await;
    keep(&session, &begun(StartedBy::Signup)).await.unwrap();
    let found = under_way(&session).await.unwrap().remove(0);
    let signup = Signup::resumed(Url::parse("http://127.0.0.1/page").unwrap(), found);
    let (updates, _told) = mpsc::channel(100);
    assert_eq!(follow_at(&session, signup, QUICK, updates).await, UpgradeOutcome::Onboarded);
    assert_eq!(under_way(&session).await.unwrap(), []);
}

#[tokio::test]
async fn r13_a_token_that_is_refused_ends_the_looking_and_forgets_nothing() {
    let (server, home) = (MockServer::start().await, directory());
    let expired = ResponseTemplate::new(401).set_body_json(json!({"error": {"code": 190, "message": "expired"}}));
    Mock::given(path("/v26.0/1")).respond_with(expired).mount(&server).await;
    let session = run(&server, &home).await;
    let signup = Signup::resumed(Url::parse("http://127.0.0.1/page").unwrap(), begun(StartedBy::Manager));
    let (updates, _told) = mpsc::channel(100);
    assert!(matches!(follow_at(&session, signup, QUICK, updates).await, UpgradeOutcome::Failed(_)));
    assert_eq!(under_way(&session).await.unwrap().len(), 1);
}

#[tokio::test]
async fn r13_patience_counts_from_the_beginning_and_not_from_the_restart() {
    let (server, home) = (MockServer::start().await, directory());
    terms(&server, "NOT_STARTED", None).await;
    let session = run(&server, &home).await;
    let long_ago = Timestamp::now() - jiff::SignedDuration::from_hours(200);
    let signup = Signup::resumed(
        Url::parse("http://127.0.0.1/page").unwrap(),
        UnderWay { begun_at: long_ago, ..begun(StartedBy::Manager) },
    );
    let (updates, _told) = mpsc::channel(100);
    let outcome = follow_at(&session, signup, Rhythm { first: Duration::ZERO, ..Rhythm::LIVE }, updates).await;
    assert_eq!(outcome, UpgradeOutcome::StillWaiting);
    assert_eq!(under_way(&session).await.unwrap(), []);
}

#[tokio::test]
async fn r13_a_webhook_that_somebody_else_received_ends_a_long_pause() {
    let (server, home) = (MockServer::start().await, directory());
    Mock::given(path("/v26.0/1")).respond_with(status("ONBOARDED")).mount(&server).await;
    let session = run(&server, &home).await;
    let signup = elsewhere(&eligible(), Url::parse("http://127.0.0.1/page").unwrap()).remembered(StartedBy::Invitation);
    let (updates, mut told) = mpsc::channel(100);
    let slow = Rhythm { first: Duration::from_secs(3_000), longest: Duration::from_secs(3_000), ..Rhythm::LIVE };
    let mut following = tokio::spawn({
        let session = session.clone();
        async move { follow_at(&session, signup, slow, updates).await }
    });
    assert!(matches!(told.recv().await, Some(UpgradeUpdate::Opened { .. })));
    let (store, profile) = History::of(&session).await.unwrap().parts();
    let event = Event {
        at: Timestamp::now(),
        account: Some("1".into()),
        portfolio: Some("900".into()),
        subject: "".into(),
        kind: EventKind::Terms,
        before: None,
        after: Some("TERM_OF_SERVICE_SIGNED".into()),
        note: None,
        sources: Source::Webhook.into(),
    };
    // The first question to the store only finds out where its end is, so whatever came just before it may be missed:
    // that is what the polling is for. Here it is told until it is heard.
    let outcome = loop {
        store.record(&profile, std::slice::from_ref(&event)).unwrap();
        if let Ok(outcome) = tokio::time::timeout(Duration::from_millis(100), &mut following).await {
            break outcome.unwrap();
        }
    };
    assert_eq!(outcome, UpgradeOutcome::Onboarded);
}

#[test]
fn r13_pauses_grow_to_a_minute_for_a_quarter_of_an_hour_and_then_further() {
    let (live, minute) = (Rhythm::LIVE, Duration::from_secs(60));
    let mut pauses = vec![live.first];
    for waited in [1, 2, 5, 10] {
        pauses.push(live.next(*pauses.last().unwrap(), minute * waited));
    }
    let seconds: Vec<u64> = pauses.iter().map(Duration::as_secs).collect();
    assert_eq!(seconds, [15, 22, 33, 50, 60]);
    assert_eq!(live.next(minute, minute * 16), Duration::from_secs(90));
    assert_eq!(live.next(minute * 9, minute * 600), Duration::from_secs(600));
}

#[tokio::test]
async fn r12_the_portfolio_is_read_before_and_after_and_the_invitation_is_kept() {
    let (server, home) = (MockServer::start().await, directory());
    terms(&server, "NOT_STARTED", Some(1)).await;
    terms(&server, "REQUEST_SENT", None).await;
    answers(&server, ResponseTemplate::new(200).set_body_json(json!({"request_id": "R7"})), 1).await;
    let session = run(&server, &home).await;
    let invited = invite(&session, &eligible()).await.unwrap();
    assert_eq!((&invited.before, &invited.after), (&TermsStatus::NotStarted, &TermsStatus::RequestSent));
    assert_eq!((invited.invitation, invited.request_id.as_deref()), (Invitation::Sent, Some("R7")));
    let kept = under_way(&session).await.unwrap().remove(0);
    assert_eq!((kept.stage, kept.request_id.as_deref()), (Stage::Waiting, Some("R7")));
}

#[tokio::test]
async fn r12_nobody_is_written_to_where_an_invitation_stands_or_the_terms_are_accepted() {
    for (word, expected) in [("REQUEST_SENT", Invitation::AlreadySent), ("TERM_OF_SERVICE_SIGNED", Invitation::AlreadyAccepted)] {
        let (server, home) = (MockServer::start().await, directory());
        terms(&server, word, None).await;
        answers(&server, ResponseTemplate::new(200).set_body_json(json!({})), 0).await;
        assert_eq!(invite(&run(&server, &home).await, &eligible()).await.unwrap().invitation, expected, "{word}");
    }
}

#[tokio::test]
async fn r12_an_invitation_that_was_sent_before_is_no_failure() {
    let sentence = "Your business has already sent this request to the business.";
    for answer in [refused(1_752_041, "Duplicate request"), refused(100, sentence)] {
        let (server, home) = (MockServer::start().await, directory());
        terms(&server, "NOT_STARTED", None).await;
        answers(&server, answer, 1).await;
        assert_eq!(invite(&run(&server, &home).await, &eligible()).await.unwrap().invitation, Invitation::AlreadySent);
    }
}

#[tokio::test]
async fn r12_an_invalid_recipient_is_read_again_and_explained() {
    let (server, home) = (MockServer::start().await, directory());
    terms(&server, "NOT_STARTED", None).await;
    answers(&server, refused(100, "Invalid recipient type"), 1).await;
    let session = run(&server, &home).await;
    let problem = invite(&session, &eligible()).await.unwrap_err();
    assert!(problem.hint.as_deref().is_some_and(|hint| hint.contains("accepted already")), "{problem:?}");
    assert_eq!(under_way(&session).await.unwrap(), [], "nothing was sent, nothing is waited for");
    let (server, home) = (MockServer::start().await, directory());
    terms(&server, "NOT_STARTED", Some(1)).await;
    terms(&server, "TERM_OF_SERVICE_SIGNED", None).await;
    answers(&server, refused(100, "Invalid recipient type"), 1).await;
    assert_eq!(invite(&run(&server, &home).await, &eligible()).await.unwrap().invitation, Invitation::AlreadyAccepted);
}

#[tokio::test]
async fn r12_an_invitation_without_an_answer_is_looked_up_and_never_repeated() {
    let (server, home) = (MockServer::start().await, directory());
    terms(&server, "NOT_STARTED", None).await;
    answers(&server, ResponseTemplate::new(504), 1).await;
    for _ in 0..3 {
        // Each is a run of its own, as after a crash.
        let session = run(&server, &home).await;
        let invited = invite(&session, &eligible()).await.unwrap();
        assert!(matches!(invited.invitation, Invitation::Unknown(_)), "{invited:?}");
        assert_eq!(under_way(&session).await.unwrap()[0].stage, Stage::Unanswered);
    }
    let session = run(&server, &home).await;
    forget(&session, &"900".into()).await.unwrap();
    server.reset().await;
    terms(&server, "NOT_STARTED", None).await;
    answers(&server, ResponseTemplate::new(200).set_body_json(json!({})), 1).await;
    let again = invite(&session, &eligible()).await.unwrap();
    assert_eq!(again.invitation, Invitation::Sent, "once the user gave the first one up");
}

#[tokio::test]
async fn r12_an_invitation_without_an_answer_that_arrived_is_found_out() {
    let (server, home) = (MockServer::start().await, directory());
    terms(&server, "NOT_STARTED", Some(1)).await;
    terms(&server, "REQUEST_SENT", None).await;
    answers(&server, ResponseTemplate::new(504), 1).await;
    assert_eq!(invite(&run(&server, &home).await, &eligible()).await.unwrap().invitation, Invitation::Sent);
}

#[tokio::test]
async fn r12_a_crash_while_sending_counts_as_perhaps_sent() {
    let (server, home) = (MockServer::start().await, directory());
    terms(&server, "NOT_STARTED", None).await;
    answers(&server, ResponseTemplate::new(200).set_body_json(json!({})), 0).await;
    let first = run(&server, &home).await;
    keep(&first, &begun(StartedBy::Invitation)).await.unwrap();
    drop(first);
    let session = run(&server, &home).await;
    assert_eq!(under_way(&session).await.unwrap()[0].stage, Stage::Unanswered);
    let invited = invite(&session, &eligible()).await.unwrap();
    let Invitation::Unknown(problem) = invited.invitation else { panic!("{invited:?}") };
    assert!(problem.sentence.contains("not sent again"), "{problem}");
}

#[tokio::test]
async fn an_unanswered_invitation_that_shows_up_later_is_waited_for_like_any_other() {
    let (server, home) = (MockServer::start().await, directory());
    terms(&server, "NOT_STARTED", Some(2)).await;
    terms(&server, "REQUEST_SENT", None).await;
    let session = run(&server, &home).await;
    let unanswered = UnderWay { stage: Stage::Unanswered, ..begun(StartedBy::Invitation) };
    let signup = Signup::resumed(Url::parse("http://127.0.0.1/page").unwrap(), unanswered);
    let (updates, mut told) = mpsc::channel(1_000);
    let rhythm = Rhythm { patience: Duration::from_millis(300), ..QUICK };
    assert_eq!(follow_at(&session, signup, rhythm, updates).await, UpgradeOutcome::StillWaiting);
    let mut stages = Vec::new();
    while let Ok(update) = told.try_recv() {
        if let UpgradeUpdate::Staged(stage) = update {
            stages.push(stage);
        }
    }
    assert_eq!(stages, [Stage::Waiting]);
}
