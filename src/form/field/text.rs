use calendar::settings::{Item, Value};
use ui::{El, el};

use super::{input, tied};
use crate::form::draft::Draft;
use crate::form::session::Form;
use crate::platform::time_zones;

/// Identifies the list of time zones.
const TIME_ZONES: &str = "time-zones";

/// Field of a text in one line.
pub fn line(form: Form, item: Item) -> Vec<El> {
    let mut field = typed(form, item, input(form, item, "text"));
    if item.read_only() {
        field = field.attr("readonly", "");
    }
    if item == Item::PresenceTimeZone { vec![field.attr("list", TIME_ZONES), zones()] } else { vec![field] }
}

fn zones() -> El {
    let list = el("datalist").attr("id", TIME_ZONES);
    // As text, because the browser is quickest with some hundred elements that never change.
    let zones: String = time_zones().iter().flat_map(|zone| ["<option value=\"", zone, "\">"]).collect();
    list.element().set_inner_html(&zones);
    list
}

/// Field of a text of several lines.
pub fn lines(form: Form, item: Item) -> El {
    let field = tied(form, item, "textarea").attr("rows", "4").attr("autocomplete", "off");
    typed(form, item, field.attr("spellcheck", "false"))
}

fn typed(form: Form, item: Item, field: El) -> El {
    field.prop("value", move || form.draft(|draft| text(draft, item))).on("input", move |event| {
        let text = ui::value(event);
        form.edit(|draft| draft.set(item, Value::Text(text)));
    })
}

/// The text of an item.
fn text(draft: &Draft, item: Item) -> String {
    match draft.settings().get(item) {
        Value::Text(text) => text,
        _ => String::new(),
    }
}
