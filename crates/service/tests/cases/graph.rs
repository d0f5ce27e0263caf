//! A Graph whose events are what a file says, field by field, and that answers what a file says. It is strict: what
//! the real one would refuse it refuses.

use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, Response, Uri};
use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};
use tokio::net::TcpListener;

use crate::case::{Fault, Kind, Mailbox, Sync, User};
use crate::events::events;
use crate::faults::Faults;

/// Graph does not name its host as it is reached here: of links only path and query are good.
const ORIGIN: &str = "https://graph.microsoft.com/v1.0";
const TOKEN: &str = "token-of-the-case";

#[derive(Clone)]
pub struct Graph {
    pub url: String,
    state: Arc<Mutex<Tenant>>,
}

struct Tenant {
    users: Vec<Account>,
    faults: Faults,
    pad: usize,
    now: DateTime<Utc>,
}

struct Account {
    user: User,
    id: String,
    /// Id and JSON of each, in the order of time.
    events: Vec<(String, String)>,
    /// Masters of series, which no page shows.
    masters: Vec<(String, String)>,
}

impl Graph {
    pub fn start(case: &Sync, now: DateTime<Utc>) -> Self {
        let account = |(number, user): (u32, &User)| Account {
            user: user.clone(),
            id: user.id.clone().unwrap_or_else(|| format!("{number:08x}-0000-4000-8000-00000000000a")),
            events: Vec::new(),
            masters: Vec::new(),
        };
        let users = (1..).zip(&case.users).map(account).collect();
        let mut tenant = Tenant { users, faults: Faults::default(), pad: case.pad, now };
        for user in &case.users {
            user.events.iter().for_each(|event| tenant.put(&user.upn, event));
        }
        case.faults.iter().for_each(|fault| tenant.faults.add(fault.clone()));
        let state = Arc::new(Mutex::new(tenant));
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().fallback(answer).with_state(Arc::clone(&state));
        std::thread::spawn(move || serve(listener, router));
        Self { url, state }
    }

    pub fn put(&self, user: &str, event: &Map<String, Value>) {
        self.with(|tenant| tenant.put(user, event));
    }

    pub fn fault(&self, fault: &Fault) {
        self.with(|tenant| tenant.faults.add(fault.clone()));
    }

    pub fn clear(&self) {
        self.with(|tenant| tenant.faults.clear());
    }

    fn with<T>(&self, work: impl FnOnce(&mut Tenant) -> T) -> T {
        work(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// In a thread of its own, as Graph is: large answers of it must not keep the service from its work.
fn serve(listener: std::net::TcpListener, router: Router) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        listener.set_nonblocking(true).unwrap();
        let _ = axum::serve(TcpListener::from_std(listener).unwrap(), router).await;
    });
}

async fn answer(State(state): State<Arc<Mutex<Tenant>>>, request: Request) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, 1 << 16).await.unwrap();
    let mut tenant = state.lock().unwrap_or_else(PoisonError::into_inner);
    tenant.answer(&parts.method, &parts.uri, &parts.headers, &body)
}

/// What is asked for.
struct Asked<'a> {
    kind: Kind,
    /// As the path names it.
    user: String,
    path: &'a str,
    query: &'a str,
}

impl Tenant {
    fn put(&mut self, user: &str, event: &Map<String, Value>) {
        let (pad, now) = (self.pad, self.now);
        let account =
            self.users.iter_mut().find(|account| account.user.upn == user).expect("a user of the case");
        let new = events(event, account.events.len(), pad, now);
        let is_master = event.get("type").is_some_and(|kind| kind == "seriesMaster");
        if is_master { &mut account.masters } else { &mut account.events }.extend(new);
    }

    fn answer(&mut self, method: &Method, uri: &Uri, headers: &HeaderMap, body: &[u8]) -> Response<Body> {
        let query = uri.query().unwrap_or_default();
        let Some((kind, user)) = kind(uri.path(), query) else {
            return refusal(400, "BadRequest");
        };
        let asked = Asked { kind, user, path: uri.path(), query };
        let known = self.account(&asked.user).map(|account| account.user.upn.clone());
        if let Some(answer) = self.faults.strike(kind, [&asked.user, known.as_deref().unwrap_or_default()]) {
            return answer;
        }
        if kind == Kind::Token {
            let is_asked = *method == Method::POST && body.starts_with(b"grant_type=client_credentials");
            let token = json!({"token_type": "Bearer", "expires_in": 3599, "access_token": TOKEN});
            return if is_asked { ok(token.to_string()) } else { refusal(400, "invalid_request") };
        }
        let token = headers.get("authorization").and_then(|value| value.to_str().ok());
        match token {
            _ if *method != Method::GET => refusal(405, "Request_BadRequest"),
            Some(token) if token == format!("Bearer {TOKEN}") => self.show(&asked, headers),
            _ => refusal(401, "InvalidAuthenticationToken"),
        }
    }

    fn show(&self, asked: &Asked<'_>, headers: &HeaderMap) -> Response<Body> {
        if asked.kind == Kind::Directory {
            return self.search(asked.query);
        }
        let Some(account) = self.account(&asked.user) else {
            return refusal(404, "Request_ResourceNotFound");
        };
        match account.user.mailbox {
            Mailbox::None => return refusal(404, "MailboxNotEnabledForRESTAPI"),
            Mailbox::Denied => return refusal(403, "ErrorAccessDenied"),
            Mailbox::Online => {}
        }
        match asked.kind {
            Kind::Tz => {
                let zone = account.user.time_zone.as_deref().unwrap_or("W. Europe Standard Time");
                ok(json!({"@odata.context": ORIGIN, "value": zone}).to_string())
            }
            Kind::Master => {
                let mut masters = account.masters.iter();
                let master = masters.find(|(id, _)| asked.path.ends_with(&format!("/events/{id}")));
                master.map_or_else(|| refusal(404, "ErrorItemNotFound"), |(_, event)| ok(event.clone()))
            }
            kind => account.page(kind, asked, headers),
        }
    }

    fn account(&self, name: &str) -> Option<&Account> {
        self.users.iter().find(|account| account.id == name || account.user.upn.eq_ignore_ascii_case(name))
    }

    /// Comparisons joined by `or`, of which Graph takes 15.
    fn search(&self, query: &str) -> Response<Body> {
        let filter = parameter(query, "$filter").unwrap_or_default();
        let mut found: Vec<&Account> = Vec::new();
        for comparison in filter.split(" or ") {
            let Some((field, text)) = comparison.strip_suffix('\'').and_then(|text| text.split_once(" eq '"))
            else {
                let Some(text) = comparison
                    .strip_prefix("proxyAddresses/any(p:p eq '")
                    .and_then(|text| text.strip_suffix("')"))
                else {
                    return refusal(400, "Request_UnsupportedQuery");
                };
                found.extend(self.users.iter().filter(|account| account.has_proxy(&text.replace("''", "'"))));
                continue;
            };
            let field: fn(&User) -> Option<&str> = match field {
                "userPrincipalName" => |user| Some(&user.upn),
                "mail" => |user| user.mail.as_deref(),
                _ => return refusal(400, "Request_UnsupportedQuery"),
            };
            let text = text.replace("''", "'");
            found.extend(self.users.iter().filter(|account| {
                field(&account.user).is_some_and(|value| value.eq_ignore_ascii_case(&text))
            }));
        }
        found.sort_by(|a, b| a.id.cmp(&b.id));
        found.dedup_by(|a, b| a.id == b.id);
        let shown: Vec<Value> = found.iter().map(|account| account.shown()).collect();
        ok(json!({"@odata.context": ORIGIN, "value": shown}).to_string())
    }
}

impl Account {
    fn has_proxy(&self, address: &str) -> bool {
        self.user.proxies.iter().any(|proxy| {
            let proxy = if proxy.contains(':') { proxy.clone() } else { format!("smtp:{proxy}") };
            proxy.eq_ignore_ascii_case(address)
        })
    }

    fn shown(&self) -> Value {
        let mail = self.user.mail.as_deref().unwrap_or(&self.user.upn);
        json!({"id": self.id, "userPrincipalName": self.user.upn, "mail": mail})
    }

    /// A page of the window, or of what has come since a link was given out.
    fn page(&self, kind: Kind, asked: &Asked<'_>, headers: &HeaderMap) -> Response<Body> {
        let prefer = headers.get("prefer").and_then(|value| value.to_str().ok()).unwrap_or_default();
        assert!(prefer.contains(r#"outlook.timezone="UTC""#), "times would be local ones: {prefer:?}");
        let place = |name| parameter(asked.query, name).and_then(|token| token.parse::<usize>().ok());
        let begin = match kind {
            Kind::First => Some(0),
            Kind::Page => place("$skiptoken"),
            _ => place("$deltatoken"),
        };
        let Some(begin) = begin.filter(|begin| *begin <= self.events.len()) else {
            return refusal(410, "SyncStateNotFound");
        };
        let size = prefer.split_once("odata.maxpagesize=").map_or("10", |(_, size)| size);
        let size = size.split(|char: char| !char.is_ascii_digit()).next().unwrap().parse().unwrap_or(10);
        let end = self.events.len().min(begin + size);
        let value: Vec<&str> = self.events[begin..end].iter().map(|(_, event)| event.as_str()).collect();
        let (link, token) = if end < self.events.len() { ("next", "skip") } else { ("delta", "delta") };
        ok(format!(
            r#"{{"@odata.context":"{ORIGIN}","value":[{}],"@odata.{link}Link":"{ORIGIN}/users/{}/calendarView/delta?${token}token={end}"}}"#,
            value.join(","),
            asked.user
        ))
    }
}

/// What a request is, and the user whom it names. `None` for what nobody should ask.
fn kind(path: &str, query: &str) -> Option<(Kind, String)> {
    if path.ends_with("/oauth2/v2.0/token") {
        return Some((Kind::Token, String::new()));
    }
    let path = path.strip_prefix("/v1.0/users")?;
    let mut segments = path.split('/').skip(1);
    let user = segments
        .next()
        .map(|user| percent_encoding::percent_decode_str(user).decode_utf8_lossy().into_owned());
    let rest: Vec<&str> = segments.collect();
    let kind = match rest.as_slice() {
        [] if user.is_none() => Kind::Directory,
        ["calendarView", "delta"] if query.contains("$deltatoken=") => Kind::Link,
        ["calendarView", "delta"] if query.contains("$skiptoken=") => Kind::Page,
        ["calendarView", "delta"] if query.contains("startDateTime=") && query.contains("endDateTime=") => {
            Kind::First
        }
        ["events", _] => Kind::Master,
        ["mailboxSettings", ..] => Kind::Tz,
        _ => return None,
    };
    Some((kind, user.unwrap_or_default()))
}

fn parameter(query: &str, name: &str) -> Option<String> {
    url::form_urlencoded::parse(query.as_bytes())
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
}

fn ok(body: String) -> Response<Body> {
    Response::builder().header("content-type", "application/json").body(Body::from(body)).unwrap()
}

fn refusal(status: u16, code: &str) -> Response<Body> {
    let body = json!({"error": {"code": code, "message": "x", "innerError": {"request-id": "0d2a"}}});
    let builder = Response::builder().status(status).header("content-type", "application/json");
    builder.body(Body::from(body.to_string())).unwrap()
}
