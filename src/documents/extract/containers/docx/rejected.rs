//! A part as it was before its tracked changes: what they added is taken out, and what they deleted stands again. Changes
//! of formatting stay. The walk then reads it like any other part.

use super::super::xml::{Element, Node};

/// Takes every tracked change back.
pub fn reject(root: &mut Element) {
    let children = std::mem::take(&mut root.children);
    for child in children {
        match child {
            Node::Element(element) => one(element, &mut root.children),
            text @ Node::Text(_) => root.children.push(text),
        }
    }
}

fn one(mut element: Element, out: &mut Vec<Node>) {
    match element.name() {
        "ins" | "moveTo" => return,
        // what was deleted stands again, without the mark around it
        "del" | "moveFrom" => {
            reject(&mut element);
            return out.append(&mut element.children);
        }
        "tr" if marked(&element, "trPr", "ins") => return,
        "delText" => element.rename("t"),
        "delInstrText" => element.rename("instrText"),
        "pPr" => mark(&mut element),
        _ => {}
    }
    reject(&mut element);
    out.push(Node::Element(element));
}

/// Whether an element's properties hold a mark.
fn marked(element: &Element, properties: &str, name: &str) -> bool {
    element.child(properties).is_some_and(|own| own.child(name).is_some())
}

/// The end of a paragraph that was added goes, so that it runs on into the next: just as one that was deleted would.
fn mark(properties: &mut Element) {
    let Some(look) = properties.child_mut("rPr") else { return };
    let added = look.child("ins").or(look.child("moveTo")).is_some();
    look.children.retain(
        |child| !matches!(child, Node::Element(own) if ["ins", "del", "moveTo", "moveFrom"].contains(&own.name())),
    );
    if added {
        look.children.push(Node::Element(Element::named(JOINED)));
    }
}

/// How the mark of a paragraph says that it runs on into the next.
pub const JOINED: &str = "joined";
