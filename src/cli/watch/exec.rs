//! Commands that are run on events. No shell takes part: the command is cut into words once, before any event, and
//! what an event holds goes into the environment and to standard input only.

use std::{
    io::Write,
    process::{Child, Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

use tokio::{
    sync::Semaphore,
    task::{JoinSet, spawn_blocking},
};

use crate::{
    cli::output::complain,
    domain::{WabaId, event::Event},
    text,
};

/// Commands that run at the same time.
const PARALLEL: usize = 4;

/// How often it is asked whether a command has ended.
const GLANCE: Duration = Duration::from_millis(20);

/// Variables that a command has no business to see.
const SECRET: [&str; 2] = ["WABADECK_TOKEN", "WABADECK_APP_SECRET"];

/// Runs a command for each event, so many at a time and each for so long.
#[derive(Debug)]
pub struct Runner {
    words: Arc<[String]>,
    limit: Duration,
    permits: Arc<Semaphore>,
    running: JoinSet<()>,
}

impl Runner {
    /// One that runs nothing.
    pub fn none() -> Self {
        Self { words: Arc::new([]), limit: Duration::ZERO, permits: Arc::new(Semaphore::new(1)), running: JoinSet::new() }
    }

    /// One that runs this command. `None` if it cannot be cut into words.
    pub fn new(command: &str, limit: Duration) -> Option<Self> {
        let words = words(command).filter(|words| !words.is_empty())?;
        Some(Self { words: words.into(), limit, permits: Arc::new(Semaphore::new(PARALLEL)), running: JoinSet::new() })
    }

    /// Runs the command for an event as soon as fewer than the most are running.
    pub fn start(&mut self, event: &Event, name: &str, json: String) {
        if self.words.is_empty() {
            return;
        }
        while self.running.try_join_next().is_some() {}
        let variables = variables(event, name);
        let (words, permits, limit) = (Arc::clone(&self.words), Arc::clone(&self.permits), self.limit);
        self.running.spawn(async move {
            let Ok(_permit) = permits.acquire_owned().await else { return };
            let done = spawn_blocking(move || run(&words, &variables, json.as_bytes(), limit)).await;
            if let Ok(Err(reason)) = done {
                complain(&format!("--exec: {reason}"));
            }
        });
    }

    /// Waits for what was started; each command has its limit.
    pub async fn finish(&mut self) {
        while self.running.join_next().await.is_some() {}
    }
}

/// What a command is told in its environment; clean, since a shell script will print it.
fn variables(event: &Event, name: &str) -> Vec<(&'static str, String)> {
    let clean = |value: &str| text::clean(value).into_owned();
    vec![
        ("WABADECK_EVENT", event.headline().name().to_owned()),
        ("WABADECK_EVENT_KIND", clean(event.kind.as_wire())),
        ("WABADECK_EVENT_AT", event.at.to_string()),
        ("WABADECK_EVENT_ACCOUNT", clean(event.account.as_ref().map_or("", WabaId::as_str))),
        ("WABADECK_EVENT_ACCOUNT_NAME", clean(name)),
        ("WABADECK_EVENT_SUBJECT", clean(&event.subject)),
        ("WABADECK_EVENT_BEFORE", clean(event.before.as_deref().unwrap_or_default())),
        ("WABADECK_EVENT_AFTER", clean(event.after.as_deref().unwrap_or_default())),
    ]
}

/// The command, ready to be run.
fn prepared(program: &str, arguments: &[String], variables: &[(&str, String)]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::piped()).stdout(to_standard_error());
    for name in SECRET {
        command.env_remove(name);
    }
    command.envs(variables.iter().map(|(name, value)| (*name, value.as_str())));
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt;
        // A group of its own, so that what it starts ends with it, and a ^C meant for wabadeck does not cut it short.
        command.process_group(0);
    }
    command
}

/// Runs a command to its end, or ends it.
fn run(words: &[String], variables: &[(&str, String)], input: &[u8], limit: Duration) -> Result<(), String> {
    let Some((program, arguments)) = words.split_first() else { return Ok(()) };
    let mut child =
        prepared(program, arguments, variables).spawn().map_err(|error| format!("{program} cannot be run: {error}"))?;
    if let Some(mut stdin) = child.stdin.take() {
        // One that does not read is none the worse for it; the event fits into a pipe.
        let _ = stdin.write_all(input);
    }
    let began = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(()),
            Ok(Some(status)) => return Err(format!("{program} ended with {status}")),
            Ok(None) if began.elapsed() >= limit => {
                end(&mut child);
                return Err(format!("{program} took longer than {} s and was ended", limit.as_secs()));
            }
            Ok(None) => std::thread::sleep(GLANCE),
            Err(error) => return Err(error.to_string()),
        }
    }
}

fn end(child: &mut Child) {
    #[cfg(unix)]
    if let Some(group) = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw) {
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    let _ = child.kill();
    let _ = child.wait();
}

/// What a command says goes beside the complaints: standard output is for events alone.
fn to_standard_error() -> Stdio {
    #[cfg(unix)]
    {
        use std::os::fd::AsFd;
        if let Ok(error) = std::io::stderr().as_fd().try_clone_to_owned() {
            return Stdio::from(error);
        }
    }
    Stdio::null()
}

/// Cuts a command into words at blanks; quotes and backslashes keep blanks in a word. `None` for a quote without its end.
fn words(command: &str) -> Option<Vec<String>> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    let mut characters = command.chars();
    while let Some(character) = characters.next() {
        match (character, quote) {
            (end, Some(open)) if end == open => quote = None,
            ('\\', None | Some('"')) => word.get_or_insert_default().push(characters.next()?),
            (inside, Some(_)) => word.get_or_insert_default().push(inside),
            ('"' | '\'', None) => {
                quote = Some(character);
                word.get_or_insert_default();
            }
            (blank, None) if blank.is_whitespace() => words.extend(word.take()),
            (other, None) => word.get_or_insert_default().push(other),
        }
    }
    words.extend(word);
    quote.is_none().then_some(words)
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;
    use crate::domain::event::{EventKind, Source};

    fn event(subject: &str) -> Event {
        Event {
            at: jiff::Timestamp::UNIX_EPOCH,
            account: Some("101".into()),
            portfolio: None,
            subject: subject.into(),
            kind: EventKind::TemplateStatus,
            before: None,
            after: Some("PAUSED".into()),
            note: None,
            sources: Source::Refresh.into(),
        }
    }

    fn cut(command: &str) -> Vec<String> {
        words(command).unwrap()
    }

    #[test]
    fn a_command_is_cut_at_blanks_outside_of_quotes() {
        assert_eq!(cut("notify-send  -u critical"), ["notify-send", "-u", "critical"]);
        assert_eq!(cut(r#"a "b c" 'd "e' f\ g "" "#), ["a", "b c", "d \"e", "f g", ""]);
        assert_eq!(cut("a; rm -rf $HOME `b`"), ["a;", "rm", "-rf", "$HOME", "`b`"]);
        assert_eq!(words("a 'b"), None);
    }

    #[tokio::test]
    async fn a_command_gets_the_event_and_nothing_in_it_is_run() {
        let directory = tempfile::tempdir().unwrap();
        let (seen, ran) = (directory.path().join("seen"), directory.path().join("ran"));
        let script = "printf '%s %s ' \"$WABADECK_EVENT\" \"$WABADECK_EVENT_SUBJECT\" > \"$0\"; cat >> \"$0\"";
        let command = format!("sh -c '{}' {}", script.replace('\'', "'\\''"), seen.display());
        let mut runner = Runner::new(&command, Duration::from_secs(20)).unwrap();
        let subject = format!("$(touch {0}) `touch {0}`; touch {0}\n", ran.display());
        runner.start(&event(&subject), "x", "{\"event\":1}\n".to_owned());
        runner.finish().await;
        let text = std::fs::read_to_string(&seen).unwrap();
        assert!(text.starts_with("template-paused $(touch") && text.ends_with("{\"event\":1}\n"), "{text:?}");
        assert!(!ran.exists());
    }

    #[test]
    fn a_command_that_takes_too_long_is_ended_with_all_that_it_started() {
        let directory = tempfile::tempdir().unwrap();
        let pipe = directory.path().join("pipe");
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let (read, all_are_gone) = std::sync::mpsc::channel();
        let reader = pipe.clone();
        std::thread::spawn(move || read.send(std::fs::read(reader).is_ok()));
        let script = format!("(exec 3>'{}'; sleep 300) & wait", pipe.display());
        let words = ["sh".to_owned(), "-c".to_owned(), script];
        let ended = run(&words, &[], b"", Duration::from_secs(3)).unwrap_err();
        assert!(ended.contains("was ended"), "{ended}");
        // The pipe ends once nobody holds it any more.
        assert_eq!(all_are_gone.recv_timeout(Duration::from_secs(60)), Ok(true));
    }

    #[test]
    fn a_command_that_fails_or_is_not_there_is_said() {
        let run = |command: &str| run(&cut(command), &[], b"", Duration::from_secs(20)).unwrap_err();
        assert!(run("false").contains("ended with"));
        assert!(run("/nonexistent/wabadeck-test").contains("cannot be run"));
    }

    #[test]
    fn secrets_do_not_reach_a_command() {
        let command = prepared("true", &[], &variables(&event("x"), "y"));
        let removed: Vec<_> = command.get_envs().filter(|(_, value)| value.is_none()).map(|(name, _)| name).collect();
        assert_eq!(removed.len(), SECRET.len());
        assert!(removed.iter().all(|name| SECRET.iter().any(|secret| name == secret)), "{removed:?}");
    }
}
