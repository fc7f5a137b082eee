//! What somebody means who types words into the search: terms that all have to be there, each with its alternatives.

/// A search in words: every term has to be met.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    pub terms: Vec<Term>,
}

/// One term: met by any of its alternatives, each a word or words that follow each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    pub any: Vec<String>,
    /// Typed with a minus before it: must not be there.
    pub without: bool,
    /// Typed in quotation marks: meant to the letter, so that no synonym or correction is added.
    pub exact: bool,
}

/// More terms than this say nothing more.
pub const MOST_TERMS: usize = 12;
/// The most words that one synonym has.
const LONGEST_SYNONYM: usize = 4;

/// Groups of words that mean the same job or thing, in lower case.
#[derive(Debug, Default)]
pub struct Synonyms(Vec<Vec<String>>);

impl Synonyms {
    pub fn new(groups: Vec<Vec<String>>) -> Self {
        Synonyms(groups)
    }

    /// Every listed word that a slip could be meant for.
    pub fn single(&self) -> Vec<String> {
        self.0.iter().flatten().filter(|word| is_checkable(word)).cloned().collect()
    }

    /// Everything that means the same as these words, themselves first.
    fn of(&self, words: &str) -> Option<Vec<String>> {
        // "nurses" is found as "nurse": the search compares stems, so that the plural needs no row of its own.
        let same = |listed: &String| listed == words || words.strip_suffix('s') == Some(listed);
        let mut any = vec![words.to_owned()];
        for group in self.0.iter().filter(|group| group.iter().any(same)) {
            any.extend(group.iter().filter(|word| !same(word)).cloned());
        }
        (any.len() > 1).then_some(any)
    }
}

impl Words {
    /// Reads `"district nurse" -bank hca or porter`.
    pub fn read(typed: &str, synonyms: &Synonyms) -> Self {
        Self::read_some(typed, synonyms).0
    }

    /// The same, and whether words were left over beyond the last term that is looked for.
    pub fn read_some(typed: &str, synonyms: &Synonyms) -> (Self, bool) {
        let pieces = pieces(&typed.to_lowercase());
        let mut terms: Vec<Term> = Vec::new();
        let (mut at, mut joined) = (0, false);
        while at < pieces.len() && terms.len() < MOST_TERMS {
            if pieces[at].is_or() && !terms.is_empty() && at + 1 < pieces.len() {
                (joined, at) = (true, at + 1);
                continue;
            }
            let (term, used) = next_term(&pieces[at..], synonyms);
            at += used;
            match terms.last_mut().filter(|last| joined && !last.without && !term.without) {
                Some(last) => last.any.extend(term.any),
                None => terms.push(term),
            }
            joined = false;
        }
        // Only what must not be there leaves everything else, which nobody means.
        if terms.iter().all(|term| term.without) {
            terms.clear();
        }
        (Words { terms }, at < pieces.len())
    }

    /// The words that may have been typed with a slip.
    pub fn to_check(&self) -> Vec<String> {
        let plain = self.terms.iter().filter(|term| !term.exact && !term.without);
        let words = plain.filter_map(|term| term.any.first()).filter(|word| is_checkable(word));
        words.cloned().collect()
    }

    /// The same search with these corrections: typed and meant.
    pub fn corrected(mut self, corrections: &[(String, String)], synonyms: &Synonyms) -> Self {
        for term in self.terms.iter_mut().filter(|term| !term.exact) {
            let found = term.any.first().and_then(|typed| corrections.iter().find(|(word, _)| word == typed));
            if let Some((typed, meant)) = found {
                let others = term.any.iter().filter(|word| *word != typed).cloned();
                let any = synonyms.of(meant).unwrap_or_else(|| vec![meant.clone()]);
                term.any = any.into_iter().chain(others).collect();
            }
        }
        self
    }
}

/// Single words of some length: shorter ones have too many neighbours.
fn is_checkable(word: &str) -> bool {
    word.chars().count() >= 4 && word.chars().all(char::is_alphabetic)
}

struct Piece {
    text: String,
    quoted: bool,
    without: bool,
}

impl Piece {
    fn is_or(&self) -> bool {
        !self.quoted && !self.without && self.text == "or"
    }

    fn is_plain(&self) -> bool {
        !self.quoted && !self.without && !self.is_or()
    }
}

/// The next term, the longest synonym first, and how many pieces it took.
fn next_term(pieces: &[Piece], synonyms: &Synonyms) -> (Term, usize) {
    let first = &pieces[0];
    let plain = pieces.iter().take(LONGEST_SYNONYM).take_while(|piece| piece.is_plain()).count();
    for length in (1..=plain).rev() {
        let words: Vec<&str> = pieces[..length].iter().map(|piece| piece.text.as_str()).collect();
        if let Some(any) = synonyms.of(&words.join(" ")) {
            return (Term { any, without: false, exact: length > 1 }, length);
        }
    }
    (Term { any: vec![first.text.clone()], without: first.without, exact: first.quoted }, 1)
}

fn pieces(typed: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (number, part) in typed.split('"').enumerate() {
        let quoted = number % 2 == 1;
        if quoted {
            let without = typed.split('"').nth(number - 1).is_some_and(|before| before.ends_with('-'));
            let text = part.split_whitespace().collect::<Vec<_>>().join(" ");
            pieces.push(Piece { text, quoted, without });
            continue;
        }
        for word in part.split_whitespace() {
            let (without, word) = word.strip_prefix('-').map_or((false, word), |word| (true, word));
            pieces.push(Piece { text: word.to_owned(), quoted, without });
        }
    }
    // What has no letter and no digit is nothing to look for.
    pieces.retain(|piece| piece.text.chars().any(char::is_alphanumeric));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn synonyms() -> Synonyms {
        let group = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        Synonyms::new(vec![
            group(&["hca", "healthcare assistant", "healthcare support worker"]),
            group(&["pa", "secretary"]),
        ])
    }

    fn read(typed: &str) -> Vec<(Vec<String>, bool)> {
        Words::read(typed, &synonyms()).terms.into_iter().map(|term| (term.any, term.without)).collect()
    }

    fn plain(words: &[&str]) -> (Vec<String>, bool) {
        (words.iter().map(|word| (*word).to_owned()).collect(), false)
    }

    #[test]
    fn words_become_terms() {
        assert_eq!(read("Community  nurse"), [plain(&["community"]), plain(&["nurse"])]);
        assert_eq!(read("nurse or porter"), [plain(&["nurse", "porter"])]);
        assert_eq!(read("\"district nurse\" -bank"), [plain(&["district nurse"]), (vec!["bank".into()], true)]);
        assert_eq!(read("nurse -\"night shift\""), [plain(&["nurse"]), (vec!["night shift".into()], true)]);
        assert_eq!(read("-bank"), []);
        assert_eq!(read("or"), [plain(&["or"])]);
        assert_eq!(read("' % \u{0} -"), []);
    }

    #[test]
    fn what_is_beyond_the_last_term_is_noticed() {
        let left_over = |typed: &str| Words::read_some(typed, &synonyms()).1;
        assert!(!left_over(&"nurse ".repeat(MOST_TERMS)));
        assert!(left_over(&"nurse ".repeat(MOST_TERMS + 1)));
        assert!(!left_over("nurse or"));
    }

    #[test]
    fn synonyms_stand_beside_what_was_typed() {
        let all = plain(&["healthcare assistant", "hca", "healthcare support worker"]);
        assert_eq!(read("healthcare assistant leeds"), [all, plain(&["leeds"])]);
        assert_eq!(read("HCAs"), [plain(&["hcas", "healthcare assistant", "healthcare support worker"])]);
        assert_eq!(read("\"pa\""), [plain(&["pa"])], "quoted words are meant to the letter");
    }

    #[test]
    fn a_slip_is_put_right_with_its_synonyms() {
        let words = Words::read("secretry \"nusre\" -porrter it", &synonyms());
        assert_eq!(words.to_check(), ["secretry"]);
        let corrected = words.corrected(&[("secretry".into(), "secretary".into())], &synonyms());
        assert_eq!(corrected.terms[0].any, ["secretary", "pa"]);
        assert_eq!(corrected.terms[1].any, ["nusre"]);
    }

    proptest! {
        #[test]
        fn anything_can_be_typed(typed in "\\PC{0,80}") {
            let words = Words::read(&typed, &synonyms());
            prop_assert!(words.terms.len() <= MOST_TERMS);
            prop_assert!(words.terms.iter().all(|term| !term.any.is_empty()));
        }
    }
}
