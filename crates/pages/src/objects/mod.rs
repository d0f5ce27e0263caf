//! The App objects in the PBX, by which its users and administrators open the service: found, checked, created, repaired,
//! deleted.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `state` | what is shown: which objects there are, what is open, what became of the last change |
//! | `desk` | what the parts share |
//! | `transport` | how messages get from the page to PBX, App Platform and service |
//! | `act` | what the buttons do |
//! | `row` | an object with its buttons |
//! | `editor` | names and templates of an object, to be changed |
//! | `by_hand` | what is to be entered in the PBX where there is none here |
//! | `feedback` | sentences about problems and results |

mod act;
mod by_hand;
mod desk;
mod editor;
mod feedback;
mod row;
mod state;
mod transport;

use app_objects::Problem;
use kit::{Button, Each, Texts, live};
use leptos::prelude::*;
use texts::objects as text;

use crate::frame::Frame;
use crate::told::Told;
use by_hand::ByHand;
use desk::Desk;
use row::Row;
use state::Objects as Found;

/// The App objects, or what is to be entered for them where there is no PBX.
#[component]
pub fn Objects(
    /// What it has of the form.
    frame: Frame,
    /// What the form is told by the service of the PBX.
    told: RwSignal<Told>,
) -> impl IntoView {
    let desk = Desk {
        frame,
        texts: Texts(frame.language),
        told,
        found: RwSignal::new(Found::default()),
        place: NodeRef::new(),
    };
    act::keep_current(desk);
    let has_pbx = move || desk.of(|objects| objects.found != Some(Err(Problem::NoPbx)));
    view! {
        <div class="objects" lang=live(move || desk.texts.language().code()) node_ref=desk.place>
            <Show when=has_pbx fallback=move || view! { <ByHand desk=desk /> }>
                <Rows desk=desk />
            </Show>
        </div>
    }
}

#[component]
fn Rows(desk: Desk) -> impl IntoView {
    let tone = move || desk.of(|objects| objects.feedback.as_ref().map_or("", feedback::tone));
    view! {
           <div>
               <p class="about problem">{live(move || feedback::trouble(desk))}</p>
               <div>
                   <Each
    keys=move || desk.of(Found::keys)
    children=move |key| view! { <Row desk=desk key=key /> }
                   />
               </div>
               <div class="about said">
                   <Button
                       class="link"
                       label=desk.texts.say(text::CHECK_AGAIN)
                       on_press=move || act::check(desk)
                   />
                   <p class="notice" role="status" data-tone=live(tone)>
                       {live(move || feedback::last(desk))}
                   </p>
               </div>
           </div>
       }
}
