//! What both modules of the plugin are made of.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `button` | [`Button`], [`CopyButton`] and [`Disclosure`] |
//! | `each` | [`Each`] and [`EachOf`], the entries of a list |
//! | `field` | [`Labelled`] and [`Switch`], what stands in a field |
//! | `line` | [`StatusLine`], [`Warning`] and [`Unseen`]: what is said |
//! | `flag` | [`Flag`], a property of components that is true or false |
//! | `live` | [`live`] and [`views`], what follows signals |
//! | `js` | values that cross the border to JavaScript, as types with names |
//! | `shadow` | [`Shadow`], children in a root of their own; the style sheet of a module |
//! | `texts` | [`Texts`], the language that a page speaks |

mod button;
mod each;
mod field;
mod flag;
pub mod js;
mod line;
mod live;
mod shadow;
mod texts;

pub use button::{Button, ButtonProps, CopyButton, CopyButtonProps, Disclosure, DisclosureProps, copy};
pub use each::{Each, EachOf, EachOfProps, EachProps, Keys};
pub use field::{Labelled, LabelledProps, Switch, SwitchProps, is_checked, is_unfinished, put_value, value};
pub use flag::Flag;
pub use line::{StatusLine, StatusLineProps, Unseen, UnseenProps, Warning, WarningProps};
pub use live::{Live, live, views};
pub use shadow::{Shadow, ShadowProps, adopt};
pub use texts::{Texts, teach};
pub use words::{Counted, Language, Words, counted, fill, words};

/// Style of the fields, alike in both modules. A module puts it in front of its own rules.
pub const FIELDS: &str = include_str!("fields.css");

/// Made to be small: that of std is 2 KB more to download.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();
