//! What programs read of a public page: its one address, what to show where it is shared, and structured data.

/// The head of a public page.
#[derive(Debug, Clone)]
pub struct PublicHead {
    pub canonical: String,
    pub title: String,
    pub description: String,
    /// Search engines may list it.
    pub is_indexed: bool,
    /// Structured data that can stand within a page.
    pub json_ld: Option<String>,
}
