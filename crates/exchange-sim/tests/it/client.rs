//! A client that does nothing on its own: one connection, requests as they are, answers as they came.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use exchange_sim::{Account, ExchangeSim, Mailbox, Options};
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::{HeaderMap, Method, Request, Response};
use hyper_util::rt::TokioIo;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use crate::ntlm::{self, Knobs};

pub const ANNA: &str = "anna@contoso.example";
pub const BEN: &str = "ben@contoso.example";
pub const PASSWORD: &str = "pässwörd";

/// A stand-in with Anna, Ben and an account that may impersonate both.
pub async fn start() -> ExchangeSim {
    start_with(Options::default()).await
}

pub async fn start_with(options: Options) -> ExchangeSim {
    let sim = ExchangeSim::start(options).await.unwrap();
    let anna = Mailbox {
        name: "Anna Arnold".into(),
        aliases: vec!["a.arnold@contoso.example".into()],
        ..Mailbox::new(ANNA)
    };
    sim.add_mailbox(anna).unwrap();
    sim.add_mailbox(Mailbox { name: "Ben Brown".into(), ..Mailbox::new(BEN) }).unwrap();
    sim.add_mailbox(Mailbox::new("svc@contoso.example")).unwrap();
    sim.add_account(account());
    sim
}

pub fn account() -> Account {
    Account::new("svc-calendar", "contoso.example", PASSWORD).with_mailbox("svc@contoso.example")
}

/// One connection.
pub struct Client {
    sender: SendRequest<Full<Bytes>>,
    /// The name in the URL.
    pub host: String,
    pub certificate: Option<Vec<u8>>,
    /// Sent with every request.
    pub headers: Vec<(&'static str, String)>,
}

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn all(&self, name: &str) -> Vec<&str> {
        self.headers.get_all(name).iter().map(|value| value.to_str().unwrap()).collect()
    }

    /// Texts of all elements of this name, whatever the prefix.
    pub fn texts(&self, name: &str) -> Vec<String> {
        texts(&self.body, name)
    }

    /// The first response code.
    pub fn code(&self) -> String {
        self.texts("ResponseCode").first().cloned().unwrap_or_else(|| panic!("no code in {self:?}"))
    }
}

pub fn texts(xml: &str, name: &str) -> Vec<String> {
    let mut found = Vec::new();
    for piece in xml.split('<').skip(1) {
        let Some((tag, text)) = piece.split_once('>') else { continue };
        let tag_name = tag.split([' ', '/']).next().unwrap();
        if tag_name.rsplit(':').next() == Some(name) && !tag.starts_with('/') {
            found.push(text.to_owned());
        }
    }
    found
}

/// Values of an attribute of all elements of this name.
pub fn attributes(xml: &str, name: &str, attribute: &str) -> Vec<String> {
    let tags = xml.split('<').filter_map(|piece| piece.split_once('>')).map(|(tag, _)| tag);
    tags.filter(|tag| tag.split(' ').next().unwrap().rsplit(':').next() == Some(name))
        .filter_map(|tag| tag.split_once(&format!(" {attribute}=\"")))
        .map(|(_, rest)| rest.split('"').next().unwrap().to_owned())
        .collect()
}

fn address(url: &str) -> SocketAddr {
    let port = url.rsplit(':').next().unwrap().parse().unwrap();
    SocketAddr::from(([127, 0, 0, 1], port))
}

impl Client {
    /// To the local Exchange at its port.
    pub async fn local(sim: &ExchangeSim) -> Self {
        let stream = TcpStream::connect(address(&sim.https_url())).await.unwrap();
        Self::with_tls(sim, "localhost", stream).await.unwrap()
    }

    /// To Exchange Online at its port.
    pub async fn online(sim: &ExchangeSim) -> Self {
        let stream = TcpStream::connect(address(&sim.online_url())).await.unwrap();
        Self::with_tls(sim, "localhost", stream).await.unwrap()
    }

    /// To plain http at its port.
    pub async fn plain(sim: &ExchangeSim) -> Self {
        let stream = TcpStream::connect(address(&sim.http_url())).await.unwrap();
        Self::speak("localhost", stream, None).await
    }

    /// Through the proxy, to a host by its name.
    pub async fn tunnel(sim: &ExchangeSim, host: &str) -> Result<Self, String> {
        let mut stream = TcpStream::connect(address(&sim.proxy_url())).await.unwrap();
        let request = format!("CONNECT {host}:443 HTTP/1.1\r\nHost: {host}:443\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        while !answer.ends_with(b"\r\n\r\n") {
            answer.push(stream.read_u8().await.map_err(|error| error.to_string())?);
        }
        let answer = String::from_utf8(answer).unwrap();
        if !answer.starts_with("HTTP/1.1 200") {
            return Err(answer.lines().next().unwrap().to_owned());
        }
        Self::with_tls(sim, host, stream).await
    }

    async fn with_tls(sim: &ExchangeSim, host: &str, stream: TcpStream) -> Result<Self, String> {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_slice(sim.ca_pem().as_bytes()).unwrap()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        let name = ServerName::try_from(host.to_owned()).unwrap();
        let stream = TlsConnector::from(Arc::new(config)).connect(name, stream).await;
        let stream = stream.map_err(|error| error.to_string())?;
        let certificate = stream.get_ref().1.peer_certificates().unwrap()[0].to_vec();
        Ok(Self::speak(host, stream, Some(certificate)).await)
    }

    async fn speak(
        host: &str,
        stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
        certificate: Option<Vec<u8>>,
    ) -> Self {
        let (sender, connection) = handshake(TokioIo::new(stream)).await.unwrap();
        tokio::spawn(connection);
        Self { sender, host: host.into(), certificate, headers: Vec::new() }
    }

    /// A connection that is logged in at EWS.
    pub async fn logged_in(sim: &ExchangeSim) -> Self {
        let mut client = Self::local(sim).await;
        let answer = client.login(&Knobs::default()).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        client
    }

    /// The same through the proxy.
    pub async fn tunnel_logged_in(sim: &ExchangeSim, host: &str) -> Self {
        let mut client = Self::tunnel(sim, host).await.unwrap();
        let answer = client.login(&Knobs::default()).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        client
    }

    pub async fn send(
        &mut self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Result<Response<Incoming>, hyper::Error> {
        let mut request = Request::builder().method(method).uri(path).header("host", &self.host);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let request = request.body(Full::new(Bytes::from(body.to_owned()))).unwrap();
        self.sender.ready().await?;
        self.sender.send_request(request).await
    }

    pub async fn ask(&mut self, method: Method, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let response = self.send(method, path, headers, body).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        let body = String::from_utf8(body.to_vec()).unwrap();
        Answer { status: parts.status.as_u16(), headers: parts.headers, body }
    }

    /// Posts XML to EWS.
    pub async fn post(&mut self, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut all = vec![("content-type", "text/xml; charset=utf-8")];
        all.extend_from_slice(headers);
        self.ask(Method::POST, EWS, &all, body).await
    }

    /// An operation, impersonating somebody or not.
    pub async fn ews(&mut self, whom: Option<&str>, operation: &str) -> Answer {
        let body = envelope(whom, operation);
        self.post(&[], &body).await
    }

    /// The three messages of NTLM; the last one carries a request.
    pub async fn login(&mut self, knobs: &Knobs) -> Answer {
        let scheme = if knobs.negotiate { "Negotiate" } else { "NTLM" };
        let negotiate = ntlm::negotiate();
        let first = self.post(&[("authorization", &ntlm::header(scheme, &negotiate))], "").await;
        assert_eq!(first.status, 401, "{first:?}");
        let challenge = ntlm::challenge_in(first.header("www-authenticate"), scheme);
        let message =
            ntlm::authenticate(&negotiate, &challenge, &self.host, self.certificate.as_deref(), knobs);
        let body = envelope(None, GET_CALENDAR);
        self.post(&[("authorization", &ntlm::header(scheme, &message))], &body).await
    }
}

pub const EWS: &str = "/EWS/Exchange.asmx";
pub const GET_CALENDAR: &str = "<m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape>\
    <m:FolderIds><t:DistinguishedFolderId Id=\"calendar\"/></m:FolderIds></m:GetFolder>";

/// A template for each of several values, which take the place of `{}`.
pub fn each(template: &str, values: &[impl AsRef<str>]) -> String {
    values.iter().map(|value| template.replace("{}", value.as_ref())).collect::<Vec<_>>().concat()
}

pub fn envelope(whom: Option<&str>, operation: &str) -> String {
    let whom = whom.map(|whom| {
        format!(
            "<t:ExchangeImpersonation><t:ConnectingSID>{whom}</t:ConnectingSID></t:ExchangeImpersonation>"
        )
    });
    with_header(
        &format!("<t:RequestServerVersion Version=\"Exchange2013\"/>{}", whom.unwrap_or_default()),
        operation,
    )
}

pub fn with_header(header: &str, operation: &str) -> String {
    format!(
        "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\" \
         xmlns:m=\"http://schemas.microsoft.com/exchange/services/2006/messages\" \
         xmlns:t=\"http://schemas.microsoft.com/exchange/services/2006/types\"><s:Header>{header}</s:Header><s:Body>\
         {operation}</s:Body></s:Envelope>"
    )
}

pub fn primary(address: &str) -> String {
    format!("<t:PrimarySmtpAddress>{address}</t:PrimarySmtpAddress>")
}

pub fn smtp(address: &str) -> String {
    format!("<t:SmtpAddress>{address}</t:SmtpAddress>")
}

/// A calendar view with everything that the presence needs.
pub fn find_item(start: &str, end: &str) -> String {
    let fields = [
        "item:Subject",
        "item:Sensitivity",
        "calendar:Start",
        "calendar:End",
        "calendar:IsAllDayEvent",
        "calendar:LegacyFreeBusyStatus",
        "calendar:IsCancelled",
        "calendar:CalendarItemType",
        "calendar:UID",
        "calendar:StartTimeZoneId",
        "calendar:StartWallClock",
        "calendar:EndWallClock",
    ];
    let fields = each("<t:FieldURI FieldURI=\"{}\"/>", &fields);
    format!(
        "<m:FindItem Traversal=\"Shallow\"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties>\
         {fields}</t:AdditionalProperties></m:ItemShape><m:CalendarView MaxEntriesReturned=\"1000\" \
         StartDate=\"{start}\" EndDate=\"{end}\"/><m:ParentFolderIds><t:DistinguishedFolderId Id=\"calendar\"/>\
         </m:ParentFolderIds></m:FindItem>"
    )
}

/// Two weeks in November.
pub fn view() -> String {
    find_item("2026-11-16T00:00:00Z", "2026-11-30T00:00:00Z")
}

pub fn instant(text: &str) -> chrono::DateTime<chrono::Utc> {
    text.parse().unwrap()
}

/// A meeting on the 20th of November.
pub fn meeting(title: &str) -> graph_sim::Appointment {
    graph_sim::Appointment::new(title, instant("2026-11-20T09:00:00Z"), instant("2026-11-20T10:00:00Z"))
}

/// Waits for what comes soon.
pub async fn within<T>(what: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(30), what).await.expect("it took more than half a minute")
}
