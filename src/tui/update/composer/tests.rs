//! The composer's rules, driven with keys as a person types them.

mod delivery;
mod drafts;
mod form;
mod free;
mod pictures;
mod sending;
