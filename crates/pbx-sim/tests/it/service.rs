//! An App Service that does what a test tells it, word by word.

use std::time::Duration;

use appwebsocket::AppLogin;
use futures_util::{SinkExt, StreamExt};
use pbx_sim::{Options, Pbx};
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{WebSocketStream, accept_async};

const PASSWORD: &str = "instance password";
const CHALLENGE: &str = "1234567890123456";

/// Longer than anything here takes, so that a test which would wait for ever fails instead.
pub async fn soon<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(30), future).await.expect("it happens soon")
}

pub struct Service {
    listener: TcpListener,
}

impl Service {
    pub async fn start() -> Self {
        Self { listener: TcpListener::bind("127.0.0.1:0").await.unwrap() }
    }

    /// Options of a PBX that connects to it and is quick to try again.
    pub fn options(&self) -> Options {
        let url = format!("http://{}/pbxcalendar-calendar", self.listener.local_addr().unwrap());
        Options { reconnect: Duration::from_millis(1), ..Options::new(url, PASSWORD) }
    }

    pub async fn accept_raw(&self) -> TcpStream {
        soon(self.listener.accept()).await.unwrap().0
    }

    pub async fn accept(&self) -> Connection {
        Connection { wire: soon(accept_async(self.accept_raw().await)).await.unwrap() }
    }

    /// Accepts a connection and logs the PBX in, up to `AppInfo`.
    pub async fn log_in(&self) -> Connection {
        let mut connection = self.accept().await;
        assert!(connection.check_login().await);
        connection.send(json!({"mt": "AppLoginResult", "ok": true})).await;
        assert_eq!(connection.receive().await["mt"], "PbxInfo");
        assert_eq!(connection.receive().await["mt"], "AppInfo");
        connection
    }
}

pub struct Connection {
    pub wire: WebSocketStream<TcpStream>,
}

impl Connection {
    pub async fn send(&mut self, message: Value) {
        self.send_text(&message.to_string()).await;
    }

    pub async fn send_text(&mut self, text: &str) {
        self.wire.send(Message::text(text)).await.unwrap();
    }

    pub async fn receive_text(&mut self) -> String {
        soon(self.wire.next()).await.unwrap().unwrap().into_text().unwrap().as_str().to_owned()
    }

    pub async fn receive(&mut self) -> Value {
        serde_json::from_str(&self.receive_text().await).unwrap()
    }

    pub async fn ask(&mut self, message: Value) -> Value {
        self.send(message).await;
        self.receive().await
    }

    /// Nothing was sent: the answer to a question is the next that comes.
    pub async fn is_quiet(&mut self) {
        self.send(json!({"mt": "Probe", "api": "PbxApi", "src": "probe"})).await;
        assert_eq!(self.receive().await["src"], "probe");
    }

    /// Reads the close frame and the end.
    pub async fn until_closed(&mut self) -> Option<String> {
        let mut reason = None;
        while let Some(Ok(frame)) = soon(self.wire.next()).await {
            if let Message::Close(Some(frame)) = frame {
                reason = Some(frame.reason.as_str().to_owned());
            }
        }
        reason
    }

    /// Challenges the PBX; says whether its digest is right.
    pub async fn check_login(&mut self) -> bool {
        assert_eq!(self.receive().await, json!({"mt": "AppChallenge"}));
        self.send(json!({"mt": "AppChallengeResult", "challenge": CHALLENGE})).await;
        let text = self.receive_text().await;
        let login: AppLogin<'_> = serde_json::from_str(&text).unwrap();
        login.credentials().digest(CHALLENGE, PASSWORD) == login.digest
    }
}

/// A PBX with `user1` to `user3`, and its connection.
pub async fn connected() -> (Pbx, Connection) {
    connected_with(|_| {}).await
}

pub async fn connected_with(change: impl FnOnce(&mut Options)) -> (Pbx, Connection) {
    let service = Service::start().await;
    let mut options = service.options();
    change(&mut options);
    let pbx = Pbx::start(options);
    pbx.add_numbered_users(3);
    let connection = service.log_in().await;
    (pbx, connection)
}
