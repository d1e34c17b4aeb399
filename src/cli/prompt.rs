//! Reads secrets: from a terminal without showing them, from a pipe otherwise. Never from an argument.

#[cfg(unix)]
use std::io::Write;
use std::io::{self, IsTerminal, Read};

use secrecy::{SecretString, zeroize::Zeroizing};

/// Bytes that are read at most for one secret.
const LONGEST: usize = 16 * 1024;

/// Why no secret was read.
#[derive(Debug)]
pub enum NoSecret {
    /// The reader was interrupted.
    Interrupted,
    /// Nothing came before the end.
    Nothing,
    /// The input failed.
    Io(io::Error),
}

/// Whether somebody sits at the terminal.
pub fn at_terminal() -> bool {
    io::stdin().is_terminal()
}

/// Reads one line of standard input, with a prompt and without an echo where somebody types it.
pub async fn read(prompt: &str) -> Result<SecretString, NoSecret> {
    if at_terminal() {
        return read_hidden(prompt).await;
    }
    // A pipe: interrupting it ends the program like any other.
    let line = tokio::task::spawn_blocking(|| read_line(&mut input()?)).await;
    flatten(line)
}

fn flatten(line: Result<io::Result<Option<SecretString>>, tokio::task::JoinError>) -> Result<SecretString, NoSecret> {
    match line {
        Ok(Ok(Some(secret))) => Ok(secret),
        Ok(Ok(None)) => Err(NoSecret::Nothing),
        Ok(Err(error)) => Err(NoSecret::Io(error)),
        Err(error) => Err(NoSecret::Io(io::Error::other(error))),
    }
}

/// Reads byte by byte to the end of the line, so that nothing stays in a buffer and the next line is there for the next
/// secret. `None` for an empty line.
fn read_line(input: &mut impl Read) -> io::Result<Option<SecretString>> {
    let mut line = Zeroizing::new(Vec::with_capacity(LONGEST));
    let mut byte = Zeroizing::new([0_u8; 1]);
    while line.len() < LONGEST {
        match input.read(byte.as_mut_slice()) {
            Ok(0) => break,
            Ok(_) if byte.first() == Some(&b'\n') => break,
            Ok(_) => line.extend_from_slice(byte.as_slice()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(secret(std::str::from_utf8(&line).map_err(|_| io::Error::other("it is no text"))?))
}

/// What stands in a line; `None` for an empty one.
fn secret(line: &str) -> Option<SecretString> {
    // A terminal that a program before this one left in that mode marks the beginning and the end of what is pasted.
    let line = line.trim();
    let line = line.strip_prefix("\u{1b}[200~").unwrap_or(line);
    let text = line.strip_suffix("\u{1b}[201~").unwrap_or(line).trim();
    (!text.is_empty()).then(|| SecretString::from(text))
}

/// Standard input without the buffer that would keep a copy.
#[cfg(unix)]
fn input() -> io::Result<std::fs::File> {
    use std::os::fd::AsFd;
    Ok(io::stdin().as_fd().try_clone_to_owned()?.into())
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "the same form as on Unix")]
fn input() -> io::Result<io::StdinLock<'static>> {
    Ok(io::stdin().lock())
}

#[cfg(not(unix))]
async fn read_hidden(prompt: &str) -> Result<SecretString, NoSecret> {
    let prompt = prompt.to_owned();
    let line = tokio::task::spawn_blocking(move || rpassword::prompt_password(prompt).map(Zeroizing::new)).await;
    match line {
        Ok(Err(error)) if error.kind() == io::ErrorKind::Interrupted => Err(NoSecret::Interrupted),
        line => flatten(line.map(|line| line.map(|line| secret(&line)))),
    }
}

#[cfg(unix)]
async fn read_hidden(prompt: &str) -> Result<SecretString, NoSecret> {
    use tokio::signal::unix::{SignalKind, signal};
    let signals = || {
        let [interrupt, terminate, hangup, quit] =
            [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup(), SignalKind::quit()].map(signal);
        io::Result::Ok((interrupt?, terminate?, hangup?, quit?))
    };
    // Listening begins before the echo ends, so that no signal finds the terminal mute.
    let (mut interrupt, mut terminate, mut hangup, mut quit) = signals().map_err(NoSecret::Io)?;
    let mute = Mute::start().map_err(NoSecret::Io)?;
    say(prompt);
    let line = tokio::select! {
        line = tokio::task::spawn_blocking(|| read_line(&mut input()?)) => flatten(line),
        _ = interrupt.recv() => Err(NoSecret::Interrupted),
        _ = terminate.recv() => Err(NoSecret::Interrupted),
        _ = hangup.recv() => Err(NoSecret::Interrupted),
        _ = quit.recv() => Err(NoSecret::Interrupted),
    };
    drop(mute);
    // The line end that was typed was not shown either.
    say("\n");
    line
}

#[cfg(unix)]
fn say(words: &str) {
    let mut errors = io::stderr().lock();
    // Nothing can be done when even this fails.
    let _ = errors.write_all(words.as_bytes()).and_then(|()| errors.flush());
}

/// A terminal that shows nothing of what is typed, until this is dropped.
#[cfg(unix)]
struct Mute {
    before: rustix::termios::Termios,
}

#[cfg(unix)]
impl Mute {
    fn start() -> io::Result<Self> {
        use rustix::termios::{LocalModes, OptionalActions, SpecialCodeIndex, tcgetattr, tcsetattr};
        let before = tcgetattr(io::stdin())?;
        let mut mute = before.clone();
        mute.local_modes.remove(LocalModes::ECHO | LocalModes::ECHONL);
        // Suspended, the program could not give the echo back.
        mute.special_codes[SpecialCodeIndex::VSUSP] = 0;
        tcsetattr(io::stdin(), OptionalActions::Flush, &mute)?;
        Ok(Self { before })
    }
}

#[cfg(unix)]
impl Drop for Mute {
    fn drop(&mut self) {
        let _ = rustix::termios::tcsetattr(io::stdin(), rustix::termios::OptionalActions::Flush, &self.before);
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    fn read(bytes: &[u8]) -> Option<String> {
        let mut input = bytes;
        read_line(&mut input).unwrap().map(|secret| secret.expose_secret().to_owned())
    }

    #[test]
    fn a_line_is_trimmed_and_an_empty_one_is_nothing() {
        assert_eq!(read(b"  EAAG \r\nnext").as_deref(), Some("EAAG"));
        assert_eq!(read(b"EAAG").as_deref(), Some("EAAG"));
        assert_eq!(read(b"\x1b[200~EAAG\n\x1b[201~").as_deref(), Some("EAAG"), "pasted with its line end");
        assert_eq!(read(b"\x1b[200~EAAG\x1b[201~\n").as_deref(), Some("EAAG"));
        assert_eq!(read(b"\nEAAG"), None);
        assert_eq!(read(b""), None);
    }

    #[test]
    fn two_secrets_come_on_two_lines() {
        let mut input: &[u8] = b"token\nsecret\n";
        let mut next = || read_line(&mut input).unwrap().unwrap().expose_secret().to_owned();
        assert_eq!((next(), next()), ("token".to_owned(), "secret".to_owned()));
    }
}
