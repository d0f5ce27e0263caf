//! `GET /users/{id}/mailboxSettings`, and `/timeZone` and `/automaticRepliesSetting` below it.

use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use serde_json::{Map, Value, json};

use crate::directory::AutomaticReplies;
use crate::error::Refusal;
use crate::graph::Caller;
use crate::message::{Reply, Request};
use crate::select;
use crate::sim::Sim;

/// Clients have to drop messages; this one is easy to find in whatever kept it.
const MESSAGE: &str = "Message of graph-sim that no client may keep.";
const PERMISSIONS: [&str; 2] = ["MailboxSettings.Read", "MailboxSettings.ReadWrite"];

pub(crate) fn get(
    sim: &Sim,
    caller: &Caller,
    request: &Request,
    user: &str,
    setting: Option<&str>,
) -> Result<Reply, Refusal> {
    let state = sim.state.read();
    let entry = caller.mailbox(&state, user, &PERMISSIONS)?;
    let zone = &entry.user.time_zone;
    let context = format!("{}/$metadata#users('{}')/mailboxSettings", sim.service_root(), entry.user.id);
    match setting {
        Some(setting) if setting.eq_ignore_ascii_case("timeZone") => {
            let answer = json!({"@odata.context": format!("{context}/timeZone"), "value": zone});
            Ok(Reply::json(200, &answer))
        }
        Some(setting) if setting.eq_ignore_ascii_case("automaticRepliesSetting") => {
            let mut answer = replies(entry.user.automatic_replies, sim.clock.now());
            if let Some(answer) = answer.as_object_mut() {
                let context = format!("{context}/automaticRepliesSetting");
                answer.insert("@odata.context".into(), Value::from(context));
            }
            Ok(Reply::json(200, &answer))
        }
        Some(setting) => Err(Refusal::left_out(&format!("the mailbox setting {setting}"))),
        None => {
            let select = select::read(request, "microsoft.graph.mailboxSettings", |name| name == "timeZone")?;
            let mut answer = Map::new();
            answer.insert("@odata.context".into(), Value::from(context));
            answer.insert("timeZone".into(), json!(zone));
            if select.is_none() {
                let replies = replies(entry.user.automatic_replies, sim.clock.now());
                answer.insert("automaticRepliesSetting".into(), replies);
                answer.insert(
                    "language".into(),
                    json!({"locale": "en-US", "displayName": "English (United States)"}),
                );
                answer.insert("dateFormat".into(), json!("MM/dd/yyyy"));
                answer.insert("timeFormat".into(), json!("hh:mm tt"));
            }
            Ok(Reply::json(200, &answer))
        }
    }
}

/// Times stand there whatever the status is; those of nobody's schedule are the next whole hour and a day later.
fn replies(replies: AutomaticReplies, now: DateTime<Utc>) -> Value {
    let hour = now.duration_trunc(TimeDelta::hours(1)).unwrap_or(now) + TimeDelta::hours(1);
    let (status, start, end) = match replies {
        AutomaticReplies::Disabled => ("disabled", hour, hour + TimeDelta::days(1)),
        AutomaticReplies::AlwaysEnabled => ("alwaysEnabled", hour, hour + TimeDelta::days(1)),
        AutomaticReplies::Scheduled { start, end } => ("scheduled", start, end),
    };
    let time = |time: DateTime<Utc>| json!({"dateTime": time.format("%Y-%m-%dT%H:%M:%S.0000000").to_string(), "timeZone": "UTC"});
    json!({
        "status": status, "externalAudience": "all", "internalReplyMessage": MESSAGE, "externalReplyMessage": MESSAGE,
        "scheduledStartDateTime": time(start), "scheduledEndDateTime": time(end),
    })
}
