//! How quickly `wabadeck listen` acknowledges a thousand signed webhooks a second, each kept before it is acknowledged: beside
//! a bare receiver that answers at once and keeps nothing, under the same load in the same run.
//!
//! `cargo bench --bench webhooks [SECONDS]`. Latency counts from the moment at which a webhook was due, so that a receiver that
//! falls behind cannot hide it. At the end every acknowledged webhook is counted in the timeline; a missing one is told as lost.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a benchmark stops at the first surprise and prints what it measured"
)]

use std::{
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use hmac::{Hmac, Mac};
use sha2::Sha256;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    time::Instant,
};

const SECRET: &str = "app secret";
const PER_SECOND: u32 = 1_000;
const CONNECTIONS: u32 = 16;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    if arguments.first().is_some_and(|word| word == "bare") {
        return runtime.block_on(bare());
    }
    let count = PER_SECOND * arguments.first().and_then(|text| text.parse().ok()).unwrap_or(10);
    println!("{count} signed webhooks, {PER_SECOND} a second over {CONNECTIONS} connections");
    println!("{:>10} {:>10} {:>10} {:>10} {:>6}", "", "median", "99 %", "worst", "lost");

    let mut receiver = start(Command::new(std::env::current_exe().unwrap()).arg("bare").stdout(Stdio::piped()));
    let bare = runtime.block_on(load(receiver.address(), count));
    receiver.child.kill().unwrap();
    receiver.child.wait().unwrap();
    print_line("bare", &bare, None);

    let home = tempfile::tempdir().unwrap();
    let mut receiver = start(wabadeck(home.path()).args(["listen", "--port", "0"]).stdout(Stdio::null()).stderr(Stdio::piped()));
    let kept = runtime.block_on(load(receiver.address(), count));
    // No warning: what was acknowledged has to be there nevertheless.
    receiver.child.kill().unwrap();
    receiver.child.wait().unwrap();
    print_line("listen", &kept, Some(kept.len() - found(home.path(), kept.len())));

    let ratio = |part: usize| at(&kept, part).as_secs_f64() / at(&bare, part).as_secs_f64();
    println!("{:>10} {:>10.1} {:>10.1} {:>10.1}", "ratio", ratio(50), ratio(99), ratio(100));
}

/// A receiver that runs, and the line in which it says where.
struct Receiver {
    child: Child,
    line: String,
}

impl Receiver {
    fn address(&self) -> SocketAddr {
        let address = self.line.split("http://").nth(1).unwrap();
        address.split_whitespace().next().unwrap().parse().unwrap()
    }
}

fn start(command: &mut Command) -> Receiver {
    let mut child = command.spawn().unwrap();
    let output: Box<dyn std::io::Read + Send> = match child.stderr.take() {
        Some(output) => Box::new(output),
        None => Box::new(child.stdout.take().unwrap()),
    };
    let mut lines = BufReader::new(output).lines();
    let line = lines.find_map(|line| line.ok().filter(|line| line.contains("http://"))).unwrap();
    // Whoever writes on is not stopped by a full pipe.
    std::thread::spawn(move || lines.for_each(drop));
    Receiver { child, line }
}

fn wabadeck(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wabadeck"));
    command.env_clear().env("WABADECK_APP_SECRET", SECRET).env("WABADECK_TOKEN", "t").env("LANG", "C.UTF-8");
    for name in ["HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"] {
        command.env(name, home);
    }
    command
}

/// How many webhooks the timeline tells of, once a listener that starts anew has read what was left: all of them, or what stands
/// there when nothing was added for ten seconds.
fn found(home: &Path, sent: usize) -> usize {
    let mut reader = start(wabadeck(home).args(["listen", "--port", "0"]).stdout(Stdio::null()).stderr(Stdio::piped()));
    let (mut found, mut rounds) = (0, 0);
    while found < sent && rounds < 10 {
        let output = wabadeck(home).args(["timeline", "--json"]).output().unwrap();
        let lines = output.stdout.iter().filter(|byte| **byte == b'\n').count();
        rounds = if lines > found { 0 } else { rounds + 1 };
        found = lines;
        std::thread::sleep(Duration::from_secs(1));
    }
    reader.child.kill().unwrap();
    reader.child.wait().unwrap();
    found
}

/// Sends webhooks when each is due, whatever became of those before; returns how long each acknowledgement took, sorted.
async fn load(address: SocketAddr, count: u32) -> Vec<Duration> {
    let begin = Instant::now() + Duration::from_millis(200);
    let tasks: Vec<_> = (0..CONNECTIONS)
        .map(|connection| {
            tokio::spawn(async move {
                let mut stream = TcpStream::connect(address).await.unwrap();
                stream.set_nodelay(true).unwrap();
                let mut times = Vec::new();
                for number in (connection..count).step_by(CONNECTIONS as usize) {
                    let due = begin + Duration::from_secs(1) * number / PER_SECOND;
                    let request = request(number);
                    tokio::time::sleep_until(due).await;
                    stream.write_all(request.as_bytes()).await.unwrap();
                    acknowledged(&mut stream).await;
                    times.push(due.elapsed());
                }
                times
            })
        })
        .collect();
    let mut times = Vec::new();
    for task in tasks {
        times.extend(task.await.unwrap());
    }
    times.sort();
    times
}

/// A change of an account, signed; each of an account of its own, so that each is an event of the timeline.
fn request(number: u32) -> String {
    let now = jiff::Timestamp::now().as_second();
    let body = format!(
        r#"{{"object":"whatsapp_business_account","entry":[{{"id":"{number}","time":{now},"changes":[{{"field":"account_update","value":{{"event":"PARTNER_ADDED","waba_info":{{"waba_id":"{number}","owner_business_id":"9{number}"}}}}}}]}}]}}"#
    );
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    mac.update(body.as_bytes());
    let signature: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    let length = body.len();
    format!(
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nX-Hub-Signature-256: sha256={signature}\r\nContent-Length: {length}\r\n\r\n{body}"
    )
}

async fn acknowledged(stream: &mut TcpStream) {
    let mut answer = Vec::new();
    while !answer.windows(4).any(|bytes| bytes == b"\r\n\r\n") {
        assert_ne!(stream.read_buf(&mut answer).await.unwrap(), 0, "hung up");
    }
    assert!(answer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&answer));
}

/// The bare receiver: reads a request, answers, forgets.
async fn bare() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    println!("http://{}", listener.local_addr().unwrap());
    loop {
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.set_nodelay(true).unwrap();
        tokio::spawn(async move {
            let mut read = Vec::new();
            while stream.read_buf(&mut read).await.is_ok_and(|count| count > 0) {
                // Its load sends one request after the other and ends each with the same letters.
                if read.ends_with(b"}]}]}") {
                    read.clear();
                    if stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await.is_err() {
                        return;
                    }
                }
            }
        });
    }
}

fn at(times: &[Duration], percent: usize) -> Duration {
    times[(times.len() * percent / 100).min(times.len() - 1)]
}

fn print_line(who: &str, times: &[Duration], lost: Option<usize>) {
    let shown = |percent| format!("{:.2} ms", at(times, percent).as_secs_f64() * 1e3);
    let lost = lost.map_or("-".to_owned(), |lost| lost.to_string());
    println!("{who:>10} {:>10} {:>10} {:>10} {lost:>6}", shown(50), shown(99), shown(100));
}
