//! The marks: read as they look, never losing a character, and inert whatever is typed.

use proptest::prelude::*;

use super::*;

fn shown(line: &str) -> Vec<(String, &'static str, Option<String>)> {
    let look = |span: &Span| match (span.bold, span.italic) {
        (true, true) => "both",
        (true, false) => "bold",
        (false, true) => "italic",
        (false, false) => "",
    };
    parse(line).into_iter().map(|span| (span.text.clone(), look(&span), span.link)).collect()
}

fn one(text: &str, look: &'static str) -> (String, &'static str, Option<String>) {
    (text.to_owned(), look, None)
}

#[test]
fn marks_are_read() {
    assert_eq!(shown("Be **very** kind"), [one("Be ", ""), one("very", "bold"), one(" kind", "")]);
    assert_eq!(shown("*Be* kind"), [one("Be", "italic"), one(" kind", "")]);
    assert_eq!(shown("***Be***"), [one("Be", "both")]);
    assert_eq!(shown("**Be *very* kind**"), [one("Be ", "bold"), one("very", "both"), one(" kind", "bold")]);
    let link = Some("https://a.example/b".to_owned());
    let expected = [one("Read ", ""), ("the rule".to_owned(), "", link.clone()), one(".", "")];
    assert_eq!(shown("Read [the rule](https://a.example/b)."), expected);
    assert_eq!(shown("[**Rule**](https://a.example/b)"), [("Rule".to_owned(), "bold", link)]);
}

#[test]
fn what_is_no_mark_stays_as_it_is() {
    for line in [
        "GCSE grades A*-C or 9*-4",
        "A* to C, and B* too",
        "2 * 3 * 4",
        "**not closed",
        "closed** only",
        "* a typed bullet",
        "[a](javascript:alert(1))",
        "[a](data:text/html,x)",
        "[a] (https://a.example)",
        "[](https://a.example)",
        "C:\\share\\files",
        "****",
        "[a](//evil.example)",
    ] {
        assert_eq!(plain(line), line, "{line}");
        assert!(parse(line).iter().all(|span| span.link.is_none() && !span.bold && !span.italic), "{line}");
    }
    assert_eq!(plain("\\*so\\* and \\[so\\]"), "*so* and [so]");
}

#[test]
fn a_line_of_nothing_but_marks_is_read_quickly() {
    for line in
        ["*a ".repeat(7_000), "[a".repeat(10_000), "**a *b ".repeat(3_000), "[a](".repeat(5_000), "*".repeat(20_000)]
    {
        assert_eq!(plain(&line), line);
    }
}

fn marks() -> impl Strategy<Value = String> {
    proptest::collection::vec(
        prop_oneof![
            Just("*"),
            Just("**"),
            Just("["),
            Just("]"),
            Just("("),
            Just(")"),
            Just("\\"),
            Just(" "),
            Just("a"),
            Just("B9"),
            Just("](https://a.example)"),
            Just("<b>"),
            Just("&amp;"),
            Just("é"),
            Just("\u{202e}"),
        ],
        0..30,
    )
    .prop_map(|pieces| pieces.concat())
}

fn any_spans() -> impl Strategy<Value = Vec<Span>> {
    let link = prop_oneof![Just(None), Just(Some("https://a.example/x?y=1".to_owned()))];
    let span = ("[ a-c*\\[\\]()\\\\]{1,6}", any::<bool>(), any::<bool>(), link);
    proptest::collection::vec(span.prop_map(|(text, bold, italic, link)| Span { text, bold, italic, link }), 0..6)
}

proptest! {
    /// The words stand in the line in their order, and what else stands there is marks and addresses.
    #[test]
    fn no_character_is_lost(line in marks()) {
        let words = plain(&line);
        let mut rest = line.chars();
        for c in words.chars() {
            prop_assert!(rest.any(|other| other == c), "{:?} out of turn in {:?} of {:?}", c, words, line);
        }
        let letters = |text: &str| text.replace("https://a.example", "").chars().filter(|c| c.is_alphanumeric()).count();
        prop_assert_eq!(letters(&words), letters(&line));
    }

    #[test]
    fn links_lead_only_where_they_may(line in marks()) {
        for span in parse(&line) {
            prop_assert!(span.link.is_none_or(|link| link.starts_with("https://a.example")));
        }
    }

    /// What was written is read again, and what was read is written so that it reads the same.
    #[test]
    fn writing_keeps_every_word(spans in any_spans()) {
        let words: String = spans.iter().map(|span| span.text.as_str()).collect();
        prop_assert_eq!(plain(&write(&spans)), words);
    }

    #[test]
    fn plain_words_have_no_marks(line in marks()) {
        let words = plain(&line);
        let again = write(&[Span { text: words.clone(), ..Span::default() }]);
        prop_assert_eq!(parse(&again).into_iter().filter(|span| span.bold || span.italic || span.link.is_some()).count(), 0);
        prop_assert_eq!(plain(&again), words);
    }
}
