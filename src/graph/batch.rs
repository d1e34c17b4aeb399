//! Several reads in one request (Meta: batch requests). Saves round trips, not quota: every part counts by itself.

use serde::{Deserialize, de::DeserializeOwned};

use super::{Call, Client, GraphError, answer::decode, wire::lenient};

/// The most parts that Meta takes.
pub const LARGEST_BATCH: usize = 50;

/// How often a part that came back as `null` is asked again.
const ROUNDS: usize = 3;

#[derive(Deserialize)]
struct Part {
    #[serde(default, deserialize_with = "lenient::scalar")]
    code: Option<i64>,
    /// JSON in a string, as Meta sends it; some servers send the JSON itself.
    #[serde(default)]
    body: Option<serde_json::Value>,
}

/// Reads each relative address, in order; a part's failure is its own. More than [`LARGEST_BATCH`] are cut off.
///
/// # Errors
/// When the request as a whole fails.
pub async fn read<T: DeserializeOwned>(client: &Client, relative: &[String]) -> Result<Vec<Result<T, GraphError>>, GraphError> {
    let relative = relative.get(..LARGEST_BATCH).unwrap_or(relative);
    let calls: Vec<Call> = relative.iter().map(|address| Call::new(address.split('?').next().unwrap_or_default())).collect();
    // Whoever rests is not asked by batch either.
    let mut answers: Vec<Option<Result<T, GraphError>>> = calls.iter().map(|call| client.rests(call).map(Err)).collect();
    for _ in 0..ROUNDS {
        let missing: Vec<usize> =
            answers.iter().enumerate().filter(|(_, answer)| answer.is_none()).map(|(index, _)| index).collect();
        if missing.is_empty() {
            break;
        }
        let parts: Vec<_> = missing
            .iter()
            .filter_map(|index| relative.get(*index))
            .map(|address| serde_json::json!({"method": "GET", "relative_url": address}))
            .collect();
        let form = form_urlencoded::Serializer::new(String::new())
            .append_pair("include_headers", "false")
            .append_pair("batch", &serde_json::Value::Array(parts).to_string())
            .finish();
        let parts: Vec<Option<Part>> = client.read_by_post(&Call::new(""), &form).await?;
        for (index, part) in missing.iter().zip(parts) {
            if let (Some(answer), Some(call), Some(part)) = (answers.get_mut(*index), calls.get(*index), part) {
                let unpacked = unpack(client.host(), part).map_err(|error| client.hide(call, error));
                *answer = Some(unpacked.inspect_err(|error| client.note_part(call, error)));
            }
        }
    }
    let never = || GraphError::Unreadable {
        host: client.host().to_owned(),
        status: 200,
        reason: "a part of a batch was left unanswered".to_owned(),
    };
    Ok(answers.into_iter().map(|answer| answer.unwrap_or_else(|| Err(never()))).collect())
}

fn unpack<T: DeserializeOwned>(host: &str, part: Part) -> Result<T, GraphError> {
    let status = part.code.and_then(|code| u16::try_from(code).ok()).unwrap_or(200);
    let body = match part.body {
        Some(serde_json::Value::String(text)) => text,
        Some(value) => value.to_string(),
        None => String::new(),
    };
    decode(host, status, body.as_bytes())
}
