//! What a person does in Meta's window and what the signup page makes of it, without a browser: the same requests.

#![allow(clippy::indexing_slicing, reason = "a field that is not there must fail the test")]

use serde_json::{Value, json};
use url::Url;

/// A client that takes the page's certificate: it was made on the spot, and nobody vouches for it.
pub fn client() -> reqwest::Client {
    // A second test in the same process finds it installed.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy().danger_accept_invalid_certs(true).build().unwrap()
}

/// What the page is to ask Meta for, as it stands in the page.
pub async fn order(page: &Url) -> Value {
    let html = client().get(page.clone()).send().await.unwrap().text().await.unwrap();
    let block = html.split("id=\"configuration\"").nth(1).unwrap().split_once('>').unwrap().1;
    serde_json::from_str(block.split("</script>").next().unwrap()).unwrap()
}

/// The portfolio that the sandbox's window offers first.
pub fn portfolio(order: &Value) -> String {
    let sdk = Url::parse(order["sdk"].as_str().unwrap()).unwrap();
    sdk.query_pairs().find(|(name, _)| name == "business_id").unwrap().1.into_owned()
}

/// The sandbox behind the page.
pub fn sandbox(order: &Value) -> Url {
    Url::parse(order["origin"].as_str().unwrap()).unwrap()
}

/// Presses a button in the sandbox's window and gives what it reports: the session event, with the code in it.
pub async fn press(order: &Value, action: &str) -> Value {
    let body = json!({
        "action": action, "business_id": portfolio(order), "session": "S1", "step": "MARKETING_MESSAGES_TERMS_OF_SERVICE",
    });
    let window = sandbox(order).join("/sandbox/window").unwrap();
    client().post(window).json(&body).send().await.unwrap().json().await.unwrap()
}

/// Posts to the page's callback from its own origin; gives the status and the word the page shows.
pub async fn post(page: &Url, body: &Value) -> (u16, String) {
    let mut callback = page.join("signup/answer").unwrap();
    callback.set_query(None);
    let request = client().post(callback).header("origin", page.origin().ascii_serialization()).json(body);
    let answer = request.send().await.unwrap();
    let status = answer.status().as_u16();
    let told: Value = answer.json().await.unwrap();
    (status, told["state"].as_str().unwrap().to_owned())
}

/// Goes through the window with one button at its last step; gives what the page says then.
pub async fn answer(page: &Url, action: &str) -> String {
    let order = order(page).await;
    let reported = press(&order, action).await;
    let session = json!({ "event": reported["event"], "data": reported["data"] });
    post(page, &json!({ "state": order["state"], "code": reported["code"], "session": session })).await.1
}
