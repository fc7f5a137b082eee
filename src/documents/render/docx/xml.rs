//! Text inside XML.

/// What every part begins with.
pub const DECLARATION: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
/// The namespaces of a Word part.
pub const WORD: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships""#;

/// Text for an element or an attribute. What XML can't hold at all is left out.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' => out.push(c),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            c => out.push(c),
        }
    }
    out
}

/// The inside of a run: words, tabs and line breaks. `element` is `t`, or `delText` in a deletion.
pub fn words(text: &str, element: &str) -> String {
    let mut out = String::new();
    for (n, line) in text.split('\n').enumerate() {
        if n > 0 {
            out.push_str("<w:br/>");
        }
        for (n, stretch) in line.split('\t').enumerate() {
            if n > 0 {
                out.push_str("<w:tab/>");
            }
            if !stretch.is_empty() {
                out.push_str(&format!(r#"<w:{element} xml:space="preserve">{}</w:{element}>"#, escape(stretch)));
            }
        }
    }
    out
}
