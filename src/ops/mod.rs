//! The use cases, each written once for screens and subcommands. Draws nothing, prints nothing, asks nobody.

pub mod browser;
pub mod connect;
pub mod diagnosis;
pub mod doctor;
pub mod draft;
pub mod fleet;
pub mod history;
pub mod journal;
pub mod listen;
pub mod media;
mod problem;
pub mod refresh;
pub mod report;
pub mod results;
pub mod send;
pub mod sign_in;
pub mod subscribe;
pub mod template_file;
pub mod upgrade;
pub mod watch;

pub use connect::{ConnectError, Mode, Session, connect};
pub use problem::Problem;
pub use sign_in::{ProfileView, profiles};
