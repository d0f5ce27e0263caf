use js_sys::Promise;
use leptos::prelude::*;
use leptos::text_prop::TextProp;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::flag::Flag;
use crate::live::live;

#[wasm_bindgen]
extern "C" {
    // Pages that are not secure have no clipboard.
    #[wasm_bindgen(catch, js_namespace = ["navigator", "clipboard"], js_name = writeText)]
    fn write_text(text: &str) -> Result<Promise, JsValue>;
}

/// A button.
#[component]
pub fn Button(
    /// What it says.
    #[prop(into)]
    label: TextProp,
    /// What a press does.
    #[prop(into)]
    on_press: Callback<()>,
    /// What follows its label for those who hear it: which of several it is.
    #[prop(into, optional)]
    of: Option<TextProp>,
    /// What identifies it.
    #[prop(into, optional)]
    id: Option<String>,
    /// Its classes.
    #[prop(optional)]
    class: Option<&'static str>,
    /// Whether it is out of sight.
    #[prop(into, optional)]
    hidden: Option<Flag>,
    /// Whether it is what was chosen.
    #[prop(into, optional)]
    pressed: Option<Flag>,
    /// Whether what it opens is open.
    #[prop(into, optional)]
    expanded: Option<Flag>,
) -> impl IntoView {
    let of = of.map(|of| view! { <span class="unseen">{live(move || of.get())}</span> });
    view! {
        <button
            type="button"
            id=id
            class=class
            prop:hidden=live(move || hidden.as_ref().is_some_and(Flag::get))
            aria-pressed=live(move || pressed.as_ref().map(Flag::word))
            aria-expanded=live(move || expanded.as_ref().map(Flag::word))
            on:click=move |_| on_press.run(())
        >
            {live(move || label.get())}
            {of}
        </button>
    }
}

/// A button that copies a text, and says so until it loses the focus.
#[component]
pub fn CopyButton(
    /// What it says.
    #[prop(into)]
    label: TextProp,
    /// What it says once the text was copied.
    #[prop(into)]
    copied: TextProp,
    /// The text.
    #[prop(into)]
    text: TextProp,
) -> impl IntoView {
    let is_copied = RwSignal::new(false);
    let press = move |_| {
        let text = text.get();
        spawn_local(async move {
            let is = copy(&text).await;
            // The button may be gone.
            let _ = is_copied.try_set(is);
        });
    };
    view! {
        <button type="button" aria-live="polite" on:click=press on:blur=move |_| is_copied.set(false)>
            {live(move || if is_copied.get() { copied.get() } else { label.get() })}
        </button>
    }
}

/// A button that opens and closes what stands below it.
#[component]
pub fn Disclosure(
    /// What it says.
    #[prop(into)]
    label: TextProp,
    /// Whether it is open; a press changes it.
    open: RwSignal<bool>,
) -> impl IntoView {
    view! {
        <Button
            label=label
            class="disclosure"
            expanded=move || open.get()
            on_press=move || open.update(|open| *open = !*open)
        />
    }
}

/// Copies a text; says whether the browser let us.
pub async fn copy(text: &str) -> bool {
    match write_text(text) {
        Ok(promise) => JsFuture::from(promise).await.is_ok(),
        Err(_) => false,
    }
}
