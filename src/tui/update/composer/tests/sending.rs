//! R34, R36, R37: the question before sending, what is sent, what comes back.

use crate::{
    domain::{
        account::OnboardingStatus,
        delivery::{DeliveryPath, Endpoint, ProductPolicy},
        message::{Address, Outgoing, OutgoingDelivery},
    },
    ops::{
        connect::Mode,
        send::{Acceptance, DeliveryReport, RequestPreview, SendOutcome},
    },
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
    for words in ["+49 309 018 20", "Bergblick Hotels", "+49 171 234 56 78", "spring_offer", "▲ Goes optimized", "real phone"] {
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
    assert_eq!(policy(&outgoing), Some(ProductPolicy::CloudApiFallback));
    press(&mut model, "backtab backtab down space tab tab");
    let (_, outgoing) = send(&mut model);
    assert_eq!(policy(&outgoing), Some(ProductPolicy::Strict));
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
    assert!(press(&mut model, "down enter").is_empty());
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
    press(&mut model, "down enter");
    assert!(model.overlays.is_empty());
}

#[test]
fn the_exact_request_is_copied_as_curl() {
    let mut model = ready(OnboardingStatus::Onboarded);
    let mut effects = press(&mut model, "ctrl-y");
    assert!(matches!(effects.pop(), Some(Effect::PrepareRequest(_))));
    let request = RequestPreview {
        method: "POST",
        url: url::Url::parse("https://graph.example/v26.0/7101/marketing_messages").unwrap(),
        body: "{}".to_owned(),
        curl: "curl …".to_owned(),
    };
    let effects = update(&mut model, Msg::RequestPrepared(Ok(Box::new(request))));
    assert!(matches!(effects.as_slice(), [Effect::Copy(text)] if text == "curl …"));
}

#[test]
fn r36_on_a_live_account_it_is_said_why_the_path_stays_unknown() {
    let mut model = ready(OnboardingStatus::Onboarded);
    let (ticket, _) = send(&mut model);
    accept(&mut model, ticket);
    assert!(!shown(&mut model).contains("its own webhook"));
    let connection = Connection {
        mode: Mode::Live { host: "graph.facebook.com".to_owned() },
        profile: "default".to_owned(),
        version: "v26.0".to_owned(),
    };
    update(&mut model, Msg::SessionDescribed(connection));
    let shown = shown(&mut model);
    assert!(shown.contains("its own webhook") && shown.contains("not yet known"), "{shown}");
}
