//! The hidden key of the editor's forms.

use crate::domain::form_key::FormKey;
use crate::error::AppError;
use crate::secret::{Token, hash_token, hex};
use crate::web::form::Submitted;

/// The name of the hidden field.
pub const FIELD: &str = "key";
/// Bytes of the hash that tell one typing from another, within one page of one person.
const HASHED: usize = 8;

/// The name of a page that is about to be shown; all its forms carry it.
pub fn fresh() -> Result<String, AppError> {
    Ok(Token::new()?.plain()[..16].to_owned())
}

/// The key that a form carries; none from a page that had none.
pub fn of(path: &str, submitted: &Submitted) -> Option<FormKey> {
    let mut sent = path.to_owned();
    for (name, value) in submitted.fields().iter().filter(|(name, _)| name != FIELD) {
        // Neither name nor value of a field holds a NUL where it counts: two fields can't pass for one.
        sent.extend(["\0", name, "\0", value]);
    }
    FormKey::read(submitted.raw(FIELD), &hex(&hash_token(&sent)[..HASHED]))
}
