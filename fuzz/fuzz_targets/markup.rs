//! WhatsApp's formatting.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| wabadeck_fuzz::markup(data));
