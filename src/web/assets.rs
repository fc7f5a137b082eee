//! What the browser gets beside pages: style sheets, scripts, fonts, read from the asset folder.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::http::header::CACHE_CONTROL;
use axum::middleware::{self, Next};
use axum::response::Response;
use sha2::{Digest, Sha256};
use tower::ServiceBuilder;
use tower_http::services::ServeDir;

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
        Ok(Assets { folder: folder.to_owned(), marks, printer: Printer::new(folder.to_owned()) })
    }

    /// What makes files, in the typeface of this folder.
    pub fn printer(&self) -> &Printer {
        &self.printer
    }

    /// `/static/css/tokens.css?v=1a2b3c4d`; for scripts `/static/v-1a2b3c4d/js/main.js`, so that the modules which they
    /// import from beside them come under the same mark, which is that of all scripts together.
    pub fn address(&self, path: &str) -> String {
        match self.marks.get(path) {
            Some(_) if path.starts_with("js/") => format!("/static/v-{}/{path}", self.scripts()),
            Some(mark) => format!("/static/{path}?v={mark}"),
            None => format!("/static/{path}"),
        }
    }
}

impl Assets {
    fn scripts(&self) -> String {
        let all = self.marks.iter().filter(|(path, _)| path.ends_with(".js"));
        let all: String = all.map(|(path, mark)| format!("{path} {mark}\n")).collect();
        crate::secret::hex(&Sha256::digest(all)[..4])
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

/// Serves the folder.
pub fn serve(router: Router<App>, assets: &Assets) -> Router<App> {
    let marks = Marks { files: assets.marks.clone(), scripts: assets.scripts() };
    let files = ServiceBuilder::new()
        .layer(axum::middleware::from_fn(super::squeeze::files))
        .layer(middleware::from_fn_with_state(Arc::new(marks), keep))
        .service(ServeDir::new(&assets.folder).append_index_html_on_directories(false));
    router.nest_service("/static", files)
}

struct Marks {
    files: BTreeMap<String, String>,
    scripts: String,
}

/// How long a browser may go without asking. What stands under its own mark never changes. Without one a file is asked
/// about each time, which costs a 304: after an upgrade an old module must not meet a new one. A mark that is not ours
/// belongs to a server of another release, and what we answer must not be kept under it.
async fn keep(State(marks): State<Arc<Marks>>, mut request: Request, next: Next) -> Response {
    let path = request.uri().path().trim_start_matches('/').to_owned();
    let (long, file) = match path.strip_prefix("v-").and_then(|rest| rest.split_once('/')) {
        Some((mark, file)) => (mark == marks.scripts, file.to_owned()),
        None => {
            let mark = request.uri().query().and_then(|query| query.strip_prefix("v="));
            (mark.is_some() && marks.files.get(&path).map(String::as_str) == mark, path.clone())
        }
    };
    if file != path
        && let Ok(uri) = format!("/{file}").parse()
    {
        *request.uri_mut() = uri;
    }
    let life = match (long, file.starts_with("vendor/")) {
        (true, _) => "public, max-age=31536000, immutable",
        // Fonts, named by style sheets without a mark: they change with years, not with releases.
        (false, true) => "public, max-age=86400",
        (false, false) => "no-cache",
    };
    let mut response = next.run(request).await;
    if response.status().is_success() {
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(life));
    }
    response
}
