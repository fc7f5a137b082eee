//! Numbers as lists print them.

/// Numbers past this are printed as decimals, so that a hostile start value makes no endless letters.
const LARGEST_SPELT: u32 = 2_000;

/// The number in one of Word's formats; a format that is not known is decimal.
pub fn format(number: u32, format: &str) -> String {
    match format {
        "none" => String::new(),
        "decimalZero" => format!("{number:02}"),
        "ordinal" => format!("{number}{}", ordinal_ending(number)),
        _ if number == 0 || number > LARGEST_SPELT => number.to_string(),
        "upperLetter" => letters(number, b'A'),
        "lowerLetter" => letters(number, b'a'),
        "upperRoman" => roman(number).to_uppercase(),
        "lowerRoman" => roman(number),
        _ => number.to_string(),
    }
}

/// After z comes aa, then bb: Word repeats the letter.
fn letters(number: u32, first: u8) -> String {
    let index = number - 1;
    let letter = first + u8::try_from(index % 26).unwrap_or(0);
    (0..=index / 26).map(|_| char::from(letter)).collect()
}

fn roman(mut number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while number >= value {
            text.push_str(sign);
            number -= value;
        }
    }
    text
}

fn ordinal_ending(number: u32) -> &'static str {
    match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    }
}

#[cfg(test)]
mod tests {
    use super::format;

    #[test]
    fn formats_print_as_word_prints_them() {
        let cases = [
            (4, "decimal", "4"),
            (4, "decimalZero", "04"),
            (28, "lowerLetter", "bb"),
            (3, "upperLetter", "C"),
            (14, "lowerRoman", "xiv"),
            (9, "upperRoman", "IX"),
            (12, "ordinal", "12th"),
            (22, "ordinal", "22nd"),
            (0, "lowerLetter", "0"),
            (4_000_000_000, "upperLetter", "4000000000"),
            (7, "chicago", "7"),
            (7, "none", ""),
        ];
        for (number, name, printed) in cases {
            assert_eq!(format(number, name), printed, "{number} as {name}");
        }
    }
}
