//! Writes small PDFs: Helvetica at given places, and ruled lines.

use super::pieces::Piece;
use std::fmt::Write as _;

/// A4 in points, and where text begins.
const HEIGHT: f64 = 842.0;
const LEFT: f64 = 60.0;
const TOP: f64 = 110.0;

/// What is drawn on the pages of a file.
#[derive(Default)]
pub struct Pdf {
    pages: Vec<String>,
}

impl Pdf {
    pub fn page(mut self) -> Self {
        self.pages.push(String::new());
        self
    }

    /// Text with its baseline this far from the top.
    pub fn text(mut self, x: f64, y: f64, size: f64, text: &str) -> Self {
        self.write(x, y, size, text);
        self
    }

    fn write(&mut self, x: f64, y: f64, size: f64, text: &str) {
        let bytes = encoding_rs::WINDOWS_1252.encode(text).0;
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let page = self.pages.last_mut().unwrap();
        writeln!(page, "BT /F1 {size} Tf 1 0 0 1 {x} {} Tm <{hex}> Tj ET", HEIGHT - y).unwrap();
    }

    pub fn rule(&mut self, from: (f64, f64), to: (f64, f64)) {
        let page = self.pages.last_mut().unwrap();
        writeln!(page, "{} {} m {} {} l S", from.0, HEIGHT - from.1, to.0, HEIGHT - to.1).unwrap();
    }

    /// A ruled table, a line of text a cell.
    pub fn table(mut self, top: f64, edges: &[f64], rows: &[Vec<String>]) -> Self {
        self.draw_table(top, edges, rows);
        self
    }

    fn draw_table(&mut self, top: f64, edges: &[f64], rows: &[Vec<String>]) -> f64 {
        let (left, right) = (edges[0], edges[edges.len() - 1]);
        let mut y = top;
        self.rule((left, y), (right, y));
        for row in rows {
            for (text, x) in row.iter().zip(edges) {
                self.write(x + 5.0, y + 14.0, 11.0, text);
            }
            y += 20.0;
            self.rule((left, y), (right, y));
        }
        for x in edges {
            self.rule((*x, top), (*x, y));
        }
        y
    }

    pub fn bytes(&self) -> Vec<u8> {
        let kids: String = (0..self.pages.len()).map(|at| format!("{} 0 R ", 4 + at * 2)).collect();
        let mut objects = vec![
            "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
            format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", self.pages.len()),
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
        ];
        for (at, page) in self.pages.iter().enumerate() {
            objects.push(format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {} 0 R >>",
                5 + at * 2
            ));
            objects.push(format!("<< /Length {} >>\nstream\n{page}\nendstream", page.len() + 1));
        }
        file(&objects)
    }
}

/// A file of these objects, numbered from 1; the first is the root.
pub fn file(objects: &[String]) -> Vec<u8> {
    let mut out = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(out.len());
        write!(out, "{} 0 obj\n{object}\nendobj\n", at + 1).unwrap();
    }
    let start = out.len();
    write!(out, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).unwrap();
    for place in places {
        writeln!(out, "{place:010} 00000 n ").unwrap();
    }
    write!(out, "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1).unwrap();
    out.into_bytes()
}

/// The pieces down one page, a line each.
pub fn pdf(pieces: &[Piece]) -> Vec<u8> {
    let mut pdf = Pdf::default().page();
    let (mut y, mut number) = (TOP, 0);
    for piece in pieces {
        number = if matches!(piece, Piece::Number(_)) { number + 1 } else { 0 };
        y += 22.0;
        match piece {
            Piece::Heading(level, text) => pdf.write(LEFT, y, 20.0 - 2.0 * f64::from(*level), text),
            Piece::Text(text) | Piece::Bold(text) => pdf.write(LEFT, y, 11.0, text),
            Piece::Bullet(level, text) => {
                let x = LEFT + 20.0 * f64::from(*level);
                pdf.write(x, y, 11.0, "•");
                pdf.write(x + 20.0, y, 11.0, text);
            }
            Piece::Number(text) => {
                pdf.write(LEFT, y, 11.0, &format!("{number}."));
                pdf.write(LEFT + 20.0, y, 11.0, text);
            }
            Piece::Table(rows) => {
                let edges: Vec<f64> = (0_u8..).take(rows[0].len() + 1).map(|at| LEFT + 150.0 * f64::from(at)).collect();
                y = pdf.draw_table(y, &edges, rows);
            }
        }
    }
    pdf.bytes()
}
