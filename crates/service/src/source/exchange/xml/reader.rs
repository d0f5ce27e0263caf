//! Reading: one step after the other, never more than was asked for.

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;

use super::Ns;

/// Deeper than any answer of Exchange, and shallow enough for every stack.
const MAX_DEPTH: usize = 64;

/// The document cannot be read: cut off, not well-formed, hostile, or no XML at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no XML that Exchange writes")]
pub struct Broken;

/// Walks through a document. At any time one element is open, at first the document itself.
pub struct Reader<'i> {
    xml: NsReader<&'i [u8]>,
    depth: usize,
}

/// The beginning of an element.
#[derive(Debug)]
pub struct Start {
    /// Its namespace.
    pub ns: Ns,
    /// Its local name.
    pub name: String,
    attributes: Vec<(String, String)>,
}

impl Start {
    /// Whether it is this element.
    pub fn is(&self, ns: Ns, name: &str) -> bool {
        self.ns == ns && self.name == name
    }

    /// The value of an attribute, whatever its namespace.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// What was found next.
enum Step<'i> {
    Start(Start),
    End,
    Text(std::borrow::Cow<'i, str>),
    Char(String),
    Eof,
}

impl<'i> Reader<'i> {
    /// Begins with a document. It must be UTF-8.
    pub fn new(document: &'i [u8]) -> Result<Self, Broken> {
        let text = std::str::from_utf8(document).map_err(|_| Broken)?;
        let mut xml = NsReader::from_str(text.trim_start_matches('\u{feff}'));
        xml.config_mut().expand_empty_elements = true;
        Ok(Self { xml, depth: 0 })
    }

    /// The next element within the open one, which it opens; `None` closes the open one.
    pub fn child(&mut self) -> Result<Option<Start>, Broken> {
        loop {
            match self.step()? {
                Step::Start(start) => return Ok(Some(start)),
                Step::End => return Ok(None),
                Step::Eof if self.depth == 0 => return Ok(None),
                Step::Eof => return Err(Broken),
                Step::Text(_) | Step::Char(_) => {}
            }
        }
    }

    /// The text directly within the open element, which it closes.
    pub fn text(&mut self) -> Result<String, Broken> {
        let mut text = String::new();
        loop {
            match self.step()? {
                Step::Start(_) => self.skip()?,
                Step::End => return Ok(text),
                Step::Text(part) => text.push_str(&part),
                Step::Char(part) => text.push_str(&part),
                Step::Eof => return Err(Broken),
            }
        }
    }

    /// The same without blanks around it.
    pub fn word(&mut self) -> Result<String, Broken> {
        self.text().map(|text| text.trim().to_owned())
    }

    /// Closes the open element, whatever it holds.
    pub fn skip(&mut self) -> Result<(), Broken> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            if matches!(self.step()?, Step::Eof) {
                return Err(Broken);
            }
        }
        Ok(())
    }

    /// Opens the next element with this name within the open one, and passes by others. Whether there is one.
    pub fn open(&mut self, ns: Ns, name: &str) -> Result<bool, Broken> {
        while let Some(start) = self.child()? {
            if start.is(ns, name) {
                return Ok(true);
            }
            self.skip()?;
        }
        Ok(false)
    }

    fn step(&mut self) -> Result<Step<'i>, Broken> {
        loop {
            let (namespace, event) = self.xml.read_resolved_event().map_err(|_| Broken)?;
            let step = match event {
                Event::Start(start) => {
                    let ns = match namespace {
                        ResolveResult::Bound(name) => Ns::of(name.into_inner()),
                        ResolveResult::Unbound => Ns::Unbound,
                        ResolveResult::Unknown(_) => return Err(Broken),
                    };
                    self.depth += 1;
                    if self.depth > MAX_DEPTH {
                        return Err(Broken);
                    }
                    Step::Start(begin(ns, &start)?)
                }
                Event::End(_) => {
                    self.depth = self.depth.checked_sub(1).ok_or(Broken)?;
                    Step::End
                }
                Event::Text(text) => Step::Text(match text.into_inner() {
                    std::borrow::Cow::Borrowed(text) => std::borrow::Cow::Borrowed(text),
                    std::borrow::Cow::Owned(text) => std::borrow::Cow::Owned(text),
                }),
                Event::CData(text) => Step::Text(text.into_inner()),
                Event::GeneralRef(reference) => Step::Char(character(&reference)?),
                Event::Eof => Step::Eof,
                Event::Decl(declaration) => {
                    let encoding = declaration.encoding().transpose().map_err(|_| Broken)?;
                    if encoding.is_some_and(|encoding| !encoding.eq_ignore_ascii_case("utf-8")) {
                        return Err(Broken);
                    }
                    continue;
                }
                Event::Comment(_) | Event::PI(_) => continue,
                // Exchange writes none, and there is nothing good to expect of one.
                // Empty elements come as two events.
                Event::DocType(_) | Event::Empty(_) => return Err(Broken),
            };
            return Ok(step);
        }
    }
}

fn begin(ns: Ns, start: &BytesStart<'_>) -> Result<Start, Broken> {
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|_| Broken)?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| Broken)?;
        attributes.push((attribute.key.local_name().into_inner().to_owned(), value.into_owned()));
    }
    Ok(Start { ns, name: start.local_name().into_inner().to_owned(), attributes })
}

/// One of the five entities, or a character by its number.
fn character(reference: &BytesRef<'_>) -> Result<String, Broken> {
    if let Some(character) = reference.resolve_char_ref().map_err(|_| Broken)? {
        return Ok(character.to_string());
    }
    resolve_predefined_entity(&reference.xml10_content()).map(str::to_owned).ok_or(Broken)
}

#[cfg(test)]
mod tests {
    use super::*;

    const T: &str = super::super::TYPES;

    fn texts(document: &str) -> Result<Vec<String>, Broken> {
        let mut reader = Reader::new(document.as_bytes())?;
        let mut texts = Vec::new();
        reader.child()?.ok_or(Broken)?;
        while let Some(start) = reader.child()? {
            let text = reader.text()?;
            texts.push(format!("{:?} {}={text}", start.ns, start.name));
        }
        reader.child()?;
        Ok(texts)
    }

    #[test]
    fn names_count_and_prefixes_do_not() {
        let one = texts(&format!(r#"<a xmlns:t="{T}"><t:b>x</t:b></a>"#));
        let other = texts(&format!(r#"<?xml version="1.0" encoding="utf-8"?><a><b xmlns="{T}">x</b></a>"#));
        assert_eq!(one, Ok(vec!["Types b=x".to_owned()]));
        assert_eq!(one, other);
        assert_eq!(texts("<a><b/></a>"), Ok(vec!["Unbound b=".to_owned()]));
        assert_eq!(
            texts(&format!(r#"<a><b xmlns="{}"/></a>"#, T.replace("http", "https"))).unwrap()[0],
            "Other b="
        );
    }

    #[test]
    fn text_may_be_written_in_many_ways() {
        let text = "<a><b>A &amp; B &lt;&#x1F600;&#65;<!-- no -->C<![CDATA[<&>]]><x>not this</x>D</b></a>";
        assert_eq!(texts(text), Ok(vec!["Unbound b=A & B <😀AC<&>D".to_owned()]));
    }

    #[test]
    fn attributes_are_found_by_local_name() {
        let document = r#"<a xmlns:i="x" i:type="q&quot;" Id="1"/>"#;
        let start = Reader::new(document.as_bytes()).unwrap().child().unwrap().unwrap();
        assert_eq!((start.attribute("type"), start.attribute("Id")), (Some("q\""), Some("1")));
        assert_eq!(start.attribute("id"), None);
    }

    #[test]
    fn hostile_documents_end_at_once() {
        let deep = |depth: usize| format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth));
        assert!(texts(&deep(MAX_DEPTH)).is_ok());
        assert_eq!(texts(&deep(MAX_DEPTH + 1)), Err(Broken));
        for document in [
            "<!DOCTYPE a [<!ENTITY x \"y\">]><a><b>&x;</b></a>",
            "<!DOCTYPE a><a><b/></a>",
            "<a><b>&x;</b></a>",
            "<a><b c=\"&x;\"/></a>",
            "<a><b></a></b>",
            "<a><b>",
            "<a><b/>",
            "<a><b c=1/></a>",
            "<a><b c=\"1\" c=\"2\"/></a>",
            "<a><x:b/></a>",
            "<?xml version=\"1.0\" encoding=\"utf-16\"?><a><b/></a>",
            "no XML",
            "",
        ] {
            assert_eq!(texts(document), Err(Broken), "{document}");
        }
        assert!(Reader::new(b"<a>\xff</a>").is_err());
    }
}
