//! Writing: nested calls make nested elements, so that an element cannot stay open.

use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};

/// Writes a document.
pub struct Writer(quick_xml::Writer<Vec<u8>>);

impl Writer {
    /// Writes a document with this root.
    pub fn document(name: &str, attributes: &[(&str, &str)], children: impl FnOnce(&mut Self)) -> Vec<u8> {
        let mut writer = Self(quick_xml::Writer::new(Vec::with_capacity(2048)));
        writer.element(name, attributes, children);
        writer.0.into_inner()
    }

    /// Writes an element with children.
    pub fn element(&mut self, name: &str, attributes: &[(&str, &str)], children: impl FnOnce(&mut Self)) {
        self.event(Event::Start(start(name, attributes)));
        children(self);
        self.event(Event::End(BytesEnd::new(name)));
    }

    /// Writes an element without children.
    pub fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.event(Event::Empty(start(name, attributes)));
    }

    /// Writes an element that holds a text.
    pub fn text(&mut self, name: &str, text: &str) {
        let text = allowed(text);
        self.element(name, &[], |writer| writer.event(Event::Text(BytesText::new(&text))));
    }

    fn event(&mut self, event: Event<'_>) {
        // Memory takes everything.
        let _ = self.0.write_event(event);
    }
}

fn start<'a>(name: &'a str, attributes: &[(&'a str, &str)]) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (key, value) in attributes {
        start.push_attribute((*key, allowed(value).as_str()));
    }
    start
}

/// XML has no way to write most control characters, and one of them would spoil the whole request.
fn allowed(text: &str) -> String {
    let is_allowed = |c: &char| !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    text.chars().filter(is_allowed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_stays_where_it_belongs() {
        let document = Writer::document("a", &[("x", "1\"<\u{1}")], |writer| {
            writer.text("b", "</b>&\u{0}ü");
            writer.empty("c", &[("y", "'")]);
        });
        let text = String::from_utf8(document).unwrap();
        assert_eq!(text, r#"<a x="1&quot;&lt;"><b>&lt;/b&gt;&amp;ü</b><c y="&apos;"/></a>"#);
    }
}
