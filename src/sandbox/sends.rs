//! `POST /{phone}/messages` and `/marketing_messages`: what is refused at once, which way an accepted message goes,
//! and the answer. What becomes of an accepted message is told by `delivery`.

use serde_json::{Map, Value, json};

use super::call::Call;
use super::delivery::{self, Message, Route};
use super::errors::GraphError;
use super::graph::Aftermath;
use super::parameters;
use super::regions;
use super::state::{Node, World};
use super::templates;

/// Messages a second that a number may send.
const THROUGHPUT: usize = 80;
/// Messages to one recipient within [`PAIR_MILLIS`].
const PAIR: usize = 45;
const PAIR_MILLIS: i64 = 270_000;

const KINDS: &[&str] =
    &["audio", "contacts", "document", "image", "interactive", "location", "reaction", "sticker", "template", "text", "video"];

/// Takes a message, or says why not.
///
/// # Errors
/// The codes of Meta's error page, as far as they concern sending.
pub fn send(world: &mut World, number: Node, marketing: bool, call: &Call, after: &mut Aftermath) -> Result<Value, GraphError> {
    let Some(account) = world.owner(number) else {
        return Err(GraphError::unknown_object("POST", "0"));
    };
    if call.params.text("messaging_product").as_deref() != Some("whatsapp") {
        return Err(GraphError::parameter("(#100) The parameter messaging_product is required."));
    }
    if !marketing && call.params.text("status").as_deref() == Some("read") {
        return match call.params.text("message_id") {
            Some(_) => Ok(json!({"success": true})),
            None => Err(GraphError::parameter("(#100) The parameter message_id is required.")),
        };
    }
    let kind = call.params.text("type").map_or_else(|| "text".to_owned(), |kind| kind.to_ascii_lowercase());
    if marketing && kind != "template" {
        return Err(GraphError::parameter("(#100) Invalid parameter").details("The message must be a template message"));
    }
    if !KINDS.contains(&kind.as_str()) {
        return Err(GraphError::parameter(format!("(#100) Param type must be one of {{{}}}", KINDS.join(", ").to_uppercase())));
    }
    let strict = policy(call, marketing)?;
    let recipient = Recipient::read(call)?;
    standing(world, account, number, kind == "template")?;
    let (route, template) = if kind == "template" {
        let template = template(world, account, call)?;
        (route(world, account, template, marketing, strict, call.served(), &recipient)?, Some(template))
    } else {
        content(call, &kind)?;
        (Route::Service, None)
    };
    throughput(world, number, &recipient.digits)?;
    let id = message_id(world, &recipient.digits);
    let message = Message {
        id: id.clone(),
        number,
        account,
        recipient: recipient.digits.clone(),
        user: recipient.user.clone(),
        template,
        kind,
        route,
        strict,
        callback_data: call.params.text("biz_opaque_callback_data").map(|text| text.chars().take(512).collect()),
        accepted: world.clock.now(),
    };
    let held = delivery::held(&message);
    let notices = delivery::plan(world, &message);
    after.webhooks.extend(notices);
    world.remember(message);
    let mut contact = Map::new();
    contact.insert("input".into(), json!(recipient.input));
    match &recipient.user {
        Some(user) => contact.insert("user_id".into(), json!(user)),
        None => contact.insert("wa_id".into(), json!(recipient.digits)),
    };
    let mut sent = Map::new();
    sent.insert("id".into(), json!(id));
    if template.is_some() {
        let status = if held { "held_for_quality_assessment" } else { "accepted" };
        sent.insert("message_status".into(), json!(status));
    }
    Ok(json!({"messaging_product": "whatsapp", "contacts": [contact], "messages": [sent]}))
}

fn policy(call: &Call, marketing: bool) -> Result<bool, GraphError> {
    if !marketing {
        return Ok(false);
    }
    call.params.truth("message_activity_sharing")?;
    match call.params.text("product_policy").as_deref() {
        None | Some("CLOUD_API_FALLBACK") => Ok(false),
        Some("STRICT") => Ok(true),
        Some(_) => Err(GraphError::parameter("(#100) Param product_policy must be one of {CLOUD_API_FALLBACK, STRICT}")),
    }
}

struct Recipient {
    input: String,
    digits: String,
    user: Option<String>,
}

impl Recipient {
    fn read(call: &Call) -> Result<Self, GraphError> {
        if let Some(input) = call.params.text("to").filter(|to| !to.trim().is_empty()) {
            let digits: String = input.chars().filter(char::is_ascii_digit).collect();
            let odd = input.chars().any(|c| !c.is_ascii_digit() && !matches!(c, '+' | ' ' | '-' | '(' | ')' | '.'));
            if odd || !(7..=15).contains(&digits.len()) || digits.starts_with('0') {
                return Err(GraphError::messaging(
                    400,
                    131_009,
                    "Parameter value is not valid",
                    "Parameter 'to' is not a phone number with its country code",
                ));
            }
            return Ok(Self { input: input.into_owned(), digits, user: None });
        }
        let user = call
            .params
            .text("recipient")
            .filter(|user| !user.trim().is_empty())
            .ok_or_else(|| GraphError::parameter("(#100) The parameter to is required."))?;
        let digits: String = user.chars().filter(char::is_ascii_digit).take(15).collect();
        Ok(Self { input: user.clone().into_owned(), digits, user: Some(user.into_owned()) })
    }
}

/// Whether account and number may send at all.
fn standing(world: &World, account: u32, number: Node, template: bool) -> Result<(), GraphError> {
    let node = Node::Account(account);
    let status = world.text(number, "status").unwrap_or_default();
    if matches!(status.as_str(), "BANNED" | "RESTRICTED") && template {
        return Err(locked());
    }
    let registered = matches!(status.as_str(), "CONNECTED" | "FLAGGED" | "RATE_LIMITED" | "LINKED" | "RESTRICTED");
    let cloud = world.text(number, "platform_type").is_none_or(|platform| platform == "CLOUD_API");
    if !registered || !cloud {
        return Err(GraphError::messaging(
            400,
            133_010,
            "Account not registered",
            "The phone number is not registered with Cloud API",
        ));
    }
    match world.onboarding(account).as_str() {
        "INELIGIBLE_INACTIVE_OR_RESTRICTED" => {
            let kind = world
                .fact(node, "_restriction")
                .and_then(|restriction| restriction.get("restriction_type").and_then(Value::as_str).map(str::to_owned));
            let everything = kind.as_deref().is_some_and(|kind| kind.contains("CUSTOMER_INITIATED"));
            if template || everything {
                return Err(locked());
            }
        }
        "PENDING_VALID_PAYMENT_METHOD" if template => {
            return Err(GraphError::messaging(
                400,
                131_042,
                "Business eligibility payment issue",
                "The WhatsApp Business Account has no valid payment method",
            ));
        }
        _ => {}
    }
    let country = world.text(node, "country").unwrap_or_default();
    if regions::sanctioned(&country) {
        return Err(GraphError::messaging(
            403,
            130_497,
            "Business account is restricted from messaging users in this country",
            format!("Businesses in {country} cannot send messages"),
        ));
    }
    Ok(())
}

fn locked() -> GraphError {
    GraphError::messaging(
        403,
        131_031,
        "Business Account locked",
        "The WhatsApp Business Account has been restricted or disabled because it violated a platform policy",
    )
}

/// Finds the template and checks what does not depend on the route.
fn template(world: &World, account: u32, call: &Call) -> Result<Node, GraphError> {
    let asked = call
        .params
        .json("template")
        .filter(Value::is_object)
        .ok_or_else(|| GraphError::parameter("(#100) The parameter template is required."))?;
    let name = asked.get("name").and_then(Value::as_str).unwrap_or_default();
    let language = match asked.get("language") {
        Some(Value::String(code)) => Some(code.as_str()),
        Some(language) => language.get("code").and_then(Value::as_str),
        None => None,
    };
    let (Some(language), false) = (language, name.is_empty()) else {
        return Err(GraphError::parameter("(#100) The parameters template['name'] and template['language'] are required."));
    };
    let found = world.account(account).and_then(|account| {
        account.templates.iter().map(|at| Node::Template(*at)).find(|node| {
            world.text(*node, "name").as_deref() == Some(name) && world.text(*node, "language").as_deref() == Some(language)
        })
    });
    let absent = |why: String| GraphError::messaging(404, 132_001, "Template name does not exist in the translation", why);
    let node = found.ok_or_else(|| absent(format!("template name ({name}) does not exist in {language}")))?;
    match templates::status(world, node).as_str() {
        "APPROVED" => {}
        "PAUSED" => {
            return Err(GraphError::messaging(
                400,
                132_015,
                "Template is Paused",
                "The template is paused because of low quality and cannot be sent",
            ));
        }
        "DISABLED" => {
            return Err(GraphError::messaging(
                400,
                132_016,
                "Template is Disabled",
                "The template has been paused too many times because of low quality and is now permanently disabled",
            ));
        }
        status => return Err(absent(format!("template name ({name}) in {language} is not approved; its status is {status}"))),
    }
    let components = world.fact(node, "components").unwrap_or_default();
    let named = world.text(node, "parameter_format").as_deref() == Some("NAMED");
    parameters::check(&components, named, asked.get("components").unwrap_or(&Value::Null))?;
    Ok(node)
}

/// Decides the way of a template message, silently falling back where Meta does.
fn route(
    world: &World,
    account: u32,
    template: Node,
    marketing: bool,
    strict: bool,
    version: (u32, u32),
    recipient: &Recipient,
) -> Result<Route, GraphError> {
    let node = Node::Account(account);
    let category = world.text(template, "category").unwrap_or_default();
    let priced = world.fact(template, "optimization_spec").is_some();
    if recipient.user.is_some() && (priced || category == "AUTHENTICATION") {
        return Err(GraphError::messaging(
            400,
            131_062,
            "Business-scoped user id is not supported",
            "Send this message to a phone number",
        ));
    }
    if category != "MARKETING" {
        if !marketing {
            return Ok(if category == "AUTHENTICATION" { Route::Authentication } else { Route::Utility });
        }
        return Err(if version >= (23, 0) {
            GraphError::messaging(
                400,
                134_100,
                "Only marketing messages are supported",
                format!("The category of the template is {category}"),
            )
        } else {
            GraphError::messaging(400, 131_055, "Method not allowed", "Only marketing templates can be sent with this method")
        });
    }
    let onboarded = world.onboarding(account) == "ONBOARDED";
    if marketing && onboarded {
        if !templates::synchronised(world, template) {
            return Err(GraphError::messaging(
                400,
                134_101,
                "Template is not synchronised",
                "The template is still being synchronised to its ad object. Try again in 10 minutes",
            ));
        }
        return Ok(Route::Optimized);
    }
    if marketing && strict {
        return Err(GraphError::messaging(
            500,
            134_102,
            "Template cannot be synchronised",
            "The WhatsApp Business Account is not onboarded to the Marketing Messages API; check marketing_messages_onboarding_status",
        ));
    }
    // From here on it is Cloud API: asked for directly, or as a fallback.
    let portfolio = world.owner(node).unwrap_or_default();
    let terms = world.terms(portfolio);
    let refused = world.holds(node, "disable_marketing_messages_on_cloud_api")
        && if marketing { terms == "REQUEST_SENT" } else { terms != "NOT_STARTED" };
    if refused {
        return Err(GraphError::messaging(
            400,
            131_063,
            "Marketing messages are disabled on Cloud API",
            "disable_marketing_messages_on_cloud_api is set for this WhatsApp Business Account",
        ));
    }
    // Meta writes of `/messages` alone that it refuses a max price; a fallback loses it.
    if priced && !marketing {
        return Err(GraphError::messaging(
            400,
            131_061,
            "Template has a max price",
            "A template with a max price can be sent with the Marketing Messages API only",
        ));
    }
    Ok(Route::Cloud)
}

/// Checks that a message that is no template carries its content.
fn content(call: &Call, kind: &str) -> Result<(), GraphError> {
    let value = call
        .params
        .json(kind)
        .filter(|value| value.is_object() || value.is_array())
        .ok_or_else(|| GraphError::parameter(format!("(#100) The parameter {kind} is required.")))?;
    let has = |path: &str| value.pointer(path).and_then(Value::as_str).is_some_and(|text| !text.is_empty());
    let complete = match kind {
        "text" => has("/body"),
        "audio" | "document" | "image" | "sticker" | "video" => has("/id") || has("/link"),
        "interactive" => has("/type"),
        "reaction" => has("/message_id"),
        "location" => value.get("latitude").is_some() && value.get("longitude").is_some(),
        _ => true,
    };
    if !complete {
        return Err(GraphError::messaging(
            400,
            131_008,
            "Required parameter is missing",
            format!("{kind}: the content is incomplete"),
        ));
    }
    if kind == "text" && value.pointer("/body").and_then(Value::as_str).is_some_and(|text| text.chars().count() > 4_096) {
        return Err(GraphError::parameter("(#100) Param text['body'] must be at most 4096 characters long."));
    }
    Ok(())
}

/// Counts against the limits of a number and of a pair of number and recipient.
fn throughput(world: &mut World, number: Node, recipient: &str) -> Result<(), GraphError> {
    let now = world.clock.now_millis();
    let recent = world.recent.entry((number, String::new())).or_default();
    recent.retain(|time| now - *time < 1_000);
    if recent.len() >= THROUGHPUT {
        return Err(GraphError::messaging(429, 130_429, "Rate limit hit", "Cloud API message throughput has been reached."));
    }
    let pair = world.recent.entry((number, recipient.to_owned())).or_default();
    pair.retain(|time| now - *time < PAIR_MILLIS);
    if pair.len() >= PAIR {
        return Err(GraphError::messaging(
            400,
            131_056,
            "(Business Account, Consumer Account) pair rate limit hit",
            "Message failed to send because there were too many messages sent from this phone number to the same phone number in a short period of time.",
        ));
    }
    pair.push(now);
    if let Some(recent) = world.recent.get_mut(&(number, String::new())) {
        recent.push(now);
    }
    if world.recent.len() > 50_000 {
        world.recent.retain(|_, times| times.last().is_some_and(|last| now - *last < PAIR_MILLIS));
    }
    Ok(())
}

/// An id in the shape of Meta's: the recipient and a random part, wrapped up.
pub fn message_id(world: &mut World, recipient: &str) -> String {
    use base64::Engine;
    let mut bytes = vec![0x1c, 0x18, u8::try_from(recipient.len()).unwrap_or(0)];
    bytes.extend_from_slice(recipient.as_bytes());
    bytes.extend_from_slice(&[0x15, 0x02, 0x00, 0x11, 0x18, 0x12]);
    let number = world.make();
    bytes.extend_from_slice(format!("{:016X}{:02X}", number, world.made & 0xFF).as_bytes());
    bytes.push(0x00);
    format!("wamid.{}", base64::engine::general_purpose::STANDARD.encode(bytes))
}
