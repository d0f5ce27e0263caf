use calendar::settings::Item;
use kit::{Button, js, live};
use leptos::prelude::*;

use super::session::Form;
use crate::connection::Values;
use crate::{intl, text};

/// Offers the unsaved input of a form that was closed before, if there is some.
#[component]
pub fn KeptInput(form: Form) -> impl IntoView {
    let kept = StoredValue::new(form.kept());
    let is_offered = RwSignal::new(kept.with_value(Option::is_some));
    let end = move || {
        form.forget();
        is_offered.set(false);
        form.focus(Item::PbxName);
    };
    let restore = move || {
        let json = kept.with_value(|kept| kept.as_ref().map(|kept| kept.json.clone()));
        // What no longer is what a form left is not taken.
        form.restore(&js::parse::<Values>(&json.unwrap_or_default()).unwrap_or_default().0);
        end();
    };
    let at = move || kept.with_value(|kept| kept.as_ref().map_or(0.0, |kept| kept.at));
    view! {
        <Show when=move || is_offered.get()>
            <div class="warning kept" role="status">
                <p>{live(move || form.filled(text::KEPT, &intl::time(form.language(), at())))}</p>
                <Button label=form.say(text::RESTORE) on_press=restore />
                <Button label=form.say(text::FORGET) on_press=end />
            </div>
        </Show>
    }
}
