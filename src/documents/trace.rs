//! Which line of a document went where: the original's lines against the texts that were read of them, by their words.

/// Most lines that are traced; the longest real documents have some hundreds.
pub const LINES: usize = 2_000;

/// For each original line, the places of the texts that hold its words or are held by them, nearest first. A text that
/// stands twice is met in the order of the lines.
pub fn trace(original: &[String], texts: &[String]) -> Vec<Vec<usize>> {
    let texts: Vec<Vec<String>> = texts.iter().map(|text| words(text)).collect();
    let mut next = 0;
    let mut out = Vec::new();
    for line in original.iter().take(LINES) {
        let line = words(line);
        let mut found: Vec<usize> = Vec::new();
        if !line.is_empty() {
            let order = (next..texts.len()).chain(0..next.min(texts.len()));
            let holds = |at: &usize| holds(&texts[*at], &line);
            match order.clone().find(|at| texts[*at] == line).or_else(|| order.clone().find(holds)) {
                Some(at) => found.push(at),
                None => {
                    found.extend(order.filter(|at| !texts[*at].is_empty() && self::holds(&line, &texts[*at])).take(8))
                }
            }
        }
        if let Some(at) = found.first() {
            next = at + usize::from(texts[*at] == line);
        }
        out.push(found);
    }
    out
}

/// Whether the words of one stand, in a row, in the other.
fn holds(all: &[String], some: &[String]) -> bool {
    !some.is_empty() && all.len() >= some.len() && all.windows(some.len()).any(|run| run == some)
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn each_line_finds_its_text() {
        let original = own(&["Job title: Ranger", "1. Mends fences", "Yes", "A long", "paragraph", "Yes", "lost", ""]);
        let texts = own(&["Ranger", "Mends fences.", "Yes", "A long paragraph", "Yes"]);
        assert_eq!(trace(&original, &texts), [vec![0], vec![1], vec![2], vec![3], vec![3], vec![4], vec![], vec![]]);
    }
}
