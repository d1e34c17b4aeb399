//! The main loop: wait for anything, take all that is there, draw once.

use std::{io, sync::Arc};

use jiff::{Timestamp, tz::TimeZone};
use ratatui::layout::Rect;
use tokio::sync::mpsc;

use super::{
    effect::Effect,
    input::{self, Input},
    keymap::Keymap,
    model::{Model, Preferences},
    msg::Msg,
    runner::Runner,
    terminal::{self, Terminal},
    theme::{Depth, Theme, ThemeError},
    update::{self, update},
    view::{self, Canvas, Target, target_at},
};
use crate::{
    config::Settings,
    i18n::{Language, Texts},
};

/// How many messages are taken before a frame is drawn in between, so that a flood never keeps the screen still.
const MOST_AT_ONCE: usize = 512;

/// Why the dashboard could not run.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The terminal could not be used.
    #[error("the terminal cannot be used ({0}); run wabadeck in a terminal, or use a subcommand such as `wabadeck accounts`")]
    Terminal(#[from] io::Error),
    /// The theme could not be used.
    #[error(transparent)]
    Theme(#[from] ThemeError),
}

/// How the dashboard stood when it was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// There was something to see.
    Signed,
    /// There was no token that Meta accepts.
    SignedOut,
}

/// Runs the dashboard until it is left.
///
/// # Errors
/// When there is no terminal, or it cannot be drawn on.
pub async fn run(settings: Settings) -> Result<Left, RunError> {
    let texts = Arc::new(Texts::new(Language::detect(settings.language.as_deref())));
    let theme_name = settings.theme.as_deref().unwrap_or("dark");
    let depth = Depth::from_environment(|name| std::env::var(name).ok());
    let theme = Theme::named(theme_name, depth)?;
    let (keymap, key_errors) = Keymap::from_table(&settings.keys);
    let mut model = Model::new(texts, theme, keymap, Preferences::from(&settings), Timestamp::now(), TimeZone::system());
    (model.pictures.shown, model.pictures.depth) = (settings.pictures, depth);
    let complaint = settings.warnings.first().cloned().or_else(|| key_errors.first().map(ToString::to_string));
    if let Some(complaint) = complaint {
        update::say(&mut model, complaint, true);
    }
    terminal::restore_on_panic();
    let mut terminal = Terminal::take()?;
    Loop::new(model, settings).run(&mut terminal).await
}

/// Panics with the words of `WABADECK_BREAK` where they begin with this place: by it tests see what a panic leaves behind.
/// No release has it.
#[cfg(debug_assertions)]
#[expect(clippy::panic, reason = "that is what it is for")]
pub(super) fn break_where_told(place: &str) {
    let told = std::env::var("WABADECK_BREAK").unwrap_or_default();
    if let Some(words) = told.strip_prefix(place) {
        panic!("{words}");
    }
}

struct Loop {
    model: Model,
    runner: Runner,
    answers: mpsc::UnboundedReceiver<Msg>,
    inputs: mpsc::UnboundedReceiver<Input>,
    targets: Vec<(Rect, Target)>,
}

impl Loop {
    fn new(model: Model, settings: Settings) -> Self {
        let (sender, answers) = mpsc::unbounded_channel();
        Self { model, runner: Runner::new(settings, sender), answers, inputs: input::inputs(), targets: Vec::new() }
    }

    async fn run(mut self, terminal: &mut Terminal) -> Result<Left, RunError> {
        let mut ended = std::pin::pin!(told_to_end());
        self.draw(terminal)?;
        #[cfg(debug_assertions)]
        break_where_told("screen: ");
        self.runner.start(Effect::Connect);
        while !self.model.quitting {
            let wake = self.model.next_wake();
            let mut batch = Vec::new();
            tokio::select! {
                // Signals first, then the person: a flood of answers must never keep a key waiting.
                biased;
                () = &mut ended => batch.push(Arrival::Msg(Box::new(Msg::Terminated))),
                input = self.inputs.recv() => batch.push(input.map_or_else(|| Arrival::Msg(Box::new(Msg::Terminated)), Arrival::Input)),
                Some(answer) = self.answers.recv() => batch.push(Arrival::Msg(Box::new(answer))),
                () = sleep_until(wake) => {}
            }
            while batch.len() < MOST_AT_ONCE {
                if let Ok(input) = self.inputs.try_recv() {
                    batch.push(Arrival::Input(input));
                } else if let Ok(answer) = self.answers.try_recv() {
                    batch.push(Arrival::Msg(Box::new(answer)));
                } else {
                    break;
                }
            }
            self.take(Msg::ClockAdvanced(Timestamp::now()), terminal)?;
            for arrival in batch {
                match arrival {
                    Arrival::Msg(msg) => self.take(*msg, terminal)?,
                    Arrival::Input(input) => self.take_input(input, terminal)?,
                }
            }
            self.draw(terminal)?;
        }
        for effect in update::composer::keep_now(&mut self.model) {
            self.runner.finish(effect).await;
        }
        self.runner.stop();
        Ok(if self.model.is_signed_out() { Left::SignedOut } else { Left::Signed })
    }

    fn take_input(&mut self, input: Input, terminal: &mut Terminal) -> Result<(), RunError> {
        let msg = match input {
            Input::Key(key) => Msg::KeyPressed(key),
            Input::Paste(text) => Msg::TextPasted(text),
            Input::Wheel(lines) => Msg::WheelTurned(lines),
            Input::Resize(size) => Msg::Resized(size),
            Input::Click(position) => match target_at(&self.targets, position) {
                Some(target) => Msg::TargetClicked(target.clone()),
                None => return Ok(()),
            },
        };
        // A key may act on what the messages before it changed.
        self.model.settle();
        self.take(msg, terminal)
    }

    fn take(&mut self, msg: Msg, terminal: &mut Terminal) -> Result<(), RunError> {
        for effect in update(&mut self.model, msg) {
            match effect {
                Effect::Copy(text) => terminal.copy(&text)?,
                Effect::Suspend => terminal.suspend()?,
                other => self.runner.start(other),
            }
        }
        Ok(())
    }

    fn draw(&mut self, terminal: &mut Terminal) -> Result<(), RunError> {
        self.model.settle();
        let (model, targets) = (&mut self.model, &mut self.targets);
        terminal.drawing().draw(|frame| {
            model.size = frame.area().as_size();
            view::draw(model, &mut Canvas::new(frame.buffer_mut(), targets));
        })?;
        self.model.remember_frame(&self.targets);
        Ok(())
    }
}

/// Something that came while the loop was waiting.
enum Arrival {
    Msg(Box<Msg>),
    Input(Input),
}

async fn sleep_until(wake: Option<Timestamp>) {
    match wake {
        None => std::future::pending().await,
        Some(at) => {
            let left = at.duration_since(Timestamp::now());
            tokio::time::sleep(left.try_into().unwrap_or_default()).await;
        }
    }
}

/// Waits for a signal that ends the program.
async fn told_to_end() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let wait = |kind| async move {
            match signal(kind) {
                Ok(mut signal) => signal.recv().await,
                Err(_) => std::future::pending().await,
            }
        };
        tokio::select! {
            _ = wait(SignalKind::terminate()) => {}
            _ = wait(SignalKind::hangup()) => {}
            _ = wait(SignalKind::interrupt()) => {}
        }
    }
    #[cfg(not(unix))]
    {
        let _ = tokio::signal::ctrl_c().await;
    }
}
