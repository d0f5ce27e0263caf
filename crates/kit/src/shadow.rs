use std::cell::OnceCell;

use js_sys::{Array, Reflect};
use leptos::html::Div;
use leptos::mount::mount_to_renderer;
use leptos::prelude::*;
use leptos::text_prop::TextProp;
use wasm_bindgen::JsValue;
use web_sys::{CssStyleSheet, ShadowRoot, ShadowRootInit, ShadowRootMode};

use crate::live::live;

thread_local! {
    /// One for all that a module shows. A constructed sheet needs no permission for inline styles.
    static SHEET: OnceCell<Option<CssStyleSheet>> = const { OnceCell::new() };
}

/// Its children in a shadow root with the style sheet of the module, apart from the rules and names of the page.
#[component]
pub fn Shadow(
    /// The style sheet, the same each time.
    rules: &'static str,
    /// `dark` or `light`.
    #[prop(into)]
    scheme: TextProp,
    /// What stands in it.
    children: Children,
) -> impl IntoView {
    let place = NodeRef::<Div>::new();
    let mounted = StoredValue::new_local(None);
    let children = StoredValue::new_local(Some(children));
    place.on_load(move |element| {
        let Some(children) = children.try_update_value(Option::take).flatten() else { return };
        // Fails for elements that have a root already, and this one is new.
        let Ok(root) = element.attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open)) else { return };
        let _ = adopt(&root, rules);
        if let Ok(body) = document().create_element("div") {
            let _ = root.append_child(&body);
            let handle: Box<dyn std::any::Any> = Box::new(mount_to_renderer(&body, children));
            mounted.try_set_value(Some(handle));
        }
    });
    view! { <div node_ref=place data-scheme=live(move || scheme.get())></div> }
}

/// Gives a shadow root the style of the module, which is the same each time. The rules of [`FIELDS`](crate::FIELDS)
/// belong in front of it.
pub fn adopt(root: &ShadowRoot, rules: &str) -> Result<(), JsValue> {
    SHEET.with(|sheet| {
        let sheets = sheet.get_or_init(|| make(rules)).iter().collect::<Array>();
        Reflect::set(root, &"adoptedStyleSheets".into(), &sheets).map(|_| ())
    })
}

fn make(rules: &str) -> Option<CssStyleSheet> {
    let sheet = CssStyleSheet::new().ok()?;
    sheet.replace_sync(rules).ok()?;
    Some(sheet)
}
