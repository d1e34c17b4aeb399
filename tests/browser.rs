//! Embedded signup end to end: the dashboard in a terminal (PTY), the signup page and the sandbox's window in a real Chromium.
//! Where no Chromium is installed this says so on standard error and ends.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at what it does not expect"
)]

#[path = "dashboard/begin.rs"]
mod begin;
#[path = "browser/chromium.rs"]
mod chromium;
#[path = "browser/signup.rs"]
mod signup;
#[path = "dashboard/terminal.rs"]
#[expect(dead_code, reason = "shared with the tests of the dashboard, which use more of it")]
mod terminal;
