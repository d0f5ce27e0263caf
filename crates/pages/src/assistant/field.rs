use browser::Browser;
use calendar::settings::{Item, Kind, Value};
use kit::{Switch, Words, live};
use leptos::prelude::*;
use setup_scripts::Value as OwnValue;
use texts::assistant as text;
use texts::{choices, fields, help_for, label, problem};
use wasm_bindgen::JsValue;

use super::desk::{Desk, Own};

/// A field of the form, here.
#[component]
pub fn ItemField(desk: Desk, item: Item) -> impl IntoView {
    let id = ["set-", item.name()].concat();
    let help_id = [&*id, "-help"].concat();
    let is_left = RwSignal::new(false);
    let help = move || {
        let help = help_for(item, desk.frame.typed.with(|typed| typed.sync_type));
        desk.texts.text(help)
    };
    let wrong = move || {
        let is_shown = is_left.get();
        let code = desk.frame.typed.with(|typed| {
            let found = typed.check(&Browser);
            found.iter().find(|problem| problem.item == item.name()).map(|problem| problem.code)
        });
        // What is missing is said by the test and by the form.
        code.filter(|code| is_shown && *code != calendar::settings::Code::Required)
            .map_or("", |code| desk.texts.text(problem(code)))
    };
    let field = match item.kind() {
        Kind::Choice(_) => {
            view! { <Choice desk=desk item=item id=id.clone() help=help_id.clone() /> }.into_any()
        }
        Kind::Password => {
            view! { <Secret desk=desk item=item id=id.clone() help=help_id.clone() /> }.into_any()
        }
        _ => view! { <Text desk=desk item=item id=id.clone() help=help_id.clone() /> }.into_any(),
    };
    view! {
        <div class="field" on:focusout=move |_| is_left.set(true)>
            <label for=id>{desk.texts.say(label(item))}</label>
            <div>
                {field} <p class="help" id=help_id>
                    {live(help)}
                </p> <p class="problem">{live(wrong)}</p>
            </div>
        </div>
    }
}

/// A text of the form. What is typed here is not overtaken by what the form says of it.
#[component]
fn Text(desk: Desk, item: Item, id: String, help: String) -> impl IntoView {
    let stored = move || match desk.frame.typed.with(|typed| typed.get(item)) {
        Value::Text(text) => text,
        _ => String::new(),
    };
    let (value, has_focus) = (RwSignal::new(untrack(stored)), RwSignal::new(false));
    Effect::new(move |_| {
        let stored = stored();
        if !has_focus.get_untracked() {
            value.set(stored);
        }
    });
    let typed = move |event| {
        let text = kit::value(&event);
        desk.take(&[(item, text.as_str().into())]);
        value.set(text);
    };
    let left = move |_| {
        has_focus.set(false);
        // An ID that was pasted with what surrounds it becomes the ID alone.
        let text = value.get_untracked();
        if let Ok(normal) = item.normal_form(&item.pasted(text.trim()), &Browser)
            && normal != text
        {
            desk.take(&[(item, normal.as_str().into())]);
            value.set(normal);
        }
    };
    if item == Item::CaCertificate {
        return view! {
            <textarea
                id=id
                rows="4"
                spellcheck="false"
                autocomplete="off"
                aria-describedby=help
                prop:value=live(move || value.get())
                on:focus=move |_| has_focus.set(true)
                on:blur=left
                on:input=typed
            ></textarea>
        }
        .into_any();
    }
    let kind = if item == Item::ClientSecretExpires { "date" } else { "text" };
    view! {
        <input
            id=id
            type=kind
            autocomplete="off"
            spellcheck="false"
            aria-describedby=help
            prop:value=live(move || value.get())
            on:focus=move |_| has_focus.set(true)
            on:blur=left
            on:input=typed
        />
    }
    .into_any()
}

/// A secret of the form. It is never shown, only whether there is one.
#[component]
fn Secret(desk: Desk, item: Item, id: String, help: String) -> impl IntoView {
    let typed = move |event| desk.take(&[(item, kit::value(&event).into())]);
    let is_there = move || desk.told.with(|told| told.secrets.iter().any(|name| name == item.name()));
    let state_id = [&*id, "-state"].concat();
    let described = [&*help, " ", &state_id].concat();
    let state = move || if is_there() { fields::SECRET_STORED } else { fields::SECRET_ABSENT };
    view! {
        <input
            id=id
            type="password"
            autocomplete="new-password"
            spellcheck="false"
            aria-describedby=described
            on:input=typed
        />
        <p class="help" id=state_id>
            {live(move || desk.texts.text(state()))}
        </p>
    }
}

#[component]
fn Choice(desk: Desk, item: Item, id: String, help: String) -> impl IntoView {
    let chosen = move || match desk.frame.typed.with(|typed| typed.get(item)) {
        Value::Choice(index) => index,
        _ => 0,
    };
    let choose = move |event| {
        let index: u32 = kit::value(&event).parse().unwrap_or_default();
        desk.take(&[(item, JsValue::from(index))]);
    };
    let option = move |(index, words): (usize, &Words)| {
        let words = *words;
        view! {
            <option value=index.to_string() prop:selected=live(move || chosen() == index)>
                {desk.texts.say(words)}
            </option>
        }
    };
    view! {
        <select id=id aria-describedby=help on:change=choose>
            {choices(item).iter().enumerate().map(option).collect::<Vec<_>>()}
        </select>
    }
}

/// A field that lives in the page.
#[component]
pub fn OwnField(desk: Desk, value: OwnValue) -> impl IntoView {
    let id = format!("own-{value:?}").to_lowercase();
    let of = move |own: &mut Own, text: Option<String>| {
        let field = match value {
            OwnValue::Group => &mut own.group,
            OwnValue::Object => &mut own.object,
            OwnValue::Inside => &mut own.inside,
            OwnValue::Outside => &mut own.outside,
            _ => &mut own.name,
        };
        if let Some(text) = text {
            *field = text;
        }
        field.clone()
    };
    let shown = move || desk.own.with(|own| of(&mut own.clone(), None));
    let typed = move |event| {
        let text = kit::value(&event);
        desk.own.update(|own| {
            of(own, Some(text));
        });
    };
    view! {
        <div class="field">
            <label for=id.clone()>{live(move || desk.called(value))}</label>
            <input
                id=id
                type="text"
                autocomplete="off"
                spellcheck="false"
                prop:value=live(shown)
                on:input=typed
            />
        </div>
    }
}

/// All mailboxes, or those of a group.
#[component]
pub fn Access(desk: Desk) -> impl IntoView {
    let is_limited = move || desk.own.with(|own| own.is_limited);
    let choice = move |limited: bool, words: Words| {
        view! {
            <label class="radio">
                <input
                    type="radio"
                    name="access"
                    prop:checked=live(move || is_limited() == limited)
                    on:change=move |_| desk.own.update(|own| own.is_limited = limited)
                />
                <span>{desk.texts.say(words)}</span>
            </label>
        }
    };
    view! {
        <fieldset>
            <legend>{desk.texts.say(text::access::LEGEND)}</legend>
            {choice(false, text::access::ALL)}
            {choice(true, text::access::GROUP)}
            <Show when=is_limited>
                <OwnField desk=desk value=OwnValue::Group />
                <p class="help">{desk.texts.say(text::access::GROUP_HELP)}</p>
            </Show>
        </fieldset>
    }
}

/// Whether a grant in Entra is taken away.
#[component]
pub fn Revoke(desk: Desk) -> impl IntoView {
    view! {
        <Switch
            label=desk.texts.say(text::REVOKE)
            on=move || desk.own.with(|own| own.revokes)
            set=move |is_on| desk.own.update(|own| own.revokes = is_on)
        />
    }
}
