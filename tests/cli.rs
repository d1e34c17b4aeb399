//! The binary's subcommands, run as a user runs them: with the embedded sandbox, and against one that runs beside it.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that finds something else must fail")]

mod cli {
    pub mod support;

    mod accounts;
    mod documentation;
    mod explain;
    mod failures;
    mod kinds;
    mod listening;
    mod messages;
    #[path = "../signup/person.rs"]
    mod person;
    // Other systems take proxies and certificates from their own settings as well.
    #[cfg(target_os = "linux")]
    mod proxies;
    mod signing_in;
    mod signup;
    mod upgrading;
    mod watching;
}
