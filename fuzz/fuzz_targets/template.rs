//! Template JSON to rendering to cells.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| wabadeck_fuzz::template(data));
