//! R34, R36, R37: the question before sending, what is sent, what comes back.

use crate::{
    domain::{
        account::OnboardingStatus,
        delivery::{DeliveryPath, Endpoint, ProductPolicy, Route},
        message::{Address, Outgoing, OutgoingDelivery},
    },
    ops::{
        connect::Mode,
        send::{Acceptance, DeliveryReport, RequestPreview, SendOutcome},
    },
    store::{KeptSend, KeptStatus, MessageProgress, NewSend, SendResult, Settled},
    tui::{
        effect::Effect,
        model::{
            Model,
            composer::{Stage, fixtures::*},
            overlay::Overlay,
        },
        msg::{Connection, Msg},
        testing::{press, problem, screen, type_text},
        update::update,
    },
    web::{MessageStatus, StatusError},
};

fn ready(status: OnboardingStatus) -> Model {
    let mut model = composer_with(status, vec![offer()]);
    press(&mut model, "ctrl-e tab tab tab");
    type_text(&mut model, "+49 171 2345678");
    model
}

fn send(model: &mut Model) -> (u64, Box<Outgoing>) {
    press(model, "ctrl-s");
    let mut effects = press(model, "enter");
    assert_eq!(effects.len(), 1);
    match effects.pop() {
        Some(Effect::Send { ticket, outgoing }) => (ticket, outgoing),
        other => panic!("{other:?}"),
    }
}

fn accept(model: &mut Model, ticket: u64) {
    let outcome = SendOutcome::Accepted { message_id: "wamid.1".into(), status: Acceptance::Accepted };
    update(model, Msg::MessageSent(ticket, outcome));
}

fn report(model: &mut Model, status: MessageStatus, path: DeliveryPath) {
    let report =
        DeliveryReport { message_id: "wamid.1".into(), status, at: Some(model.now), path, category: None, errors: Vec::new() };
    update(model, Msg::DeliveryReported(report));
}

fn shown(model: &mut Model) -> String {
    screen(model, 80, 24)
}

#[test]
fn nothing_is_sent_before_a_question_that_names_number_account_recipient_and_path() {
    let mut model = ready(OnboardingStatus::Onboarded);
    assert!(press(&mut model, "ctrl-s").is_empty());
    let question = shown(&mut model);
    for words in
        ["+49 309 018 20", "Bergblick Hotels", "+49 171 234 56 78", "spring_offer", "▲ Goes optimized", "no phone gets it"]
    {
        assert!(question.contains(words), "{words} in\n{question}");
    }
    assert!(press(&mut model, "esc").is_empty());
    assert!(model.composer.sends.all().is_empty(), "no is no");
}

#[test]
fn the_request_carries_what_was_composed() {
    let mut model = ready(OnboardingStatus::Onboarded);
    let (_, outgoing) = send(&mut model);
    assert_eq!(outgoing.address(), &Address::Phone("491712345678".to_owned()));
    assert_eq!(outgoing.number().as_str(), "7101");
    assert_eq!(outgoing.delivery().endpoint(), Endpoint::MarketingMessages);
}

#[test]
fn r34_the_policy_is_part_of_every_optimized_send() {
    let mut model = ready(OnboardingStatus::Onboarded);
    let policy = |outgoing: &Outgoing| match outgoing.delivery() {
        OutgoingDelivery::Optimized { policy, .. } => Some(*policy),
        OutgoingDelivery::CloudApi => None,
    };
    let (_, outgoing) = send(&mut model);
    assert_eq!(policy(&outgoing), Some(ProductPolicy::Strict), "a test proves optimized delivery unless told otherwise");
    press(&mut model, "down space");
    let (_, outgoing) = send(&mut model);
    assert_eq!(policy(&outgoing), Some(ProductPolicy::CloudApiFallback));
    press(&mut model, "backtab backtab down space tab tab");
    let (_, outgoing) = send(&mut model);
    assert_eq!(policy(&outgoing), Some(ProductPolicy::Strict));
}

#[test]
fn r34_a_test_that_would_fall_back_is_refused_until_its_proof_is_given_up() {
    let mut model = ready(OnboardingStatus::Eligible);
    press(&mut model, "backtab backtab space tab tab");
    assert_eq!(model.forecast().unwrap().route, Route::Refused);
    assert!(shown(&mut model).contains("[x] Prove optimized delivery"));
    assert!(press(&mut model, "ctrl-s").is_empty());
    assert!(model.overlays.is_empty());
    press(&mut model, "down space");
    assert_eq!(model.forecast().unwrap().route, Route::Fallback);
    press(&mut model, "ctrl-s");
    let question = shown(&mut model);
    assert!(question.contains("Will fall back") && question.contains("Cloud API (marketing)"), "{question}");
    assert_eq!(model.composer.message.choice.policy, ProductPolicy::CloudApiFallback, "the message's own choice stays");
}

#[test]
fn the_question_names_the_price_category_and_that_it_never_falls_back() {
    let mut model = ready(OnboardingStatus::Onboarded);
    press(&mut model, "ctrl-s");
    let question = shown(&mut model);
    assert!(question.contains("(marketing_lite)"), "{question}");
    assert!(question.contains("Sent as STRICT"), "{question}");
}

#[test]
fn a_few_recipients_get_one_message_each_and_too_many_get_none() {
    let mut model = composer_with(OnboardingStatus::Onboarded, vec![hello()]);
    press(&mut model, "tab tab tab");
    type_text(&mut model, "+49 171 2345678, +55 11 98765-4321; +49 171 2345678");
    press(&mut model, "ctrl-s");
    let effects = press(&mut model, "enter");
    let to = |effect: &Effect| match effect {
        Effect::Send { outgoing, .. } => outgoing.address().clone(),
        other => panic!("{other:?}"),
    };
    let phone = |digits: &str| Address::Phone(digits.to_owned());
    assert_eq!(effects.iter().map(to).collect::<Vec<_>>(), [phone("491712345678"), phone("5511987654321")]);
    type_text(&mut model, ", +49 171 1, +49 171 2, +49 171 3");
    assert!(press(&mut model, "ctrl-s").is_empty() && model.overlays.is_empty());
}

#[test]
fn one_recipient_in_the_united_states_keeps_all_from_being_sent_and_is_named() {
    let mut model = composer_with(OnboardingStatus::Onboarded, vec![hello()]);
    press(&mut model, "tab tab tab");
    type_text(&mut model, "+55 11 98765-4321, +1 212 555 0100");
    let screen = screen(&mut model, 100, 40);
    assert!(screen.contains("the United States: Meta has paused") && screen.contains("✕ Recipients"), "{screen}");
    assert!(press(&mut model, "ctrl-s").is_empty() && model.overlays.is_empty());
}

#[test]
fn r37_a_send_that_was_never_answered_is_shown_as_unknown_after_a_restart() {
    let mut model = composer_with(OnboardingStatus::Onboarded, vec![hello()]);
    let send = NewSend {
        at: model.now,
        account: "101".into(),
        number: "7101".into(),
        template: "zz_hello".into(),
        language: "en_US".into(),
        recipient: "491712345678".into(),
        requested: Endpoint::MarketingMessages,
        policy: Some(ProductPolicy::Strict),
    };
    let unanswered = Settled { outcome: SendResult::Unknown, message_id: None, code: None, fbtrace_id: None, sentence: None };
    let taken_on = Settled { outcome: SendResult::Accepted, message_id: Some("wamid.9".into()), ..unanswered.clone() };
    let failed = KeptStatus { progress: MessageProgress::Failed, at: model.now, category: None, failure: Some(131_049) };
    let kept = vec![
        KeptSend { id: 2, send: send.clone(), settled: unanswered, status: None },
        KeptSend { id: 1, send, settled: taken_on, status: Some(failed) },
    ];
    update(&mut model, Msg::SendsLoaded(kept));
    press(&mut model, "tab tab tab");
    let shown = screen(&mut model, 100, 40);
    assert!(shown.contains("? unknown") && shown.contains("in an earlier run"), "{shown}");
    assert!(shown.contains("✕ failed"), "{shown}");
    assert!(press(&mut model, "down down enter").is_empty(), "nothing sends it again");
    assert!(model.overlays.is_empty());
    let template = crate::domain::message::TemplateKey { name: "zz_hello".into(), language: "en_US".into() };
    assert_eq!(model.composer.sends.last_use(&"101".into(), &template), Some(model.now));
    assert_eq!(model.composer.sends.reached(&"101".into(), model.now), 1);
}

#[test]
fn without_a_recipient_the_command_leads_to_the_field_for_one() {
    let mut model = composer_with(OnboardingStatus::Onboarded, vec![hello()]);
    assert!(press(&mut model, "ctrl-s").is_empty());
    assert!(model.overlays.is_empty());
    assert!(shown(&mut model).contains("Send test…"));
    type_text(&mut model, "0171");
    assert!(shown(&mut model).contains("The country code is missing"));
    press(&mut model, "ctrl-s");
    assert!(model.overlays.is_empty());
}

#[test]
fn a_missing_value_keeps_the_message_from_being_sent() {
    let mut model = composer_with(OnboardingStatus::Onboarded, vec![order()]);
    press(&mut model, "tab tab tab");
    type_text(&mut model, "+49 171 2345678");
    assert!(press(&mut model, "ctrl-s").is_empty());
    assert!(model.overlays.is_empty());
    assert!(shown(&mut model).contains("Body {{1}}: it is missing"));
}

#[test]
fn r36_requested_and_actual_path_stand_side_by_side_and_nothing_is_guessed() {
    let mut model = ready(OnboardingStatus::Onboarded);
    let (ticket, _) = send(&mut model);
    let line = |model: &mut Model| {
        let shown = shown(model);
        shown.lines().find(|line| line.contains("+49 •")).unwrap_or_else(|| panic!("{shown}")).to_owned()
    };
    assert!(line(&mut model).contains("optimized not yet known"), "{}", line(&mut model));
    accept(&mut model, ticket);
    assert!(line(&mut model).contains("not yet known"), "an accepted message has not said its path");
    report(&mut model, MessageStatus::Sent, DeliveryPath::NotYetKnown);
    assert!(line(&mut model).contains("not yet known") && line(&mut model).contains("✓ sent"));
    report(&mut model, MessageStatus::Delivered, DeliveryPath::CloudApi);
    assert!(line(&mut model).contains("optimized Cloud API"), "{}", line(&mut model));
    assert!(shown(&mut model).contains("fell back to Cloud API"));
    report(&mut model, MessageStatus::Read, DeliveryPath::NotYetKnown);
    assert!(line(&mut model).contains("Cloud API") && line(&mut model).contains("read"), "what is known stays known");
}

#[test]
fn r36_a_report_that_is_quicker_than_the_answer_is_not_lost() {
    let mut model = ready(OnboardingStatus::Onboarded);
    let (ticket, _) = send(&mut model);
    report(&mut model, MessageStatus::Delivered, DeliveryPath::Optimized);
    accept(&mut model, ticket);
    let sent = &model.composer.sends.all()[0];
    assert_eq!(sent.path, DeliveryPath::Optimized);
    assert!(matches!(sent.stage, Stage::Delivered));
}

#[test]
fn an_older_report_takes_nothing_back() {
    let mut model = ready(OnboardingStatus::Onboarded);
    let (ticket, _) = send(&mut model);
    accept(&mut model, ticket);
    report(&mut model, MessageStatus::Read, DeliveryPath::Optimized);
    report(&mut model, MessageStatus::Sent, DeliveryPath::NotYetKnown);
    let sent = &model.composer.sends.all()[0];
    assert!(matches!(sent.stage, Stage::Read));
    assert_eq!(sent.path, DeliveryPath::Optimized);
}

#[test]
fn a_failure_is_explained() {
    let mut model = ready(OnboardingStatus::Onboarded);
    let (ticket, _) = send(&mut model);
    accept(&mut model, ticket);
    let error = StatusError { code: 131_049, message: "not delivered".to_owned() };
    let failed = DeliveryReport {
        message_id: "wamid.1".into(),
        status: MessageStatus::Failed,
        at: Some(model.now),
        path: Default::default(),
        category: None,
        errors: vec![error],
    };
    update(&mut model, Msg::DeliveryReported(failed));
    let shown = shown(&mut model);
    assert!(shown.contains("✕ failed") && shown.contains("131049"), "{shown}");
}

#[test]
fn r37_a_send_without_an_answer_is_unknown_and_nothing_sends_it_again() {
    let mut model = ready(OnboardingStatus::Onboarded);
    let (ticket, _) = send(&mut model);
    let problem = problem("The answer did not come in time.");
    let effects = update(&mut model, Msg::MessageSent(ticket, SendOutcome::Unknown(problem)));
    assert!(effects.is_empty());
    assert!(shown(&mut model).contains("? unknown"));
    // Neither time, nor a refresh, nor leaving and coming back.
    for hours in 1..=30 {
        let now = jiff::Timestamp::from_second(model.now.as_second() + hours * 3_600).unwrap();
        let effects = update(&mut model, Msg::ClockAdvanced(now));
        assert!(!effects.iter().any(|effect| matches!(effect, Effect::Send { .. })));
    }
    let effects = press(&mut model, "esc r c tab backtab");
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Send { .. })));
    assert_eq!(model.composer.sends.all().len(), 1);
}

#[test]
fn r37_the_user_decides_and_is_warned_that_it_may_arrive_twice() {
    let mut model = ready(OnboardingStatus::Onboarded);
    let (ticket, _) = send(&mut model);
    let problem = problem("The connection broke.");
    update(&mut model, Msg::MessageSent(ticket, SendOutcome::Unknown(problem)));
    assert!(press(&mut model, "down down enter").is_empty());
    assert!(matches!(model.overlays.last(), Some(Overlay::Confirm(_))));
    assert!(shown(&mut model).contains("it may arrive twice"));
    let mut effects = press(&mut model, "enter");
    assert!(matches!(effects.pop(), Some(Effect::Send { ticket: second, .. }) if second != ticket));
    assert_eq!(model.composer.sends.all().len(), 2);
    assert!(matches!(model.composer.sends.get(ticket).unwrap().stage, Stage::Unknown(_)), "the first one stays unknown");
}

#[test]
fn r37_only_an_unknown_one_can_be_sent_again() {
    let mut model = ready(OnboardingStatus::Onboarded);
    let (ticket, _) = send(&mut model);
    accept(&mut model, ticket);
    press(&mut model, "down down enter");
    assert!(model.overlays.is_empty());
}

#[test]
fn the_exact_request_is_copied_as_curl() {
    let mut model = ready(OnboardingStatus::Onboarded);
    let mut effects = press(&mut model, "ctrl-y");
    assert!(matches!(effects.pop(), Some(Effect::PrepareRequest(_))));
    let effects = update(&mut model, Msg::RequestPrepared(Ok(Box::new(request()))));
    assert!(matches!(effects.as_slice(), [Effect::Copy(text)] if text == "curl …"));
}

fn request() -> RequestPreview {
    RequestPreview {
        method: "POST",
        url: url::Url::parse("https://graph.example/v26.0/7101/marketing_messages").unwrap(),
        headers: vec![("Authorization", "Bearer [redacted]".to_owned())],
        body: "{}".to_owned(),
        curl: "curl …".to_owned(),
    }
}

#[test]
fn the_request_is_shown_as_json_and_as_curl_and_copied_as_it_is_shown() {
    let mut model = ready(OnboardingStatus::Onboarded);
    assert!(matches!(press(&mut model, "ctrl-r").as_slice(), [Effect::PrepareRequest(_)]));
    let long = RequestPreview { body: format!("{{\n  \"text\": \"{}END\"\n}}", "x".repeat(200)), ..request() };
    update(&mut model, Msg::RequestPrepared(Ok(Box::new(long))));
    let shown = shown(&mut model);
    assert!(shown.contains("POST https://graph.example/v26.0/7101/marketing_messages"), "{shown}");
    assert!(shown.contains("Authorization: Bearer [redacted]") && shown.contains("ND\""), "nothing is cut:\n{shown}");
    assert!(
        matches!(press(&mut model, "y").as_slice(), [Effect::Copy(text)] if text.starts_with("POST ") && text.ends_with('}'))
    );
    press(&mut model, "tab");
    assert!(matches!(press(&mut model, "y").as_slice(), [Effect::Copy(text)] if text == "curl …"));
    for (width, height) in [(0, 0), (1, 1), (20, 5)] {
        screen(&mut model, width, height);
    }
    press(&mut model, "esc");
    assert!(model.overlays.is_empty());
}

#[test]
fn r36_on_a_live_account_it_is_said_why_the_path_stays_unknown() {
    let mut model = ready(OnboardingStatus::Onboarded);
    let (ticket, _) = send(&mut model);
    accept(&mut model, ticket);
    assert!(!shown(&mut model).contains("its own webhook"));
    let connection = Connection {
        mode: Mode::Live { host: "graph.facebook.com".to_owned() },
        embedded: false,
        profile: "default".to_owned(),
        version: "v26.0".to_owned(),
    };
    update(&mut model, Msg::SessionDescribed(connection));
    let shown = shown(&mut model);
    assert!(shown.contains("its own webhook") && shown.contains("not yet known"), "{shown}");
}
