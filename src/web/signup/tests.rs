//! The page's callback, spoken to over a socket as a browser would, and as those would who are none.

use rustls::crypto::ring;
use secrecy::ExposeSecret;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::*;

fn order() -> Order {
    Order {
        app_id: "77".into(),
        config_id: "88".into(),
        version: "v26.0".into(),
        extras: json!({"setup": {}}),
        sdk: Sdk::Meta,
        portfolio: "Acme </script><script>alert(1)</script>".into(),
        accounts: 3,
    }
}

fn proxied() -> Place {
    Place::Proxied { base: Url::parse("https://ops.example/deck/").unwrap(), port: 0 }
}

async fn opened(doorway: &Doorway, place: &Place) -> (Expected, u16) {
    let expected = doorway.open(place, order()).await.unwrap();
    let port = expected.door.site.hosts.iter().find_map(|host| host.strip_prefix("localhost:")?.parse().ok()).unwrap();
    (expected, port)
}

/// Sends a request as it stands and gives the whole answer.
async fn ask(port: u16, request: String) -> String {
    let mut stream = tokio::net::TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    // A refused body may end in a reset behind the answer.
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

async fn get(port: u16, path: &str, host: &str, more: &str) -> String {
    ask(port, format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{more}\r\n")).await
}

const BROWSER: &str = "Origin: https://ops.example\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\n";

async fn post(port: u16, headers: &str, body: &str) -> String {
    let head = format!("POST /signup/answer HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n{headers}");
    ask(port, format!("{head}Content-Length: {}\r\n\r\n{body}", body.len())).await
}

fn finish(state: &str) -> String {
    let data = json!({"business_id": "9", "waba_id": "5"});
    json!({"state": state, "code": "AQ1", "session": {"event": "FINISH", "data": data}}).to_string()
}

#[tokio::test]
async fn r13_the_answer_reaches_the_one_who_waits_once_and_the_page_is_told_what_became_of_it() {
    let doorway = Doorway::default();
    let (mut expected, port) = opened(&doorway, &proxied()).await;
    let state = expected.state.clone();
    let waits = tokio::spawn(async move {
        let mut answer = expected.answer().await.unwrap();
        let code = answer.code.take().unwrap();
        let said = answer.said.clone();
        answer.tell(Told::NotExchanged);
        (said, code, expected)
    });
    let told = post(port, BROWSER, &finish(&state)).await;
    assert!(told.starts_with("HTTP/1.1 200") && told.ends_with(r#"{"state":"unfinished"}"#), "{told}");
    let (said, code, expected) = waits.await.unwrap();
    assert_eq!(said, SignupAnswer::Finished { business_id: Some("9".into()), waba_ids: vec!["5".into()] });
    assert_eq!(code.expose_secret(), "AQ1");
    let again = post(port, BROWSER, &finish(&state)).await;
    assert!(again.starts_with("HTTP/1.1 409") && again.ends_with(r#"{"state":"answered"}"#), "a repeated answer: {again}");
    let second_tab = get(port, &format!("/signup?state={state}"), "ops.example", "").await;
    assert!(second_tab.starts_with("HTTP/1.1 410") && second_tab.contains("data-state=\"answered\""), "{second_tab}");
    drop(expected);
}

#[tokio::test]
async fn a_forged_answer_is_refused_and_takes_nobodys_place() {
    let doorway = Doorway::default();
    let (mut expected, port) = opened(&doorway, &proxied()).await;
    let right = finish(&expected.state);
    let forged = [
        (BROWSER.to_owned(), finish("0000"), "404"),
        (BROWSER.to_owned(), finish(""), "404"),
        (BROWSER.to_owned(), "nonsense".to_owned(), "400"),
        (BROWSER.replace("ops.example", "evil.example"), right.clone(), "403"),
        (BROWSER.replace("Origin: https://ops.example\r\n", ""), right.clone(), "403"),
        (BROWSER.replace("same-origin", "cross-site"), right.clone(), "403"),
        (BROWSER.replace("application/json", "text/plain"), right.clone(), "403"),
        (BROWSER.to_owned(), format!("{right}{}", " ".repeat(64 * 1024)), "413"),
    ];
    for (headers, body, status) in forged {
        let told = post(port, &headers, &body).await;
        assert!(told.starts_with(&format!("HTTP/1.1 {status}")), "{headers}: {told}");
        assert!(expected.answer.try_recv().is_err(), "{headers}");
    }
    let other_name = get(port, &format!("/signup?state={}", expected.state), "evil.example", "").await;
    assert!(other_name.starts_with("HTTP/1.1 421"), "{other_name}");
    let by_address = get(port, &format!("/signup/answer?state={}&event=FINISH", expected.state), "ops.example", "").await;
    assert!(by_address.starts_with("HTTP/1.1 405"), "{by_address}");
    assert!(expected.answer.try_recv().is_err());
}

#[tokio::test]
async fn the_page_holds_its_data_as_data_and_nothing_from_elsewhere_may_run_in_it() {
    let doorway = Doorway::default();
    let (expected, port) = opened(&doorway, &proxied()).await;
    assert_eq!(expected.url.as_str(), format!("https://ops.example/deck/signup?state={}", expected.state));
    for path in ["/signup", "/deck/signup"] {
        let page =
            get(port, &format!("{path}?state={}", expected.state), "ops.example", "Accept-Language: de, fr;q=0.8, en;q=0.5\r\n")
                .await;
        assert!(page.starts_with("HTTP/1.1 200") && page.contains("<html lang=\"fr\" data-state=\"loading\""), "{page}");
        assert!(page.contains("\"app\":\"77\"") && !page.contains("</script><script>alert"), "{page}");
        let policy = page.lines().find(|line| line.starts_with("content-security-policy")).unwrap();
        let nonce = policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap();
        assert!(page.contains(&format!("<script nonce=\"{nonce}\">")) && !policy.contains("unsafe"), "{policy}");
    }
    let unknown = get(port, "/signup?state=guess", "ops.example", "").await;
    assert!(unknown.starts_with("HTTP/1.1 404") && unknown.contains("data-state=\"unexpected\"") && !unknown.contains("\"app\""));
}

#[tokio::test]
async fn signups_share_a_port_that_closes_with_the_last_of_them() {
    let doorway = Doorway::default();
    let (first, port) = opened(&doorway, &proxied()).await;
    let (second, same) = opened(&doorway, &proxied()).await;
    assert_eq!(port, same);
    drop(first);
    let page = get(port, &format!("/signup?state={}", second.state), "ops.example", "").await;
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    drop(second);
    assert!(
        tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_err()
            || get(port, "/signup", "ops.example", "").await.is_empty()
    );
}

#[tokio::test]
async fn without_an_answer_in_time_the_page_is_closed() {
    assert_eq!(Doorway::default().patience, Duration::from_secs(600));
    let doorway = Doorway { patience: Duration::from_millis(20), ..Doorway::default() };
    let (mut expected, port) = opened(&doorway, &proxied()).await;
    assert!(expected.answer().await.is_none());
    drop(expected);
    let page = tokio::net::TcpStream::connect(("127.0.0.1", port)).await;
    assert!(page.is_err() || get(port, "/signup", "ops.example", "").await.is_empty());
}

/// Takes any certificate: it is made on the spot and nobody vouches for it.
#[derive(Debug)]
struct AnyCertificate;

impl rustls::client::danger::ServerCertVerifier for AnyCertificate {
    fn verify_server_cert(
        &self,
        _: &rustls::pki_types::CertificateDer<'_>,
        _: &[rustls::pki_types::CertificateDer<'_>],
        _: &rustls::pki_types::ServerName<'_>,
        _: &[u8],
        _: rustls::pki_types::UnixTime,
    ) -> Result<rustls::client::danger::ServerCertVerified, rustls::Error> {
        Ok(rustls::client::danger::ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &rustls::pki_types::CertificateDer<'_>,
        signature: &rustls::DigitallySignedStruct,
    ) -> Result<rustls::client::danger::HandshakeSignatureValid, rustls::Error> {
        rustls::crypto::verify_tls12_signature(
            message,
            certificate,
            signature,
            &ring::default_provider().signature_verification_algorithms,
        )
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &rustls::pki_types::CertificateDer<'_>,
        signature: &rustls::DigitallySignedStruct,
    ) -> Result<rustls::client::danger::HandshakeSignatureValid, rustls::Error> {
        rustls::crypto::verify_tls13_signature(
            message,
            certificate,
            signature,
            &ring::default_provider().signature_verification_algorithms,
        )
    }

    fn supported_verify_schemes(&self) -> Vec<rustls::SignatureScheme> {
        ring::default_provider().signature_verification_algorithms.supported_schemes()
    }
}

#[tokio::test]
async fn on_this_machine_it_is_served_over_https_by_the_name_localhost_alone() {
    let doorway = Doorway::default();
    let (expected, port) = opened(&doorway, &Place::Here { port: 0 }).await;
    assert_eq!(expected.url.as_str(), format!("https://localhost:{port}/signup?state={}", expected.state));
    let configuration = rustls::ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(AnyCertificate))
        .with_no_client_auth();
    let connector = tokio_rustls::TlsConnector::from(Arc::new(configuration));
    for (host, status) in
        [(format!("localhost:{port}"), "200"), (format!("127.0.0.1:{port}"), "421"), ("evil.example".into(), "421")]
    {
        let stream = tokio::net::TcpStream::connect(("127.0.0.1", port)).await.unwrap();
        let mut stream = connector.connect("localhost".try_into().unwrap(), stream).await.unwrap();
        let request = format!("GET /signup?state={} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n", expected.state);
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        assert!(String::from_utf8_lossy(&answer).starts_with(&format!("HTTP/1.1 {status}")), "{host}");
    }
    let plain = get(port, "/signup", &format!("localhost:{port}"), "").await;
    assert!(!plain.contains("HTTP/1.1"), "plain HTTP is not spoken here: {plain}");
}
