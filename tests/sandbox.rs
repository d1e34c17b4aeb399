//! The sandbox driven over real HTTP, the way a Graph API client would.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test that finds something else must fail"
)]

mod sandbox {
    pub mod support;

    mod analytics;
    mod fixtures;
    mod misbehaving;
    mod reading;
    mod sending;
    mod upgrading;
}
