//! That only tokens that work are accepted, and that what is kept can be used and forgotten.

use std::collections::BTreeMap;

use secrecy::ExposeSecret;

use super::*;
use crate::{
    config::Flags,
    sandbox::{Options, Sandbox},
};

struct House {
    directory: tempfile::TempDir,
    sandbox: Sandbox,
}

impl House {
    async fn new() -> Self {
        Self { directory: tempfile::tempdir().unwrap(), sandbox: Sandbox::start(Options::default()).await.unwrap() }
    }

    fn environment(&self) -> BTreeMap<String, String> {
        let directory = self.directory.path().display().to_string();
        [("WABADECK_CONFIG_DIR", directory.clone()), ("WABADECK_DATA_DIR", directory), ("WABADECK_SECRET_STORE", "file".into())]
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect()
    }

    fn settings(&self, signing_in: bool) -> Settings {
        let flags = Flags {
            profile: Some("work".into()),
            graph_url: signing_in.then(|| self.sandbox.url().to_owned()),
            signing_in,
            ..Flags::default()
        };
        Settings::load(&flags, &self.environment()).unwrap()
    }
}

#[tokio::test]
async fn a_token_that_works_is_described_and_lacks_nothing() {
    let house = House::new().await;
    let secret = house.sandbox.app_secret();
    let checked = check(&house.settings(true), house.sandbox.token().into(), Some(secret.into())).await.unwrap();
    assert!(checked.sandbox && checked.lacks.is_empty());
    assert_eq!(checked.info.kind, "SYSTEM_USER");
    assert!(!checked.info.granted.is_empty());
}

#[tokio::test]
async fn a_wrong_token_and_a_wrong_app_secret_are_refused() {
    let house = House::new().await;
    let problem = check(&house.settings(true), "wrong".into(), None).await.unwrap_err();
    assert_eq!(problem.class, ErrorClass::Auth);
    let problem = check(&house.settings(true), house.sandbox.token().into(), Some("wrong".into())).await.unwrap_err();
    assert!(problem.sentence.contains("appsecret_proof"), "{problem}");
}

#[tokio::test]
async fn what_was_kept_is_used_by_the_next_start_and_gone_after_signing_out() {
    let house = House::new().await;
    let environment = house.environment();
    let (token, secret): (SecretString, SecretString) = (house.sandbox.token().into(), house.sandbox.app_secret().into());
    let kept = keep(&house.settings(true), &environment, &token, Some(&secret)).unwrap();
    assert_eq!((kept.token.place, kept.app_secret.unwrap().place), (Place::File, Place::File));

    let settings = house.settings(false);
    assert_eq!(settings.token.as_ref().unwrap().expose_secret(), token.expose_secret());
    assert_eq!(settings.app_secret.as_ref().unwrap().expose_secret(), secret.expose_secret());
    let session = connect(&settings).await.unwrap();
    assert!(token::inspect(session.client()).await.unwrap().valid.unwrap());
    let views = profiles(&settings);
    let work = views.iter().find(|view| view.name == "work").unwrap();
    assert_eq!((work.host.as_deref(), work.token), (Some("127.0.0.1"), Some(Source::Stored(Place::File))));
    assert!(work.app_secret && work.is_current && !work.is_default);
    assert_eq!(views.iter().find(|view| view.is_default).unwrap().host, None, "not signed in: the embedded sandbox");

    let forgotten = forget(&settings, &environment).unwrap();
    assert_eq!(forgotten.places, [Place::File]);
    assert!(forgotten.failed.is_empty() && forgotten.variables.is_empty());
    assert!(Settings::load(&settings.flags, &environment).is_err(), "the profile is unknown again");
}

#[test]
fn a_missing_scope_is_named() {
    let info = TokenInfo { scopes: vec!["whatsapp_business_management".into()], ..TokenInfo::default() };
    assert_eq!(lacking(&info), [Permission::Messaging, Permission::Business]);
}
