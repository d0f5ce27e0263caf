//! `PbxApi`: presences, set and watched.

use serde::Deserialize;
use serde_json::{Value, json};

use super::session::{Reply, Session};
use crate::directory::{Guid, Lookup};
use crate::message::{Message, Refusal, envelope};
use crate::presence::{ACTIVITIES, CALENDAR, Presence};
use crate::state::{Event, State};
use crate::user::User;
use crate::violation::Rule;

const API: &str = "PbxApi";

/// Codes of our own: the numbers that a PBX uses are not published.
const NO_SUCH_USER: u32 = 2;
const LOCKED: u32 = 3;

/// The service watches a user.
pub(super) struct Subscription {
    src: Option<String>,
    guid: Guid,
}

/// As the published schema says: both `sip` and `guid`, and nothing unknown.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SetPresence {
    sip: String,
    guid: String,
    contact: String,
    activity: String,
    #[serde(default)]
    note: String,
}

/// The published schema requires both fields and forbids to give both. The page says that either names the
/// user, so one or both are taken; an empty one counts as absent.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Monitor {
    #[serde(default)]
    sip: String,
    #[serde(default)]
    num: String,
}

pub(super) fn handle(session: &mut Session, message: &Message, state: &mut State) -> Result<Reply, Refusal> {
    match message.mt.as_str() {
        "SetPresence" => set_presence(session, message, state),
        "SubscribePresence" => subscribe(session, message, state),
        "UnsubscribePresence" => unsubscribe(session, message, state),
        _ => Err(Refusal::new(Rule::UnknownMessage, "the stand-in does not have it")),
    }
}

fn set_presence(session: &Session, message: &Message, state: &mut State) -> Result<Reply, Refusal> {
    let wanted: SetPresence = message.fields()?;
    if wanted.contact != CALENDAR {
        return Err(Refusal::new(Rule::Contact, format!("the contact is not {CALENDAR}")));
    }
    if !ACTIVITIES.contains(&wanted.activity.as_str()) {
        let text = format!("{:?} is none of the activities {ACTIVITIES:?}", wanted.activity);
        return Err(Refusal::new(Rule::Activity, text));
    }
    let guid = user_of(&wanted, state, &session.options().domain)?;
    if state.locked.contains(&guid) {
        return Err(Refusal::blameless(LOCKED, "the presence cannot be set"));
    }
    state.write(&guid, Presence::calendar(&wanted.activity, &wanted.note));
    let success =
        if session.options().error_zero { json!({ "error": 0, "errorText": "" }) } else { json!({}) };
    Ok(Reply { result: message.result(success), may_wait: true, ..Reply::default() })
}

/// The user whom both names mean. Who was deleted or renamed a moment ago is refused without blame.
fn user_of(wanted: &SetPresence, state: &State, domain: &str) -> Result<Guid, Refusal> {
    let by_guid = state.directory.by_guid(&wanted.guid);
    let by_sip = state.directory.by_sip(&wanted.sip, domain);
    match (by_guid, by_sip) {
        (Ok(guid), Ok(same)) if guid == same => Ok(guid),
        (Ok(_), Ok(_)) => {
            let text = format!("sip {:?} and guid {:?} are two users", wanted.sip, wanted.guid);
            Err(Refusal::new(Rule::UnknownUser, text))
        }
        (Err(Lookup::Unknown), _) => Err(unknown(&format!("guid {:?}", wanted.guid))),
        (_, Err(Lookup::Unknown)) => Err(unknown(&format!("sip {:?}", wanted.sip))),
        _ => Err(Refusal::blameless(NO_SUCH_USER, "the user is deleted or has another name now")),
    }
}

fn unknown(name: &str) -> Refusal {
    Refusal { code: NO_SUCH_USER, ..Refusal::new(Rule::UnknownUser, format!("there is no user with {name}")) }
}

fn subscribe(session: &mut Session, message: &Message, state: &mut State) -> Result<Reply, Refusal> {
    let guid = monitored(message, state, &session.options().domain)?;
    if state.secretive {
        return Err(Refusal::blameless(LOCKED, "the presence is not told"));
    }
    let Some(user) = state.directory.user(&guid) else { return Err(unknown("that guid")) };
    let src = message.src.clone();
    let known = |other: &Subscription| other.src == src && other.guid == guid;
    if session.subscriptions.iter().any(known) {
        return Err(Refusal::new(Rule::Order, "the user is watched with this src already"));
    }
    let then =
        vec![presence_state(src.as_deref(), user, true), presence_update(src.as_deref(), &guid, state)];
    session.subscriptions.push(Subscription { src, guid });
    state.watches = session.subscriptions.len();
    Ok(Reply { result: message.result(json!({})), then, ..Reply::default() })
}

fn unsubscribe(session: &mut Session, message: &Message, state: &mut State) -> Result<Reply, Refusal> {
    let guid = monitored(message, state, &session.options().domain)?;
    let watched = session.subscriptions.len();
    session.subscriptions.retain(|other| other.src != message.src || other.guid != guid);
    if session.subscriptions.len() == watched {
        return Err(Refusal::new(Rule::Order, "the user is not watched with this src"));
    }
    state.watches = session.subscriptions.len();
    Ok(Reply { result: message.result(json!({})), ..Reply::default() })
}

fn monitored(message: &Message, state: &State, domain: &str) -> Result<Guid, Refusal> {
    let Monitor { sip, num } = message.fields()?;
    if sip.is_empty() && num.is_empty() {
        return Err(Refusal::new(Rule::Shape, "neither sip nor num"));
    }
    if sip.is_empty() {
        return state.directory.by_number(&num).ok_or_else(|| unknown(&format!("num {num:?}")));
    }
    state.directory.by_sip(&sip, domain).map_err(|missing| match missing {
        Lookup::Former => Refusal::blameless(NO_SUCH_USER, "the user is deleted or has another name now"),
        Lookup::Unknown => unknown(&format!("sip {sip:?}")),
    })
}

/// What those who watch a user are told of an event.
pub(super) fn tell(subscriptions: &mut Vec<Subscription>, event: &Event, state: &State) -> Vec<Value> {
    match event {
        Event::Presence(guid) => subscriptions
            .iter()
            .filter(|subscription| subscription.guid == *guid)
            .map(|subscription| presence_update(subscription.src.as_deref(), guid, state))
            .collect(),
        Event::Deleted(user) => subscriptions
            .extract_if(.., |subscription| *subscription.guid == *user.guid)
            .map(|subscription| presence_state(subscription.src.as_deref(), user, false))
            .collect(),
        Event::Added(_) | Event::Changed { .. } => Vec::new(),
    }
}

fn presence_state(src: Option<&str>, user: &User, up: bool) -> Value {
    let email = user.emails.first().map_or("", String::as_str);
    let fields = json!({
        "up": up, "sip": user.h323, "num": user.e164, "dn": user.dn, "email": email,
    });
    envelope("PresenceState", Some(API), src, fields)
}

fn presence_update(src: Option<&str>, guid: &Guid, state: &State) -> Value {
    let fields = json!({ "presence": state.directory.presences(guid) });
    envelope("PresenceUpdate", Some(API), src, fields)
}
