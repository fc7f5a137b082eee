//! What lies in the outbox for somebody, and the link in it that they would follow.

use sqlx::Row;

use super::site::{PUBLIC_URL, Site};

#[derive(Debug, Clone)]
pub struct Mail {
    pub subject: String,
    pub body: String,
}

impl Mail {
    /// The path of the link whose path begins so: `/confirm/`.
    #[track_caller]
    pub fn link(&self, beginning: &str) -> String {
        let start = format!("{PUBLIC_URL}{beginning}");
        let line = self.body.lines().find(|line| line.starts_with(&start));
        match line {
            Some(line) => line[PUBLIC_URL.len()..].to_owned(),
            None => panic!("no link {beginning} in: {}", self.body),
        }
    }
}

impl Site {
    /// Mail to that address, sent or waiting, the oldest first.
    pub async fn db_mail(&self, to: &str) -> Vec<Mail> {
        let rows = sqlx::query("select subject, body from outbox where to_email = $1 order by id").bind(to);
        let rows = rows.fetch_all(&self.db).await.unwrap();
        rows.into_iter().map(|row| Mail { subject: row.get(0), body: row.get(1) }).collect()
    }

    /// The last of them.
    pub async fn db_last_mail(&self, to: &str) -> Mail {
        self.db_mail(to).await.pop().unwrap_or_else(|| panic!("no mail to {to}"))
    }
}
