use std::pin::Pin;

use serde_json::{Map, Value as Json};

/// A message: a JSON object.
pub type Message = Map<String, Json>;

/// Who is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Peer {
    /// The PBX, through `PbxAdminApi`.
    Pbx,
    /// The manager of the App Platform, which keeps the passwords of the instances.
    Platform,
    /// The service.
    Service,
}

/// Why something was not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The page that shows the form has no PBX.
    NoPbx,
    /// There was no answer.
    Silent(Peer),
    /// The answer was an error, with what it said about that.
    Refused(Peer, String),
    /// Whether the existing objects work could not be found out. A new password might break them.
    Unchecked,
}

/// The answer to come. Boxed, so that the tasks which wait for it stay small.
pub type Reply<'a> = Pin<Box<dyn Future<Output = Option<Message>> + 'a>>;

/// What carries the messages.
pub trait Transport {
    /// Sends a message and gets the answer, or `None` if nothing comes back.
    fn send(&self, to: Peer, mt: &'static str, body: Message) -> Reply<'_>;

    /// A password that nobody can guess, where there is a way to make one.
    fn new_password(&self) -> Option<String>;
}

/// Asks for something; an answer that is an error becomes one.
pub async fn ask(
    transport: &dyn Transport,
    to: Peer,
    mt: &'static str,
    body: Message,
) -> Result<Message, Problem> {
    let reply = transport.send(to, mt, body).await.ok_or(Problem::Silent(to))?;
    match reply.get("error") {
        None | Some(Json::Null | Json::Bool(false)) => Ok(reply),
        Some(Json::Number(number)) if number.as_i64() == Some(0) => Ok(reply),
        Some(Json::String(error)) if to != Peer::Service && error == NOT_AVAILABLE => Err(Problem::NoPbx),
        Some(error) => {
            let said = match text(&reply, "errorText") {
                "" => error.as_str().unwrap_or("error"),
                said => said,
            };
            Err(Problem::Refused(to, said.to_owned()))
        }
    }
}

/// The error of a page without a PBX.
const NOT_AVAILABLE: &str = "notAvailable";

/// A message of these fields.
pub fn body<const N: usize>(fields: [(&str, Json); N]) -> Message {
    let mut message = Message::new();
    // Not collected: that would sort them, and a sort from the library is larger than all of this.
    for (name, value) in fields {
        message.insert(name.to_owned(), value);
    }
    message
}

/// A text in a message; empty if the field is missing or no text.
pub fn text<'a>(message: &'a Message, name: &str) -> &'a str {
    message.get(name).and_then(Json::as_str).unwrap_or_default()
}

/// The objects that a message lists.
pub fn objects(message: &Message) -> impl Iterator<Item = &Message> {
    let objects = message.get("objects").and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default();
    objects.iter().filter_map(Json::as_object)
}
