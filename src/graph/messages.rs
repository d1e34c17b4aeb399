//! A message as Meta wants it: address, body, and what the answer says.
//!
//! A message is posted exactly once: Meta has no key by which a repetition would be known (R37).

use compact_str::CompactString;
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

use super::{Call, Client, GraphError, wire::lenient};
use crate::domain::{
    MessageId,
    delivery::Endpoint,
    free_form::FreeForm,
    message::{Address, Outgoing, OutgoingComponent, OutgoingContent, OutgoingDelivery, Parameter},
    template::MediaKind,
    value::MediaSource,
};

/// What Meta answered to a message: it was taken on, which is not the same as delivered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Its id, by which webhooks name it.
    pub id: MessageId,
    /// `message_status` as sent: `accepted`, `held_for_quality_assessment`, `paused`; empty when Meta sent none.
    pub status: CompactString,
}

#[derive(Deserialize)]
struct Sent {
    #[serde(default, deserialize_with = "lenient::list")]
    messages: Vec<SentMessage>,
}

#[derive(Deserialize)]
struct SentMessage {
    #[serde(default, deserialize_with = "lenient::scalar")]
    id: Option<CompactString>,
    #[serde(default, deserialize_with = "lenient::scalar")]
    message_status: Option<CompactString>,
}

/// Posts the message, once.
///
/// # Errors
/// [`GraphError::is_outcome_unknown`] says whether it may have been taken on all the same.
pub async fn send(client: &Client, message: Outgoing) -> Result<Taken, GraphError> {
    let sent: Sent = client.post_json(&Call::new(path(&message)), text(&message).into_bytes()).await?;
    let first = sent.messages.into_iter().find_map(|message| Some((message.id?, message.message_status)));
    match first {
        Some((id, status)) => Ok(Taken { id: MessageId::new(id), status: status.unwrap_or_default() }),
        None => {
            Err(GraphError::Unreadable { host: client.host().to_owned(), status: 200, reason: "it names no message".to_owned() })
        }
    }
}

/// Where the message is posted.
///
/// # Errors
/// An address that cannot carry a path.
pub fn address(client: &Client, message: &Outgoing) -> Result<Url, GraphError> {
    client.address(&path(message))
}

fn path(message: &Outgoing) -> String {
    let edge = match message.delivery().endpoint() {
        Endpoint::MarketingMessages => "marketing_messages",
        Endpoint::Messages => "messages",
    };
    format!("{}/{edge}", message.number())
}

/// The body, byte for byte as it is posted: indented, so that what people are shown is what is sent.
pub fn text(message: &Outgoing) -> String {
    let body = body(message);
    serde_json::to_string_pretty(&body).unwrap_or_else(|_| body.to_string())
}

/// The body as it is posted (Meta: send marketing messages, messages).
pub fn body(message: &Outgoing) -> Value {
    let mut body = json!({"messaging_product": "whatsapp", "recipient_type": "individual"});
    let set = |body: &mut Value, key: &str, value: Value| {
        if let Some(map) = body.as_object_mut() {
            map.insert(key.to_owned(), value);
        }
    };
    match message.address() {
        Address::Phone(digits) => set(&mut body, "to", json!(digits)),
        Address::UserId(id) => set(&mut body, "recipient", json!(id)),
    }
    match message.content() {
        OutgoingContent::Template { template, components } => {
            // Meta's OpenAPI file wants the policy, its examples leave it out: said, it is right for both.
            let language = json!({"code": template.language.as_str(), "policy": "deterministic"});
            let mut sent = json!({"name": template.name.as_str(), "language": language});
            if !components.is_empty() {
                set(&mut sent, "components", components.iter().map(component).collect());
            }
            set(&mut body, "type", json!("template"));
            set(&mut body, "template", sent);
        }
        OutgoingContent::FreeForm(message) => {
            let (kind, content) = free_form(message);
            set(&mut body, "type", json!(kind));
            set(&mut body, kind, content);
        }
    }
    if let OutgoingDelivery::Optimized { policy, activity_sharing } = message.delivery() {
        // Always said: leaving it out would mean fallback.
        set(&mut body, "product_policy", json!(policy.as_wire()));
        if let Some(sharing) = activity_sharing {
            set(&mut body, "message_activity_sharing", json!(sharing));
        }
    }
    body
}

fn component(component: &OutgoingComponent) -> Value {
    match component {
        OutgoingComponent::Header(header) => json!({"type": "header", "parameters": [parameter(header)]}),
        OutgoingComponent::Body(parameters) => {
            json!({"type": "body", "parameters": parameters.iter().map(parameter).collect::<Vec<_>>()})
        }
        OutgoingComponent::Button { index, kind, parameter: value } => json!({
            "type": "button", "sub_type": kind.as_wire(), "index": index.to_string(), "parameters": [parameter(value)],
        }),
        OutgoingComponent::LimitedTimeOffer { expires_ms } => json!({
            "type": "limited_time_offer",
            "parameters": [{"type": "limited_time_offer", "limited_time_offer": {"expiration_time_ms": expires_ms}}],
        }),
        OutgoingComponent::Carousel(cards) => {
            let cards = cards.iter().map(|(index, components)| {
                let components: Vec<Value> = components.iter().map(self::component).collect();
                json!({"card_index": index, "components": components})
            });
            json!({"type": "carousel", "cards": cards.collect::<Vec<_>>()})
        }
    }
}

fn parameter(parameter: &Parameter) -> Value {
    match parameter {
        Parameter::Text { name: Some(name), text } => json!({"type": "text", "parameter_name": name.as_str(), "text": text}),
        Parameter::Text { name: None, text } => json!({"type": "text", "text": text}),
        Parameter::Media { kind, source, file_name } => {
            let kind = media_kind(*kind);
            let (key, value) = match source {
                MediaSource::Link(link) => ("link", link),
                MediaSource::Id(id) => ("id", id),
            };
            let mut file = json!({key: value});
            if let (Some(name), Some(file)) = (file_name, file.as_object_mut()) {
                file.insert("filename".to_owned(), json!(name));
            }
            json!({"type": kind, kind: file})
        }
        Parameter::Location { latitude, longitude, name, address } => {
            let mut place = json!({"latitude": latitude, "longitude": longitude});
            for (key, value) in [("name", name), ("address", address)] {
                if let (Some(value), Some(place)) = (value, place.as_object_mut()) {
                    place.insert(key.to_owned(), json!(value));
                }
            }
            json!({"type": "location", "location": place})
        }
        Parameter::Product { catalog, product } => {
            json!({"type": "product", "product": {"product_retailer_id": product, "catalog_id": catalog}})
        }
        Parameter::CouponCode(code) => json!({"type": "coupon_code", "coupon_code": code}),
        Parameter::Thumbnail(product) => json!({"type": "action", "action": {"thumbnail_product_retailer_id": product}}),
        Parameter::Products(products) => {
            let items: Vec<Value> = products.iter().map(|id| json!({"product_retailer_id": id})).collect();
            let thumbnail = products.first().map(String::as_str).unwrap_or_default();
            json!({"type": "action", "action": {
                "thumbnail_product_retailer_id": thumbnail, "sections": [{"product_items": items}],
            }})
        }
        Parameter::FlowToken(token) => json!({"type": "action", "action": {"flow_token": token}}),
    }
}

fn media_kind(kind: MediaKind) -> &'static str {
    match kind {
        MediaKind::Image => "image",
        MediaKind::Video => "video",
        MediaKind::Document => "document",
        MediaKind::Gif => "gif",
    }
}

/// A message without a template: its `type` and what stands under that name (Meta: text, media, interactive messages).
fn free_form(message: &FreeForm) -> (&'static str, Value) {
    let interactive =
        |kind: &str, body: &str, action: Value| ("interactive", json!({"type": kind, "body": {"text": body}, "action": action}));
    match message {
        FreeForm::Text(text) => ("text", json!({"body": text, "preview_url": text.contains("https://")})),
        FreeForm::Media { kind, file, caption } => {
            let kind = match kind {
                // Outside templates there are no animated pictures.
                MediaKind::Gif => "video",
                kind => media_kind(*kind),
            };
            let key = if file.trim().bytes().all(|byte| byte.is_ascii_digit()) { "id" } else { "link" };
            let mut content = json!({key: file.trim()});
            if let (false, Some(content)) = (caption.trim().is_empty(), content.as_object_mut()) {
                content.insert("caption".to_owned(), json!(caption));
            }
            (kind, content)
        }
        FreeForm::QuickReplies { body, replies } => {
            let buttons = replies.iter().enumerate();
            let buttons =
                buttons.map(|(index, title)| json!({"type": "reply", "reply": {"id": format!("reply-{index}"), "title": title}}));
            interactive("button", body, json!({"buttons": buttons.collect::<Vec<_>>()}))
        }
        FreeForm::CallToAction { body, label, url } => {
            let action = json!({"name": "cta_url", "parameters": {"display_text": label, "url": url}});
            interactive("cta_url", body, action)
        }
        FreeForm::List { body, button, rows } => {
            let rows = rows.iter().enumerate().map(|(index, row)| {
                let mut item = json!({"id": format!("row-{index}"), "title": row.title});
                if let (false, Some(item)) = (row.description.is_empty(), item.as_object_mut()) {
                    item.insert("description".to_owned(), json!(row.description));
                }
                item
            });
            interactive("list", body, json!({"button": button, "sections": [{"rows": rows.collect::<Vec<_>>()}]}))
        }
    }
}
