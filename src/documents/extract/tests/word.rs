//! Writes Word files in memory: parts into a package, and small pieces of a body.

use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The transitional and the strict namespace of the main parts.
pub const TRANSITIONAL: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
pub const STRICT: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";

/// How the types of relations begin: other readers look for them by their whole names.
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A Word file in the making.
pub struct Docx {
    parts: Vec<(String, Vec<u8>)>,
    relations: Vec<String>,
    namespace: &'static str,
}

impl Docx {
    /// With this inside its body.
    pub fn new(body: &str) -> Self {
        Self::with(TRANSITIONAL, body)
    }

    pub fn with(namespace: &'static str, body: &str) -> Self {
        let mut docx = Self { parts: Vec::new(), relations: Vec::new(), namespace };
        let document = docx.root("document", &format!("<w:body>{body}</w:body>"));
        docx.parts.push(("word/document.xml".to_owned(), document.into_bytes()));
        docx
    }

    /// Adds a part of the main part's own kind, such as `styles`, with this inside its root.
    pub fn part(mut self, kind: &str, root: &str, inside: &str) -> Self {
        let xml = self.root(root, inside);
        self.parts.push((format!("word/{kind}.xml"), xml.into_bytes()));
        self.relation(&format!("r-{kind}"), kind.trim_end_matches(char::is_numeric), &format!("{kind}.xml"), "")
    }

    pub fn styles(self, inside: &str) -> Self {
        self.part("styles", "styles", inside)
    }

    pub fn numbering(self, inside: &str) -> Self {
        self.part("numbering", "numbering", inside)
    }

    /// Adds a relation of the main part.
    pub fn relation(mut self, id: &str, kind: &str, target: &str, more: &str) -> Self {
        self.relations.push(format!(r#"<Relationship Id="{id}" Type="{RELATIONS}/{kind}" Target="{target}" {more}/>"#));
        self
    }

    /// Adds or replaces a file of the zip.
    pub fn file(mut self, name: &str, bytes: &[u8]) -> Self {
        self.parts.retain(|(have, _)| have != name);
        self.parts.push((name.to_owned(), bytes.to_vec()));
        self
    }

    pub fn bytes(&self) -> Vec<u8> {
        let relations = |inside: &str| format!("<Relationships>{inside}</Relationships>").into_bytes();
        let package = format!(r#"<Relationship Id="m" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/>"#);
        let mut parts = vec![
            ("[Content_Types].xml".to_owned(), b"<Types/>".to_vec()),
            ("_rels/.rels".to_owned(), relations(&package)),
            ("word/_rels/document.xml.rels".to_owned(), relations(&self.relations.concat())),
        ];
        parts.extend(self.parts.iter().cloned());
        zipped(&parts)
    }

    fn root(&self, name: &str, inside: &str) -> String {
        let more = r#"xmlns:mc="m" xmlns:r="r" xmlns:wp="wp" xmlns:a="a" xmlns:pic="pic" xmlns:wps="wps" xmlns:v="v" xmlns:dgm="dgm""#;
        format!(
            r#"<?xml version="1.0" encoding="UTF-8"?><w:{name} xmlns:w="{}" {more}>{inside}</w:{name}>"#,
            self.namespace
        )
    }
}

/// A zip of these files.
pub fn zipped(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A paragraph of one run.
pub fn p(text: &str) -> String {
    format!("<w:p>{}</w:p>", r(text))
}

pub fn r(text: &str) -> String {
    format!(r#"<w:r><w:t xml:space="preserve">{text}</w:t></w:r>"#)
}

/// A paragraph in a list.
pub fn item(list: u32, level: u32, text: &str) -> String {
    format!(
        r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr></w:pPr>{}</w:p>"#,
        r(text)
    )
}
