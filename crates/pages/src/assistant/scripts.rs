use kit::{CopyButton, live};
use leptos::prelude::*;
use setup_scripts::{Refused, Script, Wrong};
use texts::assistant as text;

use super::desk::Desk;

/// Scripts that do what a page asks for, each with what takes it back.
#[component]
pub fn Scripts(desk: Desk, scripts: &'static [Script]) -> impl IntoView {
    let one = move |script: &Script| {
        let script = *script;
        view! {
            <OneScript desk=desk script=script is_undo=false />
        }
    };
    let undo = move |script: &Script| {
        let script = *script;
        view! {
            <OneScript desk=desk script=script is_undo=true />
        }
    };
    view! {
        <details class="scripts">
            <summary>{desk.texts.say(text::SCRIPTS)}</summary>
            <p class="help">{desk.texts.say(text::UNTESTED)}</p>
            {scripts.iter().map(one).collect::<Vec<_>>()}
            <details>
                <summary>{desk.texts.say(text::UNDO)}</summary>
                {scripts.iter().map(undo).collect::<Vec<_>>()}
            </details>
        </details>
    }
}

/// The text of a script, or why there is none.
pub fn text_of(desk: Desk, script: Script, is_undo: bool) -> Result<String, String> {
    let values = desk.values();
    let written = if is_undo { script.undo(&values) } else { script.write(&values) };
    written.map_err(|wrong| match wrong {
        Wrong::NoCli => desk.texts.text(text::NO_CLI).to_owned(),
        Wrong::Value(value, Refused::Missing) => desk.texts.filled(text::NEEDS, &[desk.called(value)]),
        Wrong::Value(value, _) => desk.texts.filled(text::REFUSED, &[desk.called(value)]),
    })
}

#[component]
fn OneScript(desk: Desk, script: Script, is_undo: bool) -> impl IntoView {
    let name = if is_undo { ["undo-", script.file_name()].concat() } else { script.file_name().to_owned() };
    let written = Memo::new(move |_| text_of(desk, script, is_undo));
    let content = move || written.with(|written| written.clone().unwrap_or_default());
    let why = move || written.with(|written| written.clone().err().unwrap_or_default());
    let address = move || {
        let text = String::from(js_sys::encode_uri_component(&content()));
        ["data:text/plain;charset=utf-8,", &text].concat()
    };
    let [copied, saved, shown] = std::array::from_fn(|_| name.clone());
    view! {
        <div class="script">
            <h5>{name}</h5>
            <p class="problem">{live(why)}</p>
            <Show when=move || written.with(Result::is_ok)>
                <pre tabindex="0" aria-label=shown.clone()>{live(content)}</pre>
                <div class="buttons">
                    <CopyButton
                        label={
                            let name = copied.clone();
                            move || desk.texts.filled(text::COPY_SCRIPT, &[&name])
                        }
                        copied=desk.texts.say(text::COPIED)
                        text=content
                    />
                    <a class="button" download=saved.clone() href=live(address)>
                        {
                            let name = saved.clone();
                            live(move || desk.texts.filled(text::DOWNLOAD, &[&name]))
                        }
                    </a>
                </div>
            </Show>
        </div>
    }
}
