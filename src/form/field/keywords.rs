use calendar::keyword::{self, Keywords, Rank};
use calendar::settings::{Item, Value};
use kit::{Each, Words, fill, live};
use leptos::prelude::*;

use crate::form::bar::yes_or_no;
use crate::form::session::Form;
use crate::platform::Browser;
use crate::text;

/// The entries of a keyword list as they are understood. Each can be taken out, or made to count as a whole word only.
#[component]
pub fn Chips(form: Form, item: Item) -> impl IntoView {
    // The key tells the place, and whether the entry is in quotes: another one of these is another chip.
    let keys = move || {
        let key = |(index, entry): (usize, keyword::Entry)| {
            index.to_string() + if entry.whole_word { "\"" } else { " " } + &entry.text
        };
        form.of(item, |seen| keyword::entries(&seen.text).into_iter().enumerate().map(key).collect())
    };
    let chip = move |key: String| {
        let (index, entry) = key.split_once(['"', ' ']).unwrap_or_default();
        let is_whole = key.as_bytes().get(index.len()) == Some(&b'"');
        let (index, entry) = (index.parse().unwrap_or_default(), entry.to_owned());
        view! { <Chip form=form item=item index=index entry=entry whole=is_whole /> }
    };
    view! {
        <ul class="chips">
            <Each keys=keys children=chip />
        </ul>
    }
}

#[component]
fn Chip(form: Form, item: Item, index: usize, entry: String, whole: bool) -> impl IntoView {
    let change = move |change: fn(&str, usize) -> Option<String>| {
        let list = form.of(item, |seen| change(&seen.text, index));
        if let Some(list) = list {
            form.set(item, Value::Text(list));
        }
        // What was pressed goes, and the focus would with it.
        form.focus(item);
    };
    let shown = if whole { ["“", &entry, "”"].concat() } else { entry.clone() };
    let entry = StoredValue::new(entry);
    let named = move |words: Words| live(move || entry.with_value(|entry| form.filled(words, entry)));
    view! {
        <li>
            <button
                type="button"
                aria-pressed=yes_or_no(whole)
                aria-label=named(text::WHOLE_WORD)
                title=named(text::WHOLE_WORD)
                on:click=move |_| untrack(|| change(keyword::toggle_whole_word))
            >
                {shown}
            </button>
            <button
                type="button"
                aria-label=named(text::REMOVE_ENTRY)
                on:click=move |_| untrack(|| change(|list, index| Some(keyword::remove(list, index))))
            >
                "×"
            </button>
        </li>
    }
}

/// A field to try what both lists make of a title, with the entry that decides.
#[component]
pub fn Tester(form: Form) -> impl IntoView {
    let title = RwSignal::new(String::new());
    let verdict = move || {
        title.with(|title| if title.trim().is_empty() { String::new() } else { verdict(form, title) })
    };
    view! {
        <div class="tester">
            <label for="try-title">{form.say(text::TRY_TITLE)}</label>
            <input
                id="try-title"
                autocomplete="off"
                placeholder=form.say(text::TRY_TITLE_EXAMPLE)
                prop:value=live(move || title.get())
                on:input=move |event| title.set(kit::value(&event))
            />
            <p role="status">{live(verdict)}</p>
        </div>
    }
}

fn verdict(form: Form, title: &str) -> String {
    form.state.watching(&[Item::PriorityWords, Item::PriorityExcludedWords], |draft| {
        let settings = draft.settings();
        let keywords = Keywords::new(settings, &Browser);
        let verdict = keywords.judge(title, &Browser);
        let words = match verdict.rank() {
            Rank::Prioritized => text::COUNTS_FIRST,
            Rank::Excluded => text::COUNTS_LAST,
            Rank::Ordinary => text::COUNTS_AS_USUAL,
        };
        let list = if verdict.excluded.is_some() {
            &settings.priority_excluded_words
        } else {
            &settings.priority_words
        };
        let place = verdict.excluded.or(verdict.required).map(|(index, _)| index);
        let entry = place.and_then(|index| keyword::entries(list).into_iter().nth(index));
        fill(form.text(words), &[&entry.map(|entry| entry.text).unwrap_or_default()])
    })
}
