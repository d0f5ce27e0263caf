//! What JavaScript sees.

use std::any::Any;

use calendar::settings::Settings;
use js_sys::{Object, Promise};
use kit::Language;
use kit::js::from_js;
use leptos::mount::mount_to_renderer;
use leptos::prelude::*;
use serde::Deserialize;
use wasm_bindgen::prelude::*;
use web_sys::{HtmlElement, ShadowRootInit, ShadowRootMode, console};

use crate::api::Api;
use crate::assistant::Assistant;
use crate::certificate::Certificates;
use crate::dry_run::DryRun;
use crate::frame::Frame;
use crate::objects::Objects;
use crate::overview::Overview;
use crate::preview::Preview;
use crate::relay::Whereabouts;
use crate::settings;
use crate::sign_in::SignIn;
use crate::styles::SHEETS;
use crate::test::Test;
use crate::told::Told;
use crate::transfer::Transfer;
use crate::users::Users;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** What the form shows at the moment. Settings are the items of ConfigItems by name, passwords left out. */
export interface State {
  language: string;
  /** As typed. */
  settings: object;
  /** As the service has them. */
  stored: object;
  /** The page of the assistant that is to be shown, empty for none. */
  way: string;
  /** The passwords that are there, stored or typed, by the names of their items. */
  secrets: string[];
  /** Whether the configured PBX is connected, where that is known. */
  pbxConnected?: boolean;
  /** Address under which others reach the service, where it has one. */
  publicUrl?: string;
  /** What the service answered to GetStatus last, or told by StatusUpdate since. */
  status?: object;
  /** What a relay on an App Platform says of itself and its link, where there is one. */
  relay?: object;
}

/** What a page needs of the form. */
export interface Services {
  /** Asks the service and gives its reply. Rejects while there is no connection. `take` is for the form itself: the
      items become its input; `go {to, state}` as well: it leads to a part or an item of the form, to users in a state, to a page; and `save`. `TestConnection` gets what was typed from the
      form, and what is told before the answer goes to the function `tell` of its body. `place {ConfigItems}` tells a relay on an App Platform where the service runs. */
  request(message: string, body: object): Promise<object>;
  /** Sends a message of `PbxAdminApi` to the PBX, or one of `com.innovaphone.manager` to the App Platform: the answer.
      `{"error": "notAvailable"}` where there is no PBX. */
  pbx(message: object): Promise<object>;
  /** Address of the folder with the pages that the App objects show. */
  directory: string;
}
"#;

#[wasm_bindgen]
extern "C" {
    /// What the form shows at the moment, a plain JavaScript object.
    #[wasm_bindgen(typescript_type = "State")]
    pub type State;

    #[wasm_bindgen(method, getter)]
    fn language(this: &State) -> String;

    #[wasm_bindgen(method, getter)]
    fn settings(this: &State) -> Object;

    #[wasm_bindgen(method, getter)]
    fn stored(this: &State) -> Object;

    /// What a page needs of the form, a plain JavaScript object.
    #[wasm_bindgen(typescript_type = "Services")]
    pub type Services;

    /// Asks the service.
    #[wasm_bindgen(method, catch)]
    pub fn request(this: &Services, message: &str, body: &Object) -> Result<Promise, JsValue>;

    /// Asks the PBX or the App Platform.
    #[wasm_bindgen(method, catch)]
    pub fn pbx(this: &Services, message: &Object) -> Result<Promise, JsValue>;
}

/// Where the page is.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Place {
    /// Address of the folder with the pages that the App objects show.
    pub directory: String,
}

impl Services {
    /// Where the page is.
    pub fn place(&self) -> Place {
        from_js(self.into()).unwrap_or_default()
    }
}

/// A mounted page. It lives until [`unmount`](Self::unmount) or `free` is called.
#[wasm_bindgen]
pub struct Page {
    language: ArcRwSignal<Language>,
    typed: ArcRwSignal<Settings>,
    stored: ArcRwSignal<Settings>,
    told: ArcRwSignal<Told>,
    mounted: Option<Box<dyn Any>>,
}

/// Puts the page `view` into a shadow root of `container`, which must not have one yet.
#[wasm_bindgen]
pub fn mount(
    container: &HtmlElement,
    view: &str,
    state: &State,
    services: Services,
) -> Result<Page, JsValue> {
    let root = container.attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open))?;
    kit::adopt(&root, &SHEETS.concat())?;
    let body = document().create_element("div")?;
    root.append_child(&body)?;

    let language = ArcRwSignal::new(Language::from_host(&state.language()));
    let typed = ArcRwSignal::new(settings::read(&state.settings()));
    let stored = ArcRwSignal::new(settings::read(&state.stored()));
    let told = ArcRwSignal::new(from_js(state.into()).unwrap_or_default());
    let signals = (language.clone(), typed.clone(), stored.clone());
    let frame = move || Frame {
        language: signals.0.into(),
        typed: signals.1.into(),
        stored: signals.2.into(),
        services: StoredValue::new_local(services),
    };
    let told_of = told.clone();
    let mounted = show(&body, view, frame, move || RwSignal::from(told_of));
    let mounted = Some(mounted.ok_or_else(|| JsValue::from(view))?);
    Ok(Page { language, typed, stored, told, mounted })
}

/// Mounts a page. Gives what keeps it there; nothing where there is no such page.
fn show(
    body: &web_sys::Element,
    view: &str,
    frame: impl FnOnce() -> Frame + 'static,
    told: impl FnOnce() -> RwSignal<Told> + 'static,
) -> Option<Box<dyn Any>> {
    let page = match view {
        "objects" => keep(body, move || view! { <Objects frame=frame() told=told() /> }.into_any()),
        "test" => keep(body, move || view! { <Test frame=frame() /> }.into_any()),
        "assistant" => keep(body, move || view! { <Assistant frame=frame() told=told() /> }.into_any()),
        "relay" => keep(body, move || view! { <Whereabouts frame=frame() told=told() /> }.into_any()),
        "signIn" => keep(body, move || view! { <SignIn frame=frame() told=told() /> }.into_any()),
        "users" => keep(body, move || view! { <Users frame=frame() told=told() /> }.into_any()),
        "api" => keep(body, move || view! { <Api frame=frame() told=told() /> }.into_any()),
        "overview" => keep(body, move || view! { <Overview frame=frame() told=told() /> }.into_any()),
        "preview" => keep(body, move || view! { <Preview frame=frame() /> }.into_any()),
        "dryRun" => keep(body, move || view! { <DryRun frame=frame() /> }.into_any()),
        "transfer" => keep(body, move || view! { <Transfer frame=frame() /> }.into_any()),
        "certificate" => keep(body, move || view! { <Certificates frame=frame() /> }.into_any()),
        _ => return None,
    };
    Some(page)
}

fn keep(body: &web_sys::Element, page: impl FnOnce() -> AnyView + 'static) -> Box<dyn Any> {
    Box::new(mount_to_renderer(body, page))
}

#[wasm_bindgen]
impl Page {
    /// Shows what the form shows now: another language, other settings.
    pub fn update(&self, state: &State) {
        self.language.set(Language::from_host(&state.language()));
        self.typed.set(settings::read(&state.settings()));
        self.stored.set(settings::read(&state.stored()));
        self.told.set(from_js(state.into()).unwrap_or_default());
    }

    /// Takes the page out. May be called more than once.
    pub fn unmount(&mut self) {
        self.mounted = None;
    }
}

/// Makes the texts of a language known, as the build writes them.
#[wasm_bindgen]
#[expect(clippy::needless_pass_by_value, reason = "wasm-bindgen takes lists so")]
pub fn teach(language: &str, texts: Vec<JsValue>) {
    kit::teach(language, &texts);
}

/// Runs once, when the module starts: without this a panic would leave nothing but `unreachable` in the console.
#[wasm_bindgen(start)]
fn start() {
    std::panic::set_hook(Box::new(|panic| console::error_1(&panic.to_string().into())));
}
