//! `/api/v1/…`: the Calendar API over HTTP. While it is off, it is not there.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `request` | what is read of a request |
//! | `refusal` | what is answered where something is wrong |

mod refusal;
mod request;

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{AUTHORIZATION, CACHE_CONTROL};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode};
use axum::response::IntoResponse;
use axum::{Extension, Json};
use chrono::Utc;
use serde_json::json;
use tokio::time::timeout;

use super::files::not_found;
use super::own_origin::single;
use crate::appointments::{Appointments, Caller, Callers, ChangeDraft, NewDraft, Problem, hash};
use crate::client::Client;
use crate::places::Place;
use crate::service::Service;
use refusal::Refusal;
use request::{BusyQuery, key, parse, read, version};

/// An answer takes no longer.
const PATIENCE: Duration = Duration::from_secs(20);

/// One request of a caller.
struct Call {
    service: Arc<Service>,
    appointments: Arc<Appointments>,
    caller: Caller,
    parts: Parts,
    body: Body,
}

/// Any request below `/api/v1`.
pub(super) async fn serve(
    State(service): State<Arc<Service>>,
    Extension(client): Extension<Client>,
    Extension(place): Extension<Arc<Place>>,
    request: Request,
) -> Response<Body> {
    let is_on = service.configuration.watch().borrow().settings.calendar_api;
    let Some(appointments) = service.appointments.get().filter(|_| is_on).cloned() else {
        return not_found();
    };
    let (parts, body) = request.into_parts();
    let answer = async {
        let caller = admit(&service, client, &parts.headers).await?;
        // From now on it is no stranger, whose connection could have to make room for others.
        place.logged_in();
        Call { service, appointments, caller, parts, body }.answer().await
    };
    let mut response = answer.await.unwrap_or_else(|refusal: Refusal| refusal.into_response());
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Who calls. A token that others could have read lets nobody in.
async fn admit(service: &Service, client: Client, headers: &HeaderMap) -> Result<Caller, Refusal> {
    if !client.is_secure() {
        return Err(Refusal::insecure());
    }
    let header = single(headers, AUTHORIZATION.as_str()).unwrap_or_default();
    let token = header.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    let Some((_, token)) = token else { return Err(Refusal::unauthorized()) };
    let callers = Callers::new(service.configuration.store().api());
    let found = callers.of_token(token.trim(), Utc::now().timestamp_millis()).await;
    found.map_err(|error| Problem::database(&error))?.ok_or_else(Refusal::unauthorized)
}

impl Call {
    async fn answer(self) -> Result<Response<Body>, Refusal> {
        let path = self.parts.uri.path().to_owned();
        let path: Vec<&str> = path.trim_start_matches("/api/v1").split('/').skip(1).collect();
        let method = self.parts.method.clone();
        match (path.as_slice(), &method) {
            (["busy"], &Method::GET) => self.busy().await,
            (["appointments"], &Method::POST) => self.create().await,
            (["appointments", id], &Method::GET) => self.get(id).await,
            (["appointments", id], &Method::PATCH) => self.update(id).await,
            (["appointments", id], &Method::DELETE) => self.delete(id).await,
            (["busy"], _) => Err(Refusal::method("GET")),
            (["appointments"], _) => Err(Refusal::method("POST")),
            (["appointments", _], _) => Err(Refusal::method("GET, PATCH, DELETE")),
            _ => Err(Refusal::not_found()),
        }
    }

    async fn busy(self) -> Result<Response<Body>, Refusal> {
        let BusyQuery { mailboxes, from, to } = BusyQuery::read(self.parts.uri.query().unwrap_or_default())?;
        let Self { service, appointments, caller, .. } = self;
        let found =
            in_time(&service, async move { appointments.busy(&caller, &mailboxes, &from, &to).await });
        Ok(Json(json!({"mailboxes": found.await?})).into_response())
    }

    async fn create(self) -> Result<Response<Body>, Refusal> {
        let key = key(&self.parts.headers)?;
        let value = read(self.body).await?;
        let hash = hash(value.to_string().as_bytes());
        let draft: NewDraft = parse(value)?;
        let Self { service, appointments, caller, .. } = self;
        let created =
            in_time(&service, async move { appointments.create(&caller, &key, hash, &draft).await });
        let (receipt, is_new) = created.await?;
        let status = if is_new { StatusCode::CREATED } else { StatusCode::OK };
        Ok((status, Json(receipt)).into_response())
    }

    async fn get(self, id: &str) -> Result<Response<Body>, Refusal> {
        let Self { service, appointments, caller, .. } = self;
        let id = id.to_owned();
        let receipt = in_time(&service, async move { appointments.get(&caller, &id).await }).await?;
        Ok(Json(receipt).into_response())
    }

    async fn update(self, id: &str) -> Result<Response<Body>, Refusal> {
        let version = version(&self.parts.headers)?;
        let draft: ChangeDraft = parse(read(self.body).await?)?;
        let Self { service, appointments, caller, .. } = self;
        let id = id.to_owned();
        let updated =
            in_time(&service, async move { appointments.update(&caller, &id, &version, &draft).await });
        Ok(Json(updated.await?).into_response())
    }

    async fn delete(self, id: &str) -> Result<Response<Body>, Refusal> {
        let version = version(&self.parts.headers)?;
        let Self { service, appointments, caller, .. } = self;
        let id = id.to_owned();
        in_time(&service, async move { appointments.delete(&caller, &id, &version).await }).await?;
        Ok(StatusCode::NO_CONTENT.into_response())
    }
}

/// Does something to its end, also where the caller goes away, and waits for it so long.
async fn in_time<T: Send + 'static>(
    service: &Service,
    work: impl Future<Output = Result<T, Problem>> + Send + 'static,
) -> Result<T, Problem> {
    match timeout(PATIENCE, service.connections.spawn(work)).await {
        Ok(Ok(done)) => done,
        // It goes on, or has ended in a panic, which is a defect of ours.
        Ok(Err(_)) | Err(_) => Err(Problem::unknown()),
    }
}
