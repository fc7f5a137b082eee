//! Links in mail: as a message leaves, each that leads to a task of its reader becomes one that opens it without a
//! password. The secret is made at the last moment, so that it lies in no queue and its time runs from when it arrives.

use time::{Duration, OffsetDateTime};

use super::outbox::OutboxError;
use crate::config::Config;
use crate::db::{Message, Tx};
use crate::secret::Token;
use crate::web::paths;

/// How long a link works. Each reminder brings another.
const LINK_LASTS: Duration = Duration::days(7);

/// The same message with such links. A line that names a task of somebody else stays as it is: there one signs in.
pub async fn signed(
    config: &Config,
    tx: &mut Tx,
    message: &Message,
    now: OffsetDateTime,
) -> Result<Message, OutboxError> {
    let mut lines: Vec<String> = Vec::new();
    for line in message.body.split('\n') {
        let task = line.strip_prefix(config.public_url.as_str()).and_then(paths::task_at);
        let link = match task {
            None => None,
            Some(task) => {
                let token = Token::new()?;
                let made = tx.make_task_link(task, &message.to, &token.hash(), (now, now + LINK_LASTS)).await?;
                made.then(|| config.link(&paths::task_link(token.plain())))
            }
        };
        lines.push(link.unwrap_or_else(|| line.to_owned()));
    }
    Ok(Message { body: lines.join("\n"), ..message.clone() })
}
