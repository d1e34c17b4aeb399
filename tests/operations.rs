//! The use cases against the sandbox, over real HTTP, with a browser's part played by the test.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that finds something else must fail")]

mod operations {
    mod forecast;
    mod hostile;
    mod upgrade;

    use std::collections::BTreeMap;

    use wabadeck::{
        config::{Flags, Settings},
        ops::{Session, connect},
        sandbox::{Options, Sandbox},
    };

    /// A sandbox and a session on it.
    pub async fn start(options: Options) -> (Sandbox, Session) {
        let sandbox = Sandbox::start(options).await.unwrap();
        let pairs = [
            ("WABADECK_TOKEN", sandbox.token()),
            ("WABADECK_GRAPH_URL", sandbox.url()),
            ("WABADECK_CONFIG_DIR", "/nonexistent/wabadeck"),
        ];
        let environment: BTreeMap<String, String> =
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let session = connect(&Settings::load(&Flags::default(), &environment).unwrap()).await.unwrap();
        (sandbox, session)
    }
}
