//! Many reports at once: the only place with walkdir and rayon.
