//! Numbers that look random and are the same in every run.

/// `SplitMix64`: spreads a number over all 64 bits.
pub fn mix(value: u64) -> u64 {
    let mut z = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A number below `limit` (which is not 0) drawn from the upper bits of a mixed number.
pub fn below(mixed: u64, limit: u64) -> u64 {
    (mixed >> 11) % limit.max(1)
}

/// A fraction from 0 up to, but not including, 1.
#[expect(clippy::cast_precision_loss, reason = "53 bits fit a double exactly")]
pub fn fraction(mixed: u64) -> f64 {
    (mixed >> 11) as f64 / (1_u64 << 53) as f64
}
