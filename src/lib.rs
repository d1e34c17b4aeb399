//! wabadeck: optimized delivery for WhatsApp Business Accounts, seen from the terminal.
//!
//! Data comes in at the bottom and leaves at the top; nothing imports upward:
//! `domain`, `text` → `graph`, `sandbox`, `web`, `config`, `i18n` … → `ops` → `tui`, `cli` → the binary.

pub mod cli;
pub mod domain;
pub mod sandbox;
pub mod text;
