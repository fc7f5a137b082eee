//! The configuration: environment variables, read once, every bad one reported at once.

use std::net::SocketAddr;
use std::path::PathBuf;

use lettre::{AsyncSmtpTransport, Tokio1Executor};

/// The data folder where none is configured, below the working folder.
pub const DEFAULT_DATA: &str = "data";

#[derive(Debug, Clone)]
pub struct Config {
    pub listen: SocketAddr,
    /// How the world reaches this server; decides the session cookie's name and Secure flag, and the links in mail.
    pub public_url: String,
    /// None: the server starts its own private Postgres under `data`.
    pub database_url: Option<String>,
    pub data: PathBuf,
    /// None: mail is written into the data folder.
    pub smtp_url: Option<String>,
    pub mail_from: String,
    /// Filter of the log, as `tracing_subscriber` reads it.
    pub log: String,
    pub log_json: bool,
    /// The demonstration shows sent mail on a page and says on every page what it is.
    pub demonstration: bool,
    /// Trust `X-Forwarded-For` of a proxy in front for the visitor's address.
    pub behind_proxy: bool,
    /// Where the pages' assets are read from.
    pub assets: PathBuf,
}

/// Every variable that can't be used, a line each.
#[derive(Debug, thiserror::Error)]
#[error("the configuration can't be used:\n{}", .0.join("\n"))]
pub struct ConfigError(Vec<String>);

impl Config {
    pub fn from_env() -> Result<Self, ConfigError> {
        Self::from(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
    }

    /// Reads the variables through `read`, so that tests need not touch the environment.
    pub fn from(read: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let mut wrong = Vec::new();
        let listen = parse(&read, "LISTEN", "127.0.0.1:8080", "an address and port such as 127.0.0.1:8080", &mut wrong);
        let public_url = read("PUBLIC_URL").unwrap_or_else(|| "http://127.0.0.1:8080".into());
        if !public_url.starts_with("http://") && !public_url.starts_with("https://") {
            wrong.push("PUBLIC_URL has to start with https:// or http://".into());
        }
        let database_url = read("DATABASE_URL");
        if database_url.as_ref().is_some_and(|url| !url.starts_with("postgres")) {
            wrong.push("DATABASE_URL has to start with postgres://".into());
        } else if let Some(url) = &database_url
            && let Err(error) = url.parse::<sqlx::postgres::PgConnectOptions>()
        {
            wrong.push(format!("DATABASE_URL can't be used: {error}"));
        }
        let smtp_url = read("SMTP_URL");
        if smtp_url.as_ref().is_some_and(|url| !url.starts_with("smtp://") && !url.starts_with("smtps://")) {
            wrong.push("SMTP_URL has to start with smtp:// or smtps://".into());
        } else if let Some(url) = &smtp_url
            && let Err(error) = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
        {
            wrong.push(format!("SMTP_URL can't be used: {error}"));
        }
        let mail_from = read("MAIL_FROM").unwrap_or_else(|| "Rolebook <rolebook@localhost.localdomain>".into());
        if mail_from.parse::<lettre::message::Mailbox>().is_err() {
            wrong.push("MAIL_FROM has to be an address such as Rolebook <jobs@example.org>".into());
        }
        let log = read("LOG").unwrap_or_else(|| "info,sqlx=warn".into());
        if let Err(error) = tracing_subscriber::EnvFilter::try_new(&log) {
            wrong.push(format!("LOG has to look like info, or warn,rolebook=debug: {error}"));
        }
        let log_format = read("LOG_FORMAT").unwrap_or_else(|| "text".into());
        if log_format != "text" && log_format != "json" {
            wrong.push("LOG_FORMAT has to be text or json".into());
        }
        let behind_proxy = parse(&read, "BEHIND_PROXY", "false", "true or false", &mut wrong);
        let config = Config {
            listen: listen.unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8080))),
            public_url: public_url.trim_end_matches('/').to_owned(),
            database_url,
            data: read("ROLEBOOK_DATA").map_or_else(|| PathBuf::from(DEFAULT_DATA), PathBuf::from),
            smtp_url,
            mail_from,
            log,
            log_json: log_format == "json",
            demonstration: false,
            behind_proxy: behind_proxy.unwrap_or(false),
            assets: read("ROLEBOOK_ASSETS").map_or_else(|| PathBuf::from("static"), PathBuf::from),
        };
        match wrong.is_empty() {
            true => Ok(config),
            false => Err(ConfigError(wrong)),
        }
    }

    /// The absolute address of one of our paths, for mail.
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.public_url)
    }

    /// Whether browsers reach us over https, which the session cookie insists on then.
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

fn parse<T: std::str::FromStr>(
    read: &impl Fn(&str) -> Option<String>,
    name: &str,
    default: &str,
    shape: &str,
    wrong: &mut Vec<String>,
) -> Option<T> {
    let value = read(name).unwrap_or_else(|| default.to_owned());
    let parsed = value.parse().ok();
    if parsed.is_none() {
        wrong.push(format!("{name} has to be {shape}"));
    }
    parsed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bad_variable_is_named_at_once() {
        let read = |name: &str| match name {
            "LISTEN" => Some("here".to_owned()),
            "PUBLIC_URL" => Some("rolebook.example".to_owned()),
            "LOG_FORMAT" => Some("xml".to_owned()),
            "LOG" => Some("rolebook=loud".to_owned()),
            "MAIL_FROM" => Some("jobs@".to_owned()),
            "SMTP_URL" => Some("smtp://".to_owned()),
            "DATABASE_URL" => Some("postgres://here:there".to_owned()),
            _ => None,
        };
        let Err(ConfigError(wrong)) = Config::from(read) else { panic!("it was accepted") };
        assert_eq!(wrong.len(), 7, "{wrong:?}");
    }
}
