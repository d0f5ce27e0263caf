//! A page as text, for somebody who may do what it asks for.

use calendar::settings::SyncType;
use leptos::prelude::*;
use setup_scripts::Value;
use texts::assistant::{self as words, value};

use super::desk::Desk;
use super::page::{NEW_MAILBOX, address, manifest, permissions};
use super::route::{Block, Page, blocks};
use super::scripts::text_of;

/// Task, who may do it, where, what is entered there, and the scripts. No secret is in it.
pub fn text(desk: Desk, route: SyncType, page: Page) -> String {
    let is_limited = desk.own.with(|own| own.is_limited);
    let mut lines = vec![desk.texts.text(page.title()).to_owned()];
    for block in blocks(route, page, is_limited) {
        lines.extend(of(desk, block, is_limited));
    }
    lines.join("\n\n") + "\n"
}

fn of(desk: Desk, block: Block, is_limited: bool) -> Vec<String> {
    let texts = desk.texts;
    let say = |words| texts.text(words).to_owned();
    match block {
        Block::Task(words) => vec![say(words)],
        Block::Who(who) => vec![texts.filled(words::WHO, &[who])],
        Block::Link(page, way) => {
            let way = texts.filled(words::WAY, &[texts.text(way)]);
            address(desk, page).into_iter().chain([way]).collect()
        }
        Block::Way(way) => vec![say(way)],
        Block::Registration => vec![say(value::AUDIENCE), say(value::NO_REDIRECT)],
        Block::Command => vec![NEW_MAILBOX.to_owned()],
        Block::Own(value) => own(desk, value),
        Block::Permissions => permissions(is_limited).into_iter().map(say).collect(),
        Block::Manifest => vec![manifest(is_limited)],
        Block::Done(done) => vec![texts.filled(words::SEE, &[texts.text(done)])],
        Block::Scripts(scripts) => {
            let text = |script: &setup_scripts::Script| {
                let text = text_of(desk, *script, false).ok()?;
                Some([script.file_name(), ":\n", text.trim_start_matches('\u{feff}')].concat())
            };
            scripts.iter().filter_map(text).collect()
        }
        _ => Vec::new(),
    }
}

/// What was entered into a field of the page.
fn own(desk: Desk, value: Value) -> Vec<String> {
    let values = desk.values();
    let entered = values.get(value).ok();
    entered.map(|entered| vec![[desk.called(value), ": ", &entered].concat()]).unwrap_or_default()
}
