//! Everything the pages say.
