use calendar::keyword::{self, Keywords, Rank};
use calendar::settings::{Item, Value};
use leptos::prelude::*;
use ui::{El, el, fill};

use super::text::typed_text;
use crate::form::draft::Draft;
use crate::form::session::Form;
use crate::platform::Browser;
use crate::text;

/// The entries of a keyword list as they are understood. Each can be taken out, or made to count as a whole word only.
pub fn chips(form: Form, item: Item) -> El {
    let list = move || form.draft(|draft| typed_text(draft, item));
    // The key tells the place, and whether the entry is in quotes.
    let keys = move || {
        let entries = keyword::entries(&list());
        let key = |(index, entry): (usize, keyword::Entry)| {
            index.to_string() + if entry.whole_word { "\"" } else { " " } + &entry.text
        };
        entries.into_iter().enumerate().map(key).collect()
    };
    el("ul").class("chips").each(keys, move |key| {
        let (index, entry) = key.split_once(['"', ' ']).unwrap_or_default();
        let is_whole = key.as_bytes().get(index.len()) == Some(&b'"');
        chip(form, item, index.parse().unwrap_or_default(), entry, is_whole)
    })
}

fn chip(form: Form, item: Item, index: usize, entry: &str, is_whole: bool) -> El {
    let change = move |form: Form, change: fn(&str, usize) -> Option<String>| {
        form.edit(|draft| {
            if let Some(list) = change(&typed_text(draft, item), index) {
                draft.set(item, Value::Text(list));
            }
        });
        // What was pressed goes, and the focus would with it.
        form.focus(item);
    };
    let named = |words| {
        let entry = entry.to_owned();
        move || form.filled(words, &entry)
    };
    let whole = el("button")
        .attr("type", "button")
        .attr("aria-pressed", if is_whole { "true" } else { "false" })
        .attr("aria-label", named(text::WHOLE_WORD))
        .attr("title", named(text::WHOLE_WORD))
        .text(if is_whole { ["“", entry, "”"].concat() } else { entry.to_owned() })
        .on("click", move |_| change(form, keyword::toggle_whole_word));
    let remove = el("button")
        .attr("type", "button")
        .attr("aria-label", named(text::REMOVE_ENTRY))
        .text("×")
        .on("click", move |_| change(form, |list, index| Some(keyword::remove(list, index))));
    el("li").child(whole).child(remove)
}

/// A field to try what both lists make of a title, with the entry that decides.
pub fn tester(form: Form) -> El {
    let title = RwSignal::new(String::new());
    let verdict = move || {
        title.with(|title| if title.trim().is_empty() { String::new() } else { verdict(form, title) })
    };
    let field = el("input")
        .attr("id", "try-title")
        .attr("autocomplete", "off")
        .prop("value", move || title.get())
        .on("input", move |event| title.set(ui::value(event)));
    el("div")
        .class("tester")
        .child(el("label").attr("for", "try-title").text(form.say(text::TRY_TITLE)))
        .child(field.attr("placeholder", form.say(text::TRY_TITLE_EXAMPLE)))
        .child(el("p").attr("role", "status").text(verdict))
}

fn verdict(form: Form, title: &str) -> String {
    form.draft(|draft: &Draft| {
        let keywords = Keywords::new(draft.settings(), &Browser);
        let verdict = keywords.judge(title, &Browser);
        let words = match verdict.rank() {
            Rank::Prioritized => text::COUNTS_FIRST,
            Rank::Excluded => text::COUNTS_LAST,
            Rank::Ordinary => text::COUNTS_AS_USUAL,
        };
        let list = if verdict.excluded.is_some() { Item::PriorityExcludedWords } else { Item::PriorityWords };
        let place = verdict.excluded.or(verdict.required).map(|(index, _)| index);
        let entries = keyword::entries(&typed_text(draft, list));
        let entry = place.and_then(|index| entries.into_iter().nth(index));
        fill(form.text(words), &[&entry.map(|entry| entry.text).unwrap_or_default()])
    })
}
