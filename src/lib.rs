//! wabadeck: optimized delivery for WhatsApp Business Accounts, seen from the terminal.
//!
//! Data comes in at the bottom and leaves at the top; nothing imports upward:
//! `domain`, `text` → `graph`, `sandbox`, `web`, `config`, `i18n` … → `ops` → `tui`, `cli` → the binary.

pub mod cli;
pub mod config;
pub mod domain;
pub mod graph;
pub mod i18n;
pub mod listing;
pub mod logging;
pub mod ops;
pub mod paths;
pub mod picture;
pub mod sandbox;
pub mod secrets;
pub mod store;
pub mod text;
pub mod tui;
pub mod web;
pub mod wording;
