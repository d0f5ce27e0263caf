use app_objects::{Health, Kind};
use kit::{Button, Flag, Words, live};
use leptos::prelude::*;
use texts::objects as text;

use super::act::{self, Which};
use super::desk::Desk;
use super::editor::Editor;
use super::feedback;
use super::state::Open;

/// The row of an object, or of a kind of which there is none, with its buttons, and what they open.
#[component]
pub fn Row(
    /// What the parts of the page share.
    desk: Desk,
    /// GUID of the object, or name of the app.
    key: String,
) -> impl IntoView {
    let is_new = Kind::ALL.into_iter().find(|kind| kind.app() == key);
    let kind = is_new.or_else(|| desk.now(|objects| Some(objects.object(&key)?.kind)));
    let row = Which { desk, key: key.into(), kind: kind.unwrap_or(Kind::Calendar) };
    let about = match row.kind {
        Kind::Calendar => text::CALENDAR_OBJECT,
        Kind::Admin => text::ADMIN_OBJECT,
        Kind::My => text::MY_OBJECT,
    };
    let [titled, healthy, toned, addressed, opened] = std::array::from_fn(|_| row.clone());
    let opened = Memo::new(move |_| opened.opened());
    let [buttons, editor, confirmation] = std::array::from_fn(|_| row.clone());
    view! {
        <div class="field">
            <div class="name">
                <h4>{live(move || titled.title())}</h4>
                <p class="help">{desk.texts.say(about)}</p>
            </div>
            <div class="value">
                <p class="status" data-health=live(move || toned.tone())>
                    {live(move || healthy.health())}
                </p>
                <p class="help">
                    <code>{live(move || addressed.url())}</code>
                </p>
                <Show when=move || opened.get() == Opened::Nothing>
                    <Buttons row=buttons.clone() />
                </Show>
                <Show when=move || opened.get() == Opened::Editor>
                    <Editor row=editor.clone() />
                </Show>
                <Show when=move || opened.get() == Opened::Question>
                    <Confirmation row=confirmation.clone() />
                </Show>
            </div>
        </div>
    }
}

/// What is open in the row.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Opened {
    Nothing,
    Editor,
    Question,
}

#[component]
fn Buttons(row: Which) -> impl IntoView {
    let opener = act::opener(&row.key);
    if row.is_new() {
        return view! {
            <div class="buttons">
                <Act row=row label=text::CREATE id=opener press=act::edit />
            </div>
        }
        .into_any();
    }
    let health = row.clone();
    let is_well = move || {
        let health = health.object().map(|object| object.health);
        !matches!(health, Some(Health::WrongPassword | Health::OldAddress | Health::NotConnected))
    };
    view! {
        <div class="buttons">
            <Act row=row.clone() label=text::REPAIR press=act::repair hidden=is_well />
            <Act row=row.clone() label=text::EDIT id=opener press=act::edit />
            <Act row=row label=text::DELETE press=act::ask_to_delete />
        </div>
    }
    .into_any()
}

#[component]
fn Confirmation(row: Which) -> impl IntoView {
    let asked = row.clone();
    view! {
        <div class="conflict" role="group" aria-labelledby="object-question">
            <p id="object-question">{live(move || asked.desk.filled(text::CONFIRM_DELETE, &asked.title()))}</p>
            <Act row=row.clone() label=text::DELETE id="object-delete" press=act::delete />
            <Act row=row label=text::CANCEL press=act::close />
        </div>
    }
}

/// A button that says which object it is for. It does nothing while something is under way.
#[component]
pub fn Act(
    /// The object.
    row: Which,
    /// What it says.
    label: Words,
    /// What it does.
    press: fn(&Which),
    /// What identifies it.
    #[prop(into, optional)]
    id: Option<String>,
    /// Whether it is out of sight.
    #[prop(into, default = false.into())]
    hidden: Flag,
) -> impl IntoView {
    let named = row.clone();
    let label = row.desk.texts.say(label);
    let act = move || {
        if !row.desk.now(|objects| objects.is_busy) {
            press(&row);
        }
    };
    let of = move || [" (", &named.title(), ")"].concat();
    let hidden = move || hidden.get();
    view! { <Button label=label of=of id=id.unwrap_or_default() hidden=hidden on_press=act /> }
}

impl Which {
    fn title(&self) -> String {
        self.object().map_or_else(|| self.kind.names().0.to_owned(), |object| object.title)
    }

    fn url(&self) -> String {
        self.object().map_or_else(|| self.desk.addresses().page(self.kind), |object| object.url)
    }

    fn health(&self) -> &'static str {
        let words = self.object().map_or(text::OBJECT_MISSING, |object| feedback::health(object.health));
        self.desk.texts.text(words)
    }

    fn tone(&self) -> &'static str {
        match self.object().map(|object| object.health) {
            None => "",
            Some(Health::Works) => "good",
            Some(Health::WrongPassword | Health::OldAddress) => "bad",
            Some(Health::NotConnected | Health::Unknown) => "fair",
        }
    }

    fn opened(&self) -> Opened {
        let is = |objects: &super::state::Objects| match &objects.open {
            Open::Editor(spec) if spec.guid.as_deref().unwrap_or(spec.kind.app()) == &*self.key => {
                Some(Opened::Editor)
            }
            Open::Deletion(guid) if *guid == *self.key => Some(Opened::Question),
            _ => None,
        };
        self.desk.of(is).unwrap_or(Opened::Nothing)
    }
}
