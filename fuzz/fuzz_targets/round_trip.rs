#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| calendar_presence_fuzz::round_trip(data));
