//! What the Graph API's JSON looks like, as slim types that decode tolerantly and turn into domain types.
//!
//! Nothing here asks anything of the network.

mod account;
pub mod creative;
mod envelope;
pub mod lenient;
mod page;
mod template;
mod token;

pub use account::{WireAccount, WireBusiness, WireNumber};
pub use envelope::{error_of, excerpt};
pub use page::{Edge, Page};
pub use template::WireTemplate;
pub use token::WireToken;
