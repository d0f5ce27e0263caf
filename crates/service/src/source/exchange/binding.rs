//! The channel bindings of a TLS connection (RFC 5929, `tls-server-end-point`): a hash of the certificate that the
//! server showed on this very connection.

use md5::Md5;
use sha2::{Digest, Sha256, Sha384, Sha512};
use x509_parser::parse_x509_certificate;
use x509_parser::signature_algorithm::SignatureAlgorithm;

const PREFIX: &[u8] = b"tls-server-end-point:";

/// MD5 over the structure in which NTLM wraps bindings; `None` for a certificate whose signature names no hash.
pub fn bindings(certificate: &[u8]) -> Option<[u8; 16]> {
    end_point(certificate).map(|hash| wrapped(&hash))
}

fn wrapped(hash: &[u8]) -> [u8; 16] {
    let data = [PREFIX, hash].concat();
    let length = u32::try_from(data.len()).unwrap_or(u32::MAX).to_le_bytes();
    // Neither side gives an address.
    let nobody = [0_u8; 16];
    Md5::digest([&nobody[..], &length, &data].concat()).into()
}

/// The hash of the certificate, by the hash algorithm of its signature.
fn end_point(certificate: &[u8]) -> Option<Vec<u8>> {
    let (_, parsed) = parse_x509_certificate(certificate).ok()?;
    let algorithm = &parsed.signature_algorithm;
    let oid = algorithm.algorithm.to_id_string();
    let oid = match SignatureAlgorithm::try_from(algorithm) {
        Ok(SignatureAlgorithm::RSASSA_PSS(parameters)) => parameters.hash_algorithm_oid().to_id_string(),
        _ => oid,
    };
    Some(match oid.as_str() {
        // SHA-384 and SHA-512: with RSA, with ECDSA, and by themselves as PSS names them.
        "1.2.840.113549.1.1.12" | "1.2.840.10045.4.3.3" | "2.16.840.1.101.3.4.2.2" => {
            Sha384::digest(certificate).to_vec()
        }
        "1.2.840.113549.1.1.13" | "1.2.840.10045.4.3.4" | "2.16.840.1.101.3.4.2.3" => {
            Sha512::digest(certificate).to_vec()
        }
        // MD5, SHA-1 and SHA-256: with RSA, DSA, ECDSA, and by themselves.
        "1.2.840.113549.1.1.4"
        | "1.2.840.113549.1.1.5"
        | "1.3.14.3.2.29"
        | "1.2.840.10040.4.3"
        | "1.2.840.10045.4.1"
        | "1.3.14.3.2.26"
        | "1.2.840.113549.1.1.11"
        | "2.16.840.1.101.3.4.3.2"
        | "1.2.840.10045.4.3.2"
        | "2.16.840.1.101.3.4.2.1" => Sha256::digest(certificate).to_vec(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use rcgen::{CertificateParams, KeyPair, SignatureAlgorithm};

    use super::*;

    fn certificate(algorithm: &'static SignatureAlgorithm) -> Vec<u8> {
        let key = KeyPair::generate_for(algorithm).unwrap();
        let params = CertificateParams::new(vec!["mail.example".to_owned()]).unwrap();
        params.self_signed(&key).unwrap().der().to_vec()
    }

    #[test]
    fn the_hash_is_that_of_the_signature() {
        let sha256 = certificate(&rcgen::PKCS_ECDSA_P256_SHA256);
        assert_eq!(end_point(&sha256), Some(Sha256::digest(&sha256).to_vec()));
        let sha384 = certificate(&rcgen::PKCS_ECDSA_P384_SHA384);
        assert_eq!(end_point(&sha384), Some(Sha384::digest(&sha384).to_vec()));
        let no_hash = certificate(&rcgen::PKCS_ED25519);
        assert_eq!(bindings(&no_hash), None);
        assert_eq!(bindings(b"no certificate"), None);
    }

    /// The same certificate with the name of another algorithm: nobody checks the signature here.
    #[test]
    fn old_hashes_are_replaced_by_sha_256() {
        let ecdsa_sha256 = [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02];
        let original = certificate(&rcgen::PKCS_ECDSA_P256_SHA256);
        let named = |last: u8| {
            let mut copy = original.clone();
            let places: Vec<_> =
                copy.windows(8).enumerate().filter(|(_, w)| *w == ecdsa_sha256).map(|(at, _)| at).collect();
            for at in places {
                copy[at + 7] = last;
            }
            copy
        };
        let sha512 = named(4);
        assert_eq!(end_point(&sha512), Some(Sha512::digest(&sha512).to_vec()));
        let sha224 = named(1);
        assert_eq!(end_point(&sha224), None, "nobody uses it");
    }

    /// What pyspnego makes of the same hash.
    #[test]
    fn the_structure_is_the_one_that_windows_hashes() {
        assert_eq!(hex::encode(wrapped(&[0x11; 32])), "187b8ed16257050635bf9bbd99eb5e29");
    }
}
