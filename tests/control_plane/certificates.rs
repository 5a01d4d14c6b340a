//! Client certificates that every control plane of this process accepts, and one that is too old.

use std::sync::LazyLock;

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, date_time_ymd,
};

/// A certificate and its key, as PEM.
#[derive(Clone, Debug)]
pub struct ClientCertificate {
    /// The certificate.
    pub certificate: String,
    /// The key.
    pub key: String,
}

struct Signer {
    pem: String,
    issuer: Issuer<'static, KeyPair>,
}

static SIGNER: LazyLock<Result<Signer, rcgen::Error>> = LazyLock::new(|| {
    let (key, mut params) = (KeyPair::generate()?, CertificateParams::new([])?);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.distinguished_name.push(DnType::CommonName, "clients");
    Ok(Signer { pem: params.self_signed(&key)?.pem(), issuer: Issuer::new(params, key) })
});

/// The certificate that signs those of clients, for `--client-ca-file`.
pub fn signer() -> Result<String, String> {
    SIGNER.as_ref().map(|signer| signer.pem.clone()).map_err(ToString::to_string)
}

/// The certificate of a user of a group; `expired` ones ended long ago.
///
/// # Panics
/// When none can be made.
pub fn client_certificate(user: &str, group: &str, expired: bool) -> ClientCertificate {
    let make = || {
        let (key, mut params) = (KeyPair::generate()?, CertificateParams::new([])?);
        params.distinguished_name.push(DnType::CommonName, user);
        params.distinguished_name.push(DnType::OrganizationName, group);
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        if expired {
            params.not_after = date_time_ymd(2020, 1, 1);
        }
        let signer = SIGNER.as_ref().map_err(Clone::clone)?;
        let certificate = params.signed_by(&key, &signer.issuer)?.pem();
        Ok::<_, rcgen::Error>(ClientCertificate { certificate, key: key.serialize_pem() })
    };
    super::done(make())
}
