//! What Meta's window reported, as the page passed it on: its session event and the code (Meta: embedded signup,
//! session events).

use jiff::Timestamp;
use secrecy::SecretString;
use serde_json::Value;

/// What the signup page answered. Strings are Meta's and not yet clean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignupAnswer {
    /// The terms were accepted.
    Finished {
        /// The portfolio that accepted, as the page named it.
        business_id: Option<String>,
        /// The accounts that the page named.
        waba_ids: Vec<String>,
    },
    /// The person left before the end.
    Cancelled {
        /// At which step.
        step: Option<String>,
        /// The session that Support asks for.
        session_id: Option<String>,
    },
    /// The page reported an error.
    Failed {
        /// Its code.
        code: Option<i64>,
        /// Its subcode.
        subcode: Option<i64>,
        /// What it says.
        message: Option<String>,
        /// The session that Support asks for.
        session_id: Option<String>,
        /// Meta's trace id.
        fbtrace_id: Option<String>,
        /// When it happened, by Meta's clock.
        at: Option<Timestamp>,
        /// At which step.
        step: Option<String>,
    },
}

/// What the page posts.
#[derive(serde::Deserialize)]
pub(super) struct Posted {
    /// The one-time state.
    pub state: String,
    #[serde(default)]
    code: Option<String>,
    #[serde(default)]
    session: Value,
}

impl Posted {
    /// The answer, and the code when there is one.
    pub fn read(self) -> (SignupAnswer, Option<SecretString>) {
        let code = self.code.filter(|code| !code.is_empty()).map(SecretString::from);
        let said = said(&self.session, code.is_some());
        let code = code.filter(|_| matches!(said, SignupAnswer::Finished { .. }));
        (said, code)
    }
}

/// A text, or a number as text; `None` when it is empty.
fn word(data: &Value, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| match data.get(name)? {
        Value::String(text) => Some(text.clone()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

/// An error is told by its data: Meta reports some of them with the event `CANCEL`. A code without an event is the answer of
/// a window whose event was lost on the way.
fn said(session: &Value, has_code: bool) -> SignupAnswer {
    let event = word(session, &["event"]).unwrap_or_default().to_ascii_uppercase();
    let data = session.get("data").unwrap_or(&Value::Null);
    let code = word(data, &["error_code", "code_error"]);
    let message = word(data, &["error_message", "error_description", "error"]);
    let step = word(data, &["current_step", "step"]);
    let session_id = word(data, &["session_id"]);
    if event == "ERROR" || code.is_some() || message.is_some() {
        return SignupAnswer::Failed {
            code: code.and_then(|code| code.parse().ok()),
            subcode: word(data, &["error_subcode"]).and_then(|code| code.parse().ok()),
            message,
            session_id,
            fbtrace_id: word(data, &["fbtrace_id"]),
            at: word(data, &["timestamp"]).and_then(|time| time_of(&time)),
            step,
        };
    }
    if event.starts_with("FINISH") || (event.is_empty() && has_code) {
        let mut waba_ids: Vec<String> = word(data, &["waba_id"]).into_iter().collect();
        let listed = data.get("waba_ids").and_then(Value::as_array).into_iter().flatten();
        for id in listed.filter_map(|id| id.as_str().map(str::to_owned).or_else(|| id.as_u64().map(|id| id.to_string()))) {
            if !waba_ids.contains(&id) {
                waba_ids.push(id);
            }
        }
        return SignupAnswer::Finished { business_id: word(data, &["business_id"]), waba_ids };
    }
    SignupAnswer::Cancelled { step, session_id }
}

/// Unix seconds, Unix milliseconds, or a date with time.
fn time_of(text: &str) -> Option<Timestamp> {
    match text.parse::<i64>() {
        Ok(number) if number > 100_000_000_000 => Timestamp::from_millisecond(number).ok(),
        Ok(number) => Timestamp::from_second(number).ok(),
        Err(_) => text.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;
    use serde_json::json;

    use super::*;

    fn read(body: &Value) -> (SignupAnswer, Option<SecretString>) {
        serde_json::from_value::<Posted>(body.clone()).unwrap().read()
    }

    #[test]
    fn every_kind_of_finish_is_one() {
        for event in [
            "FINISH",
            "FINISH_ONLY_WABA",
            "FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING",
            "FINISH_OBO_MIGRATION",
            "FINISH_GRANT_ONLY_API_ACCESS",
        ] {
            let data = json!({"waba_id": "5", "waba_ids": ["5", 6, null], "business_id": 9, "phone_number_id": "1"});
            let (said, code) = read(&json!({"state": "s", "code": "AQ1", "session": {"event": event, "data": data}}));
            let expected = SignupAnswer::Finished { business_id: Some("9".into()), waba_ids: vec!["5".into(), "6".into()] };
            assert_eq!(said, expected, "{event}");
            assert_eq!(code.unwrap().expose_secret(), "AQ1");
        }
    }

    #[test]
    fn r20_an_error_keeps_what_support_needs_even_as_a_cancel() {
        let data = json!({"error_message": "Sorry<b>", "error_code": "2655", "session_id": "S1", "timestamp": 1_759_795_200});
        let (said, code) = read(&json!({"state": "s", "code": "AQ1", "session": {"event": "CANCEL", "data": data}}));
        let SignupAnswer::Failed { code: number, message, session_id, at, .. } = said else { panic!("it failed: {said:?}") };
        assert_eq!((number, message.as_deref(), session_id.as_deref()), (Some(2655), Some("Sorry<b>"), Some("S1")));
        assert_eq!(at.unwrap().as_second(), 1_759_795_200);
        assert!(code.is_none(), "what failed gives nothing to exchange");
    }

    #[test]
    fn r20_a_window_that_was_left_names_its_step() {
        let data = json!({"current_step": "TERMS", "session_id": "S2"});
        let (said, _) = read(&json!({"state": "s", "session": {"event": "CANCEL", "data": data}}));
        assert_eq!(said, SignupAnswer::Cancelled { step: Some("TERMS".into()), session_id: Some("S2".into()) });
        let nothing = SignupAnswer::Cancelled { step: None, session_id: None };
        assert_eq!(read(&json!({"state": "s", "code": "", "session": null})).0, nothing);
        assert_eq!(read(&json!({"state": "s", "session": {"event": 7, "data": []}})).0, nothing);
    }

    #[test]
    fn a_code_without_its_event_is_a_finish_all_the_same() {
        let (said, code) = read(&json!({"state": "s", "code": "AQ1"}));
        assert_eq!(said, SignupAnswer::Finished { business_id: None, waba_ids: Vec::new() });
        assert!(code.is_some());
    }
}
