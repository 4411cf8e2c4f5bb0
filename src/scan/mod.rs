//! Many reports at once: the only place with walkdir and rayon.

mod convert;
mod guard;
mod pool;
mod walk;

pub use convert::{CONVERSION_SECONDS, find as find_office};
pub use guard::{Panic, guarded, install_hook};
pub use pool::Pool;
pub use walk::{Input, Walk, read, read_pages};
