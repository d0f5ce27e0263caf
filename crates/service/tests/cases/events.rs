//! Events as Graph writes them.

use std::fmt::Write;
use std::time::Duration;

use chrono::{DateTime, Days, NaiveTime, TimeDelta, Utc};
use serde_json::{Map, Value, json};

/// Characters that nobody uses stand for halves of surrogate pairs.
const MARKS: u32 = 0xf_0000;
/// Fields of a file that are none of Graph's.
const OWN: [&str; 4] = ["from", "to", "bare", "repeat"];

/// All events that an entry stands for, as texts; ids go on from this number.
pub fn events(
    entry: &Map<String, Value>,
    number: usize,
    pad: usize,
    now: DateTime<Utc>,
) -> Vec<(String, String)> {
    let copies = entry.get("repeat").and_then(Value::as_u64).unwrap_or(1);
    let copies = usize::try_from(copies).unwrap();
    (number..number + copies).map(|number| event(entry, number, pad, now)).collect()
}

fn event(entry: &Map<String, Value>, number: usize, pad: usize, now: DateTime<Utc>) -> (String, String) {
    let is_bare = entry.get("bare").is_some_and(|bare| bare == true);
    let id = entry.get("id").and_then(Value::as_str).map_or_else(|| format!("AAMkX{number}"), str::to_owned);
    let mut event = if is_bare { Map::new() } else { usual(pad) };
    event.insert("id".to_owned(), json!(id));
    let is_whole_day = entry.get("isAllDay").is_some_and(|all_day| all_day == true);
    for (name, end) in [("start", "from"), ("end", "to")] {
        let Some(distance) = entry.get(end).and_then(Value::as_f64) else { continue };
        event.insert(
            name.to_owned(),
            json!({"dateTime": time(distance, is_whole_day, now), "timeZone": "UTC"}),
        );
    }
    event.extend(
        entry.iter().filter(|(name, _)| !OWN.contains(&name.as_str())).map(|(n, v)| (n.clone(), v.clone())),
    );
    (id, raw(&Value::Object(event)))
}

fn usual(pad: usize) -> Map<String, Value> {
    let fields = json!({
        "@odata.etag": "W/\"x\"", "type": "singleInstance", "subject": "", "showAs": "busy", "sensitivity": "normal",
        "isAllDay": false, "isCancelled": false, "seriesMasterId": null, "attendees": [],
        "organizer": {"emailAddress": {"name": "Olga", "address": "olga@example.com"}},
        "body": {"contentType": "text", "content": "x".repeat(pad)},
    });
    let Value::Object(fields) = fields else { unreachable!() };
    fields
}

/// So many hours from now, or days from today.
fn time(distance: f64, is_whole_day: bool, now: DateTime<Utc>) -> String {
    let time = if is_whole_day {
        now.date_naive().and_time(NaiveTime::MIN) + hours(distance * 24.0)
    } else {
        (now + hours(distance)).naive_utc()
    };
    time.format("%Y-%m-%dT%H:%M:%S.0000000").to_string()
}

fn hours(number: f64) -> TimeDelta {
    let span = TimeDelta::from_std(Duration::from_secs_f64(number.abs() * 3600.0)).unwrap();
    if number < 0.0 { -span } else { span }
}

/// JSON with halves of surrogate pairs where [`marked`] has put marks for them.
fn raw(event: &Value) -> String {
    let mut text = String::new();
    for char in event.to_string().chars() {
        match u32::from(char).checked_sub(MARKS).filter(|half| *half < 0x800) {
            Some(half) => write!(text, "\\u{:04x}", half + 0xd800).unwrap(),
            None => text.push(char),
        }
    }
    text
}

/// JSON in which every half of a surrogate pair is replaced by a mark, because a text cannot hold it.
pub fn marked(text: &str) -> String {
    let half = |text: &str| {
        let digits = text.strip_prefix("\\u")?.get(..4)?;
        u32::from_str_radix(digits, 16).ok().filter(|unit| (0xd800..0xe000).contains(unit))
    };
    let mut marked = String::new();
    let mut rest = text;
    while let Some(place) = rest.find('\\') {
        let (before, escape) = rest.split_at(place);
        marked.push_str(before);
        let length = match half(escape) {
            Some(high) if high < 0xdc00 && half(&escape[6..]).is_some_and(|low| low >= 0xdc00) => 12,
            Some(unit) => {
                marked.push(char::from_u32(MARKS + unit - 0xd800).unwrap());
                rest = &escape[6..];
                continue;
            }
            None => 2,
        };
        marked.push_str(&escape[..length]);
        rest = &escape[length..];
    }
    marked + rest
}

/// `{day+3@Zone}` in a pattern: the first instant of that day in a zone.
pub fn with_days(pattern: &str, now: DateTime<Utc>) -> String {
    let Some((before, rest)) = pattern.split_once("{day+") else { return pattern.to_owned() };
    let (day, after) = rest.split_once('}').unwrap();
    let (days, zone) = day.split_once('@').unwrap();
    let date = now.date_naive() + Days::new(days.parse().unwrap());
    let zone: chrono_tz::Tz = zone.parse().unwrap();
    let first = date.and_time(NaiveTime::MIN).and_local_timezone(zone).earliest().unwrap();
    with_days(&format!("{before}{}{after}", first.timestamp_millis()), now)
}
