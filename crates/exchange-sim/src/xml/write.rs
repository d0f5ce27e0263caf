//! From a tree to text. Prefixes are chosen here: real servers use different ones for different answers.

use std::collections::BTreeSet;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::element::{Element, Ns, s};

/// Which prefixes stand for the namespaces.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Style {
    /// `s`, `m`, `t`, declared at the root.
    #[default]
    Usual,
    /// A default namespace at the envelope and `soap11` inside, as in streamed answers.
    Streamed,
    /// Every element declares its own namespace as the default one.
    Bare,
}

/// An envelope around what an operation answers.
pub(crate) fn envelope(header: Option<Element>, body: Element) -> Element {
    let header = header.map(|header| s("Header").with(header));
    s("Envelope").with_all(header).with(s("Body").with(body))
}

/// A whole document.
pub(crate) fn write(root: &Element, style: Style) -> String {
    let mut writer = Writer::new(Vec::new());
    let mut spaces = BTreeSet::new();
    collect(root, &mut spaces);
    // Writing to memory does not fail.
    let _ = writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)));
    let declared: Vec<Ns> =
        spaces.iter().map(|uri| Ns::of(uri)).filter(|ns| !prefix(ns, style, false).is_empty()).collect();
    element(&mut writer, root, style, Some(&declared), "");
    String::from_utf8(writer.into_inner()).unwrap_or_default()
}

fn collect(element: &Element, spaces: &mut BTreeSet<String>) {
    spaces.insert(element.ns.uri().to_owned());
    element.children.iter().for_each(|child| collect(child, spaces));
}

/// `declared` is for the root alone, `default` is the default namespace in force.
fn element(writer: &mut Writer<Vec<u8>>, it: &Element, style: Style, declared: Option<&[Ns]>, default: &str) {
    let prefix = prefix(&it.ns, style, declared.is_some());
    let name = if prefix.is_empty() { it.name.clone() } else { format!("{prefix}:{}", it.name) };
    let mut start = BytesStart::new(name.clone());
    let mut inner = default;
    if prefix.is_empty() && it.ns.uri() != default {
        inner = it.ns.uri();
        start.push_attribute(("xmlns", inner));
    }
    for ns in declared.into_iter().flatten() {
        start.push_attribute((format!("xmlns:{}", self::prefix(ns, style, false)).as_str(), ns.uri()));
    }
    for (name, value) in &it.attributes {
        start.push_attribute((name.as_str(), value.as_str()));
    }
    if it.children.is_empty() && it.text.is_empty() {
        let _ = writer.write_event(Event::Empty(start));
        return;
    }
    let _ = writer.write_event(Event::Start(start));
    if !it.text.is_empty() {
        let _ = writer.write_event(Event::Text(BytesText::new(&it.text)));
    }
    for child in &it.children {
        element(writer, child, style, None, inner);
    }
    let _ = writer.write_event(Event::End(BytesEnd::new(name)));
}

fn prefix(ns: &Ns, style: Style, root: bool) -> &'static str {
    match (style, ns) {
        (Style::Bare, _) | (_, Ns::None | Ns::Other(_) | Ns::PoxRequest | Ns::PoxAnswer | Ns::PoxOutlook) => {
            ""
        }
        (Style::Streamed, Ns::Soap) if root => "",
        (Style::Streamed, Ns::Soap) => "soap11",
        (_, Ns::Soap) => "s",
        (_, Ns::Messages) => "m",
        (_, Ns::Types) => "t",
        (_, Ns::Errors) => "e",
        (_, Ns::Autodiscover) => "a",
        (_, Ns::Addressing) => "wsa",
    }
}

#[cfg(test)]
mod tests {
    use super::super::{m, plain, read, s, t};
    use super::*;

    #[test]
    fn whatever_the_style_the_same_is_read() {
        let fault = s("Fault").with(plain("faultcode").says("s:Client")).with(plain("detail").with(m("A")));
        let tree = envelope(Some(t("B").set("C", "<1>")), fault);
        for style in [Style::Usual, Style::Streamed, Style::Bare] {
            let text = write(&tree, style);
            assert_eq!(read(text.as_bytes()).as_ref(), Ok(&tree), "{text}");
        }
        assert!(write(&tree, Style::Streamed).contains("<soap11:Body>"));
    }
}
