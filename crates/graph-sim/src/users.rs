//! `GET /users` and `GET /users/{id}`.

use serde_json::{Map, Value, json};

use crate::directory::{Directory, Entry, User};
use crate::error::Refusal;
use crate::filter::{Field, Filter};
use crate::graph::{Caller, insufficient};
use crate::message::{Reply, Request};
use crate::select;
use crate::sim::Sim;

/// Application permissions of the directory that show users.
const DIRECTORY: [&str; 4] =
    ["User.Read.All", "User.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"];

/// What is shown when `$select` names nothing else.
const DEFAULT: [&str; 11] = [
    "businessPhones",
    "displayName",
    "givenName",
    "jobTitle",
    "mail",
    "mobilePhone",
    "officeLocation",
    "preferredLanguage",
    "surname",
    "userPrincipalName",
    "id",
];

fn is_property(name: &str) -> bool {
    DEFAULT.contains(&name)
        || matches!(name, "proxyAddresses" | "accountEnabled" | "userType" | "mailNickname")
}

pub(crate) fn get(sim: &Sim, caller: &Caller, request: &Request, user: &str) -> Result<Reply, Refusal> {
    permit(caller)?;
    let select = select::read(request, "microsoft.graph.user", is_property)?;
    let state = sim.state.read();
    let entry = state.directory.find(user).ok_or_else(|| {
        let message = format!(
            "Resource '{user}' does not exist or one of its queried reference-property objects are not present."
        );
        Refusal::new(404, "Request_ResourceNotFound", message)
    })?;
    let chosen = select.as_ref().map(|names| format!("({})", names.join(","))).unwrap_or_default();
    let mut object = show(&entry.user, select.as_deref());
    let context = format!("{}/$metadata#users{chosen}/$entity", sim.service_root());
    object.insert("@odata.context".into(), context.into());
    Ok(Reply::json(200, &object))
}

pub(crate) fn list(sim: &Sim, caller: &Caller, request: &Request) -> Result<Reply, Refusal> {
    permit(caller)?;
    let advanced = Advanced::of(request);
    check_query(request)?;
    let select = select::read(request, "microsoft.graph.user", is_property)?;
    let filter =
        request.query.get("$filter").map(|text| Filter::parse(text, advanced.asked())).transpose()?;
    let top = top(request)?;
    let skip = skip(request)?;
    let state = sim.state.read();
    let found = find(&state.directory, filter.as_ref());
    let page: Vec<_> =
        found.iter().skip(skip).take(top).map(|entry| show(&entry.user, select.as_deref())).collect();
    let chosen = select.as_ref().map(|names| format!("({})", names.join(","))).unwrap_or_default();
    let mut answer = Map::new();
    answer.insert("@odata.context".into(), json!(format!("{}/$metadata#users{chosen}", sim.service_root())));
    if advanced.asked() {
        answer.insert("@odata.count".into(), json!(found.len()));
    }
    if found.len() > skip + page.len() {
        answer.insert("@odata.nextLink".into(), json!(next_link(sim, request, skip + page.len())));
    }
    answer.insert("value".into(), json!(page));
    Ok(Reply::json(200, &answer))
}

fn permit(caller: &Caller) -> Result<(), Refusal> {
    let permitted = caller.roles.iter().any(|role| DIRECTORY.contains(&role.as_str()));
    if permitted { Ok(()) } else { Err(insufficient()) }
}

/// Advanced queries need the header and the parameter; with one of them alone the parameter is ignored.
struct Advanced {
    eventual: bool,
    count: bool,
}

impl Advanced {
    fn of(request: &Request) -> Self {
        let is =
            |value: Option<&str>, wanted: &str| value.is_some_and(|value| value.eq_ignore_ascii_case(wanted));
        Self {
            eventual: is(request.header("consistencylevel"), "eventual"),
            count: is(request.query.get("$count"), "true"),
        }
    }

    fn asked(&self) -> bool {
        self.eventual && self.count
    }
}

fn check_query(request: &Request) -> Result<(), Refusal> {
    for name in request.query.names() {
        match name.to_lowercase().as_str() {
            "$select" | "$filter" | "$count" | "$top" | "$skiptoken" => {}
            "$skip" => {
                return Err(Refusal::new(
                    400,
                    "Request_BadRequest",
                    "'$skip' is not supported by the service.",
                ));
            }
            name if name.starts_with('$') => return Err(Refusal::left_out(&format!("{name} on users"))),
            _ => {}
        }
    }
    Ok(())
}

fn top(request: &Request) -> Result<usize, Refusal> {
    let Some(text) = request.query.get("$top") else { return Ok(100) };
    match text.parse() {
        Ok(top @ 1..=999) => Ok(top),
        _ => Err(Refusal::new(
            400,
            "Request_BadRequest",
            format!("Invalid page size specified: '{text}'. Must be between 1 and 999 inclusive."),
        )),
    }
}

fn skip(request: &Request) -> Result<usize, Refusal> {
    let Some(token) = request.query.get("$skiptoken") else { return Ok(0) };
    let number = token.strip_prefix("RFNwdAo").and_then(|rest| usize::from_str_radix(rest, 16).ok());
    number.ok_or_else(|| Refusal::new(400, "Directory_InvalidSkipToken", "The skip token is invalid."))
}

/// Repeats the parameters of the request, which the directory's links have to carry.
fn next_link(sim: &Sim, request: &Request, skip: usize) -> String {
    let kept = ["$select", "$filter", "$count", "$top"];
    let mut query = form_urlencoded::Serializer::new(String::new());
    for name in kept {
        if let Some(value) = request.query.get(name) {
            query.append_pair(name, value);
        }
    }
    query.append_pair("$skiptoken", &format!("RFNwdAo{skip:08X}"));
    format!("{}/users?{}", sim.service_root(), query.finish())
}

/// Where the filter names addresses, the index answers; else everybody is asked.
fn find<'a>(directory: &'a Directory, filter: Option<&Filter>) -> Vec<&'a Entry> {
    let Some(filter) = filter else { return directory.iter().collect() };
    let Some(equals) = filter.equalities() else {
        return directory.iter().filter(|entry| filter.holds(&entry.user)).collect();
    };
    let mut found: Vec<&Entry> = Vec::new();
    for (field, value) in equals {
        let hits = match field {
            Field::Mail => directory.with_address(&format!("mail:{}", value.to_lowercase())),
            Field::ProxyAddresses => directory.with_address(&value.to_lowercase()),
            Field::Id | Field::UserPrincipalName => {
                directory.find(value).into_iter().filter(|entry| filter.holds(&entry.user)).collect()
            }
        };
        for hit in hits {
            if found.iter().all(|known| known.user.id != hit.user.id) {
                found.push(hit);
            }
        }
    }
    found
}

/// What the stand-in does not know of a user is null, as it is for a user of whom nobody entered it.
fn show(user: &User, select: Option<&[String]>) -> Map<String, Value> {
    let value = |name: &str| match name {
        "id" => json!(user.id),
        "displayName" => json!(user.display_name),
        "mail" => json!(user.mail),
        "userPrincipalName" => json!(user.user_principal_name),
        "proxyAddresses" => json!(user.proxy_addresses),
        "businessPhones" => json!([]),
        "accountEnabled" => json!(true),
        "userType" => json!("Member"),
        "mailNickname" => json!(user.user_principal_name.split('@').next()),
        _ => Value::Null,
    };
    match select {
        Some(names) => names.iter().map(|name| (name.clone(), value(name))).collect(),
        None => DEFAULT.iter().map(|name| ((*name).to_owned(), value(name))).collect(),
    }
}
