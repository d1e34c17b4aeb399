//! Pieces that several screens are made of.

pub mod banner;
pub mod input;
