//! The published schema, as far as operations of calendars go: names, order, attributes, values. What does not fit is
//! refused as Exchange does.

mod header;
mod operations;
mod rule;
mod values;

use crate::xml::{Element, Ns};
use rule::{Rule, check};

/// Looks at the blocks of the SOAP header.
pub(crate) fn check_header(header: Option<&Element>) -> Result<(), String> {
    for block in header.into_iter().flat_map(|header| &header.children) {
        let rule = header::RULES.iter().find(|rule| rule.is_of(block));
        match rule {
            Some(rule) => check(rule, block)?,
            // Blocks of others are ignored, as SOAP has it.
            None if !matches!(block.ns, Ns::Types | Ns::Messages) && !is_disguised(block) => {}
            None => {
                return Err(format!(
                    "the header '{}' in namespace '{}' is unknown",
                    block.name,
                    block.ns.uri()
                ));
            }
        }
    }
    Ok(())
}

/// A name of Exchange's in a namespace that is not, such as one that begins with `https:`.
fn is_disguised(block: &Element) -> bool {
    header::RULES.iter().any(|rule| rule.name == block.name)
}

/// Looks at the element below `Body`.
pub(crate) fn check_operation(operation: &Element) -> Result<(), String> {
    let rules: &[&Rule] = &operations::RULES;
    let rule = rules.iter().find(|rule| rule.is_of(operation));
    let rule = rule.ok_or_else(|| {
        format!("the operation '{}' in namespace '{}' is unknown", operation.name, operation.ns.uri())
    })?;
    check(rule, operation)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xml::read;

    const NAMES: &str = "xmlns:m=\"http://schemas.microsoft.com/exchange/services/2006/messages\" \
                         xmlns:t=\"http://schemas.microsoft.com/exchange/services/2006/types\"";

    fn operation(text: &str) -> Result<(), String> {
        let text = text.replacen('>', &format!(" {NAMES}>"), 1);
        check_operation(&read(text.as_bytes()).unwrap())
    }

    fn find_item(attribute: &str, view: &str) -> String {
        format!(
            "<m:FindItem{attribute}><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties><t:FieldURI \
             FieldURI=\"item:Subject\"/></t:AdditionalProperties></m:ItemShape>{view}<m:ParentFolderIds>\
             <t:DistinguishedFolderId Id=\"calendar\"/></m:ParentFolderIds></m:FindItem>"
        )
    }

    const TRAVERSAL: &str = " Traversal=\"Shallow\"";
    const VIEW: &str =
        "<m:CalendarView StartDate=\"2026-11-26T00:00:00Z\" EndDate=\"2026-11-27T00:00:00Z\"/>";

    #[test]
    fn what_the_schema_asks_for_is_taken() {
        assert_eq!(operation(&find_item(TRAVERSAL, VIEW)), Ok(()));
    }

    #[test]
    fn attributes_have_to_be_there_and_to_fit() {
        assert!(operation(&find_item("", VIEW)).unwrap_err().contains("'Traversal' is missing"));
        assert!(operation(&find_item(" Traversal=\"Wide\"", VIEW)).unwrap_err().contains("'Wide'"));
        assert!(operation(&find_item(" Traversal=\"Shallow\" X=\"1\"", VIEW)).unwrap_err().contains("'X'"));
        for view in [
            "<m:CalendarView EndDate=\"2026-11-27T00:00:00Z\"/>",
            "<m:CalendarView StartDate=\"2026-11-27T00:00:00Z\"/>",
            "<m:CalendarView StartDate=\"yesterday\" EndDate=\"2026-11-27T00:00:00Z\"/>",
            "<m:CalendarView MaxEntriesReturned=\"0\" StartDate=\"2026-11-26T00:00:00Z\" \
             EndDate=\"2026-11-27T00:00:00Z\"/>",
        ] {
            assert!(operation(&find_item(TRAVERSAL, view)).is_err(), "{view}");
        }
    }

    #[test]
    fn views_and_pages_exclude_each_other() {
        let page = "<m:IndexedPageItemView MaxEntriesReturned=\"10\" Offset=\"0\" BasePoint=\"Beginning\"/>";
        assert_eq!(operation(&find_item(TRAVERSAL, page)), Ok(()));
        assert!(operation(&find_item(TRAVERSAL, &format!("{page}{VIEW}"))).is_err());
        assert!(operation(&find_item(TRAVERSAL, &format!("{VIEW}{page}"))).is_err());
    }

    #[test]
    fn order_and_namespaces_are_part_of_the_schema() {
        let right = "<m:GetItem><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape><m:ItemIds><t:ItemId \
                     Id=\"A\"/></m:ItemIds></m:GetItem>";
        assert_eq!(operation(right), Ok(()));
        let swapped = "<m:GetItem><m:ItemIds><t:ItemId Id=\"A\"/></m:ItemIds><m:ItemShape><t:BaseShape>IdOnly\
                       </t:BaseShape></m:ItemShape></m:GetItem>";
        assert!(operation(swapped).is_err());
        assert!(operation(&right.replace("t:ItemId", "m:ItemId")).is_err());
        assert!(operation(&right.replace("m:GetItem", "t:GetItem")).is_err());
        assert!(operation(&right.replace("<m:ItemIds><t:ItemId Id=\"A\"/></m:ItemIds>", "")).is_err());
        let unwrapped = "<m:GetStreamingEvents><t:SubscriptionId>A</t:SubscriptionId><m:ConnectionTimeout>30\
                         </m:ConnectionTimeout></m:GetStreamingEvents>";
        assert!(operation(unwrapped).is_err());
        for (minutes, good) in [("1", true), ("30", true), ("0", false), ("31", false), ("", false)] {
            let text = format!(
                "<m:GetStreamingEvents><m:SubscriptionIds><t:SubscriptionId>A</t:SubscriptionId></m:SubscriptionIds>\
                 <m:ConnectionTimeout>{minutes}</m:ConnectionTimeout></m:GetStreamingEvents>"
            );
            assert_eq!(operation(&text).is_ok(), good, "{minutes}");
        }
        let names = "<m:ResolveNames><m:UnresolvedEntry>a</m:UnresolvedEntry></m:ResolveNames>";
        assert!(operation(names).unwrap_err().contains("'ReturnFullContactData' is missing"));
    }

    #[test]
    fn headers_are_looked_at_as_well() {
        let header = |text: &str| {
            let text = format!(
                "<s:Header xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\" {NAMES}>{text}</s:Header>"
            );
            check_header(Some(&read(text.as_bytes()).unwrap()))
        };
        assert_eq!(header("<t:RequestServerVersion Version=\"Exchange2013\"/>"), Ok(()));
        assert_eq!(header("<x:Trace xmlns:x=\"urn:x\"/>"), Ok(()));
        assert!(header("<m:RequestServerVersion Version=\"Exchange2013\"/>").is_err());
        assert!(header("<t:Unknown/>").is_err());
        let two = "<t:ExchangeImpersonation><t:ConnectingSID><t:SmtpAddress>a</t:SmtpAddress><t:SmtpAddress>b\
                   </t:SmtpAddress></t:ConnectingSID></t:ExchangeImpersonation>";
        assert!(header(two).is_err());
        let https = "<x:RequestServerVersion Version=\"Exchange2013\" \
                     xmlns:x=\"https://schemas.microsoft.com/exchange/services/2006/types\"/>";
        assert!(header(https).is_err());
    }
}
