//! A PTY with the program in it, read as a screen. Waits for what is to be seen; never sleeps.

use std::{
    io::{Read, Write},
    sync::{Arc, Condvar, Mutex, PoisonError},
    thread,
    time::{Duration, Instant},
};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};

/// How long anything may take before a test gives up. Machines that run tests are slow and busy.
const PATIENCE: Duration = Duration::from_secs(30);

struct Shown {
    screen: vt100::Parser,
    recording: Vec<u8>,
    ended: bool,
}

/// The program in its terminal.
pub struct Terminal {
    shown: Arc<(Mutex<Shown>, Condvar)>,
    master: Option<Box<dyn MasterPty + Send>>,
    keyboard: Option<Box<dyn Write + Send>>,
    child: Box<dyn Child + Send + Sync>,
    _home: tempfile::TempDir,
}

impl Terminal {
    /// Starts the program in a terminal of this size, with nothing configured and no browser to open.
    pub fn start(columns: u16, rows: u16, arguments: &[&str]) -> Self {
        Self::start_with(columns, rows, arguments, &[])
    }

    /// Starts another program in such a terminal.
    pub fn start_program(program: &str, columns: u16, rows: u16, arguments: &[&str]) -> Self {
        Self::spawn(program, columns, rows, arguments, &[])
    }

    /// Like [`Terminal::start`], with these variables in the environment.
    pub fn start_with(columns: u16, rows: u16, arguments: &[&str], variables: &[(&str, &str)]) -> Self {
        Self::spawn(env!("CARGO_BIN_EXE_wabadeck"), columns, rows, arguments, variables)
    }

    fn spawn(program: &str, columns: u16, rows: u16, arguments: &[&str], variables: &[(&str, &str)]) -> Self {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let home = tempfile::tempdir().unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.env_clear();
        for name in ["HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"] {
            command.env(name, home.path());
        }
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        for (name, value) in variables {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let shown = Arc::new((
            Mutex::new(Shown { screen: vt100::Parser::new(rows, columns, 0), recording: Vec::new(), ended: false }),
            Condvar::new(),
        ));
        let (mut reader, writer) = (pair.master.try_clone_reader().unwrap(), pair.master.take_writer().unwrap());
        let shared = Arc::clone(&shown);
        thread::spawn(move || {
            let mut buffer = [0; 8192];
            loop {
                let read = reader.read(&mut buffer).unwrap_or(0);
                let (lock, changed) = &*shared;
                let mut shown = lock.lock().unwrap_or_else(PoisonError::into_inner);
                if read == 0 {
                    shown.ended = true;
                    changed.notify_all();
                    return;
                }
                shown.screen.process(buffer.get(..read).unwrap_or_default());
                shown.recording.extend_from_slice(buffer.get(..read).unwrap_or_default());
                changed.notify_all();
            }
        });
        Self { shown, master: Some(pair.master), keyboard: Some(writer), child, _home: home }
    }

    /// Types keys.
    pub fn press(&mut self, keys: &str) {
        let keyboard = self.keyboard.as_mut().unwrap();
        keyboard.write_all(keys.as_bytes()).unwrap();
        keyboard.flush().unwrap();
    }

    /// Waits until the screen shows something.
    pub fn wait_for(&self, words: &str) -> String {
        self.wait_until(words, |screen| screen.contains(words))
    }

    /// Waits until the screen no longer shows something.
    pub fn wait_gone(&self, words: &str) -> String {
        self.wait_until(words, |screen| !screen.contains(words))
    }

    /// Waits until the screen is as it should be.
    pub fn wait_until(&self, what: &str, holds: impl Fn(&str) -> bool) -> String {
        let deadline = Instant::now() + PATIENCE;
        let (lock, changed) = &*self.shown;
        let mut shown = lock.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let text = shown.screen.screen().contents();
            if holds(&text) {
                return text;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(!left.is_zero() && !shown.ended, "waited in vain for {what:?}; the screen is:\n{text}");
            shown = changed.wait_timeout(shown, left).unwrap().0;
        }
    }

    /// What the screen shows now.
    pub fn screen(&self) -> String {
        self.shown.0.lock().unwrap_or_else(PoisonError::into_inner).screen.screen().contents()
    }

    /// Everything that the program wrote to the terminal.
    pub fn recording(&self) -> Vec<u8> {
        self.shown.0.lock().unwrap_or_else(PoisonError::into_inner).recording.clone()
    }

    /// The program's process id.
    pub fn process(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Gives the terminal another size.
    pub fn resize(&self, columns: u16, rows: u16) {
        self.shown.0.lock().unwrap_or_else(PoisonError::into_inner).screen.screen_mut().set_size(rows, columns);
        self.master.as_ref().unwrap().resize(PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }).unwrap();
    }

    /// Closes the terminal, as a person closes its window: the line is hung up.
    pub fn close(&mut self) {
        self.keyboard = None;
        self.master = None;
        self.signal(rustix::process::Signal::HUP);
    }

    /// Waits for the end of a program whose terminal is gone.
    pub fn wait_for_exit(&mut self) -> ExitStatus {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(Instant::now() < deadline, "the program is still there");
            thread::yield_now();
        }
    }

    /// Processor time that the program has used, in ticks of a hundredth of a second (`man 5 proc`, fields 14 and 15 of `stat`).
    #[cfg(target_os = "linux")]
    pub fn processor_ticks(&self) -> u64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.process_id().unwrap())).unwrap();
        // The name in brackets may hold blanks; behind it the third field comes first.
        let fields = stat.rsplit(')').next().unwrap().split_whitespace();
        fields.skip(11).take(2).map(|ticks| ticks.parse::<u64>().unwrap()).sum()
    }

    /// Sends a signal to the program.
    pub fn signal(&self, signal: rustix::process::Signal) {
        let id = i32::try_from(self.child.process_id().unwrap()).unwrap();
        rustix::process::kill_process(rustix::process::Pid::from_raw(id).unwrap(), signal).unwrap();
    }

    /// Waits for the end, and until everything that was written has been read.
    pub fn wait_for_end(&mut self) -> ExitStatus {
        let status = self.child.wait().unwrap();
        let deadline = Instant::now() + PATIENCE;
        let (lock, changed) = &*self.shown;
        let mut shown = lock.lock().unwrap_or_else(PoisonError::into_inner);
        while !shown.ended {
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "the terminal did not close");
            shown = changed.wait_timeout(shown, left).unwrap().0;
        }
        status
    }

    /// What the program left switched on in the terminal; nothing is right.
    pub fn left_on(&self) -> Vec<&'static str> {
        let shown = self.shown.0.lock().unwrap_or_else(PoisonError::into_inner);
        let screen = shown.screen.screen();
        let modes = [
            (screen.alternate_screen(), "alternate screen"),
            (screen.bracketed_paste(), "bracketed paste"),
            (screen.hide_cursor(), "hidden cursor"),
            (screen.mouse_protocol_mode() != vt100::MouseProtocolMode::None, "mouse"),
            (screen.application_cursor(), "application cursor keys"),
        ];
        modes.into_iter().filter(|(on, _)| *on).map(|(_, name)| name).collect()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
