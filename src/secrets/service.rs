//! The desktop's Secret Service, through `secret-tool`, the command that belongs to it (libsecret).
//!
//! The secret goes in by standard input and out by standard output, never as an argument. A client of our own would need
//! a whole D-Bus library for three calls.

use std::{
    io::{Read, Write},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::mpsc,
    time::Duration,
};

use secrecy::{ExposeSecret, SecretString, zeroize::Zeroizing};

use super::{Place, SecretError};
use crate::paths::Environment;

/// Long enough for somebody to unlock the keyring in the window that opens for it.
const PATIENCE: Duration = Duration::from_secs(40);

/// Finds the command where a session bus is there that it could ask.
pub(super) fn tool(environment: &dyn Environment) -> Option<PathBuf> {
    if cfg!(any(target_os = "macos", windows)) {
        return None;
    }
    let bus = environment.get("DBUS_SESSION_BUS_ADDRESS").is_some()
        || environment.get("XDG_RUNTIME_DIR").is_some_and(|directory| Path::new(&directory).join("bus").exists());
    let path = environment.get("PATH").filter(|_| bus)?;
    std::env::split_paths(&path)
        .filter(|directory| directory.is_absolute())
        .map(|directory| directory.join("secret-tool"))
        .find(|candidate| candidate.is_file())
}

fn failed(reason: impl Into<String>) -> SecretError {
    SecretError::Place { place: Place::SecretService, reason: reason.into() }
}

struct Answer {
    success: bool,
    output: Zeroizing<Vec<u8>>,
    complaint: String,
}

fn ask(tool: Option<&Path>, arguments: &[&str], input: Option<&SecretString>) -> Result<Answer, SecretError> {
    let tool = tool.ok_or_else(|| failed("secret-tool is not installed, or there is no session bus"))?;
    let mut child = Command::new(tool)
        .args(arguments)
        .env_remove(super::TOKEN_VARIABLE)
        .env_remove(super::APP_SECRET_VARIABLE)
        .stdin(if input.is_some() { Stdio::piped() } else { Stdio::null() })
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| failed(error.to_string()))?;
    if let (Some(secret), Some(mut stdin)) = (input, child.stdin.take()) {
        // A command that has ended early says by its exit why.
        let _ = stdin.write_all(secret.expose_secret().as_bytes());
    }
    let (output, errors) = (child.stdout.take(), child.stderr.take());
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let mut bytes = Zeroizing::new(Vec::with_capacity(4096));
        let mut complaint = String::new();
        if let Some(mut output) = output {
            let _ = output.read_to_end(&mut bytes);
        }
        if let Some(errors) = errors {
            let _ = errors.take(2000).read_to_string(&mut complaint);
        }
        let _ = sender.send((bytes, complaint));
    });
    let Ok((output, complaint)) = receiver.recv_timeout(PATIENCE) else {
        let _ = child.kill();
        let _ = child.wait();
        return Err(failed("it took too long"));
    };
    let status = child.wait().map_err(|error| failed(error.to_string()))?;
    let complaint = crate::text::clean(complaint.trim()).into_owned();
    Ok(Answer { success: status.success(), output, complaint })
}

pub(super) fn store(tool: Option<&Path>, account: &str, profile: &str, secret: &SecretString) -> Result<(), SecretError> {
    let label = format!("--label=wabadeck ({profile})");
    let answer = ask(tool, &["store", &label, "service", "wabadeck", "account", account], Some(secret))?;
    if answer.success { Ok(()) } else { Err(failed(answer.complaint)) }
}

pub(super) fn find(tool: Option<&Path>, account: &str) -> Result<Option<SecretString>, SecretError> {
    let answer = ask(tool, &["lookup", "service", "wabadeck", "account", account], None)?;
    if !answer.success {
        // Nothing found and a failure end alike; only a failure says something.
        return if answer.complaint.is_empty() { Ok(None) } else { Err(failed(answer.complaint)) };
    }
    let text = std::str::from_utf8(&answer.output).map_err(|_| failed("what it keeps is no text"))?;
    let text = text.trim_end_matches(['\n', '\r']);
    Ok((!text.is_empty()).then(|| SecretString::from(text)))
}

pub(super) fn remove(tool: Option<&Path>, account: &str) -> Result<bool, SecretError> {
    if find(tool, account)?.is_none() {
        return Ok(false);
    }
    let answer = ask(tool, &["clear", "service", "wabadeck", "account", account], None)?;
    if answer.success { Ok(true) } else { Err(failed(answer.complaint)) }
}
