//! Texts that hold other texts: files in Ignition's data URLs, and base64.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// A shorter text could be base64 by chance.
const SHORTEST: usize = 24;

/// Marks of what nobody should read in a merge request.
const SECRETS: [&str; 4] = ["PRIVATE KEY", "\"auths\"", "\"auth\":", "kind: Secret"];

/// What a text holds: the content of a data URL, or what base64 stands for. Only what people can read.
pub fn decoded(text: &str) -> Option<String> {
    let bytes = match text.strip_prefix("data:") {
        Some(url) => data_url(url)?,
        None if text.len() >= SHORTEST => STANDARD.decode(text.trim_end()).ok()?,
        None => return None,
    };
    let decoded = String::from_utf8(bytes).ok()?;
    decoded.chars().all(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t')).then_some(decoded)
}

/// Whether a text looks like a key, a pull secret or a Secret.
pub fn is_confidential(text: &str) -> bool {
    SECRETS.iter().any(|mark| text.contains(mark))
}

/// `[type][;charset=…][;base64],content`, without `data:`.
fn data_url(url: &str) -> Option<Vec<u8>> {
    let (header, content) = url.split_once(',')?;
    match header.ends_with(";base64") {
        true => STANDARD.decode(content.trim_end()).ok(),
        false => Some(unescaped(content)),
    }
}

/// Without percent signs; a wrong one stands for itself.
fn unescaped(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let escaped = after.get(..2).filter(|_| *first == b'%').and_then(|hex| {
            u8::from_str_radix(std::str::from_utf8(hex).ok().filter(|hex| !hex.starts_with('+'))?, 16).ok()
        });
        bytes.push(escaped.unwrap_or(*first));
        rest = if escaped.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_urls_and_base64_are_read() {
        assert_eq!(decoded("data:,a%20b%0A%zz").as_deref(), Some("a b\n%zz"));
        assert_eq!(decoded("data:text/plain;charset=utf-8;base64,aGVsbG8K").as_deref(), Some("hello\n"));
        assert_eq!(decoded("c2VydmVyIDE5Mi4wLjIuMSBpYnVyc3QK").as_deref(), Some("server 192.0.2.1 iburst\n"));
    }

    #[test]
    fn other_texts_are_left_alone() {
        for text in
            ["openshift-node-performance-openshift", "c2hvcnQ=", "data:;base64,####", "data:;base64,H4sIAAAA", ""]
        {
            assert_eq!(decoded(text), None, "{text}");
        }
    }
}
