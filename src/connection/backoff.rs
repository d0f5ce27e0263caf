/// In milliseconds, as browsers count time.
const FIRST: u32 = 500;
const LONGEST: u32 = 32_000;

/// How long to wait before connecting again: half a second, then twice as long each time, as the platform's own
/// client does.
#[derive(Debug)]
pub struct Backoff(u32);

impl Default for Backoff {
    fn default() -> Self {
        Self(FIRST)
    }
}

impl Backoff {
    /// The wait that is due now, in milliseconds.
    pub fn next(&mut self) -> u32 {
        let now = self.0;
        self.0 = (now * 2).min(LONGEST);
        now
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubles_up_to_the_longest() {
        let mut backoff = Backoff::default();
        let waits: Vec<_> = (0..9).map(|_| backoff.next()).collect();
        assert_eq!(waits, [500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 32_000, 32_000]);
    }
}
