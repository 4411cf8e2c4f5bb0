//! Many reports at once: the only place with walkdir and rayon.

mod convert;
mod crew;
mod guard;
pub mod journal;
pub mod manifest;
pub mod notes;
mod pool;
mod walk;

pub use convert::{CONVERSION_SECONDS, find as find_office};
pub use crew::{Crew, Outcome};
pub use guard::{Panic, guarded, install_hook};
pub use pool::Pool;
pub use walk::{Input, Walk, modified, open, read, read_bytes, read_pages};
