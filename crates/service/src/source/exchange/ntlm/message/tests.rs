use super::*;

const NAME: &[u8] = b"S\0";

fn challenge(pairs: &[u8], flags: u32) -> Vec<u8> {
    let name_at = 56_u32;
    let field = |length: usize, at: u32| {
        let length = u16::try_from(length).unwrap().to_le_bytes();
        [&length[..], &length, &at.to_le_bytes()].concat()
    };
    [
        &SIGNATURE[..],
        &2_u32.to_le_bytes(),
        &field(NAME.len(), name_at),
        &flags.to_le_bytes(),
        &[1, 2, 3, 4, 5, 6, 7, 8],
        &[0; 8],
        &field(pairs.len(), name_at + 2),
        &VERSION,
        NAME,
        pairs,
    ]
    .concat()
}

#[test]
fn a_timestamp_asks_for_a_mic_and_for_no_weaker_proof() {
    let pairs = [&[7, 0, 8, 0][..], &[9; 8], &[0; 4]].concat();
    let challenge = Challenge::read(challenge(&pairs, FLAGS)).unwrap();
    let negotiate = Negotiate::new();
    let login = Login::new(r"CORP\svc", "secret".into());
    let message = challenge.authenticate_with(&negotiate, &login, "mail.example", None, [3; 8]);
    assert_eq!(field(&message, 12), Some(&[0; 24][..]), "LM response");
    let mic: [u8; 16] = array(&message, MIC_AT).unwrap();
    assert_ne!(mic, [0; 16]);
    let nt = field(&message, 20).unwrap();
    assert_eq!(nt[16..24], [1, 1, 0, 0, 0, 0, 0, 0]);
    assert_eq!(nt[24..32], [9; 8], "the server's time");
    assert_eq!(field(&message, 28), Some(utf16("CORP").as_slice()));
    assert_eq!(field(&message, 36), Some(utf16("svc").as_slice()));
}

#[test]
fn without_a_timestamp_there_is_neither() {
    let challenge = Challenge::read(challenge(&[0; 4], FLAGS)).unwrap();
    let login = Login::new("svc@corp.example", "secret".into());
    let message = challenge.authenticate_with(&Negotiate::new(), &login, "h", None, [3; 8]);
    assert_eq!(array(&message, MIC_AT), Some([0_u8; 16]));
    assert_eq!(field(&message, 12).unwrap()[16..], [3; 8]);
    assert_eq!(field(&message, 28), Some(&[][..]), "no domain");
    assert_eq!(field(&message, 36), Some(utf16("svc@corp.example").as_slice()));
}

#[test]
fn what_is_no_challenge_is_refused() {
    let whole = challenge(&[7, 0, 8, 0, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0], FLAGS);
    assert!(Challenge::read(whole.clone()).is_ok());
    for length in 0..whole.len() - 4 {
        assert!(Challenge::read(whole[..length].to_vec()).is_err(), "{length} bytes");
    }
    assert!(Challenge::read(challenge(&[0; 4], FLAGS & !UNICODE)).is_err());
    assert!(Challenge::read(Negotiate::new().bytes().to_vec()).is_err());
}

/// Negotiated with the acceptor of pyspnego, which took the result: user, password with a letter outside of ASCII,
/// channel bindings, target name and MIC.
#[test]
fn an_independent_acceptor_takes_the_message() {
    const CHALLENGE: &str = "4e544c4d5353500002000000040004003800000005828aa2010203040506070800000000000000003a003a003c000000000c04000000000f56004d000100040056004d000200160057004f0052004b00530054004100540049004f004e000300040076006d000700080000a83fb09679dd0100000000";
    let challenge = Challenge::read(hex::decode(CHALLENGE).unwrap()).unwrap();
    let login = Login::new(r"CORP\svc", "geheimß".into());
    let bindings = Some(hex::decode("187b8ed16257050635bf9bbd99eb5e29").unwrap().try_into().unwrap());
    let message = challenge.authenticate_with(&Negotiate::new(), &login, "mail.example", bindings, [3; 8]);
    assert_eq!(
        hex::encode(message),
        "4e544c4d53535000030000001800180058000000ac00ac0070000000080008001c0100000600060024010000000000002a010000000000002a010000058288a20a0000000000000fad17a6a942008ff3cf90289c53dd1564000000000000000000000000000000000000000000000000afc29b59ec90cb16b67d558aad43faca010100000000000000a83fb09679dd010303030303030303000000000100040056004d000200160057004f0052004b00530054004100540049004f004e000300040076006d000700080000a83fb09679dd0106000400020000000a001000187b8ed16257050635bf9bbd99eb5e290900220048005400540050002f006d00610069006c002e006500780061006d0070006c006500000000000000000043004f0052005000730076006300"
    );
}
