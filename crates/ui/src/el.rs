use std::borrow::Cow;
use std::cell::RefCell;

use gloo_events::{EventListener, EventListenerOptions};
use js_sys::Reflect;
use leptos::prelude::*;
use leptos::tachys::view::{Mountable, Render};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, Event, Node};

use crate::content::Content;
use crate::follow::follow;

/// An element while it is put together, and the handle to it afterwards. What it follows and hears ends with the
/// [owner](Owner) under which it was made.
#[derive(Clone)]
pub struct El(Element);

/// A new element.
///
/// # Panics
///
/// If `tag` is no name of an element.
pub fn el(tag: &'static str) -> El {
    #[expect(clippy::expect_used, reason = "tags are literals")]
    El(document().create_element(tag).expect("name of an element"))
}

pub(crate) fn document() -> Document {
    leptos::prelude::document()
}

/// What of an element a text becomes.
#[derive(Clone)]
enum Place {
    Attribute(&'static str),
    Property(&'static str),
    Text(Node),
}

impl Place {
    fn put(&self, element: &Element, text: &str) {
        // These fail for names that are none, which are literals, and for objects that are frozen, which elements are
        // not.
        let _ = match self {
            Self::Attribute(name) => element.set_attribute(name, text),
            Self::Property(name) => set(element, name, &text.into()),
            Self::Text(node) => {
                node.set_node_value(Some(text));
                Ok(())
            }
        };
    }
}

impl El {
    /// Sets the classes.
    #[must_use]
    pub fn class(self, class: impl Into<Content>) -> Self {
        self.attr("class", class)
    }

    /// Sets an attribute.
    #[must_use]
    pub fn attr(self, name: &'static str, value: impl Into<Content>) -> Self {
        self.put(Place::Attribute(name), value.into())
    }

    /// Sets a property that is a text, such as `value`.
    #[must_use]
    pub fn prop(self, name: &'static str, value: impl Into<Content>) -> Self {
        self.put(Place::Property(name), value.into())
    }

    /// Sets a property that is true or false, such as `hidden` or `checked`.
    #[must_use]
    pub fn flag(self, name: &'static str, is: impl Fn() -> bool + 'static) -> Self {
        let element = self.0.clone();
        follow(Box::new(move || {
            let _ = set(&element, name, &is().into());
        }));
        self
    }

    /// Appends a text.
    #[must_use]
    pub fn text(self, text: impl Into<Content>) -> Self {
        let node: Node = document().create_text_node("").into();
        self.append(&node).put(Place::Text(node), text.into())
    }

    /// Appends an element.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "it belongs to this one now")]
    pub fn child(self, child: El) -> Self {
        self.append(&child.0)
    }

    /// Appends elements.
    #[must_use]
    pub fn children(self, children: impl IntoIterator<Item = El>) -> Self {
        children.into_iter().fold(self, Self::child)
    }

    /// Appends an element that is there while `is` holds, made anew each time.
    #[must_use]
    pub fn when(self, is: impl Fn() -> bool + 'static, make: impl Fn() -> El + 'static) -> Self {
        let keys = move || if is() { vec![String::new()] } else { Vec::new() };
        self.each(keys, move |_| make())
    }

    /// Appends one element for each key, in their order. An element stays while its key does; a key
    /// that is repeated has one for each time.
    #[must_use]
    pub fn each(self, keys: impl Fn() -> Vec<String> + 'static, make: impl Fn(&str) -> El + 'static) -> Self {
        let marker: Node = document().create_comment("").into();
        let list = self.append(&marker);
        crate::each::keep(marker, Box::new(keys), Box::new(make));
        list
    }

    /// Hears an event.
    #[must_use]
    pub fn on(self, event: &'static str, heard: impl FnMut(&Event) + 'static) -> Self {
        self.listen(event, Box::new(heard));
        self
    }

    /// The element itself.
    pub fn element(&self) -> &Element {
        &self.0
    }

    fn listen(&self, event: &'static str, heard: Box<dyn FnMut(&Event)>) {
        let options = EventListenerOptions::enable_prevent_default();
        keep(EventListener::new_with_options(&self.0, event, options, heard));
    }

    fn append(self, node: &Node) -> Self {
        // Fails for nodes that contain this one, and `node` is new.
        let _ = self.0.append_child(node);
        self
    }

    fn put(self, place: Place, content: Content) -> Self {
        match content {
            Content::Fixed(text) => place.put(&self.0, &text),
            Content::Follows(text) => {
                let element = self.0.clone();
                let shown: RefCell<Option<Cow<str>>> = RefCell::default();
                // A field keeps what was typed; a property is therefore set even if the text is the same as before.
                let is_property = matches!(place, Place::Property(_));
                follow(Box::new(move || {
                    let text = text();
                    if is_property || shown.borrow().as_ref() != Some(&text) {
                        place.put(&element, &text);
                        shown.replace(Some(text));
                    }
                }));
            }
        }
        self
    }
}

/// Drops something when the owner ends.
fn keep<T: 'static>(thing: T) {
    StoredValue::new_local(thing);
}

fn set(element: &Element, name: &str, value: &JsValue) -> Result<(), JsValue> {
    Reflect::set(element, &name.into(), value).map(drop)
}

/// So that Leptos can mount it.
impl Render for El {
    type State = Self;

    fn build(self) -> Self {
        self
    }

    fn rebuild(self, state: &mut Self) {
        // Fails for nodes without a parent, which show nothing that could be replaced.
        let _ = state.0.replace_with_with_node_1(&self.0);
        *state = self;
    }
}

impl Mountable for El {
    fn unmount(&mut self) {
        self.0.remove();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        // Fails if the marker stands elsewhere: Leptos gives one within the parent.
        let _ = parent.insert_before(&self.0, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        let parent = self.0.parent_node().and_then(|parent| parent.dyn_into::<Element>().ok());
        if let Some(parent) = &parent {
            child.mount(parent, Some(&self.0));
        }
        parent.is_some()
    }

    fn elements(&self) -> Vec<Element> {
        vec![self.0.clone()]
    }
}
