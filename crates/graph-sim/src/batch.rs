//! `POST /$batch`: up to 20 requests in one, each with its own status.

use std::collections::{BTreeMap, HashMap};

use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use futures_util::StreamExt;
use futures_util::stream;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::error::Refusal;
use crate::graph::{Caller, answer_one, finish};
use crate::message::{Ending, Reply, Request};
use crate::sim::Sim;

/// Requests in a batch, at most.
const MOST: usize = 20;
/// Requests of one batch that the Outlook service works on at once.
const AT_ONCE: usize = 4;

#[derive(Deserialize)]
struct Batch {
    requests: Vec<Step>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Step {
    id: String,
    method: String,
    url: String,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    #[serde(default)]
    depends_on: Vec<String>,
}

#[derive(Serialize)]
struct Answers {
    responses: Vec<Answer>,
}

#[derive(Serialize)]
struct Answer {
    id: String,
    status: u16,
    headers: BTreeMap<&'static str, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<Box<RawValue>>,
}

pub(crate) async fn answer(
    sim: &Sim,
    caller: &Caller,
    request: &Request,
    body: &[u8],
) -> Result<Reply, Refusal> {
    if request.method != Method::POST {
        let message = "Specified HTTP method is not allowed for the request target.";
        return Err(Refusal::new(405, "Request_BadRequest", message));
    }
    let steps = read(request, body)?;
    let sequential = steps.iter().any(|step| !step.depends_on.is_empty());
    let mut replies = if sequential {
        one_by_one(sim, caller, &steps).await
    } else {
        let answer = async |step: &Step| (step.id.clone(), run(sim, caller, step).await);
        stream::iter(&steps).map(answer).buffered(AT_ONCE).collect().await
    };
    if let Some((_, broken)) = replies.iter().find(|(_, reply)| reply.ending != Ending::Whole) {
        return Ok(Reply { ending: broken.ending, ..broken.clone() });
    }
    // Answers may come in any order; here it is never the order of the requests, so that nobody relies on it.
    replies.reverse();
    Ok(Reply::json(200, &Answers { responses: replies.into_iter().map(Answer::from).collect() }))
}

fn read(request: &Request, body: &[u8]) -> Result<Vec<Step>, Refusal> {
    let invalid =
        |why: String| Refusal::new(400, "BadRequest", format!("Invalid batch payload format: {why}"));
    if !request.header("content-type").is_some_and(|kind| kind.starts_with("application/json")) {
        return Err(invalid("the content type has to be application/json.".into()));
    }
    let batch: Batch = serde_json::from_slice(body).map_err(|error| invalid(format!("{error}.")))?;
    if batch.requests.len() > MOST {
        let message = format!("Number of batch request steps exceeds the maximum value of {MOST}.");
        return Err(Refusal::new(400, "MaximumValueExceeded", message));
    }
    let mut ids: Vec<String> = Vec::new();
    for step in &batch.requests {
        let id = step.id.to_lowercase();
        if step.url.contains("://") {
            return Err(invalid(format!("the url of request '{}' has to be relative.", step.id)));
        }
        if ids.contains(&id) {
            return Err(invalid(format!("request id '{}' is not unique.", step.id)));
        }
        if let Some(other) = step.depends_on.iter().find(|other| !ids.contains(&other.to_lowercase())) {
            return Err(invalid(format!(
                "request '{}' depends on '{other}', which does not precede it.",
                step.id
            )));
        }
        ids.push(id);
    }
    Ok(batch.requests)
}

async fn one_by_one(sim: &Sim, caller: &Caller, steps: &[Step]) -> Vec<(String, Reply)> {
    let mut done: HashMap<String, u16> = HashMap::new();
    let mut replies = Vec::with_capacity(steps.len());
    for step in steps {
        let succeeded = |id: &String| done.get(&id.to_lowercase()).is_some_and(|status| *status < 400);
        let reply = if step.depends_on.iter().all(succeeded) {
            run(sim, caller, step).await
        } else {
            let message = "A request that this one depends on has failed.";
            finish(sim, &step.request(), Err(Refusal::new(424, "FailedDependency", message)))
        };
        done.insert(step.id.to_lowercase(), reply.status);
        replies.push((step.id.clone(), reply));
    }
    replies
}

async fn run(sim: &Sim, caller: &Caller, step: &Step) -> Reply {
    answer_one(sim, caller, &step.request()).await
}

impl Step {
    fn request(&self) -> Request {
        let mut headers = HeaderMap::new();
        for (name, value) in &self.headers {
            if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), HeaderValue::from_str(value)) {
                headers.append(name, value);
            }
        }
        let method = self.method.to_uppercase().parse().unwrap_or(Method::TRACE);
        Request::new(method, &self.url, headers)
    }
}

impl From<(String, Reply)> for Answer {
    fn from((id, reply): (String, Reply)) -> Self {
        Self {
            id,
            status: reply.status,
            headers: reply.headers.into_iter().map(|(name, value)| (header_case(name), value)).collect(),
            body: RawValue::from_string(reply.body).ok(),
        }
    }
}

/// Headers of a batch are JSON keys; the published examples write these so.
fn header_case(name: &'static str) -> &'static str {
    match name {
        "content-type" => "Content-Type",
        "cache-control" => "Cache-Control",
        "retry-after" => "Retry-After",
        "location" => "Location",
        "preference-applied" => "Preference-Applied",
        other => other,
    }
}
