//! Reading and writing single appointments at Graph, for the Calendar API.

use std::time::Duration;

use async_trait::async_trait;
use percent_encoding::utf8_percent_encode;
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, IF_MATCH};
use reqwest::{Method, StatusCode};
use serde::Deserialize;
use serde_json::Value as Json;
use tracing::debug;

use super::client::Graph;
use super::mailbox::segment;
use super::token::Token;
use super::written::{self, EventAnswer, ScheduleAnswer, SlotAnswer, ViewAnswer};
use super::{classify, foreign};
use crate::json::lenient;
use crate::source::writing::{Change, Event, Failure, New, Schedule, Slot, Writable};
use crate::source::{Error, Refused};

/// No answer here has more to say.
const MAX_ANSWER_BYTES: usize = 4 << 20;
/// Times in UTC, notes as text, and ids that stay when somebody moves the appointment.
const PREFER: &str = r#"IdType="ImmutableId", outlook.timezone="UTC", outlook.body-content-type="text""#;
/// More pages than a time of two weeks has.
const MOST_PAGES: usize = 50;
/// How long an answer is waited for: a caller gets its own within 20 seconds.
const PATIENCE: Duration = Duration::from_secs(8);
const EVENT_FIELDS: &str = "id,subject,body,start,end,isAllDay,location,showAs,sensitivity,isReminderOn,\
    reminderMinutesBeforeStart,attendees,createdDateTime,isOnlineMeeting,onlineMeeting";
const SLOT_FIELDS: &str = "id,start,end,isAllDay,showAs,isCancelled,createdDateTime";

/// One request.
struct Call<'a> {
    method: Method,
    request: &'a str,
    body: Option<&'a Json>,
    version: Option<&'a str>,
}

impl<'a> Call<'a> {
    fn get(request: &'a str) -> Self {
        Self { method: Method::GET, request, body: None, version: None }
    }
}

/// What came back with an error status.
struct Refusal {
    status: StatusCode,
    refused: Refused,
    /// The word that Graph has for it.
    code: String,
}

#[derive(Deserialize)]
struct ErrorBody {
    error: ErrorCode,
}

#[derive(Deserialize)]
struct ErrorCode {
    #[serde(default)]
    code: String,
}

#[derive(Deserialize)]
struct Providers {
    #[serde(rename = "allowedOnlineMeetingProviders", default)]
    allowed: Vec<String>,
}

impl Graph {
    /// Sends a request and gives the body of the answer; the error says whether the request may have been carried out.
    async fn call(&self, call: Call<'_>) -> Result<Vec<u8>, CallError> {
        let token = self.tokens.get().await.map_err(CallError::NotSent)?;
        match self.attempt(&call, &token).await {
            Err(CallError::Refused(refusal)) if refusal.status == StatusCode::UNAUTHORIZED => {
                // It may have been revoked, or the clock may be wrong.
                self.tokens.forget(Some(&token)).await;
                let token = self.tokens.get().await.map_err(CallError::NotSent)?;
                self.attempt(&call, &token).await
            }
            answer => answer,
        }
    }

    async fn attempt(&self, call: &Call<'_>, token: &Token) -> Result<Vec<u8>, CallError> {
        let mut headers = HeaderMap::from_iter([
            (AUTHORIZATION, token.0.clone()),
            (ACCEPT, HeaderValue::from_static("application/json")),
            (HeaderName::from_static("prefer"), HeaderValue::from_static(PREFER)),
        ]);
        if let Some(version) = call.version {
            let tag = HeaderValue::try_from(format!("W/\"{version}\""));
            headers.insert(IF_MATCH, tag.map_err(|_| CallError::NotSent(Error::NotFound))?);
        }
        let address = self.endpoints.request(call.request);
        let mut builder = self.transport.http().request(call.method.clone(), address).timeout(PATIENCE);
        if let Some(body) = call.body {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
            builder = builder.body(body.to_string());
        }
        let request = builder.headers(headers).build();
        let request = request.map_err(|error| CallError::NotSent(self.transport.error(&error)))?;
        let response = self.transport.send(request).await.map_err(|error| match error {
            // There was no connection over which it could have gone.
            Error::Unreachable(_) => CallError::NotSent(error),
            _ => CallError::Lost(error),
        })?;
        let (status, headers) = (response.status(), response.headers().clone());
        debug!(method = %call.method, %status, "Graph");
        let body = self.transport.read(response, MAX_ANSWER_BYTES).await;
        let body = body.and_then(|body| body.ok_or_else(classify::unreadable));
        if status.is_success() {
            let body = body.map_err(CallError::Lost)?;
            let is_foreign = status != StatusCode::NO_CONTENT && foreign::is_foreign(&body);
            return if is_foreign {
                Err(CallError::Lost(Error::Failed(foreign::graph(status))))
            } else {
                Ok(body)
            };
        }
        let body = body.unwrap_or_default();
        let code = serde_json::from_str::<ErrorBody>(&lenient(&body)).map(|body| body.error.code);
        let refused = classify::refused(status, &headers, &body);
        let refusal = Refusal { status, refused, code: code.unwrap_or_default() };
        // Of others nobody knows how far the request has come.
        let is_certain = status.is_client_error() && classify::is_own(&body);
        Err(if is_certain { CallError::Refused(refusal) } else { CallError::Lost(refusal.refused.error) })
    }

    /// Reads something, whatever comes of it the next time.
    async fn ask(&self, request: &str) -> Result<Vec<u8>, Error> {
        self.call(Call::get(request)).await.map_err(CallError::into_error)
    }

    async fn ask_event(&self, request: &str) -> Result<Option<Event>, Error> {
        match self.ask(request).await {
            Ok(body) => written::read::<EventAnswer>(&body).and_then(EventAnswer::event).map(Some),
            Err(Error::NotFound) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// Why there is no answer to a request.
enum CallError {
    NotSent(Error),
    Refused(Refusal),
    Lost(Error),
}

impl CallError {
    fn into_error(self) -> Error {
        match self {
            Self::NotSent(error) | Self::Lost(error) => error,
            Self::Refused(refusal) => refusal.refused.error,
        }
    }

    fn into_failure(self) -> Failure {
        match self {
            Self::NotSent(error) => Failure::Refused(error),
            Self::Lost(error) => Failure::Lost(error),
            Self::Refused(refusal) if refusal.code == "ErrorDuplicateTransactionId" => Failure::Taken,
            Self::Refused(refusal) if refusal.status == StatusCode::PRECONDITION_FAILED => Failure::Changed,
            Self::Refused(refusal) if refusal.code == "ErrorIrresolvableConflict" => Failure::Changed,
            Self::Refused(refusal) if refusal.code == "ErrorItemNotFound" => Failure::Gone,
            Self::Refused(refusal) => Failure::Refused(refusal.refused.error),
        }
    }
}

#[async_trait]
impl Writable for Graph {
    async fn mailbox(&self, address: &str) -> Result<String, Error> {
        if let Some(known) = self.mailboxes.get(address) {
            return Ok(known);
        }
        let found = match self.accounts(&[address]).await.map_err(Error::from) {
            Ok(accounts) => accounts.into_iter().next().ok_or(Error::NotFound)?.id,
            // Without the permission to look it up, the address may be the sign-in name.
            Err(Error::Forbidden) => address.to_owned(),
            Err(error) => return Err(error),
        };
        self.mailboxes.note(address, &found);
        Ok(found)
    }

    async fn busy(&self, addresses: &[String], from: i64, to: i64) -> Result<Vec<Schedule>, Error> {
        let body = written::schedule_request(addresses, from, to);
        let mut last = Error::NotFound;
        // Any mailbox that the application may read can ask for all.
        for address in addresses {
            let request = format!("users/{}/calendar/getSchedule", segment(address));
            let call = Call { method: Method::POST, request: &request, body: Some(&body), version: None };
            match self.call(call).await.map_err(CallError::into_error) {
                Ok(body) => return Ok(written::read::<ScheduleAnswer>(&body)?.schedules(addresses)),
                Err(error @ (Error::NotFound | Error::Elsewhere | Error::Forbidden)) => last = error,
                Err(error) => return Err(error),
            }
        }
        match last {
            Error::Forbidden => Err(last),
            _ => Ok(addresses
                .iter()
                .map(|address| Schedule { address: address.clone(), busy: None })
                .collect()),
        }
    }

    async fn zone(&self, mailbox: &str) -> Result<String, Error> {
        match self.time_zone(mailbox).await.map_err(Error::from) {
            Err(Error::Forbidden) => Ok(String::new()),
            zone => zone,
        }
    }

    async fn offers_online(&self, mailbox: &str) -> Result<bool, Error> {
        let request = format!("users/{}/calendar?$select=allowedOnlineMeetingProviders", segment(mailbox));
        let providers: Providers = written::read(&self.ask(&request).await?)?;
        Ok(providers.allowed.iter().any(|provider| provider == "teamsForBusiness"))
    }

    async fn marked(&self, mailbox: &str, mark: &str) -> Result<Option<Event>, Error> {
        let filter = format!(
            "singleValueExtendedProperties/Any(ep: ep/id eq '{}' and ep/value eq '{}')",
            written::PROPERTY,
            mark.replace('\'', "''")
        );
        let filter = utf8_percent_encode(&filter, percent_encoding::NON_ALPHANUMERIC);
        let request =
            format!("users/{}/events?$filter={filter}&$select={EVENT_FIELDS}&$top=5", segment(mailbox));
        let answer: written::EventsAnswer = written::read(&self.ask(&request).await?)?;
        answer.value.into_iter().next().map(EventAnswer::event).transpose()
    }

    async fn view(&self, mailbox: &str, from: i64, to: i64) -> Result<Vec<Slot>, Error> {
        let (start, end) = (written::timestamp(from), written::timestamp(to));
        let mut request = format!(
            "users/{}/calendarView?startDateTime={start}&endDateTime={end}&$select={SLOT_FIELDS}&$top=100",
            segment(mailbox)
        );
        let mut slots = Vec::new();
        for _ in 0..MOST_PAGES {
            let page: ViewAnswer = written::read(&self.ask(&request).await?)?;
            slots.extend(page.value.into_iter().map(SlotAnswer::slot));
            let Some(next) = page.next else { return Ok(slots) };
            let link = super::link::Link::from_answer(&next, &self.endpoints);
            link.ok_or_else(classify::unreadable)?.as_str().clone_into(&mut request);
        }
        Err(classify::unreadable())
    }

    async fn get(&self, mailbox: &str, id: &str) -> Result<Option<Event>, Error> {
        let request = format!("users/{}/events/{}?$select={EVENT_FIELDS}", segment(mailbox), segment(id));
        self.ask_event(&request).await
    }

    async fn create(&self, mailbox: &str, new: &New) -> Result<Event, Failure> {
        let (request, body) = (format!("users/{}/events", segment(mailbox)), written::new(new));
        let call = Call { method: Method::POST, request: &request, body: Some(&body), version: None };
        let answer = self.call(call).await.map_err(CallError::into_failure)?;
        // It is there, though what was said of it cannot be read.
        written::read::<EventAnswer>(&answer).and_then(EventAnswer::event).map_err(Failure::Lost)
    }

    async fn update(
        &self,
        mailbox: &str,
        id: &str,
        version: &str,
        change: &Change,
    ) -> Result<Event, Failure> {
        let request = format!("users/{}/events/{}", segment(mailbox), segment(id));
        let body = written::change(change);
        let call =
            Call { method: Method::PATCH, request: &request, body: Some(&body), version: Some(version) };
        let answer = self.call(call).await.map_err(CallError::into_failure)?;
        written::read::<EventAnswer>(&answer).and_then(EventAnswer::event).map_err(Failure::Lost)
    }

    async fn delete(&self, mailbox: &str, id: &str, version: &str) -> Result<(), Failure> {
        let request = format!("users/{}/events/{}", segment(mailbox), segment(id));
        let call = Call { method: Method::DELETE, request: &request, body: None, version: Some(version) };
        self.call(call).await.map(drop).map_err(CallError::into_failure)
    }
}
