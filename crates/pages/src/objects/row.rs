use std::rc::Rc;

use ui::{El, Words, el};

use super::act;
use super::editor::editor;
use super::feedback;
use super::state::Open;
use super::text;
use crate::form::session::Form;
use app_objects::{Health, Kind, Object};

/// A row: an object, or a kind of which there is none.
#[derive(Clone)]
pub struct Row {
    /// What the parts of the form share.
    pub form: Form,
    /// GUID of the object, or name of the app.
    pub key: Rc<str>,
    /// What the object is for.
    pub kind: Kind,
}

/// The row of an object with its buttons, and what they open.
pub fn row(form: Form, key: &str) -> El {
    let is_new = Kind::ALL.into_iter().find(|kind| kind.app() == key);
    let kind = is_new.or_else(|| form.of_objects_now(|objects| Some(objects.object(key)?.kind)));
    let row = Row { form, key: key.into(), kind: kind.unwrap_or(Kind::Calendar) };
    let about = match row.kind {
        Kind::Calendar => text::CALENDAR_OBJECT,
        Kind::Admin => text::ADMIN_OBJECT,
    };
    let name = el("div")
        .class("name")
        .child(el("h4").text(row.follow(Row::title)))
        .child(el("p").class("help").text(form.say(about)));
    let health =
        el("p").class("status").attr("data-health", row.follow(Row::tone)).text(row.follow(Row::health));
    let value = el("div")
        .class("value")
        .child(health)
        .child(el("p").class("help").child(el("code").text(row.follow(Row::url))))
        .when(row.follow(|row| row.opened() == 0), with(&row, buttons))
        .when(row.follow(|row| row.opened() == 1), with(&row, editor))
        .when(row.follow(|row| row.opened() == 2), with(&row, confirmation));
    el("div").class("field").child(name).child(value)
}

fn with(row: &Row, make: fn(&Row) -> El) -> impl Fn() -> El + 'static {
    let row = row.clone();
    move || make(&row)
}

fn buttons(row: &Row) -> El {
    let opener = act::opener(&row.key);
    let all = el("div").class("buttons");
    if row.is_new() {
        return all.child(row.button(text::CREATE, act::edit).attr("id", opener));
    }
    let is_well = row.follow(|row| {
        let health = row.object().map(|object| object.health);
        !matches!(health, Some(Health::WrongPassword | Health::OldAddress | Health::NotConnected))
    });
    all.child(row.button(text::REPAIR, act::repair).flag("hidden", is_well))
        .child(row.button(text::EDIT, act::edit).attr("id", opener))
        .child(row.button(text::DELETE, act::ask_to_delete))
}

fn confirmation(row: &Row) -> El {
    let question = row.follow(|row| row.form.filled(text::CONFIRM_DELETE, &row.title()));
    el("div")
        .class("conflict")
        .attr("role", "group")
        .attr("aria-labelledby", "object-question")
        .child(el("p").attr("id", "object-question").text(question))
        .child(row.button(text::DELETE, act::delete).attr("id", "object-delete"))
        .child(row.button(text::CANCEL, act::close))
}

impl Row {
    /// The object, while there is one.
    pub fn object(&self) -> Option<Object> {
        self.form.of_objects(|objects| objects.object(&self.key).cloned())
    }

    /// The button that opens the fields.
    pub fn opener(&self) -> String {
        act::opener(&self.key)
    }

    /// Whether the object is yet to be created.
    pub fn is_new(&self) -> bool {
        *self.key == *self.kind.app()
    }

    /// A button that says which object it is for. It does nothing while something is under way.
    pub fn button(&self, words: Words, press: fn(&Row)) -> El {
        let row = self.clone();
        let press = move |form: Form| {
            if !form.of_objects_now(|objects| objects.is_busy) {
                press(&row);
            }
        };
        let of = self.follow(|row| [" (", &row.title(), ")"].concat());
        self.form.button(words, press).child(el("span").class("unseen").text(of))
    }

    /// Something that changes with the row.
    pub fn follow<T: 'static>(&self, ask: fn(&Row) -> T) -> impl Fn() -> T + Clone + 'static {
        let row = self.clone();
        move || ask(&row)
    }

    fn title(&self) -> String {
        self.object().map_or_else(|| self.kind.names().0.to_owned(), |object| object.title)
    }

    fn url(&self) -> String {
        self.object().map_or_else(|| act::addresses(self.form).page(self.kind), |object| object.url)
    }

    fn health(&self) -> String {
        let words = self.object().map_or(text::OBJECT_MISSING, |object| feedback::health(object.health));
        self.form.text(words).to_owned()
    }

    fn tone(&self) -> String {
        let tone = match self.object().map(|object| object.health) {
            None => "",
            Some(Health::Works) => "good",
            Some(Health::WrongPassword | Health::OldAddress) => "bad",
            Some(Health::NotConnected | Health::Unknown) => "fair",
        };
        tone.to_owned()
    }

    /// What is open in the row: nothing, its fields, the question before it is deleted.
    fn opened(&self) -> u8 {
        self.form.of_objects(|objects| match &objects.open {
            Open::Editor(spec) if spec.guid.as_deref().unwrap_or(spec.kind.app()) == &*self.key => 1,
            Open::Deletion(guid) if *guid == *self.key => 2,
            _ => 0,
        })
    }
}
