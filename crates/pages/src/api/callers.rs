//! The list of callers.

use kit::{Button, CopyButton, Each, Words, live};
use leptos::prelude::*;
use texts::api as text;

use super::Desk;
use super::editor::Editor;
use super::wire::{self, Caller};
use crate::frame::spawn;

/// What is known of the callers.
#[derive(Clone, PartialEq)]
enum Known {
    Waiting,
    Failed,
    All(Vec<Caller>),
}

/// The callers, and a way to add one.
#[component]
pub fn Callers(desk: Desk) -> impl IntoView {
    let known = RwSignal::new(Known::Waiting);
    // Which one is being changed; the empty id is a new one.
    let edited = RwSignal::new(None::<String>);
    Effect::new(move |_| {
        desk.changes.track();
        spawn(async move {
            let found = wire::callers(desk.frame).await.map_or(Known::Failed, Known::All);
            // The page may have been closed meanwhile.
            let _ = known.try_set(found);
        });
    });
    let said = move || match known.get() {
        Known::Waiting => desk.texts.text(text::WAITING),
        Known::Failed => desk.texts.text(text::SILENT),
        Known::All(all) if all.is_empty() => desk.texts.text(text::NONE),
        Known::All(_) => "",
    };
    let all = Memo::new(move |_| match known.get() {
        Known::All(all) => all,
        _ => Vec::new(),
    });
    let caller = move |id: &str| all.get().into_iter().find(|caller| caller.id == id).unwrap_or_default();
    let keys = move || all.get().into_iter().map(|caller| caller.id).collect::<Vec<_>>();
    view! {
        <section>
            <h4>{live(desk.texts.say(text::CALLERS))}</h4>
            <p class="help" role="status">{live(said)}</p>
            <ul class="callers">
                <Each
                    keys=keys
                    children=move |id| {
                        let found = { let id = id.clone(); Memo::new(move |_| caller(&id)) };
                        view! { <Row desk=desk caller=found edited=edited /> }
                    }
                />
            </ul>
            <Button
                label=desk.texts.say(text::ADD)
                hidden=move || edited.get().is_some()
                on_press=move || edited.set(Some(String::new()))
            />
            <Show when=move || edited.get().as_deref() == Some("")>
                <Editor desk=desk caller=Caller { kind: "token".to_owned(), per_minute: 60.0, per_day: 2000.0, ..Caller::default() } edited=edited />
            </Show>
        </section>
    }
}

/// One caller.
#[component]
fn Row(desk: Desk, caller: Memo<Caller>, edited: RwSignal<Option<String>>) -> impl IntoView {
    let texts = desk.texts;
    let id = move || caller.with(|caller| caller.id.clone());
    let is_edited = move || edited.get() == Some(id());
    let about = move || {
        let caller = caller.get();
        let rights: Vec<&str> = caller.rights.iter().map(|right| texts.text(right_words(right))).collect();
        let used = match caller.last_used {
            Some(at) => texts.filled(text::LAST_USED, &[&super::audit::moment(texts, at)]),
            None => texts.text(text::NEVER_USED).to_owned(),
        };
        [rights.join(", "), texts.counted(text::COUNT, caller.mailboxes.len()), used].join(" · ")
    };
    let sure = RwSignal::new(false);
    let remove = move || {
        if !sure.get_untracked() {
            return sure.set(true);
        }
        let id = caller.with_untracked(|caller| caller.id.clone());
        spawn(async move {
            let _ = wire::delete(desk.frame, &id).await;
            let _ = desk.changes.try_update(|changes| *changes += 1);
        });
    };
    let remove_label = move || texts.text(if sure.get() { text::REMOVE_SURE } else { text::REMOVE });
    let name = move || caller.with(|caller| caller.name.clone());
    let example = move || example(&desk.address.get(), &caller.get());
    view! {
        <li>
            <p class="name">{live(name)}</p>
            <p class="help">{live(about)}</p>
            <div class="buttons">
                <Button
                    label=texts.say(text::EDIT)
                    of=name
                    hidden=move || edited.get().is_some()
                    on_press=move || edited.set(Some(id()))
                />
                <Button label=remove_label of=name on_press=remove />
            </div>
            <details>
                <summary>{live(texts.say(text::EXAMPLE))}</summary>
                <pre translate="no">{live(example)}</pre>
                <CopyButton label=texts.say(text::COPY) copied=texts.say(text::COPIED) text=example />
            </details>
            <Show when=is_edited>
                <Editor desk=desk caller=caller.get_untracked() edited=edited />
            </Show>
        </li>
    }
}

/// What a right is called.
pub fn right_words(right: &str) -> Words {
    match right {
        "busy" => text::RIGHT_BUSY,
        "read" => text::RIGHT_READ,
        _ => text::RIGHT_WRITE,
    }
}

/// A request that this caller may make.
fn example(address: &str, caller: &Caller) -> String {
    let mailbox = caller.mailboxes.first().map_or("anna@example.com", |mailbox| mailbox);
    let address = address.trim_end_matches('/');
    let authorization = "-H \"Authorization: Bearer $TOKEN\"";
    let may = |right: &str| caller.rights.iter().any(|have| have == right);
    if may("write") && !may("busy") {
        [
            "curl -X POST ",
            authorization,
            " -H \"Idempotency-Key: visit-1\" -H \"Content-Type: application/json\" -d '{\"mailbox\":\"",
            mailbox,
            "\",\"start\":\"2026-12-01T10:00:00Z\",\"end\":\"2026-12-01T10:30:00Z\",\"subject\":\"Visit\"}' ",
            address,
            "/api/v1/appointments",
        ]
        .concat()
    } else {
        [
            "curl ",
            authorization,
            " \"",
            address,
            "/api/v1/busy?mailbox=",
            mailbox,
            "&from=2026-12-01T00:00:00Z&to=2026-12-08T00:00:00Z\"",
        ]
        .concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_example_is_one_that_the_caller_may_use() {
        let caller = |rights: &[&str]| Caller {
            rights: rights.iter().map(|&right| right.to_owned()).collect(),
            mailboxes: vec!["ben@x.de".to_owned()],
            ..Caller::default()
        };
        let reads = example("https://c.x.de/", &caller(&["busy", "write"]));
        assert!(reads.contains("https://c.x.de/api/v1/busy?mailbox=ben@x.de&"), "{reads}");
        let writes = example("https://c.x.de", &caller(&["write"]));
        assert!(
            writes.starts_with("curl -X POST") && writes.ends_with("https://c.x.de/api/v1/appointments"),
            "{writes}"
        );
    }
}
