//! Connections to the Graph API: straight, or through the proxy that the system or the environment names.
//!
//! A proxy is asked for a tunnel, so it sees neither token nor answers. This machine is never reached by a proxy.

use std::{
    error::Error,
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use hyper::Uri;
use hyper_rustls::{HttpsConnector, MaybeHttpsStream};
use hyper_util::{
    client::{
        legacy::connect::{HttpConnector, proxy::Tunnel},
        proxy::matcher::Matcher,
    },
    rt::TokioIo,
};
use rustls::ClientConfig;
use tokio::net::TcpStream;
use tower_service::Service;
use url::Url;

use super::is_loopback;

/// A connection to a server, or to a proxy, which itself may be spoken to by TLS.
type Wire = MaybeHttpsStream<TokioIo<TcpStream>>;

type Failed = Box<dyn Error + Send + Sync>;

/// Makes connections.
#[derive(Clone)]
pub(super) struct Connector {
    direct: HttpsConnector<HttpConnector>,
    to_proxy: HttpsConnector<HttpConnector>,
    tls: Arc<ClientConfig>,
    proxies: Option<Arc<Matcher>>,
    patience: Duration,
}

/// A connection did not come about in time.
#[derive(Debug, thiserror::Error)]
#[error("it took too long")]
struct TooSlow;

/// A proxy is in the way.
#[derive(Debug, Clone, thiserror::Error)]
#[error("the proxy {proxy} lets nothing through: {reason}")]
pub struct Proxied {
    /// Its host and port; its address may carry a password.
    pub proxy: String,
    /// Why, in words.
    pub reason: String,
}

fn place(proxy: &Uri) -> String {
    let port = proxy.port_u16().map(|port| format!(":{port}")).unwrap_or_default();
    format!("{}{port}", proxy.host().unwrap_or_default())
}

impl Proxied {
    /// What a failed connection through this proxy is: the proxy's fault, unless the server was reached and not believed.
    fn or_server(proxy: &Uri, error: Failed) -> Failed {
        let words = super::reason(&*error).to_ascii_lowercase();
        if words.contains("certificate") {
            return error;
        }
        // The words of hyper-util's tunnel and of rustls; another version may have others, which are told as they are.
        let reason = match words.as_str() {
            said if said.contains("authorization required") => {
                "it wants a name and a password, or others than it was given".to_owned()
            }
            said if said.contains("unsuccessful") => "it refuses".to_owned(),
            said if said.contains("tls handshake eof")
                || said.contains("invalidcontenttype")
                || said.contains("corrupt message") =>
            {
                "something else than Meta answered through it, perhaps a page to sign in".to_owned()
            }
            said => said.to_owned(),
        };
        Box::new(Self { proxy: place(proxy), reason })
    }
}

impl Connector {
    /// A connector to this address.
    pub(super) fn new(base: &Url, tls: ClientConfig, patience: Duration) -> Self {
        let mut plain = HttpConnector::new();
        plain.enforce_http(false);
        plain.set_nodelay(true);
        // What a proxy is asked for is HTTP/1.1.
        let mut to_proxy = tls.clone();
        to_proxy.alpn_protocols.clear();
        let tls = Arc::new(tls);
        Self {
            direct: HttpsConnector::from((plain.clone(), Arc::clone(&tls))),
            to_proxy: HttpsConnector::from((plain, to_proxy)),
            tls,
            proxies: (!is_loopback(base)).then(|| Arc::new(Matcher::from_system())),
            patience,
        }
    }

    /// Host and port of the proxy by which an address is reached; its name and password are left out.
    pub(super) fn proxy(&self, target: &Uri) -> Option<String> {
        self.proxies.as_ref()?.intercept(target).map(|proxy| place(proxy.uri()))
    }

    async fn connect(mut self, target: Uri) -> Result<MaybeHttpsStream<Wire>, Failed> {
        let proxy = self.proxies.as_ref().and_then(|proxies| proxies.intercept(&target));
        match proxy {
            None => Ok(MaybeHttpsStream::Http(self.direct.call(target).await?)),
            Some(proxy) => {
                let address = proxy.uri().clone();
                let tunnel = Tunnel::new(address.clone(), self.to_proxy);
                let tunnel = match proxy.basic_auth() {
                    Some(auth) => tunnel.with_auth(auth.clone()),
                    None => tunnel,
                };
                let connected = HttpsConnector::from((tunnel, self.tls)).call(target).await;
                connected.map_err(|error| Proxied::or_server(&address, error))
            }
        }
    }
}

impl Service<Uri> for Connector {
    type Response = MaybeHttpsStream<Wire>;
    type Error = Failed;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, target: Uri) -> Self::Future {
        let connecting = tokio::time::timeout(self.patience, self.clone().connect(target));
        Box::pin(async move { connecting.await.unwrap_or_else(|_| Err(TooSlow.into())) })
    }
}
