//! Processor time and memory of a process, from `/proc`.

use anyhow::{Context as _, Result};
use std::fs;
use std::time::Duration;

/// The unit in which `/proc` tells processor time is fixed on Linux, whatever the kernel counts in.
const TICKS_PER_SECOND: u32 = 100;

/// Processor time that a process has used, on all cores together.
pub fn processor(id: u32) -> Result<Duration> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).context("the process has ended")?;
    let ticks = ticks(&stat).context("/proc tells no processor time")?;
    Ok(Duration::from_secs(ticks) / TICKS_PER_SECOND)
}

/// The name, which stands in brackets, may hold anything; `utime` and `stime` are the 12th and 13th field after it.
fn ticks(stat: &str) -> Option<u64> {
    let (_, fields) = stat.rsplit_once(')')?;
    let mut fields = fields.split_whitespace().skip(11);
    Some(fields.next()?.parse::<u64>().ok()? + fields.next()?.parse::<u64>().ok()?)
}

/// Megabytes of a process that are in memory: now, and at most so far.
pub fn memory(id: u32) -> Result<(u64, u64)> {
    let status = fs::read_to_string(format!("/proc/{id}/status")).context("the process has ended")?;
    let field = |name| field(&status, name).context("/proc tells no memory");
    Ok((field("VmRSS:")? / 1024, field("VmHWM:")? / 1024))
}

/// Kilobytes.
fn field(status: &str, name: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse().ok()
}

/// What else the machine does: the load of the last minute.
pub fn load() -> Result<String> {
    let load = fs::read_to_string("/proc/loadavg").context("/proc/loadavg")?;
    Ok(load.split(' ').next().unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_whatever_the_name() {
        let stat = "7 (a) b (c)) S 1 2 3 4 5 6 7 8 9 10 250 50 0 0 20";
        assert_eq!(ticks(stat), Some(300));
        assert_eq!(field("Name:\tx\nVmRSS:\t  2048 kB\n", "VmRSS:"), Some(2048));
    }
}
