//! Subscribing against the embedded sandbox, which makes Meta's handshake before it believes an address.

use secrecy::ExposeSecret;

use super::*;
use crate::{
    config::{Flags, Settings},
    ops::{connect, fleet},
};

async fn session(folder: &std::path::Path) -> (Session, Vec<WabaId>) {
    let environment: std::collections::BTreeMap<String, String> =
        [("WABADECK_CONFIG_DIR", "config"), ("WABADECK_DATA_DIR", "data"), ("WABADECK_STATE_DIR", "state")]
            .map(|(name, place)| (name.to_owned(), folder.join(place).display().to_string()))
            .into();
    let settings = Settings::load(&Flags::default(), &environment).unwrap();
    let session = connect(&settings).await.unwrap();
    let fleet = fleet::load_all(&session).await.unwrap();
    (session, fleet.accounts.into_iter().map(|account| account.id).take(3).collect())
}

#[tokio::test]
async fn what_is_missing_is_told_and_goes_away_once_it_is_done() {
    let folder = tempfile::tempdir().unwrap();
    let (session, accounts) = session(folder.path()).await;
    let listener = session.listener().await.unwrap();
    let (callback, token) = (listener.webhook_url(), SecretString::from(listener.verify_token()));
    let before = check(&session, &accounts, None, &token).await.unwrap();
    assert!(!before.is_complete() && before.app_id.is_some() && before.handshake.is_none());
    assert!(matches!(before.app, Some(Ok(None))), "the app is subscribed to nothing: {:?}", before.app);
    add_app(&session, &callback, &token).await.unwrap();
    for account in &accounts {
        add(&session, account, None, &token).await.unwrap();
    }
    let after = check(&session, &accounts, None, &token).await.unwrap();
    assert!(after.is_complete(), "{after:?}");
    assert_eq!(after.handshake.unwrap().1, Handshake::Answered);
    remove(&session, &accounts[0]).await.unwrap();
    let removed = check(&session, &accounts, None, &token).await.unwrap();
    assert!(removed.accounts[0].ours.is_none() && removed.accounts[1].ours.is_some());
}

#[tokio::test]
async fn an_address_of_its_own_is_verified_and_shown() {
    let folder = tempfile::tempdir().unwrap();
    let (session, accounts) = session(folder.path()).await;
    let listener = session.listener().await.unwrap();
    let (callback, token) = (listener.webhook_url(), SecretString::from(listener.verify_token()));
    let refused = add(&session, &accounts[0], Some(&callback), &SecretString::from("wrong")).await.unwrap_err();
    assert!(refused.sentence.contains("verification failed"), "{refused}");
    add(&session, &accounts[0], Some(&callback), &token).await.unwrap();
    let standing = check(&session, &accounts[..1], None, &token).await.unwrap();
    assert_eq!(standing.accounts[0].ours.as_ref().unwrap().callback.as_deref(), Some(callback.as_str()));
    let wrong = check(&session, &accounts[..1], Some(&callback), &SecretString::from("wrong")).await.unwrap();
    assert_eq!(wrong.handshake.unwrap().1, Handshake::Refused(403));
    let nobody = Url::parse("http://127.0.0.1:9/").unwrap();
    let nobody = check(&session, &[], Some(&nobody), &token).await.unwrap();
    assert!(matches!(nobody.handshake.unwrap().1, Handshake::Unreachable(_)));
}

#[test]
fn whoever_listens_and_whoever_subscribes_have_the_same_token() {
    let folder = tempfile::tempdir().unwrap();
    let paths = Paths { config: folder.path().into(), state: folder.path().into(), data: folder.path().join("data") };
    let (first, is_new) = own_verify_token(&paths).unwrap();
    let (second, again) = own_verify_token(&paths).unwrap();
    assert!(is_new && !again && first.expose_secret().len() == 32);
    assert_eq!(first.expose_secret(), second.expose_secret());
}
