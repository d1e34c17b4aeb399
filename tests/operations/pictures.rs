//! Looking at files of messages over real HTTP: what a friendly server gives, and what a hostile one can do.

use wabadeck::{
    domain::{
        media::{MediaFacts, MediaProblem},
        rendering::Blanks,
        template::MediaKind,
        variable::Values,
    },
    ops::{Session, fleet, media},
    sandbox::Options,
};
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{method, path},
};

use super::start;

async fn look(session: &Session, source: &str, kind: MediaKind) -> Result<MediaFacts, MediaProblem> {
    media::look(session, source, kind).await
}

async fn serve(server: &MockServer, at: &str, answer: ResponseTemplate) -> String {
    Mock::given(path(at)).respond_with(answer).mount(server).await;
    format!("{}{at}", server.uri())
}

#[tokio::test]
async fn every_example_in_the_sandbox_has_a_file_with_a_size_and_images_a_picture() {
    let (_sandbox, session) = start(Options::default()).await;
    let summary = fleet::load_all(&session).await.unwrap();
    let mut seen = (0, 0);
    for account in summary.accounts.iter() {
        for template in fleet::load_templates(&session, &account.id).await.unwrap() {
            for (source, kind) in template.render(&Values::new(), Blanks::Examples).files() {
                let facts = look(&session, source, kind).await.unwrap_or_else(|problem| panic!("{source}: {problem:?}"));
                assert!(facts.bytes.is_some_and(|bytes| bytes > 100), "{source}");
                assert_eq!(facts.picture.is_some(), kind == MediaKind::Image, "{source}");
                if kind == MediaKind::Image { seen.0 += 1 } else { seen.1 += 1 }
            }
        }
    }
    assert!(seen.0 > 5 && seen.1 > 2, "{seen:?}");
}

#[tokio::test]
async fn an_uploaded_file_is_found_by_its_id_and_opened_with_the_token() {
    let (_sandbox, session) = start(Options::default()).await;
    let facts = look(&session, "1456789012345671", MediaKind::Image).await.unwrap();
    assert_eq!((facts.pixels, facts.picture.is_some()), (Some((600, 314)), true));
    let size = look(&session, "1456789012345671", MediaKind::Video).await.unwrap();
    assert_eq!((size.bytes, size.picture), (facts.bytes, None), "of other kinds the size is enough");
    assert_eq!(look(&session, "99", MediaKind::Image).await.unwrap_err(), MediaProblem::Refused(404));
}

#[tokio::test]
async fn hostile_servers_are_told_from_friendly_ones_and_no_token_reaches_them() {
    let (_sandbox, session) = start(Options::default()).await;
    let server = MockServer::start().await;
    let bytes = |bytes: Vec<u8>| ResponseTemplate::new(200).set_body_raw(bytes, "image/png");
    let mut claims = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    claims.extend([0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60, 8, 2, 0, 0, 0]);
    let cases = [
        (ResponseTemplate::new(200).set_body_raw("<html>", "text/html"), MediaProblem::NotAPicture("text/html".into())),
        (bytes(b"\x89PNG\r\n\x1a\n\0\0".to_vec()), MediaProblem::Damaged),
        (bytes(claims), MediaProblem::Damaged),
        (bytes(vec![0; 6_000_000]), MediaProblem::TooLarge(6_000_000)),
        (bytes(Vec::new()), MediaProblem::NotAPicture("image/png".into())),
        (ResponseTemplate::new(404), MediaProblem::Refused(404)),
        (ResponseTemplate::new(500), MediaProblem::Refused(500)),
        (ResponseTemplate::new(302).insert_header("location", "http://example.com/a.png"), MediaProblem::NotEncrypted),
        (ResponseTemplate::new(302).insert_header("location", "file:///etc/passwd"), MediaProblem::NotEncrypted),
        (ResponseTemplate::new(302), MediaProblem::Refused(302)),
    ];
    for (place, (answer, expected)) in cases.into_iter().enumerate() {
        let address = serve(&server, &format!("/{place}.png"), answer).await;
        assert_eq!(look(&session, &address, MediaKind::Image).await.unwrap_err(), expected, "{address}");
    }
    let round = format!("{}/round", server.uri());
    serve(&server, "/round", ResponseTemplate::new(302).insert_header("location", round.as_str())).await;
    assert_eq!(look(&session, &round, MediaKind::Image).await.unwrap_err(), MediaProblem::NotReached);
    for source in ["", "x", "http://example.com/a.png", "ftp://example.com/a.png", "data:image/png;base64,AAAA"] {
        assert!(look(&session, source, MediaKind::Image).await.is_err(), "{source}");
    }
    for request in server.received_requests().await.unwrap() {
        assert!(!request.headers.contains_key("authorization"), "{}", request.url);
    }
}

#[tokio::test]
async fn other_files_are_measured_without_being_fetched() {
    let (_sandbox, session) = start(Options::default()).await;
    let server = MockServer::start().await;
    let head = ResponseTemplate::new(200).insert_header("content-type", "video/mp4").insert_header("content-length", "2400000");
    Mock::given(method("HEAD")).and(path("/a.mp4")).respond_with(head).expect(1).mount(&server).await;
    let facts = look(&session, &format!("{}/a.mp4", server.uri()), MediaKind::Video).await.unwrap();
    assert_eq!(facts.content_type.as_deref(), Some("video/mp4"));
    assert!(server.received_requests().await.unwrap().iter().all(|request| request.method == "HEAD"));
}
