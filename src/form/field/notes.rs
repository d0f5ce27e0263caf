use calendar::settings::Item;
use calendar::settings::guidance::{Expiry, expiry};
use calendar::settings::mixup::Mixup;
use kit::{Button, Words, live};
use leptos::prelude::*;

use crate::form::draft::Draft;
use crate::form::session::Form;
use crate::intl;
use crate::text;

/// What is to be said about the value of an item beside its problem: a probable mix-up, the days that are left.
#[component]
pub fn Notes(form: Form, item: Item) -> impl IntoView {
    match item {
        Item::ClientId | Item::TenantId | Item::ClientSecret => {
            Some(view! { <MixedUp form=form item=item /> }.into_any())
        }
        Item::ClientSecretExpires => Some(view! { <Countdown form=form item=item /> }.into_any()),
        _ => None,
    }
}

#[component]
fn MixedUp(form: Form, item: Item) -> impl IntoView {
    let found = move || form.of(item, |seen| seen.mixup);
    let swap = move || {
        form.edit(Draft::swap_ids);
        form.focus(item);
    };
    view! {
        <div role="status">
            <Show when=move || found().is_some()>
                <div class="hint">
                    <p>{live(move || found().map_or("", |mixup| form.text(sentence(item, mixup))))}</p>
                    <Button
                        label=form.say(text::SWAP_IDS)
                        hidden=move || found() != Some(Mixup::Swapped)
                        on_press=swap
                    />
                </div>
            </Show>
        </div>
    }
}

fn sentence(item: Item, mixup: Mixup) -> Words {
    match mixup {
        Mixup::Swapped => text::MIXUP_SWAPPED,
        Mixup::Same => text::MIXUP_SAME,
        Mixup::TenantAsClient => text::MIXUP_TENANT_AS_CLIENT,
        Mixup::ClientAsTenant => text::MIXUP_CLIENT_AS_TENANT,
        Mixup::ObjectId => text::MIXUP_OBJECT_ID,
        Mixup::SecretId if item == Item::ClientSecret => text::MIXUP_SECRET_ID,
        Mixup::SecretId => text::MIXUP_SECRET_ID_AS_ID,
        Mixup::Microsofts => text::MIXUP_MICROSOFTS,
        Mixup::MaskedSecret => text::MIXUP_MASKED,
        Mixup::OddSecret => text::MIXUP_ODD_SECRET,
    }
}

#[component]
fn Countdown(form: Form, item: Item) -> impl IntoView {
    let found = move || form.state.watching(&[item], |draft| expiry(draft.settings(), intl::today()));
    let left = move || {
        let Some(Expiry { days, .. }) = found() else { return String::new() };
        #[expect(clippy::cast_precision_loss, reason = "days are few")]
        let when = intl::distance(form.language(), days as f64, "day");
        form.filled(if days < 0 { text::EXPIRED } else { text::EXPIRES }, &when)
    };
    let tone = move || match found() {
        Some(Expiry { days, .. }) if days <= 7 => "bad",
        Some(Expiry { days, .. }) if days <= 31 => "fair",
        _ => "",
    };
    view! {
        <p class="countdown" data-tone=live(tone)>
            {live(left)}
        </p>
    }
}
