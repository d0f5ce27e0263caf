use calendar::settings::Item;
use calendar::settings::guidance::{Expiry, expiry};
use calendar::settings::mixup::Mixup;
use leptos::prelude::*;
use ui::{El, Words, el};

use crate::form::draft::Draft;
use crate::form::session::Form;
use crate::intl;
use crate::text;

/// What is to be said about the value of an item beside its problem: a probable mix-up, the days that are left.
pub fn notes(form: Form, item: Item) -> Option<El> {
    match item {
        Item::ClientId | Item::TenantId | Item::ClientSecret => Some(mixup(form, item)),
        Item::ClientSecretExpires => Some(countdown(form)),
        _ => None,
    }
}

fn mixup(form: Form, item: Item) -> El {
    let found = move || form.draft(|draft| draft.mixup(item));
    let warning = move || {
        let swap = form.button(text::SWAP_IDS, move |form| {
            form.edit(Draft::swap_ids);
            form.focus(item);
        });
        el("div")
            .class("hint")
            .child(el("p").text(move || found().map_or("", |mixup| form.text(sentence(item, mixup)))))
            .child(swap.flag("hidden", move || found() != Some(Mixup::Swapped)))
    };
    el("div").attr("role", "status").when(move || found().is_some(), warning)
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

fn countdown(form: Form) -> El {
    let left = move || {
        let Some(Expiry { days, .. }) = form.draft(|draft| expiry(draft.settings(), intl::today())) else {
            return String::new();
        };
        #[expect(clippy::cast_precision_loss, reason = "days are few")]
        let when = intl::distance(form.language.get(), days as f64, "day");
        form.filled(if days < 0 { text::EXPIRED } else { text::EXPIRES }, &when)
    };
    let tone = move || match form.draft(|draft| expiry(draft.settings(), intl::today())) {
        Some(Expiry { days, .. }) if days <= 7 => "bad",
        Some(Expiry { days, .. }) if days <= 31 => "fair",
        _ => "",
    };
    el("p").class("countdown").attr("data-tone", tone).text(left)
}
