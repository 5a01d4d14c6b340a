//! The release that the policies of a CGU install (TALM 5.0 `controllers/validation.go`).

use super::policy_objects::PolicyObject;

/// What asking an update graph gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReleaseLookup {
    /// The image of the version.
    Image(String),
    /// TALM would end with this message.
    Failed(String),
    /// Nobody asked. TALM will.
    NotAsked,
}

/// Where the image of a version can be asked for.
pub trait UpdateGraph {
    /// The image of a version in a channel of a graph.
    fn image(&self, upstream: &str, channel: &str, version: &str) -> ReleaseLookup;
}

/// Asks nobody.
#[derive(Clone, Copy, Debug)]
pub struct NoGraph;

impl UpdateGraph for NoGraph {
    fn image(&self, _: &str, _: &str, _: &str) -> ReleaseLookup {
        ReleaseLookup::NotAsked
    }
}

/// What the policies say about the release.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Release {
    upstream: String,
    channel: String,
    version: String,
    image: String,
}

/// What is known of the image that is to be installed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum PlatformImage {
    /// No policy installs a release.
    #[default]
    None,
    /// This image.
    Known(String),
    /// TALM will look it up.
    ToBeLookedUp(Release),
    /// Templates decide on each cluster.
    PerCluster,
}

/// Finds the image, or the message with which TALM refuses the policies.
pub(super) fn platform_image<'o, 'p: 'o>(
    objects: impl Iterator<Item = &'o PolicyObject<'p>>,
    pre_caching: bool,
    graph: &dyn UpdateGraph,
) -> Result<PlatformImage, String> {
    let mut release = Release::default();
    let mut any = false;
    for object in objects.filter(|o| o.kind() == "ClusterVersion" && !o.must_not_have && o.at(&["spec"]).is_some()) {
        any = true;
        release.add(object)?;
    }
    if !any {
        return Ok(PlatformImage::None);
    }
    release.resolve(pre_caching, graph)
}

impl Release {
    fn add(&mut self, object: &PolicyObject<'_>) -> Result<(), String> {
        let fields = [
            (&mut self.upstream, "upstream", object.text(&["spec", "upstream"])),
            (&mut self.channel, "channel", object.text(&["spec", "channel"])),
            (&mut self.version, "version", object.text(&["spec", "desiredUpdate", "version"])),
            (&mut self.image, "image", object.text(&["spec", "desiredUpdate", "image"])),
        ];
        for (known, field, value) in fields {
            if value == "placeholder" {
                return Err("templating cluster version fields not supported".to_owned());
            }
            if !known.is_empty() && !value.is_empty() && known != value {
                return Err(format!("platform image defined more then once with conflicting {field} values"));
            }
            if !value.is_empty() {
                value.clone_into(known);
            }
        }
        Ok(())
    }

    fn resolve(self, pre_caching: bool, graph: &dyn UpdateGraph) -> Result<PlatformImage, String> {
        if !self.image.is_empty() {
            return Ok(PlatformImage::Known(self.image));
        }
        let fields = [&self.upstream, &self.channel, &self.version];
        if fields.iter().any(|field| field.is_empty()) {
            let demand =
                "policy with ClusterVersion must have upstream, channel, and version when image is not provided";
            return Err(demand.to_owned());
        }
        if fields.iter().any(|field| field.find("{{").is_some_and(|at| field[at..].contains("}}"))) {
            return match pre_caching {
                true => Err("templatized ClusterVersion fields not supported with precaching".to_owned()),
                false => Ok(PlatformImage::PerCluster),
            };
        }
        match graph.image(&self.upstream, &self.channel, &self.version) {
            ReleaseLookup::Image(image) => Ok(PlatformImage::Known(image)),
            ReleaseLookup::Failed(message) => Err(message),
            ReleaseLookup::NotAsked => Ok(PlatformImage::ToBeLookedUp(self)),
        }
    }

    /// What TALM will ask, as a sentence.
    pub(super) fn question(&self) -> String {
        let Self { upstream, channel, version, .. } = self;
        format!("version {version} in channel {channel} of the update graph {upstream}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};
    use std::borrow::Cow;

    fn of(specs: &[Value], pre_caching: bool) -> Result<PlatformImage, String> {
        let objects: Vec<_> = specs
            .iter()
            .map(|spec| json!({"kind": "ClusterVersion", "spec": spec}))
            .map(|object| PolicyObject { must_not_have: false, object: Cow::Owned(object) })
            .collect();
        platform_image(objects.iter(), pre_caching, &NoGraph)
    }

    #[test]
    fn an_image_needs_nothing_else() {
        let spec = json!({"desiredUpdate": {"image": "quay.example/r@sha256:1"}});
        assert_eq!(of(&[spec], false), Ok(PlatformImage::Known("quay.example/r@sha256:1".into())));
        assert_eq!(of(&[], false), Ok(PlatformImage::None));
    }

    #[test]
    fn policies_complete_each_other_but_must_agree() {
        let (first, second) =
            (json!({"upstream": "u", "channel": "c"}), json!({"desiredUpdate": {"version": "4.20.1"}}));
        assert!(matches!(of(&[first.clone(), second], false), Ok(PlatformImage::ToBeLookedUp(_))));
        let message = of(&[first.clone(), json!({"channel": "d"})], false).unwrap_err();
        assert_eq!(message, "platform image defined more then once with conflicting channel values");
        assert!(of(&[first], false).unwrap_err().starts_with("policy with ClusterVersion must have"));
    }

    #[test]
    fn templates_and_precaching_exclude_each_other() {
        let spec = json!({"upstream": "u", "channel": "{{hub c hub}}", "desiredUpdate": {"version": "v"}});
        assert_eq!(of(std::slice::from_ref(&spec), false), Ok(PlatformImage::PerCluster));
        assert!(of(&[spec], true).unwrap_err().starts_with("templatized"));
    }
}
