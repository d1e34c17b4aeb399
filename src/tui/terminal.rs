//! The terminal: taken over whole, given back whole, on every way out (quit, error, panic, signal, suspend).
//!
//! Together with `input` the only user of crossterm.

use std::{
    io::{self, BufWriter, Stdout, Write, stdout},
    sync::atomic::{AtomicBool, Ordering},
};

use crossterm::{
    clipboard::CopyToClipboard,
    cursor::Show,
    event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture},
    execute,
    terminal::{EnterAlternateScreen, LeaveAlternateScreen, SetTitle, disable_raw_mode, enable_raw_mode},
};
use ratatui::{Terminal as Drawing, backend::CrosstermBackend};

use crate::logging::panics;

/// Whether the terminal is ours now. A panic hook has nothing but globals to ask.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// The terminal while the dashboard has it. Dropping it gives it back.
#[derive(Debug)]
pub struct Terminal {
    drawing: Drawing<CrosstermBackend<BufWriter<Stdout>>>,
}

impl Terminal {
    /// Takes the terminal over: raw, alternate screen, bracketed paste, mouse.
    ///
    /// # Errors
    /// When standard output is no terminal or refuses a mode.
    pub fn take() -> io::Result<Self> {
        // With NO_COLOR set crossterm would also drop bold and reverse; the theme leaves colours out by itself.
        crossterm::style::force_color_output(true);
        enter()?;
        let backend = CrosstermBackend::new(BufWriter::with_capacity(64 * 1024, stdout()));
        match Drawing::new(backend) {
            Ok(drawing) => Ok(Self { drawing }),
            Err(error) => {
                give_back();
                Err(error)
            }
        }
    }

    /// What frames are drawn with.
    pub fn drawing(&mut self) -> &mut Drawing<CrosstermBackend<BufWriter<Stdout>>> {
        &mut self.drawing
    }

    /// Puts text on the clipboard of the terminal (OSC 52), which also works over SSH.
    ///
    /// # Errors
    /// When the terminal cannot be written to.
    pub fn copy(&mut self, text: &str) -> io::Result<()> {
        execute!(self.drawing.backend_mut(), CopyToClipboard::to_clipboard_from(text))
    }

    /// Gives the terminal back, stops the process as ctrl-z does everywhere, and takes the terminal again when it goes on.
    ///
    /// # Errors
    /// When the terminal cannot be taken again.
    #[cfg(unix)]
    pub fn suspend(&mut self) -> io::Result<()> {
        give_back();
        rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::TSTP)?;
        enter()?;
        // Not `clear`: that asks the terminal where its cursor is, and the listener for keys would take the answer away.
        let size = self.drawing.size()?;
        self.drawing.resize(size.into())
    }

    /// There is nothing to suspend to on this platform.
    ///
    /// # Errors
    /// Never.
    #[cfg(not(unix))]
    pub fn suspend(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        give_back();
    }
}

fn enter() -> io::Result<()> {
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    let entered = execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste, EnableMouseCapture, SetTitle("wabadeck"));
    if entered.is_err() {
        give_back();
    }
    entered
}

/// Gives the terminal back as it was. Does nothing when it is not ours, so it may be called on every way out.
pub fn give_back() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        let mut out = stdout();
        // Each on its own: a terminal that refuses one must still get the others.
        let _ = execute!(out, DisableMouseCapture);
        let _ = execute!(out, DisableBracketedPaste);
        let _ = execute!(out, LeaveAlternateScreen, Show);
        let _ = disable_raw_mode();
        let _ = out.flush();
    }
}

/// Makes a panic of the calling thread, the screen's, give the terminal back before it is told. One of work behind the screen is
/// logged only: the screen goes on and says it itself.
pub fn restore_on_panic() {
    let screen = std::thread::current().id();
    std::panic::set_hook(Box::new(move |panic| {
        panics::note(panic);
        if std::thread::current().id() == screen {
            give_back();
            panics::tell(panic);
        }
    }));
}
