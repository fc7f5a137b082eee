//! Importance as printed: words, letters and ticks, and codes in brackets behind a criterion.

use crate::documents::extract::recognise::assessment::{self, Key};
use crate::documents::extract::recognise::ledger::{Piece, words};
use crate::documents::extract::recognise::vocabulary::Lists;
use crate::documents::extract::result::{AssessmentMethod, Importance};
use std::sync::LazyLock;

static WORDS: LazyLock<Lists> = LazyLock::new(|| Lists::read(include_str!("../vocabulary/criteria.txt")));

/// A line that says only how important what follows is. The inner value is none where it names both.
pub fn importance_word(text: &str) -> Option<Option<Importance>> {
    let words = words(text);
    if words.is_empty() || words.len() > 6 {
        return None;
    }
    let essential = words.iter().any(|word| word == "essential" || word == "mandatory");
    let desirable = words.iter().any(|word| word == "desirable" || word == "preferred" || word == "preferable");
    let plain = words.iter().all(|word| {
        ["essential", "desirable", "mandatory", "preferred", "preferable"].contains(&word.as_str())
            || WORDS.has("beside importance", word)
    });
    match (plain, essential, desirable) {
        (true, true, false) => Some(Some(Importance::Essential)),
        (true, false, true) => Some(Some(Importance::Desirable)),
        (true, true, true) => Some(None),
        (_, _, _) => None,
    }
}

/// A sentence that says what the letters behind the criteria mean: "These are essential (E) or desirable (D)."
pub fn explains_letters(text: &str) -> bool {
    let words = words(text);
    let all = |wanted: &[&str]| wanted.iter().all(|own| words.iter().any(|word| word == own));
    (4..=25).contains(&words.len()) && all(&["essential", "desirable", "e", "d"])
}

/// Whether a line is the head of a column of criteria.
pub fn is_column(plain: &str) -> bool {
    WORDS.has("column", plain)
}

/// Whether a heading names importance and little else.
pub fn names_importance(text: &str) -> bool {
    importance_word(text).is_some()
}

/// A cell or suffix that holds importance alone: `E`, `Essential`, `D`.
pub fn importance(text: &str) -> Option<Importance> {
    match words(text).join(" ").as_str() {
        "e" | "essential" | "ess" | "m" => Some(Importance::Essential),
        "d" | "desirable" | "des" | "p" => Some(Importance::Desirable),
        _ => None,
    }
}

/// A tick, cross or letter in a column of ticks.
pub fn is_tick(text: &str) -> bool {
    let text = text.trim();
    text.chars().count() <= 2 && !text.is_empty() && !["-", "–", "☐"].contains(&text)
        || ["yes", "essential", "desirable"].contains(&text.to_lowercase().as_str())
}

/// "None", "N/A" or a dash where criteria could stand.
pub fn is_none(text: &str) -> bool {
    ["none", "n a", "na", "nil", "not applicable", "none required", "none specified", "no specific requirements", ""]
        .contains(&words(text).join(" ").as_str())
}

/// Codes that are taken off one criterion at most: no specification has more, and each looks at the whole text.
const MOST_CODES: usize = 12;

/// What stood behind or before a criterion's own words.
#[derive(Debug, Default)]
pub struct Marked {
    pub importance: Option<Importance>,
    pub methods: Vec<AssessmentMethod>,
    /// The pieces that were used up.
    pub used: Vec<Piece>,
    /// A word of importance stood before the text, so slashes in it part criteria.
    pub led: bool,
}

/// Takes codes in brackets off the end (`(I/T)`, `[E]`) and a word of importance off the start (`Essential: …`).
pub fn strip(piece: &Piece, key: &Key) -> (Piece, Marked) {
    let mut marked = Marked::default();
    let mut rest = without_brackets(piece, key, &mut marked);
    if let Some((body, code)) = last_codes(&rest)
        && let Some(methods) = assessment::all(code.text(), key)
    {
        marked.methods.extend(methods);
        marked.used.push(code);
        rest = body;
    }
    while let Some((body, cell)) = last_cell(&rest).filter(|_| marked.used.len() < MOST_CODES) {
        match (importance(cell.text()), assessment::all(cell.text(), key)) {
            (Some(importance), _) => marked.importance = Some(importance),
            (None, Some(methods)) => marked.methods.extend(methods),
            (None, None) => break,
        }
        marked.used.push(cell);
        rest = body;
    }
    if let Some((body, star)) = last_star(&rest) {
        marked.importance = Some(Importance::Essential);
        marked.used.push(star);
        rest = body;
    }
    if let Some((importance, code, body)) = leading_code(&rest) {
        marked.importance = Some(importance);
        marked.used.push(code);
        rest = body;
    }
    if let Some((word, body)) = leading_word(&rest) {
        marked.importance = importance(word.text());
        marked.led = true;
        marked.used.push(word);
        rest = body;
    }
    (rest, marked)
}

fn without_brackets(piece: &Piece, key: &Key, marked: &mut Marked) -> Piece {
    let mut rest = piece.clone();
    while let Some((body, code)) = last_bracket(&rest).filter(|_| marked.used.len() < MOST_CODES) {
        let text = code.text().trim_matches(['(', ')', '[', ']']);
        let importance = self::importance(text);
        let methods = assessment::all(text, key).filter(|_| is_code(text) || text.split_whitespace().count() <= 5);
        let both = both(text, key);
        match (importance, methods, both) {
            (Some(importance), _, _) => marked.importance = Some(importance),
            (None, Some(methods), _) => marked.methods = methods,
            (None, None, Some((importance, methods))) => {
                marked.importance = Some(importance);
                marked.methods = methods;
            }
            (None, None, None) => break,
        }
        marked.used.push(code);
        rest = body;
    }
    rest
}

fn is_code(text: &str) -> bool {
    text.len() <= 8 && !text.chars().any(char::is_lowercase)
}

/// `E, A/I`: importance and assessment in one bracket.
fn both(text: &str, key: &Key) -> Option<(Importance, Vec<AssessmentMethod>)> {
    let (first, rest) = text.split_once([',', ' ', '-', '–', ':', ';'])?;
    Some((importance(first)?, assessment::all(rest, key)?))
}

fn last_bracket(piece: &Piece) -> Option<(Piece, Piece)> {
    let text = piece.text().trim_end_matches(['.', ' ']);
    let open = match text.chars().last()? {
        ')' => '(',
        ']' => '[',
        _ => return None,
    };
    let at = text.rfind(open)?;
    (at > 0).then(|| piece.split_at(at))
}

/// Cells of a row that were joined by slashes or bars: `Can lift / E / Interview`.
fn last_cell(piece: &Piece) -> Option<(Piece, Piece)> {
    let (at, width) =
        [" / ", " | ", "\t"].iter().filter_map(|mark| piece.text().rfind(mark).map(|at| (at, mark.len()))).max()?;
    Some((piece.part(0..at), piece.part(at + width..piece.text().len())))
}

/// Two or more codes behind the text without a bracket: `Knows birds A & I/T`.
fn last_codes(piece: &Piece) -> Option<(Piece, Piece)> {
    let text = piece.text();
    let codes = text.rfind(|c: char| c.is_lowercase() || c == ')')?;
    let at = codes + text[codes..].find(char::is_whitespace)?;
    let code = text[at..].trim();
    let letters = code.split(|c: char| !c.is_alphabetic()).filter(|part| !part.is_empty());
    let (count, short) = letters.fold((0, true), |(count, short), part| (count + 1, short && part.len() <= 2));
    let joined = code.chars().all(|c| c.is_ascii_uppercase() || " ,/&+".contains(c));
    (count >= 2 && short && joined && is_code(code)).then(|| piece.split_at(at))
}

/// A star behind the text: the usual mark of what is essential.
fn last_star(piece: &Piece) -> Option<(Piece, Piece)> {
    let text = piece.text();
    let body = text.strip_suffix('*')?;
    (!body.ends_with('*') && body.trim().len() > 2).then(|| piece.split_at(body.len()))
}

/// `E1 Knows the law`: a number that says how important it is.
fn leading_code(piece: &Piece) -> Option<(Importance, Piece, Piece)> {
    let text = piece.text();
    let (code, _) = text.split_once(char::is_whitespace)?;
    let digits = code.trim_end_matches(['.', ')', ':']).strip_prefix(['E', 'D'])?;
    let numbered = (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    let importance = if code.starts_with('E') { Importance::Essential } else { Importance::Desirable };
    let (code, body) = piece.split_at(code.len());
    numbered.then_some((importance, code, body))
}

/// Criteria that were joined by slashes behind a word of importance: `Essential: first / second`.
pub fn joined(piece: &Piece) -> Vec<Piece> {
    let text = piece.text();
    let marks: Vec<usize> = text.match_indices(" / ").map(|(at, _)| at).collect();
    let mut out = Vec::new();
    let mut start = 0;
    for at in marks {
        out.push(piece.part(start..at));
        start = at + 3;
    }
    out.push(piece.part(start..text.len()));
    out
}

fn leading_word(piece: &Piece) -> Option<(Piece, Piece)> {
    let text = piece.text();
    let at = text.find([':', '–', '-']).filter(|at| *at <= 12)?;
    let width = text[at..].chars().next()?.len_utf8();
    let word = piece.part(0..at);
    let known = ["essential", "desirable"].contains(&word.text().to_lowercase().as_str());
    known.then(|| (word, piece.part(at + width..text.len())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::extract::recognise::ledger::Ledger;

    #[test]
    fn lines_of_importance() {
        assert_eq!(importance_word("Essential criteria:"), Some(Some(Importance::Essential)));
        assert_eq!(importance_word("Desirable"), Some(Some(Importance::Desirable)));
        assert_eq!(importance_word("Essential / Desirable"), Some(None));
        assert_eq!(importance_word("Essential car user"), None);
    }

    fn stripped(text: &str) -> (String, Option<Importance>, Vec<AssessmentMethod>) {
        let (rest, marked) = strip(&Ledger::default().enter(text), &Key::default());
        (rest.text().trim().to_owned(), marked.importance, marked.methods)
    }

    #[test]
    fn codes_without_brackets_stars_and_coded_numbers_are_read() {
        use AssessmentMethod::{Application, Interview, Test};
        assert_eq!(
            stripped("Knows birds A & I/T"),
            ("Knows birds".to_owned(), None, vec![Application, Interview, Test])
        );
        assert_eq!(stripped("Can read a map *"), ("Can read a map".to_owned(), Some(Importance::Essential), vec![]));
        assert_eq!(stripped("E1 Knows the law"), ("Knows the law".to_owned(), Some(Importance::Essential), vec![]));
        assert_eq!(stripped("D12. Knows birds"), ("Knows birds".to_owned(), Some(Importance::Desirable), vec![]));
        for text in
            ["Works with HR and IT", "Has used SAP or AI", "Vitamin D", "E-mail skills", "Plan B", "GCSE grade C"]
        {
            assert_eq!(stripped(text), (text.to_owned(), None, vec![]), "{text}");
        }
    }

    #[test]
    fn no_more_codes_than_people_write_are_taken_off() {
        for codes in [" (E)", " / E", "\tE"] {
            let piece = Ledger::default().enter(&format!("Knows the birds of the park{}", codes.repeat(60)));
            let (rest, marked) = strip(&piece, &Key::default());
            assert!(marked.used.len() <= MOST_CODES + 4, "{} of {codes:?}", marked.used.len());
            assert_eq!(marked.importance, Some(Importance::Essential));
            assert!(rest.text().starts_with("Knows the birds of the park"));
        }
    }

    #[test]
    fn codes_come_off_the_end() {
        let mut ledger = Ledger::default();
        let piece = ledger.enter("Able to lift safely (with aids) (E) (I/T)");
        let (rest, marked) = strip(&piece, &Key::default());
        assert_eq!(rest.text(), "Able to lift safely (with aids)");
        assert_eq!(marked.importance, Some(Importance::Essential));
        assert_eq!(marked.methods, [AssessmentMethod::Interview, AssessmentMethod::Test]);
    }
}
