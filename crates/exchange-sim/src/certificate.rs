//! Certificates of this run: one authority that clients are told to trust, and a certificate for each host, of the kind
//! that a test asks for.

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, KeyUsagePurpose,
    PKCS_ECDSA_P256_SHA256, PKCS_ECDSA_P384_SHA384, PKCS_ED25519, SignatureAlgorithm,
};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256, Sha384};
use time::{Duration, OffsetDateTime};

use crate::login::ntlm::binding_of;

/// The certificate of a host.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Certificate {
    /// Signed with ECDSA and SHA-256.
    #[default]
    Sha256,
    /// Signed with ECDSA and SHA-384, whose hash channel bindings then have.
    Sha384,
    /// Signed with Ed25519, which has no hash of its own: there are no channel bindings for it.
    Ed25519,
    /// No longer valid.
    Expired,
    /// Of another host.
    WrongName,
    /// Signed by nobody whom the client trusts.
    SelfSigned,
}

/// A certificate with its key, ready to be served.
#[derive(Debug)]
pub(crate) struct Identity {
    pub(crate) chain: Vec<CertificateDer<'static>>,
    pub(crate) key: PrivateKeyDer<'static>,
    /// What a client has to send as channel bindings.
    pub(crate) binding: Option<[u8; 16]>,
}

/// The authority of a run, with an issuer for each kind of signature.
#[derive(Debug)]
pub(crate) struct Authority {
    root: CertifiedIssuer<'static, KeyPair>,
    sha384: CertifiedIssuer<'static, KeyPair>,
    ed25519: CertifiedIssuer<'static, KeyPair>,
}

impl Authority {
    pub(crate) fn new() -> Result<Self, rcgen::Error> {
        let root = CertifiedIssuer::self_signed(issuer("root")?, key(&PKCS_ECDSA_P256_SHA256)?)?;
        let sha384 = CertifiedIssuer::signed_by(issuer("SHA-384")?, key(&PKCS_ECDSA_P384_SHA384)?, &root)?;
        let ed25519 = CertifiedIssuer::signed_by(issuer("Ed25519")?, key(&PKCS_ED25519)?, &root)?;
        Ok(Self { root, sha384, ed25519 })
    }

    /// What goes into a client's trusted certificates.
    pub(crate) fn pem(&self) -> String {
        self.root.pem()
    }

    pub(crate) fn issue(&self, names: &[&str], kind: Certificate) -> Result<Identity, rcgen::Error> {
        let names = if kind == Certificate::WrongName { &["elsewhere.invalid"] } else { names };
        let mut params = CertificateParams::new(names.iter().map(ToString::to_string).collect::<Vec<_>>())?;
        let now = OffsetDateTime::now_utc();
        let ended = kind == Certificate::Expired;
        params.not_before = now - Duration::days(30);
        params.not_after = if ended { now - Duration::days(1) } else { now + Duration::days(300) };
        params.distinguished_name.push(DnType::CommonName, "exchange-sim");
        let own = key(&PKCS_ECDSA_P256_SHA256)?;
        let issuer = match kind {
            Certificate::Sha384 => &self.sha384,
            Certificate::Ed25519 => &self.ed25519,
            _ => &self.root,
        };
        let leaf = match kind {
            Certificate::SelfSigned => params.self_signed(&own)?,
            _ => params.signed_by(&own, issuer)?,
        };
        let binding = match kind {
            Certificate::Ed25519 => None,
            Certificate::Sha384 => Some(binding(&Sha384::digest(leaf.der()))),
            _ => Some(binding(&Sha256::digest(leaf.der()))),
        };
        let mut chain = vec![leaf.der().clone()];
        if matches!(kind, Certificate::Sha384 | Certificate::Ed25519) {
            chain.push(issuer.der().clone());
        }
        Ok(Identity { chain, key: PrivatePkcs8KeyDer::from(own.serialize_der()).into(), binding })
    }
}

/// RFC 5929, `tls-server-end-point`.
fn binding(hash: &[u8]) -> [u8; 16] {
    binding_of(&[b"tls-server-end-point:", hash].concat())
}

fn key(algorithm: &'static SignatureAlgorithm) -> Result<KeyPair, rcgen::Error> {
    KeyPair::generate_for(algorithm)
}

fn issuer(name: &str) -> Result<CertificateParams, rcgen::Error> {
    let mut params = CertificateParams::new(Vec::new())?;
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages =
        vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign, KeyUsagePurpose::DigitalSignature];
    params.distinguished_name.push(DnType::CommonName, format!("exchange-sim {name}"));
    Ok(params)
}
