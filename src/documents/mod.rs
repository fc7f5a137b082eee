//! Documents in and out. `extract` turns bytes into structure; `render` turns a version into a document.
//! Nothing here knows of people, permissions or the database.

pub mod carried;
pub mod choices;
pub mod extract;
pub mod logo;
pub mod paste;
pub mod render;
pub mod summary;
pub mod to_content;
pub mod trace;
