//! How long it takes until every account is there, and with how many requests: wabadeck beside a plain reader that
//! follows one cursor after the other, in the same run, against the same server with the same latency.
//!
//! `cargo bench --bench fleet`. The server is not the sandbox: it answers from ready rows, so that the client is measured.
//! Behind the times stands the memory that the dashboard takes in a terminal: with every account on it, after refreshes,
//! and how quickly it answers keys then.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs,
    reason = "a benchmark stops at the first surprise and prints what it measured"
)]

use std::{
    collections::BTreeMap,
    io::BufRead,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use secrecy::SecretString;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use wabadeck::{
    config::{Flags, Settings},
    graph::{
        Client, ClientOptions, List, Patience,
        wire::{WireAccount, WireBusiness},
    },
    ops::{self, Session, fleet},
};

/// What every answer waits for: a round trip.
const LATENCY: Duration = Duration::from_millis(50);

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    match words.as_slice() {
        ["serve", accounts, portfolios, names_ids] => {
            let server = Server::new(accounts.parse().unwrap(), portfolios.parse().unwrap(), *names_ids == "true");
            runtime.block_on(async {
                println!("{}", Arc::new(server).start().await);
                std::future::pending::<()>().await;
            });
        }
        ["load", address] => runtime.block_on(load(address)),
        ["in-turn", address] => runtime.block_on(async {
            let began = Instant::now();
            let found = in_turn(address).await;
            println!("{} {found} {}", began.elapsed().as_millis(), peak("self"));
        }),
        _ => {
            compare();
            look();
        }
    }
}

/// One row for each size: server, wabadeck and the plain reader are three processes.
fn compare() {
    println!("{:>8} {:>10} {:>4}  {:>29}  {:>29}  {:>6}", "accounts", "portfolios", "ids", "wabadeck", "in turn", "factor");
    for (accounts, portfolios, names_ids) in
        [(12, 3, true), (1_000, 1, true), (1_000, 1, false), (1_000, 3, false), (5_000, 1, true), (5_000, 9, false)]
    {
        let mut server =
            me().args(["serve", &accounts.to_string(), &portfolios.to_string(), &names_ids.to_string()]).spawn().unwrap();
        let mut address = String::new();
        std::io::BufReader::new(server.stdout.take().unwrap()).read_line(&mut address).unwrap();
        let address = address.trim();
        let run = |what: &str| -> [u64; 3] {
            let output = me().args([what, address]).output().unwrap();
            let words: Vec<u64> =
                String::from_utf8(output.stdout).unwrap().split_whitespace().map(|word| word.parse().unwrap()).collect();
            assert_eq!(words[1], accounts, "every account once");
            words.try_into().unwrap()
        };
        let asked = || count(address);
        asked();
        let mut best = [u64::MAX; 3];
        let mut requests = 0;
        for _ in 0..5 {
            best = best.min(run("load"));
            requests = asked();
        }
        let [plain, _, plain_peak] = run("in-turn");
        let plain_requests = asked();
        let [milliseconds, _, peak] = best;
        println!(
            "{accounts:>8} {portfolios:>10} {:>4}  {milliseconds:>5} ms {requests:>4} asked {peak:>5} MiB  {plain:>6} ms {plain_requests:>4} asked {plain_peak:>4} MiB  {:>6.1}",
            if names_ids { "yes" } else { "no" },
            plain as f64 / milliseconds as f64
        );
        server.kill().unwrap();
        server.wait().unwrap();
    }
}

/// The dashboard in a terminal, with ten accounts and with thousands: its peak of resident memory, and its answers to keys.
fn look() {
    println!("\n{:>8}  {:>20}  {:>20}  {:>12}  {:>12}", "accounts", "loaded", "after 3 refreshes", "scroll", "filter");
    for accounts in [10, 1_000, 5_000] {
        let mut server = me().args(["serve", &accounts.to_string(), "1", "true"]).spawn().unwrap();
        let mut address = String::new();
        std::io::BufReader::new(server.stdout.take().unwrap()).read_line(&mut address).unwrap();
        let mut screen = Screen::open(address.trim());
        screen.wait(|text| text.contains(&format!("{accounts} accounts")) && text.contains("as of"));
        let loaded = peak(&screen.process);
        for _ in 0..3 {
            screen.press("r");
            screen.wait(|text| text.contains("refreshing"));
            screen.wait(|text| !text.contains("refreshing"));
        }
        let refreshed = peak(&screen.process);
        let scroll = screen.press("j");
        screen.press("/");
        let filter = screen.press("7");
        println!(
            "{accounts:>8}  {loaded:>16} MiB  {refreshed:>16} MiB  {:>9.1} ms  {:>9.1} ms",
            scroll.as_secs_f64() * 1e3,
            filter.as_secs_f64() * 1e3
        );
        drop(screen);
        server.kill().unwrap();
        server.wait().unwrap();
    }
}

/// The peak of a process's resident memory in MiB (Linux).
fn peak(process: &str) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.split_whitespace().next()?.parse::<u64>().ok());
    peak.unwrap_or(0).div_ceil(1024)
}

/// The dashboard, signed in to a server, in a terminal of 160 by 48.
struct Screen {
    child: Box<dyn portable_pty::Child + Send + Sync>,
    process: String,
    keyboard: Box<dyn std::io::Write + Send>,
    output: std::sync::mpsc::Receiver<Vec<u8>>,
    parser: vt100::Parser,
    _master: Box<dyn portable_pty::MasterPty + Send>,
    _home: tempfile::TempDir,
}

impl Screen {
    fn open(address: &str) -> Self {
        let home = tempfile::tempdir().unwrap();
        let size = PtySize { rows: 48, cols: 160, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_wabadeck"));
        command.env_clear();
        for name in ["HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"] {
            command.env(name, home.path());
        }
        for (name, value) in
            [("TERM", "xterm-256color"), ("LANG", "C.UTF-8"), ("WABADECK_TOKEN", "t"), ("WABADECK_GRAPH_URL", address)]
        {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        let process = child.process_id().unwrap().to_string();
        let (mut reader, keyboard) = (pair.master.try_clone_reader().unwrap(), pair.master.take_writer().unwrap());
        let (sender, output) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 65_536];
            while let Ok(read @ 1..) = std::io::Read::read(&mut reader, &mut buffer) {
                if sender.send(buffer[..read].to_vec()).is_err() {
                    return;
                }
            }
        });
        let parser = vt100::Parser::new(48, 160, 0);
        Self { child, process, keyboard, output, parser, _master: pair.master, _home: home }
    }

    fn wait(&mut self, holds: impl Fn(&str) -> bool) {
        while !holds(&self.parser.screen().contents()) {
            let bytes = self.output.recv_timeout(Duration::from_secs(30)).unwrap();
            self.parser.process(&bytes);
        }
    }

    /// Presses a key and waits for the first answer on the screen.
    fn press(&mut self, key: &str) -> Duration {
        while let Ok(bytes) = self.output.try_recv() {
            self.parser.process(&bytes);
        }
        let began = Instant::now();
        self.keyboard.write_all(key.as_bytes()).unwrap();
        self.keyboard.flush().unwrap();
        let bytes = self.output.recv_timeout(Duration::from_secs(30)).unwrap();
        let took = began.elapsed();
        self.parser.process(&bytes);
        took
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

fn me() -> std::process::Command {
    let mut command = std::process::Command::new(std::env::current_exe().unwrap());
    command.stdout(std::process::Stdio::piped());
    command
}

/// Asks the server how many requests it has had since it was last asked.
fn count(address: &str) -> usize {
    use std::io::{Read, Write};
    let mut stream = std::net::TcpStream::connect(address.trim_start_matches("http://")).unwrap();
    stream.write_all(b"GET /count HTTP/1.1\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.rsplit("\r\n").next().unwrap().parse().unwrap()
}

/// Loads every account and says how long it took, how many there were, and the peak of resident memory in MiB (Linux).
async fn load(address: &str) {
    let session = session(address).await;
    let began = Instant::now();
    let fleet = fleet::load_all(&session).await.unwrap();
    let took = began.elapsed();
    assert!(fleet.accounts.iter().all(|account| account.numbers.len() == 2));
    println!("{} {} {}", took.as_millis(), fleet.accounts.len(), peak("self"));
}

async fn session(address: &str) -> Session {
    let pairs = [
        ("WABADECK_TOKEN", "t"),
        ("WABADECK_GRAPH_URL", address),
        ("WABADECK_CONFIG_DIR", "/nonexistent"),
        ("WABADECK_DATA_DIR", "/nonexistent"),
    ];
    let environment: BTreeMap<String, String> =
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    ops::connect(&Settings::load(&Flags::default(), &environment).unwrap()).await.unwrap()
}

/// The plain reader: the portfolios, then each portfolio's lists, page after page.
async fn in_turn(address: &str) -> usize {
    let client = Client::new(ClientOptions {
        base_url: address.parse().unwrap(),
        version: "v26.0".into(),
        token: SecretString::from("t"),
        app_secret: None,
        allow_plain_http: false,
        patience: Patience::default(),
    });
    let client = client.unwrap();
    let portfolios = List::new("me/businesses", |_, _| "id,name".into()).all::<WireBusiness>(&client).await.unwrap();
    let mut found = std::collections::HashSet::new();
    for portfolio in portfolios {
        for edge in ["owned_whatsapp_business_accounts", "client_whatsapp_business_accounts"] {
            let path = format!("{}/{edge}", portfolio.id.as_deref().unwrap());
            let list = List::new(path, |dropped, depth| dropped.account(depth));
            found.extend(list.all::<WireAccount>(&client).await.unwrap_or_default().iter().filter_map(|row| row.id().cloned()));
        }
    }
    found.len()
}

/// A Graph API over plain sockets that costs next to nothing: its rows are written once, its lists are sorted.
struct Server {
    /// Creation time and row, newest first, for each portfolio.
    portfolios: Vec<Vec<(i64, String)>>,
    names_ids: bool,
    requests: AtomicUsize,
}

impl Server {
    fn new(accounts: usize, portfolios: usize, names_ids: bool) -> Self {
        let mut lists: Vec<Vec<(i64, String)>> = vec![Vec::new(); portfolios];
        for index in 0..accounts {
            // An irregular, growing business: the gaps shrink with time.
            let created = 1_540_000_000 + (220_000_000.0 * (index as f64 / accounts as f64).powf(0.8)) as i64;
            let owner = index % portfolios;
            lists[owner].push((created, row(index, owner, created)));
        }
        for list in &mut lists {
            list.sort_by_key(|(created, _)| std::cmp::Reverse(*created));
        }
        Self { portfolios: lists, names_ids, requests: AtomicUsize::new(0) }
    }

    async fn start(self: Arc<Self>) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                stream.set_nodelay(true).unwrap();
                let server = Arc::clone(&self);
                tokio::spawn(async move { server.serve(stream).await });
            }
        });
        address
    }

    async fn serve(&self, mut stream: TcpStream) -> Option<()> {
        let mut read = Vec::new();
        loop {
            while !read.windows(4).any(|bytes| bytes == b"\r\n\r\n") {
                if stream.read_buf(&mut read).await.ok()? == 0 {
                    return None;
                }
            }
            let head = String::from_utf8_lossy(&read).into_owned();
            read.clear();
            if head.starts_with("GET /count") {
                let count = self.requests.swap(0, Ordering::Relaxed).to_string();
                let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{count}", count.len());
                stream.write_all(answer.as_bytes()).await.ok()?;
                return None;
            }
            self.requests.fetch_add(1, Ordering::Relaxed);
            tokio::time::sleep(LATENCY).await;
            let target = head.split(' ').nth(1)?;
            let url = url::Url::parse("http://x").unwrap().join(target).unwrap();
            let (status, body) = self.answer(&url);
            let answer =
                format!("HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}", body.len());
            stream.write_all(answer.as_bytes()).await.ok()?;
        }
    }

    fn answer(&self, url: &url::Url) -> (&'static str, String) {
        let query: BTreeMap<String, String> = url.query_pairs().into_owned().collect();
        let segments: Vec<&str> = url.path_segments().unwrap().skip(1).collect();
        match segments.as_slice() {
            ["debug_token"] => ("200 OK", self.token()),
            ["me", "businesses"] => {
                let nested = ["owned", "client"].into_iter().find(|kind| query["fields"].contains(&format!("{kind}_whats")));
                let rows: Vec<String> = (0..self.portfolios.len())
                    .map(|owner| match nested {
                        Some("owned") => format!(
                            r#"{{"id":"9{owner}","name":"P","owned_whatsapp_business_accounts":{}}}"#,
                            self.page(owner, &BTreeMap::new())
                        ),
                        Some(_) => format!(r#"{{"id":"9{owner}","client_whatsapp_business_accounts":{{"data":[]}}}}"#),
                        None => format!(r#"{{"id":"9{owner}","name":"P"}}"#),
                    })
                    .collect();
                ("200 OK", format!(r#"{{"data":[{}]}}"#, rows.join(",")))
            }
            [id, "owned_whatsapp_business_accounts"] => ("200 OK", self.page(id[1..].parse().unwrap(), &query)),
            _ => ("200 OK", r#"{"data":[]}"#.to_owned()),
        }
    }

    fn token(&self) -> String {
        let count: usize = self.portfolios.iter().map(Vec::len).sum();
        let ids: Vec<String> = (0..count).map(|index| format!("\"{}\"", 1_000_000 + index)).collect();
        let targets = if self.names_ids { format!(r#","target_ids":[{}]"#, ids.join(",")) } else { String::new() };
        format!(r#"{{"data":{{"is_valid":true,"granular_scopes":[{{"scope":"whatsapp_business_management"{targets}}}]}}}}"#)
    }

    fn page(&self, owner: usize, query: &BTreeMap<String, String>) -> String {
        let mut rows = self.portfolios[owner].as_slice();
        if let Some(filtering) = query.get("filtering") {
            let filters: Vec<serde_json::Value> = serde_json::from_str(filtering).unwrap();
            for filter in filters {
                let bound: i64 = filter["value"].as_str().unwrap().parse().unwrap();
                rows = if filter["operator"] == "GREATER_THAN" {
                    &rows[..rows.partition_point(|(created, _)| *created > bound)]
                } else {
                    &rows[rows.partition_point(|(created, _)| *created >= bound)..]
                };
            }
        }
        let start = query.get("after").map_or(0, |after| after.parse().unwrap());
        let end = (start + 100).min(rows.len());
        let next = if end < rows.len() { format!(r#","next":"http://x/?after={end}""#) } else { String::new() };
        let oldest_first = query.get("sort").is_some_and(|sort| sort == "creation_time_ascending");
        let place = |index: usize| if oldest_first { rows.len() - 1 - index } else { index };
        let page: Vec<&str> = (start..end).map(|index| rows[place(index)].1.as_str()).collect();
        format!(r#"{{"data":[{}],"paging":{{"cursors":{{"before":"0","after":"{end}"}}{next}}}}}"#, page.join(","))
    }
}

/// A row of about 2.4 kB, as Meta's are: with health and two numbers.
fn row(index: usize, owner: usize, created: i64) -> String {
    let number = |which| {
        format!(
            r#"{{"id":"{index}{which}","display_phone_number":"+49 30 {:06}","verified_name":"Branch number {index}","status":"CONNECTED","quality_rating":"GREEN","name_status":"APPROVED","code_verification_status":"VERIFIED","platform_type":"CLOUD_API","throughput":{{"level":"STANDARD"}},"account_mode":"LIVE","is_official_business_account":false,"whatsapp_business_manager_messaging_limit":"TIER_10K","webhook_configuration":{{"application":"https://hooks.example/whatsapp/{index}/{which}"}}}}"#,
            index * 2 + which,
        )
    };
    format!(
        r#"{{"id":"{}","name":"Branch {index} of a long-named retailer","currency":"EUR","timezone_id":"47","country":"DE","status":"ACTIVE","ownership_type":"SELF_OWNED","account_review_status":"APPROVED","business_verification_status":"verified","owner_business_info":{{"id":"9{owner}","name":"A portfolio with a name of some length","marketing_messages_onboarding_status":{{"status":"TERM_OF_SERVICE_SIGNED","time":"2025-10-07"}}}},"primary_funding_id":"77{index}","is_enabled_for_insights":true,"disable_marketing_messages_on_cloud_api":false,"marketing_messages_onboarding_status":"ONBOARDED","health_status":{{"can_send_message":"AVAILABLE","entities":[{{"entity_type":"WABA","id":"{index}","can_send_message":"AVAILABLE"}},{{"entity_type":"BUSINESS","id":"9{owner}","can_send_message":"LIMITED","additional_info":["The business has not been verified, so its limits are lower than they could be."],"errors":[{{"error_code":141010,"error_description":"The business is not verified.","possible_solution":"Verify the business in Business settings."}}]}},{{"entity_type":"APP","id":"5","can_send_message":"AVAILABLE"}}]}},"creation_time":{created},"phone_numbers":{{"data":[{},{}],"paging":{{"cursors":{{"before":"QVFIUjRtc2","after":"QVFIUmNBc3"}}}}}}}}"#,
        1_000_000 + index,
        number(0),
        number(1),
    )
}
