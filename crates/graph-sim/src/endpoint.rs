//! What a request is for.

use serde::{Deserialize, Serialize};

use crate::message::Request;

/// The endpoints of the stand-in; counters and faults go by them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Endpoint {
    /// `POST /{tenant}/oauth2/v2.0/token`.
    Token,
    /// `GET /{tenant}/oauth2/v2.0/authorize`.
    Authorize,
    /// `GET /{tenant}/v2.0/.well-known/openid-configuration`.
    Discovery,
    /// `GET /v1.0/users`.
    Users,
    /// `GET /v1.0/users/{id}`.
    User,
    /// `GET /v1.0/users/{id}/calendarView/delta`.
    Delta,
    /// `GET /v1.0/users/{id}/calendarView`.
    View,
    /// `GET` and `POST /v1.0/users/{id}/events`.
    Events,
    /// `GET`, `PATCH` and `DELETE /v1.0/users/{id}/events/{id}`.
    Event,
    /// `GET /v1.0/users/{id}/calendar`.
    Calendar,
    /// `POST /v1.0/users/{id}/calendar/getSchedule`.
    Schedule,
    /// `GET /v1.0/users/{id}/mailboxSettings`, also `/timeZone` below it.
    MailboxSettings,
    /// Anything else.
    Other,
}

/// A request to Graph taken apart: what it is for, whom it is about, and what else its path names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Route {
    pub(crate) endpoint: Endpoint,
    /// Id or sign-in name after `/users/`.
    pub(crate) user: Option<String>,
    /// The rest: an event's id, or the one mailbox setting asked for.
    pub(crate) rest: Option<String>,
}

impl Route {
    /// Fixed segments are read without letter case, ids as they are.
    pub(crate) fn of(request: &Request) -> Self {
        let fixed: Vec<String> = request.path.iter().map(|segment| segment.to_lowercase()).collect();
        let fixed: Vec<&str> = fixed.iter().map(String::as_str).collect();
        let route = |endpoint, user: Option<usize>, rest: Option<usize>| {
            let at = |index: usize| request.path.get(index).cloned();
            Self { endpoint, user: user.and_then(at), rest: rest.and_then(at) }
        };
        match fixed.as_slice() {
            ["users"] => route(Endpoint::Users, None, None),
            ["users", user] if *user != "$count" => route(Endpoint::User, Some(1), None),
            ["users", _, "calendarview", delta] if is_delta(delta) => route(Endpoint::Delta, Some(1), None),
            ["users", _, "calendarview"] => route(Endpoint::View, Some(1), None),
            ["users", _, "events"] => route(Endpoint::Events, Some(1), None),
            ["users", _, "calendar"] => route(Endpoint::Calendar, Some(1), None),
            ["users", _, "calendar", name] if is_schedule(name) => route(Endpoint::Schedule, Some(1), None),
            ["users", _, "events", _] => route(Endpoint::Event, Some(1), Some(3)),
            ["users", _, "mailboxsettings"] => route(Endpoint::MailboxSettings, Some(1), None),
            ["users", _, "mailboxsettings", _] => route(Endpoint::MailboxSettings, Some(1), Some(3)),
            ["users", ..] => route(Endpoint::Other, Some(1), None),
            _ => route(Endpoint::Other, None, None),
        }
    }
}

/// The function in its short and in its full name.
fn is_delta(segment: &str) -> bool {
    matches!(segment.strip_prefix("microsoft.graph.").unwrap_or(segment), "delta" | "delta()")
}

fn is_schedule(segment: &str) -> bool {
    segment.strip_prefix("microsoft.graph.").unwrap_or(segment) == "getschedule"
}

impl Endpoint {
    /// Requests to mailboxes count towards the limits of the Outlook service, those to the directory do not.
    pub(crate) fn is_outlook(self) -> bool {
        matches!(
            self,
            Self::Delta
                | Self::View
                | Self::Events
                | Self::Event
                | Self::Calendar
                | Self::Schedule
                | Self::MailboxSettings
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderMap, Method};

    fn route(target: &str) -> (Endpoint, Option<String>, Option<String>) {
        let route = Route::of(&Request::new(Method::GET, target, HeaderMap::new()));
        (route.endpoint, route.user, route.rest)
    }

    #[test]
    fn paths_are_read_without_letter_case_and_ids_with_it() {
        let anna = || Some("Anna@x".to_owned());
        assert_eq!(route("/users/Anna@x/calendarView/delta"), (Endpoint::Delta, anna(), None));
        assert_eq!(
            route("/Users/Anna@x/CALENDARVIEW/microsoft.graph.delta()"),
            (Endpoint::Delta, anna(), None)
        );
        assert_eq!(route("/users/Anna@x/events/AAMk%3D"), (Endpoint::Event, anna(), Some("AAMk=".into())));
        assert_eq!(route("/users/Anna@x/calendar/delta"), (Endpoint::Other, anna(), None));
        assert_eq!(route("/users/$count"), (Endpoint::Other, Some("$count".into()), None));
        assert_eq!(route("/me"), (Endpoint::Other, None, None));
    }
}
