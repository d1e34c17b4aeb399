//! A headless Chromium, driven by the DevTools protocol over a websocket. One at a time: each is a heavy guest.

use std::{
    io::{BufRead, BufReader, Write},
    net::TcpStream,
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::{Mutex, MutexGuard, PoisonError},
    thread,
    time::Duration,
};

use serde_json::{Value, json};
use tungstenite::{Message, WebSocket};

/// How long anything may take before a test gives up. Machines that run tests are slow and busy.
const PATIENCE: Duration = Duration::from_secs(60);
const NAMES: [&str; 5] = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"];

/// What the browser answers for a tab that was closed.
const NO_SUCH_SESSION: i64 = -32001;

static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

fn program() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).flat_map(|directory| NAMES.map(|name| directory.join(name))).find(|program| program.is_file())
}

/// A running browser with a profile of its own.
pub struct Chromium {
    child: Child,
    socket: WebSocket<TcpStream>,
    calls: u64,
    _profile: tempfile::TempDir,
    _alone: MutexGuard<'static, ()>,
}

/// A page or a window of it.
#[derive(Clone)]
pub struct Tab {
    target: String,
    session: String,
}

impl Chromium {
    /// Starts one; `None`, said on standard error past the harness's capture, where none is installed.
    pub fn start(test: &str) -> Option<Self> {
        let Some(program) = program() else {
            let _ =
                writeln!(std::io::stderr(), "SKIPPED {test}: there is no Chromium on this machine (apt-get install chromium)");
            return None;
        };
        let alone = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
        let profile = tempfile::tempdir().unwrap();
        let mut child = Command::new(program)
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"])
            .args(["--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage"])
            .args(["--ignore-certificate-errors", "--remote-debugging-port=0", "--lang=en"])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg("about:blank")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let address = lines.by_ref().map_while(Result::ok).find_map(|line| {
            let (_, address) = line.split_once("DevTools listening on ")?;
            Some(address.trim().to_owned())
        });
        // What it says later must go somewhere, or it stops once the pipe is full.
        thread::spawn(move || lines.count());
        let address = address.expect("the browser says where it listens");
        let host = address.trim_start_matches("ws://").split('/').next().unwrap();
        let stream = TcpStream::connect(host).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let (socket, _) = tungstenite::client(&address, stream).unwrap();
        let mut browser = Self { child, socket, calls: 0, _profile: profile, _alone: alone };
        browser.call(None, "Target.setDiscoverTargets", json!({ "discover": true }));
        Some(browser)
    }

    /// The next message of the browser: an answer, or an event.
    fn next(&mut self, waited_for: &str) -> Value {
        loop {
            match self.socket.read() {
                Ok(Message::Text(text)) => return serde_json::from_str(&text).unwrap(),
                Ok(_) => {}
                Err(error) => panic!("waited in vain for {waited_for}: {error}"),
            }
        }
    }

    /// Calls a method; the error is the browser's.
    fn ask(&mut self, session: Option<&str>, method: &str, parameters: Value, waited_for: &str) -> Result<Value, Value> {
        self.calls += 1;
        let mut call = json!({ "id": self.calls, "method": method, "params": parameters });
        if let Some(session) = session {
            call["sessionId"] = json!(session);
        }
        self.socket.send(Message::text(call.to_string())).unwrap();
        loop {
            let mut answer = self.next(waited_for);
            if answer["id"] == self.calls {
                return if answer["error"].is_null() { Ok(answer["result"].take()) } else { Err(answer) };
            }
        }
    }

    fn call(&mut self, session: Option<&str>, method: &str, parameters: Value) -> Value {
        self.ask(session, method, parameters, method).unwrap_or_else(|answer| panic!("{method}: {answer}"))
    }

    fn attach(&mut self, target: String) -> Tab {
        let attached = self.call(None, "Target.attachToTarget", json!({ "targetId": target, "flatten": true }));
        Tab { target, session: attached["sessionId"].as_str().unwrap().to_owned() }
    }

    /// Opens an address in a tab of its own.
    pub fn open(&mut self, address: &str) -> Tab {
        let tab = self.blank();
        self.go(&tab, address);
        tab
    }

    /// An empty tab.
    pub fn blank(&mut self) -> Tab {
        let made = self.call(None, "Target.createTarget", json!({ "url": "about:blank" }));
        self.attach(made["targetId"].as_str().unwrap().to_owned())
    }

    /// Goes to an address.
    pub fn go(&mut self, tab: &Tab, address: &str) {
        self.call(Some(&tab.session), "Page.navigate", json!({ "url": address }));
    }

    /// Keeps addresses from a tab, as a blocker does.
    pub fn block(&mut self, tab: &Tab, address: &str) {
        self.call(Some(&tab.session), "Network.enable", json!({}));
        self.call(Some(&tab.session), "Network.setBlockedURLs", json!({ "urls": [address] }));
    }

    /// The window whose address holds these words; the newest, should there be several.
    pub fn window(&mut self, words: &str, not: &[&Tab]) -> Tab {
        loop {
            let targets = self.call(None, "Target.getTargets", json!({}));
            let found = targets["targetInfos"].as_array().unwrap().iter().find_map(|target| {
                let id = target["targetId"].as_str()?;
                let is = target["url"].as_str()?.contains(words) && not.iter().all(|other| other.target != id);
                is.then(|| id.to_owned())
            });
            if let Some(target) = found {
                return self.attach(target);
            }
            // Whatever opens or goes to another address is told.
            let is_news = |event: &Value| event["method"].as_str().is_some_and(|method| method.starts_with("Target.target"));
            while !is_news(&self.next(words)) {}
        }
    }

    /// Closes a tab or a window, as with its cross.
    pub fn close(&mut self, tab: &Tab) {
        // The page may report that it is being left before it goes.
        self.call(Some(&tab.session), "Page.close", json!({}));
    }

    /// The value of an expression.
    pub fn evaluate(&mut self, tab: &Tab, expression: &str) -> Value {
        let asked = json!({ "expression": expression, "returnByValue": true, "awaitPromise": true });
        let answer = self.call(Some(&tab.session), "Runtime.evaluate", asked);
        assert!(answer["exceptionDetails"].is_null(), "{expression}: {answer}");
        answer["result"]["value"].clone()
    }

    /// Waits until an expression holds; the page itself looks. When the page is left for another one, the other one looks.
    pub fn wait_until(&mut self, tab: &Tab, expression: &str) {
        let looks = format!(
            "new Promise(done => {{ const holds = () => {{ try {{ return !!({expression}) }} catch {{ return false }} }}; \
             const look = () => {{ if (holds()) done(true); else setTimeout(look, 20) }}; look() }})"
        );
        let asked = json!({ "expression": looks, "returnByValue": true, "awaitPromise": true });
        loop {
            let answer = self.ask(Some(&tab.session), "Runtime.evaluate", asked.clone(), expression);
            match answer {
                Ok(answer) if answer["result"]["value"] == true => return,
                // A window that is gone looks at nothing any more.
                Err(answer) if answer["error"]["code"] == NO_SUCH_SESSION => panic!("closed before {expression}: {answer}"),
                _ => {}
            }
        }
    }

    /// Clicks with the mouse, once the element is there to be clicked: only a real click may open a window.
    pub fn click(&mut self, tab: &Tab, selector: &str) {
        let there = format!(
            "(() => {{ const e = document.querySelector('{selector}'); return !!e && e.offsetParent !== null && !e.disabled }})()"
        );
        self.wait_until(tab, &there);
        let place = format!(
            "(() => {{ const e = document.querySelector('{selector}'); e.scrollIntoView({{ block: 'center' }}); \
             const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2] }})()"
        );
        let place = self.evaluate(tab, &place);
        for kind in ["mousePressed", "mouseReleased"] {
            let event = json!({ "type": kind, "x": place[0], "y": place[1], "button": "left", "clickCount": 1 });
            self.call(Some(&tab.session), "Input.dispatchMouseEvent", event);
        }
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
