use calendar::settings::{Item, SyncType};
use js_sys::Object;
use kit::{Button, CopyButton, Words, live};
use leptos::prelude::*;
use setup_scripts::{cloud, role};
use texts::assistant::{self as text, permission, value};

use super::colleague;
use super::desk::Desk;
use super::field::{Access, ItemField, OwnField, Revoke};
use super::look::{Certificate, Look};
use super::pasted::PastedBox;
use super::route::{Block, Page, blocks};
use super::scripts::Scripts;
use crate::frame::object;
use crate::test::Test;

/// The command that makes an account for a local Exchange.
pub const NEW_MAILBOX: &str = "New-Mailbox -Name \"PBX calendar\" -UserPrincipalName pbx-calendar@example.com -Password (Read-Host -AsSecureString)";

/// A page: its heading, and what stands on it.
#[component]
pub fn Shown(desk: Desk, route: SyncType, page: Page) -> impl IntoView {
    let is_limited = Memo::new(move |_| desk.own.with(|own| own.is_limited));
    let found = move || {
        let all = blocks(route, page, is_limited.get());
        all.into_iter().map(|block| view! { <OneBlock desk=desk block=block /> }).collect::<Vec<_>>()
    };
    view! {
        <section class="task" aria-labelledby="assistant-heading">
            <h4 id="assistant-heading" tabindex="-1">
                {desk.texts.say(page.title())}
            </h4>
            {found}
            <div class="buttons">
                <CopyButton
                    label=desk.texts.say(text::COLLEAGUE)
                    copied=desk.texts.say(text::COPIED)
                    text=move || colleague::text(desk, route, page)
                />
            </div>
        </section>
    }
}

#[component]
fn OneBlock(desk: Desk, block: Block) -> impl IntoView {
    let texts = desk.texts;
    match block {
        Block::Task(words) => view! { <p>{texts.say(words)}</p> }.into_any(),
        Block::Who(who) => filled(desk, text::WHO, who),
        Block::Link(page, words) => view! { <Link desk=desk page=page words=words /> }.into_any(),
        Block::Way(words) => view! { <p class="help">{texts.say(words)}</p> }.into_any(),
        Block::Registration => view! {
            <ul class="values">
                <li>{texts.say(value::AUDIENCE)}</li>
                <li>{texts.say(value::NO_REDIRECT)}</li>
            </ul>
        }
        .into_any(),
        Block::Command => view! {
            <p class="help">{texts.say(text::ON_PREMISES_COMMAND)}</p>
            <Copied desk=desk text=move || NEW_MAILBOX.to_owned() />
        }
        .into_any(),
        Block::Item(item) => view! { <Where desk=desk item=item /> }.into_any(),
        Block::Own(value) => view! { <OwnField desk=desk value=value /> }.into_any(),
        Block::Access => view! { <Access desk=desk /> }.into_any(),
        Block::Pasted => view! { <PastedBox desk=desk /> }.into_any(),
        Block::Permissions => view! { <Permissions desk=desk /> }.into_any(),
        Block::Manifest => {
            view! { <Copied desk=desk text=move || manifest(desk.own.with(|own| own.is_limited)) /> }
                .into_any()
        }
        Block::Revoke => view! { <Revoke desk=desk /> }.into_any(),
        Block::Scripts(scripts) => view! { <Scripts desk=desk scripts=scripts /> }.into_any(),
        Block::Done(words) => {
            view! { <p class="help">{live(move || texts.filled(text::SEE, &[texts.text(words)]))}</p> }
                .into_any()
        }
        Block::Test => {
            let (inside, outside) = desk.own.with_untracked(|own| (own.inside.clone(), own.outside.clone()));
            view! { <Test frame=desk.frame mailbox=inside outside=outside /> }.into_any()
        }
        Block::Look(steps) => view! { <Look desk=desk steps=steps /> }.into_any(),
        Block::Certificate => view! { <Certificate desk=desk /> }.into_any(),
        Block::Save => view! { <Save desk=desk /> }.into_any(),
        Block::Objects => {
            button(desk, text::OBJECTS, move || desk.ask("go", object(&[("to", "appObjects".into())])))
        }
        Block::UseGraph => button(desk, text::USE_GRAPH, move || {
            desk.take(&[(Item::SyncType, (SyncType::Graph as u32).into())]);
        }),
    }
}

/// The manifest for Exchange Web Services.
pub fn manifest(is_limited: bool) -> String {
    role::manifest(role::exchange(is_limited))
}

/// The three permissions, as many as are granted in Entra.
pub fn permissions(is_limited: bool) -> Vec<Words> {
    if is_limited {
        vec![permission::USERS, permission::LIMITED]
    } else {
        vec![permission::CALENDARS, permission::USERS, permission::ZONES]
    }
}

#[component]
fn Permissions(desk: Desk) -> impl IntoView {
    let entries = move || {
        let words = permissions(desk.own.with(|own| own.is_limited)).into_iter();
        words.map(|words| view! { <li>{desk.texts.say(words)}</li> }).collect::<Vec<_>>()
    };
    view! { <ul class="values">{entries}</ul> }
}

fn filled(desk: Desk, words: Words, value: &'static str) -> AnyView {
    view! { <p class="help">{live(move || desk.texts.filled(words, &[value]))}</p> }.into_any()
}

fn button(desk: Desk, label: Words, press: impl Fn() + Send + Sync + 'static) -> AnyView {
    view! {
        <div class="buttons">
            <Button label=desk.texts.say(label) on_press=press />
        </div>
    }
    .into_any()
}

/// A field, where the settings have it.
#[component]
fn Where(desk: Desk, item: Item) -> impl IntoView {
    let is_there = Memo::new(move |_| desk.frame.typed.with(|typed| item.shown(typed)));
    view! {
        <Show when=move || is_there.get()>
            <ItemField desk=desk item=item />
        </Show>
    }
}

/// A link into the portal, and the way in words: portals move.
#[component]
fn Link(desk: Desk, page: cloud::Page, words: Words) -> impl IntoView {
    let address = Memo::new(move |_| address(desk, page));
    view! {
        <p class="link">
            <a
                class="button"
                target="_blank"
                rel="noreferrer"
                href=live(move || address.get())
                prop:hidden=live(move || address.with(Option::is_none))
            >
                {desk.texts.say(text::OPEN)}
            </a>
            <span class="help">{live(move || desk.texts.filled(text::WAY, &[desk.texts.text(words)]))}</span>
        </p>
    }
}

/// Where a page of the portal is, where that is known.
pub fn address(desk: Desk, page: cloud::Page) -> Option<String> {
    desk.frame.typed.with(|typed| cloud::link(typed.national_cloud, page, &typed.client_id))
}

/// A text to be copied.
#[component]
fn Copied(desk: Desk, #[prop(into)] text: leptos::text_prop::TextProp) -> impl IntoView {
    let shown = text.clone();
    view! {
        <div class="script">
            <pre tabindex="0">{live(move || shown.get())}</pre>
            <div class="buttons">
                <CopyButton
                    label=desk.texts.say(text::COPY)
                    copied=desk.texts.say(text::COPIED)
                    text=move || text.get()
                />
            </div>
        </div>
    }
}

/// The button that saves everything, and whether everything is.
#[component]
fn Save(desk: Desk) -> impl IntoView {
    let is_saved = move || desk.frame.typed.with(|typed| desk.frame.stored.with(|stored| typed == stored));
    let said = move || desk.texts.text(if is_saved() { text::SAVED } else { text::UNSAVED });
    view! {
        <div class="said">
            <Button class="main" label=desk.texts.say(text::SAVE) on_press=move || desk.ask("save", Object::new()) />
            <p class="notice" role="status">
                {live(said)}
            </p>
        </div>
    }
}
