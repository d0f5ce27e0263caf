//! What administrators need to set up Microsoft 365 and Exchange for the Calendar service: scripts with what takes them
//! back, links into Microsoft's portals, and what is read of what they paste. Values in, text out.
//!
//! No script holds a secret. Nobody has run them in a real tenant; they are read by `ShellCheck` and a grammar of
//! PowerShell, and those for a shell run against a stand-in of `az`.
//!
//! | module | what it holds |
//! | --- | --- |
//! | [`cloud`] | what each of Microsoft's clouds calls things, and links into its portals |
//! | [`role`] | the permissions, and the manifest that asks for them |
//! | `values` | what is put into scripts, and what is refused |
//! | `quote` | values as texts of a shell, of PowerShell, and of filters |
//! | `script` | the scripts |
//! | [`pasted`] | what is recognised in an overview of the portal or the output of a script |

pub mod cloud;
pub mod pasted;
mod quote;
pub mod role;
mod script;
mod values;

pub use script::{Script, Wrong};
pub use values::{Refused, Value, Values};
