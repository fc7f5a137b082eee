//! What the browser gets beside pages: style sheets, scripts, fonts, read from the asset folder.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use axum::Router;
use axum::http::HeaderValue;
use axum::http::header::CACHE_CONTROL;
use sha2::{Digest, Sha256};
use tower::ServiceBuilder;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

use crate::app::App;
use crate::documents::render::printer::Printer;

/// The asset folder and a mark of each file's content, made at start.
#[derive(Debug, Clone, Default)]
pub struct Assets {
    folder: PathBuf,
    marks: BTreeMap<String, String>,
    printer: Printer,
}

#[derive(Debug, thiserror::Error)]
pub enum AssetError {
    #[error("the pages' assets are not there: run `make assets` first (looked for {0})")]
    Missing(PathBuf),
    #[error("the asset folder can't be read: {0}")]
    Unreadable(std::io::Error),
}

/// The files without which pages would be bare: prepared by `make assets`.
const NEEDED: &[&str] = &[
    "vendor/govuk-frontend.min.css",
    "vendor/govuk-frontend.min.js",
    "vendor/print/AtkinsonHyperlegibleNext_400Regular.ttf",
    "css/tokens.css",
];

impl Assets {
    pub fn load(folder: &Path) -> Result<Self, AssetError> {
        if let Some(missing) = NEEDED.iter().find(|file| !folder.join(file).is_file()) {
            return Err(AssetError::Missing(folder.join(missing)));
        }
        Self::found_in(folder)
    }

    /// Whatever the folder holds, complete or not: tests of pages need none of it.
    pub fn found_in(folder: &Path) -> Result<Self, AssetError> {
        let mut marks = BTreeMap::new();
        mark_below(folder, folder, &mut marks).map_err(AssetError::Unreadable)?;
        Ok(Assets { folder: folder.to_owned(), marks, printer: Printer::new(folder.join("vendor/print")) })
    }

    /// What makes files, in the typeface of this folder.
    pub fn printer(&self) -> &Printer {
        &self.printer
    }

    /// `/static/css/tokens.css?v=1a2b3c4d`
    pub fn address(&self, path: &str) -> String {
        match self.marks.get(path) {
            Some(mark) => format!("/static/{path}?v={mark}"),
            None => format!("/static/{path}"),
        }
    }
}

fn mark_below(folder: &Path, root: &Path, marks: &mut BTreeMap<String, String>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            mark_below(&path, root, marks)?;
        } else if let Ok(name) = path.strip_prefix(root) {
            let digest = Sha256::digest(std::fs::read(&path)?);
            marks.insert(name.to_string_lossy().replace('\\', "/"), crate::secret::hex(&digest[..4]));
        }
    }
    Ok(())
}

/// Serves the folder. A file's address changes with its content, so browsers may keep what they have for a day and
/// ask again only then; modules that import one another carry no mark and stay fresh that way.
pub fn serve(router: Router<App>, assets: &Assets) -> Router<App> {
    let kept = HeaderValue::from_static("public, max-age=86400");
    let files = ServiceBuilder::new()
        .layer(axum::middleware::from_fn(super::squeeze::files))
        .layer(SetResponseHeaderLayer::if_not_present(CACHE_CONTROL, kept))
        .service(ServeDir::new(&assets.folder).append_index_html_on_directories(false));
    router.nest_service("/static", files)
}
