use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

#[test]
fn no_word_and_no_code_stands_in_two_rows() {
    let mut seen = BTreeSet::new();
    for remedy in REMEDIES {
        assert!(seen.insert(remedy.advice.to_owned()), "{}", remedy.advice);
        let codes = remedy.login.iter().map(|code| format!("login {code}"));
        let codes = codes.chain(remedy.graph.iter().map(|code| format!("graph {code}")));
        let codes = codes.chain(remedy.ews.iter().map(|code| format!("ews {code}")));
        for code in codes.chain(remedy.status.iter().map(|code| (*code).to_owned())) {
            assert!(seen.insert(code.clone()), "{code}");
        }
        assert_eq!(remedy.what.is_empty(), remedy.todo.is_empty(), "{}", remedy.advice);
    }
}

#[test]
fn the_contract_is_in_the_table() {
    let login: [(&str, &[u32]); 13] = [
        ("wrongSecret", &[7_000_215, 70_002]),
        ("expiredSecret", &[7_000_222]),
        ("publicClient", &[700_025]),
        ("tenantUnknown", &[90_002, 900_021, 900_023, 50_059, 50_128]),
        ("wrongCloud", &[90_038, 900_382, 900_432]),
        ("applicationUnknown", &[700_016, 700_011]),
        ("principalMissing", &[7_000_229]),
        ("applicationDisabled", &[7_000_112, 70_001]),
        ("resourceMissing", &[500_011, 50_001, 650_052]),
        ("consentMissing", &[65_001, 65_005, 650_056, 650_057, 90_094]),
        ("conditionalAccess", &[53_003, 530_032, 530_035]),
        ("loginBusy", &[90_006, 90_024, 90_033, 90_055, 50_196]),
        ("signIn", &[50_126, 50_053, 50_055, 50_076, 50_079, 50_173, 700_082, 50_011, 50_194]),
    ];
    for (advice, numbers) in login {
        for number in numbers {
            assert_eq!(Remedy::of_login(*number).map(|remedy| remedy.advice), Some(advice), "{number}");
        }
    }
    let page = |word, sync_type| Remedy::named(word).and_then(|remedy| remedy.page(sync_type));
    for (word, sync_type, expected) in [
        ("wrongSecret", SyncType::Graph, Some("graph/secret")),
        ("expiredSecret", SyncType::CloudAppOnly, Some("cloudAppOnly/secret")),
        ("consentMissing", SyncType::Graph, Some("graph/permissions")),
        ("tenantUnknown", SyncType::Graph, Some("graph/ids")),
        ("wrongCloud", SyncType::Cloud, Some("cloud/gone")),
        ("accessPolicy", SyncType::Graph, Some("graph/limit")),
        ("scopeShrank", SyncType::Graph, Some("graph/limit")),
        ("ewsDisabled", SyncType::CloudAppOnly, Some("cloudAppOnly/allowList")),
        ("impersonationDenied", SyncType::OnPremises, Some("onPremises/impersonation")),
        ("certificate", SyncType::OnPremises, Some("onPremises/certificate")),
        ("streamLimit", SyncType::OnPremises, Some("onPremises/quota")),
        ("pbxNotConnected", SyncType::Graph, Some("appObjects")),
        ("certificate", SyncType::Graph, None),
        ("neverHeardOf", SyncType::Graph, None),
    ] {
        assert_eq!(page(word, sync_type), expected, "{word}");
    }
}

#[test]
fn a_sentence_has_the_code_in_brackets() {
    let secret = Remedy::named("expiredSecret").unwrap();
    assert!(secret.sentence("AADSTS7000222").starts_with("The client secret has expired (AADSTS7000222). "));
    assert!(secret.sentence("").starts_with("The client secret has expired. Create"));
    assert_eq!(secret.told("7000222", "x").said.as_deref(), Some("7000222"));
}

proptest! {
    #[test]
    fn a_word_is_one_word(text: String) {
        let word = word(&text);
        prop_assert!(word.len() <= 64);
        prop_assert!(word.chars().all(|c| c.is_ascii_alphanumeric() || "_.-".contains(c)));
    }
}
