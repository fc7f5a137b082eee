//! XML parts as small trees, within bounds. Names are local: the strict, the transitional and any later
//! namespace of a format read alike. A document type, and with it every entity of its own, is refused.

use super::super::limits;
use super::super::refusal::Refusal;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::collections::HashSet;
use std::rc::Rc;

const MALFORMED: Refusal = Refusal::Damaged("its XML is not well formed");

/// An element with what it holds.
#[derive(Debug)]
pub struct Element {
    name: Rc<str>,
    attributes: Vec<(Rc<str>, Box<str>)>,
    pub children: Vec<Node>,
}

#[derive(Debug)]
pub enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    /// The name without its prefix.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The value of an attribute, by its name without prefix.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(have, _)| &**have == name).map(|(_, value)| &**value)
    }

    /// The child elements, in order.
    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|child| match child {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first child element of this name.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|element| element.name() == name)
    }

    /// The attribute of the first child of this name: how Word writes most properties.
    pub fn child_attribute(&self, child: &str, attribute: &str) -> Option<&str> {
        self.child(child)?.attribute(attribute)
    }

    /// The first element of this name among all that it holds, itself included, in document order.
    pub fn find(&self, name: &str) -> Option<&Element> {
        if self.name() == name { Some(self) } else { self.elements().find_map(|child| child.find(name)) }
    }

    /// An empty one.
    pub fn named(name: &str) -> Self {
        Self { name: name.into(), attributes: Vec::new(), children: Vec::new() }
    }

    pub fn rename(&mut self, name: &str) {
        self.name = name.into();
    }

    /// The first child element of this name, to be changed.
    pub fn child_mut(&mut self, name: &str) -> Option<&mut Element> {
        self.children.iter_mut().find_map(|child| match child {
            Node::Element(element) if element.name() == name => Some(element),
            Node::Element(_) | Node::Text(_) => None,
        })
    }

    /// The text that stands directly in it.
    pub fn text(&self) -> String {
        self.children
            .iter()
            .filter_map(|child| match child {
                Node::Text(text) => Some(text.as_str()),
                Node::Element(_) => None,
            })
            .collect()
    }
}

/// Parses one XML part, in UTF-8 or UTF-16, and gives its root.
pub fn parse(bytes: &[u8]) -> Result<Element, Refusal> {
    let text = decode(bytes)?;
    let mut reader = Reader::from_str(&text);
    let mut builder = Builder::default();
    loop {
        match reader.read_event().map_err(|_| MALFORMED)? {
            Event::Start(start) => builder.open(&start)?,
            Event::Empty(start) => {
                builder.open(&start)?;
                builder.close()?;
            }
            Event::End(_) => builder.close()?,
            Event::Text(text) => builder.text(&text.decode().map_err(|_| MALFORMED)?),
            Event::CData(text) => builder.text(&text.decode().map_err(|_| MALFORMED)?),
            Event::GeneralRef(entity) => builder.text(&resolve(&entity)?),
            Event::DocType(_) => return Err(Refusal::DocumentType),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            Event::Eof => return builder.finish(),
        }
    }
}

/// The value up to the bound.
fn cut(value: &str) -> &str {
    &value[..value.floor_char_boundary(limits::ATTRIBUTE_BYTES)]
}

fn decode(bytes: &[u8]) -> Result<String, Refusal> {
    let encoding = match bytes {
        [b'<', 0, ..] => encoding_rs::UTF_16LE,
        [0, b'<', ..] => encoding_rs::UTF_16BE,
        _ => encoding_rs::UTF_8,
    };
    let (text, _, broken) = encoding.decode(bytes);
    if broken { Err(MALFORMED) } else { Ok(text.into_owned()) }
}

/// One of XML's own five entities or a numbered character.
fn resolve(entity: &BytesRef<'_>) -> Result<String, Refusal> {
    if let Some(c) = entity.resolve_char_ref().map_err(|_| MALFORMED)? {
        return Ok(c.to_string());
    }
    let name = entity.decode().map_err(|_| MALFORMED)?;
    quick_xml::escape::resolve_predefined_entity(&name).map(str::to_owned).ok_or(MALFORMED)
}

#[derive(Default)]
struct Builder {
    open: Vec<Element>,
    root: Option<Element>,
    names: HashSet<Rc<str>>,
    nodes: usize,
}

impl Builder {
    fn open(&mut self, start: &BytesStart<'_>) -> Result<(), Refusal> {
        if self.root.is_some() {
            return Err(MALFORMED);
        }
        if self.open.len() >= limits::XML_DEPTH {
            return Err(Refusal::TooDeep);
        }
        self.spend()?;
        let name = self.name(start.local_name().as_ref())?;
        let mut attributes = Vec::new();
        // without the check for doubles, which takes quadratic time
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute.map_err(|_| MALFORMED)?;
            let local = attribute.key.local_name();
            // Word's editing-session marks are most of all attributes and say nothing here
            if local.as_ref().starts_with(b"rsid") {
                continue;
            }
            self.spend()?;
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| MALFORMED)?;
            attributes.push((self.name(local.as_ref())?, cut(&value).into()));
        }
        self.open.push(Element { name, attributes, children: Vec::new() });
        Ok(())
    }

    fn close(&mut self) -> Result<(), Refusal> {
        let element = self.open.pop().ok_or(MALFORMED)?;
        match self.open.last_mut() {
            Some(parent) => parent.children.push(Node::Element(element)),
            None => self.root = Some(element),
        }
        Ok(())
    }

    /// Text between elements, joined where an entity had split it; outside the root it is white space.
    fn text(&mut self, text: &str) {
        let Some(parent) = self.open.last_mut() else { return };
        if let Some(Node::Text(before)) = parent.children.last_mut() {
            before.push_str(text);
        } else if !text.is_empty() {
            parent.children.push(Node::Text(text.to_owned()));
        }
    }

    fn finish(self) -> Result<Element, Refusal> {
        if self.open.is_empty() { self.root.ok_or(MALFORMED) } else { Err(MALFORMED) }
    }

    fn spend(&mut self) -> Result<(), Refusal> {
        self.nodes += 1;
        if self.nodes > limits::XML_NODES { Err(Refusal::UnpacksTooLarge) } else { Ok(()) }
    }

    /// One shared copy of each name: parts repeat a few dozen of them.
    fn name(&mut self, bytes: &[u8]) -> Result<Rc<str>, Refusal> {
        let text = std::str::from_utf8(bytes).map_err(|_| MALFORMED)?;
        if let Some(name) = self.names.get(text) {
            return Ok(Rc::clone(name));
        }
        let name: Rc<str> = text.into();
        self.names.insert(Rc::clone(&name));
        Ok(name)
    }
}
