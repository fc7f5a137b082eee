//! Secrets: tokens for cookies and links, and passwords. The only place that reads random bytes.

use std::sync::LazyLock;

use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Argon2, PasswordHash};
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

/// Hashing takes 19 MiB and 30 ms of a core (OWASP's argon2id setting, which is the crate's default);
/// more than two at once would let a flood of sign-ins starve everybody else.
static HASHING: Semaphore = Semaphore::const_new(2);

/// The shortest password that is taken, in characters (NCSC: length beats composition rules).
pub const SHORTEST_PASSWORD: usize = 12;
/// The longest, in characters: hashing reads all of it.
pub const LONGEST_PASSWORD: usize = 200;

/// A random 256-bit token. Only its hash is ever kept.
#[derive(Clone)]
pub struct Token(String);

#[derive(Debug, thiserror::Error)]
#[error("passwords can't be checked at the moment")]
pub struct SecretError;

impl Token {
    pub fn new() -> Result<Self, SecretError> {
        let mut bytes = [0u8; 32];
        getrandom::fill(&mut bytes).map_err(|_| SecretError)?;
        Ok(Token(hex(&bytes)))
    }

    /// What the cookie or the link holds.
    pub fn plain(&self) -> &str {
        &self.0
    }

    pub fn hash(&self) -> [u8; 32] {
        hash_token(&self.0)
    }
}

/// Six random digits, for a message to an address that its reader shows to be theirs. Tries at them are counted.
pub fn six_digits() -> Result<String, SecretError> {
    // Below the last whole million that fits, so that every code is as likely as any other.
    const WHOLE: u32 = u32::MAX / 1_000_000 * 1_000_000;
    loop {
        let mut bytes = [0u8; 4];
        getrandom::fill(&mut bytes).map_err(|_| SecretError)?;
        let number = u32::from_be_bytes(bytes);
        if number < WHOLE {
            return Ok(format!("{:06}", number % 1_000_000));
        }
    }
}

/// What the database keeps of a token.
pub fn hash_token(plain: &str) -> [u8; 32] {
    Sha256::digest(plain.as_bytes()).into()
}

/// A short mark that changes with the content.
pub fn content_mark(content: &[u8]) -> String {
    hex(&Sha256::digest(content)[..12])
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The argon2id hash of a password, in PHC form.
pub async fn hash_password(password: String) -> Result<String, SecretError> {
    let _turn = HASHING.acquire().await.map_err(|_| SecretError)?;
    tokio::task::spawn_blocking(move || {
        Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string()).map_err(|_| SecretError)
    })
    .await
    .map_err(|_| SecretError)?
}

/// Whether the password is right. With no hash to compare, one is computed all the same, so that the time taken
/// does not tell whether the account exists.
pub async fn verify_password(password: String, hash: Option<String>) -> Result<bool, SecretError> {
    let _turn = HASHING.acquire().await.map_err(|_| SecretError)?;
    tokio::task::spawn_blocking(move || {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODYS.clone());
        let parsed = PasswordHash::new(&hash).map_err(|_| SecretError)?;
        let right = Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok();
        Ok(right && known)
    })
    .await
    .map_err(|_| SecretError)?
}

/// A hash of nothing that anybody knows.
static NOBODYS: LazyLock<String> = LazyLock::new(|| {
    let unknown = Token::new().map(|token| token.0).unwrap_or_default();
    Argon2::default().hash_password(unknown.as_bytes()).map(|hash| hash.to_string()).unwrap_or_default()
});

/// What is wrong with a new password, if anything.
pub fn password_problem(password: &str, email: &str) -> Option<String> {
    let length = password.chars().count();
    let name = email.split('@').next().unwrap_or_default();
    if length < SHORTEST_PASSWORD {
        return Some(format!("Use at least {SHORTEST_PASSWORD} characters: three random words make a good password"));
    }
    if length > LONGEST_PASSWORD {
        return Some(format!("Use {LONGEST_PASSWORD} characters or fewer"));
    }
    let plain = password.to_lowercase();
    let few_letters = plain.chars().collect::<std::collections::BTreeSet<_>>().len() < 5;
    if few_letters || plain == email || (name.len() > 3 && plain.replace(name, "").chars().count() < 6) {
        return Some("Choose a password that is harder to guess: three random words make a good one".into());
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_fits() {
        let hash = hash_password("correct horse battery".into()).await.unwrap();
        assert!(hash.starts_with("$argon2id$"));
        assert!(verify_password("correct horse battery".into(), Some(hash.clone())).await.unwrap());
        assert!(!verify_password("correct horse".into(), Some(hash)).await.unwrap());
        assert!(!verify_password("anything".into(), None).await.unwrap());
    }

    #[test]
    fn weak_passwords_are_named() {
        for weak in ["short", "aaaaaaaaaaaaaaa", "amara.okafor12", "amara.okafor@x.org"] {
            assert!(password_problem(weak, "amara.okafor@x.org").is_some(), "{weak}");
        }
        assert_eq!(password_problem("willow-kettle-brisk", "amara.okafor@x.org"), None);
    }
}
