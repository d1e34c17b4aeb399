//! The screens. Each draws the model into the area between header and footer.

pub mod account;
pub mod accounts;
pub mod activity;
pub mod composer;
pub mod results;
pub mod upgraded;
