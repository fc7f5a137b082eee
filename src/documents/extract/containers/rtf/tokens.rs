//! Cuts rich text into groups, control words, control symbols and bytes of text.

/// What stands next in the stream.
#[derive(Debug, PartialEq, Eq)]
pub enum Token<'a> {
    Open,
    Close,
    /// A control word with its number.
    Word(&'a str, Option<i32>),
    /// A backslash with one character that is no letter.
    Symbol(u8),
    /// A byte of text, typed or as `\'hh`.
    Byte(u8),
}

/// Longest control word; the format's own bound is 32.
const WORD: usize = 64;

pub struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// What follows a backslash.
    fn control(&mut self) -> Option<Token<'a>> {
        let first = self.peek()?;
        if !first.is_ascii_alphabetic() {
            self.at += 1;
            return Some(if first == b'\'' { self.hex() } else { Token::Symbol(first) });
        }
        let start = self.at;
        while self.at - start < WORD && self.peek().is_some_and(|byte| byte.is_ascii_alphabetic()) {
            self.at += 1;
        }
        let word = std::str::from_utf8(&self.bytes[start..self.at]).unwrap_or_default();
        let number = self.number();
        if self.peek() == Some(b' ') {
            self.at += 1;
        }
        if word == "bin" {
            // raw data, which may hold anything
            self.at = self.at.saturating_add(number.and_then(|length| usize::try_from(length).ok()).unwrap_or(0));
        }
        Some(Token::Word(word, number))
    }

    fn number(&mut self) -> Option<i32> {
        let start = self.at;
        let sign = usize::from(self.peek() == Some(b'-'));
        let digits = self.bytes.get(start + sign..)?.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0 {
            return None;
        }
        self.at = start + sign + digits;
        let text = std::str::from_utf8(&self.bytes[start..self.at]).ok()?;
        Some(text.parse().unwrap_or(0))
    }

    fn hex(&mut self) -> Token<'a> {
        let digits = self.bytes.get(self.at..self.at + 2).and_then(|pair| std::str::from_utf8(pair).ok());
        match digits.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(byte) => {
                self.at += 2;
                Token::Byte(byte)
            }
            None => Token::Symbol(b'\''),
        }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let byte = self.peek()?;
            self.at += 1;
            return Some(match byte {
                b'{' => Token::Open,
                b'}' => Token::Close,
                b'\\' => return self.control(),
                // line ends of the stream are no text
                b'\r' | b'\n' | 0 => continue,
                byte => Token::Byte(byte),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_take_their_number_and_one_space() {
        let tokens: Vec<Token<'_>> = Tokens::new(b"{\\b0 a\\u-3913 ?\\'e9\\~\\bin3 }}}\r\nz}").collect();
        let wanted = [
            Token::Open,
            Token::Word("b", Some(0)),
            Token::Byte(b'a'),
            Token::Word("u", Some(-3913)),
            Token::Byte(b'?'),
            Token::Byte(0xe9),
            Token::Symbol(b'~'),
            Token::Word("bin", Some(3)),
            Token::Byte(b'z'),
            Token::Close,
        ];
        assert_eq!(tokens, wanted);
    }

    #[test]
    fn a_stream_that_breaks_off_ends() {
        for bytes in [&b"\\"[..], b"\\'", b"\\'e", b"\\bin99 x", b"\\b-", b"\\u99999999999"] {
            assert!(Tokens::new(bytes).count() <= 4);
        }
    }
}
