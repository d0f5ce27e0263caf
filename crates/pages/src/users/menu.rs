//! The menu of a row. There is one for all rows, beside the list, where nothing cuts it off.

use kit::{copy, live, views};
use leptos::ev::{FocusEvent, KeyboardEvent, MouseEvent};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};

use super::details::{explain, read_again};
use super::list::List;
use super::people::Person;
use crate::frame::spawn;
use crate::text::users as text;

/// Between the button and the menu, in pixels.
const GAP: i32 = 2;

/// A menu that is open.
#[derive(Clone)]
pub struct Menu {
    person: Person,
    /// Its place, as a style.
    place: String,
    /// The button that has opened it.
    opener: HtmlElement,
}

/// The button that opens the menu of a user.
#[component]
pub fn MenuButton(
    /// What the parts of the page share.
    list: List,
    /// The user.
    person: Person,
) -> impl IntoView {
    let [named, shown, pressed] = std::array::from_fn(move |_| person.clone());
    let label = move || list.texts.filled(text::ACTIONS, &[&named.user.with(|user| user.name.clone())]);
    let is_open =
        move || list.menu.with(|menu| menu.as_ref().is_some_and(|menu| menu.person.guid == shown.guid));
    let press = move |event: MouseEvent| {
        let opener = event.current_target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
        let Some(opener) = opener else { return };
        let person = pressed.clone();
        list.menu.set(place(&opener).map(|place| Menu { person, place, opener }));
    };
    view! {
        <button
            type="button"
            class="more"
            aria-haspopup="menu"
            aria-label=live(label)
            aria-expanded=live(move || if is_open() { "true" } else { "false" })
            on:click=press
        >
            <span aria-hidden="true">"⋯"</span>
        </button>
    }
}

/// The menu, where one is open.
#[component]
pub fn RowMenu(
    /// What the parts of the page share.
    list: List,
) -> impl IntoView {
    views(move || {
        let menu = list.menu.get();
        menu.into_iter().map(|menu| view! { <Opened list=list menu=menu /> }.into_any()).collect::<Vec<_>>()
    })
}

#[component]
fn Opened(list: List, menu: Menu) -> impl IntoView {
    let place = NodeRef::<html::Div>::new();
    place.on_load(|menu| {
        focus(menu.first_element_child());
    });
    let name = menu.person.user.with_untracked(|user| user.name.clone());
    let menu = StoredValue::new_local(menu);
    let close = move || {
        let opener = menu.try_with_value(|menu| menu.opener.clone());
        list.menu.set(None);
        focus(opener.map(Element::from));
    };
    let choose = move |act: fn(List, Person)| {
        if let Some(person) = menu.try_with_value(|menu| menu.person.clone()) {
            close();
            act(list, person);
        }
    };
    let item = move |words, act: fn(List, Person)| {
        view! {
            <button type="button" role="menuitem" tabindex="-1" on:click=move |_| choose(act)>
                {live(list.texts.say(words))}
            </button>
        }
    };
    let leave = move |event: FocusEvent| {
        let next = event.related_target().and_then(|next| next.dyn_into::<Node>().ok());
        let is_within = place.get_untracked().is_some_and(|menu| menu.contains(next.as_ref()));
        if !is_within {
            let _ = list.menu.try_set(None);
        }
    };
    let press = move |event: KeyboardEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let Some((item, menu)) = target.zip(place.get_untracked()) else { return };
        let next = match &*event.key() {
            "ArrowDown" => item.next_element_sibling().or_else(|| menu.first_element_child()),
            "ArrowUp" => item.previous_element_sibling().or_else(|| menu.last_element_child()),
            "Home" => menu.first_element_child(),
            "End" => menu.last_element_child(),
            "Escape" | "Tab" => {
                event.prevent_default();
                event.stop_propagation();
                return close();
            }
            _ => return,
        };
        event.prevent_default();
        focus(next);
    };
    let style = menu.with_value(|menu| menu.place.clone());
    view! {
        <div
            class="menu"
            role="menu"
            aria-label=name
            prop:style=style
            node_ref=place
            on:keydown=press
            on:focusout=leave
        >
            {item(text::WHY, |list, person| list.open.set(Some(person.guid)))}
            {item(text::RESYNC, ask_again)}
            {item(text::COPY, copy_text)}
        </div>
    }
}

/// Below the button, at the end of the row. The page is what their places are counted from.
fn place(opener: &HtmlElement) -> Option<String> {
    let page = opener.closest(".users").ok()??.client_width();
    let scrolled = opener.closest(".scroller").ok()??.scroll_top();
    let (left, right) = (opener.offset_left(), opener.offset_left() + opener.offset_width());
    let is_mirrored = left + right < page;
    let side =
        if is_mirrored { ["left:", &left.to_string()] } else { ["right:", &(page - right).to_string()] };
    let top = opener.offset_top() + opener.offset_height() - scrolled + GAP;
    Some(["top:", &top.to_string(), "px;", &side.concat(), "px"].concat())
}

fn focus(element: Option<Element>) {
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // Fails for what cannot have the focus.
        let _ = element.focus();
    }
}

fn ask_again(list: List, person: Person) {
    spawn(async move {
        let words = read_again(list.frame, &person.guid).await;
        say(list, &person, words);
    });
}

fn copy_text(list: List, person: Person) {
    spawn(async move {
        let explained = explain(list.frame, &person.guid).await;
        let words = match explained {
            None => text::UNREACHABLE,
            Some(explained) => {
                let it = untrack(|| explained.as_text(list.frame, &person));
                if copy(&it).await { text::COPIED } else { text::NOT_COPIED }
            }
        };
        say(list, &person, words);
    });
}

fn say(list: List, person: &Person, words: kit::Words) {
    let name = person.user.with_untracked(|user| user.name.clone());
    // The page may have been closed meanwhile.
    if let Some(language) = list.frame.language.try_get_untracked() {
        let _ = list.said.try_set([&name, ": ", words.in_language(language)].concat());
    }
}
