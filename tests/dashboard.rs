//! The real binary in a real terminal (a PTY), against the embedded sandbox: what a person sees and what is left behind.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test stops at what it does not expect")]

#[path = "dashboard/begin.rs"]
mod begin;
#[path = "dashboard/composer.rs"]
mod composer;
#[path = "dashboard/faults.rs"]
mod faults;
#[path = "dashboard/frame.rs"]
mod frame;
#[path = "signup/person.rs"]
mod person;
#[path = "dashboard/secrecy.rs"]
mod secrecy;
#[path = "dashboard/session.rs"]
mod session;
#[path = "dashboard/terminal.rs"]
mod terminal;
#[path = "dashboard/upgrade.rs"]
mod upgrade;
#[path = "dashboard/waiting.rs"]
mod waiting;
