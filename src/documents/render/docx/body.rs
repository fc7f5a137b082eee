//! The main part: blocks as paragraphs and tables, marks as tracked changes.

use time::format_description::well_known::Rfc3339;

use super::Reviser;
use super::numbers::{HEADINGS, Numbers};
use super::styles::{BREAK, COLUMN, GAP, GLOSS, NUMBER, Styled, TABLE, UNGROUPED, id};
use super::xml::{DECLARATION, WORD, escape, words};
use crate::documents::render::sheet::{Block, Entry, Fact, Line, Mark, Number, Posts, Role, Row, Run, Sheet, Table};

/// Width of the text on a page, in twentieths of a point.
const WIDTH: u32 = 9_638;

/// The main part and the numbering part that it counts by.
pub fn document(sheet: &Sheet, reviser: &Reviser) -> (String, String) {
    let at = reviser.at.replace_nanosecond(0).ok().and_then(|at| at.format(&Rfc3339).ok()).unwrap_or_default();
    let who = format!(r#"w:author="{}" w:date="{at}""#, escape(&reviser.name));
    let mut pen = Pen { who, ..Pen::default() };
    if let Some(logo) = &sheet.head.look.logo {
        pen.out.push_str(&super::logo::paragraph(logo));
    }
    for (n, block) in sheet.blocks.iter().enumerate() {
        // Words that lead in to a list stay with it.
        pen.leads_in = matches!((block, sheet.blocks.get(n + 1)), (Block::Text(_), Some(Block::List(_))));
        pen.block(block);
    }
    if pen.after_table {
        pen.empty(GAP);
    }
    let body = format!(
        r#"{DECLARATION}
<w:document {WORD}><w:body>{}<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:footerReference w:type="default" r:id="rId5"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1417" w:right="1134" w:bottom="1304" w:left="1134" w:header="680" w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>"#,
        pen.out
    );
    (body, pen.numbers.part())
}

#[derive(Default)]
struct Pen {
    out: String,
    numbers: Numbers,
    /// Author and date of every mark.
    who: String,
    /// The last identity of a mark or bookmark.
    last: u32,
    after_table: bool,
    new_page: bool,
    leads_in: bool,
    /// The row under a table's header, which needs no asking to stay near it: with it, LibreOffice loses the rest of a
    /// table that begins at the foot of a page.
    first_row: bool,
}

/// What a paragraph has beside its line.
#[derive(Default)]
struct Layout {
    depth: usize,
    list: Option<usize>,
    outline: Option<u8>,
}

impl Pen {
    fn block(&mut self, block: &Block) {
        if !matches!(block, Block::List(_)) {
            self.numbers.close();
        }
        match block {
            Block::Part { .. } => {}
            // The documents of a pack are found among its headings.
            Block::Title(line) => {
                let outline = self.new_page.then_some(0);
                self.line(line, &Layout { outline, ..Layout::default() });
            }
            Block::Text(line) => self.line(line, &Layout::default()),
            Block::Heading { level, line } => self.heading(*level, line),
            Block::List(list) => self.list(list, 0),
            Block::Facts(facts) => self.facts(facts),
            Block::Table(table) => self.table(table),
            Block::Chart(posts) => posts.iter().for_each(|post| self.line(post, &Layout::default())),
            Block::Posts(posts) => self.posts(posts),
            Block::Break => self.empty(BREAK),
            Block::Ungrouped => self.empty(UNGROUPED),
            Block::NewPage => self.new_page = true,
        }
    }

    /// Headings in our own styles inherit their level from Word's; others are told it.
    fn heading(&mut self, level: u8, line: &Line) {
        let inherits = matches!(
            line.role,
            Role::SectionHeading | Role::SectionName | Role::Group | Role::ClauseHeading | Role::GivenHeading
        );
        let outline = (!inherits).then_some(level.saturating_sub(2));
        let list = match &line.number {
            Number::Counted(shown) => self.numbers.next(shown, HEADINGS),
            Number::None | Number::Printed(_) => None,
        };
        self.line(line, &Layout { outline, list, ..Layout::default() });
    }

    /// A box a post, each as far in as it stands below others; then the same in a sentence.
    fn posts(&mut self, posts: &Posts) {
        for (level, post) in &posts.lines {
            self.line(post, &Layout { depth: *level, ..Layout::default() });
        }
        self.line(&posts.words, &Layout::default());
    }

    fn list(&mut self, list: &[Entry], depth: usize) {
        for entry in list {
            let list = match &entry.line.number {
                Number::None => (entry.line.note.is_empty()).then(|| self.numbers.bullet()),
                Number::Counted(shown) | Number::Printed(shown) => self.numbers.next(shown, depth),
            };
            self.line(&entry.line, &Layout { depth, list, outline: None });
            for line in &entry.beside {
                self.line(line, &Layout { depth, ..Layout::default() });
            }
            self.list(&entry.children, depth + 1);
        }
    }

    fn empty(&mut self, style: &str) {
        self.out.push_str(&format!(r#"<w:p><w:pPr><w:pStyle w:val="{}"/></w:pPr></w:p>"#, id(style)));
        self.after_table = false;
    }

    fn line(&mut self, line: &Line, layout: &Layout) {
        // Headings bring a space above them along.
        if std::mem::take(&mut self.after_table) && matches!(line.role, Role::Words | Role::Paragraph | Role::About) {
            self.empty(GAP);
        }
        let as_numbered = matches!(line.number, Number::Printed(_));
        let style = Styled { role: line.role, depth: layout.depth, as_numbered, to_confirm: line.unsure }.name();
        self.out.push_str(&format!(r#"<w:p><w:pPr><w:pStyle w:val="{}"/>"#, id(&style)));
        if self.leads_in {
            self.out.push_str("<w:keepNext/>");
        } else if self.first_row {
            self.out.push_str(r#"<w:keepNext w:val="0"/>"#);
        }
        if std::mem::take(&mut self.new_page) {
            self.out.push_str("<w:pageBreakBefore/>");
        }
        if let Some(list) = layout.list {
            self.out.push_str(&format!(r#"<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{list}"/></w:numPr>"#));
        }
        let left = (line.role == Role::Duty && layout.list.is_none()).then_some(567 * (layout.depth + 1));
        if let Some(left) = left {
            self.out.push_str(&format!(r#"<w:tabs><w:tab w:val="left" w:pos="{left}"/></w:tabs>"#));
        }
        if line.is_from_right() {
            self.out.push_str("<w:bidi/>");
        }
        if let Some(left) = left {
            let hanging = if line.number.shown().is_empty() { "" } else { r#" w:hanging="567""# };
            self.out.push_str(&format!(r#"<w:ind w:left="{left}"{hanging}/>"#));
        }
        if line.role == Role::Work {
            self.out.push_str(&format!(r#"<w:ind w:left="{}"/>"#, 567 * (layout.depth + 1)));
        }
        if line.role == Role::GivenPost {
            let (left, right) = (567 * layout.depth, 5_103_usize.saturating_sub(567 * layout.depth));
            self.out.push_str(&format!(r#"<w:ind w:left="{left}" w:right="{right}"/>"#));
        }
        if let Some(level) = layout.outline {
            self.out.push_str(&format!(r#"<w:outlineLvl w:val="{level}"/>"#));
        }
        if let Some(mark) = whole(line) {
            let mark = self.change(mark);
            self.out.push_str(&format!("<w:rPr><{mark}/></w:rPr>"));
        }
        self.out.push_str("</w:pPr>");
        self.inside(line, layout);
        self.out.push_str("</w:p>");
    }

    fn inside(&mut self, line: &Line, layout: &Layout) {
        let bookmark = line.item.map(|item| {
            let mark = self.identity();
            self.out.push_str(&format!(r#"<w:bookmarkStart w:id="{mark}" w:name="rolebook_item_{item}"/>"#));
            mark
        });
        if layout.list.is_none() && !line.number.shown().is_empty() {
            let number = words(line.number.shown(), "t");
            self.out
                .push_str(&format!(r#"<w:r><w:rPr><w:rStyle w:val="{}"/></w:rPr>{number}<w:tab/></w:r>"#, id(NUMBER)));
        }
        for run in &line.words {
            self.run(run);
        }
        if let Some(mark) = bookmark {
            self.out.push_str(&format!(r#"<w:bookmarkEnd w:id="{mark}"/>"#));
        }
    }

    fn run(&mut self, run: &Run) {
        let look = looks(run);
        let (tag, open, close) = match run.mark {
            Mark::Same => ("t", String::new(), ""),
            Mark::Added => ("t", format!("<{}>", self.change(Mark::Added)), "</w:ins>"),
            Mark::Removed => ("delText", format!("<{}>", self.change(Mark::Removed)), "</w:del>"),
        };
        let own = format!("{open}<w:r>{look}{}</w:r>{close}", words(&run.text, tag));
        let own = match &run.look.link {
            Some(link) => linked(link, &own),
            None => own,
        };
        self.out.push_str(&own);
    }

    /// The opening of a tracked change.
    fn change(&mut self, mark: Mark) -> String {
        let name = if mark == Mark::Removed { "w:del" } else { "w:ins" };
        let own = self.identity();
        format!(r#"{name} w:id="{own}" {}"#, self.who)
    }

    fn identity(&mut self) -> u32 {
        self.last += 1;
        self.last
    }

    fn facts(&mut self, facts: &[Fact]) {
        self.open_table("", &[3, 7]);
        for fact in facts {
            self.row(&[std::slice::from_ref(&fact.label), std::slice::from_ref(&fact.value)], 1);
        }
        self.close_table();
    }

    fn table(&mut self, table: &Table) {
        let shares: Vec<u32> = table.columns.iter().map(|column| u32::from(column.share)).collect();
        self.open_table(&table.caption, &shares);
        self.out.push_str("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
        for column in &table.columns {
            self.out.push_str(&format!(
                r#"<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="{}"/></w:pPr><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"#,
                id(COLUMN),
                escape(column.heading)
            ));
        }
        self.out.push_str("</w:tr>");
        for (n, row) in table.rows.iter().enumerate() {
            self.first_row = n == 0;
            match row {
                Row::Over(line) => self.row(&[std::slice::from_ref(line)], table.columns.len()),
                Row::Cells(cells) => self.row(&cells.iter().map(Vec::as_slice).collect::<Vec<_>>(), 1),
            }
        }
        self.close_table();
    }

    fn open_table(&mut self, caption: &str, shares: &[u32]) {
        if self.after_table {
            self.empty(GAP);
        }
        let caption = match caption.is_empty() {
            true => String::new(),
            false => format!(r#"<w:tblCaption w:val="{}"/>"#, escape(caption)),
        };
        let whole: u32 = shares.iter().sum::<u32>().max(1);
        self.out.push_str(&format!(
            r#"<w:tbl><w:tblPr><w:tblStyle w:val="{}"/><w:tblW w:w="5000" w:type="pct"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="04A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>{caption}</w:tblPr><w:tblGrid>"#,
            id(TABLE)
        ));
        for share in shares {
            self.out.push_str(&format!(r#"<w:gridCol w:w="{}"/>"#, WIDTH * share / whole));
        }
        self.out.push_str("</w:tblGrid>");
    }

    fn row(&mut self, cells: &[&[Line]], span: usize) {
        self.out.push_str("<w:tr><w:trPr><w:cantSplit/>");
        if let Some(mark) = whole_row(cells) {
            let mark = self.change(mark);
            self.out.push_str(&format!("<{mark}/>"));
        }
        self.out.push_str("</w:trPr>");
        for cell in cells {
            let span = match span > 1 {
                true => format!(r#"<w:gridSpan w:val="{span}"/><w:shd w:val="clear" w:color="auto" w:fill="EEF1F1"/>"#),
                false => String::new(),
            };
            self.out.push_str(&format!(r#"<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/>{span}</w:tcPr>"#));
            if cell.is_empty() {
                self.out.push_str("<w:p/>");
            }
            // Criteria side by side are entries of lists.
            let is_entry = |line: &Line| matches!((line.role, &line.number), (Role::Criterion(_), Number::None));
            let is_list = cells.len() == 2;
            for line in *cell {
                let list = (is_list && is_entry(line)).then(|| self.numbers.bullet());
                self.line(line, &Layout { list, ..Layout::default() });
            }
            self.out.push_str("</w:tc>");
        }
        self.out.push_str("</w:tr>");
    }

    fn close_table(&mut self) {
        self.out.push_str("</w:tbl>");
        self.after_table = true;
        self.first_row = false;
    }
}

/// The mark of a paragraph that came or went as a whole.
fn whole(line: &Line) -> Option<Mark> {
    match line.note {
        "Added" => Some(Mark::Added),
        "Removed" => Some(Mark::Removed),
        _ => None,
    }
}

/// The mark of a row all of whose items came or went: who takes the change takes the row with it.
fn whole_row(cells: &[&[Line]]) -> Option<Mark> {
    let mut marks = cells.iter().flat_map(|cell| cell.iter()).filter(|line| line.item.is_some()).map(whole);
    let first = marks.next()??;
    marks.all(|mark| mark == Some(first)).then_some(first)
}

/// How a run looks beside what its paragraph's style says; in the order that the format demands.
fn looks(run: &Run) -> String {
    let look = &run.look;
    let gloss = format!(r#"<w:rStyle w:val="{}"/>"#, id(GLOSS));
    let parts = [
        (run.gloss, gloss.as_str()),
        (look.bold, "<w:b/>"),
        (look.italic, "<w:i/>"),
        (look.link.is_some(), r#"<w:color w:val="0B5563"/>"#),
        (look.link.is_some(), r#"<w:u w:val="single"/>"#),
    ];
    let inside: String = parts.into_iter().filter(|(is, _)| *is).map(|(_, part)| part).collect();
    match inside.is_empty() {
        true => inside,
        false => format!("<w:rPr>{inside}</w:rPr>"),
    }
}

/// A link as a field: it needs no list of addresses beside the text. Addresses hold no quotation marks.
fn linked(link: &str, run: &str) -> String {
    let mark = |kind: &str| format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#);
    let code = escape(&format!(r#" HYPERLINK "{}" "#, link.replace('"', "%22")));
    let code = format!(r#"<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>"#);
    [mark("begin"), code, mark("separate"), run.to_owned(), mark("end")].concat()
}
