//! Why a file is not read. Each refusal is one plain sentence that says what to do.

use super::limits;
use thiserror::Error;

/// What a person sees instead of a result.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    #[error("The file is empty: check that you chose the right one.")]
    Empty,
    #[error(
        "The file is larger than {0} MB: remove its pictures, or save only the job description as a file of its own."
    )]
    TooLarge(usize),
    #[error(
        "The file has no words that can be read: check that it is the right file and that it holds text, not only a picture of text."
    )]
    NoWords,
    #[error(
        "The file's text is stored in shifted character codes that can't be read: open it where it looks right, copy its text into a new document and save that as .docx."
    )]
    ShiftedCodes,
    #[error("The file is protected with a password: open it in Word, save it without a password and use that file.")]
    PasswordProtected,
    #[error("The file is an old Word document (.doc): open it in Word and save it as .docx.")]
    OldWord,
    #[error("The file is {0}, which can't be read: save the text as .docx or plain text and use that file.")]
    OtherType(&'static str),
    #[error("The file's type is not known: save it as .docx or plain text and use that file.")]
    UnknownType,
    #[error("The file is damaged ({0}): open it in Word, save it again and use the new file.")]
    Damaged(&'static str),
    #[error(
        "The file unpacks to more than is safe to read: save it again in Word without pictures and embedded files."
    )]
    UnpacksTooLarge,
    #[error(
        "The file's tables or other parts are nested too deeply to read: copy the text into a new document and save that as .docx."
    )]
    TooDeep,
    #[error(
        "The file declares its own XML document type, which is not safe to read: open it in Word and save it again as .docx."
    )]
    DocumentType,
    #[error(
        "The file takes in other documents as linked parts, which can't be read: open it in Word and save it again as .docx."
    )]
    EmbeddedDocument,
    #[error("The file holds more text than a job description can: save only the job description as a file of its own.")]
    TooMuchText,
    #[error(
        "The file holds too many tracked changes, links or pictures: accept all changes in Word and save it again."
    )]
    TooManyMarks,
    #[error("That is more than {0} documents at once: divide them, and send one part after the other.")]
    TooManyFiles(usize),
    #[error("The file took too long to read: save it again as .docx or plain text and use that file.")]
    TookTooLong,
    #[error(
        "The file could not be read within the memory allowed: save it again as .docx or plain text and use that file."
    )]
    TookTooMuch,
    #[error("The file could not be read: save it again as .docx or plain text and use that file.")]
    ReaderFailed,
    #[error("The reader could not be started: try again, and tell your administrator if it goes on.")]
    NotStarted,
    /// The sentence of a reader that ran as a process of its own.
    #[error("{0}")]
    FromChild(String),
}

impl Refusal {
    /// For a file that is larger than the bound.
    pub fn too_large() -> Self {
        Self::TooLarge(limits::FILE_BYTES / (1024 * 1024))
    }
}
