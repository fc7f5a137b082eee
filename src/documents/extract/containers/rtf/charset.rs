//! Bytes to text: which encoding a font's character set or a code page number means.

use encoding_rs::Encoding;

/// How the bytes of a font are read.
#[derive(Debug, Clone, Copy)]
pub enum Charset {
    /// Letters in an encoding.
    Letters(&'static Encoding),
    /// Signs: the byte codes of a picture font.
    Signs,
    /// As the document's code page says.
    Page,
}

/// The character set of a font, by its number (`\fcharset`).
pub fn of_font(number: i32) -> Charset {
    Charset::Letters(match number {
        2 => return Charset::Signs,
        77 => encoding_rs::MACINTOSH,
        128 => encoding_rs::SHIFT_JIS,
        129 => encoding_rs::EUC_KR,
        134 => encoding_rs::GBK,
        136 => encoding_rs::BIG5,
        161 => encoding_rs::WINDOWS_1253,
        162 => encoding_rs::WINDOWS_1254,
        163 => encoding_rs::WINDOWS_1258,
        177 => encoding_rs::WINDOWS_1255,
        178 => encoding_rs::WINDOWS_1256,
        186 => encoding_rs::WINDOWS_1257,
        204 => encoding_rs::WINDOWS_1251,
        222 => encoding_rs::WINDOWS_874,
        238 => encoding_rs::WINDOWS_1250,
        _ => return Charset::Page,
    })
}

/// The encoding of a code page (`\ansicpg`).
pub fn of_page(number: i32) -> &'static Encoding {
    match number {
        437 | 850 | 852 => encoding_rs::WINDOWS_1252,
        932 => encoding_rs::SHIFT_JIS,
        936 => encoding_rs::GBK,
        949 => encoding_rs::EUC_KR,
        950 => encoding_rs::BIG5,
        874 => encoding_rs::WINDOWS_874,
        10000 => encoding_rs::MACINTOSH,
        65001 => encoding_rs::UTF_8,
        number => Encoding::for_label(format!("windows-{number}").as_bytes()).unwrap_or(encoding_rs::WINDOWS_1252),
    }
}

/// Decodes bytes of one font.
pub fn decode(bytes: &[u8], charset: Charset, page: &'static Encoding) -> String {
    match charset {
        Charset::Letters(encoding) => encoding.decode_without_bom_handling(bytes).0.into_owned(),
        Charset::Page => page.decode_without_bom_handling(bytes).0.into_owned(),
        Charset::Signs => {
            let sign = |byte: &u8| {
                let code = if byte.is_ascii_whitespace() { 0x20 } else { 0xf000 + u32::from(*byte) };
                char::from_u32(code).unwrap_or(' ')
            };
            bytes.iter().map(sign).collect()
        }
    }
}
