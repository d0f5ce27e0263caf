//! From text to a tree, as far as Exchange lets one come.

use quick_xml::NsReader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{PrefixDeclaration, ResolveResult};

use super::element::{Element, Ns};

/// Deeper than any request is.
const DEEPEST: usize = 64;

/// Why a text is no request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum BadXml {
    #[error("a document type is not allowed")]
    DocumentType,
    #[error("elements are nested too deep")]
    Deep,
    #[error("not well-formed: {0}")]
    Malformed(String),
}

#[expect(clippy::needless_pass_by_value, reason = "it is given to `map_err`")]
fn malformed(error: impl ToString) -> BadXml {
    BadXml::Malformed(error.to_string())
}

/// Reads a whole document.
pub(crate) fn read(bytes: &[u8]) -> Result<Element, BadXml> {
    let text = std::str::from_utf8(bytes).map_err(malformed)?;
    let mut reader = NsReader::from_str(text.trim_start_matches('\u{feff}'));
    let mut open: Vec<Element> = Vec::new();
    let mut root = None;
    loop {
        let (namespace, event) = reader.read_resolved_event().map_err(malformed)?;
        let ns = namespace_of(&namespace);
        match event {
            Event::Start(start) if open.len() < DEEPEST && root.is_none() => open.push(element(ns?, &start)?),
            Event::Empty(start) if open.len() < DEEPEST && root.is_none() => {
                close(element(ns?, &start)?, &mut open, &mut root);
            }
            Event::Start(_) | Event::Empty(_) if root.is_some() => return Err(malformed("two roots")),
            Event::Start(_) | Event::Empty(_) => return Err(BadXml::Deep),
            Event::End(_) => {
                let closed = open.pop().ok_or_else(|| malformed("an end without a beginning"))?;
                close(closed, &mut open, &mut root);
            }
            Event::Text(text) => add(&mut open, &text.xml10_content())?,
            Event::CData(text) => add(&mut open, &text.xml10_content())?,
            Event::GeneralRef(reference) => {
                let entity = match reference.resolve_char_ref().map_err(malformed)? {
                    Some(letter) => letter.to_string(),
                    None => quick_xml::escape::resolve_xml_entity(&reference.xml10_content())
                        .ok_or_else(|| malformed("an unknown entity"))?
                        .to_owned(),
                };
                add(&mut open, &entity)?;
            }
            Event::DocType(_) => return Err(BadXml::DocumentType),
            Event::Eof if open.is_empty() => return root.ok_or_else(|| malformed("there is no element")),
            Event::Eof => return Err(malformed("it ends too early")),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
}

fn namespace_of(result: &ResolveResult) -> Result<Ns, BadXml> {
    match result {
        ResolveResult::Bound(namespace) => Ok(Ns::of(namespace.0)),
        ResolveResult::Unbound => Ok(Ns::None),
        ResolveResult::Unknown(prefix) => Err(malformed(format!("unknown prefix {prefix:?}"))),
    }
}

fn element(ns: Ns, start: &BytesStart) -> Result<Element, BadXml> {
    let mut element = Element::new(ns, start.local_name().into_inner());
    for attribute in start.attributes() {
        let attribute = attribute.map_err(malformed)?;
        if matches!(
            attribute.key.as_namespace_binding(),
            Some(PrefixDeclaration::Default | PrefixDeclaration::Named(_))
        ) {
            continue;
        }
        let value = attribute.normalized_value(XmlVersion::Explicit1_0).map_err(malformed)?;
        element.attributes.push((attribute.key.0.to_owned(), value.into_owned()));
    }
    Ok(element)
}

fn close(element: Element, open: &mut [Element], root: &mut Option<Element>) {
    match open.last_mut() {
        Some(parent) => parent.children.push(element),
        None => *root = Some(element),
    }
}

fn add(open: &mut [Element], text: &str) -> Result<(), BadXml> {
    match open.last_mut() {
        Some(element) => element.text.push_str(text),
        None if text.trim().is_empty() => {}
        None => return Err(malformed("text outside of the root")),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn namespaces_attributes_and_entities_are_read() {
        let text = r#"<?xml version="1.0"?><x:A xmlns:x="http://schemas.microsoft.com/exchange/services/2006/types" B="1 &lt; 2"><x:C>a&amp;&#x62;<![CDATA[c]]></x:C><D xmlns="urn:d"/></x:A>"#;
        let root = read(text.as_bytes()).unwrap();
        assert!(root.is(&Ns::Types, "A"));
        assert_eq!(root.attribute("B"), Some("1 < 2"));
        assert_eq!(root.t("C").unwrap().text(), "a&bc");
        assert_eq!(root.children[1].ns, Ns::Other("urn:d".into()));
    }

    #[test]
    fn what_is_no_request_is_refused() {
        assert_eq!(read(b"<!DOCTYPE a><a/>"), Err(BadXml::DocumentType));
        assert_eq!(read("<a>".repeat(65).as_bytes()), Err(BadXml::Deep));
        for text in
            ["", "<a>", "<a></b>", "<a/><b/>", "<a/>x", "<a>&b;</a>", "<p:a/>", "x", "<a b='1' b='2'/>"]
        {
            assert!(matches!(read(text.as_bytes()), Err(BadXml::Malformed(_))), "{text}");
        }
        assert!(read(&[b'<', 0xff]).is_err());
    }
}
