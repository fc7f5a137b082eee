//! A mail server of a few lines that speaks real SMTP on a real port, and refuses whom it is told to refuse.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

#[derive(Debug, Clone, Default)]
pub struct Received {
    pub from: String,
    pub to: String,
    /// Headers and body as they came.
    pub data: String,
}

#[derive(Clone)]
pub struct SmtpServer {
    pub port: u16,
    received: Arc<Mutex<Vec<Received>>>,
    refused: Arc<Mutex<Option<String>>>,
}

impl SmtpServer {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = SmtpServer { port, received: Default::default(), refused: Default::default() };
        let serving = server.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serving.clone().talk(stream));
            }
        });
        server
    }

    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// Answers 550 to mail for that address; `None` takes everything again.
    pub fn refuse(&self, to: Option<&str>) {
        *self.refused.lock().unwrap() = to.map(str::to_owned);
    }

    pub fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }

    async fn talk(self, stream: TcpStream) {
        let (reader, mut writer) = stream.into_split();
        let mut lines = BufReader::new(reader).lines();
        let mut message = Received::default();
        writer.write_all(b"220 tests ready\r\n").await.unwrap();
        while let Ok(Some(line)) = lines.next_line().await {
            let command = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
            let refused = || self.refused.lock().unwrap().as_ref().is_some_and(|to| line.contains(to.as_str()));
            let answer = match command.as_str() {
                "MAIL" => {
                    message.from = address(&line);
                    "250 ok"
                }
                "RCPT" if refused() => "550 no such person here",
                "RCPT" => {
                    message.to = address(&line);
                    "250 ok"
                }
                "DATA" => {
                    writer.write_all(b"354 go on\r\n").await.unwrap();
                    while let Ok(Some(line)) = lines.next_line().await {
                        if line == "." {
                            break;
                        }
                        message.data.push_str(line.strip_prefix('.').unwrap_or(&line));
                        message.data.push('\n');
                    }
                    self.received.lock().unwrap().push(std::mem::take(&mut message));
                    "250 kept"
                }
                "QUIT" => "221 bye",
                _ => "250 ok",
            };
            if writer.write_all(format!("{answer}\r\n").as_bytes()).await.is_err() {
                return;
            }
        }
    }
}

/// What stands between `<` and `>`.
fn address(line: &str) -> String {
    line.split(['<', '>']).nth(1).unwrap_or_default().to_owned()
}
