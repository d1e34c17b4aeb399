//! What was forecast is what happens: random messages from random accounts, really sent to the sandbox (R33).

use std::collections::BTreeMap;

use jiff::Timestamp;
use rand_of_this_test::Draw;
use serde_json::{Value, json};
use wabadeck::{
    domain::{
        Account, Template,
        account::TermsStatus,
        delivery::{DeliveryChoice, Lost, MessageKind, ProductPolicy, Route, Situation, Subject, forecast},
        message::{Address, Content, Draft, TemplateKey},
    },
    ops::{
        Session, fleet,
        send::{self, SendOutcome},
    },
    sandbox::{Options, Sandbox},
};

use super::start;

/// Accounts in different states, and messages from each.
const STATES: u64 = 60;
const MESSAGES_EACH: u64 = 40;

const STATUSES: [&str; 8] = [
    "ONBOARDED",
    "ELIGIBLE",
    "PENDING_VALID_PAYMENT_METHOD",
    "PENDING_INTERNAL_SETUP",
    "INELIGIBLE_COUNTRY_NOT_SUPPORTED",
    "INELIGIBLE_ON_BEHALF_OF_WABA",
    "INELIGIBLE_INACTIVE_OR_RESTRICTED",
    "INELIGIBLE_USING_WHATSAPP_BUSINESS_APP",
];
const TERMS: [&str; 3] = ["NOT_STARTED", "REQUEST_SENT", "TERM_OF_SERVICE_SIGNED"];
const RECIPIENTS: [&str; 9] = [
    // Business-scoped user ids.
    "BR.13491208655302741918",
    "DE.2217740913",
    "+55 11 98765-4321",
    "+91 98765 43210",
    "+49 170 1234567",
    "+7 495 123-45-67",
    "+1 415-555-2671",
    "+1 416-555-2671",
    "+53 5 1234567",
];
const NUMBERS: [&str; 6] = ["CONNECTED", "CONNECTED", "CONNECTED", "FLAGGED", "BANNED", "DISCONNECTED"];
/// The second one carries a max price; the last one an animated header and a time to live.
const TEMPLATES: [(&str, &str); 7] = [
    ("MARKETING", "APPROVED"),
    ("MARKETING", "APPROVED"),
    ("MARKETING", "PAUSED"),
    ("UTILITY", "APPROVED"),
    ("AUTHENTICATION", "APPROVED"),
    ("UTILITY", "REJECTED"),
    ("MARKETING", "APPROVED"),
];

/// The statuses of templates that cannot be sent.
const UNSENDABLE: [&str; 5] = ["PAUSED", "REJECTED", "DISABLED", "PENDING", "IN_APPEAL"];

mod rand_of_this_test {
    /// A small generator whose numbers are the same in each run.
    pub struct Draw(pub u64);

    impl Draw {
        /// A number below `end`.
        pub fn below(&mut self, end: u64) -> u64 {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            self.0 % end
        }

        /// One of these.
        pub fn one<T: Copy>(&mut self, of: &[T]) -> T {
            *of.get(usize::try_from(self.below(of.len() as u64)).unwrap()).unwrap()
        }
    }
}

/// Asks the sandbox's own endpoints.
struct Control<'a> {
    sandbox: &'a Sandbox,
    client: reqwest::Client,
}

impl Control<'_> {
    async fn set(&self, id: &str, facts: &Value) {
        let address = format!("{}/sandbox/objects/{id}", self.sandbox.url());
        let answer =
            self.client.post(address).header("content-type", "application/json").body(facts.to_string()).send().await.unwrap();
        assert!(answer.status().is_success(), "{facts}: {}", answer.text().await.unwrap());
    }

    /// What became of each message, by its id: its category, unless it failed.
    async fn messages(&self) -> BTreeMap<String, Option<String>> {
        let text =
            self.client.get(format!("{}/sandbox/messages", self.sandbox.url())).send().await.unwrap().text().await.unwrap();
        let told: Value = serde_json::from_str(&text).unwrap();
        let messages = told.get("messages").and_then(Value::as_array).unwrap();
        messages
            .iter()
            .map(|message| {
                let text = |name: &str| message.get(name).and_then(Value::as_str).map(str::to_owned);
                let failed = message.get("fails_with").is_some_and(|code| !code.is_null());
                (text("id").unwrap(), text("category").filter(|_| !failed))
            })
            .collect()
    }
}

#[tokio::test]
async fn r33_what_is_forecast_for_thousands_of_random_messages_is_what_happens() {
    let options = Options { webhook_delay: std::time::Duration::ZERO, daily_users: 100_000_000, ..Options::default() };
    let (sandbox, session) = start(options).await;
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let control = Control { sandbox: &sandbox, client };
    let mut draw = Draw(0x9E37_79B9_7F4A_7C15);
    let whole = fleet::load_all(&session).await.unwrap();
    let usable = |account: &&Account| account.portfolio.is_some() && account.usable_numbers().next().is_some();
    let first = whole.accounts.iter().filter(usable).find(|account| account.onboarding.as_wire() == "ONBOARDED").unwrap();
    let portfolio = first.portfolio.clone().unwrap();
    control.set(portfolio.id.as_str(), &json!({"whatsapp_business_manager_messaging_limit": "TIER_UNLIMITED"})).await;
    let ids: Vec<String> =
        fleet::load_templates(&session, &first.id).await.unwrap().iter().map(|template| template.id.to_string()).collect();
    assert!(!ids.is_empty());
    let (mut certain, mut uncertain, mut routes) = (0, 0, BTreeMap::<String, u32>::new());
    let mut to_user_ids = 0;
    for _ in 0..STATES {
        let (account, templates) = state(&session, &control, first, portfolio.id.as_str(), &ids, &mut draw).await;
        sandbox.advance(600);
        let mut expected = Vec::new();
        for _ in 0..MESSAGES_EACH {
            let at = usize::try_from(draw.below(templates.len() as u64)).unwrap();
            let (told, outcome) = one(&session, &account, templates.get(at).unwrap(), &mut draw).await;
            *routes.entry(format!("{:?}", told.route)).or_default() += 1;
            to_user_ids += u32::from(told.to_user_id && outcome.is_ok());
            expected.push((told, outcome));
        }
        let messages = control.messages().await;
        for (told, outcome) in expected {
            let happened = match &outcome {
                Ok(id) => messages.get(id).unwrap_or_else(|| panic!("{id} was not kept")).clone(),
                Err(_) => None,
            };
            if told.certain {
                assert_eq!(happened, told.category, "{told:?} {outcome:?}\n{account:?}");
                certain += 1;
            } else {
                uncertain += 1;
            }
        }
    }
    assert_eq!(certain + uncertain, STATES * MESSAGES_EACH);
    assert!(uncertain * 10 < certain, "{uncertain} of {certain} were not certain");
    assert!(to_user_ids > 50, "{to_user_ids}");
    assert!(routes.len() == 4 && routes.values().all(|count| *count > 30), "{routes:?}");
}

#[derive(Debug)]
struct Told {
    route: Route,
    certain: bool,
    category: Option<String>,
    to_user_id: bool,
    case: String,
}

/// Brings the account into a random state that Meta can bring it into, and reads it back.
async fn state(
    session: &Session,
    control: &Control<'_>,
    first: &Account,
    portfolio: &str,
    ids: &[String],
    draw: &mut Draw,
) -> (Account, Vec<Template>) {
    let status = draw.one(&STATUSES);
    let accepted = matches!(status, "ONBOARDED" | "PENDING_VALID_PAYMENT_METHOD" | "PENDING_INTERNAL_SETUP");
    // The terms come before these statuses.
    let terms = if accepted { "TERM_OF_SERVICE_SIGNED" } else { draw.one(&TERMS) };
    control.set(portfolio, &json!({"marketing_messages_onboarding_status": {"status": terms}})).await;
    let closed = draw.below(2) == 0;
    let facts = json!({"marketing_messages_onboarding_status": status, "disable_marketing_messages_on_cloud_api": closed, "restriction": null});
    control.set(first.id.as_str(), &facts).await;
    control.set(first.numbers.first().unwrap().id.as_str(), &json!({"status": draw.one(&NUMBERS)})).await;
    for (place, id) in ids.iter().enumerate().take(TEMPLATES.len()) {
        let (category, status) = TEMPLATES.get(place).unwrap();
        // Where one cannot be sent, it may be for any of Meta's reasons.
        let status = if *status == "APPROVED" { *status } else { draw.one(&UNSENDABLE) };
        let bid = json!({"bid_strategy": "LOWEST_COST_WITH_BID_CAP", "bid_amount": 100});
        let body = json!({"type": "BODY", "text": "Hello"});
        let animated = place + 1 == TEMPLATES.len();
        let facts = json!({
            "category": category, "status": status,
            "components": if animated { json!([{"type": "HEADER", "format": "GIF"}, body]) } else { json!([body]) },
            "message_send_ttl_seconds": if animated { json!(43_200) } else { Value::Null },
            "optimization_spec": if place == 1 { bid } else { Value::Null }, "synced_from": null,
        });
        control.set(id, &facts).await;
    }
    let account = fleet::load_account(session, &first.id).await.unwrap();
    assert_eq!(account.portfolio.as_ref().unwrap().terms, TermsStatus::from_wire(terms));
    let known: Vec<&String> = ids.iter().take(TEMPLATES.len()).collect();
    let mut templates = fleet::load_templates(session, &first.id).await.unwrap();
    templates.retain(|template| known.iter().any(|id| **id == template.id.to_string()));
    (account, templates)
}

/// Sends one message and tells what was forecast, and the message's id or why there is none.
async fn one(session: &Session, account: &Account, template: &Template, draw: &mut Draw) -> (Told, Result<String, String>) {
    let to = draw.one(&RECIPIENTS);
    let choice = DeliveryChoice {
        checked: draw.one(&[None, Some(true), Some(true), Some(false)]),
        policy: draw.one(&[ProductPolicy::CloudApiFallback, ProductPolicy::Strict]),
        activity_sharing: draw.one(&[None, Some(true), Some(false)]),
    };
    let now = Timestamp::now();
    let number = account.numbers.first().unwrap();
    let recipient = Address::parse(to).unwrap().recipient();
    let situation =
        Situation { account, number: Some(number), subject: Subject::Template(template), recipient, choice: &choice, now };
    let found = forecast(&situation);
    // What is lost on a fallback belongs to the template, whatever else is true.
    let animated = template.ttl_seconds == Some(43_200);
    let loses = matches!(found.route, Route::Fallback | Route::CloudApi) && animated;
    assert_eq!(found.lost.contains(&Lost::TimeToLive(43_200)), loses, "{found:?}");
    assert_eq!(found.lost.contains(&Lost::GifHeader), loses, "{found:?}");
    let told = Told {
        route: found.route,
        certain: found.certain,
        category: found.pricing_category(MessageKind::of(template)).map(|category| category.as_wire().to_owned()),
        to_user_id: matches!(recipient, wabadeck::domain::delivery::Recipient::UserId),
        case: format!(
            "{} {} {} {to} {choice:?}",
            account.onboarding.as_wire(),
            template.category.as_wire(),
            template.status.as_wire()
        ),
    };
    let draft = Draft {
        account: account.id.clone(),
        number: number.id.clone(),
        content: Content::Template(TemplateKey::of(template)),
        recipients: vec![to.to_owned()],
        values: template
            .variables()
            .into_iter()
            .filter(|variable| variable.required)
            .map(|variable| (variable.id, "https://media.example/spring.mp4".to_owned()))
            .collect(),
        choice,
    };
    let outgoing =
        draft.resolve(account, Some(template), now).unwrap_or_else(|why| panic!("{}: {why:?}", told.case)).pop().unwrap();
    let outcome = match send::send(session, outgoing).await {
        SendOutcome::Accepted { message_id, .. } => Ok(message_id.to_string()),
        SendOutcome::Refused(problem) => Err(problem.to_string()),
        SendOutcome::Unknown(problem) => panic!("{}: {problem}", told.case),
    };
    (told, outcome)
}
