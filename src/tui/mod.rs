//! The dashboard: one model, pure updates, effects, views.

pub mod command;
pub mod docs;
pub mod effect;
pub mod input;
pub mod key;
pub mod keymap;
pub mod model;
pub mod msg;
pub mod overlay;
pub mod run;
mod runner;
pub mod screen;
pub mod terminal;
#[cfg(test)]
pub mod testing;
pub mod theme;
pub mod update;
pub mod view;
pub mod widget;
