//! What scrolls the form, which is the page's affair: an element around it, or the page itself.

use leptos::prelude::{document, window};
use wasm_bindgen::prelude::*;
use web_sys::{Element, ShadowRoot};

#[wasm_bindgen]
extern "C" {
    type Placed;

    #[wasm_bindgen(method, js_name = getBoundingClientRect)]
    fn rect(this: &Placed) -> Rect;

    /// Where something stands in the window, in pixels.
    pub type Rect;

    #[wasm_bindgen(method, getter)]
    pub fn top(this: &Rect) -> f64;
    #[wasm_bindgen(method, getter)]
    pub fn bottom(this: &Rect) -> f64;
    #[wasm_bindgen(method, getter)]
    pub fn left(this: &Rect) -> f64;
    #[wasm_bindgen(method, getter)]
    pub fn right(this: &Rect) -> f64;
}

/// Where an element stands.
pub fn rect(element: &Element) -> Rect {
    element.unchecked_ref::<Placed>().rect()
}

/// The element that scrolls another one.
pub fn scroller(of: &Element) -> Option<Element> {
    let mut next = around(of);
    while let Some(element) = next {
        if scrolls(&element) {
            return Some(element);
        }
        next = around(&element);
    }
    document().scrolling_element()
}

/// The element that another one stands in, also where that begins a shadow tree.
fn around(element: &Element) -> Option<Element> {
    let host = || Some(element.get_root_node().dyn_into::<ShadowRoot>().ok()?.host());
    element.parent_element().or_else(host)
}

fn scrolls(element: &Element) -> bool {
    let style = window().get_computed_style(element).ok().flatten();
    let overflow = style.and_then(|style| style.get_property_value("overflow-y").ok());
    matches!(overflow.as_deref(), Some("auto" | "scroll"))
        && element.scroll_height() > element.client_height()
}

/// Where the view of a scroller begins. Of one that is the page that is the top of the window.
pub fn top(scroller: &Element) -> f64 {
    rect(scroller).top().max(0.0)
}

/// How much of what scrolls is behind: nothing at its beginning, 1 at its end.
pub fn share(scroller: &Element) -> f64 {
    let way = scroller.scroll_height() - scroller.client_height();
    f64::from(scroller.scroll_top()) / f64::from(way.max(1))
}
