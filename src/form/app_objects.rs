use ui::{El, Words, el};

use super::section::card;
use super::session::Form;
use crate::text;

/// The addresses that the App objects in the PBX need.
pub fn app_objects(form: Form) -> El {
    let list = el("dl")
        .children(object(form, text::CALENDAR_OBJECT, "pbxcalendar-calendar"))
        .children(object(form, text::ADMIN_OBJECT, "pbxcalendar-calendaradmin"));
    card(form, "objects", text::APP_OBJECTS, text::APP_OBJECTS_HELP).child(list)
}

fn object(form: Form, name: Words, page: &str) -> [El; 2] {
    [el("dt").text(form.say(name)), el("dd").child(el("code").text(form.page(page)))]
}
