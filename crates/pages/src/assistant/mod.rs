//! The assistant: page by page from nothing to calendars that are read. It types into the fields of the form.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `route` | which pages each way to the calendars has, and what stands on them |
//! | `desk` | what the parts share: where one is, and what lives in the page alone |
//! | `kept` | what outlives a reload |
//! | `page` | a page as it is shown |
//! | `field` | fields of the form and of the page |
//! | `pasted` | the box for a whole overview or the output of a script |
//! | `scripts` | scripts, and what takes them back |
//! | `look` | steps of the connection test, within a page |
//! | `colleague` | a page as text |

mod colleague;
mod desk;
mod field;
mod kept;
mod look;
mod page;
mod pasted;
mod route;
mod scripts;

use calendar::settings::Item;
use kit::{Button, Each, live};
use leptos::prelude::*;
use texts::assistant as text;

use crate::frame::Frame;
use crate::told::Told;
use desk::Desk;
use field::ItemField;
use page::Shown;
use route::{Page, pages};

/// The pages of the chosen way to the calendars, one at a time.
#[component]
pub fn Assistant(
    /// What it has of the form.
    frame: Frame,
    /// What the form is told, and where it sends us.
    told: RwSignal<Told>,
) -> impl IntoView {
    let desk = Desk::new(frame, told);
    kept::keep(desk);
    desk.follow();
    let key = move || {
        let (route, page) = desk.at.get();
        page.map(|page| vec![route::name(route, page)]).unwrap_or_default()
    };
    let shown = move |_| {
        let (route, page) = desk.at.get_untracked();
        page.map(|page| view! { <Shown desk=desk route=route page=page /> })
    };
    view! {
        <div class="assistant" lang=live(move || desk.texts.language().code()) node_ref=desk.place>
            <p class="about">{desk.texts.say(text::ABOUT)}</p>
            <ItemField desk=desk item=Item::SyncType />
            <Pages desk=desk />
            <Each keys=key children=shown />
            <Show when=move || desk.at.get().1.is_some()>
                <div class="buttons">
                    <Button label=desk.texts.say(text::BACK) hidden=move || desk.beside(-1).is_none() on_press=move || desk.turn(-1) />
                    <Button
                        class="main"
                        label=desk.texts.say(text::NEXT)
                        hidden=move || desk.beside(1).is_none()
                        on_press=move || desk.turn(1)
                    />
                </div>
            </Show>
        </div>
    }
}

/// Where one is among the pages, with a way to each.
#[component]
fn Pages(desk: Desk) -> impl IntoView {
    let keys = move || {
        let route = desk.at.get().0;
        pages(route).iter().map(|page| route::name(route, *page)).collect()
    };
    let entry = move |name: String| {
        let (_, page) = route::find(&name).unwrap_or((desk.at.get_untracked().0, Page::Test));
        let is_current = move || desk.at.get().1 == Some(page);
        view! {
            <li>
                <button
                    type="button"
                    aria-current=live(move || is_current().then_some("step"))
                    on:click=move |_| desk.go(page)
                >
                    {desk.texts.say(page.title())}
                </button>
            </li>
        }
    };
    view! {
        <nav aria-label=live(move || desk.texts.text(text::STEPS)) prop:hidden=live(move || desk.at.get().1.is_none())>
            <ol class="pages">
                <Each keys=keys children=entry />
            </ol>
        </nav>
    }
}
