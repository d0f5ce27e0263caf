//! A client that does nothing on its own: it asks and shows what came back.

#![allow(dead_code, reason = "each of the two programs uses its part")]

use chrono::{DateTime, Utc};
use graph_sim::{GraphSim, Settings, User};
use reqwest::{Client, RequestBuilder, Response};
use serde_json::Value;

pub const ANNA: &str = "anna@contoso.example";
pub const BEN: &str = "ben@contoso.example";
pub const TENANT: &str = "7e4a41d0-0000-4000-8000-000000000001";
pub const CLIENT: &str = "ca1e4da4-0000-4000-8000-000000000002";
pub const SCOPE: &str = "https://graph.microsoft.com/.default";
pub const WINDOW: &str = "startDateTime=2026-11-16T00:00:00Z&endDateTime=2026-11-30T00:00:00Z";

pub fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// A stand-in whose clock stands still, with Anna and Ben and a client that is signed in.
pub async fn start() -> (GraphSim, Asker) {
    let settings = Settings { clock: Some(instant("2026-11-21T09:00:00Z")), ..Settings::default() };
    start_with(settings).await
}

pub async fn start_with(settings: Settings) -> (GraphSim, Asker) {
    let sim = GraphSim::start(settings).await.unwrap();
    let anna = User { display_name: "Anna Arnold".into(), ..User::new(ANNA) };
    sim.add_user(anna).unwrap();
    sim.add_user(User::new(BEN)).unwrap();
    let asker = Asker::signed_in(&sim).await;
    (sim, asker)
}

pub struct Asker {
    pub http: Client,
    pub url: String,
    pub token: String,
}

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub body: Value,
}

/// A client. Other crates of the workspace build reqwest with TLS that wants a provider, also where none is used.
pub fn http() -> Client {
    // Fails when there is one already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::new()
}

impl Asker {
    pub async fn signed_in(sim: &GraphSim) -> Self {
        let mut asker = Self { http: http(), url: sim.url(), token: String::new() };
        asker.sign_in().await;
        asker
    }

    pub async fn sign_in(&mut self) {
        let answer = self.token(TENANT, &credentials()).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        self.token = token_of(&answer);
    }

    pub async fn token(&self, tenant: &str, form: &[(&str, &str)]) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let request = self
            .http
            .post(format!("{}/{tenant}/oauth2/v2.0/token", self.url))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body);
        Answer::of(request.send().await.unwrap()).await
    }

    pub fn request(&self, target: &str) -> RequestBuilder {
        self.http.get(format!("{}/v1.0{target}", self.url)).bearer_auth(&self.token)
    }

    pub async fn get(&self, target: &str) -> Answer {
        Answer::of(self.request(target).send().await.unwrap()).await
    }

    pub async fn get_with(&self, target: &str, headers: &[(&str, &str)]) -> Answer {
        let request = headers.iter().fold(self.request(target), |r, (name, value)| r.header(*name, *value));
        Answer::of(request.send().await.unwrap()).await
    }

    pub async fn delta(&self, user: &str) -> Answer {
        self.get(&format!("/users/{user}/calendarView/delta?{WINDOW}")).await
    }

    /// Follows a link as a client of a stand-in has to: path and query alone.
    pub async fn follow(&self, answer: &Answer) -> Answer {
        let link = answer.link();
        self.get(link.strip_prefix("https://graph.microsoft.com/v1.0").unwrap()).await
    }

    /// All rows of a round, and its last answer.
    pub async fn round(&self, first: Answer) -> (Vec<Value>, Answer) {
        let (mut answer, mut rows) = (first, Vec::new());
        loop {
            assert_eq!(answer.status, 200, "{}", answer.body);
            rows.extend(answer.body["value"].as_array().unwrap().iter().cloned());
            if answer.body.get("@odata.deltaLink").is_some() {
                return (rows, answer);
            }
            answer = self.follow(&answer).await;
        }
    }
}

impl Answer {
    pub async fn of(response: Response) -> Self {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await.unwrap();
        Self { status, headers, body: serde_json::from_str(&text).unwrap_or(Value::String(text)) }
    }

    pub fn link(&self) -> &str {
        let link = self.body.get("@odata.nextLink").or(self.body.get("@odata.deltaLink"));
        link.unwrap_or_else(|| panic!("no link in {}", self.body)).as_str().unwrap()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Status, code and message of a refusal of Graph, whose form is checked.
    pub fn refusal(&self) -> (u16, &str, &str) {
        let error = &self.body["error"];
        assert_eq!(error["innerError"]["request-id"], self.header("request-id"), "{}", self.body);
        (self.status, error["code"].as_str().unwrap(), error["message"].as_str().unwrap())
    }
}

pub fn credentials() -> [(&'static str, &'static str); 4] {
    [
        ("grant_type", "client_credentials"),
        ("client_id", CLIENT),
        ("client_secret", "graph-sim-secret"),
        ("scope", SCOPE),
    ]
}

/// Subjects of full rows; `occurrence` and `removed` for the others.
pub fn kinds(rows: &[Value]) -> Vec<String> {
    let kind = |row: &Value| match (&row["subject"], row.get("@removed")) {
        (Value::String(subject), _) => subject.clone(),
        (_, Some(_)) => "removed".to_owned(),
        _ => row["type"].as_str().unwrap().to_owned(),
    };
    rows.iter().map(kind).collect()
}

/// The token of an answer that has one.
pub fn token_of(answer: &Answer) -> String {
    answer.body["access_token"].as_str().unwrap().to_owned()
}
