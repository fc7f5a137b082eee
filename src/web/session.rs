//! The session cookie.

use axum::http::HeaderMap;
use axum::http::header::COOKIE;

use crate::config::Config;
use crate::secret::Token;

/// The cookie of staff who typed the code of a link to a task. It opens that task, and nothing else.
pub const TASK_COOKIE: &str = "rolebook_task";

/// The cookie's name: with https the `__Host-` prefix makes browsers refuse it from anywhere else.
pub fn cookie_name(config: &Config) -> &'static str {
    match config.is_https() {
        true => "__Host-rolebook",
        false => "rolebook",
    }
}

/// The value of a cookie that the browser sent.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| header.split(';'))
        .find_map(|pair| pair.trim().split_once('=').filter(|(key, _)| *key == name).map(|(_, value)| value))
}

/// `Set-Cookie` of a new session. Session-long: the server decides when it ends.
pub fn set_cookie(config: &Config, token: &Token) -> String {
    format!("{}={}; Path=/; HttpOnly; SameSite=Lax{}", cookie_name(config), token.plain(), secure(config))
}

/// `Set-Cookie` that takes it away.
pub fn clear_cookie(config: &Config) -> String {
    format!("{}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0{}", cookie_name(config), secure(config))
}

fn secure(config: &Config) -> &'static str {
    match config.is_https() {
        true => "; Secure",
        false => "",
    }
}
