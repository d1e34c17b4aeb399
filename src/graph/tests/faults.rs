//! Faults below HTTP: connections that break, dry up or lead nowhere.

use std::time::Duration;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use super::{TOKEN, client, client_with, impatient};
use crate::{
    domain::{PortfolioId, WabaId},
    graph::{GraphError, Patience, accounts, signup},
};

/// A server that does the same to every connection, after it has read the request's head.
async fn server<F, D>(each: D) -> String
where
    F: Future<Output = ()> + Send,
    D: Fn(TcpStream) -> F + Send + Sync + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let each = std::sync::Arc::new(each);
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let each = std::sync::Arc::clone(&each);
            tokio::spawn(async move {
                let mut head = [0; 4_096];
                let _ = stream.read(&mut head).await;
                each(stream).await;
            });
        }
    });
    address
}

fn quick() -> Patience {
    Patience { answer: Duration::from_millis(150), retries: 1, ..impatient() }
}

#[tokio::test]
async fn a_reset_connection_is_broken_and_a_change_is_unknown() {
    let address = server(|stream| async move {
        stream.set_zero_linger().unwrap();
        drop(stream);
    })
    .await;
    let error = accounts::read(&client(&address), &WabaId::from("1")).await.unwrap_err();
    assert!(matches!(error, GraphError::Broken { .. }), "{error:?}");
    let error = signup::invite(&client(&address), &PortfolioId::from("9")).await.unwrap_err();
    assert!(error.is_outcome_unknown(), "{error:?}");
}

#[tokio::test]
async fn a_body_that_stops_early_is_broken() {
    let address = server(|mut stream| async move {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"id\":").await;
    })
    .await;
    let error = accounts::read(&client(&address), &WabaId::from("1")).await.unwrap_err();
    assert!(matches!(error, GraphError::Broken { .. }), "{error:?}");
}

#[tokio::test]
async fn a_trickle_times_out_as_a_whole() {
    let address = server(|mut stream| async move {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n").await;
        while stream.write_all(b" ").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    })
    .await;
    let error = accounts::read(&client_with(&address, quick()), &WabaId::from("1")).await.unwrap_err();
    assert!(matches!(error, GraphError::TimedOut { .. }), "{error:?}");
}

#[tokio::test]
async fn silence_times_out_and_a_change_is_unknown() {
    let address = server(|stream| async move {
        std::future::pending::<()>().await;
        drop(stream);
    })
    .await;
    let error = signup::invite(&client_with(&address, quick()), &PortfolioId::from("9")).await.unwrap_err();
    assert!(matches!(error, GraphError::TimedOut { .. }) && error.is_outcome_unknown(), "{error:?}");
}

#[tokio::test]
async fn a_closed_port_is_unreachable_and_a_change_did_not_happen() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = signup::invite(&client(&address), &PortfolioId::from("9")).await.unwrap_err();
    assert!(matches!(error, GraphError::Unreachable { .. }) && !error.is_outcome_unknown(), "{error:?}");
    assert!(error.to_string().contains("127.0.0.1"), "{error}");
}

#[tokio::test]
async fn what_is_no_http_at_all_is_an_error_like_any_other() {
    let address = server(|mut stream| async move {
        let _ = stream.write_all(b"SSH-2.0-OpenSSH_9.6\r\n").await;
    })
    .await;
    let error = accounts::read(&client(&address), &WabaId::from("1")).await.unwrap_err();
    assert!(matches!(error, GraphError::Broken { .. }), "{error:?}");
}

#[tokio::test]
async fn a_tls_server_that_nobody_vouches_for_gets_nothing() {
    let address = server(|mut stream| async move {
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
    })
    .await
    .replace("http://", "https://");
    let error = accounts::read(&client(&address), &WabaId::from("1")).await.unwrap_err();
    assert!(matches!(error, GraphError::Unreachable { .. } | GraphError::Certificate { .. }), "{error:?}");
}

#[tokio::test]
async fn a_server_that_repeats_the_token_does_not_get_it_shown() {
    let envelope = r#"{"error":{"code":190,"message":"Malformed access token TOKEN","error_data":{"details":"TOKEN"}}}"#;
    for body in [envelope, "<html>No way to /debug_token?input_token=TOKEN</html>", "Cannot GET /?access_token=TOKEN"] {
        let answer = format!("HTTP/1.1 400 X\r\nConnection: close\r\n\r\n{}", body.replace("TOKEN", TOKEN));
        let address = server(move |mut stream| {
            let answer = answer.clone();
            async move {
                let _ = stream.write_all(answer.as_bytes()).await;
            }
        })
        .await;
        let error = accounts::read(&client_with(&address, quick()), &WabaId::from("1")).await.unwrap_err();
        let told = format!("{error} {error:?}");
        assert!(!told.contains(TOKEN) && told.contains("[…]"), "{told}");
    }
}
