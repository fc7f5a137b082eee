//! What would never end, or overflow the stack: pages that are their own parents, forms that draw themselves.

use super::super::super::limits;
use super::super::super::refusal::Refusal;
use pdf_extract::{Dictionary, Document as Pdf, Object, ObjectId};
use std::collections::{HashMap, HashSet};

const LOOP: Refusal = Refusal::Damaged("its pages lead back to themselves");

/// Refuses loops and too many pages before anything is drawn.
pub fn check(pdf: &Pdf) -> Result<(), Refusal> {
    let pages = pdf.get_pages();
    if pages.is_empty() {
        return Err(Refusal::Damaged("it has no pages"));
    }
    if pages.len() > limits::PDF_PAGES {
        return Err(Refusal::TooMuchText);
    }
    let mut forms = Forms { pdf, cost: HashMap::new(), open: HashSet::new() };
    for page in pages.into_values() {
        climb(pdf, page)?;
        let mut next = pdf.get_dictionary(page).ok();
        for _ in 0..limits::PDF_DEPTH {
            let Some(dictionary) = next else { break };
            forms.inside(dictionary)?;
            next = parent(pdf, dictionary).and_then(|id| pdf.get_dictionary(id).ok());
        }
    }
    Ok(())
}

fn parent(pdf: &Pdf, page: &Dictionary) -> Option<ObjectId> {
    let parent = page.get(b"Parent").and_then(Object::as_reference).ok()?;
    pdf.has_object(parent).then_some(parent)
}

/// Follows a page's parents to the root.
fn climb(pdf: &Pdf, page: ObjectId) -> Result<(), Refusal> {
    let mut next = Some(page);
    for _ in 0..limits::PDF_DEPTH {
        let Some(id) = next else { return Ok(()) };
        next = pdf.get_dictionary(id).ok().and_then(|dictionary| parent(pdf, dictionary));
    }
    Err(LOOP)
}

/// Forms, and how many others each draws, itself included.
struct Forms<'p> {
    pdf: &'p Pdf,
    cost: HashMap<ObjectId, usize>,
    open: HashSet<ObjectId>,
}

impl Forms<'_> {
    /// Walks the forms that these resources name; gives how many would be drawn if each were drawn once.
    fn inside(&mut self, owner: &Dictionary) -> Result<usize, Refusal> {
        let resources = self.dictionary(owner, b"Resources");
        let named = resources.and_then(|resources| self.dictionary(resources, b"XObject"));
        let ids: Vec<ObjectId> = named.into_iter().flatten().filter_map(|(_, form)| form.as_reference().ok()).collect();
        ids.into_iter().try_fold(1_usize, |sum, id| Ok(sum.saturating_add(self.form(id)?)))
    }

    fn form(&mut self, id: ObjectId) -> Result<usize, Refusal> {
        if let Some(cost) = self.cost.get(&id) {
            return Ok(*cost);
        }
        if self.open.len() >= limits::PDF_DEPTH || !self.open.insert(id) {
            return Err(LOOP);
        }
        let stream = self.pdf.get_object(id).and_then(Object::as_stream).ok();
        let cost = stream.map_or(Ok(1), |stream| self.inside(&stream.dict))?;
        self.open.remove(&id);
        if cost > limits::PDF_FORMS {
            return Err(Refusal::TooDeep);
        }
        self.cost.insert(id, cost);
        Ok(cost)
    }

    fn dictionary<'d>(&'d self, owner: &'d Dictionary, key: &[u8]) -> Option<&'d Dictionary> {
        match owner.get(key).ok()? {
            Object::Reference(id) => self.pdf.get_dictionary(*id).ok(),
            object => object.as_dict().ok(),
        }
    }
}
