//! Whether the parameters of a send fit the template: as many as it has variables, of the kinds its parts ask for.
//! It must not know routes, recipients or accounts.

use serde_json::Value;

use super::errors::GraphError;
use super::templates::variables;

/// Longest body once the variables are filled in, in characters.
const LONGEST_BODY: usize = 1_024;

/// Checks the `components` of a send against the components of its template.
///
/// # Errors
/// 132000 for a wrong number of parameters, 132012 for a wrong kind, 131008 for a part that needs one and has none,
/// 132018 for texts that Meta refuses, 132005 for a text that gets too long.
pub fn check(template: &Value, named: bool, sent: &Value) -> Result<(), GraphError> {
    let parts = list(template);
    let sent = list(sent);
    for part in &sent {
        let kind = word(part, "type");
        let known =
            ["HEADER", "BODY", "BUTTON", "CAROUSEL", "LIMITED_TIME_OFFER", "FOOTER", "CALL_PERMISSION_REQUEST", "ORDER_STATUS"];
        if !known.contains(&kind.as_str()) {
            return Err(GraphError::messaging(
                400,
                131_009,
                "Parameter value is not valid",
                format!("{kind} is not a type of component"),
            ));
        }
    }
    for part in &parts {
        match word(part, "type").as_str() {
            "HEADER" => header(part, named, &sent)?,
            "BODY" => body(part, named, &sent)?,
            "BUTTONS" => buttons(part, &sent)?,
            "LIMITED_TIME_OFFER" => offer(part, &sent)?,
            "CAROUSEL" => carousel(part, named, &sent)?,
            _ => {}
        }
    }
    Ok(())
}

fn list(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

fn word(value: &Value, name: &str) -> String {
    value.get(name).and_then(Value::as_str).unwrap_or_default().to_ascii_uppercase()
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn of_kind<'a>(sent: &'a [Value], kind: &str) -> Option<&'a Value> {
    sent.iter().find(|part| word(part, "type") == kind)
}

fn parameters(part: Option<&Value>) -> Vec<Value> {
    part.and_then(|part| part.get("parameters")).map(list).unwrap_or_default()
}

fn count(place: &str, sent: usize, expected: usize) -> GraphError {
    GraphError::messaging(
        400,
        132_000,
        "Number of parameters does not match the expected number of params",
        format!("{place}: number of localizable_params ({sent}) does not match the expected number of params ({expected})"),
    )
}

fn mismatch(place: &str, expected: &str, received: &str) -> GraphError {
    let received = if received.is_empty() { "UNKNOWN" } else { received };
    GraphError::messaging(
        400,
        132_012,
        "Parameter format does not match format in the created template",
        format!("{place}: Format mismatch, expected {expected}, received {received}"),
    )
}

fn missing(details: String) -> GraphError {
    GraphError::messaging(400, 131_008, "Required parameter is missing", details)
}

fn refused(details: &str) -> GraphError {
    GraphError::messaging(400, 132_018, "There is an issue with the parameters in your template", details)
}

/// The text that a parameter puts into the message.
fn shown(parameter: &Value) -> Result<String, GraphError> {
    let kind = word(parameter, "type");
    let found = match kind.as_str() {
        "TEXT" | "" => parameter.get("text").and_then(Value::as_str),
        "CURRENCY" => parameter.pointer("/currency/fallback_value").and_then(Value::as_str),
        "DATE_TIME" => parameter.pointer("/date_time/fallback_value").and_then(Value::as_str),
        _ => return Err(mismatch("body", "TEXT", &kind)),
    };
    let text = found.unwrap_or_default();
    if text.is_empty() {
        return Err(missing("Parameter of type text is missing text value".to_owned()));
    }
    if text.contains(['\n', '\r', '\t']) || text.contains("     ") {
        return Err(refused("Param text cannot have new-line/tab characters or more than 4 consecutive spaces"));
    }
    Ok(text.to_owned())
}

fn texts(place: &str, written: &str, named: bool, sent: &[Value]) -> Result<String, GraphError> {
    let wanted = variables(written);
    if sent.len() != wanted.len() {
        return Err(count(place, sent.len(), wanted.len()));
    }
    let mut filled = written.to_owned();
    for (position, name) in wanted.iter().enumerate() {
        let parameter = if named {
            let found = sent.iter().find(|parameter| text(parameter, "parameter_name") == name.as_str());
            found.ok_or_else(|| {
                GraphError::parameter("(#100) Invalid parameter").details(format!("Parameter name is missing or empty: {name}"))
            })?
        } else {
            match sent.get(position) {
                Some(parameter) => parameter,
                None => return Err(count(place, sent.len(), wanted.len())),
            }
        };
        filled = filled.replace(&format!("{{{{{name}}}}}"), &shown(parameter)?);
    }
    Ok(filled)
}

fn header(part: &Value, named: bool, sent: &[Value]) -> Result<(), GraphError> {
    let parameters = parameters(of_kind(sent, "HEADER"));
    let format = word(part, "format");
    match format.as_str() {
        "TEXT" | "" => texts("header", text(part, "text"), named, &parameters).map(|_| ()),
        "PRODUCT" => media(&parameters, "PRODUCT"),
        "GIF" => match parameters.first().map(|parameter| word(parameter, "type")) {
            Some(kind) if kind == "GIF" || kind == "VIDEO" => Ok(()),
            other => Err(mismatch("header", "GIF", &other.unwrap_or_default())),
        },
        _ => media(&parameters, &format),
    }
}

fn media(parameters: &[Value], format: &str) -> Result<(), GraphError> {
    let received = parameters.first().map(|parameter| word(parameter, "type")).unwrap_or_default();
    if received != format {
        return Err(mismatch("header", format, &received));
    }
    let value = parameters.first().and_then(|parameter| parameter.get(format.to_ascii_lowercase()));
    let has = |name: &str| value.is_some_and(|value| value.get(name).is_some_and(|value| !value.is_null()));
    let complete = match format {
        "LOCATION" => has("latitude") && has("longitude"),
        "PRODUCT" => has("product_retailer_id"),
        _ => has("link") || has("id"),
    };
    if complete {
        Ok(())
    } else {
        Err(missing(format!("header: the {} parameter has neither id nor link", format.to_ascii_lowercase())))
    }
}

fn body(part: &Value, named: bool, sent: &[Value]) -> Result<(), GraphError> {
    let filled = texts("body", text(part, "text"), named, &parameters(of_kind(sent, "BODY")))?;
    if filled.chars().count() > LONGEST_BODY {
        return Err(GraphError::messaging(
            400,
            132_005,
            "Translated text too long",
            format!("body: the text has {} characters and may have {LONGEST_BODY}", filled.chars().count()),
        ));
    }
    Ok(())
}

fn button_sent(sent: &[Value], at: usize) -> Option<&Value> {
    sent.iter().find(|part| {
        let index = match part.get("index") {
            Some(Value::String(text)) => text.parse::<usize>().ok(),
            Some(Value::Number(number)) => number.as_u64().and_then(|number| usize::try_from(number).ok()),
            _ => None,
        };
        word(part, "type") == "BUTTON" && index == Some(at)
    })
}

fn buttons(part: &Value, sent: &[Value]) -> Result<(), GraphError> {
    let buttons = part.get("buttons").map(list).unwrap_or_default();
    let most = sent.iter().filter(|part| word(part, "type") == "BUTTON").count();
    if most > buttons.len() {
        return Err(count("buttons", most, buttons.len()));
    }
    for (at, button) in buttons.iter().enumerate() {
        let given = parameters(button_sent(sent, at));
        let kind = word(button, "type");
        let needs = |kind: &str| missing(format!("buttons: Button at index {at} of type {kind} requires a parameter"));
        match kind.as_str() {
            "URL" => {
                let wanted = variables(text(button, "url")).len();
                if wanted > 0 && given.is_empty() {
                    return Err(needs("Url"));
                }
                if given.len() > wanted {
                    return Err(count("buttons", given.len(), wanted));
                }
                if given.iter().any(|parameter| text(parameter, "text").is_empty()) {
                    return Err(needs("Url"));
                }
            }
            "COPY_CODE" => {
                let code = given.first().map(|parameter| text(parameter, "coupon_code")).unwrap_or_default();
                if code.is_empty() {
                    return Err(needs("CopyCode"));
                }
                if code.chars().count() > 15 {
                    return Err(refused("The coupon code may have 15 characters"));
                }
            }
            "OTP" if given.is_empty() => return Err(needs("Otp")),
            "MPM" | "SPM" if kind == "MPM" && given.is_empty() => return Err(needs("Mpm")),
            _ => {}
        }
    }
    Ok(())
}

fn offer(part: &Value, sent: &[Value]) -> Result<(), GraphError> {
    let expires = part.pointer("/limited_time_offer/has_expiration") == Some(&Value::Bool(true));
    let given = parameters(of_kind(sent, "LIMITED_TIME_OFFER"));
    let time = given.first().and_then(|parameter| parameter.pointer("/limited_time_offer/expiration_time_ms"));
    if expires && time.is_none() {
        return Err(missing("limited_time_offer: expiration_time_ms is required".to_owned()));
    }
    Ok(())
}

fn carousel(part: &Value, named: bool, sent: &[Value]) -> Result<(), GraphError> {
    let cards = part.get("cards").map(list).unwrap_or_default();
    let given = of_kind(sent, "CAROUSEL").and_then(|part| part.get("cards")).map(list).unwrap_or_default();
    if cards.len() != given.len() {
        return Err(count("carousel", given.len(), cards.len()));
    }
    for (card, given) in cards.iter().zip(&given) {
        let components = card.get("components").cloned().unwrap_or_default();
        check(&components, named, given.get("components").unwrap_or(&Value::Null))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn code(template: Value, named: bool, sent: Value) -> i64 {
        check(&template, named, &sent).map_or_else(|error| error.code, |()| 0)
    }

    #[test]
    fn number_of_parameters_must_match() {
        let template = json!([{"type": "BODY", "text": "Hi {{1}}, {{2}} and {{1}} again."}]);
        let two = json!([{"type": "body", "parameters": [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]}]);
        assert_eq!(code(template.clone(), false, two), 0);
        let one = json!([{"type": "body", "parameters": [{"type": "text", "text": "a"}]}]);
        assert_eq!(code(template.clone(), false, one), 132_000);
        assert_eq!(code(template, false, Value::Null), 132_000);
    }

    #[test]
    fn named_parameters_are_found_by_name() {
        let template = json!([{"type": "BODY", "text": "Hi {{first}} from {{city}}!"}]);
        let sent = json!([{"type": "body", "parameters": [
            {"type": "text", "parameter_name": "city", "text": "Pune"}, {"type": "text", "parameter_name": "first", "text": "A"}]}]);
        assert_eq!(code(template.clone(), true, sent), 0);
        let unnamed = json!([{"type": "body", "parameters": [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]}]);
        assert_eq!(code(template, true, unnamed), 100);
    }

    #[test]
    fn header_media_must_be_of_the_right_kind() {
        let template = json!([{"type": "HEADER", "format": "IMAGE"}]);
        let image = json!([{"type": "header", "parameters": [{"type": "image", "image": {"link": "https://x"}}]}]);
        assert_eq!(code(template.clone(), false, image), 0);
        let video = json!([{"type": "header", "parameters": [{"type": "video", "video": {"id": "1"}}]}]);
        assert_eq!(code(template.clone(), false, video), 132_012);
        assert_eq!(code(template.clone(), false, json!([])), 132_012);
        let empty = json!([{"type": "header", "parameters": [{"type": "image", "image": {}}]}]);
        assert_eq!(code(template, false, empty), 131_008);
    }

    #[test]
    fn newlines_tabs_and_long_texts_are_refused() {
        let template = json!([{"type": "BODY", "text": "Hi {{1}}!"}]);
        let sent = |text: &str| json!([{"type": "body", "parameters": [{"type": "text", "text": text}]}]);
        assert_eq!(code(template.clone(), false, sent("a\nb")), 132_018);
        assert_eq!(code(template.clone(), false, sent("a     b")), 132_018);
        assert_eq!(code(template.clone(), false, sent("a    b")), 0);
        assert_eq!(code(template.clone(), false, sent(&"x".repeat(1_100))), 132_005);
        assert_eq!(code(template, false, sent("")), 131_008);
    }

    #[test]
    fn buttons_that_need_a_value_get_one() {
        let template = json!([{"type": "BUTTONS", "buttons": [
            {"type": "COPY_CODE"}, {"type": "URL", "url": "https://x/{{1}}"}, {"type": "QUICK_REPLY"}]}]);
        let code_only = json!([{"type": "button", "sub_type": "copy_code", "index": "0",
            "parameters": [{"type": "coupon_code", "coupon_code": "A"}]}]);
        assert_eq!(code(template.clone(), false, code_only), 131_008);
        let both = json!([
            {"type": "button", "sub_type": "copy_code", "index": 0, "parameters": [{"type": "coupon_code", "coupon_code": "A"}]},
            {"type": "button", "sub_type": "url", "index": "1", "parameters": [{"type": "text", "text": "A"}]}]);
        assert_eq!(code(template, false, both), 0);
    }

    #[test]
    fn offers_and_carousels_are_checked_inside() {
        let offer = json!([{"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"has_expiration": true}}]);
        assert_eq!(code(offer.clone(), false, json!([])), 131_008);
        let sent = json!([{"type": "limited_time_offer", "parameters": [
            {"type": "limited_time_offer", "limited_time_offer": {"expiration_time_ms": 1}}]}]);
        assert_eq!(code(offer, false, sent), 0);
        let carousel = json!([{"type": "CAROUSEL", "cards": [{"components": [{"type": "BODY", "text": "a {{1}} b"}]}]}]);
        assert_eq!(code(carousel.clone(), false, json!([])), 132_000);
        let card = json!([{"type": "carousel", "cards": [{"card_index": 0, "components": [
            {"type": "body", "parameters": [{"type": "text", "text": "x"}]}]}]}]);
        assert_eq!(code(carousel, false, card), 0);
    }

    #[test]
    fn unknown_component_is_refused() {
        assert_eq!(code(json!([]), false, json!([{"type": "moon"}])), 131_009);
    }
}
