//! The parts of a Word file and how they point at each other.

use super::super::super::refusal::Refusal;
use super::super::Changes;
use super::super::archive::Archive;
use super::super::xml::{self, Element};
use super::rejected::reject;
use std::collections::HashMap;

/// Where one relation of a part leads.
#[derive(Debug, Clone)]
pub struct Relation {
    /// The last word of the relation's type: `styles`, `hyperlink`, …
    pub kind: String,
    /// A part's name, or an address where it leads outside.
    pub target: String,
}

/// The relations of one part, by their ids.
pub type Relations = HashMap<String, Relation>;

/// An open Word file.
pub struct Package<'a> {
    archive: Archive<'a>,
    main: String,
    changes: Changes,
    /// Of the main part.
    pub relations: Relations,
}

impl<'a> Package<'a> {
    pub fn open(bytes: &'a [u8], changes: Changes) -> Result<Self, Refusal> {
        let archive = Archive::open(bytes)?;
        let mut package = Self { archive, main: String::new(), changes, relations: Relations::new() };
        let main = package.relations_of("")?.into_values().find(|relation| relation.kind == "officeDocument");
        package.main = main.map_or_else(|| "word/document.xml".to_owned(), |relation| relation.target);
        package.relations = package.relations_of(&package.main.clone())?;
        Ok(package)
    }

    /// The root of the main part.
    pub fn main(&mut self) -> Result<Element, Refusal> {
        let name = self.main.clone();
        let root = self.part(&name)?.ok_or(Refusal::Damaged("its main part is missing"))?;
        if root.name() == "document" { Ok(root) } else { Err(Refusal::OtherType("another kind of Office file")) }
    }

    /// The root of a part, none where there is no such part.
    pub fn part(&mut self, name: &str) -> Result<Option<Element>, Refusal> {
        if !self.archive.has(name) {
            return Ok(None);
        }
        let bytes = self.archive.read(name)?;
        let mut root = xml::parse(&bytes)?;
        if self.changes == Changes::Rejected {
            reject(&mut root);
        }
        Ok(Some(root))
    }

    /// The root of the part that the main part relates to under this kind, with the part's name.
    pub fn related(&mut self, kind: &str) -> Result<Option<(String, Element)>, Refusal> {
        let target = self.relations.values().find(|relation| relation.kind == kind);
        let Some(name) = target.map(|relation| relation.target.clone()) else {
            return Ok(None);
        };
        Ok(self.part(&name)?.map(|root| (name, root)))
    }

    /// The relations of a part; of the package itself where `part` is empty.
    pub fn relations_of(&mut self, part: &str) -> Result<Relations, Refusal> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let Some(root) = self.part(&format!("{folder}_rels/{file}.rels"))? else {
            return Ok(Relations::new());
        };
        Ok(root.elements().filter_map(|relation| entry(relation, &folder)).collect())
    }
}

fn entry(relation: &Element, folder: &str) -> Option<(String, Relation)> {
    let kind = relation.attribute("Type")?.rsplit('/').next()?.to_owned();
    let target = relation.attribute("Target")?;
    let outside = relation.attribute("TargetMode") == Some("External");
    let target = if outside { target.to_owned() } else { resolve(folder, target) };
    Some((relation.attribute("Id")?.to_owned(), Relation { kind, target }))
}

/// A target as a part's name: relative to the folder, or absolute with a leading slash.
fn resolve(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            ".." => drop(steps.pop()),
            "" | "." => {}
            step => steps.push(step),
        }
    }
    steps.join("/")
}
