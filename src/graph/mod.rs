//! Meta's Graph API over HTTP. The only user of the HTTP client; speaks domain types upward and shares no code with the sandbox.

pub mod accounts;
mod answer;
pub mod batch;
mod client;
pub mod discovery;
mod error;
mod fields;
mod gap;
pub mod insights;
pub mod media;
pub mod messages;
mod page;
pub mod probe;
pub mod signup;
mod sizes;
mod span;
pub mod subscriptions;
pub mod templates;
mod throttle;
pub mod token;
mod transport;
pub mod wire;

#[cfg(test)]
mod tests;

pub use batch::LARGEST_BATCH;
pub use client::{Call, Client, ClientOptions};
pub use error::GraphError;
pub use fields::{Depth, DroppedFields};
pub use page::{LARGEST_PAGE, List};
pub use throttle::{Subject, Usage};
pub use transport::{Patience, is_loopback};
