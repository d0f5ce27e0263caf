use calendar::settings::{Item, Value};
use leptos::prelude::*;

use super::field::{described_by, is_required, is_wrong};
use super::session::Form;
use crate::platform::time_zones;

/// Field of a text: of several lines for certificates, with suggestions for time zones.
#[component]
pub fn TextField(
    /// What the parts of the form share.
    form: Form,
    /// Which item.
    item: Item,
) -> impl IntoView {
    let text = Memo::new(move |_| match form.draft.with(|draft| draft.settings().get(item)) {
        Value::Text(text) => text,
        _ => String::new(),
    });
    let input = move |event| {
        let text = event_target_value(&event);
        form.edit(|draft| draft.set(item, Value::Text(text)));
    };
    let wrong = move || is_wrong(form, item).to_string();
    if item == Item::CaCertificate {
        return view! {
            <textarea
                id=item.name()
                rows="4"
                spellcheck="false"
                aria-describedby=described_by(item)
                aria-invalid=wrong
                prop:value=move || text.get()
                on:input=input
            ></textarea>
        }
        .into_any();
    }
    let has_suggestions = item == Item::PresenceTimeZone;
    view! {
        <input
            type="text"
            id=item.name()
            autocapitalize="off"
            spellcheck="false"
            readonly=item.read_only()
            list=has_suggestions.then_some("time-zones")
            aria-describedby=described_by(item)
            aria-invalid=wrong
            aria-required=move || is_required(form, item).to_string()
            prop:value=move || text.get()
            on:input=input
        />
        {has_suggestions.then(|| view! { <TimeZones /> })}
    }
    .into_any()
}

#[component]
fn TimeZones() -> impl IntoView {
    let zones = time_zones().into_iter().map(|zone| view! { <option value=zone></option> });
    view! { <datalist id="time-zones">{zones.collect_view()}</datalist> }
}
