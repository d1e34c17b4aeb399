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
