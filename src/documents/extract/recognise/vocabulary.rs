//! Word lists as text files: `name: word, word`, with indented lines that go on and `#` before a remark.
//!
//! The files in `vocabulary/` hold what many employers write; code holds only how it is used.

/// Every list of a file with its name, in order. Lists of the same name stay apart.
pub fn lists(text: &'static str) -> Vec<(&'static str, Vec<&'static str>)> {
    let mut out: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        let (name, rest) = match line.split_once(": ") {
            Some((name, rest)) if !line.starts_with(' ') => (Some(name), rest),
            Some(_) | None => (None, line),
        };
        if let Some(name) = name {
            out.push((name, Vec::new()));
        }
        if let Some((_, words)) = out.last_mut() {
            words.extend(rest.split(',').map(str::trim).filter(|word| !word.is_empty()));
        }
    }
    out
}

/// The lists of a file by their names.
#[derive(Debug)]
pub struct Lists(Vec<(&'static str, Vec<&'static str>)>);

impl Lists {
    pub fn read(text: &'static str) -> Lists {
        Lists(lists(text))
    }

    /// The words of a list; none for a name that the file does not have.
    pub fn of(&self, name: &str) -> &[&'static str] {
        self.0.iter().find(|(own, _)| *own == name).map_or(&[], |(_, words)| words.as_slice())
    }

    pub fn has(&self, name: &str, word: &str) -> bool {
        self.of(name).contains(&word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read_with_their_names() {
        let lists = Lists::read("# remark\nfirst: one, two\n    three\n\nsecond: four");
        assert_eq!(lists.of("first"), ["one", "two", "three"]);
        assert!(lists.has("second", "four") && lists.of("third").is_empty());
    }
}
