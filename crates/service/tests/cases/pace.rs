//! How long things take here.

use std::time::Duration;

use pbx_calendar::source::Timing;

/// By how much a test is less patient than the service.
const FASTER: u32 = 20;
/// By how much spells are shorter. Compared with the patience of the service they are longer than in the file.
const SHORTER: u32 = 5;

/// Whether everything takes as long as in a released service.
fn is_real() -> bool {
    std::env::var("PBX_CALENDAR_CASES").is_ok_and(|value| value == "real")
}

pub fn timing() -> Timing {
    let timing = Timing::default();
    if is_real() {
        return timing;
    }
    Timing {
        poll: timing.poll / FASTER,
        first_wait: timing.first_wait / FASTER,
        longest_wait: timing.longest_wait / FASTER,
        revisit_soon: timing.revisit_soon / FASTER,
        ..timing
    }
}

/// A spell in which something is to go wrong, or must not.
pub fn spell(seconds: u64) -> Duration {
    let spell = Duration::from_secs(seconds);
    if is_real() { spell } else { spell / SHORTER }
}

/// Until when something must have happened. Shortening that would measure the machine.
pub fn limit(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}
