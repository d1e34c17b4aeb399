//! Through proxies, as administrators set them up: in the environment, with and without a password, broken ones; and certificates
//! of one's own. The server behind them is a sandbox with TLS before it, under a name that only the proxy knows.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use base64::Engine as _;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, copy, copy_bidirectional, sink},
    net::{TcpListener, TcpStream},
    runtime::Runtime,
};
use tokio_rustls::{TlsAcceptor, rustls};

use super::support::{Place, Ran, Sandbox, ran};

const HOST: &str = "graph.example";

/// As a file of certificates has it.
fn pem(certificate: &rcgen::Certificate) -> String {
    let body = base64::engine::general_purpose::STANDARD.encode(certificate.der());
    let lines: Vec<&str> = body.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect();
    format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", lines.join("\n"))
}

/// How a proxy behaves.
#[derive(Clone, Copy, PartialEq)]
enum Manner {
    Open,
    /// Wants `bob:secret1`.
    Locked,
    /// Answers everything with a page.
    Page(u16),
}

/// A sandbox, TLS before it, and proxies that lead there.
struct Network {
    runtime: Runtime,
    sandbox: Sandbox,
    server: SocketAddr,
    place: Place,
    /// All that proxies heard before they passed anything on.
    heard: Arc<Mutex<Vec<u8>>>,
}

impl Network {
    fn new() -> Self {
        let (runtime, sandbox, place) = (Runtime::new().unwrap(), Sandbox::start(&[]), Place::new());
        let own = rcgen::generate_simple_self_signed([HOST.to_owned()]).unwrap();
        std::fs::write(place.dir.path().join("ca.pem"), pem(&own.cert)).unwrap();
        let key = rustls::pki_types::PrivateKeyDer::try_from(own.signing_key.serialize_der()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
        let config = config.with_no_client_auth().with_single_cert(vec![own.cert.der().clone()], key).unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let behind = sandbox.url.trim_start_matches("http://").trim_end_matches('/').to_owned();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let server = listener.local_addr().unwrap();
        runtime.spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (acceptor, behind) = (acceptor.clone(), behind.clone());
                tokio::spawn(async move {
                    let Ok(mut client) = acceptor.accept(stream).await else { return };
                    let mut sandbox = TcpStream::connect(behind).await.unwrap();
                    let _ = copy_bidirectional(&mut client, &mut sandbox).await;
                });
            }
        });
        Self { runtime, sandbox, server, place, heard: Arc::default() }
    }

    fn proxy(&self, manner: Manner) -> SocketAddr {
        let listener = self.runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = listener.local_addr().unwrap();
        let (server, heard) = (self.server, Arc::clone(&self.heard));
        self.runtime.spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(pass_on(stream, manner, server, Arc::clone(&heard)));
            }
        });
        address
    }

    /// Asks for the accounts, with these variables and the certificate.
    fn accounts(&self, variables: &[(&str, String)]) -> Ran {
        self.run("accounts", variables)
    }

    fn run(&self, subcommand: &str, variables: &[(&str, String)]) -> Ran {
        let mut command = self.place.command(&[subcommand, "--json"]);
        command.env("WABADECK_GRAPH_URL", format!("https://{HOST}")).env("WABADECK_TOKEN", &self.sandbox.token);
        command.env("WABADECK_LOG", "trace").env("SSL_CERT_FILE", self.place.dir.path().join("ca.pem")).env_remove("NO_PROXY");
        command.env_remove("no_proxy").envs(variables.iter().map(|(name, value)| (name, value)));
        ran(&mut command)
    }

    fn heard(&self) -> String {
        String::from_utf8_lossy(&self.heard.lock().unwrap()).into_owned()
    }
}

async fn pass_on(mut stream: TcpStream, manner: Manner, server: SocketAddr, heard: Arc<Mutex<Vec<u8>>>) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => return,
        }
    }
    heard.lock().unwrap().extend(&head);
    let head = String::from_utf8_lossy(&head).to_ascii_lowercase();
    // "bob:secret1", in base64.
    let knows = head.contains("proxy-authorization: basic ym9ionnly3jldde=");
    let answer = match manner {
        Manner::Locked if !knows => {
            "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n".to_owned()
        }
        Manner::Page(status) => {
            format!("HTTP/1.1 {status} X\r\nContent-Type: text/html\r\nContent-Length: 26\r\n\r\n<html>Sign in first</html>")
        }
        _ if !head.starts_with("connect graph.example:443 ") => "HTTP/1.1 400 X\r\nContent-Length: 0\r\n\r\n".to_owned(),
        _ => "HTTP/1.1 200 Connected\r\n\r\n".to_owned(),
    };
    let _ = stream.write_all(answer.as_bytes()).await;
    if answer.starts_with("HTTP/1.1 200 Connected") {
        let mut server = TcpStream::connect(server).await.unwrap();
        let _ = copy_bidirectional(&mut stream, &mut server).await;
    } else {
        // What was said would be lost in a reset if the rest of what the client says were left unread.
        let _ = stream.shutdown().await;
        let _ = copy(&mut stream, &mut sink()).await;
    }
}

#[test]
fn a_proxy_of_the_environment_is_asked_for_a_tunnel_and_sees_no_token() {
    let network = Network::new();
    let (open, locked) = (network.proxy(Manner::Open), network.proxy(Manner::Locked));
    for (name, proxy) in [
        ("HTTPS_PROXY", format!("http://{open}")),
        ("https_proxy", format!("http://{open}")),
        ("ALL_PROXY", format!("http://{open}")),
        ("HTTPS_PROXY", format!("http://bob:secret1@{locked}")),
    ] {
        let ran = network.accounts(&[(name, proxy.clone())]);
        assert!(ran.code == 0 && ran.json().as_array().is_some_and(|accounts| accounts.len() > 5), "{name}={proxy}: {}", ran.err);
    }
    let heard = network.heard();
    assert!(heard.matches("CONNECT graph.example:443").count() >= 4, "{heard}");
    assert!(!heard.contains(&network.sandbox.token) && !heard.contains("Bearer"), "{heard}");
}

#[test]
fn a_proxy_that_lets_nothing_through_is_named_with_what_to_do_and_without_its_password() {
    let network = Network::new();
    let locked = network.proxy(Manner::Locked);
    let closed = network.runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap().local_addr().unwrap();
    for (proxy, words) in [
        (format!("http://{locked}"), "it wants a name and a password"),
        (format!("http://bob:hunter22@{locked}"), "it wants a name and a password"),
        (format!("http://{}", network.proxy(Manner::Page(403))), "it refuses"),
        (format!("http://{}", network.proxy(Manner::Page(200))), "perhaps a page to sign in"),
        (format!("http://{closed}"), "refused"),
    ] {
        let ran = network.accounts(&[("HTTPS_PROXY", proxy.clone())]);
        assert!(ran.code != 0 && ran.err.contains(words), "{proxy}: {}", ran.err);
        assert!(ran.err.contains("The proxy 127.0.0.1:") && ran.err.contains("HTTPS_PROXY"), "{}", ran.err);
        assert!(!ran.err.contains("hunter22"), "{}", ran.err);
    }
    let log = std::fs::read_to_string(network.place.dir.path().join("state/wabadeck/wabadeck.log")).unwrap();
    assert!(!log.contains("hunter22") && !log.contains(&network.sandbox.token), "{log}");
    assert!(!network.heard().contains(&network.sandbox.token));
}

#[test]
fn what_no_proxy_names_and_this_machine_are_reached_without_one() {
    let network = Network::new();
    let proxy = format!("http://{}", network.proxy(Manner::Open));
    // Nobody but the proxy knows the name, so going straight there fails.
    let straight = network.accounts(&[("HTTPS_PROXY", proxy.clone()), ("NO_PROXY", HOST.to_owned())]);
    assert!(straight.code != 0 && !straight.err.contains("The proxy"), "{}", straight.err);
    let here = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"].map(|name| (name, proxy.clone()));
    let local = network.accounts(&[&here[..], &[("WABADECK_GRAPH_URL", network.sandbox.url.clone())]].concat());
    assert_eq!(local.code, 0, "{}", local.err);
    assert_eq!(network.heard(), "", "the proxy was asked");
}

#[test]
fn a_certificate_that_nobody_vouches_for_is_refused_before_the_token_leaves() {
    let network = Network::new();
    let proxy = format!("http://{}", network.proxy(Manner::Open));
    let other = rcgen::generate_simple_self_signed(["other.example".to_owned()]).unwrap();
    let roots = network.place.dir.path().join("other.pem");
    std::fs::write(&roots, pem(&other.cert)).unwrap();
    let ran = network.accounts(&[("HTTPS_PROXY", proxy), ("SSL_CERT_FILE", roots.display().to_string())]);
    assert!(ran.code != 0 && ran.err.contains("certificate of graph.example was not accepted"), "{}", ran.err);
}

#[test]
fn the_doctor_names_the_proxy_that_is_used_and_no_other() {
    let network = Network::new();
    let open = network.proxy(Manner::Open).to_string();
    let network_line = |variables: &[(&str, String)]| {
        let report = network.run("doctor", variables).json();
        report["lines"].as_array().unwrap().iter().find(|line| line["check"] == "network").unwrap().clone()
    };
    let line = network_line(&[("HTTPS_PROXY", format!("http://bob:secret1@{open}"))]);
    assert_eq!((&line["finding"], &line["facts"]["proxy"]), (&"proxied".into(), &open.as_str().into()));
    assert!(!line.to_string().contains("secret1"), "{line}");
    // One for plain HTTP only is not used, nor one that NO_PROXY excepts.
    let spared = [("HTTPS_PROXY", format!("http://{open}")), ("NO_PROXY", HOST.to_owned())];
    for variables in [&[("HTTP_PROXY", format!("http://{open}"))][..], &spared] {
        assert_eq!(network_line(variables)["finding"], "name-unknown");
    }
}
