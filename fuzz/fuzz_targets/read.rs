//! Bytes of any format: read, or refused in one line.
#![no_main]

use gouji::source::Source;
use gouji::source::formats::strip;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Err(refusal) = Source::from_bytes("例", bytes) {
        assert!(!refusal.0.contains('\n'));
    }
    let _ = strip(bytes);
});
