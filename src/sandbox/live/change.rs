//! What can happen to accounts: to whom, what of them changes, and what Meta tells about it.

use std::str::FromStr;

use serde_json::{Value, json};

use super::super::signup;
use super::super::state::{Node, World, small};
use super::super::templates;
use super::super::webhooks::{self, Notice};

macro_rules! changes {
    ($($(#[$meta:meta])* $name:ident = $word:literal),+ $(,)?) => {
        /// Something that can happen.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Change { $($(#[$meta])* $name,)+ }

        impl Change {
            /// Everything that can happen.
            pub const ALL: [Self; [$($word),+].len()] = [$(Self::$name),+];

            /// The word by which it is asked for.
            pub fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)+ }
            }
        }
    };
}

changes! {
    /// An account is restricted, for three days.
    Restrict = "restrict",
    /// The restriction is lifted.
    Reinstate = "reinstate",
    /// The quality of a number falls by one step.
    QualityDown = "quality-down",
    /// It rises by one step.
    QualityUp = "quality-up",
    /// A template is paused.
    TemplatePause = "template-pause",
    /// The pause ends.
    TemplateUnpause = "template-unpause",
    /// Meta moves a template to another category.
    TemplateRecategorise = "template-recategorise",
    /// The messaging limit of a portfolio rises.
    LimitRaise = "limit-raise",
    /// Somebody accepts the terms in WhatsApp Manager.
    TermsSign = "terms-sign",
    /// A display name is declined.
    NameDecline = "name-decline",
    /// A display name is approved.
    NameApprove = "name-approve",
    /// Somebody adds a valid payment method.
    PaymentFix = "payment-fix",
}

impl FromStr for Change {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let known = || Self::ALL.map(Self::word).join(", ");
        let found = Self::ALL.into_iter().find(|change| change.word() == text);
        found.ok_or_else(|| format!("{:?} is not one of {}", text.chars().take(40).collect::<String>(), known()))
    }
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happened {
    /// What.
    pub change: Change,
    /// The object.
    pub id: String,
    /// Its name, for people.
    pub name: String,
    /// How many addresses are told.
    pub told: usize,
}

const LIMITS: [&str; 5] = ["TIER_250", "TIER_2K", "TIER_10K", "TIER_100K", "TIER_UNLIMITED"];
const QUALITIES: [&str; 3] = ["RED", "YELLOW", "GREEN"];
const RESTRICTED: &str = "INELIGIBLE_INACTIVE_OR_RESTRICTED";

/// The objects that it can happen to, in the order of the fleet; `within` is the object itself, or what it belongs to.
pub fn candidates(world: &World, change: Change, within: Option<Node>) -> Vec<Node> {
    let all = |count: usize, node: fn(u32) -> Node| (0..small(count)).map(node).collect::<Vec<_>>();
    let nodes = match change {
        Change::Restrict | Change::Reinstate | Change::PaymentFix => all(world.accounts.len(), Node::Account),
        Change::QualityDown | Change::QualityUp | Change::NameDecline | Change::NameApprove => {
            all(world.numbers.len(), Node::Number)
        }
        Change::TemplatePause | Change::TemplateUnpause | Change::TemplateRecategorise => {
            all(world.templates.len(), Node::Template)
        }
        Change::LimitRaise | Change::TermsSign => all(world.portfolios.len(), Node::Business),
    };
    nodes.into_iter().filter(|node| belongs(world, *node, within) && suits(world, change, *node)).collect()
}

fn belongs(world: &World, node: Node, within: Option<Node>) -> bool {
    match within {
        None => true,
        Some(within) if within == node => true,
        Some(Node::Account(account)) => match node {
            Node::Business(_) => world.portfolio_of(Node::Account(account)) == world.portfolio_of(node),
            other => world.account_of(other) == Some(account),
        },
        Some(Node::Business(portfolio)) => world.portfolio_of(node) == Some(portfolio),
        Some(_) => false,
    }
}

fn suits(world: &World, change: Change, node: Node) -> bool {
    let text = |name: &str| world.text(node, name).unwrap_or_default();
    match (change, node) {
        (Change::Restrict, Node::Account(at)) => matches!(world.onboarding(at).as_str(), "ONBOARDED" | "ELIGIBLE"),
        (Change::Reinstate, Node::Account(at)) => world.onboarding(at) == RESTRICTED,
        (Change::PaymentFix, Node::Account(at)) => world.onboarding(at) == "PENDING_VALID_PAYMENT_METHOD",
        (Change::QualityDown, _) => matches!(text("quality_rating").as_str(), "GREEN" | "YELLOW"),
        (Change::QualityUp, _) => matches!(text("quality_rating").as_str(), "RED" | "YELLOW"),
        (Change::NameDecline, _) => matches!(text("name_status").as_str(), "APPROVED" | "PENDING_REVIEW"),
        (Change::NameApprove, _) => matches!(text("name_status").as_str(), "DECLINED" | "PENDING_REVIEW"),
        (Change::TemplatePause, _) => templates::status(world, node) == "APPROVED",
        (Change::TemplateUnpause, _) => templates::status(world, node) == "PAUSED",
        (Change::TemplateRecategorise, _) => text("category") == "UTILITY",
        (Change::LimitRaise, _) => raised(&text("whatsapp_business_manager_messaging_limit")).is_some(),
        (Change::TermsSign, Node::Business(at)) => {
            !signup::covered(world, at).is_empty() && !world.owned_by(at).any(|account| world.onboarding(account) == RESTRICTED)
        }
        _ => false,
    }
}

fn raised(limit: &str) -> Option<&'static str> {
    let at = LIMITS.iter().position(|known| *known == limit)?;
    LIMITS.get(at + 1).copied()
}

/// Makes it happen; `restricted_for` are the seconds that a restriction lasts.
pub fn apply(world: &mut World, change: Change, node: Node, restricted_for: i64, notices: &mut Vec<Notice>) -> Happened {
    let before = notices.len();
    match (change, node) {
        (Change::Restrict, Node::Account(at)) => restrict(world, at, restricted_for, notices),
        (Change::Reinstate, Node::Account(at)) => reinstate(world, at, notices),
        // Meta sends nothing about payments; the next look finds it.
        (Change::PaymentFix, _) => world.set(node, "marketing_messages_onboarding_status", json!("ONBOARDED")),
        (Change::QualityDown, _) => quality(world, node, -1, notices),
        (Change::QualityUp, _) => quality(world, node, 1, notices),
        (Change::NameDecline, _) => name(world, node, "DECLINED", notices),
        (Change::NameApprove, _) => name(world, node, "APPROVED", notices),
        (Change::TemplatePause, _) => pause(world, node, true, notices),
        (Change::TemplateUnpause, _) => pause(world, node, false, notices),
        (Change::TemplateRecategorise, _) => recategorise(world, node, notices),
        (Change::LimitRaise, Node::Business(at)) => limit(world, at, notices),
        (Change::TermsSign, Node::Business(at)) => drop(signup::sign(world, at, notices)),
        _ => {}
    }
    let told = notices.iter().skip(before).map(|notice| notice.targets.len()).sum();
    let name = ["name", "display_phone_number"].iter().find_map(|name| world.text(node, name)).unwrap_or_default();
    Happened { change, id: world.id(node).to_string(), name, told }
}

fn restrict(world: &mut World, at: u32, seconds: i64, notices: &mut Vec<Notice>) {
    let node = Node::Account(at);
    let status = world.onboarding(at);
    world.set(node, "_before_restriction", json!(status));
    signup::restrict_for(world, at, seconds, notices);
}

/// The account is what it was; one that was restricted from the start is what its portfolio's terms make it.
fn reinstate(world: &mut World, at: u32, notices: &mut Vec<Notice>) {
    let node = Node::Account(at);
    let before = world.text(node, "_before_restriction").unwrap_or_else(|| {
        let signed = world.portfolio_of(node).is_some_and(|portfolio| world.terms(portfolio) == "TERM_OF_SERVICE_SIGNED");
        if signed { "ONBOARDED".to_owned() } else { "ELIGIBLE".to_owned() }
    });
    world.set(node, "marketing_messages_onboarding_status", json!(before));
    world.set(node, "_before_restriction", Value::Null);
    signup::reinstate(world, at, notices);
}

/// Quality itself has no webhook; that a number is flagged for it has.
fn quality(world: &mut World, node: Node, step: isize, notices: &mut Vec<Notice>) {
    let rating = world.text(node, "quality_rating").unwrap_or_default();
    let at = QUALITIES.iter().position(|known| *known == rating).unwrap_or(1);
    let Some(new) = at.checked_add_signed(step).and_then(|at| QUALITIES.get(at)) else { return };
    world.set(node, "quality_rating", json!(new));
    let event = match (*new, rating.as_str()) {
        ("RED", _) => "FLAGGED",
        (_, "RED") => "UNFLAGGED",
        _ => return,
    };
    let status = if event == "FLAGGED" { "FLAGGED" } else { "CONNECTED" };
    if matches!(world.text(node, "status").as_deref(), Some("CONNECTED" | "FLAGGED")) {
        world.set(node, "status", json!(status));
        let value = json!({"display_phone_number": digits(world, node), "event": event});
        notices.extend(about(world, node, "phone_number_quality_update", value));
    }
}

fn name(world: &mut World, node: Node, status: &str, notices: &mut Vec<Notice>) {
    world.set(node, "name_status", json!(status));
    let declined = status == "DECLINED";
    let value = json!({
        "display_phone_number": digits(world, node),
        "decision": if declined { "REJECTED" } else { "APPROVED" },
        "requested_verified_name": world.text(node, "verified_name"),
        "rejection_reason": if declined { "NAME_NOT_RELATED_TO_BUSINESS" } else { "NONE" },
    });
    notices.extend(about(world, node, "phone_number_name_update", value));
}

fn pause(world: &mut World, node: Node, on: bool, notices: &mut Vec<Notice>) {
    let (status, title, description) = match on {
        true => ("PAUSED", "FIRST_PAUSE", "Your template has been paused for 3 hours because it had issues."),
        false => ("APPROVED", "UNPAUSE", "Your template can be used again."),
    };
    world.set(node, "status", json!(status));
    let mut value = template(world, node);
    merge(&mut value, json!({"event": status, "reason": "NONE", "other_info": {"title": title, "description": description}}));
    notices.extend(about(world, node, "message_template_status_update", value));
}

fn recategorise(world: &mut World, node: Node, notices: &mut Vec<Notice>) {
    world.set(node, "category", json!("MARKETING"));
    world.set(node, "previous_category", json!("UTILITY"));
    let mut value = template(world, node);
    merge(&mut value, json!({"previous_category": "UTILITY", "new_category": "MARKETING"}));
    notices.extend(about(world, node, "template_category_update", value));
}

fn limit(world: &mut World, at: u32, notices: &mut Vec<Notice>) {
    let node = Node::Business(at);
    let before = world.text(node, "whatsapp_business_manager_messaging_limit").unwrap_or_default();
    let Some(new) = raised(&before) else { return };
    world.set(node, "whatsapp_business_manager_messaging_limit", json!(new));
    let owned: Vec<u32> = world.owned_by(at).collect();
    for account in owned {
        let value = json!({"max_daily_conversations_per_business": new});
        notices.extend(about(world, Node::Account(account), "business_capability_update", value));
    }
}

fn about(world: &World, node: Node, field: &str, value: Value) -> Option<Notice> {
    webhooks::notice(world, world.account_of(node)?, field, value)
}

fn digits(world: &World, node: Node) -> String {
    world.text(node, "display_phone_number").unwrap_or_default().chars().filter(char::is_ascii_digit).collect()
}

fn template(world: &World, node: Node) -> Value {
    json!({
        "message_template_id": world.id(node),
        "message_template_name": world.text(node, "name"),
        "message_template_language": world.text(node, "language"),
        "message_template_category": world.text(node, "category"),
    })
}

fn merge(value: &mut Value, more: Value) {
    if let (Some(value), Value::Object(more)) = (value.as_object_mut(), more) {
        value.extend(more);
    }
}
