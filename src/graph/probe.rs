//! One request without a token, to tell a network that does not carry from a token that does not work.

use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::{Client, GraphError, Patience, transport};

/// A server that answered, whatever it said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reached {
    /// HTTP status; without a token an error is as good as any.
    pub status: u16,
    /// The server's clock (`Date`), to the second.
    pub date: Option<Timestamp>,
    /// From the request to the answer's head, with the connection and the handshake.
    pub took: Duration,
}

/// Asks the Graph API for nothing in particular, without a token and without following anything.
///
/// # Errors
/// No connection, a certificate that is not accepted, no answer.
pub async fn reach(client: &Client) -> Result<Reached, GraphError> {
    let http = client.http().await?;
    let began = Instant::now();
    let request = transport::get(&client.address("me")?)?;
    let answer = http.send(request).await.map_err(|failure| failure.into_error(client.host(), &Patience::default()))?;
    let date = answer.headers.get("date").and_then(|value| value.to_str().ok());
    Ok(Reached {
        status: answer.status,
        date: date.and_then(|date| jiff::fmt::rfc2822::parse(date).ok()).map(|date| date.timestamp()),
        took: began.elapsed(),
    })
}
