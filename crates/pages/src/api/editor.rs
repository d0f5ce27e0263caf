//! One caller, new or changed, and its token, which is shown once.

use kit::{Button, CopyButton, Switch, Words, live};
use leptos::prelude::*;
use leptos::text_prop::TextProp;
use texts::api as text;

use super::Desk;
use super::callers::right_words;
use super::wire::{self, Caller, RIGHTS, Saved};
use crate::frame::spawn;

/// What became of saving.
#[derive(Clone, PartialEq)]
enum Outcome {
    Nothing,
    Saving,
    Silent,
    Answered(Saved),
}

/// What the parts of the editor share. Handles to signals, so it is copied freely.
#[derive(Clone, Copy)]
struct Edit {
    desk: Desk,
    draft: RwSignal<Caller>,
    /// Addresses as they were typed.
    mailboxes: RwSignal<String>,
    outcome: RwSignal<Outcome>,
    /// Emptied when it is done.
    edited: RwSignal<Option<String>>,
    is_new: bool,
}

/// One caller.
#[component]
pub fn Editor(
    desk: Desk,
    /// As it was.
    caller: Caller,
    /// Emptied when it is done.
    edited: RwSignal<Option<String>>,
) -> impl IntoView {
    let is_new = caller.id.is_empty();
    let mailboxes = RwSignal::new(caller.mailboxes.join("\n"));
    let (draft, outcome) = (RwSignal::new(caller), RwSignal::new(Outcome::Nothing));
    let edit = Edit { desk, draft, mailboxes, outcome, edited, is_new };
    let token = Memo::new(move |_| match outcome.get() {
        Outcome::Answered(saved) => saved.token,
        _ => None,
    });
    view! {
        <div class="editor">
            <Show when=move || token.get().is_some()>
                <Token edit=edit token=token />
            </Show>
            <div class="fields" prop:hidden=live(move || token.get().is_some())>
                <Fields edit=edit />
                <Buttons edit=edit />
            </div>
        </div>
    }
}

/// The token, this once.
#[component]
fn Token(edit: Edit, token: Memo<Option<String>>) -> impl IntoView {
    let texts = edit.desk.texts;
    let shown = move || token.get().unwrap_or_default();
    view! {
        <p class="notice" role="status">
            {live(texts.say(text::TOKEN_SHOWN))}
        </p>
        <pre class="token" translate="no">
            {live(shown)}
        </pre>
        <div class="buttons">
            <CopyButton label=texts.say(text::COPY) copied=texts.say(text::COPIED) text=shown />
            <Button label=texts.say(text::DONE) on_press=move || edit.close() />
        </div>
    }
}

#[component]
fn Fields(edit: Edit) -> impl IntoView {
    let Edit { draft, mailboxes, .. } = edit;
    let texts = edit.desk.texts;
    let is_app = move || edit.is_app();
    let sip = move || draft.with(|draft| draft.sip.clone().unwrap_or_default());
    view! {
        <Line
            label=texts.say(text::NAME)
            value=move || draft.with(|draft| draft.name.clone())
            set=move |name| draft.update(|draft| draft.name = name)
        />
        <Switch label=texts.say(text::IS_APP) on=is_app set=move |on: bool| edit.set_kind(on) />
        <Show when=is_app>
            <Line
                label=texts.say(text::SIP)
                value=sip
                set=move |name| draft.update(|draft| draft.sip = Some(name))
            />
        </Show>
        <fieldset>
            <legend>{live(texts.say(text::RIGHTS))}</legend>
            {RIGHTS
                .map(|right| {
                    let has = move || draft.with(|draft| draft.rights.iter().any(|have| have == right));
                    let set = move |on: bool| edit.set_right(right, on);
                    view! { <Switch label=texts.say(right_words(right)) on=has set=set /> }
                })
                .into_iter()
                .collect_view()}
        </fieldset>
        <label>
            <span>{live(texts.say(text::MAILBOXES))}</span>
            <textarea
                rows="5"
                spellcheck="false"
                autocomplete="off"
                prop:value=live(move || mailboxes.get())
                on:input=move |event| mailboxes.set(kit::value(&event))
            ></textarea>
        </label>
        <p class="help">{live(texts.say(text::MAILBOXES_HELP))}</p>
        <Line
            label=texts.say(text::PER_MINUTE)
            value=move || draft.with(|draft| draft.per_minute.to_string())
            set=move |text: String| draft.update(|draft| draft.per_minute = number(&text))
        />
        <Line
            label=texts.say(text::PER_DAY)
            value=move || draft.with(|draft| draft.per_day.to_string())
            set=move |text: String| draft.update(|draft| draft.per_day = number(&text))
        />
    }
}

/// A field of one line.
#[component]
fn Line(
    #[prop(into)] label: TextProp,
    #[prop(into)] value: TextProp,
    #[prop(into)] set: Callback<String>,
) -> impl IntoView {
    view! {
        <label>
            <span>{live(move || label.get())}</span>
            <input
                type="text"
                maxlength="64"
                autocomplete="off"
                spellcheck="false"
                prop:value=live(move || value.get())
                on:change=move |event| set.run(kit::value(&event))
            />
        </label>
    }
}

#[component]
fn Buttons(edit: Edit) -> impl IntoView {
    let texts = edit.desk.texts;
    let said = move || match edit.outcome.get() {
        Outcome::Nothing => String::new(),
        Outcome::Saving => texts.text(text::WAITING).to_owned(),
        Outcome::Silent => texts.text(text::SILENT).to_owned(),
        Outcome::Answered(saved) => problem(edit.desk, &saved),
    };
    view! {
        <p class="notice" role="status" data-tone="bad">
            {live(said)}
        </p>
        <div class="buttons">
            <Button label=texts.say(text::SAVE) on_press=move || edit.save(false) />
            <Button
                label=texts.say(text::NEW_TOKEN)
                hidden=move || edit.is_new || edit.is_app()
                on_press=move || edit.save(true)
            />
            <Button label=texts.say(text::CANCEL) on_press=move || edit.edited.set(None) />
        </div>
    }
}

impl Edit {
    fn is_app(self) -> bool {
        self.draft.with(|draft| draft.kind == "app")
    }

    /// A kind stays once it is saved.
    fn set_kind(self, is_app: bool) {
        if self.is_new {
            let kind = if is_app { "app" } else { "token" };
            self.draft.update(|draft| kind.clone_into(&mut draft.kind));
        }
    }

    fn set_right(self, right: &'static str, on: bool) {
        self.draft.update(|draft| {
            draft.rights.retain(|have| have != right);
            if on {
                draft.rights.push(right.to_owned());
            }
        });
    }

    fn close(self) {
        self.edited.set(None);
        self.desk.changes.update(|changes| *changes += 1);
    }

    fn save(self, new_token: bool) {
        if self.outcome.get_untracked() == Outcome::Saving {
            return;
        }
        self.outcome.set(Outcome::Saving);
        let mut caller = self.draft.get_untracked();
        caller.mailboxes = self.mailboxes.with_untracked(|text| addresses(text));
        caller.sip = caller.sip.filter(|_| caller.kind == "app");
        spawn(async move {
            let saved = wire::save(self.desk.frame, &caller, new_token).await;
            let is_over = saved.as_ref().is_some_and(|saved| saved.error.is_none() && saved.token.is_none());
            // The page may have been closed meanwhile.
            let _ = self.outcome.try_set(saved.map_or(Outcome::Silent, Outcome::Answered));
            if is_over {
                let _ = self.edited.try_set(None);
                let _ = self.desk.changes.try_update(|changes| *changes += 1);
            }
        });
    }
}

/// What is no number is told by the service.
fn number(text: &str) -> f64 {
    text.trim().parse().map(|number: u32| number.into()).unwrap_or_default()
}

/// What is wrong, if anything.
fn problem(desk: Desk, saved: &Saved) -> String {
    let field = |words: Words| desk.texts.filled(text::INVALID, &[desk.texts.text(words)]);
    match (saved.error.as_deref(), saved.field.as_deref()) {
        (None, _) => String::new(),
        (Some("invalid"), Some("name")) => field(text::NAME),
        (Some("invalid"), Some("sip")) => field(text::SIP),
        (Some("invalid"), Some("mailboxes")) => field(text::MAILBOXES),
        (Some("invalid"), Some("perMinute")) => field(text::PER_MINUTE),
        (Some("invalid"), Some("perDay")) => field(text::PER_DAY),
        (Some("insecure"), _) => desk.texts.text(text::INSECURE).to_owned(),
        (Some("tooMany"), _) => desk.texts.text(text::TOO_MANY).to_owned(),
        (Some(_), _) => desk.texts.text(text::FAILED).to_owned(),
    }
}

/// Addresses, however they were parted.
fn addresses(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| c.is_whitespace() || c == ',' || c == ';');
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_may_be_parted_by_whatever_lists_have() {
        assert_eq!(addresses(" a@x.de, b@x.de;c@x.de\n\nd@x.de "), ["a@x.de", "b@x.de", "c@x.de", "d@x.de"]);
        assert!(addresses(" \n").is_empty());
    }
}
