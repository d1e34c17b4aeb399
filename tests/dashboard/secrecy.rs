//! The token and the app's secret appear nowhere but where they are kept: not in what is printed, drawn, logged at the finest level or
//! stored, not in the process list, not in a core file.

use std::{
    io::Write,
    os::unix::process::ExitStatusExt,
    path::Path,
    process::{Command, Output, Stdio},
};

use base64::Engine as _;
use tempfile::TempDir;
use tokio::runtime::Runtime;
use wabadeck::sandbox::{Options, Sandbox};

use super::terminal::Terminal;

/// Nothing else looks like this.
const TOKEN: &str = "EAAGvisible4Everyone7ZBunmistakable1Q9token";
const ACCOUNT: &str = "102290129340398";

struct World {
    _runtime: Runtime,
    sandbox: Sandbox,
    home: TempDir,
    /// All that was printed and drawn.
    said: Vec<(String, Vec<u8>)>,
}

impl World {
    fn new() -> Self {
        let runtime = Runtime::new().unwrap();
        let options = Options { token: Some(TOKEN.to_owned()), ..Options::default() };
        let sandbox = runtime.block_on(Sandbox::start(options)).unwrap();
        Self { _runtime: runtime, sandbox, home: tempfile::tempdir().unwrap(), said: Vec::new() }
    }

    fn variables(&self) -> Vec<(&'static str, String)> {
        let home = self.home.path().display().to_string();
        let names = ["HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"];
        let mut variables: Vec<_> = names.into_iter().map(|name| (name, home.clone())).collect();
        variables.push(("WABADECK_GRAPH_URL", self.sandbox.url().to_owned()));
        variables.push(("WABADECK_SECRET_STORE", "file".to_owned()));
        variables.push(("WABADECK_LOG", "trace".to_owned()));
        variables.push(("LANG", "C.UTF-8".to_owned()));
        variables
    }

    /// Runs a subcommand to its end, with these lines on standard input, and keeps what it said.
    fn run(&mut self, arguments: &[&str], secrets: &[(&str, &str)], input: &str) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wabadeck"));
        command.args(arguments).env_clear().envs(self.variables()).envs(secrets.iter().copied());
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // A program that needs no input may have ended before it was given any.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let output = child.wait_with_output().unwrap();
        self.said.push((format!("standard output of {arguments:?}"), output.stdout.clone()));
        self.said.push((format!("standard error of {arguments:?}"), output.stderr.clone()));
        output
    }

    /// Says where a secret shows, if it does. The file that keeps it is where it belongs.
    fn look_for(&self, secrets: &[&str]) {
        let mut places = self.said.clone();
        let mut kept = 0;
        for (name, bytes) in files(self.home.path()) {
            if name.contains("/secrets/") {
                kept += 1;
            } else {
                places.push((name, bytes));
            }
        }
        for (place, bytes) in &places {
            for secret in secrets {
                let shows = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
                assert!(!shows, "{place} shows {secret}");
            }
        }
        assert!(kept > 0, "the token is not kept where this test believes it to be");
        let log = places.iter().find(|(name, _)| name.ends_with(".log")).expect("a log");
        assert!(log.1.windows(8).any(|window| window == b"Answered"), "the log is not at its finest level");
        assert!(places.iter().any(|(name, _)| name.ends_with(".db")), "nothing was stored");
    }
}

fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.is_file() {
            found.push((path.display().to_string(), std::fs::read(&path).unwrap()));
        }
    }
    found
}

#[test]
fn neither_token_nor_app_secret_appears_anywhere() {
    let mut world = World::new();
    let app_secret = world.sandbox.app_secret();
    let login = world.run(&["login", "--app-secret"], &[], &format!("{TOKEN}\n{app_secret}\n"));
    assert!(login.status.success(), "{}", String::from_utf8_lossy(&login.stderr));
    let message = ["--account", ACCOUNT, "--template", "hello_world", "--to", "+919876543210"];
    let mut subcommands: Vec<Vec<&str>> = vec![
        vec!["accounts", "--json"],
        vec!["account", ACCOUNT, "--json"],
        vec!["doctor", "--json"],
        vec!["doctor"],
        vec!["profiles", "--json"],
        vec!["config"],
        vec!["upgrade", "--check", "--json"],
        vec!["upgrade", "--link", "572209418836015"],
        vec!["watch", "--json", "--until", "onboarded", "--account", ACCOUNT, "--timeout", "5"],
    ];
    for start in [["preview", "--json"].as_slice(), &["send", "--dry-run", "--json"], &["send", "--dry-run"], &["send", "--yes"]]
    {
        subcommands.push(start.iter().chain(&message).copied().collect());
    }
    let environment = [("WABADECK_TOKEN", TOKEN), ("WABADECK_APP_SECRET", app_secret.as_str())];
    for secrets in [[].as_slice(), &environment] {
        for subcommand in &subcommands {
            let output = world.run(subcommand, secrets, "");
            let code = output.status.code();
            assert!(matches!(code, Some(0 | 1 | 5)), "{subcommand:?} {code:?}: {}", String::from_utf8_lossy(&output.stderr));
        }
    }
    // What goes wrong is told at length.
    for fault in ["token", "status=503", "html=502", "reset", "truncate", "code=4"] {
        world.sandbox.arm(fault.parse().unwrap());
        for subcommand in [["accounts", "--json"], ["doctor", "--json"]] {
            assert!(!world.run(&subcommand, &[], "").status.success(), "{fault}");
        }
        world.sandbox.disarm();
    }
    world.look_for(&[TOKEN, &app_secret]);
}

#[test]
fn the_dashboard_shows_writes_and_copies_no_secret() {
    let mut world = World::new();
    let app_secret = world.sandbox.app_secret();
    let login = world.run(&["login", "--app-secret"], &[], &format!("{TOKEN}\n{app_secret}\n"));
    assert!(login.status.success(), "{}", String::from_utf8_lossy(&login.stderr));
    let variables = world.variables();
    let variables: Vec<(&str, &str)> = variables.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let mut terminal = Terminal::start_with(120, 40, &[], &variables);
    terminal.wait_for("as of");
    let process = format!("/proc/{}", terminal.process());
    if cfg!(target_os = "linux") {
        let line = std::fs::read(format!("{process}/cmdline")).unwrap();
        world.said.push(("the process list".to_owned(), line));
    }
    terminal.press("\r");
    terminal.wait_for("What stands in the way");
    terminal.press("c");
    terminal.wait_for("0 of 2 values");
    // The request, as it would be copied, with the template's own examples.
    terminal.press("\x05");
    terminal.wait_for("2 of 2 values");
    terminal.press("\x1b[Z");
    terminal.wait_for("Send test…");
    terminal.press("+91 98765 43210");
    terminal.wait_for("+91 98765 43210");
    terminal.press("\x19");
    terminal.wait_for("opied");
    terminal.press("\x1b\x1b\x1b");
    terminal.wait_for("WhatsApp Business Account Management");
    for fault in ["status=503", "token"] {
        world.sandbox.arm(fault.parse().unwrap());
        terminal.press("r");
        terminal.wait_for("refresh failed");
        world.sandbox.disarm();
        terminal.press("r");
        terminal.wait_until("recovery", |screen| !screen.contains("refresh failed") && !screen.contains("refreshing"));
    }
    // While it runs the store's newest pages are in files beside it.
    world.said.extend(files(world.home.path()).into_iter().filter(|(name, _)| !name.contains("/secrets/")));
    terminal.press("q");
    assert!(terminal.wait_for_end().success());
    let recording = terminal.recording();
    world.said.push(("the clipboard".to_owned(), copied(&recording)));
    world.said.push(("the terminal".to_owned(), recording));
    world.look_for(&[TOKEN, &app_secret]);
}

/// A dashboard that is signed in and breaks at a place, with both secrets in the words of the panic.
fn broken(world: &mut World, place: &str) -> (Terminal, String) {
    let app_secret = world.sandbox.app_secret();
    let login = world.run(&["login", "--app-secret"], &[], &format!("{TOKEN}\n{app_secret}\n"));
    assert!(login.status.success(), "{}", String::from_utf8_lossy(&login.stderr));
    let mut variables = world.variables();
    variables.push(("WABADECK_BREAK", format!("{place}: `Bearer {TOKEN}`, {app_secret} and a\u{1b}[2Jclear end")));
    let variables: Vec<(&str, &str)> = variables.iter().map(|(name, value)| (*name, value.as_str())).collect();
    (Terminal::start_with(100, 30, &[], &variables), app_secret)
}

fn log_of(world: &World) -> String {
    let (_, bytes) = files(world.home.path()).into_iter().find(|(name, _)| name.ends_with(".log")).expect("a log");
    String::from_utf8(bytes).unwrap()
}

#[test]
fn a_panic_of_the_screen_gives_the_terminal_back_is_logged_and_shows_no_secret() {
    let mut world = World::new();
    let (mut terminal, app_secret) = broken(&mut world, "screen");
    assert!(!terminal.wait_for_end().success());
    assert_eq!(terminal.left_on(), Vec::<&str>::new());
    let screen = terminal.screen();
    assert!(screen.contains("defect of wabadeck") && screen.contains("src/tui/run.rs"), "{screen}");
    let line =
        log_of(&world).lines().find(|line| line.contains("A defect of wabadeck")).map(str::to_owned).expect("a line in the log");
    assert!(line.contains("src/tui/run.rs") && line.contains("clear end"), "{line}");
    world.said.push(("the terminal".to_owned(), terminal.recording()));
    let places =
        world.said.iter().cloned().chain(files(world.home.path()).into_iter().filter(|(name, _)| !name.contains("/secrets/")));
    for (place, bytes) in places {
        for secret in [TOKEN, &app_secret] {
            assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()), "{place} shows {secret}");
        }
    }
}

#[test]
fn a_panic_behind_the_screen_is_said_on_it_and_leaves_it_standing() {
    let mut world = World::new();
    let (mut terminal, app_secret) = broken(&mut world, "work");
    let screen = terminal.wait_for("panicked");
    assert!(screen.contains("wabadeck"), "the screen stands: {screen}");
    assert!(terminal.left_on().contains(&"alternate screen"));
    assert!(log_of(&world).contains("A defect of wabadeck"));
    terminal.press("q");
    terminal.wait_for_end();
    assert_eq!(terminal.left_on(), Vec::<&str>::new());
    let recording = terminal.recording();
    for secret in [TOKEN, &app_secret] {
        assert!(!recording.windows(secret.len()).any(|window| window == secret.as_bytes()), "the terminal shows {secret}");
    }
}

/// What a program gave to the clipboard (OSC 52), all of it.
fn copied(recording: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(recording);
    let pieces = text.split("\x1b]52;c;").skip(1).map(|piece| piece.split(['\x1b', '\x07']).next().unwrap_or_default());
    let copied: Vec<u8> = pieces.flat_map(|piece| base64::engine::general_purpose::STANDARD.decode(piece).unwrap()).collect();
    assert!(copied.windows(8).any(|window| window == b"messages"), "no request was copied");
    copied
}

/// How a program that is told to abort, with core files allowed and in a folder of its own, ended: whether the system kept its memory.
fn leaves_a_core(program: &str) -> bool {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new("/bin/sh");
    command.args(["-c", &format!("ulimit -c unlimited; exec {program}")]).current_dir(folder.path());
    command.env("HOME", folder.path()).env("WABADECK_CONFIG_DIR", folder.path()).env("WABADECK_DATA_DIR", folder.path());
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    // Its first byte says that it is past its start.
    let mut first = [0];
    std::io::Read::read_exact(child.stdout.as_mut().unwrap(), &mut first).unwrap();
    let id = rustix::process::Pid::from_raw(i32::try_from(child.id()).unwrap()).unwrap();
    rustix::process::kill_process(id, rustix::process::Signal::ABORT).unwrap();
    child.wait().unwrap().core_dumped()
}

#[test]
fn no_core_file_keeps_a_token() {
    // Where the system keeps no core of anything, nothing can be told.
    if !leaves_a_core("sh -c 'echo; read x'") {
        eprintln!("skipped: this system writes no core files");
        return;
    }
    let program = format!("{} sandbox --token {TOKEN}", env!("CARGO_BIN_EXE_wabadeck"));
    assert!(!leaves_a_core(&program), "an aborted wabadeck leaves its memory in a core file");
}
