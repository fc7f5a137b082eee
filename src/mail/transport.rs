//! How mail leaves: by SMTP where a server is configured, else as files in the data folder.

use std::path::{Path, PathBuf};
use std::time::Duration;

use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};

use super::html;
use crate::config::Config;
use crate::db::Queued;

/// A mail server that says nothing for this long is not waited for.
const PATIENCE: Duration = Duration::from_secs(20);

#[derive(Debug)]
pub struct Transport {
    from: Mailbox,
    /// Links to this site alone become links.
    site: String,
    way: Way,
}

#[derive(Debug)]
enum Way {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Folder(PathBuf),
}

#[derive(Debug, thiserror::Error)]
pub enum MailError {
    #[error("MAIL_FROM has to be an address such as Rolebook <jobs@example.org>")]
    From,
    #[error("SMTP_URL can't be used: {0}")]
    Url(lettre::transport::smtp::Error),
    /// This message is at fault; the next may go.
    #[error("refused: {0}")]
    Refused(String),
    /// There is nobody at this address, or nobody who may be written to.
    #[error("refused for good: {0}")]
    Address(String),
    /// The server is at fault; the next message would fare no better.
    #[error("the mail server: {0}")]
    Unreachable(lettre::transport::smtp::Error),
    #[error("the mail folder: {0}")]
    Folder(std::io::Error),
}

impl Transport {
    pub fn new(config: &Config) -> Result<Self, MailError> {
        let from = config.mail_from.parse().map_err(|_| MailError::From)?;
        let way = match &config.smtp_url {
            // A demonstration writes to people who are made up.
            Some(url) if !config.demonstration => {
                let server = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(MailError::Url)?;
                Way::Smtp(server.timeout(Some(PATIENCE)).build())
            }
            Some(_) | None => Way::Folder(config.data.join("mail")),
        };
        Ok(Transport { from, site: config.public_url.clone(), way })
    }

    pub async fn send(&self, queued: &Queued) -> Result<(), MailError> {
        let message = self.message(queued)?;
        match &self.way {
            Way::Smtp(server) => match server.send(message).await {
                Ok(_) => Ok(()),
                Err(error) if error.is_permanent() => Err(MailError::Address(error.to_string())),
                Err(error) if error.is_transient() => Err(MailError::Refused(error.to_string())),
                Err(error) => Err(MailError::Unreachable(error)),
            },
            Way::Folder(folder) => write(folder, queued.id, message.formatted()).await,
        }
    }

    /// The same message has the same Message-ID however often it is tried, so that one that arrived twice is shown once.
    fn message(&self, queued: &Queued) -> Result<lettre::Message, MailError> {
        let html = html::html(&queued.message, &self.site).map_err(|error| MailError::Refused(error.to_string()))?;
        let refused = |error: &dyn std::fmt::Display| MailError::Refused(error.to_string());
        let to: Mailbox = queued.message.to.parse().map_err(|error| refused(&error))?;
        let written = queued.created_at.unix_timestamp_nanos();
        let id = format!("<{}.{written}@{}>", queued.id, self.from.email.domain());
        let automatic = HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned());
        let reply_to: Option<Mailbox> = queued.reply_to.as_ref().and_then(|address| address.parse().ok());
        let builder = lettre::Message::builder();
        reply_to
            .map_or_else(|| builder.clone(), |address| builder.clone().reply_to(address))
            .from(self.from.clone())
            .to(to)
            .subject(queued.message.subject.clone())
            .date(queued.created_at.into())
            .message_id(Some(id))
            .raw_header(automatic)
            .multipart(MultiPart::alternative_plain_html(queued.message.body.clone(), html))
            .map_err(|error| refused(&error))
    }
}

/// One file a message, as mail programs read it.
async fn write(folder: &Path, id: i64, message: Vec<u8>) -> Result<(), MailError> {
    tokio::fs::create_dir_all(folder).await.map_err(MailError::Folder)?;
    tokio::fs::write(folder.join(format!("{id:06}.eml")), message).await.map_err(MailError::Folder)
}
