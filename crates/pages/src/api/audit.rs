//! The record of who wrote what, with a search and a way to take it along.

use js_sys::Date;
use kit::{Button, Texts, Words, live};
use leptos::prelude::*;
use texts::api as text;
use wasm_bindgen::JsValue;

use super::Desk;
use super::wire::{self, Entry};
use crate::frame::spawn;

/// The record.
#[component]
pub fn Audit(desk: Desk) -> impl IntoView {
    let texts = desk.texts;
    let entries = RwSignal::new(Vec::<Entry>::new());
    let more = RwSignal::new(None::<f64>);
    let said = RwSignal::new(None::<Words>);
    let search = RwSignal::new(String::new());
    let read = move |from: Option<f64>| {
        said.set(Some(text::WAITING));
        spawn(async move {
            let page = wire::audit(desk.frame, from).await;
            let outcome = if page.is_some() { None } else { Some(text::SILENT) };
            // The page may have been closed meanwhile.
            let _ = said.try_set(outcome);
            let Some(page) = page else { return };
            let _ = more.try_set(page.more);
            let _ = entries.try_update(|entries| {
                if from.is_none() {
                    entries.clear();
                }
                entries.extend(page.entries);
            });
        });
    };
    read(None);
    let found = Memo::new(move |_| {
        let search = search.get().trim().to_lowercase();
        entries
            .get()
            .into_iter()
            .filter(|entry| search.is_empty() || is_found(entry, &search))
            .collect::<Vec<_>>()
    });
    let status = move || match said.get() {
        Some(words) => texts.text(words),
        None if found.with(Vec::is_empty) => texts.text(text::AUDIT_NONE),
        None => "",
    };
    let file = move || {
        let table = found.with(|found| csv(found));
        let encoded = String::from(js_sys::encode_uri_component(&table));
        ["data:text/csv;charset=utf-8,", &encoded].concat()
    };
    let rows = move || found.get().into_iter().map(|entry| row(texts, &entry)).collect_view();
    view! {
        <section>
            <h4>{live(texts.say(text::AUDIT))}</h4>
            <div class="buttons">
                <label>
                    <span>{live(texts.say(text::SEARCH))}</span>
                    <input
                        type="search"
                        prop:value=live(move || search.get())
                        on:input=move |event| search.set(kit::value(&event))
                    />
                </label>
                <Button label=texts.say(text::AGAIN) on_press=move || read(None) />
                <a class="button" download="calendar-api-audit.csv" href=live(file)>
                    {live(texts.say(text::EXPORT))}
                </a>
            </div>
            <p class="help" role="status">{live(status)}</p>
            <div class="audit" role="region" tabindex="0" aria-label=live(texts.say(text::AUDIT))>
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{live(texts.say(text::AT))}</th>
                            <th scope="col">{live(texts.say(text::CALLER))}</th>
                            <th scope="col">{live(texts.say(text::ACTION))}</th>
                            <th scope="col">{live(texts.say(text::MAILBOX))}</th>
                            <th scope="col">{live(texts.say(text::TIME))}</th>
                            <th scope="col">{live(texts.say(text::RESULT))}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <Button
                label=texts.say(text::MORE)
                hidden=move || more.get().is_none()
                on_press=move || read(more.get_untracked())
            />
        </section>
    }
}

fn row(texts: Texts, entry: &Entry) -> impl IntoView + use<> {
    let span = match (entry.start, entry.end) {
        (Some(start), Some(end)) => [moment(texts, start), moment(texts, end)].join(" – "),
        _ => String::new(),
    };
    view! {
        <tr>
            <td>{moment(texts, entry.at)}</td>
            <td>{entry.caller.clone()}</td>
            <td>{texts.text(action(&entry.action))}</td>
            <td>{entry.mailbox.clone().unwrap_or_default()}</td>
            <td>{span}</td>
            <td translate="no">{entry.result.clone()}</td>
        </tr>
    }
}

fn action(word: &str) -> Words {
    match word {
        "create" => text::CREATED,
        "update" => text::CHANGED,
        _ => text::DELETED,
    }
}

fn is_found(entry: &Entry, search: &str) -> bool {
    let mailbox = entry.mailbox.as_deref().unwrap_or_default();
    [&*entry.caller, &*entry.action, mailbox, &*entry.result]
        .iter()
        .any(|part| part.to_lowercase().contains(search))
}

/// Date and time as people here write them.
pub fn moment(texts: Texts, at: f64) -> String {
    let date = Date::new(&JsValue::from_f64(at));
    date.to_locale_string(texts.language().code(), &JsValue::UNDEFINED).into()
}

/// A table that other programs read. A cell that begins like a formula gets a quote before it.
fn csv(entries: &[Entry]) -> String {
    let instant = |at: Option<f64>| at.map(|at| at.to_string()).unwrap_or_default();
    let cell = |text: &str| {
        let is_formula = text.starts_with(['=', '+', '-', '@']);
        let quoted = text.replace('"', "\"\"");
        if is_formula { ["\"'", &quoted, "\""].concat() } else { ["\"", &quoted, "\""].concat() }
    };
    let mut table = String::from("at,caller,action,mailbox,start,end,result\r\n");
    for entry in entries {
        let mailbox = entry.mailbox.as_deref().unwrap_or_default();
        let cells = [
            entry.at.to_string(),
            cell(&entry.caller),
            cell(&entry.action),
            cell(mailbox),
            instant(entry.start),
            instant(entry.end),
            cell(&entry.result),
        ];
        table.push_str(&cells.join(","));
        table.push_str("\r\n");
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_holds_no_formulas() {
        let entry = Entry {
            at: 1.0,
            caller: "=cmd|\"x\"".to_owned(),
            action: "create".to_owned(),
            mailbox: Some("a@x.de".to_owned()),
            start: Some(2.0),
            end: Some(3.0),
            result: "ok".to_owned(),
        };
        let table = csv(std::slice::from_ref(&entry));
        let expected = "at,caller,action,mailbox,start,end,result\r\n1,\"'=cmd|\"\"x\"\"\",\"create\",\"a@x.de\",2,3,\"ok\"\r\n";
        assert_eq!(table, expected);
        assert!(is_found(&entry, "a@x") && is_found(&entry, "creat") && !is_found(&entry, "b@"));
    }
}
