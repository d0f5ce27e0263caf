//! What the table says of a user.

use browser::age;
use kit::Language;
use leptos::prelude::*;

use super::list::List;
use super::user::User;
use crate::frame::Frame;
use crate::text::users as text;

/// The presence as a colleague at this browser sees it.
pub fn seen(frame: Frame, user: &User) -> String {
    match &user.note {
        Some(note) => frame.seen(note),
        None => frame.text(text::NO_PRESENCE).to_owned(),
    }
}

/// His addresses, and the mailbox where it is none of them.
pub fn addresses(user: &User) -> String {
    let mut all: Vec<&str> = user.addresses.iter().map(String::as_str).collect();
    all.extend(user.other_mailbox());
    all.join(", ")
}

/// How long ago his calendar was read.
pub fn read_at(list: List, user: &User) -> String {
    list.now.get();
    user.last_sync.map(|last| age(list.frame.language.get().code(), last)).unwrap_or_default()
}

/// What is wrong and what to do, each with the language it is in where that is not the page's: a sentence about the state
/// and, where the service says it more exactly, that.
pub fn advice(frame: Frame, user: &User) -> Vec<(String, &'static str)> {
    let language = frame.language.get();
    let exact = user.error_text.clone().filter(|text| !text.is_empty());
    let mut lines = Vec::new();
    if exact.is_none() || language != Language::En {
        lines.extend(text::advice(user.state).map(|words| (frame.text(words).to_owned(), language.code())));
    }
    lines.extend(exact.map(|exact| (exact, "en")));
    lines
}

/// Who he is and what is seen of him, as lines of text.
pub fn about(frame: Frame, user: &User) -> Vec<String> {
    let mut lines = vec![
        user.name.clone(),
        addresses(user),
        frame.text(text::state(user.state)).to_owned(),
        seen(frame, user),
    ];
    lines.extend(advice(frame, user).into_iter().map(|(line, _)| line));
    lines.retain(|line| !line.is_empty());
    lines
}
