use leptos::prelude::*;
use leptos::text_prop::TextProp;

use crate::live::live;

/// A line that says how something stands, told by screen readers when it changes.
#[component]
pub fn StatusLine(
    /// What it says.
    #[prop(into)]
    text: TextProp,
    /// How that looks: `good`, `bad` or nothing.
    #[prop(into, optional)]
    tone: Option<TextProp>,
    /// Its classes.
    #[prop(optional)]
    class: Option<&'static str>,
) -> impl IntoView {
    view! {
        <p class=class role="status" data-tone=live(move || tone.as_ref().map(TextProp::get))>
            {live(move || text.get())}
        </p>
    }
}

/// Something that has failed, told at once, with what can be done about it.
#[component]
pub fn Warning(
    /// What has happened.
    #[prop(into)]
    text: TextProp,
    /// What can be done about it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="warning" role="alert">
            <p>{live(move || text.get())}</p>
            {children.map(|children| children())}
        </div>
    }
}

/// A text for those alone who hear it.
#[component]
pub fn Unseen(
    /// The text.
    #[prop(into)]
    text: TextProp,
) -> impl IntoView {
    view! { <span class="unseen">{live(move || text.get())}</span> }
}
