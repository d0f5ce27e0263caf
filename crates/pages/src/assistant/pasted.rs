use calendar::settings::Item;
use kit::live;
use leptos::prelude::*;
use setup_scripts::pasted::{Pasted, read};
use texts::assistant::{self as text, field};
use texts::label;
use wasm_bindgen::JsValue;

use super::desk::Desk;

/// The box for a whole overview or the output of a script. What is recognised in it is entered at once. The text itself is
/// not kept: it may hold a secret.
#[component]
pub fn PastedBox(desk: Desk) -> impl IntoView {
    // What was found, once something was pasted.
    let found = RwSignal::new(None::<Vec<kit::Words>>);
    let typed = move |event| {
        let box_text = kit::value(&event);
        if box_text.trim().is_empty() {
            found.set(None);
            return;
        }
        found.set(Some(enter(desk, &read(&box_text))));
    };
    let said = move || match found.get() {
        None => String::new(),
        Some(found) if found.is_empty() => desk.texts.text(text::pasted::NOTHING).to_owned(),
        Some(found) => {
            let names: Vec<&str> = found.iter().map(|words| desk.texts.text(*words)).collect();
            desk.texts.filled(text::pasted::FOUND, &[&names.join(", ")])
        }
    };
    view! {
        <div class="field">
            <label for="pasted">{desk.texts.say(text::pasted::LABEL)}</label>
            <div>
                <textarea id="pasted" rows="4" spellcheck="false" autocomplete="off" on:input=typed></textarea>
                <p class="help" role="status">
                    {live(said)}
                </p>
            </div>
        </div>
    }
}

/// Enters what was recognised; what that is called.
fn enter(desk: Desk, pasted: &Pasted) -> Vec<kit::Words> {
    let Pasted { client, tenant, object, secret, expires } = pasted;
    let items = [
        (Item::ClientId, client),
        (Item::TenantId, tenant),
        (Item::ClientSecret, secret),
        (Item::ClientSecretExpires, expires),
    ];
    let there: Vec<_> = items.into_iter().filter(|(_, text)| !text.is_empty()).collect();
    let values: Vec<_> = there.iter().map(|(item, text)| (*item, JsValue::from(text.as_str()))).collect();
    if !values.is_empty() {
        desk.take(&values);
    }
    let mut names: Vec<_> = there.iter().map(|(item, _)| label(*item)).collect();
    if !object.is_empty() {
        desk.own.update(|own| own.object.clone_from(object));
        names.push(field::OBJECT);
    }
    names
}
