//! A release to upgrade to: version, channel, image.

use std::fmt;
use std::str::FromStr;

use semver::Version;

/// Red Hat's update graph, the default of `spec.upstream`.
pub const UPDATE_GRAPH: &str = "https://api.openshift.com/api/upgrades_info/v1/graph";

/// What a channel promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// `stable`
    Stable,
    /// `fast`
    Fast,
    /// `candidate`
    Candidate,
    /// `eus`
    Eus,
}

impl Stream {
    const ALL: [(Self, &'static str); 4] =
        [(Self::Stable, "stable"), (Self::Fast, "fast"), (Self::Candidate, "candidate"), (Self::Eus, "eus")];
}

/// An update channel, such as `eus-4.20`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Channel {
    /// What it promises.
    pub stream: Stream,
    /// The first number of its versions.
    pub major: u64,
    /// The second.
    pub minor: u64,
}

impl FromStr for Channel {
    type Err = ReleaseError;

    fn from_str(text: &str) -> Result<Self, ReleaseError> {
        let wrong = || ReleaseError::Channel(text.to_owned());
        let (stream, version) = text.split_once('-').ok_or_else(wrong)?;
        let (stream, _) = Stream::ALL.into_iter().find(|(_, name)| *name == stream).ok_or_else(wrong)?;
        let (major, minor) = version.split_once('.').ok_or_else(wrong)?;
        let number = |text: &str| match text.chars().all(|c| c.is_ascii_digit()) {
            true => text.parse().map_err(|_| wrong()),
            false => Err(wrong()),
        };
        let channel = Self { stream, major: number(major)?, minor: number(minor)? };
        match channel.stream == Stream::Eus && channel.minor % 2 == 1 {
            true => Err(ReleaseError::NoSuchEus(channel)),
            false => Ok(channel),
        }
    }
}

impl fmt::Display for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = Stream::ALL.iter().find(|(stream, _)| *stream == self.stream).map_or("", |(_, name)| name);
        write!(f, "{name}-{}.{}", self.major, self.minor)
    }
}

/// Why a release cannot be upgraded to.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReleaseError {
    /// Nothing says which.
    #[error("neither a version nor an image says what to upgrade to")]
    Nothing,
    /// It is no version.
    #[error("{0:?} is no version like 4.20.3")]
    Version(String),
    /// It is no channel.
    #[error("{0:?} is no channel like stable-4.20, eus-4.20, fast-4.20 or candidate-4.20")]
    Channel(String),
    /// Odd minors have no extended support.
    #[error("there is no channel {0}; only even minor versions have one")]
    NoSuchEus(Channel),
    /// The channel does not hold the version.
    #[error("channel {channel} does not hold version {version}")]
    OtherChannel {
        /// The channel.
        channel: Channel,
        /// The version.
        version: Version,
    },
    /// A tag is no digest.
    #[error("{0:?} is no image by digest")]
    Image(String),
    /// An image says nothing of its channel.
    #[error("an image alone does not say the channel")]
    NoChannel,
    /// It is no address.
    #[error("{0:?} is no address of an update graph")]
    Upstream(String),
}

/// What to upgrade to, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// The version, when it is known.
    pub version: Option<Version>,
    /// The channel.
    pub channel: Channel,
    /// The image by digest; without one the update graph says which.
    pub image: Option<String>,
    /// The update graph.
    pub upstream: String,
}

impl Release {
    /// Checks what was given. The channel of a version alone is `stable` of its minor.
    ///
    /// # Errors
    /// It does not go together.
    pub fn new(
        version: Option<&str>,
        channel: Option<&str>,
        image: Option<&str>,
        upstream: Option<&str>,
    ) -> Result<Self, ReleaseError> {
        if version.is_none() && image.is_none() {
            return Err(ReleaseError::Nothing);
        }
        let wrong = |text: &str| ReleaseError::Version(text.to_owned());
        let version = version.map(|text| Version::parse(text).map_err(|_| wrong(text))).transpose()?;
        let channel = match (channel, &version) {
            (Some(channel), _) => channel.parse()?,
            (None, Some(version)) => Channel { stream: Stream::Stable, major: version.major, minor: version.minor },
            (None, None) => return Err(ReleaseError::NoChannel),
        };
        if let Some(version) = version.clone().filter(|version| !holds(channel, version)) {
            return Err(ReleaseError::OtherChannel { channel, version });
        }
        if let Some(image) = image.filter(|image| !is_by_digest(image)) {
            return Err(ReleaseError::Image(image.to_owned()));
        }
        let upstream = upstream.unwrap_or(UPDATE_GRAPH);
        let host = upstream.strip_prefix("https://").or_else(|| upstream.strip_prefix("http://"));
        if host.is_none_or(|host| host.is_empty() || host.starts_with('/')) || upstream.contains(char::is_whitespace) {
            return Err(ReleaseError::Upstream(upstream.to_owned()));
        }
        Ok(Self { version, channel, image: image.map(str::to_owned), upstream: upstream.to_owned() })
    }

    /// Whether this is the step between two releases of extended support, by the channel of the second.
    pub fn is_intermediate(&self) -> bool {
        let minor = self.version.as_ref().map(|version| version.minor);
        self.channel.stream == Stream::Eus && minor.is_some_and(|minor| minor + 1 == self.channel.minor)
    }
}

/// The minor of a channel is that of its versions. The odd step of an EUS-to-EUS upgrade is taken in the channel of its
/// end.
fn holds(channel: Channel, version: &Version) -> bool {
    let is_step = channel.stream == Stream::Eus && version.minor + 1 == channel.minor;
    channel.major == version.major && (channel.minor == version.minor || is_step)
}

fn is_by_digest(image: &str) -> bool {
    let Some((name, digest)) = image.split_once("@sha256:") else { return false };
    let is_name = |c: char| c.is_ascii_alphanumeric() || "-_./:[]".contains(c);
    let has_registry = name.split_once('/').is_some_and(|(host, path)| !host.is_empty() && !path.is_empty());
    let is_hex = digest.chars().all(|c| c.is_ascii_digit() || ('a'..='f').contains(&c));
    has_registry && name.chars().all(is_name) && digest.len() == 64 && is_hex
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(version: Option<&str>, channel: Option<&str>, image: Option<&str>) -> String {
        Release::new(version, channel, image, None).unwrap_err().to_string()
    }

    #[test]
    fn version_and_channel_go_together() {
        let release = Release::new(Some("4.20.3"), Some("eus-4.20"), None, None).unwrap();
        assert_eq!((release.channel.to_string().as_str(), release.is_intermediate()), ("eus-4.20", false));
        assert!(Release::new(Some("4.19.9"), Some("eus-4.20"), None, None).unwrap().is_intermediate());
        let release = Release::new(Some("4.21.0-rc.1"), None, None, None).unwrap();
        assert_eq!(release.channel.to_string(), "stable-4.21");
        assert!(error(Some("4.20.3"), Some("stable-4.19"), None).contains("does not hold version 4.20.3"));
        assert!(error(Some("4.18.3"), Some("eus-4.20"), None).contains("does not hold"));
        assert!(error(Some("4.19.3"), Some("eus-4.19"), None).contains("there is no channel eus-4.19"));
        assert!(error(Some("4.20"), None, None).contains("is no version"));
        for channel in ["stable", "stable-4", "stable4.20", "lts-4.20", "stable-4.x", "stable-+4.20", "stable-4."] {
            assert!(error(Some("4.20.3"), Some(channel), None).contains("is no channel"), "{channel}");
        }
    }

    #[test]
    fn an_image_needs_a_digest() {
        let digest = "a".repeat(64);
        let image = format!("quay.example.com:8443/ocp/release@sha256:{digest}");
        assert!(Release::new(None, Some("stable-4.20"), Some(&image), None).is_ok());
        assert_eq!(error(None, None, Some(&image)), "an image alone does not say the channel");
        for image in ["quay.example.com/ocp/release:4.20.3", "release@sha256:aa", &image.to_uppercase(), &image[..99]] {
            assert!(error(None, Some("stable-4.20"), Some(image)).contains("is no image by digest"), "{image}");
        }
        assert_eq!(Release::new(None, None, None, None), Err(ReleaseError::Nothing));
        let graph = |text| Release::new(Some("4.20.3"), None, None, Some(text));
        assert!(graph("http://osus.example.com/graph").is_ok() && graph("osus.example.com").is_err());
    }
}
