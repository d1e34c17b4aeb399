//! Messages sent to the sandbox over HTTP, and reports that it sends back.

use std::{collections::BTreeMap, time::Duration};

use serde_json::{Value, json};
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::method};

use super::*;
use crate::{
    config::{Flags, Settings},
    domain::{
        Account, Template,
        account::OnboardingStatus,
        delivery::{DeliveryChoice, ProductPolicy},
        free_form::{FreeForm, Row},
        message::{Content, Draft, DraftProblem, TemplateKey},
        number::NumberStatus,
        template::{Category, TemplateStatus},
        variable::{ValueKind, Values, Variable},
    },
    ops::{connect, fleet},
    sandbox::{Options, Sandbox},
};

/// Long enough for any machine; nobody waits it out unless something is broken.
const PATIENCE: Duration = Duration::from_secs(20);

async fn session(address: &str, token: &str, secret: &str) -> Session {
    let pairs = [
        ("WABADECK_TOKEN", token),
        ("WABADECK_GRAPH_URL", address),
        ("WABADECK_APP_SECRET", secret),
        ("WABADECK_CONFIG_DIR", "/nonexistent/wabadeck"),
        ("WABADECK_DATA_DIR", "/nonexistent/wabadeck"),
    ];
    let environment: BTreeMap<String, String> =
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    connect(&Settings::load(&Flags::default(), &environment).unwrap()).await.unwrap()
}

/// The sandbox, a session on it, and its accounts.
async fn sandbox() -> (Sandbox, Session, Vec<Account>) {
    let options = Options { webhook_delay: Duration::ZERO, ..Options::default() };
    let sandbox = Sandbox::start(options).await.unwrap();
    let session = session(sandbox.url(), sandbox.token(), &sandbox.app_secret()).await;
    let accounts = fleet::load_all(&session).await.unwrap().accounts;
    (sandbox, session, accounts)
}

/// A value that will do for a variable.
fn value(variable: &Variable) -> String {
    let plain = match variable.kind {
        ValueKind::Text => "Ana",
        ValueKind::UrlEnding => "spring",
        ValueKind::Media(_) => "https://media.example/file",
        ValueKind::FileName => "offer.pdf",
        ValueKind::Latitude => "52.5",
        ValueKind::Longitude => "13.4",
        ValueKind::CouponCode => "SAVE20",
        ValueKind::OneTimeCode => "123456",
        ValueKind::Moment => "2099-12-31T18:00:00Z",
        ValueKind::Id | ValueKind::Ids => "4711",
    };
    plain.to_owned()
}

fn draft(account: &Account, template: &Template, choice: DeliveryChoice) -> Draft {
    let number = account.numbers.iter().find(|number| number.status == NumberStatus::Connected).expect("a usable number");
    let values: Values = template.variables().iter().map(|variable| (variable.id.clone(), value(variable))).collect();
    Draft {
        account: account.id.clone(),
        number: number.id.clone(),
        content: Content::Template(TemplateKey::of(template)),
        recipients: vec!["+49 170 1234567".to_owned()],
        values,
        choice,
    }
}

fn message(account: &Account, template: &Template, choice: DeliveryChoice) -> Outgoing {
    let now = jiff::Timestamp::now();
    draft(account, template, choice).resolve(account, Some(template), now).unwrap().remove(0)
}

fn usable(account: &Account) -> bool {
    account.restrictions.is_empty() && account.numbers.iter().any(|number| number.status == NumberStatus::Connected)
}

/// The first account of a status with a usable number, and an approved marketing template of its that is no max-price one.
async fn marketing(session: &Session, accounts: &[Account], status: OnboardingStatus) -> (Account, Template) {
    for account in accounts.iter().filter(|account| account.onboarding == status && usable(account)) {
        let templates = fleet::load_templates(session, &account.id).await.unwrap();
        let fits = |template: &Template| {
            template.category == Category::Marketing
                && template.status == TemplateStatus::Approved
                && !template.max_price
                && template.synced != Some(false)
                && template.variables().iter().all(|variable| variable.kind == ValueKind::Text)
        };
        if let Some(template) = templates.into_iter().find(fits) {
            return (account.clone(), template);
        }
    }
    panic!("the demo fleet has no such account: {status:?}");
}

async fn next_with_path(reports: &mut Reports, id: &MessageId) -> DeliveryReport {
    let wait = async {
        loop {
            let report = reports.next().await.expect("the listener is there");
            if report.message_id == *id && report.path != DeliveryPath::NotYetKnown {
                return report;
            }
        }
    };
    tokio::time::timeout(PATIENCE, wait).await.expect("a report with pricing")
}

#[tokio::test]
async fn r36_the_actual_path_comes_from_the_status_webhook() {
    let (_sandbox, session, accounts) = sandbox().await;
    let (account, template) = marketing(&session, &accounts, OnboardingStatus::Onboarded).await;
    let mut reports = reports(&session).await.unwrap();
    for (checked, expected) in [(true, DeliveryPath::Optimized), (false, DeliveryPath::CloudApi)] {
        let choice = DeliveryChoice { checked: Some(checked), ..DeliveryChoice::default() };
        let outcome = send(&session, message(&account, &template, choice)).await;
        let SendOutcome::Accepted { message_id, .. } = outcome else { panic!("{outcome:?}") };
        assert_eq!(next_with_path(&mut reports, &message_id).await.path, expected);
    }
}

#[tokio::test]
async fn r33_selected_but_not_available_falls_back_by_itself() {
    let (_sandbox, session, accounts) = sandbox().await;
    let (account, template) = marketing(&session, &accounts, OnboardingStatus::Eligible).await;
    let mut reports = reports(&session).await.unwrap();
    let choice = DeliveryChoice { checked: Some(true), ..DeliveryChoice::default() };
    let outcome = send(&session, message(&account, &template, choice)).await;
    let SendOutcome::Accepted { message_id, .. } = outcome else { panic!("{outcome:?}") };
    assert_eq!(next_with_path(&mut reports, &message_id).await.path, DeliveryPath::CloudApi);
}

#[tokio::test]
async fn r34_never_fall_back_is_refused_where_optimized_is_not_available() {
    let (_sandbox, session, accounts) = sandbox().await;
    let (account, template) = marketing(&session, &accounts, OnboardingStatus::Eligible).await;
    let choice = DeliveryChoice { checked: Some(true), policy: ProductPolicy::Strict, activity_sharing: Some(false) };
    let outcome = send(&session, message(&account, &template, choice)).await;
    let SendOutcome::Refused(problem) = outcome else { panic!("{outcome:?}") };
    assert!(problem.code.is_some(), "{problem}");
}

#[tokio::test]
async fn r34_the_policy_is_always_said_and_cloud_api_knows_none() {
    let (_sandbox, session, accounts) = sandbox().await;
    let (account, template) = marketing(&session, &accounts, OnboardingStatus::Onboarded).await;
    let body = |choice| -> (String, Value) {
        let preview = request(&session, &message(&account, &template, choice)).unwrap();
        (preview.url.path().to_owned(), serde_json::from_str(&preview.body).unwrap())
    };
    let (path, fallback) = body(DeliveryChoice::default());
    assert!(path.ends_with("/marketing_messages"));
    assert_eq!(fallback["product_policy"], "CLOUD_API_FALLBACK");
    assert!(fallback.get("message_activity_sharing").is_none());
    let (_, strict) =
        body(DeliveryChoice { policy: ProductPolicy::Strict, activity_sharing: Some(true), ..DeliveryChoice::default() });
    assert_eq!((&strict["product_policy"], &strict["message_activity_sharing"]), (&json!("STRICT"), &json!(true)));
    let (path, cloud) = body(DeliveryChoice { checked: Some(false), ..DeliveryChoice::default() });
    assert!(path.ends_with("/messages") && cloud.get("product_policy").is_none());
    assert_eq!(cloud["to"], "491701234567");
    assert_eq!(
        (&cloud["messaging_product"], &cloud["recipient_type"], &cloud["type"]),
        (&json!("whatsapp"), &json!("individual"), &json!("template"))
    );
}

#[tokio::test]
async fn a_dry_run_shows_the_request_without_the_token() {
    let (sandbox, session, accounts) = sandbox().await;
    let (account, template) = marketing(&session, &accounts, OnboardingStatus::Onboarded).await;
    let preview = request(&session, &message(&account, &template, DeliveryChoice::default())).unwrap();
    let shown = format!("{preview:?}");
    assert!(!shown.contains(sandbox.token()) && !shown.contains(&sandbox.app_secret()), "{shown}");
    assert!(preview.curl.contains("$WABADECK_TOKEN") && preview.method == "POST");
}

#[tokio::test]
async fn every_approved_template_of_the_demo_fleet_is_taken_on() {
    let (_sandbox, session, accounts) = sandbox().await;
    let mut sent = std::collections::BTreeSet::new();
    for account in accounts.iter().filter(|account| account.onboarding == OnboardingStatus::Onboarded && usable(account)) {
        for template in fleet::load_templates(&session, &account.id).await.unwrap() {
            if template.status != TemplateStatus::Approved {
                continue;
            }
            if template.is_about_an_order() {
                let problems = draft(account, &template, DeliveryChoice::default()).problems(
                    account,
                    Some(&template),
                    jiff::Timestamp::now(),
                );
                assert_eq!(problems, [DraftProblem::Order], "{}", template.name);
                continue;
            }
            let outcome = send(&session, message(account, &template, DeliveryChoice::default())).await;
            match outcome {
                SendOutcome::Accepted { .. } => {}
                // Still being linked to its ad, or held to another rule of Meta's that is not about the request's form.
                SendOutcome::Refused(problem) if matches!(problem.code, Some(134_101 | 131_042 | 131_048)) => {}
                outcome => panic!("{} {}: {outcome:?}", account.name, template.name),
            }
            sent.insert(template.name);
        }
    }
    assert!(sent.len() >= 8, "too few to mean anything: {sent:?}");
}

#[tokio::test]
async fn messages_without_a_template_go_through_cloud_api_in_all_their_forms() {
    let server = MockServer::start().await;
    let answer = json!({"messaging_product": "whatsapp", "messages": [{"id": "wamid.1", "message_status": "paused"}]});
    Mock::given(method("POST")).respond_with(ResponseTemplate::new(200).set_body_json(answer)).mount(&server).await;
    let session = session(&server.uri(), "t", "s").await;
    let account = crate::domain::fixtures::account("1", OnboardingStatus::Onboarded);
    let row = Row { title: "One".into(), description: "First".into() };
    let forms = [
        FreeForm::Text("Hello".into()),
        FreeForm::Media {
            kind: crate::domain::template::MediaKind::Image,
            file: "https://x.example/a.png".into(),
            caption: "A".into(),
        },
        FreeForm::QuickReplies { body: "Well?".into(), replies: vec!["Yes".into(), "No".into()] },
        FreeForm::CallToAction { body: "Look".into(), label: "Open".into(), url: "https://x.example".into() },
        FreeForm::List { body: "Choose".into(), button: "Open".into(), rows: vec![row] },
    ];
    for form in forms {
        let draft = Draft {
            account: account.id.clone(),
            number: "1".into(),
            content: Content::FreeForm(form),
            recipients: vec!["+49 170 1234567".into()],
            ..Draft::default()
        };
        let message = draft.resolve(&account, None, jiff::Timestamp::now()).unwrap().remove(0);
        let outcome = send(&session, message).await;
        assert_eq!(outcome, SendOutcome::Accepted { message_id: "wamid.1".into(), status: Acceptance::Paused });
    }
    let bodies: Vec<Value> =
        server.received_requests().await.unwrap().iter().map(|request| request.body_json().unwrap()).collect();
    let kinds: Vec<&str> = bodies.iter().map(|body| body["type"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["text", "image", "interactive", "interactive", "interactive"]);
    assert_eq!(bodies[0]["text"]["body"], "Hello");
    assert_eq!(bodies[1]["image"], json!({"link": "https://x.example/a.png", "caption": "A"}));
    assert_eq!(bodies[2]["interactive"]["action"]["buttons"][1]["reply"]["title"], "No");
    assert_eq!(bodies[3]["interactive"]["action"]["parameters"]["url"], "https://x.example");
    assert_eq!(bodies[4]["interactive"]["action"]["sections"][0]["rows"][0]["description"], "First");
}

#[tokio::test]
async fn r37_a_send_whose_answer_is_lost_is_unknown_and_never_repeated() {
    for answer in [
        ResponseTemplate::new(504).set_body_string("<html>Gateway time-out</html>"),
        ResponseTemplate::new(200).set_body_string("{\"messages\":[{\"id\":"),
        ResponseTemplate::new(200).set_body_json(json!({"success": true})),
    ] {
        let server = MockServer::start().await;
        Mock::given(method("POST")).respond_with(answer).mount(&server).await;
        let session = session(&server.uri(), "t", "s").await;
        let account = crate::domain::fixtures::account("1", OnboardingStatus::Onboarded);
        let template = Template {
            name: "hello".into(),
            language: "en".into(),
            category: Category::Marketing,
            components: vec![crate::domain::template::Component::Body(crate::domain::template::Text::default())],
            ..Template::default()
        };
        let outcome = send(&session, message(&account, &template, DeliveryChoice::default())).await;
        let SendOutcome::Unknown(problem) = outcome else { panic!("{outcome:?}") };
        assert!(problem.hint.unwrap().contains("not sent again by itself"));
        assert_eq!(server.received_requests().await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn webhooks_of_a_server_that_is_no_sandbox_are_left_alone() {
    let server = MockServer::start().await;
    let refused = ResponseTemplate::new(400).set_body_json(json!({"error": {"code": 131_055, "message": "no"}}));
    Mock::given(method("POST")).respond_with(refused).mount(&server).await;
    let session = session(&server.uri(), "t", "s").await;
    let account = crate::domain::fixtures::account("1", OnboardingStatus::Onboarded);
    let draft = Draft {
        account: account.id.clone(),
        number: "1".into(),
        content: Content::FreeForm(FreeForm::Text("Hello".into())),
        recipients: vec!["+49 170 1234567".into()],
        ..Draft::default()
    };
    let message = draft.resolve(&account, None, jiff::Timestamp::now()).unwrap().remove(0);
    assert!(matches!(send(&session, message).await, SendOutcome::Refused(_)));
    let requests = server.received_requests().await.unwrap();
    assert!(requests.iter().all(|request| !request.url.path().contains("subscribed_apps")));
}

#[tokio::test]
async fn what_is_shown_is_what_is_sent_byte_for_byte() {
    let server = MockServer::start().await;
    let answer = json!({"messages": [{"id": "wamid.1"}]});
    Mock::given(method("POST")).respond_with(ResponseTemplate::new(200).set_body_json(answer)).mount(&server).await;
    let session = session(&server.uri(), "EAAB-secret", "s").await;
    let account = crate::domain::fixtures::account("1", OnboardingStatus::Onboarded);
    let body = crate::domain::template::Text { text: "It's {{1}}".into(), examples: Vec::new() };
    let template = Template {
        name: "hello".into(),
        language: "en".into(),
        category: Category::Marketing,
        components: vec![crate::domain::template::Component::Body(body)],
        ..Template::default()
    };
    let hostile = "'; echo $HOME `id` \"\\ $(id) é";
    for checked in [true, false] {
        let choice = DeliveryChoice { checked: Some(checked), ..DeliveryChoice::default() };
        let mut draft = draft(&account, &template, choice);
        draft.values.values_mut().for_each(|value| *value = hostile.to_owned());
        let resolved = || draft.resolve(&account, Some(&template), jiff::Timestamp::now()).unwrap().remove(0);
        let shown = request(&session, &resolved()).unwrap();
        send(&session, resolved()).await;
        let sent = server.received_requests().await.unwrap().pop().unwrap();
        assert_eq!(sent.body, shown.body.as_bytes());
        assert_eq!((sent.method.as_str(), sent.url.path()), (shown.method, shown.url.path()));
        let names = |query: &str| -> Vec<String> {
            query.split('&').map(|pair| pair.split('=').next().unwrap_or_default().to_owned()).collect()
        };
        assert_eq!(names(sent.url.query().unwrap()), names(shown.url.query().unwrap()));
        for (name, value) in &shown.headers {
            let own = sent.headers.get(*name).unwrap().to_str().unwrap();
            assert!(own == value || (*name == "Authorization" && own == "Bearer EAAB-secret"), "{name}: {own}");
        }
        let proof = sent.url.query().unwrap().split('=').nth(1).unwrap().to_owned();
        for secret in ["EAAB-secret", proof.as_str()] {
            assert!(!shown.to_text().contains(secret) && !shown.curl.contains(secret));
        }
        assert_eq!(posted_by_a_shell(&shown.curl), shown.body, "a shell hands curl the same bytes");
    }
}

/// What a POSIX shell hands to `curl` as its body.
fn posted_by_a_shell(command: &str) -> String {
    let script = format!("curl() {{ while [ $# -gt 1 ]; do shift; done; printf %s \"$1\"; }}\n{command}");
    let run = std::process::Command::new("sh").arg("-c").arg(script).output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).unwrap()
}

#[tokio::test]
async fn r36_r37_every_send_stands_in_the_journal_with_its_outcome_and_its_path() {
    let (sandbox_here, session, accounts) = sandbox().await;
    let (account, template) = marketing(&session, &accounts, OnboardingStatus::Onboarded).await;
    let history = tempfile::tempdir().unwrap();
    let pairs = [
        ("WABADECK_TOKEN", sandbox_here.token().to_owned()),
        ("WABADECK_GRAPH_URL", sandbox_here.url().to_owned()),
        ("WABADECK_APP_SECRET", sandbox_here.app_secret()),
        ("WABADECK_CONFIG_DIR", "/nonexistent/wabadeck".to_owned()),
        ("WABADECK_DATA_DIR", history.path().to_string_lossy().into_owned()),
    ];
    let environment: BTreeMap<String, String> = pairs.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    let keeping = connect(&Settings::load(&Flags::default(), &environment).unwrap()).await.unwrap();
    fleet::load_all(&keeping).await.unwrap();
    drop(session);
    let mut reports = reports(&keeping).await.unwrap();
    // A process that died after noting the send left it like this.
    let strict = DeliveryChoice { policy: ProductPolicy::Strict, ..DeliveryChoice::default() };
    let lost = journal::begin(&keeping, &message(&account, &template, strict)).await.unwrap();
    drop(lost);
    let outcome = send(&keeping, message(&account, &template, strict)).await;
    let SendOutcome::Accepted { message_id, .. } = outcome else { panic!("{outcome:?}") };
    next_with_path(&mut reports, &message_id).await;
    drop((reports, keeping));
    let again = connect(&Settings::load(&Flags::default(), &environment).unwrap()).await.unwrap();
    let kept = journal::recent(&again, 9).await.unwrap();
    let outcomes: Vec<_> = kept.iter().map(|send| (send.settled.outcome, send.path())).collect();
    use crate::store::SendResult;
    assert_eq!(outcomes, [(SendResult::Accepted, DeliveryPath::Optimized), (SendResult::Unknown, DeliveryPath::NotYetKnown)]);
    assert_eq!(kept[0].send.policy, Some(ProductPolicy::Strict));
    let usage = journal::usage(&again, &account.id, &TemplateKey::of(&template), jiff::Timestamp::now()).await;
    assert_eq!(usage.reached, 1);
    assert!(usage.last_use.is_some());
}
