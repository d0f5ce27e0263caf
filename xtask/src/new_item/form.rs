
/// The form has it like any other.
#[cfg(test)]
mod new_item {
    use ui::Language;

    use super::*;
    use crate::text::{help, label};

    #[test]
    fn a_new_item_has_a_row_with_label_and_help() {
        let rows = shown(&Draft::default(), Section::Pbx);
        assert_eq!(rows.first().map(String::as_str), Some("newItem"));
        assert_eq!(label(Item::NewItem).in_language(Language::De), "Label de");
        assert_eq!(help(Item::NewItem).in_language(Language::Nl), "Help nl");
    }
}
