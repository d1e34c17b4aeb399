//! Templates and their components on the wire (Meta: message template reference, template components).

use compact_str::CompactString;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::lenient;
use crate::domain::{
    Template, TemplateId,
    number::Quality,
    one_time::OneTimeText,
    template::{
        Button, ButtonAction, Category, Component, Header, MediaKind, OneTimeButton, OneTimeKind, ParameterFormat,
        TemplateStatus, Text,
    },
};

type Word = Option<CompactString>;

/// A template.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct WireTemplate {
    #[serde(deserialize_with = "lenient::scalar")]
    id: Word,
    #[serde(deserialize_with = "lenient::scalar")]
    name: Word,
    #[serde(deserialize_with = "language")]
    language: Word,
    #[serde(deserialize_with = "lenient::scalar")]
    status: Word,
    #[serde(deserialize_with = "lenient::scalar")]
    category: Word,
    #[serde(deserialize_with = "lenient::scalar")]
    previous_category: Word,
    #[serde(deserialize_with = "lenient::scalar")]
    correct_category: Word,
    #[serde(deserialize_with = "lenient::scalar")]
    sub_category: Word,
    #[serde(deserialize_with = "lenient::scalar")]
    parameter_format: Word,
    quality_score: Value,
    #[serde(deserialize_with = "lenient::scalar")]
    rejected_reason: Word,
    #[serde(deserialize_with = "lenient::scalar")]
    message_send_ttl_seconds: Option<i64>,
    degrees_of_freedom_spec: Value,
    optimization_spec: Value,
    bid_spec: Value,
    #[serde(deserialize_with = "lenient::scalar")]
    ad_id: Word,
    #[serde(deserialize_with = "lenient::list")]
    components: Vec<WireComponent>,
}

/// A language code, or the object that requests use: `{"code": …}`.
fn language<'de, D: Deserializer<'de>>(input: D) -> Result<Word, D::Error> {
    Ok(match Value::deserialize(input)? {
        Value::String(code) => Some(code.into()),
        Value::Object(map) => map.get("code").and_then(Value::as_str).map(CompactString::from),
        _ => None,
    })
}

impl WireTemplate {
    /// The template; `None` without a name. The id may be missing, the name is what sends it.
    pub fn into_template(self) -> Option<Template> {
        let name = self.own_name()?;
        Some(self.named(name))
    }

    /// The name it came with.
    pub fn own_name(&self) -> Option<CompactString> {
        self.name.clone().filter(|name| !name.is_empty())
    }

    /// Whether it has parts.
    pub fn has_parts(&self) -> bool {
        !self.components.is_empty()
    }

    /// The template under this name.
    pub fn named(self, name: CompactString) -> Template {
        let score = match &self.quality_score {
            Value::Object(map) => map.get("score").and_then(Value::as_str),
            Value::String(score) => Some(score.as_str()),
            _ => None,
        };
        let category = self.category.map(|word| Category::from_wire(&word)).unwrap_or_default();
        let one_time = self.components.iter().fold(OneTimeText::default(), |chosen, component| OneTimeText {
            security_recommendation: chosen.security_recommendation || component.add_security_recommendation == Some(true),
            expiration_minutes: chosen
                .expiration_minutes
                .or_else(|| component.code_expiration_minutes.and_then(|minutes| u16::try_from(minutes).ok())),
        });
        let named = self.parameter_format.is_some_and(|format| format.eq_ignore_ascii_case("NAMED"));
        Template {
            id: TemplateId::new(self.id.unwrap_or_default()),
            name,
            language: self.language.unwrap_or_default(),
            one_time,
            previous_category: some(self.previous_category).map(|word| Category::from_wire(&word)),
            correct_category: some(self.correct_category).map(|word| Category::from_wire(&word)),
            status: self.status.map(|word| TemplateStatus::from_wire(&word)).unwrap_or_default(),
            quality: match score {
                Some(score) if score.eq_ignore_ascii_case("UNKNOWN") => Quality::NotRated,
                Some(score) => Quality::from_wire(score),
                None => Quality::default(),
            },
            rejected_reason: some(self.rejected_reason).filter(|reason| !reason.eq_ignore_ascii_case("NONE")),
            sub_category: some(self.sub_category),
            parameter_format: if named { ParameterFormat::Named } else { ParameterFormat::Positional },
            ttl_seconds: self.message_send_ttl_seconds,
            max_price: holds_something(&self.optimization_spec) || holds_something(&self.bid_spec),
            creative_optimization: any_opted_in(&self.degrees_of_freedom_spec),
            creative_features: super::creative::features(&self.degrees_of_freedom_spec),
            max_price_amount: [&self.optimization_spec, &self.bid_spec].into_iter().find_map(bid_amount),
            synced: self.ad_id.map(|id| !id.is_empty() && id != "0"),
            components: self.components.into_iter().map(|component| component.into_component(&category)).collect(),
            category,
        }
    }
}

fn some(word: Word) -> Word {
    word.filter(|word| !word.is_empty())
}

fn holds_something(value: &Value) -> bool {
    match value {
        Value::Object(map) => !map.is_empty(),
        Value::Array(items) => !items.is_empty(),
        _ => false,
    }
}

fn bid_amount(spec: &Value) -> Option<i64> {
    match spec {
        Value::Array(items) => items.iter().find_map(bid_amount),
        spec => match spec.get("bid_amount")? {
            Value::String(digits) => digits.parse().ok(),
            amount => amount.as_i64(),
        },
    }
}

/// Two shapes are read back: lists of `{key, value: {enroll_status}}` and maps of key to `OPT_IN`.
fn any_opted_in(value: &Value) -> bool {
    match value {
        Value::String(word) => word.eq_ignore_ascii_case("OPT_IN"),
        Value::Array(items) => items.iter().any(any_opted_in),
        Value::Object(map) => map.values().any(any_opted_in),
        _ => false,
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct WireComponent {
    #[serde(rename = "type", deserialize_with = "lenient::scalar")]
    kind: Word,
    #[serde(deserialize_with = "lenient::scalar")]
    format: Word,
    #[serde(deserialize_with = "lenient::scalar")]
    text: Option<String>,
    example: Value,
    #[serde(deserialize_with = "lenient::scalar")]
    add_security_recommendation: Option<bool>,
    #[serde(deserialize_with = "lenient::scalar")]
    code_expiration_minutes: Option<i64>,
    #[serde(deserialize_with = "lenient::list")]
    buttons: Vec<WireButton>,
    #[serde(deserialize_with = "lenient::list")]
    cards: Vec<WireCard>,
    #[serde(deserialize_with = "lenient::object")]
    limited_time_offer: Option<WireOffer>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct WireCard {
    #[serde(deserialize_with = "lenient::list")]
    components: Vec<WireComponent>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct WireOffer {
    #[serde(deserialize_with = "lenient::scalar")]
    text: Option<String>,
    #[serde(deserialize_with = "lenient::scalar")]
    has_expiration: Option<bool>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct WireButton {
    #[serde(rename = "type", deserialize_with = "lenient::scalar")]
    kind: Word,
    #[serde(deserialize_with = "lenient::scalar")]
    text: Option<String>,
    #[serde(deserialize_with = "lenient::scalar")]
    url: Option<String>,
    #[serde(deserialize_with = "lenient::scalar")]
    phone_number: Option<String>,
    #[serde(deserialize_with = "lenient::scalar")]
    otp_type: Word,
    #[serde(deserialize_with = "lenient::scalar")]
    autofill_text: Option<String>,
    #[serde(deserialize_with = "lenient::scalars")]
    example: Vec<String>,
}

impl WireComponent {
    fn into_component(self, category: &Category) -> Component {
        let kind = self.kind.clone().unwrap_or_default();
        match kind.to_ascii_uppercase().as_str() {
            "HEADER" => Component::Header(self.into_header()),
            "BODY" => Component::Body(self.into_text("body_text")),
            "FOOTER" => Component::Footer(self.text.unwrap_or_default()),
            "BUTTONS" => Component::Buttons(self.buttons.into_iter().map(|button| button.into_button(category)).collect()),
            "CAROUSEL" => Component::Carousel(
                self.cards
                    .into_iter()
                    .map(|card| card.components.into_iter().map(|component| component.into_part_of_card(category)).collect())
                    .collect(),
            ),
            "LIMITED_TIME_OFFER" => {
                let offer = self.limited_time_offer.unwrap_or_default();
                Component::LimitedTimeOffer {
                    text: offer.text.or(self.text).unwrap_or_default(),
                    has_expiration: offer.has_expiration.unwrap_or(false),
                }
            }
            "CALL_PERMISSION_REQUEST" => Component::CallPermission,
            // A part without a kind is one that nobody knows, too, and needs something to be called by.
            "" => Component::Unknown("?".into()),
            _ => Component::Unknown(kind),
        }
    }

    /// Cards have no cards: whatever claims to is shown as a part that is not known, so that it is not lost unseen.
    fn into_part_of_card(self, category: &Category) -> Component {
        match self.into_component(category) {
            Component::Carousel(_) => Component::Unknown("CAROUSEL".into()),
            component => component,
        }
    }

    fn into_header(self) -> Header {
        let format = self.format.clone().unwrap_or_default();
        let media = |kind, example: &Value| Header::Media { kind, example: first_text(example.get("header_handle")) };
        match format.to_ascii_uppercase().as_str() {
            "IMAGE" => media(MediaKind::Image, &self.example),
            "VIDEO" => media(MediaKind::Video, &self.example),
            "DOCUMENT" => media(MediaKind::Document, &self.example),
            "GIF" => media(MediaKind::Gif, &self.example),
            "LOCATION" => Header::Location,
            "PRODUCT" => Header::Product,
            "TEXT" => Header::Text(self.into_text("header_text")),
            "" if self.text.is_some() => Header::Text(self.into_text("header_text")),
            _ => Header::Unknown(format),
        }
    }

    fn into_text(self, key: &str) -> Text {
        Text { text: self.text.unwrap_or_default(), examples: examples(&self.example, key) }
    }
}

/// Examples: `body_text: [["a", "b"]]`, `header_text: ["a"]`, or `…_named_params: [{param_name, example}]`.
fn examples(example: &Value, key: &str) -> Vec<(CompactString, String)> {
    let named = example.get(format!("{key}_named_params")).and_then(Value::as_array);
    if let Some(named) = named {
        let pair = |entry: &Value| {
            let name = entry.get("param_name").and_then(Value::as_str)?;
            Some((CompactString::from(name), words(entry.get("example")?)?))
        };
        return named.iter().filter_map(pair).collect();
    }
    let Some(Value::Array(mut values)) = example.get(key).cloned() else { return Vec::new() };
    if let Some(Value::Array(inner)) = values.first() {
        values = inner.clone();
    }
    let numbered = values.iter().enumerate();
    numbered.filter_map(|(index, value)| Some((compact_str::format_compact!("{}", index + 1), words(value)?))).collect()
}

fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn first_text(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::Array(items) => items.first().and_then(words),
        value => words(value),
    }
}

impl WireButton {
    fn into_button(self, category: &Category) -> Button {
        let kind = self.kind.unwrap_or_default();
        let example = self.example.into_iter().next();
        let action = match kind.to_ascii_uppercase().as_str() {
            "QUICK_REPLY" => ButtonAction::QuickReply,
            // Once approved, the button of an authentication template comes back as an address with its kind in it.
            "URL" if *category == Category::Authentication => {
                let kind = self.url.as_deref().and_then(|url| url.split_once("otp_type="));
                match kind.and_then(|(_, rest)| rest.split('&').next()) {
                    Some(kind) => one_time(kind, self.autofill_text),
                    None => ButtonAction::Url { url: self.url.unwrap_or_default(), example },
                }
            }
            "URL" => ButtonAction::Url { url: self.url.unwrap_or_default(), example },
            "PHONE_NUMBER" => ButtonAction::PhoneNumber(self.phone_number.unwrap_or_default()),
            "COPY_CODE" => ButtonAction::CopyCode(example),
            "OTP" => one_time(&self.otp_type.unwrap_or_default(), self.autofill_text),
            "FLOW" => ButtonAction::Flow,
            "CATALOG" => ButtonAction::Catalog,
            "MPM" => ButtonAction::MultiProduct,
            "SPM" => ButtonAction::SingleProduct,
            "VOICE_CALL" => ButtonAction::VoiceCall,
            "ORDER_DETAILS" => ButtonAction::OrderDetails,
            _ => ButtonAction::Unknown(kind),
        };
        Button { text: self.text.unwrap_or_default(), action }
    }
}

fn one_time(kind: &str, autofill: Option<String>) -> ButtonAction {
    let kind = OneTimeKind::from_wire(kind);
    // Only a button that hands the code over says so.
    let autofill = autofill.filter(|_| kind != OneTimeKind::CopyCode);
    ButtonAction::OneTimePassword(OneTimeButton { kind, autofill })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Template {
        serde_json::from_str::<WireTemplate>(json).unwrap().into_template().unwrap()
    }

    #[test]
    fn every_kind_of_component_is_read_whatever_its_case() {
        let template = read(
            r#"{"name":"n","id":7,"language":{"code":"fr"},"status":"approved","parameter_format":"NAMED","components":[
            {"type":"header","format":"IMAGE","example":{"header_handle":["https://x/1"]}},
            {"type":"BODY","text":"Hi {{first_name}}","example":{"body_text_named_params":[{"param_name":"first_name","example":"Ana"}]}},
            {"type":"limited_time_offer","limited_time_offer":{"text":"Ends soon","has_expiration":"true"}},
            {"type":"Buttons","buttons":[{"type":"url","text":"Shop","url":"https://x/{{1}}","example":["https://x/a"]},
                {"type":"COPY_CODE","example":"SAVE"},{"type":"teleport","text":"?"}]},
            {"type":"CAROUSEL","cards":[{"components":[{"type":"BODY","text":"Card"}]},null]},
            {"type":"hologram"}]}"#,
        );
        assert_eq!(template.language, "fr");
        assert_eq!(template.status, TemplateStatus::Approved);
        assert_eq!(template.parameter_format, ParameterFormat::Named);
        let [header, body, offer, buttons, carousel, unknown] = template.components.as_slice() else {
            panic!("{:?}", template.components);
        };
        assert_eq!(header, &Component::Header(Header::Media { kind: MediaKind::Image, example: Some("https://x/1".into()) }));
        assert!(matches!(body, Component::Body(text) if text.examples == [("first_name".into(), "Ana".to_owned())]));
        assert!(matches!(offer, Component::LimitedTimeOffer { has_expiration: true, .. }));
        let Component::Buttons(buttons) = buttons else { panic!("{buttons:?}") };
        assert_eq!(buttons[1].action, ButtonAction::CopyCode(Some("SAVE".into())));
        assert_eq!(buttons[2].action, ButtonAction::Unknown("teleport".into()));
        assert_eq!(carousel, &Component::Carousel(vec![vec![Component::Body(Text { text: "Card".into(), examples: vec![] })]]));
        assert_eq!(unknown, &Component::Unknown("hologram".into()));
    }

    #[test]
    fn max_price_and_creative_optimisation_are_read_in_their_shapes() {
        assert!(read(r#"{"name":"n","bid_spec":{"bid_amount":5}}"#).max_price);
        assert_eq!(read(r#"{"name":"n","bid_spec":{"bid_amount":5}}"#).max_price_amount, Some(5));
        assert_eq!(read(r#"{"name":"n","optimization_spec":{"bid_amount":"42"}}"#).max_price_amount, Some(42));
        assert!(!read(r#"{"name":"n","optimization_spec":null}"#).max_price);
        let list = r#"{"name":"n","degrees_of_freedom_spec":{"creative_features_spec":[{"key":"A","value":{"enroll_status":"OPT_IN"}}]}}"#;
        assert!(read(list).creative_optimization);
        let map = r#"{"name":"n","degrees_of_freedom_spec":{"creative_features_spec":{"image_touchups":"OPT_OUT"}}}"#;
        assert!(!read(map).creative_optimization);
    }

    #[test]
    fn authentication_templates_are_read_as_they_are_created_and_as_they_come_back() {
        let created = read(
            r#"{"name":"n","category":"AUTHENTICATION","components":[{"type":"BODY","add_security_recommendation":true},
            {"type":"FOOTER","code_expiration_minutes":"10"},
            {"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"ONE_TAP","text":"Copy code","autofill_text":"Autofill"}]}]}"#,
        );
        assert_eq!(created.one_time, OneTimeText { security_recommendation: true, expiration_minutes: Some(10) });
        let button = OneTimeButton { kind: OneTimeKind::OneTap, autofill: Some("Autofill".to_owned()) };
        let Some(Component::Buttons(buttons)) = created.components.last() else { panic!() };
        assert_eq!(buttons[0].action, ButtonAction::OneTimePassword(button));
        let back = read(
            r#"{"name":"n","category":"AUTHENTICATION","components":[{"type":"BUTTONS","buttons":[{"type":"URL","text":"Copy code",
            "url":"https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp{{1}}","example":["x"]}]}]}"#,
        );
        let [Component::Buttons(buttons)] = back.components.as_slice() else { panic!() };
        let button = OneTimeButton { kind: OneTimeKind::CopyCode, autofill: None };
        assert_eq!(buttons[0].action, ButtonAction::OneTimePassword(button));
    }

    #[test]
    fn positional_examples_come_as_a_list_in_a_list() {
        let template =
            read(r#"{"name":"n","components":[{"type":"BODY","text":"{{1}} {{2}}","example":{"body_text":[["a",2]]}}]}"#);
        let [Component::Body(text)] = template.components.as_slice() else { panic!() };
        assert_eq!(text.examples, [("1".into(), "a".to_owned()), ("2".into(), "2".to_owned())]);
    }
}
