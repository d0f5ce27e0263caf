use calendar::settings::{Item, Settings, SyncType};
use js_sys::Object;
use kit::{Texts, Words};
use leptos::html::Div;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use setup_scripts::{Value, Values};
use texts::{assistant as text, label};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;

use super::route::{self, Page, pages};
use crate::frame::{Frame, object, spawn};
use crate::told::Told;

/// What the parts of the assistant share. Handles to signals, so it is copied freely.
#[derive(Clone, Copy)]
pub struct Desk {
    /// What it has of the form.
    pub frame: Frame,
    /// The language, with its texts.
    pub texts: Texts,
    /// What the form is told.
    pub told: RwSignal<Told>,
    /// The way to the calendars, and the page of it that is shown.
    pub at: RwSignal<(SyncType, Option<Page>)>,
    /// What lives in the pages alone.
    pub own: RwSignal<Own>,
    /// The element of the assistant.
    pub place: NodeRef<Div>,
}

/// What lives in the pages alone, none of it secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Own {
    /// The page that is shown.
    pub page: String,
    /// What the registration, a scope or a policy is called.
    pub name: String,
    /// Whether the calendars of a group alone may be read.
    pub is_limited: bool,
    /// The group.
    pub group: String,
    /// Object ID of the enterprise application.
    pub object: String,
    /// A mailbox that may be read.
    pub inside: String,
    /// One that must not be.
    pub outside: String,
    /// Whether a grant in Entra is taken away.
    pub revokes: bool,
}

impl Default for Own {
    fn default() -> Self {
        Self {
            page: String::new(),
            name: "Calendar presence".to_owned(),
            is_limited: false,
            group: String::new(),
            object: String::new(),
            inside: String::new(),
            outside: String::new(),
            revokes: false,
        }
    }
}

impl Desk {
    /// Nothing is shown yet.
    pub fn new(frame: Frame, told: RwSignal<Told>) -> Self {
        let sync_type = frame.typed.with_untracked(|typed| typed.sync_type);
        Self {
            frame,
            texts: Texts(frame.language),
            told,
            at: RwSignal::new((sync_type, pages(sync_type).first().copied())),
            own: RwSignal::default(),
            place: NodeRef::new(),
        }
    }

    /// Goes where the form sends it, and to another way when one is chosen.
    pub fn follow(self) {
        // After a reload the way is chosen again a little later.
        let mut kept = route::find(&self.own.with_untracked(|own| own.page.clone()));
        let mut page_of = move |chosen: SyncType| {
            let is_of = |(route, _): &(SyncType, Page)| *route == chosen;
            kept.take_if(|kept| is_of(kept)).map(|(_, page)| page).or_else(|| pages(chosen).first().copied())
        };
        let chosen = Memo::new(move |_| self.frame.typed.with(|typed| typed.sync_type));
        let now = chosen.get_untracked();
        self.at.set((now, page_of(now)));
        Effect::new(move |last: Option<SyncType>| {
            let chosen = chosen.get();
            if last.unwrap_or(now) != chosen {
                self.at.set((chosen, page_of(chosen)));
            }
            chosen
        });
        let way = Memo::new(move |_| self.told.with(|told| told.way.clone()));
        Effect::new(move |_| {
            if let Some((route, page)) = way.with(|way| route::find(way)) {
                self.at.set((route, Some(page)));
                self.ask("go", object(&[("to", "".into())]));
                self.focus_on_heading();
            }
        });
        Effect::new(move |_| {
            let (route, page) = self.at.get();
            let name = page.map(|page| route::name(route, page)).unwrap_or_default();
            self.own.update(|own| own.page = name);
        });
    }

    /// Shows a page of this way.
    pub fn go(self, page: Page) {
        self.at.update(|(_, shown)| *shown = Some(page));
        self.focus_on_heading();
    }

    /// The page so many further on.
    pub fn beside(self, step: isize) -> Option<Page> {
        let (route, page) = self.at.get();
        let pages = pages(route);
        let place = pages.iter().position(|known| Some(*known) == page)?;
        pages.get(place.checked_add_signed(step)?).copied()
    }

    /// Shows it.
    pub fn turn(self, step: isize) {
        if let Some(page) = untrack(|| self.beside(step)) {
            self.go(page);
        }
    }

    /// Once the page is there.
    fn focus_on_heading(self) {
        spawn(async move {
            gloo_timers::future::TimeoutFuture::new(0).await;
            let Some(Some(place)) = self.place.try_get_untracked() else { return };
            if let Ok(Some(heading)) = place.query_selector("h4") {
                // There are no others.
                let _ = heading.unchecked_ref::<HtmlElement>().focus();
            }
        });
    }

    /// Types into fields of the form.
    pub fn take(self, items: &[(Item, JsValue)]) {
        let items: Vec<_> = items.iter().map(|(item, value)| (item.name(), value.clone())).collect();
        self.ask("take", object(&items));
    }

    /// Asks the form for something that has no answer.
    pub fn ask(self, message: &'static str, body: Object) {
        spawn(async move {
            let _ = self.frame.request(message, body).await;
        });
    }

    /// Whether this way ends with Exchange Web Services.
    pub fn is_ews(self) -> bool {
        !matches!(self.at.get().0, SyncType::Graph | SyncType::Hybrid)
    }

    /// What is put into scripts, now.
    pub fn values(self) -> Values {
        let is_ews = self.is_ews();
        let own = self.own.get();
        self.frame.typed.with(|typed| values(typed, own, is_ews))
    }

    /// What a value is called where it is entered.
    pub fn called(self, value: Value) -> &'static str {
        self.texts.text(name_of(value))
    }
}

fn values(typed: &Settings, own: Own, is_ews: bool) -> Values {
    Values {
        cloud: typed.national_cloud,
        tenant: typed.tenant_id.clone(),
        client: typed.client_id.clone(),
        object: own.object,
        name: own.name,
        group: if own.is_limited { own.group } else { String::new() },
        inside: own.inside,
        outside: own.outside,
        account: typed.user.clone(),
        years: 1,
        is_ews,
        revokes: own.revokes,
    }
}

fn name_of(value: Value) -> Words {
    match value {
        Value::Tenant => label(Item::TenantId),
        Value::Client => label(Item::ClientId),
        Value::Account => label(Item::User),
        Value::Object => text::field::OBJECT,
        Value::Name => text::field::NAME,
        Value::Group => text::field::GROUP,
        Value::Inside => text::field::INSIDE,
        Value::Outside => text::field::OUTSIDE,
    }
}
