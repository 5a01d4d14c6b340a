//! Whether the source of a resource is a URL that Ignition can fetch.
//!
//! From Ignition 2.18 `types/url.go`, with Go's net/url and the data URL reader of vincent-petithory/dataurl 1.0.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The scheme of a URL in lower case, "" without one.
///
/// # Errors
/// Text that Go's `url.Parse` rejects.
pub(super) fn scheme(url: &str) -> Result<String, &'static str> {
    const INVALID: &str = "unable to parse url";
    if url.chars().any(|c| c.is_ascii_control()) {
        return Err(INVALID);
    }
    let (head, fragment) = url.split_once('#').unwrap_or((url, ""));
    let Some((scheme, rest)) = split_scheme(head).ok_or(INVALID)? else {
        return if bad_escape(head) || head.split('/').next().is_some_and(|first| first.contains(':')) {
            Err(INVALID)
        } else {
            Ok(String::new())
        };
    };
    let hierarchical = rest.starts_with('/');
    let path = rest.split('?').next().unwrap_or_default();
    let host_ok = !rest.starts_with("//") || host_is_valid(path[2..].split('/').next().unwrap_or_default());
    if (hierarchical && bad_escape(path)) || bad_escape(fragment) || !host_ok {
        return Err(INVALID);
    }
    Ok(scheme.to_ascii_lowercase())
}

/// `None`: a colon without scheme; `Some(None)`: no scheme.
fn split_scheme(url: &str) -> Option<Option<(&str, &str)>> {
    for (i, c) in url.char_indices() {
        match c {
            'a'..='z' | 'A'..='Z' => {}
            '0'..='9' | '+' | '-' | '.' if i > 0 => {}
            ':' if i == 0 => return None,
            ':' => return Some(Some((&url[..i], &url[i + 1..]))),
            _ => return Some(None),
        }
    }
    Some(None)
}

fn host_is_valid(authority: &str) -> bool {
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let port = match host.rsplit_once(']') {
        Some((_, after)) => after.strip_prefix(':').or_else(|| after.is_empty().then_some("")),
        None if host.contains('[') => None,
        None => host.split_once(':').map(|(_, port)| port).or(Some("")),
    };
    let allowed = |c: char| !matches!(c, ' ' | '<' | '>' | '"' | '\\' | '^' | '`' | '{' | '|' | '}');
    port.is_some_and(|port| port.bytes().all(|b| b.is_ascii_digit())) && host.chars().all(allowed) && !bad_escape(host)
}

fn bad_escape(text: &str) -> bool {
    text.split('%').skip(1).any(|after| {
        let digits = after.as_bytes().get(..2);
        !digits.is_some_and(|d| d.iter().all(u8::is_ascii_hexdigit))
    })
}

/// Checks the source of a resource by the rules of a minor version; an empty source is fine.
///
/// # Errors
/// What Ignition says about it.
pub(super) fn check(url: &str, version: u8) -> Result<(), String> {
    if url.is_empty() {
        return Ok(());
    }
    match scheme(url)?.as_str() {
        "http" | "https" | "tftp" => Ok(()),
        "gs" if version >= 2 => Ok(()),
        "s3" => check_version_id(url),
        "arn" if version >= 4 => check_arn(url),
        "data" => check_data(url).map_err(str::to_owned),
        _ => Err("invalid url scheme".into()),
    }
}

fn check_version_id(url: &str) -> Result<(), String> {
    let query = url.split('#').next().unwrap_or_default().split_once('?').map_or("", |(_, query)| query);
    let first = query.split('&').find_map(|pair| match pair.split_once('=').unwrap_or((pair, "")) {
        ("versionId", value) => Some(value),
        _ => None,
    });
    if first == Some("") { Err("invalid S3 object VersionId".into()) } else { Ok(()) }
}

fn check_arn(url: &str) -> Result<(), String> {
    let arn = url.split(['?', '#']).next().unwrap_or_default();
    let sections: Vec<&str> = arn.splitn(6, ':').collect();
    let enough = if sections.get(5).is_some_and(|r| r.starts_with("accesspoint/")) { 3 } else { 2 };
    if sections.len() < 6 || sections.get(2) != Some(&"s3") || arn.split('/').count() < enough {
        return Err("invalid S3 ARN format".into());
    }
    check_version_id(url)
}

fn check_data(url: &str) -> Result<(), &'static str> {
    let rest = url.strip_prefix("data:").ok_or("missing data prefix")?;
    let (header, data) = split_header(rest).ok_or("missing comma before data")?;
    let mut parts = header.split(';');
    let media = parts.next().unwrap_or_default();
    if !media.is_empty() && !media_type_is_valid(media) {
        return Err("invalid media type");
    }
    let parameters: Vec<&str> = parts.collect();
    let base64 = check_parameters(&parameters)?;
    if base64 {
        let text: String = data.chars().filter(|c| *c != '\n').collect();
        return STANDARD.decode(text).map(|_| ()).map_err(|_| "the data is not base64");
    }
    let allowed = |c: char| {
        c.is_ascii()
            && !c.is_ascii_control()
            && !matches!(c, ' ' | '<' | '>' | '#' | '"' | '{' | '}' | '|' | '\\' | '^' | '[' | ']' | '`')
    };
    if !data.chars().all(allowed) {
        return Err("invalid data character; write it as %XX");
    }
    if bad_escape(data) { Err("invalid percent escape in data") } else { Ok(()) }
}

/// Splits at the first comma that is not inside a quoted parameter value.
fn split_header(rest: &str) -> Option<(&str, &str)> {
    let mut quoted = false;
    let mut escaped = false;
    for (i, c) in rest.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            ',' if !quoted => return Some((&rest[..i], &rest[i + 1..])),
            _ => {}
        }
    }
    None
}

fn is_token(text: &str) -> bool {
    let special = |c: char| "()<>@,;:\\\"/[]?=".contains(c);
    !text.is_empty() && text.chars().all(|c| c.is_ascii_graphic() && !special(c))
}

fn media_type_is_valid(media: &str) -> bool {
    const TYPES: [&str; 7] = ["text", "image", "audio", "video", "application", "message", "multipart"];
    media.split_once('/').is_some_and(|(kind, subtype)| {
        let known = TYPES.iter().any(|known| kind.starts_with(known)) || kind.to_ascii_lowercase().starts_with("x-");
        known && is_token(kind) && (subtype.is_empty() || is_token(subtype))
    })
}

/// Whether the parameters end in `base64`.
fn check_parameters(parameters: &[&str]) -> Result<bool, &'static str> {
    for (i, parameter) in parameters.iter().enumerate() {
        let last = i + 1 == parameters.len();
        match parameter.split_once('=') {
            Some((name, value)) if is_token(name) => {
                let quoted = value.len() > 1 && value.starts_with('"') && value.ends_with('"');
                if !quoted && (!is_token(value) || bad_escape(value)) {
                    return Err("invalid character for parameter value");
                }
            }
            None if last && *parameter == "base64" => return Ok(true),
            _ => return Err("invalid parameter in data url"),
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn sources_as_people_write_them_pass() {
        for url in [
            "",
            "data:,a%20b",
            "data:text/plain;charset=utf-8;base64,YQ==",
            "data:;base64,",
            "https://h:8443/a%20b?c=d",
            "tftp://h/x",
            "s3://b/k?versionId=1",
        ] {
            assert_eq!(check(url, 2), Ok(()), "{url}");
        }
    }

    #[test]
    fn broken_sources_are_told() {
        for url in [
            "file:///x",
            "/etc/x",
            "data:text",
            "data:,a b",
            "data:,%2",
            "data:;base64,YQ=",
            "data:foo/bar,x",
            "http://h:x/",
            "http://h/%zz",
            "://x",
            "s3://b/k?versionId=",
            "arn:aws:s3:::b/k",
        ] {
            assert!(check(url, 2).is_err(), "{url}");
        }
        assert_eq!(check("arn:aws:s3:::b/k", 4), Ok(()));
    }
}
