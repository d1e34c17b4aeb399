//! A sandbox and a client for it.

use serde_json::Value;
use wabadeck::sandbox::{Options, Sandbox};

/// A running sandbox with a client that carries its token.
pub struct World {
    pub sandbox: Sandbox,
    pub client: reqwest::Client,
}

/// An HTTP client that follows no redirects.
pub fn client() -> reqwest::Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

impl World {
    pub async fn start(options: Options) -> Self {
        Self { sandbox: Sandbox::start(options).await.unwrap(), client: client() }
    }

    pub async fn demo() -> Self {
        Self::start(Options::default()).await
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.sandbox.url())
    }

    pub async fn get(&self, path: &str) -> (u16, Value) {
        let answer = self.client.get(self.url(path)).bearer_auth(self.sandbox.token()).send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    pub async fn ok(&self, path: &str) -> Value {
        let (status, body) = self.get(path).await;
        assert_eq!(status, 200, "{path}: {body}");
        body
    }

    pub async fn error(&self, path: &str) -> Value {
        let (status, body) = self.get(path).await;
        assert!(status >= 400, "{path}: {body}");
        assert!(body["error"]["fbtrace_id"].is_string(), "{path}: {body}");
        body["error"].clone()
    }

    pub async fn post(&self, path: &str, body: Value) -> (u16, Value) {
        let request = self.client.post(self.url(path)).bearer_auth(self.sandbox.token());
        let answer = request.json(&body).send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }
}

/// The ids of a page.
pub fn ids(page: &Value) -> Vec<String> {
    page["data"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

/// A receiver of webhooks on this machine. It answers the handshake when the verify token is `right`.
pub struct Receiver {
    pub url: String,
    requests: tokio::sync::mpsc::UnboundedReceiver<Hook>,
}

/// A webhook as it arrived.
#[derive(Debug, Clone)]
pub struct Hook {
    pub signature: String,
    pub raw: Vec<u8>,
    pub body: Value,
}

impl Receiver {
    pub async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let (sender, requests) = tokio::sync::mpsc::unbounded_channel();
        tokio::spawn(async move {
            let route = axum::routing::any(move |request: axum::extract::Request| {
                let sender = sender.clone();
                async move { received(request, &sender).await }
            });
            axum::serve(listener, axum::Router::new().route("/hook", route)).await.unwrap();
        });
        Self { url, requests }
    }

    /// Waits for the next webhook.
    pub async fn next(&mut self) -> Hook {
        tokio::time::timeout(std::time::Duration::from_secs(10), self.requests.recv()).await.unwrap().unwrap()
    }

    /// Waits for the next status of a message: its name and the whole status.
    pub async fn status(&mut self) -> (String, Value) {
        let hook = self.next().await;
        let status = hook.body["entry"][0]["changes"][0]["value"]["statuses"][0].clone();
        (status["status"].as_str().unwrap().to_owned(), status)
    }
}

async fn received(
    request: axum::extract::Request,
    sender: &tokio::sync::mpsc::UnboundedSender<Hook>,
) -> (axum::http::StatusCode, String) {
    if request.method() == axum::http::Method::GET {
        let query: std::collections::HashMap<String, String> =
            form_urlencoded::parse(request.uri().query().unwrap().as_bytes()).into_owned().collect();
        if query["hub.verify_token"] == "right" && query["hub.mode"] == "subscribe" {
            return (axum::http::StatusCode::OK, query["hub.challenge"].clone());
        }
        return (axum::http::StatusCode::FORBIDDEN, String::new());
    }
    let signature = request.headers()["x-hub-signature-256"].to_str().unwrap().to_owned();
    let raw = axum::body::to_bytes(request.into_body(), 1 << 20).await.unwrap().to_vec();
    let body = serde_json::from_slice(&raw).unwrap();
    let _ = sender.send(Hook { signature, raw, body });
    (axum::http::StatusCode::OK, String::new())
}

impl World {
    /// Subscribes a receiver to an account.
    pub async fn subscribe(&self, account: &str, receiver: &Receiver) {
        let body = serde_json::json!({"override_callback_uri": receiver.url, "verify_token": "right"});
        let (status, body) = self.post(&format!("/v26.0/{account}/subscribed_apps"), body).await;
        assert_eq!(status, 200, "{body}");
    }

    /// Tells the sandbox something on its control endpoints.
    pub async fn control(&self, path: &str, body: Value) -> Value {
        let answer = self.client.post(self.url(&format!("/sandbox/{path}"))).json(&body).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        answer.json().await.unwrap()
    }
}
