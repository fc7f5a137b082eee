//! `rolebook extract`: one document in, its structure out. Also the child process that the server reads documents in.

use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use serde::Serialize;

use crate::documents::extract::{child, extract, limits, lines, refusal::Refusal, result::Extract};
use crate::documents::logo::logo;

/// Prints one JSON object of the form rolebook.extract/1. Ends with 2 and one sentence where the file can't be read.
#[derive(Debug, Args)]
pub(super) struct Asked {
    /// A .docx, .odt, .rtf, .pdf, .html, .txt or .md file; its type is found from its bytes
    file: PathBuf,
    /// Indent the JSON for people
    #[arg(long)]
    pretty: bool,
    /// Print the lines of the document as they stand on the page instead, a list of texts
    #[arg(long)]
    lines: bool,
    /// Add what the document said before its tracked changes, under the key `before`; of lines, print those
    #[arg(long)]
    before: bool,
    /// Read a picture as a logo instead, for the server
    #[arg(long, hide = true)]
    logo: bool,
}

pub(super) fn run(asked: &Asked) -> ExitCode {
    // a reader that stops on a broken file is refused in a sentence; where it stopped is of no use to anyone
    std::panic::set_hook(Box::new(|_| ()));
    let name = asked.file.file_name().unwrap_or_default().to_string_lossy();
    let bytes = match read(&asked.file) {
        Ok(bytes) => bytes,
        Err(error) => return refused(&format!("The file {} can't be opened: {error}.", asked.file.display())),
    };
    if asked.logo {
        return match logo(&bytes).map(|logo| write(&logo, asked.pretty)) {
            Ok(Ok(())) => ExitCode::SUCCESS,
            Ok(Err(_)) => ExitCode::FAILURE,
            Err(why) => refused(&why.to_string()),
        };
    }
    if asked.lines {
        return match lines(&bytes, asked.before).map(|lines| write(&lines, asked.pretty)) {
            Ok(Ok(())) => ExitCode::SUCCESS,
            Ok(Err(_)) => ExitCode::FAILURE,
            Err(refusal) => refused(&refusal.to_string()),
        };
    }
    let result = if bytes.len() > limits::FILE_BYTES { Err(Refusal::too_large()) } else { extract(&bytes, &name) };
    let told = |extract: Extract| Extract { before: extract.before.filter(|_| asked.before), ..extract };
    match result.map(|extract| write(&told(extract), asked.pretty)) {
        Ok(Ok(())) => ExitCode::SUCCESS,
        Ok(Err(error)) => {
            eprintln!("The result could not be written: {error}.");
            ExitCode::FAILURE
        }
        Err(refusal) => refused(&refusal.to_string()),
    }
}

/// Never more than one byte past the bound: a device or a pipe may have no end.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(limits::FILE_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn write(what: &impl Serialize, pretty: bool) -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    match pretty {
        true => serde_json::to_writer_pretty(&mut out, what)?,
        false => serde_json::to_writer(&mut out, what)?,
    }
    writeln!(out)?;
    out.flush()
}

fn refused(sentence: &str) -> ExitCode {
    eprintln!("{sentence}");
    ExitCode::from(child::REFUSED as u8)
}
