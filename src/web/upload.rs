//! Receiving a file from a form: all of it, or the news that it is too large.

use std::pin::Pin;

use axum::body::{Body, HttpBody};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::StatusCode;

use crate::app::App;
use crate::domain::text::one_line;
use crate::error::AppError;
use crate::web::form::Submitted;

/// The largest request that carries a file, in bytes: the largest document that is read, and room for the form around it.
pub const LARGEST_UPLOAD: usize = 25 * 1024 * 1024;

/// How much of a larger one is taken in and thrown away. A browser shows an answer only after it has sent everything; to
/// hang up on it would show the person a broken connection instead of our sentence.
const LARGEST_REFUSED: usize = 200 * 1024 * 1024;

/// The field of the form that holds the file.
pub const FIELD: &str = "document";

/// The field of a form that takes several.
pub const FILES: &str = "documents";

/// What came.
pub enum Upload {
    File {
        name: String,
        bytes: Vec<u8>,
    },
    /// The form was sent without one.
    Nothing,
    TooLarge,
}

/// Several files of one form.
pub enum Uploads {
    Files(Vec<(String, Vec<u8>)>),
    TooLarge,
}

impl FromRequest<App> for Upload {
    type Rejection = AppError;

    async fn from_request(request: Request, app: &App) -> Result<Self, AppError> {
        Ok(match files(request, app, FIELD).await? {
            Some(mut files) if !files.is_empty() => {
                let (name, bytes) = files.swap_remove(0);
                Upload::File { name, bytes }
            }
            Some(_) => Upload::Nothing,
            None => Upload::TooLarge,
        })
    }
}

impl FromRequest<App> for Uploads {
    type Rejection = AppError;

    async fn from_request(request: Request, app: &App) -> Result<Self, AppError> {
        Ok(files(request, app, FILES).await?.map_or(Uploads::TooLarge, Uploads::Files))
    }
}

/// A form with ordinary fields and one file, which may be left out.
pub struct FormWithFile {
    pub fields: Submitted,
    pub file: Upload,
}

impl FromRequest<App> for FormWithFile {
    type Rejection = AppError;

    async fn from_request(request: Request, app: &App) -> Result<Self, AppError> {
        let (head, body) = request.into_parts();
        let Some(bytes) = all_of(body).await? else {
            return Ok(FormWithFile { fields: Submitted::default(), file: Upload::TooLarge });
        };
        let whole = Request::from_parts(head, Body::from(bytes));
        let mut form = Multipart::from_request(whole, app).await.map_err(|_| no_form())?;
        let (mut fields, mut file) = (Vec::new(), Upload::Nothing);
        while let Some(field) = form.next_field().await.map_err(no_field)? {
            let name = field.name().unwrap_or_default().to_owned();
            match field.file_name().map(file_name) {
                Some(called) => {
                    let bytes = field.bytes().await.map_err(no_field)?.to_vec();
                    if !(called.is_empty() && bytes.is_empty()) {
                        file = Upload::File { name: called, bytes };
                    }
                }
                None => fields.push((name, field.text().await.map_err(no_field)?)),
            }
        }
        Ok(FormWithFile { fields: Submitted::new(fields), file })
    }
}

/// The files of one field; none where they are more than is taken.
async fn files(request: Request, app: &App, wanted: &str) -> Result<Option<Vec<(String, Vec<u8>)>>, AppError> {
    let (head, body) = request.into_parts();
    let Some(bytes) = all_of(body).await? else { return Ok(None) };
    let whole = Request::from_parts(head, Body::from(bytes));
    let mut form = Multipart::from_request(whole, app).await.map_err(|_| no_form())?;
    let mut files = Vec::new();
    while let Some(field) = form.next_field().await.map_err(no_field)? {
        if field.name() != Some(wanted) {
            continue;
        }
        let name = file_name(field.file_name().unwrap_or_default());
        let bytes = match field.bytes().await {
            Ok(bytes) => bytes.to_vec(),
            Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => return Ok(None),
            Err(_) => return Err(no_form()),
        };
        // Browsers send an unchosen file as one without name and content.
        if !(name.is_empty() && bytes.is_empty()) {
            files.push((if name.is_empty() { "document".to_owned() } else { name }, bytes));
        }
    }
    Ok(Some(files))
}

/// Reads a body to its end; none where it is larger than is taken.
async fn all_of(mut body: Body) -> Result<Option<Vec<u8>>, AppError> {
    let (mut kept, mut seen) = (Vec::new(), 0);
    while let Some(frame) = std::future::poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let frame = frame.map_err(|_| AppError::Bad("The file did not arrive whole: send it again."))?;
        let Ok(data) = frame.into_data() else { continue };
        seen += data.len();
        if seen > LARGEST_REFUSED {
            return Ok(None);
        }
        if seen > LARGEST_UPLOAD {
            kept = Vec::new();
        } else {
            kept.extend_from_slice(&data);
        }
    }
    Ok((seen <= LARGEST_UPLOAD).then_some(kept))
}

/// The name alone: some browsers send the folder too.
fn file_name(sent: &str) -> String {
    one_line(sent.rsplit(['/', '\\']).next().unwrap_or_default()).chars().take(200).collect()
}

fn no_form() -> AppError {
    AppError::Bad("The form came in a shape that no page here sends.")
}

fn no_field(error: axum::extract::multipart::MultipartError) -> AppError {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => AppError::TooLarge,
        _ => no_form(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_line_without_its_folder() {
        assert_eq!(file_name("C:\\Users\\jo\\Ward clerk\n v2.docx"), "Ward clerk v2.docx");
        assert_eq!(file_name("../../etc/passwd"), "passwd");
    }
}
