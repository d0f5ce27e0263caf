use std::cell::RefCell;
use std::pin::Pin;

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use ui::follow;

use super::row::Row;
use super::state::{Feedback, Objects, Open};
use super::text;
use super::transport::Page;
use crate::connection::State;
use crate::form::session::Form;
use app_objects::{self as objects, Addresses, Failed, Kind, Object, ObjectSpec, Problem, Step};

/// Between two looks whether the PBX has connected, in milliseconds.
const PAUSE: u32 = 2_000;
/// How many there are.
const LOOKS: usize = 5;

/// Looks which objects there are whenever that may have changed: the form or the PBX has connected, the service goes
/// by another address.
pub fn keep_current(form: Form) {
    let last = RefCell::default();
    follow(Box::new(move || {
        let is_connected = form.state.get() == State::Connected;
        let now = form.status.with(|status| {
            let status = status.as_ref().filter(|_| is_connected)?;
            Some((status.is_pbx_connected, status.public_url.clone()))
        });
        if *last.borrow() != now {
            let is_known = now.is_some();
            last.replace(now);
            if is_known {
                form.spawn(load(form));
            }
        }
    }));
}

/// Where the pages of the objects are.
pub fn addresses(form: Form) -> Addresses {
    let directory = form.host().directory();
    form.status.with(|status| {
        Addresses::new(status.as_ref().and_then(|status| status.public_url.as_deref()), directory)
    })
}

fn addresses_now(form: Form) -> Addresses {
    untrack(|| addresses(form))
}

/// Looks which objects there are, and again for a while if more may be known soon.
async fn load(form: Form) {
    for _ in 0..LOOKS {
        let found = objects::list(&Page(form), &addresses_now(form)).await;
        if form.of_objects_now(|objects| objects.is_busy) {
            return;
        }
        form.change_objects(|objects| objects.found = Some(found));
        if !form.of_objects_now(Objects::is_settling) {
            return;
        }
        TimeoutFuture::new(PAUSE).await;
    }
}

/// Looks again.
pub fn check(form: Form) {
    form.change_objects(|objects| objects.feedback = None);
    form.spawn(load(form));
}

/// Opens the fields of a row.
pub fn edit(row: &Row) {
    let Row { form, kind, .. } = *row;
    let object = row.object_now();
    form.change_objects(begin);
    form.spawn(async move {
        let spec = ObjectSpec::new(&Page(form), kind, object.as_ref()).await;
        form.change_objects(|objects| {
            objects.is_busy = false;
            (objects.open, objects.feedback) = match spec {
                Ok(spec) => (Open::Editor(spec), None),
                Err(problem) => (Open::Nothing, Some(failed(problem))),
            };
        });
        focus_later(form, "object-name").await;
    });
}

/// Asks whether the object of a row is to be deleted.
pub fn ask_to_delete(row: &Row) {
    let form = row.form;
    let key = row.key.to_string();
    form.change_objects(|objects| {
        objects.open = Open::Deletion(key);
        objects.feedback = None;
    });
    form.spawn(focus_later(form, "object-delete"));
}

/// Closes what is open in a row.
pub fn close(row: &Row) {
    let form = row.form;
    let opener = row.opener();
    form.change_objects(|objects| {
        objects.open = Open::Nothing;
        objects.feedback = None;
    });
    form.spawn(async move { focus_later(form, &opener).await });
}

/// Writes to the PBX what the fields of a row say.
pub fn apply(row: &Row) {
    let form = row.form;
    let Open::Editor(spec) = form.of_objects_now(|objects| objects.open.clone()) else { return };
    let spec = ObjectSpec { name: spec.name.trim().to_owned(), sip: spec.sip.trim().to_owned(), ..spec };
    if spec.name.is_empty() || spec.sip.is_empty() {
        return form.change_objects(|objects| objects.feedback = Some(Feedback::NamesMissing));
    }
    let done = if spec.guid.is_some() { text::APPLIED } else { text::CREATED };
    let work = async move {
        let saved = objects::save(&Page(form), &addresses_now(form), &spec).await;
        saved.map_or_else(Feedback::Failed, |()| Feedback::Done(done, spec.name))
    };
    act(form, row.kind, Box::pin(work));
}

/// Repairs the object of a row.
pub fn repair(row: &Row) {
    let form = row.form;
    let Some(object) = row.object_now() else { return };
    let work = async move {
        let repaired = objects::repair(&Page(form), &addresses_now(form), &object).await;
        repaired.map_or_else(Feedback::Failed, |()| Feedback::Done(text::REPAIRED, object.title))
    };
    act(form, row.kind, Box::pin(work));
}

/// Deletes the object of a row.
pub fn delete(row: &Row) {
    let form = row.form;
    let Some(object) = row.object_now() else { return };
    let work = async move {
        let deleted = objects::delete(&Page(form), &object).await;
        deleted.map_or_else(Feedback::NotDeleted, |()| Feedback::Done(text::DELETED, object.title))
    };
    act(form, row.kind, Box::pin(work));
}

/// Does something, and shows what became of it and of the objects.
fn act(form: Form, kind: Kind, work: Pin<Box<dyn Future<Output = Feedback>>>) {
    form.change_objects(begin);
    form.spawn(async move {
        let feedback = work.await;
        let found = objects::list(&Page(form), &addresses_now(form)).await;
        form.change_objects(|objects| {
            objects.found = Some(found);
            objects.settle(feedback);
        });
        let next = form.of_objects_now(|objects| match objects.open {
            Open::Nothing => objects.keys_of(kind).first().map(|key| opener(key)),
            _ => Some(APPLY.to_owned()),
        });
        focus_later(form, &next.unwrap_or_default()).await;
        load(form).await;
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
async fn focus_later(form: Form, id: &str) {
    TimeoutFuture::new(0).await;
    form.focus_on(id);
}

impl Row {
    fn object_now(&self) -> Option<Object> {
        untrack(|| self.object())
    }
}
