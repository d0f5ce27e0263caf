//! Waiting between attempts.

use std::time::Duration;

/// How long to wait after so many failures in a row: twice as long every time, up to a ceiling, and at random
/// between half of that and the whole, so that what failed together does not come again together.
pub fn backoff(failures: u32, first: Duration, ceiling: Duration) -> Duration {
    let doublings = failures.saturating_sub(1).min(16);
    first.saturating_mul(1 << doublings).min(ceiling).mul_f64(rand::random_range(0.5..=1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_ceiling_and_are_never_below_half() {
        let (first, ceiling) = (Duration::from_secs(2), Duration::from_secs(45));
        for (failures, longest) in [(0, 2), (1, 2), (2, 4), (3, 8), (5, 32), (6, 45), (u32::MAX, 45)] {
            for _ in 0..100 {
                let wait = backoff(failures, first, ceiling);
                let longest = Duration::from_secs(longest);
                assert!(wait >= longest / 2 && wait <= longest, "{failures}: {wait:?}");
            }
        }
    }
}
