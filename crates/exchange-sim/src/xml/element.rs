//! Elements by namespace and local name.

/// The namespaces of Exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Ns {
    None,
    Soap,
    Messages,
    Types,
    Errors,
    Autodiscover,
    Addressing,
    PoxRequest,
    PoxAnswer,
    PoxOutlook,
    Other(String),
}

impl Ns {
    const KNOWN: [(Self, &'static str); 9] = [
        (Self::Soap, "http://schemas.xmlsoap.org/soap/envelope/"),
        (Self::Messages, "http://schemas.microsoft.com/exchange/services/2006/messages"),
        (Self::Types, "http://schemas.microsoft.com/exchange/services/2006/types"),
        (Self::Errors, "http://schemas.microsoft.com/exchange/services/2006/errors"),
        (Self::Autodiscover, "http://schemas.microsoft.com/exchange/2010/Autodiscover"),
        (Self::Addressing, "http://www.w3.org/2005/08/addressing"),
        (Self::PoxRequest, "http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006"),
        (Self::PoxAnswer, "http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006"),
        (Self::PoxOutlook, "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a"),
    ];

    pub(crate) fn of(uri: &str) -> Self {
        let known = Self::KNOWN.into_iter().find(|(_, known)| *known == uri);
        known.map_or_else(|| Self::Other(uri.to_owned()), |(ns, _)| ns)
    }

    pub(crate) fn uri(&self) -> &str {
        match self {
            Self::None => "",
            Self::Other(uri) => uri,
            known => Self::KNOWN.iter().find(|(ns, _)| ns == known).map_or("", |(_, uri)| uri),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Element {
    pub(crate) ns: Ns,
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) children: Vec<Element>,
    pub(crate) text: String,
}

impl Element {
    pub(crate) fn new(ns: Ns, name: impl Into<String>) -> Self {
        Self { ns, name: name.into(), attributes: Vec::new(), children: Vec::new(), text: String::new() }
    }

    pub(crate) fn is(&self, ns: &Ns, name: &str) -> bool {
        self.ns == *ns && self.name == name
    }

    pub(crate) fn find(&self, ns: &Ns, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.is(ns, name))
    }

    /// The child of the same namespace.
    pub(crate) fn get(&self, name: &str) -> Option<&Element> {
        self.find(&self.ns, name)
    }

    /// A child in the namespace of types.
    pub(crate) fn t(&self, name: &str) -> Option<&Element> {
        self.find(&Ns::Types, name)
    }

    /// A child in the namespace of messages.
    pub(crate) fn m(&self, name: &str) -> Option<&Element> {
        self.find(&Ns::Messages, name)
    }

    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// With blanks around it taken away.
    pub(crate) fn text(&self) -> &str {
        self.text.trim()
    }

    pub(crate) fn with(mut self, child: Element) -> Self {
        self.children.push(child);
        self
    }

    pub(crate) fn with_all(mut self, children: impl IntoIterator<Item = Element>) -> Self {
        self.children.extend(children);
        self
    }

    pub(crate) fn says(mut self, text: impl Into<String>) -> Self {
        self.text = text.into();
        self
    }

    pub(crate) fn set(mut self, name: &str, value: impl Into<String>) -> Self {
        self.attributes.push((name.to_owned(), value.into()));
        self
    }
}

/// An element of SOAP.
pub(crate) fn s(name: &str) -> Element {
    Element::new(Ns::Soap, name)
}

/// An element of operations and response messages.
pub(crate) fn m(name: &str) -> Element {
    Element::new(Ns::Messages, name)
}

/// An element of everything inside.
pub(crate) fn t(name: &str) -> Element {
    Element::new(Ns::Types, name)
}

/// An element of the detail of faults.
pub(crate) fn e(name: &str) -> Element {
    Element::new(Ns::Errors, name)
}

/// An element of SOAP Autodiscover.
pub(crate) fn a(name: &str) -> Element {
    Element::new(Ns::Autodiscover, name)
}

/// An element without namespace.
pub(crate) fn plain(name: &str) -> Element {
    Element::new(Ns::None, name)
}
