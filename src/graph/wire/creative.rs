//! `degrees_of_freedom_spec` in the shapes in which Meta answers it: on a template a list of `{key: UPPER, value:
//! {enroll_status}}`, on an account `data[].creative_features_spec[]` of maps from a lower-case key to `OPT_IN` or `OPT_OUT`.

use std::collections::BTreeMap;

use compact_str::CompactString;
use serde_json::Value;

use crate::domain::creative::CreativeFeature;

/// Every feature with its state, by name; of one that stands twice the last state holds.
pub fn features(spec: &Value) -> Vec<CreativeFeature> {
    let mut found = BTreeMap::new();
    collect(spec, &mut found);
    found.into_iter().map(|(name, on)| CreativeFeature { name, on }).collect()
}

fn collect(value: &Value, found: &mut BTreeMap<CompactString, bool>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        Value::Object(map) => {
            if let (Some(Value::String(key)), Some(state)) = (map.get("key"), map.get("value").and_then(enrolled)) {
                found.insert(key.to_ascii_lowercase().into(), state);
                return;
            }
            for (key, value) in map {
                match enrolled(value) {
                    Some(state) => {
                        found.insert(key.to_ascii_lowercase().into(), state);
                    }
                    None => collect(value, found),
                }
            }
        }
        _ => {}
    }
}

/// `OPT_IN`, or `{"enroll_status": "OPT_IN"}`; `None` for anything else.
fn enrolled(value: &Value) -> Option<bool> {
    let word = match value {
        Value::String(word) => word,
        Value::Object(map) => map.get("enroll_status")?.as_str()?,
        _ => return None,
    };
    match word.to_ascii_uppercase().as_str() {
        "OPT_IN" => Some(true),
        "OPT_OUT" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(spec: Value) -> Vec<(String, bool)> {
        features(&spec).into_iter().map(|feature| (feature.name.to_string(), feature.on)).collect()
    }

    #[test]
    fn both_shapes_of_the_setting_are_read() {
        let of_template = json!({"creative_features_spec": [
            {"key": "IMAGE_TOUCHUPS", "value": {"enroll_status": "OPT_IN"}},
            {"key": "TEXT_FORMATTING_OPTIMIZATION", "value": {"enroll_status": "OPT_OUT"}}
        ]});
        let expected = [("image_touchups".to_owned(), true), ("text_formatting_optimization".to_owned(), false)];
        assert_eq!(read(of_template), expected);
        let of_account = json!({"data": [{"creative_features_spec": [
            {"image_touchups": "OPT_IN", "text_formatting_optimization": "OPT_OUT"}
        ]}]});
        assert_eq!(read(of_account), expected);
        let as_written = json!({"creative_features_spec": {"image_touchups": {"enroll_status": "OPT_IN"}}});
        assert_eq!(read(as_written), expected[..1]);
    }

    #[test]
    fn what_says_nothing_is_nothing() {
        for nothing in
            [Value::Null, json!({}), json!([]), json!("OPT_IN"), json!({"a": "PERHAPS"}), json!({"key": 1, "value": 2})]
        {
            assert_eq!(read(nothing.clone()), [], "{nothing}");
        }
    }
}
