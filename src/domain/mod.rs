//! What is true about accounts and delivery: no I/O, no async, no clock, no terminal, no JSON.
//!
//! Times come in as arguments, and texts for people are not made here: types name what is the case, the screens say it.

pub mod account;
mod as_sent;
pub mod banner;
pub mod creative;
pub mod delivery;
pub mod diagnosis;
pub mod event;
#[cfg(test)]
pub(crate) mod fixtures;
pub mod free_form;
pub mod graph_error;
pub mod graph_word;
pub mod health;
pub mod ids;
pub mod markup;
pub mod media;
pub mod message;
pub mod number;
pub mod one_time;
mod open_enum;
pub mod placeholder;
pub mod preflight;
pub mod region;
pub mod rendering;
pub mod restriction;
pub mod results;
pub mod status;
pub mod template;
pub mod upgrade;
pub mod value;
pub mod variable;

pub use account::Account;
pub use as_sent::AsSent;
pub use ids::{MessageId, PhoneNumberId, PortfolioId, TemplateId, WabaId};
pub use number::PhoneNumber;
pub use template::Template;
