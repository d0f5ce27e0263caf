use app_objects::{ObjectSpec, Template};
use kit::{Unseen, Words};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use texts::objects as text;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::act::{self, Which};
use super::desk::Desk;
use super::row::Act;
use super::state::Open;

/// Names and templates of an object, to be changed.
#[component]
pub fn Editor(row: Which) -> impl IntoView {
    let desk = row.desk;
    let spec = desk.now(|objects| match &objects.open {
        Open::Editor(spec) => Some(spec.clone()),
        _ => None,
    })?;
    let write = if row.is_new() { text::CREATE } else { text::APPLY };
    let keys = row.clone();
    let templates =
        (!spec.templates.is_empty()).then(|| view! { <Templates desk=desk templates=spec.templates /> });
    Some(view! {
        <div class="editor" on:keydown=move |event| key_pressed(&keys, &event)>
            <Name desk=desk id="object-name" label=text::OBJECT_NAME value=spec.name of=|spec| &mut spec.name />
            <Name desk=desk id="object-sip" label=text::SIP_NAME value=spec.sip of=|spec| &mut spec.sip />
            {templates}
            <div class="buttons">
                <Act row=row.clone() label=write id=act::APPLY press=act::apply />
                <Act row=row label=text::CANCEL press=act::close />
            </div>
        </div>
    })
}

fn change(desk: Desk, change: impl FnOnce(&mut ObjectSpec)) {
    desk.change(|objects| {
        if let Open::Editor(spec) = &mut objects.open {
            change(spec);
        }
    });
}

#[component]
fn Name(
    desk: Desk,
    id: &'static str,
    label: Words,
    value: String,
    of: fn(&mut ObjectSpec) -> &mut String,
) -> impl IntoView {
    let typed = move |event| {
        let value = kit::value(&event);
        change(desk, |spec| *of(spec) = value);
    };
    view! {
        <div>
            <label for=id>{desk.texts.say(label)}</label>
            <input
                id=id
                type="text"
                required=true
                autocomplete="off"
                spellcheck="false"
                prop:value=value
                on:input=typed
            />
        </div>
    }
}

#[component]
fn Templates(desk: Desk, templates: Vec<Template>) -> impl IntoView {
    let tick = move |(index, template): (usize, Template)| {
        let ticked = move |event| {
            let is_ticked = kit::is_checked(&event);
            change(desk, |spec| {
                if let Some(template) = spec.templates.get_mut(index) {
                    template.has_object = is_ticked;
                }
            });
        };
        // A template may be called as a field of the form is, which must not be found in its place.
        let is_template = move || [" ", desk.texts.text(text::TEMPLATE)].concat();
        view! {
            <label>
                <input type="checkbox" prop:checked=template.has_object on:change=ticked />
                {template.cn}
                <Unseen text=is_template />
            </label>
        }
    };
    view! {
        <fieldset>
            <legend>{desk.texts.say(text::TEMPLATES)}</legend>
            {templates.into_iter().enumerate().map(tick).collect::<Vec<_>>()}
        </fieldset>
    }
}

/// Enter in a field writes the object, and not all the settings.
fn key_pressed(row: &Which, event: &KeyboardEvent) {
    let is_field = event.target().is_some_and(|target| target.has_type::<HtmlInputElement>());
    let is_busy = row.desk.now(|objects| objects.is_busy);
    let act = match &*event.key() {
        "Enter" if is_field => act::apply,
        "Escape" => act::close,
        _ => return,
    };
    event.prevent_default();
    if !is_busy {
        act(row);
    }
}
