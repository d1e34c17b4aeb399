//! Bytes of a picture to the small one.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| wabadeck_fuzz::picture(data));
