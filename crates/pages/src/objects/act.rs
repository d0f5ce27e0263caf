use std::pin::Pin;

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;

use app_objects::{self as objects, Failed, Kind, Object, ObjectSpec, Problem, Step};
use texts::objects as text;

use super::desk::Desk;
use super::state::{Feedback, Objects, Open};
use super::transport::Page;
use crate::frame::spawn;

/// Between two looks whether the PBX has connected, in milliseconds.
const PAUSE: u32 = 2_000;
/// How many there are.
const LOOKS: usize = 5;

/// Looks which objects there are whenever that may have changed: the form or the PBX has connected, the service goes
/// by another address.
pub fn keep_current(desk: Desk) {
    // How a link stands and since when is no such news.
    let told = Memo::new(move |_| desk.told.with(|told| (told.pbx_connected, told.public_url.clone())));
    Effect::new(move |_| {
        if told.with(|(pbx_connected, _)| pbx_connected.is_some()) {
            spawn(load(desk));
        }
    });
}

/// The object of a row.
#[derive(Clone)]
pub struct Which {
    /// What the parts of the page share.
    pub desk: Desk,
    /// GUID of the object, or name of the app.
    pub key: std::sync::Arc<str>,
    /// What the object is for.
    pub kind: Kind,
}

impl Which {
    /// The object, while there is one.
    pub fn object(&self) -> Option<Object> {
        self.desk.of(|objects| objects.object(&self.key).cloned())
    }

    fn object_now(&self) -> Option<Object> {
        self.desk.now(|objects| objects.object(&self.key).cloned())
    }

    /// Whether the object is yet to be created.
    pub fn is_new(&self) -> bool {
        *self.key == *self.kind.app()
    }
}

/// Looks which objects there are, and again for a while if more may be known soon.
async fn load(desk: Desk) {
    for _ in 0..LOOKS {
        let found = objects::list(&Page(desk), &desk.addresses_now()).await;
        if desk.is_gone() || desk.now(|objects| objects.is_busy) {
            return;
        }
        desk.change(|objects| objects.found = Some(found));
        if !desk.now(Objects::is_settling) {
            return;
        }
        TimeoutFuture::new(PAUSE).await;
    }
}

/// Looks again.
pub fn check(desk: Desk) {
    desk.change(|objects| objects.feedback = None);
    spawn(load(desk));
}

/// Opens the fields of a row.
pub fn edit(row: &Which) {
    let Which { desk, kind, .. } = *row;
    let object = row.object_now();
    desk.change(begin);
    spawn(async move {
        let spec = ObjectSpec::new(&Page(desk), kind, object.as_ref()).await;
        desk.change(|objects| {
            objects.is_busy = false;
            (objects.open, objects.feedback) = match spec {
                Ok(spec) => (Open::Editor(spec), None),
                Err(problem) => (Open::Nothing, Some(failed(problem))),
            };
        });
        focus_later(desk, "object-name").await;
    });
}

/// Asks whether the object of a row is to be deleted.
pub fn ask_to_delete(row: &Which) {
    let desk = row.desk;
    let key = row.key.to_string();
    desk.change(|objects| {
        objects.open = Open::Deletion(key);
        objects.feedback = None;
    });
    spawn(focus_later(desk, "object-delete"));
}

/// Closes what is open in a row.
pub fn close(row: &Which) {
    let desk = row.desk;
    let opener = opener(&row.key);
    desk.change(|objects| {
        objects.open = Open::Nothing;
        objects.feedback = None;
    });
    spawn(async move { focus_later(desk, &opener).await });
}

/// Writes to the PBX what the fields of a row say.
pub fn apply(row: &Which) {
    let desk = row.desk;
    let Open::Editor(spec) = desk.now(|objects| objects.open.clone()) else { return };
    let spec = ObjectSpec { name: spec.name.trim().to_owned(), sip: spec.sip.trim().to_owned(), ..spec };
    if spec.name.is_empty() || spec.sip.is_empty() {
        return desk.change(|objects| objects.feedback = Some(Feedback::NamesMissing));
    }
    let done = if spec.guid.is_some() { text::APPLIED } else { text::CREATED };
    let work = async move {
        let saved = objects::save(&Page(desk), &desk.addresses_now(), &spec).await;
        saved.map_or_else(Feedback::Failed, |()| Feedback::Done(done, spec.name))
    };
    act(desk, row.kind, Box::pin(work));
}

/// Repairs the object of a row.
pub fn repair(row: &Which) {
    let desk = row.desk;
    let Some(object) = row.object_now() else { return };
    let work = async move {
        let repaired = objects::repair(&Page(desk), &desk.addresses_now(), &object).await;
        repaired.map_or_else(Feedback::Failed, |()| Feedback::Done(text::REPAIRED, object.title))
    };
    act(desk, row.kind, Box::pin(work));
}

/// Deletes the object of a row.
pub fn delete(row: &Which) {
    let desk = row.desk;
    let Some(object) = row.object_now() else { return };
    let work = async move {
        let deleted = objects::delete(&Page(desk), &object).await;
        deleted.map_or_else(Feedback::NotDeleted, |()| Feedback::Done(text::DELETED, object.title))
    };
    act(desk, row.kind, Box::pin(work));
}

/// Does something, and shows what became of it and of the objects.
fn act(desk: Desk, kind: Kind, work: Pin<Box<dyn Future<Output = Feedback>>>) {
    desk.change(begin);
    spawn(async move {
        let feedback = work.await;
        let found = objects::list(&Page(desk), &desk.addresses_now()).await;
        desk.change(|objects| {
            objects.found = Some(found);
            objects.settle(feedback);
        });
        let next = desk.now(|objects| match objects.open {
            Open::Nothing => objects.keys_of(kind).first().map(|key| opener(key)),
            _ => Some(APPLY.to_owned()),
        });
        focus_later(desk, &next.unwrap_or_default()).await;
        load(desk).await;
    });
}

/// The button that writes what was typed.
pub const APPLY: &str = "object-apply";

/// The button of a row that opens its fields.
pub fn opener(key: &str) -> String {
    ["open-", key].concat()
}

fn begin(objects: &mut Objects) {
    objects.is_busy = true;
    objects.feedback = Some(Feedback::Working);
}

fn failed(problem: Problem) -> Feedback {
    Feedback::Failed(Failed { step: Step::Object, problem })
}

/// Moves the focus to what is shown from now on.
async fn focus_later(desk: Desk, id: &str) {
    TimeoutFuture::new(0).await;
    desk.focus_on(id);
}
