//! Rules of a schema, and whether an element keeps them.

use crate::xml::{Element, Ns};

/// Whether a value is one.
pub(super) type Value = fn(&str) -> bool;

/// An element.
pub(super) struct Rule {
    space: Space,
    pub(super) name: &'static str,
    /// Name, whether it is required, what it may be.
    pub(super) attributes: &'static [(&'static str, bool, Value)],
    pub(super) content: Content,
}

/// Namespaces of rules.
#[derive(Clone, Copy)]
enum Space {
    Messages,
    Types,
}

/// What is inside an element.
pub(super) enum Content {
    Nothing,
    Text(Value),
    /// In this order.
    Sequence(&'static [Part]),
    /// Known and not looked at: what the stand-in leaves out.
    Any,
}

/// One place of a sequence, which any of several elements may take.
pub(super) struct Part {
    pub(super) rules: &'static [&'static Rule],
    pub(super) least: usize,
    pub(super) most: usize,
}

/// Exactly one.
pub(super) const fn one(rules: &'static [&'static Rule]) -> Part {
    Part { rules, least: 1, most: 1 }
}

/// None or one.
pub(super) const fn maybe(rules: &'static [&'static Rule]) -> Part {
    Part { rules, least: 0, most: 1 }
}

/// One or more.
pub(super) const fn many(rules: &'static [&'static Rule]) -> Part {
    Part { rules, least: 1, most: usize::MAX }
}

/// An element in the namespace of messages.
pub(super) const fn m(name: &'static str, content: Content) -> Rule {
    Rule { space: Space::Messages, name, attributes: &[], content }
}

/// An element in the namespace of types.
pub(super) const fn t(name: &'static str, content: Content) -> Rule {
    Rule { space: Space::Types, name, attributes: &[], content }
}

impl Rule {
    pub(super) const fn with(self, attributes: &'static [(&'static str, bool, Value)]) -> Self {
        Self { space: self.space, name: self.name, attributes, content: self.content }
    }

    pub(super) fn is_of(&self, element: &Element) -> bool {
        let ns = match self.space {
            Space::Messages => Ns::Messages,
            Space::Types => Ns::Types,
        };
        element.is(&ns, self.name)
    }
}

/// What is wrong with an element, if anything is.
pub(super) fn check(rule: &Rule, element: &Element) -> Result<(), String> {
    if matches!(rule.content, Content::Any) {
        return Ok(());
    }
    check_attributes(rule, element)?;
    let name = rule.name;
    match &rule.content {
        Content::Nothing if element.children.is_empty() && element.text().is_empty() => Ok(()),
        Content::Nothing => Err(format!("the element '{name}' has to be empty")),
        Content::Text(_) if !element.children.is_empty() => {
            Err(format!("the element '{name}' is a mere text"))
        }
        Content::Text(value) if value(element.text()) => Ok(()),
        Content::Text(_) => Err(format!("the value '{}' is invalid in '{name}'", element.text())),
        Content::Sequence(_) if !element.text().is_empty() => {
            Err(format!("the element '{name}' has no text"))
        }
        Content::Sequence(parts) => check_sequence(name, parts, &element.children),
        Content::Any => Ok(()),
    }
}

fn check_attributes(rule: &Rule, element: &Element) -> Result<(), String> {
    for (name, required, _) in rule.attributes {
        if *required && element.attribute(name).is_none() {
            return Err(format!("the required attribute '{name}' is missing in '{}'", rule.name));
        }
    }
    // Attributes with a prefix are those of XML schema instances.
    for (name, value) in element.attributes.iter().filter(|(name, _)| !name.contains(':')) {
        let known = rule.attributes.iter().find(|(known, ..)| known == name);
        match known {
            None => return Err(format!("the attribute '{name}' is not declared in '{}'", rule.name)),
            Some((.., good)) if good(value) => {}
            Some(_) => return Err(format!("the value '{value}' of the attribute '{name}' is invalid")),
        }
    }
    Ok(())
}

fn check_sequence(name: &str, parts: &[Part], children: &[Element]) -> Result<(), String> {
    let mut children = children.iter().peekable();
    for part in parts {
        let mut count = 0;
        while count < part.most {
            let Some(child) = children.peek() else { break };
            let Some(rule) = part.rules.iter().find(|rule| rule.is_of(child)) else { break };
            check(rule, child)?;
            children.next();
            count += 1;
        }
        if count < part.least {
            let expected: Vec<_> = part.rules.iter().map(|rule| rule.name).collect();
            let found = children.peek().map_or("nothing", |child| &child.name);
            return Err(format!("in '{name}' there has to be {} where {found} is", expected.join(" or ")));
        }
    }
    match children.next() {
        None => Ok(()),
        Some(child) => {
            let ns = child.ns.uri();
            Err(format!(
                "the element '{name}' has an invalid child element '{}' in namespace '{ns}'",
                child.name
            ))
        }
    }
}
