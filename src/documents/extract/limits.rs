//! The bounds of extraction. A file past one of them is refused in a sentence; nothing here is a setting.

use std::time::Duration;

/// Largest file that is read. The longest real job descriptions, with logos, stay under 5 MB.
pub const FILE_BYTES: usize = 20 * 1024 * 1024;

/// Most documents that are taken at once.
pub const BUNDLE_FILES: usize = 500;

/// Most entries in a zip. Word files with many pictures have some hundreds.
pub const ZIP_ENTRIES: usize = 2_000;

/// Most end marks in a zip: one or three of its own, and those of zips stored inside it.
pub const ZIP_ENDS: usize = 32;

/// Most that all entries of a zip may say they unpack to, whether or not they are read.
pub const ZIP_DECLARED_BYTES: u64 = 400 * 1024 * 1024;

/// Most that one part may really unpack to. A 300-page Word document is about 8 MB of XML.
pub const PART_BYTES: usize = 16 * 1024 * 1024;

/// Most that all the parts read of one file may unpack to together.
pub const TOTAL_BYTES: usize = 40 * 1024 * 1024;

/// Most elements and attributes in one XML part: bounds the tree's memory to about 60 MB.
pub const XML_NODES: usize = 500_000;

/// Deepest nesting of XML elements. Twenty nested tables take about 100; the walk's stack is bounded by this.
pub const XML_DEPTH: usize = 160;

/// Deepest nesting of groups in rich text. Real files stay under 50; the reader keeps a state for each.
pub const RTF_DEPTH: usize = 1_000;

/// Most tags of a web page, most that are open at once, and deepest nesting of its tree. Saved pages have some
/// thousands of tags, and nest twenty to forty deep.
pub const HTML_TAGS: usize = 100_000;
pub const HTML_OPEN: usize = 2_000;
pub const HTML_DEPTH: usize = 160;

/// Most pages of a PDF, deepest nesting of its page tree and forms, most times that forms are drawn on a page, and
/// most straight lines. A long job description has twenty pages and a thousand lines.
pub const PDF_PAGES: usize = 200;
pub const PDF_DEPTH: usize = 24;
pub const PDF_FORMS: usize = 1_000;
pub const PDF_LINES: usize = 100_000;

/// Deepest nesting of tables. Real forms nest two or three.
pub const TABLE_DEPTH: usize = 20;

/// Most columns of a table: the word processor's own limit.
pub const TABLE_COLUMNS: usize = 63;

/// Longest chain of styles based on each other; Word itself stops near eleven.
pub const STYLE_CHAIN: usize = 20;

/// Most bytes of text that a document may hold: about ten times the longest real one.
pub const TEXT_BYTES: usize = 1024 * 1024;

/// Most blocks that a document may hold, those in cells included. Real ones have some hundreds.
pub const BLOCKS: usize = 10_000;

/// Most bytes that are kept of one XML attribute. Only embedded binary data is longer.
pub const ATTRIBUTE_BYTES: usize = 4_096;

/// Most fields that are open inside each other; real ones nest two or three.
pub const FIELD_DEPTH: usize = 64;

/// Most pictures, links, tracked changes, comments and bookmarks together.
pub const ASIDES: usize = 10_000;

/// Most bytes of paragraphs that these quote; past it they only say which block they stand in.
pub const ASIDE_BYTES: usize = 8 * 1024 * 1024;

/// Most comments that are read.
pub const COMMENTS: usize = 1_000;

/// Most characters of marked text that a comment quotes.
pub const COMMENT_MARK_CHARACTERS: usize = 300;

/// Address space of the child process.
pub const CHILD_MEMORY_BYTES: u64 = 512 * 1024 * 1024;

/// Processor time of the child process, in whole seconds as the system counts it.
pub const CHILD_CPU_SECONDS: u64 = 5;

/// Wall time of the child process, its start included.
pub const CHILD_WALL: Duration = Duration::from_secs(15);

/// Most bytes of result read from the child.
pub const CHILD_OUTPUT_BYTES: u64 = 32 * 1024 * 1024;

/// Most bytes of the child's refusal sentence.
pub const CHILD_SENTENCE_BYTES: u64 = 4 * 1024;

/// Children that may run at once: a third waits its turn.
pub const CHILDREN: usize = 2;
