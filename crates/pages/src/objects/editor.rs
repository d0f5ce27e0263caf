use ui::{El, Words, el};
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, KeyboardEvent};

use super::act;
use super::row::Row;
use super::state::Open;
use super::text;
use crate::form::session::Form;
use app_objects::{ObjectSpec, Template};

/// Names and templates of an object, to be changed.
pub fn editor(row: &Row) -> El {
    let form = row.form;
    let Some(spec) = spec(form) else { return el("div") };
    let write = if row.is_new() { text::CREATE } else { text::APPLY };
    let buttons = el("div")
        .class("buttons")
        .child(row.button(write, act::apply).attr("id", act::APPLY))
        .child(row.button(text::CANCEL, act::close));
    let keys = row.clone();
    let fields = el("div")
        .class("editor")
        .on("keydown", move |event| key_pressed(&keys, event))
        .child(name(form, "object-name", text::OBJECT_NAME, spec.name, |spec| &mut spec.name))
        .child(name(form, "object-sip", text::SIP_NAME, spec.sip, |spec| &mut spec.sip));
    let fields =
        if spec.templates.is_empty() { fields } else { fields.child(templates(form, spec.templates)) };
    fields.child(buttons)
}

fn spec(form: Form) -> Option<ObjectSpec> {
    form.of_objects_now(|objects| match &objects.open {
        Open::Editor(spec) => Some(spec.clone()),
        _ => None,
    })
}

fn change(form: Form, change: impl FnOnce(&mut ObjectSpec)) {
    form.change_objects(|objects| {
        if let Open::Editor(spec) = &mut objects.open {
            change(spec);
        }
    });
}

fn name(
    form: Form,
    id: &'static str,
    label: Words,
    value: String,
    of: fn(&mut ObjectSpec) -> &mut String,
) -> El {
    let field = el("input")
        .attr("id", id)
        .attr("type", "text")
        .attr("required", "")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .prop("value", value)
        .on("input", move |event| {
            let value = ui::value(event);
            change(form, |spec| *of(spec) = value);
        });
    el("div").child(el("label").attr("for", id).text(form.say(label))).child(field)
}

fn templates(form: Form, templates: Vec<Template>) -> El {
    let boxes = templates.into_iter().enumerate().map(move |(index, template)| {
        let tick = el("input").attr("type", "checkbox").flag("checked", move || template.has_object).on(
            "change",
            move |event| {
                let is_ticked = ui::is_checked(event);
                change(form, |spec| {
                    if let Some(template) = spec.templates.get_mut(index) {
                        template.has_object = is_ticked;
                    }
                });
            },
        );
        // A template may be called as a field of the form is, which must not be found in its place.
        let is_template = move || [" ", form.text(text::TEMPLATE)].concat();
        el("label").child(tick).text(template.cn).child(el("span").class("unseen").text(is_template))
    });
    el("fieldset").child(el("legend").text(form.say(text::TEMPLATES))).children(boxes)
}

/// Enter in a field writes the object, and not all the settings.
fn key_pressed(row: &Row, event: &Event) {
    let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
    let is_field = event.target().is_some_and(|target| target.has_type::<HtmlInputElement>());
    let is_busy = row.form.of_objects_now(|objects| objects.is_busy);
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
