//! What the form needs of the page it is shown in.

use std::pin::Pin;
use std::rc::Rc;

use appwebsocket::SessionKey;
use gloo_net::websocket::futures::WebSocket;
use js_sys::Function;
use wasm_bindgen::JsValue;
use web_sys::Element;

/// What the form needs of the page it is shown in: a way to the service, and a few favours. Clones are the same page.
#[derive(Clone)]
pub struct Host(Rc<dyn Surroundings>);

/// A page that shows the form. Beside [`connect`](Self::connect) everything is a favour, without which the form does with
/// less.
pub trait Surroundings {
    /// Opens a socket to the service and logs in there, as the PBX Manager does. `None` if the browser refuses, for
    /// instance an insecure one on a secure page.
    fn connect(&self) -> Option<Opening>;

    /// Takes the unsaved input as JSON without secrets, `None` when nothing is unsaved, so that it outlives the form.
    fn draft(&self, json: Option<String>) {
        let _ = json;
    }

    /// Such input of a form that was closed before.
    fn kept(&self) -> Option<Kept> {
        None
    }

    /// Hears that it is not needed any more.
    fn forget(&self) {}

    /// Shows what is opened on demand, such as the users, in `container`. `None` where that cannot be had.
    fn page(&self, request: PageRequest) -> Loading {
        let _ = request;
        Box::pin(async { None })
    }
}

/// A page that is being loaded.
pub type Loading = Pin<Box<dyn Future<Output = Option<Box<dyn Page>>>>>;

/// Unsaved input of a form that was closed.
pub struct Kept {
    /// The input as JSON.
    pub json: String,
    /// When the form was closed, in milliseconds since the epoch.
    pub at: f64,
}

/// What is to be shown of that which is opened on demand.
pub struct PageRequest {
    /// Where. It has no shadow root yet.
    pub container: Element,
    /// Its name: `preview`, `users`, `dryRun`, `overview`, `transfer`, `certificate`, `relay`, `signIn`,
    /// `objects`, `test` or `assistant`.
    pub view: &'static str,
    /// What the form shows now, a plain object.
    pub state: JsValue,
    /// Asks the service: of a message, its body, and what takes the reply.
    pub ask: Function,
}

/// Something that was opened on demand.
pub trait Page {
    /// Hands over what the form shows now.
    fn update(&self, state: &JsValue);
    /// Takes it out.
    fn close(&self);
}

/// A socket to the service, and the login that the page makes there.
pub struct Opening {
    /// Opens, or is open already.
    pub socket: WebSocket,
    /// What becomes of the login. In vain if the socket closes before.
    pub login: PendingLogin,
    /// Whether the socket is encrypted.
    pub is_secure: bool,
}

/// A login on its way.
pub type PendingLogin = Pin<Box<dyn Future<Output = Login>>>;

/// What became of a login.
pub enum Login {
    /// The service took it, with the key for secrets where it came with one.
    Taken(Option<SessionKey>),
    /// The service did not take it.
    Refused,
    /// The page gave none; with what it said about that.
    Missing(String),
}

impl Host {
    /// The page as the form sees it.
    pub fn new(surroundings: impl Surroundings + 'static) -> Self {
        Self(Rc::new(surroundings))
    }
}

impl std::ops::Deref for Host {
    type Target = dyn Surroundings;

    fn deref(&self) -> &Self::Target {
        &*self.0
    }
}
