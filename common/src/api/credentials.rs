//! Who somebody is for an API server: what the flags say, then what the kubeconfig says.

use std::path::{Path, PathBuf};

use base64::Engine as _;
use http::HeaderValue;
use kube::config::AuthInfo;
use secrecy::{ExposeSecret, SecretString};

use super::config::certificates;
use super::error::Problem;
use super::exec::{Credential, Login};
use super::kubeconfig::{bytes, file};
use super::{ApiError, Connection};

/// Puts what the flags say before what the kubeconfig says, and checks what the library would not tell well.
pub(super) fn choose(auth: &mut AuthInfo, connection: &Connection) -> Result<Option<Login>, ApiError> {
    leave_out_empty(auth);
    log_in(auth, connection)?;
    impersonate(auth, connection)?;
    by_plugin(auth, connection)
}

/// Takes the credential plugin out, so that it is run once, and puts its certificate in. As for the library, it is asked
/// when there is no other way to log in.
fn by_plugin(auth: &mut AuthInfo, connection: &Connection) -> Result<Option<Login>, ApiError> {
    // Of the others the library runs programs, and quotes them; for client-go 1.33 they are gone.
    if let Some(provider) = auth.auth_provider.as_ref().filter(|provider| provider.name != "oidc") {
        return Err(ApiError::new(format!("the auth-provider {:?} of the kubeconfig is not supported", provider.name))
            .fix("log in again with oc login, or with a credential plugin"));
    }
    let has_password = auth.username.is_some() && auth.password.is_some();
    let has_token = auth.token.is_some() || auth.token_file.is_some();
    let Some(exec) = auth.exec.take().filter(|_| !has_password && !has_token && auth.auth_provider.is_none()) else {
        return Ok(None);
    };
    let login = Login::new(&exec, &connection.logins)?;
    let Credential { token, certificate, .. } = login.credential()?;
    if let Some((certificate, key)) = certificate {
        let packed = |pem: &str| base64::engine::general_purpose::STANDARD.encode(pem);
        auth.client_certificate_data = Some(packed(&certificate));
        auth.client_key_data = Some(packed(key.expose_secret()).into());
    }
    // A certificate is for the life of the client: there is nothing to ask for again.
    Ok(token.is_some().then_some(login))
}

/// A token without the white space around it. One that fits into no header would end the library in a panic.
fn checked(token: &str) -> Result<SecretString, ApiError> {
    bearer(token).map(|_| SecretString::from(token.trim()))
}

/// The header of a token, which never shows it. White space around a token is none of it.
pub(super) fn bearer(token: &str) -> Result<HeaderValue, ApiError> {
    let header = HeaderValue::try_from(format!("Bearer {}", token.trim()));
    let mut header = header.map_err(|_| {
        ApiError::new("the token has characters that no token has, such as a line end")
            .fix("log in again with oc login, or check --token and the user of the context")
            .of(Problem::Unauthorized)
    })?;
    header.set_sensitive(true);
    Ok(header)
}

/// As for client-go, what is empty is not there.
fn leave_out_empty(auth: &mut AuthInfo) {
    let certificate = [&mut auth.client_certificate, &mut auth.client_certificate_data, &mut auth.client_key];
    let who = [&mut auth.username, &mut auth.token_file, &mut auth.impersonate, &mut auth.impersonate_uid];
    for text in certificate.into_iter().chain(who) {
        text.take_if(|text| text.is_empty());
    }
    for secret in [&mut auth.token, &mut auth.client_key_data] {
        secret.take_if(|secret| secret.expose_secret().trim().is_empty());
    }
}

fn log_in(auth: &mut AuthInfo, connection: &Connection) -> Result<(), ApiError> {
    if let Some(token) = &connection.token {
        // The token is who is meant: any other way to log in would go before it, the certificate too.
        *auth = AuthInfo { token: Some(token.clone()), ..impersonation(auth) };
    }
    if let Some(token) = &auth.token {
        auth.token = Some(checked(token.expose_secret())?);
    } else if let Some(path) = &auth.token_file {
        let token = file(Path::new(path), "token")?;
        let token = String::from_utf8_lossy(&token);
        // The file goes before the token, and is read again as it changes; the library takes its line end as part of it.
        let checked = checked(&token)?;
        auth.token = (token.trim() != token).then_some(checked);
    }
    let text = |path: &PathBuf| path.display().to_string();
    if let Some(path) = &connection.client_certificate {
        auth.client_certificate = Some(text(path));
        auth.client_certificate_data = None;
    }
    if let Some(path) = &connection.client_key {
        auth.client_key = Some(text(path));
        auth.client_key_data = None;
    }
    // The library would say no more than that something is wrong.
    let (of_data, of_file) = (auth.client_certificate_data.as_ref(), auth.client_certificate.as_ref());
    let certificate = bytes(of_data, of_file, "client certificate")?;
    if certificate.is_none() && connection.client_key.is_none() {
        // As for client-go, a key alone is nothing.
        (auth.client_key, auth.client_key_data) = (None, None);
    }
    let data = auth.client_key_data.as_ref().map(|data| data.expose_secret().to_owned());
    let key = bytes(data.as_ref(), auth.client_key.as_ref(), "client key")?;
    match (certificate, key) {
        (Some(pem), Some(_)) => certificates(&pem, "client certificate", "--client-certificate").map(drop),
        (Some(_), None) => Err(ApiError::new("the client certificate has no key")
            .fix("name it with --client-key, or log in again with oc login")),
        (None, Some(_)) => Err(ApiError::new("the client key has no certificate")
            .fix("name it with --client-certificate, or log in again with oc login")),
        (None, None) => Ok(()),
    }
}

/// Only whom a kubeconfig impersonates.
fn impersonation(auth: &AuthInfo) -> AuthInfo {
    AuthInfo {
        impersonate: auth.impersonate.clone(),
        impersonate_uid: auth.impersonate_uid.clone(),
        impersonate_groups: auth.impersonate_groups.clone(),
        impersonate_user_extra: auth.impersonate_user_extra.clone(),
        ..AuthInfo::default()
    }
}

fn impersonate(auth: &mut AuthInfo, connection: &Connection) -> Result<(), ApiError> {
    if connection.as_user.is_some() {
        auth.impersonate.clone_from(&connection.as_user);
    }
    if connection.as_uid.is_some() {
        auth.impersonate_uid.clone_from(&connection.as_uid);
    }
    if !connection.as_groups.is_empty() {
        auth.impersonate_groups = Some(connection.as_groups.clone());
    }
    let is_more = auth.impersonate_uid.is_some()
        || auth.impersonate_groups.as_ref().is_some_and(|groups| !groups.is_empty())
        || auth.impersonate_user_extra.as_ref().is_some_and(|extra| !extra.is_empty());
    if is_more && auth.impersonate.is_none() {
        return Err(ApiError::new("a group or UID to impersonate needs a user").fix("name the user with --as"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::kubeconfig;
    use super::*;

    fn chosen(user: &str, connection: &Connection) -> Result<AuthInfo, ApiError> {
        let text = format!("users: [{{name: u, user: {{{user}}}}}]");
        let mut auth = kubeconfig::parse(&text, "test")?.auth_infos.remove(0).auth_info.unwrap_or_default();
        choose(&mut auth, connection).map(|_| auth)
    }

    #[test]
    fn a_token_that_was_given_is_who_is_meant() {
        let connection =
            Connection { token: Some("given".to_owned().into()), as_user: Some("x".into()), ..Connection::default() };
        let user = "username: a, password: b, client-certificate-data: Yw==, client-key-data: aw==, \
                    exec: {command: oc}, as: somebody, as-groups: [g]";
        let auth = chosen(user, &connection).unwrap();
        assert_eq!(auth.token.as_ref().map(|token| token.expose_secret()), Some("given"));
        assert!(auth.exec.is_none() && auth.username.is_none() && auth.client_certificate_data.is_none());
        assert_eq!((auth.impersonate.as_deref(), auth.impersonate_groups), (Some("x"), Some(vec!["g".to_owned()])));
    }

    #[test]
    fn a_token_has_no_line_ends() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("token");
        std::fs::write(&path, "very-secret\nother\n").unwrap();
        let given = |token: &str| Connection { token: Some(token.to_owned().into()), ..Connection::default() };
        let token = |auth: AuthInfo| auth.token.map(|token| token.expose_secret().to_owned());
        assert_eq!(token(chosen("", &given("abc\r\n")).unwrap()).as_deref(), Some("abc"));
        assert_eq!(token(chosen("token: \"abc\\n\"", &Connection::default()).unwrap()).as_deref(), Some("abc"));
        for error in [
            chosen("", &given("very-secret\nother")),
            chosen("token: \"very-secret\\nother\"", &Connection::default()),
            chosen(&format!("tokenFile: '{}'", path.display()), &Connection::default()),
        ] {
            let error = error.unwrap_err();
            assert!(error.fix.is_some() && !format!("{error:?}").contains("very-secret"), "{error:?}");
        }
    }

    #[test]
    fn groups_are_impersonated_with_a_user_only() {
        let groups = Connection { as_groups: vec!["g".into()], ..Connection::default() };
        let uid = Connection { as_uid: Some("u".into()), ..Connection::default() };
        for error in [chosen("", &groups), chosen("", &uid), chosen("as-groups: [g]", &Connection::default())] {
            assert_eq!(error.unwrap_err().fix.as_deref(), Some("name the user with --as"));
        }
        assert!(chosen("as: me", &groups).is_ok() && chosen("as-groups: []", &Connection::default()).is_ok());
    }

    #[test]
    fn a_client_key_is_read_and_needs_a_certificate() {
        let folder = tempfile::tempdir().unwrap();
        let key = folder.path().join("key");
        let refused = || {
            let connection = Connection { client_key: Some(key.clone()), ..Connection::default() };
            chosen("", &connection).unwrap_err().to_string()
        };
        assert_eq!(refused(), format!("cannot read client key {}: no such file or directory", key.display()));
        std::fs::write(&key, "").unwrap();
        assert_eq!(refused(), "the client key has no certificate");
        let auth = chosen("token: abc, client-key: /missing", &Connection::default()).unwrap();
        assert!(auth.client_key.is_none() && auth.token.is_some());
    }

    #[test]
    fn what_is_empty_is_not_there() {
        let user = "client-certificate-data: '', client-key-data: '', client-certificate: '', client-key: '', \
                    token: abc, tokenFile: '', username: '', password: '', as: ''";
        let auth = chosen(user, &Connection::default()).unwrap();
        assert!(auth.client_certificate_data.is_none() && auth.client_key_data.is_none() && auth.impersonate.is_none());
        assert_eq!(auth.token.map(|token| token.expose_secret().to_owned()).as_deref(), Some("abc"));
        assert!(chosen("token: ''", &Connection::default()).unwrap().token.is_none());
    }

    #[test]
    fn the_line_end_of_a_token_file_is_no_part_of_the_token() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("token");
        let user = format!("tokenFile: '{}'", path.display());
        assert!(chosen(&user, &Connection::default()).unwrap_err().message.contains("cannot read token"));
        std::fs::write(&path, "abc\n").unwrap();
        let auth = chosen(&user, &Connection::default()).unwrap();
        assert_eq!(auth.token.as_ref().map(|token| token.expose_secret()), Some("abc"));
    }
}
