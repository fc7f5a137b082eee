//! What programs read of a public page: its one address, what to show where it is shared, and structured data.

use crate::db::PublicBrand;
use crate::web::gate::{Anyone, As};

/// The picture of pages whose employer has no logo.
const PICTURE: &str = "images/share.png";

/// The head of a public page.
#[derive(Debug, Clone)]
pub struct PublicHead {
    pub canonical: String,
    pub title: String,
    pub description: String,
    /// What is shown where the page is shared: a whole address, and what it shows.
    pub picture: (String, String),
    /// Search engines may list it.
    pub is_indexed: bool,
    /// Structured data that can stand within a page.
    pub json_ld: Option<String>,
}

impl PublicHead {
    /// Of a page that search engines may list.
    pub fn new(me: &As<Anyone>, path: &str, title: String, description: String) -> Self {
        let site = &me.app.config.public_url;
        let picture = (format!("{site}{}", me.app.assets.address(PICTURE)), "Rolebook".to_owned());
        PublicHead { canonical: format!("{site}{path}"), title, description, picture, is_indexed: true, json_ld: None }
    }

    /// With the employer's logo, where there is one.
    pub fn with_logo(self, me: &As<Anyone>, slug: &str, brand: Option<&PublicBrand>) -> Self {
        let logo = brand.and_then(|brand| Some((brand, brand.logo.as_ref()?)));
        let picture = logo
            .map(|(brand, logo)| (format!("{}{}", me.app.config.public_url, brand.address(slug)), logo.alt.clone()));
        PublicHead { picture: picture.unwrap_or_else(|| self.picture.clone()), ..self }
    }
}
