//! An AppWebsocket client.

use appwebsocket::{Credentials, SessionKey};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::{HeaderName, HeaderValue};
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{WebSocketStream, client_async};

use super::PATIENCE;

/// Plain or TLS.
pub trait Transport: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Transport for T {}

pub struct Socket {
    stream: WebSocketStream<Box<dyn Transport>>,
    /// After a login.
    pub key: Option<SessionKey>,
}

impl Socket {
    pub async fn connect(url: &str) -> Self {
        Self::connect_with(url, &[]).await
    }

    pub async fn connect_with(url: &str, headers: &[(&'static str, &str)]) -> Self {
        let (_, rest) = url.split_once("://").unwrap();
        let host = rest.split('/').next().unwrap();
        let stream = TcpStream::connect(host).await.unwrap();
        Self::connect_over(Box::new(stream), url, headers).await
    }

    pub async fn connect_over(
        stream: Box<dyn Transport>,
        url: &str,
        headers: &[(&'static str, &str)],
    ) -> Self {
        let mut request = url.into_client_request().unwrap();
        for (name, value) in headers {
            request
                .headers_mut()
                .append(HeaderName::from_static(name), HeaderValue::from_str(value).unwrap());
        }
        let (stream, _) = client_async(request, stream).await.unwrap();
        Self { stream, key: None }
    }

    /// Logs in and must succeed.
    pub async fn login(&mut self, app: &str, password: &str) -> Value {
        self.login_as(Credentials { app, domain: "example.com", ..Credentials::default() }, password).await
    }

    /// The same with all that a login may hold.
    pub async fn login_as(&mut self, login: Credentials<'_>, password: &str) -> Value {
        let result = self.try_login(login, password).await;
        assert_eq!(result["ok"], true, "{result}");
        result
    }

    /// Logs in, or not.
    pub async fn try_login(&mut self, login: Credentials<'_>, password: &str) -> Value {
        let challenge = self.challenge().await;
        self.key = Some(SessionKey::new(&challenge, password));
        let digest = login.digest(&challenge, password);
        self.ask(app_login(login, &digest)).await
    }

    pub async fn challenge(&mut self) -> String {
        let result = self.ask(json!({"mt": "AppChallenge"})).await;
        assert_eq!(result["mt"], "AppChallengeResult");
        result["challenge"].as_str().unwrap().to_owned()
    }

    pub async fn send(&mut self, message: impl ToString) {
        self.send_raw(Message::text(message.to_string())).await;
    }

    pub async fn send_raw(&mut self, message: Message) {
        // Fails where the service has closed the connection, which is then seen in reading.
        let _ = timeout(PATIENCE, self.stream.send(message)).await.expect("the service does not read");
    }

    /// The next message.
    pub async fn receive(&mut self) -> Value {
        match self.next().await {
            Some(Ok(Message::Text(text))) => serde_json::from_str(&text).unwrap(),
            other => panic!("no message: {other:?}"),
        }
    }

    /// Sends a message and gives the next one.
    pub async fn ask(&mut self, message: impl ToString) -> Value {
        self.send(message).await;
        self.receive().await
    }

    /// Sends a message and gives its answer; what comes before that is skipped.
    pub async fn answer(&mut self, message: Value) -> Value {
        let name = format!("{}Result", message["mt"].as_str().unwrap());
        let mut answer = self.ask(message).await;
        while answer["mt"] != *name {
            answer = self.receive().await;
        }
        answer
    }

    /// What has come, up to the answer to a message sent now.
    pub async fn received(&mut self) -> Vec<Value> {
        self.send(json!({"mt": "KeepAlive"})).await;
        let mut messages = Vec::new();
        loop {
            let message = self.receive().await;
            if message["mt"] == "KeepAliveResult" {
                return messages;
            }
            messages.push(message);
        }
    }

    /// Reads to the end and gives code and reason of it.
    pub async fn closed(&mut self) -> Option<(u16, String)> {
        loop {
            match self.next().await {
                Some(Ok(Message::Close(frame))) => {
                    return frame.map(|frame| (frame.code.into(), frame.reason.to_string()));
                }
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return None,
            }
        }
    }

    /// Writes some items under `Calendar`.
    pub async fn write(&mut self, items: Value) -> Value {
        self.answer(json!({"mt": "WriteConfig", "api": "Calendar", "ConfigItems": items})).await
    }

    /// Reads all items under `Calendar`.
    pub async fn read(&mut self) -> Value {
        self.answer(json!({"mt": "ReadConfig", "api": "Calendar"})).await
    }

    /// A secret as it travels encrypted.
    pub fn encrypted(&self, secret: &str) -> Value {
        let key = self.key.as_ref().unwrap();
        json!({"value": key.encrypt("0815", secret), "key": "0815"})
    }

    async fn next(&mut self) -> Option<Result<Message, Error>> {
        loop {
            let next = timeout(PATIENCE, self.stream.next()).await.expect("nothing comes");
            // The library answers by itself when somebody asks whether we are there.
            if !matches!(next, Some(Ok(Message::Ping(_) | Message::Pong(_)))) {
                return next;
            }
        }
    }
}

/// The text of an `AppLogin`. `info` goes in as it is.
pub fn app_login(login: Credentials<'_>, digest: &str) -> String {
    let info = login.info.map(|info| format!(r#","info":{info}"#)).unwrap_or_default();
    let fields = json!({
        "mt": "AppLogin", "app": login.app, "domain": login.domain, "sip": login.sip, "guid": login.guid,
        "dn": login.dn, "digest": digest, "pbxObj": "-",
    });
    let text = fields.to_string();
    format!("{}{info}}}", text.strip_suffix('}').unwrap())
}
