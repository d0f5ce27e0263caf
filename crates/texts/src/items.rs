//! The texts that every item has. The functions are made of the groups in `item`: an item without does not compile.

use calendar::settings::Item;
use words::Words;

include!(concat!(env!("OUT_DIR"), "/items.rs"));
