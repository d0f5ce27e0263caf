//! Instants and wall clocks as they are written.

use chrono::{DateTime, FixedOffset, NaiveDateTime, SecondsFormat, Utc};
use graph_sim::zone::Zone;

/// An instant; without an offset it is one of the zone, or of UTC.
pub(crate) fn instant(text: &str, zone: Option<&Zone>) -> Option<DateTime<Utc>> {
    if let Ok(instant) = DateTime::parse_from_rfc3339(text) {
        return Some(instant.to_utc());
    }
    let local: NaiveDateTime = text.parse().ok()?;
    Some(zone.map_or_else(|| local.and_utc(), |zone| zone.instant(local)))
}

/// UTC with `Z`, or the offset of a zone.
pub(crate) fn written(instant: DateTime<Utc>, zone: Option<&Zone>) -> String {
    match zone {
        None => instant.to_rfc3339_opts(SecondsFormat::Secs, true),
        Some(zone) => with_offset(instant, zone).to_rfc3339_opts(SecondsFormat::Secs, true),
    }
}

/// What the clocks of a zone show, with or without its offset.
pub(crate) fn wall_clock(instant: DateTime<Utc>, zone: &Zone, offset: bool) -> String {
    if offset {
        return with_offset(instant, zone).to_rfc3339_opts(SecondsFormat::Secs, false);
    }
    zone.local(instant).format("%Y-%m-%dT%H:%M:%S").to_string()
}

fn with_offset(instant: DateTime<Utc>, zone: &Zone) -> DateTime<FixedOffset> {
    let seconds = (zone.local(instant) - instant.naive_utc()).num_seconds();
    let offset = i32::try_from(seconds).ok().and_then(FixedOffset::east_opt);
    offset.map_or_else(|| instant.fixed_offset(), |offset| instant.with_timezone(&offset))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_written_as_asked_for() {
        let auckland = Zone::named("New Zealand Standard Time").unwrap();
        let midnight = instant("2026-12-24T00:00:00", Some(&auckland)).unwrap();
        assert_eq!(written(midnight, None), "2026-12-23T11:00:00Z");
        assert_eq!(wall_clock(midnight, &auckland, true), "2026-12-24T00:00:00+13:00");
        assert_eq!(wall_clock(midnight, &auckland, false), "2026-12-24T00:00:00");
        assert_eq!(instant("2026-12-24T00:00:00+13:00", None), Some(midnight));
        assert_eq!(instant("24.12.2026", None), None);
    }
}
