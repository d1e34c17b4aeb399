//! Pieces that several screens are made of.

pub mod banner;
pub mod bubble;
pub mod form;
pub mod input;
pub mod secret;
pub mod spans;
