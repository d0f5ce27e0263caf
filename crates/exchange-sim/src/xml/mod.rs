//! XML as a tree: what requests say, and what answers are made of.

mod element;
mod read;
mod write;

pub(crate) use element::{Element, Ns, a, e, m, plain, s, t};
pub(crate) use read::read;
pub(crate) use write::{Style, envelope, write};
