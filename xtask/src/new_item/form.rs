
/// The form has it like any other.
#[cfg(test)]
mod new_item {
    use calendar::settings::Section;
    use kit::Language;

    use super::*;
    use crate::text::{help, label};

    #[test]
    fn a_new_item_has_a_row_with_label_and_help() {
        let fields = Draft::default().fields();
        let first = fields.iter().find(|item| item.section() == Section::Pbx);
        assert_eq!(first.map(|item| item.name()), Some("newItem"));
        assert_eq!(label(Item::NewItem).in_language(Language::De), "Label de");
        assert_eq!(help(Item::NewItem).in_language(Language::Nl), "Help nl");
    }
}
