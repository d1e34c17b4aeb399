//! The use cases against the sandbox, over real HTTP, with a browser's part played by the test.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that finds something else must fail"
)]

mod operations {
    mod forecast;
    mod hostile;
    mod living;
    #[path = "../signup/person.rs"]
    mod person;
    mod pictures;
    mod signup;
    mod upgrade;

    use std::collections::BTreeMap;

    use wabadeck::{
        config::{Flags, Settings},
        ops::{Session, connect},
        sandbox::{Options, Sandbox},
    };

    /// A sandbox, a session on it with the app's secret, and the directory where it keeps tokens.
    pub async fn start_keeping(options: Options) -> (Sandbox, Session, tempfile::TempDir) {
        start_with(options, &[]).await
    }

    /// Like [`start_keeping`], with more in the environment.
    pub async fn start_with(options: Options, more: &[(&str, &str)]) -> (Sandbox, Session, tempfile::TempDir) {
        let sandbox = Sandbox::start(options).await.unwrap();
        let (home, secret) = (tempfile::tempdir().unwrap(), sandbox.app_secret());
        let data = home.path().join("data").display().to_string();
        let pairs = [
            ("WABADECK_TOKEN", sandbox.token()),
            ("WABADECK_GRAPH_URL", sandbox.url()),
            ("WABADECK_APP_SECRET", &secret),
            ("WABADECK_CONFIG_DIR", "/nonexistent/wabadeck"),
            ("WABADECK_DATA_DIR", &data),
            ("WABADECK_SECRET_STORE", "file"),
        ];
        let environment: BTreeMap<String, String> =
            pairs.iter().chain(more).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let session = connect(&Settings::load(&Flags::default(), &environment).unwrap()).await.unwrap();
        (sandbox, session, home)
    }

    /// A sandbox and a session on it.
    pub async fn start(options: Options) -> (Sandbox, Session) {
        let sandbox = Sandbox::start(options).await.unwrap();
        let pairs = [
            ("WABADECK_TOKEN", sandbox.token()),
            ("WABADECK_GRAPH_URL", sandbox.url()),
            ("WABADECK_CONFIG_DIR", "/nonexistent/wabadeck"),
            ("WABADECK_DATA_DIR", "/nonexistent/wabadeck"),
        ];
        let environment: BTreeMap<String, String> =
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let session = connect(&Settings::load(&Flags::default(), &environment).unwrap()).await.unwrap();
        (sandbox, session)
    }
}
