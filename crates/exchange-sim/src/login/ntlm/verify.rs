//! AUTHENTICATE, the third message: every rule that it can break.

use super::av_pairs::{self, CHANNEL_BINDINGS, FLAGS, TARGET_NAME};
use super::challenge::Challenge;
use super::crypto::{hmac_md5, nt_owf, rc4, utf16};
use super::message::{Authenticate, MIC};
use crate::login::LoginFault as Fault;

const KEY_EXCHANGE: u32 = 0x4000_0000;
const MIC_PRESENT: u8 = 2;

/// What the server thinks of channel bindings on a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bindings {
    /// They are not looked at.
    Ignored,
    /// Those that are sent have to fit; `None` where there is no TLS, or no hash for its certificate.
    Allowed(Option<[u8; 16]>),
    /// They have to be sent.
    Required(Option<[u8; 16]>),
}

/// An answer that was read and not yet checked.
#[derive(Debug)]
pub(crate) struct Answer<'a> {
    challenge: &'a Challenge,
    message: &'a [u8],
    fields: Authenticate<'a>,
}

impl<'a> Answer<'a> {
    pub(crate) fn read(challenge: &'a Challenge, message: &'a [u8]) -> Result<Self, Fault> {
        let fields = Authenticate::read(message).ok_or(Fault::Malformed)?;
        Ok(Self { challenge, message, fields })
    }

    pub(crate) fn domain(&self) -> &str {
        &self.fields.domain
    }

    pub(crate) fn user(&self) -> &str {
        &self.fields.user
    }

    /// Everything that does not need the password. `host` is the name in the URL.
    pub(crate) fn check_form(&self, host: &str, bindings: Bindings) -> Result<(), Fault> {
        let blob = self.blob()?;
        if self.challenge.timestamp.is_some() && self.fields.lm.iter().any(|byte| *byte != 0) {
            return Err(Fault::LmResponse);
        }
        let pairs = blob.get(28..).and_then(av_pairs::read).ok_or(Fault::Malformed)?;
        self.check_echo(blob, &pairs)?;
        let target = av_pairs::find(&pairs, TARGET_NAME).ok_or(Fault::TargetName)?;
        if !equal_names(target, &format!("HTTP/{host}")) {
            return Err(Fault::TargetName);
        }
        check_bindings(av_pairs::find(&pairs, CHANNEL_BINDINGS), bindings)?;
        let announced =
            av_pairs::find(&pairs, FLAGS).and_then(<[u8]>::first).is_some_and(|f| f & MIC_PRESENT != 0);
        if self.challenge.timestamp.is_some() && !announced { Err(Fault::NoMic) } else { Ok(()) }
    }

    /// The password and, with it, the integrity code.
    pub(crate) fn check_password(&self, password: &str) -> Result<(), Fault> {
        let blob = self.blob()?;
        let key = nt_owf(password, &self.fields.user, &self.fields.domain);
        let proof = hmac_md5(&key, &[&self.challenge.nonce, blob]);
        if self.fields.nt.get(..16) != Some(proof.as_slice()) {
            return Err(Fault::Password);
        }
        if self.challenge.timestamp.is_none() {
            return Ok(());
        }
        let base = hmac_md5(&key, &[&proof]);
        let exported = match self.fields.flags & KEY_EXCHANGE {
            0 => base.to_vec(),
            _ => rc4(&base, self.fields.session_key),
        };
        let (before, mic, after) =
            (self.message.get(..MIC.start), self.message.get(MIC), self.message.get(MIC.end..));
        let (Some(before), Some(mic), Some(after)) = (before, mic, after) else { return Err(Fault::NoMic) };
        let parts = [&self.challenge.negotiate, &self.challenge.message, before, &[0; 16], after];
        if mic == hmac_md5(&exported, &parts) { Ok(()) } else { Err(Fault::WrongMic) }
    }

    /// What follows the proof in the response of `NTLMv2`.
    fn blob(&self) -> Result<&'a [u8], Fault> {
        match self.fields.nt.get(16..) {
            Some(blob) if blob.len() > 8 && blob.starts_with(&[1, 1]) => Ok(blob),
            Some([..]) if self.fields.nt.len() == 24 => Err(Fault::NtlmV1),
            _ => Err(Fault::Malformed),
        }
    }

    fn check_echo(&self, blob: &[u8], pairs: &[(u16, &[u8])]) -> Result<(), Fault> {
        let sent = av_pairs::read(&self.challenge.pairs).ok_or(Fault::Malformed)?;
        let whole = sent.iter().all(|pair| pairs.contains(pair));
        let time = self.challenge.timestamp.is_none_or(|time| blob.get(8..16) == Some(time.as_slice()));
        if whole && time { Ok(()) } else { Err(Fault::ChallengeAltered) }
    }
}

fn check_bindings(sent: Option<&[u8]>, bindings: Bindings) -> Result<(), Fault> {
    let (expected, required) = match bindings {
        Bindings::Ignored => return Ok(()),
        Bindings::Allowed(expected) => (expected, false),
        Bindings::Required(expected) => (expected, true),
    };
    match (sent, expected) {
        (None, _) if required => Err(Fault::NoBindings),
        (None, _) => Ok(()),
        (Some(sent), Some(expected)) if sent == expected => Ok(()),
        (Some(_), _) => Err(Fault::WrongBindings),
    }
}

/// Names of services are compared without letter case.
fn equal_names(sent: &[u8], expected: &str) -> bool {
    let (pairs, _) = sent.as_chunks::<2>();
    let sent =
        String::from_utf16_lossy(&pairs.iter().map(|pair| u16::from_le_bytes(*pair)).collect::<Vec<_>>());
    utf16(&sent.to_lowercase()) == utf16(&expected.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bindings_are_judged_by_the_mode() {
        let (right, wrong, zeros) = ([7; 16], [8; 16], [0; 16]);
        let judge = |sent: Option<&[u8; 16]>, mode| check_bindings(sent.map(<[u8; 16]>::as_slice), mode);
        for sent in [None, Some(&right), Some(&wrong), Some(&zeros)] {
            assert_eq!(judge(sent, Bindings::Ignored), Ok(()));
        }
        for (mode, missing) in [
            (Bindings::Allowed(Some(right)), Ok(())),
            (Bindings::Required(Some(right)), Err(Fault::NoBindings)),
        ] {
            assert_eq!(judge(None, mode), missing);
            assert_eq!(judge(Some(&right), mode), Ok(()));
            assert_eq!(judge(Some(&wrong), mode), Err(Fault::WrongBindings));
            assert_eq!(judge(Some(&zeros), mode), Err(Fault::WrongBindings));
        }
        assert_eq!(judge(Some(&right), Bindings::Allowed(None)), Err(Fault::WrongBindings));
    }
}
