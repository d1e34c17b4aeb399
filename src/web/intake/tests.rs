//! The port, spoken to as Meta does, and as those do who are not Meta.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::*;

const SECRET: &str = "app-secret";
const BODY: &str = r#"{"entry":[]}"#;

/// A port that keeps everything, and the bodies that came.
async fn open_with(app_secret: Option<&str>, keeps: bool, patience: Duration) -> (Intake, mpsc::UnboundedReceiver<Bytes>) {
    let options = IntakeOptions {
        address: SocketAddr::from(([127, 0, 0, 1], 0)),
        verify_token: "right".into(),
        app_secret: app_secret.map(Into::into),
        patience,
    };
    let (sink, mut arrivals) = mpsc::channel::<Arrival>(8);
    let (told, bodies) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Some(arrival) = arrivals.recv().await {
            let _ = told.send(arrival.body.clone());
            let _ = arrival.kept.send(keeps);
        }
    });
    (Intake::open(options, sink).await.unwrap(), bodies)
}

async fn open(app_secret: Option<&str>, keeps: bool) -> (Intake, mpsc::UnboundedReceiver<Bytes>) {
    open_with(app_secret, keeps, PATIENCE).await
}

async fn raw(intake: &Intake, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(intake.address()).await.unwrap();
    stream.write_all(request).await.unwrap();
    let mut answer = Vec::new();
    // A server that hangs up on nonsense may reset the connection.
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

fn request(method: &str, target: &str, headers: &str, body: &str) -> Vec<u8> {
    let head = format!("{method} {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}");
    format!("{head}Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

fn signed(body: &str) -> Vec<u8> {
    let signature = signature::sign(SECRET, body.as_bytes());
    request("POST", "/", &format!("Content-Type: application/json\r\nX-Hub-Signature-256: {signature}\r\n"), body)
}

fn status(answer: &str) -> &str {
    answer.get(9..12).unwrap_or(answer)
}

#[tokio::test]
async fn the_challenge_comes_back_to_who_knows_the_token_whatever_the_path() {
    let (intake, _) = open(Some(SECRET), true).await;
    let ask = |query: &str| request("GET", &format!("/any/path?{query}"), "", "");
    let right = raw(&intake, &ask("hub.mode=subscribe&hub.challenge=11%2B58&hub.verify_token=right")).await;
    assert!(status(&right) == "200" && right.ends_with("11+58"), "{right}");
    for wrong in [
        "hub.mode=subscribe&hub.challenge=1158&hub.verify_token=wrong",
        "hub.mode=subscribe&hub.challenge=1158&hub.verify_token=",
        "hub.mode=subscribe&hub.challenge=1158",
        "hub.mode=unsubscribe&hub.challenge=1158&hub.verify_token=right",
    ] {
        let answer = raw(&intake, &ask(wrong)).await;
        assert!(status(&answer) == "403" && !answer.contains("1158"), "{wrong}: {answer}");
    }
    assert_eq!(status(&raw(&intake, &ask("")).await), "404");
}

#[tokio::test]
async fn a_signed_body_is_acknowledged_once_it_is_kept() {
    let (intake, mut bodies) = open(Some(SECRET), true).await;
    assert_eq!(status(&raw(&intake, &signed(BODY)).await), "200");
    assert_eq!(bodies.recv().await.unwrap(), BODY);
    assert_eq!(status(&raw(&intake, &request("GET", "/health", "", "")).await), "200");
}

#[tokio::test]
async fn what_cannot_be_kept_is_not_acknowledged_and_shows_in_the_health() {
    let (intake, _bodies) = open(Some(SECRET), false).await;
    assert_eq!(status(&raw(&intake, &signed(BODY)).await), "503");
    assert_eq!(status(&raw(&intake, &request("GET", "/health", "", "")).await), "503");
}

#[tokio::test]
async fn nothing_unsigned_or_wrongly_signed_gets_through() {
    let (intake, mut bodies) = open(Some(SECRET), true).await;
    let mut others: Vec<Vec<u8>> =
        ["", "X-Hub-Signature-256: sha256=\r\n", "X-Hub-Signature-256: sha256=00zz\r\n", "X-Hub-Signature: sha1=00\r\n"]
            .iter()
            .map(|header| request("POST", "/", header, BODY))
            .collect();
    let signature = signature::sign("another", BODY.as_bytes());
    others.push(request("POST", "/", &format!("X-Hub-Signature-256: {signature}\r\n"), BODY));
    // A signature is over the raw bytes: one blank more is another body.
    let signature = signature::sign(SECRET, BODY.as_bytes());
    others.push(request("POST", "/", &format!("X-Hub-Signature-256: {signature}\r\n"), r#"{"entry": []}"#));
    for other in others {
        assert_eq!(status(&raw(&intake, &other).await), "403", "{}", String::from_utf8_lossy(&other));
    }
    drop(intake);
    assert!(bodies.recv().await.is_none());
}

#[tokio::test]
async fn without_a_secret_only_json_is_taken() {
    let (intake, mut bodies) = open(None, true).await;
    assert_eq!(status(&raw(&intake, &request("POST", "/", "", "nonsense")).await), "400");
    assert_eq!(status(&raw(&intake, &request("POST", "/", "", BODY)).await), "200");
    assert_eq!(bodies.recv().await.unwrap(), BODY);
}

#[tokio::test]
async fn other_methods_types_and_sizes_are_refused() {
    let (intake, _) = open(Some(SECRET), true).await;
    let put = raw(&intake, &request("PUT", "/", "", BODY)).await;
    assert!(status(&put) == "405" && put.to_lowercase().contains("allow: get, post"), "{put}");
    assert_eq!(status(&raw(&intake, &request("POST", "/", "Content-Type: text/html\r\n", BODY)).await), "415");
    let head = "POST / HTTP/1.1\r\nHost: x\r\nX-Hub-Signature-256: sha256=00\r\n";
    let announced = format!("{head}Content-Length: {}\r\n\r\n", LARGEST_BODY + 1);
    assert_eq!(status(&raw(&intake, announced.as_bytes()).await), "413");
    let chunk = format!("{:x}\r\n{}\r\n", 1024 * 1024, "x".repeat(1024 * 1024));
    let chunked = format!("{head}Transfer-Encoding: chunked\r\n\r\n{}0\r\n\r\n", chunk.repeat(5));
    assert_eq!(status(&raw(&intake, chunked.as_bytes()).await), "413", "without an announcement, too");
}

#[tokio::test]
async fn nonsense_and_bodies_that_end_early_do_no_harm() {
    let (intake, mut bodies) = open_with(Some(SECRET), true, Duration::from_millis(300)).await;
    for nonsense in [&b"\x16\x03\x01\x02\x00"[..], b"GET\r\n\r\n", b"\r\n\r\n\r\n", &[0xff; 64]] {
        raw(&intake, nonsense).await;
    }
    let whole = signed(BODY);
    let mut stream = TcpStream::connect(intake.address()).await.unwrap();
    stream.write_all(&whole[..whole.len() - 3]).await.unwrap();
    stream.shutdown().await.unwrap();
    drop(stream);
    assert_eq!(status(&raw(&intake, &whole).await), "200");
    assert_eq!(bodies.recv().await.unwrap(), BODY, "the cut one never arrived");
    assert!(bodies.try_recv().is_err());
}

#[tokio::test]
async fn who_dawdles_is_hung_up_on() {
    let (intake, _) = open_with(Some(SECRET), true, Duration::from_millis(100)).await;
    let mut head = TcpStream::connect(intake.address()).await.unwrap();
    head.write_all(b"POST / HTTP/1.1\r\nHost:").await.unwrap();
    let mut body = TcpStream::connect(intake.address()).await.unwrap();
    let request = signed(BODY);
    body.write_all(&request[..request.len() - 3]).await.unwrap();
    for (mut stream, name) in [(head, "head"), (body, "body")] {
        let mut answer = String::new();
        let ended = tokio::time::timeout(Duration::from_secs(20), stream.read_to_string(&mut answer)).await;
        assert!(ended.is_ok(), "{name}: still open long after its time");
        assert!(name == "head" || status(&answer) == "408", "{name}: {answer}");
    }
}

#[tokio::test]
async fn closing_waits_for_what_is_under_way() {
    let (sink, mut arrivals) = mpsc::channel::<Arrival>(8);
    let options = IntakeOptions {
        address: SocketAddr::from(([127, 0, 0, 1], 0)),
        verify_token: "right".into(),
        app_secret: Some(SECRET.into()),
        patience: PATIENCE,
    };
    let intake = Intake::open(options, sink).await.unwrap();
    let address = intake.address();
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(&signed(BODY)).await.unwrap();
    let arrival = arrivals.recv().await.unwrap();
    let closing = tokio::spawn(intake.close());
    // The port closes at once, the request under way is answered.
    while TcpStream::connect(address).await.is_ok() {
        tokio::task::yield_now().await;
    }
    arrival.kept.send(true).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert_eq!(status(&answer), "200");
    closing.await.unwrap();
}
