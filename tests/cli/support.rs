//! A place of its own for each test, the binary in it, and a sandbox beside it.

use std::{
    io::{BufRead, BufReader, Read, Write},
    process::{Child, Command, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

/// Directories that no other test and no user shares.
pub struct Place {
    pub dir: TempDir,
}

/// What the binary did.
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    /// Standard output as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}\n{}", self.out, self.err))
    }
}

impl Place {
    pub fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    /// The binary, with nothing of this machine's environment that could matter.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wabadeck"));
        for (name, _) in std::env::vars() {
            if name.starts_with("WABADECK_") || name.starts_with("LC_") || name.starts_with("XDG_") {
                command.env_remove(name);
            }
        }
        for name in ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
            command.env_remove(name);
        }
        command
            .env("HOME", self.dir.path())
            .env("XDG_CONFIG_HOME", self.dir.path().join("config"))
            .env("XDG_STATE_HOME", self.dir.path().join("state"))
            .env("XDG_DATA_HOME", self.dir.path().join("data"))
            .env("LANG", "en_US.UTF-8")
            .env("TZ", "UTC")
            .stdin(Stdio::null())
            .args(arguments);
        command
    }

    /// Runs it to its end.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        ran(&mut self.command(arguments))
    }

    /// Runs it with the token and address of a sandbox.
    pub fn run_with(&self, sandbox: &Sandbox, arguments: &[&str]) -> Ran {
        ran(self.command(arguments).env("WABADECK_GRAPH_URL", &sandbox.url).env("WABADECK_TOKEN", &sandbox.token))
    }

    /// Writes the configuration file.
    pub fn configure(&self, text: &str) {
        let folder = self.dir.path().join("config/wabadeck");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("config.toml"), text).unwrap();
    }
}

/// Runs a command to its end.
pub fn ran(command: &mut Command) -> Ran {
    let output = command.output().unwrap();
    Ran {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// `wabadeck sandbox`, as a process; it ends with the test.
pub struct Sandbox {
    child: Child,
    pub url: String,
    pub token: String,
    pub app_secret: String,
}

impl Sandbox {
    pub fn start(arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wabadeck"));
        command.arg("sandbox").args(arguments).stdin(Stdio::null()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut value = |name: &str| {
            let line = lines.next().unwrap().unwrap();
            line.strip_prefix(name).unwrap_or_else(|| panic!("{line} does not begin with {name}")).to_owned()
        };
        let (url, token) = (value("WABADECK_GRAPH_URL="), value("WABADECK_TOKEN="));
        let app_secret = value("WABADECK_APP_SECRET=");
        // The rest is read to its end, so that the sandbox never waits for its reader.
        std::thread::spawn(move || lines.count());
        Self { child, url, token, app_secret }
    }

    /// Tells it something in JSON by its own endpoints.
    pub fn post(&self, path: &str, body: &str) {
        self.tell(path, "application/json", body);
    }

    /// The same with a form, as a page would.
    pub fn post_form(&self, path: &str, body: &str) {
        self.tell(path, "application/x-www-form-urlencoded", body);
    }

    fn tell(&self, path: &str, kind: &str, body: &str) {
        let address = self.url.trim_start_matches("http://").trim_end_matches('/');
        let mut stream = std::net::TcpStream::connect(address).unwrap();
        let head = format!("POST {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Type: {kind}\r\n");
        write!(stream, "{head}Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
