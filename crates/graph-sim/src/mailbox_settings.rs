//! `GET /users/{id}/mailboxSettings` and `/timeZone` below it.

use serde_json::{Map, Value, json};

use crate::error::Refusal;
use crate::graph::Caller;
use crate::message::{Reply, Request};
use crate::select;
use crate::sim::Sim;

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
        Some(setting) => Err(Refusal::left_out(&format!("the mailbox setting {setting}"))),
        None => {
            let select = select::read(request, "microsoft.graph.mailboxSettings", |name| name == "timeZone")?;
            let mut answer = Map::new();
            answer.insert("@odata.context".into(), Value::from(context));
            answer.insert("timeZone".into(), json!(zone));
            if select.is_none() {
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
