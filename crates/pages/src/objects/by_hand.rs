//! What is to be entered in the PBX, where the form is opened without one.

use app_objects::Kind;
use kit::{CopyButton, Words, live};
use leptos::prelude::*;
use leptos::text_prop::TextProp;
use texts::objects as text;

use super::desk::Desk;

/// The values of both objects.
#[component]
pub fn ByHand(
    /// What the parts of the page share.
    desk: Desk,
) -> impl IntoView {
    view! {
        <div>
            <p class="about">{desk.texts.say(text::NO_PBX)}</p>
            {Kind::ALL.into_iter().map(|kind| view! { <Values desk=desk kind=kind /> }).collect::<Vec<_>>()}
        </div>
    }
}

/// The values of one, each with a button that copies it.
#[component]
fn Values(desk: Desk, kind: Kind) -> impl IntoView {
    let (name, sip) = kind.names();
    let address = move || desk.addresses().page(kind);
    let granted = kind.granted();
    let apis = granted.apis.join(", ");
    let nothing = move || desk.texts.text(text::NOTHING).to_owned();
    let or_nothing =
        move |names: String| live(move || if names.is_empty() { nothing() } else { names.clone() });
    view! {
        <section class="by-hand" aria-label=name>
            <h4>{name}</h4>
            <dl>
                <Value desk=desk label=text::OBJECT_NAME value=move || name>
                    <span>{name}</span>
                </Value>
                <Value desk=desk label=text::SIP_NAME value=move || sip>
                    <span>{sip}</span>
                </Value>
                <Value desk=desk label=text::URL value=address>
                    <code>{live(address)}</code>
                </Value>
                <dt>{desk.texts.say(text::PASSWORD)}</dt>
                <dd>{desk.texts.say(text::PASSWORD_IS)}</dd>
                <dt>{desk.texts.say(text::CHECKMARKS)}</dt>
                <dd>{or_nothing(granted.checkmarks.join(", "))}</dd>
                <dt>{desk.texts.say(text::APIS)}</dt>
                <dd>{or_nothing(apis)}</dd>
            </dl>
        </section>
    }
}

#[component]
fn Value(
    desk: Desk,
    label: Words,
    /// What is copied.
    #[prop(into)]
    value: TextProp,
    /// It, as it is shown.
    children: Children,
) -> impl IntoView {
    let copy = move || desk.filled(text::COPY, desk.texts.text(label));
    view! {
        <dt>{desk.texts.say(label)}</dt>
        <dd>
            {children()} " " <CopyButton label=copy copied=desk.texts.say(text::COPIED) text=value />
        </dd>
    }
}
